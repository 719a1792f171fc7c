"""Who moved between two dates, as a picture."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.charts.populations import AGES, born, profiles
from tests.charts.reading import Row, data_sets, rows, title

import khachhang as kh

OLD = pl.DataFrame({"customer_id": [1, 2, 3, 5], "standing": ["active", "active", "prospect", None]})
NEW = pl.DataFrame({"customer_id": [1, 2, 4, 5], "standing": ["active", "former", "active", None]})


def flows(chart: object) -> list[tuple[str, str, int]]:
    return [(row["before"], row["after"], row["customers"]) for row in rows(chart, "before")]  # type: ignore[arg-type]


def test_each_pair_in_label_order_and_nobody_is_left_out() -> None:
    chart = kh.charts.transitions(OLD, NEW, "standing", lang="en")
    neither = "Undetermined, or no label applies"
    assert flows(chart) == [
        ("Active customer", "Active customer", 1),
        ("Active customer", "Former customer", 1),
        ("Prospect", "Not in the data", 1),
        (neither, neither, 1),
        ("Not in the data", "Active customer", 1),
    ]
    assert title(chart) == ("Standing", [
        "5 customers; with the same label: 1 (20%)", "Undetermined, or no label applies: 1 before, 1 after",
    ])  # fmt: skip


def test_with_reasons_undetermined_is_told_from_no_label() -> None:
    before, after = (
        kh.frames.classify(
            pl.DataFrame({"customer_id": [1, 2, 3], "party_kind": kinds, "age": ages}), [AGES], reasons=True
        )
        for kinds, ages in (
            (["person", "organization", "person"], [None, None, 14]),
            (["person", "organization", "person"], [60, None, 15]),
        )
    )
    chart = kh.charts.transitions(before, after, kh.AgeBand, lang="vi")
    assert flows(chart) == [
        ("Dưới 15 tuổi", "Từ 15 đến dưới 22 tuổi", 1),
        ("Chưa xác định", "Trên 50 tuổi", 1),
        ("Không thuộc nhãn nào", "Không thuộc nhãn nào", 1),
    ]
    assert title(chart)[1] == ["3 khách hàng; giữ nguyên nhãn: 0 (0%)", "Chưa xác định: 1 trước, 0 sau"]


def test_profiles_name_their_dates() -> None:
    days = date(2020, 6, 30), date(2026, 6, 30)
    before, after = (
        [kh.classify(born(age, number), as_of=day, template=[AGES]) for number, age in people]
        for day, people in zip(days, ([(1, 16), (2, 40)], [(1, 16), (3, 60)]), strict=True)
    )
    chart = kh.charts.transitions(before, after, "age_band", lang="vi")
    assert flows(chart) == [
        ("Dưới 15 tuổi", "Từ 15 đến dưới 22 tuổi", 1),
        ("Từ 22 đến 50 tuổi", "Không có trong dữ liệu", 1),
        ("Không có trong dữ liệu", "Trên 50 tuổi", 1),
    ]
    assert [row["text"] for row in data_sets(chart)[-1]] == ["30/06/2020", "30/06/2026"]
    named = kh.charts.transitions(before, after, "age_band", lang="en", names=("then", "now"))
    assert [row["text"] for row in data_sets(named)[-1]] == ["then", "now"]


def test_of_several_labels_the_primary_one_moves() -> None:
    facts: dict[str, list[Any]] = {
        "purchase_count": [6],
        "days_since_last_purchase": [3],
        "days_since_first_purchase": [900],
    }
    facts |= {"has_need": [None], "has_means": [None], "taste_matches": [None]}
    table = kh.classifiers.relationship_type()
    before, after = (
        kh.frames.classify(pl.DataFrame(facts | {"customer_id": [1], "tie_shareholder": [holds]}), [table],
                           assume=kh.RECORDED_IS_ALL)
        for holds in (False, True)
    )  # fmt: skip
    assert flows(kh.charts.transitions(before, after, table, lang="en")) == [
        ("Regular customer", "Internal customer", 1)
    ]


def test_nobody_is_a_picture_too() -> None:
    chart = kh.charts.transitions([], [], "side")
    assert flows(chart) == []
    assert title(chart)[1][0] == "0 khách hàng; giữ nguyên nhãn: 0 (0%)"


@settings(max_examples=30)  # a chart takes a twentieth of a second
@given(st.lists(st.tuples(*[st.none() | st.integers(0, 80)] * 2), max_size=10), st.integers(0, 4))
def test_ribbons_are_as_wide_as_customers_are_many_and_never_cover_each_other(
    ages: list[tuple[int | None, int | None]], gone: int
) -> None:
    before, after = (profiles(*(pair[side] for pair in ages)) for side in (0, 1))
    chart = kh.charts.transitions(before, after[gone:], AGES)
    ribbons = rows(chart, "before")
    assert sum(row["customers"] for row in ribbons) == len(ages)
    expected = Counter(
        (_place(old), "absent" if number < gone else _place(new)) for number, (old, new) in enumerate(ages)
    )
    assert sorted(row["customers"] for row in ribbons) == sorted(expected.values())
    for end in (0, -1):
        _apart(ribbons, end)
    for row in ribbons:
        width = row["high"][0] - row["low"][0]
        assert width == pytest.approx(row["high"][-1] - row["low"][-1], abs=0.02)
        assert width == pytest.approx(340 * row["customers"] / len(ages), abs=0.02)


def _place(age: int | None) -> str:
    if age is None:
        return "undetermined"
    return "child" if age < 15 else "youth" if age < 22 else "adult" if age <= 50 else "senior"


def _apart(ribbons: list[Row], end: int) -> None:
    spans = sorted((row["low"][end], row["high"][end]) for row in ribbons)
    assert all(high <= low + 0.02 for (_, high), (low, _) in pairwise(spans))


def test_words_never_stand_nearer_than_a_line() -> None:
    count = 10_000
    old = pl.DataFrame(
        {
            "customer_id": range(count),
            "age_band": ["under_15"] * (count - 3) + ["from_15_to_22", "from_22_to_50", "over_50"],
        }
    )
    nodes = rows(kh.charts.transitions(old, old, "age_band"), "middle")
    for side in (nodes[:4], nodes[4:]):
        middles = [node["middle"] for node in side]
        assert all(low - high >= 15 for high, low in pairwise(middles))


class TestErrors:
    def test_a_list_and_a_table(self) -> None:
        with pytest.raises(kh.InvalidError, match="after: it is no list, and the other one is"):
            kh.charts.transitions(profiles(8), OLD, "age_band")
        with pytest.raises(kh.InvalidError, match="before: it is no list, and the other one is"):
            kh.charts.transitions(OLD, profiles(8), "age_band")

    def test_a_customer_twice(self) -> None:
        with pytest.raises(kh.InvalidError, match="after: 1 of its 3 profiles is of a customer who has another one"):
            kh.charts.transitions(profiles(8), [*profiles(8, 9), *profiles(9)], "age_band")

    def test_a_column_that_is_not_there(self) -> None:
        with pytest.raises(kh.InvalidError, match="before: the table has no column id, side"):
            kh.charts.transitions(OLD, NEW, "side", key="id")

    def test_what_is_no_table(self) -> None:
        with pytest.raises(kh.InvalidError, match="after: a value of type int is no dataframe"):
            kh.charts.transitions(OLD, 3, "standing")

    def test_an_unknown_facet_or_language(self) -> None:
        with pytest.raises(kh.UnknownNameError, match="'standin'"):
            kh.charts.transitions(OLD, NEW, "standin")
        with pytest.raises(kh.UnknownLanguageError, match="'fr'"):
            kh.charts.transitions(OLD, NEW, "standing", lang="fr")  # type: ignore[arg-type]
