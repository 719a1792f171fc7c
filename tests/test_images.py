"""The picture in the README shows what the library finds today."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Literal

import pytest
from docs.images import moves
from tests.charts.reading import rows

import khachhang as kh
from khachhang.rules.wording import number_text

ROOT = Path(__file__).parents[1]


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter() if each.tag.endswith("text")]  # noqa: S314  # our own


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_file_shows_what_is_found_today(lang: Literal["vi", "en"], tmp_path: Path) -> None:
    file = tmp_path / "moves.svg"
    moves.chart(lang).save(str(file))
    assert texts(moves.FILES[lang].read_text(encoding="utf-8")) == texts(file.read_text(encoding="utf-8"))


def test_its_figures_are_those_that_others_counted() -> None:
    # 23,570 customers; 8,350 of them bought within 365 days of 1998-06-30, so the others are former ones.
    moved = {(row["before"], row["after"]): row["customers"] for row in rows(moves.chart("en"), "before")}
    assert sum(moved.values()) == 23_570
    former = sum(customers for (_, after), customers in moved.items() if after == "Potential customer")
    assert 23_570 - former == 8_350


@pytest.mark.parametrize(
    ("page", "link", "lang"),
    [
        ("README.md", "docs/images/moves.svg", "en"),
        ("docs/index.md", "images/moves.svg", "en"),
        ("docs/README.vi.md", "images/moves.vi.svg", "vi"),
    ],
)
def test_a_page_shows_it_and_tells_it_in_words(page: str, link: str, lang: Literal["vi", "en"]) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    (told,) = re.findall(rf"!\[([^]]+)\]\({re.escape(link)}\)", text)
    occasional = kh.Benefit.WALK_IN.label(lang)
    for row in rows(moves.chart(lang), "before"):
        if row["before"] == occasional:
            assert number_text(row["customers"], lang) in told
