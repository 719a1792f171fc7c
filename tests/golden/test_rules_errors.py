"""Every error that what can be said raises, word by word, below the call that raises it.

Other tests look for the part of a text that they are about; here each word of it was read and approved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from tests.golden.approved import approved, calls_of, check
from tests.rules.table_strategies import Mood, Wave
from tests.rules.test_document import WRONG
from tests.rules.test_document import nested as deep

import khachhang as kh
from khachhang.errors import KhachhangError
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, space
from khachhang.rules._place import ROOT
from khachhang.rules.fact import WholeFact
from khachhang.rules.predicate import And
from khachhang.rules.s_feel import parse
from khachhang.rules.variable import Variable
from khachhang.taxonomy import AgeBand, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

YOUNG, OLD = AgeBand.UNDER_15, AgeBand.OVER_50
AGED = WholeFact(Variable("age", int, label=Words("tuổi", "the age")))
"""A fact that only bears the name of one of the catalogue."""
FIFTEEN = {"fact": "age", "op": "<", "value": 15}


def table(*conditions: Any, **more: Any) -> DecisionTable[Any]:
    rules = [kh.when(condition).then(label) for condition, label in zip(conditions, list(AgeBand) * 9, strict=False)]
    arguments: dict[str, Any] = {"name": "ages", "category": AgeBand, "rules": rules, "hit": HitPolicy.FIRST, **more}
    return DecisionTable(**arguments)


def unproved(*conditions: Any, **more: Any) -> DecisionTable[Any]:
    """A table that is too large to be proved within the budget."""
    with mock.patch.object(space.Budget, "STEPS_PER_SECOND", 0):
        return table(*conditions, hit=HitPolicy.UNIQUE, **more)


def read(**more: Any) -> DecisionTable[Any]:
    facts = more.pop("handed", ())
    return DecisionTable.from_dict({**table(fact.age < 15).to_dict(), **more}, category=AgeBand, facts=facts)


def grid(*rows: Any, **more: Any) -> DecisionTable[Any]:
    arguments: dict[str, Any] = {"name": "ages", "category": AgeBand, "hit": HitPolicy.FIRST, **more}
    return DecisionTable.from_grid(rows, **arguments)


def cell(column: str, text: str) -> DecisionTable[Any]:
    return grid([column, "age_band"], [text, "under_15"])


def limited(name: str, limit: int, make: Callable[[], object]) -> None:
    with mock.patch(f"khachhang.rules.{name}", limit):
        make()


def nested(depth: int) -> Any:
    condition: Any = fact.age < 15
    for _ in range(depth):
        condition = And((condition,))
    return condition


NAMES: dict[str, Any] = {
    "deep": deep,
    "fact": fact,
    "kh": kh,
    "FIFTEEN": FIFTEEN,
    "OLD": OLD,
    "ROOT": ROOT,
    "YOUNG": YOUNG,
    "AGED": AGED,
}
NAMES |= {each.__name__: each for each in (cell, grid, limited, nested, parse, read, table, unproved)}
NAMES |= {each.__name__: each for each in (AgeBand, And, DecisionTable, HitPolicy, Mood, Wave)}

CALLS = r"""
# Constants
fact.age < "15"
fact.age == 15.5
fact.age == None
fact.age.is_in([14, "15"])
fact.age.between(15, "22")
fact.spend >= 0.1
fact.spend >= "mười"
fact.discounted_share > "0.5"
fact.has_need == 1
fact.occupation == 7
fact.gender == "male"
fact.gender == "man"
fact.gender != kh.Side.INTERNAL
fact.monthly_income >= "12 triệu"

# Comparisons
fact.gender < kh.Gender.MALE
fact.has_need >= True
fact.occupation.between("a", "b")
fact.age.between(15, 22, "open")
fact.age.between(22, 15)
fact.occupation.is_in("giáo viên")

# Facts of one's own
fact.custom("", int)
fact.custom(5, int)
fact.custom("nps", list)
fact.custom("nps", int, low="0")
fact.custom("nps", int, low=10, high=0)
fact.custom("wave", Wave, high=1)
fact.custom("nps", int, high=10) < "1"
fact.custom("nps", int, low=0, high=10) < "1"
fact.custom("nps", int) < "1"

# Values
fact.age.variable.value("15")
fact.age.variable.value(float("inf"))
fact.spend.variable.value("mười")
fact.age.variable.value(-1)
fact.spend.variable.value(0.5)
fact.gender.variable.value("man")
fact.monthly_income.variable.value("12 triệu")
fact.monthly_income.variable.value(-12)
(fact.custom("nps", int, low=0, high=10) >= 9).truth(kh.Facts(extra={"nps": 11}))

# Predicates and rules
bool(fact.age < 15)
(fact.age < 15) & True
(fact.age < 15) | fact.age
kh.when("persons")
kh.when(nested(50))
kh.when(fact.age < 15).then("under_15")

# Tables
table(name=" ")
table(category=str)
table(hit="unique")
table(rules="rules")
table(rules=[kh.when(fact.age < 15).then(YOUNG), YOUNG])
table(rules=[kh.when(fact.age < 15).then(YOUNG), kh.when(kh.always).then(kh.Side.INTERNAL)])
table(otherwise="over_50")
table(priority="over_50")
table(priority=["over_50"])
table(priority=[OLD, OLD])
table().rank("under_51")
table(given="persons")
table(fact.age < 15, fact.custom("nps", int) > 5, fact.custom("nps", float) > 5)
table(fact.age < 15, fact.age < 20, hit=HitPolicy.UNIQUE)
table(fact.age < 15).classify("nobody")
table(fact.age < 15).label("nobody")
table(fact.age < 15).explain(kh.Facts(age=3), "fr")
table(fact.age < 15).explain(kh.Facts(age=3), "en", why_not=kh.Side.INTERNAL)
table(fact.age < 15).verify().explain("fr")
unproved(fact.age < 15, fact.age < 20).classify(kh.Facts(age=3))
unproved(fact.age < 15, fact.age < 20, fact.age > 18).classify(kh.Facts(age=19))

# Paths
table(fact.age < 15).paths_to(kh.Side.INTERNAL, kh.Facts())
table(fact.age < 15).paths_to(YOUNG, kh.Facts(), changeable=5)
table(fact.age < 15).paths_to(YOUNG, kh.Facts(), changeable=[5])
table(fact.age < 15).paths_to(YOUNG, kh.Facts(), changeable=["age", "ages"])
table(fact.age < 15).paths_to(YOUNG, kh.Facts(), budget=0)
table(fact.age < 15).paths_to(YOUNG, kh.Facts(age=3))[0].explain("fr")

# Differences
table(fact.age < 15).diff("ages")
table(fact.age < 15).diff(table(fact.age < 16, name="older"), budget=0)
table(fact.custom("nps", int) > 5).diff(table(fact.custom("nps", float) > 5, name="older"))
table(fact.age < 15).diff(table(fact.age < 16))[0].explain("fr")

# Writing documents
table(rules=[kh.when(kh.always).then(YOUNG)] * 10_001).to_dict()
table(kh.always, name="n" * 10_001).to_dict()
table(fact.occupation == "a" * 10_001).to_dict()
table(fact.age.is_in(range(10_001))).to_dict()
table(fact.age.is_in([1, 10**300])).to_dict()
table((fact.age < 15) & (fact.age < 10**300)).to_dict()
limited("document.MAX_PARTS", 3, lambda: table(fact.age.is_in([1, 2, 3])).to_dict())
table(fact.age.between(10**300, 10**301)).to_dict()
table(kh.always, given=fact.age < 10**300).to_dict()
table(AGED > 5).to_dict()
table(AGED.is_in([5, 6])).to_dict()
table(AGED.between(5, 6)).to_dict()

# Reading documents
DecisionTable.from_dict({}, category=str)
read(handed="nps")
read(handed=["nps"])
read(handed=[fact.custom("nps", int), fact.custom("nps", str)])
read(facts=[{"name": "nps", "type": "int"}], handed=[fact.custom("nps", str)])
read(facts=[{"name": "wave", "type": "label"}], handed=[fact.custom("wave", Wave)])
read(facts=[{"name": "wave", "type": "label", "facet": "wave", "labels": ["early"]}], handed=[fact.custom("wave", Wave)])
read(facts=[{"name": "mood", "type": "label", "facet": "wave", "labels": []}], handed=[fact.custom("mood", Mood)])
read(rules=[{"condition": {"fact": "purchase_cout", "op": "<", "value": 15}, "label": "under_15"}])
limited("_reading.MAX_PARTS", 3, lambda: read(given={"fact": "age", "op": "in", "values": [1, 2, 3]}))
read(rules=[{"condition": FIFTEEN, "label": "under_15"}] * 10_001)
read(given=nested(5))
read(given=deep(51))
read(otherwise=["over_50"])
read(given={"fact": "age", "op": "in", "values": [1], "low": 1})
read(given={"fact": "age", "op": "between", "low": 1})
read(given={"fact": "n" * 99, "op": "==", "value": 1}, handed=[fact.custom("n" * 100, int), fact.custom("n" * 101, int)])
read(given={"fact": "n" * 100, "op": "==", "value": 1}, handed=[fact.custom("n" * 101, int)])
read(given={"fact": "n" * 101, "op": "==", "value": 1}, handed=[fact.custom("n" * 100, int)])
read(given={"fact": "age", "op": "in", "values": [1] * 10_001})

# Writing grids
table(fact.has_need | fact.has_means, hit=HitPolicy.UNIQUE).to_grid()
limited("grid.MAX_RULES", 3, lambda: table(*[(fact.age < 5) | fact.has_need] * 2).to_grid())
table(And(tuple(fact.custom(f"f{number}", bool) for number in range(1_001)))).to_grid()
limited("_boxes.MAX_BOXES", 3, lambda: table((fact.age < 5) | fact.has_need | (fact.spend > 5) | fact.has_means).to_grid())
table(fact.age < 15, given=fact.has_need, otherwise=OLD).to_grid()
table(fact.age < 3, fact.age > 5, (fact.age > 3) & fact.has_means, given=fact.has_need).to_grid()
limited("grid._MAX_ROWS_OF_GIVEN", 1, lambda: table(fact.age < 5, fact.age > 5, given=fact.has_need).to_grid())
table(fact.occupation.is_in([])).to_grid()
table(fact.occupation == "a" * 100_000).to_grid()
table(fact.age < 10**300).to_grid()
table(fact.age >= 10**300).to_grid()
table(fact.age == 10**300).to_grid()
table(fact.age != 10**300).to_grid()
table(fact.age.is_in([1, 10**300])).to_grid()
table(fact.age.between(0, 10**300)).to_grid()

# Reading grids
DecisionTable.from_grid([], name="ages", category=str)
grid(facts=["nps"])
grid()
DecisionTable.from_grid("age", name="ages", category=AgeBand)
grid(*[["age_band"]] * 10_002)
grid([])
grid(["age"])
grid(["agee", "age_band"])
grid(["zzzzzzzz", "age_band"])
grid(["age", "age", "age_band"])
grid(["age", "age_band"], "ab")
grid(["age", "age_band"], ["-"])
grid(["age", "age_band"], [5, "under_15"])
grid(["age", "age_band"], ["-", "young"])
grid(["age", "age_band"], ["-", '"young"'])
grid(["-"] * 1_002)
limited("grid.MAX_PARTS", 3, lambda: cell("age", "1,2,3,4"))

# Cells
grid(["age_band"], ['"under_15'])
cell("age", "2.5")
cell("age", "[5..1]")
cell("age", "[1..2.5]")
cell("age", "[1.5..2]")
cell("age", "< 2.5")
cell("age", "not(1,2.5)")
cell("has_need", "> true")
cell("occupation", "[1..2]")
cell("occupation", "5")
cell("party_kind", '"robot"')
cell("monthly_income", '"12345678"')
cell("age", "")
cell("age", "not 1")
cell("age", "not(1")
cell("age", "1 2")
cell("age", "[1,2]")
cell("age", "[1..2>")
cell("age", "?")
cell("age", ")")
cell("party_kind", "person")
cell("occupation", r'"\x"')
parse("1" * 100_001, ROOT["rows"])
"""

CALLS_OF = calls_of(CALLS)
DOCUMENTS = "# Documents, as they stand in `WRONG` of `tests/rules/test_document.py`"
TITLES = [*CALLS_OF, DOCUMENTS]
FILE = "rules_errors.txt"


def told(title: str) -> Iterator[str]:
    for call in CALLS_OF.get(title, ()):
        yield from ("", f">>> {call}", *error_of(call))
    for number, (document, *_) in enumerate(WRONG if title == DOCUMENTS else (), start=1):
        first, *more = error_of("DecisionTable.from_dict(document, category=AgeBand)", document=document)
        yield from (f"{number}. {first}", *more)


def error_of(call: str, **names: Any) -> list[str]:
    with pytest.raises((KhachhangError, ValueError)) as caught:
        eval(call, {**NAMES, **names})  # noqa: S307  # the calls that stand above
    return f"{type(caught.value).__name__}: {caught.value}".splitlines()


@pytest.mark.parametrize("title", TITLES)
def test_every_error_is_as_it_was_read_and_approved(title: str) -> None:
    check(FILE, TITLES, title, told)


def test_no_error_is_left_over() -> None:
    assert [*approved(FILE)] == TITLES
