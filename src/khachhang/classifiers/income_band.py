"""Income band: five groups by monthly income, for persons only."""

from __future__ import annotations

from decimal import Decimal  # noqa: TC003  # attrs.resolve_types looks for it here

import attrs

from khachhang.classifiers.bands import bands
from khachhang.classifiers.policy import Policy, chosen, currency, rising_amounts, to_amounts
from khachhang.errors import PolicyError
from khachhang.facts import DecisionTable, fact
from khachhang.taxonomy import IncomeBand


@attrs.frozen(kw_only=True)
class IncomeBandPolicy(Policy):
    """Cut points of `income_band`; there is no honest default.

    Args:
        cuts: Four rising monthly incomes, each the first of its band.
        currency: The currency of the cuts.
    """

    cuts: tuple[Decimal, ...] = attrs.field(converter=to_amounts, metadata=rising_amounts(len(IncomeBand) - 1))
    currency: str = currency()


def income_band(policy: IncomeBandPolicy | None = None) -> DecisionTable[IncomeBand]:
    """The income band; none for an organisation or a group, or where the business counts in another currency.

    Args:
        policy: The cut points, ``[cut, next cut)``, and their currency.

    Raises:
        PolicyError: Without a policy.

    Source: Khách hàng cá nhân là gì?, theo thu nhập; the five groups are those of household surveys.
    """
    if policy is None:
        problem = "income_band: there are no cut points"
        raise PolicyError(
            problem, "give IncomeBandPolicy(cuts=[...], currency='VND'), or fit the bands on a population"
        )
    policy = chosen(policy, IncomeBandPolicy)
    return bands(fact.monthly_income, policy.cuts, IncomeBand, currency=policy.currency)
