"""How the values of one fact are distributed: counted in bins of equal width, where the data is."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

import attrs
import narwhals.stable.v2 as nw

from khachhang.charts.population import Facet, is_listed, main_place, place_of, rows_of
from khachhang.errors import Fault, InvalidError
from khachhang.facts import Facts
from khachhang.frames import classify
from khachhang.frames.column import Column
from khachhang.frames.entry import enter
from khachhang.frames.native import as_text, unnamed
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import expression, negation
from khachhang.profiles import Profile
from khachhang.rules.predicate import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from khachhang.charts.population import Place
    from khachhang.facts import Assumption, DecisionTable
    from khachhang.frames.table import Frame
    from khachhang.rules.variable import Variable

SUBJECT = "charts.bands"

BARS = 40
"""About how many bars a picture has; at most a quarter more."""

_FINE, _MOST, _HALF = 200, 0.99, 0.5
"""To look for values far away from the others: in how many bins, how many customers are most of them, and how much of
the picture they have to fill."""

_HUGE = 1e300
_UNKNOWN = -1

Counts = Counter[tuple[int, "Place"]]


@attrs.frozen
class Bin:
    """The customers of one label whose value lies in ``[low, high)``; in the tail, from `low` on."""

    low: float
    high: float
    place: Place
    customers: int
    is_tail: bool


@attrs.frozen
class Distribution:
    """How many customers have which values.

    Args:
        bins: The bins in which there is somebody, from the lowest up; within one, labels in their order.
        low: Where the lowest bin begins.
        high: Where the highest ends.
        by_place: How many customers there are at each place, those without a value among them.
        unknown: Of how many customers the value is not known.
    """

    bins: tuple[Bin, ...]
    low: float
    high: float
    by_place: Counter[Place]
    unknown: int


class _Values(Protocol):
    """The values, wherever they are."""

    def ends(self) -> tuple[float, float] | None:
        """The least and the greatest; None where there is none."""

    def counted(self, low: float, step: float, bins: int) -> Counts:
        """How many customers of each place are in each bin: 0, 1, ... from `low` up, the last one for all above."""


def distribution_of(
    given: Any,
    table: DecisionTable[Any],
    variable: Variable,
    cuts: Sequence[float],
    assume: Assumption | Mapping[str, object] | None,
) -> Distribution:
    """Count a population by the values of a fact and by the labels of a table.

    Args:
        given: A dataframe of any engine, or a list of profiles or facts.
        table: The table.
        variable: The fact, a number.
        cuts: Its cut points; those that are not far from the values are within the picture.
        assume: What may stand for facts that are not known.

    Raises:
        InvalidError: If it is none of these, or has no such column.
    """
    facet = Facet(table.name, table.category)
    values: _Values = (
        _Listed(given, table, variable, assume) if is_listed(given) else _Framed(given, table, variable, assume)
    )
    ends = values.ends()
    low, high = (0.0, 0.0) if ends is None else _range(values, *ends, cuts)
    if variable.is_private:
        low = min(low, 0.0)  # so that a bin is wide beside a value, even where all values lie close together
    step = _nice((high - low) / BARS, whole=variable.type is int)
    first = math.floor(low / step)
    bins = math.floor(high / step) - first + 1
    counts = values.counted(first * step, step, bins + 1)
    by_place: Counter[Place] = Counter()
    for (_, place), customers in counts.items():
        by_place[place] += customers
    made = [
        Bin(_at(first + number, step), _at(first + number + 1, step), place, counts[number, place], number == bins)
        for number in range(bins + 1)
        for place in facet.places(by_place)
        if counts[number, place]
    ]
    top = made[-1].high if made else _at(first + bins, step)
    unknown = sum(customers for (number, _), customers in counts.items() if number == _UNKNOWN)
    return Distribution(tuple(made), _at(first, step), max(top, _at(first + bins, step)), by_place, unknown)


def _at(number: int, step: float) -> float:
    """An edge without the noise of floats."""
    return round(number * step, 12 - math.floor(math.log10(step)))


def _range(values: _Values, low: float, high: float, cuts: Sequence[float]) -> tuple[float, float]:
    """From where to where most values lie; cut points among them or near by are included."""
    within = max((cut for cut in cuts if low <= cut <= high), default=low)
    while high > low:
        step = (high - low) / _FINE
        counts = values.counted(low, step, _FINE)
        totals = Counter[int]()
        for (number, _), customers in counts.items():
            if number != _UNKNOWN:
                totals[number] += customers
        most, passed, edge = totals.total() * _MOST, 0, 0
        while passed < most:
            passed += totals[edge]
            edge += 1
        end = max(low + edge * step, within)
        if end > low + (high - low) * _HALF:
            break
        high = end
    span = high - low or max(abs(high), 1.0)
    for cut in sorted(cuts):
        if high < cut <= high + span:
            high = float(cut)
    for cut in sorted(cuts, reverse=True):
        if low - span <= cut < low:
            low = float(cut)
    return low, high


def _nice(least: float, *, whole: bool) -> float:
    """A step of 1, 2 or 5, ten times that and so on, or a tenth: the smallest that is not below the least one."""
    if least <= 0 or (whole and least <= 1):
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(step for factor in (1, 2, 5, 10) if (step := factor * power) >= least * (1 - 1e-9))


class _Listed:
    """Values of profiles or facts."""

    def __init__(
        self,
        given: Iterable[Any],
        table: DecisionTable[Any],
        variable: Variable,
        assume: Assumption | Mapping[str, object] | None,
    ) -> None:
        self.values: list[tuple[float | None, Place]] = []
        for number, one in enumerate(given):
            facts = one.facts if isinstance(one, Profile) else one
            if not isinstance(facts, Facts):
                problem = f"a value of type {type(one).__name__} is neither a profile nor facts"
                hint = "give what kh.classify or kh.facts_of makes, or a dataframe"
                raise InvalidError(SUBJECT, [Fault(f"facts[{number}]", problem, hint)])
            if assume is not None:
                facts = facts.assuming(assume, custom=table.variables)
            value: Any = read(variable, facts)
            self.values.append((None if value is None else float(value), main_place(table.classify(facts))))

    def ends(self) -> tuple[float, float] | None:
        known = [value for value, _ in self.values if value is not None]
        return (min(known), max(known)) if known else None

    def counted(self, low: float, step: float, bins: int) -> Counts:
        def number(value: float | None) -> int:
            return _UNKNOWN if value is None else min(math.floor((value - low) / step), bins - 1)

        return Counter((number(value), place) for value, place in self.values)


class _Framed:
    """Values of a column, counted by its engine."""

    def __init__(
        self,
        given: Any,
        table: DecisionTable[Any],
        variable: Variable,
        assume: Assumption | Mapping[str, object] | None,
    ) -> None:
        self.facet = Facet(table.name, table.category)
        frame = unnamed(as_frame(given, SUBJECT, "facts"))
        present = frame.collect_schema().names()
        if variable.name not in present:
            problem = "the table has no such column"
            hint = f"give a table of facts; its columns are {', '.join(present)}"
            raise InvalidError(SUBJECT, [Fault(variable.name, problem, hint)])
        wanted = [name for name in present if name in {"party_kind", "currency", *table.needs}]
        classified: Frame = nw.from_native(
            classify(frame.select(*wanted).to_native(), [table], assume=assume, reasons=True)
        )
        names = spare_names(classified)
        entry = enter(classified, names, [variable], SUBJECT)
        column = entry.columns[variable.name]
        self.value, known, self.number = next(names), next(names), next(names)
        if isinstance(column, Column):
            is_known = expression(negation(column.unknown))
            entry.frame = entry.frame.with_columns(**{self.value: column.real, known: is_known})
            finite = (nw.col(self.value) > -_HUGE) & (nw.col(self.value) < _HUGE)
            self.known = nw.col(known) & finite.fill_null(value=False)
        else:
            entry.frame = entry.frame.with_columns(**{self.value: nw.lit(0.0, dtype=nw.Float64)})
            self.known = nw.lit(value=False)
        self.frame = entry.frame

    def ends(self) -> tuple[float, float] | None:
        seen = self.frame.with_columns(**{self.number: self.known}).filter(nw.col(self.number))
        for row in rows_of(seen.select(low=nw.col(self.value).min(), high=nw.col(self.value).max())):
            if row["low"] is not None:
                return float(row["low"]), float(row["high"])
        return None

    def counted(self, low: float, step: float, bins: int) -> Counts:
        number = ((nw.col(self.value) - low) / step).floor()
        capped = nw.when(number > bins - 1).then(nw.lit(float(bins - 1))).otherwise(number)
        name, outcome = self.facet.name, f"{self.facet.name}_outcome"
        keyed = self.frame.with_columns(
            number=nw.when(self.known).then(capped).otherwise(nw.lit(float(_UNKNOWN))),
            code=as_text(name),
            outcome=as_text(outcome),
            customers=nw.lit(1, dtype=nw.Int64),
        ).select("number", "code", "outcome", "customers")
        counts: Counts = Counter()
        grouped: Any = keyed.group_by("number", "code", "outcome").agg(nw.col("customers").sum())
        for row in rows_of(grouped):
            place = place_of(self.facet, row["code"], row["outcome"], subject=SUBJECT)
            counts[int(row["number"]), place] += int(row["customers"])
        return counts
