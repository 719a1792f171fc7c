"""Relationship type: the eight kinds of customer, several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.classifiers.policy import Policy, chosen, count, days, order, share, to_tuple
from khachhang.classifiers.side import is_internal
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, when
from khachhang.taxonomy import RelationshipType

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = (
    RelationshipType.INTERNAL,
    RelationshipType.INTERMEDIARY,
    RelationshipType.LOYAL,
    RelationshipType.DISCOUNT,
    RelationshipType.NEW,
    RelationshipType.FORMER,
    RelationshipType.POTENTIAL,
    RelationshipType.EXTERNAL,
)


def _types(given: Iterable[RelationshipType]) -> tuple[RelationshipType, ...]:
    return to_tuple(given)


@attrs.frozen(kw_only=True)
class RelationshipTypePolicy(Policy):
    """Thresholds of `relationship_type`. Every bound is itself included unless it says otherwise.

    Args:
        loyal_min_purchases: Purchases from which on a customer is loyal, and no longer new.
        active_days: Days since the last purchase up to which a customer counts as buying.
        loyal_below_discounted_share: Share of discounted purchases below which, itself not included, one can be loyal.
        new_days: Days since the first purchase up to which a customer is new.
        discount_min_purchases: Purchases from which on a customer can be a discount customer.
        discount_min_share: Share of discounted purchases from which on one is a discount customer.
        resale_min_share: Share of purchases for resale from which on one is an intermediary.
        priority: The labels from the highest down, for the primary one.
    """

    loyal_min_purchases: int = count(5)
    active_days: int = days(365)
    loyal_below_discounted_share: float = share(0.5)
    new_days: int = days(90)
    discount_min_purchases: int = count(2)
    discount_min_share: float = share(1.0)
    resale_min_share: float = share(0.5)
    priority: tuple[RelationshipType, ...] = attrs.field(
        default=_ORDER, converter=_types, metadata=order(RelationshipType)
    )


def relationship_type(policy: RelationshipTypePolicy | None = None) -> DecisionTable[RelationshipType]:
    """Every kind of customer that applies; a branch employee who resells is internal and an intermediary.

    Args:
        policy: The thresholds and the order of the labels; None for the defaults.

    Source: Khách hàng là gì?, tám kiểu khách hàng.
    """
    policy = chosen(policy, RelationshipTypePolicy)
    kind = RelationshipType
    count_ = fact.purchase_count
    bought = fact.days_since_last_purchase.exists
    recent = fact.days_since_last_purchase <= policy.active_days
    enough = count_ >= policy.loyal_min_purchases
    internal = is_internal()
    return DecisionTable(
        name=kind.facet(),
        category=kind,
        rules=[
            when(~bought & fact.has_need & fact.has_means & fact.taste_matches).then(kind.POTENTIAL),
            when(enough & recent & (fact.discounted_share < policy.loyal_below_discounted_share)).then(kind.LOYAL),
            when(bought & (fact.days_since_first_purchase <= policy.new_days) & ~enough).then(kind.NEW),
            when((count_ >= policy.discount_min_purchases) & (fact.discounted_share >= policy.discount_min_share)).then(
                kind.DISCOUNT
            ),
            when(bought & ~recent).then(kind.FORMER),
            when(internal).then(kind.INTERNAL),
            when(~internal).then(kind.EXTERNAL),
            when((bought & (fact.resale_share >= policy.resale_min_share)) | fact.tie_reseller).then(kind.INTERMEDIARY),
        ],
        hit=HitPolicy.COLLECT,
        priority=policy.priority,
        source=kind.facet_source(),
    )
