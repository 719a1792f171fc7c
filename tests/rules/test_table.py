"""Tables as data: what makes one, and what is refused by its name, its place and a cure."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest

from khachhang.classifiers import age_band, benefit
from khachhang.errors import PredicateError, TableError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, always, when
from khachhang.rules.table import Table, needs_of
from khachhang.taxonomy import AgeBand, Category, Side, Words

YOUNG = when(fact.age < 15).then(AgeBand.UNDER_15)
OLD = when((fact.age > 50) & fact.has_need).then(AgeBand.OVER_50)


def table(**changes: Any) -> DecisionTable[Any]:
    arguments: dict[str, Any] = {"name": "ages", "category": AgeBand, "rules": [YOUNG, OLD], **changes}
    return DecisionTable(**arguments)


class TestParts:
    def test_rules_may_come_one_by_one_and_are_kept_in_order(self) -> None:
        assert table(rules=(rule for rule in (OLD, YOUNG))).rules == (OLD, YOUNG)

    def test_its_facts_are_those_of_its_scope_and_then_of_its_rules_each_once(self) -> None:
        made = table(given=fact.has_need | fact.has_means)

        assert [variable.name for variable in made.variables] == ["has_need", "has_means", "age"]
        assert made.needs == {"age", "has_need", "has_means"}
        assert needs_of([made, benefit(), object()]) == made.needs | benefit().needs

    def test_labels_rank_by_priority_and_then_by_their_own_order(self) -> None:
        made = table(hit=HitPolicy.PRIORITY, priority=[AgeBand.OVER_50, AgeBand.FROM_15_TO_22])

        assert sorted(AgeBand, key=made.rank) == [
            AgeBand.OVER_50, AgeBand.FROM_15_TO_22, AgeBand.UNDER_15, AgeBand.FROM_22_TO_50
        ]  # fmt: skip
        assert [table().rank(label) for label in AgeBand] == [0, 1, 2, 3]

    def test_of_the_data_alone_it_is_known_only_that_some_policies_forbid_nothing(self) -> None:
        proved = {hit: Table(name="ages", category=AgeBand, rules=[YOUNG], hit=hit).is_proved for hit in HitPolicy}

        assert {hit for hit, is_proved in proved.items() if not is_proved} == {HitPolicy.UNIQUE, HitPolicy.ANY}
        assert table(hit=HitPolicy.UNIQUE).is_proved

    def test_tables_are_values(self) -> None:
        made = table(given=always, otherwise=AgeBand.OVER_50, hit=HitPolicy.PRIORITY, priority=[AgeBand.OVER_50])
        made.classify(Facts(age=3))  # what was reckoned is no part of the value

        assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == attrs.evolve(made) == made
        assert hash(attrs.evolve(made)) == hash(made)
        assert attrs.evolve(made, otherwise=None) != made
        assert attrs.evolve(made, rules=[*made.rules, OLD]) != made

    def test_it_can_not_be_changed(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            table().name = "other"  # type: ignore[misc]  # frozen


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "problem", "cure"),
        [
            ({"name": ""}, "name: '' is no name of a table", "facet's code, such as 'age_band'"),
            ({"name": " "}, "name: ' ' is no name of a table", "facet's code"),
            ({"name": None}, "name: None is no name of a table", "facet's code"),
            ({"category": "age_band"}, "table 'ages': category='age_band' is not a label set", "subclass of kh.Category"),
            ({"category": str}, "table 'ages': category=<class 'str'> is not a label set", "subclass of kh.Category"),
            ({"hit": "unique"}, "table 'ages': hit='unique' is not a hit policy", "UNIQUE, ANY, FIRST, PRIORITY, COLLECT"),
            ({"rules": [YOUNG, AgeBand.OVER_50]}, "rule 2: <AgeBand.OVER_50: 'over_50'> is not a rule", "kh.when(condition).then(label)"),
            ({"rules": [when(fact.age < 15)]}, "rule 1: When(", "kh.when(condition).then(label)"),
            ({"rules": [YOUNG, when(fact.age > 50).then(Side.EXTERNAL)]}, "table 'ages', rule 2: <Side.EXTERNAL", "the labels are under_15, "),
            ({"otherwise": "over_50"}, "table 'ages', otherwise: 'over_50' is not a label of AgeBand", "under_15, from_15_to_22"),
            ({"otherwise": Side.INTERNAL}, "table 'ages', otherwise: <Side.INTERNAL", "the labels are under_15"),
            ({"priority": ["over_50"]}, "table 'ages', priority: 'over_50' is not a label of AgeBand", "the labels are under_15"),
            ({"priority": [AgeBand.OVER_50] * 2}, "table 'ages': priority names a label twice", "each label once, the highest first"),
        ],
        ids=range(13),
    )  # fmt: skip
    def test_a_part_that_can_not_be_meant_is_named_with_the_cure(
        self, changes: dict[str, Any], problem: str, cure: str
    ) -> None:
        with pytest.raises(TableError) as caught:
            table(**changes)

        assert problem in caught.value.problem
        assert cure in caught.value.hint

    def test_a_scope_is_a_predicate(self) -> None:
        with pytest.raises(PredicateError, match="'persons' is not a predicate"):
            table(given="persons")

    def test_two_facts_of_one_name_are_refused(self) -> None:
        low, high = (fact.custom("nps", int, low=0, high=high) for high in (10, 100))
        rules = [when(low < 7).then(AgeBand.UNDER_15), when(high > 8).then(AgeBand.OVER_50)]

        with pytest.raises(TableError, match="table 'ages': two different facts are called 'nps'") as caught:
            table(rules=rules)
        assert "make the fact once" in caught.value.hint

    def test_one_fact_under_two_sets_of_words_is_one_fact(self) -> None:
        short = fact.custom("nps", int, vi="điểm", en="the score")
        long = fact.custom("nps", int, vi="điểm giới thiệu", en="the net promoter score", unit=Words("điểm", "points"))
        rules = [when(short < 7).then(AgeBand.UNDER_15), when(long > 8).then(AgeBand.OVER_50)]

        assert table(rules=rules).needs == {"nps"}

    def test_an_empty_table_may_be(self) -> None:
        class Empty(Category):
            """Nothing to say."""

        assert table(rules=[], category=Empty).classify(Facts()).is_matched is False

    def test_a_ready_table_with_a_wrong_change_is_refused_as_well(self) -> None:
        with pytest.raises(TableError, match="table 'age_band', otherwise"):
            attrs.evolve(age_band(), otherwise=Side.INTERNAL)  # type: ignore[arg-type]  # another label set
