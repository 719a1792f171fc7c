"""Arguments of strategies: a value, a strategy for one, or nothing at all."""

from __future__ import annotations

from types import EllipsisType
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from khachhang.errors import Fault, InvalidError, repr_of
from khachhang.facts.derivation import check_day

if TYPE_CHECKING:
    from datetime import date

T = TypeVar("T")

Given: TypeAlias = T | SearchStrategy[T] | EllipsisType
"""A value to be kept, a strategy to be drawn from, or ``...`` for whatever the kit makes by itself."""


def chosen(given: object, default: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """The strategy for an argument."""
    if given is ...:
        return default
    return given if isinstance(given, SearchStrategy) else st.just(given)


_LARGEST = 10**6


def check_options(strategy: str, *, hostile: object, as_of: date | None = None) -> None:
    """An error where an option can not be meant, before anything is drawn or kept by it.

    Raises:
        InvalidError: Naming the option.
    """
    if not isinstance(hostile, bool):
        raise wrong(strategy, "hostile", hostile, "is neither True nor False", "give True or False")
    if as_of is not None:
        check_day(as_of, "03-01")


def check_size(strategy: str, field: str, given: object) -> None:
    """An error where something is no number of things.

    Raises:
        InvalidError: Naming the field.
    """
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= _LARGEST:
        raise wrong(strategy, field, given, "is no size", f"give a whole number from 0 to {_LARGEST}")


def wrong(strategy: str, field: str, given: object, problem: str, hint: str) -> InvalidError:
    """The error for an argument of a strategy."""
    return InvalidError(f"testing.{strategy}", [Fault(field, f"{repr_of(given)} {problem}", hint)])
