"""CPU time of several ways to do the same, interleaved, so that a slow moment of the machine strikes all of them."""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


AT_LEAST = 0.005
"""So many seconds each measurement takes: what is done faster is repeated."""


def medians(ways: Mapping[str, Callable[[], object]], rounds: int = 15) -> dict[str, float]:
    """The median CPU seconds of one call of each way, after calls that do not count."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    repeats: dict[str, int] = {}
    for name, way in ways.items():
        way()
        start = time.process_time()
        way()
        repeats[name] = 1 + int(AT_LEAST / max(time.process_time() - start, 1e-6))
    gc.disable()
    try:
        for _ in range(rounds):
            for name, way in ways.items():
                start = time.process_time()
                for _ in range(repeats[name]):
                    way()
                taken[name].append((time.process_time() - start) / repeats[name])
    finally:
        gc.enable()
    return {name: statistics.median(times) for name, times in taken.items()}


def report(taken: Mapping[str, float], base: str, goals: Mapping[str, float] | None = None) -> None:
    """Print each way with its ratio to the base, and whether it meets its goal."""
    goals = goals or {}
    for name, seconds in taken.items():
        ratio = seconds / taken[base]
        goal = goals.get(name)
        verdict = "" if goal is None else f"  goal {goal:g}: {'met' if ratio <= goal else 'MISSED'}"
        print(f"{name:42} {1000 * seconds:10.2f} ms {ratio:9.2f}{verdict}")
