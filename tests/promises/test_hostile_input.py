"""Whatever stands where a value is wanted: a result, or one of the library's own errors."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

import khachhang as kh
from khachhang import advice, classifiers, templates

if TYPE_CHECKING:
    from collections.abc import Callable


class Sly(str):
    """A text whose comparisons raise."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


def nested(depth: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


def cyclic() -> list[Any]:
    made: list[Any] = []
    made.append(made)
    return made


def cyclic_mapping() -> dict[str, Any]:
    made: dict[str, Any] = {}
    made["age"] = made
    return made


ODD: dict[str, Any] = {
    "none": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "huge": 10**400,
    "long digits": 10**5000,
    "fraction": Fraction(1, 3),
    "nan": math.nan,
    "infinity": math.inf,
    "complex": 1j,
    "decimal nan": Decimal("NaN"),
    "signalling nan": Decimal("sNaN"),
    "decimal infinity": Decimal("-Infinity"),
    "tiny": Decimal("1e-400"),
    "vast": Decimal("1e400"),
    "empty": "",
    "surrogate": "\ud800",
    "reversed": "\u202eabc\u2066",
    "null": "\x00",
    "long text": "x" * 100_000,
    "many accents": "a" + "\u0301" * 50_000,
    "bytes": b"age",
    "no date": datetime.max.replace(tzinfo=UTC),
    "last day": date.max,
    "first day": date.min,
    "deep": nested(5_000),
    "cyclic": cyclic(),
    "cyclic mapping": cyclic_mapping(),
    "object": object(),
    "type": int,
    "function": len,
    "mapping": {"age": object(), 3: 4},
    "set": frozenset({None, 1, "x"}),
    "label": kh.Benefit.LOYAL,
    "other label": kh.AgeBand.UNDER_15,
    "customer": kh.Customer("KH-1", kh.Person("Lan")),
    "facts": kh.Facts(age=30),
    "table": kh.classifiers.age_band(),
    "predicate": kh.fact.age < 15,
    "rule": kh.when(kh.always).then(kh.AgeBand.UNDER_15),
    "iterator": iter([1]),
}

DAY = date(2026, 6, 30)
LAN = kh.Customer(
    "KH-1",
    kh.Person("Lan", birth_date=date(1990, 1, 1)),
    purchases=[kh.Purchase(DAY, 5)],
    interactions=[kh.Interaction(DAY, "complaint")],
    ties=[kh.Tie("bank")],
)
FACTS = kh.Facts(purchase_count=3, days_since_last_purchase=5)
BENEFIT = classifiers.benefit()
PERSONA = advice.Persona("x", wishes=[kh.fact.age > 3])

CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "Person": (kh.Person, {"name": "Lan", "birth_date": None, "gender": None, "occupation": None, "monthly_income": 1,
                           "investable_assets": 1, "styles": None}),
    "StyleScores": (kh.StyleScores, {"dominance": 1, "influence": 2, "steadiness": 3, "conscientiousness": 4}),
    "Organization": (kh.Organization, {"name": "A", "kind": "company", "industry": "bank"}),
    "Group": (kh.Group, {"name": "A", "members": ()}),
    "Business": (kh.Business, {"name": "A", "industry": "bank", "currency": "VND"}),
    "Purchase": (kh.Purchase, {"day": DAY, "amount": 5, "currency": "VND", "quantity": 1, "list_amount": 6,
                               "returned": 0, "purpose": "self", "offering": "product"}),
    "Interaction": (kh.Interaction, {"day": DAY, "kind": "survey", "channel": None, "topic": None, "score": 1,
                                     "sentiment": None, "resolved_on": None}),
    "Tie": (kh.Tie, {"kind": "bank", "since": None, "until": None}),
    "Need": (kh.Need, {"has_need": True, "has_means": None, "taste_matches": None, "is_interested": None}),
    "Customer": (kh.Customer, {"id": "KH", "party": LAN.party, "purchases": (), "interactions": (), "ties": (),
                               "need": None, "declared_capacity": None, "origin": None, "previous_brand": None}),
    "Facts": (kh.Facts, {"age": 3, "gender": None, "spend": 4, "purchase_count": 1, "discounted_share": 0.5, "ties": (),
                         "has_need": True, "currency": "VND", "occupation": "x", "extra": {}, "assumed": ()}),
    "facts_of": (kh.facts_of, {"customer": LAN, "as_of": DAY, "business": None, "rates": None, "leap_day": "03-01"}),
    "classify": (kh.classify, {"customer": LAN, "as_of": DAY, "template": None, "business": None, "assume": None,
                               "rates": None, "leap_day": "03-01"}),
    "classify_all": (lambda **given: list(kh.classify_all(**given)),
                     {"customers": [LAN], "as_of": DAY, "template": None, "assume": None}),
    "is_customer": (kh.is_customer, {"facts": FACTS, "definition": "habit"}),
    "assuming": (FACTS.assuming, {"assume": {"age": 3}}),
    "changed": (FACTS.changed, {"values": {"age": 3}}),
    "term": (kh.term, {"code": "x", "vi": "a", "en": "b"}),
    "compare": (lambda value: kh.fact.age < value, {"value": 3}),
    "equal": (lambda value: kh.fact.gender == value, {"value": kh.Gender.FEMALE}),
    "money": (lambda value: kh.fact.spend >= value, {"value": 3}),
    "between": (kh.fact.age.between, {"low": 1, "high": 3, "closed": "both"}),
    "is_in": (kh.fact.occupation.is_in, {"values": ["x"]}),
    "custom": (kh.fact.custom, {"name": "nps", "kind": int, "low": 0, "high": 10, "vi": "x", "en": "y"}),
    "has": (kh.fact.ties.has, {"kind": "bank"}),
    "named": (lambda name: kh.fact[name], {"name": "age"}),
    "then": (kh.when(kh.always).then, {"label": kh.AgeBand.UNDER_15}),
    "when": (kh.when, {"condition": kh.always}),
    "DecisionTable": (kh.DecisionTable, {"name": "t", "category": kh.AgeBand, "rules": [], "hit": kh.HitPolicy.FIRST,
                                         "otherwise": None, "given": None, "priority": None, "source": ""}),
    "from_dict": (kh.DecisionTable.from_dict, {"d": BENEFIT.to_dict(), "category": kh.Benefit, "facts": ()}),
    "from_grid": (kh.DecisionTable.from_grid, {"rows": [["age", "benefit"], ["> 3", "loyal"]], "name": "g",
                                               "category": kh.Benefit, "hit": kh.HitPolicy.FIRST, "otherwise": None, "facts": ()}),
    "table.classify": (BENEFIT.classify, {"facts": FACTS}),
    "table.label": (BENEFIT.label, {"facts": FACTS}),
    "table.labels": (BENEFIT.labels, {"facts": FACTS}),
    "table.explain": (BENEFIT.explain, {"facts": FACTS, "lang": "vi", "why_not": kh.Benefit.LOYAL}),
    "table.verify": (BENEFIT.verify, {"budget": None}),
    "table.diff": (BENEFIT.diff, {"other": BENEFIT}),
    "table.paths_to": (BENEFIT.paths_to, {"label": kh.Benefit.LOYAL, "facts": FACTS, "changeable": None}),
    "label words": (kh.Benefit.LOYAL.label, {"lang": "vi"}),
    "choices": (kh.Benefit.choices, {"lang": "vi"}),
    "bands": (classifiers.bands, {"of": kh.fact.age, "cuts": [3, 5], "category": None, "name": "x"}),
    "benefit policy": (classifiers.BenefitPolicy, {"loyal_min_purchases": 5, "active_days": 365}),
    "income policy": (classifiers.IncomeBandPolicy, {"cuts": [1, 2, 3, 4], "currency": "VND"}),
    "engagement policy": (classifiers.EngagementPolicy, {"client_industries": [kh.Industry.FINANCE], "customer_industries": []}),
    "benefit": (classifiers.benefit, {"policy": None}),
    "template": (templates.general, {"benefit": classifiers.BenefitPolicy()}),
    "Template": (kh.Template, {"name": "x", "classifiers": []}),
    "Assumption": (kh.Assumption, {"name": "x", "words": kh.Words("a", "b"), "fills": ()}),
    "Persona": (advice.Persona, {"name": "x", "wishes": [kh.fact.age > 3]}),
    "match": (PERSONA.match, {"facts": FACTS}),
    "rank": (advice.rank, {"personas": [PERSONA], "facts": FACTS}),
    "affordability": (advice.affordability, {"price": 5, "months": 3, "income": 7, "obligations": 1, "share": "0.5",
                                              "monthly_interest": 0, "currency": "VND", "policy": None}),
    "next_changes": (advice.next_changes, {"customer": LAN, "template": None, "as_of": DAY}),
    "follow_up": (advice.follow_up, {"customers": [LAN], "as_of": DAY}),
    "Identifier": (kh.Identifier, {"kind": "tax_code", "value": "0100109106"}),
    "Contact": (kh.Contact, {"kind": "email", "value": "lan@example.vn"}),
    "merge": (kh.merge, {"first": LAN, "second": LAN}),
    "conflicts": (kh.conflicts, {"first": LAN, "second": LAN}),
    "canonical": (kh.names.canonical, {"name": "Nguyễn Thị Lan"}),
    "same": (kh.names.same, {"name": "Nguyễn Thị Lan", "other": "nguyễn thị lan"}),
    "search_key": (kh.names.search_key, {"name": "Nguyễn Thị Lan"}),
    "parts": (kh.names.parts, {"name": "Nguyễn Thị Lan"}),
    "sort_key": (kh.names.sort_key, {"name": "Nguyễn Thị Lan"}),
    "citizen_number": (kh.identity.citizen_number, {"number": "001190000001", "birth_date": None, "gender": None}),
    "read_citizen_number": (kh.identity.read_citizen_number, {"number": kh.identity.citizen_number("001190000001")}),
    "tax_code": (kh.identity.tax_code, {"number": "0100109106"}),
    "phone": (kh.identity.phone, {"number": "0912345678", "region": "VN"}),
    "email": (kh.identity.email, {"address": "lan@example.vn"}),
    "problems": (kh.identity.problems, {"party": LAN.party}),
    "to_dict": (kh.codec.to_dict, {"obj": LAN}),
    "dumps": (kh.codec.dumps, {"obj": LAN, "indent": None}),
    "codec.from_dict": (kh.codec.from_dict, {"data": kh.codec.to_dict(LAN), "kind": kh.Customer}),
    "loads": (kh.codec.loads, {"document": kh.codec.dumps(LAN), "kind": kh.Customer}),
    "schema": (kh.codec.schema, {"kind": kh.Customer}),
    "open_matters": (advice.open_matters, {"customers": [LAN], "as_of": DAY}),
}  # fmt: skip


def refused_or_done(call: Callable[..., Any], given: dict[str, Any]) -> None:
    with suppress(kh.KhachhangError):
        call(**given)


@pytest.mark.parametrize("name", CALLS)
def test_every_call_works_on_what_it_wants(name: str) -> None:
    call, right = CALLS[name]
    call(**right)


PLACES = [(name, argument) for name, (_, given) in CALLS.items() for argument in given]


@pytest.mark.filterwarnings("ignore::khachhang.KhachhangWarning")
@pytest.mark.parametrize(("name", "argument"), PLACES, ids=lambda one: one)
def test_an_odd_value_is_taken_or_refused_by_an_error_of_ours(name: str, argument: str) -> None:
    call, right = CALLS[name]
    for odd in ODD.values():
        refused_or_done(call, {**right, argument: odd})
        refused_or_done(call, {**right, argument: [odd]})
