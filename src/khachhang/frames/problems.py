"""The rows of tables of events that can not be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw

from khachhang.frames import native
from khachhang.frames.events import KEY
from khachhang.frames.reading import reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from zoneinfo import ZoneInfo

    from khachhang.entities import Business
    from khachhang.facts import LeapDay

T = TypeVar("T")

SUBJECT = "frames.problems"


def problems(
    purchases: T | None,
    *,
    as_of: date,
    customers: T | None = None,
    interactions: T | None = None,
    ties: T | None = None,
    business: Business | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    time_zone: str | ZoneInfo | None = None,
    leap_day: LeapDay = "03-01",
    columns: Mapping[str, str] | None = None,
    only: Any = None,
) -> T:
    """The rows that can not be meant: those for which `facts` is an error on eager tables, and contradictory ones.

    Rows that count for nobody (after the as-of date, or without an id) are left out, and so are columns from which
    nothing follows that `only` wants.

    Args:
        purchases: As for `facts`.
        as_of: As for `facts`.
        customers: As for `facts`.
        interactions: As for `facts`.
        ties: As for `facts`.
        business: As for `facts`.
        rates: As for `facts`.
        time_zone: As for `facts`.
        leap_day: As for `facts`.
        columns: As for `facts`.
        only: As for `facts`.

    Returns:
        A table of the same engine, lazy where it was lazy, with a row for each thing that is wrong: the key under the
        user's name (null for a customer without an id), ``table``, ``column`` (as the user calls it) and ``problem``,
        in English. The values themselves may be personal and are not repeated.

    Raises:
        InvalidError: If an argument can not be meant, or a column is missing or of the wrong type.

    >>> from datetime import date
    >>> import polars as pl
    >>> bought = pl.DataFrame({"customer_id": ["KH-1", "KH-2"], "day": [date(2026, 1, 5)] * 2, "amount": [250, -90]})
    >>> problems(bought, as_of=date(2026, 1, 9)).rows()
    [('KH-2', 'purchases', 'amount', 'it is below 0')]
    """
    given = {"customers": customers, "purchases": purchases, "interactions": interactions, "ties": ties}
    found = reading(
        SUBJECT,
        given,
        as_of=as_of,
        business=business,
        rates=rates,
        time_zone=time_zone,
        leap_day=leap_day,
        columns=columns,
        only=only,
    )
    listed: list[Any] = []
    for table, events, checks in found.checked():
        for check in checks:
            if check.rows is False and (listed or check is not checks[-1]):
                continue  # but there has to be a table, if one of no rows
            column = events.names.get(check.column, check.column)
            words = {"table": table, "column": column, "problem": check.problem}
            rows = check.at_fault(events.frame)
            texts = {name: nw.lit(text, dtype=nw.String) for name, text in words.items()}
            listed.append(rows.select(nw.col(KEY).alias(found.settings.key), **texts))
    together: Any = nw.concat(listed, how="vertical")
    result: T = (native.carried_out(together) if found.is_eager else together).to_native()
    return result
