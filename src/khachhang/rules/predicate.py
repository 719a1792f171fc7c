"""Predicates: conditions on facts, as data.

A predicate is true, false, or *open*: a fact that it needs is not known (Kleene's logic). It is made from the facts
(``fact.age < 15``) and joined by ``&``, ``|`` and ``~``; it has no truth value of its own.
"""

from __future__ import annotations

import operator
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Protocol

import attrs

from khachhang.errors import Fault, InvalidError, PredicateError, TruthValueError, a_kind_of, repr_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from khachhang.rules.variable import Value, Variable

Closed = Literal["both", "left", "right", "neither"]
Operator = Literal["==", "!=", "<", "<=", ">", ">="]

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPPOSITE: dict[str, Operator] = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Record(Protocol):
    """What is known of one customer on one date, as far as rules need to see it."""

    @property
    def assumed(self) -> Container[str]:
        """The names of the facts that the caller assumed."""

    def value(self, name: str) -> object:
        """The fact's value; None where it is not known."""


def check_record(given: object) -> None:
    """An error where something else stands for what is known of a customer.

    Raises:
        InvalidError: If it is no record of facts.
    """
    if not (callable(getattr(given, "value", None)) and hasattr(given, "assumed")):
        problem = f"{a_kind_of(given)} is no record of facts"
        raise InvalidError(
            "classification", [Fault("facts", problem, "give kh.Facts(...), or kh.facts_of(customer, as_of=...)")]
        )


class Predicate:
    """The base of all conditions. See the module for how they are made and joined."""

    __slots__ = ()

    @property
    def node(self) -> Predicate:
        """The condition itself, where this is another way to write it (a Boolean fact)."""
        return self

    @abstractmethod
    def truth(self, facts: Record) -> bool | None:
        """True, False, or None while it is open."""

    @abstractmethod
    def leaves(self) -> Iterator[Leaf]:
        """Its tests on single facts, in the order in which they were written."""

    @abstractmethod
    def open_variables(self, facts: Record) -> Iterator[Variable]:
        """The facts that are not known and that leave it open; none where it is true or false."""

    @abstractmethod
    def negated(self) -> Predicate:
        """What is true where this is false, without a ``~`` in front of a comparison."""

    def __and__(self, other: Predicate) -> Predicate:
        return And(_parts(And, self, other, "&"))

    def __or__(self, other: Predicate) -> Predicate:
        return Or(_parts(Or, self, other, "|"))

    def __invert__(self) -> Predicate:
        return Not(self.node)

    def __bool__(self) -> NoReturn:
        raise no_truth_value()


def no_truth_value() -> TruthValueError:
    """The error for ``and``, ``or``, ``not`` and chained comparisons of predicates and facts."""
    problem = "a predicate has no truth value of its own: it needs a customer's facts"
    hint = "join predicates by &, | and ~ in parentheses, not by and, or, not; for a range use .between(low, high)"
    return TruthValueError(problem, hint)


MAX_DEPTH = 50
"""How deep conditions may stand in conditions."""


def as_predicate(given: object) -> Predicate:
    """The condition that was given, or an error that says what was given instead.

    Raises:
        PredicateError: If it is no predicate, or conditions stand too deep in one another.
    """
    if not isinstance(given, Predicate):
        problem = f"{repr_of(given)} is not a predicate"
        hint = "compare a fact with a constant, as in kh.fact.age < 15; kh.always is always true"
        raise PredicateError(problem, hint)
    level = [given.node]
    for _ in range(MAX_DEPTH):
        # By identity: a part that stands in many places is looked at once.
        level = list({id(part): part for outer in level for part in _parts_of(outer)}.values())
        if not level:
            return given.node
    problem = f"conditions stand more than {MAX_DEPTH} deep in one another"
    raise PredicateError(problem, "write the condition flatter, or as several rules")


def _parts_of(predicate: Predicate) -> tuple[Predicate, ...]:
    match predicate:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def _parts(kind: type[And | Or], left: Predicate, right: object, sign: str) -> tuple[Predicate, ...]:
    if not isinstance(right, Predicate):
        problem = f"{repr_of(right)} can not be joined to a predicate by {sign}"
        raise PredicateError(problem, "put each comparison in parentheses: (kh.fact.age >= 15) & (kh.fact.age < 22)")
    parts: list[Predicate] = []
    for side in (left.node, right.node):
        parts.extend(side.parts if isinstance(side, kind) else (side,))
    return tuple(parts)


@attrs.frozen
class Leaf(Predicate):
    """A test on one fact; open while the fact is not known."""

    variable: Variable

    @property
    @abstractmethod
    def constants(self) -> tuple[Any, ...]:
        """What the fact is compared with."""

    @abstractmethod
    def test(self, value: Any) -> bool:
        """Whether a known value passes."""

    def truth(self, facts: Record) -> bool | None:
        value = read(self.variable, facts)
        return None if value is None else self.test(value)

    def leaves(self) -> Iterator[Leaf]:
        yield self

    def open_variables(self, facts: Record) -> Iterator[Variable]:
        if self.truth(facts) is None:
            yield self.variable


@attrs.frozen
class Comparison(Leaf):
    """One fact against one constant; also a Boolean fact by itself, as ``== True``."""

    operator: Operator
    constant: Value

    @property
    def constants(self) -> tuple[Any, ...]:
        return (self.constant,)

    def test(self, value: Any) -> bool:
        return COMPARE[self.operator](value, self.constant)

    def negated(self) -> Predicate:
        return Comparison(self.variable, _OPPOSITE[self.operator], self.constant)


@attrs.frozen
class Between(Leaf):
    """One number within an interval; `closed` says which of its ends are inside."""

    low: Value
    high: Value
    closed: Closed = "both"

    @property
    def constants(self) -> tuple[Any, ...]:
        return (self.low, self.high)

    @property
    def bounds(self) -> tuple[Comparison, Comparison]:
        """The same, as two comparisons."""
        low: Operator = ">=" if self.closed in ("both", "left") else ">"
        high: Operator = "<=" if self.closed in ("both", "right") else "<"
        return Comparison(self.variable, low, self.low), Comparison(self.variable, high, self.high)

    def test(self, value: Any) -> bool:
        low, high = self.bounds
        return low.test(value) and high.test(value)

    def negated(self) -> Predicate:
        low, high = self.bounds
        return Or((low.negated(), high.negated()))


@attrs.frozen
class Among(Leaf):
    """One fact against a list of constants; `negation` turns it into *none of them*."""

    values: tuple[Value, ...]
    negation: bool = False

    @property
    def constants(self) -> tuple[Any, ...]:
        return self.values

    def test(self, value: Any) -> bool:
        return (value in self.values) is not self.negation

    def negated(self) -> Predicate:
        return Among(self.variable, self.values, not self.negation)


@attrs.frozen
class _Joined(Predicate):
    """Several conditions in one."""

    parts: tuple[Predicate, ...]

    def leaves(self) -> Iterator[Leaf]:
        for part in self.parts:
            yield from part.leaves()

    def open_variables(self, facts: Record) -> Iterator[Variable]:
        if self.truth(facts) is None:
            for part in self.parts:
                yield from part.open_variables(facts)

    def negated(self) -> Predicate:
        return plain(Not(self))


@attrs.frozen
class And(_Joined):
    """All of its parts: false as soon as one is, open while one is."""

    def truth(self, facts: Record) -> bool | None:
        truths = [part.truth(facts) for part in self.parts]
        return False if False in truths else None if None in truths else True


@attrs.frozen
class Or(_Joined):
    """Any of its parts: true as soon as one is, open while one is."""

    def truth(self, facts: Record) -> bool | None:
        truths = [part.truth(facts) for part in self.parts]
        return True if True in truths else None if None in truths else False


@attrs.frozen
class Not(Predicate):
    """The opposite of its part; open while the part is."""

    part: Predicate

    def truth(self, facts: Record) -> bool | None:
        truth = self.part.truth(facts)
        return None if truth is None else not truth

    def leaves(self) -> Iterator[Leaf]:
        yield from self.part.leaves()

    def open_variables(self, facts: Record) -> Iterator[Variable]:
        yield from self.part.open_variables(facts)

    def negated(self) -> Predicate:
        return plain(self.part)


@attrs.frozen
class Always(Predicate):
    """Always true, or never."""

    holds: bool = True

    def truth(self, facts: Record) -> bool | None:  # noqa: ARG002  # the signature of every predicate
        return self.holds

    def leaves(self) -> Iterator[Leaf]:
        yield from ()

    def open_variables(self, facts: Record) -> Iterator[Variable]:  # noqa: ARG002  # the signature of every predicate
        yield from ()

    def negated(self) -> Predicate:
        return Always(not self.holds)


always = Always()
"""The predicate that is always true."""


def plain(predicate: Predicate) -> Predicate:
    """The same predicate without ``~``, and without constants inside it. Kleene's logic allows both exactly."""
    return _plain(predicate, negated=False)


def _plain(predicate: Predicate, *, negated: bool) -> Predicate:
    match predicate.node:
        case Not(part):
            return _plain(part, negated=not negated)
        case And(parts):
            return joined(Or if negated else And, (_plain(part, negated=negated) for part in parts))
        case Or(parts):
            return joined(And if negated else Or, (_plain(part, negated=negated) for part in parts))
        case simple:
            return simple.negated() if negated else simple


def joined(kind: type[And | Or], parts: Iterable[Predicate]) -> Predicate:
    """The parts as one predicate, without constants inside it."""
    left: list[Predicate] = []
    for part in parts:
        if isinstance(part, Always):
            if part.holds is (kind is Or):
                return part
        elif isinstance(part, kind):
            left.extend(part.parts)
        else:
            left.append(part)
    if not left:
        return Always(kind is And)
    return left[0] if len(left) == 1 else kind(tuple(left))


def read(variable: Variable, facts: Record) -> Value | None:
    """What the record knows of a fact. A user's own fact is checked here, where its type is known.

    Raises:
        InvalidError: If the record holds something that the fact can not be, or is no record of facts.
    """
    try:
        value: Any = facts.value(variable.name)
    except (AttributeError, TypeError):
        check_record(facts)
        raise
    return check_custom(variable, value) if variable.is_custom else value


def check_custom(variable: Variable, value: object) -> Value | None:
    """A value of a user's own fact in the fact's type.

    Raises:
        InvalidError: If it is something that the fact can not be.
    """
    try:
        return variable.value(value)
    except ValueError as error:
        raise InvalidError("Facts", error.args) from None
