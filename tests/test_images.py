"""The picture in the README shows what the library finds today."""

import xml.etree.ElementTree as ET
from pathlib import Path

from docs.images import moves
from tests.charts.reading import rows

from khachhang.rules.wording import number_text

README = Path(__file__).parents[1] / "README.md"
PICTURE = Path(moves.__file__).with_suffix(".svg")


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter() if each.tag.endswith("text")]  # noqa: S314  # our own


def test_the_file_shows_what_is_found_today(tmp_path: Path) -> None:
    file = tmp_path / "moves.svg"
    moves.chart().save(str(file))
    assert texts(PICTURE.read_text(encoding="utf-8")) == texts(file.read_text(encoding="utf-8"))


def test_its_figures_are_those_that_others_counted() -> None:
    # 23,570 customers; 8,350 of them bought within 365 days of 1998-06-30, so the others are former ones.
    moved = {(row["before"], row["after"]): row["customers"] for row in rows(moves.chart(), "before")}
    assert sum(moved.values()) == 23_570
    former = sum(customers for (_, after), customers in moved.items() if after == "Potential customer")
    assert 23_570 - former == 8_350


def test_the_readme_shows_it_and_tells_it_in_words() -> None:
    text = README.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if "(docs/images/moves.svg)" in line]
    for row in rows(moves.chart(), "before"):
        if row["before"] == "Occasional customer":
            assert number_text(row["customers"], "en") in line
