"""Bands from cut points alone."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest

from khachhang.classifiers import bands
from khachhang.errors import PolicyError, PredicateError
from khachhang.facts import Facts, fact
from khachhang.rules import HitPolicy, Outcome
from khachhang.taxonomy import AgeBand, Category, IncomeBand, Words

NPS = fact.custom("nps", int, low=0, high=10, vi="điểm NPS", en="the NPS", unit=Words("điểm", "points"))


class Size(Category):
    SMALL = "small"
    LARGE = "large"


@pytest.mark.parametrize(
    ("age", "code"), [(0, "age_1"), (17, "age_1"), (18, "age_2"), (64, "age_2"), (65, "age_3"), (120, "age_3")]
)
def test_a_band_reaches_from_its_cut_to_before_the_next(age: int, code: str) -> None:
    table = bands(fact.age, [18, 65], name="working_age")
    label = table.label(Facts(age=age))

    assert label is not None
    assert label.value == code


def test_the_labels_say_their_range_in_both_languages() -> None:
    labels = list(bands(fact.age, [18, 65], name="working_age").category)

    assert [label.label("vi") for label in labels] == ["Dưới 18", "Từ 18 đến dưới 65", "Từ 65 trở lên"]
    assert [label.label("en") for label in labels] == ["Under 18 years", "18 to under 65 years", "65 years or more"]
    labels = list(bands(fact.spend, [1_000, 2_000, 3_000]).category)
    assert labels[1].label("vi") == "Từ 1.000 đến dưới 2.000"
    assert labels[2].label("en") == "2,000 to under 3,000"


def test_amounts_are_written_as_the_language_writes_them() -> None:
    labels = list(bands(fact.spend, ["2500000.5"]).category)

    assert [label.label("vi") for label in labels] == ["Dưới 2.500.000,5", "Từ 2.500.000,5 trở lên"]
    assert [label.label("en") for label in labels] == ["Under 2,500,000.5", "2,500,000.5 or more"]


def test_shares_are_written_per_cent() -> None:
    labels = list(bands(fact.discounted_share, [0.25, 0.5]).category)

    assert [label.label("en") for label in labels] == ["Under 25%", "25% to under 50%", "50% or more"]


def test_the_table_is_named_by_the_fact_unless_it_is_given_a_name() -> None:
    table = bands(fact.spend, [5])

    assert table.name == table.category.facet() == "spend_band"
    assert table.hit is HitPolicy.UNIQUE
    assert table.category.facet_title("vi") == "Bậc theo chi mua thực"
    assert table.category.facet_title("en") == "Band by net spend"
    assert bands(fact.spend, [5], name="wallet").category.facet() == "wallet"


def test_a_name_of_a_shipped_facet_is_not_taken_by_chance() -> None:
    with pytest.raises(PolicyError, match="'age_band' is a facet of the library"):
        bands(fact.age, [18])
    assert bands(fact.age, [18], name="adult").name == "adult"


def test_with_labels_of_ones_own_the_table_bears_their_facet() -> None:
    table = bands(fact.spend, [1_000_000], Size)

    assert table.name == "size"
    assert table.label(Facts(spend=1_000_000)) is Size.LARGE
    assert table.label(Facts(spend="999999.999999")) is Size.SMALL
    assert bands(fact.age, [15, 22, 51], AgeBand).name == "age_band"
    assert bands(fact.spend, [1], Size, name="wallet").name == "wallet"


def test_a_fact_of_ones_own_may_be_banded() -> None:
    table = bands(NPS, [7, 9])

    assert [str(table.label(Facts(extra={"nps": nps}))) for nps in (6, 7, 8, 9)] == ["nps_1", "nps_2", "nps_2", "nps_3"]
    assert table.name == "nps_band"
    assert table.given is None
    assert table.category.facet_title("en") == "Band by NPS"


def test_where_the_fact_has_no_value_the_table_does_not_apply() -> None:
    table = bands(fact.mean_purchase_gap, [30])

    assert table.classify(Facts(purchase_count=1)).outcome is Outcome.UNMATCHED
    assert table.classify(Facts(purchase_count=2)).missing == ("mean_purchase_gap",)
    assert str(table.label(Facts(purchase_count=2, mean_purchase_gap=30.0))) == "mean_purchase_gap_2"


def test_where_it_applies_may_be_said() -> None:
    table = bands(fact.spend, [5], given=fact.has_need)

    assert table.classify(Facts(spend=9, has_need=False)).outcome is Outcome.UNMATCHED
    assert str(table.label(Facts(spend=9, has_need=True))) == "spend_2"


@pytest.mark.parametrize("given_", [None, fact.has_need], ids=["where it has a value", "where there is a need"])
def test_a_currency_holds_beside_whatever_else_is_given(given_: Any) -> None:
    table = bands(fact.spend, [5], currency="USD", given=given_)

    assert table.classify(Facts(spend=9, has_need=True, currency="VND")).outcome is Outcome.UNMATCHED
    assert str(table.label(Facts(spend=9, has_need=True, currency="USD"))) == "spend_2"
    assert table.classify(Facts(spend=9, has_need=True)).missing == ("currency",)


def test_a_source_may_be_given_and_is_else_that_of_the_labels() -> None:
    assert bands(fact.spend, [5], source="fitted").source == "fitted"
    assert bands(fact.monthly_income, [1, 2, 3, 4], IncomeBand).source == IncomeBand.facet_source()
    assert bands(fact.spend, [5]).source == ""


def test_equal_bands_are_equal_and_pickle() -> None:
    table = bands(fact.age, [18, 65], name="working_age")

    assert table == bands(fact.age, [18, 65], name="working_age")
    assert table != bands(fact.age, [18, 66], name="working_age")
    assert pickle.loads(pickle.dumps(table)) == table


@pytest.mark.parametrize(
    "cuts", [[], [18, 18], [65, 18], (1, 3, 2), iter([3, 2])], ids=["none", "equal", "falling", "mixed", "iterator"]
)
def test_cuts_that_do_not_rise_are_refused(cuts: Any) -> None:
    with pytest.raises(PolicyError, match="do not rise"):
        bands(fact.age, cuts, name="band")


def test_cuts_that_do_not_rise_are_named() -> None:
    with pytest.raises(PolicyError, match="the cuts 65, 18 do not rise"):
        bands(fact.age, [65, 18], name="band")
    with pytest.raises(PolicyError, match=r"the cuts \(none\) do not rise"):
        bands(fact.age, [], name="band")


@pytest.mark.parametrize("cuts", ["123", 5, None], ids=repr)
def test_what_is_no_list_of_cuts_is_refused(cuts: Any) -> None:
    with pytest.raises(PolicyError, match="is no list of cuts"):
        bands(fact.spend, cuts)


@pytest.mark.parametrize("of", [fact.gender, fact.occupation, fact.has_need, "age", None], ids=repr)
def test_only_numbers_can_be_banded(of: Any) -> None:
    with pytest.raises(PolicyError, match="is no fact that is a number"):
        bands(of, [1, 2])


@pytest.mark.parametrize("cut", ["18", 18.5, None, True], ids=repr)
def test_a_cut_of_another_type_is_refused(cut: Any) -> None:
    with pytest.raises(PredicateError, match="age"):
        bands(fact.age, [cut], name="band")
    with pytest.raises(PredicateError, match="spend"):
        bands(fact.spend, [1.5])


@pytest.mark.parametrize("cuts", [[1], [1, 2, 3]], ids=len)
def test_there_is_one_label_more_than_there_are_cuts(cuts: list[int]) -> None:
    wrong: Any = [Decimal(cut) for cut in cuts] + [Decimal(9)]
    with pytest.raises(PolicyError, match=f"cuts? there are {len(wrong) + 1} bands, and the label set has 2 labels"):
        bands(fact.spend, wrong, Size)
