"""How many customers bear each label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from khachhang.charts import palette
from khachhang.charts.parts import NO_FRAME, axis, count_text, data, finished, words
from khachhang.charts.population import Rest, population_of
from khachhang.rules.wording import check_language

if TYPE_CHECKING:
    from khachhang.charts.population import FacetLike
    from khachhang.taxonomy import Language

_STEP = 34


def segments(population: Any, facet: FacetLike, *, lang: Language = "vi") -> alt.LayerChart:
    """How many customers bear each label, as bars in label order; grey bars for those without one.

    Args:
        population: A dataframe of any engine, one row a customer, such as `khachhang.frames.classify` gives (with
            ``reasons=True`` the picture tells *undetermined* from *no label applies*); or a list of profiles.
        facet: The facet's code, its label set, or the table itself.
        lang: The language of the words, ``"vi"`` or ``"en"``.

    Returns:
        A chart with one row of data a label, which holds `place` (its words), `code`, `customers` and `share` (of all
        customers, from 0 to 1). Where a customer may have several labels the shares may add up to more than 1, and who
        is undetermined may have certain labels all the same.

    Raises:
        InvalidError: If the population is neither, or lacks the facet's column.
        UnknownNameError: If the facet is not known.
        UnknownLanguageError: For another language.

    >>> import polars as pl
    >>> table = pl.DataFrame({"age_band": ["over_50", "under_15", "over_50", None]})
    >>> for row in segments(table, "age_band", lang="en").to_dict()["data"]["values"]:
    ...     print(row["place"], row["customers"], row["share"])
    Under 15 1 0.25
    15 to under 22 0 0.0
    22 to 50 0 0.0
    Over 50 2 0.5
    Undetermined, or no label applies 1 0.25
    """
    check_language(lang)
    found = population_of(population, [facet], "charts.segments")
    (of,) = found.facets
    everybody = found.customers
    by_place = found.by_place()
    rows: list[dict[str, Any]] = []
    for place in of.places(by_place):
        customers = by_place[place]
        rows.append(
            {
                "place": place.label(lang),
                "code": place.name.lower() if isinstance(place, Rest) else place.value,
                "customers": customers,
                "share": customers / everybody if everybody else 0.0,
                "text": count_text(customers, everybody, lang),
                "colour": palette.NO_LABEL if isinstance(place, Rest) else palette.BLUE,
            }
        )
    base = alt.Chart(data(rows)).encode(
        x=alt.X("customers:Q", axis=None),
        y=alt.Y("place:N", sort=None, axis=axis(ticks=False, domain=False, labelPadding=6)),
    )
    bars = base.mark_bar(height=_STEP - 12).encode(
        color=alt.Color("colour:N", scale=None),
        tooltip=[alt.Tooltip("place:N", title=of.category.facet_title(lang)), alt.Tooltip("text:N", title=" ")],
    )
    texts = base.mark_text(**words(align="left", dx=5)).encode(text="text:N")
    told = "; ".join(f"{row['place']}: {row['text']}" for row in rows)
    title, notes = of.category.facet_title(lang), [found.note(lang)]
    return finished([bars, texts], title, notes, told, width=380, height=alt.Step(_STEP), view=NO_FRAME)
