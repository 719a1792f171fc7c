"""Tables on dataframe engines, held against one record: the check itself."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

import khachhang as kh
from khachhang import testing
from khachhang.rules import interpreter
from khachhang.testing import engine as kit
from khachhang.testing._subject import drawn

ENGINES = ["polars", "polars-lazy", "pyarrow", "pandas", "pandas-arrow", "duckdb"]
pytestmark = pytest.mark.skipif(
    not all(find_spec(name) for name in ("narwhals", "pyarrow", "polars", "pandas", "duckdb")),
    reason="not all of narwhals, PyArrow, Polars, pandas and DuckDB are installed",
)
BANDS = kh.classifiers.age_band()


def test_every_engine_that_is_installed_takes_part() -> None:
    report = testing.check_on_engines(kh.classifiers.relationship_type())

    assert report.ran >= len(ENGINES)
    assert not set(report.left_out) & set(ENGINES)
    assert all(reason.endswith("not installed") for reason in report.left_out.values())


def test_only_those_named_take_part() -> None:
    assert testing.check_on_engines(BANDS, engines=["polars", "duckdb"]).ran == 2
    assert testing.check_on_engines(BANDS, engines="pyarrow").ran == 1


def test_an_engine_that_is_not_there_is_left_out_and_none_at_all_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kit._ENGINES, "absent", kit._Engine(("no_such_package",), list, list))
    report = testing.check_on_engines(BANDS, engines=["absent", "polars"])
    assert report.left_out == {"absent": "no_such_package not installed"}
    with pytest.raises(AssertionError, match="No engine ran"):
        testing.check_on_engines(BANDS, engines=["absent"])


def test_an_engine_of_no_known_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="there is no engine 'excel'\\n    Hint: the engines are polars, "):
        testing.check_on_engines(BANDS, engines=["excel"])


def test_any_table_gets_the_same_labels_everywhere() -> None:
    for table in drawn(testing.tables(), 8):
        testing.check_on_engines(table, engines=["polars", "pandas"])


def test_facts_of_every_type_travel() -> None:
    amount, flag, whole = kh.fact.custom("a", float), kh.fact.custom("b", bool), kh.fact.custom("c", int)
    rules = [kh.when((amount > 0.5) & flag & (whole > 10**20)).then(kh.Side.INTERNAL)]
    table = kh.DecisionTable(name="x", category=kh.Side, rules=rules, otherwise=kh.Side.EXTERNAL)
    testing.check_on_engines(table, engines=["polars"])


class TestFaults:
    def broken(self, monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
        right = kh.frames.classify

        def classify(native: Any, template: Any, *, reasons: bool) -> Any:
            return change(right(native, template, reasons=reasons))

        monkeypatch.setattr(kh.frames, "classify", classify)

    def test_a_wrong_label_is_found_and_shrunk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import polars as pl  # noqa: PLC0415  # it may be missing

        wrong = pl.when(pl.col("age") == 22).then(pl.lit("from_15_to_22")).otherwise(pl.col("age_band").cast(pl.String))
        self.broken(monkeypatch, lambda native: native.with_columns(wrong.alias("age_band")))
        with pytest.raises(AssertionError, match="age_band is 'from_15_to_22', and 'from_22_to_50' is right") as caught:
            testing.check_on_engines(BANDS, engines=["polars"])
        (failure,) = caught.value.failures  # type: ignore[attr-defined]  # of our own kind of error
        assert (failure.check, failure.example) == ("polars", kh.Facts(age=22))

    def test_a_fault_that_takes_several_rows_is_found_as_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import polars as pl  # noqa: PLC0415  # it may be missing

        def shuffled(native: Any) -> Any:
            return native if len(native) < 2 else native.with_columns(pl.col("age_band").reverse())

        self.broken(monkeypatch, shuffled)
        with pytest.raises(AssertionError, match="age_band is"):
            testing.check_on_engines(BANDS, engines=["polars"])

    def test_without_engines_the_check_of_classifiers_leaves_frames_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kit, "find_spec", lambda _name: None)
        report = testing.check_classifier(BANDS)
        assert report.left_out["frame"] == "narwhals and pyarrow and polars not installed"

    def test_rules_that_break_their_policy_are_another_matter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def raising(_table: Any, _known: kh.Facts) -> Any:
            raise kh.OverlapError("x", [0, 1])

        monkeypatch.setattr(interpreter, "classify", raising)
        assert testing.check_on_engines(BANDS, engines=["polars"]).failures == ()
