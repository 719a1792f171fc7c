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
from typing import TYPE_CHECKING, Any, Final

import attrs
from cattrs.fns import identity

from khachhang.codec._spot import PLAIN, Mismatch, Spot
from khachhang.errors import Fault, InvalidError, a_kind_of, nearest
from khachhang.rules._reading import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from enum import StrEnum

    Quick = Callable[[Any, Any], Any]
    Schema = dict[str, Any]

END: Final = r"$(?!\n)"
"""The end of a text in the patterns of schemas, in Python's dialect as in that of JavaScript."""

_LARGEST: Final = 10**MAX_DIGITS
_LONGEST_NAME: Final = 60
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
    return error(f"{a_kind_of(value)} can not be written here", hint)


def hint_of_names(given: object, known: Iterable[str], what: str) -> str:
    """The known name that is spelt nearly as the given one, or all of them."""
    names = list(known)
    is_short = isinstance(given, str) and len(given) <= _LONGEST_NAME
    close = nearest(str(given), names) if is_short else []
    return f"did you mean {close[0]!r}?" if close else f"the {what} are {', '.join(map(repr, names))}"


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


class _AsItIs(Form):
    """A value that stands in documents as it is."""

    @property
    def writer(self) -> Callable[[Any], Any]:
        return identity

    def write(self, value: Any) -> Any:
        return value


class TextForm(_AsItIs):
    """A text as it is."""

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


class FlagForm(_AsItIs):
    """True or false."""

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, bool):
            return raw
        return spot.wrong(raw, "is neither true nor false", "write true or false, without quotes")

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return {"type": "boolean"}


class WholeForm(_AsItIs):
    """A whole number; ``31.0`` is one, as JSON knows no two kinds of numbers."""

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, float) and raw.is_integer():
            return int(raw)
        if isinstance(raw, int) and not isinstance(raw, bool):
            if -_LARGEST < raw < _LARGEST:
                return raw
            return spot.wrong(raw, "is too large", f"a number has at most {MAX_DIGITS} digits")
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
    text = str(amount)
    if len(text) <= MAX_DIGITS and _AMOUNT.fullmatch(text):
        return text
    digits = amount.as_tuple().exponent
    if isinstance(digits, int) and amount.adjusted() < MAX_DIGITS and digits > -MAX_DIGITS:
        text = f"{amount:f}"
        if len(text) <= MAX_DIGITS:
            return text
    raise error("an amount that is not finite or has too many digits", f"write at most {MAX_DIGITS} digits")


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
            if raw.__class__ is str and len(raw) <= MAX_DIGITS and ((raw.isdecimal() and raw.isascii()) or match(raw)):
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
        return value._value_  # `value` is a property, and slow

    def read(self, raw: Any, spot: Spot) -> Any:
        if isinstance(raw, self._kind):
            return raw
        found = self._members.get(raw) if type(raw) is str else None
        if found is None:
            return spot.wrong(raw, f"is no code of {self._kind.__name__}", hint_of_names(raw, self._members, "codes"))
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


class ValueForm(Form):
    """The value of a user's own fact: a truth value, a number, a text, or an amount as ``{"decimal": "19.90"}``."""

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
