"""Every refusal and warning of the frames, word by word, in one readable file; see `test_tables.py` for how it is written."""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pandas as pd
import polars as pl
import pytest
from tests.golden.approved import check_text

import khachhang as kh
from khachhang.advice import Persona, Wish
from khachhang.frames import rfm_segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Case = tuple[str, Callable[[], object]]

FILE = Path(__file__).parent / "frames_errors.txt"

DAY = date(2026, 6, 30)
SHOP = kh.Business("Sông Hồng", currency="VND")
LABEL = kh.Gender.FEMALE
STYLES = ("dominance", "influence", "steadiness", "conscientiousness")


class Level(kh.Category):
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@attrs.frozen
class Model:
    """A classifier that is no table."""

    name: str = "model"
    category: type[Level] = Level

    def classify(self, facts: Any) -> kh.Classification[Level]:
        raise AssertionError(facts)


def table(**columns: Any) -> pl.DataFrame:
    return pl.DataFrame(columns)


def purchases(**columns: Any) -> pl.DataFrame:
    return table(customer_id=["KH-1"]).with_columns(**{"day": pl.lit(DAY), "amount": pl.lit(100)} | columns)


def interactions(**columns: Any) -> pl.DataFrame:
    return table(customer_id=["KH-1"]).with_columns(**{"day": pl.lit(DAY), "kind": pl.lit("enquiry")} | columns)


def ties(**columns: Any) -> pl.DataFrame:
    return table(customer_id=["KH-1"]).with_columns(**{"kind": pl.lit("bank")} | columns)


def customers(**columns: Any) -> pl.DataFrame:
    return table(customer_id=["KH-1"]).with_columns(**columns)


def rules(*conditions: Any, **more: Any) -> kh.DecisionTable[Any]:
    made = [kh.when(condition).then(label) for condition, label in zip(conditions, Level, strict=False)]
    return kh.DecisionTable(name="level", category=Level, rules=made, hit=kh.HitPolicy.FIRST, **more)


def held(condition: Any, **column: Any) -> Callable[[], object]:
    """A table classified by one condition."""
    return lambda: kh.frames.classify(table(**column), [rules(condition)])


def objects(condition: Any, **column: Any) -> Callable[[], object]:
    """The same with Python's objects in a column of pandas."""
    frame = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in column.items()})
    return lambda: kh.frames.classify(frame, [rules(condition)])


def facts(given: Any = None, **more: Any) -> Callable[[], object]:
    """Facts of one sound purchase, unless something else is given."""
    asked: dict[str, Any] = {"purchases": purchases() if given is None else given, "as_of": DAY} | more
    return lambda: kh.frames.facts(**asked)


def overlapping(hit: kh.HitPolicy) -> Callable[[], object]:
    """Rules that are true together, in a table too large to be proved."""

    def classified() -> object:
        nps = kh.fact.custom("nps", int)
        made = [kh.when(nps >= 3).then(Level.HIGH), kh.when(nps < 5).then(Level.LOW)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kh.DecisionTable, "is_proved", False)
            of = kh.DecisionTable(name="level", category=Level, rules=made, hit=hit)
            return kh.frames.classify(table(nps=[1, 4]), [of])

    return classified


def of_columns() -> Iterator[Case]:
    """Columns of facts that hold what the fact can not be."""
    age, need, gender, spend = kh.fact.age > 3, kh.fact.has_need, kh.fact.gender == LABEL, kh.fact.spend > 3
    yield "texts as ages", held(age, age=["31"])
    yield "truth values as ages", held(age, age=[True])
    yield "dates as ages", held(age, age=[DAY])
    yield "time stamps as ages", held(age, age=[datetime(2026, 6, 30)])
    yield "lists as ages", held(age, age=[[1]])
    yield "durations as amounts", held(spend, spend=[timedelta(days=1)])
    yield "numbers as truth values", held(need, has_need=[0, 1])
    yield "texts as truth values", held(need, has_need=["yes"])
    yield "numbers as codes", held(gender, gender=[1])
    yield "truth values as texts", held(kh.fact.occupation == "kỹ sư", occupation=[True])
    yield "a code that there is not", held(gender, gender=["female", None, "F", "M"])
    yield (
        "two such columns",
        held(gender & (kh.fact.party_kind == kh.PartyKind.PERSON), gender=["F"], party_kind=["firm"]),
    )
    yield "two columns of wrong types", held(age & need, age=["31"], has_need=[1])
    yield "among objects, a text that is no truth value", objects(need, has_need=[True, "yes"])
    yield "among objects, a number that is no truth value", objects(need, has_need=[True, 1])
    yield "among objects, a text that is no amount", objects(spend, spend=[Decimal(1), "2"])
    yield "among objects, a private amount", objects(kh.fact.monthly_income > 3, monthly_income=[Decimal(1), "2"])
    yield "among objects, a truth value that is no count", objects(kh.fact.purchase_count > 3, purchase_count=[1, True])
    yield "among objects, a number that is no code", objects(gender, gender=[1, "female"])
    yield "two columns of wrong objects", objects(gender & need, gender=[1, "female"], has_need=[2, True])


def of_classify() -> Iterator[Case]:
    """What else `classify` refuses."""
    young, nps = kh.fact.age < 30, kh.fact.custom("nps", int)
    yield "a dict for a table", lambda: kh.frames.classify({"age": [1]}, [rules(young)])
    yield "a classifier that is no table", lambda: kh.frames.classify(table(age=[1]), [Model()])
    two = [rules(nps > 1), attrs.evolve(rules(kh.fact.custom("nps", float) > 1), name="other")]
    yield "one name for two facts", lambda: kh.frames.classify(table(nps=[1]), two)
    yield "an assumption about no fact", lambda: kh.frames.classify(table(age=[1]), [rules(young)], {"agee": 3})
    yield "columns that are not there", held(young & kh.fact.has_need & (kh.fact.gender == LABEL), other=[1])
    yield "UNIQUE rules that are true together", overlapping(kh.HitPolicy.UNIQUE)
    yield "ANY rules that are true together", overlapping(kh.HitPolicy.ANY)


def of_match() -> Iterator[Case]:
    """What `match` refuses."""
    young, age = Persona("Trẻ", [kh.fact.age < 30]), table(age=[1])
    wishes = [Wish(kh.fact.age > 3, weight=10**17), Wish(kh.fact.age > 4, weight="0.000001")]
    wrong: Any = [young, "Trẻ", young, Persona("Xa", wishes)]
    yield "a list for a table", lambda: kh.frames.match([1], [young])
    yield "one persona for a list", lambda: kh.frames.match(age, young)  # type: ignore[arg-type]  # what is refused
    yield "wrong personas", lambda: kh.frames.match(age, wrong)
    yield "texts as ages of a persona", lambda: kh.frames.match(table(age=["31"]), [young])
    yield "a wish that no column tells of", lambda: kh.frames.match(table(other=[1]), [young])


def of_arguments() -> Iterator[Case]:
    """Arguments of `facts` that can not be meant."""
    yield "a moment for a day", facts(as_of=datetime(2026, 6, 30))
    yield "no such leap day", facts(leap_day="1 March")
    yield "a text for a business", facts(business="shop")
    yield "a float for a rate", facts(rates={"USD": 1.5})
    yield "a rate of the own currency", facts(business=SHOP, rates={"VND": 2})
    yield "no such zone", facts(time_zone="Hanoi")
    yield "a column of ours misspelt", facts(columns={"dya": "x"})
    yield "no column of ours", facts(columns={"zzzzzz": "x"})
    yield "a column that no table has", facts(columns={"day": "Day", "offering": "Product"})
    yield "one text for a list of facts", facts(only="spend")
    yield "no such fact", facts(only=["spent"])
    yield "no table", lambda: kh.frames.facts(None, as_of=DAY)
    yield "a number for a table", facts(3)
    yield "tables of two engines", facts(customers=pd.DataFrame({"customer_id": ["KH-1"]}))
    yield "ids of two types", facts(customers=table(customer_id=[1]))
    yield "no id", facts(purchases().drop("customer_id"))
    yield "purchases of nothing", facts(table(customer_id=["KH-1"]))
    yield "interactions of no kind", facts(interactions=interactions().drop("kind"))
    yield "ties of no kind", facts(ties=ties().drop("kind"))
    yield "texts as days", facts(purchases(day=pl.lit("30/06/2026")))
    odd = pd.DataFrame({"customer_id": ["KH-1"], "day": pd.Series([3], dtype=object), "amount": [1]})
    yield "numbers among objects as days", facts(odd)
    moment = pl.lit(datetime(2026, 6, 30))
    yield "moments in a zone, and none to draw the line", facts(purchases(day=moment.dt.replace_time_zone("UTC")))
    yield "moments in no zone, and one to draw the line", facts(purchases(day=moment), time_zone="Asia/Ho_Chi_Minh")
    yield "texts as amounts", facts(purchases(amount=pl.lit("x"), returned=pl.lit("y")))
    named = purchases().rename({"amount": "Total", "day": "Ngày"})
    yield "the user's own names", facts(named.with_columns(Total=-1), columns={"amount": "Total", "day": "Ngày"})
    yield (
        "a wrong type under the user's own name",
        facts(named.with_columns(Total=pl.lit("x")), columns={"amount": "Total", "day": "Ngày"}),
    )
    yield "the subject of problems", lambda: kh.frames.problems(purchases(), as_of=DAY, time_zone="Hanoi")


def of_rows() -> Iterator[Case]:
    """Rows that can not be meant."""
    late, early = pl.lit(date(2026, 7, 1)), pl.lit(date(2026, 1, 1))
    yield "a day that is not known", facts(purchases(day=pl.lit(None, pl.Date)))
    yield "an amount that is not known", facts(purchases(amount=pl.lit(None, pl.Int64)))
    yield "amounts below 0", facts(purchases(amount=-1, returned=-2, list_amount=-3))
    yield (
        "amounts that are not finite",
        facts(purchases(amount=float("inf"), returned=float("inf"), list_amount=float("inf"))),
    )
    yield "more returned than paid", facts(purchases(returned=101))
    yield "no such purpose", facts(purchases(purpose=pl.lit("fun")))
    yield "two currencies", facts(pl.concat([purchases(currency=pl.lit(code)) for code in ("USD", "EUR", "USD")]))
    yield (
        "two currencies and something else",
        facts(pl.concat([purchases(currency=pl.lit(code), amount=-1) for code in ("USD", "EUR")])),
    )
    yield "a currency without a rate", facts(purchases(currency=pl.lit("USD")), business=SHOP)
    yield "a day of an interaction that is not known", facts(interactions=interactions(day=pl.lit(None, pl.Date)))
    yield "no such kind of interaction", facts(interactions=interactions(kind=pl.lit("chat")))
    yield "a kind of interaction that is not known", facts(interactions=interactions(kind=pl.lit(None, pl.String)))
    yield "no such topic or sentiment", facts(interactions=interactions(topic=pl.lit("x"), sentiment=pl.lit("x")))
    yield "a score above 10", facts(interactions=interactions(score=10.5))
    yield "a score below 0", facts(interactions=interactions(score=-0.5))
    yield "resolved before its day", facts(interactions=interactions(resolved_on=early))
    yield "no such tie", facts(ties=ties(kind=pl.lit("friend")))
    yield "a tie that is not known", facts(ties=ties(kind=pl.lit(None, pl.String)))
    yield "a tie that ends before it begins", facts(ties=ties(since=pl.lit(DAY), until=early))
    yield "born after the day", facts(customers=customers(birth_date=late))
    coded = ("party_kind", "organization_kind", "gender", "declared_capacity")
    yield "no such codes", facts(customers=customers(**dict.fromkeys(coded, pl.lit("x"))))
    yield "incomes and assets below 0", facts(customers=customers(monthly_income=-1, investable_assets=-1))
    yield "scores of styles above 100", facts(customers=customers(**dict.fromkeys(STYLES, 100.5)))
    yield "scores of styles below 0", facts(customers=customers(**dict.fromkeys(STYLES, -0.5)))
    yield (
        "no id of a customer, and one that stands twice",
        facts(customers=table(customer_id=["KH-1", "KH-1", "KH-1", None])),
    )
    yield "several tables", facts(purchases(amount=-1), customers=customers(birth_date=late))


def of_populations() -> Iterator[Case]:
    """What summaries, transitions, fitted bands and scores refuse."""
    waves = table(customer_id=[1, 2], wave=["a", "b"])
    counts = table(purchase_count=[1, 2])
    buyers = table(days_since_last_purchase=[1, 2], purchase_count=[1, 2], spend=[1, 2])
    fit, transitions, summarize, rfm = kh.frames.fit_bands, kh.frames.transitions, kh.frames.summarize, kh.frames.rfm
    anything: Any = 3
    yield "a number for a classified table", lambda: summarize(3, by=["wave"])
    yield "nothing to count by", lambda: summarize(waves, by=[])
    yield "no such column to count by", lambda: summarize(waves, by=["size", Level])
    yield "a column of the summary's own", lambda: summarize(waves.with_columns(share=1), by=["share", "wave"])
    yield "texts for amounts", lambda: summarize(waves.with_columns(spend=pl.lit("much")), by="wave")
    yield "numbers for tables before and after", lambda: transitions(3, 3, "wave")
    yield "a number for the table after", lambda: transitions(waves, anything, "wave")
    yield "engines before and after", lambda: transitions(waves, waves.to_pandas(), "wave")
    yield "eager before and lazy after", lambda: transitions(waves, waves.lazy(), "wave")
    yield "no such column before", lambda: transitions(waves, waves, "size")
    yield "no such column after", lambda: transitions(waves, waves.drop("customer_id"), "wave")
    yield (
        "ids of two types before and after",
        lambda: transitions(waves, waves.cast({"customer_id": pl.String}), "wave"),
    )
    yield "customers with several rows", lambda: transitions(waves, pl.concat([waves, waves.head(1)]), "wave")
    yield "bands of a text", lambda: fit(counts, "gender", 2)
    yield "bands of no fact", lambda: fit(counts, anything, 2)
    yield "no bands", lambda: fit(counts, "purchase_count", 0)
    yield "true bands", lambda: fit(counts, "purchase_count", True)
    yield "bands of a number for a table", lambda: fit(3, "purchase_count", 2)
    yield "bands of a column that is not there", lambda: fit(counts, "age", 2)
    yield "bands of nothing known", lambda: fit(table(age=[None, None]), "age", 2)
    yield "more labels than values", lambda: fit(counts, "purchase_count", Level)
    yield "more bands than values", lambda: fit(counts, "purchase_count", 4)
    money = table(spend=[1, 2, 3], currency=["VND", "USD", "EUR"])
    yield "bands of several currencies", lambda: fit(money, "spend", 2)
    yield "scores of a number for a table", lambda: rfm(3)
    yield "two scores", lambda: rfm(buyers, 2)
    yield "101 scores in segments", lambda: rfm_segments(101)
    yield "scores by no table", lambda: rfm(buyers, recency=anything)
    yield "scores by several labels at once", lambda: rfm(buyers, monetary=kh.classifiers.relationship_type())
    many = kh.classifiers.bands(kh.fact.purchase_count, [1, 2, 3])
    yield "scores by a table of more labels", lambda: rfm(buyers, 3, frequency=many)
    wrong, days = (
        buyers.with_columns(spend=pl.lit("much")),
        kh.classifiers.bands(kh.fact.days_since_last_purchase, [30]),
    )
    amounts = kh.classifiers.bands(kh.fact.spend, [5])
    yield "scores of texts", lambda: rfm(wrong, recency=days, frequency=many, monetary=amounts)
    yield "scores of a column that is not there", lambda: rfm(buyers.drop("spend"))
    yield "few different values to score", lambda: rfm(buyers)


def told(case: Callable[[], object]) -> Iterator[str]:
    """The error and the warnings of a call."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            case()
        except Exception as error:  # noqa: BLE001  # whatever it is, the file shows it
            yield f"{type(error).__name__}: {error}"
    yield from (f"{warning.category.__name__}: {warning.message}" for warning in caught)


def lines() -> Iterator[str]:
    for cases in (of_columns, of_classify, of_match, of_arguments, of_rows, of_populations):
        yield f"# {cases.__doc__}"
        for title, case in cases():
            yield from ("", f"## {title}", *told(case))
        yield ""


def test_every_refusal_is_as_it_was_read_and_approved() -> None:
    text = "\n".join(lines())
    check_text(FILE, text)
