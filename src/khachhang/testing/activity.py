"""Strategies for what happened: purchases, interactions, histories of them, ties and needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from khachhang.entities import Interaction, Need, Purchase, Tie
from khachhang.facts.derivation import check_day
from khachhang.taxonomy import Channel, InteractionKind, Offering, Purpose, Sentiment, TieKind, Topic
from khachhang.testing import _vietnamese as words
from khachhang.testing._given import Given, check_options, check_size, chosen, wrong
from khachhang.testing.party import AS_OF, amounts

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

_BACK = 1_100
_FESTIVE = 12
"""How often each day around Tết is among the days, beside its own place."""
_HUGE = 100


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


D = TypeVar("D", bound=_Dated)


@cache
def days(as_of: date, *, hostile: bool = False) -> SearchStrategy[date]:
    """Days of about three years up to a day, those around Tết often; leap days and later ones among the hostile."""
    check_day(as_of, "03-01")
    back = min(_BACK, (as_of - date.min).days)
    festive = words.days_around_new_year(as_of - timedelta(days=back), as_of)
    some = [*(as_of - timedelta(days=count) for count in range(back + 1)), *festive * _FESTIVE]
    made = st.sampled_from(some)
    if not hostile:
        return made
    later = as_of + timedelta(days=min(1, (date.max - as_of).days))
    return made | st.sampled_from([as_of, later, date.min, date(2024, 2, 29), date(2000, 2, 29), date.max])


def purchases(
    *,
    day: Given[date] = ...,
    amount: Given[Decimal | int | str] = ...,
    currency: Given[str] = "VND",
    quantity: Given[Decimal | int | str] = ...,
    list_amount: Given[Decimal | int | str | None] = ...,
    returned: Given[Decimal | int | str] = ...,
    purpose: Given[Purpose | str | None] = ...,
    offering: Given[Offering | str | None] = ...,
    as_of: date = AS_OF,
    hostile: bool = False,
) -> SearchStrategy[Purchase]:
    """Purchases, in dong and in round thousands; some discounted, some returned in part or wholly.

    Args:
        day: This and every other field of `Purchase`: a value, a strategy, or ``...`` for what the kit makes.
        amount: As for `day`.
        currency: As for `day`; dong unless something else is given.
        quantity: As for `day`.
        list_amount: As for `day`.
        returned: As for `day`.
        purpose: As for `day`.
        offering: As for `day`.
        as_of: The last day of a purchase.
        hostile: Whether to mix in gifts for 0, amounts at the bounds, leap days, and days after `as_of`.

    >>> from hypothesis import find
    >>> find(purchases(currency="USD"), lambda purchase: purchase.amount > 0).amount
    Decimal('100000')
    """
    check_options("purchases", hostile=hostile, as_of=as_of)
    days_ = chosen(day, days(as_of, hostile=hostile))
    paid = chosen(amount, amounts(1, hostile=hostile) | st.just(Decimal(0)) if hostile else amounts(1))
    in_part = {"list_amount": list_amount, "returned": returned}
    rest = {
        "currency": chosen(currency, st.sampled_from(words.CURRENCIES)),
        "quantity": chosen(quantity, st.sampled_from((1, 1, 2, 3, 12))),
        "purpose": chosen(purpose, st.sampled_from((None, *Purpose))),
        "offering": chosen(offering, st.sampled_from((None, *Offering))),
    }
    given = {name: chosen(value, st.nothing()) for name, value in in_part.items() if value is not ...}

    @st.composite
    def purchase(draw: DrawFn) -> Purchase:
        fields: dict[str, Any] = {"day": draw(days_), "amount": draw(paid)}
        amount = fields["amount"]
        exact = amount if isinstance(amount, Decimal) and amount.is_finite() else None
        for name, strategy in given.items():
            fields[name] = draw(strategy)
        if exact is not None:
            markup, share = draw(_PARTS)
            fields.setdefault("list_amount", None if markup is None else _part(exact, 100 + markup))
            fields.setdefault("returned", _part(exact, share))
        for name, strategy in rest.items():
            fields[name] = draw(strategy)
        return Purchase(**fields)

    return purchase()


_PARTS = st.sampled_from([*product((None, None, 0, 20, -10), (0, 0, 0, 0, 25, 50, 100))])
"""By how many per cent the list amount is higher, and how many of the amount came back."""
_LIMIT = Decimal(10) ** 18
_STEP = Decimal("0.000001")


def _part(amount: Decimal, per_cent: int) -> Decimal:
    """So many per cent of an amount, where that is an amount; else the amount itself."""
    part = amount * per_cent / 100
    return part if part < _LIMIT and part % _STEP == 0 else amount


def interactions(
    *,
    day: Given[date] = ...,
    kind: Given[InteractionKind | str] = ...,
    channel: Given[Channel | str | None] = ...,
    topic: Given[Topic | str | None] = ...,
    score: Given[float | None] = ...,
    sentiment: Given[Sentiment | str | None] = ...,
    resolved_on: Given[date | None] = ...,
    as_of: date = AS_OF,
    hostile: bool = False,
) -> SearchStrategy[Interaction]:
    """Interactions of every kind; some resolved, on the day itself or some days later.

    Args:
        day: This and every other field of `Interaction`: a value, a strategy, or ``...`` for what the kit makes.
        kind: As for `day`.
        channel: As for `day`.
        topic: As for `day`.
        score: As for `day`.
        sentiment: As for `day`.
        resolved_on: As for `day`.
        as_of: The last day of an interaction; it may be resolved later.
        hostile: Whether to mix in leap days, and days after `as_of`.
    """
    check_options("interactions", hostile=hostile, as_of=as_of)
    after = st.sampled_from((None, 0, 2, 30, 400))
    scores = st.sampled_from((None, *map(float, range(11))))
    fields = {
        "day": chosen(day, days(as_of, hostile=hostile)),
        "kind": chosen(kind, st.sampled_from(InteractionKind)),
        "channel": chosen(channel, st.sampled_from((None, *Channel))),
        "topic": chosen(topic, st.sampled_from((None, *Topic))),
        "score": chosen(score, scores),
        "sentiment": chosen(sentiment, st.sampled_from((None, *Sentiment))),
    }
    if resolved_on is not ...:
        return st.builds(Interaction, **fields, resolved_on=chosen(resolved_on, after))

    def made(after: int | None, **fields: Any) -> Interaction:
        day = fields["day"]
        resolved = None
        if after is not None and _is_day(day):
            resolved = day + timedelta(days=min(after, (date.max - day).days))
        return Interaction(**fields, resolved_on=resolved)

    return st.builds(made, after=after, **fields)


def histories(
    of: SearchStrategy[D] | None = None,
    *,
    min_size: int = 0,
    max_size: int = 12,
    as_of: date = AS_OF,
    hostile: bool = False,
) -> SearchStrategy[tuple[Any, ...]]:
    """What happened, in the order of days.

    Args:
        of: The strategy of one event; None for purchases.
        min_size: The least number of events.
        max_size: The largest number of events, unless hostile ones are asked for.
        as_of: The last day of a purchase; of no effect where `of` is given.
        hostile: Whether to mix in empty histories (where `min_size` allows them) and huge ones of some hundred events;
            without `of`, hostile purchases as well.
    """
    check_options("histories", hostile=hostile, as_of=as_of)
    for field, size in (("min_size", min_size), ("max_size", max_size)):
        check_size("histories", field, size)
    if max_size < min_size:
        raise wrong("histories", "max_size", max_size, f"is below min_size={min_size}", "let them rise")
    if not (of is None or isinstance(of, SearchStrategy)):
        raise wrong("histories", "of", of, "is no strategy", "give one of events, such as testing.interactions()")
    events = purchases(as_of=as_of, hostile=hostile) if of is None else of
    made = st.lists(events, min_size=min_size, max_size=max_size).map(_in_order)
    if not hostile:
        return made
    huge = st.lists(events, min_size=1, max_size=5).map(lambda some: _in_order(some * _HUGE))
    return made | huge if min_size else made | huge | st.just(())


def _is_day(given: object) -> TypeGuard[date]:
    """Whether it can be reckoned with; what can not is refused by the event itself."""
    return isinstance(given, date) and not isinstance(given, datetime)


def _in_order(events: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(events, key=lambda event: event.day))


def ties(
    *,
    kind: Given[TieKind | str] = ...,
    since: Given[date | None] = ...,
    until: Given[date | None] = ...,
    as_of: date = AS_OF,
    hostile: bool = False,
) -> SearchStrategy[Tie]:
    """Ties that stand, have ended, or stood on one day only.

    Args:
        kind: This and every other field of `Tie`: a value, a strategy, or ``...`` for what the kit makes.
        since: As for `kind`.
        until: As for `kind`; what the kit makes is never before a `since` of its own or a plain one.
        as_of: No tie of the kit's own begins or ends later.
        hostile: Whether to mix in leap days, and days after `as_of`.
    """
    check_options("ties", hostile=hostile, as_of=as_of)
    kinds = chosen(kind, st.sampled_from(TieKind))
    around = st.none() | days(as_of, hostile=hostile)
    starts, ends = chosen(since, around), chosen(until, around)

    def made(kind: Any, since: date | None, until: date | None) -> Tie:
        if _is_day(since) and _is_day(until) and until < since:
            if until_is_ours and since_is_ours:
                since, until = until, since
            elif until_is_ours:
                until = since
            elif since_is_ours:
                since = until
        return Tie(kind, since, until)

    since_is_ours, until_is_ours = since is ..., until is ...
    return st.builds(made, kinds, starts, ends)


@cache
def needs() -> SearchStrategy[Need]:
    """Needs, of which each part may be known or not."""
    flags = st.sampled_from((None, True, False))
    return st.builds(Need, has_need=flags, has_means=flags, taste_matches=flags, is_interested=flags)
