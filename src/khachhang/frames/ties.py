"""Facts from a table of ties: which of them stand on the as-of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from khachhang.frames.aggregation import Aggregation
from khachhang.frames.events import from_on, until
from khachhang.frames.faults import Check
from khachhang.frames.part import Part, spoil, unspoiled
from khachhang.frames.truth import conjunction, disjunction, first, negation
from khachhang.taxonomy import TieKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from khachhang.frames.events import Events, Settings
    from khachhang.frames.truth import Truth

FIELDS: dict[str, tuple[str, ...]] = {f"tie_{kind.value}": ("kind", "since", "until") for kind in TieKind}
"""The facts, each with the columns from which it follows."""

_STANDS, _REVERSED = 1, 2


def checks(events: Events) -> list[Check]:
    """What may be wrong with a tie."""
    made = [Check("until", "it ends before it begins", _reversed(events))]
    if "kind" in events.names:
        made.append(Check("kind", f"it is none of {', '.join(TieKind)}", events.stray("kind"), "all"))
        made.append(Check("kind", "the kind is not known", events.unknown("kind"), "all"))
    return made


def _reversed(events: Events) -> Truth:
    if not (events.has("since") and events.has("until")):
        return False
    known = conjunction(negation(events.unknown(name)) for name in ("since", "until"))
    return conjunction((known, nw.col("until") < nw.col("since")))


def part(
    events: Events, found: Iterable[Check], settings: Settings, wanted: AbstractSet[str], *, is_checked: bool
) -> Part:
    """What the ties tell of each customer.

    Args:
        events: The ties.
        found: What may be wrong with a tie.
        settings: What all tables have in common.
        wanted: The facts that are wanted.
        is_checked: Whether nothing is.
    """
    asked = Aggregation(events.frame)
    spoiled = spoil(asked, "t", found, is_checked=is_checked)
    ends: list[Truth] = []
    if events.has("since"):
        ends.append(disjunction((events.unknown("since"), until(events.frame, "since", settings.as_of))))
    if events.has("until"):
        ends.append(disjunction((events.unknown("until"), from_on(events.frame, "until", settings.as_of))))
    facts: dict[str, nw.Expr] = {}
    for kind in TieKind:
        if (name := f"tie_{kind.value}") in wanted:
            is_kind = events.is_one_of("kind", kind)
            backwards = conjunction((is_kind, _reversed(events)))
            asked.greatest(f"t_{name}", first([(backwards, _REVERSED), (conjunction((is_kind, *ends)), _STANDS)], 0))
            state = nw.col(f"t_{name}").fill_null(0)
            facts[name] = unspoiled(nw.when(state != _REVERSED).then(state == _STANDS), spoiled.values())
    return Part(asked.made(), facts)
