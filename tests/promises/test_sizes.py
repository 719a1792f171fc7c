"""Much of everything: a result or an error of ours, never one of the interpreter's own limits."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import khachhang as kh
from khachhang import advice, charts, classifiers, frames
from khachhang.rules import interpreter

pytestmark = pytest.mark.filterwarnings("ignore::khachhang.KhachhangWarning")

LABELS = list(kh.AgeBand)
DAY = date(2026, 6, 30)


def wide(count: int, hit: kh.HitPolicy = kh.HitPolicy.FIRST) -> kh.DecisionTable[kh.AgeBand]:
    bought, age = kh.fact.purchase_count, kh.fact.age
    rules = [
        kh.when(bought.between(2 * place, 2 * place + 1) & (age > place % 100)).then(LABELS[place % 4])
        for place in range(count)
    ]
    return kh.DecisionTable(name="wide", category=kh.AgeBand, rules=rules, hit=hit)


def asked_everything(count: int) -> None:
    table, known = wide(count), kh.Facts(purchase_count=count, age=200)
    expected = LABELS[count // 2 % 4]
    assert table.label(known) is expected
    assert table.classify(known).label is expected
    assert not table.classify(kh.Facts()).is_matched
    assert table.explain(known, "vi")
    assert table.explain(kh.Facts(), "en", why_not=LABELS[0])
    found = table.verify(budget=0.1)
    assert isinstance(found.undecided, tuple)
    assert kh.DecisionTable.from_dict(table.to_dict(), category=kh.AgeBand) == table
    assert table.to_markdown("vi")


def test_a_table_of_many_rules_is_asked_everything() -> None:
    asked_everything(300)


@pytest.mark.long
def test_a_table_of_ten_thousand_rules_is_asked_everything() -> None:
    asked_everything(10_000)


def scattered(count: int, seed: int) -> kh.DecisionTable[kh.AgeBand]:
    """A table with as many texts as rules, of which each may be the nearest way to a label."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    rules = [
        kh.when((kh.fact.occupation == f"o{rng.randrange(10**6)}") & (kh.fact.age > place % 100)).then(
            LABELS[place % 4]
        )
        for place in range(count)
    ]
    return kh.DecisionTable(name="scattered", category=kh.AgeBand, rules=rules, hit=kh.HitPolicy.COLLECT)


def test_trying_ways_in_a_large_table_is_within_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    classify = interpreter.classify

    def counted(*given: Any) -> Any:
        nonlocal asked
        asked += 1
        return classify(*given)

    monkeypatch.setattr(interpreter, "classify", counted)
    table = scattered(1_000, 0)
    with pytest.raises(kh.TableError, match="too large to find every way"):
        table.paths_to(LABELS[0], kh.Facts(age=20), budget=0.1)
    assert 1 < asked <= 1 + 100_000 // len(table.rules)


@pytest.mark.long
def test_a_budget_of_a_second_is_not_overrun_by_seconds() -> None:
    one, other = scattered(10_000, 1), scattered(10_000, 2)
    for ask in (lambda: one.diff(other, budget=1), lambda: one.paths_to(LABELS[0], kh.Facts(age=20), budget=1)):
        before = time.process_time()
        with pytest.raises(kh.TableError, match="too large"):
            ask()
        assert time.process_time() - before < 4  # an ordinary machine takes two, and took fifteen


def many_events(count: int) -> kh.Customer:
    days = [DAY - timedelta(days=place % 2_000) for place in range(count)]
    return kh.Customer(
        "KH-1",
        kh.Group("Nhóm"),
        purchases=[kh.Purchase(day, 5) for day in days],
        interactions=[kh.Interaction(day, "survey", score=7) for day in days],
    )


def known_and_written(count: int) -> None:
    customer = many_events(count)
    profile = kh.classify(customer, as_of=DAY)
    assert profile.facts.bought_count == min(count, 2_000)
    assert kh.merge(customer, customer) == customer
    assert kh.codec.to_dict(customer)["id"] == "KH-1"


def test_a_long_history_is_known_merged_and_written() -> None:
    known_and_written(3_000)


@pytest.mark.long
def test_a_million_events_are_known_merged_and_written() -> None:
    known_and_written(1_000_000)


@pytest.mark.parametrize("count", [10_000])
def test_wide_and_deep_conditions_are_taken_or_refused(count: int) -> None:
    parts: list[Any] = [kh.fact.purchase_count == place for place in range(count)]
    pairs = parts
    while len(pairs) > 1:
        pairs = [left | right for left, right in zip(pairs[::2], pairs[1::2], strict=False)] + pairs[
            len(pairs) // 2 * 2 :
        ]
    table = kh.DecisionTable(
        name="any", category=kh.AgeBand, rules=[kh.when(pairs[0]).then(LABELS[0])], hit=kh.HitPolicy.FIRST
    )
    assert table.label(kh.Facts(purchase_count=count - 1)) is LABELS[0]
    with pytest.raises(kh.PredicateError):
        kh.when(deep(count))


def deep(count: int) -> Any:
    made: Any = kh.fact.has_need & (kh.fact.age > 3)
    for _ in range(count):
        made = ~(made & kh.fact.has_means)
    return made


POLICIES = [kh.HitPolicy.FIRST, kh.HitPolicy.UNIQUE, kh.HitPolicy.ANY, kh.HitPolicy.PRIORITY, kh.HitPolicy.COLLECT]
KNOWN: dict[str, list[int | None]] = {"purchase_count": [1, 5, None, 10**6], "age": [200, 200, 4, 200]}
IN_ENGINES = {"polars": pl.DataFrame, "pandas": pd.DataFrame, "duckdb": lambda made: duckdb.from_arrow(pa.table(made))}


def labels_in(engine: str, table: kh.DecisionTable[Any]) -> list[Any]:
    made: Any = IN_ENGINES[engine](KNOWN)
    labels: list[Any] = nw.from_native(frames.classify(made, [table])).lazy().collect()["wide"].to_list()
    return labels


@pytest.mark.parametrize("hit", POLICIES)
def test_many_rules_label_a_table_under_every_hit_policy(hit: kh.HitPolicy) -> None:
    assert labels_in("polars", wide(200, hit)) == ["under_15", "from_22_to_50", None, None]


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_many_rules_label_a_table_of_every_engine(engine: str) -> None:
    assert labels_in(engine, wide(100))[:2] == ["under_15", "from_22_to_50"]


@pytest.mark.long
@pytest.mark.parametrize(("engine", "count"), [("polars", 2_000), ("pandas", 500), ("duckdb", 500)])
def test_thousands_of_rules_label_a_table(engine: str, count: int) -> None:
    assert labels_in(engine, wide(count))[:2] == ["under_15", "from_22_to_50"]


def test_many_rules_and_many_bands_are_drawn() -> None:
    assert charts.table(wide(300)).to_dict()
    many = classifiers.bands(kh.fact.purchase_count, range(1, 300), name="many")
    assert charts.bands(pl.DataFrame(KNOWN), many).to_dict()


@pytest.mark.long
def test_ten_thousand_rules_are_drawn() -> None:
    assert charts.table(wide(10_000)).to_dict()


@pytest.mark.parametrize(("engine", "count"), [("polars", 300), ("duckdb", 50), ("pandas", 50)])
def test_a_persona_of_many_wishes_is_matched(engine: str, count: int) -> None:
    wanted = advice.Persona("x", wishes=[kh.fact.purchase_count > place for place in range(count)])
    made: Any = IN_ENGINES[engine](KNOWN)
    met = nw.from_native(frames.match(made, [wanted])).lazy().collect()["x_certain"].to_list()
    assert met == [1 / count, 5 / count, 0, 1]


@pytest.mark.long
def test_a_persona_of_thousands_of_wishes_is_matched_within_the_limits_of_the_interpreter() -> None:
    test_a_persona_of_many_wishes_is_matched("polars", 2_000)


def test_many_personas_are_matched() -> None:
    wanted = [advice.Persona(f"x{place}", wishes=[kh.fact.purchase_count > place]) for place in range(200)]
    assert frames.match(pl.DataFrame(KNOWN), wanted).width == 2 + 400


def followed(count: int) -> tuple[Any, ...]:
    customers = [
        kh.Customer(f"KH-{place}", kh.Person("Lan"), interactions=[kh.Interaction(DAY, "complaint")])
        for place in range(count)
    ]
    return advice.follow_up(customers, DAY, assume=kh.RECORDED_IS_ALL).matters


def test_the_matters_of_many_customers_are_found_and_more_than_can_be_assigned_are_refused() -> None:
    matters = followed(2_100)
    assert len(matters) == 2_100
    with pytest.raises(kh.InvalidError, match="2100 customers are more than 2000"):
        advice.assign(matters, [advice.Specialist("An", ["planning"])])
    assert len(advice.assign(matters[:300], [advice.Specialist("An", ["planning"])])) == 300


@pytest.mark.long
def test_the_matters_of_thirty_thousand_customers_are_found() -> None:
    assert len(followed(30_000)) == 30_000
