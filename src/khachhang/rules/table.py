"""What a decision table is: rules as data, with a hit policy that says what happens when several are true."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import attrs

from khachhang.errors import TableError, listed, repr_of
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Predicate, as_predicate
from khachhang.rules.rule import Rule
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from khachhang.rules.predicate import Leaf
    from khachhang.rules.variable import Variable
    from khachhang.rules.vocabulary import Vocabulary

C_co = TypeVar("C_co", bound=Category, covariant=True)


def _rules(given: Any) -> tuple[Rule[Any], ...]:
    hint = "write kh.when(condition).then(label)"
    rules = listed(given, lambda shown: TableError(f"rules: {shown} is not a list of rules", hint))
    for position, rule in enumerate(rules, start=1):
        if not isinstance(rule, Rule):
            problem = f"rule {position}: {repr_of(rule)} is not a rule"
            raise TableError(problem, hint)
    return rules


def _priority(given: Sequence[Category] | None) -> tuple[Category, ...] | None:
    if given is None:
        return None
    hint = "give the labels, the first one first"
    return listed(given, lambda shown: TableError(f"priority: {shown} is not a list of labels", hint))


def _predicate(given: Any) -> Predicate | None:
    return None if given is None else as_predicate(given)


@attrs.frozen(kw_only=True, slots=False)
class Table(Generic[C_co]):
    """The data of a decision table over any vocabulary; what is done with it stands in `khachhang.DecisionTable`."""

    vocabulary: ClassVar[Vocabulary]

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
            problem = f"name: {repr_of(self.name)} is no name of a table"
            raise TableError(problem, "name the table by its facet's code, such as 'age_band'")
        if not isinstance(self.source, str):
            problem = f"table {self.name!r}: source={repr_of(self.source)} is no text"
            raise TableError(problem, "say in words where the rules come from")
        if not (isinstance(self.category, type) and issubclass(self.category, Category)):
            problem = f"table {self.name!r}: category={repr_of(self.category)} is not a label set"
            raise TableError(problem, "give a subclass of kh.Category")
        if not isinstance(self.hit, HitPolicy):
            problem = f"table {self.name!r}: hit={repr_of(self.hit)} is not a hit policy"
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
        if len(self.needs) < len(self.variables):
            names = [variable.name for variable in self.variables]
            twice = next(name for name in names if names.count(name) > 1)
            problem = f"table {self.name!r}: two different facts are called {twice!r}"
            raise TableError(problem, "make the fact once and use it in every rule")

    def __getstate__(self) -> dict[str, Any]:
        fields = attrs.fields(type(self))
        return {field.name: getattr(self, field.name) for field in fields}

    def _check_label(self, place: str, label: object) -> None:
        """An error where something is no label of this table.

        Raises:
            TableError: Naming the place.
        """
        if not isinstance(label, self.category):
            raise self._no_label(place, label)

    def _no_label(self, place: str, label: object) -> TableError:
        problem = f"table {self.name!r}, {place}: {repr_of(label)} is not a label of {self.category.__name__}"
        return TableError(problem, f"the labels are {', '.join(self.category)}")

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """The facts that the table can ask for, each once, in the order in which they first stand in it."""
        return tuple(dict.fromkeys(leaf.variable for leaf in self.leaves()))

    def leaves(self) -> Iterator[Leaf]:
        """Every test on a single fact in the table: those of `given`, then those of the rules in order."""
        if self.given is not None:
            yield from self.given.leaves()
        for rule in self.rules:
            yield from rule.condition.leaves()

    @property
    def needs(self) -> frozenset[str]:
        """The names of the facts that the table can ask for."""
        return frozenset(variable.name for variable in self.variables)

    @cached_property
    def _ranks(self) -> dict[Category, int]:
        order = dict.fromkeys([*(self.priority or ()), *self.category])
        return {label: place for place, label in enumerate(order)}

    def rank(self, label: Category) -> int:
        """The place of a label among those of the table, 0 the highest: `priority` first, then the category's order.

        Raises:
            TableError: If it is no label of this table.
        """
        try:
            return self._ranks[label]
        except (KeyError, TypeError):
            raise self._no_label("rank", label) from None

    @property
    def is_proved(self) -> bool:
        """Whether the rules are known to keep the hit policy; here only where it forbids nothing."""
        return self.hit not in (HitPolicy.UNIQUE, HitPolicy.ANY)


def needs_of(classifiers: Iterable[Any]) -> frozenset[str]:
    """The facts that any of the classifiers can ask for."""
    return frozenset(name for classifier in classifiers for name in getattr(classifier, "needs", ()))
