"""What is wrong with the identifiers and contacts of a party."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

import khachhang as kh
from khachhang import identity, testing

FEMALE_1995 = kh.Identifier("citizen_number", "001195012345")
MALE_1995 = kh.Identifier("citizen_number", "001095012345")


def told(party: Any) -> list[tuple[str, str]]:
    return [(fault.field, fault.problem.removeprefix("the value ")) for fault in identity.problems(party)]


@given(testing.persons() | testing.organizations() | testing.groups())
def test_what_the_kit_makes_has_no_problem(party: Any) -> None:
    assert identity.problems(party) == ()


@given(testing.persons(identifiers=testing.identifiers(hostile=True).map(lambda one: [one]),
                       contacts=testing.contacts(hostile=True).map(lambda one: [one])))  # fmt: skip
def test_a_value_is_never_shown(person: kh.Person) -> None:
    said = "\n".join(f"{fault!r}{fault}" for fault in identity.problems(person))
    values = [one.value for one in person.identifiers or ()] + [one.value for one in person.contacts or ()]
    assert not [value for value in values if len(value) >= 5 and value in said]


def test_what_a_maker_refuses_is_a_problem() -> None:
    party = kh.Organization(
        "Hoa Sen",
        identifiers=[kh.Identifier("tax_code", "0100233480"), kh.Identifier("other", "?")],
        contacts=[kh.Contact("address", "7 Lê Lợi"), kh.Contact("phone", "113"), kh.Contact("email", "lan")],
    )
    assert told(party) == [
        ("identifiers[0]", "has a wrong check digit"),
        ("contacts[1]", "is in no range of numbers given out"),
        ("contacts[2]", "is no e-mail address"),
    ]


def test_what_is_right_and_written_otherwise_is_a_problem() -> None:
    party = kh.Person(
        "Lan",
        identifiers=[kh.Identifier("tax_code", "0314409058-002")],
        contacts=[kh.Contact("phone", "0912 345 678")],
    )
    assert told(party) == [
        ("identifiers[0]", "is not in its standard form"),
        ("contacts[0]", "is not in its standard form"),
    ]
    assert [fault.hint for fault in identity.problems(party)] == [
        "make it by khachhang.identity.tax_code",
        "make it by khachhang.identity.phone",
    ]


@pytest.mark.parametrize("kind", ["citizen_number", "tax_code"])
def test_a_citizen_number_of_another_year_or_gender_contradicts_the_person(kind: str) -> None:
    number = kh.Identifier(kind, FEMALE_1995.value)
    assert told(kh.Person("Lan", date(1995, 4, 2), "female", identifiers=[number])) == []
    assert told(kh.Person("Lan", None, None, identifiers=[number])) == []
    assert told(kh.Person("Lan", date(1995, 4, 2), "other", identifiers=[number])) == []
    assert told(kh.Person("Minh", date(1996, 4, 2), "male", identifiers=[number])) == [
        ("identifiers[0]", "is of another year than the birth date"),
        ("identifiers[0]", "is of another gender than the person"),
    ]


def test_the_tax_code_of_a_shop_may_be_its_owners_number() -> None:
    assert (
        told(kh.Organization("Tạp hóa Lan", "shop", identifiers=[kh.Identifier("tax_code", FEMALE_1995.value)])) == []
    )


def test_two_citizen_numbers_are_one_too_many() -> None:
    twice = kh.Identifier("tax_code", FEMALE_1995.value)
    assert told(kh.Person("Lan", identifiers=[FEMALE_1995, twice])) == []
    assert told(kh.Person("Lan", identifiers=[FEMALE_1995, MALE_1995])) == [
        ("identifiers", "there are several citizen numbers")
    ]


def test_the_members_of_a_group_are_looked_at_too() -> None:
    family = kh.Group(
        "Nhà Lan",
        members=[kh.Person("Lan"), kh.Person("Minh", gender="male", identifiers=[FEMALE_1995])],
        contacts=[kh.Contact("phone", "1")],
    )
    assert told(family) == [
        ("contacts[0]", "is no phone number"),
        ("members[1].identifiers[0]", "is of another gender than the person"),
    ]


@pytest.mark.parametrize("wrong", [None, "Lan", kh.Customer("KH", kh.Person("Lan"))], ids=repr)
def test_what_is_no_party_is_refused(wrong: Any) -> None:
    with pytest.raises(kh.InvalidError, match=r"customer\.party"):
        identity.problems(wrong)
