"""What the value of one fact may be: joined sets hold what their parts say, value by value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khachhang.facts import Facts, fact
from khachhang.rules._values import Choice, Line, values_of
from khachhang.rules.predicate import And, Comparison, Not, Or
from khachhang.taxonomy import Gender

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.rules import Predicate
    from khachhang.rules.fact import Fact

WHOLE, REAL = fact.custom("whole", int), fact.custom("real", float)
VALUES: dict[str, tuple[Fact[Any], list[Any], list[Any]]] = {
    "whole": (WHOLE, list(range(4)), list(range(-1, 5))),
    "real": (REAL, list(range(4)), [half / 2 for half in range(-1, 8)]),
    "flag": (fact.custom("flag", bool), [True, False], [True, False]),
    "label": (fact.custom("label", Gender), list(Gender), list(Gender)),
    "text": (fact.custom("text", str), list("abc"), list("abcd")),
}
"""Facts with constants, and with values in, beside and between these."""


def leaves(own: Fact[Any], constants: list[Any]) -> SearchStrategy[Any]:
    some = st.sampled_from(constants)
    signs = ["==", "!=", "<", "<=", ">", ">="] if own.variable.is_number else ["==", "!="]
    compared = st.builds(Comparison, st.just(own.variable), st.sampled_from(signs), some.map(own.variable.constant))
    listed = st.lists(some, max_size=3).map(own.is_in) | st.lists(some, max_size=3).map(
        lambda few: own.is_in(few).negated()
    )
    if not own.variable.is_number:
        return compared | listed
    ends = st.tuples(some, some).map(sorted)
    sides = st.sampled_from(["both", "left", "right", "neither"])
    return compared | listed | st.builds(lambda two, closed: own.between(two[0], two[1], closed), ends, sides)


@st.composite
def joined(draw: DrawFn, own: Fact[Any], constants: list[Any]) -> tuple[Predicate, Line | Choice]:
    """A condition on one fact, and the set that is joined in the same way."""
    leaf = draw(leaves(own, constants))
    condition: Predicate = leaf
    values: Any = values_of(leaf)
    for sign in draw(st.lists(st.sampled_from("&|~"), max_size=4)):
        if sign == "~":
            condition, values = Not(condition), ~values
            continue
        other = draw(leaves(own, constants))
        condition = And((condition, other)) if sign == "&" else Or((condition, other))
        values = values & values_of(other) if sign == "&" else values | values_of(other)
    return condition, values


def holds(values: Line | Choice, value: Any) -> bool:
    if isinstance(values, Line):
        return any(_is_behind(low, value) and not _is_behind(high, value, beyond=True) for low, high in values.spans())
    return (value in values.values) is not values.rest


def _is_behind(cut: tuple[Any, bool] | None, value: Any, *, beyond: bool = False) -> bool:
    if cut is None:
        return not beyond
    return bool(value > cut[0] or (value == cut[0] and not cut[1]))


@pytest.mark.parametrize("kind", VALUES)
@settings(max_examples=50)
@given(data=st.data())
def test_a_set_holds_the_values_of_which_its_condition_is_true(kind: str, data: st.DataObject) -> None:
    own, constants, tried = VALUES[kind]
    condition, values = data.draw(joined(own, constants))
    truths = [condition.truth(Facts(extra={own.name: value})) is True for value in tried]

    assert [holds(values, value) for value in tried] == truths
    assert values.is_empty is (not any(truths))
    # Of texts there are always more than can be listed.
    assert values.is_full is (all(truths) and (isinstance(values, Line) or values.domain is not None or values.rest))


@settings(max_examples=50)
@given(st.data())
def test_the_points_that_a_line_lacks_are_told_where_it_lacks_nothing_else(data: st.DataObject) -> None:
    own, constants, tried = VALUES["real"]
    _, values = data.draw(joined(own, constants))
    assert isinstance(values, Line)
    lacking = [value for value in tried if not holds(values, value)]

    assert values.points_left_out() == (lacking if set(lacking) <= set(constants) else [])


def test_lines_keep_what_numbers_lie_on_them() -> None:
    for own, whole in ((WHOLE, True), (REAL, False)):
        tests = [own < 5, own <= 5, own > 5, own >= 5, own == 5, own != 5, own.between(1, 5), own.is_in([1, 5])]
        lines = [values_of(leaf) for test in tests for leaf in test.leaves()]

        assert [line.whole for line in lines if isinstance(line, Line)] == [whole] * len(tests)
        for line in lines:
            assert isinstance(line, Line)
            assert (~line).whole is (line & line).whole is (line | line).whole is whole


def test_neighbouring_whole_numbers_are_one_piece() -> None:
    (leaf,) = WHOLE.is_in([1, 5, 6, 7, 9]).leaves()
    line = values_of(leaf)

    assert isinstance(line, Line)
    assert list(line.spans()) == [
        ((1, False), (1, True)), ((5, False), (7, True)), ((9, False), (9, True))
    ]  # fmt: skip


def test_of_labels_none_is_left_where_each_is_excluded() -> None:
    own, constants, _ = VALUES["label"]
    first, *others = (values_of(leaf) for label in constants for leaf in (own != label).leaves())
    assert isinstance(first, Choice)
    for other in others:
        assert isinstance(other, Choice)
        assert not first.is_empty
        first &= other

    assert first.is_empty


def test_between_neighbouring_whole_numbers_there_is_nothing() -> None:
    below, above, inside, real = (
        values_of(leaf)
        for condition in (WHOLE <= 5, WHOLE >= 6, WHOLE.between(5, 6, "neither"), REAL.between(5, 6, "neither"))
        for leaf in condition.leaves()
    )
    assert isinstance(below, Line)
    assert isinstance(above, Line)

    assert (below | above).is_full
    assert (below & above).is_empty
    assert inside.is_empty
    assert not real.is_empty
