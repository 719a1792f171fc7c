"""Generated code answers as the interpreter does, whatever the table and whatever is known."""

from __future__ import annotations

import pickle
import threading
import time
from decimal import Decimal
from functools import reduce
from itertools import cycle
from operator import or_
from typing import TYPE_CHECKING, Any
from unittest import mock

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.table_strategies import FACTS, OWN_FACTS, Mood, Wave, predicates, records, tables
from tests.strategies import TABLES, facts

from khachhang.errors import InvalidError, OverlapError, PredicateError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Outcome, Rule, _source, always, compilation, interpreter, when
from khachhang.rules.predicate import MAX_DEPTH, And, Not, Or, plain
from khachhang.rules.space import Budget
from khachhang.taxonomy import AgeBand, TieKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DataObject, SearchStrategy

    from khachhang.rules import Predicate


def outcome(answer: Callable[[], Any]) -> Any:
    """What a call returns, or the error that it raises, so that both can be compared."""
    try:
        return answer()
    except (InvalidError, OverlapError) as error:
        return type(error), error.args


def check_same(table: DecisionTable[Any], record: Facts) -> None:
    expected = outcome(lambda: interpreter.classify(table, record))
    assert outcome(lambda: table.classify(record)) == expected
    label, labels = (getattr(expected, name, expected) for name in ("label", "labels"))
    found = outcome(lambda: table.label(record))
    assert found is label or found == expected
    assert outcome(lambda: table.labels(record)) == labels


def any_records(table: DecisionTable[Any]) -> SearchStrategy[Facts]:
    """Records near the table's constants, some of them spoilt."""
    some = records(table)
    values = [True, 1.25, "no", 10**30, -1, Decimal("1e9")]
    names = [own.name for own in OWN_FACTS]
    wrong = st.tuples(some, st.sampled_from(names), st.sampled_from(values))
    return some | wrong.map(lambda made: made[0].changed({made[1]: made[2]}))


@given(st.data())
def test_generated_code_answers_as_the_interpreter_does(data: DataObject) -> None:
    table = data.draw(tables())
    for _ in range(4):
        check_same(table, data.draw(any_records(table)))


TIES = [fact.ties.has(kind) for kind in TieKind]
FLAGS = st.lists(st.sampled_from([*TIES, *(~tie for tie in TIES), fact.has_need]), min_size=1, max_size=5)
STANDING = st.dictionaries(st.sampled_from([f"tie_{kind}" for kind in TieKind]), st.sampled_from([True, False, None]))


@given(
    st.lists(FLAGS, min_size=1, max_size=4),
    st.sampled_from([HitPolicy.FIRST, HitPolicy.UNIQUE]),
    st.lists(st.tuples(st.booleans(), STANDING), min_size=1, max_size=6),
)
def test_booleans_that_records_pack_are_read_as_the_interpreter_reads_them(
    choices: list[list[Predicate]], hit: HitPolicy, known: list[tuple[bool, dict[str, Any]]]
) -> None:
    waves = cycle(Wave)
    rules = [when(reduce(or_, flags)).then(next(waves)) for flags in choices]
    try:
        table = DecisionTable(name="wave", category=Wave, rules=rules, hit=hit)
    except OverlapError:
        table = DecisionTable(name="wave", category=Wave, rules=rules[:1], hit=hit)
    for is_closed, ties in known:
        record = Facts(ties=()) if is_closed else Facts()
        check_same(table, record)
        check_same(table, record.changed(ties))
        check_same(table, pickle.loads(pickle.dumps(record.changed(ties))))


@pytest.mark.long
@given(st.data())
def test_generated_code_answers_as_the_interpreter_does_in_a_long_run(data: DataObject) -> None:
    table = data.draw(tables(max_rules=8, max_leaves=10))
    for _ in range(10):
        check_same(table, data.draw(any_records(table)))


def _undecided(table: DecisionTable[Any], hit: HitPolicy) -> DecisionTable[Any]:
    # Every rule twice as an alternative: a conjunction costs steps, so nothing is proved without a budget.
    rules = [when(rule.condition & (fact.has_need | ~fact.has_need)).then(rule.label) for rule in table.rules]
    with mock.patch.object(Budget, "STEPS_PER_SECOND", 0):
        return attrs.evolve(table, rules=rules, hit=hit)


@given(st.data(), st.sampled_from([HitPolicy.UNIQUE, HitPolicy.ANY]))
def test_an_unproved_table_answers_as_the_interpreter_does_errors_included(data: DataObject, hit: HitPolicy) -> None:
    loose = data.draw(tables(HitPolicy.FIRST))
    try:
        table = _undecided(loose, hit)
    except OverlapError:
        return
    for _ in range(4):
        check_same(table, data.draw(any_records(table)))


def test_two_true_rules_of_an_unproved_table_are_an_error_when_they_are_met() -> None:
    both = [when(fact.age >= 15).then(Wave.EARLY), when(fact.age >= 50).then(Wave.LATE)]
    loose = DecisionTable(name="wave", category=Wave, rules=both, hit=HitPolicy.FIRST)
    table = _undecided(loose, HitPolicy.UNIQUE)

    assert not table.is_proved
    assert table.label(Facts(age=20, has_need=True)) is Wave.EARLY
    with pytest.raises(OverlapError, match="rules 1 and 2 are true together") as caught:
        table.classify(Facts(age=60, has_need=True))
    assert caught.value.rules == (0, 1)


def test_two_true_rules_of_an_unproved_any_table_are_an_error_where_they_disagree() -> None:
    both = [when(fact.age >= 15).then(Wave.EARLY), when(fact.age >= 50).then(Wave.LATE)]
    loose = DecisionTable(name="wave", category=Wave, rules=[*both, *both], hit=HitPolicy.FIRST)
    table = _undecided(loose, HitPolicy.ANY)

    assert table.label(Facts(age=20, has_need=True)) is Wave.EARLY
    with pytest.raises(OverlapError):
        table.label(Facts(age=60, has_need=True))


@given(st.sampled_from(TABLES), facts())
def test_the_shipped_tables_answer_as_the_interpreter_does(table: DecisionTable[Any], record: Facts) -> None:
    check_same(table, record)


@pytest.mark.parametrize("hit", HitPolicy)
@pytest.mark.parametrize("otherwise", [None, Wave.NEVER])
@pytest.mark.parametrize("scope", [None, fact.has_need, always, always.negated()])
def test_constants_within_conditions_change_nothing(
    hit: HitPolicy, otherwise: Wave | None, scope: Predicate | None
) -> None:
    never = ~always
    conditions = [
        (fact.age < 15) & (always | never),
        (fact.age >= 15) & (never | (fact.age < 22)),
        (fact.age >= 22) & ~(always & never),
        never,
        And(()) & never,
        Or(()),
        And((Or((always,)), Or((fact.is_interested.is_in([]), never)))),
    ]
    rules = [when(condition).then(label) for condition, label in zip(conditions, list(Wave) * 3, strict=False)]
    table = DecisionTable(name="wave", category=Wave, rules=rules, hit=hit, otherwise=otherwise, given=scope)

    for age in (None, 14, 15, 21, 22, 50):
        for flag in (None, False, True):
            check_same(table, Facts(age=age, has_need=flag, is_interested=flag))


@pytest.mark.parametrize("constant", [10**15, -(10**400), 10**400])
def test_constants_may_be_huge(constant: int) -> None:
    own = fact.custom("own", int)
    table = DecisionTable(
        name="wave",
        category=Wave,
        rules=[when(own < constant).then(Wave.EARLY), when(own > constant).then(Wave.LATE)],
        hit=HitPolicy.FIRST,
        otherwise=Wave.NEVER,
    )

    for value, label in [(constant - 1, Wave.EARLY), (constant, Wave.NEVER), (constant + 1, Wave.LATE), (None, None)]:
        assert table.label(Facts(extra={"own": value})) is label


def test_a_number_that_is_not_a_number_is_not_known() -> None:
    share = fact.custom("share", float)
    table = DecisionTable(
        name="wave",
        category=Wave,
        rules=[when(share < 0.5).then(Wave.EARLY), when(share >= 0.5).then(Wave.LATE)],
        hit=HitPolicy.UNIQUE,
    )

    for nan in (float("nan"), Decimal("nan")):
        answer = table.classify(Facts(extra={"share": nan}))
        assert answer.outcome is Outcome.UNDETERMINED
        assert answer.missing == ("share",)


def test_a_wrong_value_of_a_users_own_fact_is_an_error_whichever_rule_decides() -> None:
    nps = fact.custom("nps", int, low=0, high=10)
    table = DecisionTable(
        name="wave",
        category=Wave,
        rules=[when(fact.age < 15).then(Wave.EARLY), when(nps >= 9).then(Wave.LATE)],
        hit=HitPolicy.FIRST,
    )

    for read in (table.classify, table.label, table.labels):
        with pytest.raises(InvalidError, match="nps: 11 is outside what can be"):
            read(Facts(age=10, extra={"nps": 11}))


def test_nothing_of_a_users_stands_in_the_source_text(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def spy(source: str, *more: Any) -> Any:
        seen.append(source)
        return compile(source, *more)

    monkeypatch.setattr(_source, "compile", spy, raising=False)
    conditions = [own == own.variable.constant(_some(own.type)) for own in OWN_FACTS]
    rules = [when(condition).then(label) for condition, label in zip(conditions, Mood, strict=True)]
    for hit in (HitPolicy.FIRST, HitPolicy.COLLECT):
        table = DecisionTable(name='x"); import os #', category=Mood, rules=rules, hit=hit, otherwise=Mood.LOYAL)
        assert table.label(Facts(extra={own.name: _some(own.type) for own in OWN_FACTS})) is Mood.QUOTED
        assert table.classify(Facts()).missing == tuple(own.name for own in OWN_FACTS)

    text = "\n".join(seen)
    assert len(seen) >= 4
    for hostile in ("import", "__", *(own.name for own in OWN_FACTS), *Mood):
        assert hostile not in text


def _some(kind: type[Any]) -> Any:
    found: dict[type[Any], Any] = {int: 9, float: 0.5, Decimal: Decimal("2.50"), bool: True, str: "'); import os #"}
    return found.get(kind, Mood.CALL)


def nested(depth: int) -> Predicate:
    made: Predicate = (fact.age < 15).node
    for level in range(depth - 1):
        made = Not(made) if level % 3 == 0 else (Or if level % 3 == 1 else And)((made, fact.has_need.node))
    return made


@pytest.mark.parametrize("hit", HitPolicy)
def test_conditions_may_stand_deep_in_one_another(hit: HitPolicy) -> None:
    table = DecisionTable(name="wave", category=Wave, rules=[when(nested(MAX_DEPTH)).then(Wave.EARLY)], hit=hit)

    for age in (None, 14, 15):
        for flag in (None, False, True):
            check_same(table, Facts(age=age, has_need=flag))
    assert table.explain(Facts(age=3), "vi")
    assert table.verify().undecided == ()
    assert pickle.loads(pickle.dumps(table)) == table
    assert hash(table)
    assert repr(table)


@pytest.mark.parametrize("deep", [nested(MAX_DEPTH + 1), nested(5_000)], ids=["one too deep", "far too deep"])
def test_conditions_too_deep_in_one_another_are_refused(deep: Predicate) -> None:
    makers: list[Callable[[], Any]] = [
        lambda: when(deep),
        lambda: Rule(deep, Wave.EARLY),
        lambda: DecisionTable(name="wave", category=Wave, rules=[], given=deep),
    ]
    for make in makers:
        with pytest.raises(PredicateError, match=f"conditions stand more than {MAX_DEPTH} deep in one another"):
            make()


def test_a_part_that_stands_in_many_places_is_looked_at_once() -> None:
    made: Predicate = (fact.age < 15).node
    for _ in range(MAX_DEPTH - 2):
        made = Or((made, made)) if isinstance(made, And) else And((made, made))

    with pytest.raises(PredicateError):
        when(And((Or((made, made)), fact.has_need.node, Not(Not(made)))))


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_thousands_of_rules_are_compiled_in_time_that_grows_as_their_number(count: int) -> None:
    rules = [
        when((fact.purchase_count >= at) & (fact.purchase_count < at + 1) & (fact.spend >= at)).then(
            list(AgeBand)[at % 4]
        )
        for at in range(count)
    ]
    table = DecisionTable(name="many", category=AgeBand, rules=rules, hit=HitPolicy.FIRST)
    start = time.process_time()

    assert table.label(Facts(purchase_count=count - 2, spend=count)) is AgeBand.FROM_22_TO_50
    assert table.classify(Facts(purchase_count=5)).missing == ("spend",)
    assert time.process_time() - start < count / 500


def test_a_table_is_pickled_after_use() -> None:
    for table in TABLES:
        before = [read(Facts()) for read in (table.classify, table.label, table.labels)]
        copy = pickle.loads(pickle.dumps(table))

        assert copy == table
        assert [read(Facts()) for read in (copy.classify, copy.label, copy.labels)] == before


def test_threads_may_race_for_the_first_use() -> None:
    record = Facts(age=31, purchase_count=6, days_since_last_purchase=40)
    for original in TABLES:
        table = pickle.loads(pickle.dumps(original))
        expected = interpreter.classify(table, record)
        gate = threading.Barrier(8)
        found: list[Any] = []

        def use(table: DecisionTable[Any] = table, gate: threading.Barrier = gate, found: list[Any] = found) -> None:
            gate.wait()
            found.append((table.classify(record), table.label(record)))

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert found == [(expected, expected.label)] * 8


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compilation, "_REMEMBERED", 3)
    flags = [fact.has_need, fact.has_means, fact.taste_matches]
    rules = [when(flag).then(label) for flag, label in zip(flags, Wave, strict=True)]
    table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.COLLECT)

    for need in (None, False, True):
        for means in (None, False, True):
            for taste in (None, False, True):
                check_same(table, Facts(has_need=need, has_means=means, taste_matches=taste))


def test_what_was_answered_is_not_judged_again_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compilation, "_REMEMBERED", 2)
    rules = [when(flag).then(label) for flag, label in zip([fact.has_need, fact.has_means], Wave, strict=False)]
    table = DecisionTable(name="wave", category=Wave, rules=rules, hit=HitPolicy.COLLECT)
    decided = [Facts(has_need=need, has_means=means) for need in (False, True) for means in (False, True)]
    for known in (decided, [Facts(), Facts(has_need=True), Facts(has_need=False), Facts(has_means=False)]):
        made = attrs.evolve(table)
        first, second, *later = map(made.classify, known)

        assert made.classify(known[0]) is first
        assert made.classify(known[1]) is second
        assert [made.classify(one) is answer for one, answer in zip(known[2:], later, strict=True)] == [False] * 2


@given(st.data())
def test_a_condition_is_true_false_or_open_as_its_plain_form_is(data: DataObject) -> None:
    condition = data.draw(predicates(FACTS, 8))
    table = DecisionTable(name="wave", category=Wave, rules=[when(condition).then(Wave.EARLY)], hit=HitPolicy.COLLECT)
    record = data.draw(records(table))

    assert condition.negated().truth(record) == (~condition).truth(record)
    assert plain(condition).truth(record) is condition.truth(record)


class Hollow:
    """A record by its looks, without the facts."""

    assumed: frozenset[str] = frozenset()

    def value(self, name: str) -> None:
        """Knows nothing."""


@pytest.mark.parametrize("hit", [HitPolicy.FIRST, HitPolicy.COLLECT])
def test_what_is_wrong_within_a_record_is_not_hidden(hit: HitPolicy) -> None:
    table = DecisionTable(name="wave", category=Wave, rules=[when(fact.age >= 15).then(Wave.EARLY)], hit=hit)

    with pytest.raises(AttributeError, match="age"):
        table.classify(Hollow())
    only_looks: Any = mock.Mock(spec=["value"])
    nothing: Any = None
    labels: Any = Wave.EARLY
    for wrong in (nothing, only_looks, labels):
        with pytest.raises(InvalidError, match="no record of facts"):
            table.classify(wrong)
