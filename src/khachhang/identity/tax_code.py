"""Vietnamese tax codes (mã số thuế)."""

from __future__ import annotations

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from khachhang.entities import Identifier
from khachhang.identity._entry import digits, refusal
from khachhang.taxonomy import IdentifierKind

_SUBJECT = "tax code"
OF_CITIZENS = 12
"""So many digits has a tax code that is a citizen number."""


def tax_code(number: str) -> Identifier:
    """A Vietnamese tax code that can be: the right number of digits, and the check digit where there is one.

    Enterprises have 10 digits, the tenth a check digit, and their branches 13. Since 1 July 2025 an individual, or the
    shop of a household, has no code of its own: it is the citizen number, of 12 digits and without a check digit.
    Whether a code was ever given out, and to whom, no form of a number can tell.

    Source:
        Circular 86/2024/TT-BTC on tax registration, Articles 5 and 38; the check digit is `stdnum.vn.mst`'s.

    Args:
        number: What was typed; spaces, dots and dashes may stand in it.

    Returns:
        An identifier of the kind `tax_code`, its value digits alone.

    Raises:
        InvalidError: If it can be no tax code. The value is not shown.

    >>> tax_code("0314409058-002").value, tax_code("001 095 012 345").masked
    ('0314409058002', '•••••••••345')
    """
    code = digits(number, _SUBJECT)
    if len(code) != OF_CITIZENS:
        try:
            code = mst.validate(code)
        except InvalidChecksum:
            raise refusal(
                _SUBJECT, "has a wrong check digit", "look for a slip: two digits exchanged, one read wrongly"
            ) from None
        except ValidationError:
            hint = "an enterprise has 10 digits, a branch 13 that end in 001 or more, an individual 12"
            raise refusal(_SUBJECT, "can not be a tax code", hint) from None
    return Identifier(IdentifierKind.TAX_CODE, code)
