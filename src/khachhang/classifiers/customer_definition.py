"""What a customer is, by the six definitions that the sources cite."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from khachhang.classifiers.contribution import ContributionPolicy, contributions
from khachhang.classifiers.policy import Policy, chosen, count, one_amount, to_amount
from khachhang.classifiers.standing import StandingPolicy, shows_prospect
from khachhang.errors import UnknownNameError
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Predicate, Rule, when
from khachhang.rules.predicate import Or
from khachhang.taxonomy import CustomerDefinition

if TYPE_CHECKING:
    from khachhang.facts import Facts


@attrs.frozen(kw_only=True)
class CustomerDefinitionPolicy(Policy):
    """Thresholds of the six definitions. Every bound is itself included unless it says otherwise.

    Args:
        marketed_min: Campaigns and newsletters received from which on marketing is aimed at a party.
        habit_min_purchases: Purchases that make a habit.
        exchange_above: The net spend above which, itself not included, something was given in exchange.
        period_days: The stated period of Six Sigma, in days.
    """

    marketed_min: int = count(1)
    habit_min_purchases: int = count(2)
    exchange_above: Decimal = attrs.field(default=Decimal(0), converter=to_amount, metadata=one_amount())
    period_days: int = count(StandingPolicy().period_days, 0)


def customer_definition(policy: CustomerDefinitionPolicy | None = None) -> DecisionTable[CustomerDefinition]:
    """By which of the six definitions the party is a customer.

    Peters: a party that adds value in any of the ways of `Contribution`. Six Sigma: a party that deals within the
    period, bought before, or shows interest or prospect.

    Args:
        policy: The thresholds; None for the defaults.

    Source: Khách hàng là gì?, the definitions it cites.
    """
    policy = chosen(policy, CustomerDefinitionPolicy)
    definition = CustomerDefinition
    bought = fact.days_since_last_purchase.exists
    dealt = fact.days_since_last_dealing.exists & (fact.days_since_last_dealing <= policy.period_days)
    made = contributions(ContributionPolicy()).values()  # each of them one test, or several of which one is enough
    conditions: dict[CustomerDefinition, Predicate] = {
        definition.MARKETING: fact.campaign_count >= policy.marketed_min,
        definition.DRUCKER: fact.has_need & fact.is_interested,
        definition.PETERS: Or(tuple(dict.fromkeys(test for condition in made for test in condition.leaves()))),
        definition.SIX_SIGMA: dealt | bought | shows_prospect(),
        definition.EXCHANGE: fact.spend > policy.exchange_above,
        definition.HABIT: fact.purchase_count >= policy.habit_min_purchases,
    }
    rules: list[Rule[CustomerDefinition]] = [when(condition).then(label) for label, condition in conditions.items()]
    return DecisionTable(
        name=definition.facet(),
        category=definition,
        rules=rules,
        hit=HitPolicy.COLLECT,
        source=definition.facet_source(),
    )


def is_customer(
    facts: Facts, definition: CustomerDefinition | str, policy: CustomerDefinitionPolicy | None = None
) -> bool | None:
    """Whether the party is a customer by one of the six definitions.

    Args:
        facts: What is known of the party.
        definition: The definition or its code.
        policy: The thresholds; None for the defaults.

    Returns:
        True, False, or None where that is not known.

    Raises:
        UnknownNameError: If there is no such definition.

    >>> from khachhang.facts import Facts
    >>> is_customer(Facts(purchase_count=1), "habit")
    False
    """
    if not isinstance(definition, str) or definition not in list(CustomerDefinition):
        hint = f"the definitions are {', '.join(CustomerDefinition)}"
        raise UnknownNameError("definition of a customer", definition, (), hint)
    wanted = CustomerDefinition(definition)
    answer = customer_definition(policy).classify(facts)
    if wanted in answer.labels:
        return True
    return None if wanted in answer.candidates else False
