"""The seller whose view is taken."""

from __future__ import annotations

import attrs

from khachhang.entities._checks import Faults, Refused, to_code, to_currency, to_name
from khachhang.taxonomy import Industry


@attrs.frozen(init=False)
class Business:
    """The business that has the customers: whoever sells.

    Args:
        name: Its name; kept in Unicode NFC, without white space at the ends.
        industry: Its line of business, an `Industry` or its code; None where it is not known.
        currency: The currency in which it reckons: three capital letters, as in ISO 4217.

    Raises:
        InvalidError: If a field is of the wrong type or a code is not known; all wrong fields at once.

    >>> from khachhang.entities import Business
    >>> Business("Siêu thị Sông Hồng", industry="supermarket")
    Business(name='Siêu thị Sông Hồng', industry=<Industry.SUPERMARKET: 'supermarket'>, currency='VND')
    """

    name: str
    industry: Industry | None = None
    currency: str = "VND"

    def __init__(self, name: str, industry: Industry | str | None = None, currency: str = "VND") -> None:
        try:
            self.__attrs_init__(
                to_name(name), None if industry is None else to_code(industry, Industry), to_currency(currency)
            )
        except Refused:
            faults = Faults("Business")
            faults.check("name", to_name, name)
            faults.check_known("industry", to_code, industry, Industry)
            faults.check("currency", to_currency, currency)
            raise faults.error() from None
