"""The check of the built documentation finds what it looks for, and the README's links lead somewhere too."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import khachhang as kh

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / ".ci" / "check_site.py"
problems = runpy.run_path(str(SCRIPT))["problems"]

GOOD = """<html><head><title>Khách hàng</title></head><body><h1 id="top">Khách <em>hàng</em></h1>
<a href="#top">up</a> <a href="other.html#there">on</a> <a href="folder/">in</a> <a href="https://example.org/x#y">out</a>
<img src="picture.svg" alt="Một biểu đồ"><svg><title></title></svg></body></html>"""
OTHER = "<html><head><title>T</title></head><body><h1>H</h1><p id='there'></p></body></html>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    for name, text in (("index.html", GOOD), ("other.html", OTHER), ("folder/index.html", OTHER), ("picture.svg", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_site_has_no_problems(site: Path) -> None:
    assert problems(site) == []
    run = subprocess.run([sys.executable, str(SCRIPT), str(site)], check=True, capture_output=True, text=True)  # noqa: S603  # our own
    assert run.stdout.startswith("every link leads somewhere")


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ("other.html#there", "gone.html", "index.html: gone.html leads nowhere"),
        ("other.html#there", "other.html#gone", "index.html: other.html#gone leads nowhere"),
        ("#top", "#gone", "index.html: #gone leads nowhere"),
        ('src="picture.svg"', 'src="gone.svg"', "index.html: gone.svg leads nowhere"),
        ("Một biểu đồ", " ", "index.html: the picture picture.svg has no text"),
        ("Một biểu đồ", "_images/picture.svg", "index.html: the picture picture.svg has no text"),
        ("<title>Khách hàng</title>", "", "index.html: there is no title"),
        ("h1", "h2", "index.html: there is no h1"),
    ],
)
def test_a_fault_is_found(site: Path, good: str, bad: str, problem: str) -> None:
    (site / "index.html").write_text(GOOD.replace(good, bad), encoding="utf-8")
    assert problem in problems(site)
    run = subprocess.run([sys.executable, str(SCRIPT), str(site)], check=False, capture_output=True, text=True)  # noqa: S603  # our own
    assert run.returncode == 1
    assert problem in run.stdout


def test_a_site_without_pages_is_none(tmp_path: Path) -> None:
    assert problems(tmp_path) == [f"{tmp_path}: there are no pages"]


@pytest.mark.parametrize("file", ["README.md", "CHANGELOG.md"])
def test_links_outside_of_the_site_lead_somewhere(file: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / file).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert links or file == "CHANGELOG.md"


def test_every_shipped_table_is_shown() -> None:
    page = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    functions = {name for name in kh.classifiers.__all__ if name.islower()} - {"bands", "is_customer"}
    assert set(re.findall(r"grid\(tables\.(\w+)\(", page)) == functions
