"""Tells Hypothesis how to make our entities: an entry point, called by Hypothesis itself when it is imported.

With it ``st.from_type(kh.Customer)`` and ``st.builds`` make what the testing kit makes, and nobody has to import the
kit. It is loaded when the first of them is made.
"""

from __future__ import annotations

import importlib
from functools import partial
from typing import Any

from khachhang.entities import (
    Business,
    Customer,
    Group,
    Interaction,
    Need,
    Organization,
    Person,
    Purchase,
    StyleScores,
    Tie,
)
from khachhang.facts import Facts

_STRATEGIES: dict[type[Any], str] = {
    Business: "party.businesses",
    Customer: "customer.customers",
    Facts: "record.facts",
    Group: "party.groups",
    Interaction: "activity.interactions",
    Need: "activity.needs",
    Organization: "party.organizations",
    Person: "party.persons",
    Purchase: "activity.purchases",
    StyleScores: "party.style_scores",
    Tie: "activity.ties",
}
"""For each class where in the kit its strategy stands."""


def register() -> None:
    """Register a strategy for every entity, and for records of facts."""
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415  # the core does without Hypothesis

    for kind, place in _STRATEGIES.items():
        register_type_strategy(kind, partial(_strategy, place))


def _strategy(place: str, _kind: type[Any]) -> Any:
    module, name = place.split(".")
    return getattr(importlib.import_module(f"khachhang.testing.{module}"), name)()
