"""What a classified table looks like, on every engine."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.engines.configurations import HAS_OLD_DUCKDB, by_row

import khachhang as kh

if TYPE_CHECKING:
    from tests.engines.configurations import Engine


class Level(kh.Category):
    LOW = "low"
    MIDDLE = kh.term("middle", vi="vừa", en="middle")
    HIGH = "high"
    TOP = "top"


NPS = kh.fact.custom("nps", int, low=0, high=10)


def level(hit: kh.HitPolicy = kh.HitPolicy.FIRST, **more: Any) -> kh.DecisionTable[Level]:
    rules = [kh.when(NPS >= 9).then(Level.HIGH), kh.when(NPS >= 5).then(Level.MIDDLE), kh.when(NPS < 2).then(Level.LOW)]
    return kh.DecisionTable(name="level", category=Level, rules=more.pop("rules", rules), hit=hit, **more)


def classified(engine: Engine, columns: dict[str, Any], *template: Any, **more: Any) -> list[dict[str, Any]]:
    rows = pa.array(range(len(next(iter(columns.values())))), pa.int64())
    table = pa.table({"row": rows, **columns})
    found = by_row(engine.rows(kh.frames.classify(engine.make(table), template, **more)))
    return [found[place] for place in range(len(found))]


def column(engine: Engine, name: str, columns: dict[str, Any], *template: Any, **more: Any) -> list[Any]:
    return [row[name] for row in classified(engine, columns, *template, **more)]


class TestColumns:
    def test_the_label_column_holds_codes_and_null_where_there_is_none(self, engine: Engine) -> None:
        assert column(engine, "level", {"nps": [9, 5, 1, 3, None]}, level()) == ["high", "middle", "low", None, None]

    def test_reasons_add_outcome_and_rule(self, engine: Engine) -> None:
        rows = classified(engine, {"nps": [9, 5, 3, None]}, level(), reasons=True)
        assert [row["level_outcome"] for row in rows] == ["matched", "matched", "unmatched", "undetermined"]
        assert [row["level_rule"] for row in rows] == [0, 1, None, None]

    def test_the_users_columns_come_first_and_are_passed_on(self, engine: Engine) -> None:
        (row,) = classified(engine, {"nps": [9], "tên": ["Lan"]}, level(), reasons=True)
        assert list(row) == ["row", "nps", "tên", "level", "level_outcome", "level_rule"]
        assert row["tên"] == "Lan"

    def test_several_labels_have_a_column_each(self, engine: Engine) -> None:
        rows = classified(engine, {"nps": [9, 5, 3, None]}, level(kh.HitPolicy.COLLECT), reasons=True)
        assert list(rows[0])[2:] == [
            "level", "level_low", "level_middle", "level_high", "level_top", "level_outcome", "level_rule",
        ]  # fmt: skip
        assert [row["level"] for row in rows] == ["middle", "middle", None, None]
        assert [row["level_high"] for row in rows] == [True, False, False, None]
        assert [row["level_middle"] for row in rows] == [True, True, False, None]
        assert [row["level_top"] for row in rows] == [False] * 4
        assert [row["level_rule"] for row in rows] == [1, 1, None, None]

    def test_the_primary_label_is_null_while_a_higher_one_is_open(self, engine: Engine) -> None:
        score = kh.fact.custom("score", int)
        rules = [kh.when(NPS >= 9).then(Level.HIGH), kh.when(score >= 1).then(Level.LOW)]
        table = level(kh.HitPolicy.COLLECT, rules=rules)
        rows = classified(engine, {"nps": [9, None, 9], "score": [None, 1, 1]}, table, reasons=True)
        assert [row["level"] for row in rows] == [None, "low", "low"]
        assert [row["level_outcome"] for row in rows] == ["undetermined", "undetermined", "matched"]

    def test_a_table_of_no_rows(self, engine: Engine) -> None:
        empty = {"nps": pa.array([], pa.int64())}
        assert classified(engine, empty, level(), reasons=True) == []

    def test_a_template_of_no_tables_adds_nothing(self, engine: Engine) -> None:
        assert classified(engine, {"nps": [1]}) == [{"row": 0, "nps": 1}]

    def test_a_second_time_gives_the_same(self, engine: Engine) -> None:
        native = engine.make(pa.table({"row": [0], "nps": [5]}))
        once = kh.frames.classify(native, [level()], reasons=True)
        twice = kh.frames.classify(once, [level()], reasons=True)
        assert engine.rows(twice) == engine.rows(once)


class TestValues:
    def test_nan_is_not_known(self, engine: Engine) -> None:
        share = {"discounted_share": [0.5, float("nan"), None]}
        table = kh.classifiers.bands(kh.fact.discounted_share, [0.5], given=kh.always, name="sale")
        assert column(engine, "sale_outcome", share, table, reasons=True) == ["matched", "undetermined", "undetermined"]

    def test_fractions_of_a_whole_number_are_rounded_down(self, engine: Engine) -> None:
        ages = {"age": [14.9, 15.0, 21.99, 50.5, 51.0]}
        expected = ["under_15", "from_15_to_22", "from_15_to_22", "from_22_to_50", "over_50"]
        assert column(engine, "age_band", ages, kh.classifiers.age_band()) == expected

    def test_decimals_are_exact(self, engine: Engine) -> None:
        if engine.name == "dask":
            pytest.skip("a NumPy-backed Dask table holds no decimals")
        cut = Decimal("1000000.10")
        table = kh.classifiers.bands(kh.fact.spend, [cut])
        spends = pa.array([cut - Decimal("0.01"), cut, cut + Decimal("0.01"), None], pa.decimal128(20, 2))
        assert column(engine, "spend_band", {"spend": spends}, table) == ["spend_1", "spend_2", "spend_2", None]

    @pytest.mark.parametrize("kind", ["int8", "uint8", "int32", "float32"])
    def test_narrow_numbers(self, engine: Engine, kind: str) -> None:
        if kind == "uint8" and engine.name == "pyspark":
            pytest.skip("Spark has no numbers without a sign")
        ages = pa.array([14, 15, 60], pa.type_for_alias(kind))
        low, high = -(10**20), 10**20
        age = kh.fact.age
        beyond = (age > high) | (age == high) | ~(age < high) | ~(age >= low) | (age < low)
        wide = kh.when((age > 300) | beyond).then(Level.TOP)
        table = level(rules=[wide, kh.when(kh.fact.age >= 15).then(Level.HIGH)], otherwise=Level.LOW)
        assert column(engine, "level", {"age": ages}, table) == ["low", "high", "high"]

    def test_labels_of_other_languages_and_odd_codes(self, engine: Engine) -> None:
        class Rank(kh.Category, facet="hang"):
            GOLD = "vàng"
            ODD = "it's ½"

        rank = kh.fact.custom("hang_cu", Rank)
        table = kh.DecisionTable(
            name="hang",
            category=Rank,
            rules=[kh.when(rank == Rank.GOLD).then(Rank.ODD), kh.when(rank != Rank.GOLD).then(Rank.GOLD)],
        )
        assert column(engine, "hang", {"hang_cu": ["vàng", "it's ½", None]}, table) == ["it's ½", "vàng", None]

    def test_coded_columns_will_do(self, engine: Engine) -> None:
        if engine.name in {"dask", "ibis", "sqlframe", "pyspark", "duckdb"}:
            pytest.skip("the Arrow table has no coded column there")
        genders = pa.array(["female", None, "male"]).dictionary_encode()
        table = level(rules=[kh.when(kh.fact.gender == kh.Gender.FEMALE).then(Level.HIGH)], otherwise=Level.LOW)
        assert column(engine, "level", {"gender": genders}, table) == ["high", None, "low"]


class TestWhatIsNotKnown:
    def test_a_missing_column_is_a_fact_not_known_and_one_warning_names_them_all(self, engine: Engine) -> None:
        native = engine.make(pa.table({"row": [0], "purchase_count": [6]}))
        with pytest.warns(kh.KhachhangWarning) as caught:
            found = kh.frames.classify(native, [kh.classifiers.benefit(), kh.classifiers.standing()], reasons=True)
        (warning,) = (each for each in caught if each.category is kh.KhachhangWarning)
        assert "unresolved_complaint_count" in str(warning.message)
        assert "dealing_count" in str(warning.message)
        assert "purchase_count," not in str(warning.message).replace("dealing_count,", "")
        assert warning.filename == __file__
        (row,) = engine.rows(found)
        assert row["benefit_outcome"] == "undetermined"

    def test_a_column_of_nothing_is_a_fact_not_known(self, engine: Engine) -> None:
        if engine.name == "sqlframe":
            pytest.skip("SQLFrame reads no column without a type")
        if engine.name == "duckdb" and HAS_OLD_DUCKDB:
            pytest.skip("before its version 2 DuckDB reads whole numbers there")
        columns = {"nps": pa.nulls(2), "has_need": pa.nulls(2)}
        table = level(rules=[kh.when((NPS >= 9) & kh.fact.has_need).then(Level.HIGH)])
        if engine.name == "dask":
            columns = {name: pa.array([None, None], pa.float64() if name == "nps" else pa.bool_()) for name in columns}
        assert column(engine, "level_outcome", columns, table, reasons=True) == ["undetermined", "undetermined"]

    def test_facts_of_persons_alone_imply_a_person(self, engine: Engine) -> None:
        columns = {"age": [60, None, 60], "party_kind": [None, None, "organization"]}
        assert column(engine, "age_band_outcome", columns, kh.classifiers.age_band(), reasons=True) == [
            "matched", "undetermined", "unmatched",
        ]  # fmt: skip

    def test_an_age_alone_is_enough_and_no_warning_is_given(self, engine: Engine) -> None:
        assert column(engine, "age_band", {"age": [60, None]}, kh.classifiers.age_band()) == ["over_50", None]

    def test_a_null_in_one_tie_leaves_that_kind_alone_open(self, engine: Engine) -> None:
        ties = {f"tie_{kind.value}": pa.array([False, False], pa.bool_()) for kind in kh.TieKind}
        columns = {**ties, "tie_reseller": pa.array([True, None], pa.bool_()), "purchase_count": [0, 0]}
        columns |= {name: pa.array([False, False]) for name in ("has_need", "has_means", "taste_matches")}
        with pytest.warns(kh.KhachhangWarning, match="discounted_share"):
            rows = classified(engine, columns, kh.classifiers.relationship_type())
        assert [row["relationship_type_intermediary"] for row in rows] == [True, None]
        assert [row["relationship_type_internal"] for row in rows] == [False, False]
        assert [row["relationship_type"] for row in rows] == ["intermediary", None]


class TestAssumptions:
    def test_values_stand_in_for_what_is_not_known(self, engine: Engine) -> None:
        columns = {"nps": [9, None]}
        assert column(engine, "level", columns, level(), assume={"nps": 5}) == ["high", "middle"]

    def test_a_missing_column_may_be_assumed_without_a_warning(self, engine: Engine) -> None:
        assert column(engine, "level", {"x": [1, 2]}, level(), assume={"nps": 5}) == ["middle", "middle"]

    def test_recorded_is_all(self, engine: Engine) -> None:
        columns = {"purchase_count": [6, 1, 0, None], "days_since_last_purchase": [3, 400, None, None]}
        with pytest.warns(kh.KhachhangWarning, match="no column bought_count, has_need, has_means, taste_matches:"):
            found = column(engine, "benefit", columns, kh.classifiers.benefit(), assume=kh.RECORDED_IS_ALL)
        assert found == ["loyal", "potential", None, None]

    def test_an_assumed_age_makes_a_person(self, engine: Engine) -> None:
        columns = {"party_kind": ["person", None, "group"]}
        assumed = {"age": 30}
        assert column(engine, "age_band", columns, kh.classifiers.age_band(), assume=assumed) == [
            "from_22_to_50", "from_22_to_50", None,
        ]  # fmt: skip


class TestManyRules:
    def test_256_rules(self, engine: Engine) -> None:
        rules = [kh.when(NPS_LONG.between(place, place + 1, closed="left")).then(_of(place)) for place in range(256)]
        table = kh.DecisionTable(name="level", category=Level, rules=rules, hit=kh.HitPolicy.FIRST)
        places = [0, 1, 100, 255, 256, None]
        expected = [None if place in {256, None} else _of(place or 0).value for place in places]
        assert column(engine, "level", {"long": places}, table) == expected


NPS_LONG = kh.fact.custom("long", int)


def _of(place: int) -> Level:
    return list(Level)[place % 4]
