"""Customers to measure: they have the labels that were asked for, on the day that was asked for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import ASSET_CUTS, INCOME_CUTS

import khachhang as kh
from khachhang import testing
from khachhang.facts import age_on
from khachhang.testing import _aim
from khachhang.testing._subject import drawn
from khachhang.testing.customer import _born

AS_OF = date(2026, 6, 30)
MONEY = {
    "income_band": kh.classifiers.IncomeBandPolicy(cuts=INCOME_CUTS, currency="VND"),
    "financial_tier": kh.classifiers.FinancialTierPolicy(cuts=ASSET_CUTS, currency="VND"),
}
FULL = kh.templates.general(**MONEY)
INDUSTRIES = {kh.Engagement.CLIENT: ["law_firm", "other"], kh.Engagement.CUSTOMER: ["bank", "other"]}
LABELS = [(table.name, label) for table in FULL for label in table.category]
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def sellers(label: kh.Category) -> list[kh.Business]:
    return [kh.Business("Sông Hồng", industry) for industry in INDUSTRIES.get(label, ["other"])]  # type: ignore[call-overload]  # labels of one facet


LEAP_DAY, EVE = date(2024, 2, 29), date(2025, 2, 28)
CASES = [
    pytest.param(facet, label, as_of, id=f"{facet}-{label}-{as_of}")
    for facet, label in LABELS
    for as_of in ([AS_OF, LEAP_DAY, EVE] if facet in {"age_band", "standing"} else [AS_OF])
]


@pytest.mark.parametrize(("facet", "label", "as_of"), CASES)
def test_a_customer_has_the_label_that_was_asked_for(facet: str, label: kh.Category, as_of: date) -> None:
    for business in sellers(label):
        wanted: Any = {facet: label}
        strategy = testing.customers(as_of=as_of, business=business, template=FULL, **wanted)
        for customer in drawn(strategy, 12):
            profile = kh.classify(customer, as_of=as_of, business=business, template=FULL)
            assert label in profile[facet].labels


PAIRS = [pair for pair in combinations(LABELS, 2) if pair[0][0] != pair[1][0]]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PAIRS), st.data())
def test_customers_with_two_labels_have_both_or_nobody_has(pair: Any, data: st.DataObject) -> None:
    (one, label), (other, second) = pair
    business = data.draw(st.sampled_from([*sellers(label), *sellers(second)]))
    try:
        strategy = testing.customers(business=business, template=FULL, **{one: label, other: second.value})
    except kh.TableError:
        for customer in PEOPLE:
            profile = kh.classify(customer, as_of=AS_OF, business=business, template=FULL)
            assert label not in profile[one].labels or second not in profile[other].labels
        return
    profile = kh.classify(data.draw(strategy), as_of=AS_OF, business=business, template=FULL)
    assert label in profile[one].labels
    assert second in profile[other].labels


PEOPLE = drawn(testing.customers(), 150)
"""Customers made without any aim: whoever has two labels among them shows that it can be."""


def test_several_labels_of_one_facet() -> None:
    wanted = [kh.RelationshipType.INTERNAL, "intermediary", kh.RelationshipType.DISCOUNT]
    for customer in drawn(testing.customers(relationship_type=wanted), 30):
        assert set(wanted) <= kh.classify(customer, as_of=AS_OF).relationship_type.labels


def test_a_whole_profile() -> None:
    strategy = testing.customers(
        subject=kh.Subject.BUSINESS, age_band="over_50", benefit="negative", standing="active", scope="community",
        contribution=["brings_profit", "measures_value"], personality="influence",
    )  # fmt: skip
    for customer in drawn(strategy, 30):
        profile = kh.classify(customer, as_of=AS_OF)
        answers = (profile.subject, profile.age_band, profile.benefit, profile.standing, profile.scope)
        labels = [None if answer.label is None else answer.label.value for answer in answers]
        assert labels == ["business", "over_50", "negative", "active", "community"]
        assert {"brings_profit", "measures_value"} <= profile.contribution.labels
        assert profile.personality.label is kh.Personality.INFLUENCE


class TestOwnTables:
    """Whatever facts a table of one's own asks for, a history is made to them."""

    CASES = (
        (kh.fact.spend == 12_000_000, 1),
        (kh.fact.spend.between(1, 2, closed="neither"), 1),
        ((kh.fact.spend == 0) & (kh.fact.purchase_count == 3), 3),
        ((kh.fact.returned_share == 1) & (kh.fact.purchase_count == 2), 2),
        ((kh.fact.returned_share == 1) & (kh.fact.purchase_count == 0), 0),
        ((kh.fact.returned_share == 0) & (kh.fact.bought_count == 2), 2),
        (kh.fact.returned_share.between(0.71, 0.7101), 1),
        ((kh.fact.returned_share == 0.75) & (kh.fact.spend >= 1_000_000) & (kh.fact.bought_count == 4), 0),
        ((kh.fact.bought_count == 5) & (kh.fact.purchase_count == 2), 2),
        ((kh.fact.mean_purchase_gap.between(6.4, 6.6)) & (kh.fact.purchase_count >= 3), 3),
        (kh.fact.mean_purchase_gap == 7, 2),
        ((kh.fact.mean_purchase_gap < 2) & (kh.fact.days_since_first_purchase == 40), 2),
        ((kh.fact.days_since_last_purchase == 3) & (kh.fact.days_since_first_purchase == 3), 1),
        ((kh.fact.discounted_share.between(0.3, 0.34)) & (kh.fact.purchase_count == 1), 1),
        ((kh.fact.organization_share == 1) & (kh.fact.resale_share == 0), 1),
        ((kh.fact.dealing_count == 7) & (kh.fact.purchase_count == 2), 2),
        ((kh.fact.dealing_count == 2) & (kh.fact.purchase_count == 2) & (kh.fact.review_count == 5), 2),
        ((kh.fact.days_since_last_dealing == 4) & (kh.fact.days_since_last_purchase == 9), 1),
        ((kh.fact.days_since_last_dealing == 9) & (kh.fact.days_since_last_purchase == 9), 1),
        ((kh.fact.days_since_last_dealing <= 4) & (kh.fact.purchase_count == 0), 0),
        ((kh.fact.dealing_count == 0) & (kh.fact.campaign_count == 2), 0),
        ((kh.fact.expansion_response_count == 3) & (kh.fact.feedback_count == 1), 0),
        ((kh.fact.expansion_response_count == 3) & (kh.fact.survey_count == 1), 0),
        ((kh.fact.negative_review_count == 2) & (kh.fact.positive_review_count == 1), 0),
        ((kh.fact.scored_survey_count == 2) & (kh.fact.mean_score > 7), 0),
        ((kh.fact.mean_score == 4.5) & (kh.fact.last_score < 5), 0),
        ((kh.fact.resolved_complaint_count >= 1) & (kh.fact.unresolved_complaint_count >= 1), 0),
        ((kh.fact.answered_care_count >= 1) & (kh.fact.share_count >= 1) & (kh.fact.referral_count >= 2), 0),
        ((kh.fact.occupation == "giáo viên") & (kh.fact.gender == kh.Gender.OTHER), 0),
        (kh.fact.leading_style == kh.LeadingStyle.TIED, 0),
        (kh.fact.party_kind == kh.PartyKind.GROUP, 0),
        (kh.fact.currency == "USD", 0),
    )

    @pytest.mark.parametrize(("condition", "purchases"), CASES, ids=range(len(CASES)))
    def test_a_condition(self, condition: kh.Predicate, purchases: int) -> None:
        table = kh.DecisionTable(name="own", category=kh.Side, rules=[kh.when(condition).then(kh.Side.INTERNAL)])
        dollars = kh.Business("Phố Cổ", currency="USD")
        for customer in drawn(testing.customers(template=[table], business=dollars, own="internal"), 20):
            profile = kh.classify(customer, as_of=AS_OF, template=[table], business=dollars, rates={"VND": 1})
            assert profile["own"].label is kh.Side.INTERNAL
            assert len(customer.purchases or ()) >= purchases

    ONCE = (kh.fact.purchase_count == 1) & (kh.fact.days_since_first_purchase == 5)
    IMPOSSIBLE = (
        (kh.fact.days_since_first_purchase == 3) & (kh.fact.days_since_last_purchase == 4),
        (kh.fact.purchase_count == 9) & (kh.fact.days_since_first_purchase == 4),
        ONCE & (kh.fact.days_since_last_purchase == 3),
        (kh.fact.bought_count == 1) & (kh.fact.purchase_count == 2),
        kh.fact.returned_share == 0.1234567891,
        kh.fact.spend == "0.0000001",
        (kh.fact.discounted_share.between(0.300001, 0.300002)),
        (kh.fact.resale_share == 1) & (kh.fact.organization_share == 0),
        (kh.fact.spend == 5) & (kh.fact.purchase_count == 0),
        (kh.fact.spend == 5) & (kh.fact.returned_share == 1),
        (kh.fact.dealing_count == 1) & (kh.fact.purchase_count == 2),
        (kh.fact.days_since_last_dealing == 5) & (kh.fact.days_since_last_purchase == 4),
        (kh.fact.review_count == 1) & (kh.fact.negative_review_count == 2),
        (kh.fact.expansion_response_count == 3) & (kh.fact.feedback_count == 1) & (kh.fact.survey_count == 1),
        (kh.fact.mean_purchase_gap == 1.5) & (kh.fact.purchase_count == 2),
        (kh.fact.mean_score == 1) & (kh.fact.scored_survey_count == 1) & (kh.fact.last_score == 2),
        (kh.fact.dealing_count == 0) & (kh.fact.review_count == 1),
        kh.fact.custom("nps", int) == 9,
    )  # fmt: skip

    @pytest.mark.parametrize("condition", IMPOSSIBLE, ids=range(len(IMPOSSIBLE)))
    def test_what_can_not_be_is_an_error(self, condition: kh.Predicate) -> None:
        table = kh.DecisionTable(name="own", category=kh.Side, rules=[kh.when(condition).then(kh.Side.INTERNAL)])
        with pytest.raises(kh.TableError, match="nobody can be made with own=internal\nHint: "):
            testing.customers(template=[table], own="internal")


@pytest.mark.parametrize("labels", [{}, {"age_band": "over_50"}, {"side": "internal"}], ids=str)
def test_a_history_is_in_the_currency_of_the_business(labels: Any) -> None:
    abroad = kh.Business("Phố Cổ", currency="USD")
    for customer in drawn(testing.customers(business=abroad, **labels), 20):
        profile = kh.classify(customer, as_of=AS_OF, business=abroad)
        assert all(profile[facet].label == label for facet, label in labels.items())


class TestBirthDays:
    @pytest.mark.parametrize(
        "as_of", [date(2026, 6, 30), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1)], ids=str
    )
    @pytest.mark.parametrize("age", [0, 1, 2, 22, 50, 101])
    def test_every_birth_date_of_an_age_and_no_other(self, as_of: date, age: int) -> None:
        days = (as_of - timedelta(days=count) for count in range(age * 365, age * 366 + 800))
        right = {day for day in days if age_on(day, as_of) == age}
        strategy = _born(age, as_of)
        assert set(drawn(strategy, 60)) <= right
        earliest, latest = min(right), max(right)
        assert {earliest, latest} <= set(drawn(strategy, 1200))

    def test_the_first_years_there_are(self) -> None:
        assert set(drawn(_born(30, date(31, 1, 3)), 50)) <= {date(1, 1, 1), date(1, 1, 2), date(1, 1, 3)}


class TestGivenFields:
    def test_what_is_given_is_kept_and_counts(self) -> None:
        firm = kh.Organization("Hoa Sen")
        bought = [kh.Purchase(AS_OF, 5_000, purpose="resale")]
        for customer in drawn(
            testing.customers(party=firm, purchases=bought, subject="business", benefit="walk_in"), 20
        ):
            assert (customer.party, customer.purchases) == (firm, tuple(bought))
            assert kh.classify(customer, as_of=AS_OF).benefit.label is kh.Benefit.WALK_IN

    def test_what_is_given_and_says_otherwise_is_an_error(self) -> None:
        with pytest.raises(kh.TableError, match="nobody can be made"):
            testing.customers(party=kh.Organization("Hoa Sen"), subject="individual")
        with pytest.raises(kh.TableError, match="nobody can be made"):
            testing.customers(party=st.just(kh.Person("Lan")), age_band="over_50")
        with pytest.raises(kh.TableError, match="nobody can be made"):
            testing.customers(purchases=[], standing="active", interactions=None)

    def test_a_part_that_labels_do_not_ask_for_may_be_a_strategy(self) -> None:
        for customer in drawn(testing.customers(party=testing.groups(), benefit="loyal"), 10):
            assert isinstance(customer.party, kh.Group)

    def test_dealings_follow_from_both_histories(self) -> None:
        enquiry = [kh.Interaction(AS_OF, "enquiry")]
        for customer in drawn(testing.customers(purchases=[], interactions=enquiry, standing="active"), 10):
            assert kh.classify(customer, as_of=AS_OF).standing.label is kh.Standing.ACTIVE
        for customer in drawn(testing.customers(interactions=enquiry, standing="active"), 10):
            assert customer.purchases
        with pytest.raises(kh.TableError, match="nobody can be made"):
            testing.customers(interactions=enquiry, standing="prospect")


class TestErrors:
    def test_a_facet_that_is_not_there(self) -> None:
        with pytest.raises(kh.TableError, match="has no facet 'agé_band'\nHint: the facets are subject, benefit"):
            testing.customers(agé_band="over_50")
        with pytest.raises(kh.TableError, match="has no facet 'income_band'\nHint: no cut points were given"):
            testing.customers(income_band="lowest")

    def test_a_label_that_is_not_there(self) -> None:
        with pytest.raises(kh.TableError, match="customers, age_band: 'old' is not a label"):
            testing.customers(age_band="old")

    def test_a_model_has_no_way_back(self) -> None:
        class Model:
            name, category = "side", kh.Side

            def classify(self, facts: kh.Facts) -> kh.Classification[kh.Side]:
                raise NotImplementedError

        with pytest.raises(kh.TableError, match="'side' is no table"):
            testing.customers(template=[Model()], side="internal")

    def test_labels_that_exclude_one_another(self) -> None:
        with pytest.raises(kh.TableError, match="nobody can be made with side=internal and scope=individual"):
            testing.customers(side="internal", scope="individual")

    def test_what_depends_on_the_business_needs_one(self) -> None:
        with pytest.raises(kh.TableError, match="give business="):
            testing.customers(engagement="client")

    def test_tables_that_are_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_aim, "_SECONDS", 0.00001)
        with pytest.raises(kh.TableError, match="too large to find a customer"):
            testing.customers(scope="individual")
