"""Subject: does one buy for oneself or for an organisation?"""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen, share
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, always, when
from khachhang.taxonomy import Capacity, PartyKind, Subject


@attrs.frozen(kw_only=True)
class SubjectPolicy(Policy):
    """Thresholds of `subject`.

    Args:
        business_min_share: The share of purchases for an organisation or for resale from which on, itself included, a
            person or group is a business customer.
    """

    business_min_share: float = share(0.5)


def subject(policy: SubjectPolicy | None = None) -> DecisionTable[Subject]:
    """Individual or business customer, by how one buys rather than what one is.

    An organisation is a business customer whatever it declares. For a person or a group a declaration decides, then the
    share of purchases; without either it is an individual customer.

    Args:
        policy: The thresholds; None for the defaults.

    Source: Khách hàng là gì?, theo tư cách chủ thể; Khách hàng cá nhân là gì?, phân biệt hai nhóm.
    """
    policy = chosen(policy, SubjectPolicy)
    return DecisionTable(
        name=Subject.facet(),
        category=Subject,
        rules=[
            when(fact.party_kind == PartyKind.ORGANIZATION).then(Subject.BUSINESS),
            when(fact.declared_capacity == Capacity.BUSINESS).then(Subject.BUSINESS),
            when(fact.declared_capacity == Capacity.INDIVIDUAL).then(Subject.INDIVIDUAL),
            when(fact.organization_share.exists & (fact.organization_share >= policy.business_min_share)).then(
                Subject.BUSINESS
            ),
            when(always).then(Subject.INDIVIDUAL),
        ],
        hit=HitPolicy.FIRST,
        source=Subject.facet_source(),
    )
