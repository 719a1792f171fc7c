"""`table.label` against hand-written code, on the eight kinds of customer."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.benchmarks._relationship import TABLE, natural, population, restructured
from tests.benchmarks._timing import medians, report

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Print the ratios."""
    people = population(2_000)
    answers = [TABLE.label(facts) for facts in people]
    assert answers == [natural(facts) for facts in people] == [restructured(facts) for facts in people]
    print(f"Python {sys.version.split()[0]};", dict(Counter(answer.value for answer in answers if answer)))

    def over(classify: Callable[[kh.Facts], object]) -> Callable[[], None]:
        def run() -> None:
            for facts in people:
                classify(facts)

        return run

    ways = {
        "natural if/elif": over(natural),
        "best restructured code": over(restructured),
        "table.label": over(TABLE.label),
        "table.classify": over(TABLE.classify),
    }
    taken = medians(ways, rounds=41)
    report(taken, "natural if/elif", {"table.label": 0.75})
    report(taken, "best restructured code", {"table.label": 1.5})

    print("\nWith facts that are not known:")
    for known in ({}, {"purchase_count": 7}, {"ties": set(), "purchase_count": 7, "days_since_last_purchase": 9}):
        given: Any = known
        facts = kh.Facts(**given)
        answer = TABLE.classify(facts)
        try:
            by_hand: object = natural(facts).value
        except TypeError as error:
            by_hand = f"TypeError: {error}"
        print(f"  {known}: table {answer.outcome.value}, missing {', '.join(answer.missing)}; by hand {by_hand}")


if __name__ == "__main__":
    main()
