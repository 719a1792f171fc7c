"""Differences between two tables: found exactly where there are any, each with a witness that shows it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any
from unittest import mock

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.rules.exhaustive import complete_records, count_of
from tests.rules.table_strategies import FACTS, Wave, tables
from tests.strategies import TABLES

from khachhang.classifiers import BenefitPolicy, RelationshipTypePolicy, benefit, relationship_type
from khachhang.errors import OverlapError, TableError, UnknownLanguageError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Outcome, always, when
from khachhang.rules.difference import LISTED
from khachhang.rules.space import Budget
from khachhang.taxonomy import Benefit, RelationshipType

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from khachhang.rules import Classification

EARLY, LATE, NEVER = Wave.EARLY, Wave.LATE, Wave.NEVER


def answer_of(answer: Classification[Any]) -> tuple[Any, ...]:
    return answer.outcome, answer.label, answer.labels, answer.candidates


def pairs(facts: int, max_rules: int) -> SearchStrategy[tuple[DecisionTable[Any], DecisionTable[Any]]]:
    """Two tables of one label set on the same few facts: sometimes one with a rule more, less or in another place."""
    some = st.lists(st.sampled_from(FACTS), min_size=1, max_size=facts, unique_by=lambda one: one.name)
    made = some.flatmap(
        lambda few: st.tuples(
            tables(facts=few, max_rules=max_rules, max_leaves=4), tables(facts=few, max_rules=max_rules, max_leaves=4)
        )
    )
    return made.filter(lambda two: two[0].category is two[1].category) | made.flatmap(
        lambda two: st.tuples(st.just(two[0]), _changed(two[0]))
    )


@st.composite
def _changed(draw: Any, table: DecisionTable[Any]) -> DecisionTable[Any]:
    rules = list(table.rules)
    if rules and draw(st.booleans()):
        rules.pop(draw(st.integers(0, len(rules) - 1)))
    category: Any = table.category
    label = draw(st.none() | st.sampled_from(list(category)))
    hits = [HitPolicy.FIRST, HitPolicy.PRIORITY, HitPolicy.COLLECT, table.hit]
    return attrs.evolve(table, rules=draw(st.permutations(rules)), otherwise=label, hit=draw(st.sampled_from(hits)))


def check(before: DecisionTable[Any], after: DecisionTable[Any]) -> None:
    found = before.diff(after)
    for difference in found:
        assert difference.before == before.classify(difference.witness)
        assert difference.after == after.classify(difference.witness)
        assert answer_of(difference.before) != answer_of(difference.after)
        for variable in (*before.variables, *after.variables):
            known = difference.witness.value(variable.name) is not None
            assert known or (variable.exists is not None and not variable.exists.truth(difference.witness))
        assert difference.explain("vi") != difference.explain("en")
    back = after.diff(before)
    assert bool(back) is bool(found)
    if len(found) < LISTED:
        for record in complete_records(before, after):
            differs = answer_of(before.classify(record)) != answer_of(after.classify(record))
            holding = [difference for difference in found if _holds(difference, record)]
            assert len(holding) == differs


def _holds(difference: Any, record: Facts) -> bool:
    axes = difference._space.axes
    places = {place: axes[place].place(record.value(axes[place].variable.name)) for place in difference._box}
    return all(mask >> places[place] & 1 for place, mask in difference._box.items())


@settings(max_examples=40)
@given(pairs(2, 4))
def test_there_is_a_difference_exactly_where_some_customer_gets_another_answer(two: Any) -> None:
    assume(count_of(*two) <= 500)
    check(*two)


@pytest.mark.long
@given(pairs(3, 6))
def test_there_is_a_difference_exactly_where_some_customer_gets_another_answer_in_a_long_run(two: Any) -> None:
    assume(count_of(*two) <= 2_000)
    check(*two)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_does_not_differ_from_itself_nor_from_its_stored_form(table: DecisionTable[Any]) -> None:
    stored = type(table).from_dict(table.to_dict(), category=table.category)
    said_twice = (
        attrs.evolve(table, rules=[*table.rules, *table.rules[:1]]) if table.hit is not HitPolicy.UNIQUE else table
    )

    assert table.diff(table) == ()
    assert table.diff(stored) == ()
    assert table.diff(attrs.evolve(table, name="another", source="another")) == ()
    assert table.diff(said_twice) == ()


def test_two_policies_of_a_facet_differ_where_their_thresholds_do() -> None:
    (difference,) = _by_thresholds(benefit(), benefit(BenefitPolicy(loyal_min_purchases=3)))

    assert difference.witness.purchase_count == 3
    assert difference.before.label is Benefit.WALK_IN
    assert difference.after.label is Benefit.LOYAL
    assert "the number of purchases is from 3 to 4" in difference.explain("en")
    assert "số lần mua từ 3 đến 4 lần" in difference.explain("vi")
    assert difference.explain("en").startswith("Where ")
    assert difference.explain("vi").startswith("Khi ")
    assert difference.explain("vi").endswith("trước là Khách hàng vãng lai, sau là Khách hàng trung thành.")


def _by_thresholds(before: DecisionTable[Any], after: DecisionTable[Any]) -> list[Any]:
    """The differences, without those that say the same of customers with and without returns."""
    found = before.diff(after)
    assert found
    assert {(one.before.label, one.after.label) for one in found} == {(found[0].before.label, found[0].after.label)}
    return [found[0]]


def test_tables_that_give_several_labels_differ_in_one_of_them() -> None:
    found = relationship_type().diff(relationship_type(RelationshipTypePolicy(new_days=60)))

    assert found
    for difference in found:
        assert 60 < difference.witness.days_since_first_purchase <= 90
        assert difference.before.labels - difference.after.labels == {RelationshipType.NEW}


def test_an_order_of_priority_is_a_difference_where_two_labels_meet() -> None:
    rules = [when(fact.age >= 15).then(EARLY), when(fact.age >= 50).then(LATE)]
    one = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.PRIORITY)

    (difference,) = one.diff(attrs.evolve(one, priority=[LATE]))
    assert difference.explain("en") == (
        "Where the party is Person; the age is at least 50 years: before early, after late."
    )


def test_a_default_is_a_difference_only_where_no_rule_holds() -> None:
    table = DecisionTable(name="wave", category=Wave, rules=[when(fact.referral_count < 3).then(EARLY)])

    (difference,) = table.diff(attrs.evolve(table, otherwise=NEVER))
    assert difference.witness.referral_count == 3
    assert difference.before.outcome is Outcome.UNMATCHED
    assert difference.after.label is NEVER
    assert difference.explain("en").endswith("before no label, after đừng bao giờ.")
    assert attrs.evolve(table, rules=[when(always).then(EARLY)]).diff(
        attrs.evolve(table, rules=[when(always).then(EARLY)], otherwise=NEVER)
    ) == ()  # fmt: skip


def test_a_difference_may_be_everywhere() -> None:
    one = DecisionTable(name="wave", category=Wave, rules=[when(always).then(EARLY)])
    (difference,) = one.diff(attrs.evolve(one, rules=[when(always).then(LATE)]))

    assert difference.witness == Facts()
    assert difference.explain("en") == "For every customer: before early, after late."
    assert difference.explain("vi") == "Với mọi khách hàng: trước là early, sau là late."


@pytest.mark.parametrize("hit", [HitPolicy.FIRST, HitPolicy.PRIORITY, HitPolicy.COLLECT])
def test_a_true_rule_does_not_silence_an_open_one_that_goes_before_it(hit: HitPolicy) -> None:
    rules = [when(fact.days_since_last_purchase <= 30).then(EARLY), when(fact.has_need).then(LATE)]
    table = DecisionTable(name="wave", category=Wave, rules=rules, hit=hit)
    without = table.diff(attrs.evolve(table, rules=rules[1:]))

    # Where nothing was bought there is no last purchase, and the first rule stays open.
    (open_,) = [one for one in without if one.witness == Facts(purchase_count=0, has_need=True)]
    assert (open_.before.outcome, open_.after.label) == (Outcome.UNDETERMINED, LATE)


def test_a_fact_of_two_meanings_is_an_error() -> None:
    def table(high: int) -> DecisionTable[Wave]:
        rules = [when(fact.custom("nps", int, high=high) > 5).then(EARLY)]
        return DecisionTable(name="wave", category=Wave, rules=rules)

    assert table(10).diff(table(10)) == ()
    with pytest.raises(TableError, match="mean different facts by 'nps'"):
        table(10).diff(table(9))


def test_a_budget_that_does_not_suffice_is_an_error() -> None:
    with pytest.raises(TableError, match="too large to be compared within the budget"):
        benefit().diff(benefit(BenefitPolicy(loyal_min_purchases=3)), budget=0)


def test_at_most_a_hundred_differences_are_listed() -> None:
    cells = [(fact.age == 2 * age) & (fact.purchase_count == age) for age in range(LISTED + 20)]
    table = DecisionTable(
        name="wave", category=Wave, rules=[when(cell).then(EARLY) for cell in cells], hit=HitPolicy.FIRST
    )

    assert len(table.diff(attrs.evolve(table, rules=()))) == LISTED


def test_a_difference_is_pickled_and_knows_its_languages() -> None:
    (difference,) = _by_thresholds(benefit(), benefit(BenefitPolicy(loyal_min_purchases=3)))

    assert pickle.loads(pickle.dumps(difference)).explain("vi") == difference.explain("vi")
    with pytest.raises(UnknownLanguageError):
        difference.explain("fr")


def test_where_an_unproved_table_has_no_answer_the_comparison_is_an_error() -> None:
    either = fact.has_need | fact.has_means
    rules = [when(either & (fact.age >= 15)).then(EARLY), when(either & (fact.age >= 50)).then(LATE)]
    with mock.patch.object(Budget, "STEPS_PER_SECOND", 0):
        loose = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.UNIQUE)
    other = attrs.evolve(loose, hit=HitPolicy.FIRST)

    with pytest.raises(OverlapError):
        loose.diff(other)


@settings(max_examples=30)
@given(st.data())
def test_tables_of_several_labels_are_compared_as_well(data: DataObject) -> None:
    few = data.draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=2, unique_by=lambda one: one.name))
    one, other = (data.draw(tables(HitPolicy.COLLECT, few, 3, max_leaves=3)) for _ in range(2))
    assume(one.category is other.category)
    assume(count_of(one, other) <= 300)
    check(one, other)
