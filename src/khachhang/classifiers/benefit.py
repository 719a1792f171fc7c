"""Benefit: what the relation is worth to the seller."""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen, count, days, share, switch
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Rule, when
from khachhang.taxonomy import Benefit


@attrs.frozen(kw_only=True)
class BenefitPolicy(Policy):
    """Thresholds of `benefit`. Every bound is itself included.

    Args:
        loyal_min_purchases: Purchases from which on a customer is loyal.
        active_days: Days since the last purchase up to which a customer counts as buying.
        negative_min_complaints: Unresolved complaints from which on a customer is negative.
        complaints_count: Whether unresolved complaints count at all: an unanswered one can be the seller's fault.
        negative_min_returned_share: Share of spend returned from which on a customer is negative.
        returns_min_purchases: Days of buying from which on returns are looked at.
        negative_min_reviews: Negative reviews from which on a customer is negative.
    """

    loyal_min_purchases: int = count(5)
    active_days: int = days(365)
    negative_min_complaints: int = count(2)
    complaints_count: bool = switch(default=True)
    negative_min_returned_share: float = share(0.5)
    returns_min_purchases: int = count(2)
    negative_min_reviews: int = count(2)


def benefit(policy: BenefitPolicy | None = None) -> DecisionTable[Benefit]:
    """Negative, loyal, occasional or potential, the first that applies.

    A former buyer is potential whatever is known of the needs. One who never bought and lacks need, means or taste
    matches nothing.

    Args:
        policy: The thresholds; None for the defaults.

    Source: Khách hàng là gì?, dựa theo lợi ích mang lại.
    """
    policy = chosen(policy, BenefitPolicy)
    bought = fact.days_since_last_purchase.exists
    recent = fact.days_since_last_purchase <= policy.active_days
    rules: list[Rule[Benefit]] = []
    if policy.complaints_count:
        many = fact.unresolved_complaint_count >= policy.negative_min_complaints
        rules.append(when(many).then(Benefit.NEGATIVE))
    rules += [
        when(
            (fact.bought_count >= policy.returns_min_purchases)
            & (fact.returned_share >= policy.negative_min_returned_share)
        ).then(Benefit.NEGATIVE),
        when(fact.negative_review_count >= policy.negative_min_reviews).then(Benefit.NEGATIVE),
        when((fact.purchase_count >= policy.loyal_min_purchases) & recent).then(Benefit.LOYAL),
        when(bought & recent).then(Benefit.WALK_IN),
        when(bought & ~recent).then(Benefit.POTENTIAL),
        when(~bought & fact.has_need & fact.has_means & fact.taste_matches).then(Benefit.POTENTIAL),
    ]
    return DecisionTable(
        name=Benefit.facet(), category=Benefit, rules=rules, hit=HitPolicy.FIRST, source=Benefit.facet_source()
    )
