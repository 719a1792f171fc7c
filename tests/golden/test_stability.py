"""What others build on: public names, stored codes, fact names and format versions, in one readable file.

A change shows as a difference of `stability.txt` and asks for an entry in the CHANGELOG. Write it anew as the tables are
(see `test_tables.py`).
"""

from __future__ import annotations

import importlib
import inspect
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from tests.golden.approved import check_text

import khachhang as kh
from khachhang import taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
FILE = HERE / "stability.txt"
ROOMS = ("", ".advice", ".charts", ".classifiers", ".codec", ".frames", ".identity", ".names", ".testing")


def lines() -> Iterator[str]:
    yield "# Public names"
    for room in ROOMS:
        found = importlib.import_module(f"khachhang{room}")
        yield from (f"khachhang{room}.{name}{arguments(getattr(found, name))}" for name in sorted(found.__all__))
    ready = {name: getattr(kh.templates, name) for name in dir(kh.templates)}
    yield from (f"khachhang.templates.{name}" for name, one in ready.items() if isinstance(one, kh.Template))
    yield "\n# Attributes and methods of public classes"
    for room in ROOMS:
        found = importlib.import_module(f"khachhang{room}")
        public = {name: getattr(found, name) for name in sorted(found.__all__)}
        yield from (line for name, one in public.items() if inspect.isclass(one) for line in members(name, one))
    yield "\n# Stored codes"
    for name in sorted(taxonomy.__all__):
        category = getattr(taxonomy, name)
        if isinstance(category, type) and issubclass(category, kh.Category) and category is not kh.Category:
            yield f"{category.facet()}: {', '.join(category)}"
    yield "\n# Facts"
    for fact in kh.fact:
        variable = fact.variable
        ends = [f" {word} {end}" for word, end in (("from", variable.low), ("to", variable.high)) if end is not None]
        yield f"{fact.name}: {fact.type.__name__}{''.join(ends)}"
    yield "\n# Format versions"
    yield f"decision table: {kh.classifiers.age_band().to_dict()['version']}"
    yield f"document of the codec: {kh.codec.FORMAT}"


def arguments(found: object) -> str:
    """The names of a callable's arguments; those of classes and functions are what users write."""
    is_called = inspect.isfunction(found) or (inspect.isclass(found) and not issubclass(found, (Enum, Exception)))
    if not is_called or getattr(found, "_is_protocol", False):
        return ""
    parameters = inspect.signature(found).parameters.values()  # type: ignore[arg-type]  # it is called
    return f"({', '.join(str(one).partition(':')[0].partition('=')[0].strip() for one in parameters)})"


def members(name: str, found: type) -> Iterator[str]:
    """What instances of a class offer; what stands in another section is left out."""
    told = set(vars(kh.Category)) if issubclass(found, kh.Category) and found is not kh.Category else set()
    told |= {fact.name for fact in kh.fact} if found is kh.Facts else set(getattr(found, "__members__", ()))
    own = {place for one in found.__mro__ if one.__module__.startswith("khachhang") for place in vars(one)}
    for place in sorted(place for place in own - told if place.isascii() and not place.startswith("_")):
        member = inspect.getattr_static(found, place)
        called = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
        yield f"{name}.{place}{arguments(called)}"


def test_what_others_build_on_is_as_it_was_read_and_approved() -> None:
    text = "\n".join(lines()) + "\n"
    check_text(FILE, text)
