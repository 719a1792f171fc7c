"""Tax codes and citizen numbers: what can be one, and what a citizen number says of a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import khachhang as kh
from khachhang import identity, testing
from khachhang.identity.province import PROVINCES

TAX_CODES = testing.identifiers(kind="tax_code").map(lambda identifier: identifier.value)
TWELVE = st.text("0123456789", min_size=12, max_size=12)
# Of large enterprises, as their own pages print them.
KNOWN = ["0300588569", "0101248141", "0100109106", "0100112437", "0314409058-002"]


def refused(make: Any, value: Any, **known: Any) -> list[str]:
    """The problems for which a value is refused; none of them, nor a hint, shows it."""
    with pytest.raises(kh.InvalidError) as caught:
        make(value, **known)
    error = caught.value
    assert all(fault.field == "number" and fault.hint for fault in error.faults)
    assert not str(value).strip() or str(value) not in str(error) + repr(error)
    assert error.__cause__ is None
    return [fault.problem for fault in error.faults]


class TestTaxCodes:
    @pytest.mark.parametrize("number", KNOWN)
    def test_known_ones_are_tax_codes(self, number: str) -> None:
        code = identity.tax_code(number)
        assert code == kh.Identifier("tax_code", number.replace("-", ""))

    @given(TAX_CODES)
    def test_what_has_its_check_digit_is_one(self, number: str) -> None:
        assert identity.tax_code(number).value == number

    @given(TAX_CODES, st.integers(0, 9), st.integers(1, 9))
    def test_one_digit_read_wrongly_is_found(self, number: str, place: int, off: int) -> None:
        wrong = str((int(number[place]) + off) % 10)
        assert refused(identity.tax_code, number[:place] + wrong + number[place + 1 :])

    @given(TAX_CODES, st.integers(0, 7))
    def test_two_neighbours_exchanged_are_found(self, number: str, place: int) -> None:
        assume(number[place] != number[place + 1])
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert refused(identity.tax_code, swapped) == ["the value has a wrong check digit"]

    @given(TAX_CODES, st.sampled_from([" ", ".", "-", "\u00a0", "\u2013"]))
    def test_what_parts_the_digits_does_not_matter(self, number: str, mark: str) -> None:
        assert identity.tax_code(f" {number[:2]}{mark}{number[2:]} ").value == number

    @given(TWELVE)
    def test_a_citizen_number_is_a_tax_code(self, number: str) -> None:
        assert identity.tax_code(number) == kh.Identifier("tax_code", number)

    @pytest.mark.parametrize(
        ("wrong", "problem"),
        [
            ("0100233480", "has a wrong check digit"),
            ("0100000001", "can not be a tax code"),
            ("0100233488000", "can not be a tax code"),
            ("010023348", "can not be a tax code"),
            ("01002334880", "can not be a tax code"),
            ("0100233488 A", "has something else than digits in it"),
            ("MST 0100233488", "has something else than digits in it"),
            ("", "has something else than digits in it"),
            (100233488, "is not text"),
            (None, "is not text"),
        ],
    )
    def test_what_can_be_none_is_refused(self, wrong: Any, problem: str) -> None:
        assert refused(identity.tax_code, wrong) == [f"the value {problem}"]


class TestCitizenNumbers:
    @given(TWELVE)
    def test_every_twelve_digits_are_one(self, number: str) -> None:
        assert identity.citizen_number(number) == kh.Identifier("citizen_number", number)

    @pytest.mark.parametrize("wrong", ["001195", "0011950123456", "012345678", "", "00119501234x", 1195012345, None])
    def test_nothing_else_is(self, wrong: Any) -> None:
        assert refused(identity.citizen_number, wrong)

    @pytest.mark.parametrize(
        ("digit", "gender", "first_year"),
        [(0, "male", 1900), (1, "female", 1900), (2, "male", 2000), (3, "female", 2000), (9, "female", 2300)],
    )
    def test_the_fourth_digit_is_of_century_and_gender(self, digit: int, gender: str, first_year: int) -> None:
        reading = identity.read_citizen_number(identity.citizen_number(f"001{digit}07000000"))
        assert (reading.gender, reading.birth_year) == (gender, first_year + 7)

    @given(testing.persons(birth_date=st.dates(date(1900, 1, 1), date(2399, 12, 31)), gender=..., identifiers=...))
    def test_a_number_made_for_a_person_fits(self, person: kh.Person) -> None:
        for number in person.identifiers or ():
            again = identity.citizen_number(number.value, birth_date=person.birth_date, gender=person.gender)
            assert again == number
            reading = identity.read_citizen_number(number)
            assert person.birth_date is not None
            assert reading.birth_year == person.birth_date.year
            assert reading.province in PROVINCES.values()

    @given(TWELVE, st.dates(date(1900, 1, 1), date(2399, 12, 31)), st.sampled_from(kh.Gender))
    @example("001195012345", date(1995, 4, 2), kh.Gender.FEMALE)
    def test_what_does_not_fit_is_told(self, number: str, birth_date: date, gender: kh.Gender) -> None:
        reading = identity.read_citizen_number(identity.citizen_number(number))
        expected = []
        if reading.birth_year != birth_date.year:
            expected.append("the value is of another year than the birth date")
        if gender not in {reading.gender, kh.Gender.OTHER}:
            expected.append("the value is of another gender than the person")
        if expected:
            assert refused(identity.citizen_number, number, birth_date=birth_date, gender=gender) == expected
        else:
            identity.citizen_number(number, birth_date=birth_date, gender=gender)

    def test_a_code_of_no_province_is_no_fault(self) -> None:
        reading = identity.read_citizen_number(identity.citizen_number("999195012345"))
        assert reading.province is None

    def test_a_reading_shows_nothing(self) -> None:
        reading = identity.read_citizen_number(identity.tax_code("079303012345"))
        assert reading.province == "Thành phố Hồ Chí Minh"
        assert repr(reading) == "CitizenReading()"

    @pytest.mark.parametrize(
        "wrong",
        [kh.Identifier("passport", "001195012345"), kh.Identifier("tax_code", "0100233488"), "001195012345",
         kh.Identifier("citizen_number", "00119501234\uff15")],
    )  # fmt: skip
    def test_only_a_citizen_number_is_read(self, wrong: Any) -> None:
        assert refused(identity.read_citizen_number, wrong) == ["the value is no citizen number"]

    def test_there_were_63_provinces(self) -> None:
        assert len(PROVINCES) == len(set(PROVINCES.values())) == 63
        assert all(len(code) == 3 and code.isdigit() for code in PROVINCES)
        assert list(PROVINCES) == sorted(PROVINCES)
