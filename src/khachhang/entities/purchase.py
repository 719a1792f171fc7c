"""What was bought."""

from __future__ import annotations

from datetime import date  # noqa: TC003  # attrs.resolve_types looks for it here
from decimal import Decimal

import attrs

from khachhang.entities._checks import (
    Faults,
    Refused,
    to_amount,
    to_code,
    to_currency,
    to_date,
    to_part,
    to_quantity,
)
from khachhang.taxonomy import Offering, Purpose


@attrs.frozen(init=False)
class Purchase:
    """One line of one purchase: what was paid for it, and what came back.

    All three amounts are of the whole line, in `currency`, 0 or more, with at most 18 digits before the point and 6
    after it: the sum of any 10,000 of them is then exact in Python's decimals. A float is refused, for it is not exact;
    in a string the point is the decimal point, never the thousands. What was given in barter is entered at its worth.

    Args:
        day: The day of the purchase, on the business's own calendar.
        amount: What was paid for the whole line; 0 for a gift.
        currency: Three capital letters, as in ISO 4217.
        quantity: How much was bought, above 0, under the same bounds.
        list_amount: What the whole line would have cost without a discount; None where it is not known.
        returned: How much of `amount` was paid back, from 0 to `amount`, both included.
        purpose: What for, a `Purpose` or its code; None where it is not known.
        offering: What sort of thing, an `Offering` or its code; None where it is not known.

    Raises:
        InvalidError: If a field is of the wrong type or out of range; all wrong fields at once.

    >>> from datetime import date
    >>> from khachhang.entities import Purchase
    >>> purchase = Purchase(day=date(2026, 1, 5), amount=250_000, list_amount=300_000, purpose="gift")
    >>> purchase.amount, purchase.is_discounted, purchase.is_wholly_returned
    (Decimal('250000'), True, False)
    """

    day: date
    amount: Decimal
    currency: str = "VND"
    quantity: Decimal = Decimal(1)
    list_amount: Decimal | None = None
    returned: Decimal = Decimal(0)
    purpose: Purpose | None = None
    offering: Offering | None = None

    def __init__(  # noqa: PLR0917  # a record, in the order of its fields
        self,
        day: date,
        amount: Decimal | int | str,
        currency: str = "VND",
        quantity: Decimal | int | str = 1,
        list_amount: Decimal | int | str | None = None,
        returned: Decimal | int | str = 0,
        purpose: Purpose | str | None = None,
        offering: Offering | str | None = None,
    ) -> None:
        try:
            paid = to_amount(amount)
            self.__attrs_init__(
                to_date(day),
                paid,
                to_currency(currency),
                to_quantity(quantity),
                None if list_amount is None else to_amount(list_amount),
                to_part(returned, paid),
                None if purpose is None else to_code(purpose, Purpose),
                None if offering is None else to_code(offering, Offering),
            )
        except Refused:
            faults = Faults("Purchase")
            faults.check("day", to_date, day)
            faults.check("amount", to_amount, amount)
            faults.check("currency", to_currency, currency)
            faults.check("quantity", to_quantity, quantity)
            faults.check_known("list_amount", to_amount, list_amount)
            faults.check("returned", to_part, returned, to_amount(amount) if faults.passed("amount") else None)
            faults.check_known("purpose", to_code, purpose, Purpose)
            faults.check_known("offering", to_code, offering, Offering)
            raise faults.error() from None

    @property
    def is_discounted(self) -> bool | None:
        """Whether the list amount is higher than what was paid; None where it is not known."""
        return None if self.list_amount is None else self.list_amount > self.amount

    @property
    def is_wholly_returned(self) -> bool:
        """Whether something was paid back, and that is all of it: a gift, for 0, never is."""
        return self.returned > 0 and self.returned == self.amount
