"""Label sets: a closed, ordered set of codes with words in Vietnamese and English.

A label's code is stable for ever and is what databases store; its words are for people and may be reworded.
"""

from __future__ import annotations

import copyreg
import re
import types
import unicodedata
from enum import EnumType, StrEnum
from typing import Any, ClassVar, Literal, Self, get_args
from weakref import WeakValueDictionary

import attrs

from khachhang.errors import CategoryError, UnknownLanguageError, repr_of

Language = Literal["vi", "en"]
LANGUAGES: tuple[str, ...] = get_args(Language)


@attrs.frozen
class Words:
    """One text in both languages.

    Raises:
        CategoryError: If one of them is no text.

    >>> Words(vi="Khách hàng", en="Customer").text("vi")
    'Khách hàng'
    """

    vi: str
    en: str

    def __attrs_post_init__(self) -> None:
        for lang, text in (("vi", self.vi), ("en", self.en)):
            _check_text(lang, text)

    def text(self, lang: Language) -> str:
        """The text in one language.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For any other language.
        """
        if lang == "vi":
            return self.vi
        if lang == "en":
            return self.en
        raise UnknownLanguageError(lang, LANGUAGES)


@attrs.frozen
class Term:
    """One entry of a label set: its code, its words, and where they come from. Made by `term`."""

    code: str
    label: Words
    definition: Words
    source: str = ""


def _check_text(field: str, text: object) -> None:
    if not isinstance(text, str):
        problem = f"{field}: {repr_of(text)} is no text"
        raise CategoryError(problem, f"give {field} as a string")


def _clean(field: str, text: Any) -> str:
    _check_text(field, text)
    return unicodedata.normalize("NFC", text)


def term(
    code: str,
    *,
    vi: str | None = None,
    en: str | None = None,
    definition_vi: str = "",
    definition_en: str = "",
    source: str = "",
) -> Term:
    """The words of one label, for use in the body of a `Category`.

    Args:
        code: The stable code, as databases store it.
        vi: The label in Vietnamese; without it the English one, or the code.
        en: The label in English; without it the Vietnamese one, or the code.
        definition_vi: What the label means, in Vietnamese.
        definition_en: What the label means, in English.
        source: Where the term comes from.

    Raises:
        CategoryError: If something is no text, or the code is empty.
    """
    code = _clean("code", code)
    if not code.strip():
        problem = f"code: {code!r} is empty"
        raise CategoryError(problem, "give each label a short stable code, such as 'early'")
    vi, en = (None if text is None else _clean(name, text) for name, text in (("vi", vi), ("en", en)))
    return Term(
        code,
        Words(vi or en or code, en or vi or code),
        Words(_clean("definition_vi", definition_vi), _clean("definition_en", definition_en)),
        _clean("source", source),
    )


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


class _CategoryType(EnumType):
    """The class of label sets: a class of its own, so that sets made at run time can say how they pickle."""


class Category(StrEnum, metaclass=_CategoryType):
    """The base of every label set; a member *is* its code.

    The order of the members is the order of the labels (`rank`). A user's own label set is made in the same way: a
    plain string as value is enough, and `term` gives the words.

    >>> class Wave(Category, vi="Đợt mua", en="Wave"):
    ...     EARLY = term("early", vi="Mua sớm", en="Early buyer")
    ...     LATE = "late"
    >>> Wave.EARLY.label("vi"), Wave.LATE.label("en"), Wave.facet(), Wave.LATE.rank
    ('Mua sớm', 'late', 'wave', 1)

    Class arguments:
        vi, en: What the whole set is called, for people; without them the facet's code.
        definition_vi, definition_en: What the set divides customers by.
        source: Where the set comes from.
        facet: The facet's code, where it is not the class name in snake case.
    """

    __facet_term__: ClassVar[Term]
    _term: Term
    _rank: int

    def __new__(cls, value: str | Term) -> Self:
        """A member from its code, or from the words that `term` gives."""
        entry = value if isinstance(value, Term) else term(value)
        member = str.__new__(cls, entry.code)
        member._value_ = entry.code
        member._term = entry
        member._rank = len(cls.__members__)
        return member

    def __init_subclass__(
        cls,
        *,
        vi: str = "",
        en: str = "",
        definition_vi: str = "",
        definition_en: str = "",
        source: str = "",
        facet: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        twice = [name for name, member in cls.__members__.items() if member.name != name]
        if twice:
            problem = f"{cls.__name__}: the code {cls.__members__[twice[0]].value!r} is given twice"
            raise CategoryError(problem, f"give {twice[0]} a code of its own")
        cls.__facet_term__ = term(
            facet or _snake(cls.__name__),
            vi=vi,
            en=en,
            definition_vi=definition_vi,
            definition_en=definition_en,
            source=source,
        )

    @classmethod
    def facet(cls) -> str:
        """The facet's stable code: the class name in snake case."""
        return cls.__facet_term__.code

    @classmethod
    def facet_title(cls, lang: Language) -> str:
        """What the whole set is called, for people."""
        return cls.__facet_term__.label.text(lang)

    @classmethod
    def facet_definition(cls, lang: Language) -> str:
        """What the set divides customers by."""
        return cls.__facet_term__.definition.text(lang)

    @classmethod
    def facet_source(cls) -> str:
        """Where the set comes from: document and section; empty where nobody said."""
        return cls.__facet_term__.source

    @classmethod
    def choices(cls, lang: Language) -> list[tuple[str, str]]:
        """Pairs of code and label, in order, as form libraries want them."""
        return [(member.value, member.label(lang)) for member in cls]

    def label(self, lang: Language) -> str:
        """What people call it, in ``"vi"`` or ``"en"``."""
        return self._term.label.text(lang)

    def definition(self, lang: Language) -> str:
        """What it means, in ``"vi"`` or ``"en"``; empty where nobody said."""
        return self._term.definition.text(lang)

    @property
    def source(self) -> str:
        """Where the term comes from: document and section; empty where nobody said."""
        return self._term.source

    @property
    def rank(self) -> int:
        """The place in the order of the set, from 0."""
        return self._rank


# Equal sets are the same class, so that labels of sets made at run time compare, look up and pickle as any others do.
_made: WeakValueDictionary[tuple[Term, tuple[Term, ...]], type[Category]] = WeakValueDictionary()


def make_category(facet: Term, labels: tuple[Term, ...]) -> type[Category]:
    """A label set made at run time; the same arguments give the same class, in every process.

    Args:
        facet: The facet's code and words.
        labels: The labels, in order.

    Raises:
        CategoryError: If a code is given twice.
    """
    made = _made.get((facet, labels))
    if made is not None:
        return made

    def body(namespace: dict[str, Any]) -> None:
        for number, label in enumerate(labels, start=1):
            namespace[f"LABEL_{number}"] = label

    words = {
        "vi": facet.label.vi,
        "en": facet.label.en,
        "definition_vi": facet.definition.vi,
        "definition_en": facet.definition.en,
        "source": facet.source,
        "facet": facet.code,
    }
    name = "".join(part.capitalize() for part in re.split(r"[\W_]+", facet.code)) or "Labels"
    category: type[Category] = types.new_class(name, (Category,), words, body)
    return _made.setdefault((facet, labels), category)


def terms_of(category: type[Category]) -> tuple[Term, tuple[Term, ...]]:
    """What a label set is made of: the facet's term and the labels' terms, in order."""
    return category.__facet_term__, tuple(member._term for member in category)


def was_made(category: type[Category]) -> bool:
    """Whether a label set was made at run time, so that its words alone make it again."""
    return _made.get(terms_of(category)) is category


def _reduce_category(category: type[Category]) -> str | tuple[Any, ...]:
    return (make_category, terms_of(category)) if was_made(category) else category.__qualname__


copyreg.pickle(_CategoryType, _reduce_category)  # type: ignore[arg-type]  # typeshed knows no metaclass here
