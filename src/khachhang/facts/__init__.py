"""What is known of a customer on a date: the catalogue of facts, the record, and how a history becomes one."""

from __future__ import annotations

from khachhang.facts.assumption import RECORDED_IS_ALL, Assumption, Fill
from khachhang.facts.catalogue import Catalogue, fact
from khachhang.facts.derivation import LeapDay, age_on, facts_of
from khachhang.facts.record import Facts
from khachhang.facts.table import DecisionTable

__all__ = [
    "RECORDED_IS_ALL",
    "Assumption",
    "Catalogue",
    "DecisionTable",
    "Facts",
    "Fill",
    "LeapDay",
    "age_on",
    "fact",
    "facts_of",
]
