"""Facts for a type checker: every fact has its type, and a constant of another is refused before anything runs.

What is refused bears a `type: ignore`; a checker that accepted it would report the comment as unused. Python refuses the
same at run time.
"""

from __future__ import annotations

from decimal import Decimal
from typing import assert_type

import pytest

import khachhang as kh
from khachhang.rules.fact import BooleanFact, ChoiceFact, Fact, MoneyFact, RealFact, TextFact, WholeFact


class Wave(kh.Category):
    """A label set of a user's own."""

    EARLY = "early"
    LATE = "late"


def test_a_fact_of_the_catalogue_has_the_type_of_what_it_holds() -> None:
    assert_type(kh.fact.age, WholeFact)
    assert_type(kh.fact.discounted_share, RealFact)
    assert_type(kh.fact.spend, MoneyFact)
    assert_type(kh.fact.has_need, BooleanFact)
    assert_type(kh.fact.occupation, TextFact)
    assert_type(kh.fact.gender, ChoiceFact[kh.Gender])
    assert_type(kh.fact.ties.has(kh.TieKind.BANK), BooleanFact)
    assert {type(found) for found in kh.fact} == {WholeFact, RealFact, MoneyFact, BooleanFact, TextFact, ChoiceFact}


def test_a_fact_of_ones_own_has_the_type_that_one_gives() -> None:
    assert_type(kh.fact.custom("nps", int, low=0, high=10), WholeFact)
    assert_type(kh.fact.custom("rate", float), RealFact)
    assert_type(kh.fact.custom("debt", Decimal, low=0), MoneyFact)
    assert_type(kh.fact.custom("vip", bool), BooleanFact)
    assert_type(kh.fact.custom("town", str), TextFact)
    assert_type(kh.fact.custom("wave", Wave), ChoiceFact[Wave])


def test_a_comparison_is_a_predicate_and_so_is_what_joins_them() -> None:
    assert_type(kh.fact.age < 15, kh.Predicate)
    assert_type(kh.fact.gender == kh.Gender.FEMALE, kh.Predicate)
    assert_type(kh.fact.spend.between(0, "2.5", closed="left"), kh.Predicate)
    assert_type(kh.fact.gender.is_in([kh.Gender.FEMALE]), kh.Predicate)
    assert_type((kh.fact.age < 15) & kh.fact.has_need | ~kh.always, kh.Predicate)


def test_a_constant_of_another_type_is_refused() -> None:
    with pytest.raises(kh.PredicateError):
        kh.fact.age < "15"  # type: ignore[operator]
    with pytest.raises(kh.PredicateError):
        kh.fact.spend >= 0.5  # type: ignore[operator]
    with pytest.raises(kh.PredicateError):
        kh.fact.age.between(15, "22")  # type: ignore[arg-type]
    with pytest.raises(kh.PredicateError):
        kh.fact.age.between(15, 22, closed="open")  # type: ignore[arg-type]
    with pytest.raises(kh.PredicateError):
        kh.fact.gender.is_in(["female"])  # type: ignore[list-item]
    with pytest.raises(kh.PredicateError):
        (kh.fact.age < 15) & True  # type: ignore[operator]


def test_a_fact_of_ones_own_is_refused_where_it_can_not_be() -> None:
    with pytest.raises(kh.PredicateError):
        kh.fact.custom("list", list)  # type: ignore[arg-type]
    with pytest.raises(kh.PredicateError):
        kh.fact.custom("town", str, low=1)  # type: ignore[arg-type]


def test_what_is_known_has_its_type() -> None:
    known = kh.Facts(age=31.5, gender="female", spend="2.5", ties=["bank"], extra={"nps": 9})

    assert_type(known.age, int | None)
    assert_type(known.gender, kh.Gender | None)
    assert_type(known.spend, Decimal | None)
    assert_type(known.ties, frozenset[kh.TieKind] | None)
    assert (known.age, known.gender, known.spend) == (31, kh.Gender.FEMALE, Decimal("2.5"))


def test_what_a_record_can_not_hold_is_refused() -> None:
    with pytest.raises(kh.InvalidError):
        kh.Facts(age="31")  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        kh.Facts(spend=0.5)  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        kh.Facts(agee=31)  # type: ignore[call-arg]


def test_facts_of_several_types_are_facts() -> None:
    several: list[Fact[int] | Fact[kh.Gender]] = [kh.fact.age, kh.fact.gender]

    assert [found.name for found in several] == ["age", "gender"]
