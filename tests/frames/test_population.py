"""Counts of customers by label, and who moved from one label to another."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

import khachhang as kh
from khachhang.taxonomy import AgeBand, Category

AGES = kh.classifiers.age_band()


def rows(table: pl.DataFrame) -> list[tuple[Any, ...]]:
    return table.rows()


def test_one_row_for_each_label_in_label_order_and_null_last() -> None:
    table = pl.DataFrame({"age": [60, 14, None, 51], "spend": [Decimal(5), Decimal("1.5"), Decimal(4), None]})
    summary = kh.frames.summarize(kh.frames.classify(table, [AGES]), by="age_band")

    assert summary.columns == ["age_band", "customers", "share", "spend"]
    assert summary.schema["customers"] == pl.Int64
    assert rows(summary) == [
        ("under_15", 1, 0.25, Decimal("1.5")),
        ("over_50", 2, 0.5, Decimal(5)),
        (None, 1, 0.25, Decimal(4)),
    ]


def test_several_columns_are_crossed() -> None:
    table = pl.DataFrame({"age_band": ["over_50", "under_15", "over_50", "over_50"], "wave": [2, 1, None, 10]})

    assert rows(kh.frames.summarize(table, by=[AgeBand, "wave"])) == [
        ("under_15", 1, 1, 0.25),
        ("over_50", 2, 1, 0.25),
        ("over_50", 10, 1, 0.25),
        ("over_50", None, 1, 0.25),
    ]


def test_without_amounts_there_is_no_spend_column() -> None:
    summary = kh.frames.summarize(pl.DataFrame({"age_band": ["over_50"]}), by=["age_band"])

    assert summary.columns == ["age_band", "customers", "share"]


def test_spend_is_0_where_none_is_known() -> None:
    nan = pl.DataFrame({"wave": ["a", "b", "b"], "spend": [float("nan"), 1.5, None]})
    nothing = pl.DataFrame({"wave": ["a"], "spend": [None]})

    assert rows(kh.frames.summarize(nan, by="wave").select("wave", "spend")) == [("a", 0.0), ("b", 1.5)]
    assert rows(kh.frames.summarize(nothing, by="wave")) == [("a", 1, 1.0, 0)]


def test_amounts_without_a_sign_are_added_as_floats_where_no_sum_could_hold_them() -> None:
    facts = pl.DataFrame({"benefit": ["loyal"] * 2}).with_columns(spend=pl.Series([2**64 - 1, 1], dtype=pl.UInt64))
    assert kh.frames.summarize(facts, ["benefit"])["spend"].to_list() == [2.0**64]
    assert kh.frames.summarize(facts.lazy(), ["benefit"]).collect()["spend"].to_list() == [2.0**64]


def test_exact_amounts_in_pandas_stay_exact() -> None:
    table = pd.DataFrame({"wave": ["a", "a", "b"], "spend": [Decimal("0.1"), Decimal("0.2"), None]}, index=[3, 3, 1])
    summary = kh.frames.summarize(table, by="wave")

    assert summary["spend"].to_list() == [Decimal("0.3"), 0]
    assert {type(spend) for spend in summary["spend"]} == {Decimal}
    assert summary.index.to_list() == [0, 1]


def test_a_label_set_of_the_users_own_gives_the_order() -> None:
    class Size(Category):
        SMALL = "small"
        LARGE = "large"

    table = pl.DataFrame({"size": ["large", "unheard_of", "small", "at_all"]})

    assert kh.frames.summarize(table, by=Size)["size"].to_list() == ["small", "large", "at_all", "unheard_of"]
    assert kh.frames.summarize(table, by="size")["size"].to_list() == ["at_all", "large", "small", "unheard_of"]


def test_a_pandas_categorical_gives_the_order() -> None:
    table = pd.DataFrame({"size": pd.Categorical(["large", None, "small"], ["small", "large"])})
    summary = kh.frames.summarize(table, by="size")

    assert summary["size"].dropna().to_list() == ["small", "large"]
    assert summary["customers"].to_list() == [1, 1, 1]
    assert summary["size"].dtype == table["size"].dtype


def test_an_empty_table_has_an_empty_summary() -> None:
    table = pl.DataFrame({"age_band": []}, schema={"age_band": pl.String})

    assert rows(kh.frames.summarize(table, by="age_band")) == []


@pytest.mark.parametrize(
    ("by", "text"),
    [
        ([], "there is no column to count by"),
        (["wave"], "the table has no column wave"),
        (["share"], "has a column 'share' of its own"),
    ],
)
def test_a_column_that_can_not_be_counted_by_is_an_error(by: list[str], text: str) -> None:
    with pytest.raises(kh.InvalidError, match=text):
        kh.frames.summarize(pl.DataFrame({"share": [1]}), by=by)


def test_spend_of_texts_is_an_error_that_names_the_column() -> None:
    with pytest.raises(kh.InvalidError, match="spend: the column holds text"):
        kh.frames.summarize(pl.DataFrame({"wave": ["a"], "spend": ["much"]}), by="wave")


def test_lazy_summaries_and_transitions_compute_nothing() -> None:
    def seen(frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError(frame)

    table = pl.LazyFrame({"customer_id": [1], "age_band": ["over_50"], "spend": [1]})
    never = table.map_batches(seen, schema=table.collect_schema())

    assert isinstance(kh.frames.summarize(never, by="age_band"), pl.LazyFrame)
    assert isinstance(kh.frames.transitions(never, never, "age_band"), pl.LazyFrame)


def test_transitions_show_stayers_nulls_and_the_absent() -> None:
    before = pl.DataFrame({"customer_id": ["a", "b", "c", "d", "e"], "age": [14, 14, None, 60, 60]})
    after = pl.DataFrame({"customer_id": ["a", "b", "c", "f", "e"], "age": [14, 15, None, None, None]})
    moved = kh.frames.transitions(kh.frames.classify(before, [AGES]), kh.frames.classify(after, [AGES]), AgeBand)

    assert moved.schema == {"before": pl.String, "after": pl.String, "customers": pl.Int64}
    assert rows(moved) == [
        ("under_15", "under_15", 1),
        ("under_15", "from_15_to_22", 1),
        ("over_50", None, 1),
        ("over_50", "absent", 1),
        (None, None, 1),
        ("absent", None, 1),
    ]


def test_rows_without_a_key_are_left_out() -> None:
    table = pl.DataFrame({"id": [1, None, None], "wave": ["a", "a", "b"]})

    assert rows(kh.frames.transitions(table, table, "wave", key="id")) == [("a", "a", 1)]


def test_a_customer_with_two_rows_is_an_error() -> None:
    one = pl.DataFrame({"customer_id": [1, 2], "wave": ["a", "b"]})
    two = pl.DataFrame({"customer_id": [1, 2, 1], "wave": ["a", "b", "b"]})

    with pytest.raises(kh.InvalidError, match="after: 1 of its 3 rows is of a customer who has another one"):
        kh.frames.transitions(one, two, "wave")


def test_tables_of_two_engines_are_an_error() -> None:
    table = pl.DataFrame({"customer_id": [1], "wave": ["a"]})

    with pytest.raises(kh.InvalidError, match="it is an eager table of pandas, and before is an eager table of polars"):
        kh.frames.transitions(table, pd.DataFrame({"customer_id": [1], "wave": ["a"]}), "wave")
    with pytest.raises(kh.InvalidError, match="it is a lazy table of polars"):
        kh.frames.transitions(table, table.lazy(), "wave")


def test_a_missing_column_is_an_error() -> None:
    table = pl.DataFrame({"customer_id": [1], "wave": ["a"]})

    with pytest.raises(kh.InvalidError, match="before: the table has no column size"):
        kh.frames.transitions(table, table, "size")
    with pytest.raises(kh.InvalidError, match=r"frames\.transitions: one wrong field"):
        kh.frames.transitions(3, 3, "size")


def test_ids_of_two_types_are_an_error() -> None:
    before = pl.DataFrame({"customer_id": [1], "standing": ["active"]})
    after = before.cast({"customer_id": pl.String})
    with pytest.raises(kh.InvalidError, match="after: customer_id is String, and in before it is Int64"):
        kh.frames.transitions(before, after, "standing")


def test_objects_are_counted_where_they_can_be_compared() -> None:
    truths = pd.DataFrame({"is_new": pd.Series([True, None, True], dtype=object)})
    assert kh.frames.summarize(truths, by="is_new")["customers"].tolist() == [2, 1]


@pytest.mark.parametrize(
    "frame",
    [pd.DataFrame({"lists": [[1], [2]]}), pl.DataFrame({"lists": [[1], [2]]}),
     pl.DataFrame({"lists": pl.Series([{1}, {2}], dtype=pl.Object)})],
    ids=["pandas", "polars", "objects"],
)  # fmt: skip
def test_what_can_not_be_compared_is_refused(frame: Any) -> None:
    with pytest.raises(kh.InvalidError, match=r"by: the column 'lists' holds .*, which is no label and no id"):
        kh.frames.summarize(frame, by="lists")
