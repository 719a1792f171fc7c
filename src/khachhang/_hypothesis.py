"""Tells Hypothesis how to make our entities: an entry point, called by Hypothesis itself when it is imported.

With it ``st.from_type(kh.Customer)`` makes what the testing kit makes, and ``st.builds`` finds values for arguments of
our types and for the fields of our classes. Nobody has to import the kit: it is loaded when it is first needed.
"""

from __future__ import annotations

import importlib
from decimal import Decimal
from functools import partial
from typing import Any, NewType

import attrs

from khachhang.entities import (
    Business,
    Contact,
    Customer,
    Group,
    Identifier,
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
    Contact: "identity.contacts",
    Customer: "customer.customers",
    Facts: "record.facts",
    Group: "party.groups",
    Identifier: "identity.identifiers",
    Interaction: "activity.interactions",
    Need: "activity.needs",
    Organization: "party.organizations",
    Person: "party.persons",
    Purchase: "activity.purchases",
    StyleScores: "party.style_scores",
    Tie: "activity.ties",
}
"""For each class where in the kit its strategy stands."""


Name = NewType("Name", str)
"""A text that may be a name or an identifier."""
Amount = NewType("Amount", Decimal)
"""An amount of money."""
Score = NewType("Score", float)
"""A number from 0 to 100."""

_FIELDS: dict[Any, tuple[str, tuple[tuple[type[Any], str], ...]]] = {
    Name: ("party.people", ((Customer, "id"), (Person, "name"), (Organization, "name"), (Group, "name"),
                            (Business, "name"), (Identifier, "value"), (Contact, "value"))),
    Amount: ("party.amounts", ((Purchase, "amount"),)),
    Score: ("party.scores", tuple((StyleScores, field.name) for field in attrs.fields(StyleScores))),
}  # fmt: skip
"""The fields that can not be left out and take not every value of their type."""


def register() -> None:
    """Register a strategy for every entity, and for records of facts."""
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415  # the core does without Hypothesis

    for kind, place in _STRATEGIES.items():
        register_type_strategy(kind, partial(_strategy, place))
        if kind is not Facts:
            attrs.resolve_types(kind)  # Hypothesis reads no types that are texts
    for kind, (place, fields) in _FIELDS.items():
        register_type_strategy(kind, partial(_strategy, place))
        for owner, name in fields:
            field = getattr(attrs.fields(owner), name)
            object.__setattr__(field, "type", kind)  # as attrs.resolve_types does; to all others it is the same type


def _strategy(place: str, _kind: type[Any]) -> Any:
    module, name = place.split(".")
    return getattr(importlib.import_module(f"khachhang.testing.{module}"), name)()
