"""Tables as Python functions, generated once on first use.

Where no open rule matters, a prepared answer comes back at once. Else every rule is weighed, and the interpreter's own
hit policy makes an answer of it, once for each combination that occurs.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.rules import interpreter
from khachhang.rules._fast import fast
from khachhang.rules._source import lacking, weighing
from khachhang.rules.classification import Classification, Outcome
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import check_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.rules.predicate import Record
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category

_REMEMBERED = 4096


def _positions(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


class Compiled:
    """The functions of one table. All of them give what the interpreter gives.

    Args:
        table: The table.
    """

    def __init__(self, table: Table[Any]) -> None:
        self._table = table
        self._answers: dict[tuple[int, int, bool | None], tuple[Classification[Any], int]] = {}
        self._undetermined: dict[tuple[int, int, bool | None, int], Classification[Any]] = {}

    @cached_property
    def classify(self) -> Callable[[Record], Classification[Any]]:
        """The whole answer for a record of facts."""
        if not self._is_fast:
            return self._classify
        unmatched: Classification[Any] = Classification(Outcome.UNMATCHED)
        default = unmatched if self._table.otherwise is None else _matched(self._table.otherwise, ())
        answers = [_matched(rule.label, (place,)) for place, rule in enumerate(self._table.rules)]
        return fast(self._table, answers, default, unmatched, self._classify)

    @cached_property
    def label(self) -> Callable[[Record], Any]:
        """Its bare label."""
        if not self._is_fast:
            return self._label
        labels = [rule.label for rule in self._table.rules]
        return fast(self._table, labels, self._table.otherwise, None, self._label)

    @property
    def _is_fast(self) -> bool:
        table = self._table
        return table.hit is HitPolicy.FIRST or (table.hit is HitPolicy.UNIQUE and table.is_proved)

    @cached_property
    def _weigh(self) -> Callable[..., Any]:
        return weighing(self._table)

    @cached_property
    def _lacking(self) -> Callable[..., Any]:
        return lacking(self._table)

    def _label(self, facts: Record) -> Any:
        return self._weighed(self._masks(facts))[0].label

    def _masks(self, facts: Record) -> Any:
        try:
            return self._weigh(facts)
        except AttributeError:
            check_record(facts)
            raise

    def _classify(self, facts: Record) -> Classification[Any]:
        weighed = self._masks(facts)
        answer, deciding = self._weighed(weighed)
        if not deciding:
            return answer
        key = (*weighed, self._lacking(facts, deciding))
        found = self._undetermined.get(key)
        if found is None:
            variables = self._table.variables
            found = attrs.evolve(answer, missing=tuple(variables[place].name for place in _positions(key[-1])))
            _remember(self._undetermined, key, found)
        return found

    def _weighed(self, weighed: tuple[int, int, bool | None]) -> tuple[Classification[Any], int]:
        """The answer, still without what is missing, and the conditions that keep it open."""
        found = self._answers.get(weighed)
        if found is None:
            found = self._judged(*weighed)
            _remember(self._answers, weighed, found)
        return found

    def _judged(self, true: int, unsettled: int, scope: bool | None) -> tuple[Classification[Any], int]:  # noqa: FBT001  # three-valued
        if scope is False:
            return Classification(Outcome.UNMATCHED), 0
        truths: list[bool | None] = [False] * len(self._table.rules)
        for place in _positions(true):
            truths[place] = True
        for place in _positions(unsettled):
            truths[place] = None
        answer, deciding = interpreter.decide(self._table, truths, scope)
        if answer.outcome is not Outcome.UNDETERMINED:
            return answer, 0
        mask = sum(1 << place for place in deciding)
        return answer, mask | (1 << len(truths) if scope is None else 0)


def _matched(label: Category, rules: tuple[int, ...]) -> Classification[Any]:
    return Classification(Outcome.MATCHED, label, frozenset({label}), frozenset({label}), (), rules)


def _remember(answers: dict[Any, Any], key: Any, answer: Any) -> None:
    if len(answers) < _REMEMBERED:
        answers[key] = answer
