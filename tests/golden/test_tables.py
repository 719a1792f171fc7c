"""Every ready table in words, one file a table, so that a change of rules shows as a difference.

After a change that is meant, write the files anew and read what changed::

    KHACHHANG_WRITE_GOLDEN=1 python -m pytest tests/golden

Then the tests fail once, so that nobody runs them so by habit.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.golden.approved import check_text
from tests.strategies import MAKERS

from khachhang.rules.wording import predicate_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from khachhang.facts import DecisionTable

HERE = Path(__file__).parent


def lines_of(table: DecisionTable[Any]) -> Iterator[str]:
    yield f"{table.name}: {table.category.facet_title('vi')} / {table.category.facet_title('en')}"
    yield f"source: {table.source}"
    yield f"hit policy: {table.hit.value}"
    if table.given is not None:
        yield "given:"
        yield f"    vi: {predicate_text(table.given, 'vi')}"
        yield f"    en: {predicate_text(table.given, 'en')}"
    if table.priority is not None:
        yield f"priority: {', '.join(table.priority)}"
    yield f"otherwise: {table.otherwise or 'no label'}"
    for number, rule in enumerate(table.rules, start=1):
        yield ""
        yield f"{number}. {rule.label.value}"
        yield f"    vi: {predicate_text(rule.condition, 'vi')}"
        yield f"    en: {predicate_text(rule.condition, 'en')}"


@pytest.mark.parametrize(("name", "make"), MAKERS.items(), ids=MAKERS)
def test_a_table_is_as_it_was_read_and_approved(name: str, make: Callable[[], DecisionTable[Any]]) -> None:
    file = HERE / f"{name}.txt"
    text = "\n".join(lines_of(make())) + "\n"
    check_text(file, text)


def test_no_file_is_left_over() -> None:
    others = "".join(file.read_text(encoding="utf-8") for file in HERE.glob("test_*.py"))
    left = {file.stem for file in HERE.glob("*.txt")} - MAKERS.keys()
    assert [name for name in sorted(left) if f"{name}.txt" not in others] == []
