"""The first case that is true, however many there are, and what stands where none is."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from khachhang.frames.truth import first


@pytest.mark.parametrize("count", [1, 24, 25, 100, 1_000])
@pytest.mark.parametrize("default", [None, -1])
def test_the_first_that_is_true_counts(count: int, default: int | None) -> None:
    frame = nw.from_native(pl.DataFrame({"number": [0, count // 2, count - 1, count]}))
    cases = [(nw.col("number") <= place, place) for place in range(count)]
    found = frame.select(place=first(cases, default))["place"].to_list()
    assert found == [0, count // 2, count - 1, default]


@pytest.mark.parametrize("default", [None, -1])
def test_what_is_true_of_every_row_ends_the_search(default: int | None) -> None:
    frame = nw.from_native(pl.DataFrame({"number": [0, 1]}))
    cases: list[Any] = [(False, 7), (nw.col("number") == 0, 8), (True, 9), (nw.col("number") == 1, 10)]
    assert frame.select(place=first(cases, default))["place"].to_list() == [8, 9]
    assert frame.with_columns(place=first([(False, 7)], default))["place"].to_list() == [default] * 2
