"""Bands fitted on a population; the expected cuts were worked out by hand."""

from __future__ import annotations

import itertools
import pickle
import random
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

import khachhang as kh
from khachhang.facts import Facts, fact
from khachhang.frames import fitting
from khachhang.frames.fitting import cut_places
from khachhang.rules import HitPolicy, Outcome
from khachhang.taxonomy import Category


class Size(Category):
    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"


def counts(*values: Any) -> pl.DataFrame:
    return pl.DataFrame({"purchase_count": list(values)}, strict=False)


def test_bands_of_equal_population_without_ties() -> None:
    table = kh.frames.fit_bands(counts(*range(1, 11)), fact.purchase_count, 5)

    assert table == kh.classifiers.bands(fact.purchase_count, [3, 5, 7, 9], source=table.source)
    assert table.name == "purchase_count_band"
    assert table.hit is HitPolicy.UNIQUE
    assert [label.value for label in table.category] == [f"purchase_count_{number}" for number in range(1, 6)]
    assert table.source == (
        "fitted on 10 of 10 rows (0 left out: no value, or not in scope); "
        "rows in each band, from the lowest: 2, 2, 2, 2, 2"
    )
    assert not table.verify().gaps


def test_what_is_left_over_goes_to_the_lowest_bands() -> None:
    table = kh.frames.fit_bands(counts(*range(1, 9)), "purchase_count", 3)

    assert table.source.endswith(": 3, 3, 2")


def test_equal_values_never_part_and_the_other_bands_share_the_rest() -> None:
    table = kh.frames.fit_bands(counts(*[1] * 6, 2, 3, 4, 5), "purchase_count", 3)

    assert table == kh.classifiers.bands(fact.purchase_count, [2, 4], source=table.source)
    assert table.source.endswith(": 6, 2, 2")


def test_ties_at_the_other_end_are_treated_alike() -> None:
    table = kh.frames.fit_bands(counts(1, 2, 3, 4, *[5] * 6), "purchase_count", 3)

    assert table.source.endswith(": 2, 2, 6")


def test_fewer_values_than_bands_is_a_warning() -> None:
    with pytest.warns(kh.KhachhangWarning, match="there are 2 different values, hence 2 bands and not 4"):
        table = kh.frames.fit_bands(counts(1, 1, 7), "purchase_count", 4)

    assert table.label(Facts(purchase_count=6)) == "purchase_count_1"
    assert table.label(Facts(purchase_count=7)) == "purchase_count_2"


def test_one_value_makes_one_band_that_holds_everybody() -> None:
    with pytest.warns(kh.KhachhangWarning, match="there is 1 different value, hence 1 band and not"):
        table = kh.frames.fit_bands(counts(4, 4), "purchase_count", 2)

    assert [table.label(Facts(purchase_count=each)) for each in (0, 4, 9)] == ["purchase_count_1"] * 3
    assert table.classify(Facts()).outcome is Outcome.UNDETERMINED
    assert [(label.label("vi"), label.label("en")) for label in table.category] == [("Mọi giá trị", "Any value")]
    titles = [table.category.facet_title(lang) for lang in ("vi", "en")]
    assert titles == ["Bậc theo số lần mua", "Band by number of purchases"]
    assert not table.verify().gaps
    assert pickle.loads(pickle.dumps(table)) == table


def test_one_band_may_be_asked_for() -> None:
    class All(Category):
        ANY = "any"

    table = kh.frames.fit_bands(counts(1, 2, 3), "purchase_count", All)

    assert table.name == "all"
    assert kh.frames.fit_bands(counts(4), "purchase_count", All, name="own").name == "own"
    assert table.label(Facts(purchase_count=2)) is All.ANY


def test_a_category_gives_the_labels_and_the_name() -> None:
    table = kh.frames.fit_bands(counts(1, 2, 3, 4, 5, 6), fact.purchase_count, Size)

    assert table.name == "size"
    assert [table.label(Facts(purchase_count=each)) for each in (2, 3, 5)] == [Size.SMALL, Size.MIDDLE, Size.LARGE]


def test_a_category_with_more_labels_than_values_is_an_error() -> None:
    with pytest.raises(kh.PolicyError, match="2 different values make no 3 bands"):
        kh.frames.fit_bands(counts(1, 2), "purchase_count", Size)
    with pytest.raises(kh.PolicyError, match="1 different value makes no 3 bands"):
        kh.frames.fit_bands(counts(1, 1), "purchase_count", Size)


def test_amounts_stay_exact() -> None:
    spend = [Decimal("0.10"), Decimal("0.30"), Decimal("1E+3"), None]
    exact = kh.frames.fit_bands(pl.DataFrame({"spend": spend}), "spend", 3)
    objects = kh.frames.fit_bands(pd.DataFrame({"spend": spend}), "spend", 3)
    floats = kh.frames.fit_bands(pl.DataFrame({"spend": [0.1, 0.3, 1000.0, None]}), "spend", 3)

    assert exact == objects == floats
    assert exact == kh.classifiers.bands(fact.spend, ["0.3", 1000], source=exact.source)
    assert exact.to_dict() == floats.to_dict()
    assert repr(exact.rules) == repr(objects.rules) == repr(floats.rules)
    assert "E+" not in repr(exact.rules)
    assert "fitted on 3 of 4 rows (1 left out" in exact.source


def test_zero_has_no_sign() -> None:
    points = fact.custom("points", float)
    table = kh.frames.fit_bands(pl.DataFrame({"points": [-0.0, 0.0, -1.5]}), points, 2)

    assert table == kh.classifiers.bands(points, [0.0], source=table.source)
    assert "-0.0" not in str(table.to_dict())
    assert table.source.endswith(": 1, 2")


def test_an_amount_of_one_value_makes_one_band() -> None:
    with pytest.warns(kh.KhachhangWarning):
        table = kh.frames.fit_bands(pl.DataFrame({"spend": [0.1, 0.1]}), "spend", 2)

    assert table.label(Facts(spend="0.1")) == "spend_1"


def test_what_a_fact_can_not_be_is_left_out() -> None:
    table = kh.frames.fit_bands(
        pl.DataFrame({"mean_score": [-3.0, 2.0, float("inf"), float("nan"), 11.5, 4.0]}), "mean_score", 2
    )

    assert table == kh.classifiers.bands(fact.mean_score, [4.0], source=table.source)
    assert "fitted on 2 of 6 rows (4 left out" in table.source


def test_a_currency_limits_the_population_and_the_table() -> None:
    frame = pl.DataFrame({"spend": [1, 2, 3, 4], "currency": ["VND", "USD", "VND", None]})
    table = kh.frames.fit_bands(frame, fact.spend, 3, currency="VND")

    assert table == kh.classifiers.bands(fact.spend, [3, 4], currency="VND", source=table.source)
    assert table.classify(Facts(spend=1, currency="USD")).outcome is Outcome.UNMATCHED
    with pytest.warns(kh.KhachhangWarning):
        single = kh.frames.fit_bands(frame.head(1), fact.spend, 3, currency="VND")
    assert single.given == (fact.currency == "VND")


def test_the_one_currency_of_all_amounts_need_not_be_told() -> None:
    frame = pl.DataFrame({"spend": [1, 2, 3, 4], "currency": ["VND", "VND", "VND", None]})

    assert kh.frames.fit_bands(frame, fact.spend, 2).source.endswith(": 2, 2")


def test_amounts_in_several_currencies_are_an_error() -> None:
    frame = pl.DataFrame({"spend": [1, 2, 3], "currency": ["VND", "USD", None]})

    with pytest.raises(kh.CurrencyError, match="the amounts are in USD, VND") as caught:
        kh.frames.fit_bands(frame, fact.spend, 2)
    assert "currency='USD'" in str(caught.value)
    assert len(kh.frames.fit_bands(frame.tail(1), fact.spend, 1).category) == 1


def test_a_scope_limits_the_population_and_the_table() -> None:
    frame = pl.DataFrame({"purchase_count": [0, 0, 0, 1, 2], "gender": ["female"] * 5})
    table = kh.frames.fit_bands(frame, "purchase_count", 2, given=fact.purchase_count >= 1, name="often")

    assert table.name == "often"
    assert table.source.endswith(": 1, 1")
    assert table.label(Facts(purchase_count=0)) is None


@pytest.mark.parametrize("values", [[], [None], [float("nan")]])
def test_no_value_at_all_is_an_error(values: list[Any]) -> None:
    frame = pl.DataFrame({"age": values}, schema={"age": pl.Float64})

    with pytest.raises(kh.InvalidError, match=f"age: no row of {len(values)} holds a value"):
        kh.frames.fit_bands(frame, "age", 2, name="ages")
    with pytest.raises(kh.InvalidError, match="holds a value"):
        kh.frames.fit_bands(pl.DataFrame({"age": [None] * len(values)}), "age", 2, name="ages")


def test_a_missing_column_is_an_error() -> None:
    with pytest.raises(kh.InvalidError, match="age: the table has no such column"):
        kh.frames.fit_bands(counts(1), "age", 2)


@pytest.mark.parametrize("n", [0, -1, True, 2.5, "three", Category])
def test_what_is_no_number_of_bands_is_an_error(n: Any) -> None:
    with pytest.raises(kh.PolicyError, match="is no number of bands"):
        kh.frames.fit_bands(counts(1), "purchase_count", n)


def test_what_is_no_number_has_no_bands() -> None:
    with pytest.raises(kh.PolicyError, match="is no fact that is a number"):
        kh.frames.fit_bands(counts(1), fact.gender, 2)
    with pytest.raises(kh.PolicyError, match="is no fact that is a number"):
        kh.frames.fit_bands(counts(1), 3, 2)  # type: ignore[call-overload]  # what is tested
    with pytest.raises(kh.UnknownFactError):
        kh.frames.fit_bands(counts(1), "purchases", 2)


def test_a_fitted_table_never_takes_the_name_of_a_facet() -> None:
    with pytest.raises(kh.PolicyError, match="'age_band' is a facet of the library"):
        kh.frames.fit_bands(pl.DataFrame({"age": [1, 2]}), "age", 2)
    with pytest.raises(kh.PolicyError, match="'age_band' is a facet of the library"):
        kh.frames.fit_bands(pl.DataFrame({"age": [1, 2]}), "age", 1)


def test_facts_of_the_users_own_are_fitted_too() -> None:
    points = fact.custom("points", Decimal)
    frame = pl.DataFrame({"points": [Decimal(-5), Decimal(0), Decimal(2)], "currency": ["VND", "USD", "VND"]})

    table = kh.frames.fit_bands(frame, points, 3)
    assert table == kh.classifiers.bands(points, [0, 2], source=table.source)


def test_a_fitted_table_is_stored_and_runs_elsewhere() -> None:
    table = kh.frames.fit_bands(counts(*range(1, 10)), "purchase_count", Size)
    again = kh.DecisionTable.from_dict(table.to_dict(), category=Size)

    assert again == table
    assert kh.frames.classify(counts(3, 4, None), [again])["size"].to_list() == ["small", "middle", None]


def sums_of(sizes: list[int]) -> list[int]:
    return [0, *itertools.accumulate(sizes)]


def squares(sums: list[int], places: list[int]) -> int:
    return sum((sums[high] - sums[low]) ** 2 for low, high in itertools.pairwise([0, *places, len(sums) - 1]))


def test_no_other_cuts_are_more_equal() -> None:
    chance = random.Random(4)  # noqa: S311  # no secret
    for _ in range(150):
        sums = sums_of([chance.choice([1, 1, 2, 9]) for _ in range(chance.randint(1, 9))])
        count = chance.randint(1, len(sums) - 1)
        ways = itertools.combinations(range(1, len(sums) - 1), count - 1)
        best = min(ways, key=lambda way: (squares(sums, list(way)), [-sums[place] for place in reversed(way)]))
        assert cut_places(sums, count) == list(best)  # of several the one whose last group is the smallest


def test_of_many_values_the_cuts_are_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)  # noqa: S311  # no secret
    for _ in range(30):
        sums = sums_of([chance.choice([1, 2, 3, 60]) for _ in range(chance.randint(70, 140))])
        exact = squares(sums, cut_places(sums, 5))
        monkeypatch.setattr(fitting, "_CHOICES", 16)
        found = cut_places(sums, 5)
        monkeypatch.undo()
        assert squares(sums, found) <= exact * 1.01
        for position, (low, high) in enumerate(zip([0, *found], [*found[1:], len(sums) - 1], strict=False)):
            moved = [[*found[:position], place, *found[position + 1 :]] for place in range(low + 1, high)]
            assert squares(sums, found) == min(squares(sums, places) for places in moved)


def test_many_values_that_differ_make_bands_of_one_size() -> None:
    sums = sums_of([1] * 100_003)

    assert cut_places(sums, 5) == [20_001, 40_002, 60_003, 80_003]
