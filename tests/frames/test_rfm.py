"""Scores of recency, frequency and amount, and the segments; worked out by hand."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

import khachhang as kh
from khachhang.facts import Facts, fact
from khachhang.frames import RfmSegment, rfm_segments

SCORES = ["recency_score", "frequency_score", "monetary_score"]


def buyers(*rows: tuple[Any, Any, Any]) -> pl.DataFrame:
    days, counts, spend = zip(*rows, strict=True)
    columns = {"days_since_last_purchase": days, "purchase_count": counts, "spend": spend}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


FIVE = [(days, 6 - place, 10 * place) for place, days in enumerate([1, 10, 50, 200, 400], start=1)]
"""The later the last purchase, the more purchases, and the smaller the amount."""


def test_each_score_goes_from_1_to_5_and_the_most_recent_has_the_highest() -> None:
    scored = kh.frames.rfm(buyers(*FIVE))

    assert scored.scores == 5
    assert scored.table.select(SCORES).rows() == [(5, 5, 1), (4, 4, 2), (3, 3, 3), (2, 2, 4), (1, 1, 5)]
    assert scored.table["rfm_segment"].to_list() == ["loyal", "loyal", "developing", "at_risk", "at_risk"]
    assert scored.table.schema["rfm_segment"] == pl.Enum([segment.value for segment in RfmSegment])
    names = [table.name for table in (scored.recency, scored.frequency, scored.monetary, scored.segments)]
    assert names == ["days_since_last_purchase_band", "purchase_count_band", "spend_band", "rfm_segment"]


def test_who_never_bought_has_no_score_and_changes_none() -> None:
    scored = kh.frames.rfm(buyers(*FIVE, (None, 0, 0), (None, None, None), (None, 0, 0)))

    assert scored.table.select(SCORES).rows()[:5] == kh.frames.rfm(buyers(*FIVE)).table.select(SCORES).rows()
    assert scored.table.select(*SCORES, "rfm_segment").rows()[5:] == [(None,) * 4] * 3
    assert scored.monetary.label(Facts(purchase_count=0, spend=0)) is None


def test_an_unknown_amount_matters_only_where_it_decides() -> None:
    scored = kh.frames.rfm(buyers(*FIVE, (1, 6, None), (50, 3, None)))

    assert scored.table.select(*SCORES, "rfm_segment").rows()[5:] == [
        (5, 5, None, None),
        (3, 2, None, "developing"),  # of 1 2 | 3 3 | 4 | 5 | 6 purchases
    ]


def test_the_tables_score_a_later_table_by_the_same_measure() -> None:
    old = kh.frames.rfm(buyers(*FIVE), currency=None)
    later = buyers((60, 9, 50), (500, 1, 5), (None, 0, 0))
    new = kh.frames.rfm(later, recency=old.recency, frequency=old.frequency, monetary=old.monetary)

    assert new.table.select(*SCORES, "rfm_segment").rows() == [
        (3, 5, 5, "loyal"),
        (1, 1, 1, "lost"),
        (None, None, None, None),
    ]
    assert new.recency is old.recency


def test_tables_with_fewer_labels_are_spread_over_the_scores() -> None:
    recency = kh.classifiers.bands(fact.days_since_last_purchase, [90])
    frequency = kh.classifiers.bands(fact.purchase_count, [2, 3, 4])
    with pytest.warns(kh.KhachhangWarning):
        single = kh.frames.fit_bands(buyers(*FIVE).head(1), "spend", 2)
    scored = kh.frames.rfm(buyers(*FIVE), recency=recency, frequency=frequency, monetary=single)

    assert scored.table.select(SCORES).rows() == [(5, 5, 3), (5, 5, 3), (5, 4, 3), (1, 2, 3), (1, 1, 3)]


def test_few_different_values_are_said() -> None:
    with pytest.warns(kh.KhachhangWarning, match="purchase_count: there are 2 different values") as caught:
        scored = kh.frames.rfm(buyers((1, 1, 10), (2, 1, 20), (3, 2, 30)), 3)

    assert len(caught) == 1
    assert scored.table["frequency_score"].to_list() == [1, 1, 3]


def test_a_currency_is_kept_apart() -> None:
    table = buyers(*FIVE).with_columns(currency=pl.Series(["VND", "VND", "VND", "VND", "USD"]))

    with pytest.raises(kh.CurrencyError):
        kh.frames.rfm(table, 4)
    scored = kh.frames.rfm(table, 4, currency="VND").table
    assert scored["monetary_score"].to_list() == [1, 2, 3, 4, None]


def test_a_missing_column_is_an_error_unless_its_table_is_given() -> None:
    table = buyers(*FIVE).drop("spend")

    with pytest.raises(kh.InvalidError, match="spend: the table has no such column"):
        kh.frames.rfm(table)
    monetary = kh.classifiers.bands(fact.spend, [10, 20])
    with pytest.warns(kh.KhachhangWarning, match="the table has no column spend"):
        scored = kh.frames.rfm(table, monetary=monetary)
    assert scored.table["monetary_score"].to_list() == [None] * 5


@pytest.mark.parametrize("n", [2, 101, True, 5.0])
def test_what_is_no_number_of_scores_is_an_error(n: Any) -> None:
    with pytest.raises(kh.PolicyError, match="is no number of scores"):
        kh.frames.rfm(buyers(*FIVE), n)
    with pytest.raises(kh.PolicyError, match="from 3 to 100"):
        rfm_segments(n)


def test_tables_that_give_no_score_are_an_error() -> None:
    with pytest.raises(kh.PolicyError, match="recency is no decision table"):
        kh.frames.rfm(buyers(*FIVE), recency=3)  # type: ignore[arg-type]  # what is tested
    with pytest.raises(kh.PolicyError, match="recency is no decision table"):
        kh.frames.rfm(buyers(*FIVE), recency=kh.classifiers.relationship_type())
    with pytest.raises(kh.PolicyError, match="frequency has 4 labels, and there are 3 scores"):
        kh.frames.rfm(buyers(*FIVE), 3, frequency=kh.classifiers.bands(fact.purchase_count, [1, 2, 3]))


@pytest.mark.parametrize("n", [3, 4, 5, 7, 10, 100])
def test_the_segments_have_no_hole_and_no_dead_rule(n: int) -> None:
    found = rfm_segments(n).verify()

    assert (list(found.gaps), list(found.overlaps), list(found.unreachable)) == ([], [], [])
    assert not found.undecided


def test_every_combination_of_scores_has_its_segment() -> None:
    table = rfm_segments()

    def expected(recency: int, frequency: int, monetary: int) -> RfmSegment:
        if recency >= 4 and frequency <= 2:
            return RfmSegment.PROMISING if monetary >= 4 else RfmSegment.NEW
        if recency >= 3:
            if frequency < 4:
                return RfmSegment.DEVELOPING
            return RfmSegment.CHAMPION if recency >= 4 and monetary >= 4 else RfmSegment.LOYAL
        if frequency >= 4 and monetary >= 4:
            return RfmSegment.MUST_KEEP
        return RfmSegment.LOST if frequency <= 2 and monetary < 4 else RfmSegment.AT_RISK

    for scores in itertools.product(range(1, 6), repeat=3):
        facts = Facts(extra=dict(zip(SCORES, scores, strict=True)))
        assert table.label(facts) is expected(*scores)


def test_every_segment_has_words_in_both_languages() -> None:
    for segment in RfmSegment:
        texts = {segment.label("vi"), segment.label("en"), segment.definition("vi"), segment.definition("en")}
        assert len(texts) == 4
    assert RfmSegment.facet_title("vi") == "Phân khúc RFM"


def test_the_segments_are_stored_and_explained() -> None:
    table = rfm_segments()

    assert kh.DecisionTable.from_dict(table.to_dict(), category=RfmSegment) == table
    reason = table.explain(Facts(extra=dict.fromkeys(SCORES, 5)), "en")
    assert "Champion" in reason


def test_amounts_stay_exact() -> None:
    table = buyers(*FIVE).with_columns(spend=pl.Series([Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), None, None]))
    scored = kh.frames.rfm(table, 3)

    assert scored.monetary == kh.classifiers.bands(
        fact.spend, ["0.2", "0.3"], given=fact.purchase_count >= 1, source=scored.monetary.source
    )
