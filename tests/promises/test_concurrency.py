"""One table, many threads, processes and tasks at once."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier
from typing import Any

import attrs
from tests.promises.answering import answers
from tests.strategies import TABLES

import khachhang as kh
from khachhang import testing

THREADS = 8
CASES = [(table, testing.cover(table)) for table in TABLES]


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
