"""A population as counts: how many customers give which answers, from a dataframe of any engine or from profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator as IteratorABC
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard

import attrs
import narwhals.stable.v2 as nw

from khachhang import taxonomy
from khachhang.charts import palette
from khachhang.charts.parts import count_text
from khachhang.errors import Fault, InvalidError, UnknownNameError, nearest, repr_of
from khachhang.frames.population import summarize
from khachhang.frames.table import as_frame, check_present
from khachhang.profiles import Profile
from khachhang.rules import Classification, Classifier, Outcome
from khachhang.rules.classification import by_rank
from khachhang.rules.wording import number_text
from khachhang.taxonomy import Category, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from khachhang.frames.table import Frame
    from khachhang.taxonomy import Language

FacetLike: TypeAlias = "str | type[Category] | Classifier[Any]"
"""A facet: its code, its label set, or the classifier itself, which is a table or a model of the user's own."""


class Rest(Enum):
    """Where a customer stands who has no label."""

    UNDETERMINED = Words("Chưa xác định", "Undetermined")
    UNMATCHED = Words("Không thuộc nhãn nào", "No label applies")
    UNLABELLED = Words("Chưa xác định hoặc không thuộc nhãn nào", "Undetermined, or no label applies")
    """The table does not tell the two apart: it was classified without reasons."""
    ABSENT = Words("Không có trong dữ liệu", "Not in the data")

    def label(self, lang: Language) -> str:
        """What people call it."""
        return self.value.text(lang)


_REST = {Outcome.UNDETERMINED: Rest.UNDETERMINED, Outcome.UNMATCHED: Rest.UNMATCHED}

Place: TypeAlias = "Category | Rest"

_SHIPPED: dict[str, type[Category]] = {
    made.facet(): made
    for made in vars(taxonomy).values()
    if isinstance(made, type) and issubclass(made, Category) and made is not Category
}


@attrs.frozen
class Facet:
    """One facet of a population.

    Args:
        name: The column, or the classifier in a profile.
        category: The labels.
    """

    name: str
    category: type[Category]

    def places(self, found: Iterable[Place]) -> list[Place]:
        """All labels in their order, then of those without a label what is found."""
        present = set(found)
        return [*self.category, *(rest for rest in Rest if rest in present)]

    def colours(self, *, ordered: bool = False) -> dict[Place, str]:
        """The colour of each place: one for each label, grey for all others."""
        found: dict[Place, str] = dict.fromkeys(Rest, palette.NO_LABEL)
        labels = list(self.category)
        return found | dict(zip(labels, palette.colours(len(labels), ordered=ordered), strict=True))

    def label_of(self, code: str, subject: str) -> Category:
        """The label of a code.

        Raises:
            InvalidError: If it is none.
        """
        try:
            return self.category(code)
        except ValueError:
            problem = f"the column holds {repr_of(code)}, which is no label of {self.category.__name__}"
            hint = f"the labels are {', '.join(self.category)}"
            raise InvalidError(subject, [Fault(self.name, problem, hint)]) from None


def facet_of(given: FacetLike, known: Iterable[Classifier[Any]] = ()) -> Facet:
    """The facet that is meant.

    Args:
        given: Its code, its label set, or the classifier itself.
        known: The classifiers of the profiles, which may bear names of their own.

    Raises:
        UnknownNameError: If a code is neither one of theirs nor that of a shipped facet, or it is no facet at all.
    """
    names = {classifier.name: classifier.category for classifier in known}
    if isinstance(given, str):
        category = names.get(given) or _SHIPPED.get(given)
        if category is None:
            close = nearest(given, [*names, *_SHIPPED])[:2]
            hint = "give the label set itself (a kh.Category), or the table"
            raise UnknownNameError("facet", given, close, hint)
        return Facet(given, category)
    if isinstance(given, type) and issubclass(given, Category):
        name = next((name for name, category in names.items() if category is given), given.facet())
        return Facet(name, given)
    if isinstance(given, Classifier):
        return Facet(given.name, given.category)
    hint = "give its code, its label set (a kh.Category), or the table"
    raise UnknownNameError("facet", given, (), hint)


@attrs.frozen
class Population:
    """How many customers give which answers.

    Args:
        facets: The facets, in the order in which they were asked for.
        counts: How many there are of each combination of answers; an answer is every place where the customer stands.
        many: For each facet whether a customer may have several labels.
    """

    facets: tuple[Facet, ...]
    counts: Counter[tuple[tuple[Place, ...], ...]]
    many: tuple[bool, ...]

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return self.counts.total()

    def by_place(self, number: int = 0) -> Counter[Place]:
        """How many stand at each place of one facet."""
        found: Counter[Place] = Counter()
        for answers, customers in self.counts.items():
            for place in answers[number]:
                found[place] += customers
        return found

    def note(self, lang: Language, number: int = 0) -> str:
        """How many customers there are, and of how many a facet is undetermined or has no label."""
        note = note_of(self.by_place(number), self.customers, lang)
        if not self.many[number]:
            return note
        return f"{note}; {'một khách có thể có nhiều nhãn' if lang == 'vi' else 'one customer may have several labels'}"


def note_of(by_place: Counter[Place], customers: int, lang: Language) -> str:
    """How many customers there are, and how many of them are undetermined or have no label; that nobody is, too."""
    who = "khách hàng" if lang == "vi" else "customer" if customers == 1 else "customers"
    rests = [rest for rest in Rest if by_place[rest]] or [Rest.UNDETERMINED]
    parts = [f"{_lowered(rest.label(lang))}: {count_text(by_place[rest], customers, lang)}" for rest in rests]
    return "; ".join([f"{number_text(customers, lang)} {who}", *parts])


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def is_listed(given: object) -> TypeGuard[Iterable[Any]]:
    """Whether it is a list, or yields one after the other; a dataframe does neither."""
    return isinstance(given, (list, tuple, IteratorABC))


def profiles_of(given: Iterable[Any], subject: str, field: str) -> list[Profile]:
    """Profiles, checked.

    Raises:
        InvalidError: If one is none.
    """
    found = list(given)
    for number, one in enumerate(found):
        if not isinstance(one, Profile):
            problem = f"a value of type {type(one).__name__} is no profile"
            hint = "give what kh.classify or kh.classify_all makes, or a dataframe"
            raise InvalidError(subject, [Fault(f"{field}[{number}]", problem, hint)])
    return found


def population_of(given: Any, facets: Sequence[FacetLike], subject: str) -> Population:
    """Count a population by one facet, or by several at once.

    Args:
        given: A dataframe of any engine, one row a customer, such as `khachhang.frames.classify` gives; or profiles.
        facets: The facets.
        subject: What is being done, for errors.

    Raises:
        InvalidError: If it is neither, or a column is not there or holds what is no label.
        UnknownNameError: If a facet is not known.
    """
    if not is_listed(given):
        return _of_frame(as_frame(given, subject, "population"), [facet_of(each) for each in facets], subject)
    profiles = profiles_of(given, subject, "population")
    known = profiles[0].template if profiles else ()
    wanted = tuple(facet_of(each, known) for each in facets)
    counts: Counter[tuple[tuple[Place, ...], ...]] = Counter()
    for profile in profiles:
        counts[tuple(places_of(profile[facet.name]) for facet in wanted)] += 1
    several = [any(len(answers[number]) > 1 for answers in counts) for number in range(len(wanted))]
    return Population(wanted, counts, tuple(several))


def places_of(answer: Classification[Any]) -> tuple[Place, ...]:
    """Every place of a customer: the certain labels, and why there is none or there may be more."""
    labels = sorted(answer.labels, key=by_rank)
    return (*labels, *([] if answer.is_matched else [_REST[answer.outcome]]))


def main_place(answer: Classification[Any]) -> Place:
    """The one place of a customer: the label, the primary one of several, or why there is none."""
    return _REST[answer.outcome] if answer.label is None else answer.label


def _of_frame(frame: Frame, facets: list[Facet], subject: str) -> Population:
    present = frame.collect_schema().names()
    columns: dict[Facet, list[str]] = {}
    many: set[Facet] = set()
    for facet in facets:
        flags = [f"{facet.name}_{label.value}" for label in facet.category]
        outcome = f"{facet.name}_outcome"
        columns[facet] = [facet.name, *([outcome] if outcome in present else [])]
        if set(flags) <= set(present):
            columns[facet] = flags
            many.add(facet)
    wanted = list(dict.fromkeys(name for names in columns.values() for name in names))
    check_present(frame, wanted, subject, "population")
    summary = nw.from_native(summarize(frame.select(*wanted).to_native(), by=wanted))
    counts: Counter[tuple[tuple[Place, ...], ...]] = Counter()
    for row in rows_of(summary):
        answers: list[tuple[Place, ...]] = []
        for facet in facets:
            values = [row[name] for name in columns[facet]]
            answers.append(_flagged(facet, values) if facet in many else (place_of(facet, *values, subject=subject),))
        counts[tuple(answers)] += int(row["customers"])
    return Population(tuple(facets), counts, tuple(facet in many for facet in facets))


def _flagged(facet: Facet, flags: list[Any]) -> tuple[Place, ...]:
    """Where customers stand by a flag for each label; null is open."""
    labels = [label for label, flag in zip(facet.category, flags, strict=True) if flag]
    is_open = any(flag is None for flag in flags)
    return (*labels, *([Rest.UNDETERMINED] if is_open else [] if labels else [Rest.UNMATCHED]))


def place_of(facet: Facet, code: str | None, outcome: str | None = None, *, subject: str) -> Place:
    """Where customers stand by a code and, where the table has it, the outcome."""
    if code is not None:
        return facet.label_of(code, subject)
    return Rest.UNLABELLED if outcome is None else _REST[Outcome(outcome)]


def rows_of(frame: Frame) -> Iterator[dict[str, Any]]:
    """The rows of a small table as plain values of Python, None for every kind of null."""
    made = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    columns: dict[str, list[Any]] = {}
    for column in made.iter_columns():
        nulls = column.is_null().to_list()
        columns[column.name] = [None if null else value for value, null in zip(column.to_list(), nulls, strict=True)]
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
