"""What can be said: facts as typed variables, predicates, rules, and decision tables as data."""

from __future__ import annotations

from khachhang.rules.classification import Classification, Classifier, Outcome
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import Predicate, always
from khachhang.rules.rule import Rule, when

__all__ = [
    "Classification",
    "Classifier",
    "HitPolicy",
    "Outcome",
    "Predicate",
    "Rule",
    "always",
    "when",
]
