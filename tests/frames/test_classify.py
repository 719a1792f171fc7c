"""Classified tables: native types, order, laziness, errors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.frames.columns import objects

import khachhang as kh
from khachhang.frames import native
from khachhang.taxonomy.category import make_category

AGE_BANDS = [kh.classifiers.age_band()]
CODES = ["under_15", "from_15_to_22", "from_22_to_50", "over_50"]
BENEFIT = [kh.classifiers.benefit()]


class Level(kh.Category):
    LOW = "low"
    HIGH = "high"


NPS = kh.fact.custom("nps", int)


@pytest.fixture
def unproved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables that are too large to be proved: two true rules are met later."""
    monkeypatch.setattr(kh.DecisionTable, "is_proved", False)


def overlapping(hit: kh.HitPolicy = kh.HitPolicy.UNIQUE) -> kh.DecisionTable[Level]:
    rules = [kh.when(NPS >= 3).then(Level.HIGH), kh.when(NPS < 5).then(Level.LOW), kh.when(NPS == 4).then(Level.HIGH)]
    return kh.DecisionTable(name="level", category=Level, rules=rules, hit=hit)


class TestNativeTypes:
    def test_polars_gives_an_enum_of_all_codes_in_label_order(self) -> None:
        found = kh.frames.classify(pl.DataFrame({"age": [51, 14]}), AGE_BANDS, reasons=True)
        assert found.schema["age_band"] == pl.Enum(CODES)
        assert found.schema["age_band_outcome"] == pl.Enum(["matched", "undetermined", "unmatched"])
        assert found.schema["age_band_rule"] == pl.Int64

    @pytest.mark.parametrize("count", [3, 127, 128, 255, 256, 300])
    def test_polars_enums_of_any_size(self, count: int) -> None:
        category = make_category(kh.term("many"), tuple(kh.term(f"l{place}") for place in range(count)))
        rules = [kh.when(place == NPS).then(label) for place, label in enumerate(category)]
        table = kh.DecisionTable(name="many", category=category, rules=rules, hit=kh.HitPolicy.FIRST)
        found: Any = kh.frames.classify(pl.DataFrame({"nps": [0, count - 1, count, None]}), [table])
        assert found["many"].to_list() == ["l0", f"l{count - 1}", None, None]
        assert found.schema["many"] == pl.Enum([label.value for label in category])

    def test_pandas_gives_an_unordered_categorical_of_all_codes_in_label_order(self) -> None:
        found = kh.frames.classify(pd.DataFrame({"age": [51, 14]}), AGE_BANDS)
        assert found["age_band"].dtype == pd.CategoricalDtype(CODES, ordered=False)

    def test_pandas_keeps_index_and_order(self) -> None:
        frame = pd.DataFrame({"age": [51, 14, 51]}, index=["b", "a", "a"])
        found = kh.frames.classify(frame, AGE_BANDS)
        assert found.index.to_list() == ["b", "a", "a"]
        assert found["age_band"].to_list() == ["over_50", "under_15", "over_50"]
        assert list(frame.columns) == ["age"]

    def test_pandas_booleans_and_rules_have_nulls(self) -> None:
        rules = [kh.when(NPS >= 3).then(Level.HIGH)]
        table = kh.DecisionTable(name="level", category=Level, rules=rules, hit=kh.HitPolicy.COLLECT)
        found = kh.frames.classify(pd.DataFrame({"nps": [3, None]}), [table], reasons=True)
        assert str(found["level_high"].dtype) == "boolean"
        assert str(found["level_rule"].dtype) == "Int64"
        assert found["level_high"].isna().to_list() == [False, True]

    def test_a_column_that_bears_a_facets_name_is_replaced_where_it_stands(self) -> None:
        found = kh.frames.classify(pl.DataFrame({"age_band": ["old"], "age": [14]}), AGE_BANDS)
        assert found.to_dict(as_series=False) == {"age_band": ["under_15"], "age": [14]}

    def test_columns_that_look_like_our_own_do_no_harm(self) -> None:
        found = kh.frames.classify(pl.DataFrame({"__kh_0": [1], "_ _kh": [2], "age": [14]}), AGE_BANDS)
        assert found.row(0) == (1, 2, 14, "under_15")

    @pytest.mark.parametrize(
        "make", [pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table], ids=["pl", "lazy", "pd", "pa"]
    )
    def test_the_same_type_comes_out(self, make: Any) -> None:
        native = make({"age": [51]})
        assert type(kh.frames.classify(native, AGE_BANDS)) is type(native)

    def test_the_general_template_is_the_default(self) -> None:
        with pytest.warns(kh.KhachhangWarning):
            found = kh.frames.classify(pl.DataFrame({"age": [51]}))
        assert {table.name for table in kh.templates.general} <= set(found.columns)


class TestObjectsInPandas:
    def test_texts_are_no_numbers(self) -> None:
        ages = pd.DataFrame({"age": objects("a", None)})
        with pytest.raises(kh.InvalidError, match="age: it holds 'a', and a whole number from 0 is wanted"):
            kh.frames.classify(ages, AGE_BANDS)

    def classified(self, values: list[Any], condition: Any, name: str, **more: Any) -> list[Any]:
        table = kh.DecisionTable(name="level", category=Level, rules=[kh.when(condition).then(Level.HIGH)], **more)
        frame = pd.DataFrame({name: pd.Series(values, dtype=object)})
        found = kh.frames.classify(frame, [table], reasons=True)["level_outcome"].to_list()
        return [str(outcome) for outcome in found]

    def test_booleans_with_nulls(self) -> None:
        values = [True, None, False, np.True_, float("nan"), pd.NA]
        outcomes = ["matched", "undetermined", "unmatched", "matched", "undetermined", "undetermined"]
        assert self.classified(values, kh.fact.has_need, "has_need") == outcomes
        assert self.classified(values, ~kh.fact.has_need, "has_need")[:3] == ["unmatched", "undetermined", "matched"]

    def test_decimals_with_nulls(self) -> None:
        values = [Decimal("0.10"), None, Decimal("0.09"), 1, 0.1, Decimal("NaN")]
        outcomes = ["matched", "undetermined", "unmatched", "matched", "matched", "undetermined"]
        assert self.classified(values, kh.fact.spend >= Decimal("0.1"), "spend") == outcomes

    def test_whole_numbers_of_any_size(self) -> None:
        values = [10**20, 10**20 - 1, None, Decimal("3.9")]
        outcomes = ["matched", "unmatched", "undetermined", "unmatched"]
        assert self.classified(values, NPS >= 10**20, "nps") == outcomes
        assert self.classified(values, NPS == 3, "nps")[3] == "matched"

    def test_real_numbers(self) -> None:
        values = [Decimal("0.5"), 1, None, np.float64(0.25)]
        outcomes = ["matched", "matched", "undetermined", "unmatched"]
        assert self.classified(values, kh.fact.discounted_share >= 0.5, "discounted_share") == outcomes

    def test_texts_and_labels(self) -> None:
        values = [kh.Gender.FEMALE, "male", None]
        outcomes = ["matched", "unmatched", "undetermined"]
        assert self.classified(values, kh.fact.gender == kh.Gender.FEMALE, "gender") == outcomes
        texts = ["giáo viên", None, "kỹ sư"]
        assert self.classified(texts, kh.fact.occupation == "kỹ sư", "occupation")[2] == "matched"

    @pytest.mark.parametrize(
        ("values", "fact", "problem"),
        [
            ([True, "yes"], kh.fact.has_need, "has_need: it holds 'yes', and True or False is wanted"),
            ([True, 1], kh.fact.has_need, "has_need: it holds 1, and True or False is wanted"),
            ([Decimal(1), "2"], kh.fact.spend >= 1, "spend: it holds '2', and an amount from 0 is wanted"),
            ([Decimal(1), True], kh.fact.purchase_count >= 1, "purchase_count: it holds True, and a whole number"),
            ([Decimal(1), "2"], kh.fact.monthly_income >= 1, "monthly_income: it holds a value, and an amount"),
            ([1, "female"], kh.fact.gender == kh.Gender.MALE, "gender: it holds 1, and a Gender"),
            (["x", 1, "female"], kh.fact.gender == kh.Gender.MALE, "gender: it holds 'x', and a Gender"),
        ],
    )
    def test_what_the_fact_can_not_be_is_an_error(self, values: list[Any], fact: Any, problem: str) -> None:
        name = next(iter(fact.leaves())).variable.name
        with pytest.raises(kh.InvalidError) as caught:
            self.classified(values, fact, name)
        assert problem in str(caught.value)


on_engines_of_exact_numbers = pytest.mark.parametrize(
    "make",
    [
        lambda table: table,
        lambda table: table.lazy(),
        lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
        lambda table: table.to_arrow(),
        lambda table: duckdb.from_arrow(table.to_arrow()),
    ],
    ids=["polars", "lazy", "pandas", "pyarrow", "duckdb"],
)


def labels_of(given: Any, table: kh.DecisionTable[Any], **more: Any) -> list[Any]:
    found: Any = nw.from_native(kh.frames.classify(given, [table], **more)).lazy().collect("polars")
    labels: list[Any] = found[table.name].to_list()
    return labels


class TestAssumptions:
    def test_what_is_known_stays(self) -> None:
        table = kh.DecisionTable(name="level", category=Level, rules=[kh.when(NPS >= 3).then(Level.HIGH)])
        for make in (pl.DataFrame, pd.DataFrame):
            found = kh.frames.classify(make({"nps": [3, 1]}), [table], assume={"nps": 5}, reasons=True)
            assert list(found["level_outcome"]) == ["matched", "unmatched"]

    def test_what_is_taken_from_an_unknown_fact_stays_unknown(self) -> None:
        frame = pl.DataFrame({"age": [3]})
        with pytest.warns(kh.KhachhangWarning):
            found: Any = kh.frames.classify(frame, [kh.classifiers.standing()], kh.RECORDED_IS_ALL, reasons=True)
        assert found["standing_outcome"].to_list() == ["undetermined"]

    @pytest.mark.parametrize("kind", [pl.Int64, pl.UInt64])
    @on_engines_of_exact_numbers
    def test_large_whole_numbers_stay_exact(self, make: Any, kind: Any) -> None:
        counts = kh.classifiers.bands(kh.fact.purchase_count, [2**53 + 1], name="many")
        for known, assumed in ((2**53, 2**53 + 1), (2**53 + 1, 2**53)):
            given = make(pl.DataFrame({"purchase_count": pl.Series([known, None], dtype=kind)}))
            assert labels_of(given, counts, assume={"purchase_count": assumed}) == [
                f"purchase_count_{1 + (number > 2**53)}" for number in (known, assumed)
            ]

    @on_engines_of_exact_numbers
    def test_what_is_greater_than_a_signed_number_can_be(self, make: Any) -> None:
        counts = kh.classifiers.bands(kh.fact.purchase_count, [2, 2**62], name="many")
        given = make(pl.DataFrame({"purchase_count": pl.Series([2**63 + 4, None], dtype=pl.UInt64)}))
        assert labels_of(given, counts, assume={"purchase_count": 1}) == ["purchase_count_3", "purchase_count_1"]

    @on_engines_of_exact_numbers
    def test_no_small_number_reaches_what_a_signed_one_can_not_be(self, make: Any) -> None:
        counts = kh.classifiers.bands(kh.fact.purchase_count, [2**63], name="many")
        given = make(pl.DataFrame({"purchase_count": pl.Series([1], dtype=pl.UInt64)}))
        assert labels_of(given, counts) == ["purchase_count_1"]

    def test_what_the_party_is_said_to_be_stands_beside_facts_of_another(self) -> None:
        table = kh.DecisionTable(
            name="own",
            category=Level,
            rules=[kh.when(kh.fact.party_kind == kh.PartyKind.ORGANIZATION).then(Level.HIGH)],
            otherwise=Level.LOW,
        )
        given: Any = pl.DataFrame({"party_kind": ["organization", None], "age": [3, 4]})
        bands: Any = kh.classifiers.age_band()
        assert kh.frames.classify(given, [table, bands])["own"].to_list() == ["high", "low"]

    @on_engines_of_exact_numbers
    def test_decimals_without_digits_after_the_point_are_whole(self, make: Any) -> None:
        cuts = [-(2**53) - 1, 2**53 + 1]
        own = kh.classifiers.bands(kh.fact.custom("x", int), cuts, name="own")
        values = [10**30, -(10**30), *cuts, None]
        given = make(pl.DataFrame({"x": pl.Series(values, dtype=pl.Decimal(38, 0))}))
        assert labels_of(given, own, assume={"x": 2**53}) == ["x_3", "x_1", "x_2", "x_3", "x_2"]

    @pytest.mark.parametrize(
        ("known", "assumed"), [(1, 2**63), (1, -(2**63) - 1), (1.0, 2**53 + 1), (1.0, 10**400), (1.0, -(10**400))]
    )
    def test_what_does_not_fit_beside_what_is_known_is_an_error(self, known: float, assumed: int) -> None:
        own = kh.classifiers.bands(kh.fact.custom("x", int), [5], name="own")
        for given in (pl.DataFrame({"x": [known, None]}), pl.LazyFrame({"x": [known, None]})):
            with pytest.raises(kh.InvalidError, match="x: the value is beyond what a column of such numbers holds"):
                kh.frames.classify(given, [own], assume={"x": assumed})
        eager: Any = pl.DataFrame({"x": [known, None]})
        for fits in (2**63 - 1, -(2**63)) if isinstance(known, int) else (2**53 + 2, -(2**53)):
            labels = ["x_1", "x_2" if fits > 0 else "x_1"]
            assert kh.frames.classify(eager, [own], assume={"x": fits})["own"].to_list() == labels


class TestErrors:
    @pytest.mark.parametrize(
        ("column", "name", "words"),
        [
            (["31"], "age", "age: the column holds text (String), and a whole number from 0 is wanted"),
            ([True], "age", "age: the column holds True and False (Boolean), and a whole number"),
            ([0, 1], "has_need", "has_need: the column holds numbers (Int64), and True or False is wanted"),
            ([1], "gender", "gender: the column holds numbers (Int64), and a Gender (female, male, other) is wanted"),
            ([[1]], "age", "age: the column holds List(Int64), and"),
        ],
    )
    def test_a_column_of_the_wrong_type_names_the_column_and_both_types(
        self, column: list[Any], name: str, words: str
    ) -> None:
        condition: Any = {"has_need": kh.fact.has_need, "gender": kh.fact.gender == kh.Gender.MALE}.get(
            name, kh.fact.age > 3
        )
        table = kh.DecisionTable(name="level", category=Level, rules=[kh.when(condition).then(Level.HIGH)])
        for frame in (pl.DataFrame({name: column}), pl.LazyFrame({name: column})):
            with pytest.raises(kh.InvalidError) as caught:
                kh.frames.classify(frame, [table])
            assert words in str(caught.value)
            assert "Hint:" in str(caught.value)

    def test_all_wrong_columns_come_together(self) -> None:
        frame = pl.DataFrame({"purchase_count": ["3"], "unresolved_complaint_count": [True]})
        with pytest.raises(kh.InvalidError) as caught, pytest.warns(kh.KhachhangWarning):
            kh.frames.classify(frame, BENEFIT)
        assert {fault.field for fault in caught.value.faults} == {"purchase_count", "unresolved_complaint_count"}

    def test_an_unknown_code_is_an_error_on_an_eager_table(self) -> None:
        frame = pl.DataFrame({"age": [20, 20], "party_kind": ["person", "firm"]})
        with pytest.raises(kh.InvalidError, match="party_kind: the column holds 'firm', and a PartyKind"):
            kh.frames.classify(frame, AGE_BANDS)

    def test_an_unknown_code_is_not_known_on_a_lazy_table(self) -> None:
        frame = pl.LazyFrame({"age": [None, 20], "party_kind": ["person", "firm"]})
        found = kh.frames.classify(frame, AGE_BANDS, reasons=True).collect()
        assert found["age_band_outcome"].to_list() == ["undetermined", "matched"]

    @pytest.mark.parametrize("given", [3, "facts", {"age": [1]}, [1]])
    def test_what_is_no_table(self, given: Any) -> None:
        with pytest.raises(kh.InvalidError, match="is no dataframe") as caught:
            kh.frames.classify(given, AGE_BANDS)
        assert caught.value.subject == "frames.classify"

    def test_a_classifier_that_is_no_table(self) -> None:
        @attrs.frozen
        class Model:
            name: str = "model"
            category: type[Level] = Level

            def classify(self, facts: Any) -> kh.Classification[Level]:
                raise AssertionError(facts)

        with pytest.raises(kh.TemplateError, match="'model' is no decision table"):
            kh.frames.classify(pl.DataFrame({"age": [1]}), [Model()])

    def test_one_name_for_two_facts(self) -> None:
        other = kh.fact.custom("nps", float)
        tables = [
            kh.DecisionTable(name="one", category=Level, rules=[kh.when(NPS > 1).then(Level.LOW)]),
            kh.DecisionTable(name="two", category=Level, rules=[kh.when(other > 1).then(Level.LOW)]),
        ]
        with pytest.raises(kh.TemplateError, match="'nps' is a fact of two types"):
            kh.frames.classify(pl.DataFrame({"nps": [1]}), tables)

    def test_a_wrong_assumption(self) -> None:
        with pytest.raises(kh.InvalidError, match="agee: no fact has this name"):
            kh.frames.classify(pl.DataFrame({"age": [1]}), AGE_BANDS, assume={"agee": 3})


@pytest.mark.usefixtures("unproved")
class TestOverlaps:
    @pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["pl", "pd", "pa"])
    @pytest.mark.parametrize("hit", [kh.HitPolicy.UNIQUE, kh.HitPolicy.ANY])
    def test_two_true_rules_are_an_error_on_an_eager_table(self, make: Any, hit: kh.HitPolicy) -> None:
        with pytest.raises(kh.OverlapError) as caught:
            kh.frames.classify(make({"nps": [1, 4]}), [*AGE_BANDS, overlapping(hit)], assume={"age": 3})
        assert caught.value.table == "level"
        assert caught.value.rules == (0, 1, 2)

    def test_under_unique_it_is_one_even_if_the_label_is_the_same(self) -> None:
        rules = [kh.when(NPS > 1).then(Level.LOW), kh.when(NPS > 2).then(Level.LOW)]
        made = [kh.DecisionTable(name="level", category=Level, rules=rules, hit=hit) for hit in list(kh.HitPolicy)[:2]]
        frame = pl.DataFrame({"nps": [3]})
        with pytest.raises(kh.OverlapError):
            kh.frames.classify(frame, made[:1])
        assert kh.frames.classify(frame, made[1:], reasons=True).row(0) == (3, "low", "matched", 0)

    def test_under_any_rules_of_one_label_are_none_whatever_stands_between(self) -> None:
        conditions = [(NPS > 1, Level.LOW), (NPS < 0, Level.HIGH), (NPS > 2, Level.LOW)]
        rules = [kh.when(condition).then(label) for condition, label in conditions]
        table = kh.DecisionTable(name="level", category=Level, rules=rules, hit=kh.HitPolicy.ANY)
        assert kh.frames.classify(pl.DataFrame({"nps": [3]}), [table], reasons=True).row(0) == (3, "low", "matched", 0)

    def test_on_a_lazy_table_label_outcome_and_rule_are_null(self) -> None:
        found = kh.frames.classify(pl.LazyFrame({"nps": [1, 4]}), [overlapping()], reasons=True).collect()
        assert found.rows() == [(1, "low", "matched", 1), (4, None, None, None)]

    def test_without_one_nothing_happens(self) -> None:
        some: Any = kh.frames.classify(pl.DataFrame({"nps": [1, 5]}), [overlapping()])
        none: Any = kh.frames.classify(pl.DataFrame({"nps": []}), [overlapping()])
        assert some["level"].to_list() == ["low", "high"]
        assert none["level"].to_list() == []

    @pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["pl", "pd", "pa"])
    def test_where_no_rule_is_true_none_clash(self, make: Any) -> None:
        rules = [kh.when(NPS > 3).then(Level.LOW), kh.when(NPS > 5).then(Level.HIGH)]
        table = kh.DecisionTable(name="level", category=Level, rules=rules, hit=kh.HitPolicy.UNIQUE)
        found = nw.from_native(kh.frames.classify(make({"nps": [1, 4, None]}), [table], reasons=True))
        assert found["level_outcome"].to_list() == ["unmatched", "matched", "undetermined"]

    def test_outside_given_rules_do_not_count(self) -> None:
        table = attrs.evolve(overlapping(), given=kh.fact.custom("x", int) > 0)
        frame = pl.DataFrame({"nps": [4], "x": [0]})
        found: Any = kh.frames.classify(frame, [table], reasons=True)
        assert found["level_outcome"].to_list() == ["unmatched"]


class TestLaziness:
    def test_nothing_is_computed_in_polars(self) -> None:
        def compute(_: pl.DataFrame) -> pl.DataFrame:
            raise AssertionError

        bomb = pl.LazyFrame({"age": [1]}).map_batches(compute, schema={"age": pl.Int64})
        lazy = kh.frames.classify(bomb, AGE_BANDS, reasons=True)
        assert isinstance(lazy, pl.LazyFrame)
        with pytest.raises(AssertionError):
            lazy.collect()

    def test_nothing_is_computed_in_duckdb(self) -> None:
        bomb = duckdb.sql("select cast(error('computed') as bigint) as age, 'x' as party_kind")
        lazy = kh.frames.classify(bomb, AGE_BANDS, reasons=True)
        assert isinstance(lazy, duckdb.DuckDBPyRelation)
        with pytest.raises(duckdb.Error, match="computed"):
            lazy.fetchall()


class TestBlocks:
    @pytest.mark.parametrize("rows", [2, 3, 4, 7])
    def test_pandas_gives_the_same_block_by_block(self, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
        table = pd.DataFrame({"age": [14.0, None, 51.0, 22.0, 50.0, 15.0, 3.0][:rows]}, index=[1] * rows)
        whole = kh.frames.classify(table, [kh.classifiers.age_band()], reasons=True)
        monkeypatch.setattr(native, "_BLOCK", 3)
        pd.testing.assert_frame_equal(kh.frames.classify(table, [kh.classifiers.age_band()], reasons=True), whole)

    @pytest.mark.parametrize(("make", "sizes"), [(pd.DataFrame, [3, 3, 1]), (pl.DataFrame, [7]), (pl.LazyFrame, [7])])
    def test_pandas_alone_is_worked_on_in_blocks(
        self, make: Any, sizes: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[int] = []

        def doubled(rows: Any) -> Any:
            seen.append(len(rows.lazy().collect()))
            return rows.with_columns(twice=nw.col("one") * 2)

        monkeypatch.setattr(native, "_BLOCK", 3)
        found = native.by_blocks(nw.from_native(make({"one": list(range(7))})), doubled, ["twice"])
        assert found.lazy().collect()["twice"].to_list() == list(range(0, 14, 2))
        assert seen == sizes


def test_two_columns_of_one_name_are_an_error() -> None:
    table = pd.DataFrame([[14, 15]], columns=["age", "age"])
    with pytest.raises(
        kh.InvalidError,
        match=r"facts: two columns bear one name .*'age' 2 times(.|\n)*Hint: rename or drop one of them$",
    ):
        kh.frames.classify(table, AGE_BANDS)


@pytest.mark.parametrize("negated", [False, True])
def test_among_no_texts_is_nobody_and_not_known_stays_open(negated: bool) -> None:
    nobody = kh.fact.occupation.is_in([])
    table = kh.DecisionTable(
        name="x",
        category=kh.Side,
        rules=[kh.when(~nobody if negated else nobody).then(kh.Side.INTERNAL)],
        otherwise=kh.Side.EXTERNAL,
    )
    occupations = ["giáo viên", None]
    facts: Any = pl.DataFrame({"occupation": occupations})
    found = kh.frames.classify(facts, [table]).get_column("x").to_list()

    assert found == [table.label(kh.Facts(occupation=occupation)) for occupation in occupations]
    assert found == ["internal" if negated else "external", None]
