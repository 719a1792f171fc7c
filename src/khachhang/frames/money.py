"""Amounts as columns: brought to one form and one currency, and exact as long as the engine's own numbers are."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.entities._checks import DIGITS_AFTER_POINT
from khachhang.frames.column import Column, Form
from khachhang.frames.truth import expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.frames.events import Events, Settings

_INT64_DIGITS = 18
_DIGITS = 38
_ROOM = 2
"""Digits left free: PyArrow refuses a difference that could have more than 38."""


_OBJECT_STEP = Decimal(10**DIGITS_AFTER_POINT)


class Kind(Enum):
    """What all amounts of one table are."""

    WHOLE = auto()
    DECIMAL = auto()
    FLOAT = auto()
    OBJECT = auto()
    """Python's decimals, in pandas."""


@attrs.frozen(eq=False)
class Money:
    """The amounts of one table in one form.

    Args:
        kind: Which form.
        scale: For `Kind.DECIMAL` the digits after the point.
        digits: For `Kind.DECIMAL` how many digits there are.
    """

    events: Events
    settings: Settings
    kind: Kind
    scale: int = 0
    digits: int = 0

    @property
    def zero(self) -> Any:
        """Nothing, in this form."""
        zeros: dict[Kind, tuple[Any, Any]] = {
            Kind.WHOLE: (0, nw.Int64),
            Kind.DECIMAL: (Decimal(0), nw.Decimal(self.digits, self.scale)),
            Kind.FLOAT: (0.0, nw.Float64),
            Kind.OBJECT: (Decimal(0), None),
        }
        value, kind = zeros[self.kind]
        return nw.lit(value, dtype=kind)

    def value(self, field: str) -> nw.Expr:
        """A field's amounts; 0 where they are not known."""
        value = self.events.value(field)
        if self.kind is Kind.FLOAT:
            value = value.cast(nw.Float64)
        elif self.kind is Kind.DECIMAL and self.digits == _DIGITS - _ROOM:
            value = value.cast(nw.Decimal(self.digits, self.scale))
        unknown = self.events.unknown(field)
        return value if unknown is False else nw.when(~expression(unknown)).then(value).otherwise(self.zero)

    def rated(self, value: nw.Expr) -> tuple[nw.Expr, Kind]:
        """An amount in the business's currency, and what form it then has.

        Whole numbers at whole rates stay whole, and Python's decimals exact; everything else becomes floats.
        """
        rates = {code: rate for code, rate in self.settings.rates.items() if code != self.settings.currency}
        if not rates or not self.events.has("currency"):
            return value, self.kind
        exact = all(rate == int(rate) for rate in rates.values())
        kind = self.kind if self.kind is Kind.OBJECT or (self.kind is Kind.WHOLE and exact) else Kind.FLOAT
        if kind is Kind.FLOAT:
            value = value.cast(nw.Float64)
        made = value
        for code, rate in rates.items():
            factor: Any = rate if kind is Kind.OBJECT else int(rate) if kind is Kind.WHOLE else float(rate)
            made = nw.when(expression(self.events.is_one_of("currency", code))).then(value * factor).otherwise(made)
        return made, kind

    def in_units(self, value: nw.Expr, kind: Kind) -> nw.Expr:
        """An amount as a number whose sums are exact, for the ratio of two of them."""
        if kind is Kind.DECIMAL and self.digits <= _INT64_DIGITS:
            step = nw.lit(Decimal(10**self.scale), dtype=nw.Decimal(self.scale + 1, 0))
            return (value * step).cast(nw.Int64)
        return value * nw.lit(_OBJECT_STEP) if kind is Kind.OBJECT else value


def money(events: Events, settings: Settings, fields: Iterable[str]) -> Money:
    """The form in which these amounts can stand together."""
    columns = [place for field in fields if isinstance(place := events.entry.columns.get(field), Column)]
    forms = {(column.form, column.scale) for column in columns}
    kinds = {form for form, _ in forms}
    if kinds == {Form.OBJECTS}:
        return Money(events, settings, Kind.OBJECT)
    if forms == {(Form.UNITS, None)}:
        return Money(events, settings, Kind.WHOLE)
    if len(forms) == 1 and kinds == {Form.UNITS}:
        digits = min(max(len(str(column.high)) for column in columns), _DIGITS - _ROOM)
        return Money(events, settings, Kind.DECIMAL, next(iter(forms))[1] or 0, digits)
    return Money(events, settings, Kind.FLOAT)
