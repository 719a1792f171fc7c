"""Variables: what a fact is called, of what type it is, what it can be, and when it has a value at all."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import Fault, PredicateError, repr_of, with_article
from khachhang.taxonomy import Category, Words

if TYPE_CHECKING:
    import builtins

    from khachhang.rules.predicate import Predicate

Value = int | float | Decimal | bool | str
"""What a fact holds once it is known; labels are strings."""

NUMBERS: tuple[type, ...] = (int, float, Decimal)
_MOST_DIGITS = 4_000
"""Numbers have no more: Python refuses to write whole numbers of many more, and amounts of more fill the memory."""
_MOST_BITS = 13_000

FLAGS = 32
"""In a record's packed Booleans bit n tells that flag n is not known to be false, bit n + `FLAGS` that it is true."""


class Change(StrEnum):
    """How a fact can change for one customer while time goes on and business is done."""

    FREE = "free"
    """Up, down, or to another value."""
    GROWS = "grows"
    """Only upwards: an age, a count of what has happened."""
    RESETS = "resets"
    """Grows by itself from day to day, and falls to 0 with a new event."""
    FIXED = "fixed"
    """Not at all."""


@attrs.frozen(eq=False)
class Variable:
    """One fact that rules can speak of. Variables compare by name, type and range.

    Args:
        name: What it is called in rules, in records and as a column.
        type: ``int`` (whole number), ``float`` (real number), ``Decimal`` (money), ``bool``, ``str``, or a `Category`.
        label: A noun phrase for people. For a Boolean fact, the sentence that is true when the fact is.
        negation: For a Boolean fact, the sentence that is true when the fact is not.
        unit: What the numbers count, for people; empty where there is nothing to say.
        low: The smallest possible number, itself possible; None where there is none.
        high: The largest possible number, itself possible; None where there is none.
        exists: Where this is false the fact has no value; None where it always has one.
        is_share: Whether people read it as per cent.
        is_private: Whether its value is personal and never shown.
        change: How it can change for one customer.
        derivation: How it follows from a customer's history; which ends are closed, and when it is not known.
        flag: The bit of a Boolean fact in the number in which records pack such facts; None where they do not.
    """

    name: str
    type: type[Any]
    label: Words = attrs.field(kw_only=True)
    negation: Words | None = attrs.field(kw_only=True, default=None)
    unit: Words | None = attrs.field(kw_only=True, default=None)
    low: int | float | Decimal | None = attrs.field(kw_only=True, default=None)
    high: int | float | Decimal | None = attrs.field(kw_only=True, default=None)
    exists: Predicate | None = attrs.field(kw_only=True, default=None)
    is_share: bool = attrs.field(kw_only=True, default=False)
    is_private: bool = attrs.field(kw_only=True, default=False)
    is_custom: bool = attrs.field(kw_only=True, default=False)
    change: Change = attrs.field(kw_only=True, default=Change.FREE)
    derivation: str = attrs.field(kw_only=True, default="")
    flag: int | None = attrs.field(kw_only=True, default=None, repr=False)

    @property
    def _key(self) -> tuple[object, ...]:
        return (self.name, self.type, self.low, self.high, self.is_custom)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return self._key == other._key if isinstance(other, Variable) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"<fact {self.name}>"

    @property
    def is_number(self) -> bool:
        """Whether the fact is ordered."""
        return self.type in NUMBERS

    @property
    def category(self) -> builtins.type[Category] | None:
        """The label set of a fact whose values are labels."""
        return self.type if issubclass(self.type, Category) else None

    def described(self) -> str:
        """What the fact holds, for error texts."""
        if self.category is not None:
            return f"{with_article(self.type.__name__)} ({', '.join(self.category)})"
        words = {int: "a whole number", float: "a number", Decimal: "an amount", bool: "True or False", str: "a text"}
        text = words[self.type]
        if self.low is not None and self.high is not None:
            return f"{text} from {self.low} to {self.high}"
        if self.low is not None:
            return f"{text} from {self.low}"
        return text if self.high is None else f"{text} up to {self.high}"

    def constant(self, value: object) -> Value:
        """A constant of a rule in the fact's own type.

        Args:
            value: The constant. A label must be a member of the fact's own label set; an amount is no float.

        Raises:
            PredicateError: If the constant is of another type, not known, or not a finite number.
        """
        if value is None:
            problem = f"{self.name}: a rule can not compare with None, which means not known"
            raise PredicateError(problem, "rules on facts that are not known stay open by themselves")
        made = self._read(value, codes=False, floor=False)
        if made is None:
            problem = f"{self.name}: {self._shown(value)} is not {self.described()}"
            raise PredicateError(problem, self._constant_hint(value))
        return made

    def _constant_hint(self, value: object) -> str:
        if self.category is not None:
            if isinstance(value, str) and value in list(self.category):
                return f"write {self.type.__name__}.{self.category(value).name}: labels are checked by their type"
            return f"use a member of {self.type.__name__}"
        if self.type is Decimal and isinstance(value, float):
            return "write an amount as a whole number, a string or a Decimal"
        return f"compare {self.name} with {self.described()}"

    def _shown(self, value: object) -> str:
        return "the value" if self.is_private else repr_of(value)

    def value(self, given: object) -> Value | None:
        """A value of the fact in its own type; NaN and None are not known.

        Args:
            given: The value. A label's code will do; a fraction of a whole-number fact is rounded down.

        Raises:
            ValueError: With a `Fault` as its argument, if it is of another type or outside the range.
        """
        if given is None or (isinstance(given, float) and math.isnan(given)):
            return None
        if isinstance(given, Decimal) and given.is_nan():
            return None
        made = self._read(given, codes=True, floor=True)
        if made is None:
            raise ValueError(Fault(self.name, f"{self._shown(given)} is not {self.described()}", self._hint(given)))
        if self.is_number and not self.holds(made):
            problem = f"{self._shown(given)} is outside what can be"
            raise ValueError(Fault(self.name, problem, f"{self.name} is {self.described()}"))
        return made

    def _hint(self, given: object) -> str:
        if self.type is Decimal and isinstance(given, float):
            return "give an amount as a whole number, a string or a Decimal"
        return f"give {self.described()}, or None where it is not known"

    def holds(self, number: Any) -> bool:
        """Whether a number lies in the fact's range, both ends included."""
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def _read(self, value: Any, *, codes: bool, floor: bool) -> Value | None:
        kind = self.type
        if kind is bool:
            return value if isinstance(value, bool) else None
        if isinstance(value, bool):
            return None
        if self.category is not None:
            return _label(self.category, value, codes=codes)
        if kind is str:
            return str(value) if isinstance(value, str) and not isinstance(value, Category) else None
        if kind is Decimal:
            return _amount(value)
        return _number(kind, value, floor=floor)


def _label(category: type[Category], value: object, *, codes: bool) -> Category | None:
    if isinstance(value, category):
        return value
    if codes and isinstance(value, str) and not isinstance(value, Category):
        return category._value2member_map_.get(value)  # type: ignore[return-value]  # members of this category only
    return None


def _amount(value: object) -> Decimal | None:
    if isinstance(value, (int, Decimal)):
        made = Decimal(value)
    elif isinstance(value, str) and not isinstance(value, Category):
        try:
            made = Decimal(value)
        except InvalidOperation:
            return None
    else:
        return None
    return made if is_ordinary(made) else None


def is_ordinary(number: float | Decimal) -> bool:
    """Whether a number is finite, and can be written in full."""
    if isinstance(number, int):
        return number.bit_length() <= _MOST_BITS
    if isinstance(number, Decimal):
        return number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS
    return math.isfinite(number)


def _number(kind: type[Any], value: Any, *, floor: bool) -> int | float | None:
    if not isinstance(value, NUMBERS):
        try:
            value = value.__index__()
        except (AttributeError, TypeError):
            return None
    if not is_ordinary(value):
        return None
    if kind is float:
        try:
            return float(value)
        except OverflowError:
            return None
    if isinstance(value, int):
        return int(value)
    return math.floor(value) if floor or value == math.floor(value) else None
