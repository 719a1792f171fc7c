"""Seeing what a classifier does while it answers: which facts it reads, and whether it looks at a clock or outside."""

from __future__ import annotations

import sys
import types
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from khachhang.facts import Facts
from khachhang.facts.catalogue import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLOCKS = frozenset({
    ("type", "today"), ("type", "now"), ("type", "utcnow"), ("time", "time"), ("time", "time_ns"),
    ("time", "localtime"), ("time", "gmtime"), ("time", "ctime"), ("time", "strftime"),
})  # fmt: skip
"""Functions in C that read the calendar's clock: whose they are, and what they are called."""

DOORS = frozenset({
    ("io", "open"), ("_io", "open"), ("_io", "open_code"), ("posix", "open"), ("nt", "open"), ("posix", "system"),
    ("nt", "system"), ("posix", "scandir"), ("posix", "listdir"), ("nt", "listdir"), ("posix", "stat"),
    ("builtins", "print"), ("builtins", "input"), ("socket", "connect"), ("_socket", "getaddrinfo"),
    ("_socket", "gethostbyname"), ("_posixsubprocess", "fork_exec"), ("_winapi", "CreateProcess"),
    ("sqlite3", "connect"), ("_sqlite3", "connect"),
})  # fmt: skip
"""Functions in C that open, read or write something outside the program."""


def _signature(function: Any) -> tuple[str, str]:
    owner = getattr(function, "__self__", None)
    if isinstance(owner, types.ModuleType):
        return owner.__name__, function.__name__
    if isinstance(owner, type):
        return "type", function.__name__
    kind = "socket" if "socket" in type(owner).__name__.lower() else type(owner).__name__
    return kind, getattr(function, "__name__", "")


@contextmanager
def calls(wanted: frozenset[tuple[str, str]]) -> Iterator[list[str]]:
    """The names of the wanted functions that are called meanwhile, however deep. Other profilers rest so long."""
    seen: list[str] = []
    called: list[Any] = []
    before: Any = sys.getprofile()
    sys.setprofile(lambda _frame, event, function: called.append(function) if event == "c_call" else None)
    try:
        yield seen
    finally:
        if before is None or callable(before):
            sys.setprofile(before)
        else:  # a profiler in C, as cProfile has it
            sys.setprofile(None)
            before.enable()
        seen += [f"{one.__qualname__}()" for one in called if _signature(one) in wanted]


_read: set[str] = set()


class _Watched(Facts):
    """Facts that note which of them are read."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        if name in VARIABLES:
            _read.add(name)
        return super().__getattribute__(name)


def names_read(classifier: Any, examples: Iterable[Facts]) -> list[str]:
    """The facts of the catalogue that a classifier reads of some records, in the catalogue's order."""
    found: set[str] = set()
    for facts in examples:
        known: Any = facts.known()
        watched = _Watched(**known, extra=facts.extra, assumed=facts.assumed)
        _read.clear()
        try:
            classifier.classify(watched)
        except Exception:  # noqa: BLE001, S112  # what raises is another check's business
            continue
        finally:
            found |= _read
    return [name for name in VARIABLES if name in found]
