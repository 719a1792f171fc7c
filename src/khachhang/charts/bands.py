"""The distribution of one fact, with the cut points of a table that divides it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import altair as alt

from khachhang.charts.distribution import distribution_of
from khachhang.charts.parts import count_text, data, finished, legend, number_axis, width_of, words
from khachhang.charts.population import Facet, note_of
from khachhang.errors import Fault, InvalidError, UnknownFactError
from khachhang.facts import DecisionTable
from khachhang.rules.fact import Fact
from khachhang.rules.predicate import Among, Between, Comparison
from khachhang.rules.wording import check_language, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from khachhang.charts.distribution import Distribution
    from khachhang.facts import Assumption
    from khachhang.rules.predicate import Leaf
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Language

SUBJECT = "charts.bands"

_WIDTH, _HEIGHT, _FLAG, _LINES = 560, 240, 16, 4
"""The size of the picture, the height of a line of cut points above it, and how many such lines there are at most."""


def bands(
    facts: Any,
    table: DecisionTable[Any],
    *,
    fact: Fact[Any] | str | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    lang: Language = "vi",
) -> alt.LayerChart:
    """The distribution of a fact, its bars in the colours of the labels, with lines at the cut points of the table.

    At most fifty bars of equal width, closed on the left, ``[low, high)``. Where the highest hundredth of the customers
    lies far away from the others, the last bar holds all of them, and a line below the title says so. Customers of whom
    the fact is not known have no bar and are counted below the title. The bars of a private fact (an income, assets, a
    score) begin at 0: each is wide beside what is in it, so that its edges do not tell what a customer has.

    Args:
        facts: A dataframe of any engine with a column for each fact, one row a customer; or a list of profiles or of
            facts. Labels that it may have are not used: the table classifies anew.
        table: The table.
        fact: Which number is drawn, by name or as ``kh.fact.age``; None where the rules ask for one only.
        assume: What may stand for facts that are not known.
        lang: The language of the words, ``"vi"`` or ``"en"``.

    Returns:
        A chart of two data sets. The bars have a row for each label in each (`low`, `high`, `place`, `customers`), and
        the cut points one each (`at`, `text`); a whole number is cut just below it.

    Raises:
        InvalidError: If something is none of these, the column is not there, or the rules ask for several numbers and
            none is named.
        UnknownFactError: If the rules do not ask for the fact.
        UnknownLanguageError: For another language.

    >>> import polars as pl
    >>> from khachhang.classifiers import age_band
    >>> chart = bands(pl.DataFrame({"age": [8, 14, 15, 51, None]}), age_band(), lang="en")
    >>> [cut["text"] for cut in chart.to_dict()["layer"][1]["data"]["values"]]
    ['15', '22', '51']
    """
    check_language(lang)
    if not isinstance(table, DecisionTable):
        problem = f"a value of type {type(table).__name__} is no decision table"
        raise InvalidError(SUBJECT, [Fault("table", problem, "give a table, such as kh.classifiers.bands makes")])
    variable = _variable(table, fact)
    cuts = sorted({edge for leaf in table.leaves() if leaf.variable == variable for edge in _edges(leaf)})
    found = distribution_of(facts, table, variable, [float(cut) for cut in cuts], assume)
    return _drawn(found, table, variable, cuts, lang)


def _variable(table: DecisionTable[Any], fact: Fact[Any] | str | None) -> Variable:
    """The number that is meant; of those that the rules ask for."""
    asked = dict.fromkeys(leaf.variable for rule in table.rules for leaf in rule.condition.leaves())
    numbers = {variable.name: variable for variable in asked if variable.is_number}
    if fact is not None:
        name = fact.name if isinstance(fact, Fact) else fact
        if not isinstance(name, str) or name not in numbers:
            hint = f"the rules of {table.name!r} ask for these numbers: {', '.join(numbers) or 'none'}"
            raise UnknownFactError("number in these rules", name, (), hint)
        return numbers[name]
    if len(numbers) == 1:
        return next(iter(numbers.values()))
    problem = f"the rules of {table.name!r} ask for {', '.join(numbers) or 'no number'}"
    hint = f"say which one is drawn, such as fact={next(iter(numbers))!r}" if numbers else "give a table of bands"
    raise InvalidError(SUBJECT, [Fault("fact", problem, hint)])


def _edges(leaf: Leaf) -> Iterator[Any]:
    """Where a test cuts the line; whole numbers are cut just below the next one, as ``<= 50`` is ``< 51``."""
    step: Any = 1 if leaf.variable.type is int else 0
    match leaf:
        case Comparison(operator="<" | ">=", constant=constant):
            yield constant
        case Comparison(operator="<=" | ">", constant=constant):
            yield constant + step
        case Comparison(constant=constant):
            yield from (constant, constant + step)
        case Between(low=low, high=high, closed=closed):
            yield low if closed in {"both", "left"} else low + step
            yield high + step if closed in {"both", "right"} else high
        case Among(values=values):
            for value in values:
                yield from (value, value + step)
        case _:
            raise AssertionError(leaf)


def _drawn(
    found: Distribution, table: DecisionTable[Any], variable: Variable, cuts: list[Any], lang: Language
) -> alt.LayerChart:
    everybody = found.by_place.total()
    facet = Facet(table.name, table.category)
    places, colours = facet.places(found.by_place), facet.colours(ordered=True)
    shown = {place: f"{place.label(lang)}: {count_text(found.by_place[place], everybody, lang)}" for place in places}

    def ends_text(low: float, high: float, *, is_tail: bool) -> str:
        first, last = (_number(variable, end, lang) for end in (low, high))
        return f"≥ {first}" if is_tail else f"[{first}; {last})"

    heights: Counter[float] = Counter()
    rows: list[dict[str, Any]] = []
    for each in found.bins:
        rows.append(
            {
                "low": each.low,
                "high": each.high,
                "range": ends_text(each.low, each.high, is_tail=each.is_tail),
                "place": each.place.label(lang),
                "named": shown[each.place],
                "customers": each.customers,
                "bottom": heights[each.low],
                "top": heights[each.low] + each.customers,
                "text": count_text(each.customers, everybody, lang),
            }
        )
        heights[each.low] += each.customers
    inside = [cut for cut in cuts if found.low <= cut <= found.high]
    flags = _flags(inside, found, variable, lang)
    lines = max((flag["line"] for flag in flags), default=-1) + 1
    title = variable.label.text(lang)
    unit = "" if variable.unit is None else variable.unit.text(lang)
    x = alt.Scale(domain=[found.low, found.high], nice=False, zero=False)
    x_axis = number_axis(
        lang, title=f"{title} ({unit})" if unit else title, is_share=variable.is_share, grid=False, tickCount=8
    )
    y_axis = number_axis(lang, title="khách hàng" if lang == "vi" else "customers", tickMinStep=1)
    bars = (
        alt.Chart(data(rows))
        .mark_rect(stroke="#FFFFFF", strokeWidth=0.5)
        .encode(
            x=alt.X("low:Q", axis=x_axis, scale=x),
            x2="high:Q",
            y=alt.Y("bottom:Q", axis=y_axis),
            y2="top:Q",
            color=alt.Color(
                "named:N",
                scale=alt.Scale(
                    domain=[shown[place] for place in places],
                    range=[colours[place] for place in places],
                ),
                legend=legend(columns=2),
            ),
            tooltip=[
                alt.Tooltip("range:N", title=title),
                alt.Tooltip("place:N", title=table.category.facet_title(lang)),
                alt.Tooltip("text:N", title=" "),
            ],
        )
    )
    base = alt.Chart(data(flags)).encode(x=alt.X("at:Q", axis=x_axis, scale=x))
    rules = base.mark_rule(strokeDash=[4, 3], color=words()["color"])
    texts = [
        base.transform_filter(alt.datum.line == line)
        .mark_text(**words(align="center", y=-8 - line * _FLAG))
        .encode(text="text:N")
        for line in range(lines)
    ]
    notes = _notes(found, variable, [cut for cut in cuts if cut not in inside], lang)
    told = "; ".join(f"{row['range']}, {row['place']}: {row['text']}" for row in rows)
    heading = table.category.facet_title(lang)
    return finished([bars, rules, *texts], heading, notes, told, width=_WIDTH, height=_HEIGHT)


def _number(variable: Variable, value: Any, lang: Language) -> str:
    """A number on the axis, with at most as many decimals as are worth reading."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    rounded = round(exact, 4 if variable.is_share else 2)
    return value_text(variable, float(rounded) if variable.is_share else rounded, lang, unit=False)


def _flags(cuts: list[Any], found: Distribution, variable: Variable, lang: Language) -> list[dict[str, Any]]:
    """The cut points, each with a text in a line where it covers no other, or without one where the lines are full."""
    ends: list[float] = []
    flags: list[dict[str, Any]] = []
    for cut in cuts:
        text = _number(variable, cut, lang)
        at = (float(cut) - found.low) / (found.high - found.low) * _WIDTH
        half = width_of(text) / 2 + 2
        line = next((line for line, end in enumerate(ends) if end <= at - half), len(ends))
        if line == _LINES:
            text, line = "", 0
        else:
            ends[line:] = [at + half, *ends[line + 1 :]]
        flags.append({"at": float(cut), "text": text, "line": line})
    return flags


def _notes(found: Distribution, variable: Variable, outside: list[Any], lang: Language) -> list[str]:
    everybody = found.by_place.total()
    notes = [note_of(found.by_place, everybody, lang)]
    title = variable.label.text(lang)
    if found.unknown:
        unknown = count_text(found.unknown, everybody, lang)
        said = f"Chưa biết {title}" if lang == "vi" else f"{title[:1].upper()}{title[1:]} is not known"
        notes.append(f"{said}: {unknown}")
    tail = [each for each in found.bins if each.is_tail]
    if tail:
        many = count_text(sum(each.customers for each in tail), everybody, lang)
        low = _number(variable, tail[0].low, lang)
        notes.append(
            f"Cột cuối gồm mọi giá trị từ {low} trở lên: {many}"
            if lang == "vi"
            else f"The last bar holds all values from {low} on: {many}"
        )
    if outside:
        listed = "; ".join(_number(variable, cut, lang) for cut in outside)
        notes.append(
            f"Điểm cắt ngoài hình: {listed}" if lang == "vi" else f"Cut points outside of the picture: {listed}"
        )
    return notes
