"""Tables of events on their way in: the user's columns under our names, days as days, and only what counts."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.errors import Fault, InvalidError, nearest, repr_of
from khachhang.facts.catalogue import VARIABLES
from khachhang.frames import native
from khachhang.frames.column import Column, Form, as_floats
from khachhang.frames.entry import Entry, enter
from khachhang.frames.table import spare_names
from khachhang.frames.truth import conjunction, negation
from khachhang.rules.variable import Variable
from khachhang.taxonomy import InteractionKind, Purpose, Sentiment, TieKind, Topic, Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Truth

KEY = "customer_id"
PLACE = "__place"
"""The place of a customer in an eager table."""


STYLES = ("dominance", "influence", "steadiness", "conscientiousness")
_PARTY = (
    "party_kind", "organization_kind", "gender", "occupation", "declared_capacity", "monthly_income",
    "investable_assets", "has_need", "has_means", "taste_matches", "is_interested",
)  # fmt: skip
_DAY: dict[str, Any] = {"type": date}
_AMOUNT: dict[str, Any] = {"type": Decimal, "low": Decimal(0)}
_SCORE: dict[str, Any] = {"type": float, "low": 0.0, "high": 10.0, "is_private": True}
_STYLE: dict[str, Any] = {"type": float, "low": 0.0, "high": 100.0, "is_private": True}
_KINDS: dict[str, dict[str, dict[str, Any]]] = {
    "purchases": {
        "day": _DAY,
        "amount": _AMOUNT,
        "currency": {"type": str},
        "list_amount": _AMOUNT,
        "returned": _AMOUNT,
        "purpose": {"type": Purpose},
    },
    "interactions": {
        "day": _DAY,
        "kind": {"type": InteractionKind},
        "topic": {"type": Topic},
        "score": _SCORE,
        "sentiment": {"type": Sentiment},
        "resolved_on": _DAY,
    },
    "ties": {"kind": {"type": TieKind}, "since": _DAY, "until": _DAY},
    "customers": {"birth_date": _DAY, **dict.fromkeys(STYLES, _STYLE)},
}
FIELDS: dict[str, dict[str, Variable]] = {
    table: {name: Variable(name, label=Words(name, name), **kind) for name, kind in kinds.items()}
    for table, kinds in _KINDS.items()
}
FIELDS["customers"] = {name: VARIABLES[name] for name in _PARTY} | FIELDS["customers"]
"""What is read of each table; beside the key."""

_UNREAD = {"purchases": ("quantity", "offering"), "interactions": ("channel",)}
_REQUIRED = {"purchases": ("day", "amount"), "interactions": ("day", "kind"), "ties": ("kind",), "customers": ()}
_MOMENTS = {"day", "resolved_on"}
"""What happens at a moment; the other days are days of the calendar, whatever type holds them."""


@attrs.frozen
class Settings:
    """What all tables have in common.

    Args:
        subject: What is being done, for errors.
        as_of: The day at whose end the facts hold.
        leap_day: When one born on 29 February turns a year older in a common year.
        time_zone: Where the line between days is drawn; None where the time stamps are local.
        columns: The user's names of our columns.
        currency: The business's currency; None where it is not known.
        rates: For each other currency how many units of the business's currency one is worth.
    """

    subject: str
    as_of: date
    leap_day: str
    time_zone: str | None
    columns: Mapping[str, str]
    currency: str | None
    rates: Mapping[str, Decimal]

    @property
    def key(self) -> str:
        """What the user calls the customer's id."""
        return self.columns.get(KEY, KEY)


@attrs.frozen(eq=False)
class Events:
    """One table under our names, with the rows that count.

    Args:
        table: Which one.
        entry: Its columns.
        names: The user's name of each column that it has.
        days: The days among them.
    """

    table: str
    entry: Entry
    names: Mapping[str, str]
    days: frozenset[str]

    @property
    def frame(self) -> Frame:
        """The rows."""
        return self.entry.frame

    def has(self, field: str) -> bool:
        """Whether anything is known of a field."""
        return field in self.days or isinstance(self.entry.columns.get(field), Column)

    def unknown(self, field: str) -> Truth:
        """Where nothing stands in a field."""
        if not self.has(field):
            return True
        place = self.entry.columns.get(field)
        return place.unknown if isinstance(place, Column) else nw.col(field).is_null()

    def stray(self, field: str) -> Truth:
        """Where a text is no code of the field's label set."""
        if not self.has(field):
            return False
        no_code = ~self.value(field).is_in(_codes(FIELDS[self.table][field]))
        return conjunction((negation(self.unknown(field)), no_code))

    def is_one_of(self, field: str, *codes: str) -> Truth:
        """Where a field is known to hold one of these codes."""
        if not self.has(field):
            return False
        values = [str.__str__(code) for code in codes]
        found = self.value(field) == values[0] if len(values) == 1 else self.value(field).is_in(values)
        return conjunction((negation(self.unknown(field)), found))

    def compared(self, field: str, sign: str, constant: Any) -> Truth:
        """A comparison of a number; where it is not known it may say anything."""
        place = self.entry.columns.get(field)
        return place.ordered(FIELDS[self.table][field], sign, constant) if isinstance(place, Column) else False

    def value(self, field: str) -> nw.Expr:
        """The field's values, null where they are not known; 0 where Python's own numbers are not."""
        place = self.entry.columns.get(field)
        if not isinstance(place, Column):
            return nw.col(field)
        if place.mask is None or place.form is not Form.FLOATS:
            return place.value
        return nw.when(~nw.col(place.mask)).then(place.value)

    def real(self, field: str) -> nw.Expr:
        """A field's numbers as floats."""
        place = self.entry.columns.get(field)
        return as_floats(self.value(field), are_whole=isinstance(place, Column) and place.is_whole)


def read(frame: Frame, table: str, settings: Settings, fields: Iterable[str], *, is_placed: bool) -> Events:
    """The columns of a table that are wanted, under our names, and the rows that count.

    Args:
        frame: The table.
        table: Which one.
        settings: What all tables have in common.
        fields: The fields that are wanted, in any order.
        is_placed: Whether the table is eager, and the place of each row is wanted.

    Raises:
        InvalidError: If a column that is wanted and can not be done without is missing, or one is of the wrong type.
    """
    wanted = [name for name in FIELDS[table] if name in set(fields)]
    names = {name: found for name in [KEY, *wanted] if (found := _found(frame, name, settings)) is not None}
    faults = [
        Fault(f"{table}.{name}", "there is no such column", f"say which it is: columns={{{name!r}: ...}}")
        for name in [KEY, *(name for name in _REQUIRED[table] if name in wanted)]
        if name not in names
    ]
    faults += [
        Fault(
            f"{table}.{name}", "the column holds Arrow's views of texts, with which little can be done", "make it text"
        )
        for name in names.values()
        if not native.can_be_read(frame, name)
    ]
    if faults:
        raise InvalidError(settings.subject, faults)
    spare = spare_names(frame)
    chosen: Any = frame.select(**{name: nw.col(found) for name, found in names.items()})
    frame = chosen.with_row_index(PLACE) if is_placed else chosen
    days = [name for name in names if FIELDS[table].get(name) is not None and FIELDS[table][name].type is date]
    frame = _with_days(frame, table, days, names, settings)
    frame = _with_key(frame, f"{table}.{names[KEY]}", settings.subject)
    if table != "customers":
        frame = frame.filter(~nw.col(KEY).is_null())
    if "day" in days:
        frame = frame.filter(nw.col("day").is_null() | until(frame, "day", settings.as_of))
    others = [variable for name, variable in FIELDS[table].items() if name in names and name not in days]
    try:
        entry = enter(frame, spare, others, settings.subject, codes=False)
    except InvalidError as error:
        renamed = [attrs.evolve(fault, field=f"{table}.{names[fault.field]}") for fault in error.faults]
        raise InvalidError(settings.subject, renamed) from None
    return Events(table, entry, names, frozenset(days))


def until(frame: Frame, name: str, day: date) -> nw.Expr:
    """Where a day is not after another."""
    return nw.col(name) <= _as_held(frame, name, day)


def from_on(frame: Frame, name: str, day: date) -> nw.Expr:
    """Where a day is not before another."""
    return nw.col(name) >= _as_held(frame, name, day)


def _as_held(frame: Frame, name: str, day: date) -> date:
    is_date = frame.collect_schema()[name] == nw.Date
    return day if is_date else datetime(day.year, day.month, day.day)  # noqa: DTZ001  # as naive as the column


def _found(frame: Frame, name: str, settings: Settings) -> str | None:
    present = frame.collect_schema()
    return next((found for found in (settings.columns.get(name), name) if found in present), None)


def check_columns(columns: Mapping[str, str] | None, tables: Mapping[str, Frame], subject: str) -> dict[str, str]:
    """The user's names of our columns, each of which some table has.

    Raises:
        InvalidError: If a name is none of ours, or no table has the column.
    """
    known = {KEY, *(name for fields in FIELDS.values() for name in fields)}
    known.update(name for fields in _UNREAD.values() for name in fields)
    present = {name for frame in tables.values() for name in frame.collect_schema().names()}
    faults: list[Fault] = []
    named = {} if columns is None else columns
    if not isinstance(named, Mapping):
        hint = "give our names with yours, such as columns={'day': 'InvoiceDate'}"
        raise InvalidError(subject, [Fault("columns", f"{repr_of(columns)} is no mapping of names", hint)])
    for ours, theirs in named.items():
        if ours not in known:
            close = nearest(ours, known)[:1] if isinstance(ours, str) else []
            hint = f"did you mean {close[0]!r}?" if close else f"they are {', '.join(sorted(known))}"
            problem = f"{repr_of(ours)} is no column of ours"
            faults.append(Fault("columns", problem, f"our names stand on the left: {hint}"))
        elif not isinstance(theirs, str) or theirs not in present:
            problem = f"no table has a column {repr_of(theirs)}"
            faults.append(Fault("columns", problem, f"it was to be our {ours!r}"))
    if faults:
        raise InvalidError(subject, faults)
    return dict(named)


def checked_zone(time_zone: object, subject: str) -> str | None:
    """The time zone's name.

    Raises:
        InvalidError: If there is no such zone.
    """
    if time_zone is None:
        return None
    if isinstance(time_zone, (str, tzinfo)):
        with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a folder, or a name too long for a file
            return str(zoneinfo.ZoneInfo(str(time_zone)))
    hint = "name it as in the IANA database, such as 'Asia/Ho_Chi_Minh'"
    raise InvalidError(subject, [Fault("time_zone", f"{repr_of(time_zone)} is no time zone", hint)])


def _with_days(frame: Frame, table: str, days: Iterable[str], names: Mapping[str, str], settings: Settings) -> Frame:
    """The table with days for time stamps."""
    faults: list[Fault] = []
    for name in days:
        if native.holds_objects(frame, name):
            frame = native.days_from_objects(frame, name)
        dtype = frame.collect_schema()[name]
        place = f"{table}.{names[name]}"
        if native.is_null_type(frame, name):
            frame = frame.with_columns(nw.col(name).cast(nw.Date))
        elif isinstance(dtype, nw.Datetime):
            zone = settings.time_zone
            if dtype.time_zone is not None and zone is None:
                problem = f"time stamps of the zone {dtype.time_zone} fall on other days elsewhere"
                faults.append(Fault(place, problem, "say where the line between days is drawn: time_zone='Asia/...'"))
            elif dtype.time_zone is None and zone is not None and name in _MOMENTS:
                problem = "time stamps without a zone are local already, and time_zone= was given"
                faults.append(Fault(place, problem, "leave time_zone= out, or give the stamps their zone"))
            else:
                frame = native.local_days(frame, name, zone if dtype.time_zone is not None else None)
        elif dtype != nw.Date:
            hint = "turn it into dates or time stamps first; 03/04 is read in two ways, so text is not guessed at"
            faults.append(Fault(place, f"the column holds {dtype}, and days are wanted", hint))
    if faults:
        raise InvalidError(settings.subject, faults)
    return frame


def _with_key(frame: Frame, place: str, subject: str) -> Frame:
    """The table with a key that can be grouped and joined: no codes, and no NaN.

    Raises:
        InvalidError: If it holds what engines can not group by; some of them would end the process.
    """
    dtype = frame.collect_schema()[KEY]
    if not native.can_be_grouped(frame, KEY):
        hint = "turn the ids into texts or whole numbers first"
        raise InvalidError(subject, [Fault(place, f"the column holds {dtype}, and ids are wanted", hint)])
    key = nw.col(KEY)
    if dtype.is_float():
        return frame.with_columns(nw.when(~key.is_nan()).then(key).alias(KEY))
    return frame.with_columns(native.as_text(KEY)) if dtype in {nw.Categorical, nw.Enum} else frame


def _codes(variable: Variable) -> list[str]:
    return [str.__str__(code) for code in variable.type]


def ordinal(day: nw.Expr) -> nw.Expr:
    """The number of a day, as `date.toordinal` counts; exact, and the same on every engine."""
    year, month = day.dt.year().cast(nw.Float64), day.dt.month().cast(nw.Float64)
    # A year that begins in March has its leap day at the end.
    early = nw.when(month <= 2).then(1.0).otherwise(0.0)  # noqa: PLR2004  # January and February
    years, months = year - early, month + early * 12 - 3
    leaps = (years / 4).floor() - (years / 100).floor() + (years / 400).floor()
    return years * 365 + leaps + ((months * 153 + 2) / 5).floor() + day.dt.day().cast(nw.Float64) - _TO_MARCH


_TO_MARCH = 306
"""Days from March to the end of a year: by so much the count of `date` begins later."""
