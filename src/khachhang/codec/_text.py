"""JSON of strangers: what is none, or is read otherwise by other programs, is refused before it is used."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import attrs

from khachhang.errors import Fault, InvalidError, a_kind_of
from khachhang.rules._place import ROOT, Place, shown
from khachhang.rules._reading import MAX_DIGITS

MAX_SIZE: Final = 16 * 2**20
"""Characters, or bytes, of one document."""


@attrs.frozen
class _Unusable:
    """Stands for a number that is none, or has too many digits."""

    problem: str
    hint: str


class _Doubled(dict[str, Any]):
    """An object with a key that stands in it twice."""

    key: str


class _Suspicious(Exception):  # noqa: N818  # it never leaves this file
    """There is something in the text that must be refused; a second parsing says where."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Suspicious
    return made


def _marked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = _Doubled(pairs)
    if len(made) == len(pairs):
        return dict(made)
    counted = Counter(name for name, _ in pairs)
    made.key = next(name for name, count in counted.items() if count > 1)
    return made


def _constant(name: str) -> Any:
    raise _Suspicious(name)


def _marked_constant(name: str) -> _Unusable:
    return _Unusable(f"{name} is not a number", "JSON has no such number: write null, or leave away what is not known")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _Suspicious
    return int(digits)


def _marked_whole(digits: str) -> Any:
    if len(digits) <= MAX_DIGITS:
        return int(digits)
    return _Unusable("a number of too many digits", f"a number has at most {MAX_DIGITS} digits")


_STRICT: Final = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_int=_whole)
_MARKING: Final = json.JSONDecoder(
    object_pairs_hook=_marked_object, parse_constant=_marked_constant, parse_int=_marked_whole
)


def parse(given: str | bytes, subject: str) -> Any:
    """The data of a JSON text.

    Args:
        given: The text, or its bytes in UTF-8.
        subject: What is to be read, for the error.

    Raises:
        InvalidError: If it is no JSON, too large or too deep; or with every number, key or text in it that can not be.
    """
    text = _text(given, subject)
    try:
        data = _decoded(text, subject, _STRICT)
        if is_writable(text) and "\\ud" not in text and "\\uD" not in text:
            return data
    except _Suspicious:
        data = _decoded(text, subject, _MARKING)
    faults = _faults(data)
    if faults:
        raise InvalidError(subject, faults)
    return data


def _decoded(text: str, subject: str, decoder: json.JSONDecoder) -> Any:
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        hint = "write it by a JSON library"
    except RecursionError:
        problem, hint = "lists and objects stand too deep in one another", "write the document flatter"
    # Outside of the handlers: what they caught holds the whole text, and that may be personal.
    raise refused(subject, problem, hint)


def refused(subject: str, problem: str, hint: str) -> InvalidError:
    """The error that a document as a whole can not be read."""
    return InvalidError(subject, [Fault("document", problem, hint)])


def _text(given: str | bytes, subject: str) -> str:
    if not isinstance(given, (str, bytes)):
        problem = f"{a_kind_of(given)} is not JSON"
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
