"""One customer's history with the label over time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import altair as alt
import attrs

from khachhang.charts import palette
from khachhang.charts.parts import axis, data, finished, legend, share_text, width_of, words
from khachhang.charts.population import Facet, Rest, places_of
from khachhang.entities import Customer
from khachhang.errors import Fault, InvalidError
from khachhang.facts.derivation import check_day
from khachhang.profiles import classify
from khachhang.rules import Classifier
from khachhang.rules.wording import check_language, date_text, number_text
from khachhang.taxonomy import InteractionKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from khachhang.charts.population import Place
    from khachhang.entities import Business
    from khachhang.facts import Assumption, LeapDay
    from khachhang.taxonomy import Language

SUBJECT = "charts.timeline"

_WIDTH, _STEP = 560, 30
_DAY = timedelta(days=1)
_DEFAULT = 365
_MOST_DAYS = 36_525
_FEW_DAYS = 120
_PURCHASE = {"vi": "Mua hàng", "en": "Purchase"}


def timeline(
    customer: Customer,
    table: Classifier[Any],
    *,
    as_of: date,
    since: date | None = None,
    business: Business | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    leap_day: LeapDay = "03-01",
    lang: Language = "vi",
) -> alt.LayerChart:
    """What happened, day by day, and below it the label that the customer had on each of these days.

    The label of a day is that of classifying as of that day, so what came later does not count for it.

    Args:
        customer: Who, and what happened.
        table: The table, or any classifier.
        as_of: The last day, included.
        since: The first day, included; None for that of the first purchase or interaction, or a year back.
        business: The seller whose view is taken.
        assume: What may stand for facts that are not known, on every day alike.
        rates: For each currency how many units of the business's currency one unit is worth.
        leap_day: When one born on 29 February turns a year older in a common year: ``"03-01"`` or ``"02-28"``.
        lang: The language of the words, ``"vi"`` or ``"en"``.

    Returns:
        A chart of two data sets. The spans have a row for each stretch of days with one label (`place`, `start` and
        `last`, both included, `days`), and the events one each (`event`, `day`). Where several labels may apply each
        has a line of its own.

    Raises:
        InvalidError: If an argument or the history can not be meant, or `since` is after `as_of`.
        CurrencyError: If the history is in several currencies and a rate is lacking.
        UnknownLanguageError: For another language.

    >>> from khachhang.classifiers import standing
    >>> from khachhang.entities import Person, Purchase
    >>> from khachhang.facts import RECORDED_IS_ALL
    >>> lan = Customer("KH-001", Person("Nguyễn Thị Lan"), purchases=[Purchase(date(2025, 1, 5), 250_000)])
    >>> chart = timeline(lan, standing(), as_of=date(2026, 6, 30), assume=RECORDED_IS_ALL, lang="en")
    >>> for span in chart.to_dict()["layer"][0]["data"]["values"]:
    ...     print(span["place"], span["start"], span["last"])
    Active customer 2025-01-05 2026-01-05
    Former customer 2026-01-06 2026-06-30
    """
    check_language(lang)
    for day in (as_of, as_of if since is None else since):
        check_day(day, leap_day)
    _check(customer, table, as_of, since)
    events = sorted(_events(customer, lang))
    if since is None:
        year_back = date.fromordinal(max(as_of.toordinal() - _DEFAULT, 1))
        since = min([day for day, _ in events if day <= as_of], default=year_back)
    days = (as_of - since).days + 1
    if days > _MOST_DAYS:
        problem = f"from {since.isoformat()} to as_of, {as_of.isoformat()}, there are {days} days"
        raise InvalidError(
            SUBJECT, [Fault("since", problem, "give a later first day: a picture has room for a century")]
        )
    runs: list[_Run] = []
    open_runs: dict[Place, _Run] = {}
    for number in range(days):
        day = since + number * _DAY
        profile = classify(
            customer, as_of=day, template=[table], business=business, assume=assume, rates=rates, leap_day=leap_day
        )
        places = places_of(profile.classifications[0])
        open_runs = {place: open_runs.get(place) or _Run(place, day, day) for place in places}
        for run in open_runs.values():
            if run.first == day:
                runs.append(run)
            run.last = day
    shown = [(day, what) for day, what in events if since <= day <= as_of]
    return _drawn(runs, shown, table, (customer.id, since, as_of), lang)


def _check(customer: object, table: object, as_of: date, since: date | None) -> None:
    faults: list[Fault] = []
    if not isinstance(customer, Customer):
        faults.append(
            Fault("customer", f"a value of type {type(customer).__name__} is no customer", "give kh.Customer")
        )
    if not isinstance(table, Classifier):
        hint = "give a table, such as kh.classifiers.benefit() or one of your own"
        faults.append(Fault("table", f"a value of type {type(table).__name__} is no table", hint))
    if since is not None and since > as_of:
        faults.append(Fault("since", f"{since.isoformat()} is after as_of, {as_of.isoformat()}", "give an earlier day"))
    if faults:
        raise InvalidError(SUBJECT, faults)


def _events(customer: Customer, lang: Language) -> list[tuple[date, str]]:
    bought = [(purchase.day, _PURCHASE[lang]) for purchase in customer.purchases or ()]
    return [*bought, *((each.day, each.kind.label(lang)) for each in customer.interactions or ())]


@attrs.define
class _Run:
    """A stretch of days at one place."""

    place: Place
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def _drawn(
    runs: list[_Run],
    events: list[tuple[date, str]],
    table: Classifier[Any],
    whose: tuple[str, date, date],
    lang: Language,
) -> alt.LayerChart:
    customer_id, since, as_of = whose
    days = (as_of - since).days + 1
    facet = Facet(table.name, table.category)
    title, colours = facet.category.facet_title(lang), facet.colours()
    found = {run.place for run in runs}
    places = [place for place in facet.places(found) if place in found]
    many = len(runs) > 1 and any(later.first <= run.last for run, later in pairwise(runs))
    spans = [_span(run, many=many, days=days, colours=colours, lang=lang) for run in runs]
    for span in spans:
        span["line"] = span["place"] if many else title
    happened = {what for _, what in events}
    kinds = [what for what in (_PURCHASE[lang], *(kind.label(lang) for kind in InteractionKind)) if what in happened]
    lines = [*kinds, *([place.label(lang) for place in places] if many else [title])]
    y = alt.Y("line:N", sort=lines, axis=axis(ticks=False, domain=False, labelPadding=6), scale=alt.Scale(domain=lines))
    scale = alt.Scale(type="utc", domain=[since.isoformat(), _end(as_of)], nice=False)
    pattern = _pattern(days, lang)
    x_axis = axis(labelExpr=f"utcFormat(datum.value, '{pattern}')", tickCount=6, labelFlush=True, grid=True)
    of = alt.Color(
        "place:N",
        scale=alt.Scale(
            domain=[place.label(lang) for place in places],
            range=[colours[place] for place in places],
        ),
        legend=None if many else legend(),
    )
    base = alt.Chart(data(spans)).encode(y=y)
    start = alt.X("start:T", axis=x_axis, scale=scale)
    tips = [alt.Tooltip("place:N", title=title), alt.Tooltip("text:N", title=" ")]
    bars = base.mark_bar(height=_STEP - 8).encode(x=start, x2="end:T", color=of, tooltip=tips)
    inner = (
        base.transform_filter(alt.datum.is_named)
        .mark_text(**words())
        .encode(x=alt.X("middle:T", axis=x_axis, scale=scale), text="place:N", color=alt.Color("ink:N", scale=None))
    )
    rows = [{"line": what, "event": what, "day": day.isoformat(), "text": date_text(day, lang)} for day, what in events]
    dots = (
        alt.Chart(data(rows))
        .mark_point(filled=True, size=50, opacity=0.8, color="#777777")
        .encode(
            x=alt.X("day:T", axis=x_axis, scale=scale),
            y=y,
            tooltip=[alt.Tooltip("event:N", title=" "), alt.Tooltip("text:N", title="  ")],
        )
    )
    unknown = sum(run.days for run in runs if run.place is Rest.UNDETERMINED)
    whole = f"{number_text(days, lang)} {'ngày, chưa xác định' if lang == 'vi' else 'days, undetermined'}"
    note = f"{_stretch(since, as_of, lang)}; {whole}: {number_text(unknown, lang)} ({share_text(unknown, days, lang)})"
    told = "; ".join(f"{span['place']}: {span['text']}" for span in spans)
    size = {"width": _WIDTH, "height": alt.Step(_STEP)}
    return finished([bars, inner, dots], f"{customer_id}: {title}", [note], told, **size)


def _span(run: _Run, *, many: bool, days: int, colours: Mapping[Place, str], lang: Language) -> dict[str, Any]:
    place, words_of = run.place, run.place.label(lang)
    colour = colours[place]
    return {
        "place": words_of,
        "start": run.first.isoformat(),
        "last": run.last.isoformat(),
        "days": run.days,
        "end": _end(run.last),
        "middle": f"{(datetime.combine(run.first, time()) + run.days * _DAY / 2).isoformat()}Z",
        "text": _stretch(run.first, run.last, lang),
        "ink": palette.ink_on(colour),
        "is_named": not many and width_of(words_of) < _WIDTH * run.days / days - 8,
    }


def _end(day: date) -> str:
    """When a day is over."""
    return (day if day == date.max else day + _DAY).isoformat()


def _pattern(days: int, lang: Language) -> str:
    """How a date is written on the axis."""
    if days <= _FEW_DAYS:
        return "%d/%m" if lang == "vi" else "%d %b"
    return "%m/%Y" if lang == "vi" else "%b %Y"


def _stretch(first: date, last: date, lang: Language) -> str:
    """From which day to which, both included."""
    return f"{date_text(first, lang)} {'đến' if lang == 'vi' else 'to'} {date_text(last, lang)}"
