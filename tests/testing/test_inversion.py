"""Facts to measure: from a table and a label back to the facts that it answers so."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import TABLES

import khachhang as kh
from khachhang import testing
from khachhang.rules import interpreter
from khachhang.rules.space import Space
from khachhang.testing import _aim
from khachhang.testing._segments import free_axis
from khachhang.testing.record import Values, over, record_of

AIMS = [(table, label) for table in TABLES for label in table.category]
FEW = settings(max_examples=20)


@pytest.mark.parametrize(("table", "label"), AIMS, ids=[f"{table.name}-{label}" for table, label in AIMS])
def test_every_label_of_every_shipped_table_can_be_aimed_at(table: kh.DecisionTable[Any], label: kh.Category) -> None:
    @FEW
    @given(testing.facts(table=table, label=label), testing.facts(table=table, label=label.value, hostile=True))
    def test(facts: kh.Facts, hostile: kh.Facts) -> None:
        for known in (facts, hostile):
            assert label in interpreter.classify(table, known).labels

    test()


@settings(max_examples=1000, suppress_health_check=[])
@given(testing.facts(table=kh.classifiers.benefit(), label=kh.Benefit.LOYAL))
def test_a_thousand_examples_give_no_trouble(facts: kh.Facts) -> None:
    assert kh.classifiers.benefit().label(facts) is kh.Benefit.LOYAL


def cells(table: kh.DecisionTable[Any]) -> list[kh.Facts]:
    """Complete facts from every cell that the conditions of a table can tell apart: brute force."""
    space = Space([rule.condition for rule in table.rules] + ([] if table.given is None else [table.given]))
    axes = sorted(space.axes, key=lambda axis: axis.variable.exists is not None)
    found = []
    for segments in product(*(axis.segments for axis in axes)):
        values = Values()
        for axis, segment in zip(axes, segments, strict=True):
            if (segment.value is None) is values.can_have(axis.variable):
                break  # a value that can not be, or none where there is one
            if segment.value is not None:
                values.known[axis.variable.name] = segment.value
        else:
            found.append(record_of(values.known))
    return found


@settings(max_examples=60)
@given(st.data())
def test_a_label_of_any_table_is_reached_exactly_where_some_facts_reach_it(data: st.DataObject) -> None:
    table = data.draw(testing.tables(hostile=data.draw(st.booleans()), max_rules=4))
    reached = {label for facts in cells(table) for label in interpreter.classify(table, facts).labels}
    for label in table.category:
        if label not in reached:
            with pytest.raises(kh.TableError, match=r"label|certain"):
                testing.facts(table=table, label=label)
            continue
        complete = data.draw(st.sampled_from([True, False, None]))
        facts = data.draw(testing.facts(table=table, label=label, complete=complete))
        assert label in interpreter.classify(table, facts).labels


class TestErrors:
    def test_a_label_that_no_rule_gives(self) -> None:
        table = kh.DecisionTable(name="young", category=kh.AgeBand, otherwise=kh.AgeBand.OVER_50,
                                 rules=[kh.when(kh.fact.age < 15).then(kh.AgeBand.UNDER_15)])  # fmt: skip
        with pytest.raises(kh.TableError, match=r"no rule gives the label 'from_15_to_22'\nHint: .*under_15, over_50"):
            testing.facts(table=table, label="from_15_to_22")

    def test_a_table_without_rules(self) -> None:
        with pytest.raises(kh.TableError, match=r"no rule gives .*\nHint: the labels that it gives are \(none\)"):
            testing.facts(table=kh.DecisionTable(name="x", category=kh.AgeBand, rules=[]), label="under_15")

    def test_a_label_that_nothing_leads_to(self) -> None:
        rules = [kh.when(kh.always).then(kh.Side.INTERNAL), kh.when(kh.fact.has_need).then(kh.Side.EXTERNAL)]
        table = kh.DecisionTable(name="x", category=kh.Side, rules=rules, hit=kh.HitPolicy.FIRST)
        with pytest.raises(kh.TableError, match="no such facts are certain to be 'external'"):
            testing.facts(table=table, label=kh.Side.EXTERNAL)

    def test_what_is_no_label(self) -> None:
        with pytest.raises(kh.TableError, match="'old' is not a label of AgeBand"):
            testing.facts(table=kh.classifiers.age_band(), label="old")
        with pytest.raises(kh.TableError, match="is not a label of AgeBand"):
            testing.facts(table=kh.classifiers.age_band(), label=kh.Standing.ACTIVE)

    def test_what_is_no_table(self) -> None:
        wrong: Any = kh.AgeBand
        for use in (testing.edges, testing.cover, testing.check_on_engines, lambda table: testing.facts(table=table),
                    lambda table: testing.check_classifier(kh.classifiers.side(), like=table),
                    lambda table: testing.parametrize_with_checks([kh.classifiers.side()], like=table)):  # fmt: skip
            with pytest.raises(kh.TableError, match=r"is no decision table\nHint: give a kh\.DecisionTable"):
                use(wrong)

    @pytest.mark.parametrize("value", [3, None, st.just(3)])
    def test_what_is_no_fact(self, value: Any) -> None:
        with pytest.raises(kh.InvalidError, match="agee: no fact has this name"):
            testing.facts(agee=value)
        with pytest.raises(kh.InvalidError, match="a fact of the catalogue"):
            testing.facts(extra={"age": value})

    def test_a_label_without_a_table(self) -> None:
        with pytest.raises(kh.TableError, match="without a table"):
            testing.facts(label="under_15")

    def test_a_table_that_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(_aim, "_SECONDS", 0.00001)
        with pytest.raises(kh.TableError, match="too large"):
            testing.facts(table=kh.classifiers.scope(), label="individual")


class TestArguments:
    @FEW
    @given(testing.facts(table=kh.classifiers.age_band(), label="over_50", age=70, gender="male"))
    def test_fixed_facts_are_kept(self, facts: kh.Facts) -> None:
        assert (facts.age, facts.gender) == (70, kh.Gender.MALE)

    def test_facts_that_are_fixed_otherwise_are_an_error(self) -> None:
        with pytest.raises(kh.TableError, match="no such facts"):
            testing.facts(table=kh.classifiers.age_band(), label="over_50", age=7)
        with pytest.raises(kh.TableError, match="no such facts"):
            testing.facts(table=kh.classifiers.age_band(), label="over_50", age=None)
        with pytest.raises(kh.TableError, match="no such facts"):
            testing.facts(table=kh.classifiers.age_band(), label="over_50", age=st.integers(60, 70))
        with pytest.raises(kh.InvalidError):
            testing.facts(age=-1)

    @FEW
    @given(testing.facts(spend=st.just(5), age=None, extra={"nps": 9}), testing.facts(complete=True, age=3))
    def test_of_the_whole_catalogue(self, some: kh.Facts, complete: kh.Facts) -> None:
        assert some.spend == Decimal(5)
        assert (some.age, some.extra) == (None, {"nps": 9})
        assert complete.party_kind is kh.PartyKind.PERSON
        assert None not in (complete.gender, complete.purchase_count, complete.tie_bank, complete.spend)

    @FEW
    @given(testing.facts(complete=False, age=3))
    def test_nothing_but_what_is_given(self, facts: kh.Facts) -> None:
        assert facts == kh.Facts(age=3)

    def test_everything_may_be_fixed(self) -> None:
        unknown: dict[str, Any] = {fact.name: None for fact in kh.fact}

        @FEW
        @given(testing.facts(**unknown))
        def test(facts: kh.Facts) -> None:
            assert facts == kh.Facts()

        test()

    @FEW
    @given(testing.facts(table=kh.classifiers.benefit(), complete=True, has_need=st.just(True)))
    def test_complete_facts_of_a_table(self, facts: kh.Facts) -> None:
        assert facts.has_need is True
        assert kh.classifiers.benefit().classify(facts).outcome is not kh.Outcome.UNDETERMINED

    @FEW
    @given(over([free_axis(kh.fact.age.variable)], complete=True))
    def test_a_fact_is_left_out_where_it_may_have_no_value(self, facts: kh.Facts) -> None:
        assert facts == kh.Facts()

    @pytest.mark.parametrize("kind", [float, Decimal, int, bool, str])
    def test_facts_without_any_bound(self, kind: Any) -> None:
        fact = kh.fact.custom("own", kind)

        @FEW
        @given(over([free_axis(fact.variable)], complete=True))
        def test(facts: kh.Facts) -> None:
            assert type(facts.extra["own"]) is kind

        test()

    @pytest.mark.parametrize(
        ("low", "high"), [(0.5, math.nextafter(0.5, 1)), (0.5, 0.5000000000000002), (0.3, 0.4), (0.1, 0.2000001)]
    )
    def test_numbers_between_two_others_however_close(self, low: float, high: float) -> None:
        table = kh.DecisionTable(name="x", category=kh.Side, rules=[
            kh.when(kh.fact.returned_share.between(low, high, closed="right")).then(kh.Side.INTERNAL)])  # fmt: skip

        @FEW
        @given(testing.facts(table=table, label="internal"))
        def test(facts: kh.Facts) -> None:
            assert facts.returned_share is not None
            assert low < facts.returned_share <= high

        test()

    def test_facts_of_a_users_own(self) -> None:
        nps = kh.fact.custom("nps", int, low=0, high=10)
        table = kh.classifiers.bands(nps, [7, 9])

        @FEW
        @given(testing.facts(table=table, label="nps_2"), testing.facts(table=table, label="nps_1", extra={"nps": 3}))
        def test(facts: kh.Facts, fixed: kh.Facts) -> None:
            assert facts.extra["nps"] in {7, 8}
            assert fixed.extra == {"nps": 3}

        test()
