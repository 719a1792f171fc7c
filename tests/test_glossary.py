"""The glossary has every label and every fact. After a change of words: ``python tests/test_glossary.py``."""

from collections.abc import Iterator
from pathlib import Path

import khachhang as kh

PAGE = Path(__file__).parents[1] / "docs" / "glossary.md"
FACETS: list[type[kh.Category]] = [
    kh.Subject,
    kh.Benefit,
    kh.AgeBand,
    kh.RelationshipType,
    kh.Scope,
    kh.Side,
    kh.Engagement,
    kh.IncomeBand,
    kh.Personality,
    kh.FinancialTier,
    kh.Standing,
    kh.Contribution,
]


def glossary() -> str:
    """The whole page, from the label sets and the catalogue of facts."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Glossary · Bảng thuật ngữ"
    yield ""
    yield "Codes are stable for ever and stand in databases; words are for people. This page is made from the label"
    yield "sets and the catalogue of facts by `python tests/test_glossary.py`, and a test holds it to them."
    yield from _sets("Facets · Các cách phân loại", FACETS)
    yield from _sets("Other label sets · Các bộ nhãn khác", _others())
    yield from [
        "",
        "## Facts · Dữ kiện",
        "",
        "| code | Tiếng Việt | English | derivation |",
        "| --- | --- | --- | --- |",
    ]
    for fact in kh.fact:
        derivation = " ".join(fact.variable.derivation.split())
        yield f"| `{fact.name}` | {fact.label('vi')} | {fact.label('en')} | {derivation} |"


def _others() -> list[type[kh.Category]]:
    public = [getattr(kh, name) for name in kh.__all__]
    sets = [found for found in public if isinstance(found, type) and issubclass(found, kh.Category) and list(found)]
    return [found for found in sets if found not in FACETS]


def _sets(title: str, sets: list[type[kh.Category]]) -> Iterator[str]:
    yield from ["", f"## {title}"]
    for labels in sets:
        yield from ["", f"### {labels.facet_title('en')} · {labels.facet_title('vi')} (`{labels.facet()}`)", ""]
        yield from [labels.facet_definition("en"), "", labels.facet_definition("vi"), ""]
        yield from ["| code | Tiếng Việt | English |", "| --- | --- | --- |"]
        for label in labels:
            vi, en = (f"**{label.label(lang)}**: {label.definition(lang)}" for lang in ("vi", "en"))
            yield f"| `{label.value}` | {vi} | {en} |"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == glossary()


def test_every_facet_and_every_label_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(FACETS) == len(set(FACETS)) == 12
    for facet in FACETS:
        assert f"(`{facet.facet()}`)" in text
        for label in facet:
            assert f"| `{label.value}` | **{label.label('vi')}**: {label.definition('vi')} | " in text


def test_every_fact_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{fact.name}` | {fact.label('vi')} | {fact.label('en')} | " in text for fact in kh.fact)


if __name__ == "__main__":
    PAGE.write_text(glossary(), encoding="utf-8")
