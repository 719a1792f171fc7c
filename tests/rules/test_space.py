"""The space of all customers: segments answer as their values do, and boxes hold whom their conditions mean."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.rules.table_strategies import FACTS, Mood, leaves, predicates, records, values

from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, when
from khachhang.rules._answers import Answers
from khachhang.rules.fact import WholeFact
from khachhang.rules.predicate import Leaf, plain, read
from khachhang.rules.region import condition_of
from khachhang.rules.space import OTHER_TEXT, Budget, Space, TooMany, axis_of, between
from khachhang.rules.variable import Variable
from khachhang.taxonomy import Gender, Words

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from khachhang.rules import Predicate
    from khachhang.rules.space import Box

PLENTY = 10**9
MOST = 1.7976931348623157e308
LEAST = 5e-324


@settings(max_examples=75)
@given(st.data())
def test_a_value_passes_a_test_where_its_segment_does(data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(FACTS))
    tests = [leaf for one in data.draw(st.lists(leaves([own]), max_size=3)) for leaf in one.leaves()]
    axis = axis_of(own.variable, tests, may_lack=True)
    constants = [constant for leaf in tests for constant in leaf.constants]
    some = values(own.variable)
    tried = [*constants, *data.draw(st.lists(some, max_size=3))]
    if own.variable.type is int:
        tried += [one + step for one in constants for step in (-1, 1)]
    segments = [segment.value for segment in axis.segments[:-1]]

    assert [axis.place(value) for value in [*segments, None]] == list(range(len(axis.segments)))
    for value in (one for one in [*tried, *segments] if not own.variable.is_number or own.variable.holds(one)):
        place = 1 << axis.place(value)
        assert axis.known & place
        assert [bool(axis.passing(leaf) & place) for leaf in tests] == [leaf.test(value) for leaf in tests]
    assert axis.all == axis.known | 1 << axis.place(None)


@settings(max_examples=75)
@given(st.data())
def test_the_condition_of_some_segments_is_true_of_their_values_alone(data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(FACTS))
    tests = [leaf for one in data.draw(st.lists(leaves([own]), min_size=1, max_size=3)) for leaf in one.leaves()]
    axis = axis_of(own.variable, tests)
    assume(axis.known > 1)
    mask = data.draw(st.integers(1, axis.known - 1))
    known = [segment.value for segment in axis.segments if segment.value is not None]
    condition = condition_of(axis, mask)
    found = [all(leaf.test(value) for leaf in condition.leaves()) for value in known]
    if not isinstance(condition, Leaf):
        found = [any(leaf.test(value) for leaf in condition.leaves()) for value in known]

    assert found == [bool(mask >> place & 1) for place in range(len(known))]


@pytest.mark.parametrize(
    ("tests", "mask", "condition"),
    [
        ([fact.has_need], 0b01, fact.has_need == False),  # noqa: E712  # a comparison of facts
        ([fact.has_need], 0b10, fact.has_need == True),  # noqa: E712  # a comparison of facts
        ([fact.gender == Gender.MALE], 0b01, fact.gender == Gender.MALE),
        ([fact.gender == Gender.MALE], 0b10, fact.gender != Gender.MALE),
        ([fact.gender.is_in([Gender.MALE, Gender.FEMALE])], 0b011, fact.gender.is_in([Gender.FEMALE, Gender.MALE])),
        ([fact.gender.is_in(list(Gender))], 0b110, fact.gender.is_in([Gender.MALE, Gender.OTHER])),
        ([fact.occupation.is_in(["b", "a"])], 0b100, ~fact.occupation.is_in(["b", "a"])),
        ([fact.occupation.is_in(["b", "a"])], 0b110, fact.occupation != "b"),
        ([fact.age < 15, fact.age > 22], 0b01110, fact.age.between(15, 22)),
        ([fact.age < 15, fact.age > 22], 0b01111, fact.age <= 22),
        ([fact.age < 15, fact.age > 22], 0b11110, fact.age >= 15),
        ([fact.age == 15], 0b010, fact.age == 15),
        ([fact.age == 15], 0b101, (fact.age <= 14) | (fact.age >= 16)),
        ([fact.discounted_share > 0.5], 0b00011, fact.discounted_share < 0.5),
        ([fact.discounted_share > 0.5], 0b00110, fact.discounted_share.between(0, 0.5, "right")),
        ([fact.discounted_share.between(0.25, 0.5)], 0b0001000, fact.discounted_share.between(0.25, 0.5, "neither")),
        ([fact.discounted_share.between(0.25, 0.5)], 0b0001100, fact.discounted_share.between(0.25, 0.5, "left")),
    ],
    ids=range(17),
)
def test_segments_are_said_in_the_shortest_way(tests: list[Predicate], mask: int, condition: Predicate) -> None:
    found = [leaf for one in tests for leaf in one.leaves()]
    axis = axis_of(found[0].variable, found)

    assert condition_of(axis, mask) == plain(condition)
    assert (axis.all == axis.known) is (axis.variable.exists is None)


def test_a_number_lies_between_the_constants_that_it_lies_between() -> None:
    whole, real = fact.custom("whole", int), fact.custom("real", float, low=0)
    axes = [
        axis_of(own.variable, [leaf for one in (own == 5, own == 9) for leaf in one.leaves()]) for own in (whole, real)
    ]

    assert [axes[0].place(value) for value in range(12)] == [0, 0, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4]
    assert [axes[1].place(value) for value in (0.0, 0.5, 5.0, 5.5, 8.5, 9.0, 9.5)] == [0, 1, 2, 3, 3, 4, 5]


def test_the_value_of_a_segment_without_a_lower_end_lies_in_it() -> None:
    own = fact.custom("whole", int)
    axis = axis_of(own.variable, [leaf for one in (own == -5, own == -9) for leaf in one.leaves()])

    assert [segment.value for segment in axis.segments] == [-10, -9, -8, -5, -4]


def test_what_no_test_names_lies_in_the_last_segment() -> None:
    (leaf,) = (fact.occupation == "a").leaves()
    axis = axis_of(leaf.variable, [leaf], may_lack=True)

    assert [axis.place(value) for value in ("a", "b", "", None)] == [0, 1, 1, 2]
    assert axis.segments[1].value == OTHER_TEXT


def test_a_test_that_nothing_passes_has_no_box() -> None:
    never = fact.custom("nps", int, low=0) == -1
    space = Space([never])

    assert space.true_boxes(never, Budget(9)) == space.possible_boxes(never, Budget(9)) == []
    assert space.true_boxes(~never, Budget(9)) == [{0: 1}]


def test_an_answer_is_worked_out_once() -> None:
    table = DecisionTable(name="any", category=Mood, rules=[when(fact.has_need).then(Mood.DASH)], hit=HitPolicy.FIRST)
    answers = Answers(table, Space([fact.has_need]), Budget(PLENTY))

    assert answers.answer(answers.start) is answers.answer(answers.start)


def _is_in(box: Box, point: list[int]) -> bool:
    return all(mask >> point[place] & 1 for place, mask in box.items())


@pytest.mark.parametrize("may_lack", [False, True], ids=["complete", "incomplete"])
@settings(max_examples=50)
@given(data=st.data())
def test_boxes_hold_those_of_whom_a_condition_is_true_or_not_false(may_lack: bool, data: st.DataObject) -> None:
    condition: Predicate = data.draw(predicates(FACTS, 5))
    table = DecisionTable(name="any", category=Mood, rules=[when(condition).then(Mood.DASH)], hit=HitPolicy.FIRST)
    space = Space([condition], may_lack=may_lack)
    budget = Budget(PLENTY)
    true, possible = space.true_boxes(condition, budget), space.possible_boxes(condition, budget)
    contradictions, impossible = space.contradictions(budget), space.impossible_boxes(budget)
    for _ in range(5):
        known: Facts = data.draw(records(table, complete=not may_lack))
        point = [axis.place(read(axis.variable, known)) for axis in space.axes if may_lack or _has_place(axis, known)]
        assume(len(point) == len(space.axes))
        truth = condition.truth(known)

        assert not any(_is_in(box, point) for box in contradictions)
        assert any(_is_in(box, point) for box in possible) is (truth is not False)
        assert any(_is_in(box, point) for box in true) is (truth is True)
        if all((read(axis.variable, known) is None) is (_exists(axis, known) is False) for axis in space.axes):
            assert not any(_is_in(box, point) for box in impossible)


def _has_place(axis: Any, known: Facts) -> bool:
    return read(axis.variable, known) is not None or axis.all != axis.known


def _exists(axis: Any, known: Facts) -> bool | None:
    exists = axis.variable.exists
    return True if exists is None else exists.truth(known)


NUMBERS: dict[type[Any], SearchStrategy[Any]] = {
    float: st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.0, 1.0, MOST, -MOST, LEAST, -LEAST]),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(-100, 100, places=2),
}


@pytest.mark.parametrize("kind", [float, Decimal])
@settings(max_examples=75)
@given(data=st.data())
def test_between_two_numbers_is_one_where_there_is_any(kind: type[Any], data: st.DataObject) -> None:
    low, high = sorted([data.draw(NUMBERS[kind]), data.draw(NUMBERS[kind])])
    assume(low < high)
    for toward in ("low", "high"):
        found = between(kind, low, high, toward)
        if found is None:
            assert kind is float
            assert math.nextafter(low, math.inf) == high
        else:
            assert type(found) is kind
            assert low < found < high


@pytest.mark.parametrize("kind", [float, Decimal])
@example(end=MOST)
@example(end=-MOST)
@given(end=NUMBERS[float])
def test_beyond_a_number_is_one_where_there_is_any(kind: type[Any], end: float) -> None:
    above, below = between(kind, kind(end), None), between(kind, None, kind(end))

    assert (above is None) is (kind is float and end == MOST)
    assert (below is None) is (kind is float and end == -MOST)
    assert above is None or kind(end) < above < math.inf
    assert below is None or -math.inf < below < kind(end)


@pytest.mark.parametrize(
    ("low", "high", "near_low", "near_high"),
    [
        ("0", "10", "1", "9"),
        ("0", "3", "1", "2"),
        ("0", "2", "1", "1"),
        ("0", "1", "0.1", "0.9"),
        ("0.5", "0.6", "0.51", "0.59"),
        ("-1", "1", "0", "0"),
        ("1000", "5000", "2000", "4000"),
        ("0", "1E-20", "5E-21", "5E-21"),
        ("0", "5E+12", "1000000000", "4999000000000"),
    ],
)
def test_a_number_between_two_is_short_and_near_the_end_that_is_asked_for(
    low: str, high: str, near_low: str, near_high: str
) -> None:
    for kind in (Decimal, float):
        ends = kind(low), kind(high)

        assert between(kind, *ends) == between(kind, *ends, "low") == pytest.approx(kind(near_low), abs=0)
        assert between(kind, *ends, "high") == pytest.approx(kind(near_high), abs=0)


def test_beyond_a_number_is_the_next_whole_step() -> None:
    assert (between(float, 2.5, None), between(float, None, 2.5), between(float, None, None)) == (3.5, 1.5, 0.0)
    assert (between(Decimal, Decimal(5), None), between(Decimal, None, None)) == (6, 0)
    assert type(between(Decimal, None, None)) is Decimal


@pytest.mark.parametrize(
    ("low", "high"),
    [("1", "1.0000000000000000000000000000000000001"), ("9E+50", "9.0000000000000000000000000000001E+50")],
)
def test_amounts_lie_ever_closer_whatever_the_context_of_the_caller(low: str, high: str) -> None:
    with localcontext(prec=3):
        for toward in ("low", "high"):
            assert Decimal(low) < between(Decimal, Decimal(low), Decimal(high), toward) < Decimal(high)


def test_a_budget_is_spent_to_its_last_step_and_no_further() -> None:
    budget = Budget.seconds(2e-06)
    assert budget.steps == 2
    budget.spend()
    budget.spend(1)
    with pytest.raises(TooMany):
        budget.spend()


def test_a_fact_comes_after_those_on_which_its_value_depends() -> None:
    space = Space([fact.days_since_last_purchase > 5, fact.age > 5, fact.mean_purchase_gap > 5])

    assert [axis.variable.name for axis in space.axes] == [
        "purchase_count", "party_kind", "days_since_last_purchase", "age", "mean_purchase_gap",
    ]  # fmt: skip
    deepest = WholeFact(Variable("deepest", int, label=Words("", ""), exists=fact.days_since_last_purchase >= 1))
    nested = Space([deepest > 5])
    assert len(nested.contradictions(Budget(9))) == len(nested.impossible_boxes(Budget(9))) // 2 == 2
    assert [axis.variable.name for axis in nested.axes] == [
        "purchase_count", "days_since_last_purchase", "deepest",
    ]  # fmt: skip
    assert space.places == {axis.variable: place for place, axis in enumerate(space.axes)}
