"""Numbers in columns of every type, compared with constants near all that the type can hold: as plain numbers are."""

from __future__ import annotations

import math
import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from khachhang.classifiers import bands
from khachhang.facts import fact
from khachhang.frames import classify
from khachhang.frames.column import Column
from khachhang.frames.entry import enter
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import expression

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def whole(bits: int, *, signed: bool) -> list[int]:
    """The ends of a type of whole numbers, and some between."""
    low = -(2 ** (bits - 1)) if signed else 0
    return [low, low + 1, 1, 2, low + 2**bits - 2, low + 2**bits - 1]


COLUMNS: list[tuple[Any, list[Any]]] = [
    *((getattr(pl, f"Int{bits}"), whole(bits, signed=True)) for bits in (8, 16, 32, 64, 128)),
    (pl.Int64, [2**53 + more for more in range(-2, 6)]),
    *((getattr(pl, f"UInt{bits}"), whole(bits, signed=False)) for bits in (8, 16, 32, 64)),
    (pl.Decimal(2, 0), [Decimal(text) for text in ("-99", "-98", "0", "1", "98", "99")]),
    (pl.Decimal(3, 1), [Decimal(text) for text in ("-99.9", "-99", "-0.1", "0", "0.1", "0.3", "99.8", "99.9")]),
    (pl.Decimal(38, 2), [Decimal(text) for text in ("-0.01", "0.01", "0.1", "1", f"{10**36 - 1}.99")]),
    (pl.Float32, [-0.5, 0.0, 0.1, 0.5, 1.0, 1.5, 16777216.0]),
    (pl.Float64, [-0.5, 0.0, 0.1, 0.5, 1.0, 1.5, 2.0**40]),
]
KINDS: dict[type, Callable[[Any], Any]] = {int: math.floor, float: float, Decimal: Decimal}


def constants(kind: type, held: Any, step: Any) -> list[Any]:
    """A value as the fact has it, and what lies next to it."""
    if kind is int:
        return [math.floor(held) + more for more in (-1, 0, 1)]
    if kind is float:
        real = float(held)
        return [-1e300, math.nextafter(real, -math.inf), real, math.nextafter(real, math.inf), 1e300]
    return [Decimal(held) - step, Decimal(held) - step / 2, Decimal(held), Decimal(held) + step / 2]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(("dtype", "values"), COLUMNS, ids=str)
def test_every_comparison_is_that_of_the_numbers(dtype: Any, values: list[Any], kind: type) -> None:
    table = pl.DataFrame({"x": pl.Series(values, dtype=dtype, strict=False)})
    held = table["x"].to_list()  # a narrower float is not what was given
    variable = fact.custom("x", kind).variable
    frame = as_frame(table, "test", "table")
    entry = enter(frame, spare_names(frame), [variable], "test")
    column = entry.columns["x"]
    assert isinstance(column, Column)
    step = Decimal(1).scaleb(-(column.scale or 0))
    near = [constant for value in held for constant in constants(kind, value, step)]
    cases = [(sign, constant) for sign in SIGNS for constant in near]
    asked = {
        str(place): expression(column.ordered(variable, sign, constant)) for place, (sign, constant) in enumerate(cases)
    }
    found: Any = entry.frame.with_columns(**asked)
    for place, (sign, constant) in enumerate(cases):
        expected = [SIGNS[sign](KINDS[kind](value), constant) for value in held]
        assert found[str(place)].to_list() == expected, (sign, constant)


@pytest.mark.parametrize(
    ("held", "cuts"),
    [
        *((held, [int(held) + more for more in range(-2, 4)]) for held in (2.0**53, 2.0**53 + 2, -(2.0**54), 2.0**60)),
        (1e308, [10**400, -(10**400)]),
    ],
)
def test_floats_that_are_not_every_whole_number_are_compared_with_each(held: float, cuts: list[int]) -> None:
    given: Any = pl.DataFrame({"x": [held]})
    for cut in cuts:
        table = bands(fact.custom("x", int), [cut], name="own")
        assert classify(given, [table])["own"].to_list() == ["x_2" if held >= cut else "x_1"]
