"""Bands fitted on a population: groups of equal size become an ordinary table, stored, explained and run anywhere."""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from decimal import Context, Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar, overload

import narwhals.stable.v2 as nw

from khachhang.classifiers import bands
from khachhang.classifiers.bands import _name, _scope
from khachhang.errors import CurrencyError, Fault, InvalidError, KhachhangWarning, PolicyError, are, counted, repr_of
from khachhang.facts import DecisionTable
from khachhang.facts import fact as catalogue
from khachhang.frames import native
from khachhang.frames.column import Column
from khachhang.frames.entry import enter
from khachhang.frames.lower import lower
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import conjunction, expression, negation
from khachhang.rules import HitPolicy, when
from khachhang.rules.fact import Fact
from khachhang.taxonomy import Category
from khachhang.taxonomy.category import make_category, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from khachhang.frames.entry import Entry
    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Truth
    from khachhang.rules import Predicate
    from khachhang.rules.variable import Variable

C = TypeVar("C", bound=Category)

SUBJECT = "frames.fit_bands"
_EXACT = Context(prec=100)
_CHOICES = 2048
"""So many places where a cut may fall are all weighed; of more, only those near equal parts and beside large groups."""
_CURRENCY = "currency"


@overload
def fit_bands(
    facts: Any, fact: Fact[Any] | str, category_or_n: type[C], *, name: str | None = None, currency: str | None = None,
    given: Predicate | None = None,
) -> DecisionTable[C]: ...  # fmt: skip
@overload
def fit_bands(
    facts: Any, fact: Fact[Any] | str, category_or_n: int, *, name: str | None = None, currency: str | None = None,
    given: Predicate | None = None,
) -> DecisionTable[Category]: ...  # fmt: skip
def fit_bands(
    facts: Any,
    fact: Fact[Any] | str,
    category_or_n: type[Category] | int,
    *,
    name: str | None = None,
    currency: str | None = None,
    given: Predicate | None = None,
) -> DecisionTable[Any]:
    """A table that divides a number into bands with as equal a share of a population as can be.

    Customers of one value are never parted, so a value that many share makes a band larger, and the others divide the
    rest. The cuts are observed values: of all ways to make so many bands, that with the least sum of squared sizes;
    where no two values are equal, sizes differ by one at most and the lower bands are the larger ones (as with SQL's
    ``NTILE``). The same data gives the same cuts on every engine. The data is looked at, on a lazy table as well: the
    engine counts the customers by value, and one row for each different value is brought here, no more. Beyond 2,048
    different values the search is not exhaustive where large groups of one value stand among them.

    Args:
        facts: The population: a table of any engine that narwhals knows, one row a customer. Null, NaN, infinite and
            impossible values (an age below 0) are left out.
        fact: The fact, a number, such as ``kh.fact.age``; or its name in the catalogue.
        category_or_n: The labels from the lowest band up; or how many bands, at least 1.
        name: The table's name; without it the facet's code of the category, else `<fact>_band`.
        currency: For amounts, the currency they are in: rows in another are left out, and the table does not apply
            there.
        given: Where the table applies; rows where it is false are left out. Without it, where the fact has a value.

    Returns:
        A table as `khachhang.classifiers.bands` makes it, with labels `<fact>_1` (the lowest) and so on where no
        category is given. Its `source` says on how many rows it was fitted, how many were left out, and how large the
        bands were.

    Raises:
        InvalidError: If `facts` is no table, has no such column or no value in it, or a column is of a wrong type.
        PolicyError: If the fact is no number, the number of bands is none, or a category has more labels than there can
            be bands, or the name is that of a shipped facet.
        CurrencyError: If the fact is an amount, the table has several currencies, and `currency` does not say which.

    Warns:
        KhachhangWarning: If there are fewer different values than bands asked for; each then has a band of its own.

    >>> import polars as pl
    >>> table = fit_bands(pl.DataFrame({"purchase_count": [1, 1, 1, 1, 2, 3, 4, 9]}), "purchase_count", 3)
    >>> [label.label("en") for label in table.category]
    ['Under 2', '2 to under 4', '4 or more']
    """
    of = _fact(fact)
    count = _count(category_or_n)
    scope = _scope(of, given, currency)
    found, rows = _population(facts, of.variable, scope)
    if not found:
        problem = f"no row of {rows} holds a value to fit bands on"
        raise InvalidError(SUBJECT, [Fault(of.name, problem, "give the table of facts in which it is known")])
    if len(found) < count:
        seen = counted(len(found), "different value")
        if not isinstance(category_or_n, int):
            problem = f"fit_bands of {of.name}: {seen} {'makes' if len(found) == 1 else 'make'} no {count} bands"
            hint = f"give a label set of at most {counted(len(found), 'label')}, or a larger population"
            raise PolicyError(problem, hint)
        text = (
            f"{of.name}: there {are(len(found))} {seen}, hence {counted(len(found), 'band')} and not "
            f"{repr_of(count)}, since equal values never part\nHint: ask for fewer bands, or give a larger population"
        )
        warnings.warn(text, KhachhangWarning, stacklevel=2)
    values = sorted(found)
    sums = [0, *accumulate(found[value] for value in values)]
    ends = cut_places(sums, min(count, len(values)))
    sizes = [sums[high] - sums[low] for low, high in pairwise([0, *ends, len(values)])]
    source = (
        f"fitted on {sums[-1]} of {rows} rows ({rows - sums[-1]} left out: no value, or not in scope); "
        f"rows in each band, from the lowest: {', '.join(map(str, sizes))}"
    )
    category = None if isinstance(category_or_n, int) else category_or_n
    if ends:
        cuts = [_cut(of.variable, values[place]) for place in ends]
        return bands(of, cuts, category, name=name, currency=currency, given=given, source=source)
    title = _name(of, category, name)
    labels = _one_label(of, title) if category is None else category
    middle = _cut(of.variable, values[0])
    rule = when((of < middle) | (of >= middle)).then(next(iter(labels)))
    return DecisionTable(name=title, category=labels, rules=[rule], given=scope, hit=HitPolicy.UNIQUE, source=source)


def _fact(given: Fact[Any] | str) -> Fact[Any]:
    of = catalogue[given] if isinstance(given, str) else given
    if not isinstance(of, Fact) or not of.variable.is_number:
        problem = f"fit_bands: {repr_of(of)} is no fact that is a number"
        raise PolicyError(problem, "give a fact such as kh.fact.age")
    return of


def _count(given: type[Category] | int) -> int:
    if isinstance(given, type) and issubclass(given, Category) and len(given):
        return len(given)
    if isinstance(given, int) and not isinstance(given, bool) and given >= 1:
        return given
    problem = f"fit_bands: {repr_of(given)} is no number of bands"
    raise PolicyError(problem, "give a whole number from 1, or a label set")


def _one_label(of: Fact[Any], name: str) -> type[Category]:
    facet = term(name, vi=f"Bậc theo {of.label('vi')}", en=f"Band by {of.label('en').removeprefix('the ')}")
    return make_category(facet, (term(f"{of.name}_1", vi="Mọi giá trị", en="Any value"),))


def _population(facts: Any, variable: Variable, scope: Predicate | None) -> tuple[dict[Any, int], int]:
    """How many rows hold each value of the fact, in scope; and how many rows there are."""
    frame = native.unnamed(as_frame(facts, SUBJECT, "facts"))
    present = frame.collect_schema().names()
    if variable.name not in present:
        hint = "give the table of facts, with a column that bears the fact's name"
        raise InvalidError(SUBJECT, [Fault(variable.name, "the table has no such column", hint)])
    scoped = () if scope is None else (leaf.variable for leaf in scope.leaves())
    names, wanted = spare_names(frame), [variable, *scoped]
    is_free = variable.type is Decimal and not variable.is_custom and catalogue.currency.variable not in wanted
    if is_free:
        wanted.append(catalogue.currency.variable)
    wanted = list(dict.fromkeys(wanted))
    frame = frame.select(*(each.name for each in wanted if each.name in present))
    entry = enter(frame, names, wanted, SUBJECT)
    one, rows = next(names), 0
    entry.frame = entry.frame.with_columns(**{one: nw.lit(1, dtype=nw.Int64)})
    for (number,) in _rows(entry.frame.select(nw.col(one).sum())):
        rows = int(number or 0)
    column = entry.columns[variable.name]
    if not isinstance(column, Column):  # its type holds nulls alone
        return {}, rows
    inside = True if scope is None else lower(scope, entry.columns).possibly
    _keep(entry, conjunction((negation(column.unknown), inside)))
    currency = entry.columns.get(_CURRENCY)
    if is_free and isinstance(currency, Column):
        _check_single_currency(entry, currency, variable)
    counted = entry.frame.select(column.name, one).group_by(column.name).agg(nw.col(one).sum())
    found: dict[Any, int] = {}
    for given, number in _rows(counted):
        value = _value(variable, given)
        if value is not None:
            found[value] = found.get(value, 0) + int(number)
    return found, rows


def _keep(entry: Entry, truth: Truth) -> None:
    kept = next(entry.names)  # a column of its own: it may be the same for every row, and then is no filter
    entry.frame = entry.frame.with_columns(**{kept: expression(truth)}).filter(nw.col(kept))


def _check_single_currency(entry: Entry, currency: Column, variable: Variable) -> None:
    codes = sorted(str(code) for (code,) in _rows(entry.frame.select(currency.name).unique()) if isinstance(code, str))
    if len(codes) > 1:
        problem = f"fit_bands of {variable.name}: the amounts are in {', '.join(codes)}"
        raise CurrencyError(problem, f"say which are meant, such as currency={codes[0]!r}")


def _rows(frame: Frame) -> Iterator[tuple[Any, ...]]:
    made = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return zip(*(column.to_list() for column in made.iter_columns()), strict=True)


def _value(variable: Variable, given: Any) -> int | float | Decimal | None:
    """A value of a column as the fact's own, as `Facts` would have it; None where it can be none.

    Amounts stay as they are: only those that become cuts need to be exact.
    """
    if not math.isfinite(given):
        return None
    value: Any = given
    if variable.type is int:
        value = math.floor(given)
    elif variable.type is float:
        value = float(given)
    return value if variable.holds(value) else None


def _cut(variable: Variable, value: Any) -> Any:
    """A value as a constant of rules, written the same whatever column it comes from."""
    if variable.type is not Decimal:
        return value + 0  # no negative zero
    exact = _EXACT.normalize(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    return Decimal(int(exact)) if exact == exact.to_integral_value() else exact


def cut_places(sums: Sequence[int], count: int) -> list[int]:
    """Where to part a row of runs into groups, so that the squares of the groups' sizes add up to as little as can be.

    Args:
        sums: How many stand before each run, and last how many there are.
        count: How many groups, from 1 to the number of runs.

    Returns:
        The positions of the runs with which the second and each later group starts; of several ways to part them the
        one in which the last group is the smallest, then the one before it, and so on.
    """
    last = len(sums) - 1
    marks = list(range(last + 1)) if last <= _CHOICES else _choices(sums, count)
    places = [marks[place] for place in _least_squares([sums[mark] for mark in marks], count)]
    if len(marks) <= last:
        _settle(sums, places)
    return places


def _choices(sums: Sequence[int], count: int) -> list[int]:
    """The places near equal parts, many small ones too: what is larger than those has a place on each side."""
    total = sums[-1]
    targets = {-(-total * part // _CHOICES) for part in range(1, _CHOICES + 1)}
    targets |= {part * (total // count) + min(part, total % count) for part in range(1, count)}
    chosen = {0}
    for target in targets:
        place = bisect_left(sums, target)
        chosen |= {place - 1, place}
    return sorted(chosen)


def _least_squares(sums: Sequence[int], count: int) -> list[int]:
    """The best of all ways, group by group; the best start of the last group never falls while the end rises."""
    last = len(sums) - 1
    costs = [each**2 for each in sums]
    starts: list[list[int]] = []
    for group in range(2, count + 1):
        before, costs, start = costs, [0] * (last + 1), [0] * (last + 1)
        waiting = [(group, last, group - 1, last - 1)]
        while waiting:
            low, high, first, final = waiting.pop()
            if low > high:
                continue
            end = (low + high) // 2
            starting = range(first, min(final, end - 1) + 1)
            cost, negative = min((before[place] + (sums[end] - sums[place]) ** 2, -place) for place in starting)
            costs[end], start[end] = cost, -negative
            waiting += [(low, end - 1, first, -negative), (end + 1, high, -negative, final)]
        starts.append(start)
    places: list[int] = []
    end = last
    for start in reversed(starts):
        end = start[end]
        places.append(end)
    return places[::-1]


def _settle(sums: Sequence[int], places: list[int]) -> None:
    """Move each cut to the middle between its neighbours, as long as that makes the groups more equal."""
    moved = True
    while moved:
        moved = False
        for position, place in enumerate(places):
            low = places[position - 1] if position else 0
            high = places[position + 1] if position + 1 < len(places) else len(sums) - 1
            middle = sums[low] + sums[high]
            near = bisect_left(sums, (middle + 1) // 2, low + 1, high - 1)
            off, best = min((abs(2 * sums[each] - middle), each) for each in (near - 1, near) if low < each < high)
            if off < abs(2 * sums[place] - middle):
                places[position], moved = best, True
