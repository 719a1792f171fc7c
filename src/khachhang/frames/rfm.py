"""Recency, frequency and monetary scores from a population, and the segments that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs
import narwhals.stable.v2 as nw

from khachhang.errors import PolicyError, repr_of
from khachhang.facts import DecisionTable, fact
from khachhang.frames import native
from khachhang.frames.answer import add_answers, answer
from khachhang.frames.classify import _warn_of_missing, classify
from khachhang.frames.entry import enter
from khachhang.frames.fitting import fit_bands
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import first
from khachhang.rules import HitPolicy, when
from khachhang.rules.table import Table
from khachhang.taxonomy import Category
from khachhang.taxonomy.category import term

if TYPE_CHECKING:
    from khachhang.frames.answer import Answer
    from khachhang.rules.fact import Fact

T = TypeVar("T")

SUBJECT = "frames.rfm"
LEAST, MOST = 3, 100
_SOURCE = "khachhang: scores of recency, frequency and amount, divided into low, middle and high"
_SCORES = {
    "recency_score": ("điểm mức mua gần đây", "the recency score"),
    "frequency_score": ("điểm tần suất mua", "the frequency score"),
    "monetary_score": ("điểm giá trị mua", "the monetary score"),
}


class RfmSegment(
    Category,
    vi="Phân khúc RFM",
    en="RFM segment",
    definition_vi="Khách thuộc nhóm nào theo lần mua gần nhất, số lần mua và số tiền mua so với các khách khác.",
    definition_en="Where a customer stands by last purchase, number of purchases and amount, compared with the others.",
    source=_SOURCE,
):
    """Eight segments by three scores; every combination of scores belongs to exactly one."""

    CHAMPION = term(
        "champion",
        vi="Khách hàng xuất sắc",
        en="Champion",
        definition_vi="Mới mua gần đây, mua thường xuyên và mua nhiều tiền.",
        definition_en="Bought lately, buys often, and spends much.",
        source=_SOURCE,
    )
    LOYAL = term(
        "loyal",
        vi="Khách mua đều",
        en="Loyal buyer",
        definition_vi="Mua thường xuyên và chưa ngừng mua, nhưng lần mua gần nhất hoặc số tiền chưa ở mức cao.",
        definition_en="Buys often and has not stopped, but the last purchase or the amount is not among the highest.",
        source=_SOURCE,
    )
    PROMISING = term(
        "promising",
        vi="Khách mới nhiều triển vọng",
        en="Promising",
        definition_vi="Mới mua gần đây, mới mua ít lần, nhưng đã mua nhiều tiền.",
        definition_en="Bought lately and seldom so far, but has spent much.",
        source=_SOURCE,
    )
    NEW = term(
        "new",
        vi="Khách mới",
        en="New buyer",
        definition_vi="Mới mua gần đây, mới mua ít lần và chưa mua nhiều tiền.",
        definition_en="Bought lately and seldom so far, and has not spent much.",
        source=_SOURCE,
    )
    DEVELOPING = term(
        "developing",
        vi="Khách đang phát triển",
        en="Developing",
        definition_vi="Chưa ngừng mua và chưa mua thường xuyên; không phải khách mới.",
        definition_en="Has not stopped and does not buy often yet; no new buyer.",
        source=_SOURCE,
    )
    MUST_KEEP = term(
        "must_keep",
        vi="Khách lớn sắp mất",
        en="Best buyer about to leave",
        definition_vi="Từng mua thường xuyên và nhiều tiền, nhưng đã lâu không mua.",
        definition_en="Bought often and spent much, but has not bought for long.",
        source=_SOURCE,
    )
    AT_RISK = term(
        "at_risk",
        vi="Khách có nguy cơ rời bỏ",
        en="At risk",
        definition_vi="Đã lâu không mua, trước đây mua không ít lần hoặc mua nhiều tiền.",
        definition_en="Has not bought for long, and used to buy more than seldom or to spend much.",
        source=_SOURCE,
    )
    LOST = term(
        "lost",
        vi="Khách đã mất",
        en="Lost",
        definition_vi="Đã lâu không mua, trước đây mua ít lần và không nhiều tiền.",
        definition_en="Has not bought for long, and bought seldom and little before.",
        source=_SOURCE,
    )


@attrs.frozen(eq=False)
class Rfm(Generic[T]):
    """Scored customers, and the tables by which they were scored.

    Args:
        table: The table of facts with `recency_score`, `frequency_score`, `monetary_score` and `rfm_segment`.
        recency: The bands of `days_since_last_purchase`; the first label is the best.
        frequency: The bands of `purchase_count`; the last label is the best.
        monetary: The bands of `spend`; the last label is the best.
        segments: The table from scores to segments.
        scores: How many scores there are.
    """

    table: T = attrs.field(repr=False)
    recency: DecisionTable[Any] = attrs.field(repr=False)
    frequency: DecisionTable[Any] = attrs.field(repr=False)
    monetary: DecisionTable[Any] = attrs.field(repr=False)
    segments: DecisionTable[RfmSegment] = attrs.field(repr=False)
    scores: int


def rfm(
    facts: T,
    n: int = 5,
    *,
    recency: DecisionTable[Any] | None = None,
    frequency: DecisionTable[Any] | None = None,
    monetary: DecisionTable[Any] | None = None,
    currency: str | None = None,
) -> Rfm[T]:
    """Score every buyer from 1 to `n` by last purchase, number of purchases and amount, and name the segment.

    The scores are bands fitted on the buyers in the table (see `fit_bands`, which looks at the data of a lazy table
    too), or those of tables that are given: `rfm(later, recency=old.recency, frequency=old.frequency,
    monetary=old.monetary)` scores a later table by the same measure, and then nothing is fitted. Tables with fewer than
    `n` labels have their scores spread evenly from 1 to `n`; a single label is the middle score.

    Args:
        facts: A table of any engine that narwhals knows, with `days_since_last_purchase`, `purchase_count` and `spend`.
        n: How many scores, from 3 to 100.
        recency: A table whose labels go from the most recent purchase to the oldest; None: fitted.
        frequency: A table whose labels go from the fewest purchases to the most; None: fitted.
        monetary: A table whose labels go from the smallest amount to the largest; None: fitted.
        currency: The currency of `spend`, for the table that is fitted; rows in another get no monetary score.

    Returns:
        The scored table in `table`, native and as lazy as `facts`, with the columns `recency_score`, `frequency_score`,
        `monetary_score` (whole numbers, n the best) and `rfm_segment` (as `classify` writes labels); and the tables.
        Who never bought has no score and no segment; a score that is not known is null, and then the segment is null
        too, unless it is the same for every such score.

    Raises:
        InvalidError: If `facts` is no table, lacks a column that is to be fitted, or nobody in it bought anything.
        PolicyError: If `n` is no whole number from 3 to 100, or a given table has more labels than there are scores, or
            answers with several at once.
        CurrencyError: If the amounts are in several currencies, and `currency` does not say which are meant.

    Warns:
        KhachhangWarning: If a fact has fewer different values among the buyers than there are scores.

    >>> import polars as pl
    >>> buyers = {
    ...     "days_since_last_purchase": [2, 40, 400, None],
    ...     "purchase_count": [9, 1, 4, 0],
    ...     "spend": [900, 20, 300, 0],
    ... }
    >>> rfm(pl.DataFrame(buyers), 3).table.select("recency_score", "rfm_segment").rows()
    [(3, 'champion'), (2, 'developing'), (1, 'at_risk'), (None, None)]
    """
    _check_scores(n)
    given = {"recency": recency, "frequency": frequency, "monetary": monetary}
    for field, each in given.items():
        _check_table(field, each, n)
    frame = as_frame(facts, SUBJECT, "facts")
    bought = fact.purchase_count >= 1
    wanted: dict[str, tuple[Fact[Any], str | None]] = {
        "recency": (fact.days_since_last_purchase, None),
        "frequency": (fact.purchase_count, None),
        "monetary": (fact.spend, currency),
    }
    tables: dict[str, DecisionTable[Any]] = {}
    for field, (of, money) in wanted.items():
        table = given[field]
        tables[field] = fit_bands(facts, of, n, currency=money, given=bought) if table is None else table
    own = frame.collect_schema().names()
    variables = list(dict.fromkeys(variable for table in tables.values() for variable in table.variables))
    _warn_of_missing(own, variables, ())
    names = spare_names(frame)
    entry = enter(frame, names, variables, SUBJECT)
    sound = native.knows_open(frame)
    answers = [answer(table, entry.columns, names, reasons=False, knows_open=sound) for table in tables.values()]
    entry.frame = add_answers(entry.frame, answers)
    scores = {
        next(names): _score(each, n, falls=field == "recency") for field, each in zip(tables, answers, strict=True)
    }
    numbers = {name: (score, score) for name, score in zip(_SCORES, scores, strict=True)}
    scored = native.readable(entry.frame.with_columns(**scores), {}, {}, numbers)
    segments = rfm_segments(n)
    segmented: T = classify(scored.select(*dict.fromkeys([*own, *_SCORES])).to_native(), [segments])
    return Rfm(table=segmented, **tables, segments=segments, scores=n)


def rfm_segments(n: int = 5) -> DecisionTable[RfmSegment]:
    """The table from scores to segments, on the facts `recency_score`, `frequency_score` and `monetary_score`.

    Low are the scores of the lower two fifths (at least the score 1), high as many from the top, middle those between:
    of five, 1 and 2 are low, 4 and 5 are high. Every combination of scores has exactly one segment.

    Args:
        n: How many scores, from 3 to 100.

    Raises:
        PolicyError: If `n` is no whole number from 3 to 100.

    >>> table = rfm_segments()
    >>> len(table.verify().gaps), len(table.verify().overlaps), len(table.verify().unreachable)
    (0, 0, 0)
    """
    _check_scores(n)
    recency, frequency, monetary = (
        fact.custom(name, int, low=1, high=n, vi=vi, en=en) for name, (vi, en) in _SCORES.items()
    )
    low = max(1, 2 * n // 5)
    high = n + 1 - low
    lately, long_ago = recency >= high, recency <= low
    often, seldom, much = frequency >= high, frequency <= low, monetary >= high
    rules = [
        when(lately & often & much).then(RfmSegment.CHAMPION),
        when(~long_ago & often & ~(lately & much)).then(RfmSegment.LOYAL),
        when(lately & seldom & much).then(RfmSegment.PROMISING),
        when(lately & seldom & ~much).then(RfmSegment.NEW),
        when(~long_ago & ~often & ~(lately & seldom)).then(RfmSegment.DEVELOPING),
        when(long_ago & often & much).then(RfmSegment.MUST_KEEP),
        when(long_ago & (~seldom | much) & ~(often & much)).then(RfmSegment.AT_RISK),
        when(long_ago & seldom & ~much).then(RfmSegment.LOST),
    ]
    return DecisionTable(
        name=RfmSegment.facet(), category=RfmSegment, rules=rules, hit=HitPolicy.UNIQUE, source=f"{_SOURCE}; 1 to {n}"
    )


def _check_scores(n: int) -> None:
    if not isinstance(n, int) or isinstance(n, bool) or not LEAST <= n <= MOST:
        problem = f"rfm: {repr_of(n)} is no number of scores"
        raise PolicyError(problem, f"give a whole number from {LEAST} to {MOST}, such as 5")


def _check_table(field: str, table: object, n: int) -> None:
    if table is None:
        return
    if not isinstance(table, Table) or table.hit is HitPolicy.COLLECT:
        problem = f"rfm: {field} is no decision table that answers with one label"
        raise PolicyError(problem, "give a table such as fit_bands or kh.classifiers.bands makes")
    labels: type[Category] = table.category
    count = len(labels)
    if count > n:
        problem = f"rfm: {field} has {count} labels, and there are {n} scores"
        raise PolicyError(problem, f"give n={count}, or a table with fewer labels")


def _score(made: Answer, n: int, *, falls: bool) -> nw.Expr:
    """The score as a number, -1 where there is none."""
    labels: type[Category] = made.table.category
    count = len(labels)
    cases: list[tuple[Any, Any]] = []
    for rank in range(count):
        place = count - 1 - rank if falls else rank
        cases.append((nw.col(made.code) == rank, _spread(place, count, n)))
    return first(cases, -1)


def _spread(place: int, count: int, n: int) -> int:
    """The scores from 1 to n, spread evenly over the places from 0; halves are rounded up."""
    if count == 1:
        return (n + 1) // 2
    steps = count - 1
    return 1 + (2 * (n - 1) * place + steps) // (2 * steps)
