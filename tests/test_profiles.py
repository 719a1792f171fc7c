"""Profiles: one whole customer, every facet with its reasons."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import AS_OF, customers

from khachhang import templates
from khachhang.classifiers import FinancialTierPolicy, IncomeBandPolicy, age_band, bands, benefit, side, standing
from khachhang.entities import Business, Customer, Interaction, Organization, Person, Purchase, StyleScores, Tie
from khachhang.errors import CurrencyError, InvalidError, TemplateError, UnknownLanguageError, UnknownNameError
from khachhang.facts import RECORDED_IS_ALL, DecisionTable, Facts, fact, facts_of
from khachhang.profiles import Profile, classify, classify_all
from khachhang.rules import Classification, Outcome, when
from khachhang.taxonomy import AgeBand, Benefit, Category, IncomeBand, RelationshipType, Side, Standing, Subject, term

LAN = Customer(
    id="KH-001",
    party=Person("Nguyễn Thị Lan", birth_date=date(1995, 4, 2)),
    purchases=[Purchase(date(2026, 6, 1), 250_000, list_amount=250_000, purpose="self")],
)
FULL = templates.general(
    income_band=IncomeBandPolicy(cuts=[1_000_000, 2_000_000, 3_000_000, 4_000_000], currency="VND"),
    financial_tier=FinancialTierPolicy(cuts=[1_000_000, 2_000_000, 3_000_000, 4_000_000], currency="VND"),
)


class Wave(Category, vi="Đợt mua", en="Wave"):
    EARLY = term("early", vi="Mua sớm <b>", en="Early & bold")
    LATE = "late"


NPS = fact.custom("nps", int, low=0, high=10)
WAVES = DecisionTable(
    name="wave", category=Wave, rules=[when(NPS >= 9).then(Wave.EARLY), when(NPS < 9).then(Wave.LATE)]
)


@attrs.frozen
class Oracle:
    """A user's own model: no table, and no reasons but its answer."""

    name: str
    category: type[Wave]
    answer: Classification[Wave]

    def classify(self, facts: Facts) -> Classification[Wave]:
        assert isinstance(facts, Facts)
        return self.answer


EARLY = Oracle(
    "oracle", Wave, Classification(Outcome.MATCHED, Wave.EARLY, frozenset([Wave.EARLY]), frozenset([Wave.EARLY]))
)


def test_a_profile_answers_every_facet_of_the_template() -> None:
    profile = classify(LAN, as_of=AS_OF)

    assert [classifier.name for classifier, _ in profile.items()] == [table.name for table in templates.general]
    assert profile.age_band.label is AgeBand.FROM_22_TO_50
    assert profile.subject.label is Subject.INDIVIDUAL
    assert profile.standing.label is Standing.ACTIVE
    assert profile.benefit.outcome is Outcome.UNDETERMINED
    assert profile.personality.outcome is Outcome.UNDETERMINED
    assert profile.customer_id == "KH-001"
    assert profile.as_of == AS_OF


def test_a_facet_is_found_by_its_label_set_its_code_and_as_an_attribute() -> None:
    profile = classify(LAN, as_of=AS_OF)

    assert profile[AgeBand] is profile["age_band"] is profile.age_band
    for classifier, answer in profile.items():
        assert profile[classifier.name] is profile[classifier.category] is getattr(profile, classifier.name) is answer


def test_a_users_own_facet_is_found_in_the_same_three_ways() -> None:
    profile = classify(LAN, as_of=AS_OF, template=[WAVES], assume={"nps": 9})

    assert profile[Wave] is profile["wave"] is profile.wave
    label: Wave | None = profile[Wave].label
    assert label is Wave.EARLY


def test_a_facet_that_is_not_there_is_refused() -> None:
    profile = classify(LAN, as_of=AS_OF, template=templates.banking)

    with pytest.raises(UnknownNameError, match="the facets are side"):
        _ = profile["age_band"]
    with pytest.raises(UnknownNameError, match="'age_band'"):
        _ = profile[AgeBand]
    with pytest.raises(AttributeError, match="no facet of template 'banking' is called 'age_band'"):
        _ = profile.age_band
    assert not hasattr(profile, "nonsense")
    place: Any = 0
    with pytest.raises(UnknownNameError, match="is called 0"):
        _ = profile[place]


def test_a_profile_goes_through_its_facets() -> None:
    profile = classify(LAN, as_of=AS_OF, template=templates.banking)

    assert list(profile) == ["side"]
    assert "side" in profile
    assert Side in profile
    assert "age_band" not in profile
    assert AgeBand not in profile


def test_a_facet_that_was_left_out_is_refused_with_the_reason() -> None:
    profile = classify(LAN, as_of=AS_OF)

    assert set(profile.left_out) == {"income_band", "financial_tier"}
    for facet, reason in profile.left_out.items():
        with pytest.raises(UnknownNameError, match=reason):
            _ = profile[facet]
    with pytest.raises(UnknownNameError, match="cut points"):
        _ = profile[IncomeBand]


def test_everything_is_passed_on_to_the_facts() -> None:
    on = date(2026, 2, 28)
    child = Customer("1", Person("Lan", birth_date=date(2004, 2, 29)), purchases=[Purchase(on, 2, currency="USD")])
    business = Business("Sông Hồng", industry="bank")

    profile = classify(
        child, as_of=on, business=business, rates={"USD": 25_000}, leap_day="02-28", assume={"mean_score": 5}
    )

    assert profile.facts == facts_of(child, on, business=business, rates={"USD": 25_000}, leap_day="02-28").assuming(
        {"mean_score": 5}
    )
    assert (profile.facts.age, profile.facts.spend) == (22, Decimal(50_000))


def test_what_was_assumed_is_in_the_facts_and_in_the_reasons() -> None:
    strict = classify(LAN, as_of=AS_OF)
    trusting = classify(LAN, as_of=AS_OF, assume=RECORDED_IS_ALL)

    assert strict.benefit.outcome is Outcome.UNDETERMINED
    assert trusting.benefit.label is Benefit.WALK_IN
    assert "unresolved_complaint_count" in trusting.facts.assumed
    assert "Assumed and used" in trusting.explain("en")
    assert "Giả định đã dùng" in trusting.explain("vi")
    assert "Assumed and used" not in strict.explain("en")
    assert trusting.relationship_type.labels == {RelationshipType.NEW, RelationshipType.EXTERNAL}


def test_an_assumption_may_name_a_fact_that_a_table_of_ones_own_asks_for() -> None:
    assert classify(LAN, as_of=AS_OF, template=[WAVES]).wave.missing == ("nps",)
    assert classify(LAN, as_of=AS_OF, template=[side(), WAVES], assume={"nps": 3}).wave.label is Wave.LATE
    with pytest.raises(InvalidError, match="nps"):
        classify(LAN, as_of=AS_OF, template=[side()], assume={"nps": 3})
    with pytest.raises(InvalidError, match="nps"):
        classify(LAN, as_of=AS_OF, template=[WAVES], assume={"nps": 11})


def test_a_template_may_be_any_list_of_classifiers() -> None:
    profile = classify(LAN, as_of=AS_OF, template=[EARLY, age_band()])

    assert profile.oracle.label is Wave.EARLY
    assert profile[Wave] is profile.oracle
    assert profile[AgeBand].label is AgeBand.FROM_22_TO_50
    assert profile.template.name == "custom"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_model_of_ones_own_has_its_answer_as_its_reason(lang: Any) -> None:
    profile = classify(LAN, as_of=AS_OF, template=[EARLY])

    assert profile.explain(lang) == {"vi": "Đợt mua: Mua sớm <b>.", "en": "Wave: Early & bold."}[lang]


def test_the_reasons_are_those_of_the_tables_and_of_what_is_left_out() -> None:
    profile = classify(LAN, as_of=AS_OF)

    for lang in ("vi", "en"):
        parts = profile.explain(lang).split("\n\n")
        tables: list[Any] = list(templates.general)
        assert parts[: len(tables)] == [table.explain(profile.facts, lang) for table in tables]
        assert len(parts) == len(tables) + 2
    assert "Income band: left out, no cut points were given" in profile.explain("en")
    assert "Bậc thu nhập: không xét, chưa có điểm cắt" in profile.explain("vi")


def test_another_language_is_refused() -> None:
    wrong: Any = "fr"
    with pytest.raises(UnknownLanguageError):
        classify(LAN, as_of=AS_OF).explain(wrong)
    with pytest.raises(UnknownLanguageError):
        classify(LAN, as_of=AS_OF, template=[]).explain(wrong)


def test_repr_says_the_answers_in_short() -> None:
    clerk = Customer("KH-002", Organization("Hoa Sen"), purchases=[], ties=[Tie("employee"), Tie("reseller")])
    template = [age_band(), side(), benefit(), templates.general["relationship_type"]]

    assert repr(classify(clerk, as_of=AS_OF, template=template, assume={"has_need": False})) == (
        "Profile('KH-002', 2026-06-30: age_band=unmatched, side=internal, benefit=undetermined, "
        "relationship_type=internal+intermediary)"
    )


PLANTED = {"monthly_income": 3_519_842, "investable_assets": 8_402_173}
RICH = Customer(
    "KH-003",
    Person("Lan", birth_date=date(1983, 10, 17), styles=StyleScores(73.25, 3, 4, 5), **PLANTED),  # type: ignore[arg-type]
    interactions=[Interaction(AS_OF, "survey", score=6.125)],
    purchases=[],
)


def shown(profile: Profile) -> str:
    return profile._repr_html_() + profile.explain("vi") + profile.explain("en") + repr(profile) + repr(profile.facts)


def test_nothing_private_is_ever_shown() -> None:
    template = templates.Template(
        "all", [*FULL, bands(fact.last_score, [6], name="mood"), bands(fact.mean_score, [6], name="moods")]
    )
    profile = classify(RICH, as_of=AS_OF, template=template, business=Business("Sông Hồng"))
    text = re.sub(r"[.,]", "", shown(profile))

    assert profile.income_band.label is IncomeBand.HIGHER
    assert profile.mood.is_matched
    for private in ("3519842", "8402173", "7325", "6125", "1983-10-17", "17/10/1983"):
        assert private not in text


def test_nothing_private_that_was_assumed_is_ever_shown() -> None:
    bare = Customer("KH-004", Person("Lan"))
    profile = classify(bare, as_of=AS_OF, template=FULL, business=Business("Sông Hồng"), assume={**PLANTED, "age": 42})
    text = re.sub(r"[.,]", "", shown(profile))

    assert profile.income_band.label is IncomeBand.HIGHER
    assert "3519842" not in text
    assert "8402173" not in text
    assert "assumed: 42" in text


def test_the_html_form_shows_labels_and_reasons_in_both_languages() -> None:
    page = classify(LAN, as_of=AS_OF)._repr_html_()

    assert page.startswith("<table")
    assert page.count("<tr>") == 1 + 12
    assert "KH-001 · 2026-06-30" in page
    for text in ("Từ 22 đến 50 tuổi", "chưa xác định", "tuổi từ 22 đến 50 (thực tế: 31)", "Cần biết thêm", "điểm cắt"):
        assert text in page
    for text in ("22 to 50", "not known yet", "from 22 to 50 years (here: 31 years)", "To settle it", "no cut points"):
        assert text in page


def test_the_html_form_fits_a_light_and_a_dark_notebook() -> None:
    page = classify(LAN, as_of=AS_OF)._repr_html_()

    assert "color" not in page


def test_the_html_form_lets_no_text_become_markup() -> None:
    hostile = Customer("<script>alert('x')</script>&", Person("Lan"))
    own = attrs.evolve(templates.banking, left_out={"<i>": templates.NO_CUTS})
    page = (
        classify(hostile, as_of=AS_OF, template=[EARLY])._repr_html_()
        + classify(hostile, as_of=AS_OF, template=own)._repr_html_()
    )

    assert "<script" not in page
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;" in page
    assert "Mua sớm &lt;b&gt;" in page
    assert "Early &amp; bold" in page
    assert "&lt;i&gt;" in page


def test_every_tag_of_the_html_form_is_closed() -> None:
    page = classify(LAN, as_of=AS_OF)._repr_html_()

    for tag in ("table", "caption", "thead", "tbody", "tr", "td", "th", "small", "details", "summary", "div"):
        assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>")


def test_a_profile_is_a_value() -> None:
    profile = classify(LAN, as_of=AS_OF)

    assert profile == classify(LAN, as_of=AS_OF)
    assert profile != classify(LAN, as_of=date(2026, 7, 1))
    assert pickle.loads(pickle.dumps(profile)) == profile
    assert copy.deepcopy(profile) == copy.copy(profile) == profile
    assert hash(profile) == hash(classify(LAN, as_of=AS_OF))


def test_a_profile_records_by_which_tables_and_policies_it_was_made() -> None:
    template = templates.professional_services
    profile = classify(LAN, as_of=AS_OF, template=template)

    assert profile.template is template
    assert profile.template.policies["standing"] == template.policies["standing"]
    assert profile.template["standing"] == template["standing"]


@settings(max_examples=30)
@given(st.lists(customers(), max_size=4))
def test_many_customers_get_what_each_gets_alone(several: list[Customer]) -> None:
    together = list(classify_all(iter(several), as_of=AS_OF, assume=RECORDED_IS_ALL, business=Business("Sông Hồng")))

    assert together == [
        classify(customer, as_of=AS_OF, assume=RECORDED_IS_ALL, business=Business("Sông Hồng")) for customer in several
    ]


def test_many_customers_come_one_by_one() -> None:
    def endless() -> Any:
        while True:
            yield LAN

    profiles = classify_all(endless(), as_of=AS_OF, template=[age_band()])

    assert next(profiles).age_band.label is AgeBand.FROM_22_TO_50
    assert next(profiles).age_band.label is AgeBand.FROM_22_TO_50


def test_the_template_of_many_may_be_read_only_once() -> None:
    profiles = classify_all([LAN, LAN], as_of=AS_OF, template=(table for table in [age_band(), side()]))

    assert [len(profile.classifications) for profile in profiles] == [2, 2]


def test_leap_day_and_rates_reach_every_customer() -> None:
    child = Customer("1", Person("L", birth_date=date(2004, 2, 29)), purchases=[Purchase(date(2026, 1, 1), 2, "USD")])
    on = date(2026, 2, 28)
    business = Business("Sông Hồng")
    made = next(classify_all([child], as_of=on, rates={"USD": 3}, leap_day="02-28", business=business))

    assert (made.facts.age, made.facts.spend) == (22, Decimal(6))


@pytest.mark.parametrize("as_of", ["2026-06-30", None, datetime(2026, 6, 30)], ids=repr)
def test_a_wrong_date_is_refused_before_anybody_is_looked_at(as_of: Any) -> None:
    with pytest.raises(InvalidError, match="as_of"):
        classify_all([], as_of=as_of)
    with pytest.raises(InvalidError, match="as_of"):
        classify(LAN, as_of=as_of)


def test_a_wrong_template_is_refused_before_anybody_is_looked_at() -> None:
    wrong: Any = 5
    with pytest.raises(TemplateError):
        classify_all([], as_of=AS_OF, template=wrong)
    with pytest.raises(TemplateError):
        classify(LAN, as_of=AS_OF, template=wrong)


def test_whose_history_can_not_be_meant_is_named() -> None:
    abroad = Customer("KH-777", Person("Lan"), purchases=[Purchase(AS_OF, 2, "USD"), Purchase(AS_OF, 2, "VND")])
    unborn = Customer("KH-778", Person("Lan", birth_date=date(2030, 1, 1)))

    with pytest.raises(CurrencyError, match="KH-777"):
        list(classify_all([LAN, abroad], as_of=AS_OF))
    with pytest.raises(InvalidError, match="KH-778"):
        list(classify_all([LAN, unborn], as_of=AS_OF))


def test_the_same_person_is_another_customer_of_another_business() -> None:
    shop = Customer(
        "A", LAN.party, purchases=[], ties=[Tie("employee"), Tie("shareholder")], declared_capacity="business"
    )
    bank = Customer("B", LAN.party, purchases=[], ties=[])

    assert classify(shop, as_of=AS_OF).subject.label is Subject.BUSINESS
    assert classify(shop, as_of=AS_OF)[Side].label is Side.INTERNAL
    assert classify(bank, as_of=AS_OF).subject.label is Subject.INDIVIDUAL
    assert classify(bank, as_of=AS_OF)[Side].label is Side.EXTERNAL


def test_a_period_ends_at_the_as_of_date() -> None:
    assert classify(LAN, as_of=date(2027, 6, 1), template=[standing()]).standing.label is Standing.ACTIVE
    assert classify(LAN, as_of=date(2027, 6, 2), template=[standing()]).standing.outcome is Outcome.UNDETERMINED
