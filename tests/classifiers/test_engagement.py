"""Engagement: customer or client."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import EngagementPolicy, engagement
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import Engagement, Industry

TABLE = engagement()
CLIENTS = [
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
]
CUSTOMERS = ["retail_shop", "restaurant", "supermarket", "bank", "service_station", "amusement_park"]


def buyer(count: int = 3, first: int = 365, gap: float = 90.0, industry: str | None = "other") -> Facts:
    gaps: Any = {"mean_purchase_gap": gap} if count > 1 else {}
    return Facts(seller_industry=industry, purchase_count=count, days_since_first_purchase=first, **gaps)


def test_the_two_lists_and_other_are_all_industries() -> None:
    assert {*CLIENTS, *CUSTOMERS, "other"} == set(Industry)


@pytest.mark.parametrize("label", Engagement)
def test_every_label_is_somebodys(label: Engagement) -> None:
    examples = {Engagement.CUSTOMER: Facts(seller_industry="bank"), Engagement.CLIENT: Facts(seller_industry="finance")}

    assert TABLE.classify(examples[label]).label is label


@pytest.mark.parametrize("industry", CLIENTS)
def test_these_industries_have_clients_however_they_buy(industry: str) -> None:
    assert TABLE.label(Facts(seller_industry=industry, purchase_count=0)) is Engagement.CLIENT
    assert TABLE.label(Facts(seller_industry=industry)) is Engagement.CLIENT


@pytest.mark.parametrize("industry", CUSTOMERS)
def test_these_industries_have_customers_however_they_buy(industry: str) -> None:
    assert TABLE.label(buyer(9, 900, 100, industry)) is Engagement.CUSTOMER
    assert TABLE.label(Facts(seller_industry=industry)) is Engagement.CUSTOMER


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        (buyer(), Engagement.CLIENT),
        (buyer(count=2), Engagement.CUSTOMER),
        (buyer(count=4), Engagement.CLIENT),
        (buyer(first=364), Engagement.CUSTOMER),
        (buyer(first=366), Engagement.CLIENT),
        (buyer(gap=89.99), Engagement.CUSTOMER),
        (buyer(gap=90.01), Engagement.CLIENT),
        (buyer(count=1), Engagement.CUSTOMER),
        (Facts(seller_industry="other", purchase_count=0), Engagement.CUSTOMER),
    ],
)
def test_elsewhere_the_way_of_buying_decides(facts: Facts, label: Engagement) -> None:
    assert TABLE.label(facts) is label


def test_without_an_industry_both_stay_possible() -> None:
    answer = TABLE.classify(buyer(industry=None))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(Engagement)
    assert answer.missing == ("seller_industry",)


def test_elsewhere_and_nothing_known_the_missing_facts_are_those_of_buying() -> None:
    answer = TABLE.classify(Facts(seller_industry="other"))

    assert answer.outcome is Outcome.UNDETERMINED
    assert set(answer.missing) == {"purchase_count", "days_since_first_purchase", "mean_purchase_gap"}


def test_the_lists_and_thresholds_are_the_business_own() -> None:
    policy = EngagementPolicy(
        client_industries=[Industry.OTHER],
        customer_industries=set(),
        client_min_purchases=2,
        client_min_tenure_days=10,
        client_min_mean_gap=5,
    )
    table = engagement(policy)

    assert table.label(Facts(seller_industry="other")) is Engagement.CLIENT
    assert table.label(buyer(2, 10, 5.0, "law_firm")) is Engagement.CLIENT
    assert table.label(buyer(2, 9, 5.0, "law_firm")) is Engagement.CUSTOMER
    assert table.label(buyer(2, 10, 4.9, "law_firm")) is Engagement.CUSTOMER


def test_a_gap_lies_between_two_purchases_however_few_are_enough() -> None:
    table = engagement(EngagementPolicy(client_min_purchases=1, client_min_mean_gap=0))

    assert table.label(buyer(count=1)) is Engagement.CUSTOMER
    assert table.label(buyer(count=2)) is Engagement.CLIENT
