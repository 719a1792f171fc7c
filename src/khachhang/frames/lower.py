"""From predicates to expressions: every test on a fact becomes tests on its column, free of nulls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khachhang.frames.column import Column, Constant, Form
from khachhang.frames.truth import (
    OPEN,
    Lowered,
    Truth,
    all_of,
    any_of,
    conjunction,
    constant,
    disjunction,
    negation,
)
from khachhang.rules.predicate import Always, And, Between, Comparison, Or, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from khachhang.frames.column import Place
    from khachhang.rules.predicate import Leaf, Predicate


def lower(predicate: Predicate, columns: Mapping[str, Place]) -> Lowered:
    """The predicate on columns, with its negations carried into the tests.

    Args:
        predicate: What is asked.
        columns: Where each fact is found; None where it is not known of anybody.
    """
    return _lower(plain(predicate), columns)


def _lower(predicate: Any, columns: Mapping[str, Place]) -> Lowered:
    match predicate:
        case Always(holds):
            return constant(holds=holds)
        case And(parts):
            return all_of([_lower(part, columns) for part in parts])
        case Or(parts):
            return any_of([_lower(part, columns) for part in parts])
        case _:
            place = columns[predicate.variable.name]
            if place is None:
                return OPEN
            if isinstance(place, Constant):
                return constant(holds=predicate.test(place.value))
            return _guarded(_test(predicate, place), place)


def _guarded(test: Truth, column: Column) -> Lowered:
    """A test that is open where the fact is not known."""
    unknown = column.unknown
    if unknown is False:
        return Lowered(test, test)
    kleene = None if column.mask is not None or isinstance(test, bool) else test
    return Lowered(disjunction((unknown, test)), conjunction((negation(unknown), test)), kleene)


def _test(leaf: Leaf, column: Column) -> Truth:  # one answer a case
    match leaf:
        case Comparison(variable, sign, value):
            if variable.is_number:
                return column.ordered(variable, sign, value)
            return _equal(column, (value,), negated=sign == "!=")
        case Between():
            return conjunction(_test(bound, column) for bound in leaf.bounds)
        case _:
            return _among(leaf, column)


def _among(leaf: Any, column: Column) -> Truth:
    if not leaf.variable.is_number:
        return _equal(column, leaf.values, negated=leaf.negation)
    sign = "!=" if leaf.negation else "=="
    tests = [column.ordered(leaf.variable, sign, value) for value in leaf.values]
    return conjunction(tests) if leaf.negation else disjunction(tests)


def _equal(column: Column, values: tuple[Any, ...], *, negated: bool) -> Truth:
    if column.form is Form.FLAGS:
        found = disjunction(column.value if value else ~column.value for value in values)
        return negation(found) if negated else found
    texts = [str.__str__(value) for value in values]
    if not texts:  # an empty list of values raises on PyArrow
        return negated
    if len(texts) == 1:
        return column.value != texts[0] if negated else column.value == texts[0]
    among = column.value.is_in(texts)
    return ~among if negated else among
