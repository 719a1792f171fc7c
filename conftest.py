"""Collects the examples of README, docs and docstrings as tests."""

from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

_FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE
_pages = Sybil([PythonCodeBlockParser(doctest_optionflags=_FLAGS), SkipParser()], patterns=["*.md"])
_docstrings = Sybil([DocTestParser(_FLAGS)], path="src", patterns=["*.py"])

pytest_collect_file = (_pages + _docstrings).pytest()
