"""What a table answers, as columns: the hit policies on rules that are possibly and definitely true.

An answer is a small whole number first, and a label last: the rank of the label in its category, or one of the numbers
below 0. The work is in two stages, since the second reads the columns that the first has made.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames import native
from khachhang.frames.lower import lower
from khachhang.frames.truth import TRUE, Truth, any_of, conjunction, disjunction, expression, first, negation
from khachhang.rules.hit_policy import HitPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from khachhang.frames.column import Place
    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Lowered
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category

UNMATCHED, UNDETERMINED, OVERLAP = -1, -2, -3
_NARROW = 2**7


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

    @property
    def kind(self) -> Any:
        """The type of the numbers: as narrow as can be."""
        labels = sum(1 for _ in self.table.category)
        return nw.Int8 if max(len(self.table.rules), labels) < _NARROW else nw.Int16

    def columns(self, *, reasons: bool) -> list[str]:
        """The names of the columns that people read, in order."""
        flags = [label.value for label in self.certain]
        more = [*flags, "outcome", "rule"] if reasons else flags
        return [self.table.name, *(f"{self.table.name}_{name}" for name in more)]


def add_answers(frame: Frame, answers: Iterable[Answer]) -> Frame:
    """The table with the columns of these answers."""
    stages = [{name: found for each in answers for name, found in stage(each).items()} for stage in _STAGES]
    names = [name for stage in stages for name in stage]

    def make(rows: Frame) -> Frame:
        for stage in stages:
            if stage:
                rows = rows.with_columns(**stage)
        return rows

    return native.by_blocks(frame, make, names) if names else frame


_STAGES = (attrgetter("inputs"), attrgetter("outputs"))


@attrs.frozen(eq=False)
class _Unit:
    """Rules of one label that decide together.

    Args:
        label: What they give.
        truth: Whether any of them is true.
    """

    label: Category
    truth: Lowered


def answer(
    table: Table[Any], columns: Mapping[str, Place], names: Iterator[str], *, reasons: bool, knows_open: bool
) -> Answer:
    """The answer of a table as columns.

    Args:
        table: The table.
        columns: Where each fact is found.
        names: Names for columns to be made.
        reasons: Whether the rule is wanted as well.
        knows_open: See `native.knows_open`.
    """
    rules = [lower(rule.condition, columns) for rule in table.rules]
    scope = TRUE if table.given is None else lower(table.given, columns)
    made = Answer(table)
    if reasons:
        made.rule = next(names)
        order = list(range(len(rules)))
        if table.hit in {HitPolicy.PRIORITY, HitPolicy.COLLECT}:
            order.sort(key=lambda position: table.rank(table.rules[position].label))
        made.inputs[made.rule] = first(((rules[position].definitely, position) for position in order), -1, made.kind)
    if table.hit is HitPolicy.COLLECT:
        _collect(made, rules, scope, names)
    else:
        _single(made, rules, scope, names, knows_open=knows_open)
    return made


def _single(made: Answer, rules: list[Lowered], scope: Lowered, names: Iterator[str], *, knows_open: bool) -> None:
    table, units = made.table, _units(made.table, rules)
    made.can_overlap = not table.is_proved
    made.code = next(names)
    places = _places(units)
    none = UNMATCHED if table.otherwise is None else table.otherwise.rank
    if len(places) == len(units) and table.otherwise not in places and not made.can_overlap:
        any_possible = disjunction(unit.truth.possibly for unit in units)
        cases = [*_outside(table, scope, any_possible), *_by_label(made, units, knows_open=knows_open)]
        made.inputs[made.code] = first(cases, none, made.kind)
        return
    best, is_none, still_open, possible, clash = _by_place(made, units, places, names)
    outside = _outside(table, scope, disjunction((negation(is_none), possible)))
    labels = [(_is_one_of(best, of_label), label.rank) for label, of_label in places.items()]
    cases = [outside[0], (clash, OVERLAP), *outside[1:], (still_open, UNDETERMINED), *labels]
    made.outputs[made.code] = first(cases, none, made.kind)


_Case: TypeAlias = "tuple[Truth, int]"


def _outside(table: Table[Any], scope: Lowered, any_possible: Truth) -> list[_Case]:
    """The answers where the table does not apply, and where it may not."""
    cases: list[_Case] = [(negation(scope.possibly), UNMATCHED)]
    if scope.is_settled:
        return cases
    can_be = True if table.otherwise is not None else any_possible
    is_open = negation(scope.definitely)
    return [*cases, (conjunction((is_open, can_be)), UNDETERMINED), (is_open, UNMATCHED)]


def _by_label(made: Answer, units: list[_Unit], *, knows_open: bool) -> list[_Case]:
    """The usual case, where each label has its own condition: one case after the other settles it."""
    sure: list[_Case] = []
    open_: list[_Case] = []
    for unit in units:
        kleene = unit.truth.kleene if knows_open else None
        sure.append((unit.truth.definitely if kleene is None else kleene, unit.label.rank))
        may_be = False if unit.truth.is_settled else unit.truth.possibly if kleene is None else kleene.is_null()
        open_.append((may_be, UNDETERMINED))
    if made.table.hit in {HitPolicy.UNIQUE, HitPolicy.ANY}:  # one true rule settles it, whatever is open
        if made.rule is None and made.table.otherwise is None:
            return sure  # open or not, there is no label
        return [*sure, (disjunction(truth for truth, _ in open_), UNDETERMINED)]
    return [case for pair in zip(sure, open_, strict=True) for case in pair]


def _by_place(
    made: Answer, units: list[_Unit], places: Mapping[Category, list[int]], names: Iterator[str]
) -> tuple[nw.Expr, Truth, Truth, Truth, Truth]:
    """The general case: the numbers are the places of the rules. The last truth says whether rules clash."""
    none = len(units)
    made.inputs[top := next(names)] = first(
        ((unit.truth.definitely, place) for place, unit in enumerate(units)), none, made.kind
    )
    best, is_none = nw.col(top), nw.col(top) == none
    if made.table.hit in {HitPolicy.FIRST, HitPolicy.PRIORITY}:
        still_open, any_possible = _open_above(made, units, places, best, names)
        return best, is_none, still_open, any_possible, False
    others = [unit.truth.possibly for unit in units if unit.label != made.table.otherwise and not unit.truth.is_settled]
    possible: Truth = False
    if others:
        made.inputs[name := next(names)] = expression(disjunction(others))
        possible = nw.col(name)
    clash: Truth = False
    if made.can_overlap:
        backwards = reversed(list(enumerate(units)))
        made.inputs[last := next(names)] = first(
            ((unit.truth.definitely, place) for place, unit in backwards), none, made.kind
        )
        clash = best != nw.col(last)
    return best, is_none, conjunction((is_none, possible)), possible, clash


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


def _open_above(
    made: Answer, units: list[_Unit], places: Mapping[Category, list[int]], best: nw.Expr, names: Iterator[str]
) -> tuple[Truth, Truth]:
    """Where another label is open, and where any is possible, if a true rule settles only what stands behind it.

    A label of one unit is open if that unit is possible and stands before the best one. Where a label has several
    units, or follows otherwise too, it may be the answer all the same: then it is no other possibility.
    """
    none, otherwise = len(units), made.table.otherwise
    still_open: list[Truth] = []
    possible: list[Truth] = []
    alone: list[tuple[Truth, int]] = []
    for label, of_label in places.items():
        loose = [(units[place].truth.possibly, place) for place in of_label if not units[place].truth.is_settled]
        if len(of_label) == 1 and label != otherwise:
            alone += loose
        elif loose:
            made.inputs[name := next(names)] = first(loose, none, made.kind)
            found = nw.col(name)
            is_answer = _is_one_of(best, [*of_label, none] if label == otherwise else of_label)
            still_open.append((found < best) & ~is_answer)
            possible.append(found < none)
    if alone:
        made.inputs[name := next(names)] = first(sorted(alone, key=itemgetter(1)), none, made.kind)
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
    for label in sorted(by_label, key=table.rank):
        cases += [(certain[label], label.rank), (possible[label], UNDETERMINED)]
    for label in table.category:
        made.outputs[name := next(names)] = expression(certain[label])
        made.certain[label] = name
        made.outputs[name := next(names)] = expression(possible[label])
        made.possible[label] = name
    made.code = next(names)
    made.outputs[made.code] = first(cases, UNMATCHED, made.kind)


def _kept(made: Answer, truth: Truth, names: Iterator[str]) -> Truth:
    if isinstance(truth, bool):
        return truth
    made.inputs[name := next(names)] = truth
    return nw.col(name)
