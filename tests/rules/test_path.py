"""Paths to a label: each leads there, none changes more facts than it must, and none turns back time."""

from __future__ import annotations

import pickle
from decimal import Decimal
from itertools import combinations, product
from typing import TYPE_CHECKING, Any
from unittest import mock

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.rules.exhaustive import conditions_of, constants_of, values_of
from tests.rules.table_strategies import FACTS, Wave, records, tables
from tests.strategies import TABLES

from khachhang.classifiers import (
    FinancialTierPolicy,
    age_band,
    benefit,
    financial_tier,
    relationship_type,
)
from khachhang.errors import InvalidError, OverlapError, TableError, UnknownFactError, UnknownLanguageError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, always, when
from khachhang.rules.path import LISTED, Path
from khachhang.rules.space import Budget
from khachhang.rules.variable import Change
from khachhang.taxonomy import AgeBand, Benefit, FinancialTier, OrganizationKind, PartyKind, RelationshipType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DataObject

    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category

EARLY, LATE, NEVER = Wave.EARLY, Wave.LATE, Wave.NEVER
LAN = Facts(
    purchase_count=3,
    days_since_last_purchase=400,
    bought_count=3,
    returned_share=0,
    unresolved_complaint_count=0,
    negative_review_count=0,
)


def can_become(variable: Variable, now: Any, new: Any) -> bool:
    """Whether a fact can change so."""
    if now is None or variable.change in (Change.FREE, Change.RESETS):
        return True
    return variable.change is Change.GROWS and bool(new > now)


def sets_that_suffice(
    table: DecisionTable[Any], label: Category, facts: Facts, most: int, names: list[str] | None = None
) -> Iterator[frozenset[str]]:
    """By brute force, the sets of facts whose change can lead to a label, without those that hold another of them."""
    axes = {
        variable: [value for value in values_of(variable, constants) if value is not None]
        for variable, constants in constants_of(conditions_of([table])).items()
        if names is None or variable.name in names
    }
    found: list[frozenset[str]] = []
    for count in range(most + 1):
        for chosen in combinations(axes, count):
            changed = frozenset(variable.name for variable in chosen)
            if any(smaller <= changed for smaller in found):
                continue
            if any(_leads(table, label, facts, chosen, values) for values in product(*(axes[one] for one in chosen))):
                found.append(changed)
                yield changed


def _leads(
    table: DecisionTable[Any], label: Category, facts: Facts, chosen: tuple[Variable, ...], values: tuple[Any, ...]
) -> bool:
    changes = {variable.name: value for variable, value in zip(chosen, values, strict=True)}
    if not all(
        can_become(variable, facts.value(variable.name), changes[variable.name])
        and changes[variable.name] != facts.value(variable.name)
        for variable in chosen
    ):
        return False
    try:
        return label in table.classify(facts.changed(changes)).labels
    except InvalidError:
        return False


def check(table: DecisionTable[Any], label: Category, facts: Facts, names: list[str] | None = None) -> None:
    paths = table.paths_to(label, facts, changeable=names)
    for path in paths:
        assert label in table.classify(path.facts).labels
        assert path.facts == facts.changed(path.changes)
        for name, new in path.changes.items():
            variable = next(axis for axis in constants_of(conditions_of([table])) if axis.name == name)
            assert can_become(variable, facts.value(name), new)
            assert facts.value(name) != new
        assert path.explain("vi") != path.explain("en")
    counts = [len(path.changes) for path in paths]
    assert counts == sorted(counts)
    made = {frozenset(path.changes) for path in paths}
    expected = set(sets_that_suffice(table, label, facts, 3, names))
    if len(paths) < LISTED:
        assert {one for one in made if len(one) <= 3} == expected
    else:
        assert made <= expected


@st.composite
def cases(draw: Any, facts: int, max_rules: int) -> tuple[DecisionTable[Any], Any, Facts, list[str] | None]:
    few = draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=facts, unique_by=lambda one: one.name))
    table = draw(tables(facts=few, max_rules=max_rules, max_leaves=4))
    names = [variable.name for variable in table.variables]
    changeable = draw(st.none() | st.lists(st.sampled_from(names), unique=True)) if names else None
    return table, draw(st.sampled_from(list(table.category))), draw(records(table)), changeable


def _is_small(table: DecisionTable[Any], most: int) -> bool:
    sizes = [len(values_of(*each)) for each in constants_of(conditions_of([table])).items()]
    count = 1
    for size in sizes:
        count *= size
    return count <= most


@settings(max_examples=60)
@given(cases(2, 4))
def test_paths_are_those_that_brute_force_finds(case: Any) -> None:
    assume(_is_small(case[0], 300))
    check(*case)


@pytest.mark.long
@given(cases(3, 6))
def test_paths_are_those_that_brute_force_finds_in_a_long_run(case: Any) -> None:
    assume(_is_small(case[0], 1_000))
    check(*case)


class TestLoyal:
    def test_two_more_purchases_the_last_within_a_year(self) -> None:
        (path,) = benefit().paths_to(Benefit.LOYAL, LAN)

        assert path.changes == {"purchase_count": 5, "days_since_last_purchase": 0}
        assert benefit().label(path.facts) is Benefit.LOYAL
        assert path.explain("en").splitlines() == [
            "To get the label “Loyal customer”:",
            "  - the number of purchases is at least 5 (now: 3, 2 more)",
            "  - the time since the last purchase is at most 365 days (now: 400 days)",
        ]
        assert path.explain("vi").splitlines() == [
            "Để có nhãn “Khách hàng trung thành” cần:",
            "  - số lần mua từ 5 lần trở lên (hiện nay: 3 lần, thêm 2 lần)",
            "  - thời gian từ lần mua gần nhất không quá 365 ngày (hiện nay: 400 ngày)",
        ]

    def test_only_the_count_is_lacking(self) -> None:
        (path,) = benefit().paths_to(Benefit.LOYAL, LAN.changed({"days_since_last_purchase": 20}))

        assert path.changes == {"purchase_count": 5}

    def test_what_is_changeable_may_be_narrowed(self) -> None:
        assert benefit().paths_to(Benefit.LOYAL, LAN, changeable=["purchase_count"]) == ()
        assert benefit().paths_to(Benefit.LOYAL, LAN, changeable="days_since_last_purchase") == ()
        both = ["purchase_count", "days_since_last_purchase"]
        assert len(benefit().paths_to(Benefit.LOYAL, LAN, changeable=both)) == 1

    def test_a_name_that_is_no_fact_is_an_error(self) -> None:
        with pytest.raises(UnknownFactError, match="purchases"):
            benefit().paths_to(Benefit.LOYAL, LAN, changeable=["purchases"])

    def test_a_complaint_has_to_be_settled_as_well(self) -> None:
        (path,) = benefit().paths_to(Benefit.LOYAL, LAN.changed({"unresolved_complaint_count": 4}))

        assert path.changes["unresolved_complaint_count"] == 1
        assert "the number of unresolved complaints is at most 1 (now: 4)" in path.explain("en")

    def test_a_bad_review_is_never_undone(self) -> None:
        assert benefit().paths_to(Benefit.LOYAL, LAN.changed({"negative_review_count": 2})) == ()

    def test_the_label_held_already_is_one_path_without_changes(self) -> None:
        loyal = LAN.changed({"purchase_count": 7, "days_since_last_purchase": 3})
        (path,) = benefit().paths_to(Benefit.LOYAL, loyal)

        assert path.changes == {}
        assert path.facts == loyal
        assert path.explain("en") == "The customer has the label “Loyal customer” already."
        assert path.explain("vi") == "Khách đã có nhãn “Khách hàng trung thành”."

    def test_one_of_several_labels(self) -> None:
        facts = Facts(purchase_count=3, days_since_last_purchase=10, discounted_share=0.75)
        (path,) = relationship_type().paths_to(RelationshipType.LOYAL, facts)

        assert path.changes.keys() == {"purchase_count", "discounted_share"}
        assert "là khoảng" not in path.explain("vi")
        assert "tỷ lệ lần mua có giảm giá dưới 50% (hiện nay: 75%)" in path.explain("vi")


class TestHowFactsChange:
    def test_an_age_never_falls(self) -> None:
        assert age_band().paths_to(AgeBand.UNDER_15, Facts(age=20)) == ()
        (path,) = age_band().paths_to(AgeBand.OVER_50, Facts(age=20))
        assert path.changes == {"age": 51}
        assert "the age is at least 51 years (now: 20 years, 31 years more)" in path.explain("en")

    def test_an_organisation_never_becomes_a_person(self) -> None:
        assert age_band().paths_to(AgeBand.UNDER_15, Facts(party_kind=PartyKind.ORGANIZATION)) == ()

    def test_what_is_not_known_may_turn_out_so_and_implies_what_it_implies(self) -> None:
        (path,) = age_band().paths_to(AgeBand.OVER_50, Facts())

        assert path.changes == {"age": 51}
        assert path.facts.party_kind is PartyKind.PERSON
        assert path.explain("en").endswith("the age is at least 51 years (not known now)")
        assert path.explain("vi").endswith("tuổi từ 51 trở lên (hiện chưa biết)")

    def test_what_has_no_value_yet_is_not_said_to_be_unknown(self) -> None:
        (path,) = benefit().paths_to(
            Benefit.LOYAL,
            Facts(purchase_count=0, bought_count=0, unresolved_complaint_count=0, negative_review_count=0),
        )

        assert path.changes == {"purchase_count": 5, "days_since_last_purchase": 0}
        assert path.explain("en").endswith("the time since the last purchase is at most 365 days")

    def test_what_only_has_to_be_known_is_said_so(self) -> None:
        share, own = fact.discounted_share, fact.custom("own", int)
        for condition, name in [((share <= 1.0) & fact.has_need, "the share"), (~own.is_in([]), "own")]:
            table = DecisionTable(name="wave", category=Wave, rules=[when(condition).then(EARLY)])
            (path,) = table.paths_to(EARLY, Facts(has_need=True))
            assert len(path.changes) == 1
            assert path.explain("en").splitlines()[1].startswith(f"  - {name}")
            assert path.explain("en").endswith(" becomes known")
            assert "  - biết được " in path.explain("vi")

    def test_changes_that_contradict_each_other_are_no_path(self) -> None:
        shop = fact.organization_kind == OrganizationKind.SHOP
        table = DecisionTable(name="wave", category=Wave, rules=[when((fact.age < 15) & shop).then(EARLY)])

        assert table.paths_to(EARLY, Facts()) == ()

    def test_days_fall_to_the_bottom_and_grow_again(self) -> None:
        def table(*conditions: Any) -> DecisionTable[Wave]:
            rules = [when(condition).then(EARLY) for condition in conditions]
            return DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.ANY)

        days = fact.days_since_last_purchase
        facts = Facts(purchase_count=2, days_since_last_purchase=300)

        assert table(days.between(100, 200)).paths_to(EARLY, facts)[0].changes == {"days_since_last_purchase": 100}
        assert table(days >= 310, days <= 5).paths_to(EARLY, facts)[0].changes == {"days_since_last_purchase": 310}
        assert table(days <= 299).paths_to(EARLY, facts)[0].changes == {"days_since_last_purchase": 0}

    def test_real_numbers_that_fall_by_themselves_stay_within_open_ends(self) -> None:
        gap = fact.custom("gap", float, low=0, change=Change.RESETS)
        table = DecisionTable(name="wave", category=Wave, rules=[when(gap.between(1, 2, closed="neither")).then(EARLY)])

        for now in (0.5, 1.0, 2.0, 9.0):
            (path,) = table.paths_to(EARLY, Facts(extra={"gap": now}))
            assert 1 < path.changes["gap"] < 2

    @pytest.mark.parametrize(("now", "new"), [(0, 3), (3, 3), (9, 7), (8, 7)])
    def test_a_free_number_goes_to_the_nearest_end(self, now: int, new: int) -> None:
        own = fact.custom("own", int)
        table = DecisionTable(name="wave", category=Wave, rules=[when(own.between(3, 7)).then(EARLY)])

        (path,) = table.paths_to(EARLY, Facts(extra={"own": now}))
        assert path.facts.extra == {"own": new}

    def test_a_free_amount_goes_near_to_an_open_end(self) -> None:
        own = fact.custom("own", Decimal)
        table = DecisionTable(name="wave", category=Wave, rules=[when((own > 3) & (own < 7)).then(EARLY)])

        for now, new in [(1, Decimal(4)), (9, Decimal(6))]:
            assert table.paths_to(EARLY, Facts(extra={"own": now}))[0].changes == {"own": new}
        less = DecisionTable(name="wave", category=Wave, rules=[when(own < 7).then(EARLY)])
        assert less.paths_to(EARLY, Facts(extra={"own": 9}))[0].changes == {"own": Decimal(6)}


class TestTables:
    def test_nothing_helps_where_no_rule_gives_the_label(self) -> None:
        table = DecisionTable(name="wave", category=Wave, rules=[when(always).then(EARLY)])

        assert table.paths_to(LATE, Facts()) == ()

    def test_a_label_of_another_set_is_an_error(self) -> None:
        with pytest.raises(TableError, match="is not a label of Benefit"):
            benefit().paths_to(Wave.EARLY, LAN)

    def test_the_default_is_reached_where_every_rule_fails(self) -> None:
        rules = [when(fact.has_need).then(EARLY), when(fact.has_means).then(LATE)]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.FIRST, otherwise=NEVER)
        (path,) = table.paths_to(NEVER, Facts(has_need=True, has_means=True))

        assert path.changes == {"has_need": False, "has_means": False}
        assert path.explain("en").endswith("  - there is no need (now: yes)\n  - the means are lacking (now: yes)")

    @pytest.mark.parametrize(
        ("hit", "changes"),
        [
            (HitPolicy.FIRST, [{"has_need": False}]),
            (HitPolicy.PRIORITY, [{"has_need": False}]),
            (HitPolicy.COLLECT, [{}]),
        ],
    )
    def test_a_rule_that_goes_before_has_to_fail(self, hit: HitPolicy, changes: list[dict[str, Any]]) -> None:
        rules = [when(fact.has_need).then(EARLY), when(fact.has_means).then(LATE)]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=hit)

        paths = table.paths_to(LATE, Facts(has_need=True, has_means=True))
        assert [path.changes for path in paths] == changes

    def test_the_smallest_changes_come_first(self) -> None:
        near, far = fact.custom("near", int), fact.custom("far", int)
        rules = [
            when(far >= 1_000).then(EARLY),
            when(near >= 12).then(EARLY),
            when((near >= 11) & (far >= 11)).then(EARLY),
        ]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.ANY)

        paths = table.paths_to(EARLY, Facts(extra={"near": 10, "far": 10}))
        assert [path.changes for path in paths] == [{"near": 12}, {"far": 1_000}]

    def test_a_rule_narrowed_by_another_is_told_as_far_as_it_goes(self) -> None:
        own = fact.custom("own", int, low=0, change=Change.GROWS)
        rules = [when(own.between(20, 30)).then(LATE), when(own >= 10).then(EARLY)]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.FIRST)

        (path,) = table.paths_to(EARLY, Facts(extra={"own": 1}))
        assert "own is from 10 to 19 or own is at least 31 (now: 1, 9 more)" in path.explain("en")

    def test_what_is_not_known_may_be_told_where_it_is_named_or_follows_from_what_is(self) -> None:
        paths = age_band().paths_to(AgeBand.OVER_50, Facts(), changeable=["age"])
        assert [dict(path.changes) for path in paths] == [{"age": 51}]  # whoever has an age is a person

        rules = [when((fact.age > 50) & fact.has_need).then(EARLY)]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.FIRST)
        assert table.paths_to(EARLY, Facts(), changeable=["age"]) == ()
        assert table.paths_to(EARLY, Facts(age=70), changeable=["age"]) == ()
        assert [dict(path.changes) for path in table.paths_to(EARLY, Facts(age=70), changeable="has_need")] == [
            {"has_need": True}
        ]

    def test_the_smallest_change_comes_first(self) -> None:
        conditions = [fact.purchase_count >= 2, fact.discounted_share >= 0.5, fact.age >= 27, fact.has_need]
        table = DecisionTable(
            name="wave", category=Wave, rules=[when(one).then(EARLY) for one in conditions], hit=HitPolicy.COLLECT
        )

        paths = table.paths_to(EARLY, Facts(age=20, purchase_count=1, discounted_share=0.1, has_need=False))
        # 7 of 27, 0.4 of 1, 1 of 2, and another value altogether.
        assert [dict(path.changes) for path in paths] == [
            {"age": 27}, {"discounted_share": 0.5}, {"purchase_count": 2}, {"has_need": True}
        ]  # fmt: skip

    @pytest.mark.parametrize(("now", "nearest"), [(5, 6), (10, 9), (0, 6), (20, 9)])
    def test_between_two_ends_the_nearer_one_is_come_close_to(self, now: int, nearest: int) -> None:
        rules = [when(fact.spend.between(5, 10, closed="neither")).then(EARLY)]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.FIRST)

        (path,) = table.paths_to(EARLY, Facts(spend=now))
        assert path.changes == {"spend": nearest}
        assert path == Path({"spend": nearest}, Facts(spend=nearest), EARLY, Facts(spend=now), ())
        assert table.paths_to(EARLY, path.facts) == (Path({}, path.facts, EARLY, path.facts, ()),)

    def test_at_most_twenty_paths_are_told(self) -> None:
        flags = [fact.custom(f"flag {place}", bool) for place in range(LISTED + 5)]
        rules = [when(flag).then(EARLY) for flag in flags]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.COLLECT)

        paths = table.paths_to(EARLY, Facts(extra={flag.name: False for flag in flags}))
        assert [len(path.changes) for path in paths] == [1] * LISTED

    def test_many_rules_before_are_no_hindrance(self) -> None:
        cells = [(fact.purchase_count == at) & (fact.age > at) for at in range(200)]
        rules = [*(when(cell).then(LATE) for cell in cells), when(fact.purchase_count >= 5).then(EARLY)]
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.FIRST)

        paths = table.paths_to(EARLY, Facts(purchase_count=7, age=30))
        assert [path.changes for path in paths] == [{"purchase_count": 30}]

    def test_a_budget_that_does_not_suffice_is_an_error(self) -> None:
        with pytest.raises(TableError, match="too large to find every way to 'loyal'"):
            benefit().paths_to(Benefit.LOYAL, LAN, budget=0)

    def test_no_path_leads_to_where_an_unproved_table_has_no_answer(self) -> None:
        either = fact.has_need | fact.has_means
        rules = [
            when(either & (fact.referral_count >= 15)).then(EARLY),
            when(either & (fact.referral_count >= 50)).then(LATE),
        ]
        with mock.patch.object(Budget, "STEPS_PER_SECOND", 0):
            table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.UNIQUE)
        facts = Facts(has_need=True, referral_count=3)

        assert [path.changes for path in table.paths_to(EARLY, facts)] == [{"referral_count": 15}]
        with mock.patch.object(Budget, "STEPS_PER_SECOND", 0):
            below = attrs.evolve(table, rules=[rules[0], when(either & (fact.referral_count < 50)).then(LATE)])
        assert [path.changes for path in below.paths_to(EARLY, facts)] == [{"referral_count": 50}]
        assert table.paths_to(LATE, facts) == ()
        with pytest.raises(OverlapError):
            table.paths_to(LATE, facts.changed({"referral_count": 60}))


def test_private_facts_are_never_shown() -> None:
    cuts = (50_000, 250_000, 1_000_000, 30_000_000)
    table = financial_tier(FinancialTierPolicy(cuts=cuts, currency="USD"))
    (path,) = table.paths_to(FinancialTier.AFFLUENT, Facts(currency="USD", investable_assets=123_456))

    for lang in ("vi", "en"):
        said = path.explain(lang)
        assert "123" not in said
    assert path.explain("en").endswith("the value of investable assets is at least 250,000 and under 1,000,000")
    assert "123" not in repr(path)


def test_a_path_is_pickled_and_knows_its_languages() -> None:
    (path,) = benefit().paths_to(Benefit.LOYAL, LAN)
    copy: Path = pickle.loads(pickle.dumps(path))

    assert copy == path
    assert copy.explain("vi") == path.explain("vi")
    with pytest.raises(UnknownLanguageError):
        path.explain("fr")  # type: ignore[arg-type]  # refused


@settings(max_examples=20)
@given(st.data())
def test_paths_of_shipped_tables_lead_to_their_label(data: DataObject) -> None:
    table: Any = data.draw(st.sampled_from([benefit(), relationship_type(), age_band()]))
    facts = data.draw(records(table))
    label = data.draw(st.sampled_from(list(table.category)))

    for path in table.paths_to(label, facts):
        assert label in table.classify(path.facts).labels


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_label_of_a_shipped_table_has_a_way_from_knowing_nothing(table: DecisionTable[Any]) -> None:
    ways = {label: table.paths_to(label, Facts()) for label in table.category}

    assert all(label in table.classify(way.facts).labels for label, found in ways.items() for way in found)
    assert [label for label, found in ways.items() if not found] == []
