"""Interactions made to measure: kinds, sentiments, topics and days from which the wanted facts follow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import strategies as st

from khachhang.entities import Interaction
from khachhang.taxonomy import InteractionKind, Sentiment, Topic
from khachhang.testing._buying import Buying, Days, days_of, lines_of, money_of
from khachhang.testing._wanted import BUYING, DEALING, INTERACTING, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn

    from khachhang.entities import Purchase

MOST_PLANS = 6
_MARGIN = 40
_ROOM = 1_000
_SCORES = [*map(float, range(11)), *(tenths / 10 for tenths in range(100))]
_SILENT = st.sampled_from((InteractionKind.ENQUIRY, InteractionKind.VISIT))


@attrs.frozen
class Counts:
    """How many interactions of each sort; those without a count of their own are 0."""

    unresolved: int
    resolved: int
    negative: int
    positive: int
    reviews: int
    scored: int
    surveys: int
    expansion: int
    feedback: int
    referrals: int
    shares: int
    answered: int
    campaigns: int
    score: float | None
    enquiries: int

    @property
    def dealings(self) -> int:
        """How many of them are dealings."""
        several = (self.unresolved, self.resolved, self.reviews, self.surveys, self.feedback, self.referrals)
        return sum(several) + self.shares + self.answered + self.enquiries

    def events(self) -> Iterator[dict[str, Any]]:
        """The fields of each dealing but its day."""
        kind = InteractionKind
        for place in range(self.unresolved + self.resolved):
            yield {"kind": kind.COMPLAINT, "is_resolved": place >= self.unresolved}
        for place in range(self.reviews):
            negative, settled = place < self.negative, place < self.negative + self.positive
            mood = Sentiment.NEGATIVE if negative else Sentiment.POSITIVE if settled else Sentiment.NEUTRAL
            yield {"kind": kind.REVIEW, "sentiment": mood}
        for place in range(self.surveys + self.feedback):
            topic = Topic.EXPANSION if place < self.expansion else Topic.PRODUCT
            scored = 8.0 if self.score is None else self.score
            is_survey = place < self.surveys
            yield {
                "kind": kind.SURVEY if is_survey else kind.FEEDBACK,
                "topic": topic,
                "score": scored if is_survey and place < self.scored else None,
            }
        for _ in range(self.referrals):
            yield {"kind": kind.REFERRAL}
        for _ in range(self.shares):
            yield {"kind": kind.SHARE}
        for _ in range(self.answered):
            yield {"kind": kind.CARE_CALL, "is_resolved": True}
        for _ in range(self.enquiries):
            yield {"kind": kind.ENQUIRY, "score": self.score}


def counts_of(wanted: Wanted) -> Iterator[Counts]:
    """Ways to count the interactions, the fewest first."""
    scores = [None]
    if not wanted.is_free(["mean_score", "last_score"]):
        allowed = (one for one in _SCORES if wanted.allows("mean_score", one) and wanted.allows("last_score", one))
        scores = list(islice(allowed, 1))  # type: ignore[arg-type]  # a score where there was none
    for more in range(2):
        for score in scores:
            made = _counted(wanted, more, score)
            if made is not None:
                yield made


def _counted(wanted: Wanted, more: int, score: float | None) -> Counts | None:
    def one(name: str, low: int = 0) -> int:
        if wanted.is_free([name]):
            return low
        some = wanted.counts(name, low)
        return some[min(more, len(some) - 1)] if some else -1

    negative, positive = one("negative_review_count"), one("positive_review_count")
    scored, expansion = one("scored_survey_count"), one("expansion_response_count")
    surveys = one("survey_count", scored)
    feedback = one("feedback_count", max(0, expansion - surveys))
    if feedback < 0:
        surveys = one("survey_count", max(scored, expansion))
        feedback = one("feedback_count", max(0, expansion - surveys))
    made = Counts(
        unresolved=one("unresolved_complaint_count"),
        resolved=one("resolved_complaint_count"),
        negative=negative,
        positive=positive,
        reviews=one("review_count", max(0, negative + positive)),
        scored=scored,
        surveys=surveys,
        expansion=expansion,
        feedback=feedback,
        referrals=one("referral_count"),
        shares=one("share_count"),
        answered=one("answered_care_count"),
        campaigns=one("campaign_count"),
        score=score,
        enquiries=0 if score is None else 1,
    )
    numbers = [value for value in attrs.astuple(made) if isinstance(value, int)]
    return made if min(numbers) >= 0 else None


@attrs.frozen
class Dealing:
    """The days of dealing that are no days of buying.

    Args:
        more: How many; None where any days will do.
        last: From where to where the last may lie; None where they lie before all buying.
    """

    more: int | None
    last: tuple[int, int] | None = None

    def days(self, draw: DrawFn, bought: list[int], begin: int) -> list[int]:
        """So many days that are no days of buying."""
        if not self.more:
            return []
        after = max([begin, *(day + 1 for day in bought)])
        if self.last is None:
            return [after + place for place in range(self.more)]
        newest = draw(st.integers(self.last[0], min([self.last[1], *(day - 1 for day in bought[:1])])))
        after = max(after, newest + 1)
        return [newest, *(after + place for place in range(self.more - 1))]


@attrs.frozen
class Plan:
    """A customer's activity to measure; None for a part of which nothing is asked."""

    buying: Buying | None
    counts: Counts | None
    dealing: Dealing

    def drawn(self, draw: DrawFn, as_of: date, currency: str) -> tuple[list[Purchase] | None, list[Interaction] | None]:
        """Purchases and interactions from which the wanted facts follow; None where nothing is asked."""
        days = [] if self.buying is None else self.buying.days.drawn(draw)
        bought = None if self.buying is None else self.buying.drawn(draw, days, as_of, currency)
        if self.counts is None:
            return bought, None
        events = list(self.counts.events())
        own = self.dealing.days(draw, days, 0)
        if self.dealing.more is None:
            slots = [draw(st.integers(0, min(_ROOM, (as_of - date.min).days))) for _ in events]
        else:
            events += [{"kind": draw(_SILENT)} for _ in range(len(own) - len(events))]
            slots = list(islice(cycle(own or days), len(events)))
        held = [_interaction(as_of - timedelta(days=ago), **fields) for ago, fields in zip(slots, events, strict=True)]
        sent = [Interaction(as_of - timedelta(days=7 * place), InteractionKind.CAMPAIGN)
                for place in range(self.counts.campaigns)]  # fmt: skip
        return bought, held + sent


def _interaction(day: date, *, is_resolved: bool = False, **fields: Any) -> Interaction:
    return Interaction(day, resolved_on=day if is_resolved else None, **fields)


def plans_of(wanted: Wanted, as_of: date) -> list[Plan]:
    """The first few ways in which the wanted facts can come about; none where they can not."""
    return list(islice(_plans(wanted, as_of), MOST_PLANS))


def _plans(wanted: Wanted, as_of: date) -> Iterator[Plan]:
    limit = (as_of - date.min).days - _MARGIN
    is_dealing = not wanted.is_free(DEALING)
    asks_counts = is_dealing or not wanted.is_free(INTERACTING)
    for counts in counts_of(wanted) if asks_counts else [None]:
        if not is_dealing:
            for buying in [None] if wanted.is_free(BUYING) else _buyings(wanted, days_of(wanted, limit)):
                yield Plan(buying, counts, Dealing(None))
            continue
        assert counts is not None  # noqa: S101  # dealings are asked for
        for days, dealing in _dealings(wanted, counts, limit):
            for buying in _buyings(wanted, iter([days])):
                yield Plan(buying, counts, dealing)


def _buyings(wanted: Wanted, ways: Iterator[Days]) -> Iterator[Buying]:
    for days in ways:
        for lines in lines_of(wanted, days.count):
            for money in money_of(wanted, days.count, lines.count):
                yield Buying(days, lines, money)
                break


def _dealings(wanted: Wanted, counts: Counts, limit: int) -> Iterator[tuple[Days, Dealing]]:
    """Days of buying, with the days of dealing beside them."""
    ends = wanted.spans("days_since_last_dealing")
    for low, high in ends:
        begin = low or 0
        # The last dealing is the last purchase: all else lies on days of buying or before them.
        for days in days_of(wanted, limit, (begin, high)):
            if days.count:
                for total in wanted.counts("dealing_count", days.count):
                    yield days, Dealing(total - days.count)
        # The last dealing is none of buying.
        for days in days_of(wanted, limit, (begin + 1, None)):
            for total in wanted.counts("dealing_count", days.count + 1):
                last = min(end for end in (high, begin + _ROOM, limit) if end is not None)
                yield days, Dealing(total - days.count, (begin, last))
    nothing = wanted.is_free(["days_since_last_dealing"]) and wanted.allows("dealing_count", 0)
    if nothing and not counts.dealings:
        yield from ((days, Dealing(0)) for days in days_of(wanted, limit) if not days.count)
