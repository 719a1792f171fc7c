"""The JSON Schemas of all documents in one readable file: what each holds, and the parts to which several refer.

A change shows as a difference of `schemas.txt`; write it anew as the tables are (see `test_tables.py`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.golden.approved import check_text

import khachhang as kh
from khachhang.codec import _register, _tables, document

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parent / "schemas.txt"


def lines() -> Iterator[str]:
    for cached in (document._known, document._quick, _register.form_of, _register._record, _tables._shipped):
        cached.cache_clear()  # all is made anew
    parts: dict[str, Any] = {}
    yield "# Documents"
    for kind in kh.codec.TYPES:
        made = kh.codec.schema(kind)
        for name, part in made.pop("$defs", {}).items():
            assert parts.setdefault(name, part) == part, f"{kind.__name__} and another type disagree on {name}"
        yield from block(kind.__name__, made)
    yield "\n# Parts"
    for name, part in sorted(parts.items()):
        yield from block(name, part)


def block(name: str, schema: dict[str, Any]) -> Iterator[str]:
    """A schema with a line for each of its properties."""
    yield f"\n{name}"
    yield from (f"    {key}: {written(value)}" for key, value in schema.items() if key != "properties")
    yield from (f"    . {key}: {written(value)}" for key, value in schema.get("properties", {}).items())


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_the_schemas_are_as_they_were_read_and_approved() -> None:
    text = "\n".join(lines()) + "\n"
    check_text(FILE, text)
