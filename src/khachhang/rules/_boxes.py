"""Conditions as boxes: for some facts a set of values each, all of which must hold.

A condition is any of its boxes. Kleene's logic keeps its truth value in every step here, what is not known included:
it knows the laws of distribution and of De Morgan, and the sets of one fact are exact. What it does not know is the
excluded middle: where boxes must not overlap and would have to be cut along a fact that one of them does not ask for,
there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from khachhang.rules._values import Choice, Line, values_of
from khachhang.rules.predicate import Always, And, Leaf, Not, Or
from khachhang.rules.variable import Variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules._place import Place
    from khachhang.rules.predicate import Predicate

Values = Line | Choice
Box = dict[Variable, Values]

MAX_BOXES = 500
"""The largest number of boxes that one condition may be."""
_FLATTER = "write the rule as several rules, or in a simpler way"


def boxes_of(condition: Predicate, at: Place) -> list[Box]:
    """The boxes of a condition: none where it never holds, one without facts where it always does.

    Args:
        condition: The condition.
        at: Where it stands, for errors.

    Raises:
        TableDocumentError: If there would be too many.
    """
    return _Boxes(at).of(condition, negated=False)


class _Boxes:
    def __init__(self, at: Place) -> None:
        self.at = at

    def of(self, condition: Predicate, *, negated: bool) -> list[Box]:
        match condition.node:
            case Leaf() as leaf:
                values = values_of(leaf)
                return [{leaf.variable: ~values if negated else values}]
            case Always(holds):
                return [{}] if holds is not negated else []
            case Not(part):
                return self.of(part, negated=not negated)
            case And(parts) | Or(parts):
                found = (self.of(part, negated=negated) for part in parts)
                return self.all(found) if isinstance(condition.node, And) is not negated else self.any(found)
            case other:
                raise self.at.error(f"a condition of type {type(other).__name__}", "write it with facts, &, | and ~")

    def all(self, parts: Iterable[list[Box]]) -> list[Box]:
        made: list[Box] = [{}]
        for part in parts:
            self.check(len(made) * len(part))
            made = _largest([_both(one, other) for one in made for other in part])
        return made

    def any(self, parts: Iterable[list[Box]]) -> list[Box]:
        made: list[Box] = []
        for part in parts:
            self.check(len(made) + len(part))
            for box in part:
                _add(made, box)
        return _largest(made)

    def check(self, count: int) -> None:
        if count > MAX_BOXES:
            raise self.at.error(f"the rule would make more than {MAX_BOXES} rows", _FLATTER)


def _both(one: Box, other: Box) -> Box:
    made = dict(one)
    for variable, values in other.items():
        made[variable] = made[variable] & values if variable in made else values  # type: ignore[operator]  # one kind a fact
    return made


def _add(boxes: list[Box], box: Box) -> None:
    """Adds a box; tests on one and the same fact alone become one."""
    for place, other in enumerate(boxes):
        if len(box) == len(other) == 1 and box.keys() == other.keys():
            boxes[place] = {variable: other[variable] | values for variable, values in box.items()}  # type: ignore[operator]  # one kind a fact
            return
    boxes.append(box)


def _largest(boxes: list[Box]) -> list[Box]:
    """The boxes that lie in no other one, in their order; of equal ones the first."""
    kept: list[Box] = []
    for box in boxes:
        if not any(is_within(box, other) for other in kept):
            kept = [other for other in kept if not is_within(other, box)]
            kept.append(box)
    return kept


def is_within(box: Box, other: Box) -> bool:
    """Whether a box is nowhere truer than another one: it asks for all that the other asks for, and for no less."""
    return all(variable in box and (box[variable] & ~values).is_empty for variable, values in other.items())  # type: ignore[operator]  # one kind a fact


def are_kept_apart(one: Box, other: Box) -> bool:
    """Whether a fact that both ask for keeps two boxes apart: as soon as one is true, the other is false."""
    return any((values & other[variable]).is_empty for variable, values in one.items() if variable in other)  # type: ignore[operator]  # one kind a fact


def _never_overlap(one: Box, other: Box) -> bool:
    return are_kept_apart(one, other) or any(values.is_empty for box in (one, other) for values in box.values())


def disjoint(boxes: list[Box]) -> list[Box] | None:
    """Boxes that never hold together and say the same, what is not known included; None where there are none.

    A box is cut along the facts of another only where it asks for all of them itself: then it is open exactly where
    it was.
    """
    made: list[Box] = []
    for box in sorted(boxes, key=len):
        pieces = [box]
        for other in made:
            if other.keys() <= box.keys():
                pieces = [piece for whole in pieces for piece in _without(whole, other)]
                if len(pieces) > MAX_BOXES:
                    return None
        made += pieces
        if len(made) > MAX_BOXES:
            return None
    pairs = ((one, other) for place, one in enumerate(made) for other in made[:place])
    return made if all(_never_overlap(one, other) for one, other in pairs) else None


def _without(box: Box, other: Box) -> Iterator[Box]:
    """What is left of a box outside another one that asks for no other facts, in pieces that do not overlap."""
    if _never_overlap(box, other):
        yield box
        return
    inside = dict(box)
    for variable, values in other.items():
        outside = inside[variable] & ~values  # type: ignore[operator]  # one kind a fact
        if not outside.is_empty:
            yield {**inside, variable: outside}
        inside[variable] = inside[variable] & values  # type: ignore[operator]  # one kind a fact
