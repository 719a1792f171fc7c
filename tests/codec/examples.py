"""For every type that has a form in documents, examples of it; and documents that are nearly right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st
from tests import strategies as ours

import khachhang as kh
from khachhang import advice, testing
from khachhang.facts import Fill
from khachhang.facts.assumption import as_assumption
from khachhang.facts.catalogue import VARIABLES
from khachhang.taxonomy import Contrast, Term, Words
from khachhang.testing import activity, party

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

AS_OF = date(2026, 6, 30)
NPS = kh.fact.custom("nps", int, low=0, high=10, vi="điểm giới thiệu", en="the recommendation score")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
counts = st.integers(0, 10**6)
days = st.dates()
amounts = st.decimals(0, 10**12, places=2)
words = st.builds(Words, texts, texts)
terms = st.builds(Term, texts, words, words, texts)
names = party.names("person", hostile=True)
people = st.builds(
    advice.Specialist, names, st.frozensets(st.sampled_from(kh.Skill)), st.frozensets(st.sampled_from(kh.Duty))
)
roles = st.builds(advice.Role, names, st.lists(st.sampled_from(kh.Skill)), st.lists(st.sampled_from(kh.Duty)))
lacks = st.builds(advice.lacking, people, roles)
matters = st.builds(
    advice.OpenMatter,
    texts,
    st.sampled_from(kh.InteractionKind),
    days,
    counts,
    st.none() | st.sampled_from(kh.Channel),
    st.none() | st.sampled_from(kh.Topic),
)
supports = st.builds(
    advice.Support, holding=counts, known=counts, customers=counts, others_holding=counts, others_known=counts
)
tables = testing.tables(hostile=True)
customers = testing.customers(hostile=True)


@st.composite
def facts(draw: DrawFn) -> kh.Facts:
    """Facts, some of them assumed, with some of the user's own."""
    known: Any = draw(testing.facts(hostile=True)).known()
    own = (
        st.integers(-(10**9), 10**9)
        | st.booleans()
        | texts
        | st.floats(allow_nan=False, allow_infinity=False)
        | amounts
    )
    extra = draw(st.dictionaries(texts.filter(lambda name: name not in VARIABLES), own, max_size=3))
    assumed = draw(st.frozensets(st.sampled_from(sorted(known)))) if known else frozenset()
    return kh.Facts(**known, extra=extra, assumed=assumed)


@st.composite
def rules(draw: DrawFn) -> kh.Rule[Any]:
    """A rule of a table."""
    return draw(st.sampled_from(draw(tables.filter(lambda table: bool(table.rules))).rules))


@st.composite
def answers(draw: DrawFn) -> kh.Classification[Any]:
    """What a shipped table, or one with labels made at run time, says."""
    banded = kh.classifiers.bands(kh.fact.age, [18, 65], name="working_age")
    table: kh.DecisionTable[Any] = draw(st.sampled_from([*ours.TABLES, banded]))
    return table.classify(draw(facts()))


@st.composite
def wishes(draw: DrawFn) -> advice.Wish:
    """A wish with or without words and support."""
    weight = draw(st.decimals("0.01", 1000, places=2))
    condition = draw(rules()).condition
    return advice.Wish(condition, weight, draw(st.none() | words), support=draw(st.none() | supports))


personas = st.builds(
    advice.Persona, names, st.lists(wishes(), min_size=1, max_size=3, unique_by=lambda wish: repr(wish.predicate))
)


_TEMPLATES: tuple[Any, ...] = (
    None,
    kh.templates.retail(
        income_band=kh.classifiers.IncomeBandPolicy(cuts=ours.INCOME_CUTS, currency="VND"),
        benefit=kh.classifiers.BenefitPolicy(active_days=30),
    ),
    kh.templates.professional_services,
    [kh.classifiers.bands(kh.fact.spend, [10**6], currency="VND"), kh.classifiers.standing()],
)


@st.composite
def profiles(draw: DrawFn) -> kh.Profile:
    """A profile by a template of the library, with or without policies, or by one of the user's own."""
    customer, business, template = draw(ours.customers()), draw(ours.businesses()), draw(st.sampled_from(_TEMPLATES))
    return kh.classify(customer, as_of=AS_OF, template=template, business=business)


@st.composite
def follow_ups(draw: DrawFn) -> advice.FollowUp:
    """What is to be done for a few customers."""
    return advice.follow_up(draw(st.lists(ours.customers(), min_size=1, max_size=2)), AS_OF)


@st.composite
def label_changes(draw: DrawFn) -> advice.LabelChange:
    """A change of label by time alone, of a person who is going to be 15, 22 and 51."""
    who = kh.Customer("KH-001", kh.Person("Lan", birth_date=draw(st.dates(date(2015, 1, 1), date(2026, 1, 1)))))
    return draw(st.sampled_from(advice.next_changes(who, [kh.classifiers.age_band()], AS_OF)))


@st.composite
def affordabilities(draw: DrawFn) -> advice.Affordability:
    """Whether something is affordable, known or not."""
    amount = st.integers(0, 10**9)
    income, obligations = draw(st.none() | amount), draw(st.none() | amount)
    return advice.affordability(draw(amount), draw(st.integers(1, 60)), income, obligations, monthly_interest="0.01")


def thresholds(kind: type[Any]) -> SearchStrategy[Any]:
    """A policy of advice: each field as usual, or any other."""
    made: dict[str, Any] = {
        field.name: st.just(field.default)
        | (st.floats(0, 1) if isinstance(field.default, float) else st.integers(1, 99))
        for field in attrs.fields(kind)
    }
    return st.builds(kind, **made)


assumptions = st.sampled_from(
    [
        kh.RECORDED_IS_ALL,
        as_assumption({"age": 31, "spend": "19.90", "gender": "female", "nps": 9}, {"nps": NPS.variable}),
    ]
)

EXAMPLES: dict[type[Any], SearchStrategy[Any]] = {
    advice.Affordability: affordabilities(),
    advice.AffordabilityPolicy: st.builds(advice.AffordabilityPolicy, share=st.decimals(0, 1, places=4)),
    advice.Assignment: st.builds(advice.Assignment, texts, people, st.lists(matters, max_size=2).map(tuple), lacks),
    advice.CustomerCare: follow_ups().map(lambda found: found.customers[0]),
    advice.DuePractice: st.builds(
        advice.DuePractice, st.sampled_from(kh.Practice), st.lists(words, max_size=2).map(tuple)
    ),
    advice.FollowUp: follow_ups(),
    advice.FollowUpPolicy: thresholds(advice.FollowUpPolicy),
    advice.LabelChange: label_changes(),
    advice.Lack: lacks,
    advice.Match: st.builds(lambda persona, known: persona.match(known), personas, testing.facts()),
    advice.OpenMatter: matters,
    advice.Persona: personas,
    advice.PersonaPolicy: thresholds(advice.PersonaPolicy),
    advice.Role: roles,
    advice.Specialist: people,
    advice.Support: supports,
    advice.Wish: wishes(),
    Contrast: st.builds(Contrast, words, words, words),
    Fill: assumptions.flatmap(lambda assumption: st.sampled_from(assumption.fills)),
    Term: terms,
    kh.Assumption: assumptions,
    kh.Business: testing.businesses(hostile=True),
    kh.Classification: answers(),
    kh.Contact: testing.contacts(hostile=True),
    kh.Customer: customers,
    kh.DecisionTable: tables,
    kh.Facts: facts(),
    kh.Fault: st.builds(kh.Fault, texts, texts, texts),
    kh.Group: testing.groups(hostile=True),
    kh.Identifier: testing.identifiers(hostile=True),
    kh.Interaction: testing.interactions(hostile=True),
    kh.Need: activity.needs(),
    kh.Organization: testing.organizations(hostile=True),
    kh.Person: testing.persons(hostile=True),
    kh.Predicate: rules().map(lambda rule: rule.condition),
    kh.Profile: profiles(),
    kh.Purchase: testing.purchases(hostile=True),
    kh.Rule: rules(),
    kh.StyleScores: party.style_scores(),
    kh.Template: testing.templates(hostile=True),
    kh.Tie: testing.ties(),
    kh.Words: words,
    kh.classifiers.Policy: testing.policies(hostile=True),
    **{
        kind: testing.policies(kind, hostile=True)
        for name in kh.classifiers.__all__
        if isinstance(kind := getattr(kh.classifiers, name), type) and kind is not kh.classifiers.Policy
    },
}
"""For every type what it can be."""

_OTHERS: tuple[Any, ...] = (
    None, True, 0, -1, 3, 31.0, 1.5, 10**30, "", "x", " ", "VND", "19.90", "2026-01-05", "2026-13-05", "Person", [], {},
    [None], [{}], {"x": 1}, ["x"],
)  # fmt: skip


def context_of(value: Any) -> dict[str, Any]:
    """What is to be given beside a document, so that it can be read."""
    is_own = isinstance(value, kh.Profile) and value.template.name == "custom"
    return {"template": value.template} if is_own else {}


@st.composite
def nearly(draw: DrawFn, document: Any) -> Any:
    """A document with one thing in it changed, taken away or added, however deep."""
    if isinstance(document, dict) and document and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(document)))
        match draw(st.sampled_from(["inside", "inside", "inside", "gone", "new"])):
            case "gone":
                return {name: each for name, each in document.items() if name != key}
            case "new":
                return {**document, "unheard_of": 1}
            case _:
                return {**document, key: draw(nearly(document[key]))}
    if isinstance(document, list) and document and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(document) - 1))
        return [*document[:place], draw(nearly(document[place])), *document[place + 1 :]]
    return draw(st.sampled_from(_OTHERS))
