"""Arguments of strategies: a value, a strategy for one, or nothing at all."""

from __future__ import annotations

from types import EllipsisType
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

Given: TypeAlias = T | SearchStrategy[T] | EllipsisType
"""A value to be kept, a strategy to be drawn from, or ``...`` for whatever the kit makes by itself."""


def chosen(given: object, default: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """The strategy for an argument."""
    if given is ...:
        return default
    return given if isinstance(given, SearchStrategy) else st.just(given)
