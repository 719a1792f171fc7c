"""Affordability: whether a price can be paid out of an income, with the figures, and what could be."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khachhang as kh
from khachhang.advice import AffordabilityPolicy, affordability, affordability_of

amounts = st.integers(0, 10**9)
months = st.integers(1, 480)
rates = st.sampled_from([Decimal(0), Decimal("0.005"), Decimal("0.01"), Decimal("0.1"), Decimal(1)])
shares = st.sampled_from([Decimal(0), Decimal("0.4"), Decimal("0.333333"), Decimal(1)])
deals = st.fixed_dictionaries(
    {
        "income": amounts,
        "obligations": amounts,
        "share": shares,
        "monthly_interest": rates,
        "currency": st.sampled_from(["VND", "USD", "KWD"]),
    }
)


class TestFigures:
    def test_without_interest_the_instalment_is_the_price_by_the_months_rounded_up(self) -> None:
        answer = affordability(price=10_000_000, months=3, income=10_000_000)
        assert answer.instalment == 3_333_334
        assert answer.allowance == 4_000_000
        assert answer.left == 666_666
        assert answer.is_affordable is True

    def test_with_interest_it_is_that_of_the_annuity(self) -> None:
        # 100,000,000 over 12 months at 1%: 8,884,878.868 by the tables of annuities (factor 11.2550774748).
        answer = affordability(price=100_000_000, months=12, income=22_212_198, monthly_interest="0.01")
        assert answer.instalment == 8_884_879
        assert answer.allowance == 8_884_879
        assert answer.is_affordable is True
        below = affordability(price=100_000_000, months=12, income=22_212_197, monthly_interest="0.01")
        assert below.allowance == 8_884_878
        assert below.is_affordable is False

    @pytest.mark.parametrize(("currency", "instalment"), [("VND", "34"), ("USD", "33.34"), ("KWD", "33.334")])
    def test_money_is_rounded_to_the_unit_of_its_currency(self, currency: str, instalment: str) -> None:
        answer = affordability(price=100, months=3, income=1_000, share="0.0333333", currency=currency)
        assert answer.instalment == Decimal(instalment)

    def test_obligations_are_taken_out_of_the_share(self) -> None:
        answer = affordability(price=12, months=1, income=100, obligations=29, share="0.4")
        assert [answer.allowance, answer.left] == [11, -1]
        assert answer.is_affordable is False
        heavy = affordability(price=12, months=1, income=100, obligations=90, share="0.4")
        assert [heavy.allowance, heavy.affordable_price] == [0, 0]
        assert heavy.affordable_months is None

    def test_what_price_and_term_would_be_affordable(self) -> None:
        answer = affordability(price=120_000_000, months=12, income=18_000_000, obligations=2_000_000, share="0.4")
        assert answer.allowance == 5_200_000
        assert answer.affordable_price == 62_400_000
        assert answer.affordable_months == 24  # 120 / 5.2 = 23.08

    def test_no_term_pays_for_more_than_the_interest_allows(self) -> None:
        answer = affordability(price=100_000_000, months=12, income=2_500_000, share="0.4", monthly_interest="0.01")
        assert answer.affordable_months is None
        just = affordability(price=99_000_000, months=12, income=2_500_000, share="0.4", monthly_interest="0.01")
        assert just.affordable_months is None  # 463 months, more than the longest term
        policy = AffordabilityPolicy(longest_term=480)
        longer = affordability(99_000_000, 12, 2_500_000, monthly_interest="0.01", policy=policy)
        assert longer.affordable_months == 463  # ln(100) / ln(1.01) = 462.8

    def test_a_term_that_is_asked_for_is_looked_at_however_long(self) -> None:
        answer = affordability(99_000_000, 480, 2_500_000, monthly_interest="0.01")
        assert answer.is_affordable is True
        assert answer.affordable_months == 463

    def test_the_share_is_that_of_the_policy_unless_it_is_given(self) -> None:
        assert affordability(1, 1, 100, policy=AffordabilityPolicy(share="0.25")).allowance == 25
        assert affordability(1, 1, 100, share=0.3, policy=AffordabilityPolicy(share=0.25)).allowance == 30
        assert affordability(1, 1, 100).share == AffordabilityPolicy().share == Decimal("0.4")

    def test_nothing_to_pay_is_affordable(self) -> None:
        assert affordability(price=0, months=12, income=0).is_affordable is True
        assert affordability(price=0, months=12, income=None, obligations=None).is_affordable is True

    def test_no_share_of_any_income_pays_for_anything(self) -> None:
        answer = affordability(price=1, months=12, income=None, share=0)
        assert (answer.is_affordable, answer.missing, answer.affordable_price) == (False, (), Decimal(0))

    def test_the_callers_decimal_context_changes_nothing(self) -> None:
        with localcontext() as context:
            context.prec = 3
            answer = affordability(price=123_456_789, months=12, income=98_765_432)
            assert answer.instalment == 10_288_066
            assert answer.left == 29_218_106


class TestNotKnown:
    def test_an_unknown_income(self) -> None:
        answer = affordability(price=24_000_000, months=12, income=None)
        assert answer.is_affordable is None
        assert answer.missing == ("income",)
        assert answer.instalment == 2_000_000
        assert (answer.allowance, answer.left, answer.affordable_price, answer.affordable_months) == (None,) * 4

    def test_unknown_obligations(self) -> None:
        answer = affordability(price=24_000_000, months=12, income=10_000_000, obligations=None)
        assert (answer.is_affordable, answer.missing) == (None, ("obligations",))
        assert affordability(1, 1, None, None).missing == ("income", "obligations")

    def test_too_much_even_without_obligations_is_known(self) -> None:
        answer = affordability(price=60_000_000, months=12, income=10_000_000, obligations=None)
        assert (answer.is_affordable, answer.missing, answer.allowance) == (False, (), None)
        assert "chưa kể các khoản phải trả khác" in answer.explain("vi")


class TestOfACustomer:
    LAN = kh.Customer("KH-001", kh.Person("Nguyễn Thị Lan", monthly_income=18_000_000))

    def test_a_customer_has_the_recorded_income(self) -> None:
        answer = affordability_of(self.LAN, 60_000_000, 12, 2_000_000)
        assert answer == affordability(60_000_000, 12, 18_000_000, 2_000_000)

    def test_facts_have_it_too_and_the_currency_of_the_business(self) -> None:
        shop = kh.Business("Shop", currency="USD")
        facts = kh.facts_of(self.LAN, date(2026, 6, 30), business=shop)
        assert affordability_of(facts, 100, 3).currency == "USD"
        assert affordability_of(facts, 100, 3) == affordability_of(self.LAN, 100, 3, business=shop)
        assert affordability_of(kh.Facts(monthly_income=5), 100, 3, share="0.5").currency == "VND"

    @pytest.mark.parametrize("party", [kh.Person("Lan"), kh.Organization("Hoa Sen"), kh.Group("Nhà Lan")])
    def test_an_income_that_is_not_recorded_is_not_known(self, party: Any) -> None:
        assert affordability_of(kh.Customer("KH-002", party), 100, 3).is_affordable is None

    def test_an_assumed_income_is_said_to_be_assumed(self) -> None:
        facts = kh.Facts().assuming({"monthly_income": 15_000_000})
        answer = affordability_of(facts, 100, 3)
        assert answer.is_affordable is True
        assert answer.explain("vi").endswith("Thu nhập ở đây là giả định.")
        assert answer.explain("en").endswith("The income is assumed.")

    def test_who_and_business_are_checked_together(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            affordability_of("Lan", 100, 3, business="Shop")  # type: ignore[arg-type]  # the mistakes under test
        assert [fault.field for fault in caught.value.faults] == ["who", "business"]


class TestExplanation:
    def test_affordable(self) -> None:
        answer = affordability(24_000_000, 12, 10_000_000)
        assert answer.explain("vi") == (
            "Khách đủ khả năng chi trả 24.000.000 VND trong 12 tháng.\n"
            "  - Mỗi tháng phải trả 2.000.000 VND.\n"
            "  - Số này nằm trong phần thu nhập được dành để trả góp (40%, coi như không còn khoản phải trả nào khác)."
        )
        assert answer.explain("en") == (
            "Affordable: 24,000,000 VND over 12 months.\n"
            "  - The instalment is 2,000,000 VND a month.\n"
            "  - It is within the share of the income that may go to instalments (40%, taking it that there are no "
            "other obligations)."
        )

    def test_not_affordable_says_what_would_be_and_rounds_the_price_down(self) -> None:
        answer = affordability(120_000_000, 12, 17_777_777, 2_000_000, monthly_interest="0.01")
        assert answer.affordable_price == 57_525_939
        assert answer.explain("vi") == (
            "Khách chưa đủ khả năng chi trả 120.000.000 VND trong 12 tháng.\n"
            "  - Mỗi tháng phải trả 10.661.855 VND, đã gồm lãi 1% một tháng.\n"
            "  - Số này vượt quá phần thu nhập được dành để trả góp (40%, đã trừ các khoản phải trả khác).\n"
            "  - Nếu trả trong 27 tháng thì khách trả được.\n"
            "  - Nếu giá không quá 57.000.000 VND thì khách trả được trong 12 tháng."
        )
        assert answer.explain("en").endswith(
            "  - Over 27 months it would be affordable.\n"
            "  - At a price of at most 57,000,000 VND it would be affordable over 12 months."
        )

    def test_long_terms_are_written_as_numbers_are(self) -> None:
        answer = affordability(price=1, months=1_200, income=0)
        assert answer.explain("vi").splitlines()[0] == "Khách chưa đủ khả năng chi trả 1 VND trong 1.200 tháng."
        assert answer.explain("en").splitlines()[0] == "Not affordable: 1 VND over 1,200 months."

    def test_not_affordable_at_all(self) -> None:
        text = affordability(100, 1, 0).explain("en")
        assert text.startswith("Not affordable: 100 VND over 1 month.")
        assert "would be affordable" not in text

    def test_not_known_says_what_to_ask(self) -> None:
        answer = affordability(24_000_000, 12, None, None)
        assert answer.explain("vi") == (
            "Chưa biết khách có đủ khả năng chi trả 24.000.000 VND trong 12 tháng hay không.\n"
            "  - Mỗi tháng phải trả 2.000.000 VND.\n"
            "  - Phần thu nhập được dành để trả góp: 40%, chưa kể các khoản phải trả khác.\n"
            "Cần hỏi thêm: thu nhập hằng tháng; các khoản khác phải trả hằng tháng."
        )
        assert answer.explain("en").endswith(
            "To settle it, find out: the monthly income; the other monthly obligations."
        )

    def test_neither_the_income_nor_what_follows_from_it_is_shown(self) -> None:
        answer = affordability(120_000_000, 12, 17_777_777, 2_345_678)
        figures = [17_777_777, 2_345_678, answer.allowance, answer.left, answer.affordable_price]
        for text in (repr(answer), answer.explain("vi"), answer.explain("en")):
            digits = "".join(character for character in text if character.isdigit())
            assert not [figure for figure in figures if str(figure).lstrip("-") in digits]

    def test_an_unknown_language_is_an_error(self) -> None:
        with pytest.raises(kh.UnknownLanguageError):
            affordability(1, 1, 1).explain("fr")  # type: ignore[arg-type]  # the mistake under test

    def test_it_pickles(self) -> None:
        answer = affordability(24_000_000, 12, 10_000_000)
        assert pickle.loads(pickle.dumps(answer)) == answer


class TestBadInput:
    def test_every_wrong_argument_is_named_a_personal_one_without_its_value(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            affordability(1.5, 0, 3.25, -7, share=2, monthly_interest="x", currency="dong")  # type: ignore[arg-type]  # mistakes
        fields = ["price", "months", "income", "obligations", "share", "monthly_interest", "currency"]
        assert [fault.field for fault in caught.value.faults] == fields
        assert all(fault.hint for fault in caught.value.faults)
        assert "price: 1.5 is a float" in str(caught.value)
        assert "3.25" not in str(caught.value)
        assert "-7" not in str(caught.value)

    @pytest.mark.parametrize("term", [0, -1, 1_201, 1.0, True, "12", None])
    def test_a_term_is_a_whole_number_of_months(self, term: Any) -> None:
        with pytest.raises(kh.InvalidError, match="months: "):
            affordability(1, term, 1)

    @pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), 1e-13, "a lot", True, [0.4]])
    def test_a_share_lies_from_0_to_1(self, share: Any) -> None:
        with pytest.raises(kh.InvalidError, match="share: "):
            affordability(1, 1, 1, share=share)
        with pytest.raises(kh.InvalidError, match="share: "):
            AffordabilityPolicy(share=share)

    def test_the_policy_is_checked(self) -> None:
        with pytest.raises(kh.PolicyError, match=r"kh\.advice\.AffordabilityPolicy"):
            affordability(1, 1, 1, policy=0.4)  # type: ignore[arg-type]  # the mistake under test
        with pytest.raises(kh.InvalidError, match="longest_term"):
            AffordabilityPolicy(longest_term=0)


@given(amounts, amounts, months, deals)
def test_law_a_lower_price_stays_affordable(one: int, other: int, term: int, deal: Any) -> None:
    cheap, dear = (affordability(price, term, **deal) for price in sorted([one, other]))

    assert cheap.instalment <= dear.instalment
    assert cheap.is_affordable or not dear.is_affordable


@given(amounts, months, months, deals)
def test_law_a_longer_term_stays_affordable(price: int, one: int, other: int, deal: Any) -> None:
    short, long = (affordability(price, term, **deal) for term in sorted([one, other]))

    assert long.instalment <= short.instalment
    assert long.is_affordable or not short.is_affordable


@given(amounts, months, deals)
def test_law_what_would_be_affordable_is_and_anything_more_is_not(price: int, term: int, deal: Any) -> None:
    answer = affordability(price, term, **deal)
    unit = {"VND": Decimal(1), "USD": Decimal("0.01"), "KWD": Decimal("0.001")}[deal["currency"]]
    most, shortest = answer.affordable_price, answer.affordable_months

    assert most is not None
    assert affordability(most, term, **deal).is_affordable is True
    assert affordability(most + unit, term, **deal).is_affordable is False
    assert answer.is_affordable is (price <= most)
    if answer.is_affordable:
        assert shortest is not None
        assert shortest <= term
    if shortest is None:
        longest = max(term, AffordabilityPolicy().longest_term)
        assert affordability(price, longest, **deal).is_affordable is False
    else:
        assert affordability(price, shortest, **deal).is_affordable is True
        assert shortest == 1 or affordability(price, shortest - 1, **deal).is_affordable is False


unknown = st.sampled_from([("income",), ("obligations",), ("income", "obligations")])


@given(amounts, months, deals, unknown)
def test_law_more_knowledge_never_overturns(price: int, term: int, deal: Any, names: tuple[str, ...]) -> None:
    less: Any = {**deal, **dict.fromkeys(names)}
    partly = affordability(price, term, **less)

    assert partly.is_affordable in {None, affordability(price, term, **deal).is_affordable}
    assert partly.missing == (names if partly.is_affordable is None else ())


@given(amounts, months, deals, unknown)
def test_law_not_known_means_that_both_are_possible(price: int, term: int, deal: Any, names: tuple[str, ...]) -> None:
    less: Any = {**deal, **dict.fromkeys(names)}
    partly = affordability(price, term, **less)
    best: Any = {"income": 10**17, "obligations": 0}
    worst: Any = {"income": 0, "obligations": 10**17}
    cases = [{**deal, **{name: case[name] for name in names}} for case in (best, worst)]
    possible = {affordability(price, term, **case).is_affordable for case in cases}

    assert possible == ({True, False} if partly.is_affordable is None else {partly.is_affordable})


@given(amounts, st.integers(1, 60), rates)
def test_law_the_instalments_pay_the_price_and_one_unit_less_does_not(price: int, term: int, rate: Decimal) -> None:
    """A debt that grows by the interest and is paid down month by month: another way to reckon it."""
    answer = affordability(price, term, income=0, monthly_interest=rate)
    with localcontext() as context:
        context.prec = 400

        def debt(instalment: Decimal) -> Decimal:
            left = Decimal(price)
            for _ in range(term):
                left = left * (1 + rate) - instalment
            return left

        assert debt(answer.instalment) <= 0
        assert price == 0 or debt(answer.instalment - 1) > 0
