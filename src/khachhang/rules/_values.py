"""What the value of one fact may be: sets of numbers and sets of other values, joined and compared exactly.

Whatever is said of one fact alone is such a set: it is open exactly while the fact is not known, so sets can be joined
without a change of meaning in Kleene's logic.
"""

from __future__ import annotations

from operator import and_, or_
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.rules.predicate import Among, Between, Comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from khachhang.rules.predicate import Leaf
    from khachhang.rules.variable import Value, Variable

Cut = tuple[Any, bool]
"""A place between numbers: just below a number, or (True) just above it."""


@attrs.frozen
class Line:
    """A set of numbers: inside or outside at the far left, and the other at every cut.

    Args:
        whole: Whether only whole numbers lie on the line, so that nothing lies between 5 and 6.
        starts: Whether it holds numbers however small.
        cuts: Where it begins and ends, rising.
    """

    whole: bool
    starts: bool
    cuts: tuple[Cut, ...] = ()

    def _key(self, cut: Cut) -> Any:
        return cut[0] + cut[1] if self.whole else cut

    def _joined(self, other: Line, keep: Callable[[bool, bool], bool]) -> Line:
        mine = {self._key(cut): cut for cut in self.cuts}
        theirs = {self._key(cut): cut for cut in other.cuts}
        here, there = self.starts, other.starts
        first = state = keep(here, there)
        cuts: list[Cut] = []
        for key in sorted(mine.keys() | theirs.keys()):
            here ^= key in mine
            there ^= key in theirs
            if keep(here, there) is not state:
                state = not state
                cuts.append(mine.get(key) or theirs[key])
        return Line(self.whole, first, tuple(cuts))

    def __and__(self, other: Line) -> Line:
        return self._joined(other, and_)

    def __or__(self, other: Line) -> Line:
        return self._joined(other, or_)

    def __invert__(self) -> Line:
        return Line(self.whole, not self.starts, self.cuts)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return not self.starts and not self.cuts

    @property
    def is_full(self) -> bool:
        """Whether it holds every number."""
        return self.starts and not self.cuts

    def spans(self) -> Iterator[tuple[Cut | None, Cut | None]]:
        """Its pieces from the left, each from a cut to a cut; None where it has no end."""
        ends = [None, *self.cuts] if self.starts else list(self.cuts)
        ends += [None] if len(ends) % 2 else []
        yield from zip(ends[::2], ends[1::2], strict=True)

    def points_left_out(self) -> list[Any]:
        """The single numbers that it lacks, where it lacks nothing else; empty where it lacks more, or nothing."""
        gaps = list(zip(self.cuts[::2], self.cuts[1::2], strict=False))
        whole = self.starts and len(self.cuts) % 2 == 0
        return [low[0] for low, _ in gaps] if whole and all(low[0] == high[0] for low, high in gaps) else []


@attrs.frozen
class Choice:
    """A set of labels, texts or truth values.

    Args:
        values: Those that it holds or, with `rest`, those that it does not.
        rest: Whether it holds all but `values`.
        domain: All that there can be; None for texts, which have no end.
    """

    values: tuple[Value, ...]
    rest: bool
    domain: tuple[Value, ...] | None

    def __and__(self, other: Choice) -> Choice:
        if self.rest and other.rest:
            return Choice(tuple(dict.fromkeys([*self.values, *other.values])), rest=True, domain=self.domain)
        if self.rest:
            return other & self
        theirs = set(other.values)
        kept = tuple(value for value in self.values if (value in theirs) is not other.rest)
        return Choice(kept, rest=False, domain=self.domain)

    def __or__(self, other: Choice) -> Choice:
        return ~(~self & ~other)

    def __invert__(self) -> Choice:
        return Choice(self.values, not self.rest, self.domain)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return (~self).is_full

    @property
    def is_full(self) -> bool:
        """Whether it holds all that there can be."""
        if self.rest:
            return not self.values
        return self.domain is not None and len(self.values) == len(self.domain)


def values_of(leaf: Leaf) -> Line | Choice:
    """The values that pass a test."""
    return _line(leaf) if leaf.variable.is_number else _choice(leaf)


def _line(leaf: Leaf) -> Line:
    whole = leaf.variable.type is int
    match leaf:
        case Comparison(operator=sign, constant=constant):
            below, above = (constant, False), (constant, True)
            return {
                "<": Line(whole, starts=True, cuts=(below,)),
                "<=": Line(whole, starts=True, cuts=(above,)),
                ">": Line(whole, starts=False, cuts=(above,)),
                ">=": Line(whole, starts=False, cuts=(below,)),
                "==": Line(whole, starts=False, cuts=(below, above)),
                "!=": Line(whole, starts=True, cuts=(below, above)),
            }[sign]
        case Between():
            low, high = (_line(bound) for bound in leaf.bounds)
            return low & high
        case Among(values=values, negation=negation):
            points: Any = sorted(set(values))
            cuts: list[Cut] = []
            for point in points:
                if whole and cuts and cuts[-1] == (point - 1, True):
                    cuts.pop()
                else:
                    cuts.append((point, False))
                cuts.append((point, True))
            return Line(whole, negation, tuple(cuts))
        case _:
            raise AssertionError(leaf)


def _choice(leaf: Leaf) -> Choice:
    domain = domain_of(leaf.variable)
    match leaf:
        case Comparison(operator=sign, constant=constant):
            return Choice((constant,), rest=sign == "!=", domain=domain)
        case Among(values=values, negation=negation):
            return Choice(tuple(dict.fromkeys(values)), rest=negation, domain=domain)
        case _:
            raise AssertionError(leaf)


def domain_of(variable: Variable) -> tuple[Value, ...] | None:
    """All that a fact can be, where it is no number; None for a text."""
    if variable.category is not None:
        return tuple(variable.category)
    return (True, False) if variable.type is bool else None
