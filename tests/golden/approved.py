"""Readable files that were approved, as a whole or in sections: a title, and below it calls with what came of each.

After a change that is meant, write the files anew as those of the tables (see `test_tables.py`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent
WRITING = "KHACHHANG_WRITE_GOLDEN" in os.environ


def check_text(file: Path, text: str) -> None:
    """That a text is what was approved; or it is written, where that is asked for."""
    if WRITING:
        file.write_text(text, encoding="utf-8")
        pytest.fail(f"{file.name} was written: read what changed, and say in the CHANGELOG what others will see")

    assert text == file.read_text(encoding="utf-8")


def calls_of(text: str) -> dict[str, list[str]]:
    """For each title the calls that stand below it, one a line."""
    return {title: calls for title, *calls in (section.splitlines() for section in text.strip().split("\n\n"))}


def approved(name: str) -> dict[str, list[str]]:
    """For each title the lines that were approved, the title among them."""
    sections = (HERE / name).read_text(encoding="utf-8").removesuffix("\n").split("\n\n\n")
    return {lines[0]: lines for lines in map(str.splitlines, sections)}


def check(name: str, titles: Iterable[str], title: str, told: Callable[[str], Iterable[str]]) -> None:
    """That what is told below a title is what was approved; or all titles are written, where that is asked for."""
    if WRITING:
        check_text(HERE / name, "\n\n\n".join("\n".join([each, *told(each)]) for each in titles) + "\n")

    assert [title, *told(title)] == approved(name)[title]
