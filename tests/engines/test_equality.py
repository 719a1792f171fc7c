"""One meaning everywhere: generated tables and facts on every engine, against the interpreter."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.engines.arrow import table_of
from tests.engines.configurations import Engine, by_row
from tests.rules import table_strategies

import khachhang as kh
from khachhang.rules import interpreter

if TYPE_CHECKING:
    from khachhang.facts import DecisionTable, Facts

SAFE = table_strategies.FACTS
EXAMPLES = settings(max_examples=int(os.environ.get("EX", "12")), suppress_health_check=list(HealthCheck))


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


def assert_equal(engine: Engine, template: list[DecisionTable[Any]], records: list[Facts]) -> None:
    variables = {variable.name: variable for table in template for variable in table.variables}
    native = engine.make(table_of(records, variables.values()))
    found = by_row(engine.rows(kh.frames.classify(native, template, reasons=True)))
    for place, facts in enumerate(records):
        for table in template:
            for name, value in expected(table, facts).items():
                assert found[place][name] == value, (table, facts, name)


@EXAMPLES
@given(data=st.data())
def test_generated_tables_answer_as_the_interpreter_does(engine: Engine, data: st.DataObject) -> None:
    table = data.draw(table_strategies.tables(facts=SAFE))
    records = data.draw(st.lists(table_strategies.records(table), max_size=6))
    assert_equal(engine, [table], records)


@settings(EXAMPLES, max_examples=2)
@given(records=st.lists(strategies.facts(), min_size=12, max_size=12))
def test_the_shipped_tables_answer_as_the_interpreter_does(engine: Engine, records: list[Facts]) -> None:
    assert_equal(engine, list(strategies.TABLES), records)
