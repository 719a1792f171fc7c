"""Facts as rules write them: what they compare with, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from khachhang.errors import PredicateError
from khachhang.facts import Facts, fact
from khachhang.rules import always
from khachhang.rules.fact import WholeFact
from khachhang.rules.predicate import Among
from khachhang.rules.variable import Change
from khachhang.taxonomy import Gender, OrganizationKind, PartyKind, Side, TieKind, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.rules import Predicate

# Facts of any type, so that what a type checker refuses can be tried as well.
age: Any = fact.age
gender: Any = fact.gender
has_need: Any = fact.has_need
occupation: Any = fact.occupation
share: Any = fact.discounted_share
spend: Any = fact.spend
income: Any = fact.monthly_income


def refused(make: Callable[[], object]) -> PredicateError:
    with pytest.raises(PredicateError) as caught:
        make()
    return caught.value


class TestConstants:
    @pytest.mark.parametrize(
        ("make", "problem", "cure"),
        [
            (
                lambda: age < "15",
                "age: '15' is not a whole number from 0",
                "compare age with a whole number from 0",
            ),
            (lambda: age == 15.5, "age: 15.5 is not a whole number", "whole number"),
            (lambda: age == True, "age: True is not", "whole number"),  # noqa: E712  # the constant is tried
            (lambda: age < float("inf"), "age: inf is not", "whole number"),
            (lambda: age < fact.spend, "age: <fact spend> is not", "compare age with a whole number"),
            (lambda: spend >= 0.1, "spend: 0.1 is not an amount from 0", "a whole number, a string or a Decimal"),
            (lambda: spend >= "mười", "spend: 'mười' is not an amount", "compare spend with an amount"),
            (lambda: spend >= Decimal("NaN"), "spend: Decimal('NaN') is not", "compare spend with an amount"),
            (lambda: share > "0.5", "discounted_share: '0.5' is not a number from 0.0 to 1.0", "from 0.0 to 1.0"),
            (lambda: has_need == 1, "has_need: 1 is not True or False", "compare has_need with True or False"),
            (lambda: occupation == 7, "occupation: 7 is not a text", "compare occupation with a text"),
            (lambda: occupation == Gender.MALE, "occupation: <Gender.MALE", "a text"),
            (lambda: gender == Side.INTERNAL, "is not a Gender (female, male, other)", "use a member of Gender"),
            (lambda: gender == "man", "gender: 'man' is not a Gender", "use a member of Gender"),
            (lambda: gender != "male", "gender: 'male' is not a Gender", "write Gender.MALE: labels are checked by"),
            (lambda: age.is_in([14, "15"]), "age: '15' is not", "compare age"),
            (lambda: age.between(15, "22"), "age: '22' is not", "compare age"),
        ],
        ids=range(17),
    )
    def test_a_constant_of_another_type_is_refused(self, make: Callable[[], object], problem: str, cure: str) -> None:
        error = refused(make)

        assert problem in error.problem
        assert cure in error.hint

    @pytest.mark.parametrize("own", [age, gender, has_need, occupation, spend], ids=lambda own: own.name)
    def test_none_is_no_constant(self, own: Any) -> None:
        error = refused(lambda: own == None)  # noqa: E711  # the constant is tried

        assert error.problem.startswith(f"{own.name}: a rule can not compare with None")
        assert "stay open by themselves" in error.hint

    def test_a_personal_value_is_not_shown(self) -> None:
        error = refused(lambda: income >= "12 triệu")

        assert error.problem == "monthly_income: the value is not an amount from 0"
        assert "12" not in str(error)

    @pytest.mark.parametrize(
        ("condition", "holds"),
        [
            (fact.age == 15.0, True),  # a whole number all the same
            (fact.spend == "2500000.50", True),
            (fact.spend > 2_500_000, True),
            (fact.spend < Decimal("2500000.5"), False),
            (fact.discounted_share >= Decimal("0.5"), True),
            (fact.gender == Gender.FEMALE, True),
            (fact.has_need == False, True),  # noqa: E712  # a comparison of facts
            (fact.ties.has(TieKind.BANK) == True, False),  # noqa: E712  # a comparison of facts
        ],
        ids=range(8),
    )
    def test_constants_of_its_own_type_are_compared_exactly(self, condition: Predicate, holds: bool) -> None:
        known = Facts(age=15, spend="2500000.5", discounted_share=0.5, gender="female", has_need=False, tie_bank=False)

        assert condition.truth(known) is holds


class TestOrder:
    @pytest.mark.parametrize(
        ("sign", "compare"),
        [
            ("<", lambda one, other: one < other),
            ("<=", lambda one, other: one <= other),
            (">", lambda one, other: one > other),
            (">=", lambda one, other: one >= other),
            ("between", lambda one, other: one.between(other, other)),
        ],
    )
    @pytest.mark.parametrize(
        ("own", "constant"),
        [(gender, Gender.MALE), (has_need, True), (occupation, "kỹ sư")],
        ids=["label", "flag", "text"],
    )
    def test_labels_flags_and_texts_have_none(
        self, own: Any, constant: Any, sign: str, compare: Callable[[Any, Any], Predicate]
    ) -> None:
        error = refused(lambda: compare(own, constant))

        assert error.problem == f"{own.name} {sign}: {own.variable.described()} has no order"
        assert error.hint == "use ==, != or .is_in([...])"

    @pytest.mark.parametrize(
        ("age", "less", "at_most", "more", "at_least"),
        [(14, True, True, False, False), (15, False, True, False, True), (16, False, False, True, True)],
    )
    def test_a_number_is_held_against_a_bound(
        self, age: int, less: bool, at_most: bool, more: bool, at_least: bool
    ) -> None:
        tests = (fact.age < 15, fact.age <= 15, fact.age > 15, fact.age >= 15)

        assert [one.truth(Facts(age=age)) for one in tests] == [less, at_most, more, at_least]


class TestBetween:
    @pytest.mark.parametrize(
        ("closed", "inside"),
        [("both", {15, 16, 17}), ("left", {15, 16}), ("right", {16, 17}), ("neither", {16})],
    )
    def test_closed_says_which_ends_are_inside(self, closed: Any, inside: set[int]) -> None:
        condition = fact.age.between(15, 17, closed=closed)

        assert {age for age in range(13, 20) if condition.truth(Facts(age=age))} == inside
        assert {age for age in range(13, 20) if condition.negated().truth(Facts(age=age))} == {13, 14, 18, 19} | (
            {15, 16, 17} - inside
        )

    def test_both_ends_are_inside_unless_one_says_otherwise(self) -> None:
        assert fact.age.between(15, 17) == fact.age.between(15, 17, closed="both")

    def test_an_interval_may_be_one_number(self) -> None:
        assert fact.age.between(15, 15).truth(Facts(age=15)) is True

    @pytest.mark.parametrize("wrong", ["open", "[)", True, None])
    def test_another_word_for_closed_is_refused(self, wrong: Any) -> None:
        error = refused(lambda: fact.age.between(15, 22, closed=wrong))

        assert error.problem == f"age.between: closed={wrong!r} says nothing"
        assert error.hint == "closed is one of 'both', 'left', 'right', 'neither'"

    def test_reversed_ends_are_refused(self) -> None:
        error = refused(lambda: fact.age.between(22, 15))

        assert error.problem == "age.between: the lower end 22 is above the upper end 15"
        assert error.hint == "give the lower end first"


class TestIsIn:
    def test_it_is_one_of_the_values_each_named_once(self) -> None:
        condition = fact.organization_kind.is_in(
            [OrganizationKind.SHOP, OrganizationKind.COMPANY, OrganizationKind.SHOP]
        )

        assert condition == Among(fact.organization_kind.variable, (OrganizationKind.SHOP, OrganizationKind.COMPANY))
        assert condition.truth(Facts(organization_kind="shop")) is True
        assert condition.truth(Facts(organization_kind="state_agency")) is False
        assert condition.truth(Facts(party_kind=PartyKind.ORGANIZATION)) is None

    def test_of_no_values_it_is_never_one(self) -> None:
        assert fact.age.is_in([]).truth(Facts(age=15)) is False
        assert (~fact.age.is_in([])).truth(Facts(age=15)) is True

    def test_values_may_come_one_by_one(self) -> None:
        assert fact.age.is_in(age for age in (14, 15)) == fact.age.is_in([14, 15])

    def test_one_text_is_no_list_of_values(self) -> None:
        error = refused(lambda: fact.occupation.is_in("giáo viên"))

        assert error.problem == "occupation.is_in: 'giáo viên' is not a list of values"
        assert error.hint == "put the values in a list"


class TestHandle:
    def test_it_shows_itself_by_its_name(self) -> None:
        assert repr(fact.age) == "<fact age>"

    def test_the_same_fact_has_one_hash(self) -> None:
        assert hash(fact.age) == hash(fact["age"])
        assert hash(fact.age) != hash(fact.spend)

    def test_its_help_is_how_it_follows_from_a_history(self) -> None:
        assert fact.age.__doc__ == WholeFact(fact.age.variable).__doc__ == fact.age.variable.derivation != ""
        assert fact.custom("nps", int).__doc__ is None

    def test_a_flag_is_its_own_test(self) -> None:
        assert list(fact.has_need.leaves()) == [fact.has_need == True]  # noqa: E712  # a comparison of facts
        assert [variable.name for variable in fact.has_need.open_variables(Facts())] == ["has_need"]
        assert list(fact.has_need.open_variables(Facts(has_need=False))) == []
        assert fact.has_need.negated().truth(Facts(has_need=False)) is True

    def test_it_says_where_it_has_a_value(self) -> None:
        assert fact.age.exists.truth(Facts(party_kind="group")) is False
        assert fact.age.exists.truth(Facts(age=3)) is True
        assert fact.has_need.exists == always

    def test_the_words_of_ones_own_flag_are_denied_in_both_languages(self) -> None:
        negation = fact.custom("vip", bool, vi="khách quý", en="a VIP").variable.negation

        assert negation is not None
        assert (negation.vi, negation.en) == ("không đúng là khách quý", "not: a VIP")
        assert fact.custom("nps", int).variable.negation is None

    @pytest.mark.parametrize(
        ("make", "problem", "cure"),
        [
            (lambda own: own("", int), "name: '' is no name of a fact", "Facts(extra={...})"),
            (lambda own: own("nps", list), "nps: a fact can not hold <class 'list'>", "int, float, Decimal, bool, str"),
            (lambda own: own("nps", "int"), "nps: a fact can not hold 'int'", "label sets"),
            (lambda own: own("wave", str, low=1), "wave: a text has no range", "leave low and high away"),
            (lambda own: own("nps", int, low="0"), "nps: '0' is not a whole number", "compare nps with a whole number"),
            (lambda own: own("nps", int, low=10, high=0), "nps: low=10 is above high=0", "smallest possible number"),
        ],
        ids=range(6),
    )
    def test_ones_own_fact_is_checked_as_it_is_made(
        self, make: Callable[[Any], object], problem: str, cure: str
    ) -> None:
        error = refused(lambda: make(fact.custom))

        assert problem in error.problem
        assert cure in error.hint

    def test_it_changes_as_its_maker_says_with_a_range_and_without(self) -> None:
        some_ends: list[dict[str, Any]] = [{}, {"low": 5}, {"low": 5, "high": 5}]
        for ends in some_ends:
            variable = fact.custom("points", int, change=Change.GROWS, unit=Words("điểm", "points"), **ends).variable
            assert (variable.change, variable.unit) == (Change.GROWS, Words("điểm", "points"))
            assert (variable.low, variable.high) == (ends.get("low"), ends.get("high"))

    def test_a_range_may_be_open_at_one_end(self) -> None:
        assert fact.custom("points", int, high=10).variable.described() == "a whole number up to 10"
        assert fact.custom("points", int, low=1).variable.described() == "a whole number from 1"
