"""Tables of facts from tables of raw events: the same derivation as `facts_of`, for every customer at once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw

from khachhang.errors import CurrencyError, Fault, InvalidError
from khachhang.facts.catalogue import VARIABLES
from khachhang.frames import interactions as interactions_
from khachhang.frames import native, party
from khachhang.frames import purchases as purchases_
from khachhang.frames import ties as ties_
from khachhang.frames.events import KEY, PLACE
from khachhang.frames.interactions import DEALINGS, dealings
from khachhang.frames.reading import Reading, reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from khachhang.entities import Business
    from khachhang.facts import LeapDay
    from khachhang.frames.part import Part
    from khachhang.frames.table import Frame

T = TypeVar("T")

SUBJECT = "frames.facts"
_HINT = "kh.frames.problems(...) with the same arguments gives the rows"


def facts(
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
    """What is known of every customer at the end of a day, from tables of raw events of one engine.

    The columns bear the names of the entities' fields, beside `customer_id`; enums are their codes. Events after the
    as-of date, and events without an id, count for nobody. Rows that are alike are so many events: amounts add up,
    while several of one day are one time of buying. A table that is not given leaves its facts not known; one that is
    given and has no row for a customer says that there was nothing. A null in an optional column means what a missing
    column means: nothing returned, the business's currency, a list amount or purpose that is not known, nothing
    declared.

    Args:
        purchases: `day`, `amount`; and `currency`, `list_amount`, `returned`, `purpose` where there are such. None: not
            known.
        as_of: The day; events of that day count.
        customers: One row a customer: `party_kind`, `birth_date` and so on, all optional. None: not known.
        interactions: `day`, `kind`; and `topic`, `score`, `sentiment`, `resolved_on`. None: not known.
        ties: `kind`; and `since`, `until`, both included. None: not known.
        business: The seller whose view is taken; without it the currency and the industry are not known.
        rates: For each currency how many units of the business's currency one unit is worth. Whole amounts at whole
            rates, and Python's decimals, stay exact; others become floats.
        time_zone: The zone that draws the line between days, for time stamps that have a zone; None for dates, and for
            time stamps without one, which are local.
        leap_day: When one born on 29 February turns a year older in a common year: ``"03-01"`` or ``"02-28"``.
        columns: The user's names of our columns, in whichever table has them: ``{"day": "InvoiceDate"}``.
        only: The facts that are wanted: names, facts of `kh.fact`, tables, which then say what they need, or a
            template; None for all.

    Returns:
        A table of the same engine, lazy where it was lazy: the key under the user's name, then every fact (or exactly
        those of `only`), null where it is not known. One row for each row of `customers`, in their order where that is
        eager; else one for each id with a purchase or interaction up to the as-of date, sorted by id where it is eager.

    Raises:
        InvalidError: If an argument can not be meant, a column is missing or of the wrong type, or (on eager tables) a
            row can not be meant; `problems` gives these rows. On lazy tables the facts concerned are null.
        CurrencyError: If purchases are in several currencies and a rate is lacking, on eager tables.
        UnknownFactError: If `only` names a fact that there is not.

    >>> from datetime import date
    >>> import polars as pl
    >>> bought = pl.DataFrame({"customer_id": ["KH-1", "KH-1"], "day": [date(2026, 1, 5)] * 2, "amount": [250, 90]})
    >>> facts(bought, as_of=date(2026, 1, 9), only=["purchase_count", "spend"]).rows()
    [('KH-1', 1, 340)]
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
    if found.is_eager:
        refuse(found)
    made, values = _joined(found)
    made = _selected(found, made, values)
    result: T = (native.carried_out(made) if found.is_eager else made).to_native()
    return result


def refuse(found: Reading) -> None:
    """An error where rows can not be meant.

    Raises:
        InvalidError: With everything that is wrong, and how often.
        CurrencyError: If only rates are lacking.
    """
    faults: list[Fault] = []
    for table, events, checked in found.checked():
        checks = [check for check in checked if check.is_error and check.rows is not False]
        seen = {f"n{place}": check.rows.any() for place, check in enumerate(checks) if not isinstance(check.rows, bool)}
        wrong = native.carried_out(events.frame.select(**seen)).to_dict(as_series=False) if seen else {}
        for place, check in enumerate(checks):
            if wrong.get(f"n{place}", [True])[0]:
                count = native.carried_out(check.at_fault(events.frame).select(nw.len())).item()
                column = f"{table}.{events.names.get(check.column, check.column)}"
                faults += _faults(column, check.problem, count)
    if faults and all(fault.problem.startswith("there is no rate") for fault in faults):
        raise CurrencyError(str(faults[0]).partition("\n")[0], f"give rates={{...}}; {_HINT}")
    if faults:
        raise InvalidError(SUBJECT, faults)


def _faults(column: str, problem: str, count: int) -> list[Fault]:
    """What is wrong with so many rows; nothing where there are none."""
    rows = "row" if count == 1 else "rows"
    return [Fault(column, f"{problem} ({count} {rows})", _HINT)] if count else []


def _joined(found: Reading) -> tuple[Frame, dict[str, nw.Expr]]:
    """One row a customer with everything from which the facts follow, and the facts as expressions on it."""
    parts = _parts(found)
    values: dict[str, nw.Expr] = {name: fact for part in parts.values() for name, fact in part.facts.items()}
    frames: dict[str, Any] = {name: part.frame for name, part in parts.items()}
    if "customers" in found.tables:
        base, rows = _customers(found)
        values |= rows
    else:
        known = [table for table in ("purchases", "interactions") if table in found.tables]
        if len(known) == 1 and known[0] in frames:
            base = frames.pop(known[0])
        elif "dealings" in frames:  # they are of everybody with an event
            base = frames.pop("dealings")
        elif len({*known} & frames.keys()) > 1 and native.is_spark(frames[known[0]]):  # pragma: no cover  # see there
            base = native.joined_fully(frames.pop(known[0]), frames.pop(known[1]), KEY)
        elif known:
            keys: list[Any] = [found.tables[table].frame.select(KEY) for table in known]
            base = nw.concat(keys, how="vertical").unique()
        else:  # a tie alone makes no row
            base = found.tables["ties"].frame.select(KEY).filter(nw.col(KEY).is_null())
    for frame in frames.values():
        base = base.join(frame, on=KEY, how="left")
    return base, values


def _customers(found: Reading) -> tuple[Any, dict[str, nw.Expr]]:
    """A row for each row of the customers, with what it tells."""
    customers = found.tables["customers"]
    told = party.facts_of_rows(customers, found.settings)
    rows = {f"c_{name}": fact for name, fact in told.items() if name in found.wanted}
    kept = [name for name in (KEY, PLACE) if name in customers.frame.collect_schema()]
    return customers.frame.select(*kept, **rows), {name.removeprefix("c_"): nw.col(name) for name in rows}


def _parts(found: Reading) -> dict[str, Part]:
    """What each table of events tells."""
    settings, wanted, made = found.settings, set(found.wanted), {}
    tables = {table: (events, found.checks(table, events)) for table, events in found.tables.items()}
    checked = found.is_eager
    if "purchases" in tables and (some := wanted & (purchases_.FIELDS.keys() - DEALINGS)):
        made["purchases"] = purchases_.part(*tables["purchases"], settings, some, is_checked=checked)
    if "interactions" in tables and (some := wanted & (interactions_.FIELDS.keys() - DEALINGS)):
        made["interactions"] = interactions_.part(*tables["interactions"], settings, some, is_checked=checked)
    if "purchases" in tables and "interactions" in tables and wanted & DEALINGS:
        bought, faults = tables["purchases"]
        still = purchases_.kept(bought, settings)
        made["dealings"] = dealings((bought, still, faults), tables["interactions"], settings)
    if "ties" in tables and (some := wanted & ties_.FIELDS.keys()):
        made["ties"] = ties_.part(*tables["ties"], settings, some, is_checked=checked)
    return made


def _selected(found: Reading, made: Any, values: Mapping[str, nw.Expr]) -> Any:
    """The key and the facts that are wanted, each in its type."""
    never = nw.col(KEY).is_null() & ~nw.col(KEY).is_null()
    if found.business is not None:
        values = {**values, "currency": nw.lit(found.business.currency, dtype=nw.String)}
        if found.business.industry is not None:
            values["seller_industry"] = nw.lit(found.business.industry.value, dtype=nw.String)
    columns: dict[str, nw.Expr] = {}
    for name in found.wanted:
        kind, nothing = _TYPES.get(VARIABLES[name].type, _TYPES[str])
        value = values.get(name)
        columns[name] = nw.when(never).then(nw.lit(nothing, dtype=kind)) if value is None else value
    order = [PLACE] if PLACE in made.collect_schema() else [KEY]
    made = made.select(*{KEY: None, **dict.fromkeys(order)}, **columns)
    made = native.typed(
        made,
        whole=[name for name in found.wanted if VARIABLES[name].type is int],
        flags=[name for name in found.wanted if VARIABLES[name].type is bool],
    )
    if found.is_eager:
        made = made.sort(*order)
    return made.select(nw.col(KEY).alias(found.settings.key), *found.wanted)


_TYPES: dict[Any, tuple[Any, Any]] = {
    int: (nw.Int64, 0),
    float: (nw.Float64, 0.0),
    Decimal: (nw.Float64, 0.0),
    bool: (nw.Boolean, True),
    str: (nw.String, ""),
}
