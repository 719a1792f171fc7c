"""From a customer's history to what is known of the customer on a date."""

from __future__ import annotations

import decimal
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal

from khachhang.entities import Business, Customer, Organization, Person
from khachhang.errors import Fault, InvalidError, a_kind_of, repr_of
from khachhang.facts.exchange import check_currencies, checked_rates
from khachhang.facts.record import Facts, packed
from khachhang.taxonomy import (
    Capacity,
    InteractionKind,
    LeadingStyle,
    PartyKind,
    Purpose,
    Sentiment,
    TieKind,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from khachhang.entities import Interaction, Need, Purchase, StyleScores, Tie

LeapDay = Literal["03-01", "02-28"]
"""When one born on 29 February turns a year older in a common year."""

_LEAP_DAYS: dict[str, tuple[int, int]] = {"03-01": (3, 1), "02-28": (2, 28)}
_EXACT = decimal.Context(prec=decimal.MAX_PREC, rounding=decimal.ROUND_HALF_EVEN)
_ZERO = Decimal(0)
_TIES = tuple((f"tie_{kind.value}", kind) for kind in TieKind)
_STYLES = (
    LeadingStyle.DOMINANCE,
    LeadingStyle.INFLUENCE,
    LeadingStyle.STEADINESS,
    LeadingStyle.CONSCIENTIOUSNESS,
)
_NO_TIES = {**dict.fromkeys((name for name, _ in _TIES), False), "_flags": 0}
_MONTH_DAY_LEAP = (2, 29)


def facts_of(
    customer: Customer,
    as_of: date,
    *,
    business: Business | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    leap_day: LeapDay = "03-01",
) -> Facts:
    """What is known of a customer at the end of a day. What happened later does not exist for it.

    Args:
        customer: Who, and what happened.
        as_of: The day; events of that day count.
        business: The seller whose view is taken; without it the currency and the industry are not known.
        rates: For each currency how many units of the business's currency one unit is worth.
        leap_day: When one born on 29 February turns a year older in a common year: ``"03-01"`` or ``"02-28"``.

    Returns:
        The facts; `kh.fact` tells how each is derived.

    Raises:
        InvalidError: If `as_of` is no date, the birth date is after it, or an option is unknown.
        CurrencyError: If the history is in several currencies and a rate is lacking.

    >>> from khachhang.entities import Person, Purchase
    >>> lan = Customer(
    ...     id="KH-001",
    ...     party=Person(name="Nguyễn Thị Lan", birth_date=date(1995, 4, 2)),
    ...     purchases=[Purchase(day=date(2026, 1, 5), amount=250_000)],
    ... )
    >>> facts = facts_of(lan, date(2026, 4, 2))
    >>> facts.age, facts.purchase_count, facts.days_since_last_purchase, facts.spend
    (31, 1, 87, Decimal('250000'))
    """
    check_day(as_of, leap_day)
    check_instances(customer, business)
    known_rates = checked_rates(rates)
    values = _party(customer, as_of, leap_day)
    values["declared_capacity"] = customer.declared_capacity or Capacity.UNDECLARED
    own = None
    if business is not None:
        own = business.currency
        values["currency"] = own
        values["seller_industry"] = business.industry
    bought: set[date] | None = None
    if customer.purchases is not None:
        purchases = _until(customer.purchases, as_of)
        kept = [purchase for purchase in purchases if not (purchase.returned and purchase.is_wholly_returned)]
        bought = {purchase.day for purchase in kept}
        values |= _buying(kept, bought, as_of)
        values |= _returns_and_spend(customer, purchases, own, known_rates)
    if customer.interactions is not None:
        interactions = _until(customer.interactions, as_of)
        values |= _interaction_counts(interactions, as_of)
        values |= _scores(interactions)
        if bought is not None:
            values |= _dealings(bought, interactions, as_of)
    if customer.ties is not None:
        values |= _ties(customer.ties, as_of)
    if customer.need is not None:
        values |= _need(customer.need)
    return Facts._trusted(values)


def check_instances(customer: object, business: object) -> None:
    """An error where a customer or a business is none; what was given instead may be personal and is not shown.

    Raises:
        InvalidError: If one of them is wrong; both at once.
    """
    faults: list[Fault] = []
    if not isinstance(customer, Customer):
        faults.append(Fault("customer", f"{a_kind_of(customer)} is no Customer", "make a kh.Customer first"))
    if business is not None and not isinstance(business, Business):
        hint = "make a kh.Business first, or leave it away"
        faults.append(Fault("business", f"{a_kind_of(business)} is no Business", hint))
    if faults:
        raise InvalidError("facts", faults)


def check_day(as_of: object, leap_day: object) -> None:
    """An error for an as-of date or an option that can not be meant.

    Raises:
        InvalidError: If one of them is wrong; both at once.
    """
    faults: list[Fault] = []
    if isinstance(as_of, datetime):
        hint = "decide on the time zone first, then give the day: moment.astimezone(zone).date()"
        faults.append(Fault("as_of", f"{as_of!r} is a moment, not a day", hint))
    elif not isinstance(as_of, date):
        faults.append(Fault("as_of", f"{repr_of(as_of)} is no date", "give a datetime.date, such as date(2026, 6, 30)"))
    if not isinstance(leap_day, str) or leap_day not in _LEAP_DAYS:
        hint = f"use {' or '.join(map(repr, _LEAP_DAYS))}"
        faults.append(Fault("leap_day", f"{repr_of(leap_day)} is no option", hint))
    if faults:
        raise InvalidError("facts", faults)


def age_on(birth_date: date, day: date, leap_day: LeapDay = "03-01") -> int:
    """Completed years by the calendar; the year is completed on the birthday itself.

    Args:
        birth_date: Not after `day`.
        day: The day considered.
        leap_day: When one born on 29 February turns a year older in a common year.

    >>> age_on(date(2004, 2, 29), date(2026, 2, 28)), age_on(date(2004, 2, 29), date(2026, 2, 28), "02-28")
    (21, 22)
    """
    birthday = (birth_date.month, birth_date.day)
    if birthday == _MONTH_DAY_LEAP and not _is_leap(day.year):
        birthday = _LEAP_DAYS[leap_day]
    return day.year - birth_date.year - ((day.month, day.day) < birthday)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _until(events: Sequence[Any], as_of: date) -> Sequence[Any]:
    # A history is in the order of days.
    return [event for event in events if event.day <= as_of] if events and events[-1].day > as_of else events


def _party(customer: Customer, as_of: date, leap_day: LeapDay) -> dict[str, Any]:
    party = customer.party
    if isinstance(party, Person):
        return _person(customer, party, as_of, leap_day)
    if isinstance(party, Organization):
        return {"party_kind": PartyKind.ORGANIZATION, "organization_kind": party.kind}
    return {"party_kind": PartyKind.GROUP}


def _person(customer: Customer, person: Person, as_of: date, leap_day: LeapDay) -> dict[str, Any]:
    birth_date = person.birth_date
    if birth_date is not None and birth_date > as_of:
        problem = f"after the as-of date {as_of.isoformat()}"
        hint = "correct the birth date, or take a later as-of date"
        raise InvalidError(f"facts of customer {customer.id!r}", [Fault("birth_date", problem, hint)])
    return {
        "party_kind": PartyKind.PERSON,
        "age": None if birth_date is None else age_on(birth_date, as_of, leap_day),
        "gender": person.gender,
        "occupation": person.occupation,
        "monthly_income": person.monthly_income,
        "investable_assets": person.investable_assets,
        "leading_style": None if person.styles is None else leading_style(person.styles),
    }


def leading_style(scores: StyleScores) -> LeadingStyle:
    """The style with the highest score, or `tied` where several share it."""
    of_styles = (scores.dominance, scores.influence, scores.steadiness, scores.conscientiousness)
    highest = max(of_styles)
    return _STYLES[of_styles.index(highest)] if of_styles.count(highest) == 1 else LeadingStyle.TIED


def _buying(kept: Sequence[Purchase], days: Collection[date], as_of: date) -> dict[str, Any]:
    values: dict[str, Any] = {"purchase_count": len(days)}
    if not days:
        return values
    first, last = kept[0].day, kept[-1].day
    values["days_since_first_purchase"] = (as_of - first).days
    values["days_since_last_purchase"] = (as_of - last).days
    if len(days) > 1:
        values["mean_purchase_gap"] = (last - first).days / (len(days) - 1)
    return values | _shares(kept)


def _shares(kept: Sequence[Purchase]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    discounted = for_organization = for_resale = 0
    lists_known = purposes_known = True
    for purchase in kept:
        list_amount, purpose = purchase.list_amount, purchase.purpose
        if list_amount is None:
            lists_known = False
        elif list_amount > purchase.amount:
            discounted += 1
        if purpose is None:
            purposes_known = False
        elif purpose is Purpose.RESALE:
            for_resale += 1
        elif purpose is Purpose.ORGANIZATION:
            for_organization += 1
    if lists_known:
        values["discounted_share"] = discounted / len(kept)
    if purposes_known:
        values["organization_share"] = (for_organization + for_resale) / len(kept)
        values["resale_share"] = for_resale / len(kept)
    return values


def _returns_and_spend(
    customer: Customer, purchases: Sequence[Purchase], own: str | None, rates: Mapping[str, Decimal]
) -> dict[str, Any]:
    currencies = {purchase.currency for purchase in purchases}
    check_currencies(currencies, own, rates, whose=f"customer {customer.id!r}: ")
    paid = returned = _ZERO
    for currency in currencies:
        its = purchases if len(currencies) == 1 else [each for each in purchases if each.currency == currency]
        rate = rates.get(currency, 1)  # of the own one 1 as well, or check_currencies had refused it
        paid = _EXACT.fma(reduce(_EXACT.add, [each.amount for each in its]), rate, paid)
        returned = _EXACT.fma(
            reduce(_EXACT.add, [each.returned for each in its if each.returned], _ZERO), rate, returned
        )
    values: dict[str, Any] = {
        "bought_count": len({purchase.day for purchase in purchases}),
        "spend": _EXACT.subtract(paid, returned),
    }
    if purchases:
        values["returned_share"] = _ratio(returned, paid) if returned else 0.0
    return values


def _ratio(part: Decimal, whole: Decimal) -> float:
    """The share as a float, correctly rounded, as the division of whole numbers is."""
    above, below = part.as_integer_ratio(), whole.as_integer_ratio()
    return (above[0] * below[1]) / (above[1] * below[0])


def _interaction_counts(interactions: Sequence[Interaction], as_of: date) -> dict[str, Any]:
    by_kind: dict[InteractionKind, list[Interaction]] = {}
    for interaction in interactions:
        by_kind.setdefault(interaction.kind, []).append(interaction)

    def of(kind: InteractionKind) -> list[Interaction]:
        return by_kind.get(kind, [])

    complaints, reviews = of(InteractionKind.COMPLAINT), of(InteractionKind.REVIEW)
    surveys, feedback = of(InteractionKind.SURVEY), of(InteractionKind.FEEDBACK)
    resolved = _resolved(complaints, as_of)
    values: dict[str, Any] = {
        "unresolved_complaint_count": len(complaints) - resolved,
        "resolved_complaint_count": resolved,
        "review_count": len(reviews),
        "survey_count": len(surveys),
        "scored_survey_count": sum(survey.score is not None for survey in surveys),
        "feedback_count": len(feedback),
        "referral_count": len(of(InteractionKind.REFERRAL)),
        "share_count": len(of(InteractionKind.SHARE)),
        "answered_care_count": _resolved(of(InteractionKind.CARE_CALL), as_of),
        "campaign_count": len(of(InteractionKind.CAMPAIGN)) + len(of(InteractionKind.NEWSLETTER)),
    }
    sentiments = [review.sentiment for review in reviews]
    if None not in sentiments:
        values["negative_review_count"] = sentiments.count(Sentiment.NEGATIVE)
        values["positive_review_count"] = sentiments.count(Sentiment.POSITIVE)
    topics = [response.topic for response in (*surveys, *feedback)]
    if None not in topics:
        values["expansion_response_count"] = topics.count(Topic.EXPANSION)
    return values


def _resolved(interactions: Iterable[Interaction], as_of: date) -> int:
    return sum(event.resolved_on is not None and event.resolved_on <= as_of for event in interactions)


def _scores(interactions: Iterable[Interaction]) -> dict[str, Any]:
    given = [(interaction.day, interaction.score) for interaction in interactions if interaction.score is not None]
    if not given:
        return {}
    from fractions import Fraction  # noqa: PLC0415  # loaded when it is used

    last = max(day for day, _ in given)
    return {
        "mean_score": float(sum(Fraction(score) for _, score in given) / len(given)),
        "last_score": float(min(score for day, score in given if day == last)),
    }


def _dealings(bought: Collection[date], interactions: Iterable[Interaction], as_of: date) -> dict[str, Any]:
    days = {*bought, *(interaction.day for interaction in interactions if interaction.kind.is_dealing)}
    values: dict[str, Any] = {"dealing_count": len(days)}
    if days:
        values["days_since_last_dealing"] = (as_of - max(days)).days
    return values


def _ties(ties: Iterable[Tie], as_of: date) -> dict[str, Any]:
    standing = {tie.kind for tie in ties if tie.holds_on(as_of)}
    if not standing:
        return _NO_TIES
    values: dict[str, Any] = {name: kind in standing for name, kind in _TIES}
    return {**values, "_flags": packed(values)}


def _need(need: Need) -> dict[str, Any]:
    return {
        "has_need": need.has_need,
        "has_means": need.has_means,
        "taste_matches": need.taste_matches,
        "is_interested": need.is_interested,
    }
