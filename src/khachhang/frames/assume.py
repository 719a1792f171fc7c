"""What follows from other facts, and what the caller lets stand for facts that are not known: as `Facts` does both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from khachhang.errors import Fault, InvalidError
from khachhang.facts.assumption import _DEPENDENTS, as_assumption
from khachhang.facts.catalogue import VARIABLES
from khachhang.facts.record import _IMPLIED
from khachhang.frames.column import LIMIT, Column, Constant, Form, least_float, unknown
from khachhang.frames.lower import lower
from khachhang.frames.truth import conjunction, disjunction, expression, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from khachhang.facts import Assumption
    from khachhang.facts.assumption import Fill
    from khachhang.frames.column import Place
    from khachhang.frames.entry import Entry
    from khachhang.frames.truth import Truth
    from khachhang.rules.variable import Variable

_PARTY_KIND = "party_kind"
IMPLYING: tuple[Variable, ...] = tuple(VARIABLES[name] for name, _ in _IMPLIED)
"""The facts from which the kind of the party follows."""


def steps(assume: Assumption | Mapping[str, object] | None, variables: Iterable[Variable]) -> tuple[Fill, ...]:
    """The fills of an assumption, in order.

    Raises:
        InvalidError: If a name or a value is wrong.
    """
    if assume is None:
        return ()
    own = {variable.name: variable for variable in variables if variable.is_custom}
    return as_assumption(assume, own).fills


def relevant(fills: Iterable[Fill], variables: Iterable[Variable]) -> tuple[list[Fill], list[Variable]]:
    """The fills that matter for these facts, and all the facts that then matter, each once."""
    needed = dict.fromkeys(variables)
    kept: list[Fill] = []
    for step in reversed(list(fills)):  # what a fill reads may itself have been filled in before
        _add_implying(needed)
        if step.variable in needed:
            kept.append(step)
            needed |= dict.fromkeys(_read_by(step))
    _add_implying(needed)
    return kept[::-1], list(needed)


def _add_implying(needed: dict[Variable, None]) -> None:
    if VARIABLES[_PARTY_KIND] in needed:
        needed |= dict.fromkeys(IMPLYING)


def _read_by(step: Fill) -> list[Variable]:
    exists = step.variable.exists
    conditions = [step.where] if exists is None else [step.where, exists]
    dependents = _DEPENDENTS.get(step.variable.name, ())
    conditions += [condition for _, condition in dependents]
    read = [leaf.variable for condition in conditions for leaf in condition.leaves()]
    read += [variable for variable, _ in dependents]
    return read if step.source is None else [*read, step.source]


def fill(entry: Entry, fills: Iterable[Fill]) -> None:
    """Fill in what is not known, step by step; steps that do not see one another are taken at once.

    Raises:
        InvalidError: If a whole number does not fit into the column in which it would stand.
    """
    imply_party(entry)
    waiting: dict[str, tuple[nw.Expr, Column]] = {}
    for step in fills:
        if waiting.keys() & {step.variable.name, *(variable.name for variable in _read_by(step))}:
            entry.make(waiting)
            waiting = {}
        made = _filled(entry, step)
        if isinstance(made, Constant):
            entry.columns[step.variable.name] = made
        elif made is not None:
            waiting[step.variable.name] = made
    entry.make(waiting)
    imply_party(entry)


def _filled(entry: Entry, step: Fill) -> tuple[nw.Expr, Column] | Constant | None:
    """What the fact is after the step; None where the step changes nothing."""
    place = entry.columns[step.variable.name]
    exists = step.variable.exists
    conditions = [unknown(place), lower(step.where, entry.columns).definitely]
    if exists is not None:
        conditions.append(lower(exists, entry.columns).possibly)
    given: Place = Constant(step.value) if step.source is None else entry.columns[step.source.name]
    where = conjunction([*conditions, negation(_contradicts(entry, step.variable.name, given))])
    if where is False or given is None:
        return None
    if isinstance(given, Constant) and where is True:
        return given
    form = _common_form(step.variable, place, given)
    if isinstance(given, Constant) and step.variable.type is int and not _holds(form, given.value):
        problem = "the value is beyond what a column of such numbers holds exactly"
        raise InvalidError("assume", [Fault(step.variable.name, problem, "assume one that is nearer to 0")])
    value = _expression(given, form)
    if not isinstance(place, Column):
        return nw.when(expression(where)).then(value), _column(form)
    # What is known stands first: pandas takes its type.
    return nw.when(expression(negation(where))).then(_expression(place, form)).otherwise(value), _column(form)


def _contradicts(entry: Entry, name: str, given: Place) -> Truth:
    """Where a fact that is known has no value once this one is filled in."""
    columns = {**entry.columns, name: given}
    return disjunction(
        conjunction((negation(unknown(columns[dependent.name])), negation(lower(condition, columns).possibly)))
        for dependent, condition in _DEPENDENTS.get(name, ())
    )


def _common_form(variable: Variable, place: Place, given: Place) -> Form:
    """The form in which both can stand in one column."""
    if not variable.is_number:
        return Form.FLAGS if variable.type is bool else Form.TEXTS
    whole = variable.type is int and all(
        found.form is Form.UNITS and not found.scale for found in (place, given) if isinstance(found, Column)
    )
    return Form.UNITS if whole else Form.FLOATS


def _holds(form: Form, number: int) -> bool:
    return -LIMIT <= number < LIMIT if form is Form.UNITS else least_float(number) == number


def _column(form: Form) -> Column:
    """A new column of this form; its name is given when it is made."""
    return Column("", form, low=-LIMIT, high=LIMIT - 1)


_DTYPES: dict[Form, Any] = {
    Form.UNITS: nw.Int64,
    Form.FLOATS: nw.Float64,
    Form.TEXTS: nw.String,
    Form.FLAGS: nw.Boolean,
}


def _expression(place: Column | Constant, form: Form) -> nw.Expr:
    """The values in one form, null where they are not known."""
    if isinstance(place, Constant):
        value = float(place.value) if form is Form.FLOATS else place.value
        return nw.lit(str.__str__(value) if isinstance(value, str) else value, dtype=_DTYPES[form])
    match form:
        case Form.UNITS:
            values = _signed(place)
        case Form.FLOATS:
            values = place.real
        case _:
            values = place.value
    # NaN, and what stands in for it among objects, is no null yet.
    return values if place.mask is None else nw.when(~nw.col(place.mask)).then(values)


def _signed(place: Column) -> nw.Expr:
    """Whole numbers in 64 bits; what is beyond is as good as the last."""
    values = place.value
    if place.high >= LIMIT:
        most = place.literal(LIMIT - 1)
        values = nw.when(values > most).then(most).otherwise(values)
    if place.low < -LIMIT:
        least = place.literal(-LIMIT)
        values = nw.when(values < least).then(least).otherwise(values)
    return values if place.low == -LIMIT else values.cast(nw.Int64)


def imply_party(entry: Entry) -> None:
    """A fact of persons (of organisations) alone says what the party is, where that is not known otherwise."""
    place = entry.columns.get(_PARTY_KIND)
    if _PARTY_KIND not in entry.columns or unknown(place) is False:
        return
    cases: list[nw.Expr] = [] if place is None else [_expression(place, Form.TEXTS)]
    for name, kind in _IMPLIED:
        known = negation(unknown(entry.columns.get(name)))
        if known is True and not cases:
            entry.columns[_PARTY_KIND] = Constant(kind)
            return
        if known is not False:
            cases.append(nw.when(expression(known)).then(nw.lit(kind.value, dtype=nw.String)))
    if len(cases) > (place is not None):
        entry.make({_PARTY_KIND: (cases[0] if len(cases) == 1 else nw.coalesce(*cases), _column(Form.TEXTS))})
