"""How a history becomes facts: every fact by a case worked out by hand. The as-of date is 30 June 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from tests.strategies import AS_OF, businesses, customers

from khachhang.entities import (
    Business,
    Customer,
    Group,
    Interaction,
    Need,
    Organization,
    Person,
    Purchase,
    StyleScores,
    Tie,
)
from khachhang.errors import CurrencyError, InvalidError
from khachhang.facts import Facts, age_on, facts_of
from khachhang.facts.catalogue import VARIABLES
from khachhang.facts.exchange import check_currencies
from khachhang.taxonomy import (
    Capacity,
    Gender,
    Industry,
    InteractionKind,
    LeadingStyle,
    OrganizationKind,
    PartyKind,
    TieKind,
)

LAN = Person("Nguyễn Thị Lan")
BUYING = [
    "purchase_count",
    "days_since_first_purchase",
    "days_since_last_purchase",
    "mean_purchase_gap",
    "bought_count",
    "spend",
    "discounted_share",
    "returned_share",
    "organization_share",
    "resale_share",
]
COUNTS = [
    "unresolved_complaint_count",
    "resolved_complaint_count",
    "negative_review_count",
    "positive_review_count",
    "review_count",
    "survey_count",
    "scored_survey_count",
    "expansion_response_count",
    "feedback_count",
    "referral_count",
    "share_count",
    "answered_care_count",
    "campaign_count",
]
DEALING = ["dealing_count", "days_since_last_dealing"]


def facts(as_of: date = AS_OF, *, business: Business | None = None, rates: Any = None, **fields: Any) -> Facts:
    known: dict[str, Any] = {"id": "KH-001", "party": LAN, **fields}
    return facts_of(Customer(**known), as_of, business=business, rates=rates)


def bought(*purchases: Purchase, **more: Any) -> Facts:
    return facts(purchases=purchases, **more)


def happened(*interactions: Interaction, **more: Any) -> Facts:
    return facts(interactions=interactions, **more)


def known(found: Facts, names: list[str]) -> dict[str, Any]:
    return {name: found.value(name) for name in names if found.value(name) is not None}


def test_of_a_bare_person_only_the_kind_is_known_and_that_nothing_was_declared() -> None:
    assert facts() == Facts(party_kind="person", declared_capacity="undeclared")


def test_an_empty_history_of_purchases_is_known() -> None:
    assert known(bought(), BUYING) == {"purchase_count": 0, "bought_count": 0, "spend": Decimal(0)}


def test_an_empty_history_of_interactions_is_known() -> None:
    assert known(happened(), COUNTS) == dict.fromkeys(COUNTS, 0)
    assert known(happened(), ["mean_score", "last_score"]) == {}


def test_dealings_are_known_only_where_both_histories_are() -> None:
    day = date(2026, 6, 29)
    purchases, interactions = [Purchase(day, 5)], [Interaction(day, "visit")]

    assert known(facts(purchases=purchases), DEALING) == {}
    assert known(facts(interactions=interactions), DEALING) == {}
    assert known(facts(purchases=[], interactions=[]), DEALING) == {"dealing_count": 0}
    assert known(facts(purchases=purchases, interactions=interactions), DEALING) == {
        "dealing_count": 1,
        "days_since_last_dealing": 1,
    }


def test_no_ties_are_known_and_unknown_ties_are_not() -> None:
    assert facts(ties=[]).ties == frozenset()
    assert facts().ties is None
    assert facts().tie_bank is None


def test_the_facts_of_a_person_are_taken_as_recorded() -> None:
    person = Person(
        "Lan",
        birth_date=date(1995, 4, 2),
        gender="female",
        occupation="giáo viên",
        monthly_income="18500000.50",
        investable_assets=0,
        styles=StyleScores(10, 80, 30, 79.5),
    )

    assert facts(party=person) == Facts(
        party_kind=PartyKind.PERSON,
        age=31,
        gender=Gender.FEMALE,
        occupation="giáo viên",
        monthly_income="18500000.50",
        investable_assets=0,
        leading_style=LeadingStyle.INFLUENCE,
        declared_capacity=Capacity.UNDECLARED,
    )


def test_the_facts_of_an_organisation_and_of_a_group() -> None:
    shop = facts(party=Organization("Hoa Sen", kind="shop", industry="bank"))

    assert shop == Facts(party_kind="organization", organization_kind="shop", declared_capacity="undeclared")
    assert facts(party=Organization("Hoa Sen")).organization_kind is None
    assert facts(party=Group("Nhóm", members=[LAN])) == Facts(party_kind="group", declared_capacity="undeclared")


@pytest.mark.parametrize("capacity", Capacity)
def test_a_declaration_is_taken_as_it_was_made(capacity: Capacity) -> None:
    assert facts(declared_capacity=capacity).declared_capacity is capacity


@pytest.mark.parametrize(
    ("scores", "style"),
    [
        ((90, 10, 10, 10), "dominance"),
        ((10, 90, 10, 10), "influence"),
        ((10, 10, 90, 10), "steadiness"),
        ((10, 10, 10, 90), "conscientiousness"),
        ((90, 10, 10, 90), "tied"),
        ((0, 0, 0, 0), "tied"),
        ((90, 90, 90.5, 10), "steadiness"),
    ],
)
def test_the_highest_score_leads_and_a_shared_one_is_tied(scores: tuple[float, ...], style: str) -> None:
    assert facts(party=Person("Lan", styles=StyleScores(*scores))).leading_style == style


def test_the_currency_and_the_industry_are_those_of_the_business() -> None:
    found = facts(business=Business("Sông Hồng", industry="supermarket", currency="USD"))

    assert (found.currency, found.seller_industry) == ("USD", Industry.SUPERMARKET)
    assert facts(business=Business("Sông Hồng")).seller_industry is None
    assert facts(business=Business("Sông Hồng")).currency == "VND"
    assert facts().currency is None


@pytest.mark.parametrize(
    ("birth_date", "as_of", "age"),
    [
        (date(2004, 6, 30), date(2026, 6, 29), 21),
        (date(2004, 6, 30), date(2026, 6, 30), 22),
        (date(2004, 6, 30), date(2026, 7, 1), 22),
        (date(2004, 12, 31), date(2026, 1, 1), 21),
        (date(2026, 6, 30), date(2026, 6, 30), 0),
        (date(2025, 7, 1), date(2026, 6, 30), 0),
        (date(1926, 6, 30), date(2026, 6, 30), 100),
    ],
)
def test_a_year_is_completed_on_the_birthday(birth_date: date, as_of: date, age: int) -> None:
    assert facts(as_of, party=Person("Lan", birth_date=birth_date)).age == age


@pytest.mark.parametrize(
    ("as_of", "in_march", "in_february"),
    [
        # 1900 and 2100 are common years, 2000 is a leap year.
        (date(1900, 2, 27), 3, 3),
        (date(1900, 2, 28), 3, 4),
        (date(1900, 3, 1), 4, 4),
        (date(2000, 2, 28), 103, 103),
        (date(2000, 2, 29), 104, 104),
        (date(2100, 2, 28), 203, 204),
        (date(2100, 3, 1), 204, 204),
        (date(2024, 2, 28), 127, 127),
        (date(2024, 2, 29), 128, 128),
        (date(2025, 2, 28), 128, 129),
        (date(2025, 3, 1), 129, 129),
    ],
)
def test_a_leap_day_child_grows_older_on_the_day_that_the_option_names(
    as_of: date, in_march: int, in_february: int
) -> None:
    lan = Customer("KH-001", Person("Lan", birth_date=date(1896, 2, 29)))

    assert facts_of(lan, as_of).age == in_march
    assert facts_of(lan, as_of, leap_day="03-01").age == in_march
    assert facts_of(lan, as_of, leap_day="02-28").age == in_february


def test_on_the_first_of_march_where_nobody_says_otherwise() -> None:
    assert [age_on(date(2004, 2, 29), date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [21, 22]


@pytest.mark.parametrize("leap_day", ["03-01", "02-28"])
def test_the_option_moves_no_other_birthday(leap_day: Any) -> None:
    assert age_on(date(2004, 2, 28), date(2026, 2, 28), leap_day) == 22
    assert age_on(date(2004, 3, 1), date(2026, 2, 28), leap_day) == 21
    assert age_on(date(2004, 3, 1), date(2026, 3, 1), leap_day) == 22


def test_a_birth_date_after_the_as_of_date_is_refused_without_showing_it() -> None:
    with pytest.raises(InvalidError) as caught:
        facts(party=Person("Lan", birth_date=date(2026, 7, 1)))

    fault = caught.value.faults[0]
    assert fault.field == "birth_date"
    assert fault.problem == "after the as-of date 2026-06-30"
    assert "KH-001" in str(caught.value)
    assert "2026-07-01" not in str(caught.value)


def test_days_of_buying_are_counted_and_not_purchases() -> None:
    found = bought(Purchase(date(2026, 6, 30), 10), Purchase(date(2026, 6, 30), 20), Purchase(date(2026, 6, 20), 30))

    assert (found.purchase_count, found.bought_count, found.spend) == (2, 2, Decimal(60))


def test_the_days_since_the_first_and_the_last_purchase_are_zero_on_the_day_itself() -> None:
    found = bought(Purchase(AS_OF, 10))

    assert (found.days_since_first_purchase, found.days_since_last_purchase) == (0, 0)
    assert found.mean_purchase_gap is None


def test_days_are_counted_on_the_calendar() -> None:
    found = bought(Purchase(date(2025, 6, 30), 10), Purchase(date(2024, 2, 29), 10), Purchase(date(2025, 6, 29), 10))

    # From 29 February 2024 to 30 June 2026: 306 + 365 + 181 days; the last purchase was 365 days before.
    assert (found.days_since_first_purchase, found.days_since_last_purchase) == (852, 365)
    # 487 days in two gaps.
    assert found.mean_purchase_gap == 243.5


def test_the_mean_gap_is_that_of_the_days_of_buying() -> None:
    on = [date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 11)]

    assert bought(*(Purchase(day, 10) for day in on)).mean_purchase_gap == 5.0


def test_the_future_does_not_exist() -> None:
    tomorrow = date(2026, 7, 1)
    later = facts(
        purchases=[Purchase(tomorrow, 5, currency="USD", returned=5)],
        interactions=[Interaction(tomorrow, "complaint", score=3)],
        ties=[Tie("bank", since=tomorrow)],
    )

    assert later == facts(purchases=[], interactions=[], ties=[])


def test_the_day_itself_exists() -> None:
    found = facts(purchases=[Purchase(AS_OF, 5)], interactions=[Interaction(AS_OF, "complaint")])

    assert (found.purchase_count, found.unresolved_complaint_count) == (1, 1)


def test_a_wholly_returned_purchase_vanishes_but_from_what_was_returned() -> None:
    kept = Purchase(date(2026, 6, 1), 100, list_amount=100, purpose="self")
    gone = Purchase(date(2026, 6, 20), 300, list_amount=400, returned=300, purpose="resale")

    assert known(bought(kept, gone), BUYING) == {
        "purchase_count": 1,
        "bought_count": 2,
        "days_since_first_purchase": 29,
        "days_since_last_purchase": 29,
        "spend": Decimal(100),
        "discounted_share": 0.0,
        "returned_share": 0.75,
        "organization_share": 0.0,
        "resale_share": 0.0,
    }


def test_who_returned_everything_bought_nothing() -> None:
    found = bought(Purchase(date(2026, 6, 1), 100, returned=100), Purchase(date(2026, 6, 2), 50, returned=50))

    assert known(found, BUYING) == {
        "purchase_count": 0,
        "bought_count": 2,
        "spend": Decimal(0),
        "returned_share": 1.0,
    }


def test_what_was_returned_unknown_parts_do_not_hide_the_shares() -> None:
    gone = Purchase(date(2026, 6, 20), 300, returned=300)
    kept = Purchase(date(2026, 6, 1), 100, list_amount=120, purpose="gift")

    found = bought(kept, gone)
    assert (found.discounted_share, found.organization_share) == (1.0, 0.0)


def test_a_purchase_returned_in_part_is_a_purchase() -> None:
    found = bought(Purchase(date(2026, 6, 1), 100, returned="99.99"))

    assert (found.purchase_count, found.spend, found.returned_share) == (1, Decimal("0.01"), 0.9999)


def test_a_purchase_for_nothing_is_a_purchase() -> None:
    found = bought(Purchase(date(2026, 6, 1), 0, list_amount=50))

    assert (found.purchase_count, found.spend, found.returned_share) == (1, Decimal(0), 0.0)
    assert found.discounted_share == 1.0


def test_shares_are_of_the_number_of_purchases_and_not_of_days_or_money() -> None:
    day = date(2026, 6, 1)
    found = bought(
        Purchase(day, 1, list_amount=2, purpose="organization"),
        Purchase(day, 1, list_amount=1, purpose="resale"),
        Purchase(date(2026, 6, 2), 1_000, list_amount=900, purpose="family"),
    )

    assert found.purchase_count == 2
    assert found.discounted_share == 1 / 3
    assert found.organization_share == 2 / 3
    assert found.resale_share == 1 / 3


def test_every_purchase_of_a_kind_counts_in_its_share() -> None:
    purposes = ["organization", "resale", "resale", "organization", "resale", "gift", "self"]
    found = bought(*(Purchase(AS_OF, 1, list_amount=place % 3, purpose=each) for place, each in enumerate(purposes)))

    assert (found.organization_share, found.resale_share) == (5 / 7, 3 / 7)
    assert found.discounted_share == 2 / 7


@pytest.mark.parametrize("purpose", ["self", "family", "friends", "gift"])
def test_buying_for_people_is_not_for_an_organisation(purpose: str) -> None:
    found = bought(Purchase(AS_OF, 1, purpose=purpose))

    assert (found.organization_share, found.resale_share) == (0.0, 0.0)


def test_one_unknown_list_amount_leaves_the_share_not_known() -> None:
    found = bought(Purchase(AS_OF, 1, list_amount=2, purpose="self"), Purchase(AS_OF, 1, purpose="self"))

    assert found.discounted_share is None
    assert found.organization_share == 0.0


def test_one_unknown_purpose_leaves_both_shares_not_known() -> None:
    found = bought(Purchase(AS_OF, 1, list_amount=2, purpose="resale"), Purchase(AS_OF, 1, list_amount=2))

    assert (found.organization_share, found.resale_share) == (None, None)
    assert found.discounted_share == 1.0


def test_the_returned_share_is_by_amount_and_rounded_once() -> None:
    assert bought(Purchase(AS_OF, 3, returned=1)).returned_share == 1 / 3
    assert bought(Purchase(AS_OF, "0.3", returned="0.1"), Purchase(AS_OF, "0.4")).returned_share == 1 / 7


def test_spend_is_exact_however_long_the_history() -> None:
    found = bought(*(Purchase(AS_OF, "999999999999999999.999999") for _ in range(50)), Purchase(AS_OF, "0.000001"))

    assert found.spend == Decimal("49999999999999999999.999951")


ABROAD = [Purchase(AS_OF, 10, currency="USD", returned=5), Purchase(AS_OF, 100_000, currency="VND")]
SHOP = Business("Sông Hồng")


def test_one_currency_needs_no_rate_while_no_business_is_named() -> None:
    assert bought(ABROAD[0]).spend == Decimal(5)


def test_amounts_come_together_by_the_rates() -> None:
    found = bought(*ABROAD, business=SHOP, rates={"USD": "25400.5"})

    # 5 dollars at 25,400.5, and 100,000 dong; returned: 127,002.5 of 354,005.
    assert found.spend == Decimal("227002.5")
    assert found.returned_share == 127002.5 / 354005
    assert bought(*ABROAD, rates={"USD": Decimal("25400.5")}) == bought(*ABROAD, rates={"USD": "25400.5", "VND": 1})


@pytest.mark.parametrize("rate", [25400, "25400", Decimal(25400)], ids=repr)
def test_a_rate_is_a_whole_number_a_text_or_a_decimal(rate: Any) -> None:
    assert bought(ABROAD[0], business=SHOP, rates={"USD": rate}).spend == Decimal(127_000)


def test_rates_that_are_not_needed_do_no_harm() -> None:
    assert bought(ABROAD[1], business=SHOP, rates={"EUR": 27_000}).spend == Decimal(100_000)


@pytest.mark.parametrize(
    ("purchases", "business", "rates", "named"),
    [
        (ABROAD, None, None, ["USD", "VND"]),
        (ABROAD, SHOP, None, ["USD", "VND"]),
        (ABROAD[:1], SHOP, None, ["USD", "VND"]),
        (ABROAD, SHOP, {"EUR": 27_000}, ["USD", "VND"]),
        ([*ABROAD, Purchase(AS_OF, 1, currency="EUR")], None, {"USD": 25_400}, ["EUR", "VND"]),
    ],
)
def test_several_currencies_without_rates_are_refused_by_name(
    purchases: list[Purchase], business: Business | None, rates: Any, named: list[str]
) -> None:
    with pytest.raises(CurrencyError) as caught:
        bought(*purchases, business=business, rates=rates)

    assert all(currency in str(caught.value) for currency in named)
    assert "KH-001" in str(caught.value)
    assert "Hint: give rates=" in str(caught.value)


def test_a_wholly_returned_purchase_needs_its_rate_too() -> None:
    with pytest.raises(CurrencyError, match="USD"):
        bought(Purchase(AS_OF, 10, currency="USD", returned=10), business=SHOP)


def test_a_purchase_after_the_as_of_date_needs_no_rate() -> None:
    later = Purchase(date(2026, 7, 1), 10, currency="USD")

    assert bought(ABROAD[1], later, business=SHOP).spend == Decimal(100_000)


def test_the_business_own_currency_has_the_rate_one() -> None:
    assert bought(*ABROAD, business=SHOP, rates={"USD": 25_400, "VND": 1}).spend == Decimal(227_000)
    with pytest.raises(CurrencyError, match="leave VND out of the rates"):
        bought(*ABROAD, business=SHOP, rates={"USD": 25_400, "VND": 2})


@pytest.mark.parametrize(
    "rates",
    [{"usd": 1}, {"USD": 25400.5}, {"USD": True}, {"USD": 0}, {"USD": "-1"}, {"USD": "x"}, {"USD": "NaN"}, {1: 1},
     {"USD": "Infinity"}, {"US": 1}],
    ids=repr,
)  # fmt: skip
def test_a_wrong_rate_is_refused_whether_or_not_it_is_needed(rates: Any) -> None:
    histories: list[Any] = [{}, {"purchases": ABROAD}]
    for fields in histories:
        with pytest.raises(InvalidError) as caught:
            facts(rates=rates, **fields)
        assert [fault.field for fault in caught.value.faults] == [f"rates[{next(iter(rates))!r}]"]


@pytest.mark.parametrize("rates", [[("USD", 1)], "USD", 25_400], ids=repr)
def test_rates_are_a_table(rates: Any) -> None:
    with pytest.raises(InvalidError, match="is no table of rates"):
        facts(rates=rates)


def test_all_wrong_rates_come_together() -> None:
    with pytest.raises(InvalidError) as caught:
        facts(rates={"usd": 1, "EUR": 1.5, "JPY": 170})

    assert [fault.field for fault in caught.value.faults] == ["rates['usd']", "rates['EUR']"]


DAY = date(2026, 6, 10)


@pytest.mark.parametrize("kind", InteractionKind)
def test_each_kind_is_counted_where_it_belongs_and_nowhere_else(kind: InteractionKind) -> None:
    found = happened(Interaction(DAY, kind, topic="product", sentiment="neutral", resolved_on=DAY))
    counted = {
        "complaint": {"resolved_complaint_count"},
        "review": {"review_count"},
        "survey": {"survey_count"},
        "feedback": {"feedback_count"},
        "referral": {"referral_count"},
        "share": {"share_count"},
        "care_call": {"answered_care_count"},
        "campaign": {"campaign_count"},
        "newsletter": {"campaign_count"},
    }.get(kind.value, set())

    assert {name for name in COUNTS if found.value(name) == 1} == counted
    assert {name for name in COUNTS if found.value(name) != 1 and found.value(name) != 0} == set()


@pytest.mark.parametrize("kind", InteractionKind)
def test_what_the_business_sends_is_no_dealing(kind: InteractionKind) -> None:
    found = happened(Interaction(DAY, kind), purchases=[])

    assert found.dealing_count == (0 if kind.value in {"campaign", "newsletter", "apology"} else 1)
    assert found.days_since_last_dealing == (20 if found.dealing_count else None)


def test_dealings_are_distinct_days_of_buying_and_of_contact() -> None:
    found = facts(
        purchases=[
            Purchase(date(2026, 6, 1), 5),
            Purchase(date(2026, 6, 2), 5),
            Purchase(date(2026, 6, 29), 5, returned=5),
        ],
        interactions=[
            Interaction(date(2026, 6, 1), "visit"),
            Interaction(date(2026, 6, 5), "visit"),
            Interaction(date(2026, 6, 5), "enquiry"),
            Interaction(date(2026, 6, 28), "newsletter"),
        ],
    )

    assert (found.dealing_count, found.days_since_last_dealing) == (3, 25)


@pytest.mark.parametrize(
    ("resolved_on", "unresolved"),
    [(None, 1), (date(2026, 6, 10), 0), (date(2026, 6, 29), 0), (date(2026, 6, 30), 0), (date(2026, 7, 1), 1)],
)
def test_a_complaint_resolved_on_the_as_of_date_is_resolved(resolved_on: date | None, unresolved: int) -> None:
    found = happened(Interaction(DAY, "complaint", resolved_on=resolved_on))

    assert (found.unresolved_complaint_count, found.resolved_complaint_count) == (unresolved, 1 - unresolved)


@pytest.mark.parametrize(("resolved_on", "answered"), [(None, 0), (date(2026, 6, 30), 1), (date(2026, 7, 1), 0)])
def test_a_care_call_counts_once_it_is_answered(resolved_on: date | None, answered: int) -> None:
    assert happened(Interaction(DAY, "care_call", resolved_on=resolved_on)).answered_care_count == answered


def test_reviews_are_counted_by_sentiment() -> None:
    found = happened(
        *(Interaction(DAY, "review", sentiment=s) for s in ("negative", "negative", "positive", "neutral"))
    )

    assert (found.review_count, found.negative_review_count, found.positive_review_count) == (4, 2, 1)


def test_one_unknown_sentiment_leaves_both_counts_not_known() -> None:
    found = happened(Interaction(DAY, "review", sentiment="negative"), Interaction(DAY, "review"))

    assert (found.review_count, found.negative_review_count, found.positive_review_count) == (2, None, None)


def test_the_sentiment_of_anything_but_a_review_does_not_matter() -> None:
    found = happened(Interaction(DAY, "complaint"), Interaction(DAY, "feedback", topic="price", sentiment="negative"))

    assert (found.negative_review_count, found.positive_review_count) == (0, 0)


def test_surveys_and_feedback_on_expansion_are_counted() -> None:
    found = happened(
        Interaction(DAY, "survey", topic="expansion"),
        Interaction(DAY, "feedback", topic="expansion"),
        Interaction(DAY, "feedback", topic="other"),
        Interaction(DAY, "review", topic="expansion"),
        Interaction(DAY, "enquiry"),
    )

    assert found.expansion_response_count == 2


@pytest.mark.parametrize("kind", ["survey", "feedback"])
def test_one_unknown_topic_leaves_the_count_not_known(kind: str) -> None:
    found = happened(Interaction(DAY, "survey", topic="expansion"), Interaction(DAY, kind))

    assert found.expansion_response_count is None
    assert found.survey_count is not None


def test_a_survey_without_a_score_gave_none() -> None:
    found = happened(
        Interaction(DAY, "survey", score=0), Interaction(DAY, "survey"), Interaction(DAY, "review", score=9)
    )

    assert (found.survey_count, found.scored_survey_count) == (2, 1)


def test_the_mean_score_is_that_of_all_scores_rounded_once() -> None:
    found = happened(*(Interaction(DAY, "visit", score=score) for score in (0.1, 0.2, 0.3)), Interaction(DAY, "review"))

    # The floats 0.1, 0.2 and 0.3 are not exact: their exact mean lies nearest to the float 0.2.
    assert found.mean_score == 0.2
    assert happened(Interaction(DAY, "survey", score=10), Interaction(DAY, "review", score=5)).mean_score == 7.5


def test_the_last_score_is_the_lowest_of_the_last_day() -> None:
    found = happened(
        Interaction(date(2026, 6, 1), "survey", score=1),
        Interaction(date(2026, 6, 9), "survey", score=9),
        Interaction(date(2026, 6, 9), "review", score=4),
        Interaction(date(2026, 6, 9), "survey", score=7),
        Interaction(date(2026, 6, 20), "survey"),
        Interaction(date(2026, 7, 20), "survey", score=0),
    )

    assert found.last_score == 4.0
    assert found.mean_score == 5.25


@pytest.mark.parametrize(
    ("since", "until", "stands"),
    [
        (None, None, True),
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (None, date(2026, 6, 30), True),
        (None, date(2026, 6, 29), False),
        (date(2026, 6, 30), date(2026, 6, 30), True),
        (date(2020, 1, 1), date(2026, 6, 29), False),
    ],
)
def test_a_tie_stands_from_its_first_day_to_its_last(since: date | None, until: date | None, stands: bool) -> None:
    assert facts(ties=[Tie("reseller", since, until)]).tie_reseller is stands


def test_ties_are_packed_beside_as_in_a_record_of_ones_own() -> None:
    for ties in ([], [Tie("bank")], [Tie("bank"), Tie("reseller"), Tie("employee", until=date(2020, 1, 1))]):
        found = facts(ties=ties)
        assert found._flags == Facts(ties=found.ties)._flags
    assert facts(ties=None)._flags == Facts()._flags


@pytest.mark.parametrize("kind", TieKind)
def test_each_kind_of_tie_is_a_fact_of_its_own(kind: TieKind) -> None:
    assert facts(ties=[Tie(kind), Tie(kind, until=date(2020, 1, 1))]).ties == frozenset([kind])


def test_needs_are_taken_as_recorded() -> None:
    found = facts(need=Need(has_need=True, has_means=False))

    assert (found.has_need, found.has_means, found.taste_matches, found.is_interested) == (True, False, None, None)
    assert facts(need=Need(taste_matches=True, is_interested=False)).known() == {
        "party_kind": PartyKind.PERSON,
        "declared_capacity": Capacity.UNDECLARED,
        "taste_matches": True,
        "is_interested": False,
    }


@pytest.mark.parametrize("as_of", [datetime(2026, 6, 30, 8), datetime(2026, 6, 30, tzinfo=UTC)], ids=["naive", "aware"])
def test_a_moment_is_no_day(as_of: Any) -> None:
    with pytest.raises(InvalidError, match="time zone") as caught:
        facts(as_of)

    assert caught.value.faults[0].field == "as_of"


@pytest.mark.parametrize("as_of", ["2026-06-30", None, 20260630], ids=repr)
def test_what_is_no_date_is_no_as_of_date(as_of: Any) -> None:
    with pytest.raises(InvalidError, match="is no date"):
        facts(as_of)


@pytest.mark.parametrize("leap_day", ["02-29", "28-02", "", None])
def test_another_leap_day_is_refused(leap_day: Any) -> None:
    with pytest.raises(InvalidError, match="'03-01' or '02-28'"):
        facts_of(Customer("KH-001", LAN), AS_OF, leap_day=leap_day)


def test_a_wrong_date_and_a_wrong_leap_day_come_together() -> None:
    wrong: Any = "never"
    with pytest.raises(InvalidError) as caught:
        facts_of(Customer("KH-001", LAN), wrong, leap_day=wrong)

    assert [fault.field for fault in caught.value.faults] == ["as_of", "leap_day"]


def test_what_is_no_customer_or_no_business_is_refused_without_showing_it() -> None:
    wrong: Any = {"name": "Lan", "monthly_income": 73519842}
    with pytest.raises(InvalidError) as caught:
        facts_of(wrong, AS_OF, business=wrong)

    assert [fault.field for fault in caught.value.faults] == ["customer", "business"]
    assert "73519842" not in str(caught.value)


@given(customers(), businesses())
def test_what_is_derived_could_have_been_given(customer: Customer, business: Business) -> None:
    found = facts_of(customer, AS_OF, business=business)
    given_: Any = found.known()

    assert Facts(**given_) == found
    assert all(type(value) is VARIABLES[name].type for name, value in given_.items())


def test_every_fact_is_derived_from_a_full_history() -> None:
    person = Person("Lan", date(1990, 1, 1), "other", "thợ", 1, 1, StyleScores(1, 2, 3, 4))
    full = facts(
        party=person,
        purchases=[Purchase(DAY, 5, list_amount=5, purpose="self"), Purchase(AS_OF, 5, list_amount=5, purpose="self")],
        interactions=[Interaction(DAY, "survey", topic="other", score=3)],
        ties=[],
        need=Need(has_need=True, has_means=True, taste_matches=True, is_interested=True),
        business=Business("Sông Hồng", industry="other"),
    )

    assert set(VARIABLES) - set(full.known()) == {"organization_kind"}
    assert facts(party=Organization("Hoa Sen", kind="company")).organization_kind is OrganizationKind.COMPANY


def test_who_bought_in_which_currencies_stands_in_front_where_it_is_said() -> None:
    for more, front in (({}, "purchases in EUR, USD: "), ({"whose": "Lan: "}, "Lan: purchases in EUR, USD: ")):
        with pytest.raises(CurrencyError, match=f"^{front}"):
            check_currencies({"USD", "EUR"}, None, {}, **more)


def test_campaigns_and_newsletters_count_alike() -> None:
    found = happened(*(Interaction(AS_OF, kind) for kind in ("campaign", "newsletter", "campaign", "newsletter")))

    assert found.campaign_count == 4
