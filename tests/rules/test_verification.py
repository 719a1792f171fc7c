"""Verification is exact: held against a solver, against every customer one by one, and against its own witnesses."""

from __future__ import annotations

import math
import pickle
from decimal import Context, Decimal, Inexact, Rounded, localcontext
from typing import TYPE_CHECKING, Any
from unittest import mock

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.rules.exhaustive import complete_records, count_of
from tests.rules.solver import Solver
from tests.rules.table_strategies import FACTS, Wave, tables
from tests.strategies import TABLES

from khachhang.errors import OverlapError, UnknownLanguageError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Outcome, always, interpreter, space, verification, when
from khachhang.rules.space import Budget
from khachhang.rules.verification import LISTED, Verification
from khachhang.taxonomy import Gender, PartyKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from khachhang.rules import Predicate
    from khachhang.rules.verification import Finding

EARLY, LATE, NEVER = Wave.EARLY, Wave.LATE, Wave.NEVER


def small_tables(facts: int = 3, max_rules: int = 4) -> SearchStrategy[DecisionTable[Any]]:
    """Tables on few facts, of every hit policy."""
    some = st.lists(st.sampled_from(FACTS), min_size=1, max_size=facts, unique_by=lambda one: one.name)
    return some.flatmap(lambda few: tables(facts=few, max_rules=max_rules, max_leaves=4))


def wave_table(*conditions: Predicate, hit: HitPolicy = HitPolicy.FIRST, **more: Any) -> DecisionTable[Wave]:
    labels = [EARLY, LATE, NEVER] * len(conditions)
    rules = [when(condition).then(label) for condition, label in zip(conditions, labels, strict=False)]
    return DecisionTable(name="wave", category=Wave, rules=rules, hit=hit, **more)


def check_findings(table: DecisionTable[Any]) -> Verification:
    """Every witness shows what it stands for, and everything can be said."""
    found = table.verify()
    assert found.undecided == ()
    for gap in found.gaps:
        assert gap.rules == ()
        assert table.classify(_witness(gap)).outcome is Outcome.UNMATCHED
        assert table.given is None or table.given.truth(_witness(gap)) is True
        assert interpreter.truths(table, _witness(gap)) == [False] * len(table.rules)
        for variable in table.variables:
            assert _witness(gap).value(variable.name) is not None or not _can_have(gap, variable)
    for overlap in found.overlaps:
        for position in overlap.rules:
            assert table.rules[position].condition.truth(_witness(overlap)) is True
        assert table.given is None or table.given.truth(_witness(overlap)) is True
    assert all(idle.witness is None for idle in found.unreachable)
    for finding in (*found.gaps, *found.overlaps, *found.unreachable):
        assert finding.explain("vi") != finding.explain("en")
    assert len(found.overlaps) == min(found.overlap_count, LISTED)
    assert found.explain("vi")
    return found


def _witness(finding: Finding) -> Any:
    assert finding.witness is not None
    return finding.witness


def _can_have(finding: Finding, variable: Any) -> bool:
    return variable.exists is None or variable.exists.truth(finding.witness) is not False


def pairs_of(found: Verification) -> set[tuple[int, ...]]:
    return {overlap.rules for overlap in found.overlaps}


def idle_in(found: Verification) -> set[int]:
    return {idle.rules[0] for idle in found.unreachable}


def check_against_solver(table: DecisionTable[Any]) -> None:
    found, solver = check_findings(table), Solver(table)
    assert bool(found.gaps) is solver.has_gap()
    assert pairs_of(found) == solver.overlaps()
    assert idle_in(found) == solver.unreachable()


@settings(max_examples=60)
@given(small_tables())
def test_a_solver_finds_the_same(table: DecisionTable[Any]) -> None:
    check_against_solver(table)


@pytest.mark.long
@given(small_tables(5, 8))
def test_a_solver_finds_the_same_in_a_long_run(table: DecisionTable[Any]) -> None:
    check_against_solver(table)


def check_one_by_one(table: DecisionTable[Any]) -> None:
    found = check_findings(table)
    gaps = 0
    met: set[tuple[int, ...]] = set()
    deciding: set[int] = set()
    for record in complete_records(table):
        truths = interpreter.truths(table, record)
        if interpreter.applies(table, record) is not True:
            continue
        true = [position for position, truth in enumerate(truths) if truth]
        met |= {(one, other) for one in true for other in true if one < other}
        deciding |= set(table.classify(record).rules)
        gaps += table.otherwise is None and not any(truth is not False for truth in truths)
    assert bool(found.gaps) is bool(gaps)
    assert pairs_of(found) == met
    assert idle_in(found) == set(range(len(table.rules))) - deciding


@settings(max_examples=60)
@given(small_tables(2))
def test_every_customer_one_by_one_shows_the_same(table: DecisionTable[Any]) -> None:
    assume(count_of(table) <= 500)
    check_one_by_one(table)


@pytest.mark.long
@given(small_tables(3, 6))
def test_every_customer_one_by_one_shows_the_same_in_a_long_run(table: DecisionTable[Any]) -> None:
    assume(count_of(table) <= 2_000)
    check_one_by_one(table)


@settings(max_examples=40)
@given(small_tables(2))
def test_the_gaps_hold_every_customer_whom_no_rule_meets(table: DecisionTable[Any]) -> None:
    assume(table.otherwise is None and 0 < count_of(table) <= 500)
    found = table.verify()
    assume(len(found.gaps) < LISTED)
    for record in complete_records(table):
        fails = [truth is False for truth in interpreter.truths(table, record)]
        missed = interpreter.applies(table, record) is True and all(fails)
        holding = [gap for gap in found.gaps if _holds(gap, record)]
        assert len(holding) == missed


def _holds(gap: Finding, record: Facts) -> bool:
    axes = gap._space.axes
    return all(
        mask >> axes[place].place(record.value(axes[place].variable.name)) & 1 for place, mask in gap._box.items()
    )


class TestWhatCanBe:
    def test_a_whole_number_has_nothing_between_five_and_six(self) -> None:
        assert wave_table(fact.age <= 5, fact.age >= 6, hit=HitPolicy.UNIQUE).verify().is_clean
        assert wave_table(fact.age < 6, fact.age > 5, hit=HitPolicy.UNIQUE).verify().is_clean

    def test_a_whole_number_left_out_is_a_gap(self) -> None:
        (gap,) = check_findings(wave_table(fact.age < 5, fact.age > 5)).gaps

        assert _witness(gap).age == 5
        assert gap.explain("en") == "No rule applies where the party is Person; the age is 5 years."
        assert gap.explain("vi") == "Không quy tắc nào áp dụng khi chủ thể là Cá nhân; tuổi là 5."

    def test_an_amount_has_something_between_any_two(self) -> None:
        close = [Decimal(1), Decimal("1.0000000000000000000000000000000000001")]
        (gap,) = check_findings(wave_table(fact.spend <= close[0], fact.spend >= close[1])).gaps

        assert close[0] < _witness(gap).spend < close[1]

    @pytest.mark.parametrize("cut", ["1E+30", "-1E+30", "1E+3999", "12345678901234567890123456789012345678.5"])
    def test_amounts_are_exact_however_large(self, cut: str) -> None:
        own = fact.custom("own", Decimal)
        constant = Decimal(cut)

        (below,) = check_findings(wave_table(own >= constant)).gaps
        (above,) = check_findings(wave_table(own <= constant)).gaps

        assert _witness(below).value("own") < constant < _witness(above).value("own")

    def test_a_callers_own_decimal_context_changes_nothing(self) -> None:
        own = fact.custom("own", Decimal)
        with localcontext(Context(prec=2, traps=[Inexact, Rounded])):
            (gap,) = wave_table(own <= Decimal("1.2345"), own >= Decimal("1.2346")).verify().gaps

        assert Decimal("1.2345") < _witness(gap).value("own") < Decimal("1.2346")

    @pytest.mark.parametrize("cut", [1e300, -1e300, 5e-324, 0.1])
    def test_neighbouring_floats_leave_no_gap_and_others_do(self, cut: float) -> None:
        own = fact.custom("own", float)
        after = math.nextafter(cut, math.inf)
        second = math.nextafter(after, math.inf)

        assert wave_table(own <= cut, own >= after, hit=HitPolicy.UNIQUE).verify().is_clean
        (gap,) = check_findings(wave_table(own <= cut, own >= second)).gaps
        assert _witness(gap).value("own") == after
        (below,) = check_findings(wave_table(own >= cut)).gaps
        assert _witness(below).value("own") < cut

    def test_the_largest_float_has_nothing_above_it(self) -> None:
        own = fact.custom("own", float)
        most = math.nextafter(math.inf, 0)

        assert wave_table(own <= most).verify().is_clean
        (idle,) = wave_table(own <= most, own > most).verify().unreachable
        assert idle.rules == (1,)

    def test_the_range_of_a_fact_is_closed(self) -> None:
        nps = fact.custom("nps", int, low=0, high=10)

        assert wave_table(nps <= 5, nps.between(6, 10), hit=HitPolicy.UNIQUE).verify().is_clean
        assert wave_table(fact.discounted_share <= 1.0).verify().gaps == ()
        (gap,) = wave_table(fact.discounted_share < 1.0).verify().gaps
        assert _witness(gap).discounted_share == 1.0

    def test_a_test_outside_the_range_is_never_met(self) -> None:
        found = wave_table(fact.age < 0, fact.age >= 0).verify()

        assert idle_in(found) == {0}
        assert found.unreachable[0].explain("en") == "Rule 1 never decides."
        assert found.unreachable[0].explain("vi") == "Quy tắc 1 không bao giờ quyết định."

    def test_labels_that_no_rule_names_are_a_gap(self) -> None:
        (gap,) = check_findings(wave_table(fact.gender == Gender.FEMALE, fact.gender == Gender.MALE)).gaps

        assert _witness(gap).gender is Gender.OTHER
        assert "the gender is none of Female, Male" in gap.explain("en")

    def test_texts_that_no_rule_names_are_a_gap(self) -> None:
        (gap,) = check_findings(wave_table(fact.occupation == "…", fact.occupation == "……")).gaps

        assert _witness(gap).occupation == "………"

    def test_ties_and_flags_are_exact(self) -> None:
        assert wave_table(fact.tie_bank, ~fact.tie_bank, hit=HitPolicy.UNIQUE).verify().is_clean
        (gap,) = check_findings(wave_table(fact.tie_bank & fact.has_need, ~fact.tie_bank)).gaps
        assert (_witness(gap).tie_bank, _witness(gap).has_need) == (True, False)

    def test_a_fact_without_a_value_is_no_gap_and_no_overlap(self) -> None:
        found = wave_table(
            (fact.purchase_count >= 1) & (fact.days_since_last_purchase <= 365),
            (fact.purchase_count >= 1) & (fact.days_since_last_purchase > 365),
            fact.purchase_count == 0,
            hit=HitPolicy.UNIQUE,
        ).verify()

        assert found.is_clean

    def test_nobody_bought_nothing_some_days_ago(self) -> None:
        impossible = (fact.purchase_count == 0) & (fact.days_since_last_purchase <= 365)

        assert idle_in(wave_table(impossible, hit=HitPolicy.COLLECT).verify()) == {0}

    def test_a_rule_without_a_value_holds_those_behind_it_up_for_good(self) -> None:
        behind = wave_table(fact.days_since_last_purchase <= 365, fact.purchase_count == 0)
        same = attrs.evolve(behind, rules=[when(rule.condition).then(EARLY) for rule in behind.rules])

        assert behind.classify(Facts(purchase_count=0)).outcome is Outcome.UNDETERMINED
        assert idle_in(behind.verify()) == {1}
        assert same.classify(Facts(purchase_count=0)).rules == (1,)
        assert idle_in(same.verify()) == set()

    def test_an_overlap_on_a_test_that_every_value_passes_has_a_witness_that_passes_it(self) -> None:
        (overlap,) = check_findings(wave_table(fact.purchase_count >= 0, fact.purchase_count >= 0)).overlaps

        assert _witness(overlap).purchase_count == 0
        assert overlap.explain("en") == "Rules 1 and 2 hold together for every customer."

    def test_a_fact_that_depends_on_a_fact_that_depends_on_another(self) -> None:
        table = wave_table(fact.mean_purchase_gap >= 90, fact.mean_purchase_gap < 90, given=fact.purchase_count >= 2)

        assert table.verify().is_clean


class TestScopeAndDefault:
    def test_an_otherwise_leaves_no_gap(self) -> None:
        assert wave_table(fact.age < 15, otherwise=NEVER).verify().gaps == ()

    def test_customers_of_whom_the_table_does_not_speak_are_no_gap(self) -> None:
        person = fact.party_kind == PartyKind.PERSON

        assert wave_table(fact.age >= 0, given=person).verify().is_clean
        assert wave_table(fact.age >= 0).verify().gaps == ()
        (gap,) = wave_table(fact.has_need, given=person).verify().gaps
        assert _witness(gap).party_kind is PartyKind.PERSON

    def test_rules_that_meet_only_where_the_table_does_not_apply_do_not_meet(self) -> None:
        table = wave_table(fact.age >= 15, fact.age <= 15, hit=HitPolicy.UNIQUE, given=fact.age != 15)

        assert table.verify().is_clean

    def test_a_table_that_applies_to_nobody_decides_nothing(self) -> None:
        found = wave_table(fact.age >= 15, given=~always).verify()

        assert (found.gaps, found.overlaps, idle_in(found)) == ((), (), {0})

    def test_a_table_without_rules_is_one_gap(self) -> None:
        (gap,) = wave_table().verify().gaps

        assert gap.explain("en") == "No rule applies for every customer."
        assert gap.explain("vi") == "Không quy tắc nào áp dụng với mọi khách hàng."

    def test_a_rule_behind_one_that_always_holds_never_decides(self) -> None:
        assert idle_in(wave_table(always, fact.age < 15).verify()) == {1}
        best = wave_table(fact.age < 15, always, hit=HitPolicy.PRIORITY, priority=[LATE, EARLY])
        assert idle_in(best.verify()) == {0}
        assert idle_in(wave_table(always, fact.age < 15, hit=HitPolicy.COLLECT).verify()) == set()


class TestConstruction:
    def test_a_unique_table_with_an_overlap_can_not_be_built(self) -> None:
        with pytest.raises(OverlapError, match="rules 1 and 2 are true together") as caught:
            wave_table(fact.age <= 15, fact.age >= 15, hit=HitPolicy.UNIQUE)

        assert caught.value.rules == (0, 1)
        assert caught.value.witness.age == 15

    def test_a_unique_table_may_not_even_agree_twice(self) -> None:
        agreeing = [when(fact.age <= 15).then(EARLY), when(fact.age >= 15).then(EARLY)]

        with pytest.raises(OverlapError):
            DecisionTable(name="wave", category=Wave, rules=agreeing, hit=HitPolicy.UNIQUE)
        assert (
            DecisionTable(name="wave", category=Wave, rules=agreeing, hit=HitPolicy.ANY).label(Facts(age=15)) is EARLY
        )

    def test_an_any_table_that_disagrees_can_not_be_built(self) -> None:
        rules = [
            when(fact.age <= 15).then(EARLY),
            when(fact.age <= 20).then(EARLY),
            when((fact.age >= 18) | fact.has_need).then(LATE),
        ]

        with pytest.raises(OverlapError) as caught:
            DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.ANY)
        assert caught.value.rules == (0, 2)
        assert all(rules[position].condition.truth(caught.value.witness) for position in caught.value.rules)

    @settings(max_examples=60)
    @given(small_tables(), st.sampled_from([HitPolicy.UNIQUE, HitPolicy.ANY]))
    def test_it_is_built_exactly_where_a_solver_finds_no_conflict(
        self, table: DecisionTable[Any], hit: HitPolicy
    ) -> None:
        loose = attrs.evolve(table, hit=HitPolicy.FIRST)
        rules = loose.rules
        conflicts = {
            pair
            for pair in Solver(loose).overlaps()
            if hit is HitPolicy.UNIQUE or rules[pair[0]].label != rules[pair[1]].label
        }
        if not conflicts:
            assert attrs.evolve(loose, hit=hit).is_proved
            return
        with pytest.raises(OverlapError) as caught:
            attrs.evolve(loose, hit=hit)
        assert caught.value.rules in conflicts
        assert all(rules[position].condition.truth(caught.value.witness) for position in caught.value.rules)

    @settings(max_examples=60)
    @given(small_tables())
    def test_the_recommended_policy_can_be_built_and_no_stricter_one_can(self, table: DecisionTable[Any]) -> None:
        loose = attrs.evolve(table, hit=HitPolicy.COLLECT)
        overlaps = Solver(loose).overlaps()
        agree = all(loose.rules[one].label == loose.rules[other].label for one, other in overlaps)
        expected = HitPolicy.UNIQUE if not overlaps else HitPolicy.ANY if agree else HitPolicy.FIRST

        assert loose.recommend_hit_policy() is expected
        attrs.evolve(loose, hit=expected)


class TestBudget:
    def test_what_the_budget_does_not_decide_is_said(self) -> None:
        found = _wide(HitPolicy.FIRST).verify(budget=0)

        assert found.undecided == ("gaps", "overlaps", "unreachable")
        assert (found.gaps, found.overlaps, found.overlap_count, found.unreachable) == ((), (), 0, ())
        assert found.disagreement is None
        assert not found.is_clean
        assert found.explain("en") == "Left undecided: gaps, overlaps, unreachable."
        assert found.explain("vi") == "Chưa kết luận được: gaps, overlaps, unreachable."

    def test_overlaps_too_many_to_be_paired_are_undecided(self) -> None:
        rules = [fact.has_need | fact.has_means] * 3

        assert "overlaps" in wave_table(*rules).verify(budget=0).undecided
        assert wave_table(*rules).verify().overlap_count == 3

    def test_a_table_that_is_not_decided_is_built_and_recommended_for_first(self) -> None:
        with mock.patch.object(Budget, "STEPS_PER_SECOND", 0):
            table = _wide(HitPolicy.UNIQUE)
            assert not table.is_proved
            assert table.recommend_hit_policy() is HitPolicy.FIRST

    @pytest.mark.parametrize("steps", range(0, 400, 7))
    def test_whatever_the_budget_nothing_wrong_is_said(self, steps: int) -> None:
        table = _wide(HitPolicy.FIRST)
        full = table.verify()
        found = table.verify(budget=steps / Budget.STEPS_PER_SECOND)

        assert bool(found.gaps) <= bool(full.gaps)
        assert pairs_of(found) <= pairs_of(full)
        assert idle_in(found) <= idle_in(full)
        for name in ("gaps", "overlaps", "unreachable"):
            assert name in found.undecided or len(getattr(found, name)) == len(getattr(full, name))

    def test_too_many_boxes_are_undecided(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(space, "MOST_BOXES", 3)
        monkeypatch.setattr(verification, "MOST_BOXES", 3)

        assert "overlaps" in _wide(HitPolicy.FIRST).verify().undecided
        many = wave_table(*(fact.age == age for age in range(4)))
        assert many.verify().undecided == ("overlaps", "unreachable")

    def test_at_most_a_hundred_findings_are_listed_and_all_overlaps_counted(self) -> None:
        ages = [fact.age == 2 * age for age in range(LISTED + 20)]
        found = wave_table(*ages, *ages, hit=HitPolicy.FIRST).verify()

        assert len(found.gaps) == 1
        assert len(found.overlaps) == LISTED
        assert found.overlap_count == LISTED + 20
        assert len(found.unreachable) == LISTED
        assert "… and 20 more pairs of rules." in found.explain("en")
        assert "… và 20 cặp quy tắc khác." in found.explain("vi")

    def test_at_most_a_hundred_gaps_are_listed(self) -> None:
        flags = [fact.has_need, fact.has_means, fact.taste_matches, fact.is_interested]
        cells = [(fact.age == 2 * age) & (fact.purchase_count == age) & flags[age % 4] for age in range(40)]
        found = wave_table(*cells).verify()

        assert len(found.gaps) == LISTED


def _wide(hit: HitPolicy) -> DecisionTable[Wave]:
    """Rules of which each is several boxes."""
    either = (fact.has_need | fact.has_means) & (fact.taste_matches | fact.is_interested)
    return wave_table(either & (fact.purchase_count < 5), either & (fact.purchase_count >= 5), hit=hit)


class TestWords:
    def test_a_finding_names_the_numbers_as_each_language_writes_them(self) -> None:
        table = wave_table(fact.spend < 2_500_000, fact.spend.between(2_500_000, 5_000_000, closed="right"))
        (gap,) = table.verify().gaps

        assert (
            gap.explain("en") == "No rule applies where the net spend is 2,500,000 or the net spend is over 5,000,000."
        )
        assert gap.explain("vi").endswith("chi mua thực là 2.500.000 hoặc chi mua thực trên 5.000.000.")

    def test_all_findings_are_said_a_line_each(self) -> None:
        found = wave_table(fact.age < 15, fact.age < 20, fact.age < 10).verify()

        assert found.explain("en").splitlines() == [
            "No rule applies where the party is Person; the age is at least 20 years.",
            "Rules 1 and 2 hold together where the party is Person; the age is at most 14 years.",
            "Rules 1 and 3 hold together where the party is Person; the age is at most 9 years.",
            "Rules 2 and 3 hold together where the party is Person; the age is at most 9 years.",
            "Rule 3 never decides.",
        ]

    def test_nothing_found_is_said_as_well(self) -> None:
        found = wave_table(fact.age >= 0).verify()

        assert found.is_clean
        assert found.explain("en") == "No gaps, overlaps or idle rules."
        assert found.explain("vi") == "Không có chỗ hở, chồng lấn hay quy tắc thừa."

    def test_an_unknown_language_is_an_error(self) -> None:
        found = wave_table(fact.age < 15).verify()

        for explain in (found.explain, found.gaps[0].explain):
            with pytest.raises(UnknownLanguageError):
                explain("fr")  # type: ignore[arg-type]  # refused

    def test_a_verification_and_its_findings_are_pickled(self) -> None:
        found = wave_table(fact.age < 15, fact.age < 20).verify()
        copy = pickle.loads(pickle.dumps(found.gaps[0]))

        assert copy == found.gaps[0]
        assert copy.explain("vi") == found.gaps[0].explain("vi")


# What the shipped tables leave without a label on purpose, by their own decisions in the domain document.
GAPS = {
    "benefit": {"never bought, and a test of a potential customer fails"},
    "personality": {"the highest scores are tied"},
    "contribution": {"brings nothing"},
    "customer_definition": {"a customer by none of the definitions"},
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_shipped_table_has_no_idle_rule_and_no_gap_but_the_deliberate_ones(table: DecisionTable[Any]) -> None:
    found = check_findings(table)

    assert found.unreachable == ()
    assert {_reason(table, gap) for gap in found.gaps} == GAPS.get(table.name, set())


def _reason(table: DecisionTable[Any], gap: Finding) -> str:
    seen = _witness(gap)
    match table.name:
        case "benefit":
            assert seen.purchase_count == 0
            assert False in (seen.has_need, seen.has_means, seen.taste_matches)
            return "never bought, and a test of a potential customer fails"
        case "personality":
            assert seen.leading_style == "tied"
            return "the highest scores are tied"
        case "contribution":
            assert not any(value for name, value in seen.known().items() if name.endswith("count"))
            assert seen.spend == 0
            return "brings nothing"
        case "customer_definition":
            assert seen.purchase_count == seen.campaign_count == 0
            return "a customer by none of the definitions"
        case _:
            return f"not deliberate: {gap.explain('en')}"
