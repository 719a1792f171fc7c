"""Decision tables: rules as data, with a hit policy that says what happens when several are true."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

import attrs

from khachhang.errors import OverlapError, TableError
from khachhang.rules.compilation import Compiled
from khachhang.rules.difference import Difference, differences
from khachhang.rules.explanation import explain
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.path import Path, paths_to
from khachhang.rules.predicate import Predicate, as_predicate
from khachhang.rules.rule import Rule
from khachhang.rules.verification import Verification
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from khachhang.rules.classification import Classification
    from khachhang.rules.predicate import Record
    from khachhang.rules.variable import Variable
    from khachhang.rules.vocabulary import Vocabulary
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
        if len(self.needs) < len(self.variables):
            names = [variable.name for variable in self.variables]
            twice = next(name for name in names if names.count(name) > 1)
            problem = f"table {self.name!r}: two different facts are called {twice!r}"
            raise TableError(problem, "make the fact once and use it in every rule")
        self.is_proved  # noqa: B018  # reading it proves it, or raises

    def __getstate__(self) -> dict[str, Any]:
        fields = attrs.fields(type(self))
        return {field.name: getattr(self, field.name) for field in fields}

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
        return self._compiled.classify(facts)

    @cached_property
    def label(self) -> Callable[[Record], C_co | None]:
        """The bare label for one record of facts; for `HitPolicy.COLLECT` the primary one.

        None where there is none, or none yet. It is the function itself, made once, so that a call costs no more than
        it.
        """
        return self._compiled.label

    @cached_property
    def _compiled(self) -> Compiled:
        return Compiled(self)

    @cached_property
    def is_proved(self) -> bool:
        """Whether it is proved that the rules keep the hit policy, whatever the facts.

        False only where a `UNIQUE` or `ANY` table was too large for it; two rules that break the policy are then an
        error when they are met.
        """
        checked = Verification(self)
        if self.hit is HitPolicy.UNIQUE:
            broken = checked.overlaps[0] if checked.overlaps else None
        elif self.hit is HitPolicy.ANY:
            broken = checked.disagreement
        else:
            return True
        if broken is not None:
            raise OverlapError(self.name, broken.rules, broken.witness)
        return "overlaps" not in checked.undecided

    def verify(self, budget: float | None = None) -> Verification:
        """Gaps, overlaps and rules that never decide; exact, and worked out when read.

        Args:
            budget: About how many seconds each part may take on an ordinary machine, counted in steps so that the
            answer
                does not depend on a clock; None for ten. What it does not suffice for stands in `undecided`.
        """
        return Verification(self) if budget is None else Verification(self, budget)

    def diff(self, other: Table[Any], budget: float | None = None) -> tuple[Difference, ...]:
        """Where another table answers differently, over complete facts; empty exactly where the two agree everywhere.

        Args:
            other: The table to compare with, such as the next version of this one.
            budget: About how many seconds it may take on an ordinary machine; None for ten.

        Returns:
            Regions that do not meet, at most 100, each with a witness and both answers.

        Raises:
            TableError: If the tables mean different facts by one name, or the budget does not suffice.
        """
        return differences(self, other, budget)

    def paths_to(
        self,
        label: Category,
        facts: Record,
        changeable: Iterable[str] | None = None,
        budget: float | None = None,
    ) -> tuple[Path, ...]:
        """What would have to change for a customer to get a label: fewest facts first, then the smallest changes.

        Each fact changes only as it can: ages and counts never fall, the days since the last purchase fall to 0 with a
        new one. A fact that is not known may turn out to be what is needed. Each path was tried by classifying.

        Args:
            label: The label that is wanted.
            facts: What is known of the customer.
            changeable: The names of the only facts that may change; None for all that can.
            budget: About how many seconds it may take on an ordinary machine; None for ten.

        Returns:
            At most 20 paths, none of which changes all that another changes and more; one without changes where the
            label is held already; none where nothing helps.

        Raises:
            TableError: If it is not a label of this table, or the budget does not suffice.
            UnknownFactError: If `changeable` names no fact.
        """
        self._check_label("label", label)
        return paths_to(self, label, facts, changeable, budget)

    def recommend_hit_policy(self) -> HitPolicy:
        """`UNIQUE` where no two rules can be true together, `ANY` where those that can agree, else `FIRST`."""
        checked = Verification(self)
        if checked.disagreement is not None or "overlaps" in checked.undecided:
            return HitPolicy.FIRST
        return HitPolicy.ANY if checked.overlap_count else HitPolicy.UNIQUE

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
