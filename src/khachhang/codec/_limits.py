"""What the classes check of a field beyond its type, for the JSON Schemas: ranges, and the notation of texts.

Policies and facts say it themselves; what the entities' own code checks is repeated here, and held against it by tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from khachhang.codec._forms import END, NO_LIMITS, Limits
from khachhang.entities._checks import DIGITS_AFTER_POINT, DIGITS_BEFORE_POINT
from khachhang.facts import Facts
from khachhang.facts.catalogue import VARIABLES

if TYPE_CHECKING:
    import attrs

_AMOUNT: Final = rf"0*[0-9]{{1,{DIGITS_BEFORE_POINT}}}(\.[0-9]{{1,{DIGITS_AFTER_POINT}}}0*)?"
_LARGEST: Final = 10**DIGITS_BEFORE_POINT - 1

_TEXT: Final = Limits(pattern=r"\S")
_CURRENCY: Final = Limits(pattern=rf"^[A-Z]{{3}}{END}")
_MONEY: Final = Limits(pattern=rf"^(\+?{_AMOUNT}|-0+(\.0+)?){END}", low=0, high=_LARGEST)
_ABOVE_0: Final = Limits(pattern=rf"^(?=.*[1-9])\+?{_AMOUNT}{END}", low=1, high=_LARGEST)
_STYLE: Final = Limits(low=0, high=100)

_OF_FIELDS: Final[dict[str, dict[str, Limits]]] = {
    "Business": {"name": _TEXT, "currency": _CURRENCY},
    "Contact": {"value": _TEXT},
    "Customer": {"id": _TEXT, "previous_brand": _TEXT},
    "Group": {"name": _TEXT},
    "Identifier": {"value": _TEXT},
    "Interaction": {"score": Limits(low=0, high=10)},
    "Organization": {"name": _TEXT},
    "Person": {"name": _TEXT, "occupation": _TEXT, "monthly_income": _MONEY, "investable_assets": _MONEY},
    "Persona": {"name": _TEXT, "wishes": Limits(least=1)},
    "Purchase": {
        "amount": _MONEY,
        "currency": _CURRENCY,
        "quantity": _ABOVE_0,
        "list_amount": _MONEY,
        "returned": _MONEY,
    },
    "Role": {"name": _TEXT},
    "Specialist": {"name": _TEXT},
    "StyleScores": dict.fromkeys(("dominance", "influence", "steadiness", "conscientiousness"), _STYLE),
    "Wish": {"weight": _ABOVE_0},
}


def limits_of(kind: type[Any], field: attrs.Attribute[Any]) -> Limits:
    """What is known to be checked of a field, beyond its type."""
    if kind is Facts and field.name in VARIABLES:
        variable = VARIABLES[field.name]
        return Limits(low=variable.low, high=variable.high)
    declared = {name: field.metadata[name] for name in ("low", "high", "length", "pattern") if name in field.metadata}
    return Limits(**declared) if declared else _OF_FIELDS.get(kind.__name__, {}).get(field.name, NO_LIMITS)
