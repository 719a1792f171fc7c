"""Proof that a table has no holes: gaps, overlaps, and rules that never decide."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import attrs

from khachhang.rules.cover import meeting, uncovered
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always, Predicate
from khachhang.rules.region import region_text
from khachhang.rules.space import Box, Budget, Space, TooMany, intersect
from khachhang.rules.wording import check_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules.predicate import Record
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Language

LISTED = 100
"""How many findings of a kind are listed at most; overlaps are counted beyond it."""

DEFAULT_SECONDS = 10.0
MOST_BOXES = 100_000

Kind = Literal["gap", "overlap", "unreachable"]

_TEXTS: dict[str, dict[str, str]] = {
    "vi": {
        "gap": "Không quy tắc nào áp dụng khi: {region}.",
        "overlap": "Quy tắc {numbers} cùng đúng khi: {region}.",
        "unreachable": "Quy tắc {numbers} không bao giờ quyết định.",
    },
    "en": {
        "gap": "No rule applies where {region}.",
        "overlap": "Rules {numbers} hold together where {region}.",
        "unreachable": "Rule {numbers} never decides.",
    },
}
_AND = {"vi": " và ", "en": " and "}


@attrs.frozen
class Finding:
    """Something found in a table.

    Args:
        kind: ``"gap"``, ``"overlap"`` or ``"unreachable"``.
        rules: The positions, from 0, of the rules concerned; none for a gap.
        witness: Facts that really show it; None for a rule that never decides.
    """

    kind: Kind
    rules: tuple[int, ...]
    witness: Record | None
    _space: Space = attrs.field(repr=False, eq=False)
    _box: Box = attrs.field(repr=False, eq=False)

    def explain(self, lang: Language) -> str:
        """The finding in words, with the region that it speaks of.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        numbers = _AND[lang].join(str(position + 1) for position in self.rules)
        region = region_text(self._space, self._box, lang)
        return _TEXTS[lang][self.kind].format(numbers=numbers, region=region)


@attrs.frozen(slots=False, eq=False)
class Verification:
    """What is proved of a table; each part is worked out when it is read.

    Exact over whole numbers, real numbers, amounts, labels, texts and Booleans, within each fact's range and only where
    it has a value. At most 100 findings of a kind are listed.

    Args:
        table: The table.
        budget: About how many seconds each part may take on an ordinary machine. It is counted in steps, not on a
        clock.
    """

    table: Table[Any]
    budget: float = DEFAULT_SECONDS

    @property
    def gaps(self) -> tuple[Finding, ...]:
        """Where the table applies, everything is known and no rule does; none where it has an `otherwise`."""
        return self._gaps[0]

    @property
    def overlaps(self) -> tuple[Finding, ...]:
        """Pairs of rules that can be true together."""
        return self._overlaps[0]

    @property
    def overlap_count(self) -> int:
        """How many pairs of rules can be true together, those that are not listed among them."""
        return self._overlaps[1]

    @property
    def unreachable(self) -> tuple[Finding, ...]:
        """Rules that never decide: nothing meets them, or the hit policy never lets them through."""
        return self._unreachable[0]

    @property
    def undecided(self) -> tuple[str, ...]:
        """What the budget did not suffice for: ``"gaps"``, ``"overlaps"``, ``"unreachable"``."""
        parts = {"gaps": self._gaps[1], "overlaps": self._overlaps[2], "unreachable": self._unreachable[1]}
        return tuple(name for name, undecided in parts.items() if undecided)

    @property
    def is_clean(self) -> bool:
        """Whether everything was decided and nothing was found."""
        return not (self.gaps or self.overlaps or self.unreachable or self.undecided)

    def explain(self, lang: Language) -> str:
        """All findings in words, a line each."""
        check_language(lang)
        found = [finding.explain(lang) for finding in (*self.gaps, *self.overlaps, *self.unreachable)]
        hidden = self.overlap_count - len(self.overlaps)
        if hidden:
            found.append(f"… và {hidden} cặp quy tắc khác." if lang == "vi" else f"… and {hidden} more pairs of rules.")
        if self.undecided:
            left = ", ".join(self.undecided)
            found.append(f"Chưa kết luận được: {left}." if lang == "vi" else f"Left undecided: {left}.")
        if not found:
            return (
                "Không có chỗ hở, chồng lấn hay quy tắc thừa." if lang == "vi" else "No gaps, overlaps or idle rules."
            )
        return "\n".join(found)

    @cached_property
    def _space(self) -> Space:
        return Space([rule.condition for rule in self.table.rules] + [self._scope])

    @property
    def _scope(self) -> Predicate:
        return Always() if self.table.given is None else self.table.given

    def _outside(self, budget: Budget) -> list[Box]:
        """What need not be covered: what no customer is, and customers of whom the table does not speak."""
        return [*self._space.impossible_boxes(budget), *self._space.possible_boxes(~self._scope, budget)]

    def _witness(self, box: Box) -> Record:
        return self.table.vocabulary.record(self._space.values(box))

    @cached_property
    def _gaps(self) -> tuple[tuple[Finding, ...], bool]:
        if self.table.otherwise is not None:
            return (), False
        budget = Budget.seconds(self.budget)
        found: list[Finding] = []
        try:
            covering = self._outside(budget)
            for rule in self.table.rules:
                covering += self._space.possible_boxes(rule.condition, budget)
            for box in uncovered(self._space, covering, {}, budget):
                found.append(Finding("gap", (), self._complete(box), self._space, box))
                if len(found) == LISTED:
                    break
        except TooMany:
            return tuple(found), True
        return tuple(found), False

    def _complete(self, box: Box) -> Record:
        """A witness in which every fact of the table is known that has a value."""
        values: dict[str, Any] = {}
        for place, mask in box.items():
            axis = self._space.axes[place]
            value = axis.segments[(mask & -mask).bit_length() - 1].value
            if value is not None:
                values[axis.variable.name] = value
        return self.table.vocabulary.record(values)

    @cached_property
    def _true(self) -> list[list[Box]]:
        """For each rule the boxes in which it is true and the table applies."""
        budget = Budget.seconds(self.budget)
        scope = self._space.true_boxes(self._scope, budget)
        made: list[list[Box]] = []
        for rule in self.table.rules:
            boxes = self._space.true_boxes(rule.condition, budget)
            budget.spend(len(boxes) * len(scope))
            made.append([met for box in boxes for part in scope if (met := intersect(box, part)) is not None])
            if sum(map(len, made)) > MOST_BOXES:
                raise TooMany
        return made

    @cached_property
    def _overlaps(self) -> tuple[tuple[Finding, ...], int, bool]:
        try:
            true = self._true
        except TooMany:
            return (), 0, True
        found: list[Finding] = []
        count = 0
        for pairs in self._meetings(true):
            count += len(pairs)
            for one, other, box in pairs[: LISTED - len(found)]:
                found.append(Finding("overlap", (one, other), self._witness(box), self._space, box))
        return tuple(found), count, False

    def _meetings(self, true: list[list[Box]]) -> Iterator[_Pairs]:
        """For each rule the later rules that it meets, each with a box in which they do."""
        boxes = [box for each in true for box in each]
        owner = [rule for rule, each in enumerate(true) for _ in each]
        single = len(boxes) == len(true) and all(len(each) == 1 for each in true)
        met_by = meeting(self._space, boxes)
        if single:
            for one, met in enumerate(met_by):
                if met:
                    yield _Pairs(boxes, one, met)
            return
        seen: dict[tuple[int, int], tuple[int, int]] = {}
        for number, met in enumerate(met_by):
            for other in _bits(met):
                if owner[number] != owner[other]:
                    seen.setdefault((owner[number], owner[other]), (number, other))
        for (one, other), (first, second) in sorted(seen.items()):
            yield _Pairs(boxes, first, 1 << second, one, other)

    @property
    def disagreement(self) -> Finding | None:
        """The first pair of rules that are true together and give different labels; None where there is none known."""
        try:
            true = self._true
        except TooMany:
            return None
        for pairs in self._meetings(true):
            for one, other, box in pairs.all():
                if self.table.rules[one].label != self.table.rules[other].label:
                    return Finding("overlap", (one, other), self._witness(box), self._space, box)
        return None

    @cached_property
    def _unreachable(self) -> tuple[tuple[Finding, ...], bool]:
        budget = Budget.seconds(self.budget)
        found: list[Finding] = []
        undecided = False
        try:
            true, impossible = self._true, self._space.impossible_boxes(budget)
        except TooMany:
            return (), True
        for position, boxes in enumerate(true):
            ahead = [box for other in self._ahead(position) for box in true[other]]
            try:
                reached = any(True for box in boxes for _ in uncovered(self._space, [*impossible, *ahead], box, budget))
            except TooMany:
                undecided = True
                break
            if not reached:
                found.append(Finding("unreachable", (position,), None, self._space, {}))
                if len(found) == LISTED:
                    break
        return tuple(found), undecided

    def _ahead(self, position: int) -> Iterable[int]:
        """The rules that decide before this one where both are true."""
        table = self.table
        if table.hit is HitPolicy.FIRST:
            return range(position)
        if table.hit is HitPolicy.PRIORITY:
            own = table.rank(table.rules[position].label)
            return [other for other, rule in enumerate(table.rules) if table.rank(rule.label) < own]
        return ()


@attrs.frozen
class _Pairs:
    """The rules that one rule meets; made into pairs only as far as somebody asks."""

    boxes: list[Box]
    number: int
    met: int
    one: int = -1
    other: int = -1

    def __len__(self) -> int:
        return self.met.bit_count()

    def __getitem__(self, most: slice) -> Iterator[tuple[int, int, Box]]:
        for place, pair in enumerate(self.all()):
            if place >= most.stop:
                return
            yield pair

    def all(self) -> Iterator[tuple[int, int, Box]]:
        for second in _bits(self.met):
            box = intersect(self.boxes[self.number], self.boxes[second])
            if box is not None:
                yield (self.number, second, box) if self.one < 0 else (self.one, self.other, box)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
