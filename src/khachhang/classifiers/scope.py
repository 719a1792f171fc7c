"""Scope: where the customer stands to the business, inside or outside, with its kinds."""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, when
from khachhang.taxonomy import OrganizationKind, PartyKind, Scope


@attrs.frozen(kw_only=True)
class ScopePolicy(Policy):
    """`scope` has no thresholds."""


def scope(policy: ScopePolicy | None = None) -> DecisionTable[Scope]:
    """The first kind that applies: inside ties, outside ties, the kind of organisation, the kind of party.

    The sources disagree on stakeholders. Decision: shareholders and other insiders are inside; residents and
    professional associations are outside.

    Args:
        policy: Without thresholds; None will do.

    Source: Khách hàng là gì?, khách hàng bên trong và bên ngoài.
    """
    chosen(policy, ScopePolicy)
    organization = fact.party_kind == PartyKind.ORGANIZATION
    kind = fact.organization_kind
    return DecisionTable(
        name=Scope.facet(),
        category=Scope,
        rules=[
            when(fact.tie_employee_of_department).then(Scope.DEPARTMENT),
            when(fact.tie_employee_of_branch).then(Scope.BRANCH),
            when(fact.tie_employee).then(Scope.EMPLOYEE),
            when(fact.tie_shareholder).then(Scope.SHAREHOLDER),
            when(fact.tie_other_insider).then(Scope.OTHER_INSIDER),
            when(fact.tie_supplier | fact.tie_bank | fact.tie_competitor | fact.tie_reseller).then(Scope.PARTNER),
            when(fact.tie_state_body).then(Scope.STATE_AGENCY),
            when(fact.tie_voluntary_organization).then(Scope.VOLUNTARY_ORGANIZATION),
            when(fact.tie_resident | fact.tie_professional_association).then(Scope.COMMUNITY),
            when(organization & (kind == OrganizationKind.STATE_AGENCY)).then(Scope.STATE_AGENCY),
            when(organization & (kind == OrganizationKind.VOLUNTARY_ORGANIZATION)).then(Scope.VOLUNTARY_ORGANIZATION),
            when(organization & (kind == OrganizationKind.PROFESSIONAL_ASSOCIATION)).then(Scope.COMMUNITY),
            when(organization).then(Scope.ORGANIZATION),
            when(~organization).then(Scope.INDIVIDUAL),
        ],
        hit=HitPolicy.FIRST,
        source=Scope.facet_source(),
    )
