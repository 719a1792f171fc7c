"""Every label set: the facets that customers are divided by, and the words for what is known of them."""

from __future__ import annotations

from khachhang.taxonomy.age_band import AgeBand
from khachhang.taxonomy.benefit import Benefit
from khachhang.taxonomy.business import Industry
from khachhang.taxonomy.category import Category, Language, Term, Words, term
from khachhang.taxonomy.contribution import Contribution
from khachhang.taxonomy.customer_definition import CustomerDefinition
from khachhang.taxonomy.engagement import Engagement
from khachhang.taxonomy.financial_tier import FinancialTier
from khachhang.taxonomy.identity import ContactKind, IdentifierKind
from khachhang.taxonomy.income_band import IncomeBand
from khachhang.taxonomy.interaction import Channel, InteractionKind, Sentiment, Topic
from khachhang.taxonomy.origin import Origin
from khachhang.taxonomy.party import Capacity, Gender, OrganizationKind, PartyKind
from khachhang.taxonomy.personality import LeadingStyle, Personality
from khachhang.taxonomy.purchase import Offering, Purpose
from khachhang.taxonomy.relationship_type import RelationshipType
from khachhang.taxonomy.scope import Scope
from khachhang.taxonomy.service import Duty, Practice, Skill
from khachhang.taxonomy.side import Side
from khachhang.taxonomy.standing import Standing
from khachhang.taxonomy.subject import Contrast, Subject
from khachhang.taxonomy.tie import TieKind

__all__ = [
    "AgeBand",
    "Benefit",
    "Capacity",
    "Category",
    "Channel",
    "ContactKind",
    "Contrast",
    "Contribution",
    "CustomerDefinition",
    "Duty",
    "Engagement",
    "FinancialTier",
    "Gender",
    "IdentifierKind",
    "IncomeBand",
    "Industry",
    "InteractionKind",
    "Language",
    "LeadingStyle",
    "Offering",
    "OrganizationKind",
    "Origin",
    "PartyKind",
    "Personality",
    "Practice",
    "Purpose",
    "RelationshipType",
    "Scope",
    "Sentiment",
    "Side",
    "Skill",
    "Standing",
    "Subject",
    "Term",
    "TieKind",
    "Topic",
    "Words",
    "term",
]
