"""Whatever a column holds, and whatever a table is: a table, or one of the library's own errors."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.engines.configurations import HAS_OLD_POLARS
from tests.frames.columns import objects, of_arrow
from tests.promises.hostile import nested

import khachhang as kh
from khachhang import advice, charts, classifiers, frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.filterwarnings("ignore::khachhang.KhachhangWarning")

DAY = date(2026, 6, 30)
ODD: dict[str, list[Any]] = {
    "nothing": [None, None],
    "truth": [True, None],
    "numbers below 0": [-1, -(2**63)],
    "no numbers": [math.nan, -math.inf],
    "exact": [Decimal(10) ** 30, Decimal("0.1")],
    "texts": ["", "\u202eabc\u2066\x00"],
    "long": ["x" * 100_000, "9" * 400],
    "days": [date.min, date.max],
    "moments": [datetime(1, 1, 1), datetime(9999, 12, 31)],
    "aware": [datetime(2026, 6, 30, tzinfo=UTC)] * 2,
    "stretches": [timedelta(1), timedelta(0)],
    "bytes": [b"a", b"\xff"],
    "lists": [[1], []],
    "structures": [{"a": 1}, {"a": None}],
}
BASE: dict[str, dict[str, list[Any]]] = {
    "purchases": {"customer_id": ["a", "b"], "day": [DAY] * 2, "amount": [1, 2], "purpose": ["self"] * 2},
    "interactions": {"customer_id": ["a", "b"], "day": [DAY] * 2, "kind": ["survey"] * 2, "score": [1.0] * 2},
    "ties": {"customer_id": ["a", "b"], "kind": ["bank"] * 2, "until": [DAY] * 2},
    "customers": {"customer_id": ["a", "b"], "birth_date": [DAY] * 2, "gender": ["male"] * 2, "monthly_income": [1, 2]},
}
WANTED = {
    "purchases": ["spend", "resale_share"], "interactions": ["mean_score"], "ties": ["tie_bank"],
    "customers": ["age", "gender", "monthly_income"],
}  # fmt: skip
KNOWN: dict[str, list[Any]] = {
    "customer_id": ["a", "b"], "age": [3, 30], "gender": ["male"] * 2, "spend": [1, 2], "has_need": [True] * 2,
}  # fmt: skip
CLASSIFIED: dict[str, list[Any]] = {"customer_id": ["a", "b"], "benefit": ["loyal", None], "age_band": ["over_50"] * 2}


def in_polars(columns: dict[str, list[Any]]) -> Any:
    return pl.DataFrame(columns)


def in_duckdb(columns: dict[str, list[Any]]) -> Any:
    return duckdb.from_arrow(pa.table(columns))


def in_pandas(columns: dict[str, Any]) -> Any:
    return pd.DataFrame(columns)


ODD_IN_PANDAS: dict[str, Any] = {
    "nothing": objects(None, pd.NA),
    "no moment": objects(pd.NaT, math.nan),
    "mixed": objects("a", 1),
    "huge": objects(10**5000, 2**64),
    "signalling": objects(Decimal("sNaN"), Decimal("NaN")),
    "surrogates": objects("\ud800", None),
    "bytes": objects(b"a", b"\xff"),
    "aware": objects(datetime(2026, 6, 30, tzinfo=UTC), None),
    "deep": objects(nested(2_000), {"a": 1}),
    "no numbers": objects(int, np.array(1)),
    "complex": pd.Series([1j, 2]),
    "halves": pd.Series([1, 2], dtype="float16"),
    "codes": pd.Series(pd.Categorical(objects("\ud800", "a"))),
    "periods": pd.Series(pd.period_range("2026-01", periods=2, freq="M")),
    "views": of_arrow("a", pa.string_view()),
    "negative scale": of_arrow(Decimal(100), pa.decimal128(5, -2)),
    "maps": of_arrow([("a", 1)], pa.map_(pa.string(), pa.int8())),
    "dictionary": of_arrow("a", pa.dictionary(pa.int8(), pa.string())),
}
ENGINES: dict[str, tuple[Callable[[dict[str, Any]], Any], dict[str, Any]]] = {
    "polars": (in_polars, {kind: values for kind, values in ODD.items() if kind != "exact" or not HAS_OLD_POLARS}),
    "duckdb": (in_duckdb, ODD),
    "pandas": (in_pandas, ODD_IN_PANDAS),
}
WISH = advice.Persona("x", wishes=[kh.fact.age > 3, kh.fact.gender == kh.Gender.MALE])


def from_events(ask: Callable[..., Any], table: str, given: Any) -> Any:
    return ask(**{"purchases": None, table: given}, as_of=DAY, only=WANTED[table])


ASKED: dict[str, tuple[dict[str, list[Any]], Callable[[Any], Any]]] = {
    **{
        f"{ask.__name__} {table}": (
            columns,
            partial(from_events, ask, table),
        )
        for ask in (frames.facts, frames.problems)
        for table, columns in BASE.items()
    },
    "classify": (KNOWN, lambda given: frames.classify(given, [classifiers.age_band()], reasons=True)),
    "match": (KNOWN, lambda given: frames.match(given, [WISH])),
    "fit_bands": (KNOWN, lambda given: frames.fit_bands(given, "spend", 2, name="z")),
    "summarize": (CLASSIFIED, lambda given: frames.summarize(given, ["benefit"])),
    "transitions": (CLASSIFIED, lambda given: frames.transitions(given, given, "benefit")),
    "segments": (CLASSIFIED, lambda given: charts.segments(given, "benefit").to_dict()),
}


def looked_at(made: Any) -> None:
    if isinstance(made, duckdb.DuckDBPyRelation):
        made.arrow()


def refused_or_done(ask: Callable[[Any], Any], given: Any) -> None:
    try:
        looked_at(ask(given))
    except kh.KhachhangError as error:
        str(error)
        repr(error)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ASKED)
def test_an_odd_column_is_taken_or_refused_by_an_error_of_ours(engine: str, name: str) -> None:
    make, odd = ENGINES[engine]
    columns, ask = ASKED[name]
    looked_at(ask(make(columns)))
    for column in columns:
        for values in odd.values():
            refused_or_done(ask, make({**columns, column: values}))


def odd_tables(make: Callable[[dict[str, Any]], Any], columns: dict[str, list[Any]]) -> Iterator[Any]:
    yield make({name: values[:0] for name, values in columns.items()})
    yield make({name: [None] * len(values) for name, values in columns.items()})
    for left_out in columns:
        yield make({name: values for name, values in columns.items() if name != left_out})
    ours = ("__place", "__twice", "__wrong", "__lacking", "__kh_0", "key", "before", "customers", "n0")
    yield make({**columns, **{name: [1, 2] for name in ours}})


def odd_tables_of_pandas(columns: dict[str, list[Any]]) -> Iterator[Any]:
    table = in_pandas(columns)
    yield pd.DataFrame()
    yield pd.DataFrame(index=[1, 2])
    yield table.T
    for name in columns:
        yield pd.concat([table, table[[name]]], axis="columns")
        yield table.set_index(name)
        yield table.rename_axis(name)
    yield table.set_axis([0, 0])
    yield table.set_axis(pd.MultiIndex.from_tuples([(1, 2), (1, 2)], names=["customer_id", "key"]))
    yield table.set_axis(pd.MultiIndex.from_product([[""], [*columns]]), axis="columns")
    for odd in (1, None, math.nan, pd.NA, pd.NaT, ("a",), DAY, True, b"a", frozenset({1}), "\ud800"):
        names = objects(*columns, odd).array
        yield table.assign(more=1).set_axis(pd.Index(names, dtype=object, tupleize_cols=False), axis="columns")


NO_TABLES = (
    None, "customer_id", {"customer_id": ["a"]}, [{"customer_id": "a"}], pl.Series([1]), pl.col("age"), pl.DataFrame,
    pl.DataFrame().lazy(), pa.array([1]), pa.table({}), np.zeros((2, 2)), pd.Series([1]), pd.DataFrame({"age": [1]}).groupby("age"),
    duckdb.connect(), object(),
)  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_an_odd_table_is_taken_or_refused_by_an_error_of_ours(name: str) -> None:
    columns, ask = ASKED[name]
    for make in (in_polars, in_duckdb, in_pandas, pa.table):
        for given in odd_tables(make, columns):
            refused_or_done(ask, given)
    for given in (*odd_tables_of_pandas(columns), *NO_TABLES, pl.DataFrame()):
        refused_or_done(ask, given)


def test_a_column_of_a_type_without_end_is_refused() -> None:
    connection = duckdb.connect()
    connection.execute("SET max_expression_depth TO 10000")
    deep = connection.sql(f"SELECT 3 AS age, NULL::INT{'[]' * 2_000} AS deep")
    with pytest.raises(kh.InvalidError, match="its columns can not be read"):
        frames.classify(deep, [classifiers.age_band()])
