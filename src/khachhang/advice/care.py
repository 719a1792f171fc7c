"""Follow-up: what is open as of a day, and what each customer's state calls for now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.advice._checks import chosen
from khachhang.advice._wording import assumed_text, question_text
from khachhang.advice.matter import OpenMatter, matters_of, order
from khachhang.advice.practice import FollowUpPolicy, Trigger, practice_table, triggers, with_state
from khachhang.entities import Customer
from khachhang.entities._checks import Faults, Refused, gather, to_code, to_date, to_tuple
from khachhang.facts import Facts, facts_of
from khachhang.rules.wording import check_language, number_text
from khachhang.taxonomy import Practice, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from khachhang.entities import Business
    from khachhang.facts import Assumption, DecisionTable, LeapDay
    from khachhang.rules import Classification
    from khachhang.taxonomy import Language


@attrs.frozen
class DuePractice:
    """A practice that a customer's state calls for now.

    Args:
        practice: What to do.
        reasons: Why, the most urgent reason first.
    """

    practice: Practice
    reasons: tuple[Words, ...]

    def explain(self, lang: Language) -> str:
        """What to do and why.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        return f"{self.practice.label(lang)}: {'; '.join(reason.text(lang) for reason in self.reasons)}."


@attrs.frozen
class CustomerCare:
    """What one customer's state calls for.

    Args:
        customer_id: Whose.
        matters: The open matters, oldest first; None where the interactions are not known.
        practices: What it calls for now, the most urgent first, each with its reasons.
        open: What it may call for, but that is not known.
        missing: The names of the facts that would settle that.
        facts: What was known, and what was assumed.
    """

    customer_id: str
    matters: tuple[OpenMatter, ...] | None
    practices: tuple[DuePractice, ...]
    open: tuple[Practice, ...]
    missing: tuple[str, ...]
    facts: Facts = attrs.field(repr=False)
    _table: DecisionTable[Practice] = attrs.field(repr=False)

    def __contains__(self, practice: object) -> bool:
        return any(due.practice == practice for due in self.practices)

    def explain(self, lang: Language) -> str:
        """The open matters, what to do and why, and what would have to be known to say more.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Language) -> Iterator[str]:
        yield f"Khách hàng {self.customer_id}" if lang == "vi" else f"Customer {self.customer_id}"
        yield from (f"  - {matter.explain(lang)}" for matter in self.matters or ())
        yield from (f"  - {due.explain(lang)}" for due in self.practices)
        if not self.matters and not self.practices:
            yield "  - Hiện chưa có việc gì phải làm." if lang == "vi" else "  - Nothing to do for now."
        if self.open:
            names = ", ".join(practice.label(lang) for practice in self.open)
            asked = [variable for variable in self._table.variables if variable.name in self.missing]
            facts = "; ".join(question_text(variable, lang) for variable in asked)
            yield (
                f"  - Chưa biết có cần: {names}. Cần hỏi thêm: {facts}."
                if lang == "vi"
                else f"  - Not known whether it calls for: {names}. To settle it, find out: {facts}."
            )


@attrs.frozen
class FollowUp:
    """What is open as of a day, and what each customer's state calls for.

    Args:
        as_of: The day.
        matters: All open matters, oldest first.
        customers: One entry a customer: those with the oldest open matter first, then the others as given.
    """

    as_of: date
    matters: tuple[OpenMatter, ...]
    customers: tuple[CustomerCare, ...]

    def calling_for(self, practice: Practice | str) -> tuple[CustomerCare, ...]:
        """The customers whose state calls for a practice, in their order.

        Args:
            practice: The practice or its code.

        Raises:
            InvalidError: If it is none.
        """
        try:
            wanted = to_code(practice, Practice)
        except Refused:
            faults = Faults("FollowUp.calling_for")
            faults.check("practice", to_code, practice, Practice)
            raise faults.error() from None
        return tuple(care for care in self.customers if wanted in care)


def follow_up(
    customers: Iterable[Customer],
    as_of: date,
    *,
    policy: FollowUpPolicy | None = None,
    business: Business | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    leap_day: LeapDay = "03-01",
) -> FollowUp:
    """What is open at the end of a day, oldest first, and for each customer what its state calls for now, and why.

    An unresolved complaint, an enquiry or care call that is not answered: `follow_up`. A loyal customer who has lapsed,
    or a potential one without contact: `reach_out_first`. A need without known means: `assess_means`. Interest and no
    purchase: `meet_in_person`. A buyer or one interested whom no marketing has reached, organisations aside:
    `speak_to_feelings`. A need that is not known: `know_first`. What depends on facts that are not known is said to be
    open, and is never guessed.

    Args:
        customers: Whose.
        as_of: The day; what happened later does not exist.
        policy: From when on a state calls for something; None for the defaults.
        business: The seller whose view is taken.
        assume: What may stand for facts that are not known: `RECORDED_IS_ALL`, or values by fact name,
            ``open_enquiry_count`` and ``unanswered_care_count`` among them.
        rates: For each currency how many units of the business's currency one unit is worth.
        leap_day: When one born on 29 February turns a year older in a common year.

    Raises:
        InvalidError: If an argument can not be meant.
        CurrencyError: If a history is in several currencies and a rate is lacking.
        PolicyError: If the policy is another one.

    >>> from datetime import date
    >>> from khachhang.entities import Interaction, Person
    >>> complaint = Interaction(date(2026, 6, 1), "complaint")
    >>> lan = Customer(id="KH-001", party=Person(name="Nguyễn Thị Lan"), interactions=[complaint])
    >>> done = follow_up([lan], date(2026, 6, 30))
    >>> print(done.customers[0].practices[0].explain("vi"))
    Theo dõi sau tư vấn: còn 1 khiếu nại chưa giải quyết.
    """
    limits = chosen(policy, FollowUpPolicy)
    given = gather(customers)
    try:
        everybody, day = to_tuple(given, Customer), to_date(as_of)
    except Refused:
        faults = Faults("follow_up")
        faults.check("customers", to_tuple, given, Customer)
        faults.check("as_of", to_date, as_of)
        raise faults.error() from None
    rules = triggers(limits)
    table = practice_table(rules)
    cares = []
    for customer in everybody:
        matters = None if customer.interactions is None else tuple(sorted(matters_of(customer, day), key=order))
        known = facts_of(customer, day, business=business, rates=rates, leap_day=leap_day)
        facts = with_state(known, matters, assume)
        cares.append(_care(customer.id, matters, facts, table, rules))
    cares.sort(key=lambda care: (not care.matters, care.matters[0].day if care.matters else day))
    together = sorted((matter for care in cares for matter in care.matters or ()), key=order)
    return FollowUp(day, tuple(together), tuple(cares))


def _care(
    customer_id: str,
    matters: tuple[OpenMatter, ...] | None,
    facts: Facts,
    table: DecisionTable[Practice],
    rules: tuple[Trigger, ...],
) -> CustomerCare:
    answer: Classification[Any] = table.classify(facts)
    reasons: dict[Practice, list[Words]] = {}
    for trigger in rules:
        if trigger.condition.truth(facts):
            reasons.setdefault(trigger.practice, []).append(_reason(trigger, facts))
    due = tuple(DuePractice(practice, tuple(why)) for practice, why in reasons.items())
    still = tuple(sorted(answer.candidates - answer.labels, key=lambda practice: practice.rank))
    return CustomerCare(customer_id, matters, due, still, answer.missing, facts, table)


def _reason(trigger: Trigger, facts: Facts) -> Words:
    texts = {}
    for lang in ("vi", "en"):
        numbers = {
            leaf.variable.name: number_text(value, lang)
            for leaf in trigger.condition.leaves()
            if isinstance(value := facts.value(leaf.variable.name), int)
        }
        words = trigger.reason.text(lang).format(**numbers)
        texts[lang] = words + assumed_text(trigger.condition.leaves(), facts, lang)
    return Words(**texts)
