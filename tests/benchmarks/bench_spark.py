"""Event tables in Parquet to a summary, on a standalone Spark cluster of two workers, against Spark SQL by hand.

The cluster is started on the loopback address and stopped again; it needs PySpark and Java 17.

    PYTHONPATH=src:. python -m tests.benchmarks.bench_spark --purchases 1_000_000 --rounds 3
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AS_OF = date(2026, 6, 30)
TEMPLATE = [kh.classifiers.benefit()]
BY_HAND = """
with p as (
  select customer_id,
    count(distinct case when not (returned > 0 and returned = amount) then day end) as times,
    max(case when not (returned > 0 and returned = amount) then day end) as last,
    count(distinct day) as days,
    sum(returned) / sum(amount) as back,
    sum(amount - returned) as spend
  from purchases where day <= date'{day}' and customer_id is not null group by customer_id
), i as (
  select customer_id,
    sum(int(kind = 'complaint' and (resolved_on is null or resolved_on > date'{day}'))) as waiting,
    case when sum(int(kind = 'review' and sentiment is null)) = 0
      then sum(int(kind = 'review' and sentiment <=> 'negative')) end as bad,
    count(*) as known
  from interactions where day <= date'{day}' and customer_id is not null group by customer_id
), c as (
  select coalesce(times, 0) as times, datediff(date'{day}', last) as ago, coalesce(days, 0) as days, back,
    coalesce(waiting, 0) as waiting, case when known is null then 0 else bad end as bad, coalesce(spend, 0) as spend
  from p full join i using (customer_id)
), l as (
  select spend, case
    when waiting >= 2 or bad >= 2 or (back >= 0.5 and days >= 2) then 'negative'
    when bad is null then null
    when times >= 5 and ago <= 365 then 'loyal'
    when times >= 1 and ago <= 365 then 'walk_in'
    when times >= 1 then 'potential'
  end as benefit from c
)
select benefit, count(*) as customers, count(*) / sum(count(*)) over () as share, sum(spend) as spend
from l group by benefit
"""


def write(folder: Path, purchases: int) -> None:
    """Events of three years, of a twentieth as many customers as there are purchases, in several files."""
    made = np.random.default_rng(7)
    files = 8
    for table, count in (("purchases", purchases // files), ("interactions", purchases // files // 5)):
        (folder / table).mkdir()
        for number in range(files):
            start = np.datetime64(AS_OF - timedelta(days=1_095))
            days = start + made.integers(0, 1_096, count).astype("timedelta64[D]")
            columns: dict[str, Any] = {
                "customer_id": made.integers(0, max(1, purchases // 20), count),
                "day": pl.Series(days.astype("datetime64[ms]")).cast(pl.Date),
            }
            if table == "purchases":
                amount = made.integers(1, 2_000, count)
                columns |= {"amount": amount, "returned": amount * (made.random(count) < 1 / 20)}
            else:
                kinds, moods = np.array(["enquiry", "complaint", "review"]), np.array(["positive", "negative", None])
                columns |= {
                    "kind": pl.Series(kinds[made.integers(0, 3, count)].tolist()),
                    "sentiment": pl.Series(moods[made.choice(3, count, p=[0.7, 0.28, 0.02])].tolist()),
                    "resolved_on": pl.Series([None] * count, dtype=pl.Date),
                }
            pl.DataFrame(columns).write_parquet(folder / table / f"{number}.parquet")


@contextmanager
def cluster(logs: Path) -> Iterator[str]:
    """A master and two workers of one core each, on loopback; gives the master's address."""
    import pyspark  # noqa: PLC0415  # where it is lacking, the help is shown all the same

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    own = ["--host", "127.0.0.1", "--webui-port", "0"]
    commands = [[f"{deploy}.master.Master", *own, "--port", str(port)]]
    commands += [[f"{deploy}.worker.Worker", *own, "--cores", "1", "--memory", "2g", address]] * 2
    environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    running: list[subprocess.Popen[bytes]] = []
    try:
        for number, command in enumerate(commands):
            with (logs / f"{number}.log").open("wb") as log:
                started = subprocess.Popen(
                    [home / "bin" / "spark-class", *command], stdout=log, stderr=log, env=environment, cwd=logs
                )
            running.append(started)
            await_words(logs / f"{number}.log", "Successfully registered" if number else "Starting Spark master")
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(timeout=60)


def await_words(log: Path, words: str) -> None:
    """Wait until a part of the cluster says that it is there."""
    for _ in range(600):
        if words in log.read_text():
            return
        time.sleep(0.2)
    problem = f"the cluster did not start: see {log}"
    raise TimeoutError(problem)


def session(address: str) -> Any:
    """A session on the cluster. Joins by broadcast are off: a table of customers would not fit into one message."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  # as above

    options = {
        "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        "spark.executor.memory": "1500m", "spark.sql.shuffle.partitions": "8", "spark.log.level": "ERROR",
        "spark.sql.autoBroadcastJoinThreshold": "-1", "spark.ui.showConsoleProgress": "false",
    }  # fmt: skip
    builder = SparkSession.builder.master(address).appName("bench_spark")
    for name, value in options.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def shuffles(frame: Any) -> list[str]:
    """The exchanges of the plan that `.explain()` prints."""
    plan = str(frame._jdf.queryExecution().executedPlan().toString())
    return re.findall(r"Exchange [a-zA-Z]+[^\n]*", plan)


def median_seconds(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Wall time, since the work is done in other processes; in turn, after a call that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(rounds + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if round_:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def compare(spark: Any, folder: Path, count: int, rounds: int) -> None:
    """The plan, the result, the ratio."""
    events = {name: spark.read.parquet(str(folder / name)) for name in ("purchases", "interactions")}
    for name, table in events.items():
        table.createOrReplaceTempView(name)

    def steps() -> tuple[Any, Any, Any]:
        facts = kh.frames.facts(**events, as_of=AS_OF, only=[*TEMPLATE[0].needs, "spend"])
        classified = kh.frames.classify(facts, TEMPLATE)
        return facts, classified, kh.frames.summarize(classified, by=["benefit"])

    def by_hand() -> Any:
        return spark.sql(BY_HAND.format(day=AS_OF))

    facts, classified, summary = steps()
    classified.explain()
    of_facts, of_classified = shuffles(facts), shuffles(classified)
    assert len(of_facts) == len(events), of_facts
    assert len(of_classified) == len(of_facts), of_classified
    print(f"shuffles: facts {len(of_facts)}, one for each event table; classification none more;")
    print(
        f"          summary {len(shuffles(summary)) - len(of_facts)} of its own; by hand {len(shuffles(by_hand()))} in all"
    )

    def rows(frame: Any) -> dict[Any, tuple[Any, ...]]:
        return {row["benefit"]: (row["customers"], round(row["share"], 9), row["spend"]) for row in frame.collect()}

    ours, theirs = rows(summary), rows(by_hand())
    assert ours == theirs, (ours, theirs)
    # Made anew each time: Spark keeps what a plan has moved already.
    taken = median_seconds({"by hand": lambda: rows(by_hand()), "khachhang": lambda: rows(steps()[2])}, rounds)
    ratio = taken["khachhang"] / taken["by hand"]
    for name, seconds in taken.items():
        print(f"{name:12} {seconds:8.2f} s  {1e6 * seconds / count:8.2f} s for a million purchases")
    print(f"ratio {ratio:.2f}, goal 1.2: {'met' if ratio <= 1.2 else 'MISSED'}")


def main() -> None:
    """Make the events, start the cluster, compare, stop it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--purchases", type=int, default=20_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.purchases)
        with cluster(folder) as address:
            spark = session(address)
            try:
                compare(spark, folder, given.purchases, given.rounds)
            finally:
                spark.stop()


if __name__ == "__main__":
    main()
