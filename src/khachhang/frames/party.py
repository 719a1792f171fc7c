"""Facts from a table of customers: who they are, what they need, and what they declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from khachhang.facts.record import _IMPLIED
from khachhang.frames.events import KEY, STYLES, after
from khachhang.frames.faults import Check
from khachhang.frames.truth import conjunction, disjunction, expression, negation
from khachhang.taxonomy import Capacity, LeadingStyle, PartyKind

if TYPE_CHECKING:
    from collections.abc import Set

    from khachhang.frames.events import Events, Settings
    from khachhang.frames.truth import Truth

_SOURCES = {"age": ("birth_date",), "leading_style": STYLES}
_PERSONS = ("gender", "occupation", "monthly_income", "investable_assets", "birth_date", *STYLES)
_TOP_STYLE = 100
FIELDS: dict[str, tuple[str, ...]] = {
    "party_kind": ("party_kind", "organization_kind", *_PERSONS),
    "organization_kind": ("organization_kind",),
    "age": ("birth_date",),
    "gender": ("gender",),
    "occupation": ("occupation",),
    "monthly_income": ("monthly_income",),
    "investable_assets": ("investable_assets",),
    "leading_style": STYLES,
    "declared_capacity": ("declared_capacity",),
    "has_need": ("has_need",),
    "has_means": ("has_means",),
    "taste_matches": ("taste_matches",),
    "is_interested": ("is_interested",),
}
"""The facts, each with the columns from which it follows."""

TWICE = "__twice"
_LEAP_DAY, _DAY_BEFORE = 229, 228
