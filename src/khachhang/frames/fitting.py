"""Bands fitted on a population: groups of equal size become an ordinary table that is stored, explained and run anywhere."""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from decimal import Context, Decimal
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar, overload

import narwhals.stable.v2 as nw

from khachhang.classifiers import bands
from khachhang.classifiers.bands import SHIPPED
from khachhang.errors import CurrencyError, Fault, InvalidError, KhachhangWarning, PolicyError, UnknownFactError
from khachhang.facts import DecisionTable
from khachhang.facts import fact as catalogue
from khachhang.frames.column import Column, Form, unknown
from khachhang.frames.entry import enter
from khachhang.frames.lower import lower
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import conjunction, expression, negation
from khachhang.rules import always, when
from khachhang.rules.fact import Fact
from khachhang.taxonomy import Category
from khachhang.taxonomy.category import make_category, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from khachhang.frames.entry import Entry
    from khachhang.rules import Predicate
    from khachhang.rules.variable import Variable

C = TypeVar("C", bound=Category)

SUBJECT = "frames.fit_bands"
_EXACT = Context(prec=100)
_CHOICES = 2048
"""So many places where a cut may fall are weighed against one another; of more, those near equal parts and large groups."""
_PARTS = 64
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

    Customers of one value are never parted, so a value that many share makes a band larger, and the others divide the rest.
    The cuts are observed values: of all ways to make so many bands, that with the least sum of squared sizes; where no two
    values are equal, sizes differ by one at most and the lower bands are the larger ones (as with SQL's ``NTILE``). The
    same data gives the same cuts on every engine. The data is looked at, on a lazy table as well: the engine counts the
    customers by value, and one row for each different value is brought here, no more. From 2,048 different values on the
    search is not exhaustive where large groups of one value stand among them.

    Args:
        facts: The population: a table of any engine that narwhals knows, one row a customer. Null, NaN, infinite and
            impossible values (an age below 0) are left out.
        fact: The fact, a number, such as ``kh.fact.age``; or its name in the catalogue.
        category_or_n: The labels from the lowest band up; or how many bands, at least 1.
        name: The table's name; without it the facet's code of the category, else `<fact>_band`.
        currency: For amounts, the currency they are in: rows in another are left out, and the table does not apply there.
        given: Where the table applies; rows where it is false are left out. Without it, where the fact has a value.

    Returns:
        A table as `khachhang.classifiers.bands` makes it, with labels `<fact>_1` (the lowest) and so on where no category
        is given. Its `source` says on how many rows it was fitted, how many were left out, and how large the bands were.

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
    ['Under 2 purchases', '2 to under 4 purchases', '4 purchases or more']
    """
    of = _fact(fact)
    count = _count(category_or_n)
    scope = of.exists if given is None else given
    if currency is not None:
        scope &= catalogue.currency == currency
    found, rows = _population(facts, of.variable, scope, is_free=currency is None and of.type is Decimal)
    if not found:
        problem = f"no row of {rows} holds a value to fit bands on"
        raise InvalidError(SUBJECT, [Fault(of.name, problem, "give the table of facts in which it is known")])
    if len(found) < count:
        if not isinstance(category_or_n, int):
            problem = f"fit_bands of {of.name}: {len(found)} different values make no {count} bands for {category_or_n.__name__}"
            raise PolicyError(problem, "give fewer labels, or a larger population")
        text = (
            f"{of.name}: there are {len(found)} different values, so there are {len(found)} bands and not {count}, since equal "
            "values never part\nHint: ask for fewer bands, or give a larger population"
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
        cuts = [values[place] for place in ends]
        return bands(of, cuts, category, name=name, currency=currency, given=given, source=source)
    return _single(of, values[0], category, name, None if scope == always else scope, source)
