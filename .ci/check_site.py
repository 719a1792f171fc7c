"""Looks through a built site: every internal link leads somewhere, no page lacks a title, no picture lacks a text.

python .ci/check_site.py HTML_FOLDER
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

SEARCH = Path("search.html")
"""Its heading is made in the browser."""


class Page(HTMLParser):
    """What one page holds of links, places to link to, titles and pictures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.pictures: list[tuple[str, str]] = []
        self.titles = {"title": "", "h1": ""}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.places |= {found[name] for name in ("id", "name") if name in found}
        self.links += [found[name] for name in ("href", "src") if name in found]
        if tag == "img":
            self.pictures.append((found.get("src", ""), found.get("alt", "")))
        if (tag in self.titles and not (tag == "title" and "svg" in self._open)) or tag == "svg":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in self.titles:
            self.titles[self._open[-1]] += data.strip()


def problems(site: Path) -> list[str]:
    """Everything that is wrong with a site, a line each."""
    pages = {file.resolve(): Page(file.read_text(encoding="utf-8")) for file in sorted(site.rglob("*.html"))}
    found: list[str] = [] if pages else [f"{site}: there are no pages"]
    for file, page in pages.items():
        name = file.relative_to(site.resolve())
        wanted = ["title"] if name == SEARCH else list(page.titles)
        found += [f"{name}: there is no {tag}" for tag in wanted if not page.titles[tag]]
        # The text of a picture is no file's name, which Sphinx writes where there is none.
        unsaid = [source for source, text in page.pictures if not text.strip() or text.endswith((".svg", ".png"))]
        found += [f"{name}: the picture {source} has no text" for source in unsaid]
        found += [f"{name}: {link} leads nowhere" for link in dict.fromkeys(page.links) if is_broken(link, file, pages)]
    return found


def is_broken(link: str, file: Path, pages: dict[Path, Page]) -> bool:
    """Whether a link within the site leads to no file, or to no place in its page."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return True
    return bool(parts.fragment) and target in pages and unquote(parts.fragment) not in pages[target].places


if __name__ == "__main__":
    wrong = problems(Path(sys.argv[1]))
    print("\n".join(wrong) or "every link leads somewhere, every page has a title, every picture a text")
    sys.exit(bool(wrong))
