"""Typed customers, and their classification by decision tables that are proved, explained and run anywhere."""

from __future__ import annotations

import importlib
import typing

from khachhang import classifiers, templates
from khachhang.classifiers import is_customer
from khachhang.entities import (
    Business,
    Customer,
    Group,
    Interaction,
    Need,
    Organization,
    Person,
    Purchase,
    StyleScores,
    Tie,
)
from khachhang.errors import (
    CategoryError,
    CurrencyError,
    Fault,
    InvalidError,
    KhachhangError,
    KhachhangWarning,
    MissingExtraError,
    OverlapError,
    PolicyError,
    PredicateError,
    TableDocumentError,
    TableError,
    TemplateError,
    TruthValueError,
    UnknownFactError,
    UnknownLanguageError,
    UnknownNameError,
)
from khachhang.facts import RECORDED_IS_ALL, Assumption, DecisionTable, Facts, fact, facts_of
from khachhang.profiles import Profile, classify, classify_all
from khachhang.rules import Classification, Classifier, HitPolicy, Outcome, Predicate, Rule, always, when
from khachhang.taxonomy import (
    AgeBand,
    Benefit,
    Capacity,
    Category,
    Channel,
    Contribution,
    CustomerDefinition,
    Duty,
    Engagement,
    FinancialTier,
    Gender,
    IncomeBand,
    Industry,
    InteractionKind,
    LeadingStyle,
    Offering,
    OrganizationKind,
    Origin,
    PartyKind,
    Personality,
    Practice,
    Purpose,
    RelationshipType,
    Scope,
    Sentiment,
    Side,
    Skill,
    Standing,
    Subject,
    TieKind,
    Topic,
    Words,
    term,
)
from khachhang.templates import Template

__version__ = "0.1.0"

__all__ = [
    "RECORDED_IS_ALL",
    "AgeBand",
    "Assumption",
    "Benefit",
    "Business",
    "Capacity",
    "Category",
    "CategoryError",
    "Channel",
    "Classification",
    "Classifier",
    "Contribution",
    "CurrencyError",
    "Customer",
    "CustomerDefinition",
    "DecisionTable",
    "Duty",
    "Engagement",
    "Facts",
    "Fault",
    "FinancialTier",
    "Gender",
    "Group",
    "HitPolicy",
    "IncomeBand",
    "Industry",
    "Interaction",
    "InteractionKind",
    "InvalidError",
    "KhachhangError",
    "KhachhangWarning",
    "LeadingStyle",
    "MissingExtraError",
    "Need",
    "Offering",
    "Organization",
    "OrganizationKind",
    "Origin",
    "Outcome",
    "OverlapError",
    "PartyKind",
    "Person",
    "Personality",
    "PolicyError",
    "Practice",
    "Predicate",
    "PredicateError",
    "Profile",
    "Purchase",
    "Purpose",
    "RelationshipType",
    "Rule",
    "Scope",
    "Sentiment",
    "Side",
    "Skill",
    "Standing",
    "StyleScores",
    "Subject",
    "TableDocumentError",
    "TableError",
    "Template",
    "TemplateError",
    "Tie",
    "TieKind",
    "Topic",
    "TruthValueError",
    "UnknownFactError",
    "UnknownLanguageError",
    "UnknownNameError",
    "Words",
    "always",
    "classifiers",
    "classify",
    "classify_all",
    "fact",
    "facts_of",
    "is_customer",
    "templates",
    "term",
    "when",
]

_doors = {"advice": "attrs", "charts": "altair", "frames": "narwhals", "testing": "hypothesis"}
"""The rooms that are imported when they are first used, each with the package that it needs."""

if typing.TYPE_CHECKING:
    from khachhang import advice as advice
    from khachhang import charts as charts
    from khachhang import frames as frames
    from khachhang import testing as testing
else:  # unseen by type checkers, to which a module with it has every name

    def __getattr__(name: str) -> typing.Any:
        if name not in _doors:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        try:
            return importlib.import_module(f"{__name__}.{name}")
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != _doors[name]:
                raise
            raise MissingExtraError(name, _doors[name]) from None
