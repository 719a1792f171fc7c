"""Truth values that may be known before any data is seen: an expression, or plainly true or false.

A predicate becomes two of them: whether it is possibly true, and whether it is definitely true. Both are free of nulls, so
that no engine's own idea of null logic is ever asked (measured: 53 of 120 random predicates are wrong without).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs
import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Truth: TypeAlias = "nw.Expr | bool"

FAN_IN = 32
"""Dask runs into its recursion limit on wider coalesces, from about 256 rules; the other engines do not mind a tree."""


@attrs.frozen(eq=False)
class Lowered:
    """A predicate on columns: whether it may be true, and whether it is true."""

    possibly: Truth
    definitely: Truth

    @property
    def is_settled(self) -> bool:
        """Whether it is open nowhere: both are the very same expression."""
        return self.possibly is self.definitely


TRUE = Lowered(possibly=True, definitely=True)
FALSE = Lowered(possibly=False, definitely=False)
OPEN = Lowered(possibly=True, definitely=False)


def all_of(parts: Sequence[Lowered]) -> Lowered:
    """All of several predicates."""
    possibly = conjunction(part.possibly for part in parts)
    if all(part.is_settled for part in parts):
        return Lowered(possibly, possibly)
    return Lowered(possibly, conjunction(part.definitely for part in parts))


def any_of(parts: Sequence[Lowered]) -> Lowered:
    """Any of several predicates."""
    possibly = disjunction(part.possibly for part in parts)
    if all(part.is_settled for part in parts):
        return Lowered(possibly, possibly)
    return Lowered(possibly, disjunction(part.definitely for part in parts))


def constant(*, holds: bool) -> Lowered:
    """What is true, or false, of every row."""
    return TRUE if holds else FALSE


def expression(truth: Truth) -> nw.Expr:
    """The truth as a column."""
    return nw.lit(truth, dtype=nw.Boolean) if isinstance(truth, bool) else truth


def negation(truth: Truth) -> Truth:
    """What is true where the truth is false."""
    return not truth if isinstance(truth, bool) else ~truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """All of them."""
    return _joined(truths, absorbing=False)


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Any of them."""
    return _joined(truths, absorbing=True)


def _joined(truths: Iterable[Truth], *, absorbing: bool) -> Truth:
    parts: list[nw.Expr] = []
    for truth in truths:
        if isinstance(truth, bool):
            if truth is absorbing:
                return absorbing
        else:
            parts.append(truth)
    if not parts:
        return not absorbing
    while len(parts) > 1:  # a balanced tree: a chain of 256 is too deep for several engines
        pairs = zip(parts[::2], parts[1::2], strict=False)
        joined = [left | right if absorbing else left & right for left, right in pairs]
        parts = joined + parts[len(joined) * 2 :]
    return parts[0]


def first(cases: Iterable[tuple[Truth, int]], default: int) -> nw.Expr:
    """The number of the first case that is true, else the default; never null.

    Flat `coalesce` rather than nested `when`: the latter is too deep from about 128 rules on.
    """
    parts: list[nw.Expr] = []
    for truth, number in cases:
        if truth is True:
            default = number
            break
        if truth is not False:
            parts.append(nw.when(truth).then(nw.lit(number, dtype=nw.Int16)))
    parts.append(nw.lit(default, dtype=nw.Int16))
    return _coalesced(parts).cast(nw.Int16)


def _coalesced(parts: Sequence[nw.Expr]) -> nw.Expr:
    while len(parts) > 1:
        parts = [nw.coalesce(*parts[start : start + FAN_IN]) for start in range(0, len(parts), FAN_IN)]
    return parts[0]
