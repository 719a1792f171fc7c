"""Amounts as columns: brought to one form and one currency, and exact as long as the engine's own numbers are."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.entities._checks import DIGITS_AFTER_POINT
from khachhang.frames.column import Column, Form, as_floats
from khachhang.frames.truth import expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.frames.events import Events, Settings

_DIGITS = 38
_ROOM = 2
"""Digits left free: PyArrow refuses a difference that could have more than 38."""
_WHOLE_FLOATS = 2**53
"""Below it floats hold every whole number."""


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
        scale: How many digits stand after the point; None where floats do not say.
        digits: For `Kind.DECIMAL` how many digits there are.
    """

    events: Events
    settings: Settings
    kind: Kind
    scale: int | None = 0
    digits: int = 0

    @property
    def _decimal(self) -> Any:
        return nw.Decimal(self.digits, self.scale or 0)

    @property
    def zero(self) -> Any:
        """Nothing, in this form."""
        match self.kind:
            case Kind.WHOLE:
                return nw.lit(0, dtype=nw.Int64)
            case Kind.DECIMAL:
                return nw.lit(Decimal(0), dtype=self._decimal)
            case Kind.FLOAT:
                return nw.lit(0.0, dtype=nw.Float64)
            case _:
                return nw.lit(Decimal(0))

    def value(self, field: str) -> nw.Expr:
        """A field's amounts; 0 where they are not known."""
        value = self.events.real(field) if self.kind is Kind.FLOAT else self.events.value(field)
        if self.kind is Kind.DECIMAL and self.digits == _DIGITS - _ROOM:
            value = value.cast(self._decimal)
        unknown = self.events.unknown(field)
        return value if unknown is False else nw.when(~expression(unknown)).then(value).otherwise(self.zero)

    def rated(self, value: nw.Expr) -> tuple[nw.Expr, Money]:
        """An amount in the business's currency, and what form it then has.

        Whole numbers at whole rates stay whole, and Python's decimals exact; everything else becomes floats.
        """
        rates = {code: rate for code, rate in self.settings.rates.items() if code != self.settings.currency}
        if not rates or not self.events.has("currency"):
            return value, self
        digits = max(max(0, -int(rate.normalize().as_tuple().exponent)) for rate in rates.values())
        whole = self.kind is Kind.WHOLE and not digits
        kind = self.kind if self.kind is Kind.OBJECT or whole else Kind.FLOAT
        if kind is Kind.FLOAT:
            value = as_floats(value, are_whole=self.kind is Kind.WHOLE)
        made = value
        for code, rate in rates.items():
            factor: Any = rate if kind is Kind.OBJECT else int(rate) if kind is Kind.WHOLE else float(rate)
            made = nw.when(expression(self.events.is_one_of("currency", code))).then(value * factor).otherwise(made)
        return made, attrs.evolve(self, kind=kind, scale=None if self.scale is None else self.scale + digits)

    def total(self, added: nw.Expr) -> nw.Expr:
        """A sum of amounts; floats that stand for decimals are brought back to the digits that these have."""
        if self.kind is not Kind.FLOAT or self.scale is None:
            return added
        exact = added.abs() < _WHOLE_FLOATS / 10**self.scale
        return nw.when(exact).then(added.round(self.scale)).otherwise(added)

    def units(self, added: nw.Expr) -> nw.Expr:
        """A sum of amounts as a whole number of the last digit, so that the ratio of two is rightly rounded."""
        number = as_floats(added, are_whole=self.kind is Kind.WHOLE)
        return (number * float(10**self.scale)).round() if self.scale else number


def money(events: Events, settings: Settings, fields: Iterable[str]) -> Money:
    """The form in which these amounts can stand together."""
    columns = [place for field in fields if isinstance(place := events.entry.columns.get(field), Column)]
    forms = {(column.form, column.scale) for column in columns}
    kinds = {form for form, _ in forms}
    if kinds == {Form.OBJECTS}:
        return Money(events, settings, Kind.OBJECT, DIGITS_AFTER_POINT)
    if forms == {(Form.UNITS, None)}:
        return Money(events, settings, Kind.WHOLE)
    if len(forms) == 1 and kinds == {Form.UNITS}:
        digits = min(max(len(str(column.high)) for column in columns), _DIGITS - _ROOM)
        return Money(events, settings, Kind.DECIMAL, next(iter(forms))[1], digits)
    scales = [0 if column.form is Form.UNITS and column.scale is None else column.scale for column in columns]
    known = [scale for scale in scales if scale is not None]
    return Money(events, settings, Kind.FLOAT, max(known, default=0) if len(known) == len(scales) else None)
