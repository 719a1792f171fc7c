"""Reading JSON of strangers: what is no JSON, or JSON that other programs read otherwise, is refused before it is used."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import attrs

from khachhang.codec._forms import MAX_DIGITS
from khachhang.errors import Fault, InvalidError
from khachhang.rules._place import ROOT, Place, shown

MAX_SIZE: Final = 32 * 2**20
"""Characters, or bytes, of one document."""


@attrs.frozen
class _Unusable:
    """Stands for a number that is none, or has too many digits."""

    problem: str
    hint: str


class _Doubled(dict[str, Any]):
    """An object with a key that stands in it twice."""

    key: str


class _Suspicion:
    """Notes, while JSON is parsed, that something in it must be refused; where it stands is looked for afterwards."""

    def __init__(self) -> None:
        self.is_raised = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        self.is_raised = True
        counted = Counter(name for name, _ in pairs)
        doubled = _Doubled(made)
        doubled.key = next(name for name, count in counted.items() if count > 1)
        return doubled

    def constant(self, name: str) -> _Unusable:
        self.is_raised = True
        return _Unusable(
            f"{name} is not a number", "JSON has no such number; leave away what is not known, or write null"
        )

    def whole(self, digits: str) -> Any:
        if len(digits) <= MAX_DIGITS:
            return int(digits)
        self.is_raised = True
        return _Unusable("a number of too many digits", f"a number has at most {MAX_DIGITS} digits")


def parse(given: str | bytes, subject: str) -> Any:
    """The data of a JSON text.

    Args:
        given: The text, or its bytes in UTF-8.
        subject: What is to be read, for the error.

    Raises:
        InvalidError: If it is no JSON, too large or too deep; or with every number, key or text in it that can not be.
    """
    text = _text(given, subject)
    suspicion = _Suspicion()
    problem, hint = "", ""
    try:
        data = json.loads(
            text, object_pairs_hook=suspicion.pairs, parse_constant=suspicion.constant, parse_int=suspicion.whole
        )
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        hint = "write it by a JSON library"
    except RecursionError:
        problem, hint = "lists and objects stand too deep in one another", "write the document flatter"
    if problem:  # outside of the handler: what it caught holds the whole text, and that may be personal
        raise refused(subject, problem, hint)
    if suspicion.is_raised or not is_writable(text) or "\\ud" in text or "\\uD" in text:
        faults = _faults(data)
        if faults:
            raise InvalidError(subject, faults)
    return data


def refused(subject: str, problem: str, hint: str) -> InvalidError:
    """The error that a document as a whole can not be read."""
    return InvalidError(subject, [Fault("document", problem, hint)])


def _text(given: str | bytes, subject: str) -> str:
    if not isinstance(given, (str, bytes)):
        problem = f"a {type(given).__name__} is not JSON"
        raise refused(subject, problem, "give the text, or its bytes in UTF-8; from_dict reads what is parsed already")
    if len(given) > MAX_SIZE:
        raise refused(subject, "is too large", f"a document has at most {MAX_SIZE} characters: divide it")
    if isinstance(given, str):
        return given
    try:
        return given.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    raise refused(subject, f"is not UTF-8 (byte {place})", "JSON is written in UTF-8: text.encode('utf-8')")


def is_writable(text: str) -> bool:
    """Whether a text has a form in UTF-8: no half of a surrogate pair in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _faults(data: Any) -> list[Fault]:
    """Whatever in parsed data must be refused, with its place."""
    faults: list[Fault] = []
    left: list[tuple[Any, Place]] = [(data, ROOT)]
    while left:
        value, place = left.pop()
        match value:
            case _Unusable(problem, hint):
                faults.append(Fault(str(place), problem, hint))
            case str() if not is_writable(value):
                problem = "a text with half a surrogate pair in it"
                faults.append(Fault(str(place), problem, "check the encoding of the program that wrote it"))
            case list():
                left.extend((each, place[number]) for number, each in reversed([*enumerate(value)]))
            case dict():
                if isinstance(value, _Doubled):
                    hint = "write each key once: programs disagree on which of the two counts"
                    faults.append(Fault(str(place), f"the key {shown(value.key)} stands here twice", hint))
                left.extend((each, place[name]) for name, each in reversed(value.items()))
                left.extend((name, place) for name in value)
            case _:
                pass
    return faults
