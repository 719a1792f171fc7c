"""What can be done with a table, each thing once: that it hands on all that it was asked. The rules' own tests go deep."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import attrs
import pytest

from khachhang.errors import InvalidError, OverlapError, TableDocumentError, TableError, UnknownFactError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Outcome, Rule, when
from khachhang.rules.space import Budget
from khachhang.taxonomy import Category, term

NPS = fact.custom("nps", int, low=0, high=10, vi="điểm NPS", en="the NPS")


class Mood(Category, vi="Tâm trạng", en="Mood"):
    GLAD = term("glad", vi="Vui", en="Glad")
    SAD = term("sad", vi="Buồn", en="Sad")


def mood(*more: Rule[Mood], glad_from: int = 9, hit: HitPolicy = HitPolicy.FIRST) -> DecisionTable[Mood]:
    glad = when((glad_from <= NPS) & (fact.purchase_count >= 2)).then(Mood.GLAD)
    return DecisionTable(name="mood", category=Mood, rules=[glad, when(NPS <= 6).then(Mood.SAD), *more], hit=hit)


def facts(nps: int, count: int | None = None) -> Facts:
    return Facts(purchase_count=count, extra={"nps": nps})


def test_it_answers() -> None:
    table = mood()

    assert table.label(facts(10, 2)) is Mood.GLAD
    assert table.labels(facts(6)) == {Mood.SAD}
    assert table.labels(facts(8)) == frozenset()
    assert table.classify(facts(8)).outcome is Outcome.UNMATCHED
    assert table.classify(facts(9)).missing == ("purchase_count",)


def test_it_refuses_a_fact_of_ones_own_that_can_not_be() -> None:
    with pytest.raises(InvalidError, match="nps: 11 is outside what can be"):
        mood().classify(facts(11))


def test_it_is_verified_within_a_budget() -> None:
    table = mood()

    assert [gap.witness for gap in table.verify().gaps] == [facts(7, 0), facts(9, 0)]
    assert table.verify(budget=10).gaps == table.verify().gaps
    assert table.verify(budget=0).undecided == ("gaps", "overlaps", "unreachable")


def test_witnesses_hold_facts_of_ones_own_beside_those_of_the_catalogue() -> None:
    wider = when((NPS >= 8) & (fact.purchase_count >= 3)).then(Mood.SAD)

    with pytest.raises(OverlapError) as caught:
        mood(wider, hit=HitPolicy.UNIQUE)

    assert caught.value.witness == facts(9, 3)


def test_it_is_compared_within_a_budget() -> None:
    found = mood().diff(mood(glad_from=10))

    assert [(each.witness, each.before.label, each.after.label) for each in found] == [(facts(9, 2), Mood.GLAD, None)]
    assert mood().diff(mood()) == ()
    assert mood().diff(mood(glad_from=10), budget=10) == found
    with pytest.raises(TableError, match="too large to be compared within the budget"):
        mood().diff(mood(glad_from=10), budget=0)


def test_the_ways_to_a_label_are_found_within_a_budget() -> None:
    table, known = mood(), facts(9, 1)
    path = table.paths_to(Mood.GLAD, known)

    assert [each.changes for each in path] == [{"purchase_count": 2}]
    assert path[0].facts == facts(9, 2)
    assert table.paths_to(Mood.GLAD, known, changeable=["nps"]) == ()
    assert [each.changes for each in table.paths_to(Mood.SAD, known, ["nps"], 10)] == [{"nps": 6}]
    with pytest.raises(TableError, match="within the budget"):
        table.paths_to(Mood.GLAD, known, budget=0)
    with pytest.raises(UnknownFactError, match="nos"):
        table.paths_to(Mood.GLAD, known, changeable=["nos"])


@pytest.mark.parametrize(
    ("rules", "policy"),
    [
        ([], HitPolicy.UNIQUE),
        ([when(NPS < 3).then(Mood.SAD)], HitPolicy.ANY),
        ([when(NPS < 3).then(Mood.GLAD)], HitPolicy.FIRST),
    ],
    ids=["apart", "agreeing", "disagreeing"],
)
def test_the_strictest_policy_that_it_keeps_is_recommended(rules: list[Rule[Mood]], policy: HitPolicy) -> None:
    assert mood(*rules).recommend_hit_policy() is policy
    assert mood(*rules, hit=policy).is_proved
    stricter = {
        HitPolicy.UNIQUE: [],
        HitPolicy.ANY: [HitPolicy.UNIQUE],
        HitPolicy.FIRST: [HitPolicy.UNIQUE, HitPolicy.ANY],
    }
    for hit in stricter[policy]:
        with pytest.raises(OverlapError, match="rules 2 and 3"):
            mood(*rules, hit=hit)


def test_where_the_budget_does_not_suffice_the_first_rule_is_recommended() -> None:
    with mock.patch.object(Budget, "STEPS_PER_SECOND", 0):
        table = mood(when(fact.has_need).then(Mood.SAD), hit=HitPolicy.ANY)

        assert not table.is_proved
        assert table.recommend_hit_policy() is HitPolicy.FIRST


def test_it_is_explained_in_both_languages() -> None:
    table = mood()

    assert table.explain(facts(5), "en").splitlines()[0] == "Mood: Sad."
    assert table.explain(facts(5), "vi").splitlines()[0] == "Tâm trạng: Buồn."
    assert "Glad" not in table.explain(facts(5), "en")
    assert "Glad" in table.explain(facts(5), "en", why_not=Mood.GLAD)


def test_it_is_stored_with_the_facts_of_ones_own() -> None:
    table = mood()
    document = json.loads(json.dumps(table.to_dict()))

    assert DecisionTable.from_dict(document, category=Mood) == table
    assert type(DecisionTable.from_dict(document, category=Mood)) is DecisionTable
    own = fact.custom("mood", Mood)
    other = attrs.evolve(table, rules=[when(own == Mood.GLAD).then(Mood.GLAD)])
    assert DecisionTable.from_dict(other.to_dict(), category=Mood, facts=[own]) == other
    with pytest.raises(TableDocumentError, match="mood"):
        DecisionTable.from_dict(other.to_dict(), category=Mood)


def test_its_version_is_that_of_its_content() -> None:
    assert mood().version == mood().version
    assert mood().version != mood(glad_from=8).version
    assert len(mood().version) == 12


def test_it_is_a_grid_and_comes_from_one() -> None:
    table = mood()
    rows = [["nps", "purchase_count", "mood"], ["[9..10]", ">= 2", "glad"], ["[0..6]", "-", "sad"]]
    more: dict[str, Any] = {
        "hit": HitPolicy.PRIORITY,
        "otherwise": Mood.SAD,
        "priority": (Mood.SAD, Mood.GLAD),
        "source": "a note",
    }

    assert (
        DecisionTable.from_grid(table.to_grid(), name="mood", category=Mood, hit=table.hit, facts=[NPS]).diff(table)
        == ()
    )
    read = DecisionTable.from_grid(rows, name="moods", category=Mood, facts=[NPS], **more)
    assert type(read) is DecisionTable
    assert (read.name, read.category, read.hit, read.otherwise, read.priority, read.source) == (
        "moods", Mood, *more.values(),
    )  # fmt: skip
    plain = DecisionTable.from_grid(rows, name="moods", category=Mood, facts=[NPS])
    assert (plain.hit, plain.otherwise, plain.priority, plain.source) == (HitPolicy.UNIQUE, None, None, "")


def test_it_is_shown_in_markdown_and_to_notebooks() -> None:
    table = mood()

    assert table.to_markdown() == table.to_markdown("en")
    assert table.to_markdown("en").splitlines()[0] == "**Mood (mood)**"
    assert table.to_markdown("vi") != table.to_markdown("en")
    assert "<table" in table._repr_html_()
