"""Side: inside the business or outside, and no further."""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Predicate, when
from khachhang.rules.predicate import Or
from khachhang.taxonomy import Side, TieKind


@attrs.frozen(kw_only=True)
class SidePolicy(Policy):
    """`side` has no thresholds."""


def is_internal() -> Predicate:
    """Whether a tie as employee, shareholder or other insider stands."""
    return Or(tuple(fact.ties.has(kind).node for kind in TieKind if kind.is_internal))


def side(policy: SidePolicy | None = None) -> DecisionTable[Side]:
    """Internal where an internal tie stands, else external; banks divide their individual customers so.

    Args:
        policy: Without thresholds; None will do.

    Source: Khách hàng cá nhân là gì?, phân loại; Khách hàng là gì?, bên trong và bên ngoài.
    """
    chosen(policy, SidePolicy)
    internal = is_internal()
    return DecisionTable(
        name=Side.facet(),
        category=Side,
        rules=[when(internal).then(Side.INTERNAL), when(~internal).then(Side.EXTERNAL)],
        hit=HitPolicy.UNIQUE,
        source=Side.facet_source(),
    )
