"""Regions of a space in words: which customers a finding speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khachhang.rules.predicate import Among, Between, Comparison, Or, Predicate
from khachhang.rules.wording import predicate_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.rules.space import Axis, Box, Segment, Space
    from khachhang.taxonomy import Language

_EVERYONE = {"vi": "với mọi khách hàng", "en": "for every customer"}
_WHERE = {"vi": "khi ", "en": "where "}


def region_text(space: Space, box: Box, lang: Language) -> str:
    """The customers of a box, in words, from their preposition on; axes that it does not narrow are left out."""
    parts = [_axis_text(space.axes[place], mask, lang) for place, mask in sorted(box.items())]
    named = "; ".join(part for part in parts if part)
    return _WHERE[lang] + named if named else _EVERYONE[lang]


def _axis_text(axis: Axis, mask: int, lang: Language) -> str:
    known = mask & axis.known
    # Whether a fact has a value follows from other facts, which the region names.
    return "" if known in (0, axis.known) else predicate_text(condition_of(axis, known), lang)


def condition_of(axis: Axis, mask: int) -> Predicate:
    """The condition that a known value lies in one of some segments, not in all of them."""
    if axis.variable.is_number:
        parts = tuple(_runs(axis, mask))
        return parts[0] if len(parts) == 1 else Or(parts)
    chosen = [segment for place, segment in enumerate(axis.segments) if mask >> place & 1]
    if all(segment.is_point for segment in chosen):
        values = tuple(segment.value for segment in chosen)
        return Comparison(axis.variable, "==", values[0]) if len(values) == 1 else Among(axis.variable, values)
    excluded = [
        segment.value
        for place, segment in enumerate(axis.segments)
        if not mask >> place & 1 and segment.is_point and segment.value is not None
    ]
    if len(excluded) == 1:
        return Comparison(axis.variable, "!=", excluded[0])
    return Among(axis.variable, tuple(excluded), negation=True)


def _runs(axis: Axis, mask: int) -> Iterator[Predicate]:
    run: list[Segment] = []
    for place, segment in enumerate([*axis.segments, None]):
        if segment is not None and segment.value is not None and mask >> place & 1:
            run.append(segment)
        elif run:
            yield _interval(axis, run[0], run[-1])
            run = []


def _interval(axis: Axis, first: Segment, last: Segment) -> Predicate:
    variable = axis.variable
    whole = variable.type is int
    low, high = first.low, last.high
    low_in, high_in = whole or first.is_point, whole or last.is_point
    at_bottom = low is None or (low == variable.low and low_in)
    at_top = high is None or (high == variable.high and high_in)
    if low is not None and low == high:
        return Comparison(variable, "==", low)
    if at_bottom:
        return Comparison(variable, "<=" if high_in else "<", high)
    if at_top:
        return Comparison(variable, ">=" if low_in else ">", low)
    sides = {(True, True): "both", (True, False): "left", (False, True): "right", (False, False): "neither"}
    closed: Any = sides[low_in, high_in]
    return Between(variable, low, high, closed)
