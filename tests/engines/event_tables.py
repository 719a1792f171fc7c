"""Customers as tables of raw events, in Arrow."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa

from khachhang.entities import Customer, Group, Need, Organization, Person
from khachhang.taxonomy import PartyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_AMOUNT, _DAY, _TEXT, _SCORE, _FLAG = pa.decimal128(24, 6), pa.date32(), pa.string(), pa.float64(), pa.bool_()
WHOLE = pa.int64()
PURCHASES = {
    "customer_id": _TEXT, "day": _DAY, "amount": _AMOUNT, "currency": _TEXT, "list_amount": _AMOUNT,
    "returned": _AMOUNT, "purpose": _TEXT,
}  # fmt: skip
INTERACTIONS = {
    "customer_id": _TEXT, "day": _DAY, "kind": _TEXT, "topic": _TEXT, "score": _SCORE, "sentiment": _TEXT,
    "resolved_on": _DAY,
}  # fmt: skip
TIES = {"customer_id": _TEXT, "kind": _TEXT, "since": _DAY, "until": _DAY}
CUSTOMERS = {
    "customer_id": _TEXT, "party_kind": _TEXT, "organization_kind": _TEXT, "birth_date": _DAY, "gender": _TEXT,
    "occupation": _TEXT, "declared_capacity": _TEXT, "monthly_income": _AMOUNT, "investable_assets": _AMOUNT,
    "has_need": _FLAG, "has_means": _FLAG, "taste_matches": _FLAG, "is_interested": _FLAG, "dominance": _SCORE,
    "influence": _SCORE, "steadiness": _SCORE, "conscientiousness": _SCORE,
}  # fmt: skip


def table(rows: Sequence[dict[str, Any]], columns: dict[str, Any], *, whole: bool = False) -> Any:
    """Rows as a typed table; amounts as whole numbers where all are and it is asked for."""
    made = {}
    for name, kind in columns.items():
        values = [row.get(name) for row in rows]
        if whole and kind is _AMOUNT:
            values = [None if value is None else int(value) for value in values]
        plain = [str.__str__(value) if isinstance(value, str) else value for value in values]
        made[name] = pa.array(plain, WHOLE if whole and kind is _AMOUNT else kind)
    return pa.table(made)


def _events(customers: Iterable[Customer], field: str) -> list[dict[str, Any]]:
    return [
        {"customer_id": customer.id, **{name: getattr(event, name) for name in attrs.fields_dict(type(event))}}
        for customer in customers
        for event in getattr(customer, field) or ()
    ]


def _row(customer: Customer) -> dict[str, Any]:
    made: dict[str, Any] = {"customer_id": customer.id, "declared_capacity": customer.declared_capacity}
    made |= attrs.asdict(customer.need or Need())
    match customer.party:
        case Person() as person:
            names = ("birth_date", "gender", "occupation", "monthly_income", "investable_assets")
            made |= {"party_kind": PartyKind.PERSON, **{name: getattr(person, name) for name in names}}
            made |= {} if person.styles is None else attrs.asdict(person.styles)
        case Organization(kind=kind):
            made |= {"party_kind": PartyKind.ORGANIZATION, "organization_kind": kind}
        case Group():
            made["party_kind"] = PartyKind.GROUP
    return made


def tables(customers: Sequence[Customer], *, whole: bool = False) -> dict[str, Any]:
    """All four tables of these customers."""
    return {
        "purchases": table(_events(customers, "purchases"), PURCHASES, whole=whole),
        "interactions": table(_events(customers, "interactions"), INTERACTIONS),
        "ties": table(_events(customers, "ties"), TIES),
        "customers": table([_row(customer) for customer in customers], CUSTOMERS, whole=whole),
    }


def plain(value: Any) -> Any:
    """A fact's value as a table would give it."""
    if isinstance(value, str):
        return str.__str__(value)
    return float(value) if isinstance(value, Decimal) else value
