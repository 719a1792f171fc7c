"""Events gathered to one row a customer: on engines that count different values wrongly the days are counted apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from khachhang.frames import native
from khachhang.frames.aggregation import Aggregation

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS: dict[str, list[Any]] = {
    "customer_id": ["A", "A", "A", "A", "B", "B", "C"],
    "day": [date(2026, 1, day) for day in (1, 1, 2, 3, 1, 1, 5)],
    "kind": ["buy", "buy", "buy", "ask", "ask", "ask", "buy"],
}


@pytest.mark.parametrize(
    "make", [pl.DataFrame, pl.LazyFrame, pd.DataFrame, pa.table], ids=["polars", "lazy", "pandas", "arrow"]
)
@pytest.mark.parametrize("apart", [False, True], ids=["beside", "apart"])
@pytest.mark.parametrize("counted", [False, True], ids=["days alone", "and rows"])
def test_days_are_counted_once_however_an_engine_counts(
    make: Callable[[dict[str, list[Any]]], Any], apart: bool, counted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "counts_unique_wrongly", lambda _: apart)
    asked = Aggregation(nw.from_native(make(EVENTS)))
    bought = nw.col("kind") == "buy"
    asked.days("days", where=True)
    asked.days("days_of_buying", where=bought)
    if counted:
        asked.count("purchases", bought)

    made = asked.made().lazy().collect("polars").sort("customer_id")

    assert made["customer_id"].to_list() == ["A", "B", "C"]
    assert made["days"].to_list() == [3, 1, 1]
    assert made["days_of_buying"].to_list() == [2, 0, 1]
    if counted:
        assert made["purchases"].to_list() == [3, 0, 1]


def test_days_of_two_kinds_are_counted_each_by_its_own_rows() -> None:
    asked = Aggregation(nw.from_native(pl.DataFrame(EVENTS)))
    for kind in ("buy", "ask"):
        where = nw.col("kind") == kind
        asked.days(f"{kind}_days", where)
        asked.ends(f"{kind}_first", f"{kind}_last", "day", where)

    made = asked.made().lazy().collect("polars").sort("customer_id")

    days = {"buy": [2, 0, 1], "ask": [1, 1, 0]}
    assert {kind: made[f"{kind}_days"].to_list() for kind in days} == days
    assert made["buy_last"].to_list() == [date(2026, 1, 2), None, date(2026, 1, 5)]
    assert made["ask_first"].to_list() == [date(2026, 1, 3), date(2026, 1, 1), None]
