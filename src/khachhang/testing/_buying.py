"""Purchases made to measure: days, discounts, purposes and returns from which the wanted facts follow."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from khachhang.entities import Purchase
from khachhang.taxonomy import Purpose
from khachhang.testing._segments import multiples
from khachhang.testing.party import amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.testing._wanted import Wanted

_ROOM = 1_500
_MORE_LINES = 200
_LINES = 3
_LARGEST_DENOMINATOR = 12
_FINEST = Decimal("0.000001")
_MOST_MONEY = Decimal(1_000_000_000)

_FOR_ONESELF = st.sampled_from((Purpose.SELF, Purpose.FAMILY, Purpose.FRIENDS, Purpose.GIFT))
_ANY_PURPOSE = st.sampled_from((None, *Purpose))
_ANY_MARKUP = st.sampled_from((None, None, 0, 20))


@attrs.frozen
class Days:
    """The days of buying, counted back from the as-of date.

    Args:
        count: How many.
        last: From where to where the last may lie.
        first: From where to where the first may lie.
        span: From where to where the days between the first and the last may reach.
    """

    count: int
    last: tuple[int, int] = (0, 0)
    first: tuple[int, int] = (0, 0)
    span: tuple[int, int] = (0, 0)

    def drawn(self, draw: DrawFn) -> list[int]:
        """So many days, the last one first."""
        if not self.count:
            return []
        span = draw(st.integers(*self.span))
        low, high = max(self.last[0], self.first[0] - span), min(self.last[1], self.first[1] - span)
        last = draw(st.integers(low, high))
        between = self.count - 1
        return [last + place * span // between for place in range(self.count)] if between else [last]


def days_of(wanted: Wanted, limit: int, last_within: tuple[int, int | None] = (0, None)) -> Iterator[Days]:
    """The ways in which the days of buying can lie.

    Args:
        wanted: What the facts have to be.
        limit: How many days back there are at all.
        last_within: Where the last day has to lie beside what is wanted.
    """
    for count in wanted.counts("purchase_count"):
        if not count:
            yield Days(0)
            continue
        pairs = product(wanted.spans("days_since_last_purchase"), wanted.spans("days_since_first_purchase"))
        for (last_low, last_high), (first_low, first_high) in pairs:
            low = max(last_low or 0, last_within[0])
            highs = [high for high in (last_high, last_within[1], low + _ROOM, limit) if high is not None]
            last = (low, min(highs))
            begin = max(first_low or 0, low + count - 1)
            first = (begin, min(high for high in (first_high, begin + _ROOM, limit) if high is not None))
            if last[0] > last[1] or first[0] > first[1]:
                continue
            yield from _spans(wanted, Days(count, last, first))


def _spans(wanted: Wanted, days: Days) -> Iterator[Days]:
    between = days.count - 1
    low, high = max(between, days.first[0] - days.last[1]), days.first[1] - days.last[0]
    if not between:
        high = min(high, 0)
    steps = wanted.whole_steps("mean_purchase_gap", between, low, high) if between else [(low, high)]
    for span in steps:
        if span[0] <= span[1]:
            yield attrs.evolve(days, span=span)


@attrs.frozen
class Lines:
    """The purchases that were kept: how many, and how many of them are discounted, for an organisation, for resale.

    Args:
        count: How many; at least one a day.
        discounted: The numbers of discounted ones; None where any will do.
        purposes: Pairs of numbers, for an organisation or resale and for resale alone; None where any will do.
    """

    count: int
    discounted: list[int] | None = None
    purposes: list[tuple[int, int]] | None = None


def lines_of(wanted: Wanted, days: int) -> Iterator[Lines]:
    """The ways in which the purchases can divide."""
    is_free = [wanted.is_free(names) for names in (["discounted_share"], ["organization_share", "resale_share"])]
    if not days or all(is_free):
        yield Lines(days)
        return
    yield from islice(_lines(wanted, days, *is_free), _LINES)


def _lines(wanted: Wanted, days: int, any_discount: bool, any_purpose: bool) -> Iterator[Lines]:  # noqa: FBT001  # of this file
    for count in range(days, days + _MORE_LINES):
        every = range(count + 1)
        discounted = None if any_discount else _allowed(wanted, "discounted_share", count)
        purposes = None
        if not any_purpose:
            resold = _allowed(wanted, "resale_share", count)
            pairs = ((one, two) for one in _allowed(wanted, "organization_share", count) for two in resold)
            purposes = list(islice((pair for pair in pairs if pair[1] <= pair[0]), len(every)))
        if discounted != [] and purposes != []:
            yield Lines(count, discounted, purposes)


def _allowed(wanted: Wanted, name: str, count: int) -> list[int]:
    return [part for part in range(count + 1) if wanted.allows(name, part / count)]


@attrs.frozen
class Money:
    """What was paid and what came back.

    Args:
        wholly: On how many further days something was bought and wholly returned.
        share: The share of spend that came back; None where any will do, and only those days gave anything back.
        unit: One purchase's spend, or what all amounts are multiples of; None where nothing was spent.
    """

    wholly: int
    share: Fraction | None
    unit: SearchStrategy[Decimal] | None


def money_of(wanted: Wanted, days: int, lines: int) -> Iterator[Money]:
    """The ways in which money can have flowed."""
    bought = [days] if wanted.is_free(["bought_count"]) else wanted.counts("bought_count", days)
    shares: list[Fraction | None] = [None]
    if not wanted.is_free(["returned_share"]):
        shares = [*_fractions(wanted)]
    for count, share in product(bought, shares):
        yield from _money(wanted, lines, count - days, share)


def _fractions(wanted: Wanted) -> Iterator[Fraction]:
    """The simplest shares that may have come back."""
    wholes = range(1, _LARGEST_DENOMINATOR + 1)
    short = {Fraction(part, whole) for whole in wholes for part in range(whole + 1)}
    simple = sorted(short, key=lambda share: (share.denominator, share))
    found = [share for share in simple if wanted.allows("returned_share", float(share))]
    yield from found[:_LINES]
    if not found:
        for low, high in wanted.spans("returned_share"):
            middle = Fraction((Fraction(low) + Fraction(high)) / 2).limit_denominator(10**6)
            if wanted.allows("returned_share", float(middle)):
                yield middle


def _money(wanted: Wanted, lines: int, wholly: int, share: Fraction | None) -> Iterator[Money]:
    can_be_nothing = share is None or share == (1 if wholly else 0)
    must_be_nothing = not lines or share == 1 or not wanted.is_free(["spend"])
    if can_be_nothing and must_be_nothing and wanted.allows("spend", Decimal(0)):
        yield Money(wholly, share, None)
    if not lines or share == 1 or (share == 0 and wholly):
        return
    times = _times(lines, wholly, share)
    for low, high in wanted.spans("spend"):
        unit = _unit(low, high, times) if not wanted.is_free(["spend"]) else amounts(1)
        if not unit.is_empty:
            yield Money(wholly, share, unit)


def _times(lines: int, wholly: int, share: Fraction | None) -> int:
    """How many units the net spend is."""
    kept = 1 if share is None else share.denominator - share.numerator
    return lines * kept * (wholly if wholly and share is not None else 1)


def _unit(low: Decimal | None, high: Decimal | None, times: int) -> SearchStrategy[Decimal]:
    """The unit of which so many lie in a part of the amounts."""
    first = Decimal(0) if low is None else low / times
    if low is not None and low == high:
        return st.just(first) if first > 0 and first * times == low and first % _FINEST == 0 else st.nothing()
    last = max(_MOST_MONEY, first * 2) if high is None else high / times
    return multiples(Decimal, first, last)


@attrs.frozen
class Buying:
    """Everything about the purchases."""

    days: Days
    lines: Lines
    money: Money

    def drawn(self, draw: DrawFn, days: list[int], as_of: date, currency: str) -> list[Purchase]:
        """Purchases on the given days, from which the wanted facts follow."""
        marks = _marks(draw, self.lines)
        made = []
        for place, (paid, returned) in enumerate(self._paid(draw)):
            fields: dict[str, Any] = {"amount": paid, "returned": returned, "currency": currency}
            if place < self.lines.count:
                markup, purpose = marks[place]
                ago = days[place % len(days)]
                fields |= {"purpose": purpose, "list_amount": _list_amount(paid, markup)}
            else:
                ago = days[-1] + 1 + place - self.lines.count if days else place
            made.append(Purchase(day=as_of - timedelta(days=ago), **fields))
        return made

    def _paid(self, draw: DrawFn) -> Iterator[tuple[Decimal, Decimal]]:
        """For each purchase what was paid and what came back; those wholly returned come last."""
        lines, wholly, share, unit = self.lines.count, self.money.wholly, self.money.share, self.money.unit
        if unit is None or share is None or share == 0:
            for _ in range(lines):
                yield Decimal(0) if unit is None else draw(unit), Decimal(0)
            for _ in range(wholly):
                paid = draw(amounts(1))
                yield paid, paid
            return
        one = draw(unit)
        part, whole = share.numerator, share.denominator
        for _ in range(lines):
            yield (wholly * (whole - part) * one, Decimal(0)) if wholly else (whole * one, part * one)
        for _ in range(wholly):
            yield lines * part * one, lines * part * one


def _marks(draw: DrawFn, lines: Lines) -> list[tuple[int | None, Purpose | None]]:
    """For each purchase by how many per cent the list amount was higher, and what it was for."""
    discounted = None if lines.discounted is None else draw(st.sampled_from(lines.discounted))
    purposes = None if lines.purposes is None else draw(st.sampled_from(lines.purposes))
    made = []
    for place in range(lines.count):
        markup = draw(_ANY_MARKUP) if discounted is None else 20 if place < discounted else 0
        if purposes is None:
            purpose = draw(_ANY_PURPOSE)
        elif place < purposes[1]:
            purpose = Purpose.RESALE
        else:
            purpose = Purpose.ORGANIZATION if place < purposes[0] else draw(_FOR_ONESELF)
        made.append((markup, purpose))
    return made


def _list_amount(paid: Decimal, markup: int | None) -> Decimal | None:
    if not markup:
        return None if markup is None else paid
    dearer = paid * (100 + markup) / 100
    return dearer if dearer > paid and dearer % _FINEST == 0 else paid + 1
