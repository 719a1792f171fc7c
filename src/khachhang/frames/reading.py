"""All tables of events together: what was given, what is wanted of each, and what may be wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.entities import Business
from khachhang.errors import Fault, InvalidError, UnknownFactError, listed, nearest, repr_of
from khachhang.facts.catalogue import VARIABLES, no_name_of_a_fact
from khachhang.facts.derivation import check_day
from khachhang.facts.exchange import check_currencies, checked_rates
from khachhang.frames import interactions, native, party, purchases, ties
from khachhang.frames.events import KEY, Settings, check_columns, checked_zone, read
from khachhang.frames.table import as_frame, is_eager

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from khachhang.frames.events import Events
    from khachhang.frames.faults import Check
    from khachhang.frames.table import Frame

_FIELDS = {
    "purchases": purchases.FIELDS,
    "interactions": interactions.FIELDS,
    "ties": ties.FIELDS,
    "customers": party.FIELDS,
}
ORDER = ("customers", "purchases", "interactions", "ties")


@attrs.frozen(eq=False)
class Reading:
    """What was given and is wanted.

    Args:
        settings: What all tables have in common.
        business: The seller whose view is taken.
        wanted: The facts, in order.
        tables: The tables that were given and from which something is wanted.
        is_eager: Whether the data is there to be looked at.
    """

    settings: Settings
    business: Business | None
    wanted: tuple[str, ...]
    tables: Mapping[str, Events]
    is_eager: bool

    def checks(self, table: str, events: Events) -> list[Check]:
        """What may be wrong with the rows of a table."""
        match table:
            case "purchases":
                return purchases.checks(events, self.settings)
            case "interactions":
                return interactions.checks(events)
            case "ties":
                return ties.checks(events)
            case _:
                return party.checks(events, self.settings)

    def checked(self) -> Iterator[tuple[str, Events, list[Check]]]:
        """Each table with what may be wrong with its rows, that a customer has two of them included."""
        for table, events in self.tables.items():
            marked = party.with_twice(events) if table == "customers" else events
            yield table, marked, self.checks(table, marked)


def reading(
    subject: str,
    given: Mapping[str, Any],
    *,
    as_of: date,
    business: Business | None,
    rates: Any,
    time_zone: Any,
    leap_day: Any,
    columns: Mapping[str, str] | None,
    only: Iterable[Any] | None,
) -> Reading:
    """Check the arguments, and read the columns that are wanted.

    Raises:
        InvalidError: If an argument can not be meant, or a column is missing or of the wrong type.
        CurrencyError: If the business's own currency has a rate.
        UnknownFactError: If `only` names a fact that there is not.
    """
    check_day(as_of, leap_day)
    if business is not None and not isinstance(business, Business):
        raise InvalidError(subject, [Fault("business", f"{repr_of(business)} is no Business", "give a kh.Business")])
    own = None if business is None else business.currency
    checked = checked_rates(rates)
    check_currencies((), own, checked)
    frames = {
        name: native.unnamed(as_frame(table, subject, name)) for name, table in given.items() if table is not None
    }
    frames = _alike(frames, subject)
    names = check_columns(columns, frames, subject)
    settings = Settings(subject, as_of, leap_day, checked_zone(time_zone, subject), names, own, checked)
    wanted = _wanted(only, subject)
    eager = all(is_eager(frame) for frame in frames.values())
    tables = {
        name: _planned(
            read(
                frames[name],
                name,
                settings,
                _fields(name, wanted, frames[name], settings),
                is_placed=eager and name == "customers",
            )
        )
        for name in ORDER
        if name in frames
    }
    if "purchases" in tables:
        tables["purchases"] = purchases.with_lacking(tables["purchases"], settings)
    return Reading(settings, business, wanted, _with_one_key(tables, subject), eager)


def _planned(events: Events) -> Events:
    return attrs.evolve(events, entry=attrs.evolve(events.entry, frame=native.planned(events.frame)))


def _alike(frames: dict[str, Frame], subject: str) -> dict[str, Frame]:
    """The tables, all lazy where one of them is.

    Raises:
        InvalidError: If there is none, or they are of several engines.
    """
    if not frames:
        raise InvalidError(
            subject, [Fault("purchases", "no table was given", "give one of purchases, customers or more")]
        )
    engines = {name: native.engine(frame) for name, frame in frames.items()}
    if len(set(engines.values())) > 1:
        shown = ", ".join(f"{name}: {engine}" for name, engine in engines.items())
        hint = "bring all tables to one engine first"
        raise InvalidError(subject, [Fault("tables", f"they are of several engines ({shown})", hint)])
    if all(is_eager(frame) for frame in frames.values()):
        return frames
    return {name: frame.lazy() for name, frame in frames.items()}


def _wanted(only: Iterable[Any] | None, subject: str) -> tuple[str, ...]:
    """The facts that are wanted: names, facts, or whatever says what it needs."""
    if only is None:
        return tuple(VARIABLES)
    needs = getattr(only, "needs", None)
    if needs is not None:
        return tuple(name for name in VARIABLES if name in needs)

    def refused(shown: str) -> InvalidError:
        hint = "give a list of facts or of their names, or a template"
        return InvalidError(subject, [Fault("only", f"{shown} is no list of facts", hint)])

    names: list[str] = []
    for each in listed(only, refused):
        if (needs := getattr(each, "needs", None)) is not None:
            names += (name for name in VARIABLES if name in needs)
            continue
        name = getattr(each, "name", each)
        if not isinstance(name, str):
            raise no_name_of_a_fact(name)
        if name not in VARIABLES:
            raise UnknownFactError("fact", name, nearest(name, VARIABLES))
        names.append(name)
    return tuple(dict.fromkeys(names))


def _fields(table: str, wanted: Iterable[str], frame: Frame, settings: Settings) -> list[str]:
    """The columns of a table from which something follows that is wanted."""
    sources = _FIELDS[table]
    names = [name for fact in wanted for name in sources.get(fact, ())]
    returned = {"returned", settings.columns.get("returned")} & {*frame.collect_schema().names()}
    if not returned and not {"spend", "returned_share", "discounted_share"} & set(wanted):
        names = [name for name in names if name != "amount"]  # nothing was returned, whatever the amounts
    if table in {"purchases", "interactions"}:
        names.append("day")
    return names


def _with_one_key(tables: Mapping[str, Events], subject: str) -> dict[str, Events]:
    """The tables with keys of one type, so that they can be joined; ids of which there are none are of any type.

    Raises:
        InvalidError: If some ids are text and others numbers.
    """
    types = {name: events.frame.collect_schema()[KEY] for name, events in tables.items()}
    if len(set(types.values())) == 1 and not isinstance(types[next(iter(types))], nw.Unknown):
        return dict(tables)
    known = {name: kind for name, kind in types.items() if not native.holds_nothing(tables[name].frame, KEY)}
    kinds = set(known.values())
    kind: Any = next(iter(kinds), nw.String)
    if len(kinds) > 1:
        if not all(each.is_numeric() for each in kinds):
            shown = ", ".join(f"{name}: {each}" for name, each in known.items())
            problem = f"the ids are of several types ({shown})"
            raise InvalidError(subject, [Fault(KEY, problem, "bring them to one type")])
        kind = nw.Int64 if all(each.is_integer() for each in kinds) else nw.Float64
        return {name: _cast(events, kind) for name, events in tables.items()}  # all: engines have several such types
    return {name: events if types[name] == kind else _cast(events, kind) for name, events in tables.items()}


def _cast(events: Events, kind: Any) -> Events:
    """The table with a key of that type."""
    frame: Any = events.frame
    if native.is_pandas_like(frame) and native.holds_nothing(frame, KEY) and len(frame):
        return events  # NumPy's whole numbers hold no null; such rows are refused, or told of as they are
    return attrs.evolve(events, entry=attrs.evolve(events.entry, frame=frame.with_columns(nw.col(KEY).cast(kind))))
