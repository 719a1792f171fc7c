"""Where in a document one reads, and what is found to be wrong there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from khachhang.errors import Fault, InvalidError, TableDocumentError, a_kind_of
from khachhang.rules._place import ROOT, Place, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from khachhang.errors import KhachhangError
    from khachhang.rules.fact import Fact
    from khachhang.taxonomy import Category
    from khachhang.templates import Template

MOST_FAULTS: Final = 1_000
"""So many faults are listed; of a document with more of them the rest is not looked at."""


_LONGEST_KEY: Final = 60
_KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


class Unread:
    """Stands for what could not be read, so that all the rest of an object can still be checked."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD: Final = Unread()


class EnoughFaults(Exception):  # noqa: N818  # it ends the reading, and never leaves the room
    """There are as many faults as are listed."""


class Mismatch(Exception):  # noqa: N818  # it never leaves the room
    """What a quick reading meets is not what it should be; a slow one then says where and what."""


@attrs.frozen
class Context:
    """What the caller of a reading gave beside the document.

    Args:
        categories: Label sets beside those of the library, by facet.
        facts: Facts of the user's own that tables may name.
        template: The template by which profiles were made.
        ignores_unknown_keys: Whether keys that mean nothing are passed over.
    """

    categories: dict[str, type[Category]] = attrs.field(factory=dict)
    facts: tuple[Fact[Any], ...] = ()
    template: Template | None = None
    ignores_unknown_keys: bool = False


PLAIN: Final = Context()


class Spot:
    """One place of a document: where it is, whether what stands there is personal, and the faults of the whole."""

    __slots__ = ("context", "faults", "is_private", "place")

    def __init__(
        self, context: Context, faults: list[Fault] | None = None, place: Place = ROOT, *, is_private: bool = False
    ) -> None:
        self.context = context
        self.faults: list[Fault] = [] if faults is None else faults
        self.place = place
        self.is_private = is_private

    def at(self, key: str | int, *, is_private: bool = False) -> Spot:
        """A place within this one; what is within something personal is personal."""
        if isinstance(key, str) and len(key) > _LONGEST_KEY:
            key = f"{key[: _LONGEST_KEY - 1]}…"
        return Spot(self.context, self.faults, self.place[key], is_private=is_private or self.is_private)

    def wrong(self, raw: object, problem: str, hint: str) -> Any:
        """Note that a value can not stand here; the value is shown unless it is personal."""
        return self.note(f"{'the value' if self.is_private else shown(raw)} {problem}", hint)

    def wrong_kind(self, raw: object, wanted: str, hint: str) -> Any:
        """Note that another kind of value is wanted; what stands here instead may hold anything, and is not shown."""
        kind = next((words for kind, words in _KINDS.items() if isinstance(raw, kind)), a_kind_of(raw))
        return self.note(f"{kind} is not {wanted}", hint)

    def is_name(self, key: object) -> bool:
        """Whether a key of an object is a text, as it always is in JSON; noted where it is not."""
        if isinstance(key, str):
            return True
        self.note(f"the key {shown(key)} is not a text", "keys are texts")
        return False

    def note(self, problem: str, hint: str) -> Any:
        """Note that something is wrong here."""
        self._add(Fault(str(self.place), problem, hint))
        return UNREAD

    def take(self, error: KhachhangError, left_out: Collection[str] = ()) -> Any:
        """Note what an object's own checks found wrong, but for the fields that could not be read."""
        match error:
            case InvalidError():
                for fault in error.faults:
                    if fault.field not in left_out:
                        self._add(attrs.evolve(fault, field=f"{self._before()}{fault.field}"))
            case TableDocumentError():
                place = str(self.place) if error.place == str(ROOT) else f"{self._before()}{error.place}"
                self._add(Fault(place, error.problem, error.hint))
            case _:
                if not left_out:  # else it may be about what was not read
                    problem, _, hint = str(error).partition("\nHint: ")
                    self.note(problem, hint)
        return UNREAD

    def _before(self) -> str:
        text = str(self.place)
        return "" if self.place is ROOT else f"{text}."

    def _add(self, fault: Fault) -> None:
        self.faults.append(fault)
        if len(self.faults) == MOST_FAULTS:
            hint = "correct these first"
            self.faults.append(Fault("document", f"there may be more than these {MOST_FAULTS} faults", hint))
            raise EnoughFaults
