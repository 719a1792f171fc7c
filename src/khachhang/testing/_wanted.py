"""What a customer's facts have to be, as far as a box says, and which part of a customer each fact comes from."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.facts.catalogue import VARIABLES
from khachhang.testing._segments import values_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hypothesis.strategies import SearchStrategy

    from khachhang.rules.space import Axis, Box, Space

PARTY = frozenset({"party_kind", "organization_kind", "age", "gender", "occupation", "monthly_income",
                   "investable_assets", "leading_style"})  # fmt: skip
BUSINESS = frozenset({"currency", "seller_industry"})
BUYING = frozenset({"purchase_count", "days_since_first_purchase", "days_since_last_purchase", "mean_purchase_gap",
                    "bought_count", "spend", "discounted_share", "returned_share", "organization_share",
                    "resale_share"})  # fmt: skip
DEALING = frozenset({"dealing_count", "days_since_last_dealing"})
NEED = frozenset({"has_need", "has_means", "taste_matches", "is_interested"})
TIES = frozenset(name for name in VARIABLES if name.startswith("tie_"))
INTERACTING = frozenset(VARIABLES) - PARTY - BUSINESS - BUYING - DEALING - NEED - TIES - {"declared_capacity"}

_FEW = 4


@attrs.frozen(slots=False, eq=False)
class Wanted:
    """What a box asks of each fact, by its name.

    Args:
        space: The space of the box.
        box: The box; all of its segments have values.
    """

    space: Space
    box: Box

    @cached_property
    def _masks(self) -> dict[str, tuple[Axis, int]]:
        return {
            self.space.axes[place].variable.name: (self.space.axes[place], mask) for place, mask in self.box.items()
        }

    def is_free(self, names: Iterable[str]) -> bool:
        """Whether none of the facts is asked for."""
        return self._masks.keys().isdisjoint(names)

    def names(self, among: Iterable[str]) -> list[str]:
        """Those of the facts that are asked for."""
        return [name for name in among if name in self._masks]

    def allows(self, name: str, value: Any) -> bool:
        """Whether a fact may have a value."""
        if name not in self._masks:
            return True
        axis, mask = self._masks[name]
        return bool(mask >> axis.place(value) & 1)

    def values(self, name: str) -> SearchStrategy[Any]:
        """The values that a fact that is asked for may have."""
        return values_in(*self._masks[name])

    def spans(self, name: str) -> list[tuple[Any, Any]]:
        """The ends of the parts in which a number may lie, None where there is none; points twice the same.

        Of whole numbers both ends belong to it, of others those of a point alone.
        """
        if name not in self._masks:
            return [(VARIABLES[name].low, VARIABLES[name].high)]
        axis, mask = self._masks[name]
        segments = [segment for place, segment in enumerate(axis.segments) if mask >> place & 1]
        return [(segment.low, segment.high) for segment in segments]

    def counts(self, name: str, low: int = 0) -> list[int]:
        """The first few whole numbers from `low` that a fact may have."""
        return list(islice(self._counts(name, low), _FEW))

    def _counts(self, name: str, low: int) -> Iterator[int]:
        for first, last in self.spans(name):
            begin = max(low, first or 0)
            end = begin + _FEW if last is None else min(last, begin + _FEW)
            yield from range(begin, end + 1)

    def whole_steps(self, name: str, divisor: int, low: int, high: int) -> list[tuple[int, int]]:
        """The whole numbers from `low` to `high` that, divided, are a value that a fact may have; as pairs of ends."""
        if name not in self._masks:
            return [(low, high)]
        found = []
        for first, last in self.spans(name):
            begin = max(low, math.floor((first or 0) * divisor) - 1)
            end = high if last is None else min(high, math.ceil(last * divisor) + 1)
            while begin <= end and not self.allows(name, begin / divisor):
                begin += 1
            while begin <= end and not self.allows(name, end / divisor):
                end -= 1
            if begin <= end:
                found.append((begin, end))
        return found
