"""Laws on single answers, each a search for a breach: an example, and what is wrong with it."""

from __future__ import annotations

import copy
import random
from typing import TYPE_CHECKING, Any

from khachhang.errors import counted, repr_of
from khachhang.facts import DecisionTable, Facts
from khachhang.rules import Classification, Outcome, Rule
from khachhang.taxonomy import Category
from khachhang.testing._subject import Subject, shrunk
from khachhang.testing._watching import calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Breach = tuple[Any, str]
"""An example, and what is wrong with it."""


def first(facts: Iterable[Facts], problem: Callable[[Facts], str | None]) -> Breach | None:
    """The first breach among some facts, shrunk."""
    for known in facts:
        if problem(known) is not None:
            example = shrunk(known, lambda smaller: problem(smaller) is not None)
            return example, problem(example) or ""
    return None


def each(problem: Callable[[Subject, Facts], str | None]) -> Callable[[Subject], Breach | None]:
    """The search through all facts for one that a law does not survive."""
    return lambda subject: first(subject.pool, lambda known: problem(subject, known))


def described(answer: Classification[Any]) -> str:
    """An answer in a few characters."""
    labels = ", ".join(sorted(map(str, answer.candidates)))
    return f"{answer.outcome} ({labels})" if labels else str(answer.outcome)


def protocol(subject: Subject) -> Breach | None:
    classifier = subject.classifier
    name, category = getattr(classifier, "name", None), getattr(classifier, "category", None)
    if not isinstance(name, str) or not name.strip():
        return None, f"its name is {repr_of(name)}, not a text"
    if not (isinstance(category, type) and issubclass(category, Category)):
        return None, f"its category is {repr_of(category)}, not a subclass of kh.Category"
    if not callable(getattr(classifier, "classify", None)):
        return None, "it has no method classify(facts)"
    return first(subject.pool, lambda known: _malformed(subject, known))


def _malformed(subject: Subject, known: Facts) -> str | None:
    answer = subject.first_answers(known)[0]
    if answer is None:
        return None if raised(subject, known) else "classify answered None, and not a kh.Classification"
    if not isinstance(answer, Classification):
        return f"classify answered {repr_of(answer)}, and not a kh.Classification"
    kinds = {"outcome": Outcome, "labels": frozenset, "candidates": frozenset, "missing": tuple, "rules": tuple}
    for field, kind in kinds.items():
        if not isinstance(getattr(answer, field), kind):
            return f"the answer's {field} is {repr_of(getattr(answer, field))}, and not of type {kind.__name__}"
    return None


def raised(subject: Subject, known: Facts) -> str | None:
    try:
        subject.ask(known)
    except Exception as error:  # noqa: BLE001  # whatever a stranger's classifier raises
        return f"it raised {type(error).__name__}: {error}"
    return None


def deterministic(subject: Subject, known: Facts) -> str | None:
    answers = subject.first_answers(known)
    other = next((answer for answer in answers if answer != answers[0]), answers[0])
    if answers[0] is None or other is None or answers[0] == other:
        return None
    return f"asked again, it answered {described(other)} after {described(answers[0])}"


def row_order(subject: Subject) -> Breach | None:
    some = list(subject.pool)
    backwards, mixed = some[::-1], random.Random(0).sample(some, len(some))  # noqa: S311  # an order, the same each time
    first = [subject.answer(known) for known in some]
    for rows in (backwards, mixed):
        again = {id(known): subject.answer(known) for known in rows}
        for known, before in zip(some, first, strict=True):
            after = again[id(known)]
            if before is not None and after is not None and before != after:
                return known, f"in another order of rows it answered {described(after)} and not {described(before)}"
    return None


def watched(wanted: frozenset[tuple[str, str]], done: str) -> Callable[[Subject, Facts], str | None]:
    def problem(subject: Subject, known: Facts) -> str | None:
        subject.answer(known)  # what is imported or loaded on first use is not what is asked for
        with calls(wanted) as seen:
            subject.answer(known)
        return f"it {done} by {', '.join(dict.fromkeys(seen))}" if seen else None

    return problem


def input_unchanged(subject: Subject, known: Facts) -> str | None:
    given = copy.copy(known)
    before = (given.known(), given.extra, given.assumed)
    try:
        subject.classifier.classify(given)
    except Exception:  # noqa: BLE001  # another check's business
        return None
    after = (given.known(), given.extra, given.assumed)
    return None if before == after else f"afterwards the facts were {given!r}"


def three_answers(subject: Subject, known: Facts) -> str | None:
    answer = subject.answer(known)
    if answer is None:
        return None
    labels, candidates = answer.labels, answer.candidates
    problem = None
    if not labels <= candidates:
        problem = "labels are certain that are no candidates"
    elif answer.label is not None and answer.label not in labels:
        problem = f"the label {answer.label} is not among the certain ones"
    elif answer.outcome is Outcome.MATCHED and (answer.label is None or labels != candidates or answer.missing):
        problem = "a settled answer has a label, no other candidates, and nothing missing"
    elif answer.outcome is Outcome.UNDETERMINED and not (labels < candidates and answer.missing):
        problem = "an open answer has a candidate that is not certain, and says what is missing"
    elif answer.outcome is Outcome.UNMATCHED and (candidates or answer.missing or answer.rules):
        problem = "where no label applies there are no candidates, nothing is missing and no rule gave it"
    return None if problem is None else f"{problem}; here it is {repr_of(answer)}"


def label_of_category(subject: Subject, known: Facts) -> str | None:
    answer = subject.answer(known)
    category = subject.classifier.category
    given = [] if answer is None else [*answer.labels, *answer.candidates, answer.label]
    wrong = [label for label in given if label is not None and not isinstance(label, category)]
    return f"{repr_of(wrong[0])} is no {category.__name__}" if wrong else None


def more_knowledge(subject: Subject, known: Facts) -> str | None:
    after = subject.answer(known)
    if after is None:
        return None
    for weaker in subject.weaker(known):
        before = subject.answer(weaker)
        if before is None:
            continue
        settled = before.outcome is not Outcome.UNDETERMINED
        same = (after.outcome, after.label, after.labels) == (before.outcome, before.label, before.labels)
        label_stays = before.label is None or after.label == before.label
        if (settled and not same) or not label_stays or not before.labels <= after.labels <= before.candidates:
            return f"with less known, {weaker!r}, it answered {described(before)}, and with this {described(after)}"
    return None


def missing(subject: Subject, known: Facts) -> str | None:
    after = subject.answer(known)
    for weaker in (known, *subject.weaker(known)):
        before = subject.answer(weaker)
        if before is None or before.outcome is not Outcome.UNDETERMINED:
            continue
        names = before.missing
        wrong = [name for name in names if weaker.value(name) is not None]
        if wrong:
            return f"for {weaker!r} it misses {repr_of(wrong[0])}, which is known"
        if len(set(names)) < len(names):
            return f"for {weaker!r} it misses a fact twice: {names}"
        settled = subject.answer(weaker.changed({name: known.value(name) for name in names}))
        if after is None or settled is None or after.outcome is Outcome.UNDETERMINED:
            continue
        if settled.outcome is Outcome.UNDETERMINED:
            return f"for {weaker!r} it misses {', '.join(names)}; told these, it misses {', '.join(settled.missing)}"
    return None


def has_rules(subject: Subject) -> str | None:
    rules = getattr(subject.classifier, "rules", None)
    is_some = isinstance(rules, (tuple, list)) and all(isinstance(rule, Rule) for rule in rules)
    return None if is_some else "it has no rules"


def rules_hold(subject: Subject, known: Facts) -> str | None:
    answer = subject.answer(known)
    rules = subject.classifier.rules
    for position in () if answer is None else answer.rules:
        if position not in range(len(rules)):
            return f"it names rule {position}, counted from 0, of {counted(len(rules), 'rule')}"
        if rules[position].condition.truth(known) is not True:
            return f"it names rule {position}, whose condition does not hold"
        if answer is not None and rules[position].label not in answer.labels:
            return f"it names rule {position}, which gives {rules[position].label}, and answers {described(answer)}"
    return None


def has_short_answers(subject: Subject) -> str | None:
    """Why there are none to be compared; None where there are."""
    return None if isinstance(subject.classifier, DecisionTable) else "it is no table, so that it has one answer alone"


def short_answers(subject: Subject, known: Facts) -> str | None:
    answer = subject.answer(known)
    if answer is None:
        return None
    for name in ("label", "labels"):
        try:
            short = getattr(subject.classifier, name)(copy.copy(known))
        except Exception as error:  # noqa: BLE001  # whatever a stranger's classifier raises
            return f"{name}(facts) raised {type(error).__name__}: {error}"
        if short != getattr(answer, name):
            return f"{name}(facts) gave {repr_of(short)}, and the whole answer has {repr_of(getattr(answer, name))}"
    return None


def assumed(subject: Subject, known: Facts) -> str | None:
    names: Any = known.known()
    said = Facts(**names, extra=known.extra, assumed={*known.known(), *known.extra})
    mine, theirs = subject.answer(known), subject.answer(said)
    if mine is None or theirs is None or mine == theirs:
        return None
    return f"it answered {described(mine)}, and where all this was assumed {described(theirs)}"
