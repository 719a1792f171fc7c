"""The catalogue: every fact with its type, range, unit and words, and the user's own beside them."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from khachhang.errors import PredicateError, UnknownFactError
from khachhang.facts import Facts, fact
from khachhang.facts.catalogue import VARIABLES
from khachhang.facts.record import Known
from khachhang.rules.fact import BooleanFact, ChoiceFact, Fact, MoneyFact, RealFact, TextFact, WholeFact
from khachhang.taxonomy import (
    Capacity,
    Category,
    Gender,
    Industry,
    LeadingStyle,
    OrganizationKind,
    PartyKind,
    TieKind,
    Words,
)

# The names as the design document lists them; the ties follow.
NAMES = """party_kind, organization_kind, age, gender, occupation, declared_capacity, currency, seller_industry,
    purchase_count, days_since_first_purchase, days_since_last_purchase, mean_purchase_gap, bought_count, spend,
    discounted_share, returned_share, organization_share, resale_share, dealing_count, days_since_last_dealing,
    unresolved_complaint_count, resolved_complaint_count, negative_review_count, positive_review_count, review_count,
    survey_count, scored_survey_count, expansion_response_count, feedback_count, referral_count, share_count,
    answered_care_count, campaign_count, mean_score, last_score, has_need, has_means, taste_matches, is_interested,
    monthly_income, investable_assets, leading_style"""
TIES = """employee_of_department employee_of_branch employee shareholder other_insider supplier bank competitor
    state_body voluntary_organization resident professional_association reseller"""
ALL = {*NAMES.replace(",", " ").split(), *(f"tie_{kind}" for kind in TIES.split())}

CHOICES: dict[str, type[Category]] = {
    "party_kind": PartyKind,
    "organization_kind": OrganizationKind,
    "gender": Gender,
    "declared_capacity": Capacity,
    "seller_industry": Industry,
    "leading_style": LeadingStyle,
}
MONEY = {"spend", "monthly_income", "investable_assets"}
SHARES = {"discounted_share", "returned_share", "organization_share", "resale_share"}
SCORES = {"mean_score", "last_score"}
FLAGS = {"has_need", "has_means", "taste_matches", "is_interested"} | {f"tie_{kind}" for kind in TieKind}
TEXTS = {"occupation", "currency"}
OF_PERSONS = {"age", "gender", "occupation", "monthly_income", "investable_assets", "leading_style"}


def wanted_type(name: str) -> type[Any]:
    if name in CHOICES:
        return CHOICES[name]
    kinds: list[tuple[set[str], type[Any]]] = [
        (MONEY, Decimal),
        (SHARES | SCORES | {"mean_purchase_gap"}, float),
        (FLAGS, bool),
        (TEXTS, str),
    ]
    return next((kind for names, kind in kinds if name in names), int)


def test_the_facts_are_those_of_the_design() -> None:
    assert {found.name for found in fact} == ALL
    assert len(fact) == len(ALL)
    assert set(VARIABLES) == ALL


def test_a_record_has_a_field_for_each_fact_in_the_order_of_the_catalogue() -> None:
    fields = [field.name for field in attrs.fields(Facts)]

    assert fields == [*VARIABLES, "_extra", "assumed", "_flags"]


def test_a_type_checker_sees_the_same_names() -> None:
    assert list(Known.__annotations__) == list(VARIABLES)


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_fact_is_of_the_type_that_its_name_promises(name: str) -> None:
    assert fact[name].type is wanted_type(name)
    assert getattr(fact, name) is fact[name]
    assert fact[name].name == name


@pytest.mark.parametrize("name", sorted(ALL))
def test_numbers_have_a_range_and_nothing_else_has(name: str) -> None:
    found = fact[name]

    assert found.low == (0 if found.variable.is_number else None)
    assert found.high == (1 if name in SHARES else 10 if name in SCORES else None)
    assert found.variable.is_share is (name in SHARES)


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_fact_has_words_in_both_languages_and_a_docstring_that_derives_it(name: str) -> None:
    found = fact[name]

    assert found.label("vi").strip()
    assert found.label("en").strip()
    assert found.label("vi") != found.label("en")
    assert found.__doc__
    assert found.__doc__ == found.variable.derivation
    assert found.__doc__.rstrip().endswith(".")


@pytest.mark.parametrize("name", sorted(FLAGS))
def test_a_flag_has_a_sentence_for_both_of_its_values(name: str) -> None:
    negation = fact[name].variable.negation

    assert negation is not None
    assert negation.vi != fact[name].label("vi")
    assert negation.en != fact[name].label("en")


@pytest.mark.parametrize("name", sorted(name for name in ALL if name.startswith("days_since") or name.endswith("_gap")))
def test_days_are_the_unit_of_time(name: str) -> None:
    assert (fact[name].unit("vi"), fact[name].unit("en")) == ("ngày", "days")


@pytest.mark.parametrize("name", sorted(name for name in ALL if name.endswith("_count")))
def test_counts_are_counted_in_times(name: str) -> None:
    assert (fact[name].unit("vi"), fact[name].unit("en")) == ("lần", "")


def test_an_age_is_in_years_and_an_income_in_no_unit_of_its_own() -> None:
    assert fact.age.unit("en") == "years"
    assert fact.monthly_income.unit("en") == fact.monthly_income.unit("vi") == ""


def test_only_money_of_persons_and_scores_are_private() -> None:
    private = {found.name for found in fact if found.variable.is_private}

    assert private == {"monthly_income", "investable_assets"} | SCORES


@pytest.mark.parametrize("name", sorted(OF_PERSONS))
def test_facts_of_persons_have_a_value_for_persons_alone(name: str) -> None:
    exists = fact[name].exists

    assert exists.truth(Facts(party_kind=PartyKind.PERSON)) is True
    assert exists.truth(Facts(party_kind=PartyKind.GROUP)) is False
    assert exists.truth(Facts()) is None


@pytest.mark.parametrize(
    ("name", "needed", "least"),
    [
        ("days_since_first_purchase", "purchase_count", 1),
        ("days_since_last_purchase", "purchase_count", 1),
        ("mean_purchase_gap", "purchase_count", 2),
        ("discounted_share", "purchase_count", 1),
        ("organization_share", "purchase_count", 1),
        ("resale_share", "purchase_count", 1),
        ("returned_share", "bought_count", 1),
        ("days_since_last_dealing", "dealing_count", 1),
    ],
)
def test_days_gaps_and_shares_stand_behind_their_counts(name: str, needed: str, least: int) -> None:
    exists = fact[name].exists
    enough: Any = {needed: least}
    too_few: Any = {needed: least - 1}

    assert exists.truth(Facts(**enough)) is True
    assert exists.truth(Facts(**too_few)) is False


def test_the_kind_of_an_organisation_is_a_fact_of_organisations() -> None:
    assert fact.organization_kind.exists.truth(Facts(party_kind="organization")) is True
    assert fact.organization_kind.exists.truth(Facts(party_kind="person")) is False


@pytest.mark.parametrize("kind", TieKind)
def test_each_kind_of_tie_is_a_fact(kind: TieKind) -> None:
    assert fact.ties.has(kind) is fact[f"tie_{kind.value}"]
    assert fact.ties.has(kind.value) is fact[f"tie_{kind.value}"]


@pytest.mark.parametrize("kind", ["bnk", "", Industry.BANK, None, 3], ids=repr)
def test_no_other_kind_of_tie_is_one_not_even_an_equal_code_of_another_set(kind: Any) -> None:
    with pytest.raises(UnknownFactError, match="employee_of_department"):
        fact.ties.has(kind)


def test_an_unknown_name_is_refused_with_the_close_one() -> None:
    with pytest.raises(UnknownFactError, match="did you mean 'age'") as caught:
        _ = fact.aeg
    assert caught.value.close == ("age",)

    with pytest.raises(UnknownFactError, match="did you mean 'purchase_count'"):
        _ = fact["purchase_counts"]


def test_an_unknown_name_is_no_attribute() -> None:
    assert not hasattr(fact, "nonsense")
    assert hasattr(fact, "age")


def test_facts_are_copied_and_pickled_by_what_they_are() -> None:
    condition = fact.age < 15

    assert copy.deepcopy(condition) == condition
    assert pickle.loads(pickle.dumps(condition)) == condition


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        (int, WholeFact),
        (float, RealFact),
        (Decimal, MoneyFact),
        (str, TextFact),
        (bool, BooleanFact),
        (Gender, ChoiceFact),
    ],
)
def test_a_fact_of_ones_own_may_be_of_every_type(kind: Any, made: type) -> None:
    own: Fact[Any] = fact.custom("own", kind)

    assert type(own) is made
    assert own.type is kind
    assert own.variable.is_custom
    assert own.label("vi") == own.label("en") == "own"


def test_a_fact_of_ones_own_has_the_words_unit_and_range_that_one_gives() -> None:
    nps = fact.custom("nps", int, low=0, high=10, vi="điểm NPS", en="the NPS", unit=Words("điểm", "points"))

    assert (nps.low, nps.high) == (0, 10)
    assert (nps.label("vi"), nps.label("en"), nps.unit("vi")) == ("điểm NPS", "the NPS", "điểm")
    assert (nps >= 9).truth(Facts(extra={"nps": 9})) is True
    assert (nps >= 9).truth(Facts(extra={"nps": 8})) is False
    assert (nps >= 9).truth(Facts()) is None


def test_words_in_one_language_serve_for_both() -> None:
    assert fact.custom("nps", int, vi="điểm NPS").label("en") == "điểm NPS"


def test_a_flag_of_ones_own_is_a_condition_and_can_be_denied() -> None:
    vip = fact.custom("vip", bool, en="the customer is a VIP")

    assert vip.truth(Facts(extra={"vip": True})) is True
    assert (~vip).truth(Facts(extra={"vip": True})) is False
    assert vip.variable.negation is not None


@pytest.mark.parametrize("name", ["age", "tie_bank", "spend"])
def test_ones_own_fact_can_not_hide_one_of_the_catalogue(name: str) -> None:
    with pytest.raises(PredicateError, match=f"use kh.fact.{name}"):
        fact.custom(name, int)


@pytest.mark.parametrize("name", ["", "  "])
def test_ones_own_fact_has_a_name(name: str) -> None:
    with pytest.raises(PredicateError, match="no name of a fact"):
        fact.custom(name, int)


def test_a_type_or_a_range_that_can_not_be_is_refused() -> None:
    unknown: Any = list
    with pytest.raises(PredicateError, match="can not hold"):
        fact.custom("own", unknown)
    with pytest.raises(PredicateError, match="above"):
        fact.custom("own", int, low=5, high=4)
    ranged: Any = {"low": 1}
    with pytest.raises(PredicateError, match="has no range"):
        fact.custom("own", str, **ranged)
