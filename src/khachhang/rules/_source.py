"""Source text in the making: conditions as expressions, and what a table's names are bound to.

For every condition two expressions are written, *possibly true* and *definitely true*; they differ only where a fact is
not known. Nothing of a user's goes into the source text: names are looked up, labels and constants are bound; only
whole and real numbers of ordinary size stand as literals.
"""

from __future__ import annotations

import keyword
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Leaf, Or, Predicate, check_custom, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.rules.table import Table
    from khachhang.rules.variable import Variable

_LITERAL_BELOW = 10**15
_CHAIN = 4


@attrs.define
class Writer:
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
            self.load_variable(leaf.variable, indent)

    def load_custom(self, indent: str) -> None:
        """Read the user's own facts, all of them: a value that can not be is an error, whichever rule decides."""
        for variable in self.table.variables:
            if variable.is_custom:
                self.load_variable(variable, indent)

    def load_variable(self, variable: Variable, indent: str) -> None:
        """Read a fact that was not read before."""
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


def plain_conditions(table: Table[Any]) -> list[Predicate]:
    return [plain(rule.condition) for rule in table.rules]


def weighing(table: Table[Any]) -> Callable[..., Any]:
    """The function that tells which rules are true and which open, as two masks, and whether the table applies."""
    writer = Writer(table)
    if table.given is None:
        writer.lines.append("  scope = True")
    else:
        given = plain(table.given)
        writer.load(table.given, "  ")
        writer.lines.append(f"  if not {writer.possibly(given)}: return 0, 0, False")
        writer.lines.append(f"  scope = True if {writer.known(given)} else None")
    writer.load_custom("  ")
    writer.lines.append("  true = unsettled = 0")
    for place, condition in enumerate(plain_conditions(table)):
        bit = writer.bind("bit", 1 << place)
        writer.load(condition, "  ")
        writer.lines.append(f"  if {writer.possibly(condition)}:")
        writer.lines.append(f"   if {writer.known(condition)}: true |= {bit}")
        if table.hit is HitPolicy.FIRST:
            writer.lines[-1] += "; return true, unsettled, scope"
        writer.lines.append(f"   else: unsettled |= {bit}")
    writer.lines.append("  return true, unsettled, scope")
    return writer.function()


def lacking(table: Table[Any]) -> Callable[..., Any]:
    """The function that tells which facts keep wanted rules (a mask; its highest bit is `given`) open, as a mask."""
    writer = Writer(table)
    conditions = plain_conditions(table)
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


def _write_lacking(writer: Writer, condition: Predicate, indent: str) -> None:
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
