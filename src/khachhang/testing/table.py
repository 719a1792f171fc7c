"""The strategy for decision tables: any that can be built."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Predicate, Rule, always, when
from khachhang.rules._reading import check_category, handles
from khachhang.rules.predicate import And, Not
from khachhang.taxonomy import AgeBand, Benefit, Category, Standing, Words
from khachhang.taxonomy.category import make_category, term
from khachhang.testing import _vietnamese as words
from khachhang.testing._given import Given, check_options, check_size, chosen, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.rules.fact import Fact
    from khachhang.rules.variable import Variable

_FACTS = (
    fact.age, fact.purchase_count, fact.days_since_last_purchase, fact.discounted_share, fact.spend, fact.party_kind,
    fact.declared_capacity, fact.occupation, fact.has_need, fact.tie_bank,
)  # fmt: skip
_OWN = (
    fact.custom("nps", int, low=0, high=10, vi="điểm giới thiệu", en="the recommendation score"),
    fact.custom("tỷ lệ\n", float, low=-1.5, high=1.5),
    fact.custom("'''", Decimal, unit=Words("đồng", "dong")),
    fact.custom("${flag}", bool),
    fact.custom("\\", str),
)
_COUNTS = (0, 1, 2, 3, 5, 10, 15, 22, 50, 90, 365)
_REALS = (0.0, 0.1, 0.25, 0.5, 1.0)
_MONEY = tuple(Decimal(text) for text in ("0", "100000", "2500000", "20000000", "19.90"))
_HOSTILE_TEXTS = ("", "-", 'a "quoted" text', "hai\ndòng", "\\", "a,b", "🙂")


@cache
def _hostile_labels() -> type[Category]:
    codes = ('say "hi"', "two\nlines", "Khách thân thiết", "-", "not(true)", "back\\slash\\")
    return make_category(
        term('mood"; #', vi="Tâm trạng | <b>", en='Mood "quoted"'), tuple(term(code) for code in codes)
    )


def _constants(variable: Variable, *, hostile: bool) -> SearchStrategy[Any]:
    if variable.category is not None:
        return st.sampled_from(list(variable.category))
    texts = words.OCCUPATIONS + _HOSTILE_TEXTS if hostile else words.OCCUPATIONS
    some: dict[type, SearchStrategy[Any]] = {
        bool: st.booleans(), str: st.sampled_from(texts), int: st.sampled_from(_COUNTS),
        float: st.sampled_from(_REALS), Decimal: st.sampled_from(_MONEY),
    }  # fmt: skip
    more: dict[type, SearchStrategy[Any]] = {
        int: st.integers(-(10**20), 10**20),
        float: st.floats(allow_nan=False, allow_infinity=False),
        Decimal: st.decimals(-(10**12), 10**12, places=3),
    }
    return some[variable.type] | more[variable.type] if hostile and variable.is_number else some[variable.type]


@st.composite
def _leaves(draw: DrawFn, facts: Sequence[Fact[Any]], *, hostile: bool) -> Predicate:
    of = draw(st.sampled_from(facts))
    constants = _constants(of.variable, hostile=hostile)
    if not of.variable.is_number:
        one = of == draw(constants)
        some = of.is_in(draw(st.lists(constants, max_size=3)))
        tests: list[Predicate] = [one, one.negated(), some]
        return draw(st.sampled_from(tests))
    low, high = sorted([draw(constants), draw(constants)])
    closed: Any = draw(st.sampled_from(["both", "left", "right", "neither"]))
    between, among = of.between(low, high, closed), of.is_in([low, high])
    ordered: list[Predicate] = [of >= low, of < low, of <= low, of > low, of == low, of != low, between, among]
    return draw(st.sampled_from(ordered))


def _predicates(facts: Sequence[Fact[Any]], most: int, *, hostile: bool) -> SearchStrategy[Predicate]:
    simple = _leaves(facts, hostile=hostile) | st.just(always)
    return st.recursive(
        simple,
        lambda inner: (
            st.tuples(inner, inner, st.booleans()).map(lambda x: x[0] & x[1] if x[2] else x[0] | x[1])
            | inner.map(lambda one: ~one)
        ),
        max_leaves=most,
    )


def tables(
    *,
    hit: Given[HitPolicy] = ...,
    category: Given[type[Category]] = ...,
    facts: Sequence[Fact[Any]] | None = None,
    max_rules: int = 5,
    otherwise: Given[Category | None] = ...,
    given: Given[Predicate | None] = ...,
    priority: Given[Sequence[Category] | None] = ...,
    name: Given[str] = ...,
    source: Given[str] = "",
    hostile: bool = False,
) -> SearchStrategy[DecisionTable[Category]]:
    """Decision tables of every hit policy that can be built: under `UNIQUE` and `ANY` the rules keep the policy.

    Args:
        hit: This and every other field of `DecisionTable`: a value, a strategy, or ``...`` for what the kit makes.
        category: As for `hit`.
        facts: What the rules may ask for; None for some facts of every type.
        max_rules: The largest number of rules; there may be none.
        otherwise: As for `hit`.
        given: As for `hit`.
        priority: As for `hit`.
        name: As for `hit`.
        source: As for `hit`.
        hostile: Whether to mix in facts and labels whose names break what pastes them into a text, huge constants, and
            larger conditions.

    >>> from hypothesis import find
    >>> table = find(tables(hit=HitPolicy.UNIQUE), lambda table: len(table.rules) >= 2)
    >>> table.verify().overlap_count
    0
    """
    check_options("tables", hostile=hostile)
    check_size("tables", "max_rules", max_rules)
    asked = _given_facts(facts) if facts is not None else _FACTS + _OWN if hostile else _FACTS
    kinds: list[type[Category]] = [AgeBand, Benefit, Standing]
    drawn = {
        "hit": chosen(hit, st.sampled_from(HitPolicy)),
        "category": chosen(category, st.sampled_from([*kinds, _hostile_labels()] if hostile else kinds)),
        "name": chosen(name, st.sampled_from(["segment", 'x"""', "một bảng\n"] if hostile else ["segment"])),
        "source": chosen(source, st.nothing()),
    }
    most = 6 if hostile else 3

    @st.composite
    def table(draw: DrawFn) -> DecisionTable[Category]:
        fields = {field: draw(strategy) for field, strategy in drawn.items()}
        few = draw(st.lists(st.sampled_from(asked), min_size=1, max_size=4, unique_by=lambda one: one.name))
        check_category(fields["category"])
        labels = st.sampled_from(list(fields["category"]))
        conditions = draw(_conditions(fields["hit"], few, max_rules, most, hostile=hostile))
        rules = [when(condition).then(draw(labels)) for condition in conditions]
        if fields["hit"] is HitPolicy.ANY and rules:
            rules += draw(st.lists(st.sampled_from(rules), max_size=2).map(_narrower))
        fields["otherwise"] = draw(chosen(otherwise, st.none() | labels))
        fields["given"] = draw(chosen(given, st.none() | _predicates(few, 2, hostile=hostile)))
        fields["priority"] = draw(chosen(priority, st.none() | st.lists(labels, unique=True)))
        return DecisionTable(**fields, rules=rules)

    return table()


def _given_facts(given: Any) -> tuple[Fact[Any], ...]:
    known = tuple(given) if isinstance(given, Iterable) else given
    if not handles(known):
        raise wrong("tables", "facts", given, "has no fact in it", "give some, or None for any")
    return known


def _narrower(rules: list[Rule[Any]]) -> list[Rule[Any]]:
    """Rules for the same labels that hold where the given ones do, and a need does too."""
    return [when(rule.condition & fact.has_need).then(rule.label) for rule in rules]


@st.composite
def _conditions(
    draw: DrawFn, hit: HitPolicy, facts: Sequence[Fact[Any]], max_rules: int, most: int, *, hostile: bool
) -> list[Predicate]:
    simple = _predicates(facts, most, hostile=hostile)
    if hit is not HitPolicy.UNIQUE and hit is not HitPolicy.ANY:
        return draw(st.lists(simple, max_size=max_rules))
    count = draw(st.integers(0, max_rules))
    if draw(st.booleans()):
        made: list[Predicate] = []
        for _ in range(count):
            made.append(And((draw(_leaves(facts, hostile=hostile)), *(Not(before) for before in made))))
        return made
    pivot = draw(st.sampled_from(facts))
    parts = draw(_division(pivot, count, hostile=hostile))
    return [part & draw(simple) if draw(st.booleans()) else part for part in parts]


@st.composite
def _division(draw: DrawFn, pivot: Fact[Any], count: int, *, hostile: bool) -> list[Predicate]:
    """A division of what one fact can be, in at most so many parts."""
    constants = _constants(pivot.variable, hostile=hostile)
    some = sorted(draw(st.sets(constants, min_size=1, max_size=max(1, count))))
    if pivot.variable.is_number:
        inner = [pivot.between(low, high, closed="left") for low, high in pairwise(some)]
        return [pivot < some[0], *inner, pivot >= some[-1]][:count]
    return [*(pivot == one for one in some), pivot.is_in(some).negated()][:count]
