"""Decision tables: rules as data, with a hit policy that says what happens when several are true."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from khachhang.errors import TableError
from khachhang.rules import interpreter
from khachhang.rules.explanation import explain
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Predicate, as_predicate
from khachhang.rules.rule import Rule
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khachhang.rules.classification import Classification
    from khachhang.rules.predicate import Record
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Language

C_co = TypeVar("C_co", bound=Category, covariant=True)


def _rules(given: Any) -> tuple[Rule[Any], ...]:
    rules = tuple(given)
    for position, rule in enumerate(rules, start=1):
        if not isinstance(rule, Rule):
            problem = f"rule {position}: {rule!r} is not a rule"
            raise TableError(problem, "write kh.when(condition).then(label)")
    return rules


def _priority(given: Sequence[Category] | None) -> tuple[Category, ...] | None:
    return None if given is None else tuple(given)


def _predicate(given: Any) -> Predicate | None:
    return None if given is None else as_predicate(given)


@attrs.frozen(kw_only=True, slots=False)
class Table(Generic[C_co]):
    """A decision table over any vocabulary; see `khachhang.DecisionTable`."""

    name: str
    category: type[C_co]
    rules: tuple[Rule[C_co], ...] = attrs.field(converter=_rules)
    hit: HitPolicy = attrs.field(default=HitPolicy.UNIQUE)
    otherwise: C_co | None = None
    given: Predicate | None = attrs.field(default=None, converter=_predicate)
    priority: tuple[C_co, ...] | None = attrs.field(default=None, converter=_priority)
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            problem = f"name: {self.name!r} is no name of a table"
            raise TableError(problem, "name the table by its facet's code, such as 'age_band'")
        if not (isinstance(self.category, type) and issubclass(self.category, Category)):
            problem = f"table {self.name!r}: category={self.category!r} is not a label set"
            raise TableError(problem, "give a subclass of kh.Category")
        if not isinstance(self.hit, HitPolicy):
            problem = f"table {self.name!r}: hit={self.hit!r} is not a hit policy"
            raise TableError(problem, f"use kh.HitPolicy: {', '.join(policy.name for policy in HitPolicy)}")
        for position, rule in enumerate(self.rules, start=1):
            self._check_label(f"rule {position}", rule.label)
        if self.otherwise is not None:
            self._check_label("otherwise", self.otherwise)
        for label in self.priority or ():
            self._check_label("priority", label)
        if len(set(self.priority or ())) < len(self.priority or ()):
            problem = f"table {self.name!r}: priority names a label twice"
            raise TableError(problem, "name each label once, the highest first")

    def _check_label(self, place: str, label: object) -> None:
        if not isinstance(label, self.category):
            problem = f"table {self.name!r}, {place}: {label!r} is not a label of {self.category.__name__}"
            raise TableError(problem, f"the labels are {', '.join(self.category)}")

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """The facts that the table can ask for, each once, in the order in which they first stand in it."""
        conditions = [rule.condition for rule in self.rules]
        if self.given is not None:
            conditions.insert(0, self.given)
        return tuple(dict.fromkeys(leaf.variable for condition in conditions for leaf in condition.leaves()))

    @property
    def needs(self) -> frozenset[str]:
        """The names of the facts that the table can ask for."""
        return frozenset(variable.name for variable in self.variables)

    @cached_property
    def _ranks(self) -> dict[Category, int]:
        order = dict.fromkeys([*(self.priority or ()), *self.category])
        return {label: place for place, label in enumerate(order)}

    def rank(self, label: Category) -> int:
        """The place of a label among those of the table, 0 the highest: `priority` first, then the category's order."""
        return self._ranks[label]

    def classify(self, facts: Record) -> Classification[C_co]:
        """The answer for one record of facts, with what is missing and which rules gave it.

        Args:
            facts: What is known of the customer.

        Raises:
            OverlapError: If two rules are true together and the hit policy forbids it.
            InvalidError: If a user's own fact holds what it can not be.
        """
        return interpreter.classify(self, facts)

    def label(self, facts: Record) -> C_co | None:
        """The bare label; for `HitPolicy.COLLECT` the primary one. None where there is none, or none yet."""
        return self.classify(facts).label

    def labels(self, facts: Record) -> frozenset[C_co]:
        """The labels that are certain."""
        return self.classify(facts).labels

    def explain(self, facts: Record, lang: Language, why_not: Category | None = None) -> str:
        """The whole reason in words: the rule, the values read, what was assumed, and what is missing.

        Args:
            facts: What is known of the customer.
            lang: ``"vi"`` or ``"en"``.
            why_not: A label whose failing conditions are wanted as well.

        Raises:
            UnknownLanguageError: For another language.
            TableError: If `why_not` is not one of the table's labels.
        """
        if why_not is not None:
            self._check_label("why_not", why_not)
        return explain(self, facts, lang, why_not)


def needs_of(classifiers: Iterable[Any]) -> frozenset[str]:
    """The facts that any of the classifiers can ask for."""
    return frozenset(name for classifier in classifiers for name in getattr(classifier, "needs", ()))
