"""Facts from a table of customers: who they are, what they need, and what they declared."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.facts.record import _IMPLIED
from khachhang.frames import native
from khachhang.frames.events import FIELDS as COLUMNS
from khachhang.frames.events import KEY, STYLES, until
from khachhang.frames.faults import Check
from khachhang.frames.truth import conjunction, disjunction, expression, negation
from khachhang.taxonomy import Capacity, LeadingStyle, PartyKind

if TYPE_CHECKING:
    from khachhang.frames.events import Events, Settings
    from khachhang.frames.truth import Truth

_PERSONS = ("gender", "occupation", "monthly_income", "investable_assets", "birth_date", *STYLES)
_CODED = ("party_kind", "organization_kind", "gender", "declared_capacity")
_AMOUNTS = ("monthly_income", "investable_assets")
_TOP_STYLE = 100
FIELDS: dict[str, tuple[str, ...]] = {
    "party_kind": ("party_kind", "organization_kind", *_PERSONS),
    "organization_kind": ("organization_kind",),
    "age": ("birth_date",),
    "gender": ("gender",),
    "occupation": ("occupation",),
    "monthly_income": ("monthly_income",),
    "investable_assets": ("investable_assets",),
    "leading_style": STYLES,
    "declared_capacity": ("declared_capacity",),
    "has_need": ("has_need",),
    "has_means": ("has_means",),
    "taste_matches": ("taste_matches",),
    "is_interested": ("is_interested",),
}
"""The facts, each with the columns from which it follows."""

TWICE = "__twice"
_LEAP_DAY, _DAY_BEFORE = 229, 228


def checks(events: Events, settings: Settings) -> list[Check]:
    """What may be wrong with a customer."""
    made = [Check(KEY, "there is no id", nw.col(KEY).is_null())]
    if TWICE in events.frame.collect_schema():
        made.append(Check(KEY, "several rows bear this id", nw.col(TWICE)))
    made += [Check(name, "it is no code of its label set", events.stray(name)) for name in _CODED]
    if events.has("birth_date"):
        late = conjunction((negation(events.unknown("birth_date")), _late(events, settings)))
        made.append(Check("birth_date", f"it is after the as-of date {settings.as_of.isoformat()}", late))
    problems = dict.fromkeys(_AMOUNTS, "it is below 0") | dict.fromkeys(STYLES, f"a score lies from 0 to {_TOP_STYLE}")
    made += [Check(name, problem, negation(_in_range(events, name))) for name, problem in problems.items()]
    other = {
        kind: conjunction((_known(events, "party_kind"), negation(events.is_one_of("party_kind", kind))))
        for kind in PartyKind
    }
    for name in _PERSONS:
        odd = conjunction((_known(events, name), other[PartyKind.PERSON]))
        made.append(Check(name, "only a person has it, and the party is none", odd, is_error=False))
    odd = conjunction((_known(events, "organization_kind"), other[PartyKind.ORGANIZATION]))
    made.append(Check("organization_kind", "only an organisation has it, and the party is none", odd, is_error=False))
    return made


def with_twice(events: Events) -> Events:
    """The same, with a mark on customers of whom there are several rows."""
    key = nw.col(KEY)
    found: Any = events.frame.filter(~key.is_null()).group_by(KEY).agg(nw.len().alias(TWICE))
    found = found.with_columns((nw.col(TWICE) > 1).alias(TWICE)).filter(nw.col(TWICE))
    joined: Any = events.frame
    joined = joined.drop(*(name for name in native.of_null_type(joined) if name != KEY))  # PyArrow joins none
    joined = joined.join(found, on=KEY, how="left").with_columns(nw.col(TWICE).fill_null(value=False))
    return attrs.evolve(events, entry=attrs.evolve(events.entry, frame=joined))


def _known(events: Events, name: str) -> Truth:
    return conjunction((negation(events.unknown(name)), negation(events.stray(name)) if name in _CODED else True))


def _late(events: Events, settings: Settings) -> nw.Expr:
    return ~until(events.frame, "birth_date", settings.as_of)


def _in_range(events: Events, name: str) -> Truth:
    """Where a number is one that can be, or not known."""
    if not events.has(name):
        return True
    variable = COLUMNS[events.table][name]
    ends = [events.compared(name, ">=", variable.low)]
    if variable.high is not None:
        ends.append(events.compared(name, "<=", variable.high))
    return disjunction((events.unknown(name), conjunction(ends)))


def facts_of_rows(events: Events, settings: Settings) -> dict[str, nw.Expr]:
    """What the row of each customer tells."""
    made: dict[str, nw.Expr] = {}
    for name in (
        "organization_kind",
        "gender",
        "occupation",
        "has_need",
        "has_means",
        "taste_matches",
        "is_interested",
    ):
        if events.has(name):
            made[name] = nw.when(expression(_known(events, name))).then(events.value(name))
    for name in _AMOUNTS:
        if events.has(name):
            sound = conjunction((negation(events.unknown(name)), _in_range(events, name)))
            made[name] = nw.when(expression(sound)).then(events.value(name))
    if events.has("birth_date"):
        made["age"] = _age(events, settings)
    styled = conjunction(
        truth for name in STYLES for truth in (negation(events.unknown(name)), _in_range(events, name))
    )
    if styled is not False:
        made["leading_style"] = _leading_style(events, styled)
    made["declared_capacity"] = _declared(events)
    kinds = (
        [nw.when(expression(_known(events, "party_kind"))).then(events.value("party_kind"))]
        if events.has("party_kind")
        else []
    )
    implying: dict[str, Truth] = {name: _known(events, FIELDS[name][0]) for name, _ in _IMPLIED} | {
        "leading_style": styled
    }
    for name, kind in _IMPLIED:
        if implying[name] is not False:
            kinds.append(nw.when(expression(implying[name])).then(nw.lit(kind.value, dtype=nw.String)))
    if kinds:
        made["party_kind"] = kinds[0] if len(kinds) == 1 else nw.coalesce(*kinds)
    return made


def _declared(events: Events) -> nw.Expr:
    undeclared = nw.lit(Capacity.UNDECLARED.value, dtype=nw.String)
    if not events.has("declared_capacity"):
        return undeclared
    declared = nw.when(expression(_known(events, "declared_capacity"))).then(events.value("declared_capacity"))
    return nw.coalesce(declared, nw.when(expression(events.unknown("declared_capacity"))).then(undeclared))


def _age(events: Events, settings: Settings) -> nw.Expr:
    """Completed years by the calendar, in real numbers: whole ones of eight bits would run over."""
    born = nw.col("birth_date").dt
    today = settings.as_of
    last = today.month * 100 + today.day
    if settings.leap_day == "02-28" and last == _DAY_BEFORE and not calendar.isleap(today.year):
        last = _LEAP_DAY  # one born on 29 February has a birthday today
    birthday = born.month().cast(nw.Float64) * 100 + born.day().cast(nw.Float64)
    years = today.year - born.year().cast(nw.Float64)
    completed = nw.when(birthday > last).then(years - 1).otherwise(years)
    sound = conjunction((negation(events.unknown("birth_date")), ~_late(events, settings)))
    return nw.when(expression(sound)).then(completed)


def _leading_style(events: Events, styled: Truth) -> nw.Expr:
    """The style of the highest score; `tied` where none is higher than all others."""
    values = {name: events.real(name) for name in STYLES}
    cases = []
    for name, value in values.items():
        highest = conjunction(value > other for rival, other in values.items() if rival != name)
        cases.append(nw.when(expression(conjunction((styled, highest)))).then(nw.lit(name, dtype=nw.String)))
    tied = nw.when(expression(styled)).then(nw.lit(LeadingStyle.TIED.value, dtype=nw.String))
    return nw.coalesce(*cases, tied)
