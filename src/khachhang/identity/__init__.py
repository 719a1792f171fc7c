"""Identifiers and contact data that are checked: tax codes, citizen numbers, phone numbers, e-mail addresses.

Each maker takes what somebody typed and gives a `khachhang.Identifier` or `khachhang.Contact` in its standard form, or
one error that says what is wrong without showing the value. Nothing is looked up in a network.
"""

from __future__ import annotations

from khachhang.identity.citizen_number import CitizenReading, citizen_number, read_citizen_number
from khachhang.identity.contact import email, phone
from khachhang.identity.problem import problems
from khachhang.identity.tax_code import tax_code

__all__ = [
    "CitizenReading",
    "citizen_number",
    "email",
    "phone",
    "problems",
    "read_citizen_number",
    "tax_code",
]
