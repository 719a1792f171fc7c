"""Truth values that may be known before any data is seen: an expression, or plainly true or false.

A predicate becomes two of them: whether it is possibly true, and whether it is definitely true. Both are free of nulls,
so that no engine's own idea of null logic is ever asked (measured: 53 of 120 random predicates are wrong without).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Truth: TypeAlias = "nw.Expr | bool"

FAN_IN = 32
CHAIN = 12
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


def first(cases: Iterable[tuple[Truth, nw.Expr | int]], default: int, kind: Any = nw.Int16) -> nw.Expr:
    """The number of the first case that is true, else the default; never null.

    One flat `when` for a few cases, and a flat `coalesce` of those: a single one is too deep for several engines from
    about 128 cases on, and a `coalesce` of single cases takes twice the time.
    """
    kept: list[tuple[nw.Expr, nw.Expr]] = []
    last: nw.Expr | int = default
    for truth, number in cases:
        if truth is True:
            last = number
            break
        if truth is not False:
            kept.append((truth, _number(number, kind)))
    if not kept:
        return _number(last, kind)
    chains = [_chain(kept[start : start + CHAIN]) for start in range(0, len(kept), CHAIN)]
    if len(chains) == 1:
        one: nw.Expr = chains[0].otherwise(_number(last, kind))
        return one
    return _coalesced([*chains, _number(last, kind)]).cast(kind)


def _number(number: nw.Expr | int, kind: Any) -> nw.Expr:
    return nw.lit(number, dtype=kind) if isinstance(number, int) else number


def _chain(cases: Sequence[tuple[nw.Expr, nw.Expr]]) -> Any:
    (truth, number), *rest = cases
    chain: Any = nw.when(truth).then(number)
    for truth, number in rest:
        chain = chain.when(truth).then(number)
    return chain


def _coalesced(parts: Sequence[nw.Expr]) -> nw.Expr:
    while len(parts) > 1:
        parts = [nw.coalesce(*parts[start : start + FAN_IN]) for start in range(0, len(parts), FAN_IN)]
    return parts[0]
