"""How a party stands to the business."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khachhang.entities import Tie
from khachhang.errors import InvalidError
from khachhang.taxonomy import TieKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

FIRST, LAST = date(2024, 2, 1), date(2026, 1, 31)
ONE_DAY = timedelta(days=1)


class Day(date):
    """A date of somebody else's make."""


def test_a_tie_holds_on_its_first_and_its_last_day_and_not_beyond() -> None:
    tie = Tie("employee", since=FIRST, until=LAST)

    assert tie.kind is TieKind.EMPLOYEE
    assert [tie.holds_on(day) for day in (FIRST - ONE_DAY, FIRST, LAST, LAST + ONE_DAY)] == [False, True, True, False]


def test_a_tie_without_a_first_day_holds_as_far_back_as_anybody_knows() -> None:
    tie = Tie("shareholder", until=LAST)

    assert tie.holds_on(date.min)
    assert not tie.holds_on(LAST + ONE_DAY)


def test_a_tie_without_a_last_day_still_stands() -> None:
    tie = Tie("shareholder", since=FIRST)

    assert tie.holds_on(date.max)
    assert not tie.holds_on(FIRST - ONE_DAY)


def test_a_tie_without_days_always_holds() -> None:
    assert attrs.astuple(Tie("bank")) == (TieKind.BANK, None, None)
    assert Tie("bank").holds_on(date.min)
    assert Tie("bank").holds_on(date.max)


@given(since=st.none() | st.dates(), until=st.none() | st.dates(), day=st.dates())
def test_a_tie_holds_exactly_between_its_days(since: date | None, until: date | None, day: date) -> None:
    if since is not None and until is not None and until < since:
        with pytest.raises(InvalidError):
            Tie("resident", since, until)
        return

    assert Tie("resident", since, until).holds_on(day) is ((since or date.min) <= day <= (until or date.max))


def test_a_tie_may_last_one_day() -> None:
    assert Tie("supplier", FIRST, FIRST).holds_on(FIRST)


def test_a_tie_can_not_end_before_it_begins(faults_of: FaultsOf) -> None:
    problem = faults_of(lambda: Tie("employee", since=LAST, until=FIRST))["until"].problem

    assert "2024-02-01" in problem
    assert "2026-01-31" in problem


def test_an_end_is_not_measured_by_a_beginning_that_is_wrong_itself(faults_of: FaultsOf) -> None:
    wrong: Any = "2024"

    assert set(faults_of(lambda: Tie("employee", since=wrong, until=FIRST))) == {"since"}
    assert set(faults_of(lambda: Tie("employee", until=wrong))) == {"until"}
    assert list(faults_of(lambda: Tie("friend", since=wrong, until=wrong))) == ["kind", "since", "until"]


def test_an_unknown_tie_names_the_close_ones(faults_of: FaultsOf) -> None:
    assert "'shareholder'" in faults_of(lambda: Tie("share_holder"))["kind"].hint


def test_a_tie_is_asked_about_days_and_not_about_moments(faults_of: FaultsOf) -> None:
    assert "zone" in faults_of(lambda: Tie("bank").holds_on(datetime(2026, 1, 1)))["day"].hint
    assert Tie("bank").holds_on(Day(2026, 1, 1))


def test_a_tie_is_a_frozen_value() -> None:
    tie = Tie("employee", since=FIRST)

    assert pickle.loads(pickle.dumps(tie)) == tie == attrs.evolve(tie)
    assert hash(tie) == hash(Tie(TieKind.EMPLOYEE, FIRST))
    assert attrs.evolve(tie, until=LAST).until == LAST
    with pytest.raises(InvalidError):
        attrs.evolve(tie, until=FIRST - ONE_DAY)
