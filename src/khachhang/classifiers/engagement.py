"""Engagement: customer or client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.classifiers.policy import Policy, chosen, count, days, gap, members, to_set
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, always, when
from khachhang.taxonomy import Engagement, Industry

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_FOR_A_GAP = 2


def _industries(given: Iterable[Industry]) -> frozenset[Industry]:
    return to_set(given)


@attrs.frozen(kw_only=True)
class EngagementPolicy(Policy):
    """Thresholds of `engagement`. Every bound is itself included.

    Args:
        client_industries: Industries whose customers are clients.
        customer_industries: Industries whose customers are customers.
        client_min_purchases: Elsewhere, purchases from which on one can be a client.
        client_min_tenure_days: Elsewhere, days since the first purchase from which on one can be a client.
        client_min_mean_gap: Elsewhere, mean days between purchases from which on one can be a client; it stands in for
            the long selling cycle, which is not observed.
    """

    client_industries: frozenset[Industry] = attrs.field(
        default=Engagement.CLIENT.industries, converter=_industries, metadata=members(Industry)
    )
    customer_industries: frozenset[Industry] = attrs.field(
        default=Engagement.CUSTOMER.industries, converter=_industries, metadata=members(Industry)
    )
    client_min_purchases: int = count(3)
    client_min_tenure_days: int = days(365)
    client_min_mean_gap: float = gap(90)


def engagement(policy: EngagementPolicy | None = None) -> DecisionTable[Engagement]:
    """Customer or client: by the seller's industry, and where that says nothing by how one buys.

    Args:
        policy: The industries and thresholds; None for the defaults.

    Source: Khách hàng là gì?, Customer và Client.
    """
    policy = chosen(policy, EngagementPolicy)
    industry = fact.seller_industry
    return DecisionTable(
        name=Engagement.facet(),
        category=Engagement,
        rules=[
            when(industry.is_in(_ordered(policy.client_industries))).then(Engagement.CLIENT),
            when(industry.is_in(_ordered(policy.customer_industries))).then(Engagement.CUSTOMER),
            when(
                (fact.purchase_count >= max(policy.client_min_purchases, _LEAST_FOR_A_GAP))
                & (fact.days_since_first_purchase >= policy.client_min_tenure_days)
                & (fact.mean_purchase_gap >= policy.client_min_mean_gap)
            ).then(Engagement.CLIENT),
            when(always).then(Engagement.CUSTOMER),
        ],
        hit=HitPolicy.FIRST,
        source=Engagement.facet_source(),
    )


def _ordered(industries: frozenset[Industry]) -> list[Industry]:
    return sorted(industries, key=lambda industry: industry.rank)
