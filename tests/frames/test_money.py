"""Amounts in columns of every form, at rates: the sums and shares that `facts_of` gives, to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import polars as pl
import pytest

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(2026, 6, 30)
SHOP = kh.Business("Sông Hồng", currency="VND")
WHOLE, CENTS, TENTHS = pl.Int64, pl.Decimal(10, 2), pl.Decimal(10, 1)
WIDE = pl.Decimal(38, 2)
CODES = ("USD", "VND", None)
RATES: dict[str, dict[str, Any]] = {
    "no rates": {},
    "whole rates": {"USD": 25_000, "EUR": "27000", "JPY": 7},
    "rates of one digit": {"USD": "0.1", "EUR": 3, "JPY": "0.01"},
    "rates of three digits": {"USD": Decimal("0.125"), "EUR": "1.1"},
}
FORMS: dict[str, tuple[Any, Sequence[str], Any, Sequence[str | None]]] = {
    "whole": (WHOLE, "123", WHOLE, ("1", None, "2")),
    "decimals": (CENTS, ("0.10", "0.20", "0.70"), CENTS, ("0.05", None, "0.30")),
    "decimals of two kinds": (CENTS, ("0.10", "0.20", "0.70"), TENTHS, ("0.1", None, "0.3")),
    "decimals and whole numbers": (TENTHS, ("1.1", "2.2", "3.3"), WHOLE, ("1", None, "2")),
    "whole numbers and decimals": (WHOLE, ("1", "2", "3"), CENTS, ("0.01", None, "0.02")),
    "wide decimals": (WIDE, ("0.10", "0.20", "0.70"), WIDE, ("0.05", None, "0.30")),
}


def expected(amounts: Sequence[str], returned: Sequence[str | None], codes: Sequence[Any], rates: Any) -> kh.Facts:
    bought = [
        kh.Purchase(DAY, Decimal(amount), currency=code or "VND", returned=Decimal(back or 0))
        for amount, back, code in zip(amounts, returned, codes, strict=True)
    ]
    customer = kh.Customer("KH-1", kh.Person("Lan"), purchases=bought)
    return kh.facts_of(customer, DAY, business=SHOP, rates=rates)


def told(amount: pl.Series, returned: Any, codes: Sequence[Any], rates: Any) -> dict[str, Any]:
    """What the columns tell."""
    table = pl.DataFrame({"customer_id": ["KH-1"] * len(amount), "day": [DAY] * len(amount), "currency": codes})
    table = table.with_columns(amount=amount, returned=returned)
    found = kh.frames.facts(table, as_of=DAY, business=SHOP, rates=rates, only=["spend", "returned_share"])
    return found.row(0, named=True)


@pytest.mark.parametrize("rates", RATES)
@pytest.mark.parametrize("form", FORMS)
def test_sums_and_shares_are_those_of_decimals(form: str, rates: str) -> None:
    kind, amounts, kind_back, returned = FORMS[form]
    codes = CODES if RATES[rates] else ("VND",) * 3
    found = told(
        pl.Series([Decimal(each) for each in amounts]).cast(kind),
        pl.Series([None if each is None else Decimal(each) for each in returned], dtype=WIDE).cast(kind_back),
        codes, RATES[rates],
    )  # fmt: skip
    facts = expected(amounts, returned, codes, RATES[rates])
    assert facts.spend is not None
    assert float(found["spend"]) == float(facts.spend)
    assert found["returned_share"] == facts.returned_share


@pytest.mark.parametrize("rates", RATES)
def test_decimals_of_python_in_pandas_stay_exact(rates: str) -> None:
    amounts, returned = ("0.10", "0.20", "0.70"), ("0.05", None, "0.30")
    codes = CODES if RATES[rates] else ("VND",) * 3

    def objects(values: Sequence[str | None]) -> Any:
        return pd.Series([None if each is None else Decimal(each) for each in values], dtype=object)

    table = pd.DataFrame({"customer_id": ["KH-1"] * 3, "day": pd.to_datetime([DAY] * 3), "currency": codes})
    table = table.assign(amount=objects(amounts), returned=objects(returned))
    found = kh.frames.facts(table, as_of=DAY, business=SHOP, rates=RATES[rates], only=["spend", "returned_share"])
    facts = expected(amounts, returned, codes, RATES[rates])
    assert found["spend"].to_list() == [facts.spend]
    assert found["returned_share"].to_list() == [facts.returned_share]


@pytest.mark.parametrize(("dtype", "rates", "kind"), [
    (WHOLE, "no rates", pl.Int64), (WHOLE, "whole rates", pl.Int64), (WHOLE, "rates of one digit", pl.Float64),
    (CENTS, "no rates", pl.Decimal), (CENTS, "whole rates", pl.Float64), (pl.Float64, "whole rates", pl.Float64),
])  # fmt: skip
def test_whole_numbers_and_decimals_stay_so_as_long_as_rates_let_them(dtype: Any, rates: str, kind: Any) -> None:
    table = pl.DataFrame({"customer_id": ["KH-1"], "day": [DAY], "currency": ["USD" if RATES[rates] else "VND"]})
    table = table.with_columns(amount=pl.lit(2).cast(dtype))
    found = kh.frames.facts(table, as_of=DAY, business=SHOP, rates=RATES[rates], only=["spend"])
    assert found.schema["spend"] == kind


def test_floats_say_nothing_of_digits_and_are_added_as_they_are() -> None:
    found = told(pl.Series([0.1, 0.7]), pl.Series([0.0, 0.2]), ["VND"] * 2, {})
    assert found["spend"] == 0.1 + (0.7 - 0.2)
    mixed = told(pl.Series([0.1, 2.7]), pl.Series([0, 1]), ["VND", "USD"], {"USD": "0.7"})
    assert mixed["spend"] == 0.1 + (2.7 * 0.7 - 1 * 0.7)


def test_an_amount_with_more_digits_than_a_float_has_is_not_rounded_once_more() -> None:
    amount = next(each for each in range(10**14, 10**15, 10**9 + 7) if round(each / 10 * 1000) / 1000 != each / 10)
    amounts = pl.Series([Decimal(amount) / 10]).cast(pl.Decimal(20, 1))
    assert told(amounts, None, ["VND"], {"USD": "0.25"})["spend"] == amount / 10


def test_a_sum_is_rounded_as_long_as_floats_hold_all_its_digits() -> None:
    amounts = pl.Series([Decimal("50000000000000.1"), Decimal("0.2")]).cast(pl.Decimal(20, 1))
    assert 50000000000000.1 + 0.2 != 50000000000000.3
    assert told(amounts, None, ["VND"] * 2, {"USD": "0.1"})["spend"] == 50000000000000.3


def test_amounts_of_no_type_are_floats() -> None:
    nothing = pl.DataFrame({"customer_id": [], "day": [], "amount": []})
    assert kh.frames.facts(nothing, as_of=DAY, only=["spend"]).schema["spend"] == pl.Float64


@pytest.mark.parametrize("rates", [{}, {"USD": "0.5"}], ids=["no rates", "rates"])
@pytest.mark.parametrize("back", [[0, 1], [0.5, 1.0]], ids=["whole", "floats"])
@pytest.mark.parametrize("make", [pl.DataFrame.to_arrow, lambda table: table.to_pandas(types_mapper=pd.ArrowDtype)])
def test_arrow_takes_whole_numbers_that_no_float_is(make: Any, back: list[float], rates: dict[str, str]) -> None:
    bought = pl.DataFrame({"customer_id": ["a"] * 2, "day": [DAY] * 2, "amount": [2**53 + 1, 2**60], "returned": back,
                           "list_amount": [2**60, 2**61], "currency": ["USD" if rates else "VND", "VND"]})  # fmt: skip
    wanted: Any = {
        "as_of": DAY,
        "business": SHOP,
        "rates": rates,
        "only": ["spend", "returned_share", "discounted_share"],
    }
    assert pl.DataFrame(kh.frames.facts(make(bought), **wanted)).equals(kh.frames.facts(bought, **wanted))
