"""How long it takes to verify large tables: 100 rules over 8 facts, and 1,000 rules."""

from __future__ import annotations

import random
import statistics
import sys
import time
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import khachhang as kh
from khachhang import AgeBand, HitPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang import Predicate
    from khachhang.rules.verification import Verification

FACTS = [kh.fact.custom(f"fact {place}", int, low=0, high=1_000) for place in range(8)]
LABELS = list(AgeBand)
ROUNDS = 11


def joined(parts: list[Predicate]) -> Predicate:
    """All of the parts."""
    made = parts[0]
    for part in parts[1:]:
        made &= part
    return made


def random_rule(rng: random.Random) -> Predicate:
    """An interval of each of one to five facts."""
    facts = rng.sample(FACTS, rng.randint(1, 5))
    ends = [sorted((rng.randint(0, 1_000), rng.randint(0, 1_000))) for _ in facts]
    return joined([fact.between(low, high) for fact, (low, high) in zip(facts, ends, strict=True)])


def wide_rule(rng: random.Random) -> Predicate:
    """A wide interval of every fact: hardly two rules are apart."""
    widths = [rng.randint(300, 900) for _ in FACTS]
    starts = [rng.randint(0, 1_000 - width) for width in widths]
    return joined([fact.between(at, at + width) for fact, at, width in zip(FACTS, starts, widths, strict=True)])


def cells(count: int, facts: int) -> list[Predicate]:
    """A complete division of some facts into so many cells that do not meet."""
    each = round(count ** (1 / facts))
    return [
        joined(
            [
                fact.between(1_001 * place // each, 1_001 * (place + 1) // each, closed="left")
                for fact, place in zip(FACTS, cell, strict=False)
            ]
        )
        for cell in product(range(each), repeat=facts)
    ]


def table(conditions: list[Predicate]) -> kh.DecisionTable[AgeBand]:
    """A table of these rules."""
    rules = [kh.when(condition).then(LABELS[place % len(LABELS)]) for place, condition in enumerate(conditions)]
    return kh.DecisionTable(name="many", category=AgeBand, rules=rules, hit=HitPolicy.FIRST)


def milliseconds(work: Callable[[], object]) -> float:
    """The median CPU time."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return 1000 * statistics.median(taken)


def report(what: str, goal: float | None, work: Callable[[], object]) -> None:
    """Print it, with whether the goal is met."""
    taken = milliseconds(work)
    verdict = "" if goal is None else f"   goal {goal:g} ms: {'met' if taken <= goal else 'MISSED'}"
    print(f"{what:66} {taken:9.1f} ms{verdict}")


def everything(of: kh.DecisionTable[AgeBand]) -> object:
    """All that is proved of a table."""
    found = of.verify()
    return found.gaps, found.overlaps, found.unreachable


def overlaps(of: kh.DecisionTable[AgeBand]) -> int:
    """All overlaps, from the rules on."""
    return of.verify().overlap_count


def meetings(of: Verification) -> int:
    """All overlaps, where the rules have been made into boxes already."""
    vars(of).pop("_meetings", None)
    return sum(met.bit_count() for met in of._meetings or ())


def main() -> None:
    """Print the times, all of them from a new verification on."""
    print(f"Python {sys.version.split()[0]}")
    rng = random.Random(1)  # noqa: S311  # nothing secret
    for name, conditions in {
        "100 random rules over 8 facts": [random_rule(rng) for _ in range(100)],
        "100 wide rules over 8 facts": [wide_rule(rng) for _ in range(100)],
        "100 cells of 2 facts": cells(100, 2),
    }.items():
        made = table(conditions)
        assert made.verify().undecided == ()
        report(f"{name}, everything", 100, partial(everything, made))
    for name, conditions in {
        "1,000 bands of one fact": cells(1_000, 1),
        "1,000 cells of 3 facts": cells(1_000, 3),
        "1,000 random rules over 8 facts": [random_rule(rng) for _ in range(1_000)],
    }.items():
        made = table(conditions)
        checked = made.verify()
        goal = 10 if "bands" in name else None
        report(f"{name}, all {checked.overlap_count} overlaps, from the rules", goal, partial(overlaps, made))
        report(f"{name}, all overlaps, from their boxes", 10, partial(meetings, checked))
        report(f"{name}, completeness", 2_000, lambda: table(conditions).verify().gaps)  # noqa: B023  # called at once


if __name__ == "__main__":
    main()
