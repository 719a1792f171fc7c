"""Contexts in which one fact decides: everything else alike, and another answer on the other side of an edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.rules import interpreter
from khachhang.rules.classification import Outcome
from khachhang.rules.space import Box, Budget, Space, TooMany
from khachhang.testing._aim import scope_of, space_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.rules.table import Table

_SECONDS = 5.0
_STEPS = 20_000

_State = tuple[int, int, int]
"""Which boxes are still alive: of conditions that are true, of those that are possible, of what can not be."""


@attrs.frozen
class _Boxes:
    """Boxes of one kind: which of them each segment reaches."""

    boxes: list[Box]
    reach: list[list[int]]

    @classmethod
    def of(cls, boxes: list[Box], space: Space) -> _Boxes:
        reach = [
            [
                sum(1 << number for number, box in enumerate(boxes) if box.get(place, axis.all) >> segment & 1)
                for segment in range(len(axis.segments))
            ]
            for place, axis in enumerate(space.axes)
        ]
        return cls(boxes, reach)

    def done(self, order: list[int]) -> list[int]:
        """After each axis of an order, the boxes of which nothing is left to ask."""
        seen: set[int] = set()
        found = []
        for place in order:
            seen.add(place)
            found.append(sum(1 << number for number, box in enumerate(self.boxes) if box.keys() <= seen))
        return found


class Contrast:
    """The search for contexts of one table.

    Raises:
        TooMany: If the table is too large.
    """

    def __init__(self, table: Table[Any]) -> None:
        self.table = table
        self.space = space = space_of([table])
        budget = Budget.seconds(_SECONDS)
        conditions = [*(rule.condition for rule in table.rules), scope_of(table)]
        true = [space.true_boxes(condition, budget) for condition in conditions]
        possible = [space.possible_boxes(condition, budget) for condition in conditions]
        self.true, self._owned_true = self._joined(true)
        self.possible, self._owned_possible = self._joined(possible)
        self.impossible = _Boxes.of(space.impossible_boxes(budget), space)
        self._answers: dict[tuple[bool | None, ...], Any] = {}

    def _joined(self, by_condition: list[list[Box]]) -> tuple[_Boxes, list[int]]:
        owned, first = [], 0
        for each in by_condition:
            owned.append((1 << len(each)) - 1 << first)
            first += len(each)
        return _Boxes.of([box for each in by_condition for box in each], self.space), owned

    def context(self, place: int, one: int, other: int) -> dict[int, int] | None:  # noqa: C901  # one search
        """A segment for every other axis, with which two segments of one axis lead to different answers.

        Returns:
            None where there is none, or none is found within the budget. Of a fact that has no value on one of the two
            sides, the segment is that of the other.
        """
        order = [place, *(axis for axis in range(len(self.space.axes)) if axis != place)]
        dead = self.impossible.done(order)
        start = tuple((1 << len(kind.boxes)) - 1 for kind in (self.true, self.possible, self.impossible))
        budget = Budget(_STEPS)
        fruitless: set[tuple[int, _State, _State]] = set()

        def step(depth: int, segment: int, state: Any) -> _State | None:
            axis = order[depth]
            impossible = state[2] & self.impossible.reach[axis][segment]
            if impossible & dead[depth]:
                return None
            return (
                state[0] & self.true.reach[axis][segment],
                state[1] & self.possible.reach[axis][segment],
                impossible,
            )

        def search(depth: int, mine: _State, theirs: _State, found: dict[int, int]) -> Iterator[dict[int, int]]:
            if mine[:2] == theirs[:2]:
                return
            if depth == len(order):
                if self._answer(mine) != self._answer(theirs):
                    yield dict(found)
                return
            key = (depth, mine, theirs)
            if key in fruitless:
                return
            budget.spend()
            segments = self.space.axes[order[depth]].segments
            # A fact that depends on the first one may have a value on one side alone.
            nothing = len(segments) - 1 if segments[-1].value is None else None
            for segment in range(len(segments)):
                here, there = step(depth, segment, mine), step(depth, segment, theirs)
                if nothing is not None and (here is None) is not (there is None):
                    here, there = here or step(depth, nothing, mine), there or step(depth, nothing, theirs)
                if here is not None and there is not None:
                    found[order[depth]] = segment
                    yield from search(depth + 1, here, there, found)
            found.pop(order[depth], None)
            fruitless.add(key)

        here, there = step(0, one, start), step(0, other, start)
        if here is None or there is None:
            return None
        try:
            return next(search(1, here, there, {}), None)
        except TooMany:
            return None

    def _answer(self, state: _State) -> Any:
        truths = tuple(
            True if state[0] & true else None if state[1] & possible else False
            for true, possible in zip(self._owned_true, self._owned_possible, strict=True)
        )
        if truths not in self._answers:
            if truths[-1] is False:
                self._answers[truths] = Outcome.UNMATCHED, frozenset()
            else:
                answer, _ = interpreter.decide(self.table, list(truths[:-1]), truths[-1])
                self._answers[truths] = answer.outcome, answer.labels
        return self._answers[truths]
