"""Values that nobody means: a fixed list of them, and a strategy for many more."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

import khachhang as kh


class Own(Exception):  # noqa: N818  # what an object of the caller's raises, which is no error of the library's
    """Passes through the library as it is: it says what is wrong with the caller's own code."""


class Mute:
    """An object that can not even be shown."""

    def __repr__(self) -> str:
        raise Own


class Rude(Mute):
    """An object that answers to nothing."""

    __hash__ = None  # type: ignore[assignment]  # equal objects would have equal hashes

    def __eq__(self, _other: object) -> bool:
        raise Own

    def __bool__(self) -> bool:
        raise Own

    def __len__(self) -> int:
        raise Own

    def __iter__(self) -> Any:
        raise Own

    def __getattr__(self, name: str) -> Any:
        raise Own


class Unhashable(Mute):
    """An object whose hash raises."""

    def __hash__(self) -> int:
        raise Own


class Sly(str):
    """A text whose comparisons raise."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise Own


class Whole(int):
    """A number of a class of its own."""


class Day(date):
    """A date of a class of its own."""


def nested(depth: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


def cyclic() -> list[Any]:
    made: list[Any] = []
    made.append(made)
    return made


def cyclic_mapping() -> dict[str, Any]:
    made: dict[str, Any] = {}
    made["age"] = made
    return made


ODD: dict[str, Any] = {
    "none": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "huge": 10**400,
    "long digits": 10**5000,
    "fraction": Fraction(1, 3),
    "nan": math.nan,
    "infinity": math.inf,
    "complex": 1j,
    "decimal nan": Decimal("NaN"),
    "signalling nan": Decimal("sNaN"),
    "decimal infinity": Decimal("-Infinity"),
    "tiny": Decimal("1e-400"),
    "vast": Decimal("1e400"),
    "empty": "",
    "surrogate": "\ud800",
    "reversed": "\u202eabc\u2066",
    "null": "\x00",
    "long text": "x" * 100_000,
    "many accents": "a" + "\u0301" * 50_000,
    "sly": Sly("age"),
    "bytes": b"age",
    "no date": datetime.max.replace(tzinfo=UTC),
    "last day": date.max,
    "first day": date.min,
    "own day": Day(2026, 1, 5),
    "own number": Whole(3),
    "deep": nested(5_000),
    "cyclic": cyclic(),
    "cyclic mapping": cyclic_mapping(),
    "object": object(),
    "mute": Mute(),
    "rude": Rude(),
    "unhashable": Unhashable(),
    "type": int,
    "function": len,
    "mapping": {"age": object(), 3: 4},
    "no list": [],
    "range": range(3),
    "set": frozenset({None, 1, "x"}),
    "label": kh.Benefit.LOYAL,
    "other label": kh.AgeBand.UNDER_15,
    "label set": kh.AgeBand,
    "customer": kh.Customer("KH-1", kh.Person("Lan")),
    "facts": kh.Facts(age=30),
    "table": kh.classifiers.age_band(),
    "predicate": kh.fact.age < 15,
    "rule": kh.when(kh.always).then(kh.AgeBand.UNDER_15),
    "iterator": iter([1]),
}

_WORDS = ("age", "loyal", "day", "VND", "customer_id", "vi", "bank", "benefit")


def nasty() -> st.SearchStrategy[Any]:
    """Odd values, and lists, tuples, sets and mappings of them in one another."""
    simple = (
        st.sampled_from(sorted(ODD)).map(lambda name: ODD[name])  # by name: some can not be shown
        | st.integers()
        | st.floats()
        | st.decimals()
        | st.fractions()
        | st.text(st.characters(exclude_categories=()))  # lone surrogates among them
        | st.dates()
        | st.datetimes()
        | st.sampled_from(_WORDS).map(Sly)
        | st.sampled_from(_WORDS)
        | st.integers(0, 400).map(Whole)
    )
    keys = st.sampled_from(_WORDS) | st.text() | st.integers() | st.none()
    return st.recursive(
        simple,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.tuples(inner, inner)
            | st.dictionaries(keys, inner, max_size=4)
            | st.builds(iter, st.lists(inner, max_size=3))
        ),
        max_leaves=8,
    )
