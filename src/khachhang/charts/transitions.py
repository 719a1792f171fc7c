"""Who moved from one label to another between two dates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

import altair as alt
import attrs
import narwhals.stable.v2 as nw

from khachhang.charts.parts import LINE, NO_FRAME, count_text, data, finished, words
from khachhang.charts.population import Rest, facet_of, is_listed, main_place, profiles_of, rows_of
from khachhang.errors import Fault, InvalidError, are, repr_of
from khachhang.frames import transitions as pairs_of
from khachhang.frames.native import as_text
from khachhang.frames.population import ABSENT, check_key
from khachhang.frames.table import as_frame, check_present
from khachhang.rules import Outcome
from khachhang.rules.wording import check_language, date_text, number_text
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.charts.population import Facet, FacetLike, Place
    from khachhang.profiles import Profile
    from khachhang.taxonomy import Language

    Moves: TypeAlias = Counter[tuple[Place, Place]]

SUBJECT = "charts.transitions"

_WIDTH, _HEIGHT, _NODE, _GAP = 300, 340, 14, 12
_CURVE = 12
"""How many pieces a ribbon's curve has."""

_OUTCOME = "kh:"
"""Stands before an outcome that is put where a label's code would be."""

_SIDES = {"vi": ("Trước", "Sau"), "en": ("Before", "After")}


def transitions(
    before: Any,
    after: Any,
    facet: FacetLike,
    *,
    key: str = "customer_id",
    lang: Language = "vi",
    names: tuple[str, str] | None = None,
) -> alt.LayerChart:
    """Who moved: labels before on the left, after on the right, and between them ribbons as wide as customers many.

    Args:
        before: A dataframe of any engine, one row a customer, such as `khachhang.frames.classify` gives (with
            ``reasons=True`` the picture tells *undetermined* from *no label applies*); or a list of profiles.
        after: The same at a later date, of the same engine.
        facet: The facet's code, its label set, or the table itself; of several labels the primary one counts.
        key: The column that says which customer it is; profiles know it themselves.
        lang: The language of the words, ``"vi"`` or ``"en"``.
        names: What the two sides are called; None for the dates of the profiles, else *before* and *after*.

    Returns:
        A chart whose first data set has a row for each pair that occurs, in label order, with `before` and `after`
        (words), `customers` and `share` (of all customers, from 0 to 1). Those who stay, those without a
        label, and those who are in one of the two only are among them.

    Raises:
        InvalidError: If one is neither, they do not fit together, a column is not there, or a customer comes twice.
        UnknownNameError: If the facet is not known.
        UnknownLanguageError: For another language.

    >>> import polars as pl
    >>> old = pl.DataFrame({"customer_id": [1, 2, 3], "standing": ["active", "active", "prospect"]})
    >>> new = pl.DataFrame({"customer_id": [1, 2, 4], "standing": ["active", "former", "active"]})
    >>> for row in transitions(old, new, "standing", lang="en").to_dict()["layer"][0]["data"]["values"]:
    ...     print(row["before"], "→", row["after"], row["customers"])
    Active customer → Active customer 1
    Active customer → Former customer 1
    Prospect → Not in the data 1
    Not in the data → Active customer 1
    """
    check_language(lang)
    sides = _SIDES[lang] if names is None else _named(names)
    if is_listed(before) or is_listed(after):
        old, new = (_listed(each, field) for each, field in ((before, "before"), (after, "after")))
        of = facet_of(facet, old[0].template if old else new[0].template if new else ())
        moves = _of_profiles(old, new, of)
        if names is None and old and new:
            sides = (date_text(old[0].as_of, lang), date_text(new[0].as_of, lang))
    else:
        of = facet_of(facet)
        moves = _of_frames(before, after, of, key)
    return _drawn(moves, of, sides, lang)


def _named(given: object) -> tuple[str, str]:
    match given:
        case (str(before), str(after)):
            return before, after
        case _:
            hint = "give two texts, such as names=('2025', '2026')"
            raise InvalidError(SUBJECT, [Fault("names", f"{repr_of(given)} is no pair of names", hint)])


def _listed(given: Any, field: str) -> list[Profile]:
    if not is_listed(given):
        hint = "give two dataframes, or two lists of profiles"
        raise InvalidError(SUBJECT, [Fault(field, "it is no list, and the other one is", hint)])
    return profiles_of(given, SUBJECT, field)


def _of_profiles(before: list[Profile], after: list[Profile], facet: Facet) -> Moves:
    places: list[dict[str, Place]] = []
    for field, profiles in (("before", before), ("after", after)):
        found = {profile.customer_id: main_place(profile[facet.name]) for profile in profiles}
        twice = len(profiles) - len(found)
        if twice:
            problem = f"{twice} of its {len(profiles)} profiles {are(twice)} of a customer who has another one"
            raise InvalidError(SUBJECT, [Fault(field, problem, "give one profile for each customer")])
        places.append(found)
    old, new = places
    return Counter((old.get(each, Rest.ABSENT), new.get(each, Rest.ABSENT)) for each in old.keys() | new.keys())


def _of_frames(before: Any, after: Any, facet: Facet, key: str) -> Moves:
    old, new = (_coded(each, field, facet, key) for each, field in ((before, "before"), (after, "after")))
    moves: Moves = Counter()
    for row in rows_of(nw.from_native(pairs_of(old, new, facet.name, key))):
        pair = _place(facet, row["before"]), _place(facet, row["after"])
        moves[pair] += int(row["customers"])
    return moves


def _coded(given: Any, field: str, facet: Facet, key: str) -> Any:
    """The table with its outcome in the place of a label that there is not, where it tells the outcome."""
    frame = as_frame(given, SUBJECT, field)
    check_key(key, SUBJECT)
    check_present(frame, (key, facet.name), SUBJECT, field)
    outcome = f"{facet.name}_outcome"
    code = as_text(facet.name)
    if outcome in frame.collect_schema().names():
        told = nw.concat_str(nw.lit(_OUTCOME), as_text(outcome))
        code = nw.when(code.is_null()).then(told).otherwise(code)
    return frame.select(nw.col(key), code.alias(facet.name)).to_native()


def _place(facet: Facet, code: str | None) -> Place:
    if code is None:
        return Rest.UNLABELLED
    if code == ABSENT:
        return Rest.ABSENT
    if code.startswith(_OUTCOME):
        return Rest[Outcome(code.removeprefix(_OUTCOME)).name]
    return facet.label_of(code, SUBJECT)


@attrs.define
class _Node:
    """A label on one side: how many customers, where it stands, and how much of it has its ribbons already."""

    place: Place
    customers: int
    top: float = 0.0
    used: float = 0.0


def _nodes(counts: Counter[Place], order: Iterable[Place], scale: float) -> dict[Place, _Node]:
    """The labels of one side from the top down, never nearer to each other than a line of words."""
    made: dict[Place, _Node] = {}
    top = 0.0
    for place in order:
        if counts[place]:
            height = counts[place] * scale
            lead = max(LINE - height, 0.0) / 2  # room for the words beside a thin one
            made[place] = _Node(place, counts[place], top + lead)
            top += max(height, LINE) + _GAP
    return made


def _drawn(moves: Moves, facet: Facet, sides: tuple[str, str], lang: Language) -> alt.LayerChart:
    everybody = moves.total()
    places, colours = facet.places(place for pair in moves for place in pair), facet.colours()
    counts: tuple[Counter[Place], Counter[Place]] = (Counter(), Counter())
    for (old, new), customers in moves.items():
        counts[0][old] += customers
        counts[1][new] += customers
    scale = _HEIGHT / everybody if everybody else 0.0
    before, after = (_nodes(each, places, scale) for each in counts)
    flows: list[dict[str, Any]] = []
    for old, new in sorted(moves, key=lambda pair: [places.index(place) for place in pair]):
        customers = moves[old, new]
        start, end, height = before[old], after[new], customers * scale
        ribbon = _ribbon(start.top + start.used, end.top + end.used, height)
        start.used += height
        end.used += height
        flow = {"before": old.label(lang), "after": new.label(lang), "colour": colours[old], "customers": customers}
        share = {"share": customers / everybody, "text": count_text(customers, everybody, lang)}
        flows.append(flow | share | ribbon)
    boxes = [
        {
            "place": node.place.label(lang),
            "text": f"{node.place.label(lang)}: {count_text(node.customers, everybody, lang)}",
            "colour": colours[node.place],
            "side": side,
            "left": left,
            "right": left + _NODE,
            "top": node.top,
            "bottom": node.top + node.customers * scale,
            "middle": node.top + node.customers * scale / 2,
        }
        for side, left, nodes in ((sides[0], -_NODE, before), (sides[1], _WIDTH, after))
        for node in nodes.values()
    ]
    low = max(
        (max(node.top + node.used, node.top + LINE) for each in (before, after) for node in each.values()), default=LINE
    )
    told = "; ".join(f"{flow['before']} → {flow['after']}: {flow['text']}" for flow in flows)
    layers, title = _layers(flows, boxes, sides, low), facet.category.facet_title(lang)
    size = {"width": _WIDTH, "height": low + 2 * LINE}
    return finished(layers, title, _notes(moves, counts, lang), told, **size, view=NO_FRAME)


def _layers(
    flows: list[dict[str, Any]], boxes: list[dict[str, Any]], sides: tuple[str, str], low: float
) -> list[alt.Chart]:
    x: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[0, _WIDTH], nice=False, zero=False)}
    y: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[low, -2 * LINE], nice=False, zero=False)}
    colour = alt.Color("colour:N", scale=None)
    ribbons = (
        alt.Chart(data(flows))
        .transform_window(flow="row_number()")
        .transform_flatten(["x", "low", "high"])
        .mark_area(opacity=0.55)
        .encode(
            x=alt.X("x:Q", **x),
            y=alt.Y("low:Q", **y),
            y2="high:Q",
            color=colour,
            detail="flow:O",
            tooltip=[
                alt.Tooltip("before:N", title=sides[0]),
                alt.Tooltip("after:N", title=sides[1]),
                alt.Tooltip("text:N", title=" "),
            ],
        )
    )
    base = alt.Chart(data(boxes))
    rectangles = base.mark_rect(stroke="#666666", strokeWidth=0.5).encode(
        x=alt.X("left:Q", **x),
        x2="right:Q",
        y=alt.Y("top:Q", **y),
        y2="bottom:Q",
        color=colour,
        tooltip=[alt.Tooltip("side:N", title=" "), alt.Tooltip("text:N", title=" ")],
    )
    texts = [
        base.transform_filter(alt.datum.left == left)
        .mark_text(**words(align=align, dx=dx))
        .encode(x=alt.X(f"{end}:Q", **x), y=alt.Y("middle:Q", **y), text="text:N")
        for left, end, align, dx in ((-_NODE, "left", "right", -6), (_WIDTH, "right", "left", 6))
    ]
    heads = (
        alt.Chart(data([{"x": -_NODE, "text": sides[0]}, {"x": _WIDTH + _NODE, "text": sides[1]}]))
        .mark_text(**words(fontWeight="bold", align=alt.expr("datum.x < 0 ? 'right' : 'left'")))
        .encode(x=alt.X("x:Q", **x), y=alt.datum(-1.5 * LINE), text="text:N")
    )
    return [ribbons, rectangles, *texts, heads]


def _notes(moves: Moves, counts: tuple[Counter[Place], Counter[Place]], lang: Language) -> list[str]:
    everybody = moves.total()
    stayed = sum(customers for (old, new), customers in moves.items() if old is new and isinstance(old, Category))
    first = "khách hàng; giữ nguyên nhãn" if lang == "vi" else "customers; with the same label"
    notes = [f"{number_text(everybody, lang)} {first}: {count_text(stayed, everybody, lang)}"]
    found = [rest for rest in (Rest.UNDETERMINED, Rest.UNLABELLED) if any(side[rest] for side in counts)]
    for rest in found or [Rest.UNDETERMINED]:
        old, new = (number_text(side[rest], lang) for side in counts)
        times = f"{old} trước, {new} sau" if lang == "vi" else f"{old} before, {new} after"
        notes.append(f"{rest.label(lang)}: {times}")
    return notes


def _ribbon(top: float, end: float, height: float) -> dict[str, list[float]]:
    """The two edges of a ribbon, level where it leaves and where it arrives."""
    steps = [step / _CURVE for step in range(_CURVE + 1)]
    edge = [round(top + (end - top) * step * step * (3 - 2 * step), 2) for step in steps]
    return {
        "x": [round(step * _WIDTH, 2) for step in steps],
        "low": edge,
        "high": [round(each + height, 2) for each in edge],
    }
