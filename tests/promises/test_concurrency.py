"""One table, many threads, processes and tasks at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.promises.answering import answers
from tests.strategies import TABLES

import khachhang as kh
from khachhang import testing

if TYPE_CHECKING:
    from collections.abc import Iterator

THREADS = 8
RACING = Path(__file__).with_name("racing.py")
CASES = [(table, testing.cover(table)) for table in TABLES]


@pytest.fixture(autouse=True)
def _often() -> Iterator[None]:
    """Threads take turns as often as Python can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def fresh(table: kh.DecisionTable[Any]) -> kh.DecisionTable[Any]:
    """The same table, for which nothing was made yet."""
    return attrs.evolve(table)


def test_threads_that_meet_a_new_table_at_once_get_the_same_answers() -> None:
    for table, known in CASES:
        expected, shared, start = answers(fresh(table), known), fresh(table), Barrier(THREADS)

        def run(
            shared: kh.DecisionTable[Any] = shared, known: list[kh.Facts] = known, start: Barrier = start
        ) -> list[Any]:
            start.wait()
            return answers(shared, known)

        with ThreadPoolExecutor(THREADS) as pool:
            found = [one.result() for one in [pool.submit(run) for _ in range(THREADS)]]
        assert found == [expected] * THREADS


def raced(threads: int) -> list[str]:
    """What each thread of a new process got."""
    command = [sys.executable, "-W", "error", str(RACING), str(threads)]
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603  # our own
    return done.stdout.splitlines()


def test_threads_that_load_and_make_everything_at_once_get_the_same_answers() -> None:
    (alone,) = raced(1)
    assert "Error(" not in alone
    for _ in range(3):
        assert raced(THREADS) == [alone] * THREADS


def test_tasks_share_a_table() -> None:
    async def run(table: kh.DecisionTable[Any], known: list[kh.Facts]) -> list[Any]:
        await asyncio.sleep(0)
        return answers(table, known)

    async def all_of_them() -> list[list[Any]]:
        return await asyncio.gather(*(run(table, known) for table, known in CASES for _ in range(3)))

    assert asyncio.run(all_of_them()) == [answers(table, known) for table, known in CASES for _ in range(3)]


def test_processes_get_tables_facts_and_answers_by_pickle() -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(answers, *zip(*CASES, strict=True)))
    assert found == [answers(table, known) for table, known in CASES]
