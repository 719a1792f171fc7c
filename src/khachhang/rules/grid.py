"""Tables as grids, the way that business people write them: a column a fact, a row a rule, cells in S-FEEL.

A rule whose condition is no single row becomes several, one below the other. The answer stays the same whatever is known
(outcome, label, labels, candidates): Kleene's logic lets ``|`` be pulled out of a condition exactly. `missing` may then
name a fact more (a row that is still open, of a rule that another row has made true), and `rules` counts rows. A grid holds
rows alone; the hit policy, `otherwise` and `priority` stand beside it. What can not be written exactly is refused:

- Under `UNIQUE`, rows must not overlap. Two rows of one rule that do are cut apart where each asks for the facts of the other
  (``age < 5`` or ``age < 9 and vip``), and refused where not (``vip or loyal``): no rows without overlap say that while
  only one of the two is known.
- `given` becomes a part of every row. That is the same where nothing is true outside `given`: so not beside `otherwise`; and,
  unless all labels of true rules count (`COLLECT`), only where rows of different labels are kept apart by a fact in both,
  since while `given` is open a true rule no longer silences the others.
- A text can not be *known, whatever it is*, or *known and nothing*.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any, TypeVar

from khachhang.errors import TableDocumentError
from khachhang.rules._boxes import are_apart, boxes_of, disjoint
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
from khachhang.rules._values import Choice, Line, domain_of
from khachhang.rules.document import amount_text
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Or
from khachhang.rules.rule import Rule
from khachhang.rules.s_feel import MAX_CELL, Cell, Compared, Literal, Number, Text, Truth, Within, parse
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from khachhang.rules._boxes import Box, Values
    from khachhang.rules.fact import Fact
    from khachhang.rules.predicate import Leaf, Predicate
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Value, Variable

T = TypeVar("T", bound="Table[Any]")

MAX_COLUMNS = 1_000
_DIGITS_OF_A_FLOAT = 1_000


def read_grid(  # noqa: PLR0917
    kind: type[T], rows: Iterable[Any], category: type[Category], facts: Iterable[Fact[Any]], more: dict[str, Any]
) -> T:
    """The table of a grid; see `khachhang.DecisionTable.from_grid`."""
    check_category(category)
    known = {**handles(facts), **kind.vocabulary.variables()}
    lines = [] if isinstance(rows, str) else list(islice(rows, MAX_RULES + 2))
    if not lines or len(lines) > MAX_RULES + 1:
        problem = f"more than {MAX_RULES} rows below the header" if lines else "there is no header"
        Place("rows").refuse(
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
                at.refuse(problem, "choose another hit policy (ANY or FIRST), or keep the table as data by to_dict()")
            boxes = apart
        found += [(box, str(rule.label)) for box in boxes]
        if len(found) > MAX_RULES:
            at.refuse(f"the grid would have more than {MAX_RULES} rows", "keep the table as data by to_dict()")
    if table.given is not None:
        _check_given(table, found)
    variables = list(dict.fromkeys(variable for box, _ in found for variable in table.variables if variable in box))
    place = Place("rows")
    rows = [[variable.name for variable in variables] + [table.category.facet()]]
    for number, (box, code) in enumerate(found, start=1):
        cells = [cell_text(variable, box.get(variable), place[number][n]) for n, variable in enumerate(variables)]
        rows.append([*cells, code])
    return rows
