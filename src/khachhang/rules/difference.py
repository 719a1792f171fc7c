"""Where two tables answer differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import TableError
from khachhang.rules import interpreter
from khachhang.rules.classification import Classification, Outcome
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always
from khachhang.rules.region import region_text
from khachhang.rules.space import Box, Budget, Space, TooMany
from khachhang.rules.wording import check_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.rules.predicate import Predicate, Record
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Language

LISTED = 100
DEFAULT_SECONDS = 10.0

_TEXT = {
    "vi": "Khi {region}: trước là {before}, sau là {after}.",
    "en": "Where {region}: before {before}, after {after}.",
}


@attrs.frozen
class Difference:
    """A region in which two tables answer differently.

    Args:
        witness: Facts in that region, every fact known that either table asks for and that has a value.
        before: What the first table answers for the witness.
        after: What the second table answers.
    """

    witness: Record
    before: Classification[Any]
    after: Classification[Any]
    _space: Space = attrs.field(repr=False, eq=False)
    _box: Box = attrs.field(repr=False, eq=False)

    def explain(self, lang: Language) -> str:
        """The region and both answers in words.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        return _TEXT[lang].format(
            region=region_text(self._space, self._box, lang),
            before=self.before.describe(lang),
            after=self.after.describe(lang),
        )


class _Side:
    """One of the two tables on the common space: which boxes of its rules are still alive."""

    def __init__(self, table: Table[Any], space: Space, budget: Budget) -> None:
        self.table = table
        conditions = [*(rule.condition for rule in table.rules), _scope(table)]
        self.true = _Boxes([space.true_boxes(condition, budget) for condition in conditions], space)
        self.possible = _Boxes([space.possible_boxes(condition, budget) for condition in conditions], space)
        self._answers: dict[tuple[bool | None, ...], Any] = {}

    def start(self) -> tuple[int, int]:
        return self.true.everyone, self.possible.everyone

    def step(self, place: int, segment: int, alive: tuple[int, int]) -> tuple[int, int]:
        true = alive[0] & self.true.reach[place][segment]
        possible = alive[1] & self.possible.reach[place][segment]
        settled = true & self.true.done[place + 1]
        return self._canonical(true, possible, settled) if settled else (true, possible)

    def _canonical(self, true: int, possible: int, settled: int) -> tuple[int, int]:
        """Without the boxes that can no longer matter, because a rule that goes before theirs is true."""
        rules = len(self.table.rules)
        winners = [rule for rule in range(rules) if settled & self.true.owned[rule]]
        for rule in winners:
            # The rule is true here: one box says so as well as several.
            own = settled & self.true.owned[rule]
            true = true & ~self.true.owned[rule] | own & -own
            possible &= ~self.possible.owned[rule]
        for rule in range(rules):
            if rule not in winners and any(self._hidden(rule, winner) for winner in winners):
                true &= ~self.true.owned[rule]
                possible &= ~self.possible.owned[rule]
        return true, possible

    def _hidden(self, rule: int, winner: int) -> bool:
        table = self.table
        match table.hit:
            case HitPolicy.FIRST:
                return rule > winner
            case HitPolicy.PRIORITY:
                return table.rank(table.rules[rule].label) >= table.rank(table.rules[winner].label)
            case HitPolicy.COLLECT:
                return bool(table.rules[rule].label == table.rules[winner].label)
            case HitPolicy.UNIQUE | HitPolicy.ANY:
                return True

    def answer(self, alive: tuple[int, int]) -> Any:
        """What is answered at the end of the axes."""
        truths = tuple(
            True if alive[0] & self.true.owned[rule] else None if alive[1] & self.possible.owned[rule] else False
            for rule in range(len(self.table.rules) + 1)
        )
        if truths not in self._answers:
            self._answers[truths] = self._signature(truths)
        return self._answers[truths]

    def _signature(self, truths: tuple[bool | None, ...]) -> Any:
        if truths[-1] is False:
            return Outcome.UNMATCHED, None, frozenset(), frozenset()
        answer, _ = interpreter.decide(self.table, list(truths[:-1]), truths[-1])
        return answer.outcome, answer.label, answer.labels, answer.candidates


def _scope(table: Table[Any]) -> Predicate:
    return Always() if table.given is None else table.given


class _Boxes:
    """Boxes of several conditions: which of them each segment reaches, and which have ended."""

    def __init__(self, by_condition: list[list[Box]], space: Space) -> None:
        boxes = [box for each in by_condition for box in each]
        self.everyone = (1 << len(boxes)) - 1
        self.owned: list[int] = []
        first = 0
        for each in by_condition:
            self.owned.append((1 << len(each)) - 1 << first)
            first += len(each)
        axes = space.axes
        self.done = [
            sum(1 << number for number, box in enumerate(boxes) if max(box, default=-1) < place)
            for place in range(len(axes) + 1)
        ]
        self.reach = [
            [
                sum(1 << number for number, box in enumerate(boxes) if box.get(place, axis.all) >> segment & 1)
                for segment in range(len(axis.segments))
            ]
            for place, axis in enumerate(axes)
        ]


def differences(before: Table[Any], after: Table[Any], budget: float | None) -> tuple[Difference, ...]:
    """The regions in which two tables answer differently over complete facts; see `khachhang.DecisionTable.diff`."""
    _check_same_facts(before, after)
    steps = Budget.seconds(DEFAULT_SECONDS if budget is None else budget)
    tables = (before, after)
    conditions = [rule.condition for table in tables for rule in table.rules] + [_scope(table) for table in tables]
    space = Space(conditions)
    found: list[Difference] = []
    try:
        sides = tuple(_Side(table, space, steps) for table in tables)
        for box in _parting(space, sides[0], sides[1], steps):
            witness = before.vocabulary.record(_values(space, box))
            found.append(Difference(witness, before.classify(witness), after.classify(witness), space, box))
            if len(found) == LISTED:
                break
    except TooMany:
        problem = f"tables {before.name!r} and {after.name!r} are too large to be compared within the budget"
        raise TableError(problem, "give diff(..., budget=) more seconds") from None
    return tuple(found)


def _check_same_facts(before: Table[Any], after: Table[Any]) -> None:
    mine = {variable.name: variable for variable in before.variables}
    for variable in after.variables:
        if mine.get(variable.name, variable) != variable:
            problem = f"the tables {before.name!r} and {after.name!r} mean different facts by {variable.name!r}"
            raise TableError(problem, "give the fact one type and range in both")


def _values(space: Space, box: Box) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, mask in box.items():
        axis = space.axes[place]
        value = axis.segments[(mask & -mask).bit_length() - 1].value
        if value is not None:
            values[axis.variable.name] = value
    return values


def _parting(space: Space, one: _Side, other: _Side, budget: Budget) -> Iterator[Box]:
    """The parts of the space in which the answers differ, as boxes that do not meet."""
    impossible = _Boxes([space.impossible_boxes(budget)], space)
    same: set[tuple[int, int, tuple[int, int], tuple[int, int]]] = set()
    axes = space.axes

    def sweep(place: int, ruled_out: int, mine: tuple[int, int], theirs: tuple[int, int], found: Box) -> Iterator[Box]:
        if ruled_out & impossible.done[place]:
            return
        if place == len(axes):
            if one.answer(mine) != other.answer(theirs):
                yield dict(found)
            return
        key = (place, ruled_out, mine, theirs)
        if key in same:
            return
        groups: dict[tuple[int, tuple[int, int], tuple[int, int]], int] = {}
        for segment in range(len(axes[place].segments)):
            state = (
                ruled_out & impossible.reach[place][segment],
                one.step(place, segment, mine),
                other.step(place, segment, theirs),
            )
            groups[state] = groups.get(state, 0) | 1 << segment
        budget.spend(4 * len(axes[place].segments))
        nothing = True
        for state, segments in groups.items():
            found[place] = segments
            for each in sweep(place + 1, *state, found):
                nothing = False
                yield each
            del found[place]
        if nothing:
            same.add(key)

    return sweep(0, impossible.everyone, one.start(), other.start(), {})
