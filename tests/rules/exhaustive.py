"""Every customer that some tables can tell apart, complete, one by one: the plainest oracle there is.

For each fact the values are the constants of the tables' tests, what lies beside and between them, and the ends of
what the fact can be; the records are all combinations that can be. It shares no code with the engine that it is held
against.
"""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from khachhang.errors import InvalidError
from khachhang.facts import DecisionTable, Facts
from khachhang.rules.predicate import Among, Between, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules import Predicate
    from khachhang.rules.variable import Variable

LARGEST = 3_000


def conditions_of(tables: Iterable[DecisionTable[Any]]) -> list[Predicate]:
    """All conditions of some tables."""
    return [
        condition
        for table in tables
        for condition in (*(rule.condition for rule in table.rules), table.given)
        if condition is not None
    ]


def constants_of(conditions: Iterable[Predicate]) -> dict[Variable, set[Any]]:
    """The constants of the tests on each fact, and the facts on which it depends whether another has a value."""
    found: dict[Variable, set[Any]] = {}
    waiting = list(conditions)
    while waiting:
        for leaf in waiting.pop().leaves():
            if leaf.variable not in found and leaf.variable.exists is not None:
                waiting.append(leaf.variable.exists)
            constants = found.setdefault(leaf.variable, set())
            match leaf:
                case Comparison(constant=constant):
                    constants.add(constant)
                case Between(low=low, high=high):
                    constants |= {low, high}
                case Among(values=values):
                    constants |= set(values)
                case _:
                    raise AssertionError(leaf)
    return found


def values_of(variable: Variable, constants: set[Any]) -> list[Any]:
    """A value from every part of what a fact can be that the constants tell apart; None where it can have none."""
    made: list[Any]
    if variable.category is not None:
        made = list(variable.category)
    elif variable.type is bool:
        made = [False, True]
    elif variable.type is str:
        made = [*constants, "".join(constants) + "another"]
    else:
        ends = {end for end in (variable.low, variable.high) if end is not None}
        cuts = sorted(constants | ends) or [variable.type(0)]
        if variable.type is int:
            made = [cut + step for cut in cuts for step in (-1, 0, 1)]
        else:
            made = [*cuts, *(_between(low, high) for low, high in pairwise(cuts))]
            made += [_beyond(cuts[0], -1), _beyond(cuts[-1], 1)]
        made = sorted({one for one in made if one is not None and variable.holds(one)})
    return made if variable.exists is None else [*made, None]


def _between(low: Any, high: Any) -> Any:
    if isinstance(low, float):
        found = math.nextafter(low, high)
        return found if found < high else None
    numerator, denominator = ((end.as_integer_ratio()) for end in (low, high))
    scale = numerator[1] * denominator[1]
    return _exact(numerator[0] * denominator[1] + denominator[0] * numerator[1], 2 * scale)


def _exact(numerator: int, denominator: int) -> Decimal:
    # The denominator has no factors but 2 and 5: the ends are decimals.
    places = denominator.bit_length()
    whole = numerator * 10**places // denominator
    return Decimal((int(whole < 0), tuple(map(int, str(abs(whole)))), -places))


def _beyond(end: Any, sign: int) -> Any:
    if isinstance(end, float):
        found = math.nextafter(end, math.inf * sign)
        return found if math.isfinite(found) else None
    return end.copy_abs() * 2 * sign + sign


def complete_records(*tables: DecisionTable[Any], most: int = LARGEST) -> Iterator[Facts]:
    """Every complete record that some tables can tell apart; none where there are too many."""
    axes = {
        variable: values_of(variable, constants) for variable, constants in constants_of(conditions_of(tables)).items()
    }
    if math.prod(map(len, axes.values())) > most:
        return
    for values in product(*axes.values()):
        known = {variable.name: value for variable, value in zip(axes, values, strict=True) if value is not None}
        try:
            facts: Any = DecisionTable.vocabulary.record(known)
        except InvalidError:
            continue
        lacking = [variable for variable in axes if facts.value(variable.name) is None]
        if not any(variable.exists is None or variable.exists.truth(facts) for variable in lacking):
            yield facts


def count_of(*tables: DecisionTable[Any]) -> int:
    """How many combinations there would be."""
    return math.prod(
        len(values_of(variable, constants)) for variable, constants in constants_of(conditions_of(tables)).items()
    )
