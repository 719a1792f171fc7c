"""Bringing amounts in several currencies together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from khachhang.errors import CurrencyError, Fault, InvalidError, a_kind_of, repr_of

if TYPE_CHECKING:
    from collections.abc import Collection


def checked_rates(rates: Mapping[str, Decimal | int | str] | None) -> dict[str, Decimal]:
    """The rates as Decimals.

    Args:
        rates: For each currency how many units of the business's currency one unit of it is worth.

    Raises:
        InvalidError: If a currency is no code of three capital letters, or a rate is no amount above 0.
    """
    if rates is None:
        return {}
    if not isinstance(rates, Mapping):
        problem = f"{a_kind_of(rates)} is no table of rates"
        raise InvalidError("rates", [Fault("rates", problem, "give rates={'USD': Decimal('25400')}")])
    made: dict[str, Decimal] = {}
    faults: list[Fault] = []
    for currency, rate in rates.items():
        place = f"rates[{repr_of(currency)}]"
        if not (isinstance(currency, str) and re.fullmatch("[A-Z]{3}", currency)):
            faults.append(Fault(place, "not a currency", "use a code of three capital letters, such as 'USD'"))
        elif isinstance(rate, bool) or not isinstance(rate, (int, str, Decimal)):
            faults.append(Fault(place, f"{repr_of(rate)} is no exact rate", "write it as a string or a Decimal"))
        else:
            try:
                made[currency] = Decimal(rate)
            except InvalidOperation:
                faults.append(Fault(place, f"{repr_of(rate)} is no number", "write it as in '25400.5'"))
            else:
                if not (made[currency].is_finite() and made[currency] > 0):
                    faults.append(Fault(place, f"{rate} is no rate", "a rate is above 0"))
    if faults:
        raise InvalidError("rates", faults)
    return made


def check_currencies(
    currencies: Collection[str], own: str | None, rates: Mapping[str, Decimal], *, whose: str = ""
) -> None:
    """An error where amounts can not be brought together.

    Args:
        currencies: The currencies of the history.
        own: The business's currency; None where no business is given, and then one currency may do without a rate.
        rates: The known rates.
        whose: What the error begins with.

    Raises:
        CurrencyError: Naming the currencies for which a rate is lacking, or the own one if it has a rate other than 1.
    """
    if own is not None and rates.get(own, 1) != 1:
        problem = f"rates: {own} is the business's own currency and has the rate {rates[own]}"
        raise CurrencyError(problem, f"leave {own} out of the rates")
    lacking = sorted(currency for currency in currencies if currency != own and currency not in rates)
    if len(lacking) > (0 if own is not None else 1):
        into = "" if own is None else f" into {own}"
        problem = f"{whose}purchases in {', '.join(sorted(currencies))}: no rate for {', '.join(lacking)}{into}"
        raise CurrencyError(
            problem, f"give rates={{{lacking[0]!r}: Decimal(...)}}: units of the business's currency for one"
        )
