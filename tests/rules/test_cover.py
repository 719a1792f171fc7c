"""Sets of boxes, held against every point of a small space one by one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khachhang.facts import fact
from khachhang.rules.cover import BoxSet, bits, meeting, uncovered
from khachhang.rules.space import Budget, Space, TooMany

if TYPE_CHECKING:
    from khachhang.rules.space import Box

WHOLE, OTHER, FLAG = fact.custom("whole", int, low=0), fact.custom("other", int, low=0), fact.custom("flag", bool)
SPACE = Space([WHOLE.is_in([1, 3]), OTHER == 1, FLAG])
LENGTHS = [len(axis.segments) for axis in SPACE.axes]
POINTS = list(product(*map(range, LENGTHS)))


def _within(box: Box) -> Box:
    return {place: mask % (1 << LENGTHS[place]) or 1 for place, mask in box.items()}


BOXES = st.lists(st.dictionaries(st.integers(0, 2), st.integers(0, 31)).map(_within), max_size=6)


def _holds(box: Box, point: tuple[int, ...]) -> bool:
    return all(mask >> point[place] & 1 for place, mask in box.items())


def _meet(one: Box, other: Box) -> bool:
    return all(one[place] & other[place] for place in one.keys() & other.keys())


def check_meeting(boxes: list[Box]) -> None:
    later = [
        [place for place in range(number + 1, len(boxes)) if _meet(box, boxes[place])]
        for number, box in enumerate(boxes)
    ]

    assert [list(bits(mask)) for mask in meeting(SPACE, boxes)] == later


def test_the_space_is_as_small_as_it_is_thought_to_be() -> None:
    assert LENGTHS == [5, 3, 2]


def test_boxes_meet_where_they_share_a_point_whatever_their_segments() -> None:
    masks: list[Box] = [{0: mask} for mask in range(1, 32)]

    check_meeting(masks)
    check_meeting(masks[::-1])
    check_meeting([{}, *masks, {1: 1}, {1: 6, 0: 5}, {}])
    check_meeting([{0: 0b00110}, {0: 0b11000}, {0: 0b00001}])  # runs alone
    check_meeting([])


@settings(max_examples=50)
@given(BOXES)
def test_boxes_meet_where_they_share_a_point(boxes: list[Box]) -> None:
    check_meeting(boxes)


@settings(max_examples=50)
@given(BOXES)
def test_a_set_of_boxes_knows_which_of_them_reach_a_segment(boxes: list[Box]) -> None:
    found = BoxSet(SPACE, boxes)

    assert list(bits(found.everyone)) == list(range(len(boxes)))
    for place, length in enumerate(LENGTHS):
        reach = [[n for n, box in enumerate(boxes) if box.get(place, -1) >> segment & 1] for segment in range(length)]
        assert [list(bits(mask)) for mask in found.reach[place]] == reach
        ended = [n for n, box in enumerate(boxes) if max(box, default=-1) < place]
        assert list(bits(found.ended[place])) == ended
    assert found.ended[-1] == found.everyone


@settings(max_examples=50)
@given(BOXES, BOXES)
def test_what_is_uncovered_is_every_point_outside_all_boxes_once(boxes: list[Box], others: list[Box]) -> None:
    within = others[0] if others else {}
    left = list(uncovered(SPACE, boxes, within, Budget(10**6)))

    for point in POINTS:
        is_left = _holds(within, point) and not any(_holds(box, point) for box in boxes)
        assert sum(_holds(box, point) for box in left) == is_left


def test_where_everything_is_covered_nothing_is_left_and_nothing_spent() -> None:
    assert list(uncovered(SPACE, [{0: 1}, {}], {}, Budget(0))) == []
    with pytest.raises(TooMany):
        list(uncovered(SPACE, [{0: 1}], {}, Budget(0)))


@pytest.mark.parametrize("mask", [0, 1, 0b1010, 0b110101, 1 << 200, (1 << 70) - 1])
def test_bits_are_the_places_of_the_ones(mask: int) -> None:
    assert list(bits(mask)) == [place for place in range(mask.bit_length()) if mask >> place & 1]
