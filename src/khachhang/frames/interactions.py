"""Facts from a table of interactions, and the dealings that purchases and interactions are together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from khachhang.frames.aggregation import Aggregation
from khachhang.frames.events import KEY, ordinal, until
from khachhang.frames.faults import Check
from khachhang.frames.part import Part, spoil, unspoiled
from khachhang.frames.truth import conjunction, disjunction, expression, negation
from khachhang.taxonomy import InteractionKind, Sentiment, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from khachhang.frames.events import Events, Settings
    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Truth

_KIND = ("day", "kind")
FIELDS: dict[str, tuple[str, ...]] = {
    "dealing_count": _KIND,
    "days_since_last_dealing": _KIND,
    "unresolved_complaint_count": (*_KIND, "resolved_on"),
    "resolved_complaint_count": (*_KIND, "resolved_on"),
    "negative_review_count": (*_KIND, "sentiment"),
    "positive_review_count": (*_KIND, "sentiment"),
    "review_count": _KIND,
    "survey_count": _KIND,
    "scored_survey_count": (*_KIND, "score"),
    "expansion_response_count": (*_KIND, "topic"),
    "feedback_count": _KIND,
    "referral_count": _KIND,
    "share_count": _KIND,
    "answered_care_count": (*_KIND, "resolved_on"),
    "campaign_count": _KIND,
    "mean_score": (*_KIND, "score"),
    "last_score": (*_KIND, "score"),
}
"""The facts, each with the columns from which it follows."""

DEALINGS = frozenset({"dealing_count", "days_since_last_dealing"})
_KINDS = {
    "review_count": (InteractionKind.REVIEW,),
    "survey_count": (InteractionKind.SURVEY,),
    "feedback_count": (InteractionKind.FEEDBACK,),
    "referral_count": (InteractionKind.REFERRAL,),
    "share_count": (InteractionKind.SHARE,),
    "campaign_count": (InteractionKind.CAMPAIGN, InteractionKind.NEWSLETTER),
}
_RESOLVED = frozenset({"unresolved_complaint_count", "resolved_complaint_count", "answered_care_count"})
_SCORES = frozenset({"mean_score", "last_score"})
_SPOILED: dict[str, AbstractSet[str]] = {
    "all": FIELDS.keys(),
    "scores": _SCORES | {"scored_survey_count"},
    "resolved": _RESOLVED,
}
_TOP_SCORE = 10


def checks(events: Events) -> list[Check]:
    """What may be wrong with an interaction."""
    made = [Check("day", "the day is not known", events.unknown("day"), "all")]
    if "kind" in events.names:
        made.append(Check("kind", f"it is none of {', '.join(InteractionKind)}", events.stray("kind"), "all"))
        made.append(Check("kind", "the kind is not known", events.unknown("kind"), "all"))
    for name, category in (("topic", Topic), ("sentiment", Sentiment)):
        if events.has(name):
            made.append(Check(name, f"it is none of {', '.join(category)}", events.stray(name)))
    if events.has("score"):
        outside = disjunction((events.compared("score", "<", 0.0), events.compared("score", ">", float(_TOP_SCORE))))
        outside = conjunction((negation(events.unknown("score")), outside))
        made.append(Check("score", f"a score lies from 0 to {_TOP_SCORE}", outside, "scores"))
    if events.has("resolved_on"):
        known = conjunction((negation(events.unknown("resolved_on")), negation(events.unknown("day"))))
        early = conjunction((known, nw.col("resolved_on") < nw.col("day")))
        made.append(Check("resolved_on", "it was resolved before its day", early, "resolved"))
    return made


def part(
    events: Events, found: Iterable[Check], settings: Settings, wanted: AbstractSet[str], *, is_checked: bool
) -> Part:
    """What the interactions tell of each customer; dealings apart.

    Args:
        events: The interactions that count.
        found: What may be wrong with an interaction.
        settings: What all tables have in common.
        wanted: The facts that are wanted.
        is_checked: Whether nothing is.
    """
    asked = Aggregation(events.frame)
    spoiled = spoil(asked, "i", found, is_checked=is_checked)
    facts: dict[str, nw.Expr] = {}
    for name, where in _counted(events, settings).items():
        if name in wanted:
            asked.count(f"i_{name}", where)
            facts[name] = nw.col(f"i_{name}").fill_null(0)
    for name, (where, known) in _conditional(events).items():
        if name in wanted:
            asked.count(f"i_{name}", where)
            asked.count(f"i_{name}_unknown", known)
            facts[name] = nw.when(nw.col(f"i_{name}_unknown").fill_null(0) == 0).then(nw.col(f"i_{name}").fill_null(0))
    score = events.real("score")
    if "mean_score" in wanted and events.has("score"):
        asked.mean("i_mean_score", score)
        facts["mean_score"] = nw.col("i_mean_score")
    made: Any = asked.made()
    if "last_score" in wanted and events.has("score"):
        made = made.join(_last_scores(events, score), on=KEY, how="left")
        facts["last_score"] = nw.col("i_last_score")
    for name, fact in facts.items():
        facts[name] = unspoiled(fact, [column for what, column in spoiled.items() if name in _SPOILED[what]])
    return Part(made, facts)


def _counted(events: Events, settings: Settings) -> dict[str, Truth]:
    """Facts that count what is known to be so."""
    is_complaint = events.is_one_of("kind", InteractionKind.COMPLAINT)
    resolved: Truth = False
    if events.has("resolved_on"):
        known = negation(events.unknown("resolved_on"))
        resolved = conjunction((known, until(events.frame, "resolved_on", settings.as_of)))
    made: dict[str, Truth] = {name: events.is_one_of("kind", *kinds) for name, kinds in _KINDS.items()}
    made["resolved_complaint_count"] = conjunction((is_complaint, resolved))
    made["unresolved_complaint_count"] = conjunction((is_complaint, negation(resolved)))
    made["answered_care_count"] = conjunction((events.is_one_of("kind", InteractionKind.CARE_CALL), resolved))
    survey = events.is_one_of("kind", InteractionKind.SURVEY)
    made["scored_survey_count"] = conjunction((survey, negation(events.unknown("score"))))
    return made


def _conditional(events: Events) -> dict[str, tuple[Truth, Truth]]:
    """Facts that are not known where a column of any of the rows concerned is not."""
    review = events.is_one_of("kind", InteractionKind.REVIEW)
    response = events.is_one_of("kind", InteractionKind.SURVEY, InteractionKind.FEEDBACK)
    unfelt = conjunction((review, negation(events.is_one_of("sentiment", *Sentiment))))
    off_topic = conjunction((response, negation(events.is_one_of("topic", *Topic))))
    return {
        "negative_review_count": (conjunction((review, events.is_one_of("sentiment", Sentiment.NEGATIVE))), unfelt),
        "positive_review_count": (conjunction((review, events.is_one_of("sentiment", Sentiment.POSITIVE))), unfelt),
        "expansion_response_count": (conjunction((response, events.is_one_of("topic", Topic.EXPANSION))), off_topic),
    }


def _last_scores(events: Events, score: nw.Expr) -> Frame:
    """The score that each customer gave last; the lowest where several were given that day."""
    scored: Any = events.frame.with_columns(score.alias("i_last_score")).select(KEY, "day", "i_last_score")
    scored = scored.filter(~nw.col("i_last_score").is_null())
    last = scored.group_by(KEY).agg(nw.col("day").max().alias("i_last"))
    joined = scored.join(last, on=KEY, how="left").filter(nw.col("day") == nw.col("i_last"))
    found: Frame = joined.group_by(KEY).agg(nw.col("i_last_score").min())
    return found


def dealings(
    purchases: tuple[Events, Truth, Iterable[Check]], interactions: tuple[Events, Iterable[Check]], settings: Settings
) -> Part:
    """The days with a purchase or an interaction in which both sides took part.

    Args:
        purchases: The purchases, where they were not wholly returned, and what may be wrong with them.
        interactions: The interactions, and what may be wrong with them.
        settings: What all tables have in common.
    """
    bought, still, faults = purchases
    met, more_faults = interactions
    kinds = [kind for kind in InteractionKind if kind.is_dealing]
    first = _days(bought, still, faults)
    second = _days(met, met.is_one_of("kind", *kinds), more_faults)
    if first.collect_schema()["day"] != second.collect_schema()["day"]:
        first, second = (frame.with_columns(nw.col("day").cast(nw.Datetime)) for frame in (first, second))
    together: Frame = nw.concat([first, second], how="vertical")  # type: ignore[type-var]  # both are eager, or both lazy
    asked = Aggregation(together)
    asked.days("d_days", ~nw.col("day").is_null())
    asked.greatest("d_last", nw.col("day"))
    asked.total("d_spoiled", nw.col("d_fault"), is_whole=True)
    today = settings.as_of.toordinal()
    facts = {
        "dealing_count": nw.col("d_days").fill_null(0),
        "days_since_last_dealing": today - ordinal(nw.col("d_last")),
    }
    return Part(asked.made(), {name: unspoiled(fact, ["d_spoiled"]) for name, fact in facts.items()})


def _days(events: Events, where: Truth, faults: Iterable[Check]) -> Frame:
    day = nw.col("day") if where is True else nw.when(expression(where)).then(nw.col("day"))
    wrong = disjunction(check.rows for check in faults if check.spoils == "all")
    days = events.frame.with_columns(day.alias("day"), expression(wrong).cast(nw.Int64).alias("d_fault"))
    return days.select(KEY, "day", "d_fault")
