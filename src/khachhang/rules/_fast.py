"""The shortest code for the common case, in which no open rule matters."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from khachhang.rules._source import Writer, plain_conditions
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import (
    Always,
    Among,
    And,
    Between,
    Comparison,
    Leaf,
    Or,
    Predicate,
    check_record,
    joined,
    plain,
)
from khachhang.rules.variable import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from khachhang.rules.table import Table
    from khachhang.rules.variable import Variable

_WORTH = 2
_MOST_BOUNDS = 6
_MOST_RULES = 32


class FastWriter(Writer):
    """Shorter tests for the common case: an order that meets None raises TypeError, and that sends it the slow way."""

    def possibly(self, predicate: Predicate) -> str:
        return self._short(predicate, definite=False)

    def definitely(self, predicate: Predicate) -> str:
        return self._short(predicate, definite=True)

    def read_in_place(self, conditions: Iterable[Predicate]) -> None:
        """Facts that the conditions test only once are read where they are tested."""
        tested = Counter(leaf.variable for condition in conditions for leaf in condition.leaves())
        once = {variable for variable, count in tested.items() if count == 1 and self._is_attribute(variable)}
        self.inline = {f"v{self.place(variable)}" for variable in once} - self.loaded

    def known(self, predicate: Predicate) -> str:
        """For a plain conjunction: that those facts are known whose tests would not have raised."""
        parts = predicate.parts if isinstance(predicate, And) else (predicate,)
        if not all(isinstance(part, Leaf) for part in parts):
            return self.definitely(predicate)
        silent = [leaf for leaf in predicate.leaves() if not self.raises(leaf)]
        return " and ".join(self._is_known(leaf) for leaf in silent) or "True"

    def _is_known(self, leaf: Leaf) -> str:
        """That the fact of a test is known, where the test is known to be true or open."""
        local = self.local(leaf.variable)
        is_flag = isinstance(leaf, Comparison) and leaf.constant is (leaf.operator == "==")
        return local if is_flag else f"{local} is not None"

    def raises(self, leaf: Leaf) -> bool:
        """Whether the test raises where its fact is not known."""
        return self._ordered(leaf) is not None

    def _short(self, predicate: Predicate, *, definite: bool) -> str:
        match predicate:
            case Always(holds):
                return str(holds)
            case And(parts) | Or(parts):
                sign = " and " if isinstance(predicate, And) else " or "
                return f"({sign.join(self._short(part, definite=definite) for part in parts)})"
            case Leaf():
                return self._short_leaf(predicate, definite=definite)
            case _:
                raise AssertionError(predicate)

    def _short_leaf(self, leaf: Leaf, *, definite: bool) -> str:
        local = self.local(leaf.variable)
        ordered = self._ordered(leaf)
        if ordered is not None:
            return ordered
        if isinstance(leaf, Comparison) and isinstance(leaf.constant, bool):
            holds = leaf.constant is (leaf.operator == "==")
            return f"{local} is {holds}" if definite else f"{local} is not {not holds}"
        test = self.test(leaf)
        return f"({local} is not None and {test})" if definite else f"({test} or {local} is None)"

    def _ordered(self, leaf: Leaf) -> str | None:
        """The test as one that raises where the fact is not known; None where there is none."""
        if not leaf.variable.is_number or isinstance(leaf, Among):
            return None
        if isinstance(leaf, Comparison) and leaf.operator in ("==", "!="):
            if leaf.constant != leaf.variable.low:
                return None
            return (
                f"{self.local(leaf.variable)} {'<=' if leaf.operator == '==' else '>'} {self.constant(leaf.constant)}"
            )
        return self.test(leaf)


def fast(
    table: Table[Any], prepared: list[Any], default: Any, outside: Any, slow: Callable[..., Any]
) -> Callable[..., Any]:
    """For `FIRST` and `UNIQUE`: the prepared answer of the rule that decides, and `slow` where open rules matter."""
    writer = FastWriter(table)
    weigh = f"return {writer.bind('slow', slow)}(facts)"
    otherwise = f"return {writer.bind('otherwise', default)}"
    first = table.hit is HitPolicy.FIRST
    if not first:
        writer.lines.append("  is_open = False")
        otherwise = f"{weigh} if is_open else {otherwise.removeprefix('return ')}"
    writer.lines.append("  try:")
    if table.given is not None:
        given = plain(table.given)
        writer.load(table.given, "   ")
        writer.lines.append(f"   if not {writer.possibly(given)}: return {writer.bind('outside', outside)}")
        writer.lines.append(f"   if not ({writer.known(given)}): {weigh}")
    writer.load_custom("   ")
    results = [f"return {writer.bind('r', answer)}" for answer in prepared]
    steps = list(zip(plain_conditions(table), results, strict=True))
    _write_branches(writer, steps, weigh if first else _GOES_ON, otherwise)
    writer.lines.append(f"  except TypeError: {weigh}")
    writer.lines.append(f"  except AttributeError: {writer.bind('check', check_record)}(facts); raise")
    return writer.function()


_Step = tuple[Predicate, str]
_GOES_ON = "is_open = True"


def _write_branches(writer: FastWriter, steps: list[_Step], when_open: str, otherwise: str) -> None:
    """The rules in order; from the first on that asks for it, apart for each range of the number asked for most."""
    steps = _learned(writer, steps, when_open)
    pivot, bounds = _pivot([condition for condition, _ in steps])
    writer.read_in_place(condition for condition, _ in steps)
    if pivot is None:
        _write_steps(writer, steps, when_open, otherwise, "   ")
        return
    asking = next(
        place for place, (test, _) in enumerate(steps) if any(leaf.variable == pivot for leaf in test.leaves())
    )
    _write_steps(writer, steps[:asking], when_open, "", "   ")
    local = writer.local(pivot)
    writer.load_variable(pivot, "   ")
    loaded = set(writer.loaded)
    for bound, sample in zip([*bounds, None], [bounds[0] - 1, *bounds], strict=True):
        writer.lines.append("   else:" if bound is None else f"   if {local} < {writer.constant(bound)}:")
        writer.loaded = set(loaded)

        def within(leaf: Leaf, sample: int = sample) -> bool | None:
            return leaf.test(sample) if leaf.variable == pivot else None

        settled = [(_settled(condition, within), then) for condition, then in steps[asking:]]
        settled = _learned(writer, settled, when_open)
        writer.read_in_place(condition for condition, _ in settled)
        _write_steps(writer, settled, when_open, otherwise, "    ")


def _learned(writer: FastWriter, steps: list[_Step], when_open: str) -> list[_Step]:
    """The same rules, alternatives as rules of their own, without what those before them have answered already."""
    learned: list[_Step] = []
    truths: dict[Leaf, bool] = {}
    for condition, then in steps:
        for alternative in condition.parts if isinstance(condition, Or) else (condition,):
            asked = _settled(alternative, truths.get)
            if not isinstance(asked, Always):
                learned.append((asked, then))
            elif asked.holds:
                return [*learned, (asked, then)]
            # Whoever comes past a test has failed it, where one for whom it is open does not come past.
            if isinstance(asked, Leaf) and (when_open != _GOES_ON or writer.raises(asked)):
                truths[asked] = False
                opposite = asked.negated()
                if isinstance(opposite, Leaf):
                    truths[opposite] = True
    return learned


def _pivot(conditions: list[Predicate]) -> tuple[Variable | None, list[int]]:
    """The whole number tested most, and the bounds that part what its tests tell apart; None where it is no use."""
    leaves = [leaf for condition in conditions for leaf in condition.leaves()]
    whole = Counter(leaf.variable for leaf in leaves if leaf.variable.type is int)
    if not whole or len(conditions) > _MOST_RULES:
        return None, []
    pivot, count = whole.most_common(1)[0]
    bounds = sorted({bound for leaf in leaves if leaf.variable == pivot for bound in _bounds(leaf)})
    low = pivot.low
    bounds = [bound for bound in bounds if low is None or bound > low]
    return (pivot, bounds) if count >= _WORTH and 0 < len(bounds) <= _MOST_BOUNDS else (None, [])


def _bounds(leaf: Leaf) -> list[Any]:
    match leaf:
        case Comparison(operator="<" | ">=", constant=constant):
            return [constant]
        case Comparison(operator="<=" | ">", constant=constant):
            return [constant + 1]  # type: ignore[operator]  # a whole number
        case Comparison(constant=constant):
            return [constant, constant + 1]  # type: ignore[operator]  # a whole number
        case Between():
            return [bound for end in leaf.bounds for bound in _bounds(end)]
        case Among(values=values):
            return [bound for value in values for bound in (value, value + 1)]  # type: ignore[operator]  # whole numbers
        case _:
            raise AssertionError(leaf)


def _settled(condition: Predicate, answer: Callable[[Leaf], bool | None]) -> Predicate:
    """The condition without the tests whose answer is known."""
    match condition:
        case Leaf():
            holds = answer(condition)
            return condition if holds is None else Always(holds)
        case And(parts) | Or(parts):
            return joined(type(condition), (_settled(part, answer) for part in parts))
        case _:
            return condition


def _flag(condition: Predicate) -> int | None:
    """The bit of a packed Boolean, where the condition is that it is true."""
    if isinstance(condition, Comparison) and condition.constant is (condition.operator == "=="):
        return condition.variable.flag
    return None


def _write_steps(writer: FastWriter, steps: list[_Step], when_open: str, otherwise: str, indent: str) -> None:
    for (then, packed), group in groupby(steps, key=lambda step: (step[1], _flag(step[0]) is not None)):
        conditions = [condition for condition, _ in group]
        if packed and len(conditions) >= _WORTH:
            possible = sum({1 << flag for flag in map(_flag, conditions) if flag is not None})
            tests = f"facts._flags & {possible}", f"facts._flags & {possible << FLAGS}"
            _write_step(writer, *tests, then, when_open, indent)
            continue
        for condition in conditions:
            if isinstance(condition, Always):
                writer.lines.append(f"{indent}{then}")
                return
            writer.load(condition, indent)
            _write_step(writer, writer.possibly(condition), writer.known(condition), then, when_open, indent)
    if otherwise:
        writer.lines.append(f"{indent}{otherwise}")


def _write_step(writer: FastWriter, possibly: str, known: str, then: str, when_open: str, indent: str) -> None:  # noqa: PLR0917  # texts in the order in which they are written
    if known == "True":
        writer.lines.append(f"{indent}if {possibly}: {then}")
    else:
        writer.lines.append(f"{indent}if {possibly}:")
        writer.lines.append(f"{indent} if {known}: {then}")
        writer.lines.append(f"{indent} {when_open}")
