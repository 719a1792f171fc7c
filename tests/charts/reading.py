"""What a chart holds, read from the specification that a browser or vl-convert would get."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

Row = dict[str, Any]


def specification(chart: alt.LayerChart) -> Row:
    """The chart as data, held against the schema of Vega-Lite."""
    made: Row = chart.to_dict(validate=True)
    return made


def data_sets(chart: alt.LayerChart) -> list[list[Row]]:
    """The different data sets of a chart, in the order of its layers."""
    return list(_data_sets(specification(chart)))


def _data_sets(part: Row) -> Iterator[list[Row]]:
    if "values" in part.get("data", {}):
        yield part["data"]["values"]
    for layer in part.get("layer", []):
        yield from _data_sets(layer)


def rows(chart: alt.LayerChart, column: str) -> list[Row]:
    """The rows of the first data set with a column."""
    found = [each for each in data_sets(chart) if each and column in each[0]]
    return found[0] if found else []


def title(chart: alt.LayerChart) -> tuple[str, list[str]]:
    """The title and the lines below it."""
    heading = specification(chart)["title"]
    return heading["text"], heading["subtitle"]


def size(chart: alt.LayerChart) -> int:
    """How many characters the chart is, as it goes to a browser."""
    return len(json.dumps(specification(chart)))
