"""From events to one row a customer: counts, sums and days, by plain aggregates of columns made before.

Expressions inside an aggregation fail on PyArrow and Dask, so every column is made first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames import native
from khachhang.frames.events import KEY
from khachhang.frames.truth import expression

if TYPE_CHECKING:
    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Truth

_ROWS = "__rows"
"""How many rows there are, counted once: Dask refuses to count them twice."""


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
    _ends: tuple[list[str], list[str]] = attrs.field(factory=lambda: ([], []), init=False)
    """The columns that hold the least, and those that hold the greatest."""
    _made_already: list[tuple[Truth, str]] = attrs.field(factory=list, init=False)

    def count(self, name: str, where: Truth) -> None:
        """How many rows there are of some kind."""
        if where is True:
            self._wanted[_ROWS] = nw.len()
            self._after[name] = nw.col(_ROWS).cast(nw.Int64)
        else:
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

    def only(self, field: str, where: Truth) -> str:
        """A column that holds a field where something is so, and null elsewhere; made once."""
        if where is True:
            return field
        name = next((name for known, name in self._made_already if known is where), None)
        if name is None:
            name = f"{field}_{len(self._made_already)}"
            self._made_already.append((where, name))
            self._columns[name] = nw.when(expression(where)).then(nw.col(field))
        return name

    def ends(self, first: str, last: str, field: str, where: Truth) -> None:
        """The least and the greatest of a field where something is so; null where it never is."""
        column = self.only(field, where)
        self._wanted |= {first: nw.col(column).min(), last: nw.col(column).max()}
        self._ends[0].append(first)
        self._ends[1].append(last)

    def greatest(self, name: str, values: nw.Expr) -> None:
        """The greatest of what is known; null where nothing is."""
        self._columns[name] = values
        self._wanted[name] = nw.col(name).max()
        self._ends[1].append(name)

    def days(self, name: str, where: Truth) -> None:
        """How many different days there are with a row of some kind."""
        self._days[name] = where

    def made(self) -> Frame:
        """One row a customer."""
        if self._days and native.is_spark(self.frame):  # pragma: no cover  # the ordinary tests do without
            grouped: Any = self._by_days()
        else:
            apart = self._days_apart() if native.counts_unique_wrongly(self.frame) else self._days_beside()
            frame: Any = self.frame.with_columns(**self._columns) if self._columns else self.frame
            grouped = frame.group_by(KEY).agg(**self._wanted) if self._wanted else frame.select(KEY).unique()
            for part in apart:  # pragma: no cover  # for Dask, which the ordinary tests do without
                grouped = grouped.join(part, on=KEY, how="left")
        made: Frame = grouped.with_columns(**self._after) if self._after else grouped
        return made.drop(_ROWS, strict=False)

    def _by_days(self) -> Frame:  # pragma: no cover  # the ordinary tests do without
        """First by customer and day, then by customer: Spark moves rows again and again to count different days.

        With all rows of a customer in one place neither step moves any.
        """
        for name, where in self._days.items():
            self.greatest(name, expression(where).cast(nw.Int64))
            self._after[name] = nw.col(name).cast(nw.Int64)
        least, greatest = self._ends
        again = {name: nw.col(name).sum() for name in [*self._wanted, *self._days]}  # all but the ends adds up
        again |= {name: nw.col(name).min() for name in least}
        again |= {name: nw.col(name).max() for name in greatest if name not in self._days}
        gathered: Any = native.gathered(self.frame, KEY).with_columns(**self._columns)
        by_day: Frame = gathered.group_by(KEY, "day").agg(**self._wanted).group_by(KEY).agg(**again)
        return by_day

    def _days_beside(self) -> list[Frame]:
        """Count the days among the other aggregates."""
        for name, where in self._days.items():
            days = self.only("day", where)
            self._wanted[name] = nw.col(days).n_unique()
            self._after[name] = nw.col(name).cast(nw.Int64)
            if where is not True:  # null counts as one value more
                known = f"{name}_known"
                self._wanted |= {_ROWS: nw.len(), known: nw.col(days).count()}
                self._after[name] -= nw.when(nw.col(_ROWS) > nw.col(known)).then(1).otherwise(0)
        return []

    def _days_apart(self) -> list[Frame]:
        """Count the days by themselves, as rows that are all different."""
        made: list[Frame] = []
        for name, where in self._days.items():
            some: Any = self.frame if where is True else self.frame.filter(expression(where))
            made.append(some.select(KEY, "day").unique().group_by(KEY).agg(nw.len().alias(name)))
            self._after[name] = nw.col(name).fill_null(0)
        return made
