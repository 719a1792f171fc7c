"""How many customers bear each label, as a picture."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.charts.populations import AGES, DAY, GUEST, Guest, born, profiles
from tests.charts.reading import rows, specification, title

import khachhang as kh

WORDS_VI = ["Dưới 15 tuổi", "Từ 15 đến dưới 22 tuổi", "Từ 22 đến 50 tuổi", "Trên 50 tuổi"]


def counted(population: Any, facet: Any, **options: Any) -> list[tuple[str, int, float]]:
    chart = kh.charts.segments(population, facet, **options)
    return [(row["place"], row["customers"], row["share"]) for row in rows(chart, "customers")]


def test_labels_stand_in_their_order_with_those_that_nobody_has() -> None:
    table = pl.DataFrame({"age_band": ["over_50", "under_15", "over_50", "over_50"]})
    assert counted(table, "age_band") == [
        (WORDS_VI[0], 1, 0.25), (WORDS_VI[1], 0, 0.0), (WORDS_VI[2], 0, 0.0), (WORDS_VI[3], 3, 0.75),
    ]  # fmt: skip


def test_words_are_those_of_the_language() -> None:
    table = pl.DataFrame({"age_band": ["over_50", None]})
    chart = kh.charts.segments(table, "age_band", lang="en")
    assert [row["place"] for row in rows(chart, "customers")] == [
        "Under 15", "15 to under 22", "22 to 50", "Over 50", "Undetermined, or no label applies",
    ]  # fmt: skip
    assert title(chart) == ("Age band", ["2 customers; undetermined, or no label applies: 1 (50%)"])


def test_with_reasons_undetermined_and_no_label_are_two_bars() -> None:
    facts = pl.DataFrame({"party_kind": ["person", "organization", None, "person"], "age": [60, None, None, None]})
    table = kh.frames.classify(facts, [AGES], reasons=True)
    chart = kh.charts.segments(table, "age_band")
    assert counted(table, "age_band")[3:] == [
        (WORDS_VI[3], 1, 0.25), ("Chưa xác định", 2, 0.5), ("Không thuộc nhãn nào", 1, 0.25),
    ]  # fmt: skip
    assert title(chart)[1] == ["4 khách hàng; chưa xác định: 2 (50%); không thuộc nhãn nào: 1 (25%)"]
    assert [row["code"] for row in rows(chart, "customers")][3:] == ["over_50", "undetermined", "unmatched"]


def test_that_nobody_is_undetermined_is_said_too() -> None:
    assert title(kh.charts.segments(profiles(8), "age_band"))[1] == ["1 khách hàng; chưa xác định: 0 (0%)"]


def test_of_several_labels_each_counts() -> None:
    facts = pl.DataFrame(
        {
            "purchase_count": [6, 6, None, 0],
            "days_since_last_purchase": [3, 3, None, None],
            "days_since_first_purchase": [900, 900, None, None],
            "tie_shareholder": [True, False, True, False],
            "has_need": [None] * 4,
            "has_means": [None] * 4,
            "taste_matches": [None] * 4,
        }
    )
    table = kh.frames.classify(facts, [kh.classifiers.relationship_type()], assume=kh.RECORDED_IS_ALL)
    chart = kh.charts.segments(table, "relationship_type", lang="en")
    found = {row["code"]: row["customers"] for row in rows(chart, "customers")}
    # The third may have bought or not; the fourth may be a potential customer. What is certain of them counts.
    assert found == {
        "potential": 0, "loyal": 2, "new": 0, "discount": 0, "former": 0, "internal": 2, "external": 2,
        "intermediary": 0, "undetermined": 2,
    }  # fmt: skip
    assert title(chart)[1] == ["4 customers; undetermined: 2 (50%); one customer may have several labels"]


def test_nobody_of_several_labels_may_have_none() -> None:
    flags = {f"contribution_{label.value}": [False] for label in kh.Contribution}
    chart = kh.charts.segments(pl.DataFrame(flags), kh.Contribution)
    assert [row["code"] for row in rows(chart, "customers") if row["customers"]] == ["unmatched"]


def test_a_large_number_is_written_as_the_language_does() -> None:
    table = pl.DataFrame({"side": ["external"] * 1_999 + ["internal"]})
    for lang, texts in (("vi", ["1 (<0,1%)", "1.999 (100%)"]), ("en", ["1 (<0.1%)", "1,999 (100%)"])):
        chart = kh.charts.segments(table, kh.Side, lang=lang)  # type: ignore[arg-type]  # both are languages
        assert [row["text"] for row in rows(chart, "text")] == texts


def test_a_facet_is_named_in_any_way() -> None:
    facts = pl.DataFrame({"purchase_count": [1, 5]})
    table = kh.frames.classify(facts, [GUEST])
    expected = [("Khách quen", 1, 0.5), ("Khách thỉnh thoảng", 1, 0.5)]
    assert counted(table, GUEST) == counted(table, Guest) == expected
    people = [kh.classify(born(30), as_of=DAY, template=[GUEST])]
    assert counted(people, "guest") == counted(people, Guest) == counted(people, GUEST)


def test_a_table_of_another_name_than_its_labels() -> None:
    offer = kh.DecisionTable(name="offer", category=Guest, rules=GUEST.rules)
    table = kh.frames.classify(pl.DataFrame({"purchase_count": [5]}), [offer])
    assert counted(table, offer)[0] == ("Khách quen", 1, 1.0)
    assert counted([kh.classify(born(1), as_of=DAY, template=[offer])], Guest)[-1] == ("Chưa xác định", 1, 1.0)


@settings(max_examples=30)  # a chart takes a twentieth of a second
@given(st.lists(st.none() | st.integers(0, 99), max_size=12))
def test_profiles_and_a_dataframe_give_the_same_picture(ages: list[int | None]) -> None:
    facts = pl.DataFrame(
        {"party_kind": ["person"] * len(ages), "age": ages}, schema={"party_kind": pl.String, "age": pl.Int64}
    )
    table = kh.frames.classify(facts, [AGES], reasons=True)
    found = counted(profiles(*ages), AGES)
    assert found == counted(table, AGES) == counted(iter(profiles(*ages)), AGES)
    assert sum(customers for _, customers, _ in found) == len(ages)


def test_no_customer_at_all_is_a_picture_too() -> None:
    assert [row["share"] for row in rows(kh.charts.segments([], "side"), "share")] == [0.0, 0.0]


def test_the_picture_is_told_in_words() -> None:
    chart = kh.charts.segments(pl.DataFrame({"side": ["internal", "external"]}), "side", lang="en")
    assert specification(chart)["description"] == (
        "Side. 2 customers; undetermined: 0 (0%). Internal: 1 (50%); External: 1 (50%)."
    )


class TestErrors:
    def test_an_unknown_facet_names_those_that_are_spelt_nearly_so(self) -> None:
        with pytest.raises(kh.UnknownNameError, match=r"no facet is called 'benefitt'\nHint: did you mean 'benefit'"):
            kh.charts.segments(pl.DataFrame({"benefit": []}), "benefitt")

    def test_a_users_own_facet_by_its_code_alone(self) -> None:
        with pytest.raises(kh.UnknownNameError, match=r"'xyz'\nHint: give the label set itself"):
            kh.charts.segments(pl.DataFrame({"xyz": ["a"]}), "xyz")

    def test_what_is_no_facet(self) -> None:
        with pytest.raises(kh.UnknownNameError, match="no facet is called 3\n"):
            kh.charts.segments(pl.DataFrame({"side": ["internal"]}), 3)  # type: ignore[arg-type]

    def test_a_facet_that_the_profiles_do_not_have(self) -> None:
        with pytest.raises(kh.UnknownNameError, match="benefit"):
            kh.charts.segments(profiles(8), "benefit")

    def test_a_facet_without_a_column(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"population: the table has no column side\n .*its columns are age"):
            kh.charts.segments(pl.DataFrame({"age": [1]}), "side")

    def test_a_code_that_is_no_label(self) -> None:
        with pytest.raises(
            kh.InvalidError, match=r"side: the column holds 'inside', .* no label of Side\n.*internal, ext"
        ):
            kh.charts.segments(pl.DataFrame({"side": ["inside"]}), "side")

    def test_an_unknown_language(self) -> None:
        with pytest.raises(kh.UnknownLanguageError, match="'fr'"):
            kh.charts.segments([], "side", lang="fr")  # type: ignore[arg-type]

    @pytest.mark.parametrize("population", [3, "side", {"side": ["internal"]}, None])
    def test_what_is_no_population(self, population: object) -> None:
        with pytest.raises(kh.InvalidError, match=r"population: .* is no dataframe"):
            kh.charts.segments(population, "side")

    def test_a_list_of_something_else(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"population\[1\]: a value of type Customer is no profile"):
            kh.charts.segments([*profiles(8), born(9)], "age_band")
