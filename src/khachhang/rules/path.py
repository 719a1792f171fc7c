"""What would have to change for a customer to get another label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import InvalidError, TableError, UnknownFactError
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Always, read
from khachhang.rules.region import condition_of
from khachhang.rules.space import Axis, Box, Budget, Segment, Space, TooMany, between, intersect
from khachhang.rules.variable import Change
from khachhang.rules.wording import check_language, predicate_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from khachhang.rules.predicate import Predicate, Record
    from khachhang.rules.table import Table
    from khachhang.taxonomy import Category, Language

LISTED = 20
DEFAULT_SECONDS = 10.0

_HEAD = {"vi": "Để có nhãn “{label}” cần:", "en": "To get the label “{label}”:"}
_HELD = {"vi": "Khách đã có nhãn “{label}”.", "en": "The customer has the label “{label}” already."}
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
    facts: Record
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
        text = predicate_text(condition_of(axis, mask), lang)
        now = read(variable, self._before)
        if now is None:
            return text if _has_no_value(axis, self._before) else text + _UNKNOWN[lang]
        if variable.is_private:
            return text
        shown = value_text(variable, now, lang)
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
    if label in table.classify(facts).labels:
        return (Path({}, facts, label, facts, ()),)
    search = _Search(table, label, facts, changeable, Budget.seconds(DEFAULT_SECONDS if budget is None else budget))
    try:
        return tuple(search.paths())
    except TooMany:
        problem = f"table {table.name!r} is too large to find every way to {label.value!r} within the budget"
        raise TableError(
            problem, "give paths_to(..., budget=) more seconds, or name fewer facts as changeable"
        ) from None


class _Search:
    """The search over the boxes in which the label is certain, bounded by the number of facts that change."""

    def __init__(
        self, table: Table[Any], label: Category, facts: Record, changeable: Iterable[str] | None, budget: Budget
    ) -> None:
        self.table = table
        self.label = label
        self.facts = facts
        self.budget = budget
        scope: Predicate = Always() if table.given is None else table.given
        self.scope = scope
        self.space = Space([*(rule.condition for rule in table.rules), scope])
        self.changeable = self._named(changeable)
        self.now = [read(axis.variable, facts) for axis in self.space.axes]
        self.held = [self._held(place) for place in range(len(self.space.axes))]
        self.open_to = [self._open_to(place) for place in range(len(self.space.axes))]

    def _named(self, changeable: Iterable[str] | None) -> frozenset[str] | None:
        if changeable is None:
            return None
        names = frozenset([changeable] if isinstance(changeable, str) else changeable)
        known = {axis.variable.name for axis in self.space.axes} | self.table.vocabulary.variables().keys()
        for name in names - known:
            raise UnknownFactError("fact", name, (), "changeable names facts that the table asks for")
        return names

    def _held(self, place: int) -> int:
        """The segment in which the customer is now; none where the fact is not known."""
        axis, now = self.space.axes[place], self.now[place]
        return 0 if now is None else 1 << axis.place(now)

    def _open_to(self, place: int) -> int:
        """The segments that the customer can come to."""
        axis, now = self.space.axes[place], self.now[place]
        variable = axis.variable
        if self.changeable is not None and variable.name not in self.changeable:
            return self.held[place]
        if now is None:
            return axis.known
        if variable.change is Change.FIXED:
            return self.held[place]
        if variable.change is Change.GROWS:
            return axis.known & -self.held[place]
        return axis.known

    def paths(self) -> list[Path]:
        """The paths, fewest changes first; none whose changes hold those of another."""
        found: list[Path] = []
        for most in range(1, len(self.space.axes) + 1):
            for box in self._boxes(most):
                path = self._path(box)
                if path is not None and not any(path.changes.keys() >= other.changes.keys() for other in found):
                    found.append(path)
            if len(found) >= LISTED:
                break
        return sorted(found, key=lambda path: (len(path.changes), self._size(path)))[:LISTED]

    def _boxes(self, most: int) -> list[Box]:
        """The boxes in which the label is certain and exactly so many facts change, the smallest changes first."""
        boxes = [box for needed in self._needs() for box in self._meet({}, needed, most) if self._changes(box) == most]
        return sorted(boxes, key=self._distance)

    def _needs(self) -> Iterator[list[list[Box]]]:
        """For each rule that gives the label (and for the default one): what must hold, each as a choice of boxes."""
        scope = self._true(self.scope)
        rules = self.table.rules
        for position, rule in enumerate(rules):
            if rule.label == self.label:
                yield [scope, self._true(rule.condition), *(self._true(~other) for other in self._before(position))]
        if self.table.otherwise == self.label:
            wrong = [
                rule.condition for rule in rules if rule.label != self.label or self.table.hit is HitPolicy.COLLECT
            ]
            yield [scope, *(self._true(~condition) for condition in wrong)]

    def _true(self, condition: Predicate) -> list[Box]:
        return self.space.true_boxes(condition, self.budget)

    def _before(self, position: int) -> list[Predicate]:
        """The conditions of rules that would take the decision away."""
        table = self.table
        rules = [rule for rule in table.rules[:position] if rule.label != self.label]
        if table.hit is HitPolicy.PRIORITY:
            own = table.rank(self.label)
            rules = [rule for rule in table.rules if table.rank(rule.label) < own]
        elif table.hit is not HitPolicy.FIRST:
            rules = []
        return [rule.condition for rule in rules]

    def _meet(self, box: Box, needed: list[list[Box]], most: int) -> Iterator[Box]:
        if not needed:
            yield box
            return
        for choice in needed[0]:
            self.budget.spend()
            met = intersect(box, choice)
            if met is not None and self._changes(met) <= most:
                yield from self._meet(met, needed[1:], most)

    def _changes(self, box: Box) -> int:
        """How many facts have to change to come into a box; too many where one of them can not."""
        count = 0
        for place, mask in box.items():
            if not mask & self.held[place] and mask != self.space.axes[place].all:
                if not mask & self.open_to[place]:
                    return len(self.space.axes) + 1
                count += 1
        return count

    def _moves(self, box: Box) -> dict[int, int]:
        """The facts that have to change, with the segments to which they can."""
        return {
            place: mask & self.open_to[place]
            for place, mask in sorted(box.items())
            if not mask & self.held[place] and mask != self.space.axes[place].all
        }

    def _distance(self, box: Box) -> float:
        moves = self._moves(box)
        return sum(self._change(place, self._nearest(place, mask)) for place, mask in moves.items())

    def _change(self, place: int, new: Any) -> float:
        now: Any = self.now[place]
        if now is None or not self.space.axes[place].variable.is_number:
            return 1.0
        return float(abs(new - now)) / max(float(abs(now)), float(abs(new)), 1.0)

    def _size(self, path: Path) -> float:
        places = {axis.variable.name: place for place, axis in enumerate(self.space.axes)}
        return sum(self._change(places[name], new) for name, new in path.changes.items())

    def _nearest(self, place: int, mask: int) -> Any:
        axis, now = self.space.axes[place], self.now[place]
        segments = [segment for number, segment in enumerate(axis.segments) if mask >> number & 1]
        if now is None or not axis.variable.is_number:
            return segments[0].value
        reached = [_reached(axis, segment, now) for segment in segments]
        if axis.variable.change is Change.RESETS:
            # Time alone brings it up; to come down it falls to the very bottom.
            reached = [reached[0], *(new for new in reached if new > now)]
        return min(reached, key=lambda new: abs(new - now))

    def _path(self, box: Box) -> Path | None:
        """The path into a box, tried by classifying; None where the changes contradict other facts."""
        moves = self._moves(box)
        changes = {self.space.axes[place].variable.name: self._nearest(place, mask) for place, mask in moves.items()}
        try:
            facts = self.table.vocabulary.changed(self.facts, changes)
        except InvalidError:
            return None
        if self.label not in self.table.classify(facts).labels:
            return None
        wanted = tuple((self.space.axes[place], mask) for place, mask in moves.items())
        return Path(changes, facts, self.label, self.facts, wanted)


def _reached(axis: Axis, segment: Segment, now: Any) -> Any:
    """The value of a segment that is nearest to a value outside it, as far as the fact can change so."""
    kind = axis.variable.type
    if segment.low is not None and now <= segment.low:
        return segment.low if kind is int or segment.is_point else between(kind, segment.low, segment.high)
    if axis.variable.change is Change.RESETS and segment.low is not None:
        return segment.low
    return segment.high if kind is int or segment.is_point else between(kind, segment.low, segment.high, "high")
