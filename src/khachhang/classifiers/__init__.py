"""The ready classifiers: one function a facet, each from an optional policy that holds its thresholds."""

from __future__ import annotations

from khachhang.classifiers.age_band import AgeBandPolicy, age_band
from khachhang.classifiers.bands import bands
from khachhang.classifiers.benefit import BenefitPolicy, benefit
from khachhang.classifiers.contribution import ContributionPolicy, contribution
from khachhang.classifiers.customer_definition import CustomerDefinitionPolicy, customer_definition, is_customer
from khachhang.classifiers.engagement import EngagementPolicy, engagement
from khachhang.classifiers.financial_tier import FinancialTierPolicy, financial_tier
from khachhang.classifiers.income_band import IncomeBandPolicy, income_band
from khachhang.classifiers.personality import PersonalityPolicy, personality
from khachhang.classifiers.policy import Policy
from khachhang.classifiers.relationship_type import RelationshipTypePolicy, relationship_type
from khachhang.classifiers.scope import ScopePolicy, scope
from khachhang.classifiers.side import SidePolicy, side
from khachhang.classifiers.standing import StandingPolicy, standing
from khachhang.classifiers.subject import SubjectPolicy, subject

__all__ = [
    "AgeBandPolicy",
    "BenefitPolicy",
    "ContributionPolicy",
    "CustomerDefinitionPolicy",
    "EngagementPolicy",
    "FinancialTierPolicy",
    "IncomeBandPolicy",
    "PersonalityPolicy",
    "Policy",
    "RelationshipTypePolicy",
    "ScopePolicy",
    "SidePolicy",
    "StandingPolicy",
    "SubjectPolicy",
    "age_band",
    "bands",
    "benefit",
    "contribution",
    "customer_definition",
    "engagement",
    "financial_tier",
    "income_band",
    "is_customer",
    "personality",
    "relationship_type",
    "scope",
    "side",
    "standing",
    "subject",
]
