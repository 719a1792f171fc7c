"""Laws on what else a classifier is: its reasons, its pickle, its document, its form for dataframes, its model."""

from __future__ import annotations

import json
import os
import pickle
import re
import sys
import time
from inspect import signature
from itertools import product
from typing import TYPE_CHECKING, Any

from khachhang.errors import repr_of
from khachhang.facts import DecisionTable
from khachhang.rules.fact import handle
from khachhang.rules.wording import read_text
from khachhang.taxonomy import Category
from khachhang.taxonomy.category import LANGUAGES, make_category, terms_of
from khachhang.testing import engine
from khachhang.testing._answers import Breach, described, first
from khachhang.testing._subject import Subject, table_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.facts import Facts
    from khachhang.rules.variable import Variable

_FEW = 60
_TOLD = {
    "vi": re.compile(r"^Quy tắc (\d+) \(.*?\) (?:(đúng|cũng đúng)|(chưa biết đúng hay sai)|(sai)),"),
    "en": re.compile(r"^Rule (\d+) \(.*?\) (?:(holds)|(is open)|(fails))"),
}
_SAID = {"vi": re.compile(r" \((?:thực tế|giả định): (.*)\)$"), "en": re.compile(r" \((?:here|assumed): (.*)\)$")}


def has_explanation(subject: Subject) -> str | None:
    """Why there is no reason to be asked for; None where there is."""
    return None if hasattr(subject.classifier, "explain") else "it has no explain(facts, lang)"


def explanation(subject: Subject, known: Facts) -> str | None:
    answer = subject.answer(known)
    if answer is None:
        return None
    texts = []
    for lang in LANGUAGES:
        try:
            text = subject.classifier.explain(known, lang)
        except Exception as error:  # noqa: BLE001  # whatever a stranger's classifier raises
            return f"explain(facts, {lang!r}) raised {type(error).__name__}: {error}"
        if not isinstance(text, str) or not text.strip():
            return f"explain(facts, {lang!r}) gave {repr_of(text)}, and no text"
        lacking = [label for label in answer.candidates if label.label(lang) not in text]
        if lacking:
            return f"the text in {lang!r} does not name {lacking[0].label(lang)!r}, which is an answer: {text}"
        untrue = next(_untrue(subject, known, text, lang), None)
        if untrue is not None:
            return f"the text in {lang!r} says something untrue: {untrue}"
        texts.append(text)
    return "the texts in both languages are the same" if len(set(texts)) < len(texts) else None


def _untrue(subject: Subject, known: Facts, text: str, lang: Any) -> Iterator[str]:
    """The lines that give a value that none of the facts they name has, or another truth of a rule than it has."""
    before = ""
    for line in text.split("\n"):
        told = _TOLD[lang].match(line) if isinstance(subject.classifier, DecisionTable) else None
        if told is not None:
            number, *words = told.groups()
            truth = subject.classifier.rules[int(number) - 1].condition.truth(known)
            if not words[(True, None, False).index(truth)]:
                yield line.strip()
        found = _SAID[lang].search(line)
        if found is not None:
            test = line[: found.start()]
            # A name or a text in a rule may have several lines; then the fact is named before this one.
            named = _named(subject, test, lang) or _named(subject, before + test, lang)
            true = {
                read_text(variable, value, lang)
                for variable in named
                if not variable.is_private and (value := known.value(variable.name)) is not None
            }
            if found[1] not in true | {f"{value} {known.currency}" for value in true}:
                yield line.strip()
        before += f"{line}\n"


def _named(subject: Subject, text: str, lang: Any) -> list[Variable]:
    """The facts that a text names."""
    words = ((variable, (variable.label, variable.negation)) for variable in subject.variables)
    return [variable for variable, both in words if any(each and each.text(lang) in text for each in both)]


def has_why_not(subject: Subject) -> str | None:
    """Why it can not be asked why not; None where it can."""
    explain = getattr(subject.classifier, "explain", None)
    can_be_asked = callable(explain) and "why_not" in signature(explain).parameters
    return None if can_be_asked else "it has no explain(facts, lang, why_not=label)"


def why_not(subject: Subject) -> Breach | None:
    step = 1 + len(subject.pool) // _FEW
    return first(subject.pool[::step], lambda known: _why_not(subject, known))


def _why_not(subject: Subject, known: Facts) -> str | None:
    for label, lang in product(subject.classifier.category, LANGUAGES):
        try:
            text = subject.classifier.explain(known, lang, why_not=label)
        except Exception as error:  # noqa: BLE001  # whatever a stranger's classifier raises
            return f"explain(facts, {lang!r}, why_not={label.value!r}) raised {type(error).__name__}: {error}"
        if label.label(lang) not in text:
            return f"the text in {lang!r} of why not {label.value!r} does not name {label.label(lang)!r}: {text}"
        untrue = next(_untrue(subject, known, text, lang), None)
        if untrue is not None:
            return f"the text in {lang!r} of why not {label.value!r} says something untrue: {untrue}"
    return None


def can_be_found(subject: Subject) -> str | None:
    """Whether pickle finds the classes again; it can not where they stand in a function or a notebook."""
    for kind in (type(subject.classifier), getattr(subject.classifier, "category", None)):
        if isinstance(kind, type) and _found(kind) is not kind and not _was_made(kind):
            return f"the class {kind.__qualname__} can not be imported, so that it has no pickle"
    return None


def _found(kind: type) -> Any:
    found: Any = sys.modules.get(kind.__module__)
    for part in kind.__qualname__.split("."):
        found = getattr(found, part, None)
    return found


def _was_made(kind: type) -> bool:
    """Whether a label set was made at run time, and pickles by its words."""
    return issubclass(kind, Category) and make_category(*terms_of(kind)) is kind


def pickles(subject: Subject) -> Breach | None:
    try:
        again = pickle.loads(pickle.dumps(subject.classifier))  # noqa: S301  # of our own making
    except Exception as error:  # noqa: BLE001  # whatever a stranger's classifier raises
        return None, f"pickle raised {type(error).__name__}: {error}"
    return first(subject.pool, lambda known: differs(subject, Subject(again), known, "its pickle"))


def differs(subject: Subject, other: Subject, known: Facts, what: str) -> str | None:
    mine, theirs = subject.answer(known), other.answer(known)
    if mine is None or theirs is None:
        return None if mine is theirs else f"only one of it and {what} gave an answer"
    here, there = ((answer.outcome, answer.label, answer.labels) for answer in (mine, theirs))
    return None if here == there else f"it answered {described(mine)}, and {what} {described(theirs)}"


def has_documents(subject: Subject) -> str | None:
    both = all(hasattr(subject.classifier, name) for name in ("to_dict", "from_dict"))
    return None if both else "it has no to_dict and from_dict"


def document(subject: Subject) -> Breach | None:
    table = subject.classifier
    own = [handle(variable, variable.type) for variable in getattr(table, "variables", ()) if variable.is_custom]
    try:
        again = type(table).from_dict(json.loads(json.dumps(table.to_dict())), category=table.category, facts=own)
    except Exception as error:  # noqa: BLE001  # whatever a stranger's classifier raises
        return None, f"writing and reading it raised {type(error).__name__}: {error}"
    if again != table:
        return None, f"what was read back is {repr_of(again)}"
    return first(subject.pool, lambda known: differs(subject, Subject(again), known, "its copy"))


_ZONES = ("UTC0", "ICT-7", "LINT-14", "AoE12")


def has_zones(_subject: Subject) -> str | None:
    return None if hasattr(time, "tzset") else "this system can not change its time zone"


def time_zone(subject: Subject) -> Breach | None:
    before = os.environ.get("TZ")

    def problem(known: Facts) -> str | None:
        answers = {}
        for zone in _ZONES:
            _set_zone(zone)
            answers[zone] = subject.answer(known)
        told = {zone: described(answer) for zone, answer in answers.items() if answer is not None}
        return f"by time zone it answered {told}" if len({*answers.values()}) > 1 else None

    try:
        return first(subject.pool[:_FEW], problem)
    finally:
        _set_zone(before)


def _set_zone(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def has_model(subject: Subject) -> str | None:
    return None if subject.like is not None else "no table was given as like="


def like(subject: Subject) -> Breach | None:
    assert subject.like is not None  # noqa: S101  # else it is left out
    table = Subject(subject.like)
    facts = dict.fromkeys([*table_facts(subject.like), *subject.pool])
    return first(facts, lambda known: differs(subject, table, known, "the table"))


def has_frame(subject: Subject) -> str | None:
    """Why it has no form for dataframes here; None where it has one."""
    if not isinstance(subject.classifier, DecisionTable):
        return "it is no table, so that it has no form for dataframes"
    return engine.left_out()


def frame(subject: Subject) -> Breach | None:
    """A record to which an engine answers otherwise."""
    return engine.breach(subject.classifier, subject.pool, subject.answer)
