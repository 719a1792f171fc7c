"""Subject: individual or business customer, by how one buys."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import SubjectPolicy, subject
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import Subject

TABLE = subject()
BUYER: Any = {"declared_capacity": "undeclared", "purchase_count": 2}
EXAMPLES = {
    Subject.INDIVIDUAL: Facts(party_kind="person", **BUYER, organization_share=0.0),
    Subject.BUSINESS: Facts(party_kind="organization"),
}


@pytest.mark.parametrize("label", Subject)
def test_every_label_is_somebodys(label: Subject) -> None:
    assert TABLE.classify(EXAMPLES[label]).label is label


@pytest.mark.parametrize("capacity", ["individual", "business", "undeclared", None])
@pytest.mark.parametrize("share", [0.0, 1.0, None])
def test_an_organisation_is_a_business_whatever_it_declares_and_buys(capacity: Any, share: float | None) -> None:
    facts = Facts(party_kind="organization", declared_capacity=capacity, organization_share=share)

    assert TABLE.label(facts) is Subject.BUSINESS


@pytest.mark.parametrize("kind", ["person", "group"])
@pytest.mark.parametrize(
    ("share", "label"),
    [
        (0.0, Subject.INDIVIDUAL),
        (0.4999999999999999, Subject.INDIVIDUAL),
        (0.5, Subject.BUSINESS),
        (0.5000000000000001, Subject.BUSINESS),
        (1.0, Subject.BUSINESS),
    ],
)
def test_the_share_of_purchases_decides_for_a_person_and_a_group(kind: Any, share: float, label: Subject) -> None:
    assert TABLE.label(Facts(party_kind=kind, **BUYER, organization_share=share)) is label


@pytest.mark.parametrize("kind", ["person", "group"])
def test_a_declaration_wins_over_the_share(kind: Any) -> None:
    said_individual = Facts(party_kind=kind, declared_capacity="individual", purchase_count=2, organization_share=1.0)
    said_business = Facts(party_kind=kind, declared_capacity="business", purchase_count=2, organization_share=0.0)

    assert TABLE.label(said_individual) is Subject.INDIVIDUAL
    assert TABLE.label(said_business) is Subject.BUSINESS


@pytest.mark.parametrize("kind", ["person", "group"])
def test_who_bought_nothing_and_declared_nothing_is_an_individual(kind: Any) -> None:
    facts = Facts(party_kind=kind, declared_capacity="undeclared", purchase_count=0)

    assert TABLE.label(facts) is Subject.INDIVIDUAL


def test_while_the_purpose_is_not_known_both_stay_possible() -> None:
    answer = TABLE.classify(Facts(party_kind="person", **BUYER))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(Subject)
    assert answer.missing == ("organization_share",)


def test_while_the_declaration_is_not_known_it_may_overturn_the_share() -> None:
    answer = TABLE.classify(Facts(party_kind="person", purchase_count=2, organization_share=1.0))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.missing == ("declared_capacity",)


def test_a_declared_business_needs_no_kind_of_party() -> None:
    assert TABLE.label(Facts(declared_capacity="business")) is Subject.BUSINESS
    assert TABLE.classify(Facts(declared_capacity="individual")).missing == ("party_kind",)


def test_the_policy_moves_the_threshold() -> None:
    strict = subject(SubjectPolicy(business_min_share=1.0))
    facts = Facts(party_kind="person", **BUYER, organization_share=0.9999999999999999)

    assert strict.label(facts) is Subject.INDIVIDUAL
    assert TABLE.label(facts) is Subject.BUSINESS
