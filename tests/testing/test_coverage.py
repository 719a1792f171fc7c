"""Edges and covers: what they hold, and that no change of a table at an edge escapes them."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import TABLES
from tests.testing.test_inversion import cells

import khachhang as kh
from khachhang import testing
from khachhang.rules import interpreter
from khachhang.rules.predicate import And, Between, Comparison, Not, Or
from khachhang.testing import _contrast

NEXT = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
CLOSED = ("both", "left", "right", "neither")


def shifted(condition: kh.Predicate) -> list[kh.Predicate]:
    """The condition with one test changed at its edge: the end now inside is outside, or the opposite is asked."""
    match condition.node:
        case Comparison(variable, sign, constant):
            return [Comparison(variable, NEXT[sign], constant)]  # type: ignore[arg-type]  # an operator
        case Between(variable, low, high, closed):
            return [Between(variable, low, high, other) for other in CLOSED if other != closed]  # type: ignore[arg-type]
        case And(parts) | Or(parts):
            return [type(condition.node)((*parts[:place], other, *parts[place + 1:]))
                    for place, part in enumerate(parts) for other in shifted(part)]  # fmt: skip
        case Not(part):
            return [Not(other) for other in shifted(part)]
        case other:
            return [other.negated()]


def mutants(table: kh.DecisionTable[Any]) -> list[kh.DecisionTable[Any]]:
    """Tables that differ from one in a single test, as far as they can be built."""
    made = []
    for place, rule in enumerate(table.rules):
        for condition in shifted(rule.condition):
            rules = [*table.rules[:place], attrs.evolve(rule, condition=condition), *table.rules[place + 1 :]]
            try:
                made.append(attrs.evolve(table, rules=rules))
            except kh.OverlapError:
                made.append(attrs.evolve(table, rules=rules, hit=kh.HitPolicy.FIRST))
    return made


def said(table: kh.DecisionTable[Any], facts: kh.Facts) -> Any:
    answer = interpreter.classify(table, facts)
    return answer.outcome, answer.labels, answer.candidates


def escapes(table: kh.DecisionTable[Any], facts: list[kh.Facts]) -> list[kh.DecisionTable[Any]]:
    """The mutants that answer all facts as the table does, and differ elsewhere: that is known by `diff`."""
    model = attrs.evolve(table, hit=kh.HitPolicy.FIRST) if table.hit is kh.HitPolicy.UNIQUE else table
    survivors = [
        mutant for mutant in mutants(table) if all(said(table, known) == said(mutant, known) for known in facts)
    ]
    return [mutant for mutant in survivors if (model if mutant.hit is not table.hit else table).diff(mutant)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_change_at_an_edge_of_a_shipped_table_escapes(table: kh.DecisionTable[Any]) -> None:
    assert len(mutants(table)) >= len(table.rules) - 1
    assert escapes(table, testing.edges(table)) == []
    assert escapes(table, testing.cover(table)) == []


@settings(max_examples=40)
@given(testing.tables(max_rules=4, facts=[kh.fact.age, kh.fact.purchase_count, kh.fact.spend, kh.fact.has_need]))
def test_no_change_at_an_edge_of_any_table_escapes(table: kh.DecisionTable[Any]) -> None:
    assert escapes(table, [*testing.edges(table), *testing.cover(table)]) == []


def check_cover(table: kh.DecisionTable[Any]) -> None:
    def seen(facts: list[kh.Facts]) -> set[Any]:
        found: set[Any] = set()
        for known in facts:
            found |= {("decides", position) for position in interpreter.classify(table, known).rules}
            found |= {("rule", place, truth) for place, truth in enumerate(interpreter.truths(table, known))}
            found |= {("test", str(leaf), leaf.truth(known)) for leaf in table.leaves()}
        return {one for one in found if one[-1] is not None}

    covered = testing.cover(table)
    assert seen(covered) >= seen(cells(table))
    assert covered == testing.cover(table)


@settings(max_examples=60)
@given(testing.tables(hostile=True, max_rules=4))
def test_a_cover_makes_every_rule_decide_that_can(table: kh.DecisionTable[Any]) -> None:
    check_cover(table)


@pytest.mark.long
@given(testing.tables(hostile=True, max_rules=4))
def test_a_cover_makes_every_rule_decide_that_can_in_a_long_run(table: kh.DecisionTable[Any]) -> None:
    check_cover(table)


def test_a_rule_that_decides_only_where_a_fact_has_no_value_is_covered() -> None:
    rules = [kh.when(kh.fact.age >= 0).then(kh.Side.INTERNAL), kh.when(kh.always).then(kh.Side.INTERNAL)]
    table = kh.DecisionTable(name="x", category=kh.Side, rules=rules, hit=kh.HitPolicy.FIRST)
    assert {facts.party_kind for facts in testing.cover(table) if 1 in table.classify(facts).rules} == {
        kh.PartyKind.ORGANIZATION
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_covers_are_small_and_their_facts_complete(table: kh.DecisionTable[Any]) -> None:
    covered = testing.cover(table)
    assert len(table.rules) <= len(covered) <= 23
    assert len(set(covered)) == len(covered)
    assert all(table.classify(facts).outcome is not kh.Outcome.UNDETERMINED for facts in covered)


def test_the_edges_of_the_age_bands() -> None:
    edges = testing.edges(kh.classifiers.age_band())
    assert {facts.age for facts in edges} == {None, 0, 14, 15, 16, 21, 22, 23, 49, 50, 51}
    assert kh.Facts(party_kind="person") in edges
    assert kh.Facts(party_kind="organization") in edges


def test_the_edges_of_amounts_and_shares() -> None:
    spend = kh.classifiers.bands(kh.fact.spend, [100_000])
    assert {facts.spend for facts in testing.edges(spend)} == {
        None, Decimal("99999.999999"), Decimal(100_000), Decimal("100000.000001"),
    }  # fmt: skip
    table = kh.DecisionTable(
        name="x", category=kh.Side, rules=[kh.when(kh.fact.returned_share >= 0.5).then(kh.Side.INTERNAL)]
    )
    assert {facts.returned_share for facts in testing.edges(table)} == {
        None,
        0.49999999999999994,
        0.5,
        0.5000000000000001,
    }


def test_the_edges_of_an_interval_that_is_very_narrow() -> None:
    narrow = kh.fact.spend.between(Decimal("0.000001"), Decimal("0.0000011"), closed="neither")
    table = kh.DecisionTable(name="x", category=kh.Side, rules=[kh.when(narrow).then(kh.Side.INTERNAL)])
    inside = {facts.spend for facts in testing.edges(table) if table.label(facts) is not None}
    assert inside == {Decimal("0.00000101"), Decimal("0.00000109")}


def test_the_edges_of_amounts_without_bounds() -> None:
    debt = kh.fact.custom("debt", Decimal)
    table = kh.DecisionTable(name="x", category=kh.Side, rules=[kh.when(debt < 5).then(kh.Side.INTERNAL)])
    found = {facts.extra.get("debt") for facts in testing.edges(table)}
    assert found == {None, Decimal("4.999999"), Decimal(5), Decimal("5.000001")}


def test_an_edge_that_nothing_depends_on_is_there_all_the_same() -> None:
    idle = kh.when((kh.fact.age > 30) & (kh.fact.age < 20)).then(kh.Side.INTERNAL)
    table = kh.DecisionTable(name="x", category=kh.Side, rules=[idle], otherwise=kh.Side.EXTERNAL)
    assert {facts.age for facts in testing.edges(table)} == {None, 19, 20, 21, 29, 30, 31}
    assert all(kh.Side.EXTERNAL in table.labels(facts) for facts in testing.cover(table))


def test_tables_without_tests_have_no_edges() -> None:
    empty = kh.DecisionTable(name="x", category=kh.Side, rules=[])
    default = kh.DecisionTable(name="x", category=kh.Side, rules=[], otherwise=kh.Side.INTERNAL)
    assert testing.edges(empty) == []
    assert testing.cover(empty) == testing.cover(default) == [kh.Facts()]


def test_a_table_that_is_too_large_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_contrast, "_SECONDS", 0.00001)
    table = attrs.evolve(kh.classifiers.benefit(), source="tried by no other test, so that nothing of it is kept")
    for walk in (testing.edges, testing.cover):
        with pytest.raises(kh.TableError, match="'benefit' is too large"):
            walk(table)
    assert testing.check_classifier(table).failures == ()


def test_an_edge_that_takes_too_long_to_place_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_contrast, "_STEPS", 1)
    assert len(testing.cover(kh.classifiers.benefit())) >= len(kh.classifiers.benefit().rules)


def test_a_hundred_rules_are_not_too_many() -> None:
    squares = product(range(10), range(10))
    rules = [
        kh.when(kh.fact.age.between(low, low, "both") & (kh.fact.purchase_count == count)).then(
            kh.Side.INTERNAL if (low + count) % 2 else kh.Side.EXTERNAL
        )
        for low, count in squares
    ]
    table = kh.DecisionTable(name="x", category=kh.Side, rules=rules, hit=kh.HitPolicy.FIRST)
    covered = testing.cover(table)
    assert {position for facts in covered for position in table.classify(facts).rules} == set(range(100))


@given(st.data())
@settings(max_examples=5)
def test_a_cover_is_for_parametrize(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    mark: Any = pytest.mark.parametrize("facts", testing.cover(table)).mark
    assert len(mark.args[1]) >= 2
