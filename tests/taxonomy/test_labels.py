"""The shipped label sets: their codes, their words, and the data on them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import attrs
import pytest

from khachhang import taxonomy
from khachhang.errors import UnknownLanguageError
from khachhang.taxonomy import (
    AgeBand,
    Benefit,
    Category,
    Engagement,
    Industry,
    InteractionKind,
    LeadingStyle,
    Personality,
    Practice,
    RelationshipType,
    Subject,
    TieKind,
)

if TYPE_CHECKING:
    from khachhang.taxonomy import Language

# The codes as the domain document writes them, facet by facet, in its order.
CODES = {
    "Subject": "individual business",
    "Benefit": "negative loyal walk_in potential",
    "AgeBand": "under_15 from_15_to_22 from_22_to_50 over_50",
    "RelationshipType": "potential loyal new discount former internal external intermediary",
    "Scope": (
        "department branch employee shareholder other_insider "
        "individual partner state_agency voluntary_organization community organization"
    ),
    "Side": "internal external",
    "Engagement": "customer client",
    "IncomeBand": "lowest lower middle higher highest",
    "Personality": "dominance influence steadiness conscientiousness",
    "FinancialTier": "mass mass_affluent affluent high_net_worth ultra_high_net_worth",
    "Standing": "active former prospect not_a_customer",
    "Contribution": (
        "improves_product shapes_strategy guides_expansion brings_profit sells_for_us strengthens_relationship "
        "measures_value"
    ),
    "PartyKind": "person organization group",
    "Capacity": "individual business undeclared",
    "Gender": "female male other",
    "OrganizationKind": "company shop state_agency voluntary_organization professional_association",
    "Industry": (
        "law_firm design_studio accounting_firm healthcare_provider insurance_agency advertising_agency real_estate "
        "finance investment communications retail_shop restaurant supermarket bank service_station amusement_park other"
    ),
    "Purpose": "self family friends gift organization resale",
    "Offering": "product service idea",
    "Origin": "new_to_field switched_brand",
    "InteractionKind": (
        "enquiry visit survey feedback review complaint referral share care_call campaign newsletter apology"
    ),
    "Topic": "product service price expansion other",
    "Sentiment": "positive neutral negative",
    "Channel": "website_popup form chatbot email hotline phone in_person online social",
    "IdentifierKind": "tax_code citizen_number passport other",
    "ContactKind": "phone email address other",
    "TieKind": (
        "employee_of_department employee_of_branch employee shareholder other_insider "
        "supplier bank competitor state_body voluntary_organization resident professional_association reseller"
    ),
    "LeadingStyle": "dominance influence steadiness conscientiousness tied",
    "Skill": (
        "communication customer_relations teamwork problem_handling seizing_opportunities quick_analysis listening "
        "planning scenarios"
    ),
    "Duty": "introduce inform advise solve care represent",
    "Practice": "know_first meet_in_person assess_means reach_out_first speak_to_feelings follow_up",
    "CustomerDefinition": "marketing drucker peters six_sigma exchange habit",
}
FACETS = {
    "Subject": "subject",
    "Benefit": "benefit",
    "AgeBand": "age_band",
    "RelationshipType": "relationship_type",
    "Scope": "scope",
    "Side": "side",
    "Engagement": "engagement",
    "IncomeBand": "income_band",
    "Personality": "personality",
    "FinancialTier": "financial_tier",
    "Standing": "standing",
    "Contribution": "contribution",
}
LANGUAGES: tuple[Language, ...] = ("vi", "en")
# Letters that only Vietnamese writes; every Vietnamese text of more than a few words has one.
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)


def shipped() -> list[type[Category]]:
    exported = [getattr(taxonomy, name) for name in taxonomy.__all__]
    return [
        one for one in exported if isinstance(one, type) and issubclass(one, Category) and one.__name__ != "Category"
    ]


SETS = shipped()
every_set = pytest.mark.parametrize("category", SETS, ids=lambda category: category.__name__)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def test_the_list_of_names_is_sorted_and_has_no_name_twice() -> None:
    assert taxonomy.__all__ == sorted(set(taxonomy.__all__))


def test_every_set_of_the_domain_is_exported_and_no_other() -> None:
    assert {category.__name__ for category in SETS} == set(CODES)


@every_set
def test_the_codes_are_those_of_the_domain_in_its_order(category: type[Category]) -> None:
    assert [member.value for member in category] == CODES[category.__name__].split()


@every_set
def test_a_member_is_named_by_its_code_and_ranks_by_its_place(category: type[Category]) -> None:
    assert [member.name for member in category] == [code.upper() for code in CODES[category.__name__].split()]
    assert [member.rank for member in category] == list(range(len(category)))


@every_set
def test_codes_are_plain_and_equal_their_members(category: type[Category]) -> None:
    for member in category:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", member.value)
        assert member == member.value
        assert category(member.value) is member


@pytest.mark.parametrize(("name", "facet"), FACETS.items())
def test_a_facet_is_called_by_its_class_name_in_snake_case(name: str, facet: str) -> None:
    assert getattr(taxonomy, name).facet() == facet


@every_set
@every_language
def test_every_label_and_definition_has_words(category: type[Category], lang: Language) -> None:
    texts = [category.facet_title(lang), category.facet_definition(lang)]
    for member in category:
        texts += [member.label(lang), member.definition(lang)]
    for text in texts:
        assert text
        assert text == text.strip()
        assert "  " not in text
        assert unicodedata.is_normalized("NFC", text)


@every_set
@every_language
def test_labels_and_definitions_are_told_apart_within_a_set(category: type[Category], lang: Language) -> None:
    assert len({member.label(lang) for member in category}) == len(category)
    assert len({member.definition(lang) for member in category}) == len(category)


@every_set
@every_language
def test_definitions_are_sentences(category: type[Category], lang: Language) -> None:
    for text in [category.facet_definition(lang), *(member.definition(lang) for member in category)]:
        assert text.endswith(".")
        assert text[0].isupper()


@every_set
def test_the_words_are_in_their_language(category: type[Category]) -> None:
    for member in category:
        assert VIETNAMESE.search(member.definition("vi"))
        assert not VIETNAMESE.search(member.definition("en"))
        assert not VIETNAMESE.search(member.label("en"))
    assert VIETNAMESE.search(category.facet_title("vi"))
    assert not VIETNAMESE.search(category.facet_title("en") + category.facet_definition("en"))


@every_set
def test_every_set_and_label_names_its_source(category: type[Category]) -> None:
    for source in [category.facet_source(), *(member.source for member in category)]:
        assert source.split(" — ")[0] in {
            "Khách hàng cá nhân là gì? Kỹ năng của chuyên viên khách hàng cá nhân",
            "Khách hàng là gì? (tuyển tập)",
            "khachhang",
        }
        assert unicodedata.is_normalized("NFC", source)


@every_set
@every_language
def test_no_threshold_stands_in_a_definition_but_those_of_age(category: type[Category], lang: Language) -> None:
    digits = [member for member in category if re.search(r"\d", member.definition(lang))]
    assert digits == (list(AgeBand) if category is AgeBand else [])
    assert not re.search(r"\d", category.facet_definition(lang))


@every_set
@every_language
def test_choices_are_codes_and_labels_in_order(category: type[Category], lang: Language) -> None:
    assert category.choices(lang) == [(member.value, member.label(lang)) for member in category]


def test_choices_of_age_read_as_a_form_shows_them() -> None:
    assert AgeBand.choices("vi") == [
        ("under_15", "Dưới 15 tuổi"),
        ("from_15_to_22", "Từ 15 đến dưới 22 tuổi"),
        ("from_22_to_50", "Từ 22 đến 50 tuổi"),
        ("over_50", "Trên 50 tuổi"),
    ]


@every_set
def test_an_unknown_language_is_an_error_that_names_the_known_ones(category: type[Category]) -> None:
    member = next(iter(category))
    for ask in (member.label, member.definition, category.facet_title, category.facet_definition, category.choices):
        with pytest.raises(UnknownLanguageError, match="'vi', 'en'") as caught:
            ask("fr")  # type: ignore[arg-type]  # the mistake under test
        assert caught.value.lang == "fr"
        assert caught.value.known == ("vi", "en")


@every_set
def test_every_set_has_a_docstring_of_its_own(category: type[Category]) -> None:
    assert category.__doc__
    assert category.__doc__ != Category.__doc__


def test_benefit_says_whose_benefit_is_meant() -> None:
    assert "seller" in Benefit.facet_definition("en")
    assert "bên bán" in Benefit.facet_definition("vi")


def test_individual_and_business_customers_differ_in_seven_points() -> None:
    contrasts = Subject.contrasts()
    assert [contrast.aspect.en for contrast in contrasts] == [
        "Headcount",
        "Quantity and value of one purchase",
        "Reach and persuasion",
        "Change of need",
        "Demography",
        "What decides",
        "Final consumer",
    ]
    for contrast in contrasts:
        for lang in LANGUAGES:
            texts = [words.text(lang) for words in (contrast.aspect, contrast.individual, contrast.business)]
            assert all(texts)
            assert len(set(texts)) == len(texts)
            assert all(unicodedata.is_normalized("NFC", text) for text in texts)


def test_a_contrast_can_not_be_changed() -> None:
    contrast = Subject.contrasts()[0]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        contrast.aspect = contrast.business  # type: ignore[misc]  # the mistake under test


def test_the_industries_of_clients_and_customers_are_those_of_the_domain() -> None:
    assert {industry.value for industry in Engagement.CLIENT.industries} == {
        "law_firm",
        "design_studio",
        "accounting_firm",
        "healthcare_provider",
        "insurance_agency",
        "advertising_agency",
        "real_estate",
        "finance",
        "investment",
        "communications",
    }
    assert {industry.value for industry in Engagement.CUSTOMER.industries} == {
        "retail_shop",
        "restaurant",
        "supermarket",
        "bank",
        "service_station",
        "amusement_park",
    }


def test_every_industry_but_other_speaks_of_either_clients_or_customers() -> None:
    listed = [industry for engagement in Engagement for industry in engagement.industries]
    assert sorted(listed) == sorted(set(Industry) - {Industry.OTHER})
    assert all(isinstance(industry, Industry) for industry in listed)


def test_discount_customers_change_brand_most_easily_then_new_then_loyal_ones() -> None:
    assert {member.value: member.switching_rank for member in RelationshipType} == {
        "potential": None,
        "loyal": 3,
        "new": 2,
        "discount": 1,
        "former": None,
        "internal": None,
        "external": None,
        "intermediary": None,
    }


def test_what_the_business_sends_is_no_dealing() -> None:
    assert [kind.value for kind in InteractionKind if not kind.is_dealing] == ["campaign", "newsletter", "apology"]


def test_five_ties_are_internal() -> None:
    assert [kind.value for kind in TieKind if kind.is_internal] == [
        "employee_of_department",
        "employee_of_branch",
        "employee",
        "shareholder",
        "other_insider",
    ]


def test_a_leading_style_has_the_words_of_its_personality() -> None:
    for style in Personality:
        leading = LeadingStyle(style.value)
        assert [leading.label(lang) for lang in LANGUAGES] == [style.label(lang) for lang in LANGUAGES]
        assert [leading.definition(lang) for lang in LANGUAGES] == [style.definition(lang) for lang in LANGUAGES]
    assert {style.value for style in LeadingStyle} - {style.value for style in Personality} == {"tied"}


def test_a_practice_names_the_function_that_helps_with_it() -> None:
    assert {practice.value: practice.function for practice in Practice} == {
        "know_first": "khachhang.facts_of",
        "meet_in_person": None,
        "assess_means": "khachhang.advice.affordability",
        "reach_out_first": "khachhang.advice.next_changes",
        "speak_to_feelings": None,
        "follow_up": "khachhang.advice.follow_up",
    }
