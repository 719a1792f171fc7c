"""What may stand in an argument of this room, beside what the entities' own checks say of dates, amounts and names."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeVar

from khachhang.entities._checks import Refused, to_amount
from khachhang.errors import PolicyError, a_kind_of
from khachhang.facts import DecisionTable, Facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.classifiers import Policy
    from khachhang.rules import Classifier

P = TypeVar("P", bound="Policy")

LONGEST_TERM = 1_200
"""A hundred years of months; beyond it a term is a slip of the pen."""

_RATE = "a rate lies from 0 to 1, both included: write 40% as '0.4', and 1% a month as '0.01'"
_RATE_DIGITS = 12


def chosen(policy: P | None, kind: type[P]) -> P:
    """The policy that was given, or the default one.

    Raises:
        PolicyError: If it is another policy, or none at all.
    """
    if policy is None:
        return kind()
    if not isinstance(policy, kind):
        problem = f"policy: {a_kind_of(policy)} is no {kind.__name__}"
        raise PolicyError(problem, f"give kh.advice.{kind.__name__}(...)")
    return policy


def to_months(value: object) -> int:
    """A whole number of months, from 1 to `LONGEST_TERM`."""
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_TERM:
        return int(value)
    raise Refused(value, "is no term", f"give a whole number of months from 1 to {LONGEST_TERM}")


def to_days(value: object) -> int:
    """A whole number of days, at least 1."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return int(value)
    raise Refused(value, "is no number of days", "give a whole number from 1, or None for no limit")


def to_rate(value: object) -> Decimal:
    """A rate from 0 to 1; a float is the decimal number that it prints as, for a rate is no money."""
    text = repr(value) if isinstance(value, float) else value
    if isinstance(text, bool) or not isinstance(text, (int, str, Decimal)):
        raise Refused(value, "is not a number", _RATE)
    try:
        rate = Decimal(text)
    except InvalidOperation:
        raise Refused(value, "is not a number", _RATE) from None
    if not (rate.is_finite() and 0 <= rate <= 1):
        raise Refused(value, "is out of range", _RATE)
    if rate.as_tuple().exponent < -_RATE_DIGITS:  # type: ignore[operator]  # that of a finite number is an int
        raise Refused(value, f"has more than {_RATE_DIGITS} digits after the point", "round it first")
    return abs(rate)


def to_facts(value: object) -> Facts:
    """A record of facts."""
    if isinstance(value, Facts):
        return value
    raise Refused(value, "is not a Facts", "make it first: kh.facts_of(customer, day), or kh.Facts(...)")


def to_weight(value: object) -> Decimal:
    """An exact number above 0."""
    number = to_amount(value)
    if number:
        return number
    raise Refused(value, "is not above 0", "a wish that does not count is left out")


def tables_of(classifiers: Iterable[Classifier[Any]]) -> tuple[DecisionTable[Any], ...]:
    """The classifiers, all of which must be tables.

    Raises:
        Refused: If one is none.
    """
    made = tuple(classifiers)
    for classifier in made:
        if not isinstance(classifier, DecisionTable):
            raise Refused(classifier, f"({classifier.name!r}) is no decision table", "leave it out of the template")
    return tuple(table for table in made if isinstance(table, DecisionTable))
