"""What is wrong with the identifiers and contacts of a party that has them already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from khachhang.entities import Contact, Group, Identifier, Organization, Person
from khachhang.errors import Fault, InvalidError, a_kind_of
from khachhang.identity.citizen_number import citizen_number, contradictions, is_of_citizen
from khachhang.identity.contact import email, phone
from khachhang.identity.tax_code import tax_code
from khachhang.taxonomy import ContactKind, IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAKERS: dict[IdentifierKind | ContactKind, Callable[[str], Identifier | Contact]] = {
    IdentifierKind.TAX_CODE: tax_code,
    IdentifierKind.CITIZEN_NUMBER: citizen_number,
    ContactKind.PHONE: phone,
    ContactKind.EMAIL: email,
}
"""How the kinds are made that have a standard form."""


def problems(party: Person | Organization | Group) -> tuple[Fault, ...]:
    """Everything in a party's identifiers and contacts that can not be, or contradicts the rest.

    A record that contradicts itself is a record all the same, so a `Person` is never refused for it. Here it is told:
    values that their kind's maker refuses or would write otherwise; citizen numbers of another year than the birth date
    or of another gender; and several different citizen numbers of one person.

    Args:
        party: Whom to look at; of a group the members too. What is not known is no problem.

    Returns:
        One `Fault` for each, its field the path, such as ``identifiers[0]`` or ``members[2].contacts[1]``. Values are
        not shown.

    Raises:
        InvalidError: If it is no party.

    >>> from datetime import date
    >>> lan = Person("Lan", birth_date=date(1995, 4, 2), identifiers=[citizen_number("001196012345")])
    >>> [(fault.field, fault.problem) for fault in problems(lan)]
    [('identifiers[0]', 'the value is of another year than the birth date')]
    """
    if not isinstance(party, (Person, Organization, Group)):
        hint = "give a Person, an Organization or a Group: customer.party"
        raise InvalidError("problems", [Fault("party", f"{a_kind_of(party)} is no party", hint)])
    return tuple(_problems(party, ""))


def _problems(party: Person | Organization | Group, path: str) -> Iterator[Fault]:
    identifiers = () if isinstance(party, Group) else party.identifiers or ()
    for place, identifier in enumerate(identifiers):
        yield from _of_value(identifier, f"{path}identifiers[{place}]")
        if isinstance(party, Person) and is_of_citizen(identifier):
            hint = "find out which of the two is wrong"
            for problem in contradictions(identifier, party):
                yield Fault(f"{path}identifiers[{place}]", f"the value {problem}", hint)
    if isinstance(party, Person) and len({each.value for each in identifiers if is_of_citizen(each)}) > 1:
        hint = "a citizen has one number for life: find out which is right"
        yield Fault(f"{path}identifiers", "there are several citizen numbers", hint)
    for place, contact in enumerate(party.contacts or ()):
        yield from _of_value(contact, f"{path}contacts[{place}]")
    if isinstance(party, Group):
        for place, member in enumerate(party.members or ()):
            yield from _problems(member, f"{path}members[{place}].")


def _of_value(made: Identifier | Contact, field: str) -> Iterator[Fault]:
    make = _MAKERS.get(made.kind)
    if make is None:
        return
    try:
        standard = make(made.value)
    except InvalidError as error:
        yield from (Fault(field, fault.problem, fault.hint) for fault in error.faults)
        return
    if standard.value != made.value:
        hint = f"make it by khachhang.identity.{made.kind.value}"
        yield Fault(field, "the value is not in its standard form", hint)
