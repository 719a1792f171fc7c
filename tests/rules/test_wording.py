"""Words for values and conditions, as each language writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.table_strategies import predicates

from khachhang.errors import UnknownLanguageError
from khachhang.facts import fact
from khachhang.rules import always
from khachhang.rules.wording import check_language, number_text, predicate_text, read_text, value_text
from khachhang.taxonomy import Gender, PartyKind, Words

if TYPE_CHECKING:
    from khachhang.rules import Predicate
    from khachhang.rules.fact import Fact

PERSON = fact.party_kind == PartyKind.PERSON
POINTS = fact.custom("points", int, vi="điểm thưởng", en="the bonus", unit=Words("điểm", "points"))


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (2_500_000, "2.500.000", "2,500,000"),
        (-1_000, "-1.000", "-1,000"),
        (Decimal("2500000.50"), "2.500.000,5", "2,500,000.5"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (0.1, "0,1", "0.1"),
        (1e-07, "0,0000001", "0.0000001"),
        (1e21, "1.000.000.000.000.000.000.000", "1,000,000,000,000,000,000,000"),
        (12.0, "12", "12"),
    ],
)
def test_a_number_is_exact_and_never_in_powers_of_ten(number: Any, vi: str, en: str) -> None:
    assert (number_text(number, "vi"), number_text(number, "en")) == (vi, en)


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.floats(-1e12, 1e12))
def test_a_number_can_be_read_back(number: Any) -> None:
    english = number_text(number, "en")

    assert Decimal(english.replace(",", "")) == Decimal(repr(number) if isinstance(number, float) else number)
    assert number_text(number, "vi").translate(str.maketrans(",.", ".,")) == english


@pytest.mark.parametrize(
    ("own", "value", "vi", "en"),
    [
        (fact.age, 15, "15", "15 years"),
        (fact.age, 1, "1", "1 year"),
        (fact.purchase_count, 3, "3 lần", "3"),
        (fact.days_since_last_purchase, 1, "1 ngày", "1 day"),
        (fact.days_since_last_purchase, 1_095, "1.095 ngày", "1,095 days"),
        (fact.discounted_share, 0.125, "12,5%", "12.5%"),
        (fact.discounted_share, 0.07, "7%", "7%"),
        (fact.spend, Decimal(1_000), "1.000", "1,000"),
        (fact.has_need, True, "có", "yes"),
        (fact.has_need, False, "không", "no"),
        (fact.gender, Gender.FEMALE, "Nữ", "Female"),
        (fact.occupation, "kỹ sư", "“kỹ sư”", "“kỹ sư”"),
        (POINTS, 1, "1 điểm", "1 point"),
    ],
    ids=range(13),
)
def test_a_value_is_said_with_its_unit(own: Fact[Any], value: Any, vi: str, en: str) -> None:
    assert (value_text(own.variable, value, "vi"), value_text(own.variable, value, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("own", "value", "vi", "en"),
    [
        (fact.mean_purchase_gap, 30.5, "30,5 ngày", "30.5 days"),
        (fact.mean_purchase_gap, 30.123, "khoảng 30,12 ngày", "about 30.12 days"),
        (fact.discounted_share, 0.5, "50%", "50%"),
        (fact.discounted_share, 1 / 3, "khoảng 33,33%", "about 33.33%"),
        (fact.age, 31, "31", "31 years"),
        (fact.spend, Decimal("0.123"), "0,123", "0.123"),
    ],
    ids=range(6),
)
def test_a_real_number_that_was_read_is_rounded_and_says_so(own: Fact[Any], value: Any, vi: str, en: str) -> None:
    assert (read_text(own.variable, value, "vi"), read_text(own.variable, value, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("condition", "vi", "en"),
    [
        (fact.age == 15, "tuổi là 15", "the age is 15 years"),
        (fact.age != 15, "tuổi không phải là 15", "the age is not 15 years"),
        (fact.age < 15, "tuổi dưới 15", "the age is under 15 years"),
        (fact.age <= 15, "tuổi không quá 15", "the age is at most 15 years"),
        (fact.age > 15, "tuổi trên 15", "the age is over 15 years"),
        (fact.age >= 15, "tuổi từ 15 trở lên", "the age is at least 15 years"),
        (fact.age.between(15, 22), "tuổi từ 15 đến 22", "the age is from 15 to 22 years"),
        (fact.age.between(15, 22, "left"), "tuổi từ 15 đến dưới 22", "the age is at least 15 and under 22 years"),
        (fact.age.between(15, 22, "right"), "tuổi trên 15 và không quá 22", "the age is over 15 and at most 22 years"),
        (fact.age.between(15, 22, "neither"), "tuổi trên 15 và dưới 22", "the age is over 15 and under 22 years"),
        (fact.gender.is_in([Gender.FEMALE, Gender.MALE]), "giới tính là một trong: Nữ, Nam", "the gender is one of Female, Male"),
        (~fact.gender.is_in([Gender.FEMALE]), "giới tính không thuộc: Nữ", "the gender is none of Female"),
        (fact.gender.is_in([]), "giới tính là một trong: ∅", "the gender is one of ∅"),
        (fact.has_need, "khách có nhu cầu", "there is a need"),
        (~fact.has_need, "khách không có nhu cầu", "there is no need"),
        (fact.has_need != True, "khách không có nhu cầu", "there is no need"),  # noqa: E712  # a comparison of facts
        (PERSON, "chủ thể là Cá nhân", "the party is Person"),
        (always, "trong mọi trường hợp còn lại", "in every other case"),
        (~always, "không bao giờ", "never"),
    ],
    ids=range(19),
)  # fmt: skip
def test_one_test_is_a_sentence(condition: Predicate, vi: str, en: str) -> None:
    assert (predicate_text(condition, "vi"), predicate_text(condition, "en")) == (vi, en)


def test_a_text_can_not_pass_for_more_than_a_text() -> None:
    assert value_text(fact.occupation.variable, "kỹ sư\n  - tuổi\u202e là\u00a030", "vi") == "“kỹ sư - tuổi là 30”"


def test_joined_tests_stand_in_parentheses_where_they_could_be_misread() -> None:
    condition = PERSON & ((fact.age < 15) | ~(fact.has_need | fact.has_means)) & always

    assert predicate_text(condition, "en") == (
        "the party is Person and (the age is under 15 years or (there is no need and the means are lacking))"
    )
    assert predicate_text(condition, "vi") == (
        "chủ thể là Cá nhân và (tuổi dưới 15 hoặc (khách không có nhu cầu và khách không đủ ngân sách))"
    )


@given(predicates())
def test_every_condition_can_be_said_and_its_double_negation_says_the_same(condition: Predicate) -> None:
    for lang in ("vi", "en"):
        assert predicate_text(condition, lang)
        assert predicate_text(~~condition, lang) == predicate_text(condition, lang)


@pytest.mark.parametrize("wrong", ["fr", "VI", "", None])
def test_a_language_without_words_is_refused_with_the_known_ones(wrong: object) -> None:
    with pytest.raises(UnknownLanguageError, match="'vi', 'en'"):
        check_language(wrong)
