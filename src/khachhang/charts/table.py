"""A decision table as a grid, with what is proved of it: gaps, overlaps, and rules that never decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import attrs

from khachhang.charts import palette
from khachhang.charts.parts import NO_FRAME, data, finished, height_of, width_of, words, wrapped
from khachhang.charts.population import Facet
from khachhang.errors import Fault, InvalidError
from khachhang.facts import DecisionTable
from khachhang.rules import HitPolicy
from khachhang.rules.display import picture
from khachhang.rules.wording import check_language, number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules.display import Picture
    from khachhang.rules.verification import Verification
    from khachhang.taxonomy import Language

MOST_ROWS, MOST_GAPS = 60, 10
"""How many rows and gaps are drawn; how many there are besides is said."""

_MOST_LINES = 6
"""How many lines a cell has at most; its whole text is in the data."""

_NARROW, _WIDE, _LEAST, _PADDING = 52, 190, 420, 12
"""The widths of a column, the least width of them all together, and the space in a cell, in pixels."""

_WORDS = {
    "vi": {
        "gap": "Chỗ hở",
        "overlaps": "Cùng đúng với quy tắc",
        "never": "không bao giờ quyết định",
        "rows": "… và {count} dòng nữa",
        "gaps": "… và {count} chỗ hở nữa",
        "proof": "Chỗ hở: {gaps}; cặp quy tắc cùng đúng: {overlaps}; quy tắc không bao giờ quyết định: {idle}",
        "undecided": "Chưa kết luận được: {parts}",
    },
    "en": {
        "gap": "Gap",
        "overlaps": "Also true with rule",
        "never": "never decides",
        "rows": "… and {count} more rows",
        "gaps": "… and {count} more gaps",
        "proof": "Gaps: {gaps}; pairs of rules that hold together: {overlaps}; rules that never decide: {idle}",
        "undecided": "Left undecided: {parts}",
    },
}


def table(table: DecisionTable[Any], *, lang: Language = "vi", budget: float | None = None) -> alt.LayerChart:
    """The decision grid: a column a fact, a row a rule, its label in colour, and what `DecisionTable.verify` proves.

    A gap is a row of its own below the rules, in words. The last column names the rules that can be true together with
    this one, and says of a rule that it never decides; it is left out where there is nothing to say.

    Args:
        table: The table.
        lang: The language of the words, ``"vi"`` or ``"en"``.
        budget: About how many seconds each part of the proof may take; None for ten.

    Returns:
        A chart with one row of data a cell, which holds `kind` (``head``, ``number``, ``condition``, ``label``,
        ``overlap``, ``never``, ``mark``, ``gap``, ``more``), `rule` (its number from 1; None for heads and gaps) and
        `text`. At most 60 rows and 10 gaps are drawn, and how many there are besides is said.

    Raises:
        InvalidError: If it is no decision table.
        UnknownLanguageError: For another language.

    >>> from khachhang.classifiers import age_band
    >>> cells = table(age_band(), lang="en").to_dict()["data"]["values"]
    >>> [cell["text"] for cell in cells if cell["kind"] == "condition"]
    ['< 15', '[15..22)', '[22..50]', '> 50']
    """
    check_language(lang)
    if not isinstance(table, DecisionTable):
        problem = f"a value of type {type(table).__name__} is no decision table"
        hint = "give a table, such as kh.classifiers.benefit() or one of your own"
        raise InvalidError("charts.table", [Fault("table", problem, hint)])
    checked = table.verify(budget)
    shown = picture(table, lang)
    lines = list(_lines(table, shown, checked, lang))
    grid = _Grid(_widths(lines))
    for line in lines:
        grid.add(line)
    proof = _WORDS[lang]["proof"].format(
        gaps=_at_least(len(checked.gaps), lang),
        overlaps=number_text(checked.overlap_count, lang),
        idle=_at_least(len(checked.unreachable), lang),
    )
    notes = [proof, *shown.notes]
    if checked.undecided:
        notes.insert(1, _WORDS[lang]["undecided"].format(parts=", ".join(checked.undecided)))
    notes = [wrapped(note, grid.width) for note in notes]
    told = "; ".join(_told(line) for line in lines)
    title = f"{shown.title}, {table.hit.name}"
    return finished(_layers(grid), title, notes, told, width=grid.width, height=grid.height, view=NO_FRAME)


def _at_least(count: int, lang: Language) -> str:
    """A number of findings, which are listed up to a hundred."""
    return f"{'≥ ' if count >= 100 else ''}{number_text(count, lang)}"  # noqa: PLR2004  # the limit of Verification


@attrs.frozen
class _Cell:
    kind: str
    text: str
    fill: str | None = None


@attrs.frozen
class _Line:
    cells: list[_Cell]
    rule: int | None = None


def _lines(table: DecisionTable[Any], shown: Picture, checked: Verification, lang: Language) -> Iterator[_Line]:
    """The grid's lines: the heads, the rules, then the gaps."""
    say = _WORDS[lang]
    colours = {place.label(lang): colour for place, colour in Facet(table.name, table.category).colours().items()}
    remarks = _remarks(table, checked, lang)
    last = [_Cell("head", say["overlaps"])] if remarks else []
    yield _Line([*(_Cell("head", text) for text in shown.header), *last])
    for number, *conditions, label in shown.rows[:MOST_ROWS]:
        rule = int(number)
        cells = [
            _Cell("number", number),
            *(_Cell("condition", text) for text in conditions),
            _Cell("label", label, colours[label]),
        ]
        yield _Line([*cells, *([remarks.get(rule, _Cell("overlap", ""))] if remarks else [])], rule)
    if len(shown.rows) > MOST_ROWS:
        yield _Line(
            [
                _Cell("number", ""),
                _Cell("more", say["rows"].format(count=number_text(len(shown.rows) - MOST_ROWS, lang))),
            ]
        )
    for gap in checked.gaps[:MOST_GAPS]:
        yield _Line([_Cell("mark", "!", palette.WARNING), _Cell("gap", f"{say['gap']}: {gap.explain(lang)}")])
    if len(checked.gaps) > MOST_GAPS:
        yield _Line(
            [
                _Cell("mark", "!", palette.WARNING),
                _Cell("more", say["gaps"].format(count=number_text(len(checked.gaps) - MOST_GAPS, lang))),
            ]
        )


def _remarks(table: DecisionTable[Any], checked: Verification, lang: Language) -> dict[int, _Cell]:
    """What is to be said of each rule, by its number: with which others it can be true, or that it never decides."""
    others: dict[int, list[int]] = {}
    for overlap in checked.overlaps:
        one, other = (position + 1 for position in overlap.rules)
        others.setdefault(one, []).append(other)
        others.setdefault(other, []).append(one)
    fill = None if table.hit is HitPolicy.COLLECT else palette.NOTICE  # several labels are meant to be true there
    remarks = {rule: _Cell("overlap", ", ".join(map(str, sorted(with_it))), fill) for rule, with_it in others.items()}
    never = _Cell("never", _WORDS[lang]["never"], palette.WARNING)
    return remarks | {finding.rules[0] + 1: never for finding in checked.unreachable}


def _widths(lines: Iterable[_Line]) -> list[float]:
    """How wide each column is: its widest cell, within limits; heads are wrapped to the width of a word at least."""
    heads, *others = [line.cells for line in lines if line.cells[-1].kind not in {"gap", "more"}]
    widths: list[float] = []
    for place, head in enumerate(heads):
        word = max(width_of(each) for each in head.text.split())
        cell = max((width_of(cells[place].text) for cells in others), default=0.0)
        widths.append(min(max(word, cell, _NARROW if place else 0, width_of(head.text) / 3), _WIDE) + _PADDING)
    widths[-1] += max(_LEAST - sum(widths), 0.0)
    return widths


@attrs.define
class _Grid:
    """Cells with their places in pixels, line below line."""

    widths: list[float]
    height: float = 0.0
    cells: list[dict[str, Any]] = attrs.field(factory=list)

    @property
    def width(self) -> float:
        return sum(self.widths)

    def add(self, line: _Line) -> None:
        """One line more: its cells in their columns, the last one over all that are left."""
        widths = self.widths[: len(line.cells)]
        widths[-1] = self.width - sum(widths[:-1])
        texts = [
            _shortened(wrapped(cell.text, width - _PADDING)) for cell, width in zip(line.cells, widths, strict=True)
        ]
        bottom = self.height + max(map(height_of, texts)) + _PADDING
        left = 0.0
        for cell, text, width in zip(line.cells, texts, widths, strict=True):
            self.cells.append(
                {
                    "kind": cell.kind,
                    "rule": line.rule,
                    "text": cell.text,
                    "lines": text,
                    "left": round(left, 1),
                    "right": round(left + width, 1),
                    "top": self.height,
                    "bottom": bottom,
                    "first": self.height + _PADDING / 2 + 8,
                    "fill": cell.fill,
                    "ink": None if cell.fill is None else palette.ink_on(cell.fill),
                    "weight": "bold" if cell.kind in {"head", "number", "mark"} else "normal",
                }
            )
            left += width
        self.height = bottom


def _shortened(text: str) -> str:
    """At most so many lines as a cell may have."""
    lines = text.split("\n")
    return text if len(lines) <= _MOST_LINES else "\n".join([*lines[:_MOST_LINES], "…"])


def _layers(grid: _Grid) -> list[alt.Chart]:
    x = alt.Scale(domain=[0, grid.width], nice=False, zero=False)
    y = alt.Scale(domain=[grid.height, 0], nice=False, zero=False)
    base = alt.Chart(data(grid.cells))
    boxes = base.mark_rect(stroke="#888888", strokeWidth=0.5).encode(
        x=alt.X("left:Q", axis=None, scale=x),
        x2="right:Q",
        y=alt.Y("top:Q", axis=None, scale=y),
        y2="bottom:Q",
        fill=alt.Fill("fill:N", scale=None),
        tooltip=alt.Tooltip("text:N", title=" "),
    )
    texts: list[alt.Chart] = []
    for is_filled in (False, True):
        for weight in ("normal", "bold"):
            kept = (alt.datum.weight == weight) & (alt.expr.isValid(alt.datum.fill) == is_filled)
            text = base.transform_filter(kept).mark_text(**words(align="left", dx=_PADDING / 2, fontWeight=weight))
            encoded = text.encode(
                x=alt.X("left:Q", axis=None, scale=x), y=alt.Y("first:Q", axis=None, scale=y), text="lines:N"
            )
            texts.append(encoded.encode(color=alt.Color("ink:N", scale=None)) if is_filled else encoded)
    return [boxes, *texts]


def _told(line: _Line) -> str:
    return " | ".join(cell.text for cell in line.cells if cell.text)
