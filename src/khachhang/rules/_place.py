"""Places in documents and grids, and values of strangers shown in a few characters."""

from __future__ import annotations

from typing import Any

from khachhang.errors import TableDocumentError, a_kind_of

_SHOWN_CHARACTERS = 60
_LARGEST_SHOWN = 10**_SHOWN_CHARACTERS


class Place:
    """Where something stands: a chain of keys and positions that becomes a text only when it is needed."""

    __slots__ = ("_key", "_parent")

    def __init__(self, key: str | int, parent: Place | None = None) -> None:
        self._key = key
        self._parent = parent

    def __getitem__(self, key: str | int) -> Place:
        return Place(key, self)

    def __str__(self) -> str:
        keys: list[str | int] = []
        here: Place | None = self
        while here is not None:
            keys.append(here._key)
            here = here._parent
        text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in reversed(keys))
        return text.lstrip(".") or "document"

    def error(self, problem: str, hint: str) -> TableDocumentError:
        """The error that something is wrong here."""
        return TableDocumentError(str(self), problem, hint)


ROOT = Place("")
"""The document as a whole."""


def shown(value: Any) -> str:
    """A value for an error's text: never long, and never looked into."""
    if isinstance(value, str):
        return repr(str(value)) if len(value) <= _SHOWN_CHARACTERS else f"{value[: _SHOWN_CHARACTERS - 2]!r}…"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return "a number of too many digits" if abs(value) >= _LARGEST_SHOWN else repr(value)
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return a_kind_of(value)
