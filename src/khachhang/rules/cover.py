"""Which parts of a space some boxes leave uncovered, and which boxes meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from khachhang.rules.space import Box, Budget, Space


def uncovered(space: Space, boxes: Sequence[Box], within: Box, budget: Budget) -> Iterator[Box]:
    """The parts of a box that no other box covers, as boxes that do not meet.

    A sweep over the axes with memory: after each axis only the set of boxes that are still alive matters, and a set
    that was found covered once is covered again.

    Args:
        space: The space.
        boxes: The covering boxes.
        within: The box to be covered.
        budget: How much work may be done.

    Raises:
        TooMany: When the budget is used up.
    """
    axes = len(space.axes)
    # For each axis and segment the boxes that reach it, as a mask; and the boxes that end before the axis.
    reach = [_reach(space, boxes, place) for place in range(axes)]
    ends = [0] * (axes + 1)
    for number, box in enumerate(boxes):
        ends[max(box, default=-1) + 1] |= 1 << number
    done = [0] * (axes + 1)
    for place in range(axes + 1):
        done[place] = ends[place] | (done[place - 1] if place else 0)
    covered: set[tuple[int, int]] = set()

    def sweep(place: int, alive: int, found: Box) -> Iterator[Box]:
        if alive & done[place]:
            return
        if place == axes:
            yield dict(found)
            return
        key = (place, alive)
        if key in covered:
            return
        allowed = within.get(place, space.axes[place].all)
        groups: dict[int, int] = {}
        for segment, reaching in enumerate(reach[place]):
            if allowed >> segment & 1:
                left = alive & reaching
                groups[left] = groups.get(left, 0) | 1 << segment
        budget.spend(len(reach[place]))
        nothing = True
        for left, segments in groups.items():
            found[place] = segments
            for each in sweep(place + 1, left, found):
                nothing = False
                yield each
            del found[place]
        if nothing:
            covered.add(key)

    return sweep(0, (1 << len(boxes)) - 1, {})


def _reach(space: Space, boxes: Sequence[Box], place: int) -> list[int]:
    free = 0
    masks: dict[int, int] = {}
    for number, box in enumerate(boxes):
        mask = box.get(place)
        if mask is None:
            free |= 1 << number
        else:
            masks[mask] = masks.get(mask, 0) | 1 << number
    segments = len(space.axes[place].segments)
    return [free | _having(masks, segment) for segment in range(segments)]


def _having(masks: dict[int, int], segment: int) -> int:
    found = 0
    for mask, numbers in masks.items():
        if mask >> segment & 1:
            found |= numbers
    return found


def meeting(space: Space, boxes: Sequence[Box]) -> list[int]:
    """For each box the mask of the later boxes that it meets."""
    everyone = (1 << len(boxes)) - 1
    met = [everyone >> number + 1 << number + 1 for number in range(len(boxes))]
    for place in range(len(space.axes)):
        masks: dict[int, int] = {}
        free = everyone
        for number, box in enumerate(boxes):
            mask = box.get(place)
            if mask is not None:
                masks[mask] = masks.get(mask, 0) | 1 << number
                free &= ~(1 << number)
        if masks:
            sharing = _sharing(masks, len(space.axes[place].segments))
            for number, box in enumerate(boxes):
                mask = box.get(place)
                if mask is not None:
                    met[number] &= free | sharing[mask]
    return met


def _sharing(masks: dict[int, int], segments: int) -> dict[int, int]:
    """For each set of segments the boxes whose own sets share a segment with it."""
    starting = [0] * (segments + 1)
    ending = [0] * (segments + 1)
    scattered: dict[int, int] = {}
    for mask, numbers in masks.items():
        first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
        if mask.bit_count() == last - first + 1:
            starting[first] |= numbers
            ending[last] |= numbers
        else:
            scattered[mask] = numbers
    # Runs that start no later than a segment, and runs that end before it.
    for place in range(1, segments + 1):
        starting[place] |= starting[place - 1]
        ending[place] |= ending[place - 1]
    shared: dict[int, int] = {}
    for mask in masks:
        first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
        if mask.bit_count() == last - first + 1:
            found = starting[last] & ~(ending[first - 1] if first else 0)
        else:
            found = 0
            for segment in range(first, last + 1):
                if mask >> segment & 1:
                    found |= starting[segment] & ~(ending[segment - 1] if segment else 0)
        for other, numbers in scattered.items():
            if other & mask:
                found |= numbers
        shared[mask] = found
    return shared
