"""Policies: values, checked on construction; one error names every wrong field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from khachhang import classifiers
from khachhang.classifiers import (
    AgeBandPolicy,
    BenefitPolicy,
    ContributionPolicy,
    CustomerDefinitionPolicy,
    EngagementPolicy,
    RelationshipTypePolicy,
    StandingPolicy,
    SubjectPolicy,
)
from khachhang.classifiers.bands import SHIPPED
from khachhang.errors import InvalidError, PolicyError
from khachhang.taxonomy import Benefit, Industry, RelationshipType, TieKind

READY = [*sorted(SHIPPED), "customer_definition"]
NAN = float("nan")


def make(facet: str) -> Any:
    return getattr(classifiers, facet)


def policy_of(facet: str) -> Any:
    return getattr(classifiers, "".join(word.capitalize() for word in facet.split("_")) + "Policy")


def test_the_defaults_are_those_of_the_domain_document() -> None:
    assert SubjectPolicy() == SubjectPolicy(business_min_share=0.5)
    assert BenefitPolicy() == BenefitPolicy(
        loyal_min_purchases=5,
        active_days=365,
        negative_min_complaints=2,
        complaints_count=True,
        negative_min_returned_share=0.5,
        returns_min_purchases=2,
        negative_min_reviews=2,
    )
    assert AgeBandPolicy() == AgeBandPolicy(youth_from=15, adult_from=22, adult_to=50)
    assert RelationshipTypePolicy() == RelationshipTypePolicy(
        loyal_min_purchases=5,
        active_days=365,
        loyal_below_discounted_share=0.5,
        new_days=90,
        discount_min_purchases=2,
        discount_min_share=1.0,
        resale_min_share=0.5,
    )
    assert [label.value for label in RelationshipTypePolicy().priority] == [
        "internal", "intermediary", "loyal", "discount", "new", "former", "potential", "external",
    ]  # fmt: skip
    assert attrs.asdict(EngagementPolicy(client_industries=[], customer_industries=[])) == {
        "client_industries": frozenset(),
        "customer_industries": frozenset(),
        "client_min_purchases": 3,
        "client_min_tenure_days": 365,
        "client_min_mean_gap": 90,
    }
    assert StandingPolicy() == StandingPolicy(period_days=365)
    assert ContributionPolicy() == ContributionPolicy(min_events=1, profit_above=0)
    assert CustomerDefinitionPolicy() == CustomerDefinitionPolicy(
        marketed_min=1, habit_min_purchases=2, exchange_above=0, period_days=365
    )


@pytest.mark.parametrize(
    ("policy", "field", "wrong"),
    [
        *((BenefitPolicy, "loyal_min_purchases", wrong) for wrong in (0, -1, 5.0, "5", True, None, NAN)),
        *((BenefitPolicy, "active_days", wrong) for wrong in (-1, 365.0, "365", False, None)),
        *((BenefitPolicy, "complaints_count", wrong) for wrong in (1, 0, "yes", None)),
        *(
            (BenefitPolicy, "negative_min_returned_share", wrong)
            for wrong in (-0.01, 1.01, "0.5", True, None, NAN, Decimal("NaN"), Decimal("sNaN"))
        ),
        *(
            (EngagementPolicy, "client_min_mean_gap", wrong)
            for wrong in (-1, "90", True, None, NAN, float("inf"), 10**400)
        ),
        *(
            (EngagementPolicy, "client_industries", wrong)
            for wrong in ("law_firm", ["law_firm"], [Benefit.LOYAL], 5, None, [[Industry.BANK]])
        ),
        *(
            (RelationshipTypePolicy, "priority", wrong)
            for wrong in (["loyal"], [RelationshipType.NEW, RelationshipType.NEW], [Benefit.LOYAL], "loyal", None)
        ),
        *((ContributionPolicy, "profit_above", wrong) for wrong in (-1, 0.5, "x", True, None, "NaN", "Infinity")),
        (SubjectPolicy, "business_min_share", 50),
        (StandingPolicy, "period_days", -1),
        (AgeBandPolicy, "youth_from", 0),
        (CustomerDefinitionPolicy, "marketed_min", 0),
        (CustomerDefinitionPolicy, "period_days", "365"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_field(policy: Any, field: str, wrong: Any) -> None:
    with pytest.raises(InvalidError) as caught:
        policy(**{field: wrong})

    assert caught.value.subject == policy.__name__
    assert [fault.field for fault in caught.value.faults] == [field]
    assert caught.value.faults[0].hint.startswith("give ")


def test_all_wrong_fields_come_together() -> None:
    wrong: Any = {"loyal_min_purchases": 0, "active_days": -1, "complaints_count": 1}
    with pytest.raises(InvalidError) as caught:
        BenefitPolicy(**wrong)

    assert [fault.field for fault in caught.value.faults] == list(wrong)


def test_the_ends_of_what_can_be_can_be() -> None:
    assert BenefitPolicy(negative_min_returned_share=0).negative_min_returned_share == 0
    assert BenefitPolicy(negative_min_returned_share=1).negative_min_returned_share == 1
    assert BenefitPolicy(active_days=0, loyal_min_purchases=1).active_days == 0
    assert EngagementPolicy(client_min_mean_gap=0).client_min_mean_gap == 0
    assert CustomerDefinitionPolicy(period_days=0).period_days == 0


@pytest.mark.parametrize("facet", [facet for facet in READY if attrs.fields(policy_of(facet))])
def test_thresholds_are_given_by_name(facet: str) -> None:
    assert all(field.kw_only for field in attrs.fields(policy_of(facet)))
    with pytest.raises(TypeError, match="takes 1 positional argument but 2 were given"):
        policy_of(facet)(1)


def test_collections_are_kept_as_what_they_are() -> None:
    assert EngagementPolicy(client_industries=[Industry.BANK]).client_industries == {Industry.BANK}
    assert RelationshipTypePolicy(priority=[RelationshipType.NEW]).priority == (RelationshipType.NEW,)
    assert ContributionPolicy(profit_above="1.5").profit_above == Decimal("1.5")


def test_policies_are_values() -> None:
    assert hash(BenefitPolicy()) == hash(BenefitPolicy(active_days=365))
    assert attrs.evolve(BenefitPolicy(), active_days=30) == BenefitPolicy(active_days=30)
    with pytest.raises(InvalidError):
        attrs.evolve(BenefitPolicy(), active_days=-1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        BenefitPolicy().active_days = 3  # type: ignore[misc]  # frozen


@pytest.mark.parametrize("facet", READY)
def test_a_classifier_takes_its_own_policy_and_no_other(facet: str) -> None:
    other = StandingPolicy() if facet != "standing" else SubjectPolicy()
    wrongs: list[Any] = [other, 5, {}]
    for wrong in wrongs:
        with pytest.raises(PolicyError, match=f"is no {policy_of(facet).__name__}"):
            make(facet)(wrong)


@pytest.mark.parametrize("facet", [facet for facet in READY if facet not in {"income_band", "financial_tier"}])
def test_without_a_policy_the_defaults_count(facet: str) -> None:
    assert make(facet)() == make(facet)(policy_of(facet)())
    assert make(facet)().name == make(facet)().category.facet() == facet
    assert make(facet)().source


@pytest.mark.parametrize("facet", READY)
def test_a_classifier_is_documented_with_its_source(facet: str) -> None:
    assert "Source:" in make(facet).__doc__


@pytest.mark.parametrize("order", [(Industry.BANK, TieKind.BANK), (TieKind.BANK, Industry.BANK)], ids=str)
def test_an_equal_code_of_another_label_set_hides_behind_no_label(order: Any) -> None:
    with pytest.raises(InvalidError, match="is not a set of Industry"):
        EngagementPolicy(client_industries=order)
    assert EngagementPolicy(client_industries=[Industry.BANK, Industry.BANK]).client_industries == {Industry.BANK}
