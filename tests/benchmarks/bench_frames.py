"""Tables and facts on dataframes against what one would write by hand on the same engine, open rules answered too.

PYTHONPATH=src:. python -m tests.benchmarks.bench_frames --rows 1_000_000 --purchases 2_000_000 --rounds 3
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from tests.benchmarks._timing import medians, report
from tests.engines.configurations import PRESENT

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.facts import DecisionTable

AS_OF = date(2026, 6, 30)
LABELS = ("lost", "sleeping", "one_time", "big", "loyal", "young", "regular", "other")
CATEGORY: Any = kh.Category("Kind", {label.upper(): label for label in LABELS})


def kinds() -> DecisionTable[Any]:
    """Eight rules on four facts, of which the first that is true decides."""
    count, days, spend, age = (
        kh.fact.purchase_count, kh.fact.days_since_last_purchase, kh.fact.spend, kh.fact.age,
    )  # fmt: skip
    conditions = [
        days > 700,
        (days > 365) & (count < 10),
        count == 1,
        (spend >= 40_000) & (days <= 365),
        (count >= 30) & (days <= 365),
        age < 22,
        count.between(5, 20) & ~(spend < 1_000),
        kh.always,
    ]
    rules = [kh.when(condition).then(label) for condition, label in zip(conditions, CATEGORY, strict=True)]
    return kh.DecisionTable(name="kind", category=CATEGORY, hit=kh.HitPolicy.FIRST, rules=rules)


def population(rows: int) -> pl.DataFrame:
    """Customers of whom the age and the days of one in twenty are not known."""
    made = np.random.default_rng(7)
    frame = pl.DataFrame(
        {
            "purchase_count": made.integers(1, 40, rows),
            "days_since_last_purchase": made.integers(0, 1_000, rows),
            "spend": made.integers(0, 50_000, rows),
            "age": made.integers(10, 90, rows),
        }
    )
    gaps = {name: pl.Series(made.random(rows) < 1 / 20) for name in ("days_since_last_purchase", "age")}
    return frame.with_columns(pl.when(~gap).then(pl.col(name)).alias(name) for name, gap in gaps.items())


def tests_in_polars() -> list[pl.Expr]:
    """The conditions of all rules but the last, with nulls where they are open."""
    count, days, spend, age = (pl.col(name) for name in ("purchase_count", "days_since_last_purchase", "spend", "age"))
    return [
        days > 700,
        (days > 365) & (count < 10),
        count == 1,
        (spend >= 40_000) & (days <= 365),
        (count >= 30) & (days <= 365),
        age < 22,
        count.is_between(5, 20) & (spend >= 1_000),
    ]


def by_hand_in_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """The first rule that may be true, where it is the first that is true."""
    tests = tests_in_polars()
    last = pl.lit(len(tests), dtype=pl.UInt8)
    sure: Any = pl.when(tests[0]).then(pl.lit(0, dtype=pl.UInt8))
    may_be: Any = pl.when(tests[0].fill_null(value=True)).then(pl.lit(0, dtype=pl.UInt8))
    for place, test in enumerate(tests[1:], 1):
        sure = sure.when(test).then(pl.lit(place, dtype=pl.UInt8))
        may_be = may_be.when(test.fill_null(value=True)).then(pl.lit(place, dtype=pl.UInt8))
    codes = frame.lazy().with_columns(__sure=sure.otherwise(last), __may=may_be.otherwise(last))
    settled = pl.when(pl.col("__sure") == pl.col("__may")).then(pl.col("__sure"))
    made = codes.with_columns(kind=settled.cat.to(pl.Enum(LABELS)))  # type: ignore[attr-defined]  # newer than the stubs
    return made.drop("__sure", "__may").collect()


def by_hand_in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """The same with `np.select`, which takes NaN for false."""
    count, days, spend, age = (
        frame[name].to_numpy() for name in ("purchase_count", "days_since_last_purchase", "spend", "age")
    )
    no_days, no_age = np.isnan(days), np.isnan(age)
    tests = [
        days > 700,
        (days > 365) & (count < 10),
        count == 1,
        (spend >= 40_000) & (days <= 365),
        (count >= 30) & (days <= 365),
        age < 22,
        (count >= 5) & (count <= 20) & (spend >= 1_000),
    ]
    may_be = [
        tests[0] | no_days,
        tests[1] | (no_days & (count < 10)),
        tests[2],
        tests[3] | (no_days & (spend >= 40_000)),
        tests[4] | (no_days & (count >= 30)),
        tests[5] | no_age,
        tests[6],
    ]
    codes = [np.int8(place) for place in range(len(tests))]
    sure = np.select(tests, codes, np.int8(len(tests)))
    first = np.select(may_be, codes, np.int8(len(tests)))
    labels = pd.Categorical.from_codes(np.where(sure == first, sure, -1), categories=list(LABELS))
    return frame.assign(kind=labels)


SQL_TESTS = (
    "days_since_last_purchase > 700",
    "days_since_last_purchase > 365 and purchase_count < 10",
    "purchase_count = 1",
    "spend >= 40000 and days_since_last_purchase <= 365",
    "purchase_count >= 30 and days_since_last_purchase <= 365",
    "age < 22",
    "purchase_count between 5 and 20 and spend >= 1000",
)


def by_hand_in_duckdb(relation: Any) -> Any:
    """The same as one CASE: where a rule is open before any is true, nothing is settled."""
    cases = " ".join(
        f"when ({test}) is null then null when {test} then '{label}'"
        for test, label in zip(SQL_TESTS, LABELS, strict=False)
    )
    return relation.project(f"*, case {cases} else 'other' end as kind")


def classify(rows: int, rounds: int) -> None:
    """Ratios of classification on three engines."""
    table = kh.frames.classify
    template = [kinds()]
    in_polars = population(rows)
    in_pandas = in_polars.to_pandas()
    connection = duckdb.connect()
    connection.register("arrow", in_polars.to_arrow())
    connection.execute("create table customers as select * from arrow")
    in_duckdb = connection.table("customers")

    def settled(relation: Any) -> Any:
        return relation.aggregate("count(kind), count(*)").fetchall()

    assert table(in_polars, template)["kind"].equals(by_hand_in_polars(in_polars)["kind"])
    assert table(in_pandas, template)["kind"].equals(by_hand_in_pandas(in_pandas)["kind"])
    assert settled(table(in_duckdb, template)) == settled(by_hand_in_duckdb(in_duckdb))
    print(f"\n{rows:,} rows, eight rules on four facts, one column of labels")
    for engine, ways, goal in (
        ("Polars", (lambda: table(in_polars, template), lambda: by_hand_in_polars(in_polars)), 1.15),
        ("pandas", (lambda: table(in_pandas, template), lambda: by_hand_in_pandas(in_pandas)), 1.4),
        ("DuckDB", (lambda: settled(table(in_duckdb, template)), lambda: settled(by_hand_in_duckdb(in_duckdb))), 1.2),
    ):
        taken = medians({f"{engine}, by hand": ways[1], f"{engine}, khachhang": ways[0]}, rounds)
        report(taken, f"{engine}, by hand", {f"{engine}, khachhang": goal})


def purchases(rows: int) -> pl.DataFrame:
    """Purchases of a twentieth as many customers in three years."""
    made = np.random.default_rng(7)
    days = np.datetime64(AS_OF - timedelta(days=1_095)) + made.integers(0, 1_096, rows).astype("timedelta64[D]")
    return pl.DataFrame(
        {
            "customer_id": made.integers(0, max(1, rows // 20), rows),
            "day": days.astype("datetime64[ms]"),
            "amount": made.integers(0, 2_000, rows),
        }
    ).with_columns(pl.col("day").cast(pl.Date))


FACTS = ("purchase_count", "days_since_first_purchase", "days_since_last_purchase", "mean_purchase_gap", "spend")


def facts_by_hand(bought: pl.DataFrame) -> pl.DataFrame:
    """The same facts from purchases up to the day that have an id, refused where one can not be meant."""
    wrong = bought.lazy().select((pl.col("amount") < 0).any(), pl.col("day", "amount").is_null().any().name.suffix("_"))
    assert not any(wrong.collect().row(0))
    counted = bought.lazy().filter(pl.col("day") <= AS_OF, pl.col("customer_id").is_not_null())
    grouped = counted.group_by("customer_id").agg(
        pl.col("day").n_unique().cast(pl.Int64).alias("purchase_count"),
        pl.col("day").min().alias("first"),
        pl.col("day").max().alias("last"),
        pl.col("amount").sum().alias("spend"),
    )
    today = pl.lit(AS_OF)
    length = (pl.col("last") - pl.col("first")).dt.total_days()
    made = grouped.with_columns(
        (today - pl.col("first")).dt.total_days().alias("days_since_first_purchase"),
        (today - pl.col("last")).dt.total_days().alias("days_since_last_purchase"),
        pl.when(pl.col("purchase_count") > 1).then(length / (pl.col("purchase_count") - 1)).alias("mean_purchase_gap"),
    )
    return made.select("customer_id", *FACTS).sort("customer_id").collect()


def facts(rows: int, rounds: int) -> None:
    """The ratio of facts from purchases."""
    bought = purchases(rows)

    def ours() -> pl.DataFrame:
        return kh.frames.facts(bought, as_of=AS_OF, only=FACTS)

    assert ours().equals(facts_by_hand(bought))
    print(f"\n{len(FACTS)} facts from {rows:,} purchases")
    taken = medians({"Polars, by hand": lambda: facts_by_hand(bought), "Polars, khachhang": ours}, rounds)
    report(taken, "Polars, by hand", {"Polars, khachhang": 1.15})


def flat(most: int) -> None:
    """The cost of a row at every size, in a process of its own each, from a scan to a summary."""
    block = min(most, 1_000_000)
    print("\nfrom a scan of Parquet to a summary, streamed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "block.parquet"
        population(block).write_parquet(path)
        small = Path(folder) / "small.parquet"
        population(100_000).write_parquet(small)
        for size in [size for size in (100_000, 1_000_000, 10_000_000, 100_000_000) if size <= most]:
            files = [str(small)] if size < block else [str(path)] * (size // block)
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.bench_frames", "--scan", *files],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            print(f"{size:12,} rows: {done.stdout.strip()}")


def scan(files: list[str]) -> None:
    """One size: the cost of a row, and the peak of memory."""
    import resource  # noqa: PLC0415  # where it is not there, the other benchmarks run all the same

    template = [kinds()]
    kh.frames.classify(population(1_000), template)  # what is only made once is not counted
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    repeats = max(1, 20 // len(files))
    start = time.process_time()
    for _ in range(repeats):
        classified = kh.frames.classify(pl.scan_parquet(files), template)
        summary = kh.frames.summarize(classified, by=["kind"]).collect(engine="streaming")
    taken = (time.process_time() - start) / repeats
    rows = int(summary["customers"].sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{1e9 * taken / rows:8.1f} ns a row, peak {peak / 1024:,.0f} MB ({(peak - loaded) / 1024:,.0f} MB for it)")


def rules(count: int) -> None:
    """Many rules on every engine that is here."""
    band = kh.classifiers.bands(kh.fact.spend, range(100, 100 * count, 100))
    data = pa.table({"row": range(1_000), "spend": range(0, 25_000, 25)})
    print(f"\n{len(band.rules)} rules on 1,000 rows")
    for engine in PRESENT:
        native = engine.make(data)
        start = time.perf_counter()
        rows = engine.rows(kh.frames.classify(native, [band]))
        right = all(row["spend_band"] == band.label(kh.Facts(spend=row["spend"])) for row in rows[::50])
        print(f"{engine!s:20} {time.perf_counter() - start:6.2f} s  {'right' if right else 'WRONG'}")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="rows to classify")
    parser.add_argument("--purchases", type=int, default=20_000_000, help="purchases to draw facts from")
    parser.add_argument("--most", type=int, default=100_000_000, help="the largest scan")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=["classify", "facts", "flat", "rules"])
    parser.add_argument("--scan", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.scan:
        scan(given.scan)
        return
    parts: dict[str, Callable[[], None]] = {
        "classify": lambda: classify(given.rows, given.rounds),
        "facts": lambda: facts(given.purchases, given.rounds),
        "flat": lambda: flat(given.most),
        "rules": lambda: rules(256),
    }
    for name in given.only:
        parts[name]()


if __name__ == "__main__":
    main()
