"""Every way into the library: what is called, and arguments that are right.

A key is the name by which a user reaches it, with a note behind a colon where one way in stands here several times.
"""

from __future__ import annotations

import enum
import inspect
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

import khachhang as kh
from khachhang import advice, charts, classifiers, codec, frames, identity, names, templates, testing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = date(2026, 6, 30)
LAN = kh.Customer(
    "KH-1",
    kh.Person("Lan", birth_date=date(1990, 1, 1), monthly_income=7),
    purchases=[kh.Purchase(DAY, 5)],
    interactions=[kh.Interaction(DAY, "complaint")],
    ties=[kh.Tie("bank")],
)
FACTS = kh.Facts(purchase_count=3, days_since_last_purchase=5)
AGE_BAND, BENEFIT = classifiers.age_band(), classifiers.benefit()
PROFILE = kh.classify(LAN, as_of=DAY)
ANSWER = BENEFIT.classify(kh.Facts())
FINDING = classifiers.contribution().verify().overlaps[0]
DIFFERENCE = BENEFIT.diff(classifiers.benefit(classifiers.BenefitPolicy(loyal_min_purchases=3)))[0]
PATH = BENEFIT.paths_to(kh.Benefit.LOYAL, kh.Facts(purchase_count=4, days_since_last_purchase=5))[0]
WISH = advice.Wish(kh.fact.age > 3, words=kh.Words("một", "one"))
PERSONA = advice.Persona("x", wishes=[WISH])
ROLE, SPECIALIST = advice.Role("x", ["listening"], ["care"]), advice.Specialist("An", ["planning"])
FOLLOW_UP = advice.follow_up([LAN], DAY, assume=kh.RECORDED_IS_ALL)
CHANGE = advice.next_changes(LAN, [classifiers.standing()], DAY)[0]
AFFORDABLE = advice.affordability(5, 3, 7)
(ASSIGNMENT,) = advice.assign(FOLLOW_UP.matters, [SPECIALIST])
BOUGHT = pl.DataFrame({"customer_id": ["a", "b"], "day": [DAY] * 2, "amount": [250, 90]})
EVENTS: dict[str, Any] = {
    "purchases": BOUGHT,
    "customers": pl.DataFrame({"customer_id": ["a", "b"], "birth_date": [DAY] * 2}),
    "interactions": pl.DataFrame({"customer_id": ["a"], "day": [DAY], "kind": ["complaint"]}),
    "ties": pl.DataFrame({"customer_id": ["a"], "kind": ["bank"]}),
    "as_of": DAY, "business": None, "rates": None, "time_zone": None, "leap_day": "03-01", "columns": None, "only": None,
}  # fmt: skip
KNOWN = pl.DataFrame(
    {"customer_id": ["a", "b", "c"], "age": [3, 30, 60], "purchase_count": [1, 2, 3],
     "days_since_last_purchase": [3, 4, 5], "spend": [1, 2, 3]}
)  # fmt: skip
CLASSIFIED = pl.DataFrame({"customer_id": ["a", "b"], "benefit": ["loyal", None], "age_band": ["over_50", "under_15"]})
LANG = {"lang": "vi"}


def item(of: Any) -> Callable[..., Any]:
    return lambda key: of[key]


def attribute(of: Any) -> Callable[..., Any]:
    return lambda name: getattr(of, name if isinstance(name, str) else "age", None)


def strategy(make: Callable[..., Any], **right: Any) -> tuple[Callable[..., Any], dict[str, Any]]:
    """A strategy's arguments, those that are right without saying so among them; whoever calls it draws from it."""
    known = {
        name: parameter.default
        for name, parameter in inspect.signature(make).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    return make, known | right


def policies(of: Any) -> Any:
    return testing.policies(of)


CALLS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "Person": (kh.Person, {"name": "Lan", "birth_date": None, "gender": None, "occupation": None, "monthly_income": 1,
                           "investable_assets": 1, "styles": None, "identifiers": (), "contacts": ()}),
    "StyleScores": (kh.StyleScores, {"dominance": 1, "influence": 2, "steadiness": 3, "conscientiousness": 4}),
    "Organization": (kh.Organization, {"name": "A", "kind": "company", "industry": "bank", "identifiers": (), "contacts": ()}),
    "Group": (kh.Group, {"name": "A", "members": (), "contacts": ()}),
    "Business": (kh.Business, {"name": "A", "industry": "bank", "currency": "VND"}),
    "Purchase": (kh.Purchase, {"day": DAY, "amount": 5, "currency": "VND", "quantity": 1, "list_amount": 6,
                               "returned": 0, "purpose": "self", "offering": "product"}),
    "Interaction": (kh.Interaction, {"day": DAY, "kind": "survey", "channel": None, "topic": None, "score": 1,
                                     "sentiment": None, "resolved_on": None}),
    "Tie": (kh.Tie, {"kind": "bank", "since": None, "until": None}),
    "Tie.holds_on": (kh.Tie("bank").holds_on, {"day": DAY}),
    "Need": (kh.Need, {"has_need": True, "has_means": None, "taste_matches": None, "is_interested": None}),
    "Identifier": (kh.Identifier, {"kind": "tax_code", "value": "0100109106"}),
    "Contact": (kh.Contact, {"kind": "email", "value": "lan@example.vn"}),
    "Customer": (kh.Customer, {"id": "KH", "party": LAN.party, "purchases": (), "interactions": (), "ties": (),
                               "need": None, "declared_capacity": None, "origin": None, "previous_brand": None}),
    "merge": (kh.merge, {"first": LAN, "second": LAN, "disjoint": False, "settle": None}),
    "conflicts": (kh.conflicts, {"first": LAN, "second": LAN}),
    "Facts": (kh.Facts, {"age": 3, "gender": None, "spend": 4, "purchase_count": 1, "discounted_share": 0.5, "ties": (),
                         "has_need": True, "currency": "VND", "occupation": "x", "extra": {}, "assumed": ()}),
    "Facts.assuming": (FACTS.assuming, {"assume": {"age": 3}, "custom": ()}),
    "Facts.changed": (FACTS.changed, {"values": {"age": 3}}),
    "Facts.value": (FACTS.value, {"name": "age"}),
    "facts_of": (kh.facts_of, {"customer": LAN, "as_of": DAY, "business": None, "rates": None, "leap_day": "03-01"}),
    "classify": (kh.classify, {"customer": LAN, "as_of": DAY, "template": None, "business": None, "assume": None,
                               "rates": None, "leap_day": "03-01"}),
    "classify_all": (lambda **given: list(kh.classify_all(**given)),
                     {"customers": [LAN], "as_of": DAY, "template": None, "assume": None}),
    "Profile.explain": (PROFILE.explain, LANG),
    "Profile.__getitem__": (item(PROFILE), {"key": "benefit"}),
    "Profile.__getattr__": (attribute(PROFILE), {"name": "benefit"}),
    "is_customer": (kh.is_customer, {"facts": FACTS, "definition": "habit", "policy": None}),
    "term": (kh.term, {"code": "x", "vi": "a", "en": "b"}),
    "Words": (kh.Words, {"vi": "a", "en": "b"}),
    "Words.text": (kh.Words("a", "b").text, LANG),
    "Category.label": (kh.Benefit.LOYAL.label, LANG),
    "Category.definition": (kh.Benefit.LOYAL.definition, LANG),
    "Category.choices": (kh.Benefit.choices, LANG),
    "Category.facet_title": (kh.Benefit.facet_title, LANG),
    "Category.facet_definition": (kh.Benefit.facet_definition, LANG),
    "fact.custom": (kh.fact.custom, {"name": "nps", "kind": int, "low": 0, "high": 10, "vi": "x", "en": "y"}),
    "fact.__getitem__": (item(kh.fact), {"key": "age"}),
    "fact.__getattr__": (attribute(kh.fact), {"name": "age"}),
    "fact.ties.has": (kh.fact.ties.has, {"kind": "bank"}),
    "fact.age.label": (kh.fact.age.label, LANG),
    "fact.age: a comparison": (lambda value: kh.fact.age < value, {"value": 3}),
    "fact.gender: equal": (lambda value: kh.fact.gender == value, {"value": kh.Gender.FEMALE}),
    "fact.spend: an amount": (lambda value: kh.fact.spend >= value, {"value": 3}),
    "fact.age.between": (kh.fact.age.between, {"low": 1, "high": 3, "closed": "both"}),
    "fact.occupation.is_in": (kh.fact.occupation.is_in, {"values": ["x"]}),
    "when": (kh.when, {"condition": kh.always}),
    "when: then": (kh.when(kh.always).then, {"label": kh.AgeBand.UNDER_15}),
    "Rule": (kh.Rule, {"condition": kh.always, "label": kh.AgeBand.UNDER_15}),
    "Predicate.truth": ((kh.fact.age < 3).truth, {"facts": FACTS}),
    "Predicate.open_variables": (lambda facts: list((kh.fact.age < 3).open_variables(facts)), {"facts": FACTS}),
    "Predicate: and": (lambda other: (kh.fact.age < 3) & other, {"other": kh.always}),
    "DecisionTable": (kh.DecisionTable, {"name": "t", "category": kh.AgeBand, "rules": [], "hit": kh.HitPolicy.FIRST,
                                         "otherwise": None, "given": None, "priority": None, "source": ""}),
    "DecisionTable.from_dict": (kh.DecisionTable.from_dict, {"d": BENEFIT.to_dict(), "category": kh.Benefit, "facts": ()}),
    "DecisionTable.from_grid": (kh.DecisionTable.from_grid,
                                {"rows": [["age", "benefit"], ["> 3", "loyal"]], "name": "g", "category": kh.Benefit,
                                 "hit": kh.HitPolicy.FIRST, "otherwise": None, "facts": ()}),
    "DecisionTable.classify": (BENEFIT.classify, {"facts": FACTS}),
    "DecisionTable.label": (BENEFIT.label, {"facts": FACTS}),
    "DecisionTable.labels": (BENEFIT.labels, {"facts": FACTS}),
    "DecisionTable.explain": (BENEFIT.explain, {"facts": FACTS, "lang": "vi", "why_not": kh.Benefit.LOYAL}),
    "DecisionTable.verify": (BENEFIT.verify, {"budget": None}),
    "DecisionTable.verify: explain": (BENEFIT.verify().explain, LANG),
    "DecisionTable.verify: a finding": (FINDING.explain, LANG),
    "DecisionTable.diff": (BENEFIT.diff, {"other": BENEFIT, "budget": None}),
    "DecisionTable.diff: explain": (DIFFERENCE.explain, LANG),
    "DecisionTable.paths_to": (BENEFIT.paths_to, {"label": kh.Benefit.LOYAL, "facts": FACTS, "changeable": None, "budget": None}),
    "DecisionTable.paths_to: explain": (PATH.explain, LANG),
    "DecisionTable.to_markdown": (BENEFIT.to_markdown, LANG),
    "DecisionTable.rank": (BENEFIT.rank, {"label": kh.Benefit.LOYAL}),
    "Classification.describe": (ANSWER.describe, LANG),
    "Assumption": (kh.Assumption, {"name": "x", "words": kh.Words("a", "b"), "fills": ()}),
    "Template": (kh.Template, {"name": "x", "classifiers": []}),
    "Template.__call__": (templates.general, {"benefit": classifiers.BenefitPolicy()}),
    "Template.__getitem__": (item(templates.general), {"key": "benefit"}),
    "Template.unknown": (lambda name: str(templates.general.unknown(name)), {"name": "x"}),
    **{f"classifiers.{facet}": (getattr(classifiers, facet), {"policy": None})
       for facet in ("age_band", "benefit", "contribution", "customer_definition", "engagement", "personality",
                     "relationship_type", "scope", "side", "standing", "subject")},
    "classifiers.income_band": (classifiers.income_band, {"policy": classifiers.IncomeBandPolicy(cuts=[1, 2, 3, 4], currency="VND")}),
    "classifiers.financial_tier": (classifiers.financial_tier,
                                   {"policy": classifiers.FinancialTierPolicy(cuts=[1, 2, 3, 4], currency="VND")}),
    "classifiers.bands": (classifiers.bands, {"of": kh.fact.age, "cuts": [3, 5], "category": None, "name": "x",
                                              "currency": None, "given": None, "source": ""}),
    "classifiers.is_customer": (kh.is_customer, {"facts": FACTS, "definition": "habit"}),
    "classifiers.AgeBandPolicy": (classifiers.AgeBandPolicy, {"youth_from": 15, "adult_from": 22, "adult_to": 50}),
    "classifiers.BenefitPolicy": (classifiers.BenefitPolicy, {
        "loyal_min_purchases": 5, "active_days": 365, "negative_min_complaints": 2, "complaints_count": True,
        "negative_min_returned_share": 0.5, "returns_min_purchases": 2, "negative_min_reviews": 2}),
    "classifiers.ContributionPolicy": (classifiers.ContributionPolicy, {"min_events": 1, "profit_above": 0}),
    "classifiers.CustomerDefinitionPolicy": (classifiers.CustomerDefinitionPolicy, {
        "marketed_min": 1, "habit_min_purchases": 2, "exchange_above": 0, "period_days": 365}),
    "classifiers.EngagementPolicy": (classifiers.EngagementPolicy, {
        "client_industries": [kh.Industry.FINANCE], "customer_industries": [], "client_min_purchases": 3,
        "client_min_tenure_days": 365, "client_min_mean_gap": 90}),
    "classifiers.FinancialTierPolicy": (classifiers.FinancialTierPolicy, {"cuts": [1, 2, 3, 4], "currency": "VND"}),
    "classifiers.IncomeBandPolicy": (classifiers.IncomeBandPolicy, {"cuts": [1, 2, 3, 4], "currency": "VND"}),
    "classifiers.RelationshipTypePolicy": (classifiers.RelationshipTypePolicy, {
        "loyal_min_purchases": 5, "active_days": 365, "loyal_below_discounted_share": 0.5, "new_days": 90,
        "discount_min_purchases": 2, "discount_min_share": 1.0, "resale_min_share": 0.5,
        "priority": list(kh.RelationshipType)}),
    "classifiers.StandingPolicy": (classifiers.StandingPolicy, {"period_days": 365}),
    "classifiers.SubjectPolicy": (classifiers.SubjectPolicy, {"business_min_share": 0.5}),
    "advice.Wish": (advice.Wish, {"predicate": kh.fact.age > 3, "weight": 1, "words": None}),
    "advice.Wish.truth": (WISH.truth, {"facts": FACTS}),
    "advice.Wish.open_variables": (lambda facts: list(WISH.open_variables(facts)), {"facts": FACTS}),
    "advice.Wish.text": (WISH.text, LANG),
    "advice.Persona": (advice.Persona, {"name": "x", "wishes": [kh.fact.age > 3]}),
    "advice.Persona.match": (PERSONA.match, {"facts": FACTS}),
    "advice.Persona.explain": (PERSONA.explain, LANG),
    "advice.Persona.drawn_from": (advice.Persona.drawn_from, {
        "population": [kh.Facts(age=8, gender="female")] * 9 + [kh.Facts(age=30, gender="male")] * 9, "table": AGE_BAND,
        "label": "under_15", "name": "x", "facts": ["gender"], "policy": None}),
    "advice.DuePractice.explain": (FOLLOW_UP.customers[0].practices[0].explain, LANG),
    "advice.PersonaPolicy": (advice.PersonaPolicy, {"min_share": 0.75, "min_known_share": 0.5, "min_customers": 5, "max_wishes": 5}),
    "advice.Match.explain": (PERSONA.match(FACTS).explain, LANG),
    "advice.rank": (advice.rank, {"personas": [PERSONA], "facts": FACTS}),
    "advice.affordability": (advice.affordability, {"price": 5, "months": 3, "income": 7, "obligations": 1, "share": "0.5",
                                                    "monthly_interest": 0, "currency": "VND", "policy": None}),
    "advice.affordability_of": (advice.affordability_of, {"who": LAN, "price": 5, "months": 3, "obligations": 1, "share": "0.5",
                                                          "monthly_interest": 0, "business": None, "policy": None}),
    "advice.AffordabilityPolicy": (advice.AffordabilityPolicy, {"share": "0.4", "longest_term": 360}),
    "advice.Affordability.explain": (AFFORDABLE.explain, LANG),
    "advice.next_changes": (advice.next_changes, {"customer": LAN, "template": None, "as_of": DAY, "horizon_days": None,
                                                  "business": None, "assume": None, "rates": None, "leap_day": "03-01"}),
    "advice.LabelChange.explain": (CHANGE.explain, LANG),
    "advice.open_matters": (advice.open_matters, {"customers": [LAN], "as_of": DAY}),
    "advice.OpenMatter.explain": (FOLLOW_UP.matters[0].explain, LANG),
    "advice.follow_up": (advice.follow_up, {"customers": [LAN], "as_of": DAY, "policy": None, "business": None,
                                            "assume": None, "rates": None, "leap_day": "03-01"}),
    "advice.FollowUp.calling_for": (FOLLOW_UP.calling_for, {"practice": "follow_up"}),
    "advice.FollowUpPolicy": (advice.FollowUpPolicy, {
        "loyal_min_purchases": 5, "lapsed_days": 366, "contact_days": 30, "min_complaints": 1, "min_enquiries": 1,
        "min_care_calls": 1, "few_campaigns": 0}),
    "advice.CustomerCare.explain": (FOLLOW_UP.customers[0].explain, LANG),
    "advice.Role": (advice.Role, {"name": "x", "skills": ["listening"], "duties": ["care"]}),
    "advice.Specialist": (advice.Specialist, {"name": "x", "skills": ["listening"], "duties": ["care"]}),
    "advice.lacking": (advice.lacking, {"specialist": SPECIALIST, "role": ROLE}),
    "advice.Lack.explain": (advice.lacking(SPECIALIST, ROLE).explain, LANG),
    "advice.Lack.describe": (advice.lacking(SPECIALIST, ROLE).describe, LANG),
    "advice.assign": (advice.assign, {"matters": FOLLOW_UP.matters, "specialists": [SPECIALIST], "asks": None}),
    "advice.Assignment.explain": (ASSIGNMENT.explain, LANG),
    "names.canonical": (names.canonical, {"name": "Nguyễn Thị Lan"}),
    "names.same": (names.same, {"name": "Nguyễn Thị Lan", "other": "nguyễn thị lan"}),
    "names.search_key": (names.search_key, {"name": "Nguyễn Thị Lan"}),
    "names.parts": (names.parts, {"name": "Nguyễn Thị Lan"}),
    "names.sort_key": (names.sort_key, {"name": "Nguyễn Thị Lan"}),
    "identity.citizen_number": (identity.citizen_number, {"number": "001190000001", "birth_date": None, "gender": None}),
    "identity.read_citizen_number": (identity.read_citizen_number, {"number": identity.citizen_number("001190000001")}),
    "identity.tax_code": (identity.tax_code, {"number": "0100109106"}),
    "identity.phone": (identity.phone, {"number": "0912345678", "region": "VN"}),
    "identity.email": (identity.email, {"address": "lan@example.vn"}),
    "identity.problems": (identity.problems, {"party": LAN.party}),
    "codec.to_dict": (codec.to_dict, {"obj": LAN}),
    "codec.dumps": (codec.dumps, {"obj": LAN, "indent": None}),
    "codec.from_dict": (codec.from_dict, {"data": codec.to_dict(LAN), "kind": kh.Customer, "unknown_keys": "refuse",
                                          "categories": (), "facts": (), "template": None}),
    "codec.from_dict: a profile": (codec.from_dict, {"data": codec.to_dict(PROFILE), "kind": kh.Profile, "template": None}),
    "codec.loads": (codec.loads, {"document": codec.dumps(LAN), "kind": kh.Customer, "unknown_keys": "refuse",
                                  "categories": (), "facts": (), "template": None}),
    "codec.schema": (codec.schema, {"kind": kh.Customer}),
    "frames.facts": (frames.facts, EVENTS),
    "frames.problems": (frames.problems, EVENTS),
    "frames.classify": (frames.classify, {"facts": KNOWN, "template": [AGE_BAND], "assume": None, "reasons": False}),
    "frames.match": (frames.match, {"facts": KNOWN, "personas": [PERSONA], "assume": None}),
    "frames.fit_bands": (frames.fit_bands, {"facts": KNOWN, "fact": "spend", "category_or_n": 2, "name": "x",
                                            "currency": None, "given": None}),
    "frames.rfm": (frames.rfm, {"facts": KNOWN, "n": 3, "recency": None, "frequency": None, "monetary": None, "currency": None}),
    "frames.rfm_segments": (frames.rfm_segments, {"n": 3}),
    "frames.summarize": (frames.summarize, {"classified": CLASSIFIED, "by": ["benefit"]}),
    "frames.transitions": (frames.transitions, {"before": CLASSIFIED, "after": CLASSIFIED, "facet": "benefit", "key": "customer_id"}),
    "charts.bands": (charts.bands, {"facts": KNOWN, "table": AGE_BAND, "fact": None, "assume": None, "lang": "vi"}),
    "charts.bands: records": (charts.bands, {"facts": [FACTS, PROFILE], "table": AGE_BAND, "fact": "age", "lang": "vi"}),
    "charts.segments": (charts.segments, {"population": CLASSIFIED, "facet": "benefit", "lang": "vi"}),
    "charts.segments: profiles": (charts.segments, {"population": [PROFILE], "facet": "benefit", "lang": "vi"}),
    "charts.cross": (charts.cross, {"population": CLASSIFIED, "facet": "benefit", "by": "age_band", "lang": "vi"}),
    "charts.table": (charts.table, {"table": AGE_BAND, "lang": "vi", "budget": None}),
    "charts.timeline": (charts.timeline, {"customer": LAN, "table": BENEFIT, "as_of": DAY, "since": None, "business": None,
                                          "assume": None, "rates": None, "leap_day": "03-01", "lang": "vi"}),
    "charts.transitions": (charts.transitions, {"before": CLASSIFIED, "after": CLASSIFIED, "facet": "benefit",
                                                "key": "customer_id", "lang": "vi", "names": None}),
    "charts.transitions: profiles": (charts.transitions, {"before": [PROFILE], "after": [PROFILE], "facet": "benefit"}),
    "testing.check_classifier": (testing.check_classifier, {"c": AGE_BAND, "like": None, "expected_failures": None}),
    "testing.check_on_engines": (testing.check_on_engines, {"table": AGE_BAND, "engines": ["polars"]}),
    "testing.parametrize_with_checks": (testing.parametrize_with_checks, {
        "classifiers": [AGE_BAND], "like": None, "expected_failures": None}),
    "testing.cover": (testing.cover, {"table": AGE_BAND}),
    "testing.edges": (testing.edges, {"table": AGE_BAND}),
    "testing.businesses": strategy(testing.businesses),
    "testing.contacts": strategy(testing.contacts),
    "testing.customers": strategy(testing.customers, benefit="loyal"),
    "testing.facts": strategy(testing.facts, age=3),
    "testing.groups": strategy(testing.groups),
    "testing.histories": strategy(testing.histories, of=testing.purchases()),
    "testing.identifiers": strategy(testing.identifiers),
    "testing.interactions": strategy(testing.interactions),
    "testing.organizations": strategy(testing.organizations),
    "testing.persons": strategy(testing.persons),
    "testing.policies": (policies, {"of": "benefit"}),
    "testing.policies: fields": (lambda **fields: testing.policies("benefit", **fields), {"active_days": 5, "hostile": False}),
    "testing.purchases": strategy(testing.purchases),
    "testing.tables": strategy(testing.tables),
    "testing.templates": strategy(testing.templates),
    "testing.ties": strategy(testing.ties),
}  # fmt: skip

MADE_BY_THE_LIBRARY = frozenset({
    "Classification", "Conflict", "Fault", "Profile", "advice.Affordability", "advice.Assignment", "advice.CustomerCare",
    "advice.DuePractice", "advice.FollowUp", "advice.LabelChange", "advice.Lack", "advice.Match", "advice.OpenMatter",
    "advice.Support", "frames.Rfm", "identity.CitizenReading", "names.NameParts", "testing.Failure", "testing.Report",
})  # fmt: skip
"""Records that answer a question: users read them and do not make them."""

WITHOUT_WORK = frozenset({
    "Classifier", "Classifier.classify",  # a protocol, which users meet
    "Predicate",  # a base class; facts make predicates
    "always.open_variables", "always.truth",  # it asks for nothing
    "advice.Support.describe",  # shown by a persona drawn from a population
    "classifiers.PersonalityPolicy", "classifiers.Policy", "classifiers.ScopePolicy", "classifiers.SidePolicy",  # no fields
})  # fmt: skip

ROOMS = ("advice", "charts", "classifiers", "codec", "frames", "identity", "names", "templates", "testing")
_OPERATORS = {"__call__", "__getattr__", "__getitem__"}


def public_names() -> Iterator[str]:
    """Every public callable that takes something, but label sets and errors; and the public methods of every class."""
    for room, module in [("", kh), *((f"{name}.", getattr(kh, name)) for name in ROOMS)]:
        for name in vars(module).get("__all__", ()):
            found = getattr(module, name)
            if inspect.ismodule(found) or (isinstance(found, type) and issubclass(found, (enum.Enum, BaseException))):
                continue
            if callable(found):
                yield f"{room}{name}"
            if type(found).__module__.startswith("khachhang") or isinstance(found, type):
                yield from (f"{room}{name}.{method}" for method in _methods(found))


def _methods(found: Any) -> Iterator[str]:
    kind = found if isinstance(found, type) else type(found)
    for name in dir(kind):
        owner = next((base for base in kind.__mro__ if name in vars(base)), object)
        if not owner.__module__.startswith("khachhang") or (name.startswith("_") and name not in _OPERATORS):
            continue
        method = inspect.getattr_static(kind, name)
        plain = method.__func__ if isinstance(method, (classmethod, staticmethod)) else method
        if inspect.isfunction(plain) and len(inspect.signature(plain).parameters) > 1:
            yield name
