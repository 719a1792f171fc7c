"""The strategies for entities: what they make, that arguments are kept, and to what they shrink."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import khachhang as kh
from khachhang import testing
from khachhang.testing._subject import drawn
from khachhang.testing._vietnamese import days_around_new_year, hostile, people
from khachhang.testing.activity import days, needs
from khachhang.testing.party import AS_OF, birth_dates, style_scores

STRATEGIES: dict[str, tuple[Any, Any]] = {
    "persons": (testing.persons, kh.Person),
    "organizations": (testing.organizations, kh.Organization),
    "groups": (testing.groups, kh.Group),
    "businesses": (testing.businesses, kh.Business),
    "purchases": (testing.purchases, kh.Purchase),
    "histories": (testing.histories, tuple),
    "interactions": (testing.interactions, kh.Interaction),
    "identifiers": (testing.identifiers, kh.Identifier),
    "contacts": (testing.contacts, kh.Contact),
    "ties": (testing.ties, kh.Tie),
    "customers": (testing.customers, kh.Customer),
    "facts": (testing.facts, kh.Facts),
    "tables": (testing.tables, kh.DecisionTable),
    "policies": (testing.policies, kh.classifiers.Policy),
    "templates": (testing.templates, kh.Template),
}
SOME = settings(max_examples=50)


@pytest.mark.parametrize("is_hostile", [False, True])
@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_makes_what_its_name_says(name: str, is_hostile: bool) -> None:
    make, kind = STRATEGIES[name]

    @SOME
    @given(make(hostile=is_hostile))
    def test(made: Any) -> None:
        assert isinstance(made, kind)

    test()


class TestWhatIsKept:
    """A value is kept, and of a strategy is drawn."""

    @SOME
    @given(testing.persons(name="Lan", gender="female", monthly_income=st.integers(1, 5), birth_date=None))
    def test_in_persons(self, person: kh.Person) -> None:
        assert (person.name, person.gender, person.birth_date) == ("Lan", kh.Gender.FEMALE, None)
        assert person.monthly_income in {1, 2, 3, 4, 5}

    @SOME
    @given(testing.purchases(amount=7, list_amount=9, returned=st.sampled_from([1, 2]), day=date(2024, 2, 29)))
    def test_in_purchases(self, purchase: kh.Purchase) -> None:
        assert (purchase.amount, purchase.list_amount) == (Decimal(7), Decimal(9))
        assert purchase.day == date(2024, 2, 29)
        assert purchase.returned in {1, 2}

    @SOME
    @given(testing.purchases(amount="0.000001", currency=...))
    def test_in_purchases_whose_amount_can_not_be_divided(self, purchase: kh.Purchase) -> None:
        assert purchase.amount == Decimal("0.000001")

    @SOME
    @given(testing.interactions(kind="complaint", resolved_on=date(2026, 7, 1), day=st.just(date(2026, 6, 1))))
    def test_in_interactions(self, interaction: kh.Interaction) -> None:
        assert interaction.kind is kh.InteractionKind.COMPLAINT
        assert (interaction.day, interaction.resolved_on) == (date(2026, 6, 1), date(2026, 7, 1))

    @SOME
    @given(testing.ties(kind="bank", since=date(2026, 1, 1)), testing.ties(until=date(2020, 1, 1)))
    def test_in_ties(self, begun: kh.Tie, ended: kh.Tie) -> None:
        assert begun.kind is kh.TieKind.BANK
        assert (begun.since, ended.until) == (date(2026, 1, 1), date(2020, 1, 1))

    def test_in_ties_that_can_not_be(self) -> None:
        with pytest.raises(kh.InvalidError):
            find(testing.ties(since=date(2026, 1, 2), until=date(2026, 1, 1)), lambda _: True)

    @SOME
    @given(testing.businesses(currency=..., industry="bank"), testing.organizations(kind="shop"))
    def test_in_businesses_and_organizations(self, business: kh.Business, shop: kh.Organization) -> None:
        assert business.industry is kh.Industry.BANK
        assert shop.kind is kh.OrganizationKind.SHOP

    @SOME
    @given(testing.groups(members=st.just([])), testing.groups(name="Nhà Lan"))
    def test_in_groups(self, empty: kh.Group, family: kh.Group) -> None:
        assert empty.members == ()
        assert family.name == "Nhà Lan"

    @SOME
    @given(
        testing.customers(
            id="x",
            party=testing.groups(),
            purchases=[],
            need=kh.Need(),
            previous_brand="Y",
            declared_capacity="business",
        )
    )
    def test_in_customers(self, customer: kh.Customer) -> None:
        assert (customer.id, customer.purchases, customer.need, customer.previous_brand) == ("x", (), kh.Need(), "Y")
        assert isinstance(customer.party, kh.Group)
        assert customer.declared_capacity is kh.Capacity.BUSINESS


class TestWhatIsMade:
    @SOME
    @given(testing.persons(as_of=date(2000, 2, 29)))
    def test_names_are_vietnamese_and_amounts_are_round(self, person: kh.Person) -> None:
        assert person.name in people()
        assert person.birth_date is None or person.birth_date <= date(2000, 2, 29)
        for amount in (person.monthly_income, person.investable_assets):
            assert amount is None or amount % 1000 == 0

    def test_names_bear_full_diacritics(self) -> None:
        assert all(name == unicodedata.normalize("NFC", name) for name in people())
        assert sum(not name.isascii() for name in people()) > len(people()) * 0.9
        assert {"Nguyễn", "Trần", "Lê", "Phạm"} <= {name.split()[0] for name in people()}

    @SOME
    @given(testing.purchases(as_of=date(2024, 3, 1)))
    def test_nothing_is_bought_after_the_day(self, purchase: kh.Purchase) -> None:
        assert purchase.day <= date(2024, 3, 1)
        assert purchase.amount % 1000 == 0
        assert purchase.amount > 0

    def test_days_around_new_year_are_often_drawn(self) -> None:
        festive = days_around_new_year(date(2026, 1, 1), AS_OF)
        assert date(2026, 2, 17) in festive  # the first day of the year of the Horse
        assert (festive[0], festive[-1], len(festive)) == (date(2026, 2, 23), date(2026, 2, 7), 17)
        assert any(purchase.day in festive for purchase in drawn(testing.purchases(), 100))
        assert days_around_new_year(date(1990, 1, 1), date(1990, 12, 31)) == ()

    @pytest.mark.parametrize("as_of", [date.min, date(30, 1, 1), date.max, date(1900, 3, 1)])
    def test_any_day_will_do(self, as_of: date) -> None:
        both = st.tuples(birth_dates(as_of, hostile=True), days(as_of, hostile=True), birth_dates(as_of), days(as_of))

        @SOME
        @given(both)
        def test(drawn: tuple[date, date, date, date]) -> None:
            assert drawn[0] <= as_of
            assert drawn[2] <= as_of
            assert drawn[3] <= as_of

        test()

    @pytest.mark.parametrize("as_of", ["2026-06-30", datetime(2026, 6, 30), None])
    def test_what_is_no_day_is_an_error(self, as_of: Any) -> None:
        for make in (testing.persons, testing.groups, testing.purchases, testing.interactions, testing.histories,
                     testing.ties, testing.customers):  # fmt: skip
            with pytest.raises(kh.InvalidError, match="as_of: "):
                make(as_of=as_of)

    @SOME
    @given(testing.histories(min_size=1), testing.histories(testing.interactions(), max_size=2))
    def test_histories_are_in_the_order_of_days(
        self, bought: tuple[kh.Purchase, ...], dealt: tuple[kh.Interaction, ...]
    ) -> None:
        assert bought
        assert len(dealt) <= 2
        for events in (bought, dealt):
            assert [event.day for event in events] == sorted(event.day for event in events)

    @SOME
    @given(testing.histories(hostile=True, min_size=1))
    def test_a_hostile_history_keeps_its_least_number(self, history: tuple[kh.Purchase, ...]) -> None:
        assert history

    @SOME
    @given(needs(), style_scores(dominance=100))
    def test_needs_and_scores(self, need: kh.Need, scores: kh.StyleScores) -> None:
        assert need.has_need in {None, True, False}
        assert scores.dominance == 100


@cache
def hostile_customers() -> list[kh.Customer]:
    return drawn(testing.customers(hostile=True), 800)


class TestHostility:
    def test_names_in_nfd_and_with_quotes(self) -> None:
        assert any(name != unicodedata.normalize("NFC", name) for name in hostile())
        assert any('"' in name for name in hostile())
        assert all(kh.Person(name).name for name in hostile())

    WANTED: ClassVar[dict[str, Any]] = {
        "name": lambda customer: isinstance(customer.party, kh.Person) and customer.party.name not in people(),
        "leap day": lambda customer: str(getattr(customer.party, "birth_date", None)).endswith("-02-29"),
        "empty history": lambda customer: customer.purchases == (),
        "huge history": lambda customer: len(customer.purchases or ()) >= 100,
        "later": lambda customer: any(purchase.day > AS_OF for purchase in customer.purchases or ()),
        "gift": lambda customer: any(purchase.amount == 0 for purchase in customer.purchases or ()),
        "unknown": lambda customer: customer.need is None and customer.ties is None and customer.interactions is None,
    }

    @pytest.mark.parametrize("name", WANTED)
    def test_what_is_asked_for_does_occur(self, name: str) -> None:
        assert any(self.WANTED[name](customer) for customer in hostile_customers())


class TestShrinking:
    """A failing example is what a person would write by hand."""

    def test_of_persons(self) -> None:
        assert find(testing.persons(), lambda _: True) == kh.Person("Nguyễn Thị Lan")
        assert find(testing.persons(), lambda person: person.gender is not None).gender is kh.Gender.FEMALE

    def test_of_purchases(self) -> None:
        assert find(testing.purchases(), lambda _: True) == kh.Purchase(AS_OF, 100_000)

    def test_of_customers(self) -> None:
        found = find(testing.customers(), lambda customer: bool(customer.purchases))
        assert found == kh.Customer("KH-001", kh.Person("Nguyễn Thị Lan"), purchases=[kh.Purchase(AS_OF, 100_000)])

    def test_of_customers_with_labels(self) -> None:
        found = find(testing.customers(benefit="walk_in"), lambda customer: customer.id < "KH-500")
        assert (found.id, found.party) == ("KH-001", kh.Person("Nguyễn Thị Lan"))
        assert found.purchases == (kh.Purchase(AS_OF, 100_000),)

    def test_of_facts(self) -> None:
        assert find(testing.facts(), lambda _: True) == kh.Facts()
        assert find(testing.facts(), lambda facts: (facts.purchase_count or 0) > 3) == kh.Facts(purchase_count=4)


class TestPoliciesAndTemplates:
    @SOME
    @given(testing.policies("age_band"), testing.policies(kh.classifiers.BenefitPolicy, active_days=30))
    def test_fields_fit_together_and_are_kept(self, ages: Any, benefit: Any) -> None:
        assert ages.youth_from < ages.adult_from <= ages.adult_to
        assert benefit.active_days == 30

    @SOME
    @given(testing.policies("age_band", youth_from=1, adult_from=2, adult_to=st.integers(2, 9)))
    def test_fields_that_depend_on_one_another_can_be_given(self, policy: Any) -> None:
        assert (policy.youth_from, policy.adult_from) == (1, 2)

    def test_an_unknown_facet_is_an_error(self) -> None:
        with pytest.raises(
            kh.TemplateError, match=r"policies: 'ages' is neither .*\nHint: there are age_band, benefit"
        ):
            testing.policies("ages")

    @pytest.mark.parametrize("of", [kh.Customer, 3])
    def test_what_is_no_policy_is_an_error(self, of: Any) -> None:
        with pytest.raises(kh.TemplateError, match="is neither a ready classifier nor its policy"):
            testing.policies(of)

    def test_an_unknown_field_is_an_error(self) -> None:
        with pytest.raises(
            kh.TemplateError, match="StandingPolicy has no field 'days'\nHint: its fields are period_days"
        ):
            testing.policies("standing", days=30)
        with pytest.raises(kh.TemplateError, match="any policy has no field 'active_days'"):
            testing.policies(active_days=30)

    @SOME
    @given(testing.templates(), testing.templates(name="mine"), testing.templates(classifiers=[]))
    def test_templates(self, shipped: kh.Template, mine: kh.Template, empty: kh.Template) -> None:
        assert shipped.name in {"general", "banking", "retail", "professional_services"}
        assert mine.name == "mine"
        assert len(empty) == 0

    def test_templates_have_tables_of_their_own_and_money_bands(self) -> None:
        names = {table.name for template in drawn(testing.templates(), 50) for table in template}
        assert "own" in names
        assert names & {"income_band", "financial_tier"}


class TestTables:
    @SOME
    @given(
        testing.tables(
            hit=kh.HitPolicy.UNIQUE, category=kh.Standing, given=None, name="x", otherwise=kh.Standing.ACTIVE
        )
    )
    def test_what_is_given_is_kept(self, table: Any) -> None:
        assert (table.hit, table.category, table.given, table.name) == (kh.HitPolicy.UNIQUE, kh.Standing, None, "x")

    @SOME
    @given(testing.tables(facts=[kh.fact.age], max_rules=2))
    def test_rules_ask_for_what_they_may(self, table: kh.DecisionTable[Any]) -> None:
        assert table.needs <= {"age", "has_need"}  # the second where rules are made narrower under ANY
        assert len(table.rules) <= 4

    @pytest.mark.parametrize("hit", kh.HitPolicy)
    def test_every_policy_has_tables_with_rules(self, hit: kh.HitPolicy) -> None:
        assert len(find(testing.tables(hit=hit), lambda table: len(table.rules) >= 2).rules) == 2


def test_sizes_of_a_history_rise() -> None:
    with pytest.raises(kh.InvalidError, match="max_size: 1 is below min_size=2"):
        testing.histories(min_size=2, max_size=1)
