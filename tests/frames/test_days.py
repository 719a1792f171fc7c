"""Days as numbers in columns, by the calendar: leap years, centuries and the ends of what a date can be."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

import khachhang as kh
from khachhang.frames.events import ordinal

ENDS = [(1, 1), (1, 31), (2, 28), (2, 29), (3, 1), (4, 30), (5, 1), (8, 31), (9, 1), (12, 31)]
YEARS = [1, 3, 4, 99, 100, 399, 400, 401, 1600, 1700, 1900, 2000, 2023, 2024, 2026, 2100, 2399, 2400, 9999]
DAYS = [date(year, *end) for year in YEARS for end in ENDS if end != (2, 29) or calendar.isleap(year)]


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime], ids=str)
def test_the_number_of_a_day_is_that_of_the_calendar(kind: Any) -> None:
    table = nw.from_native(pl.DataFrame({"day": DAYS}, schema={"day": kind}))
    assert table.select(n=ordinal(nw.col("day")))["n"].to_list() == [day.toordinal() for day in DAYS]


@pytest.mark.parametrize("leap_day", ["03-01", "02-28"])
@pytest.mark.parametrize("as_of", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1)], ids=str)
def test_ages_around_a_leap_day_are_those_of_one_object(as_of: date, leap_day: Any) -> None:
    born = [day for day in DAYS if date(1890, 1, 1) < day <= as_of]
    born += [as_of - timedelta(days) for days in (0, 1, 364, 365, 366, 367, 1460, 1461, 1462)]
    table = pl.DataFrame({"customer_id": range(len(born)), "birth_date": born})
    found: Any = kh.frames.facts(None, customers=table, as_of=as_of, leap_day=leap_day, only=["age"])
    people = [kh.Customer("KH-1", kh.Person("Lan", birth_date=day)) for day in born]
    assert found["age"].to_list() == [kh.facts_of(one, as_of, leap_day=leap_day).age for one in people]


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime], ids=str)
def test_the_day_itself_is_within_a_history_and_a_tie(kind: Any) -> None:
    as_of, ids = date(2024, 2, 29), ["before", "on", "after"]
    days = pl.Series([date(2024, 2, 28), as_of, date(2024, 3, 1)]).cast(kind)
    table = pl.DataFrame({"customer_id": ids, "day": days, "amount": 1, "kind": "bank"})
    since, until = table.rename({"day": "since"}), table.rename({"day": "until"})

    def found(fact: str, **tables: Any) -> list[Any]:
        given: dict[str, Any] = {"purchases": None, "customers": table.select("customer_id"), "as_of": as_of} | tables
        return list(kh.frames.facts(**given, only=[fact])[fact])

    assert found("purchase_count", purchases=table) == [1, 1, 0]
    assert found("days_since_last_purchase", purchases=table) == [1, 0, None]
    assert found("tie_bank", ties=since) == [True, True, False]
    assert found("tie_bank", ties=until) == [False, True, True]
