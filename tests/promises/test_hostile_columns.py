"""Whatever a column holds: a table, or one of the library's own errors."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest

import khachhang as kh
from khachhang import advice, charts, classifiers, frames

if TYPE_CHECKING:
    from collections.abc import Callable

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


ENGINES: dict[str, tuple[Callable[[dict[str, list[Any]]], Any], dict[str, list[Any]]]] = {
    "polars": (in_polars, ODD),
    "duckdb": (in_duckdb, ODD),
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


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ASKED)
def test_an_odd_column_is_taken_or_refused_by_an_error_of_ours(engine: str, name: str) -> None:
    make, odd = ENGINES[engine]
    columns, ask = ASKED[name]
    looked_at(ask(make(columns)))
    for column in columns:
        for values in odd.values():
            try:
                looked_at(ask(make({**columns, column: values})))
            except kh.KhachhangError as error:
                str(error)
                repr(error)
