"""Facts from tables of events: arguments, types, laziness."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.engines import event_tables

import khachhang as kh
from khachhang.facts.catalogue import VARIABLES

AS_OF = date(2026, 6, 30)
PURCHASES = pl.DataFrame({"customer_id": ["KH-1"], "day": [AS_OF], "amount": [100]})
CUSTOMERS = pl.DataFrame({"customer_id": ["KH-1"], "birth_date": [date(2000, 1, 1)]})


def facts(purchases: Any = PURCHASES, **more: Any) -> Any:
    asked: dict[str, Any] = {"as_of": AS_OF, **more}
    return kh.frames.facts(purchases, **asked)


class TestArguments:
    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"as_of": datetime(2026, 6, 30)}, "is a moment, not a day"),
            ({"leap_day": "1 March"}, "leap_day: '1 March' is no option"),
            ({"business": "shop"}, "business: 'shop' is no Business"),
            ({"rates": {"USD": 1.5}}, "is no exact rate"),
            ({"time_zone": "Hanoi"}, "time_zone: 'Hanoi' is no time zone"),
            ({"time_zone": "../etc"}, "is no time zone"),
            ({"columns": {"dya": "x"}}, "'dya' is no column of ours"),
            ({"columns": {"zzzzzz": "x"}}, "our names stand on the left: they are amount, birth_date"),
            ({"columns": {"day": "Day"}}, "no table has a column 'Day'"),
            ({"only": "spend"}, "only: 'spend' is no list of facts"),
            ({"only": 10**5000}, "only: an int is no list of facts"),
            ({"time_zone": "Asia"}, "time_zone: 'Asia' is no time zone"),
            ({"time_zone": "x" * 9_999}, "is no time zone"),
            ({"time_zone": 7}, "time_zone: 7 is no time zone"),
            ({"columns": ["day"]}, "columns: ['day'] is no mapping of names"),
            ({"columns": {3: "Day"}}, "3 is no column of ours"),
            ({"columns": {"day": 3}}, "no table has a column 3"),
            (
                {"purchases": PURCHASES.with_columns(customer_id=pl.concat_list("day"))},
                "the column holds List(Date), and ids",
            ),
            ({"purchases": 3}, "purchases: a value of type int is no dataframe"),
            ({"purchases": None}, "no table was given"),
            ({"customers": pd.DataFrame({"customer_id": ["KH-1"]})}, "they are of several engines"),
            ({"customers": pl.DataFrame({"customer_id": [1]})}, "the ids are of several types"),
            ({"purchases": PURCHASES.drop("customer_id")}, "purchases.customer_id: there is no such column"),
            ({"purchases": PURCHASES.drop("day", "amount")}, "purchases.day: there is no such column"),
            ({"interactions": pl.DataFrame({"customer_id": ["KH-1"]})}, "interactions.day: there is no such column"),
            ({"ties": pl.DataFrame({"customer_id": ["KH-1"]})}, "ties.kind: there is no such column"),
            ({"purchases": PURCHASES.with_columns(day=pl.lit("30/06/2026"))}, "the column holds String, and days"),
            ({"purchases": PURCHASES.with_columns(amount=pl.lit("x"))}, "purchases.amount: the column holds text"),
        ],
        ids=lambda value: None if isinstance(value, dict) else value[:30],
    )
    def test_what_can_not_be_meant_is_an_error(self, more: dict[str, Any], words: str) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            facts(**more)
        assert words in str(caught.value)

    def test_a_fact_that_there_is_not(self) -> None:
        with pytest.raises(kh.UnknownFactError, match="spent"):
            facts(only=["spent"])

    def test_the_users_own_name_stands_in_errors(self) -> None:
        named = PURCHASES.rename({"amount": "Total"}).with_columns(Total=pl.lit("x"))
        with pytest.raises(kh.InvalidError, match=r"purchases\.Total: the column holds text"):
            facts(named, columns={"amount": "Total"})
        with pytest.raises(kh.InvalidError, match=r"purchases\.Total: it is below 0"):
            facts(PURCHASES.select("customer_id", "day", Total=-pl.col("amount")), columns={"amount": "Total"})

    def test_the_own_currency_has_no_rate(self) -> None:
        with pytest.raises(kh.CurrencyError, match="VND is the business's own currency"):
            facts(business=kh.Business("Lan"), rates={"VND": 2})

    def test_lazy_and_eager_polars_tables_together_are_lazy(self) -> None:
        found = facts(PURCHASES.lazy(), customers=CUSTOMERS, only=["age", "spend"])
        assert isinstance(found, pl.LazyFrame)
        assert found.collect().rows() == [("KH-1", 26, 100)]

    def test_infinite_amounts(self) -> None:
        with pytest.raises(kh.InvalidError, match="it is not a finite number"):
            facts(PURCHASES.with_columns(amount=float("inf")))

    def test_faults_of_several_tables_come_together(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            facts(PURCHASES.with_columns(amount=-1), customers=CUSTOMERS.with_columns(birth_date=date(2027, 1, 1)))
        assert [fault.field for fault in caught.value.faults] == ["customers.birth_date", "purchases.amount"]

    def test_a_table_of_which_nothing_is_wanted_is_not_looked_at(self) -> None:
        ties = pl.DataFrame({"customer_id": ["KH-1"], "kind": ["friend"]})
        met = pl.DataFrame({"customer_id": ["KH-2"], "day": [AS_OF], "kind": ["chat"]})
        found = facts(ties=ties, interactions=met, customers=CUSTOMERS, only=["spend"])
        assert found.rows() == [("KH-1", 100)]
        assert facts(ties=ties, interactions=met, only=["spend"]).rows() == [("KH-1", 100), ("KH-2", 0)]
        assert kh.frames.problems(PURCHASES, ties=ties, as_of=AS_OF, only=["spend"]).rows() == []

    def test_what_was_returned_counts_under_the_users_own_name(self) -> None:
        returned = PURCHASES.with_columns(Back=pl.col("amount"))
        assert facts(returned, columns={"returned": "Back"}, only=["purchase_count"]).rows() == [("KH-1", 0)]

    def test_problems_bear_the_users_own_names(self) -> None:
        named = PURCHASES.select(Ai="customer_id", day="day", Total=-pl.col("amount"))
        found = kh.frames.problems(named, as_of=AS_OF, columns={"customer_id": "Ai", "amount": "Total"})
        assert found.to_dicts() == [{"Ai": "KH-1", "table": "purchases", "column": "Total", "problem": "it is below 0"}]

    @pytest.mark.parametrize("codes", [["USD", "EUR", "USD"], ["USD", "EUR", "JPY"]], ids="-".join)
    def test_without_a_business_one_currency_may_do_without_a_rate(self, codes: list[str]) -> None:
        bought = [kh.Purchase(AS_OF, 100, currency=code) for code in codes]
        customer = kh.Customer("KH-1", kh.Person("Lan"), purchases=bought)
        table = pl.concat([PURCHASES] * 3).with_columns(currency=pl.Series(codes))
        if "JPY" not in codes:
            spend = kh.facts_of(customer, AS_OF, rates={"USD": 2}).spend
            assert facts(table, rates={"USD": 2}, only=["spend"])["spend"].to_list() == [spend]
            return
        with pytest.raises(kh.CurrencyError):
            kh.facts_of(customer, AS_OF, rates={"USD": 2})
        with pytest.raises(kh.CurrencyError):
            facts(table, rates={"USD": 2}, only=["spend"])

    def test_without_a_business_its_currency_is_one_more(self) -> None:
        table = pl.concat([PURCHASES] * 2).with_columns(currency=pl.Series(["USD", None]))
        with pytest.raises(kh.CurrencyError):
            facts(table, only=["spend"])

    def test_only_what_is_wanted_is_looked_at(self) -> None:
        wrong = PURCHASES.with_columns(list_amount=-1)
        assert facts(wrong, only=["spend"])["spend"].to_list() == [100]


class TestTypes:
    def test_integer_ids_of_two_widths(self) -> None:
        purchases = PURCHASES.with_columns(customer_id=pl.lit(1, pl.Int32))
        found = facts(purchases, customers=pl.DataFrame({"customer_id": [1, 2]}), only=["spend"])
        assert found.rows() == [(1, 100), (2, 0)]
        assert found.schema["customer_id"] == pl.Int64

    def test_coded_ids(self) -> None:
        found = facts(PURCHASES.cast({"customer_id": pl.Categorical}), customers=CUSTOMERS, only=["spend"])
        assert found.rows() == [("KH-1", 100)]

    def test_pandas_has_columns_with_nulls(self) -> None:
        found = facts(PURCHASES.to_pandas(), only=["purchase_count", "age", "tie_bank", "mean_purchase_gap"])
        assert [str(kind) for kind in found.dtypes[1:]] == ["Int64", "Int64", "boolean", "float64"]

    def test_pandas_dates_of_python_and_decimals_of_python(self) -> None:
        purchases = pd.DataFrame({
            "customer_id": ["KH-1", "KH-1"], "day": [date(1, 1, 1), AS_OF],
            "amount": [Decimal("0.10"), Decimal("0.20")], "returned": [None, Decimal("0.20")],
        })  # fmt: skip
        row = facts(purchases, only=["spend", "purchase_count", "days_since_first_purchase", "returned_share"]).iloc[0]
        assert row.to_list() == ["KH-1", Decimal("0.10"), 1, (AS_OF - date(1, 1, 1)).days, 2 / 3]

    @pytest.mark.parametrize("moment", [AS_OF, datetime(2026, 6, 30, 5)], ids=str)
    def test_pandas_days_among_objects(self, moment: Any) -> None:
        days = pd.Series([moment, moment], dtype=object)
        table = pd.DataFrame({"customer_id": ["KH-1", "KH-2"], "day": days, "amount": [1, 2], "kind": "bank"})
        table["until"] = pd.Series([moment, None], dtype=object)
        found = facts(table, ties=table, only=["days_since_last_purchase", "tie_bank"])
        assert found.to_numpy().tolist() == [["KH-1", 0, True], ["KH-2", 0, True]]
        table["until"] = pd.Series([None, None], dtype=object)
        assert facts(table, ties=table, only=["tie_bank"])["tie_bank"].to_list() == [True, True]

    def test_pandas_amounts_of_two_kinds_become_floats(self) -> None:
        purchases = pd.DataFrame({"customer_id": ["KH-1"], "day": [AS_OF], "amount": [Decimal("1.5")], "returned": [1]})
        assert facts(purchases, only=["spend"])["spend"].to_list() == [0.5]

    def test_pandas_decimals_at_rates_stay_exact(self) -> None:
        purchases = pd.DataFrame(
            {"customer_id": ["KH-1"], "day": [AS_OF], "amount": [Decimal("1.5")], "currency": ["USD"]}
        )
        found = facts(purchases, only=["spend"], business=kh.Business("Lan"), rates={"USD": "25400.5"})
        assert found["spend"].to_list() == [Decimal("38100.75")]

    def test_texts_in_an_object_column_are_no_days(self) -> None:
        purchases = pd.DataFrame({"customer_id": ["KH-1"], "day": pd.Series([3], dtype=object), "amount": [1]})
        with pytest.raises(kh.InvalidError, match=r"purchases\.day: the column holds Object, and days are wanted"):
            facts(purchases)

    def test_wide_decimals(self) -> None:
        columns = {"amount": pl.Decimal(38, 2), "returned": pl.Decimal(38, 2)}
        purchases = PURCHASES.with_columns(returned=pl.lit(50)).cast(columns)  # type: ignore[arg-type]  # columns by name
        assert facts(purchases, only=["spend", "returned_share"]).rows() == [("KH-1", Decimal(50), 0.5)]
        assert facts(purchases.to_arrow(), only=["spend"])["spend"].to_pylist() == [Decimal(50)]

    def test_columns_of_nothing(self) -> None:
        purchases = PURCHASES.with_columns(returned=None, list_amount=None, purpose=None, currency=None)
        found = facts(purchases, only=["spend", "discounted_share", "resale_share", "purchase_count"])
        assert found.rows() == [("KH-1", 100, None, None, 1)]
        interactions = pl.DataFrame(
            {"customer_id": ["KH-1"], "day": [AS_OF], "kind": ["complaint"], "resolved_on": [None]}
        )
        found = facts(interactions=interactions, only=["unresolved_complaint_count", "last_score"])
        assert found.rows() == [("KH-1", 1, None)]

    def test_a_day_that_is_never_known(self) -> None:
        with pytest.raises(kh.InvalidError, match="the day is not known"):
            facts(PURCHASES.with_columns(day=None))


class TestLaziness:
    def test_nothing_is_computed_in_polars(self) -> None:
        def compute(_: pl.DataFrame) -> pl.DataFrame:
            raise AssertionError

        bomb = PURCHASES.lazy().map_batches(compute, schema=PURCHASES.schema)
        for lazy in (facts(bomb), kh.frames.problems(bomb, as_of=AS_OF)):
            assert isinstance(lazy, pl.LazyFrame)
            with pytest.raises(AssertionError):
                lazy.collect()

    def test_nothing_is_computed_in_duckdb(self) -> None:
        bomb = duckdb.sql(
            "select 'a' as customer_id, date '2026-01-01' as day, cast(error('computed') as bigint) as amount"
        )
        for lazy in (facts(bomb), kh.frames.problems(bomb, as_of=AS_OF)):
            with pytest.raises(duckdb.Error, match="computed"):
                lazy.fetchall()

    def test_the_same_type_comes_out(self) -> None:
        for native in (PURCHASES, PURCHASES.to_pandas(), PURCHASES.to_arrow()):
            assert type(facts(native)) is type(native)
            assert type(kh.frames.problems(native, as_of=AS_OF)) is type(native)
        assert isinstance(facts(PURCHASES.to_arrow()), pa.Table)


def rich() -> dict[str, Any]:
    """Customers with histories from which every fact follows, and one without."""
    day = date(2026, 6, 1)
    purchases = [
        kh.Purchase(day, 100, list_amount=120, returned=10, purpose="resale"),
        kh.Purchase(date(2026, 5, 1), 50, list_amount=50, purpose="self"),
        kh.Purchase(date(2026, 6, 20), 70, list_amount=70, returned=70, purpose="gift"),
    ]
    kinds = ("survey", "feedback", "review", "complaint", "referral", "share", "care_call", "campaign", "enquiry")
    interactions = [
        kh.Interaction(day, kind, topic="expansion", score=place, sentiment="negative", resolved_on=AS_OF)
        for place, kind in enumerate(kinds)
    ]
    styles = kh.StyleScores(dominance=1, influence=2, steadiness=3, conscientiousness=4)
    lan = kh.Person("Lan", date(1990, 1, 1), "female", "kỹ sư", 10, 20, styles)
    need = kh.Need(has_need=True, has_means=False, taste_matches=True, is_interested=False)
    ties = [kh.Tie("bank", since=day), kh.Tie("employee", until=day)]
    firm = kh.Organization("Sông Hồng", kind="shop")
    return event_tables.tables([
        kh.Customer("KH-1", lan, purchases, interactions, ties, need, "individual"),
        kh.Customer("KH-2", firm, purchases=purchases[:1]),
    ])  # fmt: skip


def test_every_fact_alone_is_what_it_is_among_all() -> None:
    tables = {name: pl.DataFrame(table) for name, table in rich().items()}
    shop = kh.Business("Lan", industry="bank")
    whole = facts(**tables, business=shop)
    types: dict[type, Any] = {int: pl.Int64, float: pl.Float64, bool: pl.Boolean, Decimal: pl.Decimal}
    for name, variable in VARIABLES.items():
        alone = facts(**tables, business=shop, only=[name])
        assert alone[name].to_list() == whole[name].to_list(), name
        assert whole.schema[name] == alone.schema[name] == types.get(variable.type, pl.String), name


def test_facts_that_nobody_tells_are_of_their_types_all_the_same() -> None:
    types: dict[type, Any] = {int: pl.Int64, float: pl.Float64, bool: pl.Boolean, Decimal: pl.Float64}
    told = facts()
    found = told.select(name for name in VARIABLES if told[name][0] is None)
    assert found.width > 20
    assert {name: types.get(VARIABLES[name].type, pl.String) for name in found.columns} == dict(found.schema)


def test_where_all_was_returned_shares_are_null_and_no_nan() -> None:
    returned = PURCHASES.with_columns(returned=100, list_amount=100, purpose=pl.lit("self"))
    shares = ["discounted_share", "organization_share", "resale_share", "mean_purchase_gap", "returned_share"]
    assert facts(returned, only=shares).rows() == [("KH-1", None, None, None, None, 1.0)]
    gift = PURCHASES.with_columns(amount=0, returned=0)
    assert facts(gift, only=shares).rows() == [("KH-1", None, None, None, None, 0.0)]


@pytest.mark.parametrize("table", ["purchases", "interactions"])
def test_a_fact_of_one_table_is_the_same_without_the_others(table: str) -> None:
    tables = {name: pl.DataFrame(rows) for name, rows in rich().items()}
    whole = facts(**tables).filter(pl.col("customer_id") == "KH-1")
    alone = facts(**{"purchases": None, table: tables[table]}).filter(pl.col("customer_id") == "KH-1")
    told = [name for name in VARIABLES if alone[name][0] is not None]
    assert len(told) > 8
    assert alone.select(told).rows() == whole.select(told).rows()


def test_ids_that_are_objects_of_python_are_ids() -> None:
    ids = [UUID(int=1), UUID(int=2), UUID(int=2), None]
    day = date(2026, 1, 1)
    bought = pd.DataFrame({"customer_id": pd.Series(ids, dtype=object), "day": [day] * 4, "amount": [1, 2, 3, 4]})
    found = kh.frames.facts(purchases=bought, as_of=day, only=["purchase_count"])
    assert found["customer_id"].tolist() == ids[:2]
    with pytest.raises(kh.InvalidError, match="the column holds Object, and ids are wanted"):
        kh.frames.facts(purchases=bought.assign(customer_id=pd.Series([[1], [2], [3], [4]])), as_of=day)
