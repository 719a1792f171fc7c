"""Phone numbers and e-mail addresses in their standard forms."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from khachhang.entities import Contact
from khachhang.errors import Fault, InvalidError, repr_of
from khachhang.identity._entry import refusal, text
from khachhang.taxonomy import ContactKind


def phone(number: str, *, region: str = "VN") -> Contact:
    """A phone number that can be, in the form E.164: ``+84912345678``.

    Source:
        ITU-T E.164; which numbers there are is known by the data of `phonenumbers`, so a range that was opened after
        its release is refused.

    Args:
        number: What was typed, in any usual form; without ``+`` and country code it is of `region`.
        region: Where it is dialled, two capital letters as in ISO 3166-1.

    Returns:
        A contact of the kind `phone`.

    Raises:
        InvalidError: If it can be no phone number, has an extension (which E.164 can not hold), or the region is not
            known. The number is not shown.

    >>> phone("0912 345 678").value, phone("(650) 253-0000", region="US").value
    ('+84912345678', '+16502530000')
    """
    typed = text(number, "phone")
    if not isinstance(region, str) or region not in phonenumbers.SUPPORTED_REGIONS:
        hint = "give two capital letters, as in ISO 3166-1: 'VN', 'US'"
        raise InvalidError("phone", [Fault("region", f"{repr_of(region)} is not a region with phone numbers", hint)])
    try:
        parsed = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        raise refusal(
            "phone", "is no phone number", "give its digits, such as '0912 345 678' or '+84 912 345 678'"
        ) from None
    if parsed.extension:
        raise refusal(
            "phone", "has an extension", "keep the extension elsewhere: the standard form has no place for it"
        )
    if not phonenumbers.is_valid_number(parsed):
        hint = (
            "count the digits; a number from abroad needs its '+' and country code, and emergency numbers are nobody's"
        )
        raise refusal("phone", "is in no range of numbers given out", hint)
    return Contact(ContactKind.PHONE, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def email(address: str) -> Contact:
    """An e-mail address that can be: its form alone is checked, nothing is looked up.

    The domain is kept in small letters. What stands before the ``@`` is kept as it is: its capitals may count, though
    they seldom do.

    Source:
        RFC 5321, 5322 and 6531, as `email_validator` reads them.

    Args:
        address: What was typed: one address, without a name or angle brackets.

    Returns:
        A contact of the kind `email`.

    Raises:
        InvalidError: If it can be no address that mail from elsewhere reaches. The address is not shown.

    >>> email(" Lan@HoaSen.VN ").value
    'Lan@hoasen.vn'
    """
    typed = text(address, "email", field="address")
    try:
        checked = validate_email(typed, check_deliverability=False)
    except EmailNotValidError:
        hint = "give one address alone: name@domain.vn"
        raise refusal("email", "is no e-mail address", hint, field="address") from None
    return Contact(ContactKind.EMAIL, checked.normalized)
