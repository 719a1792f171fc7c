"""The door to the room: imported when first used, and clear where it can not be."""

from __future__ import annotations

import subprocess
import sys

import pytest

import khachhang as kh


def run(code: str) -> str:
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # our own
    return made.stdout.strip()


def test_the_room_is_imported_when_it_is_first_used() -> None:
    code = """
import sys
import khachhang as kh
before = "narwhals" in sys.modules
print(before, kh.frames.classify.__name__, "narwhals" in sys.modules)
"""
    assert run(code) == "False classify True"


def test_no_engine_is_imported_by_it() -> None:
    code = """
import sys
import khachhang.frames
print(sorted({"pandas", "polars", "pyarrow", "duckdb", "dask", "ibis", "sqlframe", "pyspark"} & set(sys.modules)))
"""
    assert run(code) == "[]"


def test_without_narwhals_the_error_says_what_to_install() -> None:
    code = """
import sys
sys.modules["narwhals"] = None
import khachhang as kh
try:
    kh.frames
except kh.MissingExtraError as error:
    print(error)
"""
    assert run(code).splitlines() == [
        "khachhang.frames needs 'narwhals', which is not installed",
        "Hint: pip install 'khachhang[frames]'",
    ]


def test_another_missing_module_is_not_blamed_on_it() -> None:
    code = """
import sys
sys.modules["khachhang.frames.events"] = None
import khachhang as kh
try:
    kh.frames
except ModuleNotFoundError as error:
    print(type(error).__name__, error.name)
"""
    assert run(code) == "ModuleNotFoundError khachhang.frames.events"


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'khachhang' has no attribute 'frame'"):
        kh.frame  # type: ignore[attr-defined]  # the mistake under test
