"""From events to one row a customer: counts, sums and days, by plain aggregates of columns made before.

Expressions inside an aggregation fail on PyArrow and Dask, so every column is made first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames import native
from khachhang.frames.events import KEY
from khachhang.frames.truth import expression, negation

if TYPE_CHECKING:
    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Truth


@attrs.define(eq=False)
class Aggregation:
    """What is asked of the events of each customer; every answer is a column of the result.

    Args:
        frame: The events.
    """

    frame: Frame
    _columns: dict[str, nw.Expr] = attrs.field(factory=dict, init=False)
    _wanted: dict[str, nw.Expr] = attrs.field(factory=dict, init=False)
    _after: dict[str, nw.Expr] = attrs.field(factory=dict, init=False)
    _days: dict[str, Truth] = attrs.field(factory=dict, init=False)

    def count(self, name: str, where: Truth) -> None:
        """How many rows there are of some kind."""
        self.total(name, expression(where).cast(nw.Int64), is_whole=True)

    def total(self, name: str, values: nw.Expr, *, is_whole: bool) -> None:
        """The sum of what is known."""
        self._columns[name] = values
        self._wanted[name] = nw.col(name).sum()
        if is_whole:  # DuckDB adds whole numbers up to wider ones
            self._after[name] = nw.col(name).cast(nw.Int64)

    def mean(self, name: str, values: nw.Expr) -> None:
        """The mean of what is known; null where nothing is."""
        self._columns[name] = values
        self._wanted[name] = nw.col(name).mean()

    def least(self, name: str, values: nw.Expr) -> None:
        """The least of what is known; null where nothing is."""
        self._columns[name] = values
        self._wanted[name] = nw.col(name).min()

    def greatest(self, name: str, values: nw.Expr) -> None:
        """The greatest of what is known; null where nothing is."""
        self._columns[name] = values
        self._wanted[name] = nw.col(name).max()

    def days(self, name: str, where: Truth) -> None:
        """How many different days there are with a row of some kind."""
        self._days[name] = where

    def made(self) -> Frame:
        """One row a customer."""
        frame = self.frame
        apart = self._days_apart() if native.counts_unique_wrongly(frame) else self._days_beside()
        if self._columns:
            frame = frame.with_columns(**self._columns)
        grouped: Any = frame.group_by(KEY).agg(**self._wanted) if self._wanted else frame.select(KEY).unique()
        for part in apart:
            grouped = grouped.join(part, on=KEY, how="left")
        made: Frame = grouped.with_columns(**self._after) if self._after else grouped
        return made

    def _days_beside(self) -> list[Frame]:
        """Count the days among the other aggregates."""
        for name, where in self._days.items():
            self._columns[name] = nw.col("day") if where is True else nw.when(expression(where)).then(nw.col("day"))
            self._wanted[name] = nw.col(name).n_unique()
            self._after[name] = nw.col(name).cast(nw.Int64)
            if where is not True:  # null counts as one value more
                nulls = f"{name}_null"
                self._columns[nulls] = expression(negation(where)).cast(nw.Int64)
                self._wanted[nulls] = nw.col(nulls).max()
                self._after[name] -= nw.col(nulls)
        return []

    def _days_apart(self) -> list[Frame]:
        """Count the days by themselves, as rows that are all different."""
        made: list[Frame] = []
        for name, where in self._days.items():
            some: Any = self.frame if where is True else self.frame.filter(expression(where))
            made.append(some.select(KEY, "day").unique().group_by(KEY).agg(nw.len().alias(name)))
            self._after[name] = nw.col(name).fill_null(0)
        return made
