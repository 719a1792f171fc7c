"""Two facets at once: how many customers bear each pair of labels."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import altair as alt

from khachhang.charts import palette
from khachhang.charts.parts import LINE, axis, data, finished, height_of, share_text, words, wrapped
from khachhang.charts.population import population_of
from khachhang.rules.wording import check_language, number_text

if TYPE_CHECKING:
    from khachhang.charts.population import FacetLike, Place
    from khachhang.taxonomy import Language

_CELL, _ROW = 104, 46
_DARK = 0.65
"""The share of the largest cell from which on white is read better than black on Vega's scheme *blues*."""


def cross(population: Any, facet: FacetLike, by: FacetLike, *, lang: Language = "vi") -> alt.LayerChart:
    """Two facets at once: a cell for each pair of labels, the darker the more customers, with their number and share.

    Args:
        population: A dataframe of any engine, one row a customer, such as `khachhang.frames.classify` gives; or a list
            of profiles.
        facet: The facet of the rows: its code, its label set, or the table itself.
        by: The facet of the columns, alike.
        lang: The language of the words, ``"vi"`` or ``"en"``.

    Returns:
        A chart with one row of data a cell, which holds `row` and `column` (words, in label order, those without a
        label last), `customers` and `share` (of all customers, from 0 to 1). A customer with several labels counts in
        several cells.

    Raises:
        InvalidError: If the population is neither, or lacks a column.
        UnknownNameError: If a facet is not known.
        UnknownLanguageError: For another language.

    >>> import polars as pl
    >>> table = pl.DataFrame({"side": ["external", "external", "internal"], "standing": ["active", "former", "active"]})
    >>> cells = cross(table, "side", "standing", lang="en").to_dict()["data"]["values"]
    >>> [(cell["row"], cell["column"]) for cell in cells if cell["customers"]]
    [('Internal', 'Active customer'), ('External', 'Active customer'), ('External', 'Former customer')]
    """
    check_language(lang)
    found = population_of(population, [facet, by], "charts.cross")
    pairs: Counter[tuple[Place, Place]] = Counter()
    for (rows, columns), customers in found.counts.items():
        for row in rows:
            for column in columns:
                pairs[row, column] += customers
    of_rows, of_columns = found.facets
    cells: list[dict[str, Any]] = []
    for row in of_rows.places(found.by_place(0)):
        for column in of_columns.places(found.by_place(1)):
            customers = pairs[row, column]
            share = share_text(customers, found.customers, lang)
            cells.append(
                {
                    "row": row.label(lang),
                    "column": column.label(lang),
                    "lines": wrapped(column.label(lang), _CELL - 8),
                    "customers": customers,
                    "share": customers / found.customers if found.customers else 0.0,
                    "text": f"{number_text(customers, lang)}\n{share}",
                }
            )
    most = max((cell["customers"] for cell in cells), default=0)
    titles = [facet.category.facet_title(lang) for facet in found.facets]
    padding = 5 + max((height_of(cell["lines"]) for cell in cells), default=LINE) - LINE  # lines grow downwards
    base = alt.Chart(data(cells)).encode(
        x=alt.X(
            "lines:N",
            sort=None,
            axis=axis(orient="top", labelAngle=0, labelPadding=padding, ticks=False, domain=False, title=titles[1]),
        ),
        y=alt.Y("row:N", sort=None, axis=axis(ticks=False, domain=False, title=titles[0], labelPadding=6)),
    )
    squares = base.mark_rect(stroke="#888888", strokeWidth=0.5).encode(
        color=alt.condition(
            alt.datum.customers == 0,
            alt.value(palette.PAPER),
            alt.Color("customers:Q", legend=None, scale=alt.Scale(scheme="blues", domain=[0, max(most, 1)])),
        ),
        tooltip=[
            alt.Tooltip("row:N", title=titles[0]),
            alt.Tooltip("column:N", title=titles[1]),
            alt.Tooltip("text:N", title=" "),
        ],
    )
    dark = alt.datum.customers > most * _DARK
    inner = base.mark_text(**words(dy=-LINE / 2)).encode(
        text="text:N", color=alt.condition(dark, alt.value(palette.PAPER), alt.value(palette.INK))
    )
    notes = [f"{title}: {found.note(lang, number)}" for number, title in enumerate(titles)]
    told = "; ".join(
        f"{cell['row']}, {cell['column']}: {cell['text']}".replace("\n", " ") for cell in cells if cell["customers"]
    )
    size = {"width": alt.Step(_CELL), "height": alt.Step(_ROW)}
    return finished([squares, inner], " / ".join(titles), notes, told, **size)
