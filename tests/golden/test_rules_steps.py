"""What proofs, comparisons and paths cost, in the steps in which budgets are counted.

What a budget suffices for is a part of the answer. A proof that takes more steps than it did shows here, and one that
takes fewer as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from unittest import mock

import pytest
from attrs import evolve
from tests.golden.approved import approved, check
from tests.rules.table_strategies import Wave
from tests.strategies import TABLES

import khachhang as kh
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy
from khachhang.rules.space import Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from khachhang.rules import Predicate

T = TypeVar("T")
FILE = "rules_steps.txt"
SHOWN = 4
SOMEBODY = Facts(age=20, purchase_count=1, occupation="z")
AGE, NEED, MEANS = fact.age, fact.has_need, fact.has_means


def own(*conditions: Predicate, hit: HitPolicy, **more: Any) -> DecisionTable[Wave]:
    labels = list(Wave) * len(conditions)
    rules = [kh.when(condition).then(label) for condition, label in zip(conditions, labels, strict=False)]
    arguments: dict[str, Any] = {"name": f"own: {hit}", "category": Wave, "rules": rules, "hit": hit, **more}
    return DecisionTable(**arguments)


SOME = [
    (5 * number, fact.purchase_count >= number, fact.days_since_last_purchase <= 10 * number) for number in range(8)
]
CELLS = [(enough & late) | (NEED & AGE.is_in([years])) for years, enough, late in SOME]
APART = [AGE.between(2 * years, 2 * years + 9) & ~enough for years, enough, _ in SOME[2:]]
OUT = [AGE == -1, AGE.is_in([-1, 5, 9]), (~AGE.is_in([-1, 7])) & NEED]
MANY = [AGE.is_in([years]) | (fact.purchase_count.is_in([years]) & NEED) for years in range(60)]
REAL = [fact.discounted_share > 0.1, fact.spend.between(1, "2.5", "neither"), (fact.spend < 1) & (fact.last_score != 5)]
TEXT = [fact.occupation == "a", fact.occupation.is_in(["b", "c"]) & NEED, fact.gender != kh.Gender.MALE]
OWN = [
    own(*CELLS, hit=HitPolicy.FIRST, otherwise=Wave.LATE),
    own(*CELLS, hit=HitPolicy.PRIORITY, given=MEANS | (AGE > 7)),
    own(*CELLS[:4], hit=HitPolicy.COLLECT, given=MEANS),
    own(*CELLS[2:4], hit=HitPolicy.FIRST, name="own: two labels"),
    own(*CELLS[:4], hit=HitPolicy.COLLECT, otherwise=Wave.NEVER, name="own: collect, otherwise"),
    own(
        *CELLS[:2], hit=HitPolicy.PRIORITY, otherwise=Wave.NEVER, priority=[Wave.LATE], name="own: priority, otherwise"
    ),
    own(*APART[:2], hit=HitPolicy.UNIQUE, otherwise=Wave.NEVER, name="own: unique, otherwise"),
    own(*APART, hit=HitPolicy.UNIQUE, otherwise=Wave.EARLY),
    own(*APART, hit=HitPolicy.ANY, given=NEED),
    own(*REAL, hit=HitPolicy.FIRST, name="own: real numbers"),
    own(*OUT, hit=HitPolicy.FIRST, name="own: out of range"),
    own(*MANY, hit=HitPolicy.PRIORITY, name="own: many boxes"),
    own(*TEXT, hit=HitPolicy.FIRST, name="own: texts"),
]
ALL = {table.name: table for table in (*TABLES, *OWN)}


def counted(work: Callable[[], T]) -> tuple[T, int]:
    """What comes of it, and the steps that it took."""
    spent: list[int] = []

    def spend(budget: Budget, steps: int = 1) -> None:
        spent.append(steps)
        original(budget, steps)

    original = Budget.spend
    with mock.patch.object(Budget, "spend", spend):
        return work(), sum(spent)


def told(title: str) -> Iterator[str]:
    """The number of findings, the steps that they took, and the first of them."""
    table: DecisionTable[Any] = evolve(ALL[title])
    found = table.verify()
    for kind in ("gaps", "overlaps", "unreachable"):
        findings, steps = counted(lambda kind=kind: getattr(found, kind))  # type: ignore[misc]  # bound now
        yield f"{len(findings)} {kind} in {steps} steps"
        yield from (f"  {one.explain('en')} {one.witness}" for one in findings[:SHOWN])
    regions, steps = counted(lambda: table.diff(evolve(table, rules=table.rules[:-1])))
    yield f"{len(regions)} regions in {steps} steps that the last rule decides"
    yield from (f"  {one.explain('en')} {one.witness}" for one in regions[:SHOWN])
    for label in table.category:
        for whom, known in (("nothing", Facts()), ("somebody", SOMEBODY)):
            paths, steps = counted(lambda label=label, known=known: table.paths_to(label, known))  # type: ignore[misc]  # bound now
            yield f"{len(paths)} paths from {whom} to {label} in {steps} steps"
            yield from (f"  {dict(one.changes)}" for one in paths[:SHOWN])


@pytest.mark.parametrize("title", ALL)
def test_a_proof_takes_as_many_steps_as_it_took(title: str) -> None:
    check(FILE, ALL, title, told)


def test_no_proof_is_left_over() -> None:
    assert [*approved(FILE)] == [*ALL]
