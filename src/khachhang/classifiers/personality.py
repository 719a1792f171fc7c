"""Personality: the leading of four styles, for persons only."""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, when
from khachhang.taxonomy import LeadingStyle, Personality


@attrs.frozen(kw_only=True)
class PersonalityPolicy(Policy):
    """`personality` has no thresholds."""


def personality(policy: PersonalityPolicy | None = None) -> DecisionTable[Personality]:
    """The style with the highest score; where several share it, none.

    Args:
        policy: Without thresholds; None will do.

    Source: Khách hàng cá nhân là gì?, theo tính cách; the four styles are those of DISC.
    """
    chosen(policy, PersonalityPolicy)
    return DecisionTable(
        name=Personality.facet(),
        category=Personality,
        given=fact.leading_style.exists,
        rules=[when(fact.leading_style == LeadingStyle(style.value)).then(style) for style in Personality],
        hit=HitPolicy.UNIQUE,
        source=Personality.facet_source(),
    )
