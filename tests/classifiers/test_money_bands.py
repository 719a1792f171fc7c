"""Income band and financial tier: bands of money, in the one currency that the policy names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from khachhang.classifiers import FinancialTierPolicy, IncomeBandPolicy, financial_tier, income_band
from khachhang.errors import InvalidError, PolicyError
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import FinancialTier, IncomeBand

INCOME = income_band(IncomeBandPolicy(cuts=[5_000_000, "10000000", Decimal(20_000_000), 40_000_000], currency="VND"))
TIER = financial_tier(FinancialTierPolicy(cuts=[50_000, 250_000, 1_000_000, 30_000_000], currency="USD"))


def earning(amount: Any, currency: str | None = "VND") -> Facts:
    return Facts(monthly_income=amount, currency=currency)


def owning(amount: Any, currency: str | None = "USD") -> Facts:
    return Facts(investable_assets=amount, currency=currency)


@pytest.mark.parametrize(
    ("amount", "label"),
    [
        (0, IncomeBand.LOWEST),
        ("4999999.99", IncomeBand.LOWEST),
        (5_000_000, IncomeBand.LOWER),
        (9_999_999, IncomeBand.LOWER),
        (10_000_000, IncomeBand.MIDDLE),
        (19_999_999, IncomeBand.MIDDLE),
        (20_000_000, IncomeBand.HIGHER),
        (39_999_999, IncomeBand.HIGHER),
        (40_000_000, IncomeBand.HIGHEST),
        (10**15, IncomeBand.HIGHEST),
    ],
)
def test_an_income_band_begins_at_its_cut(amount: Any, label: IncomeBand) -> None:
    assert INCOME.label(earning(amount)) is label


@pytest.mark.parametrize(
    ("amount", "label"),
    [
        (0, FinancialTier.MASS),
        (49_999, FinancialTier.MASS),
        (50_000, FinancialTier.MASS_AFFLUENT),
        (249_999, FinancialTier.MASS_AFFLUENT),
        (250_000, FinancialTier.AFFLUENT),
        ("999999.99", FinancialTier.AFFLUENT),
        (1_000_000, FinancialTier.HIGH_NET_WORTH),
        (29_999_999, FinancialTier.HIGH_NET_WORTH),
        (30_000_000, FinancialTier.ULTRA_HIGH_NET_WORTH),
    ],
)
def test_a_tier_begins_at_its_cut(amount: Any, label: FinancialTier) -> None:
    assert TIER.label(owning(amount)) is label


def test_every_label_is_somebodys() -> None:
    assert [INCOME.label(earning(amount)) for amount in (0, 5_000_000, 10_000_000, 20_000_000, 40_000_000)] == list(
        IncomeBand
    )
    assert [TIER.label(owning(amount)) for amount in (0, 50_000, 250_000, 1_000_000, 30_000_000)] == list(FinancialTier)


@pytest.mark.parametrize("table", [INCOME, TIER], ids=["income", "assets"])
def test_another_currency_is_unmatched_and_the_reason_says_so(table: Any) -> None:
    facts = Facts(monthly_income=7, investable_assets=7, currency="EUR")
    answer = table.classify(facts)

    assert answer.outcome is Outcome.UNMATCHED
    assert answer.missing == ()
    assert "the business's currency" in table.explain(facts, "en")
    assert "(here: “EUR”)" in table.explain(facts, "en")
    assert "đồng tiền của bên bán" in table.explain(facts, "vi")
    assert "(thực tế: “EUR”)" in table.explain(facts, "vi")


def test_without_a_business_the_currency_is_missing() -> None:
    answer = INCOME.classify(earning(7_000_000, None))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == {IncomeBand.LOWER}
    assert answer.missing == ("currency",)


def test_an_income_that_is_not_known_is_missing() -> None:
    answer = INCOME.classify(Facts(party_kind="person", currency="VND"))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(IncomeBand)
    assert answer.missing == ("monthly_income",)


@pytest.mark.parametrize("kind", ["organization", "group"])
@pytest.mark.parametrize("table", [INCOME, TIER], ids=["income", "assets"])
def test_organisations_and_groups_are_unmatched(table: Any, kind: str) -> None:
    assert table.classify(Facts(party_kind=kind, currency="VND")).outcome is Outcome.UNMATCHED
    assert table.classify(Facts(party_kind=kind)).outcome is Outcome.UNMATCHED


def test_the_reason_shows_no_income_and_no_assets() -> None:
    for lang in ("vi", "en"):
        text = INCOME.explain(earning(7_351_984), lang) + TIER.explain(owning(73_519), lang)
        assert "7351984" not in text.replace(".", "").replace(",", "")
        assert "73519" not in text.replace(".", "").replace(",", "")


@pytest.mark.parametrize("make", [income_band, financial_tier])
def test_without_cuts_there_are_no_bands(make: Any) -> None:
    with pytest.raises(PolicyError, match="there are no cut points"):
        make()


@pytest.mark.parametrize("policy", [IncomeBandPolicy, FinancialTierPolicy])
@pytest.mark.parametrize(
    ("cuts", "currency", "fields"),
    [
        ([1, 2, 3], "VND", ["cuts"]),
        ([1, 2, 3, 4, 5], "VND", ["cuts"]),
        ([1, 2, 2, 3], "VND", ["cuts"]),
        ([4, 3, 2, 1], "VND", ["cuts"]),
        ([-1, 2, 3, 4], "VND", ["cuts"]),
        ([1.5, 2, 3, 4], "VND", ["cuts"]),
        ([True, 2, 3, 4], "VND", ["cuts"]),
        (["x", 2, 3, 4], "VND", ["cuts"]),
        ([1, 2, 3, "Infinity"], "VND", ["cuts"]),
        ([1, 2, 3, "NaN"], "VND", ["cuts"]),
        ("1234", "VND", ["cuts"]),
        (7, "VND", ["cuts"]),
        ([1, 2, 3, 4], "vnd", ["currency"]),
        ([1, 2, 3, 4], "VN", ["currency"]),
        ([1, 2, 3, 4], "ĐĐĐ", ["currency"]),
        ([1, 2, 3, 4], None, ["currency"]),
        ([], "", ["cuts", "currency"]),
    ],
    ids=str,
)
def test_wrong_cuts_and_a_wrong_currency_are_refused_by_name(
    policy: Any, cuts: Any, currency: Any, fields: list[str]
) -> None:
    with pytest.raises(InvalidError) as caught:
        policy(cuts=cuts, currency=currency)

    assert caught.value.subject == policy.__name__
    assert [fault.field for fault in caught.value.faults] == fields


def test_a_cut_of_zero_leaves_the_first_band_empty() -> None:
    table = income_band(IncomeBandPolicy(cuts=[0, 1, 2, 3], currency="VND"))

    assert table.label(earning(0)) is IncomeBand.LOWER
