"""Contribution: what the customer brings, several things at once."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import ContributionPolicy, contribution
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import Contribution

TABLE = contribution()
Brings = Contribution
NOTHING: Any = {
    "feedback_count": 0,
    "survey_count": 0,
    "unresolved_complaint_count": 0,
    "resolved_complaint_count": 0,
    "expansion_response_count": 0,
    "spend": 0,
    "referral_count": 0,
    "share_count": 0,
    "positive_review_count": 0,
    "answered_care_count": 0,
    "review_count": 0,
    "scored_survey_count": 0,
}
# What each fact brings by itself.
BROUGHT = {
    "feedback_count": {Brings.IMPROVES_PRODUCT},
    "survey_count": {Brings.IMPROVES_PRODUCT, Brings.SHAPES_STRATEGY},
    "unresolved_complaint_count": {Brings.IMPROVES_PRODUCT},
    "resolved_complaint_count": {Brings.IMPROVES_PRODUCT, Brings.STRENGTHENS_RELATIONSHIP},
    "expansion_response_count": {Brings.GUIDES_EXPANSION},
    "spend": {Brings.BRINGS_PROFIT},
    "referral_count": {Brings.SELLS_FOR_US},
    "share_count": {Brings.SELLS_FOR_US},
    "positive_review_count": {Brings.SELLS_FOR_US},
    "answered_care_count": {Brings.STRENGTHENS_RELATIONSHIP},
    "review_count": {Brings.MEASURES_VALUE},
    "scored_survey_count": {Brings.MEASURES_VALUE},
}


def test_every_label_is_somebodys() -> None:
    assert set().union(*BROUGHT.values()) == set(Contribution)


@pytest.mark.parametrize("name", BROUGHT)
def test_each_fact_brings_its_own_and_nothing_else(name: str) -> None:
    answer = TABLE.classify(Facts(**(NOTHING | {name: 1})))

    assert answer.outcome is Outcome.MATCHED
    assert answer.labels == BROUGHT[name]


def test_who_brings_nothing_is_unmatched() -> None:
    assert TABLE.classify(Facts(**NOTHING)).outcome is Outcome.UNMATCHED


@pytest.mark.parametrize("name", BROUGHT)
def test_while_a_fact_is_not_known_its_contributions_stay_open(name: str) -> None:
    answer = TABLE.classify(Facts(**(NOTHING | {name: None})))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.labels == set()
    assert answer.candidates == BROUGHT[name]
    assert answer.missing == (name,)


def test_a_negative_review_measures_and_does_not_sell() -> None:
    facts = Facts(**(NOTHING | {"review_count": 1}), negative_review_count=1)

    assert TABLE.labels(facts) == {Brings.MEASURES_VALUE}


def test_the_primary_contribution_is_the_first_of_the_label_set() -> None:
    answer = TABLE.classify(Facts(**(NOTHING | {"spend": 5, "survey_count": 1})))

    assert answer.labels == {Brings.IMPROVES_PRODUCT, Brings.SHAPES_STRATEGY, Brings.BRINGS_PROFIT}
    assert answer.label is Brings.IMPROVES_PRODUCT


def test_the_least_of_profit_is_profit() -> None:
    assert TABLE.labels(Facts(**(NOTHING | {"spend": "0.000001"}))) == {Brings.BRINGS_PROFIT}


def test_the_thresholds_are_the_business_own() -> None:
    table = contribution(ContributionPolicy(min_events=2, profit_above="100"))

    assert table.labels(Facts(**(NOTHING | {"survey_count": 1, "spend": 100}))) == set()
    assert table.labels(Facts(**(NOTHING | {"referral_count": 2, "spend": "100.01"}))) == {
        Brings.SELLS_FOR_US,
        Brings.BRINGS_PROFIT,
    }
