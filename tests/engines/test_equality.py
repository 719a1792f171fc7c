"""One meaning everywhere: generated tables and facts on every engine, against the interpreter."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.engines.arrow import table_of
from tests.engines.configurations import HAS_OLD_DUCKDB, PRESENT, Engine, by_row
from tests.rules import table_strategies

import khachhang as kh
from khachhang.facts.catalogue import VARIABLES
from khachhang.rules import interpreter
from khachhang.taxonomy.category import make_category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.facts import DecisionTable, Facts

OWN = (
    kh.fact.custom("nps", int, low=0, high=10),
    kh.fact.custom("ratio", float, low=-1.5, high=1.5),
    kh.fact.custom("gift", Decimal),
    kh.fact.custom("flag", bool),
    kh.fact.custom("chữ", str),
    kh.fact.custom("mood", table_strategies.Mood),
)
SAFE = (*(each for each in table_strategies.FACTS if not each.variable.is_custom), *OWN)
"""Facts whose names every engine takes: SQLFrame loses columns with spaces or quotation marks."""
EXAMPLES = settings(max_examples=12, suppress_health_check=list(HealthCheck))
FEW = settings(EXAMPLES, max_examples=4)


def expected(table: DecisionTable[Any], facts: Facts) -> dict[str, Any]:
    """The columns of one table's answer for one record, by the interpreter."""
    answer = interpreter.classify(table, facts)
    label = None if answer.label is None else answer.label.value
    made: dict[str, Any] = {table.name: label}
    rule: int | None = next(iter(answer.rules), None) if label is not None else None
    if table.hit is kh.HitPolicy.COLLECT:
        for member in table.category:
            open_ = None if member in answer.candidates else False
            made[f"{table.name}_{member.value}"] = True if member in answer.labels else open_
        own = [position for position in answer.rules if table.rules[position].label == answer.label]
        rule = next(iter(own), None)
    made[f"{table.name}_outcome"] = answer.outcome.value
    made[f"{table.name}_rule"] = rule
    return made


def assert_equal(
    engine: Engine, template: list[DecisionTable[Any]], records: list[Facts], assume: kh.Assumption | None = None
) -> None:
    variables = {variable.name: variable for table in template for variable in table.variables}
    native = engine.make(table_of(records, variables.values()))
    found = by_row(engine.rows(kh.frames.classify(native, template, assume, reasons=True)))
    for place, facts in enumerate(record.assuming(assume) for record in records):
        for table in template:
            for name, value in expected(table, facts).items():
                assert found[place][name] == value, (table, facts, name)


def test_generated_tables_answer_as_the_interpreter_does(engine: Engine) -> None:
    @(FEW if engine.is_slow else EXAMPLES)
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        table = data.draw(table_strategies.tables(facts=SAFE))
        if engine.name == "duckdb" and HAS_OLD_DUCKDB:
            assume(table.hit is not kh.HitPolicy.COLLECT)
        records = data.draw(st.lists(table_strategies.records(table), max_size=12))
        assert_equal(engine, [attrs.evolve(table, name="wave")], records)

    holds()


VALUES: dict[str, list[Any]] = {
    "nps": [0, 3, 4, 10], "ratio": [-1.5, 0.1, 0.25, 1.0], "gift": [Decimal("0.1"), Decimal(2), Decimal(5)],
    "flag": [True, False], "chữ": ["a", "", "b"], "mood": list(table_strategies.Mood)[:3],
}  # fmt: skip


def conditions() -> Iterator[kh.Predicate]:
    """Every kind of test on a fact of every type."""
    for of in OWN:
        one, two, *_ = VALUES[of.name]
        tests = [of == one, of != one, of.is_in([]), of.is_in([two]), of.is_in([one, two])]
        if of.variable.is_number:
            tests += [of < two, of <= two, of > two, of >= two]
            tests += [of.between(one, two, closed=closed) for closed in ("both", "left", "right", "neither")]
        yield from (each for test in tests for each in (test, ~test))


@pytest.mark.parametrize("assumed", ["nothing", "a value", "a value without a column"])
def test_every_kind_of_condition_is_true_false_or_open_as_for_one_object(engine: Engine, assumed: str) -> None:
    asked = list(conditions())
    category = make_category(kh.term("asked"), tuple(kh.term(f"c{place}") for place in range(len(asked))))
    rules = [kh.when(condition).then(label) for condition, label in zip(asked, category, strict=True)]
    table = kh.DecisionTable(name="asked", category=category, rules=rules, hit=kh.HitPolicy.COLLECT)
    names = [of.name for of in OWN]
    assume: dict[str, Any] = {} if assumed == "nothing" else {name: VALUES[name][1] for name in names}
    present = [] if "without" in assumed else OWN
    values: list[dict[str, Any]] = [dict.fromkeys(names)]
    if present:
        values = [dict(zip(names, row, strict=True)) for row in itertools.zip_longest(*VALUES.values())] + values
    native = engine.make(table_of([kh.Facts(extra=row) for row in values], (of.variable for of in present)))
    found = by_row(engine.rows(kh.frames.classify(native, [table], assume)))
    for place, row in enumerate(values):
        facts = kh.Facts(extra={name: assume.get(name) if value is None else value for name, value in row.items()})
        for number, condition in enumerate(asked):
            assert found[place][f"asked_c{number}"] is condition.truth(facts), (condition, facts)


def small_tables(hit: kh.HitPolicy, category: type[kh.Category]) -> Iterator[DecisionTable[Any]]:
    """The ways in which three rules, and what holds otherwise, can share labels."""
    nps, flag, scope = kh.fact.custom("nps", int), kh.fact.custom("flag", bool), kh.fact.custom("scope", bool)
    low = nps < 3
    apart = [flag & ~low, flag & low, ~flag & low]
    conditions = apart if hit in {kh.HitPolicy.UNIQUE, kh.HitPolicy.ANY} else [flag, ~low, flag | ~low]
    first, second, third = category
    shared = [(first, *more) for more in itertools.product((first, second), repeat=2)]
    shared += [(second, first, first), (third, second, first)]
    for number, (labels, otherwise, given_) in enumerate(itertools.product(shared, (None, first), (None, scope))):
        rules = [kh.when(condition).then(label) for condition, label in zip(conditions, labels, strict=True)]
        yield kh.DecisionTable(
            name=f"t{number}", category=category, rules=rules, hit=hit, otherwise=otherwise, given=given_
        )


@pytest.mark.parametrize(
    ("hit", "is_proved"),
    [*((hit, True) for hit in kh.HitPolicy), (kh.HitPolicy.UNIQUE, False), (kh.HitPolicy.ANY, False)],
    ids=lambda each: getattr(each, "name", "proved" if each else "unproved"),
)
def test_every_small_table_answers_as_the_interpreter_does(
    engine: Engine, hit: kh.HitPolicy, is_proved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = {"polars": 1, "pandas": 5}.get(engine.name, 11)
    tables = list(small_tables(hit, table_strategies.Wave))[::step]
    if not is_proved:
        monkeypatch.setattr(kh.DecisionTable, "is_proved", False)
    known: Any = itertools.product((1, 5, None), (True, False, None), (True, False, None))
    records = [kh.Facts(extra=dict(zip(("nps", "flag", "scope"), values, strict=True))) for values in known]
    variables = {variable.name: variable for table in tables for variable in table.variables}
    native = engine.make(table_of(records, variables.values()))
    told = by_row(engine.rows(kh.frames.classify(native, tables, reasons=True)))
    bare = by_row(engine.rows(kh.frames.classify(native, tables)))
    for (place, facts), table in itertools.product(enumerate(records), tables):
        for name, value in expected(table, facts).items():
            assert told[place][name] == value, (table, facts, name)
            assert name not in bare[place] or bare[place][name] == value, (table, facts, name)


@EXAMPLES
@given(data=st.data())
def test_so_they_do_whatever_facts_and_labels_are_called(data: st.DataObject) -> None:
    table = data.draw(table_strategies.tables())
    records = data.draw(st.lists(table_strategies.records(table), max_size=6))
    names = {"polars", "pandas", "pyarrow"} if HAS_OLD_DUCKDB else {"polars", "pandas", "pyarrow", "duckdb"}
    for engine in (each for each in PRESENT if each.name in names):
        assert_equal(engine, [table], records)


@pytest.mark.parametrize("assume", [None, kh.RECORDED_IS_ALL], ids=["as_known", "recorded_is_all"])
def test_the_shipped_tables_answer_as_the_interpreter_does(engine: Engine, assume: kh.Assumption | None) -> None:
    @settings(EXAMPLES, max_examples=1 if engine.is_slow else 2)
    @given(records=st.lists(strategies.facts(), min_size=24, max_size=24))
    def holds(records: list[Facts]) -> None:
        assert_equal(engine, list(strategies.TABLES), records, assume)

    holds()


def test_values_are_assumed_where_they_are_for_one_object(engine: Engine) -> None:
    counts = st.sampled_from(["purchase_count", "dealing_count", "bought_count", "days_since_last_dealing"])
    tables = [kh.classifiers.benefit(), kh.classifiers.standing()]

    @(settings(EXAMPLES, max_examples=1) if engine.is_slow else FEW)
    @given(
        records=st.lists(strategies.facts(), min_size=12, max_size=12),
        assume=st.dictionaries(counts, st.integers(0, 3), min_size=1),
    )
    def holds(records: list[Facts], assume: dict[str, int]) -> None:
        filled = [record.assuming(assume) for record in records]
        native = engine.make(table_of(records, VARIABLES.values()))
        found = by_row(engine.rows(kh.frames.classify(native, tables, assume, reasons=True)))
        for place, facts in enumerate(filled):
            for table in tables:
                for name, value in expected(table, facts).items():
                    assert found[place][name] == value, (table, records[place], name)

    holds()


@pytest.mark.parametrize(("known", "count"), [({"days_since_last_purchase": 4}, None), ({}, 0)])
def test_nothing_is_assumed_against_what_is_known(engine: Engine, known: dict[str, Any], count: int | None) -> None:
    bought = kh.fact.purchase_count == 0
    table = kh.DecisionTable(
        name="wave",
        category=table_strategies.Wave,
        rules=[kh.when(bought).then(next(iter(table_strategies.Wave)))],
    )
    record = kh.Facts(**known)
    native = engine.make(table_of([record], [VARIABLES["days_since_last_purchase"], VARIABLES["purchase_count"]]))
    (row,) = engine.rows(kh.frames.classify(native, [table], {"purchase_count": 0}, reasons=True))
    assert record.assuming({"purchase_count": 0}).purchase_count == count
    assert row["wave_outcome"] == ("undetermined" if count is None else "matched")


@pytest.mark.parametrize("kind", [pa.decimal128(6, 3), pa.decimal128(4, 1), pa.int16(), pa.float32()], ids=str)
def test_real_numbers_in_columns_of_other_types(engine: Engine, kind: Any) -> None:
    if engine.name == "dask" and pa.types.is_decimal(kind):
        pytest.skip("a NumPy-backed Dask table holds no decimals")
    ratio = kh.fact.custom("ratio", float)
    values = [Decimal(text) for text in ("0", "0.1", "0.3", "0.5", "1", "-1", "2")]
    plain = [value if pa.types.is_decimal(kind) else float(value) for value in values]
    whole = [int(value) for value in plain] if pa.types.is_integer(kind) else plain
    column = pa.array(whole, pa.float64() if pa.types.is_float32(kind) else kind).cast(kind)
    reals = [float(value) for value in column.to_pylist()]
    conditions = [(ratio < 0.1) | (ratio == 0.25), ratio == 0.3, (ratio > 0.3) & (ratio <= 1), ratio != 2.0]
    labels = list(table_strategies.Wave)[:2] * 2
    rules = [kh.when(condition).then(label) for condition, label in zip(conditions, labels, strict=True)]
    table = kh.DecisionTable(name="wave", category=table_strategies.Wave, rules=rules, hit=kh.HitPolicy.FIRST)
    native = engine.make(pa.table({"row": pa.array(range(len(reals)), pa.int64()), "ratio": column}))
    found = by_row(engine.rows(kh.frames.classify(native, [table], reasons=True)))
    for place, real in enumerate(reals):
        assert found[place]["wave_rule"] == next(iter(table.classify(kh.Facts(extra={"ratio": real})).rules), None)


NUMBERS = [
    *(getattr(pa, f"{sign}int{bits}")() for sign in ("", "u") for bits in (8, 16, 32, 64)), pa.float32(), pa.float64(),
]  # fmt: skip
ENDS = [0, -1, 128, 2**24 + 1, 2**31, *(2**bits + more for bits in (53, 63) for more in (-1, 0, 1, 2)), 2**64 - 1, 2**64,
        -(2**63), -(2**63) - 1, 10**30]  # fmt: skip


def held_by(kind: Any) -> list[float]:
    """The ends of a type of numbers, and where floats stop to be every whole number."""
    if pa.types.is_floating(kind):
        return [float(number) for number in ENDS] + [0.1, 1.5, -2.5]
    low = -(2 ** (kind.bit_width - 1)) if pa.types.is_signed_integer(kind) else 0
    high = low + 2**kind.bit_width - 1
    return sorted(number for number in {*ENDS, low, low + 1, high, high - 1} if low <= number <= high)


@cache
def parted_at_ends() -> list[tuple[int, DecisionTable[Any]]]:
    """Tables that part whole numbers, and real ones, at each of the ends."""
    return [
        (cut, kh.classifiers.bands(kh.fact.custom(name, type_), [type_(cut)], name=f"{name}_{place}"))
        for name, type_ in (("whole", int), ("real", float))
        for place, cut in enumerate(ENDS)
    ]


@pytest.mark.parametrize("assumed", [None, 2**53 + 1], ids=str)
@pytest.mark.parametrize("kind", NUMBERS, ids=str)
def test_numbers_at_the_ends_of_their_types(engine: Engine, kind: Any, assumed: int | None) -> None:
    if engine.name == "pyspark" and pa.types.is_unsigned_integer(kind):
        pytest.skip("Spark has no such type")
    is_float_there = engine.name.startswith("dask") and kind != pa.int64()
    if is_float_there and kind == pa.uint64():
        pytest.skip("there it is a float")
    exact = pa.float64() if pa.types.is_floating(kind) else kind
    column = pa.array([*held_by(kind), None], exact).cast(kind)
    native = engine.make(pa.table({"row": pa.array(range(len(column)), pa.int64()), "whole": column, "real": column}))
    if engine.name == "sqlframe" and pa.types.is_unsigned_integer(kind) and kind != pa.uint8():
        with pytest.raises(kh.InvalidError, match="its columns can not be read"):
            kh.frames.classify(native, [kh.classifiers.age_band()])
        return
    held = by_row(engine.rows(native))
    # In a column with what is assumed stand numbers of 64 bits.
    tables = [table for cut, table in parted_at_ends() if assumed is None or abs(cut) < 2**63]
    if assumed == 2**53 + 1 and (is_float_there or any(isinstance(row["whole"], float) for row in held.values())):
        with pytest.raises(kh.InvalidError, match="the value is beyond what a column of such numbers holds exactly"):
            kh.frames.classify(native, tables, {"whole": assumed})
        return
    filled = None if assumed is None else {"whole": assumed, "real": float(assumed)}
    found = by_row(engine.rows(kh.frames.classify(native, tables, filled)))
    for place, row in held.items():
        whole, real = (assumed if row[name] is None else row[name] for name in ("whole", "real"))
        record = kh.Facts()
        if whole is not None and real is not None:
            record = kh.Facts(extra={"whole": math.floor(whole), "real": float(real)})
        assert {table.name: found[place][table.name] for table in tables} == {
            table.name: table.label(record) for table in tables
        }
