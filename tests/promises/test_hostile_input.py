"""Whatever stands where a value is wanted: a result, or one of the library's own errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from altair import LayerChart
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.promises.entry_points import CALLS, MADE_BY_THE_LIBRARY, WITHOUT_WORK, public_names
from tests.promises.hostile import ODD, Own, nasty

import khachhang as kh
from khachhang.testing import ClassifierFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

pytestmark = pytest.mark.filterwarnings("ignore::khachhang.KhachhangWarning")

EXPECTED = (kh.KhachhangError, Own, ClassifierFailed)


def refused_or_done(call: Callable[..., Any], given: dict[str, Any]) -> Any:
    """A result that can be shown, an error of ours that can, or what an object of the caller's raised itself."""
    try:
        made = call(**given)
        if isinstance(made, LayerChart):
            made.to_dict()
    except EXPECTED as error:
        made = error
    if not isinstance(made, SearchStrategy):  # which Hypothesis shows
        repr(made)
        str(made)
    return made


def draw_from(made: Iterable[Any]) -> None:
    """What is wrong with a strategy's arguments may be seen only then; a few at once, since a run takes its time."""
    strategies = [each for each in made if isinstance(each, SearchStrategy)]
    for start in range(0, len(strategies), _AT_ONCE):
        _draw_simplest(strategies[start : start + _AT_ONCE])


_AT_ONCE = 8


def one_of_each(strategies: list[SearchStrategy[Any]]) -> SearchStrategy[None]:
    """Draws from each: from within, since Hypothesis shows what it draws from first, and some can not be shown."""

    @st.composite
    def drawn(draw: st.DrawFn) -> None:
        for each in strategies:
            refused_or_done(draw, {"strategy": each})

    return drawn()


def _draw_simplest(strategies: list[SearchStrategy[Any]]) -> None:
    @settings(database=None, max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(one_of_each(strategies))
    def draw(_: None) -> None:
        """Nothing is done with it."""

    draw()


@pytest.mark.parametrize("name", CALLS)
def test_every_call_works_on_what_it_wants(name: str) -> None:
    call, right = CALLS[name]
    made = refused_or_done(call, right)
    assert not isinstance(made, Exception)
    draw_from([made])


def test_no_way_in_is_forgotten() -> None:
    tried = {name.partition(":")[0] for name in CALLS}
    left_out = MADE_BY_THE_LIBRARY | WITHOUT_WORK
    public = set(public_names())
    assert len(public) > 150
    assert sorted(public - tried - left_out) == []
    assert sorted(left_out - public) == []


PLACES = [(name, argument) for name, (_, given) in CALLS.items() for argument in given]


@pytest.mark.parametrize(("name", "argument"), PLACES, ids=lambda one: one)
def test_an_odd_value_is_taken_or_refused_by_an_error_of_ours(name: str, argument: str) -> None:
    call, right = CALLS[name]
    given_as = [*ODD.values(), *([] if name.startswith("testing.") else ([odd] for odd in ODD.values()))]
    draw_from([refused_or_done(call, {**right, argument: given}) for given in given_as])


def fuzz(name: str, examples: int) -> None:
    """One to three of the arguments are nasty."""
    call, right = CALLS[name]

    @settings(max_examples=examples)
    @given(st.lists(st.sampled_from(sorted(right)), min_size=1, max_size=3, unique=True), st.data())
    def attempt(arguments: list[str], data: st.DataObject) -> None:
        changed = {argument: data.draw(nasty()) for argument in arguments}
        made = refused_or_done(call, {**right, **changed})
        if isinstance(made, SearchStrategy):
            data.draw(one_of_each([made]))

    attempt()


@pytest.mark.parametrize("name", CALLS)
def test_nasty_values_in_several_places_are_taken_or_refused(name: str) -> None:
    fuzz(name, examples=3)


@pytest.mark.long
@pytest.mark.parametrize("name", CALLS)
def test_any_nasty_values_are_taken_or_refused(name: str) -> None:
    fuzz(name, examples=settings().max_examples // 25)
