"""Words that several parts of the room use."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import khachhang as kh
from khachhang.advice import _wording


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
    assert _wording.date_text(date(2026, 1, 5), "vi") == "05/01/2026"
    assert _wording.date_text(date(2026, 1, 5), "en") == "2026-01-05"
