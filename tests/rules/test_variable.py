"""Variables: what a fact is, and what becomes of the constants and values that are given for it."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.table_strategies import FACTS, Mood, Wave, values

from khachhang.errors import Fault, PredicateError, repr_of
from khachhang.facts import fact
from khachhang.rules.variable import Variable
from khachhang.taxonomy import Gender, Words

if TYPE_CHECKING:
    from khachhang.rules.fact import Fact

AGE = fact.age.variable
SPEND = fact.spend.variable
SHARE = fact.discounted_share.variable
GENDER = fact.gender.variable
OCCUPATION = fact.occupation.variable
NEED = fact.has_need.variable
SCORE = fact.last_score.variable


class Index:
    """A whole number of another library, as NumPy has them."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __index__(self) -> int:
        return self.number


def fault_of(variable: Variable, value: object) -> Fault:
    with pytest.raises(ValueError, match=variable.name) as caught:
        variable.value(value)
    (fault,) = caught.value.args
    assert isinstance(fault, Fault)
    return fault


class TestIdentity:
    def test_a_fact_is_its_name_its_type_and_its_range_whatever_its_words(self) -> None:
        other = attrs.evolve(AGE, label=Words("số tuổi", "years of age"), derivation="")

        assert other == AGE
        assert hash(other) == hash(AGE)
        assert copy.deepcopy(AGE) == pickle.loads(pickle.dumps(AGE)) == AGE

    @pytest.mark.parametrize(
        "change", [{"name": "years"}, {"type": float}, {"low": 1}, {"high": 120}, {"is_custom": True}], ids=str
    )
    def test_facts_that_hold_other_values_are_others(self, change: dict[str, Any]) -> None:
        assert attrs.evolve(AGE, **change) != AGE

    def test_it_is_nothing_but_a_variable(self) -> None:
        name: object = "age"

        assert name != AGE
        assert repr(AGE) == "<fact age>"

    @pytest.mark.parametrize(
        ("variable", "text"),
        [
            (AGE, "a whole number from 0"),
            (SHARE, "a number from 0.0 to 1.0"),
            (SPEND, "an amount from 0"),
            (NEED, "True or False"),
            (OCCUPATION, "a text"),
            (GENDER, "a Gender (female, male, other)"),
            (Variable("nps", int, label=Words("", "")), "a whole number"),
            (Variable("nps", int, label=Words("", ""), high=10), "a whole number up to 10"),
        ],
        ids=range(8),
    )
    def test_it_says_what_it_holds(self, variable: Variable, text: str) -> None:
        assert variable.described() == text

    def test_only_numbers_are_ordered_and_only_labels_have_a_label_set(self) -> None:
        assert [one.name for one in (AGE, SHARE, SPEND, NEED, OCCUPATION, GENDER) if one.is_number] == [
            "age", "discounted_share", "spend"
        ]  # fmt: skip
        assert GENDER.category is Gender
        assert OCCUPATION.category is None


class TestConstant:
    @pytest.mark.parametrize(
        ("variable", "given_", "constant"),
        [
            (AGE, 15, 15),
            (AGE, 15.0, 15),
            (AGE, Decimal(15), 15),
            (AGE, Index(15), 15),
            (SHARE, 1, 1.0),
            (SHARE, Decimal("0.5"), 0.5),
            (SHARE, Index(1), 1.0),
            (SPEND, "12.50", Decimal("12.50")),
            (SPEND, 12, Decimal(12)),
            (GENDER, Gender.MALE, Gender.MALE),
            (OCCUPATION, "kỹ sư", "kỹ sư"),
            (NEED, False, False),
        ],
        ids=range(12),
    )
    def test_it_takes_the_type_of_its_fact(self, variable: Variable, given_: object, constant: object) -> None:
        made = variable.constant(given_)

        assert made == constant
        assert type(made) is type(constant)

    @pytest.mark.parametrize(
        ("variable", "wrong"),
        [
            (AGE, 15.5), (AGE, "15"), (AGE, True), (AGE, float("nan")), (AGE, float("inf")), (AGE, [15]), (AGE, int),
            (SHARE, 10**4_000), (SHARE, Decimal("Infinity")), (SHARE, False), (SHARE, "0.5"),
            (SPEND, 0.5), (SPEND, "x"), (SPEND, "Infinity"), (SPEND, Decimal("sNaN")), (SPEND, True), (SPEND, Mood.DASH),
            (GENDER, "male"), (GENDER, Wave.EARLY), (GENDER, 1), (OCCUPATION, 1), (OCCUPATION, Gender.MALE), (NEED, 0),
        ],
        ids=range(23),
    )  # fmt: skip
    def test_what_the_fact_can_not_hold_is_refused_by_name(self, variable: Variable, wrong: object) -> None:
        with pytest.raises(PredicateError) as caught:
            variable.constant(wrong)

        assert caught.value.problem == f"{variable.name}: {repr_of(wrong)} is not {variable.described()}"
        assert caught.value.hint

    @pytest.mark.parametrize(
        ("variable", "wrong", "cure"),
        [
            (AGE, "15", "compare age with a whole number from 0"),
            (SPEND, 0.5, "write an amount as a whole number, a string or a Decimal"),
            (SPEND, "x", "compare spend with an amount from 0"),
            (GENDER, "male", "write Gender.MALE: labels are checked by their type"),
            (GENDER, "man", "use a member of Gender"),
            (GENDER, Wave.EARLY, "use a member of Gender"),
        ],
        ids=range(6),
    )
    def test_the_cure_fits_the_mistake(self, variable: Variable, wrong: object, cure: str) -> None:
        with pytest.raises(PredicateError) as caught:
            variable.constant(wrong)

        assert caught.value.hint == cure

    @pytest.mark.parametrize(
        ("variable", "largest", "larger"),
        [
            (AGE, 2**13_000 - 1, 2**13_000),
            (SPEND, Decimal("9E+3999"), Decimal("1E+4000")),
            (SPEND, Decimal("1E-3999"), Decimal("9E-4000")),
        ],
        ids=["whole", "large", "small"],
    )
    def test_numbers_have_some_thousand_digits_at_most(self, variable: Variable, largest: Any, larger: Any) -> None:
        assert variable.constant(largest) == largest
        with pytest.raises(PredicateError):
            variable.constant(larger)

    def test_a_constant_may_lie_outside_what_can_be(self) -> None:
        assert AGE.constant(-1) == -1

    def test_not_known_is_no_constant(self) -> None:
        with pytest.raises(PredicateError, match="age: a rule can not compare with None, which means not known"):
            AGE.constant(None)


class TestValue:
    @pytest.mark.parametrize("unknown", [None, float("nan"), Decimal("NaN"), Decimal("sNaN")], ids=str)
    @pytest.mark.parametrize("own", FACTS, ids=range(len(FACTS)))
    def test_none_and_nan_are_not_known_whatever_the_fact(self, own: Fact[Any], unknown: object) -> None:
        assert own.variable.value(unknown) is None

    @pytest.mark.parametrize("own", FACTS, ids=range(len(FACTS)))
    @settings(max_examples=20)
    @given(data=st.data())
    def test_what_the_fact_can_hold_is_kept(self, own: Fact[Any], data: st.DataObject) -> None:
        value = data.draw(
            values(own.variable).filter(lambda one: not own.variable.is_number or own.variable.holds(one))
        )

        assert own.variable.value(value) == own.variable.constant(value) == value
        assert type(own.variable.value(value)) is type(value)

    @pytest.mark.parametrize(
        ("variable", "given_", "value"),
        [(AGE, 15.9, 15), (AGE, Decimal("15.9"), 15), (GENDER, "male", Gender.MALE), (SHARE, 1, 1.0)],
        ids=range(4),
    )
    def test_a_fraction_of_a_whole_number_is_rounded_down_and_a_code_is_its_label(
        self, variable: Variable, given_: object, value: object
    ) -> None:
        made = variable.value(given_)

        assert made == value
        assert type(made) is type(value)

    @pytest.mark.parametrize(
        ("variable", "wrong", "cure"),
        [
            (AGE, "15", "give a whole number from 0, or None where it is not known"),
            (SPEND, 0.5, "give an amount as a whole number, a string or a Decimal"),
            (GENDER, "man", "give a Gender (female, male, other), or None where it is not known"),
        ],
        ids=range(3),
    )
    def test_what_the_fact_can_not_hold_is_a_fault_with_a_cure(
        self, variable: Variable, wrong: object, cure: str
    ) -> None:
        fault = fault_of(variable, wrong)

        assert (fault.field, fault.problem) == (variable.name, f"{wrong!r} is not {variable.described()}")
        assert fault.hint == cure

    @pytest.mark.parametrize(("variable", "wrong"), [(AGE, -1), (SHARE, 1.5), (SPEND, "-0.01")], ids=range(3))
    def test_what_lies_outside_its_range_is_a_fault(self, variable: Variable, wrong: object) -> None:
        fault = fault_of(variable, wrong)

        assert fault.problem == f"{wrong!r} is outside what can be"
        assert fault.hint == f"{variable.name} is {variable.described()}"

    @pytest.mark.parametrize("wrong", ["9.5 points", 11.25])
    def test_a_personal_value_is_not_shown(self, wrong: object) -> None:
        fault = fault_of(SCORE, wrong)

        assert str(wrong) not in str(fault)
        assert fault.problem.startswith("the value is ")
