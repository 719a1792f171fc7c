"""Words for values and conditions, in Vietnamese and English; numbers as each language writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from khachhang.errors import UnknownLanguageError
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Or, plain
from khachhang.taxonomy import Category
from khachhang.taxonomy.category import LANGUAGES

if TYPE_CHECKING:
    from datetime import date

    from khachhang.rules.predicate import Leaf, Predicate
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Language

_PER_CENT = 100
_DECIMALS = 2

_COMPARED = {
    "vi": {
        "==": "{fact} là {value}",
        "!=": "{fact} không phải là {value}",
        "<": "{fact} dưới {value}",
        "<=": "{fact} không quá {value}",
        ">": "{fact} trên {value}",
        ">=": "{fact} từ {value} trở lên",
    },
    "en": {
        "==": "{fact} is {value}",
        "!=": "{fact} is not {value}",
        "<": "{fact} is under {value}",
        "<=": "{fact} is at most {value}",
        ">": "{fact} is over {value}",
        ">=": "{fact} is at least {value}",
    },
}
_BETWEEN = {
    "vi": {
        "both": "{fact} từ {low} đến {high}",
        "left": "{fact} từ {low} đến dưới {high}",
        "right": "{fact} trên {low} và không quá {high}",
        "neither": "{fact} trên {low} và dưới {high}",
    },
    "en": {
        "both": "{fact} is from {low} to {high}",
        "left": "{fact} is at least {low} and under {high}",
        "right": "{fact} is over {low} and at most {high}",
        "neither": "{fact} is over {low} and under {high}",
    },
}
_AMONG = {
    "vi": {False: "{fact} là một trong: {values}", True: "{fact} không thuộc: {values}"},
    "en": {False: "{fact} is one of {values}", True: "{fact} is none of {values}"},
}
_ALWAYS = {
    "vi": {True: "trong mọi trường hợp còn lại", False: "không bao giờ"},
    "en": {True: "in every other case", False: "never"},
}
_AND = {"vi": " và ", "en": " and "}
_OR = {"vi": " hoặc ", "en": " or "}


def check_language(lang: object) -> None:
    """An error for a language without words."""
    if lang not in LANGUAGES:
        raise UnknownLanguageError(lang, LANGUAGES)


def date_text(day: date, lang: Language) -> str:
    """A date: day, month, year in Vietnamese, as everybody writes it there; ISO 8601 in English, which has two ways."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if lang == "vi" else day.isoformat()


def number_text(number: float | Decimal, lang: Language) -> str:
    """A number as the language writes it: ``2.500.000,5`` in Vietnamese, ``2,500,000.5`` in English."""
    exact = number if isinstance(number, (int, Decimal)) else Decimal(repr(number))
    text = f"{exact:,}" if isinstance(exact, int) else f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def in_one_line(text: str) -> str:
    """A text without line breaks and unseen signs, by which it could pass for more than it is."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return text if seen == text else " ".join(seen.split())


def value_text(variable: Variable, value: Any, lang: Language, *, unit: bool = True) -> str:
    """A constant of a fact as people write it, exact, with its unit unless that is said later in the sentence."""
    if isinstance(value, Category):
        return value.label(lang)
    if isinstance(value, bool):
        return {"vi": ("không", "có"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, str):
        return f"“{in_one_line(value)}”"
    if variable.is_share:
        return f"{number_text(Decimal(repr(value)) * _PER_CENT, lang)}%"
    text = number_text(value, lang)
    if variable.unit is None or not unit:
        return text
    words = variable.unit.text(lang)
    return f"{text} {words.removesuffix('s') if lang == 'en' and value == 1 else words}".rstrip()


def read_text(variable: Variable, value: Any, lang: Language) -> str:
    """A value that a fact has: a real number with at most two decimals, and *about* where that is not all of it."""
    if not isinstance(value, float):
        return value_text(variable, value, lang)
    rounded = round(value, _DECIMALS + 2 if variable.is_share else _DECIMALS)
    text = value_text(variable, rounded, lang)
    return text if rounded == value else f"{'khoảng' if lang == 'vi' else 'about'} {text}"


def leaf_text(leaf: Leaf, lang: Language) -> str:
    """One test in words."""
    variable = leaf.variable
    fact = variable.label.text(lang)
    match leaf:
        case Comparison(operator=sign, constant=bool() as constant) if variable.negation is not None:
            return fact if (sign == "==") is constant else variable.negation.text(lang)
        case Comparison(operator=sign, constant=constant):
            return _COMPARED[lang][sign].format(fact=fact, value=value_text(variable, constant, lang))
        case Between(low=low, high=high, closed=closed):
            ends = {"low": value_text(variable, low, lang, unit=False), "high": value_text(variable, high, lang)}
            return _BETWEEN[lang][closed].format(fact=fact, **ends)
        case Among(values=values, negation=negation):
            listed = ", ".join(value_text(variable, value, lang) for value in values) or "∅"
            return _AMONG[lang][negation].format(fact=fact, values=listed)
        case _:
            raise AssertionError(leaf)


def predicate_text(predicate: Predicate, lang: Language) -> str:
    """A whole condition in words, negations carried into its tests."""
    return _text(plain(predicate), lang, inside=False)


def _text(predicate: Predicate, lang: Language, *, inside: bool) -> str:
    match predicate:
        case Always(holds):
            return _ALWAYS[lang][holds]
        case And(parts):
            text = _AND[lang].join(_text(part, lang, inside=True) for part in parts)
        case Or(parts):
            text = _OR[lang].join(_text(part, lang, inside=True) for part in parts)
        case _:
            return leaf_text(predicate, lang)  # type: ignore[arg-type]  # every other predicate is a test
    return f"({text})" if inside else text
