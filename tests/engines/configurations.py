"""Every engine and every way in which it holds its data, behind one face: a table in, plain values out."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import itertools
import math
import os
import warnings
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ALL: Final = os.environ.get("KHACHHANG_ENGINES", "") == "all"
"""Whether the engines that take long to start take part as well; CI says so."""

Rows = list[dict[str, Any]]
_numbers = itertools.count()


@attrs.frozen
class Engine:
    """One configuration.

    Args:
        name: What it is called.
        make: A native table from an Arrow one.
        read: The rows of a native table as values of Python or Arrow's; nulls may be NaN.
        needs: The packages that it needs.
        is_lazy: Whether the data is only looked at in the end.
        is_slow: Whether it takes part only where all engines are asked for.
    """

    name: str
    make: Callable[[Any], Any]
    read: Callable[[Any], Rows]
    needs: tuple[str, ...]
    is_lazy: bool = False
    is_slow: bool = False

    @property
    def absence(self) -> str:
        """Why it can not take part here; empty where it can."""
        lacking = [package for package in (*self.needs, "pyarrow") if importlib.util.find_spec(package) is None]
        if lacking:
            return f"{' and '.join(lacking)} not installed"
        return "" if ALL or not self.is_slow else "set KHACHHANG_ENGINES=all to include it"

    def rows(self, native: Any) -> Rows:
        """The rows of a table; nulls and NaN are None, and labels are plain strings."""
        return [{name: _plain(value) for name, value in row.items()} for row in self.read(native)]

    def __str__(self) -> str:
        return self.name


def _plain(value: Any) -> Any:
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, float) or type(value).__name__.startswith("float"):
        return None if math.isnan(value) else float(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bool, int, Decimal)):
        return value
    if hasattr(value, "item"):  # a scalar of NumPy
        return value.item()
    return value.date() if hasattr(value, "date") else value


def _pandas(table: Any) -> Any:
    frame = table.to_pandas(date_as_object=False)
    frame.index = frame.index[::-1]  # an index that says nothing of the position
    return frame


def _pandas_nullable(table: Any) -> Any:
    import pandas as pd  # noqa: PLC0415

    kinds = {
        "int64": pd.Int64Dtype(),
        "double": pd.Float64Dtype(),
        "bool": pd.BooleanDtype(),
        "string": pd.StringDtype(),
    }
    frame = table.to_pandas(date_as_object=False, types_mapper=lambda kind: kinds.get(str(kind)))
    frame.index = [0] * len(frame)  # an index that repeats itself
    return frame


def _pandas_arrow(table: Any) -> Any:
    import pandas as pd  # noqa: PLC0415

    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _read_pandas(native: Any) -> Rows:
    columns = {name: native[name].astype(object).to_list() for name in native.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _polars(table: Any) -> Any:
    import polars as pl  # noqa: PLC0415

    return pl.from_arrow(table)


def _duckdb(table: Any) -> Any:
    import duckdb  # noqa: PLC0415

    return duckdb.from_arrow(table)


def _dask(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def made(table: Any) -> Any:
        import dask  # noqa: PLC0415
        import dask.dataframe as dd  # noqa: PLC0415

        dask.config.set(scheduler="synchronous")
        frame = make(table)
        for name, kind in frame.dtypes.items():
            stored = str(table.schema.field(name).type)
            if str(kind) == "object" and "string" not in stored:  # Dask turns objects into text
                frame[name] = frame[name].astype("boolean" if "bool" in stored else "float64")
        frame.index = range(len(frame))
        return dd.from_pandas(frame, npartitions=3, sort=False)

    return made


def _ibis(table: Any) -> Any:
    import ibis  # noqa: PLC0415

    return ibis.memtable(table)


@cache
def _sqlframe_session() -> Any:
    from sqlframe.duckdb import DuckDBSession  # noqa: PLC0415

    return DuckDBSession.builder.getOrCreate()


def _sqlframe(table: Any) -> Any:
    session = _sqlframe_session()
    name = f"kh_{next(_numbers)}"
    connection = session._conn
    connection.register(f"{name}_arrow", table)
    connection.execute(f"create or replace table {name} as select * from {name}_arrow")  # noqa: S608  # a name of ours
    return session.sql(f"select * from {name}")  # noqa: S608  # a name of ours


@cache
def _spark_session() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession  # noqa: PLC0415

        options = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "3",
            "spark.sql.session.timeZone": "UTC",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.log.level": "ERROR",
        }
        builder = SparkSession.builder.master("local[2]").appName("khachhang")
        for name, value in options.items():
            builder = builder.config(name, value)
        return builder.getOrCreate()


def _pyspark(table: Any) -> Any:
    return _spark_session().createDataFrame(table)


def _to_pylist(read: Callable[[Any], Any]) -> Callable[[Any], Rows]:
    return lambda native: read(native).to_pylist()


ENGINES: Final = (
    Engine("pandas", _pandas, _read_pandas, ("pandas",)),
    Engine("pandas-nullable", _pandas_nullable, _read_pandas, ("pandas",)),
    Engine("pandas-arrow", _pandas_arrow, _read_pandas, ("pandas",)),
    Engine("polars", _polars, lambda native: native.to_dicts(), ("polars",)),
    Engine("polars-lazy", lambda t: _polars(t).lazy(), lambda native: native.collect().to_dicts(), ("polars",), True),
    Engine("pyarrow", lambda table: table, _to_pylist(lambda native: native), ()),
    Engine("duckdb", _duckdb, _to_pylist(lambda native: native.to_arrow_table()), ("duckdb",), True),
    Engine("dask", _dask(_pandas), lambda native: _read_pandas(native.compute()), ("dask", "pandas"), True, True),
    Engine(
        "dask-arrow",
        _dask(_pandas_arrow),
        lambda native: _read_pandas(native.compute()),
        ("dask", "pandas"),
        True,
        True,
    ),
    Engine("ibis", _ibis, _to_pylist(lambda native: native.to_pyarrow()), ("ibis", "duckdb"), True, True),
    Engine(
        "sqlframe",
        _sqlframe,
        lambda native: [row.asDict() for row in native.collect()],
        ("sqlframe", "duckdb"),
        True,
        True,
    ),
    Engine("pyspark", _pyspark, lambda native: [row.asDict() for row in native.collect()], ("pyspark",), True, True),
)
"""Every configuration, in the order in which tests run them."""

PRESENT: Final = tuple(engine for engine in ENGINES if not engine.absence)
"""Those that take part here."""


def _is_before_2(package: str) -> bool:
    if importlib.util.find_spec(package) is None:
        return False
    return int(importlib.metadata.version(package).partition(".")[0]) < 2


HAS_OLD_DUCKDB: Final = _is_before_2("duckdb")
"""Whether DuckDB is older than 2: it loses quotation marks in names of columns, and the type of a column of nulls."""

HAS_OLD_POLARS: Final = _is_before_2("polars")
"""Whether Polars is older than 2: it does not join by decimals."""


def by_row(rows: Iterable[dict[str, Any]], key: str = "row") -> dict[Any, dict[str, Any]]:
    """Rows by a key, for engines without an order."""
    return {row[key]: row for row in rows}
