"""Which parts of a space some boxes leave uncovered, and which boxes meet."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate, pairwise
from operator import xor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from khachhang.rules.space import Box, Budget, Space

S = TypeVar("S", bound="Hashable")

STEPS_OF_A_STATE = 20
"""What a state on a walk costs besides its segments; with it a budget bounds the memory as well."""


class BoxSet:
    """Some boxes, as a walk from axis to axis needs them; a set of them is a mask, bit by bit in their order.

    Attributes:
        everyone: The mask of all boxes.
        ended: For each axis, the boxes that narrow neither it nor a later one; one entry more, for all boxes.
        runs: For each axis its runs of segments that the same boxes reach: the first segment, and these boxes.
    """

    def __init__(self, space: Space, boxes: Sequence[Box]) -> None:
        self.everyone = (1 << len(boxes)) - 1
        ending = [0] * (len(space.axes) + 1)
        for number, box in enumerate(boxes):
            ending[max(box, default=-1) + 1] |= 1 << number
        self.ended = list(accumulate(ending))
        self.runs = [_runs(boxes, place) for place in range(len(space.axes))]
        self._lengths = [len(axis.segments) for axis in space.axes]

    @cached_property
    def reach(self) -> list[list[int]]:
        """For each axis and each of its segments, the boxes that reach it."""
        made: list[list[int]] = []
        for runs, length in zip(self.runs, self._lengths, strict=True):
            ends = [*(first for first, _ in runs[1:]), length]
            made.append([boxes for (first, boxes), end in zip(runs, ends, strict=True) for _ in range(first, end)])
        return made


def _runs(boxes: Sequence[Box], place: int) -> list[tuple[int, int]]:
    free, by_mask = _by_mask(boxes, place)
    edges = {0: free}
    for mask, numbers in by_mask.items():
        edge = mask ^ mask << 1
        while edge:
            lowest = edge & -edge
            segment = lowest.bit_length() - 1
            edges[segment] = edges.get(segment, 0) ^ numbers
            edge ^= lowest
    firsts = sorted(edges)
    return list(zip(firsts, accumulate((edges[first] for first in firsts), xor), strict=True))


def _by_mask(boxes: Sequence[Box], place: int) -> tuple[int, dict[int, int]]:
    """The boxes that do not narrow an axis, and the others by the segments that they reach."""
    free = 0
    found: dict[int, int] = {}
    for number, box in enumerate(boxes):
        mask = box.get(place)
        if mask is None:
            free |= 1 << number
        else:
            found[mask] = found.get(mask, 0) | 1 << number
    return free, found


def bits(mask: int) -> Iterator[int]:
    """The places of the ones in a mask, the lowest first."""
    digits = bin(mask)[:1:-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


def walk(
    axes: int, start: S, onward: Callable[[int, S], Mapping[S, int]], is_wanted: Callable[[S], bool]
) -> Iterator[Box]:
    """The boxes in which a walk from axis to axis ends as wanted; they do not meet.

    It has a memory: a state from which nothing wanted was reached is not entered again at the same axis.

    Args:
        axes: How many axes there are.
        start: The state before the first axis.
        onward: The states to which an axis leads, each with the mask of the segments that lead there.
        is_wanted: Whether a state behind the last axis is wanted.
    """
    barren: set[tuple[int, S]] = set()
    box: Box = {}
    count = 0
    # For each axis on the way: the states still to be tried, the axis and the state in which it was entered, and what
    # had been found by then.
    way: list[tuple[Iterator[tuple[S, int]], tuple[int, S], int]] = []
    entered: tuple[int, S] | None = (0, start)
    while True:
        if entered is not None:
            if entered[0] == axes:
                if is_wanted(entered[1]):
                    count += 1
                    yield dict(box)
            elif entered not in barren:
                way.append((iter(onward(*entered).items()), entered, count))
        if not way:
            return
        untried, (place, state), before = way[-1]
        step = next(untried, None)
        if step is None:
            way.pop()
            box.pop(place, None)
            if count == before:
                barren.add((place, state))
            entered = None
        else:
            box[place] = step[1]
            entered = (place + 1, step[0])


def uncovered(space: Space, boxes: Sequence[Box], within: Box, budget: Budget) -> Iterator[Box]:
    """The parts of a box that no other box covers, as boxes that do not meet.

    A walk on which, after each axis, only the set of boxes that are still alive matters.

    Args:
        space: The space.
        boxes: The covering boxes.
        within: The box to be covered.
        budget: How much work may be done.

    Raises:
        TooMany: When the budget is used up.
    """
    covering = BoxSet(space, boxes)
    ended = covering.ended
    parts = [_parts(runs, within.get(place, space.axes[place].all)) for place, runs in enumerate(covering.runs)]

    def onward(place: int, alive: int) -> dict[int, int]:
        budget.spend(STEPS_OF_A_STATE + len(parts[place]))
        ending = ended[place + 1]
        groups: dict[int, int] = {}
        for reaching, segments in parts[place]:
            left = alive & reaching
            if not left & ending:
                groups[left] = groups.get(left, 0) | segments
        # What few boxes reach is the most likely to stay uncovered.
        return {left: groups[left] for left in sorted(groups, key=int.bit_count)}

    if covering.everyone & ended[0]:
        return iter(())
    return walk(len(space.axes), covering.everyone, onward, lambda _: True)


def _parts(runs: list[tuple[int, int]], allowed: int) -> list[tuple[int, int]]:
    """The sets of boxes that reach an axis, each with the allowed segments that it reaches."""
    parts: dict[int, int] = {}
    for (first, reaching), (end, _) in pairwise([*runs, (allowed.bit_length(), 0)]):
        segments = allowed & (1 << max(first, end)) - (1 << first)
        if segments:
            parts[reaching] = parts.get(reaching, 0) | segments
    return list(parts.items())


def meeting(space: Space, boxes: Sequence[Box]) -> list[int]:
    """For each box the mask of the later boxes that it meets."""
    everyone = (1 << len(boxes)) - 1
    met = [everyone >> number + 1 << number + 1 for number in range(len(boxes))]
    for place, axis in enumerate(space.axes):
        free, by_mask = _by_mask(boxes, place)
        sharing = _sharing(by_mask, len(axis.segments))
        for number, box in enumerate(boxes):
            mask = box.get(place)
            if mask is not None:
                met[number] &= free | sharing[mask]
    return met


def _sharing(by_mask: Mapping[int, int], segments: int) -> dict[int, int]:
    """For each set of segments the boxes whose own sets share a segment with it."""
    starting = [0] * (segments + 1)
    ending = [0] * (segments + 1)
    scattered = [0] * segments
    runs: dict[int, bool] = {}
    for mask, numbers in by_mask.items():
        first, last = _ends(mask)
        runs[mask] = mask.bit_count() == last - first + 1
        if runs[mask]:
            starting[first] |= numbers
            ending[last + 1] |= numbers
        else:
            for segment in bits(mask):
                scattered[segment] |= numbers
    # Runs that start no later than a segment, and runs that end before it.
    for place in range(1, segments + 1):
        starting[place] |= starting[place - 1]
        ending[place] |= ending[place - 1]
    are_runs = all(runs.values())
    shared: dict[int, int] = {}
    for mask, is_run in runs.items():
        first, last = _ends(mask)
        found = starting[last] & ~ending[first] if is_run else 0
        if not are_runs:
            for segment in bits(mask):
                found |= scattered[segment] | (0 if is_run else starting[segment] & ~ending[segment])
        shared[mask] = found
    return shared


def _ends(mask: int) -> tuple[int, int]:
    return (mask & -mask).bit_length() - 1, mask.bit_length() - 1
