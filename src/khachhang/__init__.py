"""Typed customers, and their classification by decision tables that are proved, explained and run anywhere."""

from __future__ import annotations

import importlib
import typing

from khachhang.entities import (
    Business,
    Contact,
    Customer,
    Group,
    Identifier,
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
from khachhang.rules import Classification, Classifier, HitPolicy, Outcome, Predicate, Rule, always, when
from khachhang.taxonomy import (
    AgeBand,
    Benefit,
    Capacity,
    Category,
    Channel,
    ContactKind,
    Contribution,
    CustomerDefinition,
    Duty,
    Engagement,
    FinancialTier,
    Gender,
    IdentifierKind,
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
    "Conflict",
    "Contact",
    "ContactKind",
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
    "Identifier",
    "IdentifierKind",
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
    "conflicts",
    "fact",
    "facts_of",
    "is_customer",
    "merge",
    "names",
    "templates",
    "term",
    "when",
]

_doors = {
    "advice": (),
    "charts": ("altair", "narwhals"),
    "classifiers": (),
    "codec": ("cattrs",),
    "frames": ("narwhals",),
    "identity": ("email_validator", "phonenumbers", "stdnum"),
    "names": (),
    "templates": (),
    "testing": ("hypothesis",),
}
"""The rooms that are imported when they are first used, each with the packages that it needs beside attrs."""

_behind = {
    "Conflict": "entities.merge",
    "Profile": "profiles",
    "Template": "templates",
    "classify": "profiles",
    "classify_all": "profiles",
    "conflicts": "entities.merge",
    "is_customer": "classifiers",
    "merge": "entities.merge",
}
"""Names whose modules are imported when they are first used: most programs need few of them, or none at once."""

if typing.TYPE_CHECKING:
    from khachhang import advice as advice
    from khachhang import charts as charts
    from khachhang import classifiers, names, templates
    from khachhang import codec as codec
    from khachhang import frames as frames
    from khachhang import identity as identity
    from khachhang import testing as testing
    from khachhang.classifiers import is_customer
    from khachhang.entities.merge import Conflict, conflicts, merge
    from khachhang.profiles import Profile, classify, classify_all
    from khachhang.templates import Template
else:  # unseen by type checkers, to which a module with it has every name

    def __getattr__(name: str) -> typing.Any:
        if name in _behind:
            return globals().setdefault(name, getattr(importlib.import_module(f"{__name__}.{_behind[name]}"), name))
        if name not in _doors:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        try:
            return importlib.import_module(f"{__name__}.{name}")
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package not in _doors[name]:
                raise
            raise MissingExtraError(name, package) from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_doors})
