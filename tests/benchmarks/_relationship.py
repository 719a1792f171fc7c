"""The eight kinds of customer as a FIRST table in the default order of priority, and the same written by hand."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import attrs

import khachhang as kh
from khachhang import RelationshipType

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHIPPED = kh.classifiers.relationship_type()
TABLE_ORDER = kh.classifiers.RelationshipTypePolicy().priority
TABLE = attrs.evolve(
    _SHIPPED,
    rules=sorted(_SHIPPED.rules, key=lambda rule: _SHIPPED.rank(rule.label)),
    hit=kh.HitPolicy.FIRST,
    priority=None,
)


def natural(facts: Any) -> RelationshipType:
    """As one writes it down, rule by rule; right on complete facts alone."""
    if (
        facts.tie_employee_of_department
        or facts.tie_employee_of_branch
        or facts.tie_employee
        or facts.tie_shareholder
        or facts.tie_other_insider
    ):
        return RelationshipType.INTERNAL
    if (facts.purchase_count >= 1 and facts.resale_share >= 0.5) or facts.tie_reseller:
        return RelationshipType.INTERMEDIARY
    if facts.purchase_count >= 5 and facts.days_since_last_purchase <= 365 and facts.discounted_share < 0.5:
        return RelationshipType.LOYAL
    if facts.purchase_count >= 2 and facts.discounted_share >= 1.0:
        return RelationshipType.DISCOUNT
    if facts.purchase_count >= 1 and facts.days_since_first_purchase <= 90 and facts.purchase_count < 5:
        return RelationshipType.NEW
    if facts.purchase_count >= 1 and facts.days_since_last_purchase > 365:
        return RelationshipType.FORMER
    if facts.purchase_count == 0 and facts.has_need and facts.has_means and facts.taste_matches:
        return RelationshipType.POTENTIAL
    return RelationshipType.EXTERNAL


INTERNAL, INTERMEDIARY, LOYAL, DISCOUNT = TABLE_ORDER[:4]
NEW, FORMER, POTENTIAL, EXTERNAL = TABLE_ORDER[4:]


def restructured(facts: Any) -> RelationshipType:
    """The same as an expert rewrites it: every fact is read once, and the number of purchases parts the cases."""
    if (
        facts.tie_employee_of_department
        or facts.tie_employee_of_branch
        or facts.tie_employee
        or facts.tie_shareholder
        or facts.tie_other_insider
    ):
        return INTERNAL
    count = facts.purchase_count
    if count == 0:
        if facts.tie_reseller:
            return INTERMEDIARY
        return POTENTIAL if facts.has_need and facts.has_means and facts.taste_matches else EXTERNAL
    if facts.resale_share >= 0.5 or facts.tie_reseller:
        return INTERMEDIARY
    discounted = facts.discounted_share
    if count >= 5:
        days = facts.days_since_last_purchase
        if days <= 365:
            return LOYAL if discounted < 0.5 else DISCOUNT if discounted >= 1.0 else EXTERNAL
        return DISCOUNT if discounted >= 1.0 else FORMER
    if count >= 2 and discounted >= 1.0:
        return DISCOUNT
    if facts.days_since_first_purchase <= 90:
        return NEW
    return FORMER if facts.days_since_last_purchase > 365 else EXTERNAL


def population(size: int, seed: int = 7) -> list[kh.Facts]:
    """Complete facts of customers of all eight kinds; insiders are as rare as in a shop."""
    return list(_population(size, random.Random(seed)))  # noqa: S311  # nothing secret


def _population(size: int, rng: random.Random) -> Iterator[kh.Facts]:
    for _ in range(size):
        count = rng.choice([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 20])
        ties = {tie: rng.random() < 0.005 for tie in kh.TieKind}
        known: Any = {"tie_" + tie.value: stands for tie, stands in ties.items()}
        known |= {flag: rng.random() < 0.7 for flag in ("has_need", "has_means", "taste_matches")}
        known["purchase_count"] = count
        if count:
            last = rng.choice([3, 40, 200, 365, 366, 700])
            known |= {
                "days_since_last_purchase": last,
                "days_since_first_purchase": last + (rng.choice([10, 200, 900]) if count > 1 else 0),
                "discounted_share": rng.choice([0.0, 0.0, 0.2, 0.5, 1.0]),
                "resale_share": rng.choice([0.0, 0.0, 0.0, 0.2, 0.6]),
            }
        yield kh.Facts(**known)
