"""What Spark moves between machines: each table of events once, and nothing to classify."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.engines.configurations import PRESENT, Engine

import khachhang as kh

AS_OF = date(2026, 6, 30)
BENEFIT = kh.classifiers.benefit()
PURCHASES = {"customer_id": ["KH-1", "KH-2"], "day": [AS_OF] * 2, "amount": [5, 7], "returned": [0, 7]}
INTERACTIONS = {"customer_id": ["KH-1", "KH-3"], "day": [AS_OF] * 2, "kind": ["review", "complaint"]}

SPARK = [engine for engine in PRESENT if engine.name == "pyspark"]


def shuffles(frame: Any) -> list[str]:
    """The exchanges of the plan that `.explain()` prints."""
    return re.findall(r"Exchange \w+.*", str(frame._jdf.queryExecution().executedPlan().toString()))


@pytest.fixture(params=SPARK, ids=str)
def spark(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.param
    return engine


def test_each_table_of_events_is_moved_once_and_classification_moves_nothing(spark: Engine) -> None:
    purchases, interactions = (spark.make(pa.table(rows)) for rows in (PURCHASES, INTERACTIONS))
    settings = purchases.sparkSession.conf
    settings.set("spark.sql.autoBroadcastJoinThreshold", "-1")  # these tables are small, and others are not
    try:
        facts = kh.frames.facts(purchases, interactions=interactions, as_of=AS_OF, only=BENEFIT)
        assert len(shuffles(facts)) == 2
        classified = kh.frames.classify(facts, [BENEFIT], kh.RECORDED_IS_ALL)
        assert len(shuffles(classified)) == 2
    finally:
        settings.unset("spark.sql.autoBroadcastJoinThreshold")
    found = {row["customer_id"]: (row["bought_count"], row["benefit"]) for row in spark.rows(classified)}
    assert found == {"KH-1": (1, "walk_in"), "KH-2": (1, None), "KH-3": (0, None)}


def test_so_it_is_for_purchases_alone(spark: Engine) -> None:
    facts = kh.frames.facts(spark.make(pa.table(PURCHASES)), as_of=AS_OF)
    assert len(shuffles(facts)) == 1
    assert len(shuffles(kh.frames.classify(facts))) == 1
