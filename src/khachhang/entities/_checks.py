"""What may stand in a field: each function turns a given value into the stored one, or refuses it.

A class calls them in a straight line, which costs little when all is well. Only when something was refused does it ask
again field by field, through `Faults`, so that one error says everything that is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Context, Decimal
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from khachhang.errors import Fault, InvalidError, nearest, with_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.taxonomy import Category

# 18 digits before the point and 6 after it are 24; Python's usual 28 then hold the sum of 10,000 such amounts exactly.
DIGITS_BEFORE_POINT: Final = 18
DIGITS_AFTER_POINT: Final = 6

_LIMIT: Final = 10**DIGITS_BEFORE_POINT
_LIMIT_OF_DECIMALS: Final = Decimal(_LIMIT)  # an int would be converted anew for each comparison
_STEP: Final = Decimal(1).scaleb(-DIGITS_AFTER_POINT)
_ZERO: Final = Decimal(0)
_EXACT: Final = Context(prec=DIGITS_BEFORE_POINT + DIGITS_AFTER_POINT, traps=[])
_PLAIN_DECIMAL: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LETTERS_OF_CURRENCY: Final = 3
_UNWRITABLE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LONGEST_SHOWN: Final = 60


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


C = TypeVar("C", bound="Category")
T = TypeVar("T")
D = TypeVar("D", bound=_Dated)


class Refused(Exception):  # noqa: N818  # it never leaves the room, and no caller may take it for an error of ours
    """A value that may not stand in a field. The problem never repeats the value: it may be personal."""

    def __init__(self, value: object, problem: str, hint: str, *, place: str = "") -> None:
        self.value = value
        self.problem = problem
        self.hint = hint
        self.place = place
        super().__init__(problem)

    @property
    def all(self) -> tuple[Refused, ...]:
        """Every refusal that this one stands for."""
        return (self,)


class _RefusedElements(Refused):
    def __init__(self, elements: tuple[Refused, ...]) -> None:
        self._elements = elements
        super().__init__(None, "has wrong elements", "")

    @property
    def all(self) -> tuple[Refused, ...]:
        return self._elements


class Faults:
    """Everything that is wrong with the fields of one object, in the order in which they are checked."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._faults: list[Fault] = []
        self._wrong: set[str] = set()

    def check(
        self, field: str, convert: Callable[..., object], value: object, *rest: object, personal: bool = False
    ) -> None:
        """Note what is wrong with the value of one field; a personal value never stands in the text."""
        try:
            convert(value, *rest)
        except Refused as refusal:
            for each in refusal.all:
                shown = "the value" if personal else show(each.value)
                self._faults.append(Fault(f"{field}{each.place}", f"{shown} {each.problem}", each.hint))
            self._wrong.add(field)

    def check_known(
        self, field: str, convert: Callable[..., object], value: object, *rest: object, personal: bool = False
    ) -> None:
        """The same for a field that may be None: not known."""
        if value is not None:
            self.check(field, convert, value, *rest, personal=personal)

    def passed(self, field: str) -> bool:
        """Whether nothing was wrong with a field checked before."""
        return field not in self._wrong

    def error(self) -> InvalidError:
        """The error that says it all."""
        return InvalidError(self._subject, self._faults)


def show(value: object) -> str:
    """The value as messages show it: in full where it is short and plain, else its type alone.

    A collection or an object of the user's may hold personal data, and so is not shown.
    """
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, (str, bytes, bool, int, float, Decimal, date)):
        try:
            text = str(value) if isinstance(value, (Decimal, date)) else repr(value)
        except ValueError:  # an int with more digits than Python agrees to write
            return f"an {type(value).__name__} of several thousand digits"
        return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return f"a value of type {type(value).__name__}"


def to_date(value: object) -> date:
    """A calendar day; a moment in time is refused, because its day depends on the time zone."""
    if type(value) is date:
        return value
    if isinstance(value, datetime):
        raise Refused(
            value,
            "is a moment in time, not a day",
            "one moment falls on two days in two time zones: take its day in the business's own zone, "
            "moment.astimezone(zone).date(), or moment.date() where it bears that zone's time already",
        )
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str):
        raise Refused(
            value,
            "is text, not a date",
            "03/04 is read in two ways, so read text yourself: date.fromisoformat('2026-01-05')",
        )
    raise Refused(value, "is not a date", "give a datetime.date, such as date(2026, 1, 5)")


def to_date_from(value: object, start: date | None) -> date:
    """A calendar day that is not before another; None where the other could not be read."""
    day = to_date(value)
    if start is None or day >= start:
        return day
    raise Refused(
        value,
        f"is before {start}, the day on which it began",
        "check whether the two days were exchanged; the same day is allowed",
    )


def to_amount(value: object) -> Decimal:
    """An amount from 0, exact: see `DIGITS_BEFORE_POINT` and `DIGITS_AFTER_POINT`."""
    if type(value) is int and 0 <= value < _LIMIT:
        return Decimal(value)
    number = value if type(value) is Decimal else _to_decimal(value)
    if (
        number.is_finite()
        and not number.is_signed()
        and number < _LIMIT_OF_DECIMALS
        and number.quantize(_STEP, None, _EXACT) == number
    ):
        return number
    if not number.is_finite():
        raise Refused(value, "is not a finite number", "None says that an amount is not known")
    if number.is_zero():  # minus zero, or a zero with a long tail
        return Decimal(0)
    if number.is_signed():
        raise Refused(
            value, "is below 0", "it is 0 or more; money paid back stands in the field returned of its purchase"
        )
    if number >= _LIMIT_OF_DECIMALS:
        raise Refused(
            value,
            f"has more than {DIGITS_BEFORE_POINT} digits before the point",
            "check the unit and the currency; amounts are below 10**18, so that their sums stay exact",
        )
    raise Refused(
        value,
        f"has more than {DIGITS_AFTER_POINT} digits after the point",
        "round it to the smallest unit of its currency first: amount.quantize(Decimal('0.01'))",
    )


def _to_decimal(value: object) -> Decimal:
    if isinstance(value, bool):
        raise Refused(value, "is a truth value, not a number", "write the number: 0 or 1")
    if isinstance(value, (int, Decimal)):
        return Decimal(value)
    if isinstance(value, float):
        raise Refused(
            value,
            "is a float, and floats are not exact",
            "write it as a string, '19.90', or as a decimal, Decimal('19.90')",
        )
    if isinstance(value, str):
        if _PLAIN_DECIMAL.fullmatch(value) is None:
            raise Refused(
                value,
                "is not in plain decimal notation",
                "write digits, and one point where there is a fraction: '2500000' or '19.90'",
            )
        return Decimal(str.__str__(value))
    raise Refused(value, "is not a number", "give a Decimal, an int or a string such as '19.90'")


def to_part(value: object, whole: Decimal | None) -> Decimal:
    """An amount up to another, which may be reached; None where the other could not be read."""
    if type(value) is int and value == 0:
        return _ZERO
    part = to_amount(value)
    if not part or whole is None or part <= whole:
        return part
    raise Refused(
        value,
        f"is more than the amount, {show(whole)}",
        "what comes back is at most what was paid for the line; split a refund of several purchases among them",
    )


def to_quantity(value: object) -> Decimal:
    """A number above 0, under the same bounds as an amount."""
    number = to_amount(value)
    if number:
        return number
    raise Refused(value, "is not above 0", "a purchase is of something: leave the quantity out where it is 1")


def to_currency(value: object) -> str:
    """Three capital letters, as in ISO 4217."""
    if (
        isinstance(value, str)
        and len(value) == _LETTERS_OF_CURRENCY
        and value.isascii()
        and value.isalpha()
        and value.isupper()
    ):
        return str.__str__(value)
    raise Refused(value, "is not a currency code", "give the three capital letters of ISO 4217: 'VND', 'USD'")


def to_name(value: object) -> str:
    """Text for people, in Unicode NFC, without white space at the ends."""
    if (
        type(value) is str
        and value
        and value.isprintable()
        and value[0] != " " != value[-1]
        and unicodedata.is_normalized("NFC", value)
    ):
        return value
    if not isinstance(value, str):
        raise Refused(value, "is not text", "give a string")
    text = unicodedata.normalize("NFC", str.__str__(value)).strip()
    _refuse_unwritable(text, value)
    if not _is_visible(text):
        raise Refused(value, "is empty", "give at least one visible character")
    return text


def to_id(value: object) -> str:
    """An identifier, kept exactly as it was given: it must go on meeting the same key elsewhere."""
    if type(value) is str and value and value.isprintable() and not value.isspace():
        return value
    if not isinstance(value, str):
        raise Refused(value, "is not text", "identifiers are strings, so that '007' stays '007': str(number)")
    text = str.__str__(value)
    _refuse_unwritable(text, value)
    if not _is_visible(text):
        raise Refused(value, "is empty", "give the identifier that your own records use")
    return text


def _is_visible(text: str) -> bool:
    return any(character.isprintable() and character != " " for character in text)


def _refuse_unwritable(text: str, value: object) -> None:
    if not text.isprintable() and any(unicodedata.category(character) in _UNWRITABLE for character in text):
        raise Refused(
            value,
            "has a control character or half a surrogate pair in it",
            "take out tabs and line breaks; where it comes from a file, check the encoding",
        )


def to_code(value: object, category: type[C]) -> C:
    """A member of a label set, from the member or its code."""
    if isinstance(value, category):
        return value
    if type(value) is str or (isinstance(value, str) and not isinstance(value, Enum)):
        try:
            return category(value)
        except ValueError:
            problem = f"is no code of {category.__name__}"
    else:
        problem = f"is not of {category.__name__}"
    known = [member.value for member in category]
    close = nearest(value.lower(), known) if isinstance(value, str) else []
    close_text, known_text = " or ".join(map(repr, close)), ", ".join(map(repr, known))
    raise Refused(
        value,
        problem,
        f"did you mean {close_text}?" if close else f"give a member of {category.__name__} or its code: {known_text}",
    )


def to_flag(value: object) -> bool:
    """True or False, and nothing that merely counts as such."""
    if value is True or value is False:
        return value
    raise Refused(value, "is neither True nor False", "give True, False, or None where it is not known")


def to_score(value: object, top: int) -> float:
    """A number from 0 to `top`, both included."""
    if type(value) is float and 0.0 <= value <= top:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise Refused(value, "is not a number", f"give an int, a float or a Decimal from 0 to {top}")
    if (isinstance(value, Decimal) and value.is_nan()) or not 0 <= value <= top:
        raise Refused(value, "is out of range", f"a score lies from 0 to {top}, both included; None where none")
    return float(value)


def to_instance(value: object, *kinds: type) -> object:
    """One of the named classes."""
    if isinstance(value, kinds):
        return value
    names = " or ".join(kind.__name__ for kind in kinds)
    raise Refused(value, f"is not {with_article(names)}", f"make one first: {kinds[0].__name__}(...)")


def gather(values: Iterable[T] | None) -> tuple[T, ...] | Iterable[T] | None:
    """What an iterator gives, once and for all, so that it can be looked at again; anything else as it is."""
    if values is None or type(values) is list or type(values) is tuple:
        return values
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        return values
    return tuple(values)


def to_tuple(values: object, kind: type[T]) -> tuple[T, ...]:
    """A tuple of objects of one class, in the given order."""
    if not isinstance(values, (list, tuple)):
        raise Refused(
            values,
            f"is not a collection of {kind.__name__}",
            f"give a list of {kind.__name__}; [] says that there is none, None that it is not known",
        )
    if set(map(type, values)) <= {kind}:
        return tuple(values)
    hint = f"make it first: {kind.__name__}(...)"
    wrong = tuple(
        Refused(value, f"is not {with_article(kind.__name__)}", hint, place=f"[{position}]")
        for position, value in enumerate(values)
        if not isinstance(value, kind)
    )
    if wrong:
        raise _RefusedElements(wrong)
    return tuple(values)


def to_history(values: object, kind: type[D]) -> tuple[D, ...]:
    """The same in the order of days; what fell on one day stays in the given order."""
    events = to_tuple(values, kind)
    return tuple(sorted(events, key=_day)) if len(events) > 1 else events


_day: Final = attrgetter("day")
