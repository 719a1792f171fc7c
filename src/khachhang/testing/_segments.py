"""Values of facts: what lies in some segments of an axis, the simplest first, and often at the edges."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang.rules.space import Axis, Segment, axis_of
from khachhang.testing import _vietnamese as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from khachhang.rules.variable import Variable

_OLDEST = 105
_DAYS = 1_500
_COUNT = 30
_REAL = 100
_MONEY = Decimal(1_000_000_000)
_TICK = Decimal("0.000001")
_ENOUGH = 20
_EXPONENTS = {float: range(0, -10, -1), Decimal: range(3, -7, -1)}
_HOSTILE = 10**9


def values_in(axis: Axis, mask: int, *, hostile: bool = False) -> SearchStrategy[Any]:
    """The values of some segments, all of which have one.

    Args:
        axis: The axis.
        mask: The segments.
        hostile: Whether a segment without an end reaches far; else only as far as a person would write.
    """
    return _values_in(axis, mask, hostile=hostile)


@cache
def _values_in(axis: Axis, mask: int, *, hostile: bool) -> SearchStrategy[Any]:
    variable = axis.variable
    segments = [segment for place, segment in enumerate(axis.segments) if mask >> place & 1]
    if not variable.is_number:
        return st.sampled_from([value for segment in segments for value in _choices(axis, segment)])
    within = [_numbers(variable, segment, hostile=hostile) for segment in _runs(variable, segments)]
    corners = list(dict.fromkeys(corner for segment in segments for corner in ends_of(axis, segment)))
    return st.one_of([*within, _one_of(corners)])


def _one_of(values: list[Any]) -> SearchStrategy[Any]:
    """One of some values; by a choice, so that a simpler value that needs one is not thought the longer way."""
    return st.sampled_from(values if len(values) > 1 else values * 2)


def _runs(variable: Variable, segments: list[Segment]) -> list[Segment]:
    """The segments; neighbours of whole numbers as one."""
    if variable.type is not int:
        return segments
    joined: list[Segment] = []
    for segment in segments:
        before = joined[-1] if joined else None
        if before is not None and before.high is not None and before.high + 1 == segment.low:
            joined[-1] = Segment(before.value, before.low, segment.high)
        else:
            joined.append(segment)
    return joined


@cache
def free_axis(variable: Variable) -> Axis:
    """The axis of a fact that no test cuts."""
    return axis_of(variable, ())


def _choices(axis: Axis, segment: Segment) -> Iterator[Any]:
    variable = axis.variable
    if segment.is_point:
        yield segment.value
        return
    named = [other.value for other in axis.segments if other.is_point]
    if variable.category is not None:
        yield from (label for label in variable.category if label not in named)
        return
    known = {"currency": words.CURRENCIES}.get(variable.name, words.OCCUPATIONS)
    yield from [text for text in known if text not in named] or [segment.value]


def ends_of(axis: Axis, segment: Segment) -> Iterator[Any]:
    """The values of a number's segment that lie just inside its ends; the one value of a point; one value else."""
    kind = axis.variable.type
    if segment.is_point or not axis.variable.is_number:
        yield segment.value
        return
    low, high = segment.low, segment.high
    if low is None and high is None:
        yield segment.value
    elif kind is int:
        yield from (end for end in (low, high) if end is not None)
    elif kind is float:
        yield from (
            math.nextafter(end, toward) for end, toward in ((low, math.inf), (high, -math.inf)) if end is not None
        )
    else:
        yield from _ticks(low, high)


def _ticks(low: Decimal | None, high: Decimal | None) -> Iterator[Decimal]:
    """The amounts just inside two ends."""
    ends = [end for end in (low, high) if end is not None]
    exponent = min([_TICK.as_tuple().exponent, *(end.as_tuple().exponent for end in ends)])
    tick = Decimal(1).scaleb(exponent)  # type: ignore[arg-type]  # finite
    while low is not None and high is not None and high - low <= tick:
        tick /= 10
    if low is not None:
        yield low + tick
    if high is not None:
        yield high - tick


def _numbers(variable: Variable, segment: Segment, *, hostile: bool) -> SearchStrategy[Any]:
    if segment.is_point:
        return _one_of([segment.value])
    low, high = _bounded(variable, segment, hostile=hostile)
    if variable.type is int:
        return st.integers(low, high)
    return multiples(variable.type, low, high, segment.value)


def _bounded(variable: Variable, segment: Segment, *, hostile: bool) -> tuple[Any, Any]:
    """The ends of a segment; where it has none, as far as a person would write."""
    low, high = segment.low, segment.high
    span = _span(variable, low) if not hostile else variable.type(_HOSTILE)
    if low is None and high is None:
        return variable.type(-span), variable.type(span)
    if low is None:
        return high - span, high
    return (low, low + span) if high is None else (low, high)


def _span(variable: Variable, low: Any) -> Any:
    if variable.type is Decimal:
        return _MONEY if low is None else max(_MONEY, low)
    if variable.type is float:
        return float(_REAL)
    if variable.name == "age" and low is not None and low < _OLDEST:
        return _OLDEST - low
    is_days = variable.unit is not None and variable.unit.en == "days"
    return _DAYS if is_days else _COUNT


def multiples(kind: type[Any], low: Any, high: Any, fallback: Any = None) -> SearchStrategy[Any]:
    """Round numbers strictly between two others, the roundest of which there are enough.

    Args:
        kind: ``float`` or ``Decimal``.
        low: The lower end, itself excluded.
        high: The upper end, itself excluded.
        fallback: What there is where nothing round lies between them; None for nothing at all.
    """
    first, last = Decimal(low), Decimal(high)
    most: tuple[int, int, Decimal] | None = None
    for exponent in _EXPONENTS[kind]:
        step = Decimal(f"{Decimal(1).scaleb(exponent):f}")
        begin = int((first / step).to_integral_value(ROUND_FLOOR)) + 1
        end = int((last / step).to_integral_value(ROUND_CEILING)) - 1
        begin += not kind(begin * step) > low  # a float's end is not quite what it is written as
        end -= not kind(end * step) < high
        if begin <= end:
            most = (begin, end, step)
            if end - begin >= _ENOUGH:
                break
    if most is None:
        return st.nothing() if fallback is None else _one_of([fallback])
    begin, end, step = most
    return st.integers(begin, end).map(lambda count: kind(count * step))
