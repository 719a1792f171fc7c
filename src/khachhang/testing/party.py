"""Strategies for parties, and for the business that they are customers of."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang.entities import Business, Contact, Group, Identifier, Organization, Person, StyleScores
from khachhang.facts.derivation import check_day
from khachhang.taxonomy import Gender, IdentifierKind, Industry, OrganizationKind
from khachhang.testing import _vietnamese as words
from khachhang.testing._given import Given, check_options, chosen
from khachhang.testing.identity import FIRST_YEAR, citizen_number, some_contacts, tax_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import DrawFn, SearchStrategy

AS_OF = date(2026, 6, 30)
"""The day up to which histories reach unless another is given."""

_OLDEST = 100
_LARGEST = Decimal("999999999999999999.999999")
_SCORES = (50.0, 0.0, 25.0, 75.0, 100.0)


@cache
def names(kind: str, *, hostile: bool = False) -> SearchStrategy[str]:
    """Names of one kind; hostile ones among them where they are asked for."""
    known = {"person": words.people(), "organization": words.firms(), "group": words.GROUPS, "shop": words.SHOPS,
             "brand": words.BRANDS}  # fmt: skip
    ordinary = st.sampled_from(known[kind])
    return ordinary | st.sampled_from(words.hostile()) if hostile else ordinary


def people() -> SearchStrategy[str]:
    """Names of persons, which will do for any other text too."""
    return names("person")


def scores() -> SearchStrategy[float]:
    """Scores of a personal style, from 0 to 100."""
    return st.sampled_from(_SCORES) | st.integers(0, 1_000).map(lambda tenths: tenths / 10)


def amounts(low: int = 0, *, hostile: bool = False) -> SearchStrategy[Decimal]:
    """Amounts of money in round thousands, as dong are written; `low` is in thousands."""
    round_ones = st.one_of(
        st.sampled_from((100, 250, 45, 1_500, 20_000)), st.integers(low, 5_000), st.integers(low, 10**6)
    ).map(lambda thousands: Decimal(thousands * 1_000))
    if not hostile:
        return round_ones
    odd = [Decimal("0.01"), Decimal("0.000001"), Decimal("19.90"), _LARGEST, *([Decimal(0)] if low == 0 else [])]
    return round_ones | st.sampled_from(odd)


@cache
def birth_dates(as_of: date, *, hostile: bool = False) -> SearchStrategy[date]:
    """Days of birth up to a day; leap days and the first day that there is among the hostile ones."""
    check_day(as_of, "03-01")
    first = date(max(as_of.year - _OLDEST, 1), 1, 1)
    simple = date(max(as_of.year - 31, 1), 1, 1)
    before, after = (simple - first).days, (as_of - simple).days
    ordinary = st.integers(-before, after).map(lambda days: simple + timedelta(days=days))
    if not hostile:
        return ordinary
    years = range(max(as_of.year - _OLDEST, 4) // 4 * 4, as_of.year + 1, 4)
    leap = [date(year, 2, 29) for year in years if year % 100 or year % 400 == 0]
    return ordinary | st.sampled_from([*(day for day in leap if day <= as_of), as_of, date.min])


def style_scores(
    *, dominance: Given[float] = ..., influence: Given[float] = ..., steadiness: Given[float] = ...,
    conscientiousness: Given[float] = ...,
) -> SearchStrategy[StyleScores]:  # fmt: skip
    """The four style scores, ties for the highest among them."""
    return st.builds(
        StyleScores,
        dominance=chosen(dominance, scores()),
        influence=chosen(influence, scores()),
        steadiness=chosen(steadiness, scores()),
        conscientiousness=chosen(conscientiousness, scores()),
    )


def persons(
    *,
    name: Given[str] = ...,
    birth_date: Given[date | None] = ...,
    gender: Given[Gender | str | None] = ...,
    occupation: Given[str | None] = ...,
    monthly_income: Given[Decimal | int | str | None] = ...,
    investable_assets: Given[Decimal | int | str | None] = ...,
    styles: Given[StyleScores | None] = ...,
    identifiers: Given[Iterable[Identifier] | None] = ...,
    contacts: Given[Iterable[Contact] | None] = ...,
    as_of: date = AS_OF,
    hostile: bool = False,
) -> SearchStrategy[Person]:
    """Persons with Vietnamese names; every field but the name may be not known.

    Args:
        name: This and every other field of `Person`: a value, a strategy, or ``...`` for what the kit makes.
        birth_date: As for `name`.
        gender: As for `name`.
        occupation: As for `name`.
        monthly_income: As for `name`; round thousands.
        investable_assets: As for `name`; round thousands.
        styles: As for `name`.
        identifiers: As for `name`; a citizen number that fits the birth date and the gender.
        contacts: As for `name`.
        as_of: Nobody is born after it.
        hostile: Whether to mix in names in NFD and with quotes, leap days, and amounts at the bounds.

    >>> from hypothesis import find
    >>> find(persons(), lambda person: True)
    Person(name='Nguyễn Thị Lan', gender=None, occupation=None)
    """
    check_options("persons", hostile=hostile, as_of=as_of)
    given = {
        "name": name, "birth_date": birth_date, "gender": gender, "occupation": occupation,
        "monthly_income": monthly_income, "investable_assets": investable_assets, "styles": styles,
        "identifiers": identifiers, "contacts": contacts,
    }  # fmt: skip
    own: dict[str, SearchStrategy[Any]] = {
        "name": names("person", hostile=hostile),
        "birth_date": birth_dates(as_of, hostile=hostile),
        "gender": st.sampled_from(Gender),
        "occupation": st.sampled_from(words.OCCUPATIONS),
        "monthly_income": amounts(hostile=hostile),
        "investable_assets": amounts(hostile=hostile),
        "styles": style_scores(),
        "identifiers": st.integers(0, 10**9),
        "contacts": some_contacts(),
    }
    always = {
        field: chosen(value, own["name"]) for field, value in given.items() if value is not ... or field == "name"
    }
    perhaps = [(field, strategy) for field, strategy in own.items() if field not in always]
    which = st.integers(0, 2 ** len(perhaps) - 1)

    @st.composite
    def person(draw: DrawFn) -> Person:
        fields: dict[str, Any] = {field: draw(strategy) for field, strategy in always.items()}
        # One choice says what is known: so a person is as short as any other party, and the simplest.
        known = draw(which)
        for place, (field, strategy) in enumerate(perhaps):
            if known >> place & 1:
                fields[field] = draw(strategy)
        if identifiers is ... and "identifiers" in fields:
            fields["identifiers"] = _identifiers(fields["identifiers"], fields.get("gender"), fields.get("birth_date"))
        return Person(**fields)

    return person()


def _identifiers(serial: int, gender: Gender | str | None, birth_date: date | None) -> list[Identifier]:
    year = birth_date.year if isinstance(birth_date, date) else 1950 + serial % 70
    if year < FIRST_YEAR:
        return []
    number = citizen_number(serial, gender if isinstance(gender, str) else None, year)
    return [Identifier(IdentifierKind.CITIZEN_NUMBER, number)]


def organizations(
    *,
    name: Given[str] = ...,
    kind: Given[OrganizationKind | str | None] = ...,
    industry: Given[Industry | str | None] = ...,
    identifiers: Given[Iterable[Identifier] | None] = ...,
    contacts: Given[Iterable[Contact] | None] = ...,
    hostile: bool = False,
) -> SearchStrategy[Organization]:
    """Companies, shops, state bodies and associations.

    Args:
        name: This and every other field of `Organization`: a value, a strategy, or ``...`` for what the kit makes.
        kind: As for `name`.
        industry: As for `name`.
        identifiers: As for `name`; a tax code.
        contacts: As for `name`.
        hostile: Whether to mix in hostile names.
    """
    check_options("organizations", hostile=hostile)
    taxed = tax_codes().map(lambda code: [Identifier(IdentifierKind.TAX_CODE, code)])
    return st.builds(
        Organization,
        name=chosen(name, names("organization", hostile=hostile)),
        kind=chosen(kind, st.sampled_from((None, *OrganizationKind))),
        industry=chosen(industry, st.sampled_from((None, *Industry))),
        identifiers=chosen(identifiers, st.none() | taxed),
        contacts=chosen(contacts, st.none() | some_contacts()),
    )


def groups(
    *,
    name: Given[str] = ...,
    members: Given[Iterable[Person] | None] = ...,
    contacts: Given[Iterable[Contact] | None] = ...,
    as_of: date = AS_OF,
    hostile: bool = False,
) -> SearchStrategy[Group]:
    """Families, friends and buying groups; who is in them may be not known.

    Args:
        name: This and every other field of `Group`: a value, a strategy, or ``...`` for what the kit makes.
        members: As for `name`.
        contacts: As for `name`.
        as_of: No member is born after it.
        hostile: Whether to mix in hostile names, of the members as well.
    """
    check_options("groups", hostile=hostile, as_of=as_of)
    several = st.lists(persons(as_of=as_of, hostile=hostile), max_size=3)
    return st.builds(
        Group,
        name=chosen(name, names("group", hostile=hostile)),
        members=chosen(members, st.none() | several),
        contacts=chosen(contacts, st.none() | some_contacts()),
    )


def businesses(
    *,
    name: Given[str] = ...,
    industry: Given[Industry | str | None] = ...,
    currency: Given[str] = "VND",
    hostile: bool = False,
) -> SearchStrategy[Business]:
    """Sellers.

    Args:
        name: This and every other field of `Business`: a value, a strategy, or ``...`` for what the kit makes.
        industry: As for `name`.
        currency: As for `name`; dong unless something else is given.
        hostile: Whether to mix in hostile names.
    """
    check_options("businesses", hostile=hostile)
    return st.builds(
        Business,
        name=chosen(name, names("shop", hostile=hostile)),
        industry=chosen(industry, st.sampled_from((None, *Industry))),
        currency=chosen(currency, st.sampled_from(words.CURRENCIES)),
    )
