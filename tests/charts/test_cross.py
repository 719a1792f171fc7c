"""Two facets at once, as a picture."""

from __future__ import annotations

import polars as pl
import pytest
from tests.charts.populations import AGES, GUEST, profiles
from tests.charts.reading import rows, title

import khachhang as kh

TABLE = pl.DataFrame(
    {"side": ["internal", "external", "external", None], "standing": ["active", "active", "former", "active"]}
)


def test_each_pair_has_a_cell_in_label_order() -> None:
    cells = rows(kh.charts.cross(TABLE, "side", kh.Standing, lang="en"), "row")
    assert [(cell["row"], cell["column"], cell["customers"]) for cell in cells] == [
        ("Internal", "Active customer", 1), ("Internal", "Former customer", 0),
        ("Internal", "Prospect", 0), ("Internal", "Not a customer", 0),
        ("External", "Active customer", 1), ("External", "Former customer", 1),
        ("External", "Prospect", 0), ("External", "Not a customer", 0),
        ("Undetermined, or no label applies", "Active customer", 1),
        ("Undetermined, or no label applies", "Former customer", 0),
        ("Undetermined, or no label applies", "Prospect", 0),
        ("Undetermined, or no label applies", "Not a customer", 0),
    ]  # fmt: skip
    assert [cell["text"] for cell in cells][:2] == ["1\n25%", "0\n0%"]


def test_both_facets_say_how_many_are_undetermined() -> None:
    heading, notes = title(kh.charts.cross(TABLE, "side", "standing"))
    assert heading == " / ".join([kh.Side.facet_title("vi"), kh.Standing.facet_title("vi")])
    assert notes[0].endswith(": 4 khách hàng; chưa xác định hoặc không thuộc nhãn nào: 1 (25%)")
    assert notes[1].endswith(": 4 khách hàng; chưa xác định: 0 (0%)")


def test_profiles_cross_too() -> None:
    people = profiles(8, 60, None, template=[AGES, GUEST])
    cells = rows(kh.charts.cross(people, "age_band", "guest", lang="en"), "row")
    found = {(cell["row"], cell["column"]): cell["customers"] for cell in cells if cell["customers"]}
    assert found == {
        ("Under 15", "Undetermined"): 1,
        ("Over 50", "Undetermined"): 1,
        ("Undetermined", "Undetermined"): 1,
    }


def test_one_with_several_labels_counts_in_several_cells() -> None:
    flags = {f"contribution_{label.value}": [label.rank < 2] for label in kh.Contribution}
    cells = rows(kh.charts.cross(pl.DataFrame(flags | {"side": ["internal"]}), kh.Contribution, "side"), "row")
    assert [cell["customers"] for cell in cells] == [1, 0, 1, 0, *[0] * 10]


def test_nobody_is_a_picture_too() -> None:
    assert {cell["share"] for cell in rows(kh.charts.cross([], "side", "standing"), "row")} == {0.0}


def test_long_words_are_in_lines_and_none_is_cut() -> None:
    table = pl.DataFrame({"side": ["internal"], "scope": ["community"]})
    cells = rows(kh.charts.cross(table, "side", "scope"), "row")
    assert {cell["lines"].replace("\n", " ") for cell in cells} == {label.label("vi") for label in kh.Scope}
    assert any("\n" in cell["lines"] for cell in cells)


def test_errors() -> None:
    with pytest.raises(kh.UnknownNameError, match="'colour'"):
        kh.charts.cross(TABLE, "side", "colour")
    with pytest.raises(kh.InvalidError, match="the table has no column benefit"):
        kh.charts.cross(TABLE, "side", "benefit")
    with pytest.raises(kh.UnknownLanguageError, match="'de'"):
        kh.charts.cross(TABLE, "side", "standing", lang="de")  # type: ignore[arg-type]
