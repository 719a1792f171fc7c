"""Persona: which wishes hold, fail or are not known, and the share met as a range."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import facts, partly_known_facts, values

import khachhang as kh
from khachhang.advice import Match, Persona, Support, Wish, rank
from khachhang.facts.catalogue import VARIABLES

REGULAR = Persona(
    "Khách quen",
    wishes=[
        Wish(kh.fact.age.between(25, 40)),
        Wish(kh.fact.purchase_count >= 5, weight=2),
        Wish(kh.fact.monthly_income >= 20_000_000, words=kh.Words("thu nhập khá", "a good income")),
        Wish(kh.fact.days_since_last_purchase <= 30, weight="0.5"),
    ],
)


@st.composite
def predicates(draw: st.DrawFn, depth: int = 2) -> kh.Predicate:
    """A condition on one fact, or several joined."""
    if depth and draw(st.booleans()):
        left, right = draw(predicates(depth - 1)), draw(predicates(depth - 1))
        return draw(st.sampled_from([left & right, left | right, ~left]))
    fact: Any = draw(st.sampled_from(list(kh.fact)))
    constant = draw(values(fact.variable))
    if fact.variable.is_number:
        made: kh.Predicate = draw(st.sampled_from([fact >= constant, fact < constant, fact == constant]))
        return made
    told: kh.Predicate = draw(st.sampled_from([fact == constant, fact != constant, fact.is_in([constant])]))
    return told


@st.composite
def personas(draw: st.DrawFn) -> Persona:
    """A persona with one to four wishes of various weights."""
    wishes = draw(st.lists(predicates(), min_size=1, max_size=4, unique_by=repr))
    weights: st.SearchStrategy[Any] = st.sampled_from([1, 2, "0.5", Decimal(3)])
    return Persona("Mẫu", [Wish(wish, weight=draw(weights)) for wish in wishes])


class TestMatch:
    def test_wishes_hold_fail_or_are_not_known(self) -> None:
        match = REGULAR.match(kh.Facts(age=31, purchase_count=3))
        assert match.holding == (REGULAR.wishes[0],)
        assert match.failing == (REGULAR.wishes[1],)
        assert match.unknown == (REGULAR.wishes[2], REGULAR.wishes[3])

    def test_the_share_is_a_range_of_exact_fractions(self) -> None:
        match = REGULAR.match(kh.Facts(age=31, purchase_count=3))
        assert (match.certain, match.possible) == (Fraction(2, 9), Fraction(5, 9))
        assert match.share is None

    def test_where_all_is_known_the_range_is_one_share(self) -> None:
        match = REGULAR.match(
            kh.Facts(age=41, purchase_count=5, days_since_last_purchase=31, monthly_income=20_000_000)
        )
        assert match.share == match.certain == match.possible == Fraction(2, 3)
        assert match.missing == ()

    def test_what_is_missing_is_named_in_the_order_of_the_wishes(self) -> None:
        match = REGULAR.match(kh.Facts())
        assert match.missing == (
            "party_kind",
            "age",
            "purchase_count",
            "monthly_income",
            "days_since_last_purchase",
        )

    def test_a_test_on_a_fact_without_a_value_fails_however_it_is_put(self) -> None:
        recent = kh.fact.days_since_last_purchase <= 30
        for wish in (recent, ~recent, kh.fact.days_since_last_purchase > 30):
            match = Persona("Mua gần đây", [wish]).match(kh.Facts(purchase_count=0))
            assert match.share == 0
            assert "(không có)" in match.explain("vi")
            assert "(there is none)" in match.explain("en")

    def test_a_wish_of_persons_fails_for_an_organisation(self) -> None:
        assert REGULAR.match(kh.Facts(party_kind="organization")).failing == (REGULAR.wishes[0], REGULAR.wishes[2])

    def test_wishes_joined_by_or_are_one_wish(self) -> None:
        either = Persona("Một trong hai", [(kh.fact.purchase_count >= 5) | (kh.fact.age < 30), kh.always])
        assert either.match(kh.Facts(age=20)).share == 1

    def test_it_pickles_and_compares_by_value(self) -> None:
        match = REGULAR.match(kh.Facts(age=31))
        assert pickle.loads(pickle.dumps(match)) == match
        assert pickle.loads(pickle.dumps(match)).explain("vi") == match.explain("vi")
        assert repr(match) == "Match('Khách quen': 2/9 to 1)"

    def test_another_weight_keeps_the_condition(self) -> None:
        heavier = attrs.evolve(REGULAR.wishes[0], weight=Decimal(7))
        assert heavier.weight == 7
        assert heavier.condition == REGULAR.wishes[0].condition


class TestExplanation:
    FACTS = kh.Facts(age=31, purchase_count=3, monthly_income=45_678_901, spend=2_500_000, currency="VND")

    def test_vietnamese(self) -> None:
        assert REGULAR.match(self.FACTS).explain("vi") == (
            "Khách khớp từ 44% đến 56% với chân dung “Khách quen”.\n"
            "Đã khớp:\n"
            "  - Tuổi từ 25 đến 40 (thực tế: 31)\n"
            "  - Thu nhập khá\n"
            "Không khớp:\n"
            "  - Số lần mua từ 5 lần trở lên (thực tế: 3 lần)\n"
            "Chưa biết:\n"
            "  - Thời gian từ lần mua gần nhất không quá 30 ngày (chưa biết)\n"
            "Cần hỏi thêm: thời gian từ lần mua gần nhất."
        )

    def test_english(self) -> None:
        assert REGULAR.match(self.FACTS).explain("en") == (
            "Meets from 44% to 56% of “Khách quen”.\n"
            "Holds:\n"
            "  - The age is from 25 to 40 years (here: 31 years)\n"
            "  - A good income\n"
            "Does not hold:\n"
            "  - The number of purchases is at least 5 (here: 3)\n"
            "Not known:\n"
            "  - The time since the last purchase is at most 30 days (not known)\n"
            "To settle it, find out: the time since the last purchase."
        )

    def test_a_settled_share_is_said_exactly_or_about(self) -> None:
        thirds = Persona("Ba", [kh.fact.age > 0, kh.fact.age > 100, kh.fact.age > 110])
        assert "Khách khớp khoảng 33,33% với" in thirds.match(kh.Facts(age=30)).explain("vi")
        assert "Meets about 33.33% of" in thirds.match(kh.Facts(age=30)).explain("en")
        half = Persona("Hai", [kh.fact.age > 0, kh.fact.age > 100])
        assert "Meets 50% of" in half.match(kh.Facts(age=30)).explain("en")

    def test_private_values_are_never_shown(self) -> None:
        match = REGULAR.match(self.FACTS)
        for text in (match.explain("vi"), match.explain("en"), repr(match)):
            assert "45.678.901" not in text
            assert "45,678,901" not in text
            assert "45678901" not in text

    def test_what_was_assumed_is_said(self) -> None:
        rich = Persona("Giàu", [kh.fact.spend >= 1_000_000, kh.fact.monthly_income >= 10, ~kh.fact.tie_reseller])
        facts_ = kh.Facts(currency="VND").assuming(
            {"spend": 2_500_000, "monthly_income": 12_345_678, "tie_reseller": False}
        )
        text = rich.match(facts_).explain("vi")
        assert "Chi mua thực từ 1.000.000 trở lên (giả định: 2.500.000 VND)" in text
        assert "Thu nhập hằng tháng từ 10 trở lên (giả định)" in text
        assert "(giả định: không)" in text
        assert "12.345.678" not in text

    def test_what_to_ask_of_a_boolean_fact_is_whether(self) -> None:
        match = Persona("Có nhu cầu", [kh.fact.has_need]).match(kh.Facts())
        assert match.explain("vi").endswith("Cần hỏi thêm: khách có nhu cầu hay không.")
        assert match.explain("en").endswith("To settle it, find out: whether there is a need.")

    def test_a_persona_lists_its_wishes_and_weights(self) -> None:
        assert REGULAR.explain("en") == (
            "Persona “Khách quen”:\n"
            "  - the age is from 25 to 40 years (weight 1)\n"
            "  - the number of purchases is at least 5 (weight 2)\n"
            "  - a good income (weight 1)\n"
            "  - the time since the last purchase is at most 30 days (weight 0.5)"
        )
        assert "(trọng số 0,5)" in REGULAR.explain("vi")
        assert Persona("Trẻ", [kh.fact.age < 30]).explain("vi") == "Chân dung khách hàng “Trẻ”:\n  - tuổi dưới 30"

    def test_an_unknown_language_is_an_error(self) -> None:
        support = Support(holding=1, known=1, customers=1, others_holding=0, others_known=0)
        asked: list[Any] = [
            REGULAR.explain,
            REGULAR.match(kh.Facts()).explain,
            REGULAR.wishes[0].text,
            support.describe,
        ]
        for ask in asked:
            with pytest.raises(kh.UnknownLanguageError):
                ask("fr")


class TestRank:
    def test_what_is_certain_goes_before_what_is_possible_then_the_given_order(self) -> None:
        open_ = Persona("Mở", [kh.fact.has_need, kh.fact.has_means])
        half = Persona("Nửa", [kh.fact.age > 20, kh.fact.age > 60])
        never = Persona("Không", [kh.fact.age > 60])
        same = Persona("Cũng không", [kh.fact.age > 61])
        ranked = rank(iter([never, open_, same, half]), kh.Facts(age=30))
        assert [match.persona.name for match in ranked] == ["Nửa", "Mở", "Không", "Cũng không"]

    def test_wrong_arguments_come_together(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            rank([REGULAR, "x"], "y")  # type: ignore[list-item, arg-type]  # the mistakes under test
        assert [fault.field for fault in caught.value.faults] == ["personas[1]", "facts"]


class TestBadInput:
    def test_every_wrong_field_of_a_wish_is_named(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            Wish("age", weight=0, words="tuổi", support=3)  # type: ignore[arg-type]  # the mistakes under test
        assert [fault.field for fault in caught.value.faults] == ["predicate", "weight", "words", "support"]
        assert all(fault.hint for fault in caught.value.faults)

    def test_a_float_is_no_weight(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"weight: 0\.5 is a float"):
            Wish(kh.fact.age > 3, weight=0.5)  # type: ignore[arg-type]  # the mistake under test

    def test_every_wrong_wish_is_named_by_its_place(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            Persona("", [kh.fact.age > 3, "x", kh.fact.age, kh.fact.age > 3])  # type: ignore[list-item]  # mistakes
        assert [fault.field for fault in caught.value.faults] == ["name", "wishes[1]", "wishes[2]", "wishes[3]"]
        assert "the same condition as wishes[0]" in str(caught.value)

    @pytest.mark.parametrize("wishes", ["x", None, 3])
    def test_wishes_are_a_collection(self, wishes: Any) -> None:
        with pytest.raises(kh.InvalidError, match="wishes: a value of type"):
            Persona("Ai", wishes)

    def test_a_persona_wishes_something(self) -> None:
        with pytest.raises(kh.InvalidError, match="wishes: there is none"):
            Persona("Ai", [])

    def test_only_facts_are_matched(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"facts: .* is not a Facts"):
            REGULAR.match({"age": 31})  # type: ignore[arg-type]  # the mistake under test


@settings(max_examples=40)
@given(personas(), partly_known_facts())
def test_law_the_range_contains_the_later_match(persona: Persona, pair: tuple[kh.Facts, kh.Facts]) -> None:
    complete, partly = pair
    before, after = persona.match(partly), persona.match(complete)

    assert 0 <= before.certain <= after.certain <= after.possible <= before.possible <= 1
    assert after.unknown == ()
    assert set(before.holding) <= set(after.holding)
    assert set(before.failing) <= set(after.failing)


@settings(max_examples=40)
@given(personas(), partly_known_facts())
def test_law_what_is_missing_settles_it(persona: Persona, pair: tuple[kh.Facts, kh.Facts]) -> None:
    complete, partly = pair
    match = persona.match(partly)
    told: Any = {name: complete.value(name) for name in (*partly.known(), *match.missing)}

    assert set(match.missing).isdisjoint(partly.known())
    assert set(match.missing) <= set(VARIABLES)
    assert persona.match(kh.Facts(**told)).truths == persona.match(complete).truths


@settings(max_examples=40)
@given(personas(), facts())
def test_law_the_parts_are_all_wishes_once_and_explained(persona: Persona, known: kh.Facts) -> None:
    match = persona.match(known)

    assert sorted(map(repr, (*match.holding, *match.failing, *match.unknown))) == sorted(map(repr, persona.wishes))
    assert (match.share is None) is bool(match.missing)
    assert isinstance(match, Match)
    for lang in ("vi", "en"):
        assert match.explain(lang).count("\n  - ") == len(persona.wishes)


@settings(max_examples=40)
@given(personas(), personas(), facts())
def test_law_the_best_comes_first(one: Persona, other: Persona, known: kh.Facts) -> None:
    first, second = rank([one, other], known)

    assert (first.certain, first.possible) >= (second.certain, second.possible)
