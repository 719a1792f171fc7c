"""Contribution: what the customer brings to the business, several things at once."""

from __future__ import annotations

from decimal import Decimal

import attrs

from khachhang.classifiers.policy import Policy, chosen, count, one_amount, to_amount
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Predicate, Rule, when
from khachhang.taxonomy import Contribution


@attrs.frozen(kw_only=True)
class ContributionPolicy(Policy):
    """Thresholds of `contribution`.

    Args:
        min_events: How many events of a kind make a contribution, itself included.
        profit_above: The net spend above which, itself not included, profit is brought; in the business's currency.
    """

    min_events: int = count(1)
    profit_above: Decimal = attrs.field(default=Decimal(0), converter=to_amount, metadata=one_amount())


def contributions(policy: ContributionPolicy) -> dict[Contribution, Predicate]:
    """For each contribution when it is made."""
    enough = policy.min_events
    kind = Contribution
    return {
        kind.IMPROVES_PRODUCT: (fact.feedback_count >= enough)
        | (fact.survey_count >= enough)
        | (fact.unresolved_complaint_count >= enough)
        | (fact.resolved_complaint_count >= enough),
        kind.SHAPES_STRATEGY: fact.survey_count >= enough,
        kind.GUIDES_EXPANSION: fact.expansion_response_count >= enough,
        kind.BRINGS_PROFIT: fact.spend > policy.profit_above,
        kind.SELLS_FOR_US: (fact.referral_count >= enough)
        | (fact.share_count >= enough)
        | (fact.positive_review_count >= enough),
        kind.STRENGTHENS_RELATIONSHIP: (fact.resolved_complaint_count >= enough) | (fact.answered_care_count >= enough),
        kind.MEASURES_VALUE: (fact.review_count >= enough) | (fact.scored_survey_count >= enough),
    }


def contribution(policy: ContributionPolicy | None = None) -> DecisionTable[Contribution]:
    """Every contribution that the customer makes.

    Args:
        policy: The thresholds; None for the defaults.

    Source: Khách hàng là gì?, vai trò của khách hàng đối với doanh nghiệp.
    """
    policy = chosen(policy, ContributionPolicy)
    rules: list[Rule[Contribution]] = [when(made).then(label) for label, made in contributions(policy).items()]
    return DecisionTable(
        name=Contribution.facet(),
        category=Contribution,
        rules=rules,
        hit=HitPolicy.COLLECT,
        source=Contribution.facet_source(),
    )
