"""Truth values that may be known before any data is seen: an expression, or plainly true or false.

A predicate becomes two of them: whether it is possibly true, and whether it is definitely true. Both are free of nulls,
so that no engine's own idea of null logic is ever asked (measured: 53 of 120 random predicates are wrong without).
"""

from __future__ import annotations

from operator import and_, or_
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Truth: TypeAlias = "nw.Expr | bool"

FAN_IN = 32
CHAIN = 24
"""Dask runs into its recursion limit on wider coalesces, from about 256 rules; the other engines do not mind a tree."""


@attrs.frozen(eq=False)
class Lowered:
    """A predicate on columns.

    Args:
        possibly: Whether it may be true.
        definitely: Whether it is true.
        kleene: The same as one expression that is null where it is open; None where the columns do not allow it. Only
            for engines of which `native.knows_open` is true.
    """

    possibly: Truth
    definitely: Truth
    kleene: nw.Expr | None = None

    @property
    def is_settled(self) -> bool:
        """Whether it is open nowhere: both are the very same expression."""
        return self.possibly is self.definitely


TRUE = Lowered(possibly=True, definitely=True)
FALSE = Lowered(possibly=False, definitely=False)
OPEN = Lowered(possibly=True, definitely=False)


def all_of(parts: Sequence[Lowered]) -> Lowered:
    """All of several predicates."""
    return _combined(parts, conjunction)


def any_of(parts: Sequence[Lowered]) -> Lowered:
    """Any of several predicates."""
    return _combined(parts, disjunction)


def _combined(parts: Sequence[Lowered], join: Callable[[Iterable[Truth]], Truth]) -> Lowered:
    possibly = join(part.possibly for part in parts)
    if all(part.is_settled for part in parts):
        return Lowered(possibly, possibly)
    kleene = [part.definitely if part.is_settled else part.kleene for part in parts]
    whole = None if any(each is None for each in kleene) else join(each for each in kleene if each is not None)
    return Lowered(possibly, join(part.definitely for part in parts), whole if isinstance(whole, nw.Expr) else None)


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
    return balanced(parts, or_ if absorbing else and_)


def balanced(parts: list[nw.Expr], join: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """All parts joined in a balanced tree: a chain of 256 is too deep for several engines."""
    while len(parts) > 1:
        joined = [join(left, right) for left, right in zip(parts[::2], parts[1::2], strict=False)]
        parts = joined + parts[len(joined) * 2 :]
    return parts[0]


def first(cases: Iterable[tuple[Truth, int | str]], default: int | None, kind: Any = nw.Int16) -> nw.Expr:
    """What the first case that is true gives, else the default; null only where that is None.

    One flat `when` for a few cases, and a flat `coalesce` of those: a single one is too deep for several engines from
    about 128 cases on, and a `coalesce` of single cases takes twice the time.
    """
    kept: list[tuple[nw.Expr, nw.Expr]] = []
    last: int | str | None = default
    for truth, given in cases:
        if truth is True:
            last = given
            break
        if truth is not False:
            kept.append((truth, nw.lit(given, dtype=kind)))
    if not kept:
        return nw.lit(last, dtype=kind)
    parts = [_chain(kept[start : start + CHAIN]) for start in range(0, len(kept), CHAIN)]
    if last is not None and len(parts) == 1:
        one: nw.Expr = parts[0].otherwise(nw.lit(last, dtype=kind))
        return one
    if last is not None:
        parts.append(nw.lit(last, dtype=kind))
    return _coalesced(parts).cast(kind) if len(parts) > 1 else parts[0]


def _chain(cases: Sequence[tuple[nw.Expr, nw.Expr]]) -> Any:
    (truth, value), *rest = cases
    chain: Any = nw.when(truth).then(value)
    for truth, value in rest:
        chain = chain.when(truth).then(value)
    return chain


def _coalesced(parts: Sequence[nw.Expr]) -> nw.Expr:
    while len(parts) > 1:
        parts = [nw.coalesce(*parts[start : start + FAN_IN]) for start in range(0, len(parts), FAN_IN)]
    return parts[0]
