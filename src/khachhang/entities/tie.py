"""How a party stands to the business, beside buying from it."""

from __future__ import annotations

from datetime import date

import attrs

from khachhang.entities._checks import Faults, Refused, to_code, to_date, to_date_from
from khachhang.taxonomy import TieKind


@attrs.frozen(init=False)
class Tie:
    """One standing of the party towards the business, from a day to a day.

    One customer may have several at once: an employee may hold shares.

    Args:
        kind: Which standing, a `TieKind` or its code.
        since: The first day, included; None where it has held for as long as anybody knows.
        until: The last day, included, not before `since` (the same day is allowed); None where it still stands.

    Raises:
        InvalidError: If a field is of the wrong type, or it ends before it begins; all wrong fields at once.

    >>> from datetime import date
    >>> from khachhang.entities import Tie
    >>> tie = Tie("employee", since=date(2024, 2, 1), until=date(2026, 1, 31))
    >>> tie.holds_on(date(2026, 1, 31)), tie.holds_on(date(2026, 2, 1))
    (True, False)
    """

    kind: TieKind
    since: date | None = None
    until: date | None = None

    def __init__(self, kind: TieKind | str, since: date | None = None, until: date | None = None) -> None:
        try:
            start = None if since is None else to_date(since)
            self.__attrs_init__(to_code(kind, TieKind), start, None if until is None else to_date_from(until, start))
        except Refused:
            faults = Faults("Tie")
            faults.check("kind", to_code, kind, TieKind)
            faults.check_known("since", to_date, since)
            start = to_date(since) if since is not None and faults.passed("since") else None
            faults.check_known("until", to_date_from, until, start)
            raise faults.error() from None

    def holds_on(self, day: date) -> bool:
        """Whether it stands on a day; the first and the last day are both included.

        Args:
            day: The day asked about.

        Raises:
            InvalidError: If the day is no date.
        """
        if type(day) is not date:
            faults = Faults("Tie.holds_on")
            faults.check("day", to_date, day)
            if not faults.passed("day"):
                raise faults.error()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
