"""What all pictures have in common: the letters, the wrapping of words, titles, axes and data.

Nothing is configured for a whole chart, so that charts can be joined (``one | other``) and an Altair theme still holds.
"""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import altair as alt

from khachhang.rules.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khachhang.taxonomy import Language

FONT = "Segoe UI, DejaVu Sans, Liberation Sans, Arial, sans-serif"
"""Each has every Vietnamese letter and signs such as ≥; vl-convert brings Liberation Sans where there is no font."""

TEXT_SIZE = 11
LINE = 15
"""The height of a line of words, in pixels."""

_LETTER = 7.0
"""The width of a letter of that size, in pixels, rather too wide than too narrow."""

NO_FRAME = alt.ViewBackground(stroke=None)

_INK = "luminance(background) < 0.179 ? 'white' : 'black'"
"""Words outside of coloured areas follow the background, which a theme may have made dark."""

_SPLIT = "split(datum.label, '\\n')"
_PER_CENT = 100


def width_of(text: str) -> float:
    """About how wide words are drawn, in pixels: their longest line."""
    return max(map(len, text.split("\n"))) * _LETTER


def wrapped(text: str, width: float) -> str:
    """Words in lines of at most so many pixels; a single longer word is left whole."""
    return "\n".join(textwrap.wrap(text, max(int(width / _LETTER), 1), break_long_words=False)) or text


def height_of(text: str) -> int:
    """How high words are drawn, in pixels."""
    return LINE * (text.count("\n") + 1)


def share_text(part: int, of: int, lang: Language) -> str:
    """A share in per cent with one decimal; a share that is not 0 is never written so."""
    exact = Decimal(part * _PER_CENT) / of if of else Decimal(0)
    if 0 < exact < Decimal("0.1"):
        return f"<{number_text(Decimal('0.1'), lang)}%"
    return f"{number_text(exact.quantize(Decimal('0.1')), lang)}%"


def count_text(part: int, of: int, lang: Language) -> str:
    """A number of customers with its share, such as ``1.234 (5,2%)``."""
    return f"{number_text(part, lang)} ({share_text(part, of, lang)})"


def data(rows: Iterable[dict[str, Any]]) -> alt.Data:
    """Rows as the data of a chart."""
    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]  # Altair types all else


def words(**options: Any) -> dict[str, Any]:
    """The options of a text mark, readable on a light background and on a dark one."""
    plain = {"font": FONT, "fontSize": TEXT_SIZE, "lineBreak": "\n", "lineHeight": LINE, "baseline": "middle"}
    return plain | {"color": alt.expr(_INK)} | options


def axis(**options: Any) -> alt.Axis:
    """An axis whose labels may have several lines."""
    plain: dict[str, Any] = {
        "labelExpr": _SPLIT,
        "labelFont": FONT,
        "labelFontSize": TEXT_SIZE,
        "labelLimit": 320,
        "title": None,
        "titleFont": FONT,
        "titleFontSize": TEXT_SIZE,
        "titleFontWeight": "normal",
    }
    return alt.Axis(**(plain | options))


def number_axis(lang: Language, *, is_share: bool = False, **options: Any) -> alt.Axis:
    """An axis of numbers as the language writes them; shares in per cent."""
    expression = f"format(datum.value{' * 100' if is_share else ''}, ',~r')"
    if lang == "vi":
        expression = f"replace(replace(replace({expression}, /,/g, ' '), '.', ','), / /g, '.')"
    return axis(labelExpr=f"{expression} + '%'" if is_share else expression, **options)


def legend(**options: Any) -> alt.Legend:
    """A legend below the picture, with whole labels."""
    plain: dict[str, Any] = {
        "direction": "vertical",
        "labelFont": FONT,
        "labelFontSize": TEXT_SIZE,
        "labelLimit": 0,
        "orient": "bottom",
        "symbolType": "square",
        "title": None,
    }
    return alt.Legend(**(plain | options))


def finished(
    layers: Iterable[alt.Chart], title: str, notes: Sequence[str], told: str, **options: Any
) -> alt.LayerChart:
    """The whole chart: its layers, its title, and the same in words for those who can not see it.

    Args:
        layers: The layers, the lowest first.
        title: Its title.
        notes: The lines below the title.
        told: What the picture shows, in words.
        options: The width, the height and the like.
    """
    lines = [line for note in notes for line in note.split("\n")]
    heading = alt.TitleParams(
        title, subtitle=lines, anchor="start", font=FONT, fontSize=14, subtitleFont=FONT, subtitleFontSize=TEXT_SIZE
    )
    return alt.LayerChart(
        layer=list(layers), title=heading, description=f"{title}. {' '.join(lines)}. {told}.", **options
    )
