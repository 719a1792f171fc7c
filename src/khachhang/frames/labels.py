"""From numbers to labels: the columns of an answer as people and databases read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from khachhang.frames import native
from khachhang.frames.answer import OVERLAP, UNDETERMINED, UNMATCHED
from khachhang.frames.truth import first
from khachhang.rules import HitPolicy, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.frames.answer import Answer
    from khachhang.frames.table import Frame

_OUTCOMES = list(Outcome)


def outcome(answer: Answer) -> nw.Expr:
    """The outcome as a number: its place among the outcomes, -1 where rules clash."""
    matched, undetermined, unmatched = (
        _OUTCOMES.index(which) for which in (Outcome.MATCHED, Outcome.UNDETERMINED, Outcome.UNMATCHED)
    )
    code = nw.col(answer.code)
    if answer.table.hit is HitPolicy.COLLECT:
        cases = [
            (nw.col(possible) & ~nw.col(certain), undetermined)
            for possible, certain in zip(answer.possible.values(), answer.certain.values(), strict=True)
        ]
        return first([*cases, *((nw.col(certain), matched) for certain in answer.certain.values())], unmatched, nw.Int8)
    return first(
        [(code == UNMATCHED, unmatched), (code == UNDETERMINED, undetermined), (code == OVERLAP, -1)], matched, nw.Int8
    )


def add_labels(frame: Frame, answers: Iterable[Answer], names: Iterator[str], *, reasons: bool) -> Frame:
    """The table with the columns that people read beside those from which they are made.

    Args:
        frame: The table with the answers as numbers.
        answers: What the tables answered.
        names: Names for columns to be made.
        reasons: Whether outcome and rule are wanted as well.
    """
    outcomes: dict[str, nw.Expr] = {}
    labels: dict[str, tuple[str, list[str]]] = {}
    numbers: dict[str, tuple[str, str]] = {}
    flags: dict[str, tuple[str, str]] = {}
    for answer in answers:
        facet, category = answer.table.name, answer.table.category
        labels[facet] = (answer.code, [label.value for label in category])
        for label in answer.certain:
            flags[f"{facet}_{label.value}"] = (answer.certain[label], answer.possible[label])
        if reasons and answer.rule is not None:
            outcomes[name := next(names)] = outcome(answer)
            labels[f"{facet}_outcome"] = (name, [which.value for which in _OUTCOMES])
            numbers[f"{facet}_rule"] = (answer.rule, answer.code)
    if outcomes:
        frame = frame.with_columns(**outcomes)
    return native.readable(frame, labels, flags, numbers)
