"""Facts as they are written in rules: ``fact.age < 15``, ``fact.gender == Gender.FEMALE``, ``~fact.has_need``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

import attrs

from khachhang.errors import PredicateError, listed, repr_of
from khachhang.rules.predicate import Always, Among, Between, Closed, Comparison, Operator, Predicate, no_truth_value
from khachhang.rules.variable import Change, Variable
from khachhang.taxonomy import Category, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules.predicate import Leaf, Record
    from khachhang.taxonomy import Language

C = TypeVar("C", bound=Category)
T = TypeVar("T")

_CLOSED: tuple[Closed, ...] = ("both", "left", "right", "neither")


class Fact(Generic[T]):
    """One fact, to be compared with constants. `variable` holds its type, unit, range and words.

    A fact compares with constants of its own type alone; labels are checked by type, not by their code.
    """

    variable: Variable

    def __init__(self, variable: Variable) -> None:
        self.variable = variable
        self.__doc__ = variable.derivation or None

    def __repr__(self) -> str:
        return repr(self.variable)

    @property
    def name(self) -> str:
        """What it is called in records and tables."""
        return self.variable.name

    @property
    def type(self) -> type[Any]:
        """``int``, ``float``, ``Decimal``, ``bool``, ``str``, or a `Category`."""
        return self.variable.type

    @property
    def low(self) -> int | float | Decimal | None:
        """The smallest possible number, itself possible; None where there is none."""
        return self.variable.low

    @property
    def high(self) -> int | float | Decimal | None:
        """The largest possible number, itself possible; None where there is none."""
        return self.variable.high

    @property
    def exists(self) -> Predicate:
        """Where this is false the fact has no value; `always` for most facts."""
        return Always() if self.variable.exists is None else self.variable.exists

    def label(self, lang: Language) -> str:
        """What people call it."""
        return self.variable.label.text(lang)

    def unit(self, lang: Language) -> str:
        """What its numbers count; empty where there is nothing to say."""
        return "" if self.variable.unit is None else self.variable.unit.text(lang)

    def __eq__(self, other: T) -> Predicate:  # type: ignore[override]  # a comparison is a predicate, not a bool
        return self._compare("==", other)

    def __ne__(self, other: T) -> Predicate:  # type: ignore[override]  # a comparison is a predicate, not a bool
        return self._compare("!=", other)

    def __hash__(self) -> int:
        return hash(self.variable)

    def is_in(self, values: Iterable[T]) -> Predicate:
        """Whether it is one of the values; with no values, never.

        Raises:
            PredicateError: If a value is of the wrong type.
        """
        hint = "put the values in a list"
        given = listed(
            values, lambda shown: PredicateError(f"{self.name}.is_in: {shown} is not a list of values", hint)
        )
        constants = dict.fromkeys(self.variable.constant(value) for value in given)
        return Among(self.variable, tuple(constants))

    def __lt__(self, other: T) -> Predicate:
        return self._ordered("<", other)

    def __le__(self, other: T) -> Predicate:
        return self._ordered("<=", other)

    def __gt__(self, other: T) -> Predicate:
        return self._ordered(">", other)

    def __ge__(self, other: T) -> Predicate:
        return self._ordered(">=", other)

    def between(self, low: T, high: T, closed: Closed = "both") -> Predicate:
        """Whether it lies in an interval.

        Args:
            low: The lower end.
            high: The upper end, not below the lower one.
            closed: Which ends are inside: ``"both"``, ``"left"``, ``"right"`` or ``"neither"``.

        Raises:
            PredicateError: If an end is of the wrong type, the ends are reversed, or `closed` is another word.
        """
        if closed not in _CLOSED:
            problem = f"{self.name}.between: closed={repr_of(closed)} says nothing"
            raise PredicateError(problem, f"closed is one of {', '.join(map(repr, _CLOSED))}")
        self._check_ordered("between")
        first, last = self.variable.constant(low), self.variable.constant(high)
        if last < first:  # type: ignore[operator]  # both are constants of one ordered fact
            problem = f"{self.name}.between: the lower end {repr_of(first)} is above the upper end {repr_of(last)}"
            raise PredicateError(problem, "give the lower end first")
        return Between(self.variable, first, last, closed)

    def __bool__(self) -> NoReturn:
        raise no_truth_value()

    def _compare(self, sign: Operator, other: object) -> Predicate:
        return Comparison(self.variable, sign, self.variable.constant(other))

    def _ordered(self, sign: Operator, other: object) -> Predicate:
        self._check_ordered(sign)
        return self._compare(sign, other)

    def _check_ordered(self, sign: str) -> None:
        if not self.variable.is_number:
            problem = f"{self.name} {sign}: {self.variable.described()} has no order"
            raise PredicateError(problem, "use ==, != or .is_in([...])")


class WholeFact(Fact[int]):
    """A fact that is a whole number."""


class RealFact(Fact["float | Decimal"]):
    """A fact that is a real number, such as a share."""


class MoneyFact(Fact["Decimal | int | str"]):
    """A fact that is an amount of money; compare it with whole numbers, strings or Decimals."""


class TextFact(Fact[str]):
    """A fact that is a text, such as an occupation."""


class ChoiceFact(Fact[C]):
    """A fact that is one of a set of labels."""


class BooleanFact(Fact[bool], Predicate):
    """A fact that is true or false; it is a predicate by itself."""

    @property
    def node(self) -> Predicate:
        """The test ``== True``."""
        return Comparison(self.variable, "==", True)  # noqa: FBT003  # the constant of the comparison

    def truth(self, facts: Record) -> bool | None:
        """True, False, or None while it is not known."""
        return self.node.truth(facts)

    def leaves(self) -> Iterator[Leaf]:
        """Its one test."""
        return self.node.leaves()

    def open_variables(self, facts: Record) -> Iterator[Variable]:
        """Itself, while it is not known."""
        return self.node.open_variables(facts)

    def negated(self) -> Predicate:
        """What is true where this is false."""
        return self.node.negated()


def handle(variable: Variable, kind: type[Any]) -> Fact[Any]:
    """The fact as rules write it, by the type of what it holds."""
    kinds: dict[type[Any], type[Fact[Any]]] = {
        bool: BooleanFact,
        int: WholeFact,
        float: RealFact,
        Decimal: MoneyFact,
        str: TextFact,
    }
    return kinds.get(kind, ChoiceFact)(variable)


def custom_variable(
    name: str,
    kind: type[Any],
    *,
    low: float | Decimal | None = None,
    high: float | Decimal | None = None,
    vi: str | None = None,
    en: str | None = None,
    unit: Words | None = None,
    change: Change = Change.FREE,
) -> Variable:
    """The variable of a user's own fact, checked.

    Raises:
        PredicateError: If the name is empty, the type is none of the known ones, or the range is reversed or not of the
            fact's type.
    """
    if not isinstance(name, str) or not name.strip():
        problem = f"name: {repr_of(name)} is no name of a fact"
        raise PredicateError(problem, "give the name of the column or of the key in Facts(extra={...})")
    known = (int, float, Decimal, bool, str)
    if kind not in known and not (isinstance(kind, type) and issubclass(kind, Category)):
        problem = f"{name}: a fact can not hold {repr_of(kind)}"
        raise PredicateError(problem, "the types are int, float, Decimal, bool, str and label sets")
    words = Words(vi or en or name, en or vi or name)
    made = Variable(name, kind, label=words, negation=_negation(words, kind), unit=unit, change=change, is_custom=True)
    if low is None and high is None:
        return made
    if not made.is_number:
        problem = f"{name}: {made.described()} has no range"
        raise PredicateError(problem, "leave low and high away")
    ends: list[Any] = [None if end is None else made.constant(end) for end in (low, high)]
    if None not in ends and ends[1] < ends[0]:
        problem = f"{name}: low={repr_of(ends[0])} is above high={repr_of(ends[1])}"
        raise PredicateError(problem, "give the smallest possible number as low")
    return attrs.evolve(made, low=ends[0], high=ends[1])


def _negation(words: Words, kind: type[Any]) -> Words | None:
    return Words(f"không đúng là {words.vi}", f"not: {words.en}") if kind is bool else None
