"""Mutation testing counts what it should: which spots are mutants, what is told of them, and what is too little."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
script = runpy.run_path(str(ROOT / ".ci" / "mutation.py"))
Mutant, Figure = script["Mutant"], script["Figure"]

SOURCE = '''"""A module."""
from __future__ import annotations
from functools import cache
LEAST = 1 + 2
Words: TypeAlias = str | None
if TYPE_CHECKING:
    DAYS = 3

class Shop:
    """Tiệm."""

    @cache
    def names(self, *given: int | str, **more: int) -> list[str] | None:
        def inner(tên: int | None = None) -> int:
            return tên or 1
        return [*given, inner(**more) * 2]

    def sold(
        self,
    ) -> int:  # pragma: no cover  # the ordinary tests do without
        return 1 - 2

    def bought(self, kind: str) -> int:
        match kind:
            case "dask":  # pragma: no cover  # the same
                return 1 / 2
            case _:
                return 1 % 2
'''


@pytest.fixture
def code(tmp_path: Path) -> Any:
    file = tmp_path / "src" / "khachhang" / "rules" / "shop.py"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE, encoding="utf-8")
    return script["Code"](file)


def spot(text: str) -> tuple[int, int]:
    """The place of a text in the source: its row from 1, its column from 0."""
    before = SOURCE[: SOURCE.index(text)].splitlines(keepends=True)
    return len(before), len(before[-1]) if not before[-1].endswith("\n") else 0


@pytest.mark.parametrize(
    ("operator", "text", "is_changed"),
    [
        ("core/ReplaceBinaryOperator_Add_Sub", "+ 2", True),
        ("core/ReplaceBinaryOperator_Mul_Add", "* 2", True),
        ("core/ReplaceBinaryOperator_Mul_Add", "*given, inner", False),
        ("core/ReplaceBinaryOperator_Pow_Add", "**more)", False),
        ("core/ReplaceBinaryOperator_BitOr_Add", "| None\nif", False),
        ("core/ReplaceBinaryOperator_BitOr_Add", "| str,", False),
        ("core/ReplaceBinaryOperator_BitOr_Add", "| None:", False),
        ("core/ReplaceBinaryOperator_BitOr_Add", "| None = None", False),
        ("core/ReplaceBinaryOperator_Sub_Add", "- 2", False),
        ("core/ReplaceBinaryOperator_Div_Add", "/ 2", False),
        ("core/ReplaceBinaryOperator_Mod_Add", "% 2", True),
        ("core/ReplaceOrWithAnd", "or 1", True),
        ("core/NumberReplacer", "3\n", False),
        ("core/NumberReplacer", "1 + 2", True),
        ("core/RemoveDecorator", "@cache", False),
    ],
)
def test_what_nothing_follows_from_is_no_mutant(code: Any, operator: str, text: str, is_changed: bool) -> None:
    assert code.is_changed(operator, spot(text)) is is_changed


def test_a_mutant_is_in_its_outermost_function(code: Any) -> None:
    assert code.where(spot("1 + 2")[0]) == "rules/shop.py"
    assert code.where(spot('"""Tiệm')[0]) == "rules/shop.py: Shop"
    assert code.where(spot("@cache")[0]) == code.where(spot("or 1")[0]) == "rules/shop.py: Shop.names"


def test_a_difference_is_what_was_and_what_is_now() -> None:
    lines = ["--- a", "+++ b", "@@ -1,2 +1,1 @@", " kept", "-    was = 1", "-  and this", "+    now = 2"]
    assert script["changed"](lines) == ("was = 1\nand this", "now = 2")


def figure(*outcomes: str, total: int | None = None, floor: int = 95, equivalent: Any = ()) -> Any:
    mutants = [Mutant("rules/shop.py", f"line {number}", "", outcome) for number, outcome in enumerate(outcomes)]
    return Figure("rules", "mutmut", floor, mutants, total or len(mutants), dict.fromkeys(equivalent, "why"))


def test_a_figure_says_how_many_of_how_many() -> None:
    mine = figure(
        *["killed"] * 37, "timeout", "survived", "no tests", total=90, equivalent=[("rules/shop.py", "line 39", "")]
    )
    *survivors, last = mine.lines()

    assert survivors == ["rules/shop.py (survived)\n    - line 38"]
    assert last == (
        "figure: mutation, rules, mutmut: 97.4 % of 39 mutants killed (at least 95); 40 of 90 tried, 1 without an end, "
        "1 equivalent"
    )


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (figure(*["killed"] * 94, *["survived"] * 6), "below its floor"),
        (figure(*["killed"] * 95, *["survived"] * 5, floor=96), "below its floor"),
        (figure(*["killed"] * 149, total=151), "too few were tried"),
        (figure("killed", equivalent=[("rules/shop.py", "line 0", "")]), "listed as equivalent, but killed"),
    ],
    ids=["floor", "own floor", "few", "killed"],
)
def test_what_does_not_do_is_said(made: Any, fault: str) -> None:
    (found,) = made.faults()
    assert found.startswith(fault)


def test_what_does_has_no_faults() -> None:
    assert not list(figure(*["killed"] * 95, *["survived"] * 5).faults())
    assert not list(figure(*["killed"] * 150, total=5_000).faults())


@pytest.mark.parametrize("package", tomllib.loads((ROOT / ".ci" / "mutation.toml").read_text(encoding="utf-8")))
def test_what_is_listed_as_equivalent_is_in_the_code_and_has_its_reason(package: str) -> None:
    listed = script["equivalents"](package)

    assert not list(script["left_over"](listed, []))
    assert all(why.strip() for why in listed.values())


def test_what_is_no_line_of_the_code_is_left_over() -> None:
    listed = {("taxonomy/category.py: term", "no such line", ""): "why", ("taxonomy/none.py", "x", "y"): "why"}
    assert len(list(script["left_over"](listed, []))) == 2
