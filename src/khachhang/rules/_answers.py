"""What a table answers, worked out on a walk from axis to axis through a space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.rules import interpreter
from khachhang.rules.classification import Classification, Outcome
from khachhang.rules.cover import BoxSet, bits
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always, Predicate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from khachhang.rules.space import Box, Budget, Space
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category

Alive = tuple[int, int]
"""Which boxes are still alive: of those in which a condition is true, and of those in which it is not false."""


_STEPS_OF_A_TEST = 10
"""What it costs to make boxes of each test of a condition."""

_RULES_OF_A_STEP = 4
_SEGMENTS_OF_A_STEP = 1_000
"""How many rules are looked at in one step, and how many segments of a box: they are the bits of one number."""


def scope_of(table: Table[Any]) -> Predicate:
    """Where the table applies."""
    return Always() if table.given is None else table.given


def rivals(table: Table[Any], position: int) -> Sequence[int]:
    """The rules that take the decision from another one, where they are true as well."""
    if table.hit is HitPolicy.FIRST:
        return range(position)
    if table.hit is HitPolicy.PRIORITY:
        own = table.rank(table.rules[position].label)
        return [other for other, rule in enumerate(table.rules) if table.rank(rule.label) < own]
    return ()


class Answers:
    """The answers of a table on a space.

    Args:
        table: The table.
        space: A space in which all of its conditions can be told.
        budget: How much work may be done.
        only: The positions of the only rules that are looked at, as if the others were false; None for all.

    Attributes:
        cost: How many steps one segment costs on a walk; more where there are many boxes.

    Raises:
        TooMany: If the conditions make too many boxes.
    """

    def __init__(self, table: Table[Any], space: Space, budget: Budget, only: Container[int] | None = None) -> None:
        self.table = table
        conditions = [
            rule.condition if only is None or place in only else Always(holds=False)
            for place, rule in enumerate(table.rules)
        ]
        conditions.append(scope_of(table))
        self._budget = budget
        budget.spend(_STEPS_OF_A_TEST * sum(1 for condition in conditions for _ in condition.leaves()))
        self.true, self.true_of = _set_of(
            [space.true_boxes(condition, budget) for condition in conditions], space, budget
        )
        self.open, self.open_of = _set_of(
            [space.possible_boxes(condition, budget) for condition in conditions], space, budget
        )
        self._owner = [place for place, own in enumerate(self.true_of) for _ in range(own.bit_count())]
        self._idle = self._idle_beside()
        self.cost = 4 + len(self._owner) // 100
        self._answers: dict[tuple[bool | None, ...], Classification[Any]] = {}

    def _idle_beside(self) -> list[Alive]:
        """For each rule the boxes that make no difference where it is true: its own, and those of rules behind it."""
        rules = list(zip(self.table.rules, self.true_of, self.open_of, strict=False))
        if self.table.hit is HitPolicy.FIRST:
            after = (0, 0)
            idle: list[Alive] = []
            for _, true, possible in reversed(rules):
                after = (after[0] | true, after[1] | possible)
                idle.append(after)
            return idle[::-1]
        by_rank: dict[int, Alive] = {}
        for rule, true, possible in rules:
            before = by_rank.get(rank := self._class(rule.label), (0, 0))
            by_rank[rank] = (before[0] | true, before[1] | possible)
        if self.table.hit is HitPolicy.PRIORITY:
            after = (0, 0)
            for rank in sorted(by_rank, reverse=True):
                after = by_rank[rank] = (after[0] | by_rank[rank][0], after[1] | by_rank[rank][1])
        return [by_rank[self._class(rule.label)] for rule, _, _ in rules]

    def _class(self, label: Category) -> int:
        """The rank of a label; one for all labels where any true rule settles the answer."""
        settles = self.table.hit in (HitPolicy.UNIQUE, HitPolicy.ANY) and self.table.is_proved
        return 0 if settles else self.table.rank(label)

    @property
    def start(self) -> Alive:
        """Where a walk begins."""
        return self.true.everyone, self.open.everyone

    def step(self, place: int, segment: int, alive: Alive) -> Alive:
        """What is alive behind an axis and can still matter, if the customer lies in that segment of it."""
        true = alive[0] & self.true.reach[place][segment]
        possible = alive[1] & self.open.reach[place][segment]
        for box in bits(true & self.true.ended[place + 1]):
            rule = self._owner[box]
            if true >> box & 1 and rule < len(self._idle):
                true = true & ~self._idle[rule][0] | 1 << box
                possible &= ~self._idle[rule][1]
        return true, possible

    def answer(self, alive: Alive) -> Classification[Any]:
        """The answer at the end of the axes, without what is missing and which rules gave it.

        Raises:
            OverlapError: If rules are true together that must not be.
            TooMany: When the budget is used up.
        """
        self._budget.spend(len(self.true_of) // _RULES_OF_A_STEP)
        truths = tuple(
            True if alive[0] & true else None if alive[1] & possible else False
            for true, possible in zip(self.true_of, self.open_of, strict=True)
        )
        found = self._answers.get(truths)
        if found is None:
            found = self._answers[truths] = self._decide(list(truths[:-1]), truths[-1])
        return found

    def _decide(self, truths: list[bool | None], scope: bool | None) -> Classification[Any]:  # noqa: FBT001  # three-valued
        if scope is False:
            return Classification(Outcome.UNMATCHED)
        answer, _ = interpreter.decide(self.table, truths, scope)
        return attrs.evolve(answer, rules=())


def _set_of(by_condition: list[list[Box]], space: Space, budget: Budget) -> tuple[BoxSet, list[int]]:
    """The boxes of several conditions as one set, and the mask of each condition's own."""
    boxes = [box for each in by_condition for box in each]
    budget.spend(len(boxes) * sum(len(axis.segments) for axis in space.axes) // _SEGMENTS_OF_A_STEP)
    return BoxSet(space, boxes), masks_of(map(len, by_condition))


def masks_of(sizes: Iterable[int]) -> list[int]:
    """For each of several lists, one after the other in one, the mask of its own places."""
    made: list[int] = []
    first = 0
    for size in sizes:
        made.append((1 << size) - 1 << first)
        first += size
    return made
