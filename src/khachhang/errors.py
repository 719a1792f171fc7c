"""Every error and warning of the library.

One root, `KhachhangError`; each leaf also inherits the builtin that fits. An error carries its facts as attributes,
says what was wrong and where, and ends with a line ``Hint:`` that names the cure. Errors pickle. Values of personal
data (birth dates, incomes, assets, scores, contact data, identity numbers) never stand in a message: there the field
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class KhachhangWarning(UserWarning):
    """Something that is allowed and seldom meant; the text says when, why, and the cure."""


class KhachhangError(Exception):
    """The root of every error that the library raises on purpose."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr_of, self.args))})"


@attrs.frozen
class Fault:
    """One thing that is wrong with one field.

    Args:
        field: The field's path, such as ``amount`` or ``purchases[3].amount``.
        problem: What is wrong, with the value unless it is personal.
        hint: What to do about it; empty where the problem says it all.
    """

    field: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.field}: {self.problem}"
        return f"{text}\n    Hint: {self.hint}" if self.hint else text


_LONGEST_SHOWN = 300


def repr_of(value: object) -> str:
    """A value as errors show it: never long, and never an error of its own."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  # too deep, too many digits, or a class of somebody's whose repr fails
        return a_kind_of(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def with_article(name: str) -> str:
    """The name of a class as English says it: ``an int``, ``a Purchase``."""
    return f"{'an' if name.startswith(('a', 'e', 'i', 'o', 'A', 'E', 'I', 'O')) else 'a'} {name}"


def a_kind_of(value: object) -> str:
    """What a value is, where the value itself is not shown."""
    return with_article(type(value).__name__)


def counted(count: int, one: str) -> str:
    """So many of them: ``1 cut``, ``2 cuts``."""
    return f"{count} {one if count == 1 else f'{one}s'}"


def are(count: int) -> str:
    """The verb for so many of them."""
    return "is" if count == 1 else "are"


def listed(given: object, refused: Callable[[str], KhachhangError]) -> tuple[Any, ...]:
    """What a caller gave as a list; anything else, a text or a mapping among it, is refused.

    Args:
        given: What was given.
        refused: The error for it, made from how it is shown: only then, for to show a long list takes its time.

    Raises:
        KhachhangError: That error.
    """
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise refused(repr_of(given))
    return tuple(given)


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names that look most like one that is wrong, best first; for hints."""
    import difflib  # noqa: PLC0415  # few programs err, and all would wait for it

    return difflib.get_close_matches(name, names)


class InvalidError(KhachhangError, ValueError):
    """One object or call with one or more wrong fields; all of them come together.

    Args:
        subject: What was to be made, such as ``Purchase``.
        faults: Every fault found, in the order of the fields.
    """

    def __init__(self, subject: str, faults: Iterable[Fault]) -> None:
        self.subject = subject
        self.faults = tuple(faults)
        super().__init__(subject, self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        head = f"{self.subject}: {'one wrong field' if count == 1 else f'{count} wrong fields'}"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


class _HintedError(KhachhangError):
    """An error with one problem and one hint."""

    def __init__(self, problem: str, hint: str) -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(problem, hint)

    def __str__(self) -> str:
        return f"{self.problem}\nHint: {self.hint}"


class CategoryError(_HintedError, ValueError):
    """A set of labels that can not be: a code given twice, or words that are no words.

    Args:
        problem: What is wrong.
        hint: What to do about it; None where `problem` is the whole text of such an error.
    """

    def __init__(self, problem: str, hint: str | None = None) -> None:
        if hint is None:  # since Python 3.12 an enumeration in the making makes the error anew, from its text alone
            problem, _, hint = problem.partition("\nHint: ")
        super().__init__(problem, hint)


class PredicateError(_HintedError, TypeError):
    """A predicate that can not be meant: a constant of the wrong type, or outside what the fact can be."""


class TruthValueError(_HintedError, TypeError):
    """The truth value of a predicate was asked for: a chained comparison, or ``and``, ``or``, ``not``."""


class TableError(_HintedError, ValueError):
    """A decision table that can not be meant."""


class TableDocumentError(TableError):
    """A table as data, or as a grid of cells, that can not be read; or a table that can not be written so.

    Args:
        place: Where the fault stands, such as ``rules[3].condition.all[1].value``, or ``rows[2][0]`` in a grid;
            ``document`` where it is the whole.
    """

    def __init__(self, place: str, problem: str, hint: str) -> None:
        self.place = place
        super().__init__(problem, hint)
        self.args = (place, problem, hint)

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}"


class TemplateError(_HintedError, ValueError):
    """A template that can not be meant, or a facet that it does not have."""


class PolicyError(_HintedError, ValueError):
    """A ready classifier that needs a policy and got none, or a policy that does not fit."""


class CurrencyError(_HintedError, ValueError):
    """Amounts in several currencies, and no rates to bring them together."""


class UnknownLanguageError(KhachhangError, ValueError):
    """A language in which the library has no words.

    Args:
        lang: What was asked for.
        known: The languages that there are.
    """

    def __init__(self, lang: object, known: Sequence[str]) -> None:
        self.lang = lang
        self.known = tuple(known)
        super().__init__(lang, self.known)

    def __str__(self) -> str:
        known = ", ".join(repr(code) for code in self.known)
        return f"lang: no words in language {repr_of(self.lang)}\nHint: the known languages are {known}"


class UnknownNameError(KhachhangError, LookupError):
    """A name that is not among the known ones (a fact, a facet, a code).

    Args:
        kind: What sort of name, such as ``fact``.
        name: What was asked for.
        close: Known names that are spelt nearly so, best first.
    """

    def __init__(self, kind: str, name: object, close: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(kind, name, tuple(close), hint)
        self.kind = kind
        self.name: Any = name  # after AttributeError's own, which since Python 3.14 sets its name to None
        self.close = tuple(close)
        self.hint = hint

    def __str__(self) -> str:
        hint = self.hint or "see the list of known names in the reference"
        if self.close:
            hint = f"did you mean {' or '.join(repr(name) for name in self.close)}?"
        return f"no {self.kind} is called {repr_of(self.name)}\nHint: {hint}"


class UnknownFactError(UnknownNameError, AttributeError):
    """A fact that the catalogue does not have; an `AttributeError` as well, so that ``hasattr`` works."""


class OverlapError(KhachhangError, ValueError):
    """Two rules that are true at once in a table whose hit policy forbids it.

    Args:
        table: The table's name.
        rules: The positions, from 0, of the rules that are true together.
        witness: Facts for which they are; None where only the positions are known.
    """

    def __init__(self, table: str, rules: Iterable[int], witness: Any = None) -> None:
        self.table = table
        self.rules = tuple(rules)
        self.witness = witness
        super().__init__(table, self.rules, witness)

    def __str__(self) -> str:
        numbers = " and ".join(str(position + 1) for position in self.rules)
        shown = "" if self.witness is None else f", for example for {repr_of(self.witness)}"
        return (
            f"table {self.table!r}: rules {numbers} are true together{shown}\n"
            f"Hint: make the rules exclude each other, or choose another hit policy (FIRST, PRIORITY or COLLECT)"
        )


class MissingExtraError(KhachhangError, ImportError):
    """An optional part of the library was used and its extra is not installed.

    Args:
        room: The part, such as ``frames``.
        package: The package that could not be imported.
        extra: The extra that brings it; None where it bears the part's name.
    """

    def __init__(self, room: str, package: str, extra: str | None = None) -> None:
        self.room = room
        self.package = package
        self.extra = room if extra is None else extra
        super().__init__(room, package, self.extra)

    def __str__(self) -> str:
        return (
            f"khachhang.{self.room} needs {self.package!r}, which is not installed\n"
            f"Hint: pip install 'khachhang[{self.extra}]'"
        )
