"""What somebody typed, and how it is refused without being shown."""

from __future__ import annotations

from stdnum.util import clean, isdigits

from khachhang.errors import Fault, InvalidError


def refusal(subject: str, problem: str, hint: str, *, field: str = "number") -> InvalidError:
    """The error for one value, which stays unsaid."""
    return InvalidError(subject, [Fault(field, f"the value {problem}", hint)])


def text(value: object, subject: str, *, field: str = "number") -> str:
    """The value, if it is text.

    Raises:
        InvalidError: If it is not.
    """
    if isinstance(value, str):
        return value.strip()
    raise refusal(subject, "is not text", "give a string: a number would lose its leading zeros", field=field)


def digits(value: object, subject: str) -> str:
    """Digits alone, without the spaces, dots and dashes between them.

    Raises:
        InvalidError: If there is anything else.
    """
    number: str = clean(text(value, subject), " -.")
    if isdigits(number):
        return number
    raise refusal(subject, "has something else than digits in it", "give digits; spaces, dots and dashes may part them")
