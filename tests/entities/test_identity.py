"""Identifiers and contacts: what is kept, what is refused, what is shown."""

from __future__ import annotations

import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from khachhang import testing
from khachhang.entities import Contact, Customer, Group, Identifier, Organization, Person
from khachhang.taxonomy import ContactKind, IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

NUMBER = "001300123456"
PHONE = Contact("phone", "+84912345678")
PASSPORT = Identifier("passport", "C1234567")


@pytest.mark.parametrize(
    ("made", "kind", "value"),
    [
        (Identifier("tax_code", " 0100233488 "), IdentifierKind.TAX_CODE, "0100233488"),
        (Identifier(IdentifierKind.OTHER, "HV-1"), IdentifierKind.OTHER, "HV-1"),
        (Contact("address", "7 Le\u0302 Lo\u031b\u0323i"), ContactKind.ADDRESS, "7 Lê Lợi"),
        (Contact(ContactKind.EMAIL, "lan@example.com"), ContactKind.EMAIL, "lan@example.com"),
    ],
)
def test_they_are_a_kind_and_a_text(made: Any, kind: Any, value: str) -> None:
    assert made.kind is kind
    assert made.value == value


@pytest.mark.parametrize("make", [Identifier, Contact])
@pytest.mark.parametrize("wrong", [int(NUMBER[2:]), None, b"0100233488", "", " ", "01002\x0033488"], ids=repr)
def test_a_wrong_value_is_refused_and_not_shown(make: Any, wrong: Any, faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: make("other", wrong))

    assert list(faults) == ["value"]
    assert faults["value"].problem.startswith("the value ")
    assert str(wrong).strip() == "" or str(wrong) not in str(faults)


@pytest.mark.parametrize("make", [Identifier, Contact])
def test_both_wrong_fields_come_together(make: Any, faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: make("taxcode", 5))

    assert list(faults) == ["kind", "value"]
    assert "'taxcode'" in faults["kind"].problem


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("1", "•"),
        ("123", "•••"),
        ("1234", "•••4"),
        ("12345678", "••••••78"),
        ("0100233488", "••••••••88"),
        (NUMBER, "•••••••••456"),
        ("x" * 100 + "abc", "•" * 100 + "abc"),
    ],
)
def test_a_masked_value_ends_as_the_value_does(value: str, masked: str) -> None:
    assert Identifier("other", value).masked == masked
    assert Contact("phone", value).masked == masked
    assert Contact("email", value).masked == masked, "no address without @"


@pytest.mark.parametrize(
    ("address", "masked"),
    [("lan@hoasen.vn", "•••@hoasen.vn"), ("nguyenlan@hoasen.vn", "ng•••••••@hoasen.vn"), ("@hoasen.vn", "@hoasen.vn")],
)
def test_a_masked_address_keeps_its_domain(address: str, masked: str) -> None:
    assert Contact("email", address).masked == masked


@given(testing.identifiers(hostile=True) | testing.contacts(hostile=True))
def test_neither_repr_nor_mask_gives_the_value_away(made: Any) -> None:
    assert made.value not in repr(made)
    kept = made.value.rpartition("@")[2] if made.kind == "email" and "@" in made.value else ""
    hidden = made.masked.removesuffix(kept)
    assert sum(shown != "•" for shown in hidden) <= 3 + ("@" in made.value)
    assert len(made.masked) == len(made.value)


@pytest.mark.parametrize("party", [Person, Organization, Group])
def test_a_party_keeps_them_in_the_given_order_and_shows_none(party: Any) -> None:
    mail = Contact("email", "lan@example.com")
    made = party("Hoa Sen", contacts=iter([mail, PHONE]))

    assert made.contacts == (mail, PHONE)
    assert party("Hoa Sen").contacts is None
    assert party("Hoa Sen", contacts=[]).contacts == ()
    assert "contact" not in repr(made)
    assert pickle.loads(pickle.dumps(made)) == made == attrs.evolve(made)


@pytest.mark.parametrize("party", [Person, Organization])
def test_a_person_and_an_organization_have_identifiers(party: Any) -> None:
    made = party("Hoa Sen", identifiers=[PASSPORT])

    assert made.identifiers == (PASSPORT,)
    assert "identifier" not in repr(Customer("KH", made))


@pytest.mark.parametrize("party", [Person, Organization, Group])
@pytest.mark.parametrize(
    "wrong", [NUMBER, [PHONE, NUMBER], {NUMBER: 1}, [{"kind": "phone", "value": NUMBER}]], ids=repr
)
def test_what_is_no_contact_is_refused_and_not_shown(party: Any, wrong: Any, faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: party("Hoa Sen", contacts=wrong))

    assert [field.partition("[")[0] for field in faults] == ["contacts"]
    assert NUMBER not in str(faults)


@pytest.mark.parametrize("party", [Person, Organization])
def test_what_is_no_identifier_is_refused_and_not_shown(party: Any, faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: party("Hoa Sen", identifiers=[PASSPORT, NUMBER]))

    assert list(faults) == ["identifiers[1]"]
    assert NUMBER not in str(faults)


class TestStrategies:
    @given(testing.identifiers(kind="passport"), testing.contacts(kind=st.just("phone"), value="1"))
    def test_what_is_given_is_kept(self, passport: Identifier, phone: Contact) -> None:
        assert passport.kind is IdentifierKind.PASSPORT
        assert (phone.kind, phone.value) == (ContactKind.PHONE, "1")

    @given(testing.persons(identifiers=[PASSPORT], contacts=None))
    def test_what_is_given_of_a_person_is_kept(self, person: Person) -> None:
        assert person.identifiers == (PASSPORT,)
        assert person.contacts is None

    def test_who_was_born_before_there_were_digits_for_it_has_no_number(self) -> None:
        known = find(testing.persons(birth_date=date(1899, 12, 31)), lambda person: person.identifiers is not None)
        assert known.identifiers == ()
