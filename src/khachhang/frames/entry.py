"""The facts of a table on their way in: checked by type, and brought to a form in which not known is always null."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.errors import Fault, InvalidError
from khachhang.frames import native
from khachhang.frames.column import LIMIT, Column, Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from khachhang.frames.column import Place
    from khachhang.frames.table import Frame
    from khachhang.rules.variable import Variable

_HELD = {nw.Boolean: "True and False", nw.String: "text", nw.Date: "dates", nw.Datetime: "time stamps"}
_INTEGERS = {nw.Int8: 8, nw.Int16: 16, nw.Int32: 32, nw.Int64: 64, nw.Int128: 128}
_UNSIGNED = {nw.UInt8: 8, nw.UInt16: 16, nw.UInt32: 32, nw.UInt64: 64, nw.UInt128: 128}


@attrs.define(eq=False)
class Entry:
    """A table with what is known of its facts.

    Args:
        frame: The table, with the columns that were made.
        names: Names for more columns.
        columns: Where each fact is found.
    """

    frame: Frame
    names: Iterator[str]
    columns: dict[str, Place] = attrs.field(factory=dict)

    def make(self, wanted: Mapping[str, tuple[nw.Expr, Column]]) -> None:
        """Make a column for each of these facts from an expression; the column given says of what form it is."""
        made: dict[str, nw.Expr] = {}
        for fact, (values, like) in wanted.items():
            name = next(self.names)
            made[name] = values
            self.columns[fact] = attrs.evolve(like, name=name)
        if made:
            self.frame = self.frame.with_columns(**made)


def enter(
    frame: Frame, names: Iterator[str], variables: Iterable[Variable], subject: str, *, codes: bool = True
) -> Entry:
    """Find the facts in a table, and check what it holds.

    Args:
        frame: The table.
        names: Names for columns to be made.
        variables: The facts that are wanted; one without a column is not known.
        subject: What is being done, for errors.
        codes: Whether a text that is no code of the fact's label set is an error (not known, on a lazy table).

    Raises:
        InvalidError: If columns are of a type that the fact can not be, all of them at once; or for such a text.
    """
    variables = list(variables)
    entry = Entry(frame, names, {variable.name: None for variable in variables})
    present = frame.collect_schema()
    found = [variable for variable in variables if variable.name in present]
    faults: list[Fault] = []
    objects: dict[str, tuple[str, str, Variable]] = {}
    casts: dict[str, tuple[nw.Expr, Column]] = {}
    for variable in found:
        name, dtype = variable.name, present[variable.name]
        if native.holds_objects(frame, name) and not native.holds_text(frame, name, variable):
            objects[name] = (next(names), next(names), variable)
        elif not native.is_null_type(frame, name):
            if not _fits(frame, dtype, variable):
                faults.append(_wrong(variable, dtype))
                continue
            column, cast = _column(frame, variable, dtype)
            entry.columns[name] = column
            if cast is not None:
                casts[name] = (native.as_text(name) if cast == nw.String else nw.col(name).cast(cast), column)
    if faults:
        raise InvalidError(subject, faults)
    if objects:
        entry.frame = native.plain_objects(entry.frame, objects, subject)
        entry.columns |= {name: _of_objects(*made) for name, made in objects.items()}
    entry.make(casts)
    _clean(entry, [variable for variable in found if variable.name not in objects], subject, codes=codes)
    return entry


def _fits(frame: Frame, dtype: nw.dtypes.DType, variable: Variable) -> bool:
    if variable.type is bool:
        return dtype == nw.Boolean
    if variable.is_number:
        return dtype.is_numeric()
    if _is_coded(dtype):
        return native.can_be_grouped(frame, variable.name)
    return dtype == nw.String and native.can_be_read(frame, variable.name)


def _is_coded(dtype: nw.dtypes.DType) -> bool:
    return dtype == nw.Categorical or dtype == nw.Enum  # noqa: PLR1714  # types of types: `in` would hash them


def _wrong(variable: Variable, dtype: nw.dtypes.DType) -> Fault:
    held = next((words for kind, words in _HELD.items() if dtype == kind), "numbers" if dtype.is_numeric() else "")
    shown = f"{held} ({dtype})" if held else str(dtype)
    hint = "convert the column first; nulls stand for what is not known"
    if variable.type is bool and dtype.is_numeric():
        hint = "0 and 1 may be counts: turn them into False and True first"
    return Fault(variable.name, f"the column holds {shown}, and {variable.described()} is wanted", hint)


def _column(frame: Frame, variable: Variable, dtype: nw.dtypes.DType) -> tuple[Column, Any]:  # one answer a case
    """How the column holds the fact, and the type to which it has to be cast first, if any."""
    name, is_dask = variable.name, native.engine(frame) == "dask"
    if variable.type is bool:
        return Column(name, Form.FLAGS), None
    if not variable.is_number:
        return Column(name, Form.TEXTS), nw.String if _is_coded(dtype) else None
    if dtype == nw.UInt64 and native.compares_signed(frame, name):
        if native.may_reach(frame, name, LIMIT):
            return Column(name, Form.UNITS, high=2**64 - 1, scale=0), nw.Decimal(20, 0)
        return Column(name, Form.UNITS, high=LIMIT - 1), nw.Int64
    # Dask turns a decimal constant into text, and narwhals' whole numbers of other widths hold no nulls there.
    as_floats = is_dask and (dtype.is_decimal() or (dtype.is_integer() and dtype != nw.Int64))
    ends = None if as_floats else _ends(dtype)
    scale = dtype.scale if isinstance(dtype, nw.Decimal) else None
    if ends is None:
        return Column(name, Form.FLOATS, scale=scale), None if dtype == nw.Float64 else nw.Float64
    return Column(name, Form.UNITS, low=ends[0], high=ends[1], scale=scale), None


def _ends(dtype: nw.dtypes.DType) -> tuple[int, int] | None:
    """The least and the greatest number of units that a column can hold; None for floats."""
    if isinstance(dtype, nw.Decimal):
        limit = 10 ** (dtype.precision or 38) - 1
        return -limit, limit
    signed = next((bits for kind, bits in _INTEGERS.items() if dtype == kind), None)
    if signed is not None:
        return -(2 ** (signed - 1)), 2 ** (signed - 1) - 1
    unsigned = next((bits for kind, bits in _UNSIGNED.items() if dtype == kind), None)
    return None if unsigned is None else (0, 2**unsigned - 1)


def _of_objects(values: str, mask: str, variable: Variable) -> Column:
    if variable.type in {int, Decimal}:
        return Column(values, Form.OBJECTS, mask=mask)
    form = Form.FLAGS if variable.type is bool else Form.FLOATS if variable.is_number else Form.TEXTS
    return Column(values, form)


def _clean(entry: Entry, found: Iterable[Variable], subject: str, *, codes: bool) -> None:
    """NaN and unknown codes become null; where the data can be seen, unknown codes are an error instead."""
    here = {variable: column for variable in found if isinstance(column := entry.columns[variable.name], Column)}
    if isinstance(entry.frame, nw.DataFrame):
        _look(entry, entry.frame, here, subject, codes=codes)
        return
    wanted: dict[str, tuple[nw.Expr, Column]] = {}
    for variable, column in here.items():
        if column.form is Form.FLOATS:
            wanted[variable.name] = (nw.when(~column.value.is_nan()).then(column.value), column)
        elif codes and variable.category is not None:
            wanted[variable.name] = (nw.when(column.value.is_in(_codes(variable))).then(column.value), column)
    entry.make(wanted)


def _look(
    entry: Entry, frame: nw.DataFrame[Any], here: Mapping[Variable, Column], subject: str, *, codes: bool
) -> None:
    """Whether there are nulls at all, and where: that is asked once, and not again by every rule."""
    looks: dict[str, nw.Expr] = {}
    for number, (variable, column) in enumerate(here.items()):
        looks[f"null_{number}"] = _unknown(column).any()
        if codes and variable.category is not None:
            looks[f"stray_{number}"] = _stray(variable, column).any()
    if not looks or not len(frame):
        return
    seen = {name: values[0] for name, values in frame.select(**looks).to_dict(as_series=False).items()}
    faults: list[Fault] = []
    masks: dict[str, nw.Expr] = {}
    for number, (variable, column) in enumerate(here.items()):
        if seen.get(f"stray_{number}"):
            example = frame.filter(_stray(variable, column)).head(1).get_column(column.name).to_list()[0]
            problem = f"the column holds {example!r}, and {variable.described()} is wanted"
            faults.append(Fault(variable.name, problem, "correct the code, or make it null where it is not known"))
        mask = None
        has_nulls = seen[f"null_{number}"]
        if has_nulls and (column.form is Form.FLOATS or not native.knows_open(frame)):
            mask = next(entry.names)
            masks[mask] = _unknown(column)
        entry.columns[variable.name] = attrs.evolve(column, nullable=has_nulls, mask=mask)
    if faults:
        raise InvalidError(subject, faults)
    if masks:
        entry.frame = entry.frame.with_columns(**masks)


def _unknown(column: Column) -> nw.Expr:
    null = column.value.is_null()
    return null | column.value.is_nan().fill_null(value=True) if column.form is Form.FLOATS else null


def _codes(variable: Variable) -> list[str]:
    return [str.__str__(code) for code in variable.type]


def _stray(variable: Variable, column: Column) -> nw.Expr:
    return ~column.value.is_null() & ~column.value.is_in(_codes(variable))
