"""Tables on dataframe engines, held against the plain meaning of their rules on one record."""

from __future__ import annotations

import importlib
import math
import warnings
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import Fault, InvalidError, KhachhangWarning, OverlapError, listed, repr_of
from khachhang.rules import HitPolicy, interpreter
from khachhang.testing._aim import check_table
from khachhang.testing._subject import shrunk, table_facts
from khachhang.testing.report import ClassifierFailed, Failure, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from khachhang.facts import DecisionTable, Facts
    from khachhang.rules import Classification
    from khachhang.rules.variable import Variable

_ROW = "row of check_on_engines"
_LARGE = 2**63
_WORDS = "A dataframe gets the labels that one record gets."


@attrs.frozen
class _Engine:
    """An engine: the packages that it needs, a native table from an Arrow one, and the rows of a native table."""

    needs: tuple[str, ...]
    make: Callable[[Any], Any]
    rows: Callable[[Any], list[dict[str, Any]]]

    @property
    def absence(self) -> str | None:
        """Why it can not take part; None where it can."""
        lacking = [name for name in ("narwhals", "pyarrow", *self.needs) if find_spec(name) is None]
        return f"{' and '.join(lacking)} not installed" if lacking else None


def _load(name: str) -> Any:
    return importlib.import_module(name)


_ENGINES: dict[str, _Engine] = {
    "polars": _Engine(
        ("polars",), lambda table: _load("polars").from_arrow(table), lambda native: list(native.to_dicts())
    ),
    "polars-lazy": _Engine(
        ("polars",),
        lambda table: _load("polars").from_arrow(table).lazy(),
        lambda native: list(native.collect().to_dicts()),
    ),
    "pyarrow": _Engine((), lambda table: table, lambda native: list(native.to_pylist())),
    "pandas": _Engine(
        ("pandas",),
        lambda table: table.to_pandas(),
        lambda native: list(native.astype(object).to_dict(orient="records")),
    ),
    "pandas-arrow": _Engine(
        ("pandas",),
        lambda table: table.to_pandas(types_mapper=_load("pandas").ArrowDtype),
        lambda native: list(native.astype(object).to_dict(orient="records")),
    ),
    "duckdb": _Engine(
        ("duckdb",),
        lambda table: _load("duckdb").from_arrow(table),
        lambda native: list(native.to_arrow_table().to_pylist()),
    ),
    "dask": _Engine(
        ("dask", "pandas"),
        lambda table: _load("dask.dataframe").from_pandas(
            table.to_pandas(types_mapper=_load("pandas").ArrowDtype), npartitions=3
        ),
        lambda native: list(native.compute().astype(object).to_dict(orient="records")),
    ),
    "ibis": _Engine(
        ("ibis", "duckdb"),
        lambda table: _load("ibis").memtable(table),
        lambda native: list(native.to_pyarrow().to_pylist()),
    ),
    "pyspark": _Engine(
        ("pyspark",),
        lambda table: _load("pyspark.sql").SparkSession.builder.getOrCreate().createDataFrame(table),
        lambda native: [row.asDict() for row in native.collect()],
    ),
}
"""Every engine by its name, the quickest first."""


def check_on_engines(table: DecisionTable[Any], engines: Iterable[str] | None = None) -> Report:
    """Hold what `kh.frames.classify` answers against the plain meaning of the rules, on edges, a cover and any facts.

    Args:
        table: The table.
        engines: The names of engines: ``polars``, ``polars-lazy``, ``pyarrow``, ``pandas``, ``pandas-arrow``,
            ``duckdb``, ``dask``, ``ibis``, ``pyspark``; None for all that are installed. Rows travel through PyArrow.

    Returns:
        How many engines ran, and which were left out and why.

    Raises:
        ClassifierFailed: An `AssertionError` that holds every engine that answers otherwise, each with the smallest
            facts that show it; or that says that no engine could run.
        TableError: If the table is none.
        InvalidError: If there is no engine of a name.

    >>> from khachhang.classifiers import age_band
    >>> check_on_engines(age_band(), engines=["polars"]).ran
    1
    """
    check_table(table, "check_on_engines")
    names = _names(engines)
    left_out = {name: reason for name in names if (reason := _ENGINES[name].absence) is not None}
    here = [name for name in names if name not in left_out]
    records = table_facts(table)
    by_rules = partial(_by_rules, table)
    breaches = {name: _breach(table, records, _ENGINES[name], by_rules) for name in here}
    failures = [
        Failure(name, found[0], f"{_WORDS} {found[1]}") for name, found in breaches.items() if found is not None
    ]
    if not here:
        failures.append(Failure("none", None, "No engine ran, so that nothing was shown."))
    report = Report(table.name, len(here), left_out, tuple(failures))
    if failures:
        raise ClassifierFailed(report)
    return report


def _names(given: Iterable[str] | str | None) -> list[str]:
    def refused(shown: str) -> InvalidError:
        hint = f"the engines are {', '.join(_ENGINES)}"
        return InvalidError("check_on_engines", [Fault("engines", f"there is no engine {shown}", hint)])

    if given is None:
        return list(_ENGINES)
    names = [given] if isinstance(given, str) else list(listed(given, refused))
    for name in names:
        if not isinstance(name, str) or name not in _ENGINES:
            raise refused(repr_of(name))
    return names


def left_out() -> str | None:
    """Why no engine can take part here; None where one can."""
    return None if _quickest() is not None else next(iter(_ENGINES.values())).absence


def _quickest() -> _Engine | None:
    return next((engine for engine in _ENGINES.values() if engine.absence is None), None)


def breach(
    table: DecisionTable[Any], records: Sequence[Facts], classify: Callable[[Facts], Classification[Any] | None]
) -> tuple[Any, str] | None:
    """The first record to which the quickest engine answers otherwise than `classify`; None where it answers alike."""
    engine = _quickest()
    assert engine is not None  # noqa: S101  # else it is left out
    return _breach(table, records, engine, classify, with_rule=False)


def _by_rules(table: DecisionTable[Any], known: Facts) -> Classification[Any] | None:
    """The answer by the plain meaning of the rules; None where they break their hit policy."""
    try:
        return interpreter.classify(table, known)
    except OverlapError:  # of rules that were too many to be proved
        return None


def _breach(
    table: DecisionTable[Any],
    records: Sequence[Facts],
    engine: _Engine,
    classify: Callable[[Facts], Classification[Any] | None],
    *,
    with_rule: bool = True,
) -> tuple[Any, str] | None:
    """The first record to which an engine answers otherwise, shrunk."""

    def difference_of(known: Facts, row: dict[str, Any]) -> str | None:
        answer = classify(known)
        return None if answer is None else _difference(table, answer, row, with_rule=with_rule)

    def alone(known: Facts) -> str | None:
        return difference_of(known, _answered(table, [known], engine)[0])

    rows = _answered(table, records, engine)
    differences = ((known, difference_of(known, row)) for known, row in zip(records, rows, strict=True))
    known, difference = next((found for found in differences if found[1] is not None), (None, None))
    if known is None:
        return None
    if alone(known) is not None:  # it may take the other rows to go wrong
        known = shrunk(known, lambda smaller: alone(smaller) is not None)
        difference = alone(known)
    return known, str(difference)


def _answered(table: DecisionTable[Any], records: Sequence[Facts], engine: _Engine) -> list[dict[str, Any]]:
    """The rows of the classified table, in the order of the records."""
    frames = _load("khachhang.frames")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KhachhangWarning)  # of facts that no column holds
        native = frames.classify(engine.make(_arrow(table, records)), [table], reasons=True)
    rows = sorted(engine.rows(native), key=lambda row: int(row[_ROW]))
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _arrow(table: DecisionTable[Any], records: Sequence[Facts]) -> Any:
    pyarrow = _load("pyarrow")
    columns = {_ROW: pyarrow.array(range(len(records)), pyarrow.int64())}
    for variable in table.variables:
        values: list[Any] = [known.value(variable.name) for known in records]
        if variable.type is str or variable.category is not None:
            values = [None if value is None else str(value) for value in values]
        columns[variable.name] = pyarrow.array(values, _arrow_type(pyarrow, variable, values))
    return pyarrow.table(columns)


def _arrow_type(pyarrow: Any, variable: Variable, values: list[Any]) -> Any:
    known = [value for value in values if value is not None]
    if variable.type is Decimal:
        return pyarrow.decimal128(38, max([2, *(-value.normalize().as_tuple().exponent for value in known)]))
    if variable.type is int:
        return pyarrow.decimal128(38, 0) if any(abs(value) >= _LARGE for value in known) else pyarrow.int64()
    return {float: pyarrow.float64(), bool: pyarrow.bool_()}.get(variable.type, pyarrow.string())


def _plain(value: Any) -> Any:
    """A value of any engine as one of Python's; what stands for nothing there is None."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(value, str):
        return str(value)
    made = value.item() if hasattr(value, "item") else value
    return None if isinstance(made, float) and math.isnan(made) else made


def _difference(
    table: DecisionTable[Any], answer: Classification[Any], found: dict[str, Any], *, with_rule: bool
) -> str | None:
    """What a row says otherwise than an answer."""
    label = None if answer.label is None else answer.label.value
    wanted: dict[str, Any] = {table.name: label, f"{table.name}_outcome": answer.outcome.value}
    rules = answer.rules if label is not None else ()
    if table.hit is HitPolicy.COLLECT:
        rules = tuple(position for position in rules if table.rules[position].label == answer.label)
        for member in table.category:
            is_open = None if member in answer.candidates else False
            wanted[f"{table.name}_{member.value}"] = True if member in answer.labels else is_open
    if with_rule:
        wanted[f"{table.name}_rule"] = next(iter(rules), None)
    wrong = [
        f"{name} is {found[name]!r}, and {value!r} is right" for name, value in wanted.items() if found[name] != value
    ]
    return "; ".join(wrong) or None
