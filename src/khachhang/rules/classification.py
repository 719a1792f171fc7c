"""The answer of a classifier, and the protocol that every classifier meets."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, runtime_checkable

import attrs

from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.taxonomy import Language

C_co = TypeVar("C_co", bound=Category, covariant=True)


def by_rank(label: Category) -> int:
    """The place of a label in its category; to sort by."""
    return label.rank


def _in_order(labels: Iterable[Category]) -> str:
    """The labels in their order; whatever a broken classifier gave is shown all the same."""
    return f"{{{', '.join(map(repr, sorted(labels, key=lambda label: (getattr(label, 'rank', -1), str(label)))))}}}"


class Outcome(StrEnum):
    """The three answers."""

    MATCHED = "matched"
    """There is a label (or, where several may apply, every label is settled and at least one applies)."""
    UNDETERMINED = "undetermined"
    """Facts are not known, and more than one answer is still possible."""
    UNMATCHED = "unmatched"
    """No label applies, whatever is not known."""


@attrs.frozen
class Classification(Generic[C_co]):
    """What a classifier says of one customer.

    Args:
        outcome: Which of the three answers it is.
        label: The label; where several may apply the primary one, None while one that ranks above it is open.
        labels: The labels that are certain.
        candidates: The certain labels and those still open.
        missing: The names of the facts that are not known and could still decide, in the order of the rules.
        rules: The positions, from 0, of the rules that gave the answer.
    """

    outcome: Outcome
    label: C_co | None = None
    labels: frozenset[C_co] = attrs.field(default=frozenset(), repr=_in_order)
    candidates: frozenset[C_co] = attrs.field(default=frozenset(), repr=_in_order)
    missing: tuple[str, ...] = ()
    rules: tuple[int, ...] = ()

    @property
    def is_matched(self) -> bool:
        """Whether there is a settled answer with a label."""
        return self.outcome is Outcome.MATCHED

    def describe(self, lang: Language) -> str:
        """The answer in a few words, without reasons: its labels, or that it is not known yet, or that none applies."""
        labels: Iterable[Category] = self.candidates
        ordered = sorted(labels, key=by_rank)
        match self.outcome:
            case Outcome.MATCHED:
                return ", ".join(label.label(lang) for label in ordered)
            case Outcome.UNDETERMINED:
                names = "; ".join(label.label(lang) for label in ordered)
                return f"chưa xác định ({names})" if lang == "vi" else f"not known yet ({names})"
            case Outcome.UNMATCHED:
                return "không thuộc nhãn nào" if lang == "vi" else "no label"


@runtime_checkable
class Classifier(Protocol[C_co]):
    """What any classifier offers: a table, or a user's own model."""

    @property
    def name(self) -> str:
        """The facet's code."""

    @property
    def category(self) -> type[C_co]:
        """The label set from which it answers."""

    def classify(self, facts: Any) -> Classification[C_co]:
        """The answer for one record of facts."""
