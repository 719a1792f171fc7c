"""Collects the examples of README, docs and docstrings as tests."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

_FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE
_pages = Sybil([PythonCodeBlockParser(doctest_optionflags=_FLAGS), SkipParser()], patterns=["*.md"])
_docstrings = Sybil([DocTestParser(_FLAGS)], path="src", patterns=["*.py"])


def _left_out_without(package: str, page: str) -> Sybil:
    """A page whose examples are skipped, and said to be, where the extra `dev-frameworks` is not installed."""

    def setup(_namespace: dict[str, Any]) -> None:
        pytest.importorskip(package, reason=f"{package} is not installed: pip install -e '.[dev-frameworks]'")

    return Sybil([], filenames={page}, setup=setup)


_frameworks = [
    _left_out_without("django", "django.md"),
    _left_out_without("fastapi", "fastapi.md"),
    _left_out_without("sklearn", "scikit_learn.md"),
    _left_out_without("sqlalchemy", "sqlalchemy.md"),
]
pytest_collect_file = SybilCollection([*_frameworks, _pages, _docstrings]).pytest()
