"""What the library answers to wrong calls: every message in full, one file a package, as in a session of Python.

A call is a line of the file itself. Write a new one there, let the answers be written anew (see `test_tables.py`), and
read them: does each say what is wrong, where, and the cure?
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.golden.approved import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = sorted((Path(__file__).parent / "errors").glob("*.txt"))


def played(text: str) -> str:
    """A session with its answers given anew."""
    names: dict[str, Any] = {"__name__": "session"}
    return "\n\n".join("\n".join(answered(part, names)) for part in re.split(r"\n\n+(?=>>> |# )", text.strip())) + "\n"


def answered(part: str, names: dict[str, Any]) -> Iterator[str]:
    lines = [line for line in part.splitlines() if line.startswith(("# ", ">>> ", "... "))]
    yield from lines
    code = "\n".join(line[4:] for line in lines if not line.startswith("#")) + "\n"
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(code, "session", "single"), names)  # noqa: S102  # it stands in a file of ours
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the answer
        yield f"{type(error).__name__}: {error}"
    else:
        yield from said.getvalue().splitlines()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_wrong_call_is_answered_as_it_was_read_and_approved(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    check_text(file, played(text))


def test_no_package_of_the_core_is_without_a_session() -> None:
    assert {"classifiers", "codec", "facts", "taxonomy"} <= {file.stem for file in FILES}
