"""Random predicates, tables and records, on facts and labels whose names are as hostile as a user's can be.

`tables` makes tables that can be built: under `UNIQUE` no two rules are ever true together, and under `ANY` only
rules of one label are. `records` draws values near the constants of a table, so that both sides of every bound are
met.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang.errors import InvalidError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Predicate, Rule, always, when
from khachhang.rules.predicate import Among, And, Between, Comparison, Leaf, Not, Or
from khachhang.rules.variable import NUMBERS
from khachhang.taxonomy import Category, Words, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.rules.fact import Fact
    from khachhang.rules.variable import Value, Variable


class Mood(Category, vi="Tâm trạng | <b>", en='Mood "quoted"', facet='mood"); import os #'):
    """Labels whose codes and words break whatever pastes them into source text, markup or a cell."""

    QUOTED = term('say "hi"', vi="Nói “chào”", en='He said "hi"')
    LINES = term("two\nlines", vi="Hai\ndòng", en="Two\nlines")
    LOYAL = term("Khách thân thiết", vi="Khách thân thiết", en="Loyal | <script>alert(1)</script>")
    DASH = term("-", vi="—", en="-")
    CALL = term("not(true)", vi="**đậm**", en="[link](javascript:alert(1))")
    SLASH = term("back\\slash\\", vi="\\", en="`code`")


class Wave(Category):
    """A small label set of a user's own, for results and as the type of a fact."""

    EARLY = "early"
    LATE = "late"
    NEVER = "đừng bao giờ"


OWN_FACTS: tuple[Fact[Any], ...] = (
    fact.custom('x"); import os #', int, low=0, high=10, vi="điểm | giới thiệu", en="the <b>score</b>"),
    fact.custom("tỷ lệ\n", float, low=-1.5, high=Decimal("1.5")),  # type: ignore[call-overload]  # any number will do
    fact.custom("'''", Decimal, unit=Words("đồng", "dong")),
    fact.custom("${flag}", bool, vi="có cờ"),
    fact.custom("\\", str, en="the slash"),
    fact.custom("__class__", Mood),
)
"""Facts of a user's own, one of every type."""

FACTS: tuple[Fact[Any], ...] = (
    fact.age,
    fact.purchase_count,
    fact.days_since_last_purchase,
    fact.discounted_share,
    fact.last_score,
    fact.spend,
    fact.party_kind,
    fact.declared_capacity,
    fact.occupation,
    fact.has_need,
    fact.tie_bank,
    *OWN_FACTS,
)
"""One fact of the catalogue for every type and every kind of condition, and all of `OWN_FACTS`."""

_TEXTS = ["", "-", "bank", "not(true)", 'a "quoted" text', "hai\ndòng", "\\", "tiếng Việt", "a,b", "🙂", "\x00\x7f"]
_REALS = [0.0, 0.1, 0.25, 0.5, 1.0, 1e-07, -1.5]
_AMOUNTS = [Decimal(text) for text in ("0", "0.5", "1", "2.50", "1000000", "99999999999999999.999999")]


def values(variable: Variable) -> SearchStrategy[Any]:
    """Constants and values of a fact: mostly few and round, so that they meet each other."""
    if variable.category is not None:
        return st.sampled_from(list(variable.category))
    some: dict[type, SearchStrategy[Any]] = {
        bool: st.booleans(),
        str: st.sampled_from(_TEXTS) | st.text(max_size=4),
        int: st.integers(0, 12) | st.integers(-(10**20), 10**20),
        float: st.sampled_from(_REALS) | st.floats(allow_nan=False, allow_infinity=False),
        Decimal: st.sampled_from(_AMOUNTS) | st.decimals(-(10**12), 10**12, places=3),
    }
    return some[variable.type]


@st.composite
def leaves(draw: DrawFn, facts: Sequence[Fact[Any]] = FACTS) -> Predicate:
    """A test on one fact: a comparison, an interval, or a list of values."""
    of = draw(st.sampled_from(facts))
    constants = values(of.variable)
    ordered = of.type in NUMBERS
    kind = draw(st.sampled_from(["compare", "compare", "list", "between"] if ordered else ["compare", "list"]))
    if kind == "compare":
        sign: Any = draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="] if ordered else ["==", "!="]))
        return Comparison(of.variable, sign, of.variable.constant(draw(constants)))
    if kind == "between":
        low, high = sorted([draw(constants), draw(constants)])
        between: Predicate = of.between(low, high, closed=draw(st.sampled_from(["both", "left", "right", "neither"])))
        return between
    listed: Predicate = of.is_in(draw(st.lists(constants, max_size=3)))
    return listed.negated() if draw(st.booleans()) else listed


def predicates(facts: Sequence[Fact[Any]] = FACTS, max_leaves: int = 5) -> SearchStrategy[Predicate]:
    """Conditions of every shape: tests on `facts`, `always`, and what ``&``, ``|`` and ``~`` make of them."""
    simple = leaves(facts) | st.sampled_from([always, always.negated()])

    def joined(inner: SearchStrategy[Predicate]) -> SearchStrategy[Predicate]:
        pair = st.tuples(inner, inner)
        return (
            pair.map(lambda two: two[0] & two[1])
            | pair.map(lambda two: two[0] | two[1])
            | inner.map(lambda one: ~one)
            | st.lists(inner, max_size=3).map(lambda parts: And(tuple(parts)))
            | st.lists(inner, max_size=3).map(lambda parts: Or(tuple(parts)))
        )

    return st.recursive(simple, joined, max_leaves=max_leaves)


@st.composite
def _apart(draw: DrawFn, facts: Sequence[Fact[Any]], count: int) -> list[Predicate]:
    """Conditions of which never two are true together."""
    if draw(st.booleans()):
        made: list[Predicate] = []
        for one in draw(st.lists(predicates(facts, 3), min_size=count, max_size=count)):
            made.append(And((one, *(Not(before) for before in made))))
        return made
    pivot = draw(st.sampled_from(facts))
    more = st.none() | predicates(facts, 3)
    parts = draw(_parts_of(pivot, count))
    return [part if extra is None else part & extra for part, extra in ((part, draw(more)) for part in parts)]


@st.composite
def _parts_of(draw: DrawFn, pivot: Fact[Any], count: int) -> list[Predicate]:
    """A division of what one fact can be, into at most `count` parts."""
    constants = values(pivot.variable)
    if pivot.type in NUMBERS:
        cuts = sorted(draw(st.sets(constants, min_size=1, max_size=max(1, count - 1))))
        inner = [pivot.between(low, high, closed="left") for low, high in pairwise(cuts)]
        return [pivot < cuts[0], *inner, pivot >= cuts[-1]][:count]
    listed = sorted(draw(st.sets(constants, min_size=1, max_size=count)))
    cut = draw(st.integers(0, len(listed)))
    single = [pivot == value for value in listed[cut:]]
    return [pivot.is_in(listed[:cut]), *single, pivot.is_in(listed).negated()][:count]


@st.composite
def tables(
    draw: DrawFn,
    hit: HitPolicy | None = None,
    facts: Sequence[Fact[Any]] = FACTS,
    max_rules: int = 5,
    *,
    given: bool = True,
    max_leaves: int = 5,
) -> DecisionTable[Category]:
    """A decision table that can be built.

    Args:
        draw: Given by Hypothesis.
        hit: The hit policy; None for any.
        facts: What the rules may speak of.
        max_rules: The largest number of rules; a table may have none.
        given: Whether the table may have a condition of its own.
        max_leaves: How large a condition may be.
    """
    policy = draw(st.sampled_from(HitPolicy)) if hit is None else hit
    category: type[Category] = draw(st.sampled_from([Mood, Wave]))
    labels = st.sampled_from(list(category))
    few = draw(st.lists(st.sampled_from(facts), min_size=1, max_size=4, unique_by=lambda one: one.name))
    count = draw(st.integers(0, max_rules))
    made: list[Rule[Any]] = []
    if policy in (HitPolicy.UNIQUE, HitPolicy.ANY):
        apart = draw(_apart(few, count)) if count else []
        made = [when(condition).then(draw(labels)) for condition in apart]
        if policy is HitPolicy.ANY and made:
            again = draw(st.lists(st.sampled_from(made), max_size=2))
            made += [when(rule.condition & draw(leaves(few))).then(rule.label) for rule in again]
    else:
        conditions = draw(st.lists(predicates(few, max_leaves), max_size=count))
        made = [when(condition).then(draw(labels)) for condition in conditions]
    return DecisionTable(
        name=draw(st.sampled_from(["mood", "một bảng", 'x"""', "a|b\n"])),
        category=category,
        rules=draw(st.permutations(made)),
        hit=policy,
        otherwise=draw(st.none() | labels),
        given=draw(st.none() | predicates(few, 3)) if given else None,
        priority=draw(st.none() | st.lists(labels, unique=True)),
        source=draw(st.sampled_from(["", "Nguồn: “tài liệu”\n<b>"])),
    )


def _near(variable: Variable, constants: Iterable[Value]) -> list[Value]:
    """The constants of a table's tests on one fact and, for a number, what lies beside and between them."""
    found: list[Any] = list(dict.fromkeys(constants))
    if variable.is_number:
        found.sort()
        steps: dict[type, Any] = {int: 1, float: 0.125, Decimal: Decimal("0.001")}
        step = steps[variable.type]
        between = [variable.type((low + high) / 2) for low, high in pairwise(found)]
        ends = [end for end in (variable.low, variable.high) if end is not None]
        found += [*(one - step for one in found), *(one + step for one in found), *between, *ends]
        found = [one for one in found if variable.holds(one)]
    return list(dict.fromkeys(found))


def _constants(table: DecisionTable[Any]) -> dict[Variable, list[Value]]:
    found: dict[Variable, list[Value]] = {variable: [] for variable in table.variables}
    conditions = [rule.condition for rule in table.rules]
    for condition in conditions if table.given is None else [*conditions, table.given]:
        for leaf in condition.leaves():
            match leaf:
                case Comparison(constant=constant):
                    found[leaf.variable].append(constant)
                case Between(low=low, high=high):
                    found[leaf.variable] += [low, high]
                case Among(values=listed):
                    found[leaf.variable] += listed
                case _:
                    raise AssertionError(leaf)
    return found


def _possible(known: dict[str, Any]) -> Facts:
    """The record of these facts, without those that contradict others."""
    while True:
        try:
            return DecisionTable.vocabulary.record(known)  # type: ignore[return-value]  # the catalogue's record
        except InvalidError as error:
            wrong = {fault.field for fault in error.faults}
            known = {name: value for name, value in known.items() if name not in wrong}


@st.composite
def records(draw: DrawFn, table: DecisionTable[Any], *, complete: bool | None = None) -> Facts:
    """A record of the facts that a table asks for, near its constants.

    Args:
        draw: Given by Hypothesis.
        table: The table.
        complete: Whether every fact is known that can be known beside the others; None for any.
    """
    known: dict[str, Any] = {}
    for variable, constants in _constants(table).items():
        anything = values(variable)
        if variable.is_number:
            anything = anything.filter(variable.holds)
        near = _near(variable, constants)
        value = (st.sampled_from(near) | anything) if near else anything
        drawn = draw(value) if complete else draw(st.none() | value)
        if drawn is not None:
            known[variable.name] = drawn
    return _possible(known)


class Strange(Leaf):
    """A test of a kind that the library does not have."""

    constants = ()

    def test(self, value: Any) -> bool:
        return bool(value)

    def negated(self) -> Predicate:
        return self
