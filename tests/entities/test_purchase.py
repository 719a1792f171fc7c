"""What was bought, and for how much."""

from __future__ import annotations

import decimal
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khachhang.entities import Purchase
from khachhang.taxonomy import Offering, Purpose, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

DAY = date(2026, 1, 5)
LARGEST = Decimal("999999999999999999.999999")

amounts = st.decimals(min_value=0, max_value=LARGEST, places=6)


class Day(date):
    """A date of somebody else's, as libraries that freeze the clock make them."""


class Code(str):
    """A string of somebody else's, as array libraries make them."""

    __slots__ = ()


class Money(Decimal):
    """A decimal of somebody else's."""


def bought(**fields: Any) -> Purchase:
    values: dict[str, Any] = {"day": DAY, "amount": 100, **fields}
    return Purchase(**values)


def test_what_is_left_out_takes_its_default() -> None:
    purchase = Purchase(DAY, 250_000)

    assert attrs.astuple(purchase) == (DAY, Decimal(250_000), "VND", Decimal(1), None, Decimal(0), None, None)
    assert purchase == Purchase(DAY, Decimal(250_000), "VND", Decimal(1), None, Decimal(0), None, None)


def test_the_defaults_of_the_fields_are_those_of_the_signature() -> None:
    defaults = {field.name: field.default for field in attrs.fields(Purchase) if field.default is not attrs.NOTHING}

    assert attrs.asdict(Purchase(DAY, 1)) == {"day": DAY, "amount": Decimal(1), **defaults}


@pytest.mark.parametrize(
    ("given_amount", "kept"),
    [
        (0, "0"),
        (250_000, "250000"),
        ("19.90", "19.90"),
        ("+5", "5"),
        ("000123", "123"),
        (Decimal("19.90"), "19.90"),
        (Decimal("-0"), "0"),
        ("-0.0", "0"),
        (Decimal("0E-9"), "0E-9"),
        (Decimal("1.0000000000"), "1.0000000000"),
        (LARGEST, "999999999999999999.999999"),
        (10**18 - 1, "999999999999999999"),
        (Money("7.5"), "7.5"),
        (Code("7.5"), "7.5"),
    ],
    ids=repr,
)
def test_an_amount_is_kept_as_an_exact_decimal(given_amount: Any, kept: str) -> None:
    amount = bought(amount=given_amount).amount

    assert type(amount) is Decimal
    assert str(amount) == kept


@pytest.mark.parametrize(
    ("wrong", "shown", "because"),
    [
        (19.9, "19.9 ", "float"),
        (True, "True ", "truth value"),
        (None, "None ", "not a number"),
        (["19"], "a value of type list ", "not a number"),
        (-5, "-5 ", "below 0"),
        ("-0.01", "-0.01", "below 0"),
        (Decimal(-5), "-5 ", "below 0"),
        ("", "'' ", "plain decimal notation"),
        ("1,000", "'1,000' ", "plain decimal notation"),
        ("1_000", "'1_000' ", "plain decimal notation"),
        ("1e3", "'1e3' ", "plain decimal notation"),
        ("\u0661", "'\u0661' ", "plain decimal notation"),
        (" 5", "' 5' ", "plain decimal notation"),
        ("5\n", "'5\\n' ", "plain decimal notation"),
        ("NaN", "'NaN' ", "plain decimal notation"),
        ("Infinity", "'Infinity' ", "plain decimal notation"),
        (Decimal("NaN"), "NaN ", "finite"),
        (Decimal("sNaN"), "sNaN ", "finite"),
        (Decimal("Infinity"), "Infinity ", "finite"),
        (Decimal("-Infinity"), "-Infinity ", "finite"),
        (10**18, "1000000000000000000 ", "18 digits before the point"),
        (Decimal("1E+999999"), "1E+999999 ", "18 digits before the point"),
        ("9" * 58, "'" + "9" * 58 + "' ", "18 digits before the point"),
        ("9" * 59, "'" + "9" * 58 + "… ", "18 digits before the point"),
        ("9" * 100, "'" + "9" * 58 + "… ", "18 digits before the point"),
        ("0.0000001", "'0.0000001' ", "6 digits after the point"),
        (Decimal("999999999999999999.9999999"), "999999999999999999.9999999 ", "6 digits after the point"),
    ],
    ids=repr,
)
def test_what_is_no_exact_amount_is_refused_with_its_value(
    wrong: Any, shown: str, because: str, faults_of: FaultsOf
) -> None:
    faults = faults_of(lambda: bought(amount=wrong))

    assert set(faults) == {"amount"}
    assert shown in faults["amount"].problem
    assert because in faults["amount"].problem


def test_an_int_too_long_to_be_written_is_refused_all_the_same(faults_of: FaultsOf) -> None:
    assert "an int of several thousand digits" in faults_of(lambda: bought(amount=10**5000))["amount"].problem


def test_the_cure_for_a_float_is_a_string(faults_of: FaultsOf) -> None:
    assert "string" in faults_of(lambda: bought(amount=0.1))["amount"].hint


@pytest.mark.parametrize("field", ["amount", "list_amount", "returned", "quantity"])
def test_every_amount_and_the_quantity_refuse_floats(field: str, faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: bought(**{field: 1.0}))) == {field}


@given(amount=amounts)
def test_an_amount_survives_text_and_any_decimal_context(amount: Decimal) -> None:
    with decimal.localcontext(prec=3):
        purchase = bought(amount=f"{amount:f}")

    assert purchase.amount == amount


@given(st.lists(amounts, max_size=100))
def test_sums_of_amounts_are_exact_in_the_usual_decimal_context(values: list[Decimal]) -> None:
    with decimal.localcontext(decimal.Context(prec=28, traps=[decimal.Inexact])):
        total = sum((bought(amount=value).amount for value in values), Decimal(0))

    assert int(total * 10**6) == sum(int(value.scaleb(6)) for value in values)


def test_ten_thousand_of_the_largest_amount_add_up_exactly() -> None:
    with decimal.localcontext(decimal.Context(prec=28, traps=[decimal.Inexact])):
        total = sum([bought(amount=LARGEST).amount] * 10_000, Decimal(0))

    assert total == Decimal("9999999999999999999999.99")


def test_a_purchase_is_discounted_when_the_list_amount_is_higher() -> None:
    assert bought(list_amount=101).is_discounted is True
    assert bought(list_amount=100).is_discounted is False
    assert bought(list_amount=99).is_discounted is False
    assert bought(list_amount=0).is_discounted is False
    assert bought(list_amount=None).is_discounted is None


def test_a_purchase_is_wholly_returned_when_all_of_something_came_back() -> None:
    assert bought(returned=100).is_wholly_returned is True
    assert bought(amount="0.5", returned="0.5").is_wholly_returned is True
    assert bought(returned="100.00").is_wholly_returned is True
    assert bought(returned="99.99").is_wholly_returned is False
    assert bought(returned=0).is_wholly_returned is False


def test_a_gift_is_never_wholly_returned() -> None:
    assert bought(amount=0).is_wholly_returned is False
    assert bought(amount=0, returned=0).is_wholly_returned is False


@pytest.mark.parametrize(("amount", "returned"), [(100, "100.01"), (0, 1)], ids=repr)
def test_more_than_the_amount_can_not_come_back(amount: int, returned: Any, faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: bought(amount=amount, returned=returned))

    assert set(faults) == {"returned"}
    assert str(returned) in faults["returned"].problem
    assert str(amount) in faults["returned"].problem


def test_a_return_is_not_measured_by_an_amount_that_is_wrong_itself(faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: bought(amount=1.5, returned=10**6))) == {"amount"}
    assert set(faults_of(lambda: bought(amount=1.5, returned=-1))) == {"amount", "returned"}


@pytest.mark.parametrize(
    ("quantity", "kept"), [(1, "1"), (12, "12"), ("0.5", "0.5"), (Decimal("1.250"), "1.250")], ids=repr
)
def test_a_quantity_may_have_a_fraction(quantity: Any, kept: str) -> None:
    assert str(bought(quantity=quantity).quantity) == kept


@pytest.mark.parametrize("quantity", [0, "0.00", -1, 1.0, True, None, Decimal("NaN")], ids=repr)
def test_a_quantity_is_a_number_above_0(quantity: Any, faults_of: FaultsOf) -> None:
    assert str(quantity) in faults_of(lambda: bought(quantity=quantity))["quantity"].problem


@pytest.mark.parametrize("currency", ["vnd", "VN", "VNDD", "V1D", "", " VND", "VND\n", "ĐVN", None, 704], ids=repr)
def test_a_currency_is_three_ascii_capitals(currency: Any, faults_of: FaultsOf) -> None:
    assert repr(currency) in faults_of(lambda: bought(currency=currency))["currency"].problem


def test_a_currency_is_kept_as_a_plain_string() -> None:
    assert type(bought(currency=Code("USD")).currency) is str
    assert bought(currency="USD").currency == "USD"


@pytest.mark.parametrize("moment", [datetime(2026, 1, 5), datetime(2026, 1, 4, 20, tzinfo=UTC)])
def test_a_moment_is_no_day_since_time_zones_differ(moment: datetime, faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: bought(day=moment))["day"]

    assert str(moment) in fault.problem
    assert "zone" in fault.hint
    assert ".date()" in fault.hint


def test_a_day_in_text_is_refused_since_orders_of_day_and_month_differ(faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: bought(day="2026-01-05"))["day"]

    assert "'2026-01-05'" in fault.problem
    assert "date.fromisoformat" in fault.hint


@pytest.mark.parametrize("wrong", [None, 20260105, ()], ids=repr)
def test_a_day_is_a_date(wrong: Any, faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: bought(day=wrong))) == {"day"}


def test_a_date_of_another_make_becomes_a_plain_one() -> None:
    assert type(bought(day=Day(2026, 1, 5)).day) is date
    assert bought(day=Day(2026, 1, 5)).day == DAY


@pytest.mark.parametrize("purpose", [Purpose.GIFT, "gift", Code("gift")], ids=["member", "code", "other string"])
def test_a_purpose_is_given_as_member_or_code(purpose: Any) -> None:
    assert bought(purpose=purpose).purpose is Purpose.GIFT


def test_an_unknown_code_names_the_close_ones(faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: bought(purpose="Gifts"))["purpose"]

    assert "'Gifts'" in fault.problem
    assert fault.hint == "did you mean 'gift'?"


def test_an_unknown_code_without_a_close_one_names_all_known_ones(faults_of: FaultsOf) -> None:
    hint = faults_of(lambda: bought(offering="zzz"))["offering"].hint

    assert all(repr(member.value) in hint for member in Offering)


def test_a_member_of_another_label_set_is_refused_even_where_the_codes_are_equal(faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: bought(offering=Topic.PRODUCT))["offering"]

    assert "Topic.PRODUCT" in fault.problem
    assert "Offering" in fault.problem


@pytest.mark.parametrize("wrong", [5, True, b"gift", ["gift"]], ids=repr)
def test_what_is_no_text_is_no_code(wrong: Any, faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: bought(purpose=wrong))["purpose"]

    assert fault.problem.endswith("is not of Purpose")
    assert "'gift'" in fault.hint


def test_all_wrong_fields_come_together_in_their_order(faults_of: FaultsOf) -> None:
    faults = faults_of(
        lambda: Purchase(
            day="yesterday",  # type: ignore[arg-type]  # refused at run time
            amount=-1,
            currency="dong",
            quantity=0,
            list_amount="much",
            returned="some",
            purpose="fun",
            offering="thing",
        )
    )

    assert list(faults) == [field.name for field in attrs.fields(Purchase)]


def test_an_unknown_field_is_pythons_own_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        bought(colour="red")


def test_evolve_changes_one_field_and_checks_it(faults_of: FaultsOf) -> None:
    purchase = bought(amount="19.90", purpose="self", quantity=2, list_amount=30)

    assert attrs.evolve(purchase) == purchase
    assert attrs.evolve(purchase, returned=Decimal(10)).returned == 10
    assert set(faults_of(lambda: attrs.evolve(purchase, returned=Decimal(20)))) == {"returned"}


def test_a_purchase_is_a_frozen_value() -> None:
    purchase = bought(amount="19.90", purpose="self")

    assert purchase == bought(amount=Decimal("19.9"), purpose=Purpose.SELF)
    assert hash(purchase) == hash(bought(amount=Decimal("19.9"), purpose=Purpose.SELF))
    assert pickle.loads(pickle.dumps(purchase)) == purchase
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        purchase.amount = Decimal(1)  # type: ignore[misc]  # it is frozen
    assert not hasattr(purchase, "__dict__")
