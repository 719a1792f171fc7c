"""Bands fitted on a population: cut points at quantiles, frozen in an ordinary table."""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

import narwhals.stable.v2 as nw

from khachhang.classifiers.bands import SHIPPED, bands
from khachhang.errors import KhachhangWarning, PolicyError
from khachhang.facts import DecisionTable, fact as catalogue
from khachhang.frames.column import Column
from khachhang.frames.entry import enter
from khachhang.frames.lower import lower
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import conjunction, expression, negation
from khachhang.rules import HitPolicy, Predicate, Rule, always, when
from khachhang.rules.fact import Fact
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

SUBJECT = "frames.fit_bands"
_KNOWN = "__known"


def fit_bands(
    facts: Any,
    fact: Fact[Any] | str,
    category_or_n: type[Category] | int,
    *,
    name: str | None = None,
    currency: str | None = None,
) -> DecisionTable[Any]:
    """A table that divides customers into bands of equal number, as they are in a population, for use anywhere.

    Equal values never part, so that bands differ in number where many customers share a value; where they leave no value
    for a band there are fewer bands, and a warning says so. The data is looked at now, also where the table is lazy.

    Args:
        facts: A table of facts; rows where the fact is not known count for nothing.
        fact: A fact that is a number, or its name.
        category_or_n: The labels from the lowest band up, or how many bands there should be (2 or more).
        name: The table's name; without it the facet's code of the labels, else `<fact>_band`.
        currency: For amounts, the currency in which they are; a business in another one is then unmatched.

    Returns:
        An ordinary table; its `source` says on what it was fitted. Made labels are called `<fact>_1` and so on; of given
        labels those without a band have no rule.

    Raises:
        PolicyError: If the fact is no number, the number of bands is below 2, the name is that of a shipped facet, or the
            population has fewer than two different values.
        InvalidError: If `facts` is no table, or the column is missing or of the wrong type.

    Warns:
        KhachhangWarning: If there are fewer bands than were asked for.

    >>> import polars as pl
    >>> table = fit_bands(pl.DataFrame({"purchase_count": [1, 1, 2, 3, 5, 8]}), "purchase_count", 3)
    >>> [rule.label.label("en") for rule in table.rules]
    ['Under 2', '2 to under 5', '5 or more']
    """
    of = catalogue[fact] if isinstance(fact, str) else fact
    if not isinstance(of, Fact) or not of.variable.is_number:
        problem = f"fit_bands: {of!r} is no fact that is a number"
        raise PolicyError(problem, "give a fact such as kh.fact.spend")
    is_category = isinstance(category_or_n, type) and issubclass(category_or_n, Category)
    wanted: Any = len(list(category_or_n)) if is_category else category_or_n  # type: ignore[arg-type]  # a label set
    if type(wanted) is not int or wanted < 2:  # noqa: PLR2004  # one band divides nothing
        problem = f"fit_bands: {category_or_n!r} is neither a label set nor a number of bands from 2"
        raise PolicyError(problem, "give a label set such as kh.IncomeBand, or a number such as 5")
    if name is None and not isinstance(category_or_n, type) and f"{of.name}_band" in SHIPPED:
        bands(of, [1])  # the error that says so
    values, counts = distribution(facts, of, SUBJECT)
    cuts = quantiles(values, counts, wanted)
    kept = list(dict.fromkeys(cuts))
    source = fitted_on(of, sum(counts), len(kept) + 1, wanted)
    if len(kept) + 1 < wanted:
        warnings.warn(fewer(SUBJECT, of, len(kept) + 1, wanted), KhachhangWarning, stacklevel=2)
    if isinstance(category_or_n, type):
        return _with_labels(of, cuts, category_or_n, name, currency, source)
    return bands(of, kept, name=name, currency=currency, source=source)


def fitted_on(of: Fact[Any], customers: int, made: int, wanted: int) -> str:
    """Where fitted bands come from, for the `source` of their table."""
    text = f"fitted on {of.name} of {customers} customers: {wanted} bands of equal number were asked for"
    return text if made == wanted else f"{text}, {made} were possible"


def fewer(subject: str, of: Fact[Any], made: int, wanted: int) -> str:
    """The warning that there are fewer bands than were asked for."""
    return (
        f"{subject} of {of.name}: {made} bands instead of {wanted}, since many customers share a value and equal values "
        "never part\nHint: ask for fewer bands, or give cut points of your own to kh.classifiers.bands"
    )


def _with_labels(
    of: Fact[Any], cuts: Sequence[Any], category: type[Category], name: str | None, currency: str | None, source: str
) -> DecisionTable[Any]:
    labels = list(category)
    if len(set(cuts)) == len(cuts):
        return bands(of, cuts, category, name=name, currency=currency, source=source)
    rules: list[Rule[Any]] = [when(of < cuts[0]).then(labels[0])]
    for label, low, high in zip(labels[1:], cuts, [*cuts[1:], None], strict=True):
        if high is None:
            rules.append(when(of >= low).then(label))
        elif low < high:
            rules.append(when(of.between(low, high, closed="left")).then(label))
    model = bands(of, sorted(set(cuts)), name="model", currency=currency)
    return DecisionTable(
        name=name or category.facet(),
        category=category,
        rules=rules,
        given=model.given,
        hit=HitPolicy.UNIQUE,
        source=source,
    )


def distribution(facts: Any, of: Fact[Any], subject: str, given: Predicate = always) -> tuple[list[Any], list[int]]:
    """The different values of a fact in rising order, and how many customers have each, where `given` is true.

    Raises:
        InvalidError: If the column is missing or of the wrong type.
        PolicyError: If there are fewer than two values.
    """
    frame = as_frame(facts, subject, "facts")
    read = dict.fromkeys([of.variable, *(leaf.variable for leaf in given.leaves())])
    entry = enter(frame, spare_names(frame), read, subject)
    place = entry.columns[of.name]
    if not isinstance(place, Column):
        problem = f"{subject}: the table tells nothing of {of.name}"
        raise PolicyError(problem, f"add a column {of.name}, or make the facts first: kh.frames.facts(...)")
    where = conjunction((negation(place.unknown), lower(given, entry.columns).definitely))
    known: Any = entry.frame.with_columns(expression(where).alias(_KNOWN)).filter(nw.col(_KNOWN))
    counted = known.select(place.value.alias("value")).group_by("value").agg(nw.len().alias("count"))
    rows = counted.lazy().collect().sort("value").to_dict(as_series=False)
    found: dict[Any, int] = {}
    for value, count in zip(rows["value"], rows["count"], strict=True):
        made = _value(of, value)
        found[made] = found.get(made, 0) + int(count)
    if len(found) < 2:  # noqa: PLR2004  # one value divides nothing
        problem = f"{subject}: there are fewer than two different values of {of.name}"
        raise PolicyError(problem, "there is nothing to divide by")
    return list(found), list(found.values())


def _value(of: Fact[Any], value: Any) -> Any:
    if of.type is int:
        return math.floor(value)
    if of.type is float:
        return float(value)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def quantiles(values: Sequence[Any], counts: Sequence[int], bands_: int) -> list[Any]:
    """The cut points that divide a population into bands of equal number, as far as equal values allow.

    Args:
        values: The different values, rising.
        counts: How many have each.
        bands_: How many bands there should be.

    Returns:
        One cut fewer than there are bands, never falling; equal ones where there is no value for a band. Below the first
        there is always somebody: a value that many share at the lower end is a band by itself.
    """
    reached: list[int] = []
    for count in counts:
        reached.append(count + (reached[-1] if reached else 0))
    total = reached[-1]
    cuts: list[Any] = []
    for place in range(1, bands_):
        below = math.ceil(total * place / bands_)  # so many stand below the cut, if no values are equal
        found = bisect_left(reached, below + 1)
        cuts.append(values[min(max(found, 1), len(values) - 1)])
    return cuts
