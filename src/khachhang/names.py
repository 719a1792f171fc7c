"""Vietnamese names: how they compare, how they are searched for, their parts, and their order in a list."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import attrs

from khachhang.errors import Fault, InvalidError, a_kind_of

__all__ = ["NameParts", "canonical", "parts", "same", "search_key", "sort_key"]

_ALPHABET: Final = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng
_MARKS: Final = re.compile("[\u0300-\u036f]")
_FAMILIES_OF_SEVERAL_WORDS: Final = (
    ("công", "huyền", "tôn", "nữ"),
    ("công", "tằng", "tôn", "nữ"),
    ("công", "tôn", "nữ"),
    ("tôn", "nữ"),
    ("tôn", "thất"),
)

WordKey = tuple[list[tuple[int, int]], list[int]]
SortKey = tuple[tuple[WordKey, ...], str]


@attrs.frozen
class NameParts:
    """The parts of a full name, in the order in which they are written.

    Args:
        family: The family name (họ); empty where the name is one word.
        middle: What stands between (đệm); empty where there is nothing.
        given: The given name (tên).
    """

    family: str
    middle: str
    given: str


def canonical(name: str) -> str:
    """The name in Unicode NFC, with single spaces, and none at the ends.

    Args:
        name: Any text. White space of every kind counts, line breaks and no-break spaces too.

    Raises:
        InvalidError: If it is no text, as everywhere in this module.

    >>> canonical("  Nguyễn  Thị   Lan ")
    'Nguyễn Thị Lan'
    """
    return " ".join(unicodedata.normalize("NFC", _text(name)).split())


def _text(name: object) -> str:
    if isinstance(name, str):
        return name
    raise InvalidError("name", [Fault("name", f"{a_kind_of(name)} is not text", "give the name as a string")])


def same(name: str, other: str) -> bool:
    """Whether two names are one, whatever their Unicode form and their spaces.

    Letters, marks and capitals count: ``Hoà`` and ``Hòa`` are two spellings, which `search_key` brings together.

    Args:
        name: One name.
        other: The other.

    >>> same("Nguyễn Thị Lan", " Nguyễn  Thị Lan"), same("Lan", "Lân"), same("Lan", "LAN")
    (True, False, False)
    """
    return canonical(name) == canonical(other)


def search_key(name: str) -> str:
    """What is typed on a keyboard without marks: small letters, no diacritics, ``d`` for ``đ``.

    Names that are the `same` have the same key; not the other way round: ``Lan`` and ``Lân`` share one.

    Args:
        name: Any text; what is not Latin stays as it is.

    >>> search_key("Đỗ  Thị Ngọc Ánh"), search_key("Hoà") == search_key("HÒA")
    ('do thi ngoc anh', True)
    """
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFD", _text(name)).casefold())
    return canonical(_MARKS.sub("", text).replace("đ", "d"))


def parts(name: str) -> NameParts:
    """Family name, what stands between, and given name: the first word, the middle, and the last word.

    This is how the names of the Kinh are written. It is a convention, not knowledge: a given name of two words can not
    be told from a middle name, and names of other peoples of Vietnam and of foreigners may be built otherwise. The
    family names of the Nguyễn house that have several words (Tôn Thất, Tôn Nữ and the longer ones) are kept whole.

    Args:
        name: A full name, its case kept. One word is a given name.

    >>> parts("Nguyễn Thị Minh Khai")
    NameParts(family='Nguyễn', middle='Thị Minh', given='Khai')
    >>> parts("Tôn Thất Tùng")
    NameParts(family='Tôn Thất', middle='', given='Tùng')
    """
    words = canonical(name).split()
    *before, given = words or [""]
    folded = tuple(word.lower() for word in before)
    first = next((len(family) for family in _FAMILIES_OF_SEVERAL_WORDS if folded[: len(family)] == family), 1)
    return NameParts(family=" ".join(before[:first]), middle=" ".join(before[first:]), given=given)


def sort_key(name: str) -> SortKey:
    """A key that puts full names in the order of Vietnamese lists: ``sorted(names, key=kh.names.sort_key)``.

    The given name comes first; among equal ones the family name, and then the rest as it is written. Words are compared
    one after another, in each the letters (``a ă â b c d đ e ê ... y z``), then the tone (ngang, huyền, hỏi, ngã, sắc,
    nặng), wherever its mark stands. Capitals decide last, small letters first.

    Source:
        Vũ Xuân Lương, Trung tâm Từ điển học (Vietnam Lexicography Centre), "Quy tắc sắp xếp theo vần chữ cái tiếng
        Việt"; the same letters and tones as in the collation ``vi`` of Unicode CLDR.

    Args:
        name: A full name, split as by `parts`; any text has a key, and what is not Latin follows the letters.

    Returns:
        Something to compare with other keys, and for nothing else.

    >>> sorted(["Lê Bình", "Trần Văn Ân", "Đỗ Ấn", "Vũ An", "Bùi Án"], key=sort_key)
    ['Vũ An', 'Bùi Án', 'Trần Văn Ân', 'Đỗ Ấn', 'Lê Bình']
    """
    text = canonical(name)
    *before, given = text.lower().split() or [""]
    return tuple(map(_word_key, (given, *before))), text.swapcase()


def _word_key(word: str) -> WordKey:
    decomposed = unicodedata.normalize("NFD", word)
    tones = [_TONES[mark] for mark in decomposed if mark in _TONES]
    letters = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    return [_letter_key(letter) for letter in letters], tones


def _letter_key(letter: str) -> tuple[int, int]:
    place = _ALPHABET.get(letter)
    if place is None:
        return 0 if letter < "a" else 2, ord(letter)
    return 1, place
