"""The strategy for customers: any, or those to whom given facets give given labels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from khachhang.entities import Business, Customer, Group, Need, Organization, Person, StyleScores, Tie
from khachhang.errors import TableError
from khachhang.facts import DecisionTable, facts_of
from khachhang.facts.catalogue import VARIABLES
from khachhang.rules.space import TooMany
from khachhang.taxonomy import Capacity, Category, LeadingStyle, Origin, PartyKind, TieKind
from khachhang.templates import as_template
from khachhang.testing import _wanted as parts
from khachhang.testing._aim import Demand, Solver, demand, space_of, to_label
from khachhang.testing._dealing import Plan, plans_of
from khachhang.testing._given import Given, check_options, chosen, wrong
from khachhang.testing._wanted import Wanted
from khachhang.testing.activity import histories, interactions, needs, ties
from khachhang.testing.activity import purchases as paid
from khachhang.testing.party import AS_OF, birth_dates, groups, names, organizations, persons
from khachhang.testing.record import start_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

    from khachhang.entities import Interaction, Purchase
    from khachhang.rules import Classifier
    from khachhang.rules.space import Space
    from khachhang.templates import Template

_PARTS = {
    "party": parts.PARTY,
    "purchases": parts.BUYING | parts.DEALING,
    "interactions": parts.INTERACTING | parts.DEALING,
    "ties": parts.TIES,
    "need": parts.NEED,
    "declared_capacity": frozenset({"declared_capacity"}),
}
"""The facts that come from each field of a customer."""


def customers(
    *,
    id: Given[str] = ...,  # noqa: A002  # the field's name
    party: Given[Person | Organization | Group] = ...,
    purchases: Given[Iterable[Purchase] | None] = ...,
    interactions: Given[Iterable[Interaction] | None] = ...,
    ties: Given[Iterable[Tie] | None] = ...,
    need: Given[Need | None] = ...,
    declared_capacity: Given[Capacity | str | None] = ...,
    origin: Given[Origin | str | None] = ...,
    previous_brand: Given[str | None] = ...,
    as_of: date = AS_OF,
    business: Business | None = None,
    template: Template | Iterable[Classifier[Any]] | None = None,
    hostile: bool = False,
    **labels: Category | str | Iterable[Category | str],
) -> SearchStrategy[Customer]:
    """Customers with Vietnamese names and histories that end on a given day.

    With labels they are classified so, by ``kh.classify(customer, as_of=as_of, business=business, template=template)``:
    the tables are inverted, and a history is built from which the facts follow. Nothing is filtered.

    Args:
        id: This and every other field of `Customer`: a value, a strategy, or ``...`` for what the kit makes.
        party: As for `id`; with labels that depend on the party a value, no strategy. The same holds for the fields
            `purchases`, `interactions`, `ties`, `need` and `declared_capacity`.
        purchases: As for `id`.
        interactions: As for `id`.
        ties: As for `id`.
        need: As for `id`.
        declared_capacity: As for `id`.
        origin: As for `id`.
        previous_brand: As for `id`.
        as_of: The day on which the labels hold, and to which the kit's own histories reach.
        business: The seller, in whose currency the kit's own purchases are; needed for labels that depend on its
            industry or currency. None: in dong.
        template: The tables that give the labels; None for the general ones.
        hostile: Whether names in NFD, leap days, days after `as_of`, and empty and huge histories may occur.
        **labels: For each facet its label or code (where several apply at once, one or several that must be certain).

    Raises:
        TableError: If a facet is not in the template or is no table, a label is none, no rule gives it, or nobody can
            have all of the labels at once beside what is fixed.

    >>> from hypothesis import find
    >>> from khachhang.profiles import classify
    >>> someone = find(customers(age_band="over_50", benefit="loyal"), lambda customer: True)
    >>> someone.party.name, len(someone.purchases)
    ('Nguyễn Thị Lan', 5)
    >>> classify(someone, as_of=AS_OF).benefit.label.value
    'loyal'
    """
    check_options("customers", hostile=hostile, as_of=as_of)
    if not (business is None or isinstance(business, Business)):
        raise wrong("customers", "business", business, "is no Business", "give a kh.Business")
    given = {
        "id": id, "party": party, "purchases": purchases, "interactions": interactions, "ties": ties, "need": need,
        "declared_capacity": declared_capacity, "origin": origin, "previous_brand": previous_brand,
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not ...}
    currency = "VND" if business is None else business.currency
    free = _free(given, as_of, currency, hostile=hostile)
    if not labels:
        return st.builds(Customer, **free)
    aims = _aims(labels, template)
    space = space_of([table for table, _ in aims])
    fixed, forbidden = _fixed(given, as_of, business)
    made = _ways(aims, space, Solver(space, start_of(space, fixed, forbidden)), as_of)
    return _measured(made, free, as_of, currency)


def _free(given: Mapping[str, Any], as_of: date, currency: str, *, hostile: bool) -> dict[str, SearchStrategy[Any]]:
    """A strategy for each field, of which nothing but what is given is asked."""
    bought = histories(paid(currency=currency, as_of=as_of, hostile=hostile), hostile=hostile)
    dealt = histories(interactions(as_of=as_of, hostile=hostile), max_size=6, hostile=hostile)
    tied = st.lists(ties(as_of=as_of, hostile=hostile), max_size=3)
    made: dict[str, SearchStrategy[Any]] = {
        "id": st.integers(1, 999).map("KH-{:03}".format),
        "party": persons(as_of=as_of, hostile=hostile)
        | organizations(hostile=hostile)
        | groups(as_of=as_of, hostile=hostile),
        "purchases": st.none() | bought,
        "interactions": st.none() | dealt,
        "ties": st.none() | tied,
        "need": st.none() | needs(),
        "declared_capacity": st.sampled_from((None, None, *(one for one in Capacity if one != Capacity.UNDECLARED))),
        "origin": st.sampled_from((None, *Origin)),
        "previous_brand": st.none() | names("brand", hostile=hostile),
    }
    return {name: chosen(given.get(name, ...), strategy) for name, strategy in made.items()}


def _aims(labels: Mapping[str, Any], template: Any) -> list[tuple[DecisionTable[Any], Category]]:
    made = []
    chosen_template = as_template(template)
    for facet, wanted in labels.items():
        known = [classifier.name for classifier in chosen_template]
        if facet not in known:
            problem = f"customers: template {chosen_template.name!r} has no facet {facet!r}"
            left_out = chosen_template.left_out.get(facet)
            hint = f"the facets are {', '.join(known)}" if left_out is None else left_out.en
            raise TableError(problem, hint)
        table = chosen_template[facet]
        if not isinstance(table, DecisionTable):
            problem = f"customers: {facet!r} is no table, so there is no way back from its labels"
            raise TableError(problem, "give the entities' own fields, and classify to see what comes out")
        one = isinstance(wanted, str) or not isinstance(wanted, Iterable)
        several = [wanted] if one else wanted
        made += [(table, to_label(table.category, label, f"customers, {facet}")) for label in several]
    return made


def _fixed(given: Mapping[str, Any], as_of: date, business: Business | None) -> tuple[dict[str, Any], set[str]]:
    """The facts that follow from the fields that are given as values, and those of which nothing can be promised."""
    values = {name: value for name, value in given.items() if name in _PARTS and not isinstance(value, SearchStrategy)}
    fields: dict[str, Any] = {"id": "KH-001", "party": Group("Gia đình Lan"), **values}
    some = Customer(**fields)
    known = facts_of(some, as_of, business=business).known()
    own = {name for name in _PARTS if name not in given}
    settled = set(parts.BUSINESS).union(*(_PARTS[name] for name in values))
    if not {"purchases", "interactions"} <= values.keys() and not {"purchases", "interactions"} <= own:
        settled -= parts.DEALING
    reachable = set().union(*(_PARTS[name] for name in own))
    if not {"purchases", "interactions"} <= own:
        reachable -= parts.DEALING
    fixed = {name: known[name] for name in settled & known.keys()}
    return fixed, set(VARIABLES) - fixed.keys() - reachable


@attrs.frozen
class _Way:
    """One way to have all the labels."""

    wanted: Wanted
    plan: Plan


def _ways(
    aims: list[tuple[DecisionTable[Any], Category]], space: Space, solver: Solver, as_of: date
) -> list[tuple[Wanted, list[Plan]]]:
    what = " and ".join(f"{table.name}={label.value}" for table, label in aims)
    custom = {axis.variable.name for axis in space.axes if axis.variable.name not in VARIABLES}
    solver.start.update({place: 0 for place, axis in enumerate(space.axes) if axis.variable.name in custom})
    demands: list[Demand] = [demand(table, label) for table, label in aims]
    try:
        boxes = solver.boxes(demands)
    except TooMany:
        problem = f"customers: the tables are too large to find a customer with {what}"
        raise TableError(problem, "ask for fewer labels at once") from None
    found = [(wanted, plans) for wanted in (Wanted(space, box) for box in boxes) if (plans := plans_of(wanted, as_of))]
    if not found:
        problem = f"customers: nobody can be made with {what}"
        hint = (
            "ask for labels that go together; give business= where they depend on it; fix fewer fields, and as values"
        )
        raise TableError(problem, hint)
    return found


def _measured(
    ways: list[tuple[Wanted, list[Plan]]],
    free: Mapping[str, SearchStrategy[Any]],
    as_of: date,
    currency: str,
) -> SearchStrategy[Customer]:
    choices = st.sampled_from([_Way(wanted, plan) for wanted, plans in ways for plan in plans])

    @st.composite
    def customer(draw: DrawFn) -> Customer:
        way = draw(choices)
        wanted = way.wanted
        made: dict[str, Any] = {}
        if not wanted.is_free(parts.PARTY):
            made["party"] = _party(draw, wanted, as_of)
        bought, dealt = way.plan.drawn(draw, as_of, currency)
        made |= {
            name: events for name, events in (("purchases", bought), ("interactions", dealt)) if events is not None
        }
        if not wanted.is_free(parts.TIES):
            made["ties"] = _ties(draw, wanted, as_of)
        if not wanted.is_free(parts.NEED):
            made["need"] = _need(draw, wanted)
        if not wanted.is_free(["declared_capacity"]):
            capacity = draw(wanted.values("declared_capacity"))
            made["declared_capacity"] = None if capacity == Capacity.UNDECLARED else capacity
        return Customer(**{name: made[name] if name in made else draw(free[name]) for name in free})

    return customer()


def _party(draw: DrawFn, wanted: Wanted, as_of: date) -> Person | Organization | Group:
    kind = draw(wanted.values("party_kind"))
    if kind == PartyKind.GROUP:
        return draw(groups(as_of=as_of))
    if kind == PartyKind.ORGANIZATION:
        if wanted.is_free(["organization_kind"]):
            return draw(organizations())
        return draw(organizations(kind=wanted.values("organization_kind")))
    fields: dict[str, Any] = {name: wanted.values(name) for name in wanted.names(_AS_RECORDED)}
    if not wanted.is_free(["age"]):
        fields["birth_date"] = _born(draw(wanted.values("age")), as_of)
    if not wanted.is_free(["leading_style"]):
        fields["styles"] = _styles(draw(wanted.values("leading_style")))
    return draw(persons(as_of=as_of, **fields))


_AS_RECORDED = ("gender", "occupation", "monthly_income", "investable_assets")


def _born(age: int, as_of: date) -> SearchStrategy[date]:
    """The birth dates of those who have completed so many years, the first of January the simplest.

    One born on 29 February grows older on 1 March of a common year.
    """
    new_year = date(as_of.year - age, 1, 1)
    last = _same_day(as_of, as_of.year - age)
    first = _same_day(as_of, as_of.year - age - 1) + timedelta(days=1) if age + 1 < as_of.year else new_year
    return st.integers((first - new_year).days, (last - new_year).days).map(
        lambda days: new_year + timedelta(days=days)
    )


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # there is no 29 February
        return date(year, 2, 28)


def _styles(leading: LeadingStyle) -> StyleScores:
    scores = dict.fromkeys((style.value for style in LeadingStyle if style is not LeadingStyle.TIED), 25.0)
    for style in ("dominance", "influence") if leading is LeadingStyle.TIED else (leading.value,):
        scores[style] = 75.0
    return StyleScores(**scores)


def _ties(draw: DrawFn, wanted: Wanted, as_of: date) -> list[Tie]:
    """Ties of which some stand and others do not: they have ended, or there never were any."""
    made = []
    for kind in TieKind:
        name = f"tie_{kind.value}"
        if draw(_SELDOM if wanted.is_free([name]) else wanted.values(name)):
            made.append(Tie(kind, since=draw(st.none() | birth_dates(as_of))))
        elif as_of > date.min and draw(_SELDOM):
            made.append(Tie(kind, until=as_of - timedelta(days=1)))
    return made


_SELDOM = st.sampled_from((False,) * 15 + (True,))


def _need(draw: DrawFn, wanted: Wanted) -> Need:
    flags: dict[str, Any] = {name: draw(wanted.values(name)) for name in wanted.names(sorted(parts.NEED))}
    rest = sorted(parts.NEED - flags.keys())
    return Need(**flags, **{name: draw(_FLAGS) for name in rest})


_FLAGS = st.sampled_from((None, True, False))
