"""Conditions as formulas of the solver z3, an independent oracle for what can be proved of a table.

Whole numbers are its integers, amounts its reals, and floats the integers that number them in order, so that nothing
lies between two neighbours. A fact that may have no value has a Boolean that says whether it has one.
"""

from __future__ import annotations

import struct
import sys
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import z3  # type: ignore[import-untyped]  # it has no types
from tests.rules.exhaustive import conditions_of

from khachhang.rules import HitPolicy
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Not, Or

if TYPE_CHECKING:
    from khachhang.facts import DecisionTable
    from khachhang.rules import Predicate
    from khachhang.rules.predicate import Leaf
    from khachhang.rules.variable import Variable


def number_of(value: float) -> int:
    """The place of a float among all floats; 0 for 0."""
    (bits,) = struct.unpack("<q", struct.pack("<d", abs(value)))
    return int(bits) if value >= 0 else -int(bits)


class Solver:
    """The customers that can be, and what is true, false or open of them."""

    def __init__(self, table: DecisionTable[Any]) -> None:
        self.table = table
        self.terms: dict[str, Any] = {}
        self.has: dict[str, Any] = {}
        self.codes: dict[object, int] = {}
        self.possible: list[Any] = []
        for condition in conditions_of([table]):
            self.meet(condition)
        self.true = [self.is_true(rule.condition) for rule in table.rules]
        self.open = [self.is_not_false(rule.condition) for rule in table.rules]
        self.scope = z3.BoolVal(True) if table.given is None else self.is_true(table.given)

    def meet(self, condition: Predicate) -> None:
        """Make what is needed for the facts of a condition."""
        for leaf in condition.leaves():
            variable = leaf.variable
            if variable.name in self.terms:
                continue
            make = {Decimal: z3.Real, bool: z3.Bool}.get(variable.type, z3.Int)
            term: Any = make(variable.name)
            self.terms[variable.name] = term
            self.has[variable.name] = z3.BoolVal(True)
            if variable.category is not None:
                self.possible += [term >= 0, term < len(variable.category)]
            if variable.type is float:
                self.possible += [term <= number_of(sys.float_info.max), term >= -number_of(sys.float_info.max)]
            if variable.low is not None:
                self.possible.append(term >= self.constant(variable, variable.low))
            if variable.high is not None:
                self.possible.append(term <= self.constant(variable, variable.high))
            if variable.exists is not None:
                self.meet(variable.exists)
                has = self.has[variable.name] = z3.Bool(f"has {variable.name}")
                self.possible += [z3.Implies(self.is_true(variable.exists), has)]
                self.possible += [z3.Implies(z3.Not(self.is_not_false(variable.exists)), z3.Not(has))]

    def constant(self, variable: Variable, value: Any) -> Any:
        if variable.category is not None:
            return list(variable.category).index(value)
        if variable.type is str:
            return self.codes.setdefault(value, len(self.codes))
        if variable.type is float:
            return number_of(value)
        return z3.RealVal(Fraction(value)) if variable.type is Decimal else value

    def test(self, leaf: Leaf) -> Any:
        term = self.terms[leaf.variable.name]
        match leaf:
            case Comparison(operator=sign, constant=constant):
                to = self.constant(leaf.variable, constant)
                tests: dict[str, Any] = {
                    "==": lambda: term == to,
                    "!=": lambda: term != to,
                    "<": lambda: term < to,
                    "<=": lambda: term <= to,
                    ">": lambda: term > to,
                    ">=": lambda: term >= to,
                }
                return tests[sign]()
            case Between(low=low, high=high, closed=closed):
                first, last = self.constant(leaf.variable, low), self.constant(leaf.variable, high)
                above = term >= first if closed in ("both", "left") else term > first
                return z3.And(above, term <= last if closed in ("both", "right") else term < last)
            case Among(values=values, negation=negation):
                found = z3.Or([term == self.constant(leaf.variable, value) for value in values])
                return z3.Not(found) if negation else found
            case _:
                raise AssertionError(leaf)

    def is_true(self, condition: Predicate) -> Any:
        return self.truth(condition)[0]

    def is_not_false(self, condition: Predicate) -> Any:
        return self.truth(condition)[1]

    def truth(self, condition: Predicate) -> tuple[Any, Any]:
        """Whether a condition is true, and whether it is true or open."""
        match condition.node:
            case Always(holds):
                return z3.BoolVal(holds), z3.BoolVal(holds)
            case Not(part):
                true, possible = self.truth(part)
                return z3.Not(possible), z3.Not(true)
            case And(parts) | Or(parts) as whole:
                join = z3.And if isinstance(whole, And) else z3.Or
                truths = [self.truth(part) for part in parts]
                return join([true for true, _ in truths]), join([possible for _, possible in truths])
            case leaf:
                has = self.has[leaf.variable.name]  # type: ignore[attr-defined]  # nothing else is left
                test = self.test(leaf)  # type: ignore[arg-type]  # nothing else is left
                return z3.And(has, test), z3.Or(z3.Not(has), test)

    def can_be(self, *formulas: Any) -> bool:
        """Whether a customer can be of whom all of these are true."""
        solver = z3.Solver()
        solver.add(*self.possible, *formulas)
        answer = solver.check()
        assert answer != z3.unknown
        return bool(answer == z3.sat)

    def has_gap(self) -> bool:
        if self.table.otherwise is not None:
            return False
        return self.can_be(self.scope, *(z3.Not(possible) for possible in self.open))

    def overlaps(self) -> set[tuple[int, int]]:
        pairs = ((one, other) for other in range(len(self.true)) for one in range(other))
        return {(one, other) for one, other in pairs if self.can_be(self.scope, self.true[one], self.true[other])}

    def unreachable(self) -> set[int]:
        return {place for place in range(len(self.true)) if not self.can_be(*self._decides(place))}

    def _decides(self, place: int) -> list[Any]:
        table = self.table
        own = table.rules[place]
        formulas = [self.scope, self.true[place]]
        for other, rule in enumerate(table.rules):
            first = table.hit is HitPolicy.FIRST and other < place
            if first or (table.hit is HitPolicy.PRIORITY and table.rank(rule.label) < table.rank(own.label)):
                # A rule ahead that is open for want of a value holds another label up for good.
                formulas.append(z3.Not(self.true[other] if rule.label == own.label else self.open[other]))
        return formulas
