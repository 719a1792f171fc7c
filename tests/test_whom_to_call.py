"""The tutorial on whom to call: its figures are those of the file, counted here in another way."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import Any

import attrs
import pytest
from docs.tutorials import first_segmentation
from docs.tutorials import whom_to_call as tutorial

import khachhang as kh

SCRIPT = Path(tutorial.__file__)
LAST_DAY = date(1998, 6, 30)


@attrs.frozen
class Counted:
    """The file, counted with plain code: for each customer the days of buying and the dollars."""

    days: dict[str, set[date]]
    dollars: dict[str, Decimal]

    def idle(self, customer: str) -> int:
        return (LAST_DAY - max(self.days[customer])).days

    def times(self, customer: str) -> int:
        return len(self.days[customer])

    def gap(self, customer: str) -> Fraction | None:
        days = self.days[customer]
        return Fraction((max(days) - min(days)).days, len(days) - 1) if len(days) > 1 else None

    def is_loyal(self, customer: str) -> bool:
        return self.times(customer) >= 5 and self.idle(customer) <= 365


@pytest.fixture(scope="module")
def counted() -> Counted:
    days: dict[str, set[date]] = defaultdict(set)
    dollars: dict[str, Decimal] = defaultdict(Decimal)
    (found,) = [file for file in metadata.files("lifetimes") or [] if file.name == "CDNOW_master.txt"]
    with Path(str(found.locate())).open(encoding="ascii", newline="") as file:
        _, *rows = csv.reader(file, delimiter=" ", skipinitialspace=True)
    for customer, day, _, amount in rows:
        days[customer].add(datetime.strptime(day + "+0000", "%Y%m%d%z").date())
        dollars[customer] += Decimal(amount)
    return Counted(days, dollars)


@pytest.fixture(scope="module")
def customers() -> list[kh.Customer]:
    return first_segmentation.customers(first_segmentation.load())


@pytest.fixture(scope="module")
def persona(customers: list[kh.Customer]) -> kh.advice.Persona:
    return tutorial.ideal(first_segmentation.facts(customers))


@pytest.fixture(scope="module")
def leaving(customers: list[kh.Customer], persona: kh.advice.Persona) -> list[tutorial.Leaving]:
    return tutorial.leaving(customers, persona)


def test_lapsed_loyal_customers_are_those_of_five_purchases_and_half_a_year(
    customers: list[kh.Customer], counted: Counted
) -> None:
    found = tutorial.lapsed(customers)

    expected = {one for one in counted.days if counted.times(one) >= 5 and counted.idle(one) >= 180}
    assert {care.customer_id for care in found} == expected
    dollars = [counted.dollars[care.customer_id] for care in found]
    assert dollars == sorted(dollars, reverse=True)
    lines = list(tutorial.told_lapsed(found))
    best = found[0].customer_id
    assert lines[0] == f"Lapsed loyal customers: {len(expected):,}; those who spent most:"
    assert f"  {best} ({counted.dollars[best]:,} USD) · Chủ động tìm đến khách: " in lines[1]
    assert f"đã mua {counted.times(best)} lần, nhưng {counted.idle(best)} ngày nay chưa quay lại." in lines[1]
    assert len(lines) == 1 + 2 * 5


def test_who_is_lost_within_the_week_bought_last_359_to_365_days_ago(
    leaving: list[tutorial.Leaving], counted: Counted
) -> None:
    expected = {
        one: LAST_DAY + timedelta(days=366 - counted.idle(one))
        for one in counted.days
        if 359 <= counted.idle(one) <= 365
    }
    assert {one.customer.id: one.change.day for one in leaving} == expected
    assert len(leaving) == len(expected)
    assert {one.customer.id for one in leaving if one.change.before.label is kh.Benefit.LOYAL} == {
        one for one in expected if counted.times(one) >= 5
    }
    assert {one.change.after.label for one in leaving} == {kh.Benefit.POTENTIAL}


def test_the_persona_has_the_support_that_the_file_has(persona: kh.advice.Persona, counted: Counted) -> None:
    loyal = [one for one in counted.days if counted.is_loyal(one)]
    others = [one for one in counted.days if not counted.is_loyal(one)]
    values: dict[str, Any] = {"mean_purchase_gap": counted.gap, "spend": counted.dollars.__getitem__}
    assert len(persona.wishes) == 2
    for wish in persona.wishes:
        (leaf,) = wish.predicate.leaves()
        bounds: Any = leaf

        def holds(customer: str, bounds: Any = bounds) -> bool:
            value = values[bounds.variable.name](customer)
            return value is not None and bounds.low <= value <= bounds.high

        support = wish.support
        assert support is not None
        assert support.customers == support.known == len(loyal)
        assert support.share == Fraction(sum(map(holds, loyal)), len(loyal)) >= Fraction(3, 4)
        assert support.others_share == Fraction(sum(map(holds, others)), len(others))


def test_the_best_matches_come_first(leaving: list[tutorial.Leaving]) -> None:
    order = [(-one.match.certain, one.change.day, one.customer.id) for one in leaving]
    assert order == sorted(order)
    assert all(one.match.share is not None for one in leaving)


def test_a_fresh_interpreter_prints_it(
    leaving: list[tutorial.Leaving], persona: kh.advice.Persona, counted: Counted
) -> None:
    unwatched = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    run = subprocess.run(  # noqa: S603  # a script of ours
        [sys.executable, "-W", "error", str(SCRIPT)],
        check=True,
        capture_output=True,
        env={**unwatched, "PYTHONIOENCODING": "ascii"},
    )
    printed = run.stdout.decode("utf-8")

    assert run.stderr == b""
    assert "\n".join(tutorial.told_leaving(leaving, persona)) in printed
    loyal = sum(counted.times(one.customer.id) >= 5 for one in leaving)
    assert f"Lost within 7 days if nobody calls: {len(leaving):,} customers, {loyal:,} of them loyal\n" in printed
    for day, count in Counter(one.change.day for one in leaving).items():
        assert f"\n  {day}: {count:>4,}\n" in printed
