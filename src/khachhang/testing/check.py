"""The conformance check: every law, on any object that meets the protocol of a classifier."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from functools import cache, partial
from types import NoneType
from typing import TYPE_CHECKING, Any

from khachhang.errors import Fault, InvalidError, listed, repr_of
from khachhang.testing._aim import check_table
from khachhang.testing._laws import LAWS, Law
from khachhang.testing._subject import Subject
from khachhang.testing.report import ClassifierFailed, Failure, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from khachhang.facts import DecisionTable
    from khachhang.rules import Classifier

_NAMES = tuple(law.name for law in LAWS)


class _Examination:
    """The checks of one classifier, each made at most once."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.left_out: dict[str, str] = {}
        self.found: dict[str, Failure | None] = {}

    def look(self, law: Law) -> Failure | None:
        """What is wrong by one law; None where it holds, or is left out."""
        if law.name not in self.found:
            reason = self._reason(law)
            if reason is not None:
                self.left_out[law.name] = reason
            breach = None if reason is not None else law.breach(self.subject)
            self.found[law.name] = None if breach is None else Failure(law.name, breach[0], _message(law, breach[1]))
        return self.found[law.name]

    def _reason(self, law: Law) -> str | None:
        for name in law.builds_on:
            if self.look(_law(name)) is not None:
                return f"it builds on {name!r}, which fails"
        return law.left_out(self.subject)


def _message(law: Law, problem: str) -> str:
    return f"{law.words} {problem[:1].upper()}{problem[1:]}."


@cache
def _law(name: str) -> Law:
    return next(law for law in LAWS if law.name == name)


def check_classifier(
    c: Classifier[Any],
    like: DecisionTable[Any] | None = None,
    expected_failures: Mapping[str, str] | None = None,
) -> Report:
    """Try every law on a classifier: a table, a function with a name and labels, a model.

    In a test over random policies or tables, by ``@given``, it takes its time for each: set ``deadline=None`` there.

    Args:
        c: Anything with `name`, `category` and ``classify(facts)``.
        like: A table that it should equal; it is then compared with it on all edges of the table as well.
        expected_failures: For each check that is known to fail the reason why that is right.

    Returns:
        How many checks ran, which were left out and why.

    Raises:
        ClassifierFailed: An `AssertionError` that holds every failure: a law that does not hold, each with the smallest
            facts that show it, or one that was expected to fail and does not.
        TableError: If `like` is no table.
        InvalidError: If `expected_failures` names no check, or gives no reason.

    >>> from khachhang.classifiers import age_band
    >>> report = check_classifier(age_band())
    >>> report.ran >= 15, report.left_out["like"]
    (True, 'no table was given as like=')
    """
    return _checked(_Examination(_subject(c, like)), LAWS, _reasons(expected_failures))


def _subject(classifier: Classifier[Any], like: DecisionTable[Any] | None) -> Subject:
    if like is not None:
        check_table(like, "like")
    return Subject(classifier, like)


def _reasons(expected: Mapping[str, str] | None) -> dict[str, str]:
    if not isinstance(expected, (Mapping, NoneType)):
        raise _wrong(f"{repr_of(expected)} gives no reasons", "write {'pickles': 'why that is right'}")
    reasons = dict(expected or {})
    for name, reason in reasons.items():
        if name not in _NAMES:
            raise _wrong(f"there is no check {repr_of(name)}", f"the checks are {', '.join(_NAMES)}")
        if not isinstance(reason, str) or not reason.strip():
            raise _wrong(f"{name!r} needs a reason", "say why it is right that it fails")
    return reasons


def _wrong(problem: str, hint: str) -> InvalidError:
    return InvalidError("check_classifier", [Fault("expected_failures", problem, hint)])


def _checked(examination: _Examination, laws: Iterable[Law], expected: Mapping[str, str]) -> Report:
    found = {law.name: examination.look(law) for law in laws}
    left_out = {name: examination.left_out[name] for name in found if name in examination.left_out}
    failures = []
    for name, failure in found.items():
        if failure is not None and name not in expected:
            failures.append(failure)
        elif failure is None and name in expected:
            why = f"was left out, because {left_out[name]}" if name in left_out else "holds"
            failures.append(Failure(name, None, f"It was expected to fail, because {expected[name]}, and it {why}."))
    ran = len(found) - len(left_out)
    as_expected = {name: failure for name, failure in found.items() if failure is not None and name in expected}
    if not ran:
        failures.append(Failure("none", None, "No check ran, so that nothing was shown."))
    report = Report(examination.subject.name, ran, left_out, tuple(failures), as_expected)
    if failures:
        raise ClassifierFailed(report)
    return report


def parametrize_with_checks(
    classifiers: Iterable[Classifier[Any]],
    like: DecisionTable[Any] | None = None,
    expected_failures: Mapping[str, str] | None = None,
) -> Callable[[Any], Any]:
    """A decorator for pytest that gives a test the argument `check`: each law of each classifier, as a call.

    A check that does not apply is a skipped test with the reason; without `like` the check of that name is not there.
    Call it in the test: ``check()``.

    Args:
        classifiers: The classifiers; at least one.
        like: As for `check_classifier`, for all of them.
        expected_failures: As for `check_classifier`, for all of them.

    Raises:
        TableError: If `like` is no table.
        InvalidError: If there is no classifier, or `expected_failures` is wrong.
    """
    pytest: Any = importlib.import_module("pytest")  # whoever asks for its decorator has it
    expected = _reasons(expected_failures)
    parameters = []

    def refused(shown: str) -> InvalidError:
        problem, hint = f"{shown} is no list of classifiers", "put them in a list"
        return InvalidError("parametrize_with_checks", [Fault("classifiers", problem, hint)])

    for classifier in listed(classifiers, refused):
        examination = _Examination(_subject(classifier, like))
        for law in LAWS:
            if like is None and law.name == "like":
                continue
            reason = law.left_out(examination.subject)
            marks = [] if reason is None else [pytest.mark.skip(reason=reason)]
            own = {name: why for name, why in expected.items() if name == law.name}
            call = partial(_call, examination, law, own, pytest.skip)
            parameters.append(pytest.param(call, marks=marks, id=f"{examination.subject.name}-{law.name}"))
    if not parameters:
        hint = "give at least one, so that a check runs"
        raise InvalidError("parametrize_with_checks", [Fault("classifiers", "no classifier was given", hint)])
    decorator: Callable[[Any], Any] = pytest.mark.parametrize("check", parameters)
    return decorator


def _call(examination: _Examination, law: Law, expected: Mapping[str, str], skip: Callable[[str], None]) -> None:
    examination.look(law)
    if law.name in examination.left_out:
        skip(examination.left_out[law.name])
    _checked(examination, [law], expected)
