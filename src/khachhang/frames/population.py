"""Populations: how many customers bear which label, and who moved from one to another."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw

from khachhang.errors import Fault, InvalidError
from khachhang.frames import native
from khachhang.frames.table import as_frame, is_eager

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khachhang.frames.table import Frame
    from khachhang.taxonomy import Category

T = TypeVar("T")

ABSENT = "absent"
"""What a customer is in a table that has no row for it."""

_RESERVED = ("customers", "share", "spend")


def summarize(classified: T, by: Iterable[str] | str) -> T:
    """How many customers there are of each kind, what share of all they are, and what they spent.

    Args:
        classified: A classified table, or any other with one row a customer.
        by: The columns that tell the kinds apart, such as ``["age_band", "benefit"]``; with none, all are one kind.

    Returns:
        A table of the same engine, lazy where it was lazy: the columns of `by` (null is a kind as well), ``customers`` (a
        count), ``share`` (of all rows, from 0 to 1) and ``spend`` (the sum of what is known; null where the table has no
        such column). Sorted by `by`, in label order where the engine knows it, null last, where it is eager.

    Raises:
        InvalidError: If `classified` is no table, or a column is missing or named twice.

    >>> import polars as pl
    >>> summarize(pl.DataFrame({"benefit": ["loyal", "loyal", None], "spend": [250, 90, 10]}), by=["benefit"]).rows()
    [('loyal', 2, 0.6666666666666666, 340), (None, 1, 0.3333333333333333, 10)]
    """
    frame: Any = as_frame(classified, "frames.summarize", "classified")
    names = [by] if isinstance(by, str) else list(by)
    _check(frame, names, "frames.summarize", "by")
    has_spend = "spend" in frame.collect_schema()
    spend = nw.col("spend").sum() if has_spend else nw.len().alias("spend")
    if names:
        counted = frame.group_by(*names).agg(nw.len().alias("customers"), spend)
    else:
        counted = frame.select(nw.len().alias("customers"), spend)
    total = counted.select(nw.col("customers").cast(nw.Int64).sum().alias(_TOTAL))
    joined = counted.join(total, how="cross")
    customers = nw.col("customers").cast(nw.Int64)
    share = customers.cast(nw.Float64) / nw.when(nw.col(_TOTAL) > 0).then(nw.col(_TOTAL)).otherwise(1).cast(nw.Float64)
    never = customers < 0
    spent = nw.col("spend") if has_spend else nw.when(never).then(nw.lit(0.0, dtype=nw.Float64)).alias("spend")
    made = joined.select(*names, customers, share.alias("share"), spent)
    if names and is_eager(frame):
        made = made.sort(*names, nulls_last=True)
    result: T = made.to_native()
    return result


_TOTAL = "__total"


def _check(frame: Frame, names: Sequence[str], subject: str, field: str) -> None:
    present = frame.collect_schema().names()
    faults: list[Fault] = []
    for name in names:
        if name not in present:
            close = difflib.get_close_matches(str(name), present, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "classify the table first: kh.frames.classify(...)"
            faults.append(Fault(field, f"the table has no column {name!r}", hint))
        elif name in _RESERVED:
            faults.append(Fault(field, f"{name!r} is a column of the result", "rename the column"))
    if len(set(names)) < len(names):
        faults.append(Fault(field, "a column is named twice", "name each once"))
    if faults:
        raise InvalidError(subject, faults)


def transitions(before: T, after: T, facet: str | type[Category], key: str = "customer_id") -> T:
    """How many customers moved from which label to which, between two classified tables.

    Args:
        before: The earlier table, with one row a customer.
        after: The later one.
        facet: The facet's code, which is the column's name, or its label set.
        key: The column of the customers' ids; rows without one count for nobody.

    Returns:
        A table of the same engine, lazy where it was lazy: ``before`` and ``after`` (codes as text; null where there was no
        label, `absent` where the table has no such customer) and ``customers`` (a count), those who stayed included.
        Sorted by both, null last, where it is eager.

    Raises:
        InvalidError: If something is no table, they are of two engines, a column is missing, or (on eager tables) an id
            stands in several rows of one; on lazy ones each pair of its rows counts.

    >>> import polars as pl
    >>> old = pl.DataFrame({"customer_id": [1, 2, 3], "benefit": ["loyal", "walk_in", None]})
    >>> new = pl.DataFrame({"customer_id": [1, 2, 4], "benefit": ["loyal", "loyal", "walk_in"]})
    >>> for row in transitions(old, new, "benefit").rows():
    ...     print(row)
    ('absent', 'walk_in', 1)
    ('loyal', 'loyal', 1)
    ('walk_in', 'loyal', 1)
    (None, 'absent', 1)
    """
    subject = "frames.transitions"
    name = facet if isinstance(facet, str) else facet.facet()
    frames: dict[str, Any] = {
        "before": as_frame(before, subject, "before"),
        "after": as_frame(after, subject, "after"),
    }
    if len({native.engine(frame) for frame in frames.values()}) > 1:
        raise InvalidError(subject, [Fault("after", "the tables are of two engines", "bring them to one first")])
    eager = all(is_eager(frame) for frame in frames.values())
    sides: dict[str, Any] = {}
    for side, frame in frames.items():
        _check(frame, [key, name], subject, side)
        columns = {_KEY: nw.col(key), side: nw.col(name).cast(nw.String), f"in_{side}": nw.lit(side, dtype=nw.String)}
        chosen = frame if eager else frame.lazy()
        sides[side] = chosen.select(**columns).filter(~nw.col(_KEY).is_null())
        if eager:
            _refuse_twice(sides[side], subject, side)
    later = sides["after"].rename({_KEY: f"{_KEY}_after"})
    joined = sides["before"].join(later, left_on=_KEY, right_on=f"{_KEY}_after", how="full")
    moved = [
        nw.when(nw.col(f"in_{side}").is_null())
        .then(nw.lit(ABSENT, dtype=nw.String))
        .otherwise(nw.col(side))
        .alias(side)
        for side in sides
    ]
    counted = joined.select(*moved).group_by("before", "after").agg(nw.len().alias("customers"))
    made = counted.select("before", "after", nw.col("customers").cast(nw.Int64))
    result: T = (made.sort("before", "after", nulls_last=True) if eager else made).to_native()
    return result


_KEY = "__key"


def _refuse_twice(frame: Any, subject: str, side: str) -> None:
    if len(frame) != len(frame.select(_KEY).unique()):
        raise InvalidError(subject, [Fault(side, "an id stands in several rows", "give one row a customer")])
