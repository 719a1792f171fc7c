"""Populations: how many customers bear which labels, and who moved from one label to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw

from khachhang import taxonomy
from khachhang.errors import Fault, InvalidError, are, listed, repr_of
from khachhang.facts import fact
from khachhang.frames.column import LIMIT, Column, Form
from khachhang.frames.entry import enter
from khachhang.frames.native import as_text, can_be_grouped, codes, engine, holds_nothing, unnamed
from khachhang.frames.table import as_frame, check_present, is_eager, spare_names
from khachhang.frames.truth import expression, negation
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.frames.entry import Entry
    from khachhang.frames.table import Frame

T = TypeVar("T")

ABSENT = "absent"
"""What stands for the label of who is in the other table only."""

_SPEND, _CUSTOMERS, _SHARE = "spend", "customers", "share"
_SHIPPED: dict[str, type[Category]] = {
    made.facet(): made
    for made in vars(taxonomy).values()
    if isinstance(made, type) and issubclass(made, Category) and made is not Category
}


def summarize(classified: T, by: Iterable[str | type[Category]] | str | type[Category]) -> T:
    """How many customers there are of each label, or of each combination of labels.

    Args:
        classified: A table of any engine that narwhals knows, one row a customer, such as `classify` gives.
        by: The columns to count by, by name or as label sets; several are crossed.

    Returns:
        A native table of the same engine, lazy where it was lazy, one row for each combination that occurs, null (no
        label) among them. Its columns: those of `by`; `customers`, the number of rows (Int64); `share`, of all rows,
        from 0 to 1 (Float64); and where the table has a column `spend`, its sum over what is known, 0 where nothing is
        known. On an eager table the rows are in label order, the first column first and null last; columns that are no
        labels go by value. A text column is in label order where `by` gives the label set or it bears the name of a
        shipped facet.

    Raises:
        InvalidError: If `classified` is no table, a column is not there, `by` is empty or names a column of the result,
            or `spend` holds no amounts.

    >>> import polars as pl
    >>> table = pl.DataFrame({"age_band": ["over_50", "under_15", "over_50", None], "spend": [5, 1, None, 4]})
    >>> summarize(table, by=["age_band"]).rows()
    [('under_15', 1, 0.25, 1), ('over_50', 2, 0.5, 5), (None, 1, 0.25, 4)]
    """
    subject = "frames.summarize"
    frame = unnamed(as_frame(classified, subject, "classified"))
    keys = _keys(by, subject)
    _check(frame, keys, subject)
    names = spare_names(frame)
    entry = enter(frame, names, [_AMOUNT] if _SPEND in frame.collect_schema().names() else [], subject)
    orders = {name: _order(frame, name, labels) for name, labels in keys.items()}
    counted = _counted(entry, names, list(keys))
    shared = counted.with_columns(**{_SHARE: nw.col(_CUSTOMERS) / nw.col(_CUSTOMERS).sum()})
    kept = [*keys, _CUSTOMERS, _SHARE, *([_SPEND] if entry.columns else [])]
    summary: T = _sorted(shared.select(*kept), orders).to_native()
    return summary


def transitions(before: T, after: T, facet: str | type[Category], key: str = "customer_id") -> T:
    """Who moved: how many customers there are of each pair of a label before and a label after.

    Args:
        before: A table of any engine that narwhals knows, one row a customer, such as `classify` gives.
        after: Another of the same engine, as lazy or eager as the first.
        facet: The column of the labels, by name or as a label set.
        key: The column that says which customer it is. Rows where it is null are nobody's and are left out.

    Returns:
        A native table of the same engine, lazy where they were lazy, one row for each pair that occurs, with the
        columns `before` and `after` (codes as text: null for no label, ``"absent"`` for who is in the other table only)
        and `customers` (Int64), those who stay where they are included. On an eager table the rows are in label order,
        first by `before`; null comes after the labels, and absent last.

    Raises:
        InvalidError: If one is no table, they are of different engines, a column is not there, the ids are numbers in
            one and none in the other, or (on an eager table) a customer has several rows; on a lazy one each pair of
            such rows counts.

    >>> import polars as pl
    >>> old = pl.DataFrame({"customer_id": [1, 2, 3], "standing": ["active", "active", "prospect"]})
    >>> new = pl.DataFrame({"customer_id": [1, 2, 4], "standing": ["active", "former", "active"]})
    >>> for row in transitions(old, new, "standing").rows():
    ...     print(row)
    ('active', 'active', 1)
    ('active', 'former', 1)
    ('prospect', 'absent', 1)
    ('absent', 'active', 1)
    """
    subject = "frames.transitions"
    name = _name(facet, subject, "facet")
    check_key(key, subject)
    given = {"before": before, "after": after}
    tables = {field: unnamed(as_frame(table, subject, field)) for field, table in given.items()}
    engines = {field: _kind(frame) for field, frame in tables.items()}
    if engines["before"] != engines["after"]:
        problem = f"it is {engines['after']}, and before is {engines['before']}"
        raise InvalidError(subject, [Fault("after", problem, "bring both to the same engine first")])
    wanted: dict[str, type[Category] | None] = {key: None, name: None if isinstance(facet, str) else facet}
    order = _order(tables["before"], name, wanted[name])
    sides: dict[str, Any] = {}
    for field, frame in tables.items():
        check_present(frame, wanted, subject, field)
        _check_kinds(frame, wanted, subject, field)
        made = {field: as_text(name), f"in_{field}": nw.lit(1, dtype=nw.Int64)}
        known = frame.select(*wanted).filter(~nw.col(key).is_null())
        if isinstance(known, nw.DataFrame):
            _check_single(known, key, subject, field)
        sides[field] = known.select(nw.col(key).alias("key"), **made)
    keys = {field: side.collect_schema()["key"] for field, side in sides.items()}
    kinds = {field: keys[field] for field, frame in tables.items() if not holds_nothing(frame, key)}
    for field in keys.keys() - kinds.keys():  # no row is left, and of no type is what engines can join by
        sides[field] = sides[field].with_columns(nw.col("key").cast(next(iter(kinds.values()), nw.String)))
    if len({kind.is_numeric() for kind in kinds.values()}) > 1:
        problem = f"{key} is {keys['after']}, and in before it is {keys['before']}"
        raise InvalidError(subject, [Fault("after", problem, "bring the ids to one type")])
    both: Frame = sides["before"].join(sides["after"], on="key", how="full")
    shown = {
        name: nw.when(nw.col(f"in_{name}").is_null()).then(nw.lit(ABSENT)).otherwise(nw.col(name)) for name in tables
    }
    pairs = both.select(**shown, **{_CUSTOMERS: nw.lit(1, dtype=nw.Int64)})
    counted = _grouped(pairs, [*tables], [_CUSTOMERS])
    moved: T = _sorted(counted, dict.fromkeys(tables, order), last=ABSENT).to_native()
    return moved


_AMOUNT = fact.spend.variable


def check_key(key: object, subject: str) -> None:
    """An error where the column of the ids has no name.

    Raises:
        InvalidError: Naming it.
    """
    if not isinstance(key, str):
        problem = f"{repr_of(key)} is no name of a column"
        raise InvalidError(subject, [Fault("key", problem, "name the column that says which customer it is")])


def _name(facet: str | type[Category], subject: str, field: str) -> str:
    """The column's name."""
    if isinstance(facet, str):
        return facet
    if isinstance(facet, type) and issubclass(facet, Category):
        return facet.facet()
    problem = f"{repr_of(facet)} is neither a column's name nor a label set"
    raise InvalidError(subject, [Fault(field, problem, "give a name such as 'age_band', or a kh.Category")])


def _kind(frame: Frame) -> str:
    return f"{'an eager' if is_eager(frame) else 'a lazy'} table of {engine(frame)}"


def _keys(by: Iterable[str | type[Category]] | str | type[Category], subject: str) -> dict[str, Any]:
    """The columns to count by, each with its label set where it was given."""

    def refused(shown: str) -> InvalidError:
        return InvalidError(subject, [Fault("by", f"{shown} is no list of columns", "give names, or label sets")])

    given = [by] if isinstance(by, (str, type)) else listed(by, refused)
    return {_name(each, subject, "by"): None if isinstance(each, str) else each for each in given}


def _check(frame: Frame, keys: dict[str, type[Category] | None], subject: str) -> None:
    taken = [name for name in keys if name in {_CUSTOMERS, _SHARE, _SPEND}]
    if not keys:
        problem = "there is no column to count by"
        raise InvalidError(subject, [Fault("by", problem, "name at least one, such as a facet's")])
    if taken:
        problem = f"the result has a column {taken[0]!r} of its own"
        raise InvalidError(subject, [Fault("by", problem, "rename the column first")])
    check_present(frame, keys, subject, "by")
    _check_kinds(frame, keys, subject, "by")


def _check_kinds(frame: Frame, names: Iterable[str], subject: str, field: str) -> None:
    schema = frame.collect_schema()
    for name in names:
        if isinstance(schema[name], nw.Duration) or not can_be_grouped(frame, name):
            problem = f"the column {name!r} holds {schema[name]}, which is no label and no id"
            raise InvalidError(subject, [Fault(field, problem, "turn it into texts first")])


def _check_single(frame: nw.DataFrame[Any], key: str, subject: str, field: str) -> None:
    twice = len(frame) - len(frame.select(key).unique())
    if twice:
        problem = f"{twice} of its {len(frame)} rows {are(twice)} of a customer who has another one"
        raise InvalidError(subject, [Fault(field, problem, f"give one row for each {key}")])


def _counted(entry: Entry, names: Iterator[str], keys: list[str]) -> Frame:
    """The number of rows and, where there is one, the sum of the amounts, by key."""
    count, amount = next(names), next(names)
    made = {count: nw.lit(1, dtype=nw.Int64)}
    if not entry.columns:
        counted = _grouped(entry.frame.with_columns(**made).select(*keys, count), keys, [count])
        return counted.rename({count: _CUSTOMERS})
    column = entry.columns[_SPEND]
    made[amount] = nw.lit(0, dtype=nw.Int64)
    if isinstance(column, Column):  # else the column is of a type that holds nulls alone
        # Amounts that are greater than any sum of whole numbers are added as floats.
        value = column.real if column.is_whole and column.high >= LIMIT else column.value
        known = nw.when(expression(negation(column.unknown))).then(value)
        made[amount] = column.value if column.form is Form.OBJECTS else known  # a null among objects has 0 in its place
    counted = _grouped(entry.frame.with_columns(**made).select(*keys, *made), keys, [*made])
    if not isinstance(column, Column) or (column.is_whole and column.high < LIMIT):
        counted = counted.with_columns(nw.col(amount).cast(nw.Int64))  # DuckDB adds whole numbers up to wider ones
    return counted.rename({count: _CUSTOMERS, amount: _SPEND})


def _grouped(frame: Frame, keys: list[str], numbers: list[str]) -> Frame:
    """The sums by key; null is a key as any other."""
    grouped: Any = frame.group_by(*keys).agg(*(nw.col(name).sum() for name in numbers))
    first, *others = numbers
    summed: Frame = grouped.with_columns(nw.col(first).cast(nw.Int64)).select(*keys, first, *others)
    return summed


def _order(frame: Frame, name: str, labels: type[Category] | None) -> list[Any]:
    """The codes in label order: those of the label set, of the column's type, or of the facet shipped by that name."""
    if labels is None and isinstance(frame, nw.DataFrame) and name in frame.columns:
        dtype = frame.collect_schema()[name]
        if dtype == nw.Enum or dtype == nw.Categorical:  # noqa: PLR1714  # types of types: `in` would hash them
            return codes(frame, name)
    labels = _SHIPPED.get(name) if labels is None else labels
    return [] if labels is None else [label.value for label in labels]


def _sorted(frame: Frame, orders: dict[str, list[Any]], last: str | None = None) -> Frame:
    """An eager table in label order, then null, then what comes last; a lazy one as it is."""
    if not isinstance(frame, nw.DataFrame):
        return frame
    places: list[list[int]] = []
    for name, order in orders.items():
        column = frame.get_column(name)
        nulls = column.is_null().to_list()
        values = [None if null else value for value, null in zip(column.to_list(), nulls, strict=True)]
        others = sorted({value for value in values if value is not None} - {*order, last})
        ranked = dict.fromkeys([*order, *others])
        ranked.pop(last, None)
        ranks = {value: rank for rank, value in enumerate([*ranked, None, last])}
        places.append([ranks[value] for value in values])
    rows = sorted(range(len(frame)), key=lambda row: [of_column[row] for of_column in places])
    return nw.maybe_reset_index(frame[rows])
