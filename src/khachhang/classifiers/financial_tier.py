"""Financial tier: by investable assets, for persons only."""

from __future__ import annotations

from decimal import Decimal  # noqa: TC003  # attrs.resolve_types looks for it here

import attrs

from khachhang.classifiers.bands import bands
from khachhang.classifiers.policy import Policy, chosen, currency, rising_amounts, to_amounts
from khachhang.errors import PolicyError
from khachhang.facts import DecisionTable, fact
from khachhang.taxonomy import FinancialTier


@attrs.frozen(kw_only=True)
class FinancialTierPolicy(Policy):
    """Cut points of `financial_tier`; there is no honest default in every currency.

    Args:
        cuts: Four rising amounts of investable assets, each the first of its tier. The last two are conventionally 1
            and 30 million US dollars.
        currency: The currency of the cuts.
    """

    cuts: tuple[Decimal, ...] = attrs.field(converter=to_amounts, metadata=rising_amounts(len(FinancialTier) - 1))
    currency: str = currency()


def financial_tier(policy: FinancialTierPolicy | None = None) -> DecisionTable[FinancialTier]:
    """The financial tier; none for an organisation or a group, or where the business counts in another currency.

    Args:
        policy: The cut points, ``[cut, next cut)``, and their currency.

    Raises:
        PolicyError: Without a policy.

    Source: Khách hàng cá nhân là gì?, theo bậc tài chính.
    """
    if policy is None:
        problem = "financial_tier: there are no cut points"
        raise PolicyError(problem, "give FinancialTierPolicy(cuts=[...], currency='VND')")
    policy = chosen(policy, FinancialTierPolicy)
    return bands(fact.investable_assets, policy.cuts, FinancialTier, currency=policy.currency)
