"""Strategies for identifiers and contact data: of the right form, and nobody's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from khachhang.entities import Contact, Identifier
from khachhang.taxonomy import ContactKind, Gender, IdentifierKind
from khachhang.testing import _vietnamese as words
from khachhang.testing._given import Given, check_options, chosen

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_PROVINCES = ("001", "079", "048", "031", "092", "096")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TEN = 10
FIRST_YEAR = 1900
"""Citizen numbers have no digit for earlier births."""

_CITIES = ("Hà Nội", "Thành phố Hồ Chí Minh", "Đà Nẵng", "Cần Thơ")


def identifiers(
    *, kind: Given[IdentifierKind | str] = ..., value: Given[str] = ..., hostile: bool = False
) -> SearchStrategy[Identifier]:
    """Identifiers: tax codes with their check digit, citizen numbers, passports, and others.

    Args:
        kind: A value, a strategy, or ``...`` for any kind.
        value: A value, a strategy, or ``...`` for what is right for the kind.
        hostile: Whether to mix in values that no kind allows: names, and one of 200 characters.
    """
    check_options("identifiers", hostile=hostile)
    made = {
        IdentifierKind.TAX_CODE: tax_codes() | st.builds("{}{:03}".format, tax_codes(), st.integers(1, 999)),
        IdentifierKind.CITIZEN_NUMBER: st.integers(0, 10**9).map(
            lambda serial: citizen_number(serial, None, 1950 + serial % 70)
        ),
        IdentifierKind.PASSPORT: st.integers(0, 9_999_999).map("C{:07}".format),
        IdentifierKind.OTHER: st.integers(0, 99_999).map("HV-{:05}".format),
    }
    return _built(Identifier, chosen(kind, st.sampled_from(IdentifierKind)), made, value, hostile)


def contacts(
    *, kind: Given[ContactKind | str] = ..., value: Given[str] = ..., hostile: bool = False
) -> SearchStrategy[Contact]:
    """Contacts: Vietnamese mobile numbers, e-mail addresses of a domain kept for examples, addresses, and others.

    Args:
        kind: A value, a strategy, or ``...`` for any kind.
        value: A value, a strategy, or ``...`` for what is right for the kind.
        hostile: Whether to mix in values that no kind allows: names, and one of 200 characters.
    """
    check_options("contacts", hostile=hostile)
    made = {
        ContactKind.PHONE: st.integers(0, 9_999_999).map("+8491{:07}".format),
        ContactKind.EMAIL: st.integers(1, 999).map("lan{}@example.com".format),
        ContactKind.ADDRESS: st.builds("{} Lê Lợi, {}".format, st.integers(1, 99), st.sampled_from(_CITIES)),
        ContactKind.OTHER: st.integers(1, 999).map("lan.{}".format),
    }
    return _built(Contact, chosen(kind, st.sampled_from(ContactKind)), made, value, hostile)


def _built(
    make: Any, kinds: SearchStrategy[Any], made: dict[Any, SearchStrategy[str]], value: Any, is_hostile: Any
) -> SearchStrategy[Any]:
    if value is not ...:
        return st.builds(make, kinds, chosen(value, st.nothing()))
    wrong = st.sampled_from(words.hostile()) if is_hostile else st.nothing()

    def of(kind: Any) -> SearchStrategy[Any]:
        known = made[kind] if isinstance(kind, str) and kind in made else st.just("")
        return st.builds(make, st.just(kind), known | wrong)

    return kinds.flatmap(of)


@cache
def some_contacts() -> SearchStrategy[tuple[Contact, ...]]:
    """The contacts of one party: one choice, so that a party stays short."""
    phone, mail = Contact("phone", "+84912345678"), Contact("email", "lan@example.com")
    return st.sampled_from(((), (phone,), (mail,), (mail, phone)))


@cache
def tax_codes() -> SearchStrategy[str]:
    """Tax codes of enterprises, the check digit right."""
    return st.integers(1, 9_999_998).map(_tax_code)


def _tax_code(serial: int) -> str:
    nine = f"01{serial:07}"
    digit = _TEN - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, nine, strict=True)) % 11
    return f"{nine}{digit}" if digit < _TEN else _tax_code(serial + 1)


def citizen_number(serial: int, gender: Gender | str | None, year: int) -> str:
    """A citizen number that fits what is known of a person.

    Args:
        serial: Any number from 0; it decides whatever is not known.
        gender: Of the person; None and `other` leave the digit open.
        year: The year of birth, from `FIRST_YEAR`.
    """
    digits: dict[str, int] = {Gender.MALE: 0, Gender.FEMALE: 1}
    of_gender = digits.get(gender or Gender.OTHER, serial % 2)
    century = (year - FIRST_YEAR) // 100 * 2 + of_gender
    return f"{_PROVINCES[serial % len(_PROVINCES)]}{century}{year % 100:02}{serial % 10**6:06}"
