"""Proof that a table has no holes: gaps, overlaps, and rules that never decide."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import attrs

from khachhang.rules._answers import rivals, scope_of
from khachhang.rules.cover import bits, meeting, uncovered
from khachhang.rules.region import region_text
from khachhang.rules.space import DEFAULT_SECONDS, MOST_BOXES, Box, Budget, Space, TooMany, checked_seconds, intersect
from khachhang.rules.wording import check_language

if TYPE_CHECKING:
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category, Language

LISTED = 100
"""How many findings of a kind are listed at most; overlaps are counted beyond it."""

Kind = Literal["gap", "overlap", "unreachable"]

_TEXTS: dict[str, dict[str, str]] = {
    "vi": {
        "gap": "Không quy tắc nào áp dụng {region}.",
        "overlap": "Quy tắc {numbers} cùng đúng {region}.",
        "unreachable": "Quy tắc {numbers} không bao giờ quyết định.",
    },
    "en": {
        "gap": "No rule applies {region}.",
        "overlap": "Rules {numbers} hold together {region}.",
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
    witness: Any
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
    budget: float = attrs.field(default=DEFAULT_SECONDS, converter=checked_seconds)

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
        return Space([rule.condition for rule in self.table.rules] + [scope_of(self.table)])

    def _finding(self, kind: Kind, rules: tuple[int, ...], box: Box) -> Finding:
        witness = self.table.vocabulary.record(self._space.values(box))
        return Finding(kind, rules, witness, self._space, box)

    @cached_property
    def _gaps(self) -> tuple[tuple[Finding, ...], bool]:
        if self.table.otherwise is not None:
            return (), False
        budget = Budget.seconds(self.budget)
        found: list[Finding] = []
        try:
            # What no customer is, and customers of whom the table does not speak, need not be covered.
            covering = self._space.impossible_boxes(budget)
            covering += self._space.possible_boxes(~scope_of(self.table), budget)
            for rule in self.table.rules:
                covering += self._space.possible_boxes(rule.condition, budget)
            for box in uncovered(self._space, covering, {}, budget):
                found.append(self._finding("gap", (), box))
                if len(found) == LISTED:
                    break
        except TooMany:
            return tuple(found), True
        return tuple(found), False

    @cached_property
    def _true(self) -> list[list[Box]] | None:
        """For each rule the boxes in which it is true and the table applies; None where there are too many."""
        budget = Budget.seconds(self.budget)
        try:
            scope = self._space.true_boxes(scope_of(self.table), budget)
            made: list[list[Box]] = []
            count = 0
            for rule in self.table.rules:
                boxes = self._space.true_boxes(rule.condition, budget)
                if self.table.given is not None:
                    budget.spend(len(boxes) * len(scope))
                    boxes = [met for box in boxes for part in scope if (met := intersect(box, part)) is not None]
                made.append(boxes)
                count += len(boxes)
                if count > MOST_BOXES:
                    return None
        except TooMany:
            return None
        return made

    @cached_property
    def _meetings(self) -> list[int] | None:
        """For each rule the mask of the later rules with which it can be true; None where that is too much work."""
        if self._true is None:
            return None
        boxes = [box for each in self._true for box in each]
        met = meeting(self._space, boxes)
        if all(len(each) == 1 for each in self._true):
            return met
        budget = Budget.seconds(self.budget)
        owner = [rule for rule, each in enumerate(self._true) for _ in each]
        found = [0] * len(self._true)
        for number, others in enumerate(met):
            rule = owner[number]
            try:
                budget.spend(others.bit_count())
            except TooMany:
                return None
            for other in {owner[each] for each in bits(others)} - {rule}:
                found[rule] |= 1 << other
        return found

    def _overlap(self, one: int, other: int) -> Finding:
        shared = (intersect(box, another) for box in (self._true or [])[one] for another in (self._true or [])[other])
        return self._finding("overlap", (one, other), next(box for box in shared if box is not None))

    @cached_property
    def _overlaps(self) -> tuple[tuple[Finding, ...], int, bool]:
        if self._meetings is None:
            return (), 0, True
        count = sum(met.bit_count() for met in self._meetings)
        pairs = ((one, other) for one, met in enumerate(self._meetings) for other in bits(met))
        return tuple(self._overlap(*pair) for pair in islice(pairs, LISTED)), count, False

    @property
    def disagreement(self) -> Finding | None:
        """The first pair of rules that are true together and give different labels; None where there is none known."""
        agreeing: dict[Category, int] = {}
        for position, rule in enumerate(self.table.rules):
            agreeing[rule.label] = agreeing.get(rule.label, 0) | 1 << position
        for one, met in enumerate(self._meetings or ()):
            other = next(bits(met & ~agreeing[self.table.rules[one].label]), None)
            if other is not None:
                return self._overlap(one, other)
        return None

    @cached_property
    def _unreachable(self) -> tuple[tuple[Finding, ...], bool]:
        if self._true is None:
            return (), True
        budget = Budget.seconds(self.budget)
        found: list[Finding] = []
        try:
            impossible = self._space.impossible_boxes(budget)
            open_boxes = [self._space.possible_boxes(rule.condition, budget) for rule in self.table.rules]
            for position, boxes in enumerate(self._true):
                own = self.table.rules[position].label
                ahead = [
                    box
                    for other in rivals(self.table, position)
                    # Another label is held up for good also where a rule ahead is open since a fact has no value.
                    for box in (self._true if self.table.rules[other].label == own else open_boxes)[other]
                ]
                if not any(self._is_reached(box, impossible, ahead, budget) for box in boxes):
                    found.append(Finding("unreachable", (position,), None, self._space, {}))
                    if len(found) == LISTED:
                        break
        except TooMany:
            return tuple(found), True
        return tuple(found), False

    def _is_reached(self, box: Box, impossible: list[Box], ahead: list[Box], budget: Budget) -> bool:
        budget.spend(len(ahead))
        met = [shared for other in ahead if (shared := intersect(box, other)) is not None]
        # Within the box they narrow only what they narrow further.
        covering = [{place: mask for place, mask in shared.items() if mask != box.get(place)} for shared in met]
        return not covering or next(uncovered(self._space, impossible + covering, box, budget), None) is not None
