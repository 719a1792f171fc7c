"""Words that several parts of the room use."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import khachhang as kh
from khachhang.advice import _wording
from khachhang.rules import wording


def test_a_private_fact_that_was_assumed_is_named_without_its_value() -> None:
    facts = kh.Facts().assuming({"monthly_income": 12_345_678, "purchase_count": 3})
    leaves = [*(kh.fact.monthly_income >= 5).leaves(), *(kh.fact.purchase_count >= 1).leaves()]

    assert _wording.assumed_text(leaves, facts, "vi") == " (giả định: thu nhập hằng tháng; số lần mua là 3 lần)"
    assert _wording.assumed_text(leaves, facts, "en") == " (assumed: the monthly income; the number of purchases is 3)"
    assert _wording.assumed_text(leaves, kh.Facts(purchase_count=3), "en") == ""


def test_a_range_in_words_contains_the_range() -> None:
    assert _wording.range_text(Fraction(1, 3), Fraction(2, 3), "vi") == "từ 33% đến 67%"
    assert _wording.range_text(Fraction(0), Fraction(1), "en") == "from 0% to 100%"


def test_days_and_dates_are_written_as_in_the_language() -> None:
    assert [_wording.days_text(days, "en") for days in (0, 1, 1_234)] == ["0 days", "1 day", "1,234 days"]
    assert _wording.days_text(1_234, "vi") == "1.234 ngày"
    assert wording.date_text(date(2026, 1, 5), "vi") == "05/01/2026"
    assert wording.date_text(date(2026, 1, 5), "en") == "2026-01-05"


def test_a_long_fraction_that_was_read_is_said_about() -> None:
    wish = kh.fact.mean_purchase_gap <= 60
    for gap, vi, en in [
        (58 + 2 / 3, " (thực tế: khoảng 58,67 ngày)", " (here: about 58.67 days)"),
        (58.5, " (thực tế: 58,5 ngày)", " (here: 58.5 days)"),
        (1e300, f" (thực tế: 1{'.000' * 100} ngày)", f" (here: 1{',000' * 100} days)"),
    ]:
        facts = kh.Facts(mean_purchase_gap=gap, purchase_count=4)
        assert _wording.observed_text(wish, facts, "vi") == vi
        assert _wording.observed_text(wish, facts, "en") == en
    share = kh.Facts(discounted_share=1 / 3, purchase_count=3)
    assert _wording.observed_text(kh.fact.discounted_share < 1, share, "vi") == " (thực tế: khoảng 33,33%)"
