"""Benefit: what the relation is worth to the seller."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import BenefitPolicy, benefit
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import Benefit

TABLE = benefit()
CALM: Any = {"unresolved_complaint_count": 0, "bought_count": 0, "negative_review_count": 0}
NO_HARM: Any = {"unresolved_complaint_count": 1, "bought_count": 9, "returned_share": 0.0, "negative_review_count": 1}
WISH: Any = {"has_need": True, "has_means": True, "taste_matches": True}


def buyer(count: int, last: int, **more: Any) -> Facts:
    return Facts(**(NO_HARM | {"purchase_count": count, "days_since_last_purchase": last, **more}))


EXAMPLES = {
    Benefit.NEGATIVE: buyer(9, 1, unresolved_complaint_count=2),
    Benefit.LOYAL: buyer(5, 365),
    Benefit.WALK_IN: buyer(1, 0),
    Benefit.POTENTIAL: Facts(purchase_count=0, **CALM, **WISH),
}


@pytest.mark.parametrize("label", Benefit)
def test_every_label_is_somebodys(label: Benefit) -> None:
    assert TABLE.classify(EXAMPLES[label]).label is label


@pytest.mark.parametrize(
    ("count", "last", "label"),
    [
        (1, 0, Benefit.WALK_IN),
        (1, 365, Benefit.WALK_IN),
        (1, 366, Benefit.POTENTIAL),
        (4, 0, Benefit.WALK_IN),
        (4, 365, Benefit.WALK_IN),
        (4, 366, Benefit.POTENTIAL),
        (5, 0, Benefit.LOYAL),
        (5, 365, Benefit.LOYAL),
        (5, 366, Benefit.POTENTIAL),
        (6, 364, Benefit.LOYAL),
        (500, 5_000, Benefit.POTENTIAL),
    ],
)
def test_purchases_and_their_age_decide(count: int, last: int, label: Benefit) -> None:
    assert TABLE.label(buyer(count, last)) is label


@pytest.mark.parametrize("wish", [WISH, {**WISH, "has_need": False}, {"has_need": False}, {}], ids=str)
def test_a_former_buyer_is_potential_whatever_is_known_of_the_needs(wish: Any) -> None:
    assert TABLE.label(buyer(3, 366, **wish)) is Benefit.POTENTIAL


@pytest.mark.parametrize("lacking", WISH)
def test_who_never_bought_and_lacks_one_of_the_three_matches_nothing(lacking: str) -> None:
    answer = TABLE.classify(Facts(purchase_count=0, **CALM, **(WISH | {lacking: False})))

    assert answer.outcome is Outcome.UNMATCHED
    assert answer.label is None
    assert not answer.candidates
    assert not answer.missing


@pytest.mark.parametrize("open_", WISH)
def test_while_one_of_the_three_is_not_known_potential_stays_possible(open_: str) -> None:
    answer = TABLE.classify(Facts(purchase_count=0, **CALM, **(WISH | {open_: None})))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {Benefit.POTENTIAL}
    assert answer.missing == (open_,)


@pytest.mark.parametrize(
    ("harm", "is_negative"),
    [
        ({"unresolved_complaint_count": 1}, False),
        ({"unresolved_complaint_count": 2}, True),
        ({"unresolved_complaint_count": 3}, True),
        ({"negative_review_count": 1}, False),
        ({"negative_review_count": 2}, True),
        ({"bought_count": 2, "returned_share": 0.4999999999999999}, False),
        ({"bought_count": 2, "returned_share": 0.5}, True),
        ({"bought_count": 2, "returned_share": 1.0}, True),
        ({"bought_count": 1, "returned_share": 1.0}, False),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("others", "label"),
    [
        ({"purchase_count": 9, "days_since_last_purchase": 1}, Benefit.LOYAL),
        ({"purchase_count": 1, "days_since_last_purchase": 1}, Benefit.WALK_IN),
        ({"purchase_count": 1, "days_since_last_purchase": 400}, Benefit.POTENTIAL),
        ({"purchase_count": 0, **WISH}, Benefit.POTENTIAL),
    ],
    ids=["loyal", "walk_in", "former", "prospect"],
)
def test_harm_goes_before_everything(harm: Any, is_negative: bool, others: Any, label: Benefit) -> None:
    facts = Facts(**(NO_HARM | {**others, **harm}))

    assert TABLE.label(facts) is (Benefit.NEGATIVE if is_negative else label)


def test_who_returned_everything_on_two_days_is_negative() -> None:
    facts = Facts(
        unresolved_complaint_count=0, negative_review_count=0, purchase_count=0, bought_count=2, returned_share=1.0
    )

    assert TABLE.label(facts) is Benefit.NEGATIVE


def test_while_a_sign_of_harm_is_not_known_negative_stays_possible() -> None:
    answer = TABLE.classify(buyer(5, 1, negative_review_count=None))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {Benefit.NEGATIVE, Benefit.LOYAL}
    assert answer.missing == ("negative_review_count",)


def test_one_sign_of_harm_is_enough_whatever_else_is_not_known() -> None:
    assert TABLE.label(Facts(negative_review_count=2)) is Benefit.NEGATIVE


def test_a_policy_switches_complaints_off() -> None:
    lenient = benefit(BenefitPolicy(complaints_count=False))

    assert lenient.label(buyer(5, 1, unresolved_complaint_count=9)) is Benefit.LOYAL
    assert lenient.label(buyer(5, 1, unresolved_complaint_count=None)) is Benefit.LOYAL
    assert lenient.label(buyer(5, 1, negative_review_count=2)) is Benefit.NEGATIVE
    assert "unresolved_complaint_count" not in lenient.needs


@pytest.mark.parametrize(
    ("policy", "facts", "label"),
    [
        (BenefitPolicy(loyal_min_purchases=2), buyer(2, 1), Benefit.LOYAL),
        (BenefitPolicy(loyal_min_purchases=6), buyer(5, 1), Benefit.WALK_IN),
        (BenefitPolicy(active_days=30), buyer(9, 31), Benefit.POTENTIAL),
        (BenefitPolicy(active_days=30), buyer(9, 30), Benefit.LOYAL),
        (BenefitPolicy(active_days=0), buyer(1, 0), Benefit.WALK_IN),
        (BenefitPolicy(negative_min_complaints=1), buyer(9, 1), Benefit.NEGATIVE),
        (BenefitPolicy(negative_min_reviews=1), buyer(9, 1), Benefit.NEGATIVE),
        (BenefitPolicy(negative_min_returned_share=0.2), buyer(9, 1, returned_share=0.2), Benefit.NEGATIVE),
        (BenefitPolicy(returns_min_purchases=10), buyer(9, 1, returned_share=1.0), Benefit.LOYAL),
    ],
)
def test_each_threshold_is_the_business_own(policy: BenefitPolicy, facts: Facts, label: Benefit) -> None:
    assert benefit(policy).label(facts) is label
