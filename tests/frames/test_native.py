"""What pandas and PyArrow hold that other engines do not, and where they refuse what is asked of them."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.engines.configurations import HAS_OLD_DUCKDB
from tests.frames.columns import objects, of_arrow

import khachhang as kh
from khachhang import advice, classifiers, frames

DAY = date(2026, 6, 30)
PLAIN: dict[str, Any] = {"customer_id": ["a", "b"], "day": [DAY] * 2, "amount": [1, 2]}


PANDAS_KEEPS_OBJECTS = pd.Series(["a"]).dtype == object
"""As pandas 2 does."""
REFUSED = r"{}: the column holds .*, and {}" + ("|: its columns can not be read" if PANDAS_KEEPS_OBJECTS else "")


def bought(**columns: Any) -> Any:
    return frames.facts(pd.DataFrame({**PLAIN, **columns}), as_of=DAY, only=["spend"])


class TestIds:
    @pytest.mark.parametrize(
        "ids",
        [
            objects("a", 1), objects({}, "a"), objects(Decimal("sNaN"), None), objects(b"\xff", b"a"),
            pd.Series([1, 2], dtype="float16"), pd.Series([1j, 2]), pd.Series(pd.Categorical(objects("\ud800", "a"))),
            pd.Series(np.array([1, 2], dtype="longdouble")), of_arrow([("a", 1)], pa.map_(pa.string(), pa.int8())),
            of_arrow((1, 1, 1), pa.month_day_nano_interval()),
        ],
        ids=["mixed", "list", "signalling", "bytes", "half", "complex", "codes", "long", "map", "calendar"],
    )  # fmt: skip
    def test_what_pandas_can_not_group_by_is_no_id(self, ids: pd.Series) -> None:
        with pytest.raises(kh.InvalidError, match=REFUSED.format(r"purchases\.customer_id", "ids are wanted")):
            bought(customer_id=ids)

    @pytest.mark.skipif(PANDAS_KEEPS_OBJECTS, reason="there a text is an object of Python's, and may be any")
    def test_half_of_a_pair_of_surrogates_is_no_id(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"purchases\.customer_id: the column holds .*, and ids are wanted"):
            bought(customer_id=objects("\ud800", None))

    def test_a_list_below_many_texts_is_no_id(self) -> None:
        ids = objects(*map(str, range(200)), ["a"])
        with pytest.raises(kh.InvalidError, match="and ids are wanted"):
            bought(customer_id=ids, day=[DAY] * 201, amount=[1] * 201)

    @pytest.mark.parametrize(
        "ids", [objects(DAY, DAY), objects((1, "a"), (2, "b")), pd.Series(pd.period_range("2026-01", periods=2))]
    )
    def test_whatever_pandas_can_group_by_is_an_id(self, ids: pd.Series) -> None:
        assert bought(customer_id=ids)["spend"].sum() == 3

    @pytest.mark.parametrize(
        "make",
        [
            pl.DataFrame,
            pd.DataFrame,
            pa.table,
            pytest.param(
                lambda made: duckdb.from_arrow(pa.table(made)),
                marks=pytest.mark.skipif(HAS_OLD_DUCKDB, reason="there a column of nulls is one of numbers"),
            ),
        ],
        ids=["polars", "pandas", "pyarrow", "duckdb"],
    )
    def test_ids_of_which_there_are_none_are_of_any_type(self, make: Any) -> None:
        for ids in (["a", "b"], [7, 8]):
            given = {"purchases": make({**PLAIN, "customer_id": ids}),
                     "interactions": make({"customer_id": [None], "day": [DAY], "kind": ["survey"]})}  # fmt: skip
            found = pl.DataFrame(frames.facts(**given, as_of=DAY, only=["spend", "survey_count"]))
            assert sorted(found.rows()) == [(ids[0], 1, 0), (ids[1], 2, 0)]

    @pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["polars", "pandas", "pyarrow"])
    def test_a_customer_without_an_id_is_told_of_whatever_type_the_other_ids_have(self, make: Any) -> None:
        given = {
            "purchases": make({**PLAIN, "customer_id": [7, 8]}),
            "customers": make({"customer_id": [None], "gender": [None]}),
        }
        found = pl.DataFrame(frames.problems(**given, as_of=DAY, only=["gender"]))
        assert found.rows() == [(None, "customers", "customer_id", "there is no id")]

    @pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["polars", "pandas", "pyarrow"])
    def test_in_a_table_without_ids_everybody_is_absent(self, make: Any) -> None:
        one, none = make({"customer_id": [7], "size": ["x"]}), make({"customer_id": [None], "size": ["x"]})
        assert pl.DataFrame(frames.transitions(one, none, "size")).rows() == [("x", "absent", 1)]
        assert pl.DataFrame(frames.transitions(none, none, "size")).rows() == []

    def test_ids_of_arrows_type_for_nothing_are_none(self) -> None:
        people = pd.DataFrame({"customer_id": of_arrow(None, pa.null()), "gender": ["male"] * 2})
        with pytest.raises(kh.InvalidError, match="there is no id"):
            frames.facts(None, customers=people, as_of=DAY, only=["gender"])


class TestFacts:
    def test_a_signalling_nan_is_not_known(self) -> None:
        table = pd.DataFrame({"age": objects(Decimal("sNaN"), Decimal(60))})
        assert frames.classify(table, [classifiers.age_band()])["age_band"].isna().tolist() == [True, False]

    @pytest.mark.parametrize("odd", [int, np.array(1), [1]])
    def test_what_is_no_number_is_told_of_and_shown_short(self, odd: Any) -> None:
        with pytest.raises(kh.InvalidError, match=r"age: it holds .*, and a whole number"):
            frames.classify(pd.DataFrame({"age": objects(odd, 3)}), [classifiers.age_band()])

    @pytest.mark.parametrize(
        ("odd", "named"), [(10**5000, "an int"), (time(8, 30), r"datetime\.time\(8, 30\)")], ids=["huge", "time"]
    )
    def test_what_is_no_text_is_told_of(self, odd: Any, named: str) -> None:
        table = pd.DataFrame({"gender": objects(odd, None)})
        with pytest.raises(kh.InvalidError, match=f"gender: it holds {named}, and a Gender"):
            frames.match(table, [advice.Persona("x", wishes=[kh.fact.gender == kh.Gender.MALE])])

    @pytest.mark.parametrize(
        "odd", [pd.Series(pd.Categorical(objects("\ud800", "male"))), of_arrow("male", pa.string_view())]
    )
    def test_texts_with_which_nothing_can_be_done_are_refused(self, odd: pd.Series) -> None:
        with pytest.raises(kh.InvalidError, match=REFUSED.format("gender", "a Gender")):
            frames.match(
                pd.DataFrame({"gender": odd}), [advice.Persona("x", wishes=[kh.fact.gender == kh.Gender.MALE])]
            )

    def test_views_of_texts_are_refused_before_rows_are_chosen(self) -> None:
        with pytest.raises(
            kh.InvalidError, match=r"purchases\.customer_id: .* Arrow's views of texts, .*\n    Hint: make it text"
        ):
            bought(customer_id=of_arrow("a", pa.string_view()))

    def test_moments_of_a_zone_among_pythons_objects_are_no_days(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"purchases\.day: the column holds Object, and days are wanted"):
            bought(day=objects(datetime(2026, 6, 30, tzinfo=UTC), None))

    def test_columns_of_ones_own_that_bear_our_inner_names_are_left_alone(self) -> None:
        people = pl.DataFrame({"customer_id": ["b", "a"], "gender": ["male", "female"], "__place": [1, 2]})
        found = frames.facts(None, customers=people, as_of=DAY, only=["gender"])
        assert found.rows() == [("b", "male"), ("a", "female")]

    def test_an_index_may_bear_the_name_of_a_column(self) -> None:
        people = pd.DataFrame({"customer_id": ["b", "a"], "gender": ["male", "female"]}).rename_axis("customer_id")
        assert frames.facts(None, customers=people, as_of=DAY, only=["gender"])["gender"].tolist() == ["male", "female"]
        assert frames.summarize(people.rename_axis("gender"), "gender")["customers"].tolist() == [1, 1]
        assert people.index.name == "customer_id"


class TestTables:
    @pytest.mark.parametrize("name", [1, None, math.nan, ("a", "b"), "\ud800"], ids=ascii)
    def test_a_column_has_a_text_for_a_name(self, name: Any) -> None:
        names = pd.Index(objects("age", name).array, dtype=object, tupleize_cols=False)
        table = pd.DataFrame([[3, 4]]).set_axis(names, axis="columns")
        with pytest.raises(kh.InvalidError, match=r"facts: a column is called .*, which is no text"):
            frames.classify(table, [classifiers.age_band()])

    def test_a_type_that_can_not_be_read_is_told_of(self) -> None:
        table = pd.DataFrame({"age": of_arrow(Decimal(100), pa.decimal128(5, -2))})
        with pytest.raises(kh.InvalidError, match=r"facts: its columns can not be read \(scale must be"):
            frames.classify(table, [classifiers.age_band()])

    def test_an_arrow_dictionary_does_not_tell_the_order_of_its_codes(self) -> None:
        kind = pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))
        table = pd.DataFrame({"size": pd.Series(["small", "large"], dtype=kind)})
        assert frames.summarize(table, "size")["size"].tolist() == ["large", "small"]
