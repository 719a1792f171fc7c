"""A persona drawn from a population: what most of a label's customers have in common, and others less often."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import facts

import khachhang as kh
from khachhang.advice import Persona, PersonaPolicy

if TYPE_CHECKING:
    import random

BENEFIT = kh.classifiers.benefit(kh.classifiers.BenefitPolicy(complaints_count=False))


def buyer(*, loyal: bool, **more: Any) -> kh.Facts:
    """One who is loyal for certain, or a walk-in for certain."""
    purchases = 6 if loyal else 1
    known: Any = {"returned_share": 0.0, "negative_review_count": 0, "bought_count": purchases, **more}
    return kh.Facts(purchase_count=purchases, days_since_last_purchase=10, **known)


LOYAL = [
    buyer(loyal=True, age=age, gender=gender, has_need=need, spend=spend, mean_score=9.5)
    for age, gender, need, spend in [
        (27, "female", True, "1234567"),
        (29, "female", True, "1500000"),
        (31, "female", True, "1700000"),
        (33, "female", None, "1999999"),
        (34, "male", None, "90000000"),
        (61, "male", None, "100"),
    ]
]
OTHERS = [
    buyer(loyal=False, age=age, gender=gender, has_need=False, spend=spend)
    for age, gender, spend in [(18, "male", "1600000"), (30, "male", "90000"), (70, "female", "80000")]
]
NOT_KNOWN = [kh.Facts(gender="other", age=30)]
MOST = PersonaPolicy(min_share=0.6, min_known_share=0.5, max_wishes=10)


def drawn(*names: str, policy: PersonaPolicy = MOST, population: Any = (*LOYAL, *OTHERS, *NOT_KNOWN)) -> Persona:
    return Persona.drawn_from(population, BENEFIT, "loyal", facts=names or None, policy=policy)


class TestWishes:
    def test_a_choice_is_the_most_common_label(self) -> None:
        (wish,) = drawn("gender").wishes
        assert wish.text("vi") == "giới tính là Nữ"
        assert wish.support is not None
        assert (wish.support.holding, wish.support.known, wish.support.customers) == (4, 6, 6)
        assert (wish.support.share, wish.support.others_share) == (Fraction(2, 3), Fraction(1, 3))

    def test_several_labels_where_one_is_not_most(self) -> None:
        styles = ["dominance", "influence", "influence", "steadiness", "influence", "dominance"]
        population = [buyer(loyal=True, leading_style=style) for style in styles]
        persona = Persona.drawn_from(population, BENEFIT, "loyal", facts=["leading_style"])
        assert persona.wishes[0].text("en") == "the leading style is one of Influence, Dominance"

    def test_a_number_is_the_narrowest_interval_rounded_outward_to_two_digits(self) -> None:
        assert drawn("age").wishes[0].text("vi") == "tuổi từ 29 đến 34"
        assert drawn("spend").wishes[0].text("vi") == "chi mua thực từ 1.200.000 đến 2.000.000"

    def test_a_flag_is_what_most_are_of_whom_it_is_known(self) -> None:
        wish = drawn("has_need").wishes[0]
        assert wish.text("vi") == "khách có nhu cầu"
        assert wish.support is not None
        assert (wish.support.holding, wish.support.known, wish.support.customers) == (3, 3, 6)

    def test_what_is_known_of_too_few_is_left_out(self) -> None:
        with pytest.raises(kh.InvalidError, match="nothing in common"):
            drawn("has_need", policy=PersonaPolicy(min_known_share=0.6))
        with pytest.raises(kh.InvalidError, match="nothing in common"):
            drawn("occupation")

    def test_a_text_is_the_most_common_one(self) -> None:
        jobs = ["giáo viên", "giáo viên", "giáo viên", "giáo viên", "kỹ sư"]
        population = [buyer(loyal=True, occupation=job) for job in jobs]
        persona = Persona.drawn_from(population, BENEFIT, kh.Benefit.LOYAL, facts=[kh.fact.occupation])
        assert persona.wishes[0].text("vi") == "nghề nghiệp là “giáo viên”"
        with pytest.raises(kh.InvalidError, match="nothing in common"):
            Persona.drawn_from(population, BENEFIT, "loyal", facts=["occupation"], policy=PersonaPolicy(min_share=0.9))

    @pytest.mark.parametrize(
        ("values", "text"),
        [
            ([5, 5, 5, 5, 5], "the number of surveys answered is 5"),
            ([0, 1, 2, 3, 4], "the number of surveys answered is at most 4"),
            ([101, 105, 107, 109, 103], "the number of surveys answered is from 100 to 110"),
        ],
    )
    def test_the_ends_of_an_interval(self, values: list[int], text: str) -> None:
        population = [buyer(loyal=True, survey_count=value) for value in values]
        policy = PersonaPolicy(min_share=1)
        persona = Persona.drawn_from(population, BENEFIT, "loyal", facts=["survey_count"], policy=policy)
        assert persona.wishes[0].text("en") == text

    def test_shares_have_two_decimals_and_stay_in_their_range(self) -> None:
        def share(*values: float) -> str:
            population = [buyer(loyal=True, discounted_share=value) for value in values]
            policy = PersonaPolicy(min_share=1)
            persona = Persona.drawn_from(population, BENEFIT, "loyal", facts=["discounted_share"], policy=policy)
            return persona.wishes[0].text("en")

        assert share(1 / 3, 0.4, 0.4, 0.4, 0.5).endswith("is from 33% to 50%")
        assert share(1 / 3, 0.4, 0.4, 0.4, 1.0).endswith("is at least 33%")
        assert share(0.0, 0.1, 0.4, 0.4, 0.555).endswith("is at most 56%")
        with pytest.raises(kh.InvalidError, match="nothing in common"):
            share(0.0, 0.1, 0.4, 0.4, 1.0)

    def test_what_others_have_as_often_is_left_out(self) -> None:
        everywhere = [buyer(loyal=loyal, gender="female") for loyal in [True] * 5 + [False] * 5]
        with pytest.raises(kh.InvalidError, match="nothing in common"):
            Persona.drawn_from(everywhere, BENEFIT, "loyal", facts=["gender"])

    def test_those_that_tell_best_come_first_and_few_are_kept(self) -> None:
        two = PersonaPolicy(min_share=0.6, max_wishes=2)
        persona = drawn("age", "gender", "has_need", policy=two)
        assert [wish.text("en") for wish in persona.wishes] == ["there is a need", "the age is from 29 to 34 years"]
        equally_good = drawn(policy=two)
        assert [wish.text("vi") for wish in equally_good.wishes] == ["tuổi từ 29 đến 34", "giới tính là Nữ"]

    def test_at_equal_differences_the_larger_share_goes_first(self) -> None:
        jobs = ["giáo viên"] * 4 + ["kỹ sư"] * 2 + ["giáo viên"] * 3 + ["kỹ sư"] * 3
        genders = ["female"] * 5 + ["male"] + ["female"] * 4 + ["male"] * 2
        population = [
            buyer(loyal=place < 6, occupation=job, gender=gender)
            for place, (job, gender) in enumerate(zip(jobs, genders, strict=True))
        ]
        assert [wish.text("en") for wish in drawn("occupation", "gender", population=population).wishes] == [
            "the gender is Female",
            "the occupation is “giáo viên”",
        ]

    def test_neither_the_rules_own_facts_nor_private_ones_are_looked_at(self) -> None:
        asked = {leaf.variable for wish in drawn().wishes for leaf in wish.predicate.leaves()}
        assert asked
        assert all(variable.name not in BENEFIT.needs and not variable.is_private for variable in asked)

    def test_it_is_called_by_its_label_or_by_name(self) -> None:
        assert drawn("age").name == "loyal"
        named = Persona.drawn_from(LOYAL, BENEFIT, "loyal", name="Khách ruột", facts=["age"])
        assert named.name == "Khách ruột"

    def test_the_support_is_said(self) -> None:
        assert drawn("gender").explain("vi") == (
            "Chân dung khách hàng “loyal”:\n"
            "  - giới tính là Nữ (đúng với khoảng 66,67% trong 6 khách; ở khách khác: khoảng 33,33%)"
        )
        persona = Persona.drawn_from(LOYAL, BENEFIT, "loyal", facts=["gender"], policy=MOST)
        assert persona.explain("en") == (
            "Persona “loyal”:\n  - the gender is Female (true of about 66.67% of 6 customers)"
        )


class TestBadInput:
    def test_too_few_customers_are_no_group(self) -> None:
        with pytest.raises(kh.InvalidError, match="0 of 3 customers are certainly 'loyal'") as caught:
            Persona.drawn_from(OTHERS, BENEFIT, "loyal")
        assert "PersonaPolicy(min_customers=...)" in str(caught.value)

    def test_every_wrong_argument_is_named(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            Persona.drawn_from("x", BENEFIT, "lasting", name="", facts="age")  # type: ignore[arg-type]  # mistakes
        assert [fault.field for fault in caught.value.faults] == ["population", "label", "facts", "name"]
        with pytest.raises(kh.InvalidError) as caught:
            Persona.drawn_from([3], "benefit", "loyal")  # type: ignore[list-item, arg-type]  # the mistakes under test
        assert [fault.field for fault in caught.value.faults] == ["population", "table"]

    @pytest.mark.parametrize("name", ["agee", 3, ["age"]])
    def test_a_fact_is_of_the_catalogue(self, name: Any) -> None:
        with pytest.raises(kh.InvalidError, match="is not the name of a fact"):
            Persona.drawn_from(LOYAL, BENEFIT, "loyal", facts=[name])

    @pytest.mark.parametrize("name", ["monthly_income", "mean_score"])
    def test_a_private_fact_is_refused(self, name: str) -> None:
        with pytest.raises(kh.InvalidError, match="is a private fact"):
            drawn(name)

    def test_the_policy_is_checked(self) -> None:
        with pytest.raises(kh.PolicyError, match=r"kh\.advice\.PersonaPolicy"):
            Persona.drawn_from(LOYAL, BENEFIT, "loyal", policy=3)  # type: ignore[arg-type]  # the mistake under test
        with pytest.raises(kh.InvalidError, match="min_share"):
            PersonaPolicy(min_share=2)


@settings(max_examples=15)
@given(st.lists(facts(), min_size=5, max_size=12), st.randoms(use_true_random=False))
def test_law_the_same_population_in_any_order_gives_the_same_persona(
    others: list[kh.Facts], chance: random.Random
) -> None:
    population = [*LOYAL, *others]
    shuffled = list(population)
    chance.shuffle(shuffled)

    assert drawn(population=shuffled) == drawn(population=population)


@settings(max_examples=15)
@given(st.lists(facts(), min_size=5, max_size=12))
def test_law_the_support_is_what_matching_counts(others: list[kh.Facts]) -> None:
    population = [*LOYAL, *others]
    persona = drawn(population=population)

    members = [one for one in population if kh.Benefit.LOYAL in BENEFIT.labels(one)]
    assert 1 <= len(persona.wishes) <= MOST.max_wishes
    for place, wish in enumerate(persona.wishes):
        truths = [persona.match(one).truths[place] for one in members]
        assert wish.support is not None
        assert wish.support.customers == len(members)
        assert (wish.support.holding, wish.support.known) == (truths.count(True), len(members) - truths.count(None))
        assert wish.support.share >= Fraction(6, 10)
