"""What Hypothesis makes for the tests: facts that can be, complete or partly known, and customers with histories.

Numbers lean towards the edges of the shipped rules, where mistakes are made.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang import classifiers
from khachhang.entities import (
    Business,
    Customer,
    Group,
    Interaction,
    Need,
    Organization,
    Person,
    Purchase,
    StyleScores,
    Tie,
)
from khachhang.facts import DecisionTable, Facts
from khachhang.facts.catalogue import VARIABLES
from khachhang.taxonomy import (
    Capacity,
    Industry,
    InteractionKind,
    OrganizationKind,
    Purpose,
    Sentiment,
    TieKind,
    Topic,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.rules.variable import Variable

AS_OF = date(2026, 6, 30)

INCOME_CUTS = (5_000_000, 10_000_000, 20_000_000, 40_000_000)
ASSET_CUTS = (50_000_000, 500_000_000, 25_000_000_000, 750_000_000_000)
TABLES: tuple[DecisionTable[Any], ...] = (
    classifiers.subject(),
    classifiers.benefit(),
    classifiers.age_band(),
    classifiers.relationship_type(),
    classifiers.scope(),
    classifiers.side(),
    classifiers.engagement(),
    classifiers.income_band(classifiers.IncomeBandPolicy(cuts=INCOME_CUTS, currency="VND")),
    classifiers.personality(),
    classifiers.financial_tier(classifiers.FinancialTierPolicy(cuts=ASSET_CUTS, currency="VND")),
    classifiers.standing(),
    classifiers.contribution(),
    classifiers.customer_definition(),
)
"""Every shipped table, the money bands in dong."""

_EDGES = (0, 1, 2, 3, 4, 5, 14, 15, 21, 22, 50, 51, 89, 90, 91, 364, 365, 366)
_AMOUNTS = (0, 1, *INCOME_CUTS, *ASSET_CUTS, INCOME_CUTS[0] - 1, ASSET_CUTS[0] - 1)


def values(variable: Variable) -> SearchStrategy[Any]:
    """What one fact of the catalogue can be."""
    if variable.category is not None or variable.type is bool:
        return st.sampled_from(list(variable.category or [False, True]))
    if variable.type is str:
        return st.sampled_from(["VND", "USD"] if variable.name == "currency" else ["giáo viên", "kỹ sư"])
    if variable.type is int:
        return st.sampled_from(_EDGES) | st.integers(0, 2_000)
    if variable.type is Decimal:
        return (st.sampled_from(_AMOUNTS) | st.integers(0, 10**12)).map(Decimal)
    if variable.is_share:
        return st.sampled_from([0.0, 0.4999999999999999, 0.5, 0.9999999999999999, 1.0]) | st.floats(0, 1)
    return st.floats(0, 10 if variable.high is not None else 800, width=32)


@st.composite
def complete_facts(draw: DrawFn) -> Facts:
    """Everything known that has a value."""
    known: dict[str, Any] = {}
    for name, variable in VARIABLES.items():
        if variable.exists is None or variable.exists.truth(Facts(**known)):
            known[name] = draw(values(variable))
    return Facts(**known)


def without(facts: Facts, names: set[str]) -> Facts:
    """The same facts, those named not known."""
    kept: Any = {name: value for name, value in facts.known().items() if name not in names}
    return Facts(**kept)


@st.composite
def partly_known_facts(draw: DrawFn) -> tuple[Facts, Facts]:
    """Complete facts, and the same with some of them not known."""
    complete = draw(complete_facts())
    names = sorted(complete.known())
    if draw(st.booleans()):
        return complete, without(complete, set(draw(st.lists(st.sampled_from(names), max_size=8))))
    return complete, without(complete, set(names) - set(draw(st.lists(st.sampled_from(names), max_size=12))))


def facts() -> SearchStrategy[Facts]:
    """Facts of which some may not be known."""
    return partly_known_facts().map(lambda pair: pair[1])


def days() -> SearchStrategy[date]:
    """Days around the as-of date, a few of them after it."""
    back = st.sampled_from([0, 1, 90, 91, 365, 366]) | st.integers(-40, 900)
    return back.map(lambda count: AS_OF - timedelta(days=count))


@st.composite
def purchases(draw: DrawFn) -> Purchase:
    """A purchase in dong: discounted or not, returned in part, wholly, or not at all."""
    amount = draw(st.sampled_from([0, 1, 100_000]) | st.integers(0, 10**9))
    return Purchase(
        day=draw(days()),
        amount=amount,
        list_amount=draw(st.sampled_from([None, amount, amount + 1])),
        returned=draw(st.sampled_from([0, 0, 0, amount // 2, amount])),
        purpose=draw(st.none() | st.sampled_from(Purpose)),
    )


@st.composite
def interactions(draw: DrawFn) -> Interaction:
    """Any interaction, resolved before the as-of date, after it, or never."""
    day = draw(days())
    return Interaction(
        day=day,
        kind=draw(st.sampled_from(InteractionKind)),
        topic=draw(st.none() | st.sampled_from(Topic)),
        score=draw(st.none() | st.sampled_from([0, 0.1, 5, 9.7, 10])),
        sentiment=draw(st.none() | st.sampled_from(Sentiment)),
        resolved_on=draw(st.none() | st.sampled_from([day, day + timedelta(days=30)])),
    )


@st.composite
def ties(draw: DrawFn) -> Tie:
    """A tie that stands, has ended, or has not begun."""
    first, last = sorted([draw(days()), draw(days())])
    return Tie(
        draw(st.sampled_from(TieKind)), draw(st.sampled_from([None, first])), draw(st.sampled_from([None, last]))
    )


@st.composite
def persons(draw: DrawFn) -> Person:
    """A person born before the as-of date."""
    scores = st.sampled_from([0, 50, 100])
    return Person(
        name="Nguyễn Thị Lan",
        birth_date=draw(st.none() | st.dates(date(1920, 1, 1), AS_OF)),
        occupation=draw(st.sampled_from([None, "giáo viên"])),
        monthly_income=draw(st.none() | st.sampled_from(_AMOUNTS)),
        investable_assets=draw(st.none() | st.sampled_from(_AMOUNTS)),
        styles=draw(st.none() | st.builds(StyleScores, scores, scores, scores, scores)),
    )


def parties() -> SearchStrategy[Person | Organization | Group]:
    """A person, an organisation or a group."""
    firms = st.builds(Organization, st.just("Hoa Sen"), st.none() | st.sampled_from(OrganizationKind))
    return persons() | firms | st.just(Group("Gia đình Lan"))


def needs() -> SearchStrategy[Need]:
    """A need of which each part may be known or not."""
    flags = st.none() | st.booleans()
    return st.builds(Need, has_need=flags, has_means=flags, taste_matches=flags, is_interested=flags)


@st.composite
def customers(draw: DrawFn) -> Customer:
    """A customer whose histories may be known or not, and empty or not."""
    return Customer(
        id="KH-001",
        party=draw(parties()),
        purchases=draw(st.none() | st.lists(purchases(), max_size=7)),
        interactions=draw(st.none() | st.lists(interactions(), max_size=7)),
        ties=draw(st.none() | st.lists(ties(), max_size=3)),
        need=draw(st.none() | needs()),
        declared_capacity=draw(st.none() | st.sampled_from(Capacity)),
    )


def businesses() -> SearchStrategy[Business]:
    """A business that reckons in dong."""
    return st.builds(Business, st.just("Sông Hồng"), st.none() | st.sampled_from(Industry))
