"""What a customer is, by the six definitions that the sources cite."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import CustomerDefinitionPolicy, customer_definition, is_customer
from khachhang.errors import UnknownNameError
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import CustomerDefinition, Standing

QUIET: Any = dict.fromkeys(
    (
        "feedback_count",
        "survey_count",
        "unresolved_complaint_count",
        "resolved_complaint_count",
        "expansion_response_count",
        "spend",
        "referral_count",
        "share_count",
        "positive_review_count",
        "answered_care_count",
        "review_count",
        "scored_survey_count",
    ),
    0,
)
NEVER: Any = {"purchase_count": 0, "dealing_count": 0}
NO_SIGNS: Any = {"is_interested": False, "has_need": False, "has_means": False, "taste_matches": False}

CASES = [
    ("marketing", Facts(campaign_count=1), True),
    ("marketing", Facts(campaign_count=0), False),
    ("marketing", Facts(), None),
    ("drucker", Facts(has_need=True, is_interested=True), True),
    ("drucker", Facts(has_need=True, is_interested=False), False),
    ("drucker", Facts(has_need=False), False),
    ("drucker", Facts(has_need=True), None),
    ("peters", Facts(referral_count=1), True),
    ("peters", Facts(spend=1), True),
    ("peters", Facts(**QUIET), False),
    ("peters", Facts(**(QUIET | {"review_count": None})), None),
    ("six_sigma", Facts(dealing_count=1, days_since_last_dealing=365), True),
    ("six_sigma", Facts(purchase_count=1, days_since_last_purchase=5_000), True),
    ("six_sigma", Facts(**NEVER, is_interested=True), True),
    ("six_sigma", Facts(**NEVER, **NO_SIGNS), False),
    ("six_sigma", Facts(purchase_count=0, dealing_count=1, days_since_last_dealing=366, **NO_SIGNS), False),
    ("six_sigma", Facts(**NEVER), None),
    ("exchange", Facts(spend="0.01"), True),
    ("exchange", Facts(spend=0), False),
    ("exchange", Facts(), None),
    ("habit", Facts(purchase_count=2), True),
    ("habit", Facts(purchase_count=1), False),
    ("habit", Facts(), None),
]


@pytest.mark.parametrize(("definition", "facts", "holds"), CASES)
def test_each_definition_says_yes_no_or_not_known(definition: str, facts: Facts, holds: bool | None) -> None:
    assert is_customer(facts, definition) is holds
    assert is_customer(facts, CustomerDefinition(definition)) is holds


def test_every_definition_has_all_three_answers_above() -> None:
    assert {(definition, holds) for definition, _, holds in CASES} == {
        (definition.value, holds) for definition in CustomerDefinition for holds in (True, False, None)
    }


def test_all_six_may_hold_at_once_and_none_may() -> None:
    table = customer_definition()
    everything = Facts(
        campaign_count=1, has_need=True, is_interested=True, spend=5, purchase_count=2, days_since_last_purchase=1
    )
    nothing = Facts(campaign_count=0, **QUIET, **NEVER, **NO_SIGNS)

    assert table.labels(everything) == set(CustomerDefinition)
    assert table.classify(nothing).outcome is Outcome.UNMATCHED


@pytest.mark.parametrize(
    ("policy", "definition", "facts"),
    [
        (CustomerDefinitionPolicy(marketed_min=2), "marketing", Facts(campaign_count=1)),
        (CustomerDefinitionPolicy(habit_min_purchases=3), "habit", Facts(purchase_count=2)),
        (CustomerDefinitionPolicy(exchange_above=10), "exchange", Facts(spend=10)),
        (
            CustomerDefinitionPolicy(period_days=30),
            "six_sigma",
            Facts(purchase_count=0, dealing_count=1, days_since_last_dealing=31, **NO_SIGNS),
        ),
    ],
)
def test_each_threshold_is_the_business_own(policy: CustomerDefinitionPolicy, definition: str, facts: Facts) -> None:
    assert is_customer(facts, definition) is True
    assert is_customer(facts, definition, policy) is False


@pytest.mark.parametrize("wrong", ["druker", "", None, 3, Standing.ACTIVE], ids=repr)
def test_another_definition_is_refused_with_the_six(wrong: Any) -> None:
    with pytest.raises(UnknownNameError, match="marketing, drucker, peters, six_sigma, exchange, habit"):
        is_customer(Facts(), wrong)
