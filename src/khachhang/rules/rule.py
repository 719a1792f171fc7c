"""Rules: where a condition holds, a label follows."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import attrs

from khachhang.errors import PredicateError, repr_of
from khachhang.rules.predicate import Predicate, as_predicate
from khachhang.taxonomy import Category

C = TypeVar("C", bound=Category)
C_co = TypeVar("C_co", bound=Category, covariant=True)


@attrs.frozen
class Rule(Generic[C_co]):
    """One row of a decision table.

    Args:
        condition: When the rule is true; a rule with an open condition is open.
        label: The label that then follows.

    Raises:
        PredicateError: If the condition is no predicate, or its parts stand too deep in one another; or if the label is
            no member of a label set.
    """

    condition: Predicate = attrs.field(converter=as_predicate)
    label: C_co

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.label, Category):
            problem = f"{repr_of(self.label)} is not a label"
            raise PredicateError(problem, "give a member of a label set, such as AgeBand.UNDER_15")


@attrs.frozen
class When:
    """The first half of a rule; `then` makes it whole."""

    condition: Predicate

    def then(self, label: C) -> Rule[C]:
        """The rule that gives this label where the condition holds.

        Raises:
            PredicateError: If the label is no member of a label set.
        """
        return Rule(self.condition, label)


def when(condition: Any) -> When:
    """The beginning of a rule: ``when(fact.age < 15).then(AgeBand.UNDER_15)``.

    Raises:
        PredicateError: If the condition is no predicate, or its parts stand too deep in one another.
    """
    return When(as_predicate(condition))
