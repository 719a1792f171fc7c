"""Every chart as a picture: small data, offline files, whole words, in any theme, and beside each other."""

from __future__ import annotations

import random
import re
import socket
import sys
import xml.etree.ElementTree as ET
from datetime import date
from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl
import pytest
from tests.charts.populations import AGES, DAY
from tests.charts.reading import size

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAN = kh.Customer("KH-001", kh.Person("Lan"), purchases=[kh.Purchase(date(2026, 1, 5), 250_000)], interactions=[])


def population(customers: int) -> pl.DataFrame:
    """A table of facts with labels, nulls among them."""
    rng = random.Random(customers)  # noqa: S311  # no secret
    facts = pl.DataFrame(
        {
            "customer_id": range(customers),
            "party_kind": ["person"] * customers,
            "age": [None if rng.random() < 0.1 else rng.randint(0, 99) for _ in range(customers)],
            "purchase_count": [rng.randint(1, 9) for _ in range(customers)],
            "days_since_last_purchase": [rng.randint(0, 700) for _ in range(customers)],
            "days_since_first_purchase": [700] * customers,
        }
    )
    template = [AGES, kh.classifiers.relationship_type(), kh.classifiers.benefit()]
    needs = {name: pl.lit(None, dtype=pl.Boolean) for name in ("has_need", "has_means", "taste_matches")}
    needs |= {"bought_count": pl.col("purchase_count")}
    return kh.frames.classify(facts.with_columns(**needs), template, assume=kh.RECORDED_IS_ALL, reasons=True)


CHARTS: dict[str, Callable[[pl.DataFrame, Any], alt.LayerChart]] = {
    "segments": lambda table, lang: kh.charts.segments(table, "relationship_type", lang=lang),
    "cross": lambda table, lang: kh.charts.cross(table, "relationship_type", "age_band", lang=lang),
    "transitions": lambda table, lang: kh.charts.transitions(table, table.reverse(), "benefit", lang=lang),
    "bands": lambda table, lang: kh.charts.bands(table, AGES, lang=lang),
    "table": lambda _, lang: kh.charts.table(kh.classifiers.benefit(), lang=lang),
    "timeline": lambda _, lang: kh.charts.timeline(LAN, kh.classifiers.benefit(), as_of=DAY, lang=lang),
}
SMALL = population(2_000)
every_chart = pytest.mark.parametrize("name", CHARTS)


@every_chart
def test_many_customers_are_no_more_data_than_few(name: str) -> None:
    few, many = (CHARTS[name](table, "vi") for table in (SMALL, population(100_000)))
    assert size(many) < 1.2 * size(few)
    assert size(few) < 80_000


@every_chart
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_picture_is_made_offline_with_whole_words(
    name: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    chart = CHARTS[name](SMALL, lang)
    file = tmp_path / "chart.svg"
    chart.save(str(file))
    texts = [text for each in ET.parse(file).iter() if (text := (each.text or "").strip())]  # noqa: S314  # our own
    assert texts
    assert not [text for text in texts if text.endswith("…") and not text.startswith("…")], "a word was cut"
    assert "NaN" not in file.read_text(encoding="utf-8")
    assert re.search("[ắếốợữ]" if lang == "vi" else "[A-Za-z]", " ".join(texts))
    png = tmp_path / "chart.png"
    chart.save(str(png))
    assert png.read_bytes().startswith(b"\x89PNG")


@every_chart
def test_it_stands_beside_others_and_takes_a_theme(name: str, tmp_path: Path) -> None:
    chart = CHARTS[name](SMALL, "vi")
    assert (chart | chart).to_dict()["hconcat"]
    file = tmp_path / "dark.svg"
    alt.theme.enable("dark")
    try:
        chart.save(str(file))
    finally:
        alt.theme.enable("default")
    outside = [each.get("fill") for each in ET.parse(file).iter() if each.tag.endswith("text")]  # noqa: S314  # our own
    assert {"white", "#fff", "#FFFFFF"} & set(outside)


def test_what_is_missing_is_told_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("khachhang.charts")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr(kh, "charts", raising=False)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(kh.MissingExtraError, match=r"pip install 'khachhang\[charts\]'"):
        kh.charts  # reading it imports it
