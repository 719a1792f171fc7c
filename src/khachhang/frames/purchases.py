"""Facts from a table of purchases; a purchase that was wholly returned vanishes from most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames.aggregation import Aggregation
from khachhang.frames.events import KEY, ordinal
from khachhang.frames.faults import Check
from khachhang.frames.money import Kind, money
from khachhang.frames.part import Part, spoil, unspoiled
from khachhang.frames.truth import conjunction, expression, negation
from khachhang.taxonomy import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from khachhang.frames.events import Events, Settings
    from khachhang.frames.truth import Truth

_KEPT = ("day", "amount", "returned")
_PAID = ("amount", "returned", "currency")
FIELDS: dict[str, tuple[str, ...]] = {
    "purchase_count": _KEPT,
    "days_since_first_purchase": _KEPT,
    "days_since_last_purchase": _KEPT,
    "mean_purchase_gap": _KEPT,
    "bought_count": ("day",),
    "spend": ("day", *_PAID),
    "discounted_share": (*_KEPT, "list_amount"),
    "returned_share": ("day", *_PAID),
    "organization_share": (*_KEPT, "purpose"),
    "resale_share": (*_KEPT, "purpose"),
    "dealing_count": _KEPT,
    "days_since_last_dealing": _KEPT,
}
"""The facts, each with the columns from which it follows."""

_SPOILED: dict[str, AbstractSet[str]] = {
    "all": FIELDS.keys(),
    "amounts": {"spend", "returned_share", "discounted_share"},
    "list_amounts": {"discounted_share"},
    "currencies": {"spend", "returned_share"},
}
_FOR_AN_ORGANIZATION = (Purpose.ORGANIZATION, Purpose.RESALE)


def kept(events: Events, settings: Settings) -> Truth:
    """Where a purchase was not wholly returned."""
    if not events.has("returned"):
        return True
    amounts = money(events, settings, ("amount", "returned"))
    paid, back = amounts.value("amount"), amounts.value("returned")
    wholly: nw.Expr = (back > amounts.zero) & (back == paid)
    return ~wholly


def checks(events: Events, settings: Settings) -> list[Check]:
    """What may be wrong with a purchase."""
    amounts = money(events, settings, ("amount", "returned", "list_amount"))
    made = [Check("day", "the day is not known", events.unknown("day"), "all")]
    if "amount" in events.names:
        unknown = events.unknown("amount")
        made.append(Check("amount", "the amount is not known", unknown, "amounts"))
    for name, spoils in (("amount", "amounts"), ("returned", "all"), ("list_amount", "list_amounts")):
        if events.has(name):
            below = conjunction((negation(events.unknown(name)), amounts.value(name) < amounts.zero))
            made.append(Check(name, "it is below 0", below, spoils))
            if amounts.kind is Kind.FLOAT:
                infinite = conjunction((negation(events.unknown(name)), ~amounts.value(name).is_finite()))
                made.append(Check(name, "it is not a finite number", infinite, spoils))
    if events.has("returned") and events.has("amount"):
        paid = amounts.value("amount")
        more = (amounts.value("returned") > paid) & (paid >= amounts.zero)
        made.append(Check("returned", "more was returned than was paid", more, "all"))
    if events.has("purpose"):
        made.append(Check("purpose", f"it is none of {', '.join(Purpose)}", events.stray("purpose")))
    if events.has("currency"):
        made.append(Check("currency", "there is no rate for the currency", _lacking(events, settings), "currencies"))
    return made


def _lacking(events: Events, settings: Settings) -> Truth:
    """Where the currency has no rate. Where no business is given, one currency a customer may do without."""
    if settings.currency is not None:
        known = events.is_one_of("currency", settings.currency, *settings.rates)
        return conjunction((negation(events.unknown("currency")), negation(known)))
    return nw.col(_LACKING)


_LACKING = "__lacking"


def with_lacking(events: Events, settings: Settings) -> Events:
    """The same, with a mark on purchases in several currencies of which none is the business's for sure."""
    if settings.currency is not None or not events.has("currency"):
        return events
    code = nw.when(~expression(events.unknown("currency"))).then(events.value("currency")).otherwise(nw.lit(""))
    lacking = negation(events.is_one_of("currency", *settings.rates)) if settings.rates else True
    marked = events.frame.with_columns(nw.when(expression(lacking)).then(code).alias(_LACKING))
    least, most = f"{_LACKING}_least", f"{_LACKING}_most"
    ends: Any = marked.with_columns(nw.col(_LACKING).alias(least), nw.col(_LACKING).alias(most))
    ends = ends.group_by(KEY).agg(nw.col(least).min(), nw.col(most).max())
    known = ~nw.col(least).is_null() & ~nw.col(_LACKING).is_null()
    several = nw.when(known).then(nw.col(least) != nw.col(most)).otherwise(nw.lit(False, dtype=nw.Boolean))  # noqa: FBT003  # a column's value
    joined: Any = marked
    joined = joined.join(ends, on=KEY, how="left").with_columns(several.alias(_LACKING))
    return attrs.evolve(events, entry=attrs.evolve(events.entry, frame=joined.drop(least, most)))


def part(
    events: Events, found: Iterable[Check], settings: Settings, wanted: AbstractSet[str], *, is_checked: bool
) -> Part:
    """What the purchases tell of each customer.

    Args:
        events: The purchases that count.
        found: What may be wrong with a purchase.
        settings: What all tables have in common.
        wanted: The facts that are wanted.
        is_checked: Whether nothing is.
    """
    still = kept(events, settings)
    asked = Aggregation(events.frame)
    facts: dict[str, nw.Expr] = {}
    spoiled = spoil(asked, "p", found, is_checked=is_checked)
    if wanted & {"purchase_count", "mean_purchase_gap"}:
        asked.days("p_kept_days", still)
    if wanted & {"days_since_first_purchase", "days_since_last_purchase", "mean_purchase_gap"}:
        asked.ends("p_first", "p_last", "day", still)
        first, last = ordinal(nw.col("p_first")), ordinal(nw.col("p_last"))
        today = settings.as_of.toordinal()
        facts |= {"days_since_first_purchase": today - first, "days_since_last_purchase": today - last}
        gaps = nw.col("p_kept_days").cast(nw.Float64) - 1
        facts["mean_purchase_gap"] = ratio(last - first, gaps, gaps > 0)
    facts["purchase_count"] = nw.col("p_kept_days").fill_null(0)
    if "bought_count" in wanted:
        asked.days("p_days", where=True)
        facts["bought_count"] = nw.col("p_days").fill_null(0)
    if wanted & {"discounted_share", "organization_share", "resale_share"}:
        asked.count("p_kept", still)
        facts |= _shares(asked, events, settings, still)
    if wanted & {"spend", "returned_share"}:
        facts |= _paid(asked, events, settings, wanted)
    chosen = {name: fact for name, fact in facts.items() if name in wanted}
    for name, fact in chosen.items():
        chosen[name] = unspoiled(fact, [column for what, column in spoiled.items() if name in _SPOILED[what]])
    return Part(asked.made(), chosen)


def _shares(asked: Aggregation, events: Events, settings: Settings, still: Truth) -> dict[str, nw.Expr]:
    """Shares of the number of purchases; not known where the column of any is not."""
    amounts = money(events, settings, ("amount", "list_amount"))
    known = negation(events.unknown("list_amount"))
    more = amounts.value("list_amount") > amounts.value("amount") if events.has("list_amount") else False
    purposes = events.is_one_of("purpose", *Purpose)
    cases: dict[str, tuple[Truth, Truth]] = {
        "discounted_share": (known, more),
        "organization_share": (purposes, events.is_one_of("purpose", *_FOR_AN_ORGANIZATION)),
        "resale_share": (purposes, events.is_one_of("purpose", Purpose.RESALE)),
    }
    made: dict[str, nw.Expr] = {}
    for name, (is_known, holds) in cases.items():
        asked.count(f"p_{name}", conjunction((still, is_known, holds)))
        asked.count(f"p_{name}_unknown", conjunction((still, negation(is_known))))
        some = (nw.col("p_kept").fill_null(0) > 0) & (nw.col(f"p_{name}_unknown").fill_null(0) == 0)
        made[name] = ratio(nw.col(f"p_{name}"), nw.col("p_kept"), some)
    return made


def _paid(asked: Aggregation, events: Events, settings: Settings, wanted: AbstractSet[str]) -> dict[str, nw.Expr]:
    """What was spent, and what share of it came back."""
    amounts = money(events, settings, ("amount", "returned"))
    paid, sums = amounts.rated(amounts.value("amount"))
    back = amounts.rated(amounts.value("returned"))[0] if events.has("returned") else None
    is_whole = sums.kind is Kind.WHOLE
    made: dict[str, nw.Expr] = {}
    if "returned_share" in wanted:
        asked.count("p_all", where=True)
        made["returned_share"] = nw.when(nw.col("p_all").fill_null(0) > 0).then(nw.lit(0.0, dtype=nw.Float64))
    if "returned_share" in wanted and back is not None:
        asked.total("p_paid", paid, is_whole=is_whole)
        asked.total("p_back", back, is_whole=is_whole)
        above, below = sums.units(nw.col("p_back")), sums.units(nw.col("p_paid"))
        made["returned_share"] = nw.coalesce(ratio(above, below, below.fill_null(0.0) > 0), made["returned_share"])
    if "spend" in wanted:
        spent = sums.total(nw.col("p_spend"))
        if is_whole and "returned_share" in wanted and back is not None:
            spent = nw.col("p_paid") - nw.col("p_back")
        else:
            asked.total("p_spend", paid if back is None else paid - back, is_whole=is_whole)
        made["spend"] = spent.fill_null(sums.zero)
    return made


def ratio(part_: nw.Expr, whole: nw.Expr, where: nw.Expr) -> nw.Expr:
    """One number divided by another where that has a meaning; elsewhere null."""
    above, below = part_.cast(nw.Float64), whole.cast(nw.Float64)
    return nw.when(where).then(above / nw.when(where).then(below).otherwise(1.0))
