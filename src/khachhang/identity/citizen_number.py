"""Vietnamese citizen numbers (số định danh cá nhân)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.entities import Identifier, Person
from khachhang.errors import Fault, InvalidError
from khachhang.identity._entry import digits, refusal
from khachhang.identity.province import PROVINCES
from khachhang.taxonomy import Gender, IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_SUBJECT = "citizen number"
_LENGTH = 12
_FIRST_CENTURY = 19


@attrs.frozen(repr=False)
class CitizenReading:
    """What the first six digits of a citizen number say. It is personal: `repr` shows nothing of it.

    Args:
        province: Where the birth was registered, by the name of that time; None for a code that is not in the table
            (births abroad have codes of countries).
        gender: `female` or `male`, as registered when the number was given.
        birth_year: The year of birth.
    """

    province: str | None
    gender: Gender
    birth_year: int

    def __repr__(self) -> str:
        return "CitizenReading()"


def citizen_number(number: str, *, birth_date: date | None = None, gender: Gender | str | None = None) -> Identifier:
    """A citizen number that can be, and that fits the person where more is known.

    The law promises 12 digits and no more, and that alone is checked; there is no check digit. The scheme by which the
    numbers were made (see `read_citizen_number`) is used only where a birth date or a gender is given.

    Source:
        Law 26/2023/QH15 on identification, Article 12.

    Args:
        number: What was typed; spaces, dots and dashes may stand in it.
        birth_date: The person's; the number must have its year. None: not compared.
        gender: The person's, a `Gender` or its code; the number must have the same. None and `other`: not compared.

    Returns:
        An identifier of the kind `citizen_number`, its value digits alone.

    Raises:
        InvalidError: If it has not 12 digits, or contradicts what is given. The value is not shown.

    >>> from datetime import date
    >>> citizen_number("001 195 012345", birth_date=date(1995, 4, 2), gender="female").masked
    '•••••••••345'
    """
    code = digits(number, _SUBJECT)
    if len(code) != _LENGTH:
        raise refusal(
            _SUBJECT, f"has not {_LENGTH} digits", "older papers have 9 digits: those are of the kind 'other'"
        )
    identifier = Identifier(IdentifierKind.CITIZEN_NUMBER, code)
    person = Person("-", birth_date=birth_date, gender=gender)
    faults = [Fault("number", f"the value {problem}", _CURE) for problem in contradictions(identifier, person)]
    if faults:
        raise InvalidError(_SUBJECT, faults)
    return identifier


def read_citizen_number(number: Identifier) -> CitizenReading:
    """Province, gender and year of birth, by the scheme under which citizen numbers were first given out.

    Three digits for the province or country where the birth was registered, one for century and gender (0 male and 1
    female for 1900 to 1999, 2 and 3 for 2000 to 2099, and so on), two for the year, and six without a meaning. Numbers
    are kept for life and provinces are not, so nothing of it is a proof.

    Source:
        Circular 59/2021/TT-BCA, Article 4 and appendix, until 1 July 2024; before that Circular 07/2016/TT-BCA.

    Args:
        number: A citizen number of 12 digits, or the tax code of an individual.

    Raises:
        InvalidError: If it is neither.

    >>> reading = read_citizen_number(citizen_number("079303012345"))
    >>> reading.province, reading.gender.value, reading.birth_year
    ('Thành phố Hồ Chí Minh', 'female', 2003)
    """
    if not is_of_citizen(number):
        hint = "take an identifier that citizen_number() has made, or tax_code() from 12 digits"
        raise refusal("reading of a citizen number", "is no citizen number", hint)
    code = number.value
    century, is_female = divmod(int(code[3]), 2)
    return CitizenReading(
        province=PROVINCES.get(code[:3]),
        gender=Gender.FEMALE if is_female else Gender.MALE,
        birth_year=(_FIRST_CENTURY + century) * 100 + int(code[4:6]),
    )


def is_of_citizen(number: object) -> bool:
    """Whether it is a citizen number, as such or as a tax code."""
    if not isinstance(number, Identifier):
        return False
    is_kind = number.kind in {IdentifierKind.CITIZEN_NUMBER, IdentifierKind.TAX_CODE}
    return is_kind and len(number.value) == _LENGTH and number.value.isascii() and number.value.isdigit()


def contradictions(number: Identifier, person: Person) -> Iterator[str]:
    """In what a citizen number says something else than what is known of a person; the values stay unsaid."""
    reading = read_citizen_number(number)
    if person.birth_date is not None and person.birth_date.year != reading.birth_year:
        yield "is of another year than the birth date"
    if person.gender not in {None, Gender.OTHER, reading.gender}:
        yield "is of another gender than the person"


_CURE = "find out which of the two is wrong; where the number is right all the same, leave the comparison away"
