"""Decision tables over the catalogue of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from khachhang.facts.catalogue import VARIABLES
from khachhang.facts.record import Facts
from khachhang.rules.table import Table
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from khachhang.rules.variable import Variable
    from khachhang.rules.vocabulary import Vocabulary

C_co = TypeVar("C_co", bound=Category, covariant=True)


class _Catalogue:
    def variables(self) -> Mapping[str, Variable]:
        return VARIABLES

    def record(self, values: Mapping[str, Any]) -> Facts:
        known: Any = {name: value for name, value in values.items() if name in VARIABLES}
        own: Any = {name: value for name, value in values.items() if name not in VARIABLES}
        return Facts(**known, extra=own)

    def changed(self, facts: Facts, values: Mapping[str, Any]) -> Facts:
        return facts.changed(values)


@attrs.frozen(kw_only=True, slots=False)
class DecisionTable(Table[C_co]):
    """Rules as data: which label follows from which facts.

    A rule is true, false or *open* (a fact that it needs is not known). The answer is the set of labels still possible:
    one left is the answer, several are *undetermined*, none is *unmatched*. Tables compare by value.

    Args:
        name: The facet's code.
        category: The label set from which the table answers.
        rules: The rules, in order; positions count from 0 in data and from 1 in words.
        hit: What happens when several rules are true. `UNIQUE` and `ANY`: one true rule decides, whatever is open.
            `FIRST`: the first true rule, with the open ones before it. `PRIORITY`: the true rule whose label ranks
            highest, with the open ones above it. `COLLECT`: every label of a true rule is certain.
        otherwise: The label where all rules are false; while no rule is true it stays possible. None: no label.
        given: Where this is false the table does not apply and the answer is unmatched; where it is open, unmatched
            stays possible.
        priority: The labels from the highest down, for `PRIORITY` and for the primary label of `COLLECT`; labels that
            it leaves out follow in the category's order, which alone counts without it.
        source: Where the rules come from.

    Raises:
        TableError: If a rule, a label or the hit policy is none.

    >>> from khachhang.facts import Facts, fact
    >>> from khachhang.rules import HitPolicy, when
    >>> from khachhang.taxonomy import AgeBand
    >>> table = DecisionTable(
    ...     name="adult",
    ...     category=AgeBand,
    ...     rules=[when(fact.age < 15).then(AgeBand.UNDER_15), when(fact.age > 50).then(AgeBand.OVER_50)],
    ...     hit=HitPolicy.UNIQUE,
    ... )
    >>> table.label(Facts(age=70))
    <AgeBand.OVER_50: 'over_50'>
    >>> table.classify(Facts()).missing
    ('age',)
    """

    vocabulary: ClassVar[Vocabulary] = _Catalogue()
