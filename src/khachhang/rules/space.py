"""The space of all possible customers, as far as some conditions can tell them apart.

Each fact is an axis, cut into segments within which every test has one answer; a last segment says *no value*. A
condition is a union of boxes: for each axis a set of segments, as a bit mask. The geometry follows Calvanese et al.,
*Semantics and Analysis of DMN Decision Tables* (2016).
"""

from __future__ import annotations

import decimal
import math
from bisect import bisect_left, bisect_right
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from khachhang.errors import TableError, repr_of
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Leaf, Or, Predicate, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from khachhang.rules.variable import Variable

Box = dict[int, int]
"""For some axes, by position, the mask of their segments; the other axes are free."""

OTHER_TEXT = "…"

DEFAULT_SECONDS = 10.0

_MOST_SECONDS = 1_000_000

MOST_BOXES = 30_000
"""More boxes than these are too many to be held in memory."""

_STEPS: dict[type[Any], list[Any]] = {
    kind: [kind(Decimal(10) ** -exponent) for exponent in range(-9, 10)] for kind in (float, Decimal)
}
_ROUNDING = decimal.Context(prec=28, Emin=decimal.MIN_EMIN, Emax=decimal.MAX_EMAX, traps=[])
"""Amounts are reckoned here whatever context the caller has set; what was rounded is only ever tried."""


class TooMany(Exception):  # noqa: N818  # it never leaves the engine: it means undecided
    """The steps that a budget allows are used up."""


@attrs.define
class Budget:
    """How much work may be done. It counts steps, not time, so that an answer does not depend on a clock."""

    steps: int

    STEPS_PER_SECOND = 1_000_000

    @classmethod
    def seconds(cls, seconds: float | None) -> Budget:
        """About so many seconds of an ordinary machine; None for ten.

        Raises:
            TableError: If it is no number of seconds.
        """
        return cls(int(checked_seconds(seconds) * cls.STEPS_PER_SECOND))

    def spend(self, steps: int = 1) -> None:
        """Use some up.

        Raises:
            TooMany: When nothing is left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise TooMany


def checked_seconds(given: float | None) -> float:
    """How many seconds a budget has.

    Raises:
        TableError: If it is no number of seconds.
    """
    if given is None:
        return DEFAULT_SECONDS
    if not isinstance(given, (int, float)) or isinstance(given, bool) or not 0 <= given <= _MOST_SECONDS:
        raise TableError(
            f"budget: {repr_of(given)} is no number of seconds", "give a number from 0 to a million, or None for ten"
        )
    return given


class Segment(NamedTuple):
    """A part of an axis within which every test has one answer.

    Attributes:
        value: A value from it; None for *no value*.
        low: For numbers, its lower end, None where it has none.
        high: For numbers, its upper end.
        is_point: Whether it is the one number `value`; else, for real numbers, its ends lie outside.
    """

    value: Any
    low: Any = None
    high: Any = None
    is_point: bool = False


@attrs.frozen(slots=False)
class Axis:
    """One fact, cut into segments, numbers rising; the last is *no value* where the fact can have none."""

    variable: Variable
    segments: tuple[Segment, ...]

    @cached_property
    def _values(self) -> list[Any]:
        return [segment.value for segment in self.segments if segment.value is not None]

    @cached_property
    def _places(self) -> dict[Any, int]:
        return {value: place for place, value in enumerate(self._values)}

    @property
    def known(self) -> int:
        """The mask of the segments with a value."""
        return (1 << len(self._values)) - 1

    @property
    def all(self) -> int:
        """The mask of all segments."""
        return (1 << len(self.segments)) - 1

    def passing(self, leaf: Leaf) -> int:
        """The mask of the segments that pass a test."""
        match leaf:
            case Comparison(operator="==" | "!=" as sign, constant=constant):
                equal = self._equal(constant)
                return equal if sign == "==" else self.known & ~equal
            case Comparison(operator=sign, constant=constant):
                bisect = bisect_left if sign in ("<", ">=") else bisect_right
                below = (1 << bisect(self._values, constant)) - 1
                return below if sign in ("<", "<=") else self.known & ~below
            case Between(low=low, high=high, closed=closed):
                first = (bisect_left if closed in ("both", "left") else bisect_right)(self._values, low)
                end = (bisect_right if closed in ("both", "right") else bisect_left)(self._values, high)
                return (1 << end) - (1 << first) if first < end else 0
            case Among(values=values, negation=negation):
                found = 0
                for value in values:
                    found |= self._equal(value)
                return self.known & ~found if negation else found
            case _:
                raise AssertionError(leaf)

    def _equal(self, constant: Any) -> int:
        # A number outside what the fact can be has no segment.
        place = self._places.get(constant)
        return 0 if place is None else 1 << place

    def place(self, value: Any) -> int:
        """The segment in which a value lies; None lies in *no value*."""
        for place, segment in enumerate(self.segments):
            if value is None or segment.value is None:
                if value is segment.value:
                    return place
            elif self.variable.is_number:
                if _within(segment, value, whole=self.variable.type is int):
                    return place
            elif segment.value == value:
                return place
        # The segment that stands for every value that no test names.
        return next(place for place, segment in enumerate(self.segments) if segment.is_point is False)


def _within(segment: Segment, value: Any, *, whole: bool) -> bool:
    if segment.is_point:
        return bool(value == segment.value)
    if whole:
        return (segment.low is None or value >= segment.low) and (segment.high is None or value <= segment.high)
    return (segment.low is None or value > segment.low) and (segment.high is None or value < segment.high)


def axis_of(variable: Variable, leaves: Iterable[Leaf], *, may_lack: bool = False) -> Axis:
    """The axis of a fact, cut by the constants of the tests."""
    constants = list(dict.fromkeys(constant for leaf in leaves for constant in leaf.constants))
    if variable.type is bool:
        segments = [Segment(value=False, is_point=True), Segment(value=True, is_point=True)]
    elif variable.category is not None:
        named = [Segment(label, is_point=True) for label in variable.category if label in constants]
        rest = [label for label in variable.category if label not in constants]
        segments = [*named, *([Segment(rest[0])] if rest else [])]
    elif variable.type is str:
        other = OTHER_TEXT
        while other in constants:
            other += OTHER_TEXT
        segments = [*(Segment(text, is_point=True) for text in constants), Segment(other)]
    elif variable.type is int:
        segments = list(_whole(variable, constants))
    else:
        segments = list(_real(variable, sorted(constants)))
    if may_lack or variable.exists is not None:
        segments.append(Segment(None, is_point=True))
    return Axis(variable, tuple(segments))


def _whole(variable: Variable, constants: Iterable[int]) -> Iterator[Segment]:
    starts = sorted({start for constant in constants for start in (constant, constant + 1)})
    low, high = (None if end is None else int(end) for end in (variable.low, variable.high))
    starts = [start for start in starts if (low is None or start > low) and (high is None or start <= high)]
    first: int | None = low
    for start in [*starts, None]:
        last = high if start is None else start - 1
        value = first if first is not None else last if last is not None else 0
        yield Segment(value, first, last, is_point=first is not None and first == last)
        first = start


def _real(variable: Variable, constants: list[Any]) -> Iterator[Segment]:
    low, high = variable.low, variable.high
    kind = variable.type
    points = [point for point in constants if variable.holds(point)]
    ends = sorted({*points, *(kind(end) for end in (low, high) if end is not None)})
    below: Any = None
    for end in ends:
        if not (below is None and low is not None):
            yield from _open(kind, below, end)
        yield Segment(end, end, end, is_point=True)
        below = end
    if high is None:
        yield from _open(kind, below, None)


def _open(kind: type[Any], low: Any, high: Any) -> Iterator[Segment]:
    value = between(kind, low, high)
    if value is not None:
        yield Segment(value, low, high)


def between(kind: type[Any], low: Any, high: Any, toward: str = "low") -> Any:
    """A number strictly between two others, a short one and near one end; None where there is none.

    Args:
        kind: ``float`` or ``Decimal``.
        low: The lower end; None where there is none.
        high: The upper end; None where there is none.
        toward: The end to be near to: ``"low"`` or ``"high"``.
    """
    if low is None and high is None:
        return kind(0)
    if low is None or high is None:
        return _beyond(high, -1) if low is None else _beyond(low, 1)
    for step in _STEPS[kind]:
        found = _plus(low, step) if toward == "low" else _minus(high, step)
        if low < found < high and step * 2 <= _minus(high, low):
            return found
    middle = _middle(low, high)
    if low < middle < high:
        return middle
    beside = _beside(low, 1, high)
    return beside if beside < high else None


def _plus(number: Any, step: Any) -> Any:
    return _ROUNDING.add(number, step) if isinstance(number, Decimal) else number + step


def _minus(number: Any, step: Any) -> Any:
    return _ROUNDING.subtract(number, step) if isinstance(number, Decimal) else number - step


def _middle(low: Any, high: Any) -> Any:
    if isinstance(low, Decimal):
        return _ROUNDING.divide(_ROUNDING.add(low, high), 2)
    return float((Fraction(low) + Fraction(high)) / 2)


def _beyond(end: Any, sign: int) -> Any:
    """A number above (1) or below (-1) another; None where there is none."""
    tried = (_plus(end, sign), _beside(end, sign, end))
    return next((found for found in tried if (end < found < math.inf if sign > 0 else -math.inf < found < end)), None)


def _beside(number: Any, sign: int, other: Any) -> Any:
    """A number so near above (1) or below (-1) that none with the digits of either number lies between."""
    if isinstance(number, float):
        return math.nextafter(number, math.inf * sign)
    digits = max(len(end.as_tuple().digits) for end in (number, other)) + 1
    context = _ROUNDING.copy()
    context.prec = digits
    return context.next_plus(number) if sign > 0 else context.next_minus(number)


class Space:
    """The axes of all facts that some conditions name, and of those on which it depends whether a fact has a value.

    Args:
        conditions: The conditions.
        may_lack: Whether every fact may be without a value, because it is not known.
    """

    def __init__(self, conditions: Iterable[Predicate], *, may_lack: bool = False) -> None:
        by_variable: dict[Variable, list[Leaf]] = {}
        waiting = [*conditions][::-1]
        while waiting:
            for leaf in waiting.pop().leaves():
                exists = leaf.variable.exists
                if leaf.variable not in by_variable and exists is not None:
                    waiting.append(exists)
                by_variable.setdefault(leaf.variable, []).append(leaf)
        # A fact comes after those on which its having a value depends.
        order = sorted(by_variable, key=_depth)
        self.axes = tuple(axis_of(variable, by_variable[variable], may_lack=may_lack) for variable in order)
        self.places = {axis.variable: place for place, axis in enumerate(self.axes)}
        self._may_lack = may_lack

    def passing(self, leaf: Leaf) -> tuple[int, int]:
        """The axis of a test, and the segments that pass it."""
        place = self.places[leaf.variable]
        return place, self.axes[place].passing(leaf)

    def true_boxes(self, condition: Predicate, budget: Budget) -> list[Box]:
        """The boxes in which a condition is definitely true, within what is possible.

        Raises:
            TooMany: If there are too many.
        """
        return self._boxes(plain(condition), budget, self._true_leaf)

    def possible_boxes(self, condition: Predicate, budget: Budget) -> list[Box]:
        """The boxes in which a condition is not false: true, or open because a fact has no value.

        Raises:
            TooMany: If there are too many.
        """
        return self._boxes(plain(condition), budget, self._possible_leaf)

    def _true_leaf(self, leaf: Leaf, budget: Budget) -> list[Box]:
        place, mask = self.passing(leaf)
        if not mask:
            return []
        exists = leaf.variable.exists
        own: Box = {place: mask}
        # Of complete facts a box says all, of others only what is known.
        return [own] if exists is None or self._may_lack else _meet([own], self.true_boxes(exists, budget), budget)

    def _possible_leaf(self, leaf: Leaf, budget: Budget) -> list[Box]:
        del budget
        place, mask = self.passing(leaf)
        axis = self.axes[place]
        mask |= axis.all & ~axis.known
        return [{place: mask}] if mask else []

    def _boxes(
        self, condition: Predicate, budget: Budget, leaf_boxes: Callable[[Leaf, Budget], list[Box]]
    ) -> list[Box]:
        match condition:
            case Always(holds):
                return [{}] if holds else []
            case Or(parts):
                return [box for part in parts for box in self._boxes(part, budget, leaf_boxes)]
            case And(parts):
                met = self._boxes(parts[0], budget, leaf_boxes)
                for part in parts[1:]:
                    met = _meet(met, self._boxes(part, budget, leaf_boxes), budget)
                return met
            case Leaf():
                return leaf_boxes(condition, budget)
            case _:
                raise AssertionError(condition)

    def impossible_boxes(self, budget: Budget) -> list[Box]:
        """What no customer is: without a value where there must be one, or with one where there can be none.

        Raises:
            TooMany: If there are too many.
        """
        boxes = self.contradictions(budget)
        for place, axis in enumerate(self.axes):
            exists = axis.variable.exists
            if exists is not None:
                boxes += _meet([{place: axis.all & ~axis.known}], self.true_boxes(exists, budget), budget)
        return boxes

    def contradictions(self, budget: Budget) -> list[Box]:
        """Where a fact has a value that can have none.

        Raises:
            TooMany: If there are too many.
        """
        boxes: list[Box] = []
        for place, axis in enumerate(self.axes):
            exists = axis.variable.exists
            if exists is not None:
                boxes += _meet([{place: axis.known}], self.true_boxes(~exists, budget), budget)
        return boxes

    def values(self, box: Box) -> dict[str, Any]:
        """A value from the box for each axis that it names, by the fact's name; none where there is *no value*."""
        found: dict[str, Any] = {}
        for place, mask in sorted(box.items()):
            value = self.axes[place].segments[(mask & -mask).bit_length() - 1].value
            if value is not None:
                found[self.axes[place].variable.name] = value
        return found


def _depth(variable: Variable) -> int:
    if variable.exists is None:
        return 0
    return 1 + max((_depth(leaf.variable) for leaf in variable.exists.leaves()), default=0)


def intersect(one: Box, other: Box) -> Box | None:
    """What two boxes share; None where that is nothing."""
    met = dict(one)
    for place, mask in other.items():
        shared = met.get(place, mask) & mask
        if not shared:
            return None
        met[place] = shared
    return met


def _meet(ones: list[Box], others: list[Box], budget: Budget) -> list[Box]:
    budget.spend(len(ones) * len(others))
    if len(ones) == len(others) == 1:
        shared = intersect(ones[0], others[0])
        return [] if shared is None else [shared]
    met: dict[frozenset[tuple[int, int]], Box] = {}
    for one in ones:
        for other in others:
            shared = intersect(one, other)
            if shared is not None:
                met[frozenset(shared.items())] = shared
        if len(met) > MOST_BOXES:
            raise TooMany
    return list(met.values())
