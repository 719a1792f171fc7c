"""The tables that frames make, as data: of segments by scores, and fitted on a population; see `test_tables.py`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from tests.golden.approved import check_text

import khachhang as kh
from khachhang.frames import rfm_segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.facts import DecisionTable

FILE = Path(__file__).parent / "frames_tables.txt"
COUNTS = pl.DataFrame({"purchase_count": [0, 1, 1, 1, 2, 5, None], "spend": [0, 1, 2, 3, 4, 5, 6]})


def tables() -> Iterator[DecisionTable[Any]]:
    yield rfm_segments()
    yield rfm_segments(3)
    yield kh.frames.fit_bands(COUNTS, "purchase_count", 3)
    yield kh.frames.fit_bands(COUNTS, "purchase_count", 1)
    yield kh.frames.fit_bands(COUNTS, "spend", 2, name="tiền", currency="VND", given=kh.fact.purchase_count >= 1)


def test_every_table_is_as_it_was_read_and_approved() -> None:
    made = [json.dumps(table.to_dict(), ensure_ascii=False, indent=1) for table in tables()]
    text = "\n".join([*made, ""])
    check_text(FILE, text)
