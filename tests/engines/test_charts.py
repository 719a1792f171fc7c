"""A picture holds the same data, whatever engine the population came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from tests.charts.reading import data_sets

import khachhang as kh

if TYPE_CHECKING:
    from tests.engines.configurations import Engine

AGES = kh.classifiers.age_band()
KINDS = ["person", "person", "organization", None, "person", "person"]
FACTS = pa.table({"customer_id": list(range(6)), "party_kind": KINDS, "age": [8, 60, None, None, None, 22]})
FLAGS = {f"contribution_{label.value}": [label.rank < 2, None, False] for label in kh.Contribution}


def test_labels_pairs_and_moves(engine: Engine) -> None:
    found, expected = (pictures(made) for made in (engine.make(FACTS), FACTS))
    assert found == expected


def pictures(facts: Any) -> list[list[list[dict[str, Any]]]]:
    table = kh.frames.classify(facts, [AGES], reasons=True)
    charts = [
        kh.charts.segments(table, AGES),
        kh.charts.cross(table, AGES, AGES),
        kh.charts.transitions(table, table, AGES),
        kh.charts.bands(facts, AGES),
    ]
    return [data_sets(chart) for chart in charts]


def test_several_labels(engine: Engine) -> None:
    flags = pa.table(FLAGS)
    found, expected = (data_sets(kh.charts.segments(made, kh.Contribution)) for made in (engine.make(flags), flags))
    assert found == expected
    assert [row["customers"] for row in expected[0]] == [1, 1, 0, 0, 0, 0, 0, 1, 1]
