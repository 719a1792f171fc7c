"""Predicates: joined by &, | and ~; true, false or open; and no truth value of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.table_strategies import Mood, Strange, predicates, records

from khachhang.errors import InvalidError, PredicateError, TruthValueError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Predicate, always, when
from khachhang.rules._fast import FastWriter, _bounds
from khachhang.rules._source import Writer, _write_lacking
from khachhang.rules._values import values_of
from khachhang.rules.predicate import MAX_DEPTH, And, Not, Or, as_predicate, plain
from khachhang.rules.space import Budget, Space, axis_of
from khachhang.rules.wording import leaf_text
from khachhang.taxonomy import PartyKind

if TYPE_CHECKING:
    from collections.abc import Callable

YES, NO, OPEN = fact.has_need, fact.has_means, fact.taste_matches
KNOWN = Facts(has_need=True, has_means=False)
"""Facts for which `YES` is true, `NO` is false, and `OPEN` is open."""


class TestTruthValue:
    @pytest.mark.parametrize(
        "asked",
        [
            lambda: 15 <= fact.age < 22,
            lambda: fact.age < 15 and fact.age > 50,
            lambda: fact.age < 15 or fact.age > 50,
            lambda: not (fact.age < 15),
            lambda: bool(fact.age),
            lambda: bool(fact.has_need),
            lambda: bool(always),
        ],
        ids=["chain", "and", "or", "not", "fact", "flag", "always"],
    )
    def test_it_is_refused_with_the_signs_that_join_predicates(self, asked: Callable[[], object]) -> None:
        with pytest.raises(TruthValueError, match="no truth value of its own") as caught:
            asked()

        assert all(cure in caught.value.hint for cure in ("&", "|", "~", ".between(low, high)"))

    def test_the_error_is_a_type_error_too(self) -> None:
        with pytest.raises(TypeError):
            bool(fact.age == 15)


class TestJoining:
    @pytest.mark.parametrize(
        ("sign", "join"), [("&", lambda one, other: one & other), ("|", lambda one, other: one | other)]
    )
    @pytest.mark.parametrize("wrong", [True, 15, "age < 15", None, fact.age])
    def test_what_is_no_predicate_is_refused_with_advice_on_parentheses(
        self, sign: str, join: Callable[[Any, Any], Predicate], wrong: Any
    ) -> None:
        with pytest.raises(PredicateError, match="can not be joined to a predicate by") as caught:
            join(fact.age < 15, wrong)

        assert caught.value.problem.startswith(repr(wrong))
        assert caught.value.problem.endswith(sign)
        assert "in parentheses: (kh.fact.age >= 15) & (kh.fact.age < 22)" in caught.value.hint

    def test_equal_signs_make_one_list_of_parts(self) -> None:
        one, two, three = fact.age < 15, fact.spend > 0, fact.has_need

        assert (one & two) & three == one & (two & three) == And((one, two, three.node))
        assert (one | two) | three == one | (two | three) == Or((one, two, three.node))
        assert (one & two) | three == Or((And((one, two)), three.node))

    def test_the_parts_stand_in_the_order_in_which_they_were_written(self) -> None:
        condition = (fact.spend > 0) & ~(fact.has_need | (fact.age < 15)) & always

        assert [leaf.variable.name for leaf in condition.leaves()] == ["spend", "has_need", "age"]


class TestConditions:
    @pytest.mark.parametrize("wrong", [True, None, "fact.age < 15", fact.age, lambda facts: facts.age < 15])
    def test_what_is_no_predicate_is_no_condition(self, wrong: Any) -> None:
        with pytest.raises(PredicateError, match="is not a predicate") as caught:
            as_predicate(wrong)

        assert caught.value.problem.startswith(repr(wrong))
        assert "kh.fact.age < 15" in caught.value.hint
        assert "kh.always" in caught.value.hint

    def test_a_flag_is_a_condition_by_itself(self) -> None:
        assert as_predicate(fact.has_need) == (fact.has_need == True)  # noqa: E712  # a comparison of facts

    def test_conditions_stand_in_one_another_to_a_depth_and_no_deeper(self) -> None:
        condition: Predicate = fact.age < 15
        for _ in range(MAX_DEPTH - 1):
            condition = Not(condition)
        assert as_predicate(condition) is condition

        with pytest.raises(PredicateError, match=f"more than {MAX_DEPTH} deep") as caught:
            as_predicate(Not(condition))
        assert "several rules" in caught.value.hint

    def test_a_part_that_stands_in_many_places_is_looked_at_once(self) -> None:
        condition: Predicate = fact.age < 15
        for _ in range(MAX_DEPTH - 1):  # as a tree it has 2 ** 49 leaves
            condition = And((condition, condition))

        assert id(as_predicate(condition)) == id(condition)  # its repr would be as large as the tree


class TestKleene:
    @pytest.mark.parametrize(
        ("one", "other", "both", "either"),
        [
            (YES, YES, True, True),
            (YES, NO, False, True),
            (YES, OPEN, None, True),
            (NO, YES, False, True),
            (NO, NO, False, False),
            (NO, OPEN, False, None),
            (OPEN, YES, None, True),
            (OPEN, NO, False, None),
            (OPEN, OPEN, None, None),
        ],
        ids=range(9),
    )
    def test_two_parts_are_true_false_or_open_together(
        self, one: Predicate, other: Predicate, both: bool | None, either: bool | None
    ) -> None:
        assert (one & other).truth(KNOWN) is both
        assert (one | other).truth(KNOWN) is either

    @pytest.mark.parametrize(("one", "opposite"), [(YES, False), (NO, True), (OPEN, None)], ids=["yes", "no", "open"])
    def test_the_opposite_of_open_is_open(self, one: Predicate, opposite: bool | None) -> None:
        assert (~one).truth(KNOWN) is opposite
        assert one.negated().truth(KNOWN) is opposite

    def test_always_is_true_of_nobody_known_and_its_opposite_never(self) -> None:
        assert always.truth(Facts()) is True
        assert (~always).truth(Facts()) is False

    @pytest.mark.parametrize(
        ("condition", "names"),
        [
            (OPEN, ["taste_matches"]),
            (YES, []),
            (YES & OPEN, ["taste_matches"]),
            (YES | OPEN, []),
            (NO & OPEN, []),
            (NO | OPEN, ["taste_matches"]),
            (~(OPEN & (fact.age < 15)), ["taste_matches", "age"]),
            (always, []),
        ],
        ids=range(8),
    )
    def test_only_facts_that_leave_it_open_are_lacking(self, condition: Predicate, names: list[str]) -> None:
        assert [variable.name for variable in condition.open_variables(KNOWN)] == names


def test_parts_of_one_kind_become_one_list_however_they_stand_in_one_another() -> None:
    for kind, other in ((And, Or), (Or, And)):
        flat = kind((YES.node, NO.node, OPEN.node))
        assert plain(kind((kind((YES, NO)), OPEN))) == plain(kind((YES, kind((NO, OPEN))))) == flat
        assert plain(Not(other((Not(YES), other((Not(NO), Not(OPEN))))))) == plain(Not(other((~YES, ~NO, ~OPEN))))
        assert plain(kind((YES, Not(Not(NO)), always if kind is And else ~always))) == kind((YES.node, NO.node))
        assert plain(kind((YES, always if kind is Or else ~always))) == (always if kind is Or else always.negated())


@given(predicates(), st.data())
def test_signs_of_negation_can_be_carried_inwards(condition: Predicate, data: st.DataObject) -> None:
    table = DecisionTable(name="any", category=Mood, rules=[when(condition).then(Mood.DASH)], hit=HitPolicy.FIRST)
    known = data.draw(records(table))
    truth = condition.truth(known)

    assert plain(condition).truth(known) is truth
    assert condition.negated().truth(known) is (~condition).truth(known) is (None if truth is None else not truth)


AGE = Strange(fact.age.variable)
TABLE = DecisionTable(name="any", category=Mood, rules=[when(fact.age < 15).then(Mood.DASH)], hit=HitPolicy.FIRST)


class TestUnknownKinds:
    @pytest.mark.parametrize(
        "use",
        [
            values_of,
            lambda wrong: values_of(attrs.evolve(wrong, variable=fact.has_need.variable)),
            lambda wrong: leaf_text(wrong, "en"),
            lambda wrong: axis_of(wrong.variable, []).passing(wrong),
            Writer(TABLE).test,
            _bounds,
        ],
        ids=["numbers", "others", "words", "axis", "code", "bounds"],
    )
    def test_a_test_of_another_kind_is_named(self, use: Callable[[Any], object]) -> None:
        with pytest.raises(AssertionError) as caught:
            use(AGE)
        assert [type(arg) for arg in caught.value.args] == [Strange]

    @pytest.mark.parametrize(
        "use",
        [
            lambda wrong: Space([AGE])._boxes(wrong, Budget(9), Space([AGE])._true_leaf),
            Writer(TABLE).possibly,
            FastWriter(TABLE).possibly,
            lambda wrong: _write_lacking(Writer(TABLE), wrong, ""),
        ],
        ids=["boxes", "code", "short code", "what is lacking"],
    )
    def test_a_condition_of_another_kind_is_named(self, use: Callable[[Any], object]) -> None:
        wrong = Not(AGE)  # conditions come here without negations
        with pytest.raises(AssertionError) as caught:
            use(wrong)
        assert caught.value.args == (wrong,)


class TestReading:
    def test_a_value_that_ones_own_fact_can_not_have_is_refused_where_it_is_read(self) -> None:
        nps = fact.custom("nps", int, low=0, high=10)

        with pytest.raises(InvalidError) as caught:
            (nps >= 9).truth(Facts(extra={"nps": 11}))
        (fault,) = caught.value.faults
        assert (fault.field, fault.problem) == ("nps", "11 is outside what can be")
        assert "a whole number from 0 to 10" in fault.hint

    def test_the_code_of_a_label_is_read_as_the_label(self) -> None:
        assert (fact.custom("mood", Mood) == Mood.DASH).truth(Facts(extra={"mood": "-"})) is True
        assert (fact.party_kind == PartyKind.GROUP).truth(Facts(party_kind="group")) is True


def test_what_goes_wrong_within_a_record_of_ones_own_passes_as_it_is() -> None:
    class Broken:
        assumed = ()

        def value(self, name: str) -> object:
            raise AttributeError(name)

    with pytest.raises(AttributeError, match="has_need"):
        YES.truth(Broken())
    with pytest.raises(InvalidError, match="an int is no record of facts"):
        YES.truth(3)  # type: ignore[arg-type]  # what is tested
