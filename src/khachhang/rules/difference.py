"""Where two tables answer differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import TableError
from khachhang.rules import interpreter
from khachhang.rules._answers import Alive, Answers, scope_of
from khachhang.rules.cover import STEPS_OF_A_STATE, BoxSet, walk
from khachhang.rules.region import region_text
from khachhang.rules.space import Box, Budget, Space, TooMany
from khachhang.rules.wording import check_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.rules.classification import Classification
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Language

LISTED = 100

_TEXT = {
    "vi": "{region}: trước là {before}, sau là {after}.",
    "en": "{region}: before {before}, after {after}.",
}


_State = tuple[int, Alive, Alive]


@attrs.frozen
class Difference:
    """A region in which two tables answer differently.

    Args:
        witness: Facts in that region, every fact known that either table asks for and that has a value.
        before: What the first table answers for the witness.
        after: What the second table answers.
    """

    witness: Any
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
        region = region_text(self._space, self._box, lang)
        return _TEXT[lang].format(
            region=region[:1].upper() + region[1:],
            before=self.before.describe(lang),
            after=self.after.describe(lang),
        )


def differences(before: Table[Any], after: Table[Any], budget: float | None) -> tuple[Difference, ...]:
    """The regions in which two tables answer differently over complete facts; see `khachhang.DecisionTable.diff`."""
    _check_same_facts(before, after)
    if _meaning(before) == _meaning(after):
        return ()
    steps = Budget.seconds(budget)
    tables = (before, after)
    conditions = [rule.condition for table in tables for rule in table.rules] + [scope_of(table) for table in tables]
    space = Space(conditions)
    found: list[Difference] = []
    try:
        for box in _parting(space, Answers(before, space, steps), Answers(after, space, steps), steps):
            steps.spend(len(before.rules) + len(after.rules))
            witness = before.vocabulary.record(space.values(box))
            answers = (interpreter.classify(before, witness), interpreter.classify(after, witness))
            found.append(Difference(witness, *answers, space, box))
            if len(found) == LISTED:
                break
    except TooMany:
        problem = f"tables {before.name!r} and {after.name!r} are too large to be compared within the budget"
        raise TableError(problem, "give diff(..., budget=) more seconds") from None
    return tuple(found)


def _meaning(table: Table[Any]) -> tuple[object, ...]:
    """All of a table that bears on its answers."""
    return table.rules, table.hit, table.otherwise, table.given, [table.rank(label) for label in table.category]


def _check_same_facts(before: Table[Any], after: Table[Any]) -> None:
    mine = {variable.name: variable for variable in before.variables}
    for variable in after.variables:
        if mine.get(variable.name, variable) != variable:
            problem = f"the tables {before.name!r} and {after.name!r} mean different facts by {variable.name!r}"
            raise TableError(problem, "give the fact one type and range in both")


def _parting(space: Space, one: Answers, other: Answers, budget: Budget) -> Iterator[Box]:
    """The parts of the space in which the answers differ, as boxes that do not meet."""
    impossible = BoxSet(space, space.impossible_boxes(budget))
    cost = max(one.cost, other.cost)

    def onward(place: int, state: _State) -> dict[_State, int]:
        budget.spend(STEPS_OF_A_STATE + cost * len(space.axes[place].segments))
        groups: dict[_State, int] = {}
        for segment, reaching in enumerate(impossible.reach[place]):
            ruled_out = state[0] & reaching
            if not ruled_out & impossible.ended[place + 1]:
                left = (ruled_out, one.step(place, segment, state[1]), other.step(place, segment, state[2]))
                groups[left] = groups.get(left, 0) | 1 << segment
        return groups

    def differs(state: _State) -> bool:
        return one.answer(state[1]) != other.answer(state[2])

    return walk(len(space.axes), (impossible.everyone, one.start, other.start), onward, differs)
