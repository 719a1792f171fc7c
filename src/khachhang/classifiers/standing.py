"""Standing: does the customer deal with the business within a stated period?"""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen, days
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Predicate, always, when
from khachhang.taxonomy import Standing


@attrs.frozen(kw_only=True)
class StandingPolicy(Policy):
    """The period of `standing`.

    Args:
        period_days: Its length in days; it ends at the as-of date, and the dealing of this many days ago is inside.
    """

    period_days: int = days(365)


def deals_within(period_days: int) -> Predicate:
    """Whether there was a dealing within so many days; a purchase is enough, whatever is known of interactions."""
    bought = fact.days_since_last_purchase.exists & (fact.days_since_last_purchase <= period_days)
    dealt = fact.days_since_last_dealing.exists & (fact.days_since_last_dealing <= period_days)
    return bought | dealt


def shows_prospect() -> Predicate:
    """Whether there is interest, or any of need, means and taste."""
    return fact.is_interested | fact.has_need | fact.has_means | fact.taste_matches


def standing(policy: StandingPolicy | None = None) -> DecisionTable[Standing]:
    """Active, former, prospect or not a customer, the first that applies.

    An old enquiry alone makes nobody a customer.

    Args:
        policy: The period; None for the default.

    Source: Khách hàng là gì?, theo Six Sigma.
    """
    policy = chosen(policy, StandingPolicy)
    return DecisionTable(
        name=Standing.facet(),
        category=Standing,
        rules=[
            when(deals_within(policy.period_days)).then(Standing.ACTIVE),
            when(fact.days_since_last_purchase.exists).then(Standing.FORMER),
            when(shows_prospect()).then(Standing.PROSPECT),
            when(always).then(Standing.NOT_A_CUSTOMER),
        ],
        hit=HitPolicy.FIRST,
        source=Standing.facet_source(),
    )
