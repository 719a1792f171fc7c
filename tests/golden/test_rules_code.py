"""The code that is made of tables, line by line: what it means is proved elsewhere, here it was read how short it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from attrs import evolve
from tests.golden.approved import approved, check
from tests.rules.table_strategies import Mood
from tests.rules.test_explanation import Care, care

import khachhang as kh
from khachhang.facts import fact
from khachhang.rules import HitPolicy, Rule, _fast, _source
from khachhang.rules.compilation import Compiled
from khachhang.rules.predicate import And, Or

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.facts import DecisionTable
    from khachhang.rules import Predicate

NPS, MOOD = fact.custom("nps", int, low=0, high=10), fact.custom("mood", Mood)
VIP, LIMIT = fact.custom("vip", bool), fact.custom("limit", Decimal)
NEED, MEANS, TASTE = fact.has_need, fact.has_means, fact.taste_matches
AGE, COUNT, SHARE, SPEND = fact.age, fact.purchase_count, fact.discounted_share, fact.spend
MALE, FEMALE, OTHER = kh.Gender


def rules(*conditions: Predicate) -> list[Rule[Care]]:
    labels = [Care.SPECIAL, Care.USUAL, Care.LITTLE] * len(conditions)
    return [kh.when(condition).then(label) for condition, label in zip(conditions, labels, strict=False)]


def table(*conditions: Predicate, hit: HitPolicy = HitPolicy.FIRST, **more: Any) -> DecisionTable[Care]:
    return care(*rules(*conditions), hit=hit, **more)


TABLES: dict[str, DecisionTable[Any]] = {
    "age_band": kh.classifiers.age_band(),
    "benefit": kh.classifiers.benefit(),
    "relationship_type": kh.classifiers.relationship_type(),
    "scope": kh.classifiers.scope(),
    "every test on a number": table(
        *(NEED & test for test in (
            AGE == 0, AGE != 0, AGE == 5, AGE != 5, AGE < 5, AGE <= 5, AGE > 5, AGE >= 5, AGE.between(5, 9), AGE == 10**15,
            AGE.between(5, 9, "neither"), AGE.between(5, 9, "left"), AGE.between(5, 9, "right"), AGE.is_in([1, 2, 3]),
            AGE.is_in(range(4)), ~AGE.is_in([1]), AGE < 10**15 - 1,
        )),
    ),
    "every test on an amount or a share": table(SPEND < 5, SPEND == 0, SPEND != 1, SHARE > 0.5, SHARE == 0, SHARE <= 0.25),
    "every test on another value": table(
        fact.gender == MALE, fact.gender != FEMALE, fact.gender.is_in([MALE, OTHER]), fact.occupation == "a",
        ~fact.occupation.is_in(["a", "b"]), NEED, ~MEANS, NEED.is_in([True]),
    ),
    "facts of one's own": table((NPS > 5) & (AGE > 5), NPS < 3, MOOD == Mood.DASH, VIP & (LIMIT > 3), ~VIP, LIMIT > 5),
    "parts in parts": table((NEED | (AGE > 5)) & (MEANS | (AGE > 7)), ~(NEED & (MEANS | (SHARE > 0.5))), And(()), Or(())),
    "labels in parts": table((NEED | (fact.gender == MALE)) & (MEANS | (AGE == 7)), (NEED | ~MEANS) & (fact.gender != MALE)),
    "alternatives": table(NEED | MEANS, NEED | TASTE, (AGE > 5) | NEED, AGE <= 5, otherwise=Care.LITTLE),
    "alternatives of flags": table(NEED | MEANS | TASTE, fact.tie_bank | fact.tie_supplier, ~NEED | ~MEANS),
    "tests again": table(AGE > 5, AGE <= 5, fact.gender == MALE, fact.gender != MALE, NEED, ~NEED),
    "tests again, each for itself": table(
        (AGE > 5) & (AGE < 9), (AGE < 3) & NEED, (AGE >= 9) & ~NEED, hit=HitPolicy.UNIQUE, otherwise=Care.LITTLE,
    ),
    "a test again in a range": table(
        (AGE < 5) & NEED, (AGE < 5) & ~NEED & MEANS, (AGE >= 5) & NEED, hit=HitPolicy.UNIQUE, otherwise=Care.LITTLE,
    ),
    "open rules go on": table(NEED & MEANS, NEED & ~MEANS & TASTE, ~NEED & (AGE == 5), hit=HitPolicy.UNIQUE),
    "a scope": table(AGE > 5, NEED, given=(COUNT >= 1) & (fact.party_kind == kh.PartyKind.PERSON)),
    "a scope of parts": table(AGE > 5, NEED, given=MEANS | (COUNT >= 1)),
    "a number most asked for": table(
        NEED, (AGE < 15) & MEANS, (AGE >= 15) & (AGE < 22), AGE.between(22, 50), (AGE > 50) | TASTE, AGE == 60,
    ),
    "three bounds of at most three": table(*(MEANS & (fact.age < number) for number in (2, 4, 6))),
    "four bounds of at most three": table(*(MEANS & (fact.age < number) for number in (2, 4, 6, 8))),
    "three rules of at most three": table((AGE < 5) & NEED, (AGE < 5) & MEANS, TASTE),
    "four rules of at most three": table((AGE < 5) & NEED, (AGE < 5) & MEANS, TASTE, ~MEANS),
    "every bound of a number": table(AGE.between(1, 3) & NEED, (AGE.is_in([5]) | (AGE > 7)) & NEED),
    "every bound of a number, without its ends": table(AGE.between(1, 3, "neither") & NEED, (AGE != 9) & NEED, (AGE <= 5) & NEED),
    "a number with few tests": table((AGE < 5) & NEED, MEANS),
    "a number below nothing": table(AGE < 0, AGE >= 0, NEED),
    "always": table(NEED, kh.always, MEANS),
    "always, in a scope of all": table((AGE < 5) & NEED, (AGE >= 5) | MEANS, given=kh.always),
    "several labels": table(NEED & MEANS, ~NEED, (AGE > 5) | MEANS, hit=HitPolicy.COLLECT, given=TASTE),
}  # fmt: skip
FILE = "rules_code.txt"


def told(title: str) -> Iterator[str]:
    """The source of the functions of a table, as they are made one after the other."""
    sources: list[str] = []

    def compiled(source: str, *_: object) -> Any:
        sources.append(source)
        return compile(source, "<told>", "exec")

    few = "of at most three" in title
    with (
        mock.patch.object(_source, "compile", compiled, create=True),
        mock.patch.object(_fast, "_MOST_BOUNDS", 3 if few else _fast._MOST_BOUNDS),
        mock.patch.object(_fast, "_MOST_RULES", 3 if few else _fast._MOST_RULES),
    ):
        made = Compiled(evolve(TABLES[title]))
        _ = made.classify, made._weigh, made._lacking
    for source in sources:
        yield from ("", *source.splitlines())


@pytest.mark.parametrize("title", TABLES)
def test_the_code_of_a_table_is_as_it_was_read_and_approved(title: str) -> None:
    check(FILE, TABLES, title, told)


def test_no_code_is_left_over() -> None:
    assert [*approved(FILE)] == [*TABLES]
