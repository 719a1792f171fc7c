"""When labels will change by time alone: the days on which a threshold is crossed if nothing happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.advice._checks import tables_of, to_days
from khachhang.advice._wording import capital, days_text
from khachhang.advice.matter import is_open
from khachhang.entities import Customer, Person
from khachhang.entities._checks import Faults, Refused
from khachhang.errors import TemplateError
from khachhang.facts import facts_of
from khachhang.facts.derivation import check_day, check_instances
from khachhang.rules import HitPolicy
from khachhang.rules.predicate import Among, Between, Comparison
from khachhang.rules.wording import check_language, date_text
from khachhang.taxonomy import TieKind, Words
from khachhang.templates import as_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from khachhang.entities import Business, Interaction
    from khachhang.facts import Assumption, DecisionTable, Facts, LeapDay
    from khachhang.rules import Classification, Classifier
    from khachhang.rules.predicate import Leaf
    from khachhang.taxonomy import Category, Language
    from khachhang.templates import Template

_DAY = timedelta(days=1)
_GROWING = {
    "days_since_first_purchase": Words("đã {days} kể từ lần mua đầu tiên", "{days} since the first purchase"),
    "days_since_last_purchase": Words("đã {days} khách không mua gì", "{days} without a purchase"),
    "days_since_last_dealing": Words("đã {days} không có giao dịch hay liên hệ nào", "{days} without any dealing"),
}
"""The facts that grow by one a day while nothing happens, as people put it; beside them age grows, and ties end."""


@attrs.frozen
class LabelChange:
    """On one day the answer for one facet changes, if nothing happens until then.

    Args:
        day: The first day of the new answer.
        days: Days from the as-of date to it, at least 1.
        facet: The facet's code, which is the table's name.
        before: The answer on the day before.
        after: The answer on that day.
        because: What time has brought about that day: an age reached, so many days since something, a tie ended.
    """

    day: date
    days: int
    facet: str
    before: Classification[Category]
    after: Classification[Category]
    because: tuple[Words, ...] = attrs.field(repr=False)
    _table: DecisionTable[Any] = attrs.field(repr=False)

    def explain(self, lang: Language) -> str:
        """When, what changes, and why.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        facet = self._table.category.facet_title(lang)
        day, days, change = date_text(self.day, lang), days_text(self.days, lang), "; ".join(self._steps(lang))
        head = (
            f"Nếu không có gì mới thì từ ngày {day} (còn {days} nữa), {facet}: {change}."
            if lang == "vi"
            else f"If nothing happens, from {day} (in {days}), {facet}: {change}."
        )
        return "\n".join([head, *(f"  - {capital(reason.text(lang))}." for reason in self.because)])

    def _steps(self, lang: Language) -> Iterator[str]:
        if self._table.hit is not HitPolicy.COLLECT:
            before, after = self.before.describe(lang), self.after.describe(lang)
            yield f"chuyển từ “{before}” sang “{after}”" if lang == "vi" else f"from “{before}” to “{after}”"
            return
        gained, lost = self.after.labels - self.before.labels, self.before.candidates - self.after.candidates
        possible = self.after.candidates - self.before.candidates - gained
        doubtful = self.before.labels - self.after.labels - lost
        steps = (
            ("thêm", "now also", gained),
            ("không còn", "no longer", lost),
            ("có thể thêm", "now possibly", possible),
            ("không còn chắc là", "perhaps no longer", doubtful),
        )
        for vi, en, labels in steps:
            if labels:
                names = ", ".join(label.label(lang) for label in sorted(labels, key=self._table.rank))
                yield f"{vi if lang == 'vi' else en} “{names}”"


def next_changes(
    customer: Customer,
    template: Template | Iterable[Classifier[Any]] | None,
    as_of: date,
    *,
    horizon_days: int | None = None,
    business: Business | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    leap_day: LeapDay = "03-01",
) -> tuple[LabelChange, ...]:
    """The days on which labels will change if nothing happens: a customer becomes former, turns 22, is no longer staff.

    What is recorded after the as-of date is not known on it and does not exist: purchases, interactions, the resolution
    of a complaint, a tie that begins later. A tie that stands on the as-of date and has a last day is different, for
    that day was agreed on before: it ends then. The days are worked out from the thresholds of the tables, and the
    answers are those that classifying on that day would give.

    Args:
        customer: Who, and what happened.
        template: A template or a list of tables; None for the general one.
        as_of: The day from which on nothing happens.
        horizon_days: How many days ahead to look, the last one included; None for as far as anything changes.
        business: The seller whose view is taken.
        assume: What may stand for facts that are not known, on every day alike.
        rates: For each currency how many units of the business's currency one unit is worth.
        leap_day: When one born on 29 February turns a year older in a common year: ``"03-01"`` or ``"02-28"``.

    Returns:
        Soonest first; on one day in the template's order. An answer counts as changed where its outcome, label, certain
        or possible labels do.

    Raises:
        InvalidError: If an argument or the history can not be meant.
        CurrencyError: If the history is in several currencies and a rate is lacking.
        TemplateError: If the template is none, or a classifier in it is no table.

    >>> from khachhang.classifiers import age_band
    >>> lan = Customer(id="KH-001", party=Person(name="Nguyễn Thị Lan", birth_date=date(2004, 7, 9)))
    >>> for change in next_changes(lan, [age_band()], date(2026, 6, 30)):
    ...     print(change.day, change.after.label.value)
    2026-07-09 from_22_to_50
    2055-07-09 over_50
    """
    chosen = as_template(template)
    check_day(as_of, leap_day)
    check_instances(customer, business)
    try:
        tables = tables_of(chosen.classifiers)
        last = date.max if horizon_days is None else _later(as_of, to_days(horizon_days)) or date.max
    except Refused as refusal:
        faults = Faults("next_changes")
        faults.check_known("horizon_days", to_days, horizon_days)
        if not faults.passed("horizon_days"):
            raise faults.error() from None
        raise TemplateError(f"template: a classifier {refusal.problem}", refusal.hint) from None
    frozen = freeze(customer, as_of)
    custom = [variable for table in tables for variable in table.variables]

    def facts_on(day: date) -> Facts:
        known = facts_of(frozen, day, business=business, rates=rates, leap_day=leap_day)
        return known.assuming(assume, custom=custom)

    facts = facts_on(as_of)
    leaves = [leaf for table in tables for leaf in table.leaves()]
    days = sorted({day for day in _days(frozen, facts, as_of, leaves) if as_of < day <= last})
    if not days:
        return ()
    answers = [table.classify(facts) for table in tables]
    changes: list[LabelChange] = []
    for day in days:
        facts = facts_on(day)
        yesterday: Facts | None = None
        for place, table in enumerate(tables):
            answer = table.classify(facts)
            if _seen(answer) != _seen(answers[place]):
                yesterday = facts_on(day - _DAY) if yesterday is None else yesterday
                because = tuple(_reasons(table, yesterday, facts))
                ahead = (day - as_of).days
                changes.append(LabelChange(day, ahead, table.name, answers[place], answer, because, table))
            answers[place] = answer
    return tuple(changes)


def freeze(customer: Customer, as_of: date) -> Customer:
    """The customer as known at the end of a day, without what happened later; ties that stand keep their last day."""

    def known(event: Interaction) -> Interaction:
        return attrs.evolve(event, resolved_on=None) if is_open(event, as_of) else event

    purchases, ties = customer.purchases, customer.ties
    dealt = customer.interactions
    return attrs.evolve(
        customer,
        purchases=None if purchases is None else tuple(event for event in purchases if event.day <= as_of),
        interactions=None if dealt is None else tuple(known(event) for event in dealt if event.day <= as_of),
        ties=None if ties is None else tuple(tie for tie in ties if tie.since is None or tie.since <= as_of),
    )


def _seen(answer: Classification[Category]) -> tuple[object, ...]:
    return answer.outcome, answer.label, answer.labels, answer.candidates


def _days(customer: Customer, facts: Facts, as_of: date, leaves: Iterable[Leaf]) -> Iterator[date]:
    """Every day on which a test on a fact that time drives can change, and a few on which none does."""
    for leaf in leaves:
        name = leaf.variable.name
        for threshold in _thresholds(leaf):
            if name in _GROWING:
                value = facts.value(name)
                if isinstance(value, int):
                    yield from _found(_later(as_of, threshold - value))
            elif name == "age" and isinstance(customer.party, Person) and customer.party.birth_date is not None:
                yield from _birthdays(customer.party.birth_date, threshold)
    for tie in customer.ties or ():
        if tie.until is not None:
            yield from _found(_later(tie.until, 1))


def _found(day: date | None) -> Iterator[date]:
    if day is not None:
        yield day


def _thresholds(leaf: Leaf) -> Iterator[int]:
    """The values of a whole number at which a test on it can change: from below a constant to it, and from it on."""
    constants: tuple[object, ...] = ()
    match leaf:
        case Comparison(constant=constant):
            constants = (constant,)
        case Between(low=low, high=high):
            constants = (low, high)
        case _:
            constants = leaf.values if isinstance(leaf, Among) else ()
    for constant in constants:
        if type(constant) is int:
            yield constant
            yield constant + 1


def _later(day: date, days: int) -> date | None:
    """So many days later; None behind the end of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _birthdays(birth_date: date, age: int) -> Iterator[date]:
    """The day on which an age is completed, or the two in question for one born on 29 February."""
    year = birth_date.year + age
    if date.min.year <= year <= date.max.year:
        try:
            yield birth_date.replace(year=year)
        except ValueError:
            yield from (date(year, 2, 28), date(year, 3, 1))


def _reasons(table: DecisionTable[Any], before: Facts, after: Facts) -> Iterator[Words]:
    turned = [leaf for leaf in table.leaves() if leaf.truth(before) is not leaf.truth(after)]
    for variable in dict.fromkeys(leaf.variable for leaf in turned):
        value: Any = after.value(variable.name)
        if variable.name == "age":
            yield Words(f"khách tròn {value} tuổi", f"the customer turns {value}")
        elif variable.type is bool:
            kind = TieKind(variable.name.removeprefix("tie_"))
            yield Words(f"hết tư cách “{kind.label('vi')}”", f"the tie “{kind.label('en')}” has ended")
        else:
            since = _GROWING[variable.name]
            vi, en = days_text(value, "vi"), days_text(value, "en")
            yield Words(since.vi.format(days=vi), since.en.format(days=en))
