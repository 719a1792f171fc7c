"""Standing: active, former, prospect, or not a customer, over a stated period."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import StandingPolicy, standing
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import Standing

TABLE = standing()
SIGNS = ["is_interested", "has_need", "has_means", "taste_matches"]
NO_SIGNS: Any = dict.fromkeys(SIGNS, False)
NEVER: Any = {"purchase_count": 0, "dealing_count": 0}


def dealt(bought: int | None, last_dealing: int | None, **more: Any) -> Facts:
    """Last bought and last dealt with so many days ago; None: never."""
    known: dict[str, Any] = {"purchase_count": 0 if bought is None else 1, "days_since_last_purchase": bought}
    known |= {"dealing_count": 0 if last_dealing is None else 2, "days_since_last_dealing": last_dealing}
    return Facts(**(known | {**more}))


EXAMPLES = {
    Standing.ACTIVE: dealt(365, 365),
    Standing.FORMER: dealt(366, 366),
    Standing.PROSPECT: dealt(None, None, is_interested=True),
    Standing.NOT_A_CUSTOMER: dealt(None, None, **NO_SIGNS),
}


@pytest.mark.parametrize("label", Standing)
def test_every_label_is_somebodys(label: Standing) -> None:
    assert TABLE.classify(EXAMPLES[label]).label is label


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        (dealt(0, 0), Standing.ACTIVE),
        (dealt(365, 365), Standing.ACTIVE),
        (dealt(366, 365), Standing.ACTIVE),
        (dealt(366, 366), Standing.FORMER),
        (dealt(5_000, 366, **NO_SIGNS), Standing.FORMER),
        (dealt(None, 365), Standing.ACTIVE),
        (dealt(None, 366, is_interested=True), Standing.PROSPECT),
        (dealt(None, 366, **NO_SIGNS), Standing.NOT_A_CUSTOMER),
        (dealt(None, None, **NO_SIGNS), Standing.NOT_A_CUSTOMER),
    ],
)
def test_the_last_dealing_decides_and_day_365_is_inside(facts: Facts, label: Standing) -> None:
    assert TABLE.label(facts) is label


@pytest.mark.parametrize("sign", SIGNS)
def test_one_sign_makes_a_prospect(sign: str) -> None:
    signs: dict[str, Any] = {**NO_SIGNS, sign: True}

    assert TABLE.label(Facts(**NEVER, **signs)) is Standing.PROSPECT


def test_a_purchase_in_the_period_is_enough_whatever_is_known_of_interactions() -> None:
    assert TABLE.label(Facts(purchase_count=1, days_since_last_purchase=365)) is Standing.ACTIVE


def test_after_an_old_purchase_unknown_interactions_leave_two_answers() -> None:
    answer = TABLE.classify(Facts(purchase_count=1, days_since_last_purchase=366))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {Standing.ACTIVE, Standing.FORMER}
    assert answer.missing == ("dealing_count", "days_since_last_dealing")


def test_while_a_sign_is_not_known_a_prospect_stays_possible() -> None:
    answer = TABLE.classify(Facts(**NEVER, **(NO_SIGNS | {"has_need": None})))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {Standing.PROSPECT, Standing.NOT_A_CUSTOMER}
    assert answer.missing == ("has_need",)


@pytest.mark.parametrize(("period", "label"), [(30, Standing.ACTIVE), (29, Standing.FORMER), (0, Standing.FORMER)])
def test_the_period_is_the_business_own(period: int, label: Standing) -> None:
    assert standing(StandingPolicy(period_days=period)).label(dealt(30, 30)) is label


def test_a_period_of_no_days_is_the_as_of_date_itself() -> None:
    assert standing(StandingPolicy(period_days=0)).label(dealt(0, 0)) is Standing.ACTIVE
