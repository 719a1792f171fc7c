"""How the two sides dealt with one another, purchases aside."""

from __future__ import annotations

from datetime import date  # noqa: TC003  # attrs.resolve_types looks for it here
from decimal import Decimal  # noqa: TC003  # attrs.resolve_types looks for it here

import attrs

from khachhang.entities._checks import Faults, Refused, to_code, to_date, to_date_from, to_score
from khachhang.taxonomy import Channel, InteractionKind, Sentiment, Topic

_TOP_SCORE = 10


@attrs.frozen(init=False)
class Interaction:
    """One contact between the customer and the business, from either side.

    The score is kept as a float, since dataframes hold it so; it is personal: neither `repr` nor an error shows it.

    Args:
        day: The day of the contact, on the business's own calendar.
        kind: What it was, an `InteractionKind` or its code.
        channel: By which way, a `Channel` or its code; None where it is not known.
        topic: What it was about, a `Topic` or its code; None where it is not known.
        score: The score that the customer gave, from 0 to 10, both included; None where none was given.
        sentiment: How the customer felt, a `Sentiment` or its code; None where it is not known.
        resolved_on: The day on which it was resolved or answered, not before `day` (the same day is allowed); None
            where it still is open.

    Raises:
        InvalidError: If a field is of the wrong type or out of range; all wrong fields at once.

    >>> from datetime import date
    >>> from khachhang.entities import Interaction
    >>> Interaction(date(2026, 3, 1), "complaint", channel="hotline", resolved_on=date(2026, 3, 4)).kind
    <InteractionKind.COMPLAINT: 'complaint'>
    """

    day: date
    kind: InteractionKind
    channel: Channel | None = None
    topic: Topic | None = None
    score: float | None = attrs.field(default=None, repr=False)
    sentiment: Sentiment | None = None
    resolved_on: date | None = None

    def __init__(  # noqa: PLR0917  # a record, in the order of its fields
        self,
        day: date,
        kind: InteractionKind | str,
        channel: Channel | str | None = None,
        topic: Topic | str | None = None,
        score: float | Decimal | None = None,
        sentiment: Sentiment | str | None = None,
        resolved_on: date | None = None,
    ) -> None:
        try:
            held_on = to_date(day)
            self.__attrs_init__(
                held_on,
                to_code(kind, InteractionKind),
                None if channel is None else to_code(channel, Channel),
                None if topic is None else to_code(topic, Topic),
                None if score is None else to_score(score, _TOP_SCORE),
                None if sentiment is None else to_code(sentiment, Sentiment),
                None if resolved_on is None else to_date_from(resolved_on, held_on),
            )
        except Refused:
            faults = Faults("Interaction")
            faults.check("day", to_date, day)
            faults.check("kind", to_code, kind, InteractionKind)
            faults.check_known("channel", to_code, channel, Channel)
            faults.check_known("topic", to_code, topic, Topic)
            faults.check_known("score", to_score, score, _TOP_SCORE, personal=True)
            faults.check_known("sentiment", to_code, sentiment, Sentiment)
            start = to_date(day) if faults.passed("day") else None
            faults.check_known("resolved_on", to_date_from, resolved_on, start)
            raise faults.error() from None
