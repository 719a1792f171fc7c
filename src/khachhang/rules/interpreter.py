"""The plain meaning of a decision table: every rule is true, false or open, and the hit policy says what follows.

The answer is the set of labels that are still possible. This is the reference; whatever is faster is held against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import OverlapError
from khachhang.rules.classification import Classification, Outcome
from khachhang.rules.hit_policy import HitPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.rules.predicate import Predicate, Record
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category


@attrs.frozen
class Verdict:
    """What the hit policy makes of rules that are true or open.

    Args:
        certain: The labels that are settled.
        possible: The labels that are settled or still open.
        deciding: The positions of the true rules that give the answer.
        open_rules: The positions of the open rules that can still decide.
    """

    certain: frozenset[Category]
    possible: frozenset[Category]
    deciding: tuple[int, ...]
    open_rules: tuple[int, ...]


def truths(table: Table[Any], facts: Record) -> list[bool | None]:
    """For each rule whether it is true, false or open (None)."""
    return [rule.condition.truth(facts) for rule in table.rules]


def applies(table: Table[Any], facts: Record) -> bool | None:
    """Whether the table speaks of this customer at all; None while that is open."""
    return True if table.given is None else table.given.truth(facts)


def classify(table: Table[Any], facts: Record) -> Classification[Any]:
    """The answer of a table for one record of facts."""
    scope = applies(table, facts)
    if scope is False:
        return Classification(Outcome.UNMATCHED)
    answer, deciding = decide(table, truths(table, facts), scope)
    if answer.outcome is not Outcome.UNDETERMINED:
        return answer
    return attrs.evolve(answer, missing=tuple(_missing(table, facts, deciding)))


def decide(
    table: Table[Any],
    found: list[bool | None],
    scope: bool | None,  # noqa: FBT001  # three-valued
) -> tuple[Classification[Any], tuple[int, ...]]:
    """The answer that follows from the truths of the rules, and the open rules that can still decide.

    Args:
        table: The table.
        found: For each rule whether it is true, false or open (None).
        scope: True where the table applies, None where that is open.
    """
    verdict = judge(table, found)
    if scope is None and verdict.possible:
        verdict = attrs.evolve(verdict, certain=frozenset(), deciding=())
    open_labels = verdict.possible - verdict.certain
    outcome = Outcome.UNDETERMINED if open_labels else Outcome.MATCHED if verdict.certain else Outcome.UNMATCHED
    primary = min(verdict.certain, key=table.rank, default=None)
    if primary is not None and any(table.rank(label) < table.rank(primary) for label in open_labels):
        primary = None
    return Classification(outcome, primary, verdict.certain, verdict.possible, (), verdict.deciding), verdict.open_rules


def _missing(table: Table[Any], facts: Record, open_rules: Iterable[int]) -> Iterable[str]:
    conditions: list[Predicate] = [table.rules[position].condition for position in open_rules]
    if table.given is not None:
        conditions.append(table.given)
    lacking = {variable.name for condition in conditions for variable in condition.open_variables(facts)}
    return (variable.name for variable in table.variables if variable.name in lacking)


def judge(table: Table[Any], found: list[bool | None]) -> Verdict:
    """What the table's hit policy makes of its rules, each true, false or open (None).

    Raises:
        OverlapError: If rules are true together that must not be.
    """
    true = [position for position, truth in enumerate(found) if truth]
    unsettled = [position for position, truth in enumerate(found) if truth is None]
    match table.hit:
        case HitPolicy.COLLECT:
            return _collect(table, true, unsettled)
        case HitPolicy.FIRST:
            true = true[:1]
            unsettled = [position for position in unsettled if not true or position < true[0]]
        case HitPolicy.PRIORITY:
            if true:
                best = min(table.rank(table.rules[position].label) for position in true)
                true = [position for position in true if table.rank(table.rules[position].label) == best]
                unsettled = [position for position in unsettled if table.rank(table.rules[position].label) < best]
        case HitPolicy.UNIQUE:
            if len(true) > 1:
                raise OverlapError(table.name, true)
            unsettled = [] if true else unsettled
        case HitPolicy.ANY:
            if len({table.rules[position].label for position in true}) > 1:
                raise OverlapError(table.name, true)
            unsettled = [] if true else unsettled
    return _single(table, true, unsettled)


def _single(table: Table[Any], true: list[int], unsettled: list[int]) -> Verdict:
    possible = {table.rules[position].label for position in [*true, *unsettled]}
    if not true and table.otherwise is not None:
        possible.add(table.otherwise)
    # Without a true rule or a default label it may be no label at all.
    settled = len(possible) == 1 and (bool(true) or table.otherwise is not None)
    labels = frozenset(possible)
    return Verdict(labels if settled else frozenset(), labels, tuple(true if settled else ()), tuple(unsettled))


def _collect(table: Table[Any], true: list[int], unsettled: list[int]) -> Verdict:
    certain = {table.rules[position].label for position in true}
    unsettled = [position for position in unsettled if table.rules[position].label not in certain]
    possible = certain | {table.rules[position].label for position in unsettled}
    if table.otherwise is not None and not true:
        possible.add(table.otherwise)
        if not unsettled:
            certain.add(table.otherwise)
    return Verdict(frozenset(certain), frozenset(possible), tuple(true), tuple(unsettled))
