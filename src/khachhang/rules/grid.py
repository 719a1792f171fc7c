"""Tables as grids, the way that business people write them: a column a fact, a row a rule, cells in S-FEEL.

A rule whose condition is no single row becomes several, one below the other. The answer stays the same whatever is
known (outcome, label, labels, candidates): Kleene's logic lets ``|`` be pulled out of a condition exactly. `rules`
then counts rows, and `missing` can name a fact more (a row is open of a rule that another row has made true) or fewer
(a test that can not matter is left out). A grid holds rows alone; the hit policy, `otherwise` and `priority` stand
beside it. What can not be written exactly is refused:

- Under `UNIQUE`, rows must not overlap. Two rows of one rule that do are cut apart where each asks for the facts of
  the other (``age < 5`` or ``age < 9 and vip``), and refused where not (``vip or loyal``): no rows without overlap
  say that while only one of the two is known.
- `given` becomes a part of every row. That is the same where nothing is true outside `given`: so not beside
  `otherwise`; and, unless all labels of true rules count (`COLLECT`), only where rows of different labels are kept
  apart by a fact in both, since while `given` is open a true rule no longer silences the others.
- A text can not be *known, whatever it is*, or *known and nothing*.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any, TypeVar

from khachhang.errors import counted
from khachhang.rules._boxes import are_kept_apart, boxes_of, disjoint
from khachhang.rules._place import Place, shown
from khachhang.rules._reading import (
    MAX_PARTS,
    MAX_RULES,
    check_category,
    check_ends,
    check_ordered,
    handles,
    label,
    plain_value,
    unknown_fact,
)
from khachhang.rules._values import Line
from khachhang.rules.document import amount_text, digits_of, plain_constant
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Or
from khachhang.rules.rule import Rule
from khachhang.rules.s_feel import MAX_CELL, SIDES, Cell, Compared, Literal, Number, Text, Truth, Within, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from khachhang.errors import TableDocumentError
    from khachhang.rules._boxes import Box, Values
    from khachhang.rules.fact import Fact
    from khachhang.rules.predicate import Leaf, Predicate
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Value, Variable
    from khachhang.taxonomy import Category

T = TypeVar("T", bound="Table[Any]")

MAX_COLUMNS = 1_000
_DIGITS_OF_A_FLOAT = 1_000
_MAX_ROWS_OF_GIVEN = 1_000
_RATHER_ANOTHER_POLICY = "choose another hit policy (ANY or FIRST), or keep the table as data by to_dict()"


def read_grid(
    kind: type[T], rows: Iterable[Any], category: type[Category], facts: Iterable[Fact[Any]], more: dict[str, Any]
) -> T:
    """The table of a grid; see `khachhang.DecisionTable.from_grid`."""
    check_category(category)
    known = {**handles(facts), **kind.vocabulary.variables()}
    lines = list(islice(rows, MAX_RULES + 2)) if isinstance(rows, Iterable) and not isinstance(rows, str) else []
    if not lines or len(lines) > MAX_RULES + 1:
        problem = f"more than {MAX_RULES} rows below the header" if lines else "there is no header"
        raise Place("rows").error(
            problem, "give a list of rows: the header with the names of facts and the facet, then rules"
        )
    variables = _header(_cells(lines[0], 0), category, known)
    reader = _Rows(variables, category)
    rules = [reader.rule(row, number) for number, row in enumerate(lines[1:], start=1)]
    return kind(category=category, rules=rules, **more)


def write_grid(table: Table[Any]) -> list[list[str]]:
    """The grid of a table; see `khachhang.DecisionTable.to_grid`."""
    found: list[tuple[Box, str]] = []
    for position, rule in enumerate(table.rules):
        at = Place("rules")[position]
        condition = rule.condition if table.given is None else And((table.given, rule.condition))
        boxes = boxes_of(condition, at)
        if table.hit is HitPolicy.UNIQUE:
            apart = disjoint(boxes)
            if apart is None:
                problem = f"rule {position + 1} makes rows that overlap, which the hit policy UNIQUE forbids"
                raise at.error(problem, _RATHER_ANOTHER_POLICY)
            boxes = apart
        found += [(box, str(rule.label)) for box in boxes]
        if len(found) > MAX_RULES:
            raise at.error(f"the grid would have more than {MAX_RULES} rows", "keep the table as data by to_dict()")
    _check_given(table)
    asked = {variable for box, _ in found for variable in box}
    variables = [variable for variable in table.variables if variable in asked]
    if len(variables) > MAX_COLUMNS:
        problem = f"the grid would have {len(variables)} columns"
        raise Place("rules").error(problem, f"a grid has at most {MAX_COLUMNS}; keep the table as data by to_dict()")
    rows = [[*(variable.name for variable in variables), table.category.facet()]]
    for number, (box, code) in enumerate(found, start=1):
        cells = (
            _cell(variable, box.get(variable), _CellPlace(number, column, variable.name))
            for column, variable in enumerate(variables)
        )
        rows.append([*cells, code])
    return rows


def _check_given(table: Table[Any]) -> None:
    """An error where `given` can not become a part of every row without a change of answers."""
    if table.given is None:
        return
    at = Place("given")
    hint = "write it into the rules themselves, or keep the table as data by to_dict()"
    if table.otherwise is not None:
        raise at.error("beside 'otherwise' it can not become a part of the rows: outside it there is no label", hint)
    if table.hit is HitPolicy.COLLECT:
        return
    boxes = [(box, n) for n, rule in enumerate(table.rules) for box in boxes_of(rule.condition, at)]
    if len(boxes) > _MAX_ROWS_OF_GIVEN:
        raise at.error(f"beside more than {_MAX_ROWS_OF_GIVEN} rows it can not become a part of them", hint)
    for (one, first), (other, second) in combinations(boxes, 2):
        if table.rules[first].label != table.rules[second].label and not are_kept_apart(one, other):
            problem = "it can not become a part of the rows: no fact in both keeps rules"
            raise at.error(f"{problem} {first + 1} and {second + 1} apart", hint)


class _CellPlace(Place):
    """A cell of a grid; its errors name the row, from 1, and the column."""

    __slots__ = ("_column", "_row")

    def __init__(self, row: int, position: int, column: str) -> None:
        super().__init__(position, Place("rows")[row])
        self._row = row
        self._column = column

    def error(self, problem: str, hint: str) -> TableDocumentError:
        return super().error(f"row {self._row}, column {shown(self._column)}: {problem}", hint)


def _cell(variable: Variable, values: Values | None, at: Place) -> str:
    text = str(cell_of(variable, values, at))
    if len(text) > MAX_CELL:
        raise at.error(f"the cell would have {len(text)} characters", f"a cell has at most {MAX_CELL}")
    return text


def cell_of(variable: Variable, values: Values | None, at: Place) -> Cell:
    """The cell that says which values a fact may have; None for any, known or not."""
    if values is None:
        return Cell()
    if isinstance(values, Line):
        return _number_cell(variable, values, at)
    if values.is_full or values.is_empty:
        if values.domain is None:
            problem = "a text that must be known, whatever it is, can not be written in a cell"
            raise at.error(problem, "take the condition out of the rule, or keep the table as data by to_dict()")
        return Cell(_equal(variable, values.domain, at), negation=values.is_empty)
    if variable.type is bool:
        return Cell(_equal(variable, (values.values[0] is not values.rest,), at))
    return Cell(_equal(variable, values.values, at), values.rest)


def _equal(variable: Variable, values: Iterable[Value], at: Place) -> tuple[Compared, ...]:
    return tuple(Compared("==", literal_of(variable, value, at)) for value in values)


def _number_cell(variable: Variable, values: Line, at: Place) -> Cell:
    if values.is_full or values.is_empty:
        return Cell((Compared("<", Number("0")), Compared(">=", Number("0"))), values.is_empty)
    points = values.points_left_out()
    if points:
        return Cell(_equal(variable, points, at), negation=True)
    return Cell(tuple(_span(variable, low, high, at) for low, high in values.spans()))


def _span(variable: Variable, low: Any, high: Any, at: Place) -> Compared | Within:
    """The test for a piece of a line, from a cut to a cut; at most one of them is None."""
    if low is None:
        return Compared("<=" if high[1] else "<", literal_of(variable, high[0], at))
    first = literal_of(variable, low[0], at)
    if high is None:
        return Compared(">" if low[1] else ">=", first)
    if low[0] == high[0]:
        return Compared("==", first)
    return Within(first, literal_of(variable, high[0], at), SIDES[not low[1], high[1]])


def literal_of(variable: Variable, value: Any, at: Place) -> Literal:
    """A constant as a cell writes it."""
    if isinstance(value, bool):
        return Truth(value)
    if isinstance(value, str):
        return Text(str(value))
    if isinstance(value, float):
        return Number(digits_of(Decimal(repr(value + 0.0))))
    if plain_value(variable.type, plain_constant(value)) is None:
        raise at.error("a number that is too long for a cell", "use a shorter one")
    return Number(amount_text(Decimal(value)))


def _cells(row: Any, number: int) -> list[str]:
    at = Place("rows")[number]
    if not isinstance(row, (list, tuple)):
        raise at.error(f"{shown(row)} is not a row", "write a row as a list of texts")
    if len(row) > MAX_COLUMNS + 1:
        raise at.error(f"a row of {len(row)} cells", f"a row has at most {MAX_COLUMNS + 1}")
    for position, cell in enumerate(row):
        if not isinstance(cell, str):
            problem = f"row {number}: the cell {shown(cell)} is not a text"
            raise at[position].error(problem, "write the test as a text, such as '5' or '-'")
    return list(row)


def _header(cells: list[str], category: type[Category], known: Mapping[str, Variable]) -> list[Variable]:
    at = Place("rows")[0]
    *names, facet = cells or [""]
    if facet != category.facet():
        problem = f"the last column is {shown(facet)}, not the facet {category.facet()!r} of {category.__name__}"
        raise at[len(names)].error(problem, "write the names of facts, then the facet's code, into the header")
    variables: list[Variable] = []
    for position, name in enumerate(names):
        if name not in known:
            raise unknown_fact(name, at[position], known)
        if known[name] in variables:
            raise at[position].error(f"the column {shown(name)} stands twice", "give each fact one column")
        variables.append(known[name])
    return variables


class _Rows:
    """Reads the rows below a header."""

    def __init__(self, variables: list[Variable], category: type[Category]) -> None:
        self.variables = variables
        self.category = category
        self.left = MAX_PARTS

    def rule(self, row: Any, number: int) -> Rule[Any]:
        cells = _cells(row, number)
        width = len(self.variables) + 1
        if len(cells) != width:
            problem = f"row {number} has {counted(len(cells), 'cell')}, and the header {width}"
            raise Place("rows")[number].error(problem, "write - where anything will do")
        tests: list[Predicate] = []
        for position, variable in enumerate(self.variables):
            at = _CellPlace(number, position, variable.name)
            cell = parse(cells[position], at)
            self.left -= len(cell.tests)
            if self.left < 0:
                raise at.error(f"more than {MAX_PARTS} tests in the grid", "divide the table into several")
            if cell.tests:
                tests.append(_predicate(variable, cell, at))
        condition = And(tuple(tests)) if len(tests) > 1 else tests[0] if tests else Always()
        return Rule(condition, self.label(cells[-1], _CellPlace(number, width - 1, self.category.facet())))

    def label(self, cell: str, at: Place) -> Category:
        if cell not in self.category._value2member_map_ and cell.lstrip().startswith('"'):
            match parse(cell, at).tests:
                case (Compared("==", Text(code)),):
                    return label(code, at, self.category)
                case _:
                    pass
        return label(cell, at, self.category)


def _predicate(variable: Variable, cell: Cell, at: Place) -> Predicate:
    tests = [_test(variable, test, at) for test in cell.tests]
    equal = [test.constant for test in tests if isinstance(test, Comparison) and test.operator == "=="]
    if len(equal) == len(tests) > 1:
        return Among(variable, tuple(dict.fromkeys(equal)), cell.negation)
    made: Predicate = Or(tuple(tests)) if len(tests) > 1 else tests[0]
    return made.negated() if cell.negation else made


def _test(variable: Variable, test: Compared | Within, at: Place) -> Leaf:
    if isinstance(test, Compared):
        if test.sign != "==":
            check_ordered(variable, at)
        return Comparison(variable, test.sign, _constant(variable, test.constant, at))
    check_ordered(variable, at)
    low, high = (_constant(variable, end, at) for end in (test.low, test.high))
    check_ends(low, high, at)
    return Between(variable, low, high, test.closed)


def _constant(variable: Variable, literal: Literal, at: Place) -> Value:
    made: Value | None = None
    match literal:
        case Number(digits) if variable.is_number and len(digits) <= _DIGITS_OF_A_FLOAT:
            made = plain_value(variable.type, _number(variable.type, digits))
        case Text(text) if variable.category is not None:
            return label(text, at, variable.category)
        case Text(text) if variable.type is str:
            made = text
        case Truth(truth) if variable.type is bool:
            made = truth
    if made is None:
        said = "the value" if variable.is_private else shown(str(literal))
        raise at.error(
            f"{said} is not {variable.described()}", "numbers stand plainly, texts and codes in double quotes"
        )
    return made


def _number(kind: type[Any], digits: str) -> Any:
    if kind is float:
        return float(digits)
    whole = digits.replace(".", "0.") if digits.lstrip("-").startswith(".") else digits
    return int(digits) if kind is int and "." not in digits else whole
