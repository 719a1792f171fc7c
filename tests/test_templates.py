"""Templates: named sets of classifiers, changed by policies, and made by users."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

from khachhang import templates
from khachhang.classifiers import (
    AgeBandPolicy,
    BenefitPolicy,
    FinancialTierPolicy,
    IncomeBandPolicy,
    RelationshipTypePolicy,
    StandingPolicy,
    age_band,
    benefit,
    financial_tier,
    income_band,
    side,
    standing,
)
from khachhang.errors import TemplateError, UnknownNameError
from khachhang.facts import Facts
from khachhang.rules import Classification, Outcome
from khachhang.taxonomy import AgeBand, Benefit, Category, Words
from khachhang.templates import Template, as_template

INCOME = IncomeBandPolicy(cuts=[1, 2, 3, 4], currency="VND")
ASSETS = FinancialTierPolicy(cuts=[1, 2, 3, 4], currency="VND")
ALL = {"subject", "benefit", "age_band", "relationship_type", "scope", "side", "engagement", "income_band",
       "personality", "financial_tier", "standing", "contribution"}  # fmt: skip


class Mood(Category):
    GOOD = "good"
    BAD = "bad"


@attrs.frozen
class Oracle:
    """A user's own model: no table."""

    name: str = "mood"
    category: type[Mood] = Mood

    def classify(self, facts: Facts) -> Classification[Mood]:
        label = Mood.GOOD if facts.has_need else Mood.BAD
        return Classification(Outcome.MATCHED, label, frozenset([label]), frozenset([label]))


def names(template: Template) -> list[str]:
    return [classifier.name for classifier in template]


def test_a_template_is_made_when_it_is_first_asked_for_and_no_other_name_is_known() -> None:
    assert {"general", "banking", "retail", "professional_services"} <= set(dir(templates))
    assert templates.retail is templates.retail
    with pytest.raises(AttributeError, match="no attribute 'insurance'"):
        _ = templates.insurance  # type: ignore[attr-defined]  # there is none


def test_the_general_template_holds_every_facet_but_those_of_money() -> None:
    assert set(names(templates.general)) == ALL - {"income_band", "financial_tier"}
    assert set(templates.general.left_out) == {"income_band", "financial_tier"}
    assert templates.general.name == "general"


def test_the_general_template_holds_every_facet_once_it_has_the_policies() -> None:
    template = templates.general(income_band=INCOME, financial_tier=ASSETS)

    assert set(names(template)) == ALL
    assert template.left_out == {}
    assert template["income_band"] == income_band(INCOME)
    assert template["financial_tier"] == financial_tier(ASSETS)


def test_banks_take_the_side_alone_and_the_tier_where_a_policy_is_given() -> None:
    assert names(templates.banking) == ["side"]
    assert set(templates.banking.left_out) == {"financial_tier"}
    assert names(templates.banking(financial_tier=ASSETS)) == ["side", "financial_tier"]


def test_shops_ask_who_buys_how_often_and_how_recently() -> None:
    assert {"subject", "benefit", "age_band", "relationship_type", "standing"} <= set(names(templates.retail))
    assert templates.retail["benefit"] == benefit()
    assert set(templates.retail.left_out) == {"income_band"}


def test_professional_services_have_long_relations_and_few_purchases() -> None:
    template = templates.professional_services
    twice: Any = {"purchase_count": 2, "unresolved_complaint_count": 0, "bought_count": 2, "returned_share": 0.0,
                  "negative_review_count": 0, "discounted_share": 0.0, "dealing_count": 2}  # fmt: skip

    def answers(last: int) -> list[str]:
        facts = Facts(**twice, days_since_last_purchase=last, days_since_last_dealing=last)
        relations = template["relationship_type"].classify(facts).labels
        return [
            str(template["benefit"].classify(facts).label),
            str(template["standing"].classify(facts).label),
            *sorted(str(label) for label in relations),
        ]

    assert answers(1095) == ["loyal", "active", "loyal"]
    assert answers(1096) == ["potential", "former", "former"]
    assert template.left_out == {}
    assert template.policies == {
        "benefit": BenefitPolicy(loyal_min_purchases=2, active_days=1095),
        "relationship_type": RelationshipTypePolicy(loyal_min_purchases=2, active_days=1095),
        "standing": StandingPolicy(period_days=1095),
    }


@pytest.mark.parametrize("name", ["general", "banking", "retail"])
def test_what_is_left_out_has_its_reason_in_both_languages(name: str) -> None:
    template: Template = getattr(templates, name)

    for reason in template.left_out.values():
        assert "điểm cắt" in reason.vi
        assert "cut points" in reason.en


def test_a_policy_changes_one_facet_and_leaves_the_order_alone() -> None:
    policy = BenefitPolicy(loyal_min_purchases=9)
    template = templates.general(benefit=policy)

    assert names(template) == names(templates.general)
    assert template["benefit"] == benefit(policy)
    assert template["age_band"] == age_band()
    assert template.policies == {"benefit": policy}
    assert template.name == "general"
    assert templates.general["benefit"] == benefit()


def test_policies_add_up_and_the_last_of_one_facet_counts() -> None:
    template = templates.general(benefit=BenefitPolicy(active_days=1))(income_band=INCOME)(
        benefit=BenefitPolicy(active_days=2)
    )

    assert template.policies == {"benefit": BenefitPolicy(active_days=2), "income_band": INCOME}
    assert set(template.left_out) == {"financial_tier"}


def test_the_order_of_the_policies_does_not_matter() -> None:
    one = templates.general(income_band=INCOME, financial_tier=ASSETS)
    other = templates.general(financial_tier=ASSETS)(income_band=INCOME)

    assert names(one) == names(other)
    assert one == other


def test_a_users_template_keeps_its_own_order_under_a_policy() -> None:
    template = Template("ours", [standing(), Oracle(), benefit()])(standing=StandingPolicy(period_days=7))

    assert names(template) == ["standing", "mood", "benefit"]
    assert template["standing"] == standing(StandingPolicy(period_days=7))
    assert names(Template("ours", [standing(), benefit()])(benefit=BenefitPolicy())) == ["standing", "benefit"]


def test_calling_without_policies_changes_nothing() -> None:
    assert templates.general() == templates.general


@pytest.mark.parametrize(
    ("policies", "text"),
    [
        ({"benefits": BenefitPolicy()}, "no ready facet 'benefits'"),
        ({"customer_definition": BenefitPolicy()}, "no ready facet"),
        ({"benefit": StandingPolicy()}, "is no BenefitPolicy"),
        ({"benefit": None}, "is no BenefitPolicy"),
        ({"benefit": 5}, "is no BenefitPolicy"),
        ({"income_band": FinancialTierPolicy(cuts=[1, 2, 3, 4], currency="VND")}, "is no IncomeBandPolicy"),
    ],
    ids=["unknown", "not in templates", "of another", "none", "number", "left out"],
)
def test_a_wrong_policy_is_refused(policies: Any, text: str) -> None:
    with pytest.raises(TemplateError, match=text):
        templates.general(**policies)


def test_a_facet_that_is_not_in_the_template_takes_no_policy() -> None:
    with pytest.raises(TemplateError, match="policies go to side, financial_tier"):
        templates.banking(age_band=AgeBandPolicy())


def test_a_template_is_made_in_one_line() -> None:
    template = Template("ours", [age_band(), Oracle()])

    assert names(template) == ["age_band", "mood"]
    assert len(template) == 2
    assert template.left_out == {}
    assert template["mood"] == Oracle()


def test_an_unknown_facet_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="the facets are side"):
        _ = templates.banking["benefit"]


def test_a_facet_that_was_left_out_is_refused_with_the_reason() -> None:
    with pytest.raises(UnknownNameError, match="no cut points were given"):
        _ = templates.banking["financial_tier"]


def test_needs_are_the_facts_that_its_tables_can_ask_for() -> None:
    assert Template("ours", [age_band()]).needs == {"party_kind", "age"}
    assert Template("ours", [age_band(), Oracle()]).needs == {"party_kind", "age"}
    assert Template("ours", [Oracle()]).needs == frozenset()
    assert templates.banking(financial_tier=ASSETS).needs == side().needs | {
        "party_kind",
        "currency",
        "investable_assets",
    }


@pytest.mark.parametrize(
    "wrong",
    [age_band, AgeBand, "age_band", None, object()],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_what_is_no_classifier_is_refused_by_its_place(wrong: Any) -> None:
    with pytest.raises(TemplateError, match=r"classifier 1: .* is no classifier"):
        Template("ours", [side(), wrong])


def test_two_classifiers_of_one_name_are_refused() -> None:
    with pytest.raises(TemplateError, match="two classifiers are called 'benefit'"):
        Template("ours", [benefit(), benefit(BenefitPolicy(active_days=3))])
    assert len(Template("ours", [benefit(), attrs.evolve(benefit(), name="benefit_2")])) == 2


def test_templates_are_values() -> None:
    again = templates.general(income_band=INCOME)

    assert again == templates.general(income_band=INCOME)
    assert again != templates.general
    assert hash(again) == hash(templates.general(income_band=INCOME))
    assert pickle.loads(pickle.dumps(again)) == again


def test_a_list_a_template_or_nothing_is_a_template() -> None:
    assert as_template(None) is templates.general
    assert as_template(templates.retail) is templates.retail
    assert names(as_template([age_band()])) == ["age_band"]
    assert names(as_template(classifier for classifier in (age_band(), side()))) == ["age_band", "side"]


@pytest.mark.parametrize("wrong", [5, age_band(), "general", [5]], ids=["number", "one table", "name", "list"])
def test_nothing_else_is_a_template(wrong: Any) -> None:
    with pytest.raises(TemplateError):
        as_template(wrong)


def test_reasons_of_ones_own_may_be_given_for_what_is_left_out() -> None:
    template = Template("ours", [benefit()], left_out={"mood": Words("không đo", "not measured")})

    with pytest.raises(UnknownNameError, match="not measured"):
        _ = template["mood"]
    assert template["benefit"].category is Benefit
