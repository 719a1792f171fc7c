"""What would have to change for a customer to get another label."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import InvalidError, OverlapError, TableError, UnknownFactError, listed
from khachhang.rules import interpreter
from khachhang.rules._answers import Alive, Answers, scope_of
from khachhang.rules.cover import STEPS_OF_A_STATE, BoxSet, bits, walk
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import read
from khachhang.rules.region import condition_of
from khachhang.rules.space import Axis, Box, Budget, Segment, Space, TooMany, between
from khachhang.rules.variable import Change
from khachhang.rules.wording import check_language, predicate_text, read_text, value_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from khachhang.rules.predicate import Record
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category, Language

LISTED = 20
_STEPS_OF_A_TRIAL = 100

_HEAD = {"vi": "Để có nhãn “{label}” cần:", "en": "To get the label “{label}”:"}
_HELD = {"vi": "Khách đã có nhãn “{label}”.", "en": "The customer has the label “{label}” already."}
_KNOWN = {"vi": "biết được {fact}", "en": "{fact} becomes known"}
_FROM = {"vi": " (hiện nay: {value})", "en": " (now: {value})"}
_MORE = {"vi": " (hiện nay: {value}, thêm {more})", "en": " (now: {value}, {more} more)"}
_UNKNOWN = {"vi": " (hiện chưa biết)", "en": " (not known now)"}


@attrs.frozen
class Path:
    """One way to a label.

    Args:
        changes: For each fact that has to change its new value.
        facts: The facts with these changes; classified, they have the label.
    """

    changes: Mapping[str, Any]
    facts: Any
    _label: Category = attrs.field(repr=False)
    _before: Record = attrs.field(repr=False)
    _wanted: tuple[tuple[Axis, int], ...] = attrs.field(repr=False, eq=False)

    def explain(self, lang: Language) -> str:
        """What has to change, in words: the conditions to be met, and how it stands now.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        label = self._label.label(lang)
        if not self.changes:
            return _HELD[lang].format(label=label)
        return "\n".join(
            [_HEAD[lang].format(label=label), *(f"  - {self._line(*each, lang)}" for each in self._wanted)]
        )

    def _line(self, axis: Axis, mask: int, lang: Language) -> str:
        variable = axis.variable
        if mask == axis.known:
            return _KNOWN[lang].format(fact=variable.label.text(lang))
        text = predicate_text(condition_of(axis, mask), lang)
        now = read(variable, self._before)
        if now is None:
            return text if _has_no_value(axis, self._before) else text + _UNKNOWN[lang]
        if variable.is_private:
            return text
        shown = read_text(variable, now, lang)
        new: Any = self.changes[variable.name]
        if variable.type is int and variable.change is Change.GROWS:
            return text + _MORE[lang].format(value=shown, more=value_text(variable, new - now, lang))
        return text + _FROM[lang].format(value=shown)


def _has_no_value(axis: Axis, facts: Record) -> bool:
    exists = axis.variable.exists
    return exists is not None and exists.truth(facts) is False


def paths_to(
    table: Table[Any], label: Category, facts: Record, changeable: Iterable[str] | None, budget: float | None
) -> tuple[Path, ...]:
    """The ways to a label, the shortest first; see `khachhang.DecisionTable.paths_to`."""
    if label in interpreter.classify(table, facts).labels:
        return (Path({}, facts, label, facts, ()),)
    steps = Budget.seconds(budget)
    try:
        return tuple(_Search(table, label, facts, changeable, steps).paths())
    except TooMany:
        problem = f"table {table.name!r} is too large to find every way to {label.value!r} within the budget"
        raise TableError(
            problem, "give paths_to(..., budget=) more seconds, or name fewer facts as changeable"
        ) from None


_State = tuple[int, int, Alive]
"""On a walk: which contradictions are still alive, which facts were changed, and what is alive of the rules."""


class _Search:
    """The search for the smallest changes, by walks from fact to fact that change ever more of them."""

    def __init__(
        self, table: Table[Any], label: Category, facts: Record, changeable: Iterable[str] | None, budget: Budget
    ) -> None:
        self.table = table
        self.label = label
        self.facts = facts
        self.budget = budget
        bearing = self._bearing()
        self.space = Space([*(table.rules[place].condition for place in bearing), scope_of(table)], may_lack=True)
        self.changeable = self._named(changeable)
        self.axes = self.space.axes
        # Whether others have a value depends on these: a change of another may tell what they are.
        conditions = [axis.variable.exists for axis in self.axes]
        self.implied = {
            leaf.variable for condition in conditions if condition is not None for leaf in condition.leaves()
        }
        self.now = [read(axis.variable, facts) for axis in self.axes]
        self.held = [1 << axis.place(now) for axis, now in zip(self.axes, self.now, strict=True)]
        self.open_to = [self._open_to(place) for place in range(len(self.axes))]
        self.answers = Answers(table, self.space, budget, bearing)
        self.giving = [place for place, rule in enumerate(table.rules) if rule.label == label]
        self.rivals = self._rivals()
        self.contradictions = BoxSet(self.space, self.space.contradictions(budget))

    def _may_change(self, variable: Variable) -> bool:
        return self.changeable is None or variable.name in self.changeable

    def _named(self, changeable: Iterable[str] | None) -> frozenset[str] | None:
        if changeable is None:
            return None
        hint = "changeable names facts that the table asks for"
        refused = UnknownFactError("list of facts", changeable, (), hint)
        names = [changeable] if isinstance(changeable, str) else listed(changeable, lambda _: refused)
        if not all(isinstance(name, str) for name in names):
            raise refused
        known = {variable.name for variable in self.table.variables} | self.table.vocabulary.variables().keys()
        for name in sorted({*names} - known):
            raise UnknownFactError("fact", name, (), hint)
        return frozenset(names)

    def _open_to(self, place: int) -> int:
        """The segments to which the customer can come by a change."""
        axis, held = self.axes[place], self.held[place]
        variable = axis.variable
        if self.now[place] is None and (self._may_change(variable) or variable in self.implied):
            return axis.known
        if not self._may_change(variable):
            return 0
        if variable.change is Change.FIXED:
            return 0
        return axis.known & ~((held << 1) - 1 if variable.change is Change.GROWS else held)

    def _bearing(self) -> list[int]:
        """The rules that bear on whether the label is given."""
        table = self.table
        rules = range(len(table.rules))
        if self.label == table.otherwise or (table.hit is HitPolicy.UNIQUE and not table.is_proved):
            return list(rules)
        giving = [place for place in rules if table.rules[place].label == self.label]
        if table.hit is HitPolicy.FIRST:
            return list(range(max(giving, default=-1) + 1))
        if table.hit is HitPolicy.PRIORITY:
            return [place for place in rules if table.rank(table.rules[place].label) <= table.rank(self.label)]
        return giving

    def paths(self) -> list[Path]:
        """The paths, fewest changes first; none whose changes hold those of another."""
        found: list[Path] = []
        changed: list[int] = []
        for most in range(1, len(self.axes) + 1):
            made = [path for box in self._boxes(most, changed) if (path := self._path(box)) is not None]
            for path in sorted(made, key=lambda path: (len(path.changes), self._size(path.changes))):
                if not any(path.changes.keys() >= other.changes.keys() for other in found):
                    found.append(path)
            changed = [self._mask(path.changes) for path in found]
            if len(found) >= LISTED:
                break
        return sorted(found, key=lambda path: (len(path.changes), self._size(path.changes)))[:LISTED]

    def _mask(self, changes: Mapping[str, Any]) -> int:
        return sum(1 << place for place, axis in enumerate(self.axes) if axis.variable.name in changes)

    def _boxes(self, most: int, changed: list[int]) -> Iterator[Box]:
        """The boxes in which the label is certain, with exactly so many changes and none of those sets of changes."""

        def choices(place: int, state: _State) -> Iterator[tuple[int, int]]:
            yield self.held[place], state[1]
            changes = state[1] | 1 << place
            if changes.bit_count() <= most and not any(changes & each == each for each in changed):
                yield self.open_to[place], changes

        def wanted(state: _State) -> bool:
            return state[1].bit_count() == most and self._is_given(state[2])

        return self._walk(choices, self._can_be_given, wanted)

    def _walk(
        self,
        choices: Callable[[int, _State], Iterable[tuple[int, int]]],
        is_worth: Callable[[int, Alive], bool],
        is_wanted: Callable[[_State], bool],
    ) -> Iterator[Box]:
        ruled_out = self.contradictions

        def onward(place: int, state: _State) -> dict[_State, int]:
            groups: dict[_State, int] = {}
            for mask, changes in choices(place, state):
                self.budget.spend(STEPS_OF_A_STATE + self.answers.cost * mask.bit_count())
                for segment in bits(mask):
                    wrong = state[0] & ruled_out.reach[place][segment]
                    alive = self.answers.step(place, segment, state[2])
                    if not wrong & ruled_out.ended[place + 1] and is_worth(place, alive):
                        left = (wrong, changes, alive)
                        groups[left] = groups.get(left, 0) | 1 << segment
            return groups

        return walk(len(self.axes), (ruled_out.everyone, 0, self.answers.start), onward, is_wanted)

    def _can_be_given(self, place: int, alive: Alive) -> bool:
        """Whether a rule for the label can still be true, the table apply, and no rule that goes before be open."""
        true_of = self.answers.true_of
        if not alive[0] & true_of[-1]:
            return False
        giving = next((rule for rule in self.giving if alive[0] & true_of[rule]), None)
        if giving is None and self.label != self.table.otherwise:
            return False
        settled = alive[1] & self.answers.open.ended[place + 1]
        return not settled & (self.rivals[-1] if giving is None else self.rivals[giving])

    def _rivals(self) -> list[int]:
        """For each rule the boxes of those that bar it where they are not false; at the end what bars `otherwise`."""
        table, others = self.table, [0]
        for rule, possible in zip(table.rules, self.answers.open_of, strict=False):
            others.append(others[-1] | (0 if rule.label == self.label else possible))
        if table.hit is HitPolicy.FIRST:
            return others
        if table.hit is HitPolicy.PRIORITY:
            ranks = [table.rank(rule.label) < table.rank(self.label) for rule in table.rules]
            above = sum({possible for possible, is_above in zip(self.answers.open_of, ranks, strict=False) if is_above})
            return [*(above for _ in table.rules), others[-1]]
        return [*(0 for _ in table.rules), others[-1]]

    def _is_given(self, alive: Alive) -> bool:
        try:
            return self.label in self.answers.answer(alive).labels
        except OverlapError:
            return False

    def _path(self, box: Box) -> Path | None:
        """The shortest path into a box, tried by classifying; None where the changes contradict other facts."""
        self.budget.spend(_STEPS_OF_A_TRIAL)
        changes = {
            axis.variable.name: self._nearest(place, box[place])
            for place, axis in enumerate(self.axes)
            if box[place] != self.held[place] and self._may_change(axis.variable)
        }
        facts = self._after(changes)
        if facts is None:
            return None
        for name in list(changes):
            # One change may imply another: whoever has an age is a person.
            fewer = {other: value for other, value in changes.items() if other != name}
            without = self._after(fewer)
            if without is not None:
                changes, facts = fewer, without
        wanted = self._wanted(changes, facts, box)
        return Path(changes, facts, self.label, self.facts, wanted)

    def _after(self, changes: Mapping[str, Any]) -> Record | None:
        """The facts after some changes; None where these contradict other facts, or do not lead to the label."""
        self.budget.spend(len(self.table.rules))
        try:
            facts = self.table.vocabulary.changed(self.facts, changes)
            return facts if self.label in interpreter.classify(self.table, facts).labels else None
        except (InvalidError, OverlapError):
            return None

    def _wanted(self, changes: Mapping[str, Any], facts: Record, box: Box) -> tuple[tuple[Axis, int], ...]:
        """What to tell of each change: all that the rule asks for where that is enough, else the box that was found."""
        places = [place for place, axis in enumerate(self.axes) if axis.variable.name in changes]
        whole = {place: box[place] for place in places}
        rules = [self.table.rules[position] for position in interpreter.classify(self.table, facts).rules]
        for condition in [rule.condition for rule in rules if rule.label == self.label][:1]:
            for asked in self.space.true_boxes(condition, self.budget):
                wider = {place: asked.get(place, 0) & self.open_to[place] for place in places}
                if all(wider[place] & box[place] for place in places) and self._is_enough(wider):
                    whole = wider
                    break
        return tuple((self.axes[place], mask) for place, mask in whole.items())

    def _is_enough(self, wider: Box) -> bool:
        """Whether the label is certain wherever the changed facts lie in their masks."""

        def choices(place: int, _: _State) -> list[tuple[int, int]]:
            return [(wider.get(place, self.held[place]), 0)]

        outside = self._walk(choices, lambda *_: True, lambda state: not self._is_given(state[2]))
        return next(outside, None) is None

    def _change(self, place: int, new: Any) -> float:
        now: Any = self.now[place]
        if now is None or not self.axes[place].variable.is_number:
            return 1.0
        before, after = Fraction(now), Fraction(new)
        return float(abs(after - before) / max(abs(before), abs(after), Fraction(1)))

    def _size(self, changes: Mapping[str, Any]) -> float:
        return sum(
            self._change(place, changes[axis.variable.name])
            for place, axis in enumerate(self.axes)
            if axis.variable.name in changes
        )

    def _nearest(self, place: int, mask: int) -> Any:
        """The value nearest to the present one within a mask, as far as the fact can change so."""
        axis, now = self.axes[place], self.now[place]
        segments = [axis.segments[segment] for segment in bits(mask)]
        if now is None or not axis.variable.is_number:
            return segments[0].value
        reached = [_reached(axis, segment, now) for segment in segments]
        if axis.variable.change is Change.RESETS:
            # Time alone brings it up; to come down it falls to the very bottom, and then time brings it up.
            reached = [reached[0], *(new for new in reached if new > now)]
        return min(reached, key=lambda new: self._change(place, new))


def _reached(axis: Axis, segment: Segment, now: Any) -> Any:
    """The value of a segment that is nearest to a value outside it, as far as the fact can change so."""
    kind = axis.variable.type
    is_up = segment.low is not None and (now <= segment.low or axis.variable.change is Change.RESETS)
    if kind is int or segment.is_point:
        return segment.low if is_up else segment.high
    return between(kind, segment.low, segment.high, "low" if is_up else "high")
