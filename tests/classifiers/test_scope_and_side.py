"""Scope and side: inside the business or outside it, with the kinds and without."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import scope, side
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import OrganizationKind, Scope, Side, TieKind

SCOPE, SIDE = scope(), side()

# In the order in which they count: ties inside, ties outside.
BY_TIE = {
    TieKind.EMPLOYEE_OF_DEPARTMENT: Scope.DEPARTMENT,
    TieKind.EMPLOYEE_OF_BRANCH: Scope.BRANCH,
    TieKind.EMPLOYEE: Scope.EMPLOYEE,
    TieKind.SHAREHOLDER: Scope.SHAREHOLDER,
    TieKind.OTHER_INSIDER: Scope.OTHER_INSIDER,
    TieKind.SUPPLIER: Scope.PARTNER,
    TieKind.BANK: Scope.PARTNER,
    TieKind.COMPETITOR: Scope.PARTNER,
    TieKind.RESELLER: Scope.PARTNER,
    TieKind.STATE_BODY: Scope.STATE_AGENCY,
    TieKind.VOLUNTARY_ORGANIZATION: Scope.VOLUNTARY_ORGANIZATION,
    TieKind.RESIDENT: Scope.COMMUNITY,
    TieKind.PROFESSIONAL_ASSOCIATION: Scope.COMMUNITY,
}
BY_KIND = {
    OrganizationKind.COMPANY: Scope.ORGANIZATION,
    OrganizationKind.SHOP: Scope.ORGANIZATION,
    OrganizationKind.STATE_AGENCY: Scope.STATE_AGENCY,
    OrganizationKind.VOLUNTARY_ORGANIZATION: Scope.VOLUNTARY_ORGANIZATION,
    OrganizationKind.PROFESSIONAL_ASSOCIATION: Scope.COMMUNITY,
}
EXAMPLES = {
    **{label: Facts(party_kind="person", ties=[tie]) for tie, label in BY_TIE.items()},
    Scope.INDIVIDUAL: Facts(party_kind="person", ties=[]),
    Scope.ORGANIZATION: Facts(organization_kind="company", ties=[]),
}


@pytest.mark.parametrize("label", Scope)
def test_every_scope_is_somebodys(label: Scope) -> None:
    assert SCOPE.classify(EXAMPLES[label]).label is label


@pytest.mark.parametrize("party_kind", ["person", "group", "organization"])
@pytest.mark.parametrize("tie", TieKind)
def test_a_tie_decides_whatever_the_party_is(tie: TieKind, party_kind: Any) -> None:
    assert SCOPE.label(Facts(party_kind=party_kind, ties=[tie])) is BY_TIE[tie]


@pytest.mark.parametrize("kind", OrganizationKind)
def test_without_a_tie_the_kind_of_organisation_decides(kind: OrganizationKind) -> None:
    assert SCOPE.label(Facts(organization_kind=kind, ties=[])) is BY_KIND[kind]


@pytest.mark.parametrize("kind", ["person", "group"])
def test_a_person_or_a_group_without_a_tie_is_an_individual(kind: Any) -> None:
    assert SCOPE.label(Facts(party_kind=kind, ties=[])) is Scope.INDIVIDUAL


def test_ties_go_before_the_kind_of_organisation() -> None:
    assert SCOPE.label(Facts(organization_kind="state_agency", ties=["supplier"])) is Scope.PARTNER
    assert SCOPE.label(Facts(organization_kind="voluntary_organization", ties=["shareholder"])) is Scope.SHAREHOLDER


@pytest.mark.parametrize("place", range(len(BY_TIE) - 1))
def test_the_first_tie_of_the_order_counts(place: int) -> None:
    ordered = list(BY_TIE)

    assert SCOPE.label(Facts(ties=ordered[place:])) is BY_TIE[ordered[place]]


def test_an_organisation_of_unknown_kind_may_be_any() -> None:
    answer = SCOPE.classify(Facts(party_kind="organization", ties=[]))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(BY_KIND.values())
    assert answer.missing == ("organization_kind",)


def test_an_unknown_tie_that_ranks_higher_leaves_the_answer_open() -> None:
    answer = SCOPE.classify(Facts(tie_employee_of_department=False, tie_employee=True))
    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {Scope.BRANCH, Scope.EMPLOYEE}
    assert answer.missing == ("tie_employee_of_branch",)

    assert SCOPE.label(Facts(tie_employee_of_department=True)) is Scope.DEPARTMENT


@pytest.mark.parametrize("label", Side)
def test_every_side_is_somebodys(label: Side) -> None:
    examples = {Side.INTERNAL: Facts(ties=["other_insider"]), Side.EXTERNAL: Facts(ties=[])}

    assert SIDE.classify(examples[label]).label is label


@pytest.mark.parametrize("tie", TieKind)
def test_the_sides_are_the_two_halves_of_the_scopes(tie: TieKind) -> None:
    inside = {Scope.DEPARTMENT, Scope.BRANCH, Scope.EMPLOYEE, Scope.SHAREHOLDER, Scope.OTHER_INSIDER}
    facts = Facts(ties=[tie])

    assert SIDE.label(facts) is (Side.INTERNAL if SCOPE.label(facts) in inside else Side.EXTERNAL)


def test_both_sides_are_possible_while_a_tie_inside_is_not_known() -> None:
    answer = SIDE.classify(Facts(tie_employee=False, tie_bank=True))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(Side)
    assert answer.missing == (
        "tie_employee_of_department", "tie_employee_of_branch", "tie_shareholder", "tie_other_insider",
    )  # fmt: skip


def test_ties_outside_need_not_be_known() -> None:
    inside: Any = {f"tie_{kind.value}": False for kind in list(BY_TIE)[:5]}

    assert SIDE.label(Facts(**inside)) is Side.EXTERNAL
    assert SIDE.label(Facts(tie_shareholder=True)) is Side.INTERNAL
