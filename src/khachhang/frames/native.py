"""What one engine does in a way of its own, and narwhals can not: every such branch stands here, with its reason."""

from __future__ import annotations

import importlib
import math
from decimal import Decimal
from numbers import Integral
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from khachhang.errors import Fault, InvalidError, repr_of
from khachhang.frames.truth import first

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from khachhang.frames.table import Frame
    from khachhang.rules.variable import Variable

_PANDAS_LIKE = frozenset({"pandas", "modin", "dask"})


def engine(frame: Frame) -> str:
    """The engine's name, such as ``polars``."""
    name: str = frame.implementation.value
    return name


def is_pandas_like(frame: Frame) -> bool:
    """Whether the columns are those of pandas."""
    return engine(frame) in _PANDAS_LIKE


def planned(frame: Frame) -> Frame:
    """An eager Polars table as a plan: one query of five steps takes half the time of five."""
    return frame.lazy() if isinstance(frame, nw.DataFrame) and engine(frame) == "polars" else frame


def carried_out(frame: Frame, *, shares: bool = False) -> nw.DataFrame[Any]:
    """The table that such a plan makes; a table that never was a plan is left as it is.

    Args:
        frame: The table.
        shares: Whether its columns have parts in common: where they have none, looking for them takes its time.
    """
    if isinstance(frame, nw.DataFrame):
        return frame
    polars: Any = nw.get_native_namespace(frame)
    return frame.collect("polars", optimizations=polars.QueryOptFlags(comm_subexpr_elim=shares))


def as_text(name: str) -> nw.Expr:
    """A column of labels or texts as text. Before its version 3 pandas makes the text ``nan`` of a null."""
    return nw.when(~nw.col(name).is_null()).then(nw.col(name).cast(nw.String))


_UNGROUPED = (nw.List, nw.Array, nw.Struct, nw.Binary)
_GROUPED = (nw.Boolean, nw.String, nw.Date, nw.Datetime, nw.Duration, nw.Time, nw.Decimal, nw.Float32, nw.Float64)


def can_be_grouped(frame: Frame, name: str) -> bool:
    """Whether engines can count by a column, join by it and sort it; in pandas what is unusual is tried."""
    kind = frame.collect_schema()[name]
    if isinstance(kind, _UNGROUPED) or not can_be_read(frame, name):
        return False
    if not isinstance(frame, nw.DataFrame) or not is_pandas_like(frame):
        return not isinstance(kind, nw.Object) or frame.implementation.is_dask()
    if (isinstance(kind, _GROUPED) or kind.is_integer()) and not holds_objects(frame, name):
        return True
    pandas: Any = nw.get_native_namespace(frame)
    try:
        column: Any = frame.to_native()[name].dropna()
        if isinstance(kind, (nw.Categorical, nw.Enum)):
            column.astype(object).drop_duplicates().astype(str)  # as which they are read
        elif pandas.api.types.infer_dtype(column) == "string":
            pandas.Index(column.to_list())  # half of a pair of surrogates is a text of Python's and none of Arrow's
        else:
            _use_as_key(column)
    except _REFUSALS:
        return False
    return True


_REFUSALS = (TypeError, ValueError, LookupError, NotImplementedError, ArithmeticError, RecursionError)
"""What pandas raises for a column of which it can not do what is asked."""


def _use_as_key(column: Any) -> None:
    """Do what is done with ids and labels: pandas can not with all that a column of it can hold."""
    table = column.drop_duplicates().reset_index(drop=True).to_frame("key")
    counted = table.groupby("key", as_index=False, observed=True).size()
    table.merge(counted, on="key").sort_values("key")
    if str(column.dtype) != "object":  # NumPy sorts what Python does not, such as complex numbers
        sorted(table["key"].to_list())
    table["key"].astype(str)


def compares_signed(frame: Frame, name: str) -> bool:
    """Whether numbers without a sign are compared as numbers with one, which fails for the greatest."""
    return engine(frame) in {"pyarrow", "ibis"} or (
        engine(frame) == "pandas" and _native_type(frame, name).endswith("[pyarrow]")
    )


def may_reach(frame: Frame, name: str, number: int) -> bool:
    """Whether a column of numbers without a sign holds such a number, or a greater one; as far as can be seen."""
    if not isinstance(frame, nw.DataFrame):  # pragma: no cover  # Ibis, which the ordinary tests do without
        return True
    return bool(frame.select((nw.col(name) > nw.lit(number - 1, dtype=nw.UInt64)).any()).item())


def unnamed(frame: Frame) -> Frame:
    """The table without a name for its index: pandas neither counts nor joins by a column that bears the same one."""
    if not is_pandas_like(frame) or not isinstance(frame, nw.DataFrame):
        return frame
    table: Any = frame.to_native()
    changed: Frame = nw.from_native(table.set_axis(table.index.set_names([None] * table.index.nlevels)))
    return changed


def holds_nothing(frame: Frame, name: str) -> bool:
    """Whether a column is known to hold nothing: by its type, or where the data can be seen."""
    if is_null_type(frame, name):
        return True
    return isinstance(frame, nw.DataFrame) and bool(frame.get_column(name).is_null().all())


def can_be_read(frame: Frame, name: str) -> bool:
    """Whether a column can be filtered and compared: PyArrow can not do that with Arrow's views of texts."""
    return "string_view" not in _native_type(frame, name)


def codes(frame: nw.DataFrame[Any], name: str) -> list[Any]:
    """The codes that a column's own type tells, in order; pandas does not tell those of an Arrow dictionary."""
    if is_pandas_like(frame) and _native_type(frame, name) != "category":
        return []
    return frame.get_column(name).cat.get_categories().to_list()


def holds_objects(frame: Frame, name: str) -> bool:
    """Whether the column holds Python objects: narwhals then guesses its type from the first hundred rows."""
    return is_pandas_like(frame) and str(frame.to_native().dtypes[name]) == "object"


def is_null_type(frame: Frame, name: str) -> bool:
    """Whether the column's type says that it holds nothing; narwhals has no such type and calls it unknown."""
    return _native_type(frame, name) in {"null", "null[pyarrow]", "void", "nulltype"}


def of_null_type(frame: Frame) -> list[str]:
    """The columns of such a type."""
    schema = frame.collect_schema().items()
    return [name for name, kind in schema if isinstance(kind, nw.Unknown) and is_null_type(frame, name)]


def _native_type(frame: Frame, name: str) -> str:
    """What the engine calls the column's type, in small letters."""
    native: Any = frame.to_native()
    match engine(frame):
        case "polars":
            found: object = native.collect_schema()[name]
        case "pyarrow":
            found = native.schema.field(name).type
        case "duckdb":
            found = native.types[native.columns.index(name)]
        case "pyspark" | "pyspark[connect]" | "sqlframe":  # pragma: no cover  # the ordinary tests do without
            found = next(field.dataType.simpleString() for field in native.schema.fields if field.name == name)
        case "ibis":  # pragma: no cover  # the ordinary tests do without
            found = native.schema()[name]
        case _:
            found = native.dtypes[name]
    return str(found).strip('"').lower()


def holds_text(frame: Frame, name: str, variable: Variable) -> bool:
    """Whether a text is wanted and the objects of a pandas column are texts: then they can stay as they are."""
    if variable.type is bool or variable.is_number or engine(frame) == "dask":
        return False
    pandas: Any = nw.get_native_namespace(frame)
    return str(pandas.api.types.infer_dtype(frame.to_native()[name], skipna=True)) == "string"


def plain_objects(frame: Frame, wanted: Mapping[str, tuple[str, str, Variable]], subject: str) -> Frame:
    """Columns of Python objects as columns of one type.

    A pandas column that is not of one type (Booleans or decimals with None among them) can not be compared: its nulls
    raise or count as a value.

    Args:
        frame: The table.
        wanted: For each fact the new column, a column for its nulls, and what the fact is.
        subject: What is being done, for errors.

    Raises:
        InvalidError: If an eager table holds what the fact can not be; a lazy one gives null there.
    """
    native: Any = frame.to_native()
    pandas: Any = nw.get_native_namespace(frame)
    made: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, (values, mask, variable) in wanted.items():
        column = native[name]
        if engine(frame) == "dask":  # pragma: no cover  # the ordinary tests do without
            kind = _object_type(variable)
            made[values] = column.map_partitions(_values, variable, meta=(values, kind))
            made[mask] = column.map_partitions(_mask, variable, meta=(mask, "bool"))
            continue
        mask_ = _mask(column, variable)
        wrong = [value for value in column[mask_].to_list() if not _is_nothing(value, pandas)]
        if wrong:
            shown = "a value" if variable.is_private else repr_of(wrong[0])
            faults.append(Fault(name, f"it holds {shown}, and {variable.described()} is wanted", "correct the column"))
        made[values], made[mask] = _values(column, variable), mask_
    if faults:
        raise InvalidError(subject, faults)
    changed: Frame = nw.from_native(native.assign(**made) if engine(frame) == "dask" else _beside(native, made))
    return changed


def _beside(table: Any, made: Mapping[str, Any]) -> Any:
    """A pandas table with columns more: one by one they would leave it in fragments, and pandas warns of that."""
    pandas: Any = nw.get_native_namespace(table)
    others = table.drop(columns=[name for name in made if name in table.columns])
    return pandas.concat([others, type(table)(dict(made), index=table.index)], axis="columns")


_BLOCK = 2**20


def by_blocks(frame: Frame, make: Callable[[Frame], Frame], names: Sequence[str]) -> Frame:
    """The table with columns more, of which each row follows from that row alone.

    pandas makes a whole column for every step: for more rows than the processor's cache holds that takes twice the
    time, so there they are made block by block.
    """
    if engine(frame) != "pandas" or not isinstance(frame, nw.DataFrame) or len(frame) <= _BLOCK:
        return make(frame)
    table: Any = frame.to_native()
    pandas: Any = nw.get_native_namespace(frame)
    parts = [make(frame[start : start + _BLOCK]).select(*names).to_native() for start in range(0, len(frame), _BLOCK)]
    joined = pandas.concat(parts)
    changed: Frame = nw.from_native(_beside(table, {name: joined[name].array for name in names}))
    return changed


def _value(value: Any, variable: Variable) -> Any:
    """One object as a value of the fact; None where it is none."""
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:  # NumPy's as well, of version 2 and 1
        return bool(value) if variable.type is bool else None
    if variable.is_number:
        return _number(value)
    if variable.type is bool or not isinstance(value, str):
        return None
    return value if variable.category is None or value in list(variable.category) else None


def _is_nothing(value: Any, pandas: Any) -> bool:
    """Whether an object stands for a null. pandas compares a Decimal with itself, which a signalling NaN refuses."""
    if isinstance(value, Decimal):
        return value.is_nan()
    if value is None or isinstance(value, float):
        return value is None or math.isnan(value)
    return bool(pandas.api.types.is_scalar(value) and pandas.isna(value))


def _number(value: Any) -> Decimal | None:
    if isinstance(value, float):
        value = Decimal(repr(float(value)))
    elif type(value) is int or isinstance(value, Integral):  # which takes ten times as long to ask
        value = Decimal(int(value))
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _object_type(variable: Variable) -> str:
    if variable.type is bool:
        return "boolean"
    return "float64" if variable.type is float else "object"


def _values(column: Any, variable: Variable) -> Any:
    made: list[Any] = [_value(value, variable) for value in column]
    if variable.type is float:
        made = [math.nan if value is None else float(value) for value in made]
    elif variable.is_number:
        # Exact numbers can not be compared with None, so 0 stands in; the mask says that it means nothing.
        made = [value or Decimal(0) for value in made]
        if variable.type is int:
            made = [math.floor(value) for value in made]
    return type(column)(made, index=column.index, name=column.name, dtype=_object_type(variable))


def _mask(column: Any, variable: Variable) -> Any:
    return column.map(lambda value: _value(value, variable) is None).astype("bool")


def days_from_objects(frame: Frame, name: str) -> Frame:
    """Python's dates in a pandas column as time stamps of pandas, which can be compared where some are None."""
    table: Any = frame.to_native()
    pandas: Any = nw.get_native_namespace(frame)
    if pandas.api.types.infer_dtype(table[name], skipna=True) not in {"date", "datetime", "empty"}:
        return frame
    try:
        days = table[name].astype("datetime64[s]")
    except ValueError:  # some have a time zone, and a column of objects has no place for it
        return frame
    changed: Frame = nw.from_native(_beside(table, {name: days}))
    return changed


def local_days(frame: Frame, name: str, zone: str | None) -> Frame:
    """Time stamps as the days on which they fall: in a zone, or as they stand."""
    stamp = nw.col(name)
    if zone is not None:
        if engine(frame) in _SQL:
            return _local_days_in_sql(frame, name, zone)
        stamp = stamp.dt.convert_time_zone(zone).dt.replace_time_zone(None)
    # Without PyArrow pandas has no dates: there the first moment of a day stands for it.
    return frame.with_columns((stamp.dt.truncate("1d") if is_pandas_like(frame) else stamp.cast(nw.Date)).alias(name))


_SQL = frozenset({"duckdb", "ibis", "pyspark", "pyspark[connect]", "sqlframe"})


def _local_days_in_sql(frame: Frame, name: str, zone: str) -> Frame:
    """These engines keep the zone in the session, so narwhals refuses to change it."""
    table: Any = frame.to_native()
    match engine(frame):
        case "duckdb":
            import duckdb  # noqa: PLC0415  # loaded already

            local = duckdb.FunctionExpression(
                "timezone", duckdb.ConstantExpression(zone), duckdb.ColumnExpression(name)
            )
            others = [duckdb.ColumnExpression(column) for column in table.columns if column != name]
            made = table.select(*others, local.cast("date").alias(name))
        case "ibis":  # pragma: no cover  # the ordinary tests do without
            import ibis  # noqa: PLC0415  # loaded already

            kinds = ibis.expr.datatypes
            signature = ((kinds.string, kinds.Timestamp(timezone="UTC")), kinds.timestamp)
            timezone = ibis.udf.scalar.builtin(_timezone, name="timezone", signature=signature)
            made = table.mutate(**{name: timezone(zone, table[name]).date()})
        case "sqlframe":  # pragma: no cover  # the ordinary tests do without
            functions: Any = importlib.import_module(f"{type(table).__module__.rpartition('.')[0]}.functions")
            local = functions.convert_timezone(functions.lit("UTC"), functions.lit(zone), functions.col(name))
            made = table.withColumn(name, functions.to_date(local))
        case _:  # pragma: no cover  # the ordinary tests do without
            functions = importlib.import_module("pyspark.sql.functions")
            as_utc = functions.to_utc_timestamp(functions.col(name), functions.current_timezone())
            made = table.withColumn(name, functions.to_date(functions.from_utc_timestamp(as_utc, functions.lit(zone))))
    changed: Frame = nw.from_native(made)
    return changed


def _timezone(zone: str, stamp: Any) -> Any:  # pragma: no cover  # the ordinary tests do without
    """Stands for the engine's own function; never called."""


def knows_open(frame: Frame) -> bool:
    """Whether the engine's own logic of nulls is that of open rules, and a null condition of `when` counts as false.

    Measured with generated predicates. One nullable expression then takes half the time of two without nulls.
    """
    return engine(frame) == "polars" or engine(frame) in _SQL


def counts_unique_wrongly(frame: Frame) -> bool:
    """Whether `n_unique` adds up what is unique in each partition: on Dask it does, silently."""
    return engine(frame) == "dask"


def is_spark(frame: Frame) -> bool:
    """Whether the engine is Spark itself, where moving rows between machines is what costs."""
    return engine(frame).startswith("pyspark")


def gathered(frame: Frame, key: str) -> Frame:  # pragma: no cover  # the ordinary tests do without
    """A table of Spark with all rows of one key in one place; joins by that key then move no rows either."""
    moved: Frame = nw.from_native(frame.to_native().repartition(key))
    return moved


def joined_fully(first_: Frame, second: Frame, key: str) -> Frame:  # pragma: no cover  # the ordinary tests do without
    """Both tables, whoever is in one of them; for Spark, which need not read the keys apart then.

    Narwhals keeps the keys of either side in columns of their own.
    """
    joined: Frame = nw.from_native(first_.to_native().join(second.to_native(), on=key, how="full"))
    return joined


def typed(frame: Frame, whole: Sequence[str], flags: Sequence[str]) -> Frame:
    """The table with whole numbers and Booleans in columns that hold nulls."""
    if not is_pandas_like(frame):
        casts = [nw.col(name).cast(nw.Int64) for name in whole]
        return frame.with_columns(*casts) if casts else frame
    # NumPy's types hold none: there a count with nulls is a float, and a Boolean an object.
    kinds = dict.fromkeys(whole, "Int64") | dict.fromkeys(flags, "boolean")
    changed: Frame = nw.from_native(frame.to_native().astype(kinds))
    return changed


def readable(
    frame: Frame,
    labels: Mapping[str, tuple[str, Sequence[str]]],
    flags: Mapping[str, tuple[str, str]],
    numbers: Mapping[str, tuple[str, str]],
) -> Frame:
    """The table with labels in the engine's own enumeration where it has one, and truth values and numbers with nulls.

    Args:
        frame: The table.
        labels: For each new column a column of places among its codes (below 0: null), and the codes.
        flags: For each new column two Booleans: whether it is true, and whether it may be.
        numbers: For each new column a column of numbers, and one more; null where either is below 0.
    """
    match engine(frame):
        case "pandas":
            return _readable_in_pandas(frame, labels, flags, numbers)
        case "dask":  # pragma: no cover  # the ordinary tests do without
            return _readable_in_dask(frame, labels, flags, numbers)
        case _:
            pass
    made = {
        name: nw.when(nw.col(sure)).then(nw.lit(True)).otherwise(nw.when(~nw.col(can_be)).then(nw.lit(False)))  # noqa: FBT003  # the columns' values
        for name, (sure, can_be) in flags.items()
    }
    for name, (number, other) in numbers.items():
        made[name] = nw.when((nw.col(number) >= 0) & (nw.col(other) >= 0)).then(nw.col(number).cast(nw.Int64))
    if engine(frame) in {"polars", "duckdb"}:
        frame = frame.with_columns(**made) if made else frame
        return _enumerated_in_polars(frame, labels) if engine(frame) == "polars" else _named_in_duckdb(frame, labels)
    for name, (place, codes) in labels.items():
        if engine(frame) in _SQL:  # pragma: no cover  # narwhals' own way, a map, takes most of all the time there
            made[name] = first([(nw.col(place) == code, text) for code, text in enumerate(codes)], None, nw.String)
        else:
            places = list(range(len(codes)))
            made[name] = nw.col(place).replace_strict(places, list(codes), default=None, return_dtype=nw.String)
    return frame.with_columns(**made) if made else frame


def _enumerated_in_polars(frame: Frame, labels: Mapping[str, tuple[str, Sequence[str]]]) -> Frame:
    """Narwhals turns numbers into an Enum by looking each up, which takes a third longer."""
    polars: Any = nw.get_native_namespace(frame)
    schema = frame.collect_schema()
    made = []
    for name, (place, codes) in labels.items():
        kind = polars.Enum(codes)
        known = polars.when(polars.col(place) >= 0).then(polars.col(place))
        is_old = not hasattr(known.cat, "to")  # before its version 2 Polars casts numbers to an Enum, and since refuses
        # Below 0 it is null; then the sign means nothing, and an Int8 is what the Enum is made of already.
        known = known.reinterpret(signed=False) if schema[place] == nw.Int8 and not is_old else known
        made.append((known.cast(kind) if is_old else known.cat.to(kind)).alias(name))
    changed: Frame = nw.from_native(frame.to_native().with_columns(made))
    return changed


def _named_in_duckdb(frame: Frame, labels: Mapping[str, tuple[str, Sequence[str]]]) -> Frame:
    """Narwhals writes one CASE inside the other, which takes a third longer than a flat one."""
    import duckdb  # noqa: PLC0415  # loaded already

    table: Any = frame.to_native()
    others = [duckdb.ColumnExpression(name) for name in table.columns if name not in labels]
    made = []
    for name, (place, codes) in labels.items():
        cases: Any = duckdb
        for code, text in enumerate(codes):
            is_code = duckdb.ColumnExpression(place) == duckdb.ConstantExpression(code)
            cases = (duckdb.CaseExpression if cases is duckdb else cases.when)(is_code, duckdb.ConstantExpression(text))
        made.append(cases.alias(name))
    changed: Frame = nw.from_native(table.select(*others, *made))
    return changed


def _readable_in_pandas(frame: Frame, labels: Any, flags: Any, numbers: Any) -> Frame:
    """Narwhals has no unordered Categorical with given codes, and its null Booleans become objects or False."""
    table: Any = frame.to_native()
    pandas: Any = nw.get_native_namespace(frame)
    made: dict[str, Any] = {
        name: _categories(table[place], pandas.CategoricalDtype(codes)) for name, (place, codes) in labels.items()
    }
    made |= {name: _flag(table[sure], table[can_be]) for name, (sure, can_be) in flags.items()}
    made |= {name: _number_or_null(table[number], table[other]) for name, (number, other) in numbers.items()}
    changed: Frame = nw.from_native(_beside(table, made))
    return changed


def _readable_in_dask(
    frame: Frame, labels: Any, flags: Any, numbers: Any
) -> Frame:  # pragma: no cover  # the ordinary tests do without
    """The same as in pandas, partition by partition."""
    import pandas as pd  # noqa: PLC0415  # Dask's partitions are pandas', and it is loaded already

    table: Any = frame.to_native()
    made: dict[str, Any] = {}
    for name, (place, codes) in labels.items():
        kind = pd.CategoricalDtype(codes)
        made[name] = table[place].map_partitions(_categories, kind, meta=(name, kind))
    for name, (sure, can_be) in flags.items():
        made[name] = table[sure].map_partitions(_flag, table[can_be], meta=(name, "boolean"))
    for name, (number, other) in numbers.items():
        made[name] = table[number].map_partitions(_number_or_null, table[other], meta=(name, "Int64"))
    changed: Frame = nw.from_native(table.assign(**made))
    return changed


def _categories(places: Any, kind: Any) -> Any:
    numbers = places.to_numpy()
    values = kind.construct_array_type().from_codes(numbers.clip(min=-1), dtype=kind)
    return type(places)(values, index=places.index, name=places.name)


def _flag(sure: Any, can_be: Any) -> Any:
    return sure.astype("boolean").mask((can_be & ~sure).astype("bool"))


def _number_or_null(number: Any, other: Any) -> Any:
    return number.astype("Int64").mask(((number < 0) | (other < 0)).astype("bool"))
