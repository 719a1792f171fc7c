"""Relationship type: the eight kinds of customer, several at once."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import RelationshipTypePolicy, relationship_type
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import RelationshipType, TieKind

TABLE = relationship_type()
Kind = RelationshipType
INSIDE = {TieKind.EMPLOYEE_OF_DEPARTMENT, TieKind.EMPLOYEE_OF_BRANCH, TieKind.EMPLOYEE, TieKind.SHAREHOLDER,
          TieKind.OTHER_INSIDER}  # fmt: skip
WISH: Any = {"has_need": True, "has_means": True, "taste_matches": True}


def buyer(count: int = 1, last: int = 100, first: int = 100, **more: Any) -> Facts:
    known: dict[str, Any] = {
        "purchase_count": count,
        "days_since_last_purchase": last,
        "days_since_first_purchase": first,
        "discounted_share": 0.0,
        "resale_share": 0.0,
        "ties": [],
    }
    return Facts(**(known | more))


EXAMPLES = {
    Kind.POTENTIAL: Facts(purchase_count=0, ties=[], **WISH),
    Kind.LOYAL: buyer(5),
    Kind.NEW: buyer(1, first=90),
    Kind.DISCOUNT: buyer(2, discounted_share=1.0),
    Kind.FORMER: buyer(1, last=366, first=366),
    Kind.INTERNAL: buyer(ties=["employee"]),
    Kind.EXTERNAL: buyer(),
    Kind.INTERMEDIARY: buyer(resale_share=0.5),
}


@pytest.mark.parametrize("label", Kind)
def test_every_label_is_somebodys(label: Kind) -> None:
    answer = TABLE.classify(EXAMPLES[label])

    assert answer.outcome is Outcome.MATCHED
    assert label in answer.labels


@pytest.mark.parametrize("label", Kind)
def test_every_label_is_somebodys_primary_one(label: Kind) -> None:
    assert TABLE.label(EXAMPLES[label]) is label


@pytest.mark.parametrize(
    ("facts", "label", "holds"),
    [
        (Facts(purchase_count=0, **WISH), Kind.POTENTIAL, True),
        (Facts(purchase_count=1, **WISH), Kind.POTENTIAL, False),
        (Facts(purchase_count=0, **(WISH | {"has_need": False})), Kind.POTENTIAL, False),
        (Facts(purchase_count=0, **(WISH | {"has_means": False})), Kind.POTENTIAL, False),
        (Facts(purchase_count=0, **(WISH | {"taste_matches": False})), Kind.POTENTIAL, False),
        (buyer(4), Kind.LOYAL, False),
        (buyer(5), Kind.LOYAL, True),
        (buyer(5, last=365, first=900), Kind.LOYAL, True),
        (buyer(5, last=366, first=900), Kind.LOYAL, False),
        (buyer(5, discounted_share=0.4999999999999999), Kind.LOYAL, True),
        (buyer(5, discounted_share=0.5), Kind.LOYAL, False),
        (buyer(1, first=0, last=0), Kind.NEW, True),
        (buyer(1, first=90), Kind.NEW, True),
        (buyer(1, first=91), Kind.NEW, False),
        (buyer(4, first=90), Kind.NEW, True),
        (buyer(5, first=90), Kind.NEW, False),
        (buyer(5, first=90, discounted_share=1.0), Kind.NEW, False),
        (buyer(1, discounted_share=1.0), Kind.DISCOUNT, False),
        (buyer(2, discounted_share=1.0), Kind.DISCOUNT, True),
        (buyer(2, discounted_share=0.9999999999999999), Kind.DISCOUNT, False),
        (buyer(2, discounted_share=1.0, last=999, first=999), Kind.DISCOUNT, True),
        (buyer(1, last=365, first=365), Kind.FORMER, False),
        (buyer(1, last=366, first=366), Kind.FORMER, True),
        (Facts(purchase_count=0), Kind.FORMER, False),
        (buyer(resale_share=0.4999999999999999), Kind.INTERMEDIARY, False),
        (buyer(resale_share=0.5), Kind.INTERMEDIARY, True),
        (buyer(resale_share=0.0, ties=["reseller"]), Kind.INTERMEDIARY, True),
        (Facts(purchase_count=0, ties=["reseller"]), Kind.INTERMEDIARY, True),
        (Facts(purchase_count=0, ties=[]), Kind.INTERMEDIARY, False),
    ],
)
def test_every_edge_of_every_kind(facts: Facts, label: Kind, holds: bool) -> None:
    answer = TABLE.classify(facts)

    assert (label in answer.labels) is holds
    assert (label in answer.candidates) is holds


@pytest.mark.parametrize("tie", TieKind)
def test_inside_ties_make_internal_and_everybody_else_is_external(tie: TieKind) -> None:
    labels = TABLE.labels(buyer(ties=[tie]))

    assert (Kind.INTERNAL in labels) is (tie in INSIDE)
    assert (Kind.EXTERNAL in labels) is (tie not in INSIDE)


def test_one_customer_carries_every_label_that_applies() -> None:
    clerk = buyer(1, first=90, last=10, ties=["employee_of_branch", "reseller"])

    assert TABLE.classify(clerk).labels == {Kind.INTERNAL, Kind.INTERMEDIARY, Kind.NEW}
    assert TABLE.label(clerk) is Kind.INTERNAL


def test_the_primary_label_is_the_highest_of_the_order() -> None:
    # From the highest down: internal, intermediary, loyal, discount, new, former, potential, external.
    assert TABLE.label(buyer(5, resale_share=1.0, ties=["reseller"])) is Kind.INTERMEDIARY
    assert TABLE.label(buyer(5, first=90)) is Kind.LOYAL
    assert TABLE.label(buyer(2, first=90, discounted_share=1.0)) is Kind.DISCOUNT
    assert TABLE.label(buyer(2, first=90)) is Kind.NEW
    assert TABLE.label(buyer(2, last=400, first=400, discounted_share=1.0)) is Kind.DISCOUNT
    assert TABLE.label(Facts(purchase_count=0, ties=[], has_need=False)) is Kind.EXTERNAL


def test_while_a_label_is_open_the_certain_ones_are_given_all_the_same() -> None:
    answer = TABLE.classify(buyer(5, resale_share=None))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.labels == {Kind.LOYAL, Kind.EXTERNAL}
    assert answer.candidates == {Kind.LOYAL, Kind.EXTERNAL, Kind.INTERMEDIARY}
    assert answer.missing == ("resale_share",)


def test_there_is_no_primary_label_while_a_higher_one_is_open() -> None:
    assert TABLE.classify(buyer(5, resale_share=None)).label is None


def test_there_is_a_primary_label_while_only_lower_ones_are_open() -> None:
    answer = TABLE.classify(buyer(1, first=90, ties=["employee", "reseller"], discounted_share=None))
    assert answer.label is Kind.INTERNAL
    assert answer.outcome is Outcome.MATCHED

    answer = TABLE.classify(buyer(5, ties=["employee"], discounted_share=None))
    assert answer.label is Kind.INTERNAL
    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {Kind.INTERNAL, Kind.LOYAL, Kind.DISCOUNT}


def test_unknown_ties_leave_inside_and_outside_open() -> None:
    answer = TABLE.classify(buyer(1, ties=None))

    assert answer.labels == set()
    assert answer.candidates == {Kind.INTERNAL, Kind.EXTERNAL, Kind.INTERMEDIARY}
    assert answer.label is None


def test_one_inside_tie_is_enough_whatever_the_others_are() -> None:
    answer = TABLE.classify(buyer(1, ties=None, tie_shareholder=True, tie_reseller=False))

    assert answer.outcome is Outcome.MATCHED
    assert answer.labels == {Kind.INTERNAL}


@pytest.mark.parametrize(
    ("policy", "facts", "label"),
    [
        (RelationshipTypePolicy(loyal_min_purchases=2), buyer(2), Kind.LOYAL),
        (RelationshipTypePolicy(active_days=99), buyer(1), Kind.FORMER),
        (RelationshipTypePolicy(active_days=366), buyer(5, last=366, first=366), Kind.LOYAL),
        (RelationshipTypePolicy(loyal_below_discounted_share=1.0), buyer(5, discounted_share=0.99), Kind.LOYAL),
        (RelationshipTypePolicy(new_days=100), buyer(1), Kind.NEW),
        (RelationshipTypePolicy(discount_min_purchases=1), buyer(1, discounted_share=1.0), Kind.DISCOUNT),
        (RelationshipTypePolicy(discount_min_share=0.5), buyer(2, discounted_share=0.5), Kind.DISCOUNT),
        (RelationshipTypePolicy(resale_min_share=0.1), buyer(1, resale_share=0.1), Kind.INTERMEDIARY),
    ],
)
def test_each_threshold_is_the_business_own(policy: RelationshipTypePolicy, facts: Facts, label: Kind) -> None:
    assert label not in TABLE.labels(facts)
    assert label in relationship_type(policy).labels(facts)


def test_enough_purchases_to_be_loyal_are_too_many_to_be_new() -> None:
    facts = buyer(2, first=10, last=10)

    assert Kind.NEW in TABLE.labels(facts)
    assert Kind.NEW not in relationship_type(RelationshipTypePolicy(loyal_min_purchases=2)).labels(facts)


def test_the_order_of_the_labels_is_the_business_own() -> None:
    table = relationship_type(RelationshipTypePolicy(priority=[Kind.EXTERNAL, Kind.NEW]))
    assert table.label(buyer(1, first=10)) is Kind.EXTERNAL

    # What the order leaves out follows in the order of the label set.
    assert table.label(buyer(1, first=10, ties=["employee", "reseller"])) is Kind.NEW
    assert table.label(buyer(5, ties=["employee", "reseller"])) is Kind.LOYAL
