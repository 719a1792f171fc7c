"""Decision tables on dataframes: the same answers as one object gets."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw

from khachhang.errors import KhachhangWarning, OverlapError, TemplateError
from khachhang.frames import native
from khachhang.frames.answer import OVERLAP, add_answers, answer
from khachhang.frames.assume import IMPLYING, fill, relevant, steps
from khachhang.frames.entry import enter
from khachhang.frames.labels import add_labels
from khachhang.frames.lower import lower
from khachhang.frames.table import as_frame, is_eager, spare_names
from khachhang.frames.truth import expression
from khachhang.rules.table import Table
from khachhang.templates import as_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from khachhang.facts import Assumption
    from khachhang.facts.assumption import Fill
    from khachhang.frames.answer import Answer
    from khachhang.frames.entry import Entry
    from khachhang.rules import Classifier
    from khachhang.rules.variable import Variable
    from khachhang.templates import Template

T = TypeVar("T")

SUBJECT = "frames.classify"


def classify(
    facts: T,
    template: Template | Iterable[Classifier[Any]] | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    *,
    reasons: bool = False,
) -> T:
    """Every facet of a template for every row of a table of facts, with the same answers as one object gets.

    Rules that facts which are not known leave open stay open, row by row. What `Facts` refuses as contradictory is left
    to the rules' own conditions.

    Args:
        facts: A table of any engine that narwhals knows; its columns bear the names of facts. Null and NaN mean not
            known, and so does a column that is not there. Other columns are passed on. Numbers are compared exactly; on
            Dask, whole numbers of another type than int64 as floats, which are every whole number up to 2**53.
        template: A template or a list of tables; None for the general template.
        assume: What may stand for facts that are not known: `RECORDED_IS_ALL`, or values by fact name.
        reasons: Whether outcome and rule are wanted as well.

    Returns:
        The same native table, lazy where it was lazy, in the same order where it was eager, with these columns more
        (replaced where the table has them). For each facet its label's code, null where it is undetermined or
        unmatched: in Polars an Enum, in pandas and Dask an unordered Categorical, each with all codes in label order,
        elsewhere text. Where several labels may apply the facet's column holds the primary one, and ``<facet>_<code>``
        is a Boolean for each label: true if it is certain, null if it is open. With `reasons`, ``<facet>_outcome``
        (`matched`, `undetermined`, `unmatched`) and ``<facet>_rule`` (the position from 0 of the rule that gave the
        label, the first of several; null where none did).

    Raises:
        InvalidError: If `facts` is no table, a column is of a type that its fact can not be, `assume` is wrong or
            holds a whole number that the fact's column can not hold exactly, or (on an eager table) a text is no code
            of its fact's label set; on a lazy table such a text is not known.
        OverlapError: If two rules are true together and the hit policy forbids it, on an eager table; on a lazy one
            label, outcome and rule are null there.
        TemplateError: If the template is none, a classifier in it is no table, or two facts bear one name.

    Warns:
        KhachhangWarning: Once, with all facts that the tables ask for, nothing is assumed about, and no column holds.

    >>> import polars as pl
    >>> from khachhang.classifiers import age_band
    >>> classify(pl.DataFrame({"age": [14, 22, None, 51]}), [age_band()])["age_band"].to_list()
    ['under_15', 'from_22_to_50', None, 'over_50']
    """
    frame = as_frame(facts, SUBJECT, "facts")
    tables = _tables(as_template(template))
    variables = list({variable.name: variable for table in tables for variable in table.variables}.values())
    fills, needed = relevant(steps(assume, variables), variables)
    own = frame.collect_schema().names()
    _warn_of_missing(own, variables, fills)
    names = spare_names(frame)
    entry = enter(frame, names, needed, SUBJECT)
    entry.frame = native.planned(entry.frame)
    fill(entry, fills)
    sound = native.knows_open(frame)
    answers = [answer(table, entry.columns, names, reasons=reasons, knows_open=sound) for table in tables]
    entry.frame = add_answers(entry.frame, answers)
    if is_eager(frame) and any(each.can_overlap for each in answers):
        entry.frame = native.carried_out(entry.frame)
        _refuse_overlaps(entry, answers)
    labelled = add_labels(entry.frame, answers, names, reasons=reasons)
    new = [name for each in answers for name in each.columns(reasons=reasons)]
    chosen = labelled.select(*dict.fromkeys([*own, *new]))
    classified: T = (native.carried_out(chosen, shares=True) if is_eager(frame) else chosen).to_native()
    return classified


def _tables(template: Template) -> list[Table[Any]]:
    for classifier in template.classifiers:
        if not isinstance(classifier, Table):
            problem = f"classifier {classifier.name!r} is no decision table, and only tables run on dataframes"
            raise TemplateError(problem, "leave it out here, or classify customers one by one with kh.classify")
    tables: list[Table[Any]] = [table for table in template.classifiers if isinstance(table, Table)]
    types: dict[str, Variable] = {}
    for variable in (variable for table in tables for variable in table.variables):
        if types.setdefault(variable.name, variable).type is not variable.type:
            problem = f"{variable.name!r} is a fact of two types in this template"
            raise TemplateError(problem, "make your own fact once and use it in every table")
    return tables


def _warn_of_missing(present: Sequence[str], variables: Iterable[Variable], fills: Iterable[Fill]) -> None:
    found = {*present, *(step.variable.name for step in fills)}
    if not found.isdisjoint(variable.name for variable in IMPLYING):
        found.add("party_kind")
    missing = [variable.name for variable in variables if variable.name not in found]
    if missing:
        text = (
            f"the table has no column {', '.join(missing)}: these facts are not known of anybody, and rules that need "
            "them stay open\nHint: add the columns, or say what may stand for them with assume=, such as "
            "assume=kh.RECORDED_IS_ALL"
        )
        warnings.warn(text, KhachhangWarning, stacklevel=3)


def _refuse_overlaps(entry: Entry, answers: Iterable[Answer]) -> None:
    for each in answers:
        if each.can_overlap:
            row = entry.frame.filter(nw.col(each.code) == OVERLAP).head(1)
            rules = [lower(rule.condition, entry.columns).definitely for rule in each.table.rules]
            named = {f"rule_{place}": expression(truth) for place, truth in enumerate(rules)}
            for found in native.carried_out(row.with_columns(**named).select(*named)).rows():
                raise OverlapError(each.table.name, [place for place, truth in enumerate(found) if truth])
