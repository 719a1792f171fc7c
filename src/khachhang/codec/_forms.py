"""Forms: how one value stands in a document, as text, number, list or object.

Each form knows four things: to write a value, to read it slowly, noting every fault with its place, to read it quickly
where nothing is wrong, and to say in a JSON Schema what it accepts.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import attrs
from cattrs.fns import identity

from khachhang.codec._spot import PLAIN, UNREAD, Mismatch, Spot
from khachhang.errors import Fault, InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Quick = Callable[[Any, Any], Any]
    Schema = dict[str, Any]

MAX_DIGITS: Final = 300
"""Digits of a whole number, and characters of an amount."""

END: Final = r"$(?!\n)"
"""The end of a text in the patterns of schemas, in Python's dialect as in that of JavaScript."""

_LARGEST: Final = 10**MAX_DIGITS
_AMOUNT: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DATE_LENGTH: Final = len("2026-01-05")


@attrs.frozen
class Limits:
    """What a class checks of a field beyond its type, as far as a JSON Schema can say it.

    Args:
        low: The smallest possible number, itself possible; for a list that of its entries.
        high: The largest possible number, itself possible.
        length: How many entries a list has.
        least: How many entries it has at least.
        pattern: What a text matches, or an amount written as text.
    """

    low: float | Decimal | None = None
    high: float | Decimal | None = None
    length: int | None = None
    least: int | None = None
    pattern: str | None = None

    def of_number(self) -> Schema:
        """As keywords for a number."""
        ends = {"minimum": self.low, "maximum": self.high}
        return {key: int(end) if end == int(end) else float(end) for key, end in ends.items() if end is not None}


NO_LIMITS: Final = Limits()


def error(problem: str, hint: str, field: str = "document") -> InvalidError:
    """The error that something can not be written."""
    return InvalidError("to_dict", [Fault(field, problem, hint)])


def unwritable(value: object, hint: str) -> InvalidError:
    """The error that an object has no form as data."""
    return error(f"a {type(value).__name__} can not be written here", hint)


def whole(values: Any) -> Any:
    """The values, or `UNREAD` where one of them could not be read."""
    return UNREAD if any(value is UNREAD for value in values) else values


class Definitions(dict[str, Any]):
    """The parts of a JSON Schema that others refer to, by name."""

    def refer(self, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to a part, which is made when it is first asked for."""
        if name not in self:
            self[name] = {}
            self[name] = make()
        return {"$ref": f"#/$defs/{name}"}


class Form(ABC):
    """How values of one type stand in documents."""

    @property
    def writer(self) -> Callable[[Any], Any]:
        """What writes a value; `cattrs.fns.identity` where it stands in the document as it is."""
        return self.write

    @abstractmethod
    def write(self, value: Any) -> Any:
        """The value as plain data.

        Raises:
            InvalidError: If no document can hold it.
        """

    @abstractmethod
    def read(self, raw: Any, spot: Spot) -> Any:
        """The value of plain data; `UNREAD` where it is wrong, and then its faults are noted."""

    def quick(self) -> Quick:
        """A function that does the same as `read`, and raises `Mismatch` or an error of ours where something is wrong.

        Its second argument, which cattrs wants, means nothing.
        """

        def hook(raw: Any, _kind: Any = None) -> Any:
            spot = Spot(PLAIN)
            value = self.read(raw, spot)
            if spot.faults:
                raise Mismatch
            return value

        return hook

    @abstractmethod
    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        """What a JSON Schema can say of it."""


class TextForm(Form):
    """A text as it is."""

    @property
    def writer(self) -> Callable[[Any], Any]:
        return identity

    def write(self, value: Any) -> Any:
        return value

    def read(self, raw: Any, spot: Spot) -> Any:
        return raw if isinstance(raw, str) else spot.wrong(raw, "is not a text", "write a text, in quotes")

    def quick(self) -> Quick:
        def hook(raw: Any, _kind: Any = None) -> Any:
            if isinstance(raw, str):
                return raw
            raise Mismatch

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return {"type": "string"} if limits.pattern is None else {"type": "string", "pattern": limits.pattern}


class FlagForm(Form):
    """True or false."""

    @property
    def writer(self) -> Callable[[Any], Any]:
        return identity

    def write(self, value: Any) -> Any:
        return value

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, bool):
            return raw
        return spot.wrong(raw, "is neither true nor false", "write true or false, without quotes")

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return {"type": "boolean"}


class WholeForm(Form):
    """A whole number; ``31.0`` is one, as JSON knows no two kinds of numbers."""

    @property
    def writer(self) -> Callable[[Any], Any]:
        return identity

    def write(self, value: Any) -> Any:
        return value

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, int) and not isinstance(raw, bool):
            if -_LARGEST < raw < _LARGEST:
                return raw
            return spot.wrong(raw, "is too large", f"a number has at most {MAX_DIGITS} digits")
        if isinstance(raw, float) and raw.is_integer():
            return int(raw)
        return spot.wrong(raw, "is not a whole number", "write a whole number, without quotes")

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return {"type": "integer", **limits.of_number()}


class RealForm(Form):
    """A real number that is not money, such as a share or a score."""

    def write(self, value: Any) -> Any:
        if not math.isfinite(value):
            raise error(f"{value} is not a finite number", "JSON has none; None says that it is not known")
        return value

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, float) and math.isfinite(raw):
            return raw
        if isinstance(raw, int) and not isinstance(raw, bool) and -_LARGEST < raw < _LARGEST:
            return raw
        if isinstance(raw, Decimal) and raw.is_finite():
            return float(raw)
        return spot.wrong(raw, "is not a finite number", "write a number, without quotes")

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return {"type": "number", **limits.of_number()}


def amount_text(amount: Decimal) -> str:
    """An amount in plain digits, zeros at the end included."""
    digits = amount.as_tuple()
    if not (amount.is_finite() and amount.adjusted() < MAX_DIGITS and int(digits.exponent) > -MAX_DIGITS):
        raise error("an amount that is not finite or has too many digits", f"write at most {MAX_DIGITS} digits")
    text = f"{amount:f}"
    if len(text) > MAX_DIGITS:
        raise error("an amount that has too many digits", f"write at most {MAX_DIGITS} digits")
    return text


class AmountForm(Form):
    """An exact number, as money is: a text of digits, or a whole number; never a number with a fraction."""

    _SCHEMA: Final = {"type": "string", "maxLength": MAX_DIGITS}
    _ANY: Final = rf"^[+-]?[0-9]+(\.[0-9]+)?{END}"
    _FROM_0: Final = rf"^(\+?[0-9]+(\.[0-9]+)?|-0+(\.0+)?){END}"

    def write(self, value: Any) -> Any:
        return amount_text(value)

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, Decimal):
            return raw
        if isinstance(raw, str):
            if len(raw) <= MAX_DIGITS and _AMOUNT.fullmatch(raw):
                return Decimal(raw)
            hint = "write digits, and one point where there is a fraction: '2500000' or '19.90'"
            return spot.wrong(raw, "is not in plain decimal notation", hint)
        if isinstance(raw, int) and not isinstance(raw, bool) and -_LARGEST < raw < _LARGEST:
            return Decimal(raw)
        if isinstance(raw, float):
            return spot.wrong(raw, "is a float, and floats are not exact", "write it in quotes, such as '19.90'")
        return spot.wrong(raw, "is not an amount", "write digits in quotes, such as '19.90', or a whole number")

    def quick(self) -> Quick:
        def hook(raw: Any, _kind: Any = None, match: Any = _AMOUNT.fullmatch) -> Any:
            if raw.__class__ is str and len(raw) <= MAX_DIGITS and match(raw):
                return Decimal(raw)
            if raw.__class__ is Decimal:
                return raw
            if raw.__class__ is int and -_LARGEST < raw < _LARGEST:
                return Decimal(raw)
            raise Mismatch

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        pattern = limits.pattern or (self._ANY if limits.low is None else self._FROM_0)
        return {"anyOf": [{**self._SCHEMA, "pattern": pattern}, {"type": "integer", **limits.of_number()}]}


class DateForm(Form):
    """A calendar day, as ``2026-01-05``."""

    def write(self, value: Any) -> Any:
        return value.isoformat()

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, str):
            day = _day(raw)
            if day is None:
                return spot.wrong(raw, "is not a date", "write year, month and day, as in '2026-01-05'")
            return day
        if isinstance(raw, date) and not isinstance(raw, datetime):
            return raw
        return spot.wrong(raw, "is not a date", "write it as a text, such as '2026-01-05', without time of day")

    def quick(self) -> Quick:
        def hook(raw: Any, _kind: Any = None, parse: Any = date.fromisoformat) -> Any:
            if raw.__class__ is str and len(raw) == _DATE_LENGTH and raw[4] == raw[7] == "-":
                try:
                    return parse(raw)
                except ValueError:
                    raise Mismatch from None
            if raw.__class__ is date:
                return raw
            raise Mismatch

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return {"type": "string", "format": "date", "pattern": rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{END}"}


def _day(text: str) -> date | None:
    """The day of a text in the one notation that is accepted; None where it is none."""
    if len(text) == _DATE_LENGTH and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    return None


class CodeForm(Form):
    """One of a closed set of codes: a label, an outcome, a hit policy."""

    def __init__(self, codes: type[StrEnum]) -> None:
        self._kind = codes
        self._members: dict[Any, Any] = {member.value: member for member in codes}

    def write(self, value: Any) -> Any:
        return value.value

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, self._kind):
            return raw
        found = self._members.get(raw) if type(raw) is str else None
        if found is None:
            hint = f"the codes are {', '.join(map(repr, self._members))}"
            return spot.wrong(raw, f"is no code of {self._kind.__name__}", hint)
        return found

    def quick(self) -> Quick:
        def hook(raw: Any, _kind: Any = None, members: Mapping[Any, Any] = self._members) -> Any:
            found = members.get(raw) if raw.__class__ is str else None
            if found is None:
                raise Mismatch
            return found

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return parts.refer(self._kind.__name__, lambda: {"enum": list(self._members)})


class MaybeForm(Form):
    """The value or null, which says that it is not known, or that there is none."""

    def __init__(self, form: Form) -> None:
        self.form = form

    @property
    def writer(self) -> Callable[[Any], Any]:
        return identity if self.form.writer is identity else self.write

    def write(self, value: Any) -> Any:
        return None if value is None else self.form.write(value)

    def read(self, raw: Any, spot: Spot) -> Any:
        return None if raw is None else self.form.read(raw, spot)

    def quick(self) -> Quick:
        inner = self.form.quick()

        def hook(raw: Any, _kind: Any = None) -> Any:
            return None if raw is None else inner(raw, None)

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        return {"anyOf": [self.form.schema(parts, limits), {"type": "null"}]}


class ListForm(Form):
    """Values in their order; kept as a tuple."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def write(self, value: Any) -> Any:
        return [*map(self.form.write, value)]

    def read(self, raw: Any, spot: Spot) -> Any:
        if not isinstance(raw, (list, tuple)):
            return spot.wrong_kind(raw, "a list", "write a list, an empty one where there is nothing")
        return whole(tuple([self.form.read(each, spot.at(place)) for place, each in enumerate(raw)]))

    def quick(self) -> Quick:
        inner = self.form.quick()

        def hook(raw: Any, _kind: Any = None) -> Any:
            if raw.__class__ is not list:
                raise Mismatch
            return tuple([inner(each, None) for each in raw])

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        ends = {"minItems": limits.least if limits.length is None else limits.length, "maxItems": limits.length}
        kept = {key: end for key, end in ends.items() if end is not None}
        return {"type": "array", "items": self.form.schema(parts, Limits(low=limits.low)), **kept}


class SetForm(ListForm):
    """Values without an order; written in the order of their label set, or of the alphabet."""

    def write(self, value: Any) -> Any:
        return super().write(sorted(value, key=lambda each: getattr(each, "rank", each)))

    def read(self, raw: Any, spot: Spot) -> Any:
        values = super().read(raw, spot)
        return values if values is UNREAD else frozenset(values)

    def quick(self) -> Quick:
        inner = super().quick()

        def hook(raw: Any, _kind: Any = None) -> Any:
            return frozenset(inner(raw, None))

        return hook


class MappingForm(Form):
    """Values by name."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def write(self, value: Any) -> Any:
        return {name: self.form.write(each) for name, each in value.items()}

    def read(self, raw: Any, spot: Spot) -> Any:
        if not isinstance(raw, dict):
            return spot.wrong_kind(raw, "an object", "write an object, an empty one where there is nothing")
        values = {name: self.form.read(each, spot.at(name)) for name, each in raw.items() if spot.is_name(name)}
        return UNREAD if whole(values.values()) is UNREAD or len(values) < len(raw) else values

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        return {"type": "object", "additionalProperties": self.form.schema(parts, limits)}


class ValueForm(Form):
    """The value of a fact of the user's own: a truth value, a number, a text, or an amount as ``{"decimal": "19.90"}``."""

    _DECIMAL: Final = "decimal"

    def write(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return {self._DECIMAL: amount_text(value)}
        if isinstance(value, float):
            return RealForm().write(value)
        return str(value) if isinstance(value, str) else value

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, (bool, str, Decimal)):
            return raw
        if isinstance(raw, (int, float)):
            return RealForm().read(raw, spot)
        if isinstance(raw, dict) and list(raw) == [self._DECIMAL]:
            return AmountForm().read(raw[self._DECIMAL], spot.at(self._DECIMAL))
        hint = 'write a text, a number, true, false, or an amount as {"decimal": "19.90"}'
        return spot.wrong_kind(raw, "a plain value", hint)

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        amount = {
            "type": "object",
            "properties": {self._DECIMAL: AmountForm().schema(parts, limits)},
            "required": [self._DECIMAL],
            "additionalProperties": False,
        }
        return {"anyOf": [{"type": ["boolean", "number", "string"]}, amount]}


class PairsForm(MappingForm):
    """Pairs of a name and a value, in documents an object."""

    def write(self, value: Any) -> Any:
        return super().write(dict(value))

    def read(self, raw: Any, spot: Spot) -> Any:
        values = super().read(raw, spot)
        return values if values is UNREAD else tuple(values.items())
