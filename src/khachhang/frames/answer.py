"""What a table answers, as columns: the hit policies on rules that are possibly and definitely true.

An answer is a small whole number first, and a label last: the rank of the label in its category, or one of the numbers
below 0. The work is in two stages, since the second reads the columns that the first has made.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames.lower import lower
from khachhang.frames.truth import TRUE, Truth, any_of, conjunction, disjunction, expression, first, negation
from khachhang.rules.hit_policy import HitPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from khachhang.frames.column import Place
    from khachhang.frames.truth import Lowered
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category

UNMATCHED, UNDETERMINED, OVERLAP = -1, -2, -3


@attrs.define(eq=False)
class Answer:
    """The columns that hold one table's answer.

    Args:
        table: The table.
        inputs: The first stage, by column.
        outputs: The second stage, by column.
        code: The column of the answer, a number; see the module.
        rule: The column of the rule that gave the label, -1 where none did; None where nobody asked for it.
        certain: For `HitPolicy.COLLECT` the columns, by label, that say whether it is certain.
        possible: For `HitPolicy.COLLECT` the columns, by label, that say whether it is possible.
        can_overlap: Whether the answer can be that rules are true together that must not be.
    """

    table: Table[Any]
    inputs: dict[str, nw.Expr] = attrs.field(factory=dict)
    outputs: dict[str, nw.Expr] = attrs.field(factory=dict)
    code: str = ""
    rule: str | None = None
    certain: dict[Category, str] = attrs.field(factory=dict)
    possible: dict[Category, str] = attrs.field(factory=dict)
    can_overlap: bool = False

    def columns(self, *, reasons: bool) -> list[str]:
        """The names of the columns that people read, in order."""
        flags = [label.value for label in self.certain]
        more = [*flags, "outcome", "rule"] if reasons else flags
        return [self.table.name, *(f"{self.table.name}_{name}" for name in more)]


@attrs.frozen(eq=False)
class _Unit:
    """Rules of one label that decide together.

    Args:
        label: What they give.
        truth: Whether any of them is true.
    """

    label: Category
    truth: Lowered


def answer(table: Table[Any], columns: Mapping[str, Place], names: Iterator[str], *, reasons: bool) -> Answer:
    """The answer of a table as columns.

    Args:
        table: The table.
        columns: Where each fact is found.
        names: Names for columns to be made.
        reasons: Whether the rule is wanted as well.
    """
    rules = [lower(rule.condition, columns) for rule in table.rules]
    scope = TRUE if table.given is None else lower(table.given, columns)
    made = Answer(table)
    if reasons:
        made.rule = next(names)
        order = list(range(len(rules)))
        if table.hit in {HitPolicy.PRIORITY, HitPolicy.COLLECT}:
            order.sort(key=lambda position: table.rank(table.rules[position].label))
        made.inputs[made.rule] = first(((rules[position].definitely, position) for position in order), -1)
    if table.hit is HitPolicy.COLLECT:
        _collect(made, rules, scope, names)
    else:
        _single(made, rules, scope, names)
    return made


def _single(made: Answer, rules: list[Lowered], scope: Lowered, names: Iterator[str]) -> None:
    table, units = made.table, _units(made.table, rules)
    none = len(units)
    made.inputs[top := next(names)] = first(((unit.truth.definitely, place) for place, unit in enumerate(units)), none)
    best = nw.col(top)
    if table.hit in {HitPolicy.UNIQUE, HitPolicy.ANY}:
        still_open, possible = _open_while_none(made, units, best, names)
    else:
        still_open, possible = _open_above(made, units, best, names)
    cases: list[tuple[Truth, int]] = [(negation(scope.possibly), UNMATCHED)]
    if table.hit in {HitPolicy.UNIQUE, HitPolicy.ANY} and none > 1:
        backwards = reversed(list(enumerate(units)))
        made.inputs[last := next(names)] = first(((unit.truth.definitely, place) for place, unit in backwards), none)
        cases.append((best != nw.col(last), OVERLAP))
        made.can_overlap = True
    if not scope.is_settled:
        outside = negation(scope.definitely)
        can_be = True if table.otherwise is not None else disjunction((best < none, possible))
        cases += [(conjunction((outside, can_be)), UNDETERMINED), (outside, UNMATCHED)]
    cases.append((still_open, UNDETERMINED))
    for label, places in _places(units).items():
        cases.append((_is_one_of(best, places), label.rank))
    made.code = next(names)
    made.outputs[made.code] = first(cases, UNMATCHED if table.otherwise is None else table.otherwise.rank)


def _units(table: Table[Any], rules: list[Lowered]) -> list[_Unit]:
    """The rules in the order in which they decide, joined where they can only decide together."""
    pairs = [(rule.label, truth) for rule, truth in zip(table.rules, rules, strict=True)]
    match table.hit:
        case HitPolicy.UNIQUE:
            return [_Unit(label, truth) for label, truth in pairs]
        case HitPolicy.PRIORITY:
            pairs.sort(key=lambda pair: table.rank(pair[0]))
        case HitPolicy.ANY:
            order = list(dict.fromkeys(label for label, _ in pairs))
            pairs.sort(key=lambda pair: order.index(pair[0]))
        case _:
            pass
    return [
        _Unit(label, any_of([truth for _, truth in run])) for label, run in groupby(pairs, key=lambda pair: pair[0])
    ]


def _places(units: Iterable[_Unit]) -> dict[Category, list[int]]:
    places: dict[Category, list[int]] = {}
    for place, unit in enumerate(units):
        places.setdefault(unit.label, []).append(place)
    return places


def _is_one_of(number: nw.Expr, places: list[int]) -> nw.Expr:
    return number == places[0] if len(places) == 1 else number.is_in(places)


def _open_while_none(made: Answer, units: list[_Unit], best: nw.Expr, names: Iterator[str]) -> tuple[Truth, Truth]:
    """Where a label is still open, and where one is possible, if one true rule settles everything."""
    others = [unit.truth.possibly for unit in units if unit.label != made.table.otherwise and not unit.truth.is_settled]
    if not others:
        return False, False
    made.inputs[name := next(names)] = expression(disjunction(others))
    return conjunction((nw.col(name), best == len(units))), nw.col(name)


def _open_above(made: Answer, units: list[_Unit], best: nw.Expr, names: Iterator[str]) -> tuple[Truth, Truth]:
    """The same if a true rule settles only what stands behind it.

    A label of one unit is open if that unit is possible and stands before the best one. Where a label has several units,
    or follows otherwise too, it may be the answer all the same: then it is no other possibility.
    """
    none, otherwise = len(units), made.table.otherwise
    still_open: list[Truth] = []
    possible: list[Truth] = []
    alone: list[tuple[Truth, int]] = []
    for label, places in _places(units).items():
        loose = [(units[place].truth.possibly, place) for place in places if not units[place].truth.is_settled]
        if len(places) == 1 and label != otherwise:
            alone += loose
        elif loose:
            made.inputs[name := next(names)] = first(loose, none)
            found = nw.col(name)
            is_answer = _is_one_of(best, [*places, none] if label == otherwise else places)
            still_open.append((found < best) & ~is_answer)
            possible.append(found < none)
    if alone:
        made.inputs[name := next(names)] = first(sorted(alone, key=lambda case: case[1]), none)
        still_open.append(nw.col(name) < best)
        possible.append(nw.col(name) < none)
    return disjunction(still_open), disjunction(possible)


def _collect(made: Answer, rules: list[Lowered], scope: Lowered, names: Iterator[str]) -> None:
    table = made.table
    by_label: dict[Category, list[Lowered]] = {label: [] for label in table.category}
    for rule, truth in zip(table.rules, rules, strict=True):
        by_label[rule.label].append(truth)
    certain: dict[Category, Truth] = {}
    possible: dict[Category, Truth] = {}
    for label, parts in by_label.items():
        joined = any_of(parts)
        certain[label] = _kept(made, joined.definitely, names)
        possible[label] = certain[label] if joined.is_settled else _kept(made, joined.possibly, names)
    if table.otherwise is not None:
        other = table.otherwise
        none_certain, none_possible = negation(disjunction(certain.values())), negation(disjunction(possible.values()))
        certain[other] = disjunction((certain[other], none_possible))
        possible[other] = disjunction((possible[other], none_certain))
    if table.given is not None:
        certain = {label: conjunction((scope.definitely, truth)) for label, truth in certain.items()}
        possible = {label: conjunction((scope.possibly, truth)) for label, truth in possible.items()}
    cases: list[tuple[Truth, int]] = []
    for label in sorted(table.category, key=table.rank):
        cases += [(certain[label], label.rank), (possible[label], UNDETERMINED)]
    for label in table.category:
        made.outputs[name := next(names)] = expression(certain[label])
        made.certain[label] = name
        made.outputs[name := next(names)] = expression(possible[label])
        made.possible[label] = name
    made.code = next(names)
    made.outputs[made.code] = first(cases, UNMATCHED)


def _kept(made: Answer, truth: Truth, names: Iterator[str]) -> Truth:
    if isinstance(truth, bool):
        return truth
    made.inputs[name := next(names)] = truth
    return nw.col(name)
