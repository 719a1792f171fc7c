"""Populations on every engine: one answer, worked out in plain Python beside it."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import khachhang as kh
from khachhang.facts import fact
from khachhang.taxonomy import AgeBand

if TYPE_CHECKING:
    from tests.engines.configurations import Engine

FEW = settings(max_examples=3, suppress_health_check=list(HealthCheck))
CODES = [*(code.value for code in AgeBand), None]
AMOUNTS = [Decimal("1.50"), Decimal(0), Decimal("-2.25"), Decimal(10_000_000), None]

labelled = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(["a", "b", None]), st.sampled_from(AMOUNTS)), max_size=12
)


def table(**columns: tuple[list[Any], Any]) -> Any:
    return pa.table({name: pa.array(values, kind) for name, (values, kind) in columns.items()})


@FEW
@given(rows=labelled)
def test_a_summary_counts_shares_and_adds_up(engine: Engine, rows: list[tuple[Any, Any, Any]]) -> None:
    native = engine.make(
        table(
            age_band=([row[0] for row in rows], pa.string()),
            shop=([row[1] for row in rows], pa.string()),
            spend=([row[2] for row in rows], pa.decimal128(38, 2)),
        )
    )
    found = engine.rows(kh.frames.summarize(native, by=["age_band", "shop"]))

    counts = Counter(row[:2] for row in rows)
    sums: defaultdict[Any, Decimal] = defaultdict(Decimal)
    for code, shop, amount in rows:
        sums[code, shop] += amount or 0
    assert len(found) == len(counts)
    for row in found:
        assert list(row) == ["age_band", "shop", "customers", "share", "spend"]
        key = (row["age_band"], row["shop"])
        assert row["customers"] == counts[key]
        assert row["share"] == pytest.approx(counts[key] / len(rows))
        assert row["spend"] == sums[key]
    if not engine.is_lazy:
        ranks = [(CODES.index(row["age_band"]), row["shop"] is None, row["shop"] or "") for row in found]
        assert ranks == sorted(ranks)


def test_classified_labels_are_summarized_in_label_order(engine: Engine) -> None:
    native = engine.make(table(age=([60, 14, None, 51, 16], pa.int64())))
    found = engine.rows(kh.frames.summarize(kh.frames.classify(native, [kh.classifiers.age_band()]), by=[AgeBand]))

    expected = [("under_15", 1, 0.2), ("from_15_to_22", 1, 0.2), ("over_50", 2, 0.4), (None, 1, 0.2)]
    rows = [tuple(row.values()) for row in found]
    assert (sorted(rows, key=str) if engine.is_lazy else rows) == (
        sorted(expected, key=str) if engine.is_lazy else expected
    )


sides = st.dictionaries(st.integers(0, 6), st.sampled_from(CODES), max_size=6)


@FEW
@given(before=sides, after=sides)
def test_transitions_count_who_moved_where(engine: Engine, before: dict[int, Any], after: dict[int, Any]) -> None:
    tables = [
        engine.make(
            table(customer_id=([f"KH{key}" for key in side], pa.string()), age_band=([*side.values()], pa.string()))
        )
        for side in (before, after)
    ]
    found = engine.rows(kh.frames.transitions(tables[0], tables[1], AgeBand))

    counts = Counter((before.get(key, "absent"), after.get(key, "absent")) for key in before.keys() | after.keys())
    assert {(row["before"], row["after"]): row["customers"] for row in found} == counts
    assert len(found) == len(counts)
    if not engine.is_lazy:
        order = [*CODES, "absent"]
        ranks = [(order.index(row["before"]), order.index(row["after"])) for row in found]
        assert ranks == sorted(ranks)


def test_transitions_of_classified_tables(engine: Engine) -> None:
    def classified(ages: dict[int, int | None]) -> Any:
        made = engine.make(table(customer_id=([*ages], pa.int64()), age=([*ages.values()], pa.int64())))
        return kh.frames.classify(made, [kh.classifiers.age_band()])

    before, after = classified({1: 14, 2: 30, 3: None, 4: 60}), classified({1: 15, 2: 31, 3: 9, 5: 9})
    found = engine.rows(kh.frames.transitions(before, after, AgeBand))

    assert {(row["before"], row["after"]): row["customers"] for row in found} == {
        ("under_15", "from_15_to_22"): 1,
        ("from_22_to_50", "from_22_to_50"): 1,
        (None, "under_15"): 1,
        ("over_50", "absent"): 1,
        ("absent", "under_15"): 1,
    }


def least(counts: list[int], n: int) -> int:
    """The least sum of squares of sizes, by trying every way."""
    ways = itertools.combinations(range(1, len(counts)), n - 1)
    return min(
        sum(sum(counts[low:high]) ** 2 for low, high in itertools.pairwise([0, *way, len(counts)])) for way in ways
    )


COLUMNS: list[tuple[Any, Any, st.SearchStrategy[Any]]] = [
    (fact.purchase_count, pa.int64(), st.integers(0, 6)),
    (fact.purchase_count, pa.float64(), st.integers(0, 12).map(lambda half: half / 2) | st.just(float("nan"))),
    (fact.spend, pa.decimal128(38, 2), st.sampled_from([Decimal(7), *AMOUNTS[:-1]])),
    (fact.spend, pa.float64(), st.sampled_from([0.1, 0.2, 0.1 + 0.2, -0.0, 0.0, 3.5, float("inf")])),
    (fact.mean_score, pa.float64(), st.sampled_from([0.0, 2.5, 7.25, 10.0, float("nan")])),
]


@pytest.mark.parametrize(("of", "kind", "values"), COLUMNS, ids=["whole", "halves", "decimals", "floats", "scores"])
@pytest.mark.filterwarnings("ignore::khachhang.errors.KhachhangWarning")
@FEW
@given(data=st.data())
def test_fitted_bands_are_as_equal_as_can_be(
    engine: Engine, data: st.DataObject, of: Any, kind: Any, values: Any
) -> None:
    column = data.draw(st.lists(values | st.none(), max_size=14))
    n = data.draw(st.integers(1, 4))
    known: Counter[Any] = Counter()
    for value in column:
        if value is not None and math.isfinite(value):
            exact = Decimal(repr(value)) if of.type is Decimal and isinstance(value, float) else value
            if exact >= 0:  # less than nothing can not be spent
                known[int(exact) if of.type is int else exact] += 1
    native = engine.make(table(**{of.name: (column, kind)}))
    if not known:
        with pytest.raises(kh.InvalidError):
            kh.frames.fit_bands(native, of, n)
        return
    fitted = kh.frames.fit_bands(native, of, n, given=kh.always)

    assert len(fitted.category) == min(n, len(known))
    assert f"fitted on {known.total()} of {len(column)} rows" in fitted.source
    sizes: Counter[Any] = Counter()
    for value, count in known.items():
        sizes[fitted.label(kh.Facts(**{of.name: value}))] += count
    assert None not in sizes
    assert len(sizes) == len(fitted.category)
    assert sum(size**2 for size in sizes.values()) == least([known[value] for value in sorted(known)], len(sizes))
    assert fitted.source.endswith(": " + ", ".join(str(sizes[label]) for label in fitted.category))


def test_the_same_population_gives_the_same_table_on_every_engine(engine: Engine) -> None:
    spend = [Decimal("0.10"), Decimal("0.10"), Decimal("12.35"), None, Decimal(99), Decimal("100.01"), Decimal(5)]
    native = engine.make(table(spend=(spend, pa.decimal128(38, 2)), currency=(["VND"] * 7, pa.string())))
    fitted = kh.frames.fit_bands(native, fact.spend, 3, currency="VND")

    same = kh.classifiers.bands(fact.spend, [Decimal(5), Decimal(99)], currency="VND", source=fitted.source)
    assert fitted == same
    assert fitted.to_dict() == same.to_dict()
    assert fitted.source.startswith("fitted on 6 of 7 rows (1 left out")


BUYERS: list[tuple[int | None, int | None, Decimal | None]] = [
    (1, 9, Decimal(900)),
    (3, 1, Decimal(10)),
    (9, 7, Decimal(80)),
    (30, 2, Decimal(20)),
    (90, 3, Decimal(30)),
    (200, 8, Decimal(700)),
    (300, 4, Decimal("40.5")),
    (400, 1, Decimal(5)),
    (None, 0, Decimal(0)),
    (None, None, None),
    (2, 1, Decimal(800)),
]
"""Recent first; ten buyers less two rows who are none."""

# Days 1 2 | 3 9 | 30 90 | 200 300 | 400 (nine buyers by five), hence the scores 5 5 4 4 3 3 2 2 1.
# Times 1 1 1 | 2 3 | 4 7 | 8 | 9 and amounts 5 10 | 20 30 | 40.5 80 | 700 800 | 900.
SCORES: list[tuple[int | None, int | None, int | None, str | None]] = [
    (5, 5, 5, "champion"),
    (4, 1, 1, "new"),
    (4, 3, 3, "developing"),
    (3, 2, 2, "developing"),
    (3, 2, 2, "developing"),
    (2, 4, 4, "must_keep"),
    (2, 3, 3, "at_risk"),
    (1, 1, 1, "lost"),
    (None, None, None, None),
    (None, None, None, None),
    (5, 1, 4, "promising"),
]


def test_scores_and_segments_are_the_same_on_every_engine(engine: Engine) -> None:
    native = engine.make(
        table(
            row=([*range(len(BUYERS))], pa.int64()),
            days_since_last_purchase=([buyer[0] for buyer in BUYERS], pa.int64()),
            purchase_count=([buyer[1] for buyer in BUYERS], pa.int64()),
            spend=([buyer[2] for buyer in BUYERS], pa.decimal128(38, 2)),
        )
    )
    scored = kh.frames.rfm(native)
    found = sorted(engine.rows(scored.table), key=lambda row: int(row["row"]))

    names = ("recency_score", "frequency_score", "monetary_score", "rfm_segment")
    assert [tuple(row[name] for name in names) for row in found] == SCORES
    again = kh.frames.rfm(native, recency=scored.recency, frequency=scored.frequency, monetary=scored.monetary)
    assert sorted(engine.rows(again.table), key=lambda row: int(row["row"])) == found
