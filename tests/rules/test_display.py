"""Tables as pictures of grids, in Markdown and HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from tests.rules.table_strategies import OWN_FACTS, Mood, tables

from khachhang import classifiers
from khachhang.errors import UnknownLanguageError
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, always, when
from khachhang.rules.predicate import And
from khachhang.taxonomy import AgeBand, Category, PartyKind

if TYPE_CHECKING:
    from khachhang.rules import Predicate
    from khachhang.taxonomy import Language


def table_of(*conditions: Predicate, **more: Any) -> DecisionTable[Any]:
    rules = [when(condition).then(AgeBand.UNDER_15) for condition in conditions]
    settings: dict[str, Any] = {"name": "ages", "category": AgeBand, "hit": HitPolicy.ANY, **more}
    return DecisionTable(rules=rules, **settings)


def cells(markdown: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in markdown.splitlines() if line.startswith("|")]


def cell_of(condition: Predicate, lang: Language) -> str:
    header, _, row = cells(table_of(condition).to_markdown(lang))
    assert len(header) == len(row) == 3
    return row[1]


class Page(HTMLParser):
    """The text of a page, cell by cell; its tags and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def test_a_table_is_shown_as_a_grid_in_words() -> None:
    table = classifiers.age_band()

    assert table.to_markdown("vi").splitlines()[:7] == [
        r"**Độ tuổi (age\_band)**",
        "",
        "| U | tuổi | Độ tuổi |",
        "| --- | --- | --- |",
        "| 1 | &lt; 15 | Dưới 15 tuổi |",
        r"| 2 | \[15..22) | Từ 15 đến dưới 22 tuổi |",
        r"| 3 | \[22..50\] | Từ 22 đến 50 tuổi |",
    ]
    assert "\n\nChỉ áp dụng khi chủ thể là Cá nhân.\n\nNguồn: " in table.to_markdown("vi")
    assert table.to_markdown() == table.to_markdown("en")
    assert "| U | the age (years) |" in table.to_markdown()


@pytest.mark.parametrize(("hit", "letter"), list(zip(HitPolicy, "UAFPC", strict=True)))
def test_the_letter_of_the_hit_policy_stands_in_the_corner(hit: HitPolicy, letter: str) -> None:
    assert cells(table_of(always, hit=hit).to_markdown())[0][0] == letter


@pytest.mark.parametrize(
    ("condition", "vi", "en"),
    [
        (fact.spend >= 2_500_000, "≥ 2.500.000", "≥ 2,500,000"),
        (fact.spend > "0.5", "&gt; 0,5", "&gt; 0.5"),
        (fact.spend <= 5, "≤ 5", "≤ 5"),
        (fact.spend == 5, "5", "5"),
        (fact.spend != 5, "không phải: 5", "not: 5"),
        (fact.spend.is_in([1, 1_000]), "1; 1.000", "1; 1,000"),
        (~fact.spend.between(1, 2), "&lt; 1; &gt; 2", "&lt; 1; &gt; 2"),
        (fact.spend.between(1, 2, closed="right"), "(1..2\\]", "(1..2\\]"),
        (fact.discounted_share < 0.25, "&lt; 25%", "&lt; 25%"),
        ((fact.spend < 1) | (fact.spend >= 1), "đã biết, bất kể là gì", "known, whatever it is"),
        (fact.spend.is_in([]), "không giá trị nào", "no value"),
        (fact.has_need, "có", "yes"),
        (~fact.has_need, "không", "no"),
        (fact.party_kind == PartyKind.PERSON, "Cá nhân", "Person"),
        (fact.party_kind != PartyKind.PERSON, "không phải: Cá nhân", "not: Person"),
        (fact.occupation.is_in(["a", "b"]), "“a”; “b”", "“a”; “b”"),
    ],
    ids=range(16),
)
def test_cells_are_words_as_the_language_writes_them(condition: Predicate, vi: str, en: str) -> None:
    assert (cell_of(condition, "vi"), cell_of(condition, "en")) == (vi, en)


def test_the_rows_of_one_rule_bear_its_number() -> None:
    table = table_of(fact.has_need | (fact.age < 5), ~always, always)

    assert cells(table.to_markdown())[2:] == [
        ["1", "yes", "-", "-", "Under 15"],
        ["1", "-", "&lt; 5", "-", "Under 15"],
        ["2", "-", "-", "never", "Under 15"],
        ["3", "-", "-", "-", "Under 15"],
    ]


def test_a_rule_that_fits_no_row_is_a_sentence() -> None:
    flags = [fact.custom(f"f{number}", bool, vi=f"có {number}", en=f"has {number}") for number in range(20)]
    pairs = [one | other for one, other in zip(flags[::2], flags[1::2], strict=True)]
    for count in (4, 10):
        table = table_of(fact.age < 5, And(tuple(pairs[:count])))
        header, _, first, second = cells(table.to_markdown())
        assert header == ["A", "the age (years)", "other conditions", "Age band"]
        assert first == ["1", "&lt; 5", "-", "Under 15"]
        assert second[:2] == ["2", "-"]
        assert second[2].startswith("(has 0 or has 1) and (has 2 or has 3)")
    assert "điều kiện khác" in table_of(And(tuple(pairs))).to_markdown("vi")
    assert len(cells(table_of(And(tuple(pairs[:3]))).to_markdown())) == 2 + 8


def test_what_stands_beside_the_rules_is_said_below_them() -> None:
    table = table_of(
        fact.age < 5,
        given=fact.has_need,
        otherwise=AgeBand.OVER_50,
        priority=[AgeBand.OVER_50, AgeBand.UNDER_15],
        source="a page",
    )

    assert table.to_markdown().split("\n\n")[2:] == [
        "Applies only where there is a need.",
        "Where no rule holds: Over 50.",
        "In order of priority: Over 50 &gt; Under 15.",
        "Source: a page",
    ]
    assert table.to_markdown("vi").split("\n\n")[2:4] == [
        "Chỉ áp dụng khi khách có nhu cầu.",
        "Không quy tắc nào đúng thì là: Trên 50 tuổi.",
    ]


def test_an_unknown_language_is_refused() -> None:
    wrong: Any = "fr"
    with pytest.raises(UnknownLanguageError):
        table_of(always).to_markdown(wrong)


def test_a_page_shows_both_languages() -> None:
    page = Page(classifiers.age_band()._repr_html_())

    assert page.rows[0] == ["U", "tuổi", "Độ tuổi"]
    assert page.rows[2] == ["2", "[15..22)", "Từ 15 đến dưới 22 tuổi"]
    assert page.rows[5][:2] == ["U", "the age (years)"]
    assert page.rows[6][:2] == ["1", "< 15"]
    assert "color:" not in classifiers.age_band()._repr_html_().replace("border-color:", "")
    assert "background" not in classifiers.age_band()._repr_html_()


def test_hostile_words_stay_words() -> None:
    score, _, _, flag, _, mood = OWN_FACTS
    table = DecisionTable(
        name="<img src=x onerror=alert(1)>|`*_[x](y)",
        category=Mood,
        rules=[when((score > 5) & flag & (mood == Mood.LOYAL)).then(Mood.CALL), when(always).then(Mood.LINES)],  # type: ignore[operator]  # a fact of any type
        hit=HitPolicy.FIRST,
        source="<script>\n\u202e",
    )
    markdown, html = table.to_markdown(), table._repr_html_()

    for shown in (markdown, html):
        assert "<script" not in shown
        assert "<img" not in shown
    header, _, first, second = cells(markdown)
    assert len(header) == len(first) == len(second) == 5
    assert first[-1] == r"\[link\](javascript:alert(1))"
    assert second[-1] == "Two lines"
    assert r"Loyal \| &lt;script&gt;" in markdown
    assert "\u202e" not in markdown
    assert Page(html).rows[0][1] == "điểm | giới thiệu"
    assert "Two\nlines" in Page(html).rows[5][-1]


@given(tables())
@settings(max_examples=40)
def test_every_table_is_shown_in_rows_of_one_width_without_foreign_markup(table: DecisionTable[Category]) -> None:
    for lang in ("vi", "en"):
        lines = [line.replace("\\|", "") for line in table.to_markdown(lang).splitlines() if line.startswith("|")]
        assert len({line.count("|") for line in lines}) == 1
        assert "<" not in table.to_markdown(lang)
    page = Page(table._repr_html_())
    assert page.tags <= {"div", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert page.attributes <= {"style"}
    assert {len(row) for row in page.rows} == {len(page.rows[0])}
