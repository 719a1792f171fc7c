"""The distribution of a fact with the cut points of its table, as a picture."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.charts.populations import AGES, profiles
from tests.charts.reading import Row, data_sets, rows, title

import khachhang as kh

VISITS = kh.classifiers.bands(kh.fact.purchase_count, [2, 10], name="visits")
SPEND = kh.classifiers.bands(kh.fact.spend, ["99.5", 1000], currency="VND", name="spending")


def bars(chart: Any) -> list[tuple[float, float, str, int]]:
    return [(row["low"], row["high"], row["place"], row["customers"]) for row in rows(chart, "bottom")]


def cuts(chart: Any) -> list[tuple[float, str]]:
    return [(row["at"], row["text"]) for row in rows(chart, "at")]


def test_each_value_is_in_its_bar_and_each_bar_in_its_colour() -> None:
    chart = kh.charts.bands(pl.DataFrame({"age": [14, 14, 15, 16, 22, 51, None]}), AGES)
    assert bars(chart) == [
        (14, 15, "Dưới 15 tuổi", 2), (15, 16, "Từ 15 đến dưới 22 tuổi", 1), (16, 17, "Từ 15 đến dưới 22 tuổi", 1),
        (22, 23, "Từ 22 đến 50 tuổi", 1), (51, 52, "Trên 50 tuổi", 1),
    ]  # fmt: skip
    assert cuts(chart) == [(15, "15"), (22, "22"), (51, "51")]
    assert title(chart) == ("Độ tuổi", ["7 khách hàng; chưa xác định: 1 (14,3%)", "Chưa biết tuổi: 1 (14,3%)"])


def test_labels_of_one_bar_stand_on_each_other_in_their_order() -> None:
    facts = [
        kh.Facts(purchase_count=6, days_since_last_purchase=days, unresolved_complaint_count=0, negative_review_count=0,
                 bought_count=6, returned_share=0.0)
        for days in (400, 3, 3)
    ]  # fmt: skip
    chart = kh.charts.bands(facts, kh.classifiers.benefit(), fact="purchase_count", lang="en")
    found = rows(chart, "bottom")
    assert [(row["place"], row["bottom"], row["top"]) for row in found] == [
        ("Loyal customer", 0, 2), ("Potential customer", 2, 3),
    ]  # fmt: skip


def test_arrow_takes_whole_numbers_that_no_float_is() -> None:
    counts = pl.DataFrame({"purchase_count": [1, 2**53 + 1]})
    assert data_sets(kh.charts.bands(counts.to_arrow(), VISITS)) == data_sets(kh.charts.bands(counts, VISITS))


def test_whole_numbers_are_cut_just_below_the_next() -> None:
    of = kh.fact.purchase_count
    odd = kh.DecisionTable(
        name="odd",
        category=kh.Side,
        hit=kh.HitPolicy.FIRST,
        rules=[
            kh.when(of.between(2, 4, closed="neither")).then(kh.Side.INTERNAL),
            kh.when(of.between(6, 8)).then(kh.Side.INTERNAL),
            kh.when(of.is_in([11])).then(kh.Side.INTERNAL),
            kh.when(of == 13).then(kh.Side.INTERNAL),
            kh.when((of <= 15) | (of > 17) | (of < 15)).then(kh.Side.EXTERNAL),
        ],
    )
    facts = [kh.Facts(purchase_count=count) for count in range(20)]
    assert [at for at, _ in cuts(kh.charts.bands(facts, odd))] == [3, 4, 6, 9, 11, 12, 13, 14, 15, 16, 18]


def test_real_numbers_are_cut_where_they_are() -> None:
    score = kh.fact.mean_score
    table = kh.DecisionTable(
        name="voice", category=kh.Side, hit=kh.HitPolicy.FIRST,
        rules=[kh.when(score > 7.5).then(kh.Side.INTERNAL), kh.when(score <= 2.25).then(kh.Side.EXTERNAL)],
    )  # fmt: skip
    chart = kh.charts.bands(pl.DataFrame({"mean_score": [1.0, 9.0], "scored_survey_count": [1, 1]}), table)
    assert cuts(chart) == [(2.25, "2,25"), (7.5, "7,5")]


def test_shares_are_per_cent() -> None:
    table = kh.classifiers.bands(kh.fact.returned_share, [0.25, 0.5], name="returns")
    chart = kh.charts.bands([kh.Facts(bought_count=2, returned_share=share) for share in (0.0, 0.3, 1.0)], table)
    assert cuts(chart) == [(0.25, "25%"), (0.5, "50%")]
    assert rows(chart, "bottom")[0]["range"] == "[0%; 5%)"


def test_amounts_of_any_column() -> None:
    amounts = [Decimal("99.49"), Decimal("99.50"), None, Decimal(2000)]
    for column in (
        pl.Series(amounts, dtype=pl.Decimal(10, 2)),
        pl.Series([None if each is None else float(each) for each in amounts]),
    ):
        table = pl.DataFrame({"spend": column, "currency": ["VND"] * 4})
        found = Counter[str]()
        for _, _, place, customers in bars(kh.charts.bands(table, SPEND, lang="en")):
            found[place] += customers
        assert found == {"Under 99.5": 1, "99.5 to under 1,000": 1, "1,000 or more": 1}


def test_what_is_infinite_or_of_no_value_has_no_bar() -> None:
    table = pl.DataFrame({"mean_score": [float("inf"), float("nan"), 5.0], "scored_survey_count": [1, 1, 1]})
    voice = kh.classifiers.bands(kh.fact.custom("nps", float), [3.0], name="voice")
    chart = kh.charts.bands(table.rename({"mean_score": "nps"}), voice)
    assert [row[3] for row in bars(chart)] == [1]
    assert title(chart)[1][-1].endswith(": 2 (66,7%)")


def test_a_fact_that_nobody_has() -> None:
    for facts in (
        pl.DataFrame({"age": [None, None]}),
        [kh.Facts(), kh.Facts()],
        pl.DataFrame({"age": [None, None]}, schema={"age": pl.Int64}),
    ):
        chart = kh.charts.bands(facts, AGES)
        assert bars(chart) == []
        assert title(chart)[1][1] == "Chưa biết tuổi: 2 (100%)"


def test_the_far_away_are_gathered_in_the_last_bar() -> None:
    counts = [number % 20 + 1 for number in range(1_000)] + [5_000, 90_000]
    for facts in (pl.DataFrame({"purchase_count": counts}), [kh.Facts(purchase_count=count) for count in counts]):
        chart = kh.charts.bands(facts, VISITS, lang="en")
        *_, last = rows(chart, "bottom")
        assert last["customers"] == 2
        assert last["range"].startswith("≥ ")
        assert 20 <= last["low"] <= 60
        assert title(chart)[1][-1] == f"The last bar holds all values from {last['low']:.0f} on: 2 (0.2%)"


def test_cut_points_far_away_are_named() -> None:
    table = kh.classifiers.bands(kh.fact.purchase_count, [8, 1_000_000], name="visits")
    chart = kh.charts.bands([kh.Facts(purchase_count=count) for count in (0, 3, 6)], table)
    assert cuts(chart) == [(8, "8")]
    assert title(chart)[1][-1] == "Điểm cắt ngoài hình: 1.000.000"


def test_cut_points_just_below_the_values_are_in_the_picture() -> None:
    assert cuts(kh.charts.bands([kh.Facts(age=age) for age in (25, 60)], AGES))[0] == (15, "15")


def test_texts_of_cut_points_never_cover_each_other() -> None:
    table = kh.classifiers.bands(kh.fact.purchase_count, list(range(100_000, 100_012)), name="visits")
    chart = kh.charts.bands([kh.Facts(purchase_count=0), kh.Facts(purchase_count=200_000)], table)
    flags = rows(chart, "at")
    assert len(flags) == 12
    assert [(flag["line"], flag["text"]) for flag in flags if flag["text"]] == [
        (line, f"100.00{line}") for line in range(4)
    ]
    spread = kh.classifiers.bands(kh.fact.purchase_count, [50_000, 150_000], name="visits")
    chart = kh.charts.bands([kh.Facts(purchase_count=0), kh.Facts(purchase_count=200_000)], spread)
    assert [flag["line"] for flag in rows(chart, "at")] == [0, 0]


def test_a_fact_may_be_named_or_given() -> None:
    facts = pl.DataFrame({"purchase_count": [1], "days_since_last_purchase": [3]})
    benefit = kh.classifiers.benefit()
    for of in ("days_since_last_purchase", kh.fact.days_since_last_purchase):
        with pytest.warns(kh.KhachhangWarning, match="has no column"):
            chart = kh.charts.bands(facts, benefit, fact=of)
        assert [bar[:2] for bar in bars(chart)] == [(3, 4)]


def test_profiles_and_assumptions() -> None:
    chart = kh.charts.bands(profiles(8, None), AGES, assume={"age": 30}, lang="en")
    assert [bar[2:] for bar in bars(chart)] == [("Under 15", 1), ("22 to 50", 1)]
    framed = kh.charts.bands(pl.DataFrame({"age": [8, None]}), AGES, assume={"age": 30}, lang="en")
    assert {bar[2:] for bar in bars(framed)} == {("Under 15", 1)}


@settings(max_examples=40)  # a chart takes a twentieth of a second
@given(st.lists(st.none() | st.integers(0, 10**9) | st.integers(0, 30), max_size=15))
def test_every_customer_is_in_the_bar_of_the_value(counts: list[int | None]) -> None:
    frame = pl.DataFrame({"purchase_count": counts}, schema={"purchase_count": pl.Int64})
    chart = kh.charts.bands(frame, VISITS, lang="en")
    listed = kh.charts.bands([kh.Facts(purchase_count=count) for count in counts], VISITS, lang="en")
    assert data_sets(chart) == data_sets(listed)
    found = rows(chart, "bottom")
    assert len({(row["low"], row["high"]) for row in found}) <= 50
    expected: Counter[tuple[float, str]] = Counter()
    for count in counts:
        if count is not None:
            (row, *_) = [row for row in found if _holds(row, count)]
            label = VISITS.label(kh.Facts(purchase_count=count))
            assert label is not None
            expected[row["low"], label.label("en")] += 1
    assert {(row["low"], row["place"]): row["customers"] for row in found} == expected


def _holds(row: Row, count: int) -> bool:
    return bool(row["low"] <= count and (row["range"].startswith("≥") or count < row["high"]))


INCOMES = kh.classifiers.bands(
    kh.fact.monthly_income, [5_000_000, 10_000_000, 20_000_000], currency="VND", name="incomes"
)


def of_incomes(*incomes: int | None) -> tuple[pl.DataFrame, list[kh.Facts]]:
    who: dict[str, Any] = {"party_kind": "person", "currency": "VND"}
    frame = pl.DataFrame(
        {"monthly_income": list(incomes), **{name: [each] * len(incomes) for name, each in who.items()}},
        schema_overrides={"monthly_income": pl.Int64},
    )
    return frame, [kh.Facts(monthly_income=income, **who) for income in incomes]


class TestPrivateFacts:
    def test_one_customer_has_a_wide_bar(self) -> None:
        far = kh.classifiers.bands(kh.fact.monthly_income, [900_000_000], currency="VND", name="far")
        for facts in of_incomes(77_123_456):
            assert [bar[:2] for bar in bars(kh.charts.bands(facts, far))] == [(76_000_000, 78_000_000)]

    @settings(max_examples=20)  # a chart takes a twentieth of a second
    @given(st.lists(st.none() | st.integers(0, 40_000_000) | st.integers(0, 10**12), max_size=60))
    def test_no_bar_is_narrow_beside_its_values_and_nobody_is_left_out(self, incomes: list[int | None]) -> None:
        frame, listed = of_incomes(*incomes)
        chart = kh.charts.bands(frame, INCOMES, lang="en")
        assert data_sets(chart) == data_sets(kh.charts.bands(listed, INCOMES, lang="en"))
        found = rows(chart, "bottom")
        assert all(row["high"] - row["low"] >= row["low"] / 50 for row in found)
        assert sum(row["customers"] for row in found) == sum(income is not None for income in incomes)


class TestErrors:
    def test_several_numbers_and_none_named(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"fact: the rules of 'standing' ask for .*\n.*such as fact='"):
            kh.charts.bands([], kh.classifiers.standing())

    def test_no_number_at_all(self) -> None:
        with pytest.raises(kh.InvalidError, match="'personality' ask for no number"):
            kh.charts.bands([], kh.classifiers.personality())
        with pytest.raises(kh.UnknownFactError, match="ask for these numbers: none"):
            kh.charts.bands([], kh.classifiers.personality(), fact="age")

    def test_a_number_that_the_rules_do_not_ask_for(self) -> None:
        with pytest.raises(kh.UnknownFactError, match=r"'spend'\n.*ask for these numbers: age"):
            kh.charts.bands([], AGES, fact="spend")

    def test_a_column_that_is_not_there(self) -> None:
        with pytest.raises(kh.InvalidError, match="age: the table has no such column"):
            kh.charts.bands(pl.DataFrame({"side": ["internal"]}), AGES)

    def test_what_is_no_population_or_table(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"facts\[0\]: a value of type int is neither a profile nor facts"):
            kh.charts.bands([3], AGES)
        with pytest.raises(kh.InvalidError, match="facts: a value of type int is no dataframe"):
            kh.charts.bands(3, AGES)
        with pytest.raises(kh.InvalidError, match="table: a value of type str is no decision table"):
            kh.charts.bands([], "age_band")  # type: ignore[arg-type]

    def test_an_unknown_language(self) -> None:
        with pytest.raises(kh.UnknownLanguageError, match="'fr'"):
            kh.charts.bands([], AGES, lang="fr")  # type: ignore[arg-type]
