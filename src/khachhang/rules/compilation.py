"""Tables as Python functions, generated once on first use.

For every condition two expressions are written, *possibly true* and *definitely true*; they differ only where a fact is
not known. Where no open rule matters, a prepared answer comes back at once. Else every rule is weighed, and the
interpreter's own hit policy makes an answer of it, once for each combination that occurs.

Nothing of a user's goes into the source text: names are looked up, labels and constants are bound; only whole and real
numbers of ordinary size stand as literals.
"""

from __future__ import annotations

import keyword
from collections import Counter
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.rules import interpreter
from khachhang.rules.classification import Classification, Outcome
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
    check_custom,
    check_record,
    joined,
    plain,
)
from khachhang.rules.variable import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from khachhang.rules.predicate import Record
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category

_REMEMBERED = 4096
_LITERAL_BELOW = 10**15
_CHAIN = 4
_WORTH = 2
_MOST_BOUNDS = 6
_MOST_RULES = 32


@attrs.define
class _Writer:
    """Source text in the making, with what its names are bound to."""

    table: Table[Any]
    places: dict[str, int] = attrs.field(init=False)
    bound: dict[str, Any] = attrs.field(factory=dict)
    lines: list[str] = attrs.field(factory=list)
    loaded: set[str] = attrs.field(factory=set)
    inline: set[str] = attrs.field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.places = {variable.name: place for place, variable in enumerate(self.table.variables)}

    def bind(self, stem: str, value: Any) -> str:
        name = f"{stem}{len(self.bound)}"
        self.bound[name] = value
        return name

    def place(self, variable: Variable) -> int:
        return self.places[variable.name]

    def local(self, variable: Variable) -> str:
        name = f"v{self.place(variable)}"
        return self._read(variable) if name in self.inline else name

    def load(self, predicate: Predicate, indent: str) -> None:
        """Read the facts of a condition that were not read before."""
        for leaf in predicate.leaves():
            self._load(leaf.variable, indent)

    def load_custom(self, indent: str) -> None:
        """Read the user's own facts, all of them: a value that can not be is an error, whichever rule decides."""
        for variable in self.table.variables:
            if variable.is_custom:
                self._load(variable, indent)

    def _load(self, variable: Variable, indent: str) -> None:
        name = f"v{self.place(variable)}"
        if name not in self.loaded and name not in self.inline:
            self.loaded.add(name)
            self.lines.append(f"{indent}{name} = {self._read(variable)}")

    def _read(self, variable: Variable) -> str:
        if self._is_attribute(variable):
            return f"facts.{variable.name}"
        check = self.bind("check", check_custom)
        return f"{check}({self.bind('variable', variable)}, facts.value({self.bind('name', variable.name)}))"

    @staticmethod
    def _is_attribute(variable: Variable) -> bool:
        return not variable.is_custom and variable.name.isidentifier() and not keyword.iskeyword(variable.name)

    def constant(self, value: Any) -> str:
        if type(value) in (int, float) and abs(value) < _LITERAL_BELOW:
            return repr(value)
        return self.bind("c", value)

    def test(self, leaf: Leaf) -> str:
        """The test on a value that is known."""
        local = self.local(leaf.variable)
        match leaf:
            case Comparison(operator=sign, constant=bool() as constant):
                return f"{local} is {constant if sign == '==' else not constant}"
            case Comparison(operator=("==" | "!=") as sign, constant=constant) if self._by_identity(leaf.variable):
                return f"{local} {'is' if sign == '==' else 'is not'} {self.bind('c', constant)}"
            case Comparison(operator=sign, constant=constant):
                return f"{local} {sign} {self.constant(constant)}"
            case Between(low=low, high=high, closed=closed):
                left, right = ("<=" if closed in sides else "<" for sides in (("both", "left"), ("both", "right")))
                return f"{self.constant(low)} {left} {local} {right} {self.constant(high)}"
            case Among(values=values, negation=negation):
                members: Any = values if len(values) < _CHAIN else frozenset(values)
                return f"{local} {'not in' if negation else 'in'} {self.bind('c', members)}"
            case _:
                raise AssertionError(leaf)

    @staticmethod
    def _by_identity(variable: Variable) -> bool:
        return variable.category is not None and not variable.is_custom

    def possibly(self, predicate: Predicate) -> str:
        """The expression that is true unless the condition is false."""
        return self._expression(predicate, "({local} is None or {test})")

    def definitely(self, predicate: Predicate) -> str:
        """The expression that is true only where the condition is."""
        return self._expression(predicate, "({local} is not None and {test})")

    def known(self, predicate: Predicate) -> str:
        """The same, where the condition is known to be possibly true: for a plain conjunction its facts decide."""
        if isinstance(predicate, Always):
            return str(predicate.holds)
        parts = predicate.parts if isinstance(predicate, And) else (predicate,)
        if not all(isinstance(part, Leaf) for part in parts):
            return self.definitely(predicate)
        locals_ = dict.fromkeys(self.local(leaf.variable) for leaf in predicate.leaves())
        return " and ".join(f"{local} is not None" for local in locals_)

    def _expression(self, predicate: Predicate, leaf_form: str) -> str:
        match predicate:
            case Always(holds):
                return str(holds)
            case And(parts):
                return f"({' and '.join(self._expression(part, leaf_form) for part in parts)})"
            case Or(parts):
                return f"({' or '.join(self._expression(part, leaf_form) for part in parts)})"
            case Leaf():
                return leaf_form.format(local=self.local(predicate.variable), test=self.test(predicate))
            case _:
                raise AssertionError(predicate)

    def function(self, signature: str = "facts") -> Callable[..., Any]:
        """The function whose body was written."""
        body = "\n".join(self.lines)
        known = {"TypeError": TypeError, "AttributeError": AttributeError}
        namespace: dict[str, Any] = {"__builtins__": known, **self.bound}
        source = f"def run({signature}):\n{body}"
        exec(compile(source, "<decision table>", "exec"), namespace)  # noqa: S102  # our own text; see the module
        made: Callable[..., Any] = namespace["run"]
        return made


def _conditions(table: Table[Any]) -> list[Predicate]:
    return [plain(rule.condition) for rule in table.rules]


class _FastWriter(_Writer):
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


def _fast(
    table: Table[Any], prepared: list[Any], default: Any, outside: Any, slow: Callable[..., Any]
) -> Callable[..., Any]:
    """For `FIRST` and `UNIQUE`: the prepared answer of the rule that decides, and `slow` where open rules matter."""
    writer = _FastWriter(table)
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
    steps = list(zip(_conditions(table), results, strict=True))
    _write_branches(writer, steps, weigh if first else _GOES_ON, otherwise)
    writer.lines.append(f"  except TypeError: {weigh}")
    writer.lines.append(f"  except AttributeError: {writer.bind('check', check_record)}(facts); raise")
    return writer.function()


_Step = tuple[Predicate, str]
_GOES_ON = "is_open = True"


def _write_branches(writer: _FastWriter, steps: list[_Step], when_open: str, otherwise: str) -> None:
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
    writer.load(Comparison(pivot, "==", 0), "   ")
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


def _learned(writer: _FastWriter, steps: list[_Step], when_open: str) -> list[_Step]:
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
    match condition:
        case Comparison(variable, sign, constant) if variable.flag is not None and constant is (sign == "=="):
            return variable.flag
        case _:
            return None


def _write_steps(writer: _FastWriter, steps: list[_Step], when_open: str, otherwise: str, indent: str) -> None:
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


def _write_step(writer: _FastWriter, possibly: str, known: str, then: str, when_open: str, indent: str) -> None:  # noqa: PLR0917  # texts in the order in which they are written
    if known == "True":
        writer.lines.append(f"{indent}if {possibly}: {then}")
    else:
        writer.lines.append(f"{indent}if {possibly}:")
        writer.lines.append(f"{indent} if {known}: {then}")
        writer.lines.append(f"{indent} {when_open}")


def _weighing(table: Table[Any]) -> Callable[..., Any]:
    """The function that tells which rules are true and which open, as two masks, and whether the table applies."""
    writer = _Writer(table)
    if table.given is None:
        writer.lines.append("  scope = True")
    else:
        given = plain(table.given)
        writer.load(table.given, "  ")
        writer.lines.append(f"  if not {writer.possibly(given)}: return 0, 0, False")
        writer.lines.append(f"  scope = True if {writer.known(given)} else None")
    writer.load_custom("  ")
    writer.lines.append("  true = unsettled = 0")
    for place, condition in enumerate(_conditions(table)):
        bit = writer.bind("bit", 1 << place)
        writer.load(condition, "  ")
        writer.lines.append(f"  if {writer.possibly(condition)}:")
        writer.lines.append(f"   if {writer.known(condition)}: true |= {bit}")
        if table.hit is HitPolicy.FIRST:
            writer.lines[-1] += "; return true, unsettled, scope"
        writer.lines.append(f"   else: unsettled |= {bit}")
    writer.lines.append("  return true, unsettled, scope")
    return writer.function()


def _lacking(table: Table[Any]) -> Callable[..., Any]:
    """The function that tells which facts keep wanted rules (a mask; its highest bit is `given`) open, as a mask."""
    writer = _Writer(table)
    conditions = _conditions(table)
    if table.given is not None:
        conditions.append(plain(table.given))
    writer.lines.append("  lacking = 0")
    for condition in conditions:
        writer.load(condition, "  ")
    for place, condition in enumerate(conditions):
        if next(condition.leaves(), None) is not None:
            writer.lines.append(f"  if wanted & {writer.bind('bit', 1 << place)}:")
            _write_lacking(writer, condition, "   ")
    writer.lines.append("  return lacking")
    return writer.function("facts, wanted")


def _write_lacking(writer: _Writer, condition: Predicate, indent: str) -> None:
    """Gather the unknown facts of a condition that is open."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                if isinstance(part, Leaf):
                    _write_lacking(writer, part, indent)
                else:
                    is_open = f"not {writer.definitely(part)}" if isinstance(condition, And) else writer.possibly(part)
                    writer.lines.append(f"{indent}if {is_open}:")
                    _write_lacking(writer, part, indent + " ")
        case Leaf(variable=variable):
            bit = writer.bind("bit", 1 << writer.place(variable))
            writer.lines.append(f"{indent}if {writer.local(variable)} is None: lacking |= {bit}")
        case _:
            raise AssertionError(condition)


def _positions(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


class Compiled:
    """The functions of one table. All of them give what the interpreter gives.

    Args:
        table: The table.
    """

    def __init__(self, table: Table[Any]) -> None:
        self._table = table
        self._answers: dict[tuple[int, int, bool | None], tuple[Classification[Any], int]] = {}
        self._undetermined: dict[tuple[int, int, bool | None, int], Classification[Any]] = {}

    @cached_property
    def classify(self) -> Callable[[Record], Classification[Any]]:
        """The whole answer for a record of facts."""
        if not self._is_fast:
            return self._classify
        unmatched: Classification[Any] = Classification(Outcome.UNMATCHED)
        default = unmatched if self._table.otherwise is None else _matched(self._table.otherwise, ())
        answers = [_matched(rule.label, (place,)) for place, rule in enumerate(self._table.rules)]
        return _fast(self._table, answers, default, unmatched, self._classify)

    @cached_property
    def label(self) -> Callable[[Record], Any]:
        """Its bare label."""
        if not self._is_fast:
            return self._label
        labels = [rule.label for rule in self._table.rules]
        return _fast(self._table, labels, self._table.otherwise, None, self._label)

    @property
    def _is_fast(self) -> bool:
        table = self._table
        return table.hit is HitPolicy.FIRST or (table.hit is HitPolicy.UNIQUE and table.is_proved)

    @cached_property
    def _weigh(self) -> Callable[..., Any]:
        return _weighing(self._table)

    @cached_property
    def _lacking(self) -> Callable[..., Any]:
        return _lacking(self._table)

    def _label(self, facts: Record) -> Any:
        return self._weighed(self._masks(facts))[0].label

    def _masks(self, facts: Record) -> Any:
        try:
            return self._weigh(facts)
        except AttributeError:
            check_record(facts)
            raise

    def _classify(self, facts: Record) -> Classification[Any]:
        weighed = self._masks(facts)
        answer, deciding = self._weighed(weighed)
        if not deciding:
            return answer
        key = (*weighed, self._lacking(facts, deciding))
        found = self._undetermined.get(key)
        if found is None:
            variables = self._table.variables
            found = attrs.evolve(answer, missing=tuple(variables[place].name for place in _positions(key[-1])))
            _remember(self._undetermined, key, found)
        return found

    def _weighed(self, weighed: tuple[int, int, bool | None]) -> tuple[Classification[Any], int]:
        """The answer, still without what is missing, and the conditions that keep it open."""
        found = self._answers.get(weighed)
        if found is None:
            found = self._judged(*weighed)
            _remember(self._answers, weighed, found)
        return found

    def _judged(self, true: int, unsettled: int, scope: bool | None) -> tuple[Classification[Any], int]:  # noqa: FBT001  # three-valued
        if scope is False:
            return Classification(Outcome.UNMATCHED), 0
        truths: list[bool | None] = [False] * len(self._table.rules)
        for place in _positions(true):
            truths[place] = True
        for place in _positions(unsettled):
            truths[place] = None
        answer, deciding = interpreter.decide(self._table, truths, scope)
        if answer.outcome is not Outcome.UNDETERMINED:
            return answer, 0
        mask = sum(1 << place for place in deciding)
        return answer, mask | (1 << len(truths) if scope is None else 0)


def _matched(label: Category, rules: tuple[int, ...]) -> Classification[Any]:
    return Classification(Outcome.MATCHED, label, frozenset({label}), frozenset({label}), (), rules)


def _remember(answers: dict[Any, Any], key: Any, answer: Any) -> None:
    if len(answers) < _REMEMBERED:
        answers[key] = answer
