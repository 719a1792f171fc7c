"""Customers for a type checker: what may be given, and what is kept.

What is refused bears a `type: ignore`; a checker that accepted it would report the comment as unused. Python refuses the
same at run time.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_type

import pytest

import khachhang as kh

DAY = date(2026, 1, 5)


def test_what_is_given_loosely_is_kept_strictly() -> None:
    purchase = kh.Purchase(day=DAY, amount=250_000, purpose="self")
    lan = kh.Customer(id="KH-001", party=kh.Person(name="Lan", gender="female"), purchases=[purchase])

    assert_type(purchase.amount, Decimal)
    assert_type(purchase.purpose, kh.Purpose | None)
    assert_type(lan.purchases, tuple[kh.Purchase, ...] | None)
    assert_type(lan.party, kh.Person | kh.Organization | kh.Group)
    assert lan.purchases == (purchase,)
    assert (purchase.amount, purchase.purpose) == (Decimal(250_000), kh.Purpose.SELF)


def test_an_amount_is_no_float_and_a_day_no_text() -> None:
    with pytest.raises(kh.InvalidError):
        kh.Purchase(day=DAY, amount=0.5)  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        kh.Purchase(day="2026-01-05", amount=1)  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        kh.Customer(id=1, party=kh.Person(name="Lan"))  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        kh.Customer(id="KH-001", party="Lan")  # type: ignore[arg-type]


def test_labels_have_words_in_two_languages() -> None:
    assert_type(kh.AgeBand.UNDER_15.label("vi"), str)
    assert_type(kh.AgeBand.choices("en"), list[tuple[str, str]])
    assert_type(kh.AgeBand("under_15"), kh.AgeBand)
    with pytest.raises(kh.UnknownLanguageError):
        kh.AgeBand.UNDER_15.label("fr")  # type: ignore[arg-type]
