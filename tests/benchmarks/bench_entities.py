"""Making 20,000 nested customers, against the same classes with the validators that attrs ships."""

from __future__ import annotations

import random
import re
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
from attrs import validators as v
from tests.benchmarks._timing import medians, report

import khachhang as kh
from khachhang import Capacity, Channel, Gender, InteractionKind, Offering, Origin, Purpose, Sentiment, TieKind, Topic

COUNT = 20_000
_NAME: Any = [v.instance_of(str), v.min_len(1)]
_SCORE: Any = [v.instance_of(Decimal), v.ge(0), v.le(10)]
_QUANTITY: Any = [v.instance_of(Decimal), v.gt(0)]
_AMOUNT: Any = [v.instance_of(Decimal), v.ge(0), v.lt(10**18)]


def _may_be(kind: type[Any]) -> Any:
    return v.optional(v.instance_of(kind))


def _listed(kind: type[Any]) -> Any:
    return v.optional(v.deep_iterable(v.instance_of(kind), v.instance_of(tuple)))


def _decimal(value: Any) -> Any:
    return None if value is None else Decimal(value)


def _tuple(value: Any) -> Any:
    return None if value is None else tuple(value)


@attrs.frozen
class Person:
    """A person."""

    name: str = attrs.field(validator=_NAME)
    birth_date: date | None = attrs.field(default=None, validator=_may_be(date))
    gender: Gender | None = attrs.field(default=None, validator=_may_be(Gender))
    occupation: str | None = attrs.field(default=None, validator=_may_be(str))
    monthly_income: Decimal | None = attrs.field(default=None, converter=_decimal, validator=v.optional(_AMOUNT))
    investable_assets: Decimal | None = attrs.field(default=None, converter=_decimal, validator=v.optional(_AMOUNT))


@attrs.frozen
class Purchase:
    """A purchase."""

    day: date = attrs.field(validator=v.instance_of(date))
    amount: Decimal = attrs.field(converter=_decimal, validator=_AMOUNT)
    currency: str = attrs.field(default="VND", validator=v.matches_re(re.compile(r"[A-Z]{3}")))
    quantity: Decimal = attrs.field(default=Decimal(1), converter=_decimal, validator=_QUANTITY)
    list_amount: Decimal | None = attrs.field(default=None, converter=_decimal, validator=v.optional(_AMOUNT))
    returned: Decimal = attrs.field(default=Decimal(0), converter=_decimal, validator=_AMOUNT)
    purpose: Purpose | None = attrs.field(default=None, validator=_may_be(Purpose))
    offering: Offering | None = attrs.field(default=None, validator=_may_be(Offering))


@attrs.frozen
class Interaction:
    """An interaction."""

    day: date = attrs.field(validator=v.instance_of(date))
    kind: InteractionKind = attrs.field(validator=v.instance_of(InteractionKind))
    channel: Channel | None = attrs.field(default=None, validator=_may_be(Channel))
    topic: Topic | None = attrs.field(default=None, validator=_may_be(Topic))
    score: Decimal | None = attrs.field(default=None, converter=_decimal, validator=v.optional(_SCORE))
    sentiment: Sentiment | None = attrs.field(default=None, validator=_may_be(Sentiment))
    resolved_on: date | None = attrs.field(default=None, validator=_may_be(date))


@attrs.frozen
class Tie:
    """A tie."""

    kind: TieKind = attrs.field(validator=v.instance_of(TieKind))
    since: date | None = attrs.field(default=None, validator=_may_be(date))
    until: date | None = attrs.field(default=None, validator=_may_be(date))


@attrs.frozen
class Customer:
    """A customer."""

    id: str = attrs.field(validator=_NAME)
    party: Person = attrs.field(validator=v.instance_of(Person))
    purchases: tuple[Purchase, ...] | None = attrs.field(default=None, converter=_tuple, validator=_listed(Purchase))
    interactions: tuple[Interaction, ...] | None = attrs.field(
        default=None, converter=_tuple, validator=_listed(Interaction)
    )
    ties: tuple[Tie, ...] | None = attrs.field(default=None, converter=_tuple, validator=_listed(Tie))
    declared_capacity: Capacity | None = attrs.field(default=None, validator=_may_be(Capacity))
    origin: Origin | None = attrs.field(default=None, validator=_may_be(Origin))
    previous_brand: str | None = attrs.field(default=None, validator=_may_be(str))


STOCK = (Person, Purchase, Interaction, Tie, Customer)
OURS = (kh.Person, kh.Purchase, kh.Interaction, kh.Tie, kh.Customer)


def rows(count: int) -> list[dict[str, Any]]:
    """Plain data: a person, four purchases, two interactions, and now and then a tie."""
    rng = random.Random(3)  # noqa: S311  # nothing secret
    today = date(2026, 6, 30)

    def day() -> date:
        return today - timedelta(days=rng.randint(0, 900))

    return [
        {
            "id": f"KH-{number:06}",
            "party": {
                "name": f"Nguyễn Thị Lan {number}",
                "birth_date": date(1950, 1, 1) + timedelta(days=rng.randint(0, 20_000)),
                "gender": rng.choice(list(Gender)),
                "monthly_income": rng.randint(1, 90) * 1_000_000,
            },
            "purchases": sorted(
                (
                    {
                        "day": day(),
                        "amount": rng.randint(1, 900) * 1_000,
                        "list_amount": 900_000,
                        "purpose": Purpose.SELF,
                    }
                    for _ in range(4)
                ),
                key=lambda row: row["day"],
            ),
            "interactions": sorted(
                (
                    {"day": day(), "kind": InteractionKind.REVIEW, "sentiment": Sentiment.POSITIVE, "score": 9}
                    for _ in range(2)
                ),
                key=lambda row: row["day"],
            ),
            "ties": [{"kind": TieKind.RESIDENT}] if number % 10 == 0 else [],
        }
        for number in range(count)
    ]


def make(data: list[dict[str, Any]], classes: tuple[Any, ...]) -> list[Any]:
    """Customers from plain data, by a loop written by hand."""
    person, purchase, interaction, tie, customer = classes
    return [
        customer(
            id=row["id"],
            party=person(**row["party"]),
            purchases=[purchase(**each) for each in row["purchases"]],
            interactions=[interaction(**each) for each in row["interactions"]],
            ties=[tie(**each) for each in row["ties"]],
        )
        for row in data
    ]


def main() -> None:
    """Print the ratio."""
    print(f"Python {sys.version.split()[0]}, {COUNT} customers")
    data = rows(COUNT)
    for stock, ours in zip(make(data[:50], STOCK), make(data[:50], OURS), strict=True):
        assert [(one.day, one.amount) for one in stock.purchases] == [(one.day, one.amount) for one in ours.purchases]
    taken = medians(
        {"stock attrs validators": lambda: make(data, STOCK), "khachhang": lambda: make(data, OURS)}, rounds=7
    )
    report(taken, "stock attrs validators", {"khachhang": 0.6})


if __name__ == "__main__":
    main()
