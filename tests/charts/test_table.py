"""The decision grid, with gaps and overlaps marked, as a picture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.charts.populations import AGES, Guest
from tests.charts.reading import Row, rows, specification, title

import khachhang as kh

bought = kh.fact.purchase_count
HOLED = kh.DecisionTable(
    name="guest",
    category=Guest,
    hit=kh.HitPolicy.FIRST,
    rules=[
        kh.when(bought >= 4).then(Guest.REGULAR),
        kh.when(bought.between(1, 5)).then(Guest.CASUAL),
        kh.when(bought >= 6).then(Guest.CASUAL),
    ],
)


def cells(table: kh.DecisionTable[kh.Category], **options: object) -> list[Row]:
    return rows(kh.charts.table(table, **options), "kind")  # type: ignore[arg-type]


def of_kind(found: list[Row], kind: str) -> list[tuple[int | None, str]]:
    return [(cell["rule"], cell["text"]) for cell in found if cell["kind"] == kind]


def test_a_clean_table_is_its_grid() -> None:
    found = cells(AGES, lang="vi")
    assert of_kind(found, "head") == [(None, "U"), (None, "tuổi"), (None, "Độ tuổi")]
    assert of_kind(found, "condition") == [(1, "< 15"), (2, "[15..22)"), (3, "[22..50]"), (4, "> 50")]
    assert of_kind(found, "label") == list(enumerate((label.label("vi") for label in kh.AgeBand), start=1))
    assert {cell["kind"] for cell in found} == {"head", "number", "condition", "label"}
    heading, notes = title(kh.charts.table(AGES, lang="en"))
    assert heading == "Age band (age_band), UNIQUE"
    assert " ".join(notes).startswith("Gaps: 0; pairs of rules that hold together: 0; rules that never decide: 0")


def test_gaps_overlaps_and_idle_rules_are_marked() -> None:
    found = cells(HOLED, lang="en")
    assert of_kind(found, "gap") == [(None, f"Gap: {HOLED.verify().gaps[0].explain('en')}")]
    assert of_kind(found, "mark") == [(None, "!")]
    assert of_kind(found, "overlap") == [(1, "2, 3"), (2, "1")]
    assert of_kind(found, "never") == [(3, "never decides")]
    filled = {cell["kind"]: cell["fill"] for cell in found if cell["fill"]}
    assert filled["mark"] == filled["never"] == "#D55E00"
    assert filled["overlap"] == "#FBE3BF"
    notes = title(kh.charts.table(HOLED))[1]
    assert " ".join(notes) == "Chỗ hở: 1; cặp quy tắc cùng đúng: 2; quy tắc không bao giờ quyết định: 1"


def test_where_several_labels_are_meant_an_overlap_is_no_notice() -> None:
    found = cells(kh.classifiers.contribution(), lang="en")
    overlaps = [cell for cell in found if cell["kind"] == "overlap"]
    assert overlaps
    assert {cell["fill"] for cell in overlaps} == {None}


def test_a_rule_of_several_rows_keeps_its_number() -> None:
    found = cells(kh.classifiers.relationship_type(), lang="en")
    internal = [text for rule, text in of_kind(found, "label") if rule == 6]
    assert internal == ["Internal customer"] * 5


def test_cells_lie_beside_each_other_and_words_fit() -> None:
    found = cells(kh.classifiers.benefit())
    tops = sorted({cell["top"] for cell in found})
    width = max(cell["right"] for cell in found)
    for top in tops:
        line = [cell for cell in found if cell["top"] == top]
        assert line[0]["left"] == 0
        assert line[-1]["right"] == pytest.approx(width, abs=1)
        assert all(one["right"] == other["left"] for one, other in pairwise(line))
        for cell in line:
            assert cell["lines"].split() == cell["text"].split()
            assert cell["first"] + 15 * cell["lines"].count("\n") < cell["bottom"]


def test_a_long_table_is_cut_and_says_so() -> None:
    far = [kh.when((bought == number) & (kh.fact.age == number)).then(Guest.REGULAR) for number in range(0, 200, 2)]
    table = kh.DecisionTable(name="even", category=Guest, rules=far)
    found = cells(table, lang="en")
    assert len(of_kind(found, "label")) == 60
    assert len(of_kind(found, "gap")) == 10
    assert of_kind(found, "more") == [(None, "… and 40 more rows"), (None, "… and 90 more gaps")]
    assert "Gaps: ≥ 100" in title(kh.charts.table(table, lang="en"))[1][0]


def test_a_long_text_is_shortened_in_its_cell_alone() -> None:
    far = [kh.when(bought == number).then(Guest.REGULAR) for number in range(0, 200, 2)]
    (gap,) = [cell for cell in cells(kh.DecisionTable(name="even", category=Guest, rules=far)) if cell["kind"] == "gap"]
    assert "199" in gap["text"]
    assert gap["lines"].count("\n") == 6
    assert gap["lines"].endswith("…")


def test_what_the_budget_does_not_suffice_for_is_said() -> None:
    notes = title(kh.charts.table(HOLED, lang="en", budget=0.0))[1]
    assert "Left undecided: gaps, unreachable" in " ".join(notes)


def test_the_grid_is_told_in_words() -> None:
    assert "1 | < 15 | Under 15" in specification(kh.charts.table(AGES, lang="en"))["description"]


def test_errors() -> None:
    with pytest.raises(kh.InvalidError, match="table: a value of type str is no decision table"):
        kh.charts.table("age_band")  # type: ignore[arg-type]
    with pytest.raises(kh.UnknownLanguageError, match="'fr'"):
        kh.charts.table(AGES, lang="fr")  # type: ignore[arg-type]
