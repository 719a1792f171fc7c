"""Where a fact stands in a table, and how its column is compared with the constants of rules.

The meaning is that of `Facts`: a whole-number fact counts completed units, a real number is a float, an amount is
exact. Rather than converting the data, the constant is moved to where the column's own numbers pass it: `age >= 15` on
a column of fractions is `column >= 15`, and `age > 15` is `column >= 16`.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from enum import Enum, auto
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames.truth import conjunction, disjunction

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.frames.truth import Truth
    from khachhang.rules.variable import Variable

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_EXACT = Context(prec=100)
_DIGITS = 38
LIMIT = 2**63
"""What is too great for a whole number of 64 bits with a sign; its negative is the least that is not."""
_BEYOND = 10**40
"""More than any column holds."""


class Form(Enum):
    """How a column holds its values."""

    UNITS = auto()
    """Whole numbers; or decimals, which are whole numbers of the last digit."""
    FLOATS = auto()
    OBJECTS = auto()
    """Exact numbers of Python, as pandas holds them."""
    TEXTS = auto()
    FLAGS = auto()


@attrs.frozen(eq=False)
class Column:
    """One fact's column.

    Args:
        name: What it is called in the table.
        form: How it holds its values.
        nullable: Whether it may hold nulls.
        mask: Another column, true where the value is not known; None where the nulls themselves say so.
        low: For `Form.UNITS` the least number of units that it can hold, itself included.
        high: For `Form.UNITS` the greatest, itself included.
        scale: For decimals, and floats that stand for them, the digits after the point; else None.
    """

    name: str
    form: Form
    nullable: bool = True
    mask: str | None = None
    low: int = 0
    high: int = 0
    scale: int | None = None

    @property
    def value(self) -> nw.Expr:
        """The values; what stands where they are not known may be anything."""
        return nw.col(self.name)

    @property
    def unknown(self) -> Truth:
        """Where the fact is not known."""
        if not self.nullable:
            return False
        return self.value.is_null() if self.mask is None else nw.col(self.mask)

    @property
    def is_whole(self) -> bool:
        """Whether it holds whole numbers."""
        return self.form is Form.UNITS and self.scale is None

    @property
    def real(self) -> nw.Expr:
        """The values as floats."""
        return as_floats(self.value, are_whole=self.is_whole)

    def ordered(self, variable: Variable, sign: str, constant: Any) -> Truth:
        """The comparison of a number with a constant of the fact; where it is not known it may say anything."""
        if self.form is Form.UNITS:
            return self._passes(sign, *_units(variable, constant, self.scale or 0))
        if self.form is Form.FLOATS and variable.type is int:
            return self._passes(sign, constant, constant + 1)
        found: nw.Expr = _COMPARE[sign](self.value, constant if self.form is Form.OBJECTS else float(constant))
        return found

    def _passes(self, sign: str, least: int, above: int) -> Truth:  # one answer a case
        """A comparison, given the least number not below the constant, and the least above it."""
        if sign in {">", "<="}:
            least = above
        if sign in {">", ">="}:
            return self._from(least)
        if sign in {"<", "<="}:
            return self._below(least)
        if sign == "!=":
            return disjunction((self._below(least), self._from(above)))
        if above == least + 1 and self.form is Form.UNITS:
            return self.value == self.literal(least) if self.low <= least <= self.high else False
        return conjunction((self._from(least), self._below(above)))

    def _from(self, least: int) -> Truth:
        if self.form is Form.UNITS and not self.low < least <= self.high:
            return least <= self.low
        found: Truth = self.value >= self.literal(least)
        return found

    def _below(self, least: int) -> Truth:
        if self.form is Form.UNITS and not self.low < least <= self.high:
            return least > self.low
        found: Truth = self.value < self.literal(least)
        return found

    def literal(self, units: int) -> Any:
        """So many units, as they are compared with the column."""
        if self.form is Form.FLOATS:
            return least_float(units)
        if self.scale is None:
            return units
        # With its type: Ibis takes a bare decimal for one of three digits after the point, and rounds it.
        return nw.lit(Decimal(units).scaleb(-self.scale, _EXACT), dtype=nw.Decimal(_DIGITS, self.scale))


def _units(variable: Variable, constant: Any, scale: int) -> tuple[int, int]:
    """The least number of units that is not below the constant, and the least that is above it."""
    step: int = 10**scale
    if variable.type is int:
        return constant * step, (constant + 1) * step
    exact = Fraction(constant) * step
    if variable.type is Decimal:
        return math.ceil(exact), math.floor(exact) + 1

    if abs(exact) >= _BEYOND:
        return math.floor(exact), math.floor(exact) + 1

    def reached(end: float, holds: Callable[[float, float], bool]) -> int:
        """The least number of units on that side, as a float: it stands for whatever is nearest to it."""
        between = (Fraction(constant) + Fraction(math.nextafter(constant, end))) / 2
        nearest = math.ceil(between * step)
        return nearest if holds(float(Fraction(nearest, step)), constant) else nearest + 1

    return reached(-math.inf, ge), reached(math.inf, gt)


def as_floats(values: nw.Expr, *, are_whole: bool) -> nw.Expr:
    """Numbers as the floats nearest to them. Arrow does not cast whole numbers beyond 2**53, but divides them."""
    return (values / 1 if are_whole else values).cast(nw.Float64)


def least_float(units: int) -> float:
    """The least float that is not below a whole number: from 2**53 on not every one is a float itself."""
    try:
        nearest = float(units)
    except OverflowError:
        nearest = math.inf if units > 0 else -math.inf
    return nearest if nearest >= units else math.nextafter(nearest, math.inf)


@attrs.frozen(eq=False)
class Constant:
    """A fact that is the same for everybody: an assumption about a fact that the table does not have."""

    value: Any


Place: TypeAlias = "Column | Constant | None"
"""Where a fact is found; None where it is not known of anybody."""


def unknown(place: Place) -> Truth:
    """Where the fact is not known."""
    return True if place is None else False if isinstance(place, Constant) else place.unknown
