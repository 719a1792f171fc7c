"""Contacts between the customer and the business."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from khachhang.entities import Interaction
from khachhang.taxonomy import Channel, InteractionKind, Offering, Sentiment, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

DAY = date(2026, 3, 1)


def contact(**fields: Any) -> Interaction:
    values: dict[str, Any] = {"day": DAY, "kind": "complaint", **fields}
    return Interaction(**values)


def test_what_is_left_out_is_not_known() -> None:
    assert attrs.astuple(contact()) == (DAY, InteractionKind.COMPLAINT, None, None, None, None, None)


def test_codes_and_members_say_the_same() -> None:
    by_codes = Interaction(DAY, "survey", "chatbot", "expansion", 9, "positive", DAY)
    by_members = Interaction(
        DAY, InteractionKind.SURVEY, Channel.CHATBOT, Topic.EXPANSION, 9.0, Sentiment.POSITIVE, DAY
    )

    assert by_codes == by_members
    assert by_codes.channel is Channel.CHATBOT
    assert by_codes.topic is Topic.EXPANSION
    assert by_codes.sentiment is Sentiment.POSITIVE


@pytest.mark.parametrize("score", [0, 10, 0.0, 10.0, 7.5, Decimal("7.5"), Decimal(10)], ids=repr)
def test_a_score_reaches_from_0_to_10(score: Any) -> None:
    kept = contact(score=score).score

    assert type(kept) is float
    assert kept == float(score)


@pytest.mark.parametrize("score", [-1, -0.1, 10.1, 11, float("nan"), Decimal("NaN"), True, "7"], ids=repr)
def test_what_is_no_score_from_0_to_10_is_refused(score: Any, faults_of: FaultsOf) -> None:
    assert "from 0 to 10" in faults_of(lambda: contact(score=score))["score"].hint


def test_it_may_be_resolved_on_the_same_day_or_later() -> None:
    assert contact(resolved_on=DAY).resolved_on == DAY
    assert contact(resolved_on=date(2026, 3, 2)).resolved_on == date(2026, 3, 2)


def test_it_can_not_be_resolved_before_it_happened(faults_of: FaultsOf) -> None:
    problem = faults_of(lambda: contact(resolved_on=date(2026, 2, 28)))["resolved_on"].problem

    assert "2026-02-28" in problem
    assert "2026-03-01" in problem


def test_resolution_is_not_measured_by_a_day_that_is_wrong_itself(faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: contact(day="2026-03-01", resolved_on=DAY))) == {"day"}
    assert set(faults_of(lambda: contact(day=None, resolved_on=5))) == {"day", "resolved_on"}


@pytest.mark.parametrize("field", ["day", "resolved_on"])
def test_days_are_no_moments(field: str, faults_of: FaultsOf) -> None:
    assert "zone" in faults_of(lambda: contact(**{field: datetime(2026, 3, 1)}))[field].hint


def test_a_kind_is_needed(faults_of: FaultsOf) -> None:
    assert "'enquiry'" in faults_of(lambda: contact(kind=None))["kind"].hint
    assert faults_of(lambda: contact(kind="complain"))["kind"].hint == "did you mean 'complaint' or 'campaign'?"


def test_a_topic_is_no_offering_though_the_codes_are_equal(faults_of: FaultsOf) -> None:
    assert "Offering.SERVICE" in faults_of(lambda: contact(topic=Offering.SERVICE))["topic"].problem


def test_all_wrong_fields_of_an_interaction_come_together(faults_of: FaultsOf) -> None:
    faults = faults_of(
        lambda: contact(day=1, kind="", channel="fax", topic="?", score=11, sentiment="glad", resolved_on="")
    )

    assert list(faults) == [field.name for field in attrs.fields(Interaction)]


def test_an_interaction_is_a_frozen_value() -> None:
    interaction = contact(score=3, resolved_on=DAY)

    assert pickle.loads(pickle.dumps(interaction)) == interaction == attrs.evolve(interaction)
    assert hash(interaction) == hash(contact(score=3.0, resolved_on=DAY))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        interaction.day = DAY  # type: ignore[misc]  # it is frozen
