"""Which practices a customer's state calls for: a decision table, with a reason for each rule as people say it.

The rules ask for a few facts that the catalogue does not have: what is open, and what is not known of the customer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.classifiers import BenefitPolicy
from khachhang.classifiers.policy import Policy, count, days
from khachhang.facts import RECORDED_IS_ALL, Assumption, DecisionTable, Fill, fact
from khachhang.rules import HitPolicy, Predicate, when
from khachhang.taxonomy import InteractionKind, PartyKind, Practice, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from khachhang.advice.matter import OpenMatter
    from khachhang.facts import Facts

open_enquiry_count = fact.custom(
    "open_enquiry_count", int, low=0, vi="số câu hỏi chưa được trả lời", en="the number of enquiries not answered"
)
unanswered_care_count = fact.custom(
    "unanswered_care_count",
    int,
    low=0,
    vi="số lần liên hệ chăm sóc chưa được hồi đáp",
    en="the number of care calls not answered",
)
need_is_unknown = fact.custom(
    "need_is_unknown",
    bool,
    vi="chưa biết khách có nhu cầu hay không",
    en="it is not known whether there is a need",
)
means_are_unknown = fact.custom(
    "means_are_unknown",
    bool,
    vi="chưa rõ khách có đủ ngân sách hay không",
    en="it is not known whether there are the means",
)

CUSTOM_VARIABLES = (open_enquiry_count.variable, unanswered_care_count.variable)
"""The facts beside the catalogue that may be assumed."""

_NOTHING_OPEN = tuple(Fill(variable, 0) for variable in CUSTOM_VARIABLES)
_RECORDED_IS_ALL = attrs.evolve(RECORDED_IS_ALL, fills=(*RECORDED_IS_ALL.fills, *_NOTHING_OPEN))


@attrs.frozen(kw_only=True)
class FollowUpPolicy(Policy):
    """From when on a state calls for something. Every bound is itself included.

    Args:
        loyal_min_purchases: Purchases from which on a customer was loyal.
        lapsed_days: Days since the last purchase from which on a loyal customer has lapsed.
        contact_days: Days since the last dealing from which on a potential customer is without contact.
        min_complaints: Unresolved complaints from which on to follow up.
        min_enquiries: Unanswered enquiries from which on to follow up.
        min_care_calls: Unanswered care calls from which on to follow up.
        few_campaigns: Campaigns and newsletters received up to which marketing has passed a customer by.
    """

    loyal_min_purchases: int = count(BenefitPolicy().loyal_min_purchases)
    lapsed_days: int = days(BenefitPolicy().active_days + 1)
    contact_days: int = days(30)
    min_complaints: int = count(1)
    min_enquiries: int = count(1)
    min_care_calls: int = count(1)
    few_campaigns: int = days(0)


@attrs.frozen
class Trigger:
    """A state of a customer that calls for a practice.

    Args:
        practice: What it calls for.
        condition: The state.
        reason: The state in words; names in braces are facts, and take their values.
    """

    practice: Practice
    condition: Predicate
    reason: Words


def triggers(policy: FollowUpPolicy) -> tuple[Trigger, ...]:
    """What calls for what, the most urgent first."""
    bought = fact.purchase_count >= 1
    lapsed = bought & (fact.days_since_last_purchase >= policy.lapsed_days)
    wants = fact.has_need & fact.has_means & fact.taste_matches
    silent = (fact.dealing_count == 0) | (
        (fact.dealing_count >= 1) & (fact.days_since_last_dealing >= policy.contact_days)
    )
    return (
        Trigger(
            Practice.FOLLOW_UP,
            fact.unresolved_complaint_count >= policy.min_complaints,
            Words(
                "còn {unresolved_complaint_count} khiếu nại chưa giải quyết",
                "complaints not resolved yet: {unresolved_complaint_count}",
            ),
        ),
        Trigger(
            Practice.FOLLOW_UP,
            open_enquiry_count >= policy.min_enquiries,
            Words(
                "còn {open_enquiry_count} câu hỏi chưa trả lời khách", "enquiries not answered: {open_enquiry_count}"
            ),
        ),
        Trigger(
            Practice.FOLLOW_UP,
            unanswered_care_count >= policy.min_care_calls,
            Words(
                "đã liên hệ chăm sóc {unanswered_care_count} lần mà khách chưa hồi đáp",
                "care calls that the customer has not answered: {unanswered_care_count}",
            ),
        ),
        Trigger(
            Practice.REACH_OUT_FIRST,
            (fact.purchase_count >= policy.loyal_min_purchases) & lapsed,
            Words(
                "khách quen, đã mua {purchase_count} lần, nhưng {days_since_last_purchase} ngày nay chưa quay lại",
                "a loyal customer with {purchase_count} purchases who has not been back for "
                "{days_since_last_purchase} days",
            ),
        ),
        Trigger(
            Practice.REACH_OUT_FIRST,
            ~bought & wants & silent,
            Words(
                f"có nhu cầu, có ngân sách, hợp thị hiếu mà chưa mua, {policy.contact_days} ngày nay chưa ai liên hệ",
                "has the need, the means and the taste, has not bought yet, and there was no contact in the last "
                f"{policy.contact_days} days",
            ),
        ),
        Trigger(
            Practice.ASSESS_MEANS,
            fact.has_need & means_are_unknown,
            Words("có nhu cầu nhưng chưa rõ khả năng chi trả", "there is a need, and the means are not known"),
        ),
        Trigger(
            Practice.MEET_IN_PERSON,
            ~bought & fact.is_interested,
            Words("đang quan tâm mà chưa mua lần nào", "is interested and has never bought"),
        ),
        Trigger(
            Practice.SPEAK_TO_FEELINGS,
            (fact.party_kind != PartyKind.ORGANIZATION)
            & (bought | fact.is_interested)
            & (fact.campaign_count <= policy.few_campaigns),
            Words(
                "hầu như chưa được gửi nội dung tiếp thị nào (số lần đã gửi: {campaign_count})",
                "hardly any marketing has reached the customer ({campaign_count} so far)",
            ),
        ),
        Trigger(
            Practice.KNOW_FIRST,
            need_is_unknown.node,
            Words("chưa biết khách cần gì", "what the customer needs is not known"),
        ),
    )


def practice_table(found: Iterable[Trigger]) -> DecisionTable[Practice]:
    """The triggers as a table, a rule for each in the same order."""
    return DecisionTable(
        name=Practice.facet(),
        category=Practice,
        rules=[when(trigger.condition).then(trigger.practice) for trigger in found],
        hit=HitPolicy.COLLECT,
        source=Practice.facet_source(),
    )


def with_state(
    facts: Facts, matters: Iterable[OpenMatter] | None, assume: Assumption | Mapping[str, object] | None
) -> Facts:
    """The facts with what the triggers ask beside the catalogue, and with what is assumed.

    Args:
        facts: What is known.
        matters: The open matters; None where the interactions are not known.
        assume: What may stand for facts that are not known.
    """
    state: dict[str, object] = {}
    if matters is not None:
        kinds = [matter.kind for matter in matters]
        state[open_enquiry_count.name] = kinds.count(InteractionKind.ENQUIRY)
        state[unanswered_care_count.name] = kinds.count(InteractionKind.CARE_CALL)
    known = facts.changed(state).assuming(
        _RECORDED_IS_ALL if assume == RECORDED_IS_ALL else assume, custom=CUSTOM_VARIABLES
    )
    lacking = {need_is_unknown.name: known.has_need is None, means_are_unknown.name: known.has_means is None}
    return known.changed(lacking)
