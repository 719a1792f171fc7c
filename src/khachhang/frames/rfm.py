"""RFM: how recently, how often and for how much customers buy, scored on a population and joined into segments."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import KhachhangWarning
from khachhang.facts import DecisionTable, fact
from khachhang.frames.bands import distribution, fewer, fitted_on, quantiles
from khachhang.rules import HitPolicy, Rule, when
from khachhang.rules.predicate import And
from khachhang.taxonomy import Category, term
from khachhang.taxonomy.category import make_category
from khachhang.templates import Template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from khachhang.rules import Predicate
    from khachhang.rules.fact import Fact

SUBJECT = "frames.rfm"
_SCORES = 5


class RfmSegment(
    Category,
    vi="Phân khúc RFM",
    en="RFM segment",
    definition_vi="Khách mua gần đây và thường xuyên đến đâu so với các khách khác.",
    definition_en="How recently and how often a customer buys, compared with the other customers.",
):
    """Segments of buyers by recency and frequency; together they cover every buyer."""

    CHAMPIONS = term("champions", vi="Khách hàng tốt nhất", en="Champions")
    LOYAL = term("loyal", vi="Mua thường xuyên", en="Loyal buyers")
    POTENTIAL_LOYALISTS = term("potential_loyalists", vi="Có thể thành khách quen", en="Potential loyalists")
    NEW = term("new", vi="Vừa mua lần đầu", en="New buyers")
    PROMISING = term("promising", vi="Triển vọng", en="Promising")
    NEED_ATTENTION = term("need_attention", vi="Cần quan tâm", en="Need attention")
    ABOUT_TO_SLEEP = term("about_to_sleep", vi="Sắp ngừng mua", en="About to sleep")
    CANNOT_LOSE = term("cannot_lose", vi="Không thể để mất", en="Cannot lose")
    AT_RISK = term("at_risk", vi="Có nguy cơ rời bỏ", en="At risk")
    HIBERNATING = term("hibernating", vi="Đã lâu không mua", en="Hibernating")


_SEGMENTS: tuple[tuple[RfmSegment, tuple[int, int], tuple[int, int]], ...] = (
    (RfmSegment.CHAMPIONS, (5, 5), (4, 5)),
    (RfmSegment.LOYAL, (3, 4), (4, 5)),
    (RfmSegment.POTENTIAL_LOYALISTS, (4, 5), (2, 3)),
    (RfmSegment.NEW, (5, 5), (1, 1)),
    (RfmSegment.PROMISING, (4, 4), (1, 1)),
    (RfmSegment.NEED_ATTENTION, (3, 3), (3, 3)),
    (RfmSegment.ABOUT_TO_SLEEP, (3, 3), (1, 2)),
    (RfmSegment.CANNOT_LOSE, (1, 2), (5, 5)),
    (RfmSegment.AT_RISK, (1, 2), (3, 4)),
    (RfmSegment.HIBERNATING, (1, 2), (1, 2)),
)
"""Each segment with the scores of recency and frequency from which it is made, both ends included."""


def rfm(facts: Any) -> Template:
    """Scores for recency, frequency and money, and a table of segments, fitted on a population of buyers.

    Scores go from 1 to 5, and 5 is best: bought last, most often, for most. Each is a fifth of the buyers as far as equal
    values allow: buyers who are equal have the same score, and a score that nobody can have has no rule. Segments rest on
    recency and frequency alone, so that money stands beside them; they cover every buyer, and a segment that no pair of
    scores leads to has no rule. Only who bought counts; others are unmatched. The data is looked at now, also where the
    table is lazy.

    Args:
        facts: A table of facts with `purchase_count`, `days_since_last_purchase` and `spend`.

    Returns:
        A template of four ordinary tables: ``recency_score``, ``frequency_score``, ``monetary_score`` and
        ``rfm_segment``; their `source` says on what they were fitted.

    Raises:
        PolicyError: If a fact has fewer than two different values among the buyers.
        InvalidError: If `facts` is no table, or a column is of the wrong type.

    Warns:
        KhachhangWarning: Once for each score that has fewer than five values.

    >>> import polars as pl
    >>> days, counts = [5, 30, 90, 200, 400], [9, 7, 4, 2, 1]
    >>> bought = {"purchase_count": counts, "days_since_last_purchase": days, "spend": [90, 70, 40, 20, 10]}
    >>> [str(rule.label) for rule in rfm(pl.DataFrame(bought))["rfm_segment"].rules]  # doctest: +ELLIPSIS
    ['champions', 'loyal', ...]
    """
    recency = _fitted(fact.days_since_last_purchase, facts, is_less_better=True)
    frequency = _fitted(fact.purchase_count, facts)
    scores = {"recency": recency, "frequency": frequency, "monetary": _fitted(fact.spend, facts)}
    for score in scores.values():
        if score.count < _SCORES:
            warnings.warn(fewer(SUBJECT, score.of, score.count, _SCORES), KhachhangWarning, stacklevel=2)
    return Template("rfm", [*(score.table(name) for name, score in scores.items()), _segments(recency, frequency)])


@attrs.frozen
class _Score:
    """A score from 1 to 5 by cut points of a fact.

    Args:
        of: The fact.
        cuts: Four cut points, never falling; between equal ones there is nobody.
        source: On what it was fitted.
        is_less_better: Whether the least of the fact has the score 5.
    """

    of: Fact[Any]
    cuts: tuple[Any, ...]
    source: str
    is_less_better: bool

    @property
    def count(self) -> int:
        """How many different scores there are."""
        return len(set(self.cuts)) + 1

    def between(self, low: int, high: int) -> list[Predicate] | None:
        """The tests for a score between two, both included; None where nobody can have one."""
        if self.is_less_better:
            low, high = _SCORES + 1 - high, _SCORES + 1 - low
        tests: list[Predicate] = []
        if low > 1 and high < _SCORES and self.cuts[low - 2] >= self.cuts[high - 1]:
            return None
        if low > 1:
            tests.append(self.of >= self.cuts[low - 2])
        if high < _SCORES:
            tests.append(self.of < self.cuts[high - 1])
        return tests

    def table(self, name: str) -> DecisionTable[Any]:
        """The score as a table."""
        code = f"{name}_score"
        terms = tuple(term(str(score), vi=f"Điểm {score}", en=f"Score {score}") for score in range(1, _SCORES + 1))
        facet = term(code, vi=f"Điểm theo {self.of.label('vi')}", en=f"Score of {self.of.label('en')}")
        category = make_category(facet, terms)
        found = [(label, self.between(int(label), int(label))) for label in category]
        rules = [when(And(tuple(tests))).then(label) for label, tests in found if tests is not None]
        return _table(code, category, rules, self.source)


def _fitted(of: Fact[Any], facts: Any, *, is_less_better: bool = False) -> _Score:
    values, counts = distribution(facts, of, SUBJECT, _BOUGHT)
    cuts = tuple(quantiles(values, counts, _SCORES))
    source = fitted_on(of, sum(counts), len(set(cuts)) + 1, _SCORES)
    return _Score(of, cuts, source, is_less_better)


_BOUGHT = fact.purchase_count >= 1


def _table(name: str, category: type[Category], rules: Sequence[Rule[Any]], source: str) -> DecisionTable[Any]:
    return DecisionTable(name=name, category=category, rules=rules, given=_BOUGHT, hit=HitPolicy.UNIQUE, source=source)


def _segments(recency: _Score, frequency: _Score) -> DecisionTable[Any]:
    rules: list[Rule[Any]] = []
    for label, recent, often in _SEGMENTS:
        tests = (recency.between(*recent), frequency.between(*often))
        if tests[0] is not None and tests[1] is not None:
            rules.append(when(And((*tests[0], *tests[1]))).then(label))
    return _table(RfmSegment.facet(), RfmSegment, rules, f"{recency.source}; {frequency.source}")
