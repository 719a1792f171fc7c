"""What the tests share: every shipped table, and what the testing kit makes for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang import classifiers, testing
from khachhang.testing import AS_OF, businesses
from khachhang.testing._segments import free_axis, values_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.entities import Customer
    from khachhang.facts import DecisionTable, Facts
    from khachhang.rules.variable import Variable

__all__ = [
    "ASSET_CUTS",
    "AS_OF",
    "INCOME_CUTS",
    "MAKERS",
    "TABLES",
    "businesses",
    "complete_facts",
    "customers",
    "facts",
    "partly_known_facts",
    "values",
]

INCOME_CUTS = (5_000_000, 10_000_000, 20_000_000, 40_000_000)
ASSET_CUTS = (50_000_000, 500_000_000, 25_000_000_000, 750_000_000_000)
MAKERS: dict[str, Callable[[], DecisionTable[Any]]] = {
    "subject": classifiers.subject,
    "benefit": classifiers.benefit,
    "age_band": classifiers.age_band,
    "relationship_type": classifiers.relationship_type,
    "scope": classifiers.scope,
    "side": classifiers.side,
    "engagement": classifiers.engagement,
    "income_band": lambda: classifiers.income_band(classifiers.IncomeBandPolicy(cuts=INCOME_CUTS, currency="VND")),
    "personality": classifiers.personality,
    "financial_tier": lambda: classifiers.financial_tier(
        classifiers.FinancialTierPolicy(cuts=ASSET_CUTS, currency="VND")
    ),
    "standing": classifiers.standing,
    "contribution": classifiers.contribution,
    "customer_definition": classifiers.customer_definition,
}
"""How every shipped table is made, the money bands in dong; for tests of the making itself."""
TABLES: tuple[DecisionTable[Any], ...] = tuple(make() for make in MAKERS.values())
"""Every shipped table."""


def values(variable: Variable) -> SearchStrategy[Any]:
    """What one fact of the catalogue can be."""
    axis = free_axis(variable)
    return values_in(axis, axis.known)


def complete_facts() -> SearchStrategy[Facts]:
    """Everything known that has a value."""
    return testing.facts(complete=True)


def facts() -> SearchStrategy[Facts]:
    """Facts of which some may not be known, often at the edges of a shipped table."""
    at_edges = st.sampled_from(TABLES).flatmap(lambda table: testing.facts(table=table))
    return testing.facts() | at_edges


@st.composite
def partly_known_facts(draw: DrawFn) -> tuple[Facts, Facts]:
    """Complete facts, and the same with some of them not known."""
    complete = draw(complete_facts())
    names = sorted(complete.known())
    few = draw(st.lists(st.sampled_from(names), max_size=12))
    return complete, complete.changed(dict.fromkeys(few if draw(st.booleans()) else {*names} - {*few}))


def customers() -> SearchStrategy[Customer]:
    """Customers of the as-of date; some of what is recorded of them happens in the month after it."""
    parties = testing.persons() | testing.organizations() | testing.groups()
    return testing.customers(party=parties, as_of=AS_OF + timedelta(days=40))
