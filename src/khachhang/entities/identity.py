"""By what a party is identified, and how it is reached."""

from __future__ import annotations

import attrs

from khachhang.entities._checks import C, Faults, Refused, to_code, to_name
from khachhang.taxonomy import ContactKind, IdentifierKind

_MOST_SHOWN = 3
_QUARTERS = 4


@attrs.frozen(init=False)
class Identifier:
    """One number or paper that tells one party from all others.

    The number is personal: neither `repr` nor an error shows it. It is kept as text, without a look at its digits;
    `khachhang.identity` makes identifiers that are checked.

    Args:
        kind: Of which sort, an `IdentifierKind` or its code.
        value: The number, not empty; kept in Unicode NFC, without white space at the ends.

    Raises:
        InvalidError: If a field is of the wrong type or a code is not known; all wrong fields at once.

    >>> from khachhang.entities import Identifier
    >>> passport = Identifier("passport", "C1234567")
    >>> passport, passport.value, passport.masked
    (Identifier(kind=<IdentifierKind.PASSPORT: 'passport'>), 'C1234567', '••••••67')
    """

    kind: IdentifierKind
    value: str = attrs.field(repr=False)

    def __init__(self, kind: IdentifierKind | str, value: str) -> None:
        self.__attrs_init__(*_checked("Identifier", IdentifierKind, kind, value))

    @property
    def masked(self) -> str:
        """The number for people who only need to recognise it: at most its last quarter, and three characters."""
        return _hidden(self.value) + _end(self.value)


@attrs.frozen(init=False)
class Contact:
    """One way to reach a party.

    It is personal: neither `repr` nor an error shows the value. It is kept as text; `khachhang.identity` makes phone
    numbers and e-mail addresses that are checked.

    Args:
        kind: Of which sort, a `ContactKind` or its code.
        value: The number or address, not empty; kept in Unicode NFC, without white space at the ends.

    Raises:
        InvalidError: If a field is of the wrong type or a code is not known; all wrong fields at once.

    >>> from khachhang.entities import Contact
    >>> phone = Contact("phone", "+84912345678")
    >>> phone, phone.masked, Contact("email", "nguyenlan@hoasen.vn").masked
    (Contact(kind=<ContactKind.PHONE: 'phone'>), '•••••••••678', 'ng•••••••@hoasen.vn')
    """

    kind: ContactKind
    value: str = attrs.field(repr=False)

    def __init__(self, kind: ContactKind | str, value: str) -> None:
        self.__attrs_init__(*_checked("Contact", ContactKind, kind, value))

    @property
    def masked(self) -> str:
        """The value for people who only need to recognise it: at most its last quarter, and three characters.

        Of an e-mail address the domain stays, and of what is before it at most the first quarter and three characters.
        """
        name, at, domain = self.value.rpartition("@")
        if self.kind is ContactKind.EMAIL and at:
            return f"{name[: _shown(name)]}{_hidden(name)}@{domain}"
        return _hidden(self.value) + _end(self.value)


def _checked(subject: str, category: type[C], kind: C | str, value: str) -> tuple[C, str]:
    """The two fields as they are stored; one error says of both what is wrong."""
    try:
        return to_code(kind, category), to_name(value)
    except Refused:
        faults = Faults(subject)
        faults.check("kind", to_code, kind, category)
        faults.check("value", to_name, value, personal=True)
        raise faults.error() from None


def _shown(text: str) -> int:
    return min(len(text) // _QUARTERS, _MOST_SHOWN)


def _hidden(text: str) -> str:
    return "•" * (len(text) - _shown(text))


def _end(text: str) -> str:
    return text[len(text) - _shown(text) :]
