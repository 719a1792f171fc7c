"""The laws of the domain document, section 6, told with the testing kit."""

from __future__ import annotations

import pickle
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st
from tests.strategies import (
    AS_OF,
    ASSET_CUTS,
    INCOME_CUTS,
    TABLES,
    businesses,
    customers,
    facts,
    partly_known_facts,
)

from khachhang import templates, testing
from khachhang.classifiers import FinancialTierPolicy, IncomeBandPolicy
from khachhang.facts import RECORDED_IS_ALL, DecisionTable, Facts, facts_of
from khachhang.profiles import Profile, classify, classify_all
from khachhang.rules import Outcome
from khachhang.testing._watching import CLOCKS, DOORS, calls

if TYPE_CHECKING:
    from khachhang.entities import Business, Customer
    from khachhang.taxonomy import Language

TEMPLATE = templates.general(
    income_band=IncomeBandPolicy(cuts=INCOME_CUTS, currency="VND"),
    financial_tier=FinancialTierPolicy(cuts=ASSET_CUTS, currency="VND"),
)
WHOLE = settings(max_examples=settings().max_examples // 5)  # a whole customer by all tables at once
each_table = pytest.mark.parametrize("table", TABLES, ids=attrgetter("name"))
each_language = pytest.mark.parametrize("lang", ["vi", "en"])


def profile_of(customer: Customer, business: Business, assume: Any = None) -> Profile:
    return classify(customer, as_of=AS_OF, template=TEMPLATE, business=business, assume=assume)


@each_table
def test_laws_1_2_3_4_and_6_hold_for_every_shipped_table(table: DecisionTable[Any]) -> None:
    assert set(testing.check_classifier(table, like=table).left_out) <= {"frame"}


@WHOLE
@given(customers(), businesses())
def test_law_1_equal_arguments_get_equal_answers(customer: Customer, business: Business) -> None:
    first, second = profile_of(customer, business), profile_of(*pickle.loads(pickle.dumps((customer, business))))
    assert (first, first.explain("vi")) == (second, second.explain("vi"))


@settings(WHOLE, max_examples=WHOLE.max_examples // 2)  # what is watched is slow
@given(customers(), businesses())
def test_law_1_no_clock_is_read_and_nothing_is_opened(customer: Customer, business: Business) -> None:
    profile_of(customer, business).explain("vi")  # imports may open files
    with calls(CLOCKS | DOORS) as seen:
        profile = profile_of(customer, business, RECORDED_IS_ALL)
        profile.explain("vi")
        profile._repr_html_()
    assert seen == []


@each_table
@given(data=st.data())
def test_law_2_who_is_wholly_known_is_never_undetermined(table: DecisionTable[Any], data: st.DataObject) -> None:
    complete = data.draw(testing.facts(table=table, complete=True))
    assert table.classify(complete).outcome is not Outcome.UNDETERMINED


@given(partly_known_facts())
def test_law_3_an_assumption_that_agrees_with_the_truth_overturns_nothing(pair: tuple[Facts, Facts]) -> None:
    complete, partly = pair
    assumed = partly.assuming(complete.known())
    assert assumed.known() == complete.known()
    assert [table.labels(assumed) for table in TABLES] == [table.labels(complete) for table in TABLES]


@WHOLE
@given(st.lists(customers(), max_size=4), businesses())
def test_law_4_one_customer_alone_or_in_a_list_gets_the_same_labels(some: list[Customer], business: Business) -> None:
    together = classify_all(some, as_of=AS_OF, template=TEMPLATE, business=business)
    assert list(together) == [profile_of(customer, business) for customer in some]


@WHOLE
@given(customers(), businesses())
def test_law_4_the_same_facts_get_the_same_labels_however_learnt(customer: Customer, business: Business) -> None:
    profile = profile_of(customer, business)
    known: Any = profile.facts.known()
    assert all(table.classify(Facts(**known)) == answer for table, answer in profile.items())


HISTORIES = ("purchases", "interactions", "ties")


@given(customers(), businesses(), st.randoms())
def test_law_5_the_order_of_history_does_not_matter(customer: Customer, business: Business, chance: Any) -> None:
    known = {name: events for name in HISTORIES if (events := getattr(customer, name)) is not None}
    mixed: Any = {name: chance.sample(events, len(events)) for name, events in known.items()}
    assert facts_of(attrs.evolve(customer, **mixed), AS_OF, business=business) == facts_of(
        customer, AS_OF, business=business
    )


@given(customers(), businesses(), st.integers(0, 12))
def test_law_5_a_history_split_in_two_and_joined_again_is_the_same(
    customer: Customer, business: Business, place: int
) -> None:
    known = {name: events for name in HISTORIES if (events := getattr(customer, name)) is not None}
    joined: Any = {name: [*events[place:], *events[:place]] for name, events in known.items()}
    assert facts_of(attrs.evolve(customer, **joined), AS_OF, business=business) == facts_of(
        customer, AS_OF, business=business
    )


@given(customers(), businesses())
def test_law_5_what_comes_later_changes_nothing(customer: Customer, business: Business) -> None:
    known = {name: events for name in HISTORIES[:2] if (events := getattr(customer, name)) is not None}
    earlier: Any = {name: [event for event in events if event.day <= AS_OF] for name, events in known.items()}
    assert facts_of(attrs.evolve(customer, **earlier), AS_OF, business=business) == facts_of(
        customer, AS_OF, business=business
    )


@each_language
@given(known=facts(), is_trusting=st.booleans())
def test_law_6_what_is_missing_is_asked_for_and_the_way_out_is_named(
    lang: Language, known: Facts, is_trusting: bool
) -> None:
    known = known.assuming(RECORDED_IS_ALL) if is_trusting else known
    for table in TABLES:
        note(table.name)
        answer, text = table.classify(known), table.explain(known, lang)
        asked = [variable.label.text(lang) for variable in table.variables if variable.name in answer.missing]
        assert all(words in text for words in asked)
        assert ("assume=" in text) is (answer.outcome is Outcome.UNDETERMINED)


SAID = {"vi": "Giả định đã dùng", "en": "Assumed and used"}


@each_language
@WHOLE
@given(customer=customers(), business=businesses())
def test_law_6_what_was_assumed_and_used_is_said(lang: Language, customer: Customer, business: Business) -> None:
    known = profile_of(customer, business, RECORDED_IS_ALL).facts
    for table in TABLES:
        assert bool(table.needs & known.assumed) is (SAID[lang] in table.explain(known, lang))
