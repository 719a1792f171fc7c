"""The laws of the domain document, section 6: one test or a few for each, named as the law."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
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
    partly_known_facts,
)

from khachhang import templates, testing
from khachhang.classifiers import FinancialTierPolicy, IncomeBandPolicy
from khachhang.facts import RECORDED_IS_ALL, DecisionTable, Facts, facts_of
from khachhang.profiles import classify, classify_all
from khachhang.rules import Outcome
from khachhang.rules.predicate import read
from khachhang.rules.wording import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from khachhang.entities import Business, Customer
    from khachhang.taxonomy import Category, Language

    Partly = tuple[Facts, Facts]

FULL = templates.general(
    income_band=IncomeBandPolicy(cuts=INCOME_CUTS, currency="VND"),
    financial_tier=FinancialTierPolicy(cuts=ASSET_CUTS, currency="VND"),
)
LANGUAGES: tuple[Language, ...] = ("vi", "en")

# What reads a clock, a source of chance, or the surroundings; and what opens anything.
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "urandom",
          "getrandbits", "random", "getenv"}  # fmt: skip
OPENING = ("open", "socket.", "subprocess.", "os.", "urllib.", "sqlite3.", "shutil.", "tempfile.")


class _Watch:
    """Notes what is opened and which clocks are read while it is on."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.is_on = False
        sys.addaudithook(self._audit)

    def _audit(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if self.is_on and event.startswith(OPENING):
            self.seen.append(event)

    def _call(self, frame: Any, event: str, called: Any) -> None:
        if event != "c_call" or getattr(called, "__name__", "") not in CLOCKS:
            return
        if not frame.f_globals.get("__name__", "").startswith("hypothesis"):  # it times the garbage collector
            self.seen.append(called.__name__)

    def __enter__(self) -> list[str]:
        self.seen = []
        self.before = sys.getprofile()
        self.is_on = True
        sys.setprofile(self._call)
        return self.seen

    def __exit__(self, *_error: object) -> None:
        sys.setprofile(self.before)
        self.is_on = False


@pytest.fixture(scope="module")
def watch() -> _Watch:
    return _Watch()


@settings(max_examples=40)
@given(customers(), businesses(), st.sampled_from([None, RECORDED_IS_ALL]))
def test_law_1_the_same_arguments_give_the_same_answer(customer: Customer, business: Business, assume: Any) -> None:
    first = classify(customer, as_of=AS_OF, template=FULL, business=business, assume=assume)
    second = classify(customer, as_of=AS_OF, template=FULL, business=business, assume=assume)

    assert first == second
    assert [first.explain(lang) for lang in LANGUAGES] == [second.explain(lang) for lang in LANGUAGES]


@settings(max_examples=15)
@given(customer=customers(), business=businesses())
def test_law_1_no_clock_is_read_and_nothing_is_opened(watch: _Watch, customer: Customer, business: Business) -> None:
    classify(customer, as_of=AS_OF, template=FULL, business=business).explain("vi")  # imports may open files
    with watch as seen:
        profile = classify(customer, as_of=AS_OF, template=FULL, business=business, assume=RECORDED_IS_ALL)
        profile.explain("vi")
        profile._repr_html_()

    assert seen == []


def test_law_1_the_watch_sees_clocks_and_files(watch: _Watch) -> None:
    with watch as seen:
        type(AS_OF).today()
        with open(__file__, encoding="utf-8"):  # noqa: PTH123  # the plainest way to open a file
            pass

    assert seen == ["today", "open"]


@testing.parametrize_with_checks(TABLES)
def test_laws_1_2_3_4_and_6_of_every_shipped_table(check: Callable[[], None]) -> None:
    check()


@given(known=testing.facts())
def test_law_2_the_short_answers_are_those_of_the_long_one(known: Facts) -> None:
    for table in TABLES:
        note(table.name)
        answer = table.classify(known)
        assert (table.label(known), table.labels(known)) == (answer.label, answer.labels)


@given(complete=testing.facts(complete=True))
def test_law_2_who_is_wholly_known_is_never_undetermined(complete: Facts) -> None:
    for table in TABLES:
        note(table.name)
        assert table.classify(complete).outcome is not Outcome.UNDETERMINED


@given(pair=partly_known_facts())
def test_law_3_an_assumption_that_agrees_with_the_truth_overturns_nothing(pair: Partly) -> None:
    complete, partly = pair
    assumed = partly.assuming(complete.known())

    assert assumed.known() == complete.known()
    for table in TABLES:
        assert table.classify(assumed).labels == table.classify(complete).labels


@given(st.lists(customers(), max_size=4), businesses())
def test_law_4_one_customer_alone_or_in_a_list_gets_the_same_labels(
    several: list[Customer], business: Business
) -> None:
    together = classify_all(several, as_of=AS_OF, template=FULL, business=business)
    alone = [classify(customer, as_of=AS_OF, template=FULL, business=business) for customer in several]

    assert list(together) == alone


@given(customers(), businesses())
def test_law_4_the_same_facts_get_the_same_labels_however_they_were_learnt(
    customer: Customer, business: Business
) -> None:
    profile = classify(customer, as_of=AS_OF, template=FULL, business=business)
    known: Any = profile.facts.known()

    for classifier, answer in profile.items():
        assert classifier.classify(Facts(**known)) == answer


def rearranged(data: st.DataObject, events: tuple[Any, ...] | None) -> Any:
    return None if events is None else data.draw(st.permutations(events))


@given(customers(), businesses(), st.data())
def test_law_5_the_order_of_history_does_not_matter(
    customer: Customer, business: Business, data: st.DataObject
) -> None:
    other = attrs.evolve(
        customer,
        purchases=rearranged(data, customer.purchases),
        interactions=rearranged(data, customer.interactions),
        ties=rearranged(data, customer.ties),
    )

    assert facts_of(other, AS_OF, business=business) == facts_of(customer, AS_OF, business=business)


@given(customers(), businesses(), st.integers(-30, 900))
def test_law_5_a_history_split_in_two_and_joined_again_is_the_same(
    customer: Customer, business: Business, age: int
) -> None:
    cut = AS_OF - timedelta(days=age)

    def joined(events: tuple[Any, ...] | None) -> Any:
        if events is None:
            return None
        return [event for event in events if event.day > cut] + [event for event in events if event.day <= cut]

    other = attrs.evolve(customer, purchases=joined(customer.purchases), interactions=joined(customer.interactions))

    assert facts_of(other, AS_OF, business=business) == facts_of(customer, AS_OF, business=business)


@given(customers(), businesses())
def test_law_5_what_comes_later_changes_nothing(customer: Customer, business: Business) -> None:
    def until_now(events: tuple[Any, ...] | None) -> Any:
        return None if events is None else [event for event in events if event.day <= AS_OF]

    earlier = attrs.evolve(
        customer, purchases=until_now(customer.purchases), interactions=until_now(customer.interactions)
    )

    assert facts_of(earlier, AS_OF, business=business) == facts_of(customer, AS_OF, business=business)


SAID = {
    "vi": re.compile(r" \((?:thực tế|giả định): (.*)\)$"),
    "en": re.compile(r" \((?:here|assumed): (.*)\)$"),
}
NOT_KNOWN = {"vi": " (chưa biết)", "en": " (not known)"}


def values_said(text: str, lang: Language) -> Iterator[tuple[str, str]]:
    """Each test that the text names with the value that it gives for it."""
    for line in text.splitlines():
        found = SAID[lang].search(line)
        if found is not None:
            yield line[: found.start()], found[1]


def check_values(table: DecisionTable[Any], known: Facts, text: str, lang: Language) -> None:
    for test, said in values_said(text, lang):
        true_values = [
            read_text(variable, value, lang)
            for variable in table.variables
            if not variable.is_private and (value := read(variable, known)) is not None
            if variable.label.text(lang) in test or (variable.negation and variable.negation.text(lang) in test)
        ]
        amounts = [f"{value} {known.currency}" for value in true_values]
        assert said in {*true_values, *amounts}, f"{test}: {said} is none of {true_values}"


TOLD = {
    "vi": re.compile(r"^Quy tắc (\d+) \(.*?\) (?:(đúng|cũng đúng)|(chưa biết đúng hay sai)|(sai)),", re.MULTILINE),
    "en": re.compile(r"^Rule (\d+) \(.*?\) (?:(holds)|(is open)|(fails))", re.MULTILINE),
}


def check_rules(table: DecisionTable[Any], known: Facts, text: str, lang: Language) -> None:
    found = TOLD[lang].findall(text)
    assert len(found) == len(re.findall(r"^(?:Rule|Quy tắc) ", text, re.MULTILINE))
    for number, *told in found:
        truth = table.rules[int(number) - 1].condition.truth(known)
        assert told[(True, None, False).index(truth)], f"rule {number} is {truth}"


def label_texts(labels: frozenset[Category], lang: Language) -> set[str]:
    return {label.label(lang) for label in labels}


@pytest.mark.parametrize("lang", LANGUAGES)
@given(known=testing.facts(), is_trusting=st.booleans())
def test_law_6_every_answer_has_its_reason_and_every_value_named_is_true(
    lang: Language, known: Facts, is_trusting: bool
) -> None:
    for table in TABLES:
        note(table.name)
        known = known.assuming(RECORDED_IS_ALL) if is_trusting else known
        answer = table.classify(known)
        text = table.explain(known, lang)
        first, *reasons = text.splitlines()

        assert reasons, "an answer without a reason"
        assert first.startswith(table.category.facet_title(lang))
        assert all(label in text for label in label_texts(answer.candidates, lang))
        check_values(table, known, text, lang)
        check_rules(table, known, text, lang)
        if answer.outcome is Outcome.UNDETERMINED:
            asked = [variable for variable in table.variables if variable.name in answer.missing]
            assert all(variable.label.text(lang) in text for variable in asked)
            assert "assume=" in text
        else:
            assert "assume=" not in text


def check_why_not(table: DecisionTable[Any], known: Facts, label: Category) -> None:
    for lang in LANGUAGES:
        text = table.explain(known, lang, why_not=label)
        assert label.label(lang) in text
        check_values(table, known, text, lang)
        check_rules(table, known, text, lang)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@settings(max_examples=20)
@given(data=st.data())
def test_law_6_the_reason_why_another_label_is_not_given_is_true_as_well(
    table: DecisionTable[Any], data: st.DataObject
) -> None:
    check_why_not(table, data.draw(testing.facts(table=table)), data.draw(st.sampled_from(table.category)))


@pytest.mark.long
@given(known=testing.facts())
def test_law_6_the_reasons_why_not_are_true_of_every_label_in_a_long_run(known: Facts) -> None:
    for table in TABLES:
        for label in table.category:
            check_why_not(table, known, label)


@pytest.mark.parametrize("lang", LANGUAGES)
@given(customer=customers(), business=businesses())
def test_law_6_what_was_assumed_and_used_is_said(customer: Customer, business: Business, lang: Language) -> None:
    profile = classify(customer, as_of=AS_OF, template=FULL, business=business, assume=RECORDED_IS_ALL)

    for table in FULL:
        assert isinstance(table, DecisionTable)
        text = table.explain(profile.facts, lang)
        used = table.needs & profile.facts.assumed
        assert bool(used) is ({"vi": "Giả định đã dùng", "en": "Assumed and used"}[lang] in text)
