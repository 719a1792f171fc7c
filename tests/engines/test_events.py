"""Facts from tables of raw events, on every engine: against `facts_of`, and sentence by sentence."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.engines import event_tables
from tests.engines.event_tables import CUSTOMERS, INTERACTIONS, PURCHASES, TIES, table

import khachhang as kh
from khachhang.facts.catalogue import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.engines.configurations import Engine

    from khachhang.entities import Business, Customer

AS_OF = date(2026, 6, 30)
SHOP = kh.Business("Sông Hồng", industry="supermarket", currency="VND")
QUICK = settings(max_examples=6, suppress_health_check=list(HealthCheck))
SLOW = settings(QUICK, max_examples=2)
OF_CUSTOMERS = (
    "party_kind", "organization_kind", "age", "gender", "occupation", "monthly_income", "investable_assets",
    "leading_style", "declared_capacity", "has_need", "has_means", "taste_matches", "is_interested",
)  # fmt: skip


def made(engine: Engine, *, as_of: date = AS_OF, **given: Any) -> list[dict[str, Any]]:
    """The rows of facts; tables are given as Arrow tables."""
    native = {name: engine.make(value) if isinstance(value, pa.Table) else value for name, value in given.items()}
    native.setdefault("purchases", None)
    return engine.rows(kh.frames.facts(as_of=as_of, **native))


def bought(*rows: dict[str, Any], names: Collection[str] = ("customer_id", "day", "amount"), **more: Any) -> Any:
    """Purchases in whole amounts, by default one on the as-of date."""
    wanted = {name: kind for name, kind in PURCHASES.items() if name in names or any(name in row for row in rows)}
    return table(
        [{"customer_id": "KH-1", "day": AS_OF, "amount": 100} | row for row in rows], wanted, whole=True, **more
    )


def met(*rows: dict[str, Any]) -> Any:
    """Interactions, by default enquiries on the as-of date."""
    wanted = {"customer_id", "day", "kind", *(name for row in rows for name in row)}
    columns = {name: kind for name, kind in INTERACTIONS.items() if name in wanted}
    return table([{"customer_id": "KH-1", "day": AS_OF, "kind": "enquiry"} | row for row in rows], columns)


def known(*rows: dict[str, Any]) -> Any:
    """Customers."""
    wanted = {"customer_id", *(name for row in rows for name in row)}
    columns = {name: kind for name, kind in CUSTOMERS.items() if name in wanted}
    return table([{"customer_id": "KH-1"} | row for row in rows], columns, whole=True)


def tied(*rows: dict[str, Any]) -> Any:
    """Ties, by default of a bank."""
    wanted = {"customer_id", "kind", *(name for row in rows for name in row)}
    columns = {name: kind for name, kind in TIES.items() if name in wanted}
    return table([{"customer_id": "KH-1", "kind": "bank"} | row for row in rows], columns)


def only(engine: Engine, *facts: str, **given: Any) -> Any:
    """The facts of the one customer that there is."""
    (row,) = made(engine, only=facts, **given)
    values = tuple(float(row[name]) if isinstance(row[name], Decimal) else row[name] for name in facts)
    return values[0] if len(values) == 1 else values


def expected(customer: Customer, tables: Collection[str], business: Business | None, leap_day: Any) -> dict[str, Any]:
    """The facts of one customer, if only these tables are given."""
    histories: Any = {
        name: (getattr(customer, name) or ()) if name in tables else None
        for name in ("purchases", "interactions", "ties")
    }
    facts = kh.facts_of(attrs.evolve(customer, **histories), AS_OF, business=business, leap_day=leap_day)
    values = {name: event_tables.plain(facts.value(name)) for name in VARIABLES}
    return values if "customers" in tables else {**values, **dict.fromkeys(OF_CUSTOMERS)}


def ids(customers: list[Customer], tables: Collection[str]) -> set[str]:
    """Who has a row."""
    if "customers" in tables:
        return {customer.id for customer in customers}
    counted = [name for name in ("purchases", "interactions") if name in tables]
    return {
        customer.id
        for customer in customers
        for name in counted
        if any(event.day <= AS_OF for event in getattr(customer, name) or ())
    }


@pytest.mark.parametrize("leap_day", ["03-01", "02-28"])
def test_generated_tables_tell_what_facts_of_tells(engine: Engine, leap_day: str) -> None:
    @(SLOW if engine.is_slow else QUICK)
    @given(
        customers=st.lists(strategies.customers(), max_size=8),
        more=st.sets(st.sampled_from(["interactions", "ties", "customers"])),
        business=st.none() | strategies.businesses(),
        whole=st.booleans(),
    )
    def holds(customers: list[Customer], more: set[str], business: Business | None, whole: bool) -> None:
        customers = [attrs.evolve(customer, id=f"KH-{place}") for place, customer in enumerate(customers)]
        tables = {"purchases", *more}
        arrow = event_tables.tables(customers, whole=whole or engine.name == "dask")
        given_ = {name: value for name, value in arrow.items() if name in tables}
        found = {row["customer_id"]: row for row in made(engine, business=business, leap_day=leap_day, **given_)}
        assert set(found) == ids(customers, tables)
        for customer in (customer for customer in customers if customer.id in found):
            for name, value in expected(customer, tables, business, leap_day).items():
                got = event_tables.plain(found[customer.id][name])
                if name == "mean_score" and value is not None:  # a mean of floats, in whatever order
                    assert math.isclose(got, value, rel_tol=1e-12)
                else:
                    assert got == value, name

    holds()


class TestRows:
    def test_without_customers_every_id_with_a_purchase_or_interaction_has_one(self, engine: Engine) -> None:
        rows = made(
            engine,
            purchases=bought({}, {"customer_id": "KH-2"}, {"customer_id": "KH-3", "day": date(2026, 7, 1)}),
            interactions=met({"customer_id": "KH-4"}, {"customer_id": "KH-5", "day": date(2027, 1, 1)}),
            ties=tied({"customer_id": "KH-6"}),
            only=["purchase_count", "dealing_count", "tie_bank"],
        )
        assert sorted(tuple(row.values()) for row in rows) == [
            ("KH-1", 1, 1, False), ("KH-2", 1, 1, False), ("KH-4", 0, 1, False),
        ]  # fmt: skip

    def test_with_customers_exactly_theirs_in_their_order(self, engine: Engine) -> None:
        customers = known({"customer_id": "Z"}, {"customer_id": "KH-1"}, {"customer_id": "A"})
        rows = made(engine, purchases=bought({}, {"customer_id": "B"}), customers=customers, only=["purchase_count"])
        found = [tuple(row.values()) for row in rows]
        assert (sorted(found) if engine.is_lazy else found[::-1]) == [("A", 0), ("KH-1", 1), ("Z", 0)]

    def test_they_are_sorted_by_id_on_eager_tables(self, engine: Engine) -> None:
        rows = made(engine, purchases=bought(*({"customer_id": name} for name in "BCA")), only=["purchase_count"])
        found = [row["customer_id"] for row in rows]
        assert (sorted(found) if engine.is_lazy else found) == ["A", "B", "C"]

    def test_ties_alone_make_none(self, engine: Engine) -> None:
        assert made(engine, ties=tied({}), only=["tie_bank"]) == []

    def test_events_without_an_id_count_for_nobody(self, engine: Engine) -> None:
        purchases = bought({}, {"customer_id": None, "amount": -5})
        assert made(engine, purchases=purchases, only=["spend"]) == [{"customer_id": "KH-1", "spend": 100}]

    def test_numbers_will_do_as_ids(self, engine: Engine) -> None:
        purchases = pa.table({"customer_id": [7.0, float("nan")], "day": [AS_OF] * 2, "amount": [1, 2]})
        customers = pa.table({"customer_id": pa.array([7], pa.int32())})
        assert made(engine, purchases=purchases, customers=customers, only=["spend"])[0]["spend"] == 1
        assert len(made(engine, purchases=purchases, only=["spend"])) == 1

    def test_tables_without_rows(self, engine: Engine) -> None:
        assert made(engine, purchases=bought(names=PURCHASES), interactions=met(), ties=tied()) == []
        (row,) = made(engine, purchases=bought(names=PURCHASES), interactions=met(), ties=tied(), customers=known({}))
        assert (row["purchase_count"], row["review_count"], row["tie_bank"], row["spend"]) == (0, 0, False, 0)


class TestColumns:
    def test_the_result_has_the_key_and_every_fact(self, engine: Engine) -> None:
        (row,) = made(engine, purchases=bought({}))
        assert list(row) == ["customer_id", *VARIABLES]
        assert row["age"] is None
        assert row["tie_bank"] is None
        assert row["review_count"] is None
        assert row["declared_capacity"] is None

    def test_or_exactly_the_key_and_only(self, engine: Engine) -> None:
        (row,) = made(engine, purchases=bought({}), only=[kh.fact.spend, "purchase_count"])
        assert row == {"customer_id": "KH-1", "spend": 100, "purchase_count": 1}

    def test_or_what_a_template_needs(self, engine: Engine) -> None:
        (row,) = made(engine, purchases=bought({}), only=kh.classifiers.benefit())
        assert set(row) == {"customer_id", *kh.classifiers.benefit().needs}

    def test_or_what_each_of_several_tables_needs(self, engine: Engine) -> None:
        tables = [kh.classifiers.benefit(), kh.classifiers.standing()]
        (row,) = made(engine, purchases=bought({}), only=[*tables, "spend"])
        assert set(row) == {"customer_id", "spend", *tables[0].needs, *tables[1].needs}

    def test_the_users_names_are_mapped_and_the_key_keeps_its_own(self, engine: Engine) -> None:
        names = {"customer_id": "KhachHang", "day": "InvoiceDate", "amount": "Total"}
        purchases = bought({}).rename_columns(list(names.values()))
        interactions = met({}).rename_columns(["KhachHang", "day", "kind"])
        (row,) = made(engine, purchases=purchases, interactions=interactions, columns=names, only=["dealing_count"])
        assert row == {"KhachHang": "KH-1", "dealing_count": 1}

    def test_the_business_gives_currency_and_industry(self, engine: Engine) -> None:
        facts = ("currency", "seller_industry")
        assert only(engine, *facts, purchases=bought({}), business=SHOP) == ("VND", "supermarket")
        assert only(engine, *facts, purchases=bought({}), business=kh.Business("Lan")) == ("VND", None)
        assert only(engine, *facts, purchases=bought({})) == (None, None)


class TestPurchases:
    def test_days_count_once(self, engine: Engine) -> None:
        purchases = bought({}, {}, {"day": date(2026, 6, 1)})
        facts = ("purchase_count", "bought_count", "days_since_first_purchase", "days_since_last_purchase")
        assert only(engine, *facts, purchases=purchases) == (2, 2, 29, 0)
        assert only(engine, "mean_purchase_gap", purchases=purchases) == 29.0

    def test_rows_that_are_alike_are_so_many_events(self, engine: Engine) -> None:
        facts = ("purchase_count", "spend", "dealing_count", "review_count")
        found = only(engine, *facts, purchases=bought({}, {}), interactions=met({"kind": "review"}, {"kind": "review"}))
        assert found == (1, 200, 1, 2)

    def test_what_comes_after_the_day_does_not_exist(self, engine: Engine) -> None:
        purchases = bought({}, {"day": date(2026, 7, 1), "amount": -1})
        assert only(engine, "purchase_count", "spend", purchases=purchases) == (1, 100)

    def test_what_was_wholly_returned_vanishes_but_for_two_facts(self, engine: Engine) -> None:
        purchases = bought({"returned": 100}, {"day": date(2026, 6, 1), "returned": 25})
        facts = ("purchase_count", "bought_count", "days_since_last_purchase", "spend", "returned_share")
        assert only(engine, *facts, purchases=purchases) == (1, 2, 29, 75, 0.625)

    def test_a_gift_is_a_purchase(self, engine: Engine) -> None:
        purchases = bought({"amount": 0, "returned": 0})
        assert only(engine, "purchase_count", "spend", "returned_share", purchases=purchases) == (1, 0, 0.0)

    def test_a_missing_returned_is_nothing_returned_and_so_is_a_null(self, engine: Engine) -> None:
        assert only(engine, "returned_share", purchases=bought({})) == 0.0
        assert only(engine, "returned_share", "spend", purchases=bought({"returned": None}, {"returned": 50})) == (
            0.25,
            150,
        )

    def test_shares_are_not_known_where_a_column_or_a_value_is_not(self, engine: Engine) -> None:
        facts = ("discounted_share", "organization_share", "resale_share")
        assert only(engine, *facts, purchases=bought({})) == (None, None, None)
        some = bought({"list_amount": 120, "purpose": "resale"}, {"list_amount": 100, "purpose": "organization"})
        assert only(engine, *facts, purchases=some) == (0.5, 1.0, 0.5)
        gaps = bought({"list_amount": 120, "purpose": "gift"}, {"list_amount": None, "purpose": None})
        assert only(engine, *facts, purchases=gaps) == (None, None, None)

    def test_without_a_purchase_shares_have_no_value(self, engine: Engine) -> None:
        facts = ("purchase_count", "spend", "returned_share", "discounted_share", "days_since_last_purchase")
        found = only(engine, *facts, purchases=bought(names=PURCHASES), customers=known({}))
        assert found == (0, 0, None, None, None)

    def test_shares_of_decimals_are_rightly_rounded(self, engine: Engine) -> None:
        if engine.name == "dask":
            pytest.skip("a NumPy-backed Dask table holds no decimals")
        amounts = {"amount": Decimal("0.30"), "returned": Decimal("0.10")}
        columns = {name: pa.decimal128(10, 2) if name in amounts else kind for name, kind in PURCHASES.items()}
        purchases = table([{"customer_id": "KH-1", "day": AS_OF} | amounts], columns)
        share, spend = only(engine, "returned_share", "spend", purchases=purchases)
        assert (share, spend) == (1 / 3, 0.2)

    def test_floats_will_do(self, engine: Engine) -> None:
        purchases = pa.table(
            {"customer_id": ["KH-1"] * 2, "day": [AS_OF] * 2, "amount": [1.5, 2.5], "returned": [0, 1]}
        )
        assert only(engine, "spend", "returned_share", purchases=purchases) == (3.0, 0.25)

    def test_amounts_need_not_be_there_where_nothing_depends_on_them(self, engine: Engine) -> None:
        purchases = pa.table({"customer_id": ["KH-1"], "day": [AS_OF]})
        assert only(engine, "purchase_count", purchases=purchases) == 1


class TestCurrencies:
    def test_rates_bring_amounts_together(self, engine: Engine) -> None:
        purchases = bought({"currency": "USD", "returned": 50}, {"currency": "VND"}, {"currency": None})
        rates = {"USD": 25_000, "EUR": "27000"}
        spend, share = only(engine, "spend", "returned_share", purchases=purchases, business=SHOP, rates=rates)
        assert spend == 50 * 25_000 + 200
        assert share == 50 * 25_000 / (100 * 25_000 + 200)

    def test_rates_that_are_no_whole_numbers(self, engine: Engine) -> None:
        purchases = bought({"currency": "USD"}, {"currency": "VND"})
        assert only(engine, "spend", purchases=purchases, business=SHOP, rates={"USD": "25400.5"}) == 2_540_150.0

    def test_one_currency_may_do_without_a_business(self, engine: Engine) -> None:
        purchases = bought({"currency": "USD"}, {"customer_id": "KH-2", "currency": "EUR"})
        rows = made(engine, purchases=purchases, only=["spend"])
        assert [row["spend"] for row in rows] == [100, 100]

    @pytest.mark.parametrize("business", [None, SHOP], ids=["alone", "shop"])
    def test_two_without_a_rate_are_refused_or_not_known(self, engine: Engine, business: Business | None) -> None:
        purchases = bought({"currency": "USD"}, {"currency": "EUR"}, {"currency": "VND", "customer_id": "KH-2"})
        given = {"purchases": purchases, "business": business, "only": ["spend", "purchase_count"]}
        if not engine.is_lazy:
            with pytest.raises(kh.CurrencyError, match="there is no rate for the currency"):
                made(engine, **given)
            return
        found = {row["customer_id"]: (row["spend"], row["purchase_count"]) for row in made(engine, **given)}
        assert found == {"KH-1": (None, 1), "KH-2": (100, 1)}


class TestDays:
    def stamps(self, *moments: datetime, zone: str | None = None) -> Any:
        day = pa.array(moments, pa.timestamp("us", tz=zone))
        return pa.table({"customer_id": ["KH-1"] * len(moments), "day": day, "amount": [1] * len(moments)})

    def test_a_naive_time_stamp_is_local_and_its_date_counts(self, engine: Engine) -> None:
        if engine.name in {"sqlframe", "pyspark"}:
            pytest.skip("Spark's time stamps have the session's zone")
        purchases = self.stamps(
            datetime(2026, 6, 30, 23, 59),
            datetime(2026, 6, 30, 1),
            datetime(2026, 7, 1),
            datetime(2026, 6, 29, 5),
        )
        assert only(engine, "purchase_count", "days_since_first_purchase", purchases=purchases) == (2, 1)
        with pytest.raises(kh.InvalidError, match=r"purchases\.day: time stamps without a zone are local"):
            made(engine, purchases=purchases, time_zone="Asia/Ho_Chi_Minh")

    def test_an_aware_one_needs_a_zone_which_draws_the_line(self, engine: Engine) -> None:
        purchases = self.stamps(
            datetime(2026, 6, 29, 16, 59, tzinfo=UTC), datetime(2026, 6, 29, 17, tzinfo=UTC),
            datetime(2026, 6, 30, 17, tzinfo=UTC), zone="UTC",
        )  # fmt: skip
        with pytest.raises(kh.InvalidError, match="time_zone="):
            made(engine, purchases=purchases)
        facts = ("purchase_count", "days_since_last_purchase")
        assert only(engine, *facts, purchases=purchases, time_zone="Asia/Ho_Chi_Minh") == (2, 0)
        assert only(engine, *facts, purchases=purchases, time_zone="UTC") == (2, 0)

    def test_dates_and_time_stamps_meet(self, engine: Engine) -> None:
        if engine.name in {"sqlframe", "pyspark"}:
            pytest.skip("Spark's time stamps have the session's zone")
        purchases = self.stamps(datetime(2026, 6, 30, 5))
        assert only(engine, "dealing_count", purchases=purchases, interactions=met({})) == 1

    def test_extreme_days(self, engine: Engine) -> None:
        purchases = bought({"day": date(1, 1, 1)}, {"day": date(1700, 2, 28)})
        facts = ("purchase_count", "days_since_first_purchase", "days_since_last_purchase")
        days = ((AS_OF - date(1, 1, 1)).days, (AS_OF - date(1700, 2, 28)).days)
        assert only(engine, *facts, purchases=purchases) == (2, *days)


class TestInteractions:
    def test_counts(self, engine: Engine) -> None:
        interactions = met(
            {"kind": "complaint", "resolved_on": AS_OF}, {"kind": "complaint", "resolved_on": date(2026, 7, 1)},
            {"kind": "care_call", "resolved_on": AS_OF}, {"kind": "campaign"}, {"kind": "newsletter"},
            {"kind": "apology"}, {"kind": "referral"}, {"kind": "share"}, {"kind": "survey", "topic": "expansion"},
        )  # fmt: skip
        facts = {
            "unresolved_complaint_count": 1, "resolved_complaint_count": 1, "answered_care_count": 1,
            "campaign_count": 2, "referral_count": 1, "share_count": 1, "survey_count": 1, "feedback_count": 0,
            "expansion_response_count": 1, "scored_survey_count": 0, "review_count": 0, "mean_score": None,
        }  # fmt: skip
        assert only(engine, *facts, interactions=interactions) == tuple(facts.values())

    def test_a_sentiment_or_topic_that_is_not_known_leaves_its_counts_not_known(self, engine: Engine) -> None:
        facts = ("negative_review_count", "positive_review_count", "review_count", "expansion_response_count")
        assert only(engine, *facts, interactions=met({"kind": "review"})) == (None, None, 1, 0)
        assert only(engine, *facts, interactions=met({"kind": "feedback"})) == (0, 0, 0, None)
        felt = met({"kind": "review", "sentiment": "negative"}, {"kind": "complaint", "sentiment": None})
        assert only(engine, *facts, interactions=felt) == (1, 0, 1, 0)

    def test_scores(self, engine: Engine) -> None:
        interactions = met(
            {"kind": "survey", "score": 4.0}, {"score": 8.0}, {"score": None}, {"score": 3.0, "day": date(2026, 1, 1)}
        )
        facts = ("mean_score", "last_score", "scored_survey_count")
        assert only(engine, *facts, interactions=interactions) == (5.0, 4.0, 1)

    def test_without_a_column_of_scores_none_was_given(self, engine: Engine) -> None:
        assert only(engine, "mean_score", "last_score", interactions=met({})) == (None, None)

    def test_dealings_need_both_tables(self, engine: Engine) -> None:
        facts = ("dealing_count", "days_since_last_dealing")
        interactions = met({"day": date(2026, 6, 28)}, {"kind": "newsletter"}, {"day": date(2026, 6, 1)})
        purchases = bought({"day": date(2026, 6, 1)}, {"returned": 100})
        assert only(engine, *facts, interactions=interactions) == (None, None)
        assert only(engine, *facts, interactions=interactions, purchases=purchases) == (2, 2)


class TestTies:
    def test_both_ends_are_included(self, engine: Engine) -> None:
        ties = tied(
            {"kind": "bank", "since": AS_OF, "until": AS_OF}, {"kind": "employee", "since": date(2026, 7, 1)},
            {"kind": "supplier", "until": date(2026, 6, 29)}, {"kind": "reseller"},
        )  # fmt: skip
        facts = ("tie_bank", "tie_employee", "tie_supplier", "tie_reseller", "tie_resident")
        assert only(engine, *facts, ties=ties, customers=known({})) == (True, False, False, True, False)

    def test_without_ends_they_stand(self, engine: Engine) -> None:
        assert only(engine, "tie_bank", "tie_employee", ties=tied({}), customers=known({})) == (True, False)


class TestCustomers:
    def test_ages_by_the_calendar(self, engine: Engine) -> None:
        customers = known({"birth_date": date(2004, 2, 29)})
        for as_of, leap_day, age in [
            (date(2026, 2, 28), "03-01", 21), (date(2026, 2, 28), "02-28", 22), (date(2026, 3, 1), "03-01", 22),
            (date(2026, 3, 1), "02-28", 22), (date(2028, 2, 28), "02-28", 23), (date(2028, 2, 29), "03-01", 24),
        ]:  # fmt: skip
            assert only(engine, "age", customers=customers, as_of=as_of, leap_day=leap_day) == age

    def test_birth_dates_as_time_stamps_are_days_whatever_the_zone(self, engine: Engine) -> None:
        if engine.name in {"sqlframe", "pyspark"}:
            pytest.skip("Spark's time stamps have the session's zone")
        born = pa.array([datetime(2004, 6, 30, 5)], pa.timestamp("us"))
        customers = pa.table({"customer_id": ["KH-1"], "birth_date": born})
        assert only(engine, "age", customers=customers, time_zone="Asia/Ho_Chi_Minh") == 22

    def test_styles(self, engine: Engine) -> None:
        styles = ["dominance", "influence", "steadiness", "conscientiousness"]
        cases: dict[tuple[float | None, ...], str | None] = {
            (1.0, 2.0, 3.0, 4.0): "conscientiousness",
            (4.0, 4.0, 3.0, 4.0): "tied",
            (5.0, 4.0, None, 4.0): None,
        }
        for scores, leading in cases.items():
            customers = known(dict(zip(styles, scores, strict=True)))
            found = only(engine, "leading_style", "party_kind", customers=customers)
            assert found == (leading, "person" if leading else None)

    def test_facts_of_persons_alone_imply_a_person(self, engine: Engine) -> None:
        facts = ("party_kind", "age")
        assert only(engine, *facts, customers=known({"birth_date": date(2004, 6, 30)})) == ("person", 22)
        assert only(engine, *facts, customers=known({"organization_kind": "shop"})) == ("organization", None)
        assert only(engine, *facts, customers=known({"party_kind": "group", "gender": None})) == ("group", None)
        assert only(engine, *facts, customers=known({})) == (None, None)

    def test_nothing_declared_is_known(self, engine: Engine) -> None:
        assert only(engine, "declared_capacity", customers=known({})) == "undeclared"
        assert only(engine, "declared_capacity", customers=known({"declared_capacity": None})) == "undeclared"
        assert only(engine, "declared_capacity", customers=known({"declared_capacity": "business"})) == "business"

    def test_needs_and_money(self, engine: Engine) -> None:
        customers = known({"has_need": True, "has_means": None, "monthly_income": 5, "occupation": "kỹ sư"})
        facts = ("has_need", "has_means", "taste_matches", "monthly_income", "occupation")
        assert only(engine, *facts, customers=customers) == (True, None, None, 5, "kỹ sư")


FAULTS: list[tuple[str, Any, tuple[str, str], dict[str, Any]]] = [
    ("purchases", bought({"amount": -1}), ("amount", "it is below 0"), {"spend": None, "purchase_count": 1}),
    ("purchases", bought({"amount": None}), ("amount", "the amount is not known"), {"spend": None, "bought_count": 1}),
    ("purchases", bought({"day": None}), ("day", "the day is not known"), {"purchase_count": None, "spend": None}),
    ("purchases", bought({"returned": 101}), ("returned", "more was returned than was paid"), {"purchase_count": None}),
    ("purchases", bought({"returned": -1}), ("returned", "it is below 0"), {"purchase_count": None}),
    ("purchases", bought({"list_amount": -1}), ("list_amount", "it is below 0"), {"discounted_share": None}),
    ("purchases", bought({"purpose": "fun"}), ("purpose", "it is none of"), {"resale_share": None, "spend": 100}),
    ("interactions", met({"kind": "chat"}), ("kind", "it is none of"), {"review_count": None, "dealing_count": None}),
    ("interactions", met({"kind": None}), ("kind", "the kind is not known"), {"review_count": None}),
    ("interactions", met({"score": 11.0}), ("score", "a score lies from 0 to 10"), {"last_score": None}),
    ("interactions", met({"topic": "x"}), ("topic", "it is none of"), {"survey_count": 0}),
    ("interactions", met({"kind": "review", "sentiment": "x"}), ("sentiment", "it is none of"),
     {"negative_review_count": None}),
    ("interactions", met({"kind": "complaint", "resolved_on": date(2026, 1, 1)}),
     ("resolved_on", "it was resolved before its day"), {"resolved_complaint_count": None, "review_count": 0}),
    ("ties", tied({"kind": "friend"}), ("kind", "it is none of"), {"tie_bank": None, "tie_employee": None}),
    ("ties", tied({"kind": None}), ("kind", "the kind is not known"), {"tie_bank": None}),
    ("ties", tied({"since": AS_OF, "until": date(2026, 1, 1)}), ("until", "it ends before it begins"),
     {"tie_bank": None, "tie_employee": False}),
    ("customers", known({"birth_date": date(2026, 7, 1)}), ("birth_date", "it is after the as-of date 2026-06-30"),
     {"age": None}),
    ("customers", known({"monthly_income": -1}), ("monthly_income", "it is below 0"), {"monthly_income": None}),
    ("customers", known({"party_kind": "firm"}), ("party_kind", "it is no code"), {"party_kind": None}),
    ("customers", known({"declared_capacity": "firm"}), ("declared_capacity", "it is no code"),
     {"declared_capacity": None}),
    ("customers", known(dict.fromkeys(["dominance", "influence", "steadiness", "conscientiousness"], 101.0)),
     ("dominance", "a score lies from 0 to 100"), {"leading_style": None}),
]  # fmt: skip


def faulty() -> dict[str, Any]:
    """All faults together, each with a customer of its own, and one customer of whom nothing is wrong."""
    ids = [f"KH-{place}" for place in range(len(FAULTS))]
    sound = ({"customer_id": "sound"},)
    some = {"purchases": [bought(*sound)], "interactions": [met(*sound)], "ties": [], "customers": [known(*sound)]}
    for name, (table_, rows, _, _) in zip(ids, FAULTS, strict=True):
        some[table_].append(rows.set_column(0, "customer_id", pa.array([name])))
        if table_ != "customers":
            some["customers"].append(known({"customer_id": name}))
    return {name: pa.concat_tables(tables, promote_options="default") for name, tables in some.items()}


class TestProblems:
    def test_an_eager_table_is_refused_and_a_lazy_one_has_nulls(self, engine: Engine) -> None:
        tables = {name: engine.make(value) for name, value in faulty().items()}
        if not engine.is_lazy:
            with pytest.raises(kh.InvalidError) as caught:
                kh.frames.facts(**tables, as_of=AS_OF)
            for table_, _, (column, problem), _ in FAULTS:
                assert f"{table_}.{column}: {problem}" in str(caught.value)
            assert "kh.frames.problems" in str(caught.value)
            return
        wanted = {name for _, _, _, facts in FAULTS for name in facts}
        rows = engine.rows(kh.frames.facts(**tables, as_of=AS_OF, only=[*wanted]))
        found = {row["customer_id"]: row for row in rows}
        for place, (_, _, (column, problem), facts) in enumerate(FAULTS):
            got = found[f"KH-{place}"]
            assert {name: got[name] for name in facts} == facts, (column, problem)
        assert found["sound"]["spend"] == 100
        assert found["sound"]["dealing_count"] == 1

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]}-{fault[2][0]}-{fault[2][1][:20]}")
    def test_each_alone_refuses_an_eager_table(self, fault: Any) -> None:
        table_, rows, (column, problem), _ = fault
        tables: dict[str, Any] = {"purchases": None, table_: rows}
        with pytest.raises(kh.InvalidError, match=rf"{table_}\.{column}: {problem}.* \(1 row\)"):
            kh.frames.facts(**tables, as_of=AS_OF)

    def test_the_rows_are_found(self, engine: Engine) -> None:
        tables = {name: engine.make(value) for name, value in faulty().items()}
        rows = engine.rows(kh.frames.problems(**tables, as_of=AS_OF))
        assert list(rows[0]) == ["customer_id", "table", "column", "problem"]
        for place, (table_, _, (column, problem), _) in enumerate(FAULTS):
            found = [row for row in rows if row["customer_id"] == f"KH-{place}" and row["column"] == column]
            assert [row["table"] for row in found if row["problem"].startswith(problem)] == [table_], column
        assert "sound" not in {row["customer_id"] for row in rows}


class TestMoreProblems:
    def test_where_nothing_is_wrong_there_are_none(self, engine: Engine) -> None:
        tables = {"purchases": bought({}), "customers": known({})}
        native = {name: engine.make(value) for name, value in tables.items()}
        assert engine.rows(kh.frames.problems(**native, as_of=AS_OF)) == []

    def test_what_facts_refuses_as_contradictory_is_listed_and_left_to_the_rules(self, engine: Engine) -> None:
        customers = engine.make(known({"party_kind": "organization", "birth_date": date(2004, 6, 30)}))
        (row,) = engine.rows(kh.frames.problems(None, customers=customers, as_of=AS_OF))
        assert (row["column"], row["problem"]) == ("birth_date", "only a person has it, and the party is none")
        assert only(
            engine,
            "age",
            "party_kind",
            customers=known({"party_kind": "organization", "birth_date": date(2004, 6, 30)}),
        ) == (22, "organization")

    def test_ids_that_are_missing_or_stand_twice(self, engine: Engine) -> None:
        customers = known({}, {}, {"customer_id": None}, {"customer_id": "KH-2"})
        rows = engine.rows(kh.frames.problems(None, customers=engine.make(customers), as_of=AS_OF))
        assert sorted((str(row["customer_id"]), row["problem"]) for row in rows) == [
            ("KH-1", "several rows bear this id"), ("KH-1", "several rows bear this id"), ("None", "there is no id"),
        ]  # fmt: skip
        if not engine.is_lazy:
            with pytest.raises(kh.InvalidError, match=r"customers\.customer_id: there is no id \(1 row\)"):
                made(engine, customers=customers)

    def test_several_currencies(self, engine: Engine) -> None:
        purchases = engine.make(
            bought({"currency": "USD"}, {"currency": "EUR"}, {"customer_id": "KH-2", "currency": "EUR"})
        )
        rows = engine.rows(kh.frames.problems(purchases, as_of=AS_OF))
        assert [(row["customer_id"], row["column"]) for row in rows] == [("KH-1", "currency")] * 2
        assert len(engine.rows(kh.frames.problems(purchases, as_of=AS_OF, business=SHOP))) == 3
