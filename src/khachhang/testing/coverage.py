"""Facts that leave nothing of a table untried: at every edge, and for every rule."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import TableError
from khachhang.rules._answers import rivals, scope_of
from khachhang.rules.predicate import Always, Among, And, Leaf, Not, Or, Predicate, plain
from khachhang.rules.space import TooMany
from khachhang.testing._aim import Demand, Solver, check_table
from khachhang.testing._contrast import Cell, Contrast, differ
from khachhang.testing._segments import ends_of
from khachhang.testing.record import Values, record_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from khachhang.facts import DecisionTable, Facts
    from khachhang.rules import Classification
    from khachhang.rules.space import Box

_FEW_BOXES = 2


def edges(table: DecisionTable[Any]) -> list[Facts]:
    """Facts on, just under and just over every threshold of a table, and the same with each fact missing.

    Everything else is such that the threshold decides, in each place where the table asks for it, wherever that can be.
    Labels, texts and Booleans are their own edges: each value that the table names is there, and one that it does not
    name.

    Args:
        table: The table.

    Returns:
        Facts without repetition, in the order of the table's facts; the same each time.

    Raises:
        TableError: If the table is none, or too large.

    >>> from khachhang.classifiers import age_band
    >>> sorted({facts.age for facts in edges(age_band()) if facts.age})
    [14, 15, 16, 21, 22, 23, 49, 50, 51]
    """
    check_table(table, "edges")
    return list(_coverage(table).edges)


def cover(table: DecisionTable[Any]) -> list[Facts]:
    """A few facts that make every rule decide and cross every edge, each condition both true and false on the way.

    Every edge that can decide has facts on both sides of it, each such that one step over the edge changes the answer;
    and every test, wherever it stands, has facts in which it decides whether its end is inside. What nothing can reach
    is left out. The list is greedy: none of it can be left away, though a shorter one may exist.

    Args:
        table: The table.

    Returns:
        Complete facts (everything known that has a value), in the order of the table's rules; the same each time.

    Raises:
        TableError: If the table is none, or too large.

    >>> from khachhang.classifiers import age_band
    >>> [facts.age for facts in cover(age_band())]
    [14, 15, 21, 22, 50, 51, None]
    """
    check_table(table, "cover")
    return list(_coverage(table).cover)


@lru_cache(maxsize=16)
def _coverage(table: DecisionTable[Any]) -> _Coverage:
    try:
        return _Coverage(table, Contrast(table))
    except TooMany:
        problem = f"table {table.name!r} is too large for its edges to be found"
        raise TableError(problem, "try a part of its rules") from None


@attrs.frozen(slots=False, eq=False)
class _Coverage:
    """What a table has to be tried with. It looks at the rules alone: a table's own `classify` may be broken."""

    table: DecisionTable[Any]
    contrast: Contrast

    @cached_property
    def edges(self) -> tuple[Facts, ...]:
        """What `edges` gives."""
        return tuple(dict.fromkeys(self._edges()))

    @cached_property
    def cover(self) -> tuple[Facts, ...]:
        """What `cover` gives."""
        return tuple(self._fewest(list(dict.fromkeys(self._candidates()))))

    def _answer(self, facts: Facts) -> Classification[Any]:
        return self.contrast.answer(self._truths(facts))

    def _truths(self, facts: Facts) -> tuple[bool | None, ...]:
        return tuple(condition.truth(facts) for condition in self.contrast.conditions)

    def _edges(self) -> Iterator[Facts]:
        for place, axis in enumerate(self.contrast.space.axes):
            is_used = any(leaf.variable == axis.variable for leaf in self.table.leaves())
            places = self._thresholds(place) if axis.variable.is_number else range(len(axis.segments))
            for segment in places if is_used else ():
                if axis.segments[segment].value is not None:
                    yield from self._around(place, segment)
        for cell in self._decisive:
            facts = self._facts(cell)
            yield facts
            yield from self._without(facts)

    @cached_property
    def _decisive(self) -> list[Cell]:
        """For each test of the table, wherever it stands, a cell in which it decides whether its end is inside."""
        found = (self.contrast.against(position, condition) for position, condition in self.contrast.changes)
        return [cell for cell in found if cell is not None]

    def _thresholds(self, place: int) -> Iterable[int]:
        """The segments that are constants of the table's own tests."""
        axis = self.contrast.space.axes[place]
        constants = [one for leaf in self.table.leaves() if leaf.variable == axis.variable for one in leaf.constants]
        return sorted({axis.place(one) for one in constants if axis.variable.holds(one)})

    def _around(self, place: int, segment: int) -> Iterator[Facts]:
        """The facts on one segment and beside it, in contexts in which that matters; each with every fact missing."""
        axis = self.contrast.space.axes[place]
        others = self._neighbours(place, segment)
        contexts = [found for other in others if (found := self.contrast.between(place, segment, other)) is not None]
        if not contexts:
            contexts = [*self._somewhere(place, segment)]
        for context in contexts:
            made = [self._cell(context, place, segment)]
            if axis.variable.is_number:
                made = [self._cell(context, place, each, segment) for each in (*others[:1], segment, *others[1:])]
            yield from made
            for facts in made:
                yield from self._without(facts)

    def _without(self, facts: Facts) -> Iterator[Facts]:
        """The same facts, with each of them not known."""
        for variable in self.table.variables:
            if facts.value(variable.name) is not None:
                yield facts.changed({variable.name: None})

    def _neighbours(self, place: int, segment: int) -> list[int]:
        axis = self.contrast.space.axes[place]
        known = [each for each, other in enumerate(axis.segments) if other.value is not None and each != segment]
        return [each for each in known if abs(each - segment) == 1] if axis.variable.is_number else known

    def _somewhere(self, place: int, segment: int) -> Iterator[Cell]:
        """A context for a fact that nowhere decides."""
        space = self.contrast.space
        exists = space.axes[place].variable.exists
        for box in Solver(space, {place: 1 << segment}).boxes([[[Always() if exists is None else exists]]], 1):
            facts = self._completed({**box, place: 1 << segment})
            known = (
                (other, facts.value(axis.variable.name)) for other, axis in enumerate(space.axes) if other != place
            )
            yield {other: space.axes[other].place(value) for other, value in known if value is not None}

    def _cell(self, context: Cell, place: int, segment: int, beside: int | None = None) -> Facts:
        """The facts of a context, with one fact in a segment: next to another one, where it is asked for."""
        axis = self.contrast.space.axes[place]
        value = axis.segments[segment].value
        if beside is not None:
            ends = list(ends_of(axis, axis.segments[segment]))
            value = ends[-1] if segment < beside else ends[0]
        return self._facts(context, {axis.variable.name: value})

    def _facts(self, cell: Cell, values: Mapping[str, Any] | None = None) -> Facts:
        """The facts of a cell, some of them with given values."""
        axes = self.contrast.space.axes
        known = {axes[place].variable.name: axes[place].segments[segment].value for place, segment in cell.items()}
        return self._possible({name: value for name, value in {**known, **(values or {})}.items() if value is not None})

    def _possible(self, values: Mapping[str, Any]) -> Facts:
        """The record of some facts, without those that have no value beside the others."""
        made = Values(dict(values))
        for axis in self.contrast.space.axes:
            exists = axis.variable.exists
            if exists is not None and exists.truth(made) is False:
                made.known.pop(axis.variable.name, None)
        return record_of(made.known)

    def _completed(self, box: Box) -> Facts:
        """The facts of a box, and all others that have a value beside them, each the simplest."""
        values = Values()
        for place, axis in enumerate(self.contrast.space.axes):
            mask = box.get(place, 0)
            if mask or values.can_have(axis.variable):
                wanted = mask or axis.known
                segment = axis.segments[(wanted & -wanted).bit_length() - 1]
                values.known[axis.variable.name] = segment.value
        return record_of(values.known)

    def _candidates(self) -> Iterator[Facts]:
        space = self.contrast.space
        for demand in self._demands():
            for box in Solver(space).boxes([demand], _FEW_BOXES):
                yield self._completed(box)
        for place, axis in enumerate(space.axes):
            for segment in range(len(axis.segments)):
                for other in self._neighbours(place, segment):
                    known = axis.segments[segment].value is not None
                    context = self.contrast.between(place, segment, other) if known and segment < other else None
                    if context is not None:
                        yield self._cell(context, place, segment, other)
                        yield self._cell(context, place, other, segment)

        yield from map(self._facts, self._decisive)

    def _demands(self) -> Iterator[Demand]:
        """What has to be true for each rule to decide, for none to, and for each condition to be true and false."""
        scope, rules = scope_of(self.table), self.table.rules
        for position, rule in enumerate(rules):
            ahead = rivals(self.table, position)
            others = [~rules[other].condition for other in ahead if rules[other].label != rule.label]
            alike = [rules[other].condition for other in ahead if rules[other].label == rule.label]
            yield [[scope, rule.condition, *others, *(~condition for condition in alike)]]
            yield [[scope, rule.condition, *others, *map(_not_true, alike)]]
            yield [[scope, rule.condition, *others]]
            yield [[rule.condition]]
            yield [[~rule.condition]]
        yield [[scope, *(~rule.condition for rule in rules)]]
        yield [[~scope]]
        for leaf in dict.fromkeys(_tests(self.table)):
            yield [[leaf]]
            yield [[~leaf]]

    def _fewest(self, candidates: Sequence[Facts]) -> list[Facts]:
        """A few of the candidates that together do whatever any of them does."""
        done = [frozenset(self._achieved(facts)) for facts in candidates]
        left = set().union(*done)
        taken: list[int] = []
        while left:
            best = max(range(len(candidates)), key=lambda place: (len(done[place] & left), -place))
            taken.append(best)
            left -= done[best]
        for place in list(taken):
            rest = set().union(*(done[other] for other in taken if other != place))
            if done[place] <= rest:
                taken.remove(place)
        return [candidates[place] for place in sorted(taken, key=lambda place: self._in_order(candidates[place]))]

    def _in_order(self, facts: Facts) -> tuple[Any, ...]:
        rules = self._answer(facts).rules
        values = ((axis, facts.value(axis.variable.name)) for axis in self.contrast.space.axes)
        return (not rules, rules, *(-1 if value is None else axis.place(value) for axis, value in values))

    def _achieved(self, facts: Facts) -> Iterator[Hashable]:
        """What these facts show of the table."""
        found = self._truths(facts)
        answer = self.contrast.answer(found)
        yield answer.outcome
        yield from (("decides", position) for position in answer.rules)
        yield from (("condition", position, truth) for position, truth in enumerate(found))
        yield from (("test", leaf, leaf.truth(facts)) for leaf in _tests(self.table))
        if answer.label is not None and not answer.rules:
            yield "otherwise"
        for number, (position, condition) in enumerate(self.contrast.changes):
            truth = condition.truth(facts)
            if truth is not found[position]:
                others = (*found[:position], truth, *found[position + 1 :])
                if differ(self.contrast.answer(others), answer):
                    yield "changed", number
        for place, axis in enumerate(self.contrast.space.axes):
            value = facts.value(axis.variable.name)
            if value is None or not any(leaf.variable == axis.variable for leaf in self.table.leaves()):
                continue
            here = axis.place(value)
            for other in self._neighbours(place, here):
                mine, theirs = self._beside(place, here, other)
                if mine == value:
                    moved = {**facts.known(), **facts.extra, axis.variable.name: theirs}
                    if differ(self._answer(self._possible(moved)), answer):
                        yield "edge", place, here, other

    def _beside(self, place: int, here: int, other: int) -> tuple[Any, Any]:
        """The values on both sides of the edge between two segments; of what is no number, any."""
        axis = self.contrast.space.axes[place]
        if not axis.variable.is_number:
            return axis.segments[here].value, axis.segments[other].value
        mine, theirs = (list(ends_of(axis, axis.segments[segment])) for segment in (here, other))
        return (mine[-1], theirs[0]) if here < other else (mine[0], theirs[-1])


def _tests(table: DecisionTable[Any]) -> Iterator[Predicate]:
    """The tests on single facts, ``~`` carried into them."""
    for leaf in table.leaves():
        yield plain(Not(leaf)) if isinstance(leaf, Among) and leaf.negation else leaf


def _not_true(condition: Predicate) -> Predicate:
    """What holds where a condition is false, or open because a fact has no value. Everything else is known."""
    match plain(condition):
        case And(parts):
            return Or(tuple(map(_not_true, parts)))
        case Or(parts):
            return And(tuple(map(_not_true, parts)))
        case Leaf(variable) as leaf if variable.exists is not None:
            return Or((leaf.negated(), _not_true(variable.exists)))
        case simple:
            return simple.negated()
