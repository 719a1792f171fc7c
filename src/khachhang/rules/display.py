"""Tables as business people know them: the hit policy's letter in the corner, a column a fact, a row a rule, in words.

A rule whose condition is several rows shows them all under its number; one that would need too many stands as a
sentence.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import TableDocumentError
from khachhang.rules._boxes import boxes_of
from khachhang.rules._place import ROOT
from khachhang.rules._values import Line
from khachhang.rules.wording import check_language, in_one_line, predicate_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules._boxes import Box, Values
    from khachhang.rules.predicate import Predicate
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category, Language

_MAX_ROWS_OF_RULE = 8
_ANY = "-"
_MARKDOWN = re.compile(r"[\\`*_\[\]|~$#]")
_CELL = "text-align:left;vertical-align:top;padding:.2em .6em;border:1px solid;border-color:rgb(128 128 128 / 50%)"


@attrs.frozen
class _Phrases:
    condition: str
    given: str
    otherwise: str
    priority: str
    source: str
    every: str
    nothing: str
    none_of: str


_PHRASES: dict[str, _Phrases] = {
    "vi": _Phrases(
        condition="điều kiện khác",
        given="Chỉ áp dụng khi {condition}.",
        otherwise="Không quy tắc nào đúng thì là: {label}.",
        priority="Thứ tự ưu tiên: {labels}.",
        source="Nguồn: {source}",
        every="đã biết, bất kể là gì",
        nothing="không giá trị nào",
        none_of="không phải: {values}",
    ),
    "en": _Phrases(
        condition="other conditions",
        given="Applies only where {condition}.",
        otherwise="Where no rule holds: {label}.",
        priority="In order of priority: {labels}.",
        source="Source: {source}",
        every="known, whatever it is",
        nothing="no value",
        none_of="not: {values}",
    ),
}


@attrs.frozen
class Picture:
    """What is shown, in one language, not yet escaped."""

    title: str
    header: list[str]
    rows: list[list[str]]
    notes: list[str]


def markdown(table: Table[Any], lang: Language) -> str:
    """The table as Markdown; see `khachhang.DecisionTable.to_markdown`."""
    check_language(lang)
    shown = picture(table, lang)
    lines = [f"**{_in_markdown(shown.title)}**", ""]
    header, *rows = (_markdown_row(map(_in_markdown, row)) for row in (shown.header, *shown.rows))
    lines += [header, _markdown_row("---" for _ in shown.header), *rows]
    for note in shown.notes:
        lines += ["", _in_markdown(note)]
    return "\n".join(lines)


def page(table: Table[Any]) -> str:
    """The table as HTML in both languages, the second one folded away; without colours of its own."""
    first, second = (_html(picture(table, lang)) for lang in ("vi", "en"))
    return f"<div>{first}<details><summary>English</summary>{second}</details></div>"


def _in_markdown(text: str) -> str:
    return html.escape(_MARKDOWN.sub(lambda found: f"\\{found[0]}", in_one_line(text)), quote=False)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _html(picture: Picture) -> str:
    def row(cells: Iterable[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag} style={_CELL!r}>{html.escape(cell)}</{tag}>' for cell in cells)}</tr>"

    body = "".join(row(cells, "td") for cells in picture.rows)
    notes = "".join(f"<div>{html.escape(note)}</div>" for note in picture.notes)
    caption = f"<caption style='text-align:left;font-weight:bold'>{html.escape(picture.title)}</caption>"
    head = f"<thead>{row(picture.header, 'th')}</thead>"
    return f"<table style='border-collapse:collapse'>{caption}{head}<tbody>{body}</tbody></table>{notes}"


def picture(table: Table[Any], lang: Language) -> Picture:
    """What is shown of a table: the columns' heads, a row or several for each rule, and what else is to be said."""
    say = _PHRASES[lang]
    shown = [_rows_of(rule.condition) for rule in table.rules]
    asked = {variable for boxes in shown if boxes is not None for box in boxes for variable in box}
    variables = [variable for variable in table.variables if variable in asked]
    sentences = [say.condition] if None in shown else []
    header = [table.hit.name[0], *(_name(variable, lang) for variable in variables), *sentences]
    rows: list[list[str]] = []
    for number, (rule, boxes) in enumerate(zip(table.rules, shown, strict=True), start=1):
        label = rule.label.label(lang)
        if boxes is None:
            rows.append([str(number), *(_ANY for _ in variables), predicate_text(rule.condition, lang), label])
        for box in boxes or ():
            cells = [_words(variable, box.get(variable), lang) for variable in variables]
            rows.append([str(number), *cells, *(_ANY for _ in sentences), label])
    title = f"{table.category.facet_title(lang)} ({table.name})"
    return Picture(title, [*header, table.category.facet_title(lang)], rows, list(_notes(table, lang)))


def _notes(table: Table[Any], lang: Language) -> Iterator[str]:
    say = _PHRASES[lang]
    if table.given is not None:
        yield say.given.format(condition=predicate_text(table.given, lang))
    if table.otherwise is not None:
        yield say.otherwise.format(label=table.otherwise.label(lang))
    if table.priority:
        labels: Iterable[Category] = table.priority
        yield say.priority.format(labels=" > ".join(label.label(lang) for label in labels))
    if table.source:
        yield say.source.format(source=table.source)


def _rows_of(condition: Predicate) -> list[Box] | None:
    """The rows of a rule; None where it has to be said in words."""
    try:
        boxes = boxes_of(condition, ROOT)
    except TableDocumentError:
        return None
    return boxes if 1 <= len(boxes) <= _MAX_ROWS_OF_RULE else None


def _name(variable: Variable, lang: Language) -> str:
    unit = "" if variable.unit is None else variable.unit.text(lang)
    name = variable.label.text(lang)
    return f"{name} ({unit})" if unit else name


def _words(variable: Variable, values: Values | None, lang: Language) -> str:
    """A cell in words: ``< 15``, ``[15..22)``, ``Bank; Supplier``."""
    say = _PHRASES[lang]
    if values is None:
        return _ANY
    if values.is_full or values.is_empty:
        return say.every if values.is_full else say.nothing
    if isinstance(values, Line):
        points = values.points_left_out()
        if points:
            numbers = "; ".join(value_text(variable, point, lang, unit=False) for point in points)
            return say.none_of.format(values=numbers)
        return "; ".join(_span(variable, low, high, lang) for low, high in values.spans())
    if variable.type is bool:
        return value_text(variable, values.values[0] is not values.rest, lang)
    listed = "; ".join(value_text(variable, value, lang) for value in values.values)
    return say.none_of.format(values=listed) if values.rest else listed


def _span(variable: Variable, low: Any, high: Any, lang: Language) -> str:
    """A piece of a line in words, from a cut to a cut; at most one of them is None."""
    first, last = ("" if cut is None else value_text(variable, cut[0], lang, unit=False) for cut in (low, high))
    if low is None:
        return f"{'≤' if high[1] else '<'} {last}"
    if high is None:
        return f"{'>' if low[1] else '≥'} {first}"
    if low[0] == high[0]:
        return first
    return f"{'(' if low[1] else '['}{first}..{last}{']' if high[1] else ')'}"
