"""Words that several parts of this room use: what was read of a fact, shares, days, dates and lists."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, Any

from khachhang.rules.predicate import Comparison, read
from khachhang.rules.wording import leaf_text, number_text, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from khachhang.facts import Facts
    from khachhang.rules.predicate import Leaf, Predicate
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Language

_PER_CENT = 100
_HUNDREDTH = Decimal("0.01")
_WIDE = Context(prec=400)  # the longest float that there is
_VALUE = {"vi": " (thực tế: {value})", "en": " (here: {value})"}
_ASSUMED = {"vi": " (giả định: {value})", "en": " (assumed: {value})"}
_ASSUMED_PRIVATE = {"vi": " (giả định)", "en": " (assumed)"}
_MISSING = {"vi": " (chưa biết)", "en": " (not known)"}
_NONE = {"vi": " (không có)", "en": " (there is none)"}


def observed_text(predicate: Predicate, facts: Facts, lang: Language) -> str:
    """What was read of each fact that a condition names; of a private one never the value."""
    variables = dict.fromkeys(leaf.variable for leaf in predicate.leaves())
    return "".join(_observed(variable, facts, lang) for variable in variables)


def _observed(variable: Variable, facts: Facts, lang: Language) -> str:
    value = read(variable, facts)
    if value is None:
        lacking = variable.exists is not None and variable.exists.truth(facts) is False
        return (_NONE if lacking else _MISSING)[lang]
    assumed = variable.name in facts.assumed
    if variable.is_private:
        return _ASSUMED_PRIVATE[lang] if assumed else ""
    text = read_text(variable, value, lang)
    if variable.type is Decimal and not variable.is_custom and facts.currency is not None:
        text = f"{text} {facts.currency}"
    return (_ASSUMED if assumed else _VALUE)[lang].format(value=text)


def assumed_text(leaves: Iterable[Leaf], facts: Facts, lang: Language) -> str:
    """What was assumed of the facts that some tests name, as a sentence in brackets; empty where nothing was."""
    used = [variable for variable in dict.fromkeys(leaf.variable for leaf in leaves) if variable.name in facts.assumed]
    if not used:
        return ""
    texts = "; ".join(_assumption(variable, facts, lang) for variable in used)
    return f" (giả định: {texts})" if lang == "vi" else f" (assumed: {texts})"


def _assumption(variable: Variable, facts: Facts, lang: Language) -> str:
    if variable.is_private:
        return variable.label.text(lang)
    value: Any = read(variable, facts)
    return leaf_text(Comparison(variable, "==", value), lang)


def question_text(variable: Variable, lang: Language) -> str:
    """What is to be found out."""
    text = variable.label.text(lang)
    if variable.type is not bool:
        return text
    return f"{text} hay không" if lang == "vi" else f"whether {text}"


def share_text(share: Fraction, lang: Language) -> str:
    """A share as per cent, exact or with two decimals and the word *about*."""
    exact = share * _PER_CENT
    rounded = (Decimal(exact.numerator) / exact.denominator).quantize(_HUNDREDTH, ROUND_HALF_EVEN)
    about = "" if rounded == exact else "khoảng " if lang == "vi" else "about "
    return f"{about}{number_text(rounded, lang)}%"


def range_text(low: Fraction, high: Fraction, lang: Language) -> str:
    """A range of shares in whole per cent, the lower end rounded down and the upper one up, so that it is in it."""
    ends = [
        number_text((Decimal(share.numerator * _PER_CENT) / share.denominator).to_integral_value(rounding), lang)
        for share, rounding in ((low, ROUND_FLOOR), (high, ROUND_CEILING))
    ]
    return f"từ {ends[0]}% đến {ends[1]}%" if lang == "vi" else f"from {ends[0]}% to {ends[1]}%"


def days_text(days: int, lang: Language) -> str:
    """A number of days."""
    if lang == "vi":
        return f"{number_text(days, lang)} ngày"
    return f"{number_text(days, lang)} day{'' if days == 1 else 's'}"


def capital(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]
