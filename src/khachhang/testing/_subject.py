"""A classifier under examination, and the facts by which it is examined."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import HealthCheck, Phase, Verbosity, currently_in_test_context, given, settings

from khachhang.errors import InvalidError, TableError
from khachhang.facts import DecisionTable, Facts
from khachhang.facts.catalogue import VARIABLES
from khachhang.testing._segments import free_axis
from khachhang.testing._watching import names_read
from khachhang.testing.coverage import cover, edges
from khachhang.testing.record import facts, over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hypothesis.strategies import SearchStrategy

    from khachhang.rules import Classification
    from khachhang.rules.space import Axis
    from khachhang.rules.variable import Variable

_FEW = 25
_SOME = 60
_MOST_EDGES = 150
_MANY = 6
_TIMES = 4


def drawn(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """Some examples of a strategy, the same each time."""
    if not currently_in_test_context():
        return _drawn(strategy, count)
    with ThreadPoolExecutor(1) as thread:  # in a thread of its own it is no test within a test
        return thread.submit(_drawn, strategy, count).result()


def _drawn(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    found: list[Any] = []

    @settings(
        max_examples=count, database=None, derandomize=True, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), verbosity=Verbosity.quiet,
    )  # fmt: skip
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


@attrs.frozen(slots=False, eq=False)
class Subject:
    """A classifier with the facts by which it is examined.

    Args:
        classifier: The classifier.
        like: A table that it should equal; None where there is none.
    """

    classifier: Any
    like: DecisionTable[Any] | None = None

    @property
    def name(self) -> str:
        """What the classifier is called; its type's name where it has none."""
        return str(getattr(self.classifier, "name", None) or type(self.classifier).__name__)

    def ask(self, known: Facts) -> Classification[Any]:
        """The answer for a copy of the facts: what is done to it has no consequence."""
        answer: Classification[Any] = self.classifier.classify(copy.copy(known))
        return answer

    def answer(self, known: Facts) -> Classification[Any] | None:
        """The same; None where it raises, which is one check's business alone."""
        try:
            return self.ask(known)
        except Exception:  # noqa: BLE001  # whatever a stranger's classifier raises
            return None

    @cached_property
    def _firsts(self) -> dict[Facts, list[Any]]:
        return {}

    def first_answers(self, known: Facts) -> list[Any]:
        """The answers to the same question asked some times in a row, when it was asked for the first time."""
        if known not in self._firsts:
            self._firsts[known] = [self.answer(known) for _ in range(_TIMES)]
        return self._firsts[known]

    @cached_property
    def tables(self) -> tuple[DecisionTable[Any], ...]:
        """The tables that say where the edges are."""
        known = (self.classifier, self.like)
        return tuple(table for table in known if isinstance(table, DecisionTable))

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """The facts that the answer can depend on: those of the tables, and those that were seen to be read."""
        named = dict.fromkeys(variable for table in self.tables for variable in table.variables)
        if not isinstance(self.classifier, DecisionTable):
            read = names_read(self.classifier, _complete())
            named |= dict.fromkeys(VARIABLES[name] for name in read)
        return tuple(named)

    @cached_property
    def pool(self) -> tuple[Facts, ...]:
        """Facts: at the edges, over what matters, complete and not, and any."""
        axes = tuple(self._axes())
        at_edges = [known for table in self.tables for known in table_facts(table)]
        return tuple(dict.fromkeys([Facts(), *at_edges, *_over(axes), *_any()]))

    def _axes(self) -> Iterator[Axis]:
        """The axes of what matters, each after those on which its having a value depends."""
        waiting = [*self.variables]
        named: dict[Variable, None] = {}
        while waiting:
            variable = waiting.pop()
            if variable.exists is not None:
                waiting += [leaf.variable for leaf in variable.exists.leaves()]
            named[variable] = None
        own = [variable for variable in named if variable.name not in VARIABLES]
        yield from map(free_axis, sorted((one for one in named if one not in own), key=lambda one: _PLACES[one.name]))
        yield from map(free_axis, sorted(own, key=lambda one: one.name))

    @cached_property
    def _weaker(self) -> dict[Facts, tuple[Facts, ...]]:
        return {}

    def weaker(self, known: Facts) -> tuple[Facts, ...]:
        """The same facts, with some of those that matter not known."""
        if known not in self._weaker:
            self._weaker[known] = tuple(dict.fromkeys(self._weakened(known)))
        return self._weaker[known]

    def _weakened(self, known: Facts) -> Iterator[Facts]:
        names = [variable.name for variable in self.variables if known.value(variable.name) is not None]
        sets = [{name} for name in names]
        sets += [set(names) - one for one in sets] if len(names) <= _MANY else []
        sets += [set(names), set(names[::2]), set(names[1::2]), set(names[: len(names) // 2])]
        for unknown in sets:
            if unknown:
                yield known.changed(dict.fromkeys(unknown))


_PLACES = {name: place for place, name in enumerate(VARIABLES)}


@lru_cache(maxsize=1)
def _any() -> tuple[Facts, ...]:
    return tuple(drawn(facts(), _FEW))


@lru_cache(maxsize=1)
def _complete() -> tuple[Facts, ...]:
    return tuple(drawn(facts(complete=True), _FEW))


@lru_cache(maxsize=16)
def _over(axes: tuple[Axis, ...]) -> tuple[Facts, ...]:
    return (*drawn(over(axes, complete=True), _SOME), *drawn(over(axes), _SOME))


@lru_cache(maxsize=16)
def table_facts(table: DecisionTable[Any]) -> tuple[Facts, ...]:
    """Facts that try a table: a cover, edges, and any."""
    try:
        found = cover(table)
        at_edges = edges(table)
    except TableError:  # too large: what is drawn has to do
        found, at_edges = [], []
    step = max(1, len(at_edges) // _MOST_EDGES)
    return (*found, *at_edges[::step], *drawn(facts(table=table), _SOME))


def shrunk(known: Facts, is_broken: Callable[[Facts], bool]) -> Facts:
    """The smallest facts that still show a fault: as few as can be, and then as small as can be."""
    while True:
        for smaller in _smaller(known):
            if is_broken(smaller):
                known = smaller
                break
        else:
            return known


def _smaller(known: Facts) -> Iterator[Facts]:
    values: dict[str, Any] = {**known.known(), **known.extra}
    for name in values:
        yield from _changed(known, name, [None])
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        simpler: list[Any] = [0, value // 2, value - 1] if isinstance(value, int) else [0.0, float(value // 1)]
        yield from _changed(known, name, (one for one in simpler if abs(one) < abs(value)))


def _changed(known: Facts, name: str, values: Iterable[Any]) -> Iterator[Facts]:
    for value in values:
        try:
            made = known.changed({name: value})
        except InvalidError:
            continue
        if made != known:
            yield made
