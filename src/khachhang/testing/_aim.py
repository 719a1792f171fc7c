"""The way back through a table: from labels to the boxes of facts in which they are certain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import TableError, repr_of
from khachhang.facts import DecisionTable
from khachhang.rules._answers import rivals, scope_of
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Predicate
from khachhang.rules.space import Box, Budget, Space, TooMany, intersect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category

MOST_BOXES = 64
_SECONDS = 10.0

Demand = list[list[Predicate]]
"""Ways to a label, any of which will do: for each the conditions that must all be true."""


def check_table(given: object, whose: str) -> None:
    """An error for what should be a table and is none.

    Raises:
        TableError: If it is none.
    """
    if not isinstance(given, DecisionTable):
        problem = f"{whose}: {repr_of(given)} is no decision table"
        raise TableError(problem, "give a kh.DecisionTable, such as kh.classifiers.age_band()")


def space_of(tables: Iterable[Table[Any]], more: Iterable[Predicate] = ()) -> Space:
    """The space of everything that some tables ask for."""
    conditions = [condition for table in tables for condition in (scope_of(table), *_conditions(table))]
    return Space([*conditions, *more])


def _conditions(table: Table[Any]) -> list[Predicate]:
    return [rule.condition for rule in table.rules]


def demand(table: Table[Any], label: Category) -> Demand:
    """When a label is certain: a rule for it is true, and no rule that could take the decision away is true or open.

    For `otherwise`, that no rule for another label is true or open (for `COLLECT`, no rule at all).
    """
    ways: Demand = []
    for position, rule in enumerate(table.rules):
        if rule.label == label:
            before = [other for other in rivals(table, position) if table.rules[other].label != label]
            ways.append([scope_of(table), rule.condition, *(~table.rules[other].condition for other in before)])
    if table.otherwise == label:
        every = table.hit is HitPolicy.COLLECT
        wrong = [rule.condition for rule in table.rules if every or rule.label != label]
        ways.append([scope_of(table), *(~condition for condition in wrong)])
    return ways


@attrs.frozen
class Solver:
    """Finds boxes in which conditions are all true. Whatever a box does not name may be anything, or not known.

    Args:
        space: The space of the conditions.
        start: What is fixed beforehand; a mask without segments forbids an axis.
        budget: How much work may be done.
    """

    space: Space
    start: Box = attrs.field(factory=dict)
    budget: Budget = attrs.field(factory=lambda: Budget.seconds(_SECONDS))

    def boxes(self, demands: Sequence[Demand], most: int = MOST_BOXES) -> list[Box]:
        """Boxes in which every demand is met, at most so many, drawn evenly from the ways to meet them.

        Raises:
            TooMany: If the budget does not suffice.
        """
        found: list[Box] = []
        combinations = self._combinations(demands)
        share = max(1, most // max(1, len(combinations)))
        for conditions in combinations:
            found += self._met(dict(self.start), [self._true(condition) for condition in conditions], share)
        bare = ({place: mask for place, mask in box.items() if self.start.get(place) != mask} for box in found)
        return list({tuple(sorted(box.items())): box for box in bare}.values())

    def _combinations(self, demands: Sequence[Demand]) -> list[list[Predicate]]:
        combined: list[list[Predicate]] = [[]]
        for ways in demands:
            self.budget.spend(len(combined) * len(ways))
            combined = [[*one, *way] for one in combined for way in ways]
        return combined

    def _true(self, condition: Predicate) -> list[Box]:
        return self.space.true_boxes(condition, self.budget)

    def _met(self, box: Box, needed: list[list[Box]], quota: int) -> list[Box]:
        """The boxes within one that meet all needs; the need with the fewest ways left goes first."""
        waiting: list[list[Box]] = []
        for ways in needed:
            self.budget.spend(len(ways))
            left = [met for way in ways if (met := intersect(box, way)) is not None]
            if not left:
                return []
            if box not in left:
                waiting.append(left)
        if not waiting:
            return [box]
        waiting.sort(key=len)
        ways, rest = waiting[0], waiting[1:]
        found: list[Box] = []
        for place, way in enumerate(ways):
            share = max(1, (quota - len(found)) // (len(ways) - place))
            found += self._met(way, rest, share)
            if len(found) >= quota:
                break
        return found


def aimed(table: Table[Any], label: Category, solver: Solver) -> list[Box]:
    """The boxes in which a label of a table is certain.

    Raises:
        TableError: If no rule gives the label, if no facts lead to it, or if the table is too large.
    """
    ways = demand(table, label)
    if not ways:
        given = dict.fromkeys([*(rule.label.value for rule in table.rules), *_defaults(table)])
        problem = f"table {table.name!r}: no rule gives the label {label.value!r}"
        raise TableError(problem, f"the labels that it gives are {', '.join(given) or '(none)'}")
    try:
        boxes = solver.boxes([ways])
    except TooMany:
        problem = f"table {table.name!r} is too large to find facts for {label.value!r}"
        raise TableError(problem, "make facts of a smaller table, or of a part of its rules") from None
    if not boxes:
        problem = f"table {table.name!r}: no such facts are certain to be {label.value!r}"
        hint = "fix fewer facts; table.verify().unreachable names the rules that never decide"
        raise TableError(problem, hint)
    return boxes


def _defaults(table: Table[Any]) -> list[str]:
    return [] if table.otherwise is None else [table.otherwise.value]


def to_label(category: type[Category], given: object, whose: str) -> Category:
    """A label of a set, from itself or its code.

    Raises:
        TableError: If it is none.
    """
    if isinstance(given, category):
        return given
    known = {label.value: label for label in category}
    if type(given) is str and given in known:
        return known[given]
    problem = f"{whose}: {repr_of(given)} is not a label of {category.__name__}"
    raise TableError(problem, f"the labels are {', '.join(known)}")
