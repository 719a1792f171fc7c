"""Strategies for records of facts: any, those over a table's facts, and those that a table gives a label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from khachhang.errors import TableError, repr_of
from khachhang.facts import Facts
from khachhang.facts.catalogue import VARIABLES
from khachhang.testing._aim import Solver, aimed, check_table, space_of, to_label
from khachhang.testing._given import check_options, wrong
from khachhang.testing._segments import free_axis, values_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hypothesis.strategies import DrawFn

    from khachhang.facts import DecisionTable
    from khachhang.rules.space import Axis, Box, Space
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category

_MOST_KNOWN = 12


@attrs.frozen
class Values:
    """A record in the making: the facts known so far."""

    known: dict[str, Any] = attrs.field(factory=dict)
    assumed: frozenset[str] = frozenset()

    def value(self, name: str) -> object:
        """A fact by its name; None where it is not known."""
        return self.known.get(name)

    def can_have(self, variable: Variable) -> bool:
        """Whether a fact has a value for certain, beside what is known."""
        return variable.exists is None or variable.exists.truth(self) is True


def record_of(values: Mapping[str, Any]) -> Facts:
    """The record of some facts, the user's own among them."""
    known: Any = {name: value for name, value in values.items() if name in VARIABLES}
    return Facts(**known, extra={name: value for name, value in values.items() if name not in VARIABLES})


def facts(
    *,
    table: DecisionTable[Any] | None = None,
    label: Category | str | None = None,
    complete: bool | None = None,
    hostile: bool = False,
    extra: Mapping[str, Any] | None = None,
    **known: Any,
) -> SearchStrategy[Facts]:
    """Records of facts; with a table those that it asks for, with a label as well those that it answers so.

    What is made for a label is made so, not filtered: the rules are inverted.

    Args:
        table: The table whose facts are wanted; None for facts of the whole catalogue.
        label: The label, or its code, that the table must be certain of; None for any answer.
        complete: True where everything is known that has a value, False where only what is needed is known, None for
            both and all between.
        hostile: Whether numbers may be huge.
        extra: The user's own facts by name, as for `known`.
        **known: Facts by name: a value, None for one that is not known, or a strategy.

    Returns:
        A strategy that shrinks to few facts with small values.

    Raises:
        TableError: If the table is none, no rule gives the label, or nothing leads to it beside the facts that are
            fixed; or if a strategy is given for a fact that the label may depend on.
        InvalidError: If a name is that of no fact, or a fixed value is none of the fact's.

    >>> from hypothesis import find
    >>> from khachhang.classifiers import age_band
    >>> find(facts(table=age_band(), label="over_50"), lambda facts: True).age
    51
    """
    check_options("facts", hostile=hostile)
    if not (complete is None or isinstance(complete, bool)):
        raise wrong("facts", "complete", complete, "is neither True, False nor None", "None is for any")
    if not (extra is None or isinstance(extra, Mapping)):
        raise wrong("facts", "extra", extra, "is no mapping", "give your own facts as extra={'nps': 9}")
    given = {**known, **(extra or {})}
    drawn = {name: value for name, value in given.items() if isinstance(value, SearchStrategy)}
    _check_names(known, extra or {})
    made = Facts(**_without(known, drawn), extra=_without(extra or {}, drawn))
    fixed = {**made.known(), **made.extra}
    unknown = {name for name, value in given.items() if value is None}
    if table is None:
        if label is not None:
            problem = f"label={repr_of(label)} without a table"
            raise TableError(problem, "give the table as well: facts(table=..., label=...)")
        return _catalogue(fixed, drawn, unknown, complete=complete, hostile=hostile)
    check_table(table, "facts, table")
    space = space_of([table])
    boxes: list[Box] = [{}]
    if label is not None:
        wanted = to_label(table.category, label, f"table {table.name!r}")
        boxes = aimed(table, wanted, Solver(space, start_of(space, fixed, unknown | drawn.keys())))
    return _in_boxes(space, boxes, fixed, drawn, unknown, complete=complete, hostile=hostile)


def _check_names(known: Iterable[str], extra: Iterable[str]) -> None:
    """The record's own error for wrong names, whatever is given for them."""
    wrong: Any = {name: 0 for name in known if name not in VARIABLES}
    Facts(**wrong, extra={name: 0 for name in extra if name in VARIABLES})


def _without(given: Mapping[str, Any], drawn: Mapping[str, Any]) -> dict[str, Any]:
    """The same names, those that are drawn without a value."""
    return {name: None if name in drawn else value for name, value in given.items()}


def start_of(space: Space, fixed: Mapping[str, Any], forbidden: set[str]) -> Box:
    """The box of facts that are fixed; those that must not be used have no segment."""
    start: Box = {}
    for place, axis in enumerate(space.axes):
        name = axis.variable.name
        if name in forbidden:
            start[place] = 0
        elif name in fixed:
            start[place] = 1 << axis.place(axis.variable.value(fixed[name]))
    return start


def _in_boxes(
    space: Space,
    boxes: Sequence[Box],
    fixed: Mapping[str, Any],
    drawn: Mapping[str, SearchStrategy[Any]],
    unknown: set[str],
    *,
    complete: bool | None,
    hostile: bool,
) -> SearchStrategy[Facts]:
    choices = st.sampled_from(boxes)
    axes = [axis for axis in space.axes if axis.variable.name not in {*fixed, *drawn, *unknown}]
    more = _whether(complete)
    maybe = None if complete else st.booleans()

    @st.composite
    def record(draw: DrawFn) -> Facts:
        values = Values(dict(fixed))
        for place, mask in sorted(draw(choices).items()):
            axis = space.axes[place]
            values.known[axis.variable.name] = draw(values_in(axis, mask, hostile=hostile))
        if draw(more):
            for axis in axes:
                _add(draw, values, axis, maybe, hostile=hostile)
        for name, strategy in drawn.items():
            values.known[name] = draw(strategy)
        return record_of(values.known)

    return record()


def over(axes: Sequence[Axis], *, complete: bool | None = None) -> SearchStrategy[Facts]:
    """Records of the facts of some axes, each after those on which its having a value depends.

    Args:
        axes: The axes.
        complete: True where everything is known that has a value, None for any.
    """
    maybe = None if complete else st.booleans()

    @st.composite
    def record(draw: DrawFn) -> Facts:
        values = Values()
        for axis in axes:
            _add(draw, values, axis, maybe, hostile=False)
        return record_of(values.known)

    return record()


def _whether(complete: bool | None) -> SearchStrategy[bool]:  # noqa: FBT001  # three-valued
    return st.booleans() if complete is None else st.just(complete)


def _add(draw: DrawFn, values: Values, axis: Axis, maybe: SearchStrategy[bool] | None, *, hostile: bool) -> None:
    """Add a fact, where it has a value for certain; `maybe` decides, where there is anything to decide."""
    variable = axis.variable
    if variable.name in values.known or not values.can_have(variable):
        return
    if maybe is None or draw(maybe):
        values.known[variable.name] = draw(values_in(axis, axis.known, hostile=hostile))


def _catalogue(
    fixed: Mapping[str, Any],
    drawn: Mapping[str, SearchStrategy[Any]],
    unknown: set[str],
    *,
    complete: bool | None,
    hostile: bool,
) -> SearchStrategy[Facts]:
    names = [name for name in VARIABLES if name not in {*fixed, *drawn, *unknown}]
    few: SearchStrategy[list[str]] = st.just([])
    if names:
        few = st.lists(st.sampled_from(names), max_size=_MOST_KNOWN, unique=True)
    # Nearly always all; but simpler is fewer from either end, so that a failing example loses what it does not need.
    count = len(names)
    ends = st.integers(0, 4 * count).map(lambda end: min(end, count))
    most = st.builds(lambda front, back: names[count - front : back], ends, ends)
    chosen = {True: st.just(names), False: st.just([]), None: few | most}
    in_order: Callable[[str], int] = list(VARIABLES).index

    @st.composite
    def record(draw: DrawFn) -> Facts:
        values = Values(dict(fixed))
        for name in sorted(draw(chosen[complete]), key=in_order):
            _add(draw, values, free_axis(VARIABLES[name]), None, hostile=hostile)
        for name, strategy in drawn.items():
            values.known[name] = draw(strategy)
        return record_of(values.known)

    return record()
