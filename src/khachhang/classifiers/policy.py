"""Policies: the thresholds of a ready classifier, as fields that a business sets its own way.

A threshold says in its docstring which ends are closed. No number stands in a rule. The metadata of a field are its
check with the words for it, and where there are any the limits of its numbers (`low` and `high`, themselves possible),
the `length` of its list and the `pattern` of its text.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from khachhang.errors import Fault, InvalidError, PolicyError, repr_of
from khachhang.rules.variable import is_ordinary

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.taxonomy import Category

Check = tuple[str, "Callable[[Any], bool]"]


@attrs.frozen(kw_only=True)
class Policy:
    """The base of all policies: every field is checked on construction, and one error names all wrong ones."""

    def __attrs_post_init__(self) -> None:
        faults = [
            Fault(field.name, f"{repr_of(getattr(self, field.name))} is not {wanted}", f"give {wanted}")
            for field in attrs.fields(type(self))
            for wanted, check in [field.metadata["check"]]
            if not check(getattr(self, field.name))
        ]
        if faults:
            raise InvalidError(type(self).__name__, faults)


C = TypeVar("C")
P = TypeVar("P", bound=Policy)


def chosen(policy: P | None, kind: type[P]) -> P:
    """The policy that was given, or the default one.

    Raises:
        PolicyError: If it is the policy of another facet, or none at all.
    """
    if policy is None:
        return kind()
    if not isinstance(policy, kind):
        problem = f"{repr_of(policy)} is no {kind.__name__}"
        raise PolicyError(problem, f"give kh.classifiers.{kind.__name__}(...)")
    return policy


def _is_whole(value: Any, low: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= low and is_ordinary(value)


def count(default: int, low: int = 1) -> Any:
    """A number of events, at least `low`."""
    check: Check = (f"a whole number from {low}", lambda value: _is_whole(value, low))
    return attrs.field(default=default, metadata={"check": check, "low": low})


def days(default: int) -> Any:
    """A number of days, from 0."""
    return count(default, 0)


def share(default: float) -> Any:
    """A share, from 0 to 1, both included."""
    check: Check = ("a share from 0 to 1", lambda value: _is_real(value) and 0 <= value <= 1)
    return attrs.field(default=default, converter=_to_float, metadata={"check": check, "low": 0, "high": 1})


def gap(default: float) -> Any:
    """A mean number of days, from 0."""
    check: Check = ("a number of days from 0", lambda value: _is_real(value) and value >= 0)
    return attrs.field(default=default, converter=_to_float, metadata={"check": check, "low": 0})


def _to_float(value: float | Decimal) -> float:
    """The number as facts of its kind hold it; what is none is left as it is, for the policy to refuse."""
    return float(value) if isinstance(value, Decimal) and value.is_finite() else value  # type: ignore[return-value]


def _is_real(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    try:
        return math.isfinite(float(value))
    except (OverflowError, ValueError):
        return False


def switch(*, default: bool) -> Any:
    """A test that may be switched off."""
    check: Check = ("True or False", lambda value: isinstance(value, bool))
    return attrs.field(default=default, metadata={"check": check})


def members(kind: type[Category]) -> dict[str, Any]:
    """The metadata of a field that holds a set of labels; its converter uses `to_set`."""
    return {"check": (f"a set of {kind.__name__}", lambda value: all(isinstance(member, kind) for member in value))}


def to_set(values: Iterable[C]) -> frozenset[C]:
    """A set; what can be in none, or would hide an equal code of another kind, is left for the policy to refuse."""
    given: Any = to_tuple(values)
    made = given
    with contextlib.suppress(TypeError):
        distinct = frozenset(given)
        if len(distinct) == len({(type(each), each) for each in given}):
            made = distinct
    return made  # type: ignore[no-any-return]  # the check follows


def order(kind: type[Category]) -> dict[str, Any]:
    """The metadata of a field that holds labels, the highest first, none twice; its converter uses `to_tuple`."""

    def check(value: Any) -> bool:
        return all(isinstance(member, kind) for member in value) and len(set(value)) == len(value)

    return {"check": (f"an order of {kind.__name__}, each at most once", check)}


def to_tuple(values: Iterable[C]) -> tuple[C, ...]:
    """The values in their order; what is no collection is the one value of its own, for the policy to refuse."""
    single: Any = values
    return tuple(values) if isinstance(values, Iterable) and not isinstance(values, str) else (single,)


def one_amount() -> dict[str, Any]:
    """The metadata of a field that holds an amount of money, from 0; its converter is `to_amount`."""
    check: Check = ("an amount from 0", lambda value: isinstance(value, Decimal) and value.is_finite() and value >= 0)
    return {"check": check, "low": 0}


def rising_amounts(length: int) -> dict[str, Any]:
    """The metadata of a field that holds so many rising cut points in money; its converter is `to_amounts`."""

    def check(value: Any) -> bool:
        return (
            len(value) == length
            and all(isinstance(cut, Decimal) and cut.is_finite() and cut >= 0 for cut in value)
            and all(low < high for low, high in pairwise(value))
        )

    named: Check = (f"{length} rising amounts from 0 (whole numbers, strings or Decimals)", check)
    return {"check": named, "low": 0, "length": length}


def to_amounts(values: Iterable[Decimal | int | str]) -> tuple[Decimal, ...]:
    """Amounts as Decimals; what is none is left as it is, for the policy to refuse."""
    return tuple(to_amount(value) for value in to_tuple(values))


def to_amount(value: Decimal | int | str) -> Decimal:
    """An amount as a Decimal; what is none is left as it is, for the policy to refuse."""
    made: Any = value
    if isinstance(value, (int, str)) and not isinstance(value, bool):
        with contextlib.suppress(InvalidOperation):
            made = Decimal(value)
    return made  # type: ignore[no-any-return]  # the check follows


def currency() -> Any:
    """A currency's code."""

    def check(value: Any) -> bool:
        return isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()  # noqa: PLR2004  # ISO 4217

    named: Check = ("a code of three capital letters, such as 'VND'", check)
    return attrs.field(metadata={"check": named, "pattern": "^[A-Z]{3}$"})
