"""Contexts in which something decides: everything else alike, and another answer with another value or another test."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import OverlapError
from khachhang.rules import interpreter
from khachhang.rules._answers import masks_of, scope_of
from khachhang.rules.classification import Classification, Outcome
from khachhang.rules.predicate import Among, And, Between, Comparison, Leaf, Or, Predicate, plain
from khachhang.rules.space import Box, Budget, Space, TooMany
from khachhang.testing._aim import space_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from khachhang.rules.table import Table

_SECONDS = 5.0
_STEPS = 5_000

Cell = dict[int, int]
"""For each axis, by its position, a segment."""

_State = tuple[int, int, int]
"""Which boxes are still alive: of conditions that are true, of those that are possible, of what can not be."""

_BESIDE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_CLOSED = {"both": (True, True), "left": (True, False), "right": (False, True), "neither": (False, False)}


def changed(condition: Predicate) -> Iterator[Predicate]:
    """The condition with one of its tests moved by one edge: an end that was inside is outside, or a value less."""
    match plain(condition):
        case And(parts) | Or(parts) as joined:
            for place, part in enumerate(parts):
                for other in changed(part):
                    yield type(joined)((*parts[:place], other, *parts[place + 1 :]))
        case Comparison(variable, sign, constant) if sign in _BESIDE:
            yield Comparison(variable, _BESIDE[sign], constant)  # type: ignore[arg-type]  # an operator
        case Between(variable, low, high, closed):
            inside = _CLOSED[closed]
            for ends in ((not inside[0], inside[1]), (inside[0], not inside[1])):
                word = next(word for word, known in _CLOSED.items() if known == ends)
                yield Between(variable, low, high, word)  # type: ignore[arg-type]  # a word for closed ends
        case Among(variable, values, negation):
            for value in values:
                yield Among(variable, tuple(one for one in values if one != value), negation)
        case Leaf() as leaf:
            yield leaf.negated()
        case _:
            return


_OVERLAP: Classification[Any] = Classification(Outcome.UNMATCHED, missing=("overlap",))
"""What stands for rules that must not be true together and are; it differs from every answer."""


def differ(one: Classification[Any], other: Classification[Any]) -> bool:
    """Whether two answers are not the same; which rules gave them does not matter."""
    mine, theirs = ((answer.outcome, answer.labels, answer.candidates) for answer in (one, other))
    return mine != theirs or (one is _OVERLAP) is not (other is _OVERLAP)


@attrs.frozen
class _Boxes:
    """Boxes of several conditions: which of them each segment reaches, and which belong to each condition."""

    count: int
    reach: list[list[int]]
    owned: list[int]
    boxes: list[Box]

    @classmethod
    def of(cls, by_condition: list[list[Box]], space: Space) -> _Boxes:
        boxes = [box for each in by_condition for box in each]
        reach = [
            [
                sum(1 << number for number, box in enumerate(boxes) if box.get(place, axis.all) >> segment & 1)
                for segment in range(len(axis.segments))
            ]
            for place, axis in enumerate(space.axes)
        ]
        return cls(len(boxes), reach, masks_of(map(len, by_condition)), boxes)

    def replaced(self, position: int, others: _Boxes) -> _Boxes:
        """The same with other boxes for one condition."""
        kept = ~self.owned[position]
        reach = [
            [mask & kept | other << self.count for mask, other in zip(mine, theirs, strict=True)]
            for mine, theirs in zip(self.reach, others.reach, strict=True)
        ]
        owned = [*self.owned]
        owned[position] = others.owned[0] << self.count
        return _Boxes(self.count + others.count, reach, owned, self.boxes)

    def done(self, order: Iterable[int]) -> list[int]:
        """After each axis of an order, the boxes of which nothing is left to ask."""
        seen: set[int] = set()
        found = []
        for place in order:
            seen.add(place)
            found.append(sum(1 << number for number, box in enumerate(self.boxes) if box.keys() <= seen))
        return found


@attrs.frozen
class _Side:
    """A table, or one that differs from it in one condition, on their space."""

    true: _Boxes
    possible: _Boxes

    @property
    def start(self) -> _State:
        return (1 << self.true.count) - 1, (1 << self.possible.count) - 1, 0

    def truths(self, state: _State) -> tuple[bool | None, ...]:
        """Whether each condition is true, false or open at the end of the axes."""
        return tuple(
            True if state[0] & true else None if state[1] & possible else False
            for true, possible in zip(self.true.owned, self.possible.owned, strict=True)
        )


class Contrast:
    """The search for contexts of one table.

    Raises:
        TooMany: If the table is too large.
    """

    def __init__(self, table: Table[Any]) -> None:
        self.table = table
        self.space = space = space_of([table])
        self.budget = Budget.seconds(_SECONDS)
        self.conditions = [*(rule.condition for rule in table.rules), scope_of(table)]
        self.side = _Side(
            self._boxes(space.true_boxes, self.conditions), self._boxes(space.possible_boxes, self.conditions)
        )
        self.impossible = _Boxes.of([space.impossible_boxes(self.budget)], space)
        self._answers: dict[tuple[bool | None, ...], Classification[Any]] = {}

    def _boxes(self, make: Callable[[Predicate, Budget], list[Box]], conditions: list[Predicate]) -> _Boxes:
        return _Boxes.of([make(condition, self.budget) for condition in conditions], self.space)

    @cached_property
    def changes(self) -> list[tuple[int, Predicate]]:
        """Every condition with one of its tests moved by one edge, with the condition's position."""
        return [(place, other) for place, condition in enumerate(self.conditions) for other in changed(condition)]

    def between(self, place: int, one: int, other: int) -> Cell | None:
        """A segment for every other axis, with which two segments of one axis lead to different answers.

        Returns:
            None where there is none, or none is found within the budget. Of a fact that has no value on one of the two
            sides, the segment is that of the other.
        """
        order = [place, *(axis for axis in range(len(self.space.axes)) if axis != place)]
        search = _Search(self, self.side, self.side, order)
        here, there = (search.reached(self.side, place, segment, search.start(self.side)) for segment in (one, other))
        return search.found(1, here, there)

    def against(self, position: int, condition: Predicate) -> Cell | None:
        """A segment for every axis, in which the table answers otherwise with another condition in one place.

        Returns:
            None where there is none, or none is found within the budget.
        """
        true = self._boxes(self.space.true_boxes, [condition])
        possible = self._boxes(self.space.possible_boxes, [condition])
        other = _Side(self.side.true.replaced(position, true), self.side.possible.replaced(position, possible))
        asked = [place for place in range(len(self.space.axes)) if any(place in box for box in possible.boxes)]
        order = [*asked, *(place for place in range(len(self.space.axes)) if place not in asked)]
        search = _Search(self, self.side, other, order, position)
        return search.found(0, search.start(self.side), search.start(other))

    def answer(self, truths: tuple[bool | None, ...]) -> Classification[Any]:
        """What the table answers where its conditions, the last of them `given`, are true, false or open."""
        if truths not in self._answers:
            self._answers[truths] = self._answered(truths)
        return self._answers[truths]

    def _answered(self, truths: tuple[bool | None, ...]) -> Classification[Any]:
        if truths[-1] is False:
            return Classification(Outcome.UNMATCHED)
        try:
            answer, _ = interpreter.decide(self.table, list(truths[:-1]), truths[-1])
        except OverlapError:  # of a condition that was changed, or in a table too large to be proved
            return _OVERLAP
        return answer


class _Search:
    """A sweep over the axes with two sides at once, that ends where their answers differ."""

    def __init__(
        self, contrast: Contrast, one: _Side, other: _Side, order: list[int], position: int | None = None
    ) -> None:
        self.contrast = contrast
        self.axes = contrast.space.axes
        self.one, self.other, self.order = one, other, order
        self.dead = contrast.impossible.done(order)
        self.position = position
        self.budget = Budget(_STEPS)
        self.fruitless: set[tuple[int, _State, _State]] = set()

    def start(self, side: _Side) -> _State:
        """Before the first axis everything is alive."""
        true, possible, _ = side.start
        return true, possible, (1 << self.contrast.impossible.count) - 1

    def reached(self, side: _Side, axis: int, segment: int, state: _State) -> _State:
        """What is alive after one more axis."""
        kinds = (side.true, side.possible, self.contrast.impossible)
        true, possible, impossible = (
            alive & boxes.reach[axis][segment] for alive, boxes in zip(state, kinds, strict=True)
        )
        return true, possible, impossible

    def step(self, side: _Side, depth: int, segment: int, state: _State) -> _State | None:
        """The same by an axis's place in the order; None where that can not be."""
        made = self.reached(side, self.order[depth], segment, state)
        return None if made[2] & self.dead[depth] else made

    def found(self, depth: int, mine: _State, theirs: _State) -> Cell | None:
        """The first cell with different answers."""
        try:
            return next(self._cells(depth, mine, theirs, {}), None)
        except TooMany:
            return None

    def _are_alike(self, mine: _State, theirs: _State) -> bool:
        if self.position is None:
            return mine[:2] == theirs[:2]
        # The sides differ in one condition alone: alike where neither side's can be true or open any more.
        pairs = ((side.true.owned, side.possible.owned) for side in (self.one, self.other))
        return not any(
            state[0] & true[self.position] or state[1] & possible[self.position]
            for state, (true, possible) in zip((mine, theirs), pairs, strict=True)
        )

    def _cells(self, depth: int, mine: _State, theirs: _State, cell: Cell) -> Iterator[Cell]:
        if self._are_alike(mine, theirs):
            return
        if depth == len(self.order):
            if differ(self.contrast.answer(self.one.truths(mine)), self.contrast.answer(self.other.truths(theirs))):
                yield dict(cell)
            return
        key = (depth, mine, theirs)
        if key in self.fruitless:
            return
        self.budget.spend()
        segments = self.axes[self.order[depth]].segments
        # A fact that depends on another one may have a value on one side alone.
        nothing = len(segments) - 1 if segments[-1].value is None else None
        for segment in range(len(segments)):
            here, there = self.step(self.one, depth, segment, mine), self.step(self.other, depth, segment, theirs)
            if nothing is not None and (here is None) is not (there is None):
                here = here or self.step(self.one, depth, nothing, mine)
                there = there or self.step(self.other, depth, nothing, theirs)
            if here is not None and there is not None:
                cell[self.order[depth]] = segment
                yield from self._cells(depth + 1, here, there, cell)
        cell.pop(self.order[depth], None)
        self.fruitless.add(key)
