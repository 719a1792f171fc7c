"""Open matters: what customers wait for, and what the business waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.advice._wording import days_text
from khachhang.entities import Customer
from khachhang.entities._checks import Faults, Refused, gather, to_date, to_tuple
from khachhang.rules.wording import check_language, date_text
from khachhang.taxonomy import InteractionKind, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from khachhang.entities import Interaction
    from khachhang.taxonomy import Channel, Language, Topic

_WAITS = {
    InteractionKind.COMPLAINT: Words("chưa giải quyết", "not resolved"),
    InteractionKind.ENQUIRY: Words("chưa trả lời khách", "not answered"),
    InteractionKind.CARE_CALL: Words("khách chưa hồi đáp", "not answered by the customer"),
}
OPEN_KINDS = tuple(_WAITS)
"""What may be open: a complaint and an enquiry until they are answered, a care call until the customer answers."""


@attrs.frozen
class OpenMatter:
    """A complaint or an enquiry not answered yet, or a care call that the customer has not answered.

    Args:
        customer_id: Whose it is.
        kind: Complaint, enquiry or care call.
        day: Since when.
        days_open: Days from then to the as-of date, 0 on the day itself.
        channel: By which way it came; None where it is not known.
        topic: What it is about; None where it is not known.
    """

    customer_id: str
    kind: InteractionKind
    day: date
    days_open: int
    channel: Channel | None = None
    topic: Topic | None = None

    def explain(self, lang: Language) -> str:
        """What is open and since when.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        details = "; ".join(label.label(lang) for label in (self.topic, self.channel) if label is not None)
        about = f" ({details})" if details else ""
        kind, day, days = self.kind.label(lang), date_text(self.day, lang), days_text(self.days_open, lang)
        if lang == "vi":
            return f"{kind} ngày {day}{about}: {_WAITS[self.kind].vi}, đã {days}."
        return f"{kind} of {day}{about}: {_WAITS[self.kind].en} after {days}."


def open_matters(customers: Iterable[Customer], as_of: date) -> tuple[OpenMatter, ...]:
    """The complaints, enquiries and care calls that are open at the end of a day, of many customers, oldest first.

    Open is what happened on that day or before and was not resolved or answered by then. A history of interactions that
    is not known has no open matter to show; `follow_up` says that it is not known.

    Args:
        customers: Whose.
        as_of: The day.

    Returns:
        In the order of days, then of the customers' ids, the kinds, the channels and the topics.

    Raises:
        InvalidError: If one of them is no customer, or the day is no date; both at once.

    >>> from datetime import date
    >>> from khachhang.entities import Interaction, Person
    >>> lan = Customer(
    ...     id="KH-001",
    ...     party=Person(name="Nguyễn Thị Lan"),
    ...     interactions=[Interaction(date(2026, 6, 1), "complaint"), Interaction(date(2026, 6, 20), "enquiry")],
    ... )
    >>> [(matter.kind.value, matter.days_open) for matter in open_matters([lan], date(2026, 6, 30))]
    [('complaint', 29), ('enquiry', 10)]
    """
    given = gather(customers)
    try:
        everybody, day = to_tuple(given, Customer), to_date(as_of)
    except Refused:
        faults = Faults("open_matters")
        faults.check("customers", to_tuple, given, Customer)
        faults.check("as_of", to_date, as_of)
        raise faults.error() from None
    found = [matter for customer in everybody for matter in matters_of(customer, day)]
    return tuple(sorted(found, key=order))


def order(matter: OpenMatter) -> tuple[date, str, int, str, str]:
    """Oldest first, then by customer, kind, channel and topic; to sort by."""
    return matter.day, matter.customer_id, matter.kind.rank, matter.channel or "", matter.topic or ""


def matters_of(customer: Customer, as_of: date) -> Iterator[OpenMatter]:
    """The open matters of one customer, as recorded."""
    for event in customer.interactions or ():
        if event.kind in OPEN_KINDS and is_open(event, as_of):
            days = (as_of - event.day).days
            yield OpenMatter(customer.id, event.kind, event.day, days, event.channel, event.topic)


def is_open(event: Interaction, as_of: date) -> bool:
    """Whether it had happened by the end of the day and was not resolved by then."""
    return event.day <= as_of and (event.resolved_on is None or event.resolved_on > as_of)
