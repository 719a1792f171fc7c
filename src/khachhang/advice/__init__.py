"""Working with individual customers: persona, means, specialist, follow-up, and what time alone will change."""

from __future__ import annotations

from khachhang.advice.assignment import Assignment, assign
from khachhang.advice.care import CustomerCare, DuePractice, FollowUp, follow_up
from khachhang.advice.matter import OpenMatter, open_matters
from khachhang.advice.means import (
    Affordability,
    AffordabilityPolicy,
    affordability,
    affordability_of,
)
from khachhang.advice.next_change import LabelChange, next_changes
from khachhang.advice.persona import Match, Persona, Support, Wish, rank
from khachhang.advice.population import PersonaPolicy
from khachhang.advice.practice import FollowUpPolicy
from khachhang.advice.specialist import Lack, Role, Specialist, lacking

__all__ = [
    "Affordability",
    "AffordabilityPolicy",
    "Assignment",
    "CustomerCare",
    "DuePractice",
    "FollowUp",
    "FollowUpPolicy",
    "LabelChange",
    "Lack",
    "Match",
    "OpenMatter",
    "Persona",
    "PersonaPolicy",
    "Role",
    "Specialist",
    "Support",
    "Wish",
    "affordability",
    "affordability_of",
    "assign",
    "follow_up",
    "lacking",
    "next_changes",
    "open_matters",
    "rank",
]
