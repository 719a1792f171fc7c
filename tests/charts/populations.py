"""Small populations whose answers are known by hand."""

from __future__ import annotations

from datetime import date

import khachhang as kh

DAY = date(2026, 6, 30)
AGES = kh.classifiers.age_band()


class Guest(kh.Category, vi="Khách của quán", en="Café guest"):
    """A label set of a user's own."""

    REGULAR = kh.term("regular", vi="Khách quen", en="Regular")
    CASUAL = kh.term("casual", vi="Khách thỉnh thoảng", en="Casual guest")


GUEST = kh.DecisionTable(
    name="guest",
    category=Guest,
    rules=[
        kh.when(kh.fact.purchase_count >= 4).then(Guest.REGULAR),
        kh.when(kh.fact.purchase_count.between(1, 3)).then(Guest.CASUAL),
    ],
)


def born(age: int | None, number: int = 0) -> kh.Customer:
    """A person of so many completed years on the day."""
    birth = None if age is None else date(DAY.year - age, 1, 1)
    return kh.Customer(f"KH-{number}", kh.Person("Nguyễn Thị Lan", birth_date=birth))


def profiles(*ages: int | None, template: list[kh.DecisionTable[kh.Category]] | None = None) -> list[kh.Profile]:
    """The profiles of persons of these ages, by the general template or another."""
    return [kh.classify(born(age, number), as_of=DAY, template=template or [AGES]) for number, age in enumerate(ages)]
