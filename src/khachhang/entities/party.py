"""Who: persons, organisations and groups, whatever their relation to a business."""

from __future__ import annotations

from collections.abc import Iterable  # noqa: TC003  # attrs.resolve_types looks for it here
from datetime import date  # noqa: TC003  # attrs.resolve_types looks for it here
from decimal import Decimal  # noqa: TC003  # attrs.resolve_types looks for it here

import attrs

from khachhang.entities._checks import (
    Faults,
    Refused,
    gather,
    to_amount,
    to_code,
    to_date,
    to_instance,
    to_name,
    to_score,
    to_tuple,
)
from khachhang.entities.identity import Contact, Identifier
from khachhang.taxonomy import Gender, Industry, OrganizationKind

_TOP_SCORE = 100


@attrs.frozen(init=False)
class StyleScores:
    """How strongly a person shows each of the four personal styles.

    Scores are kept as floats, since dataframes hold them so. They are personal: neither `repr` nor an error shows them.

    Args:
        dominance: From 0 to 100, both included.
        influence: From 0 to 100, both included.
        steadiness: From 0 to 100, both included.
        conscientiousness: From 0 to 100, both included.

    Raises:
        InvalidError: If a score is no number (a Boolean and NaN are none) or out of range; all wrong fields at once.

    >>> from khachhang.entities import StyleScores
    >>> scores = StyleScores(dominance=20, influence=71.5, steadiness=40, conscientiousness=55)
    >>> scores.influence
    71.5
    >>> scores
    StyleScores()
    """

    dominance: float = attrs.field(repr=False)
    influence: float = attrs.field(repr=False)
    steadiness: float = attrs.field(repr=False)
    conscientiousness: float = attrs.field(repr=False)

    def __init__(
        self,
        dominance: float | Decimal,
        influence: float | Decimal,
        steadiness: float | Decimal,
        conscientiousness: float | Decimal,
    ) -> None:
        try:
            self.__attrs_init__(
                to_score(dominance, _TOP_SCORE),
                to_score(influence, _TOP_SCORE),
                to_score(steadiness, _TOP_SCORE),
                to_score(conscientiousness, _TOP_SCORE),
            )
        except Refused:
            faults = Faults("StyleScores")
            faults.check("dominance", to_score, dominance, _TOP_SCORE, personal=True)
            faults.check("influence", to_score, influence, _TOP_SCORE, personal=True)
            faults.check("steadiness", to_score, steadiness, _TOP_SCORE, personal=True)
            faults.check("conscientiousness", to_score, conscientiousness, _TOP_SCORE, personal=True)
            raise faults.error() from None


@attrs.frozen(init=False)
class Person:
    """One human being.

    What a person is to a business (buyer, employee, shareholder, several at once) stands on the `Customer`. Money is in
    the currency of the business that asks. Birth date, income, assets, scores, identifiers and contact data are
    personal: neither `repr` nor an error shows them.

    Args:
        name: The full name; kept in Unicode NFC, without white space at the ends.
        birth_date: The day of birth; None where it is not known.
        gender: A `Gender` or its code; None where it is not known.
        occupation: What the person does for a living, as text; None where it is not known.
        monthly_income: Money a month, 0 or more, with at most 18 digits before the point and 6 after it; None where it
            is not known.
        investable_assets: Money and what can soon be turned into it, under the same bounds; None where it is not known.
        styles: The four style scores; None where they are not known.
        identifiers: The numbers and papers, any iterable, kept as a tuple in the given order; None where they are not
            known, empty where there is known to be none. That they fit the person is checked by
            `khachhang.identity.problems`, not here: which of the two is wrong is for people to find.
        contacts: The ways to reach the person, in the same form.

    Raises:
        InvalidError: If a field is of the wrong type or out of range; all wrong fields at once.

    >>> from datetime import date
    >>> from khachhang.entities import Person
    >>> lan = Person(name="Nguyễn Thị Lan", birth_date=date(1995, 4, 2), gender="female", monthly_income="18500000")
    >>> lan
    Person(name='Nguyễn Thị Lan', gender=<Gender.FEMALE: 'female'>, occupation=None)
    """

    name: str
    birth_date: date | None = attrs.field(default=None, repr=False)
    gender: Gender | None = None
    occupation: str | None = None
    monthly_income: Decimal | None = attrs.field(default=None, repr=False)
    investable_assets: Decimal | None = attrs.field(default=None, repr=False)
    styles: StyleScores | None = attrs.field(default=None, repr=False)
    identifiers: tuple[Identifier, ...] | None = attrs.field(default=None, repr=False)
    contacts: tuple[Contact, ...] | None = attrs.field(default=None, repr=False)

    def __init__(  # noqa: PLR0917  # a record, in the order of its fields
        self,
        name: str,
        birth_date: date | None = None,
        gender: Gender | str | None = None,
        occupation: str | None = None,
        monthly_income: Decimal | int | str | None = None,
        investable_assets: Decimal | int | str | None = None,
        styles: StyleScores | None = None,
        identifiers: Iterable[Identifier] | None = None,
        contacts: Iterable[Contact] | None = None,
    ) -> None:
        identifiers, contacts = gather(identifiers), gather(contacts)
        try:
            if styles is not None:
                to_instance(styles, StyleScores)
            self.__attrs_init__(
                to_name(name),
                None if birth_date is None else to_date(birth_date),
                None if gender is None else to_code(gender, Gender),
                None if occupation is None else to_name(occupation),
                None if monthly_income is None else to_amount(monthly_income),
                None if investable_assets is None else to_amount(investable_assets),
                styles,
                None if identifiers is None else to_tuple(identifiers, Identifier),
                None if contacts is None else to_tuple(contacts, Contact),
            )
        except Refused:
            faults = Faults("Person")
            faults.check("name", to_name, name)
            faults.check_known("birth_date", to_date, birth_date, personal=True)
            faults.check_known("gender", to_code, gender, Gender)
            faults.check_known("occupation", to_name, occupation)
            faults.check_known("monthly_income", to_amount, monthly_income, personal=True)
            faults.check_known("investable_assets", to_amount, investable_assets, personal=True)
            faults.check_known("styles", to_instance, styles, StyleScores, personal=True)
            faults.check_known("identifiers", to_tuple, identifiers, Identifier, personal=True)
            faults.check_known("contacts", to_tuple, contacts, Contact, personal=True)
            raise faults.error() from None


@attrs.frozen(init=False)
class Organization:
    """A company, a shop, a state body or an association.

    Args:
        name: Its name; kept in Unicode NFC, without white space at the ends.
        kind: An `OrganizationKind` or its code; None where it is not known.
        industry: Its own line of business, an `Industry` or its code; None where it is not known.
        identifiers: The numbers and papers, any iterable, kept as a tuple in the given order; None where they are not
            known, empty where there is known to be none.
        contacts: The ways to reach it, in the same form. Neither `repr` nor an error shows one of these values.

    Raises:
        InvalidError: If a field is of the wrong type or a code is not known; all wrong fields at once.

    >>> from khachhang.entities import Organization
    >>> Organization("Công ty TNHH Hoa Sen", kind="company").kind
    <OrganizationKind.COMPANY: 'company'>
    """

    name: str
    kind: OrganizationKind | None = None
    industry: Industry | None = None
    identifiers: tuple[Identifier, ...] | None = attrs.field(default=None, repr=False)
    contacts: tuple[Contact, ...] | None = attrs.field(default=None, repr=False)

    def __init__(
        self,
        name: str,
        kind: OrganizationKind | str | None = None,
        industry: Industry | str | None = None,
        identifiers: Iterable[Identifier] | None = None,
        contacts: Iterable[Contact] | None = None,
    ) -> None:
        identifiers, contacts = gather(identifiers), gather(contacts)
        try:
            self.__attrs_init__(
                to_name(name),
                None if kind is None else to_code(kind, OrganizationKind),
                None if industry is None else to_code(industry, Industry),
                None if identifiers is None else to_tuple(identifiers, Identifier),
                None if contacts is None else to_tuple(contacts, Contact),
            )
        except Refused:
            faults = Faults("Organization")
            faults.check("name", to_name, name)
            faults.check_known("kind", to_code, kind, OrganizationKind)
            faults.check_known("industry", to_code, industry, Industry)
            faults.check_known("identifiers", to_tuple, identifiers, Identifier, personal=True)
            faults.check_known("contacts", to_tuple, contacts, Contact, personal=True)
            raise faults.error() from None


@attrs.frozen(init=False)
class Group:
    """Several persons who act together: a family, friends, a buying group.

    Args:
        name: What the group is called; kept in Unicode NFC, without white space at the ends.
        members: The persons in it, any iterable, kept as a tuple in the given order; None where they are not known,
            empty where the group is known to have nobody in it yet.
        contacts: The ways to reach the group, any iterable, kept as a tuple in the given order; None where they are not
            known. Neither `repr` nor an error shows one. What has a number of its own is an `Organization`.

    Raises:
        InvalidError: If a field is of the wrong type; all wrong fields and members at once.

    >>> from khachhang.entities import Group, Person
    >>> Group("Gia đình Lan", members=[Person("Lan"), Person("Minh")]).members[1].name
    'Minh'
    """

    name: str
    members: tuple[Person, ...] | None = None
    contacts: tuple[Contact, ...] | None = attrs.field(default=None, repr=False)

    def __init__(
        self, name: str, members: Iterable[Person] | None = None, contacts: Iterable[Contact] | None = None
    ) -> None:
        members, contacts = gather(members), gather(contacts)
        try:
            self.__attrs_init__(
                to_name(name),
                None if members is None else to_tuple(members, Person),
                None if contacts is None else to_tuple(contacts, Contact),
            )
        except Refused:
            faults = Faults("Group")
            faults.check("name", to_name, name)
            faults.check_known("members", to_tuple, members, Person)
            faults.check_known("contacts", to_tuple, contacts, Contact, personal=True)
            raise faults.error() from None
