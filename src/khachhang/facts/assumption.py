"""Assumptions: what a caller lets stand for facts that are not known, said openly and printed with every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import Fault, InvalidError, a_kind_of, nearest, repr_of
from khachhang.facts.catalogue import VARIABLES, fact
from khachhang.rules.predicate import Or, Predicate, always
from khachhang.taxonomy import Capacity, TieKind, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from khachhang.rules.predicate import Record
    from khachhang.rules.variable import Value, Variable


@attrs.frozen
class Fill:
    """What one fact is assumed to be while it is not known.

    Args:
        variable: The fact.
        value: The value assumed; None where it is taken from `source`.
        source: Another fact whose value is taken, if that is known.
        where: Only where this is true.
    """

    variable: Variable
    value: Value | None = None
    source: Variable | None = None
    where: Predicate = always

    def taken(self, facts: Record) -> Any:
        """The value to fill in; None where there is nothing to fill in, or where what is known contradicts it."""
        if facts.value(self.variable.name) is not None or self.where.truth(facts) is not True:
            return None
        exists = self.variable.exists
        if exists is not None and exists.truth(facts) is False:
            return None
        value = self.value if self.source is None else facts.value(self.source.name)
        return None if _contradicts(facts, self.variable.name, value) else value


@attrs.frozen
class Assumption:
    """A named set of fills, applied in order; each sees what those before it have filled in.

    Args:
        name: Its stable code.
        words: What it says, for people.
        fills: What each fact is assumed to be.

    Raises:
        InvalidError: If one of them is something else.
    """

    name: str
    words: Words
    fills: tuple[Fill, ...]

    def __attrs_post_init__(self) -> None:
        faults: list[Fault] = []
        if not isinstance(self.name, str):
            faults.append(Fault("name", f"{repr_of(self.name)} is no text", "give a stable code"))
        if not isinstance(self.words, Words):
            faults.append(Fault("words", f"{repr_of(self.words)} is no kh.Words", "write kh.Words(vi=..., en=...)"))
        if not (isinstance(self.fills, tuple) and all(isinstance(step, Fill) for step in self.fills)):
            faults.append(Fault("fills", f"{repr_of(self.fills)} is no tuple of fills", "see kh.RECORDED_IS_ALL.fills"))
        if faults:
            raise InvalidError("Assumption", faults)


@attrs.frozen
class _Filled:
    """Facts with what was filled in so far."""

    facts: Record
    filled: dict[str, Any] = attrs.field(factory=dict)
    assumed: frozenset[str] = frozenset()

    def value(self, name: str) -> object:
        return self.filled.get(name, self.facts.value(name))


def _contradicts(facts: Record, name: str, value: Any) -> bool:
    """Whether a fact that is known has no value once this one is filled in."""
    filled = _Filled(facts, {name: value})
    return any(
        facts.value(dependent.name) is not None and condition.truth(filled) is False
        for dependent, condition in _DEPENDENTS.get(name, ())
    )


def _dependents() -> dict[str, list[tuple[Variable, Predicate]]]:
    found: dict[str, list[tuple[Variable, Predicate]]] = {}
    for variable in VARIABLES.values():
        if variable.exists is not None:
            for leaf in variable.exists.leaves():
                found.setdefault(leaf.variable.name, []).append((variable, variable.exists))
    return found


_DEPENDENTS = _dependents()
"""For each fact, those that have a value only by it, each with the condition."""


def fill(facts: Record, assume: Assumption | Mapping[str, object], own: Mapping[str, Variable]) -> dict[str, Any]:
    """What the assumption fills in for these facts, by name.

    Args:
        facts: What is known.
        assume: A named assumption, or values by fact name.
        own: The user's own facts that may be named.

    Raises:
        InvalidError: If a name or a value is wrong.
    """
    seen = _Filled(facts)
    for step in as_assumption(assume, own).fills:
        value = step.taken(seen)
        if value is not None:
            seen.filled[step.variable.name] = value
    return seen.filled


def as_assumption(assume: Assumption | Mapping[str, object], own: Mapping[str, Variable]) -> Assumption:
    """An assumption made of plain values by fact name; a named one as it is.

    The values are filled in in the catalogue's order, so that what a fact depends on comes before it.

    Raises:
        InvalidError: If a name or a value is wrong.
    """
    if isinstance(assume, Assumption):
        return assume
    faults: list[Fault] = []
    try:
        pairs = dict(assume)
    except (TypeError, ValueError):
        problem = f"{a_kind_of(assume)} is no assumption"
        raise InvalidError("assume", [Fault("assume", problem, "give kh.RECORDED_IS_ALL or {fact: value}")]) from None
    fills = sorted(_fills(pairs, own, faults), key=lambda step: _PLACES.get(step.variable.name, len(_PLACES)))
    if faults:
        raise InvalidError("assume", faults)
    return Assumption("values", Words("giá trị do người gọi cho", "values that the caller gave"), tuple(fills))


_PLACES = {name: place for place, name in enumerate(VARIABLES)}


def _fills(pairs: Mapping[str, object], own: Mapping[str, Variable], faults: list[Fault]) -> Iterator[Fill]:
    for name, given in pairs.items():
        variable = VARIABLES.get(name) or own.get(name)
        if variable is None:
            close = nearest(str(name), [*VARIABLES, *own])
            hint = (
                f"did you mean {close[0]!r}?" if close else "name a fact of the catalogue, or one that a table asks for"
            )
            faults.append(Fault(str(name), "no fact has this name", hint))
            continue
        try:
            value = variable.value(given)
        except ValueError as error:
            faults.extend(error.args)
            continue
        yield Fill(variable, value)


_INTERACTION_COUNTS = (
    fact.unresolved_complaint_count,
    fact.resolved_complaint_count,
    fact.negative_review_count,
    fact.positive_review_count,
    fact.review_count,
    fact.survey_count,
    fact.scored_survey_count,
    fact.expansion_response_count,
    fact.feedback_count,
    fact.referral_count,
    fact.share_count,
    fact.answered_care_count,
    fact.campaign_count,
)
_SHARES = (fact.discounted_share, fact.returned_share, fact.organization_share, fact.resale_share)


def _recorded_is_all() -> Iterator[Fill]:
    for count in _INTERACTION_COUNTS:
        yield Fill(count.variable, 0)
    for kind in TieKind:
        yield Fill(fact.ties.has(kind).variable, value=False)
    yield Fill(fact.declared_capacity.variable, Capacity.UNDECLARED)
    bought = fact.days_since_last_purchase.exists
    for share in _SHARES:
        yield Fill(share.variable, 0.0, where=bought)
    interacted = Or(tuple(count >= 1 for count in _INTERACTION_COUNTS if count is not fact.campaign_count))
    yield Fill(fact.dealing_count.variable, source=fact.purchase_count.variable, where=bought | ~interacted)
    yield Fill(
        fact.days_since_last_dealing.variable,
        source=fact.days_since_last_purchase.variable,
        where=bought & fact.days_since_last_dealing.exists,
    )


RECORDED_IS_ALL = Assumption(
    "recorded_is_all",
    Words("những gì không ghi trong sổ sách là không có", "what is not on record did not happen"),
    tuple(_recorded_is_all()),
)
"""The assumption of a shop that keeps good records: no record means that there was none.

Counts of interactions that are not known are 0, ties that are not known do not stand, nothing was declared. Where the
purchases are known and something was bought, shares that are not known are 0. Dealings that are not known are the
purchases (unless nothing was bought and an interaction is known), and the last of them is the last purchase. Nothing
else is filled in: needs, incomes and ages stay unknown.
"""
