"""One fixture of all engines; those that are left out are named at the end of the run."""

from __future__ import annotations

import pytest
from tests.engines.configurations import ENGINES, PRESENT, Engine

_DASK = r"ignore:Dask support is moving out of Narwhals:FutureWarning"
_PANDAS = r"ignore:The behavior of array concatenation with empty entries:FutureWarning"  # before pandas 3
_SPARK = r"ignore:PySpark does not yet fully support pandas:FutureWarning"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which engines did not take part, and why."""
    absent = {str(engine): engine.absence for engine in ENGINES if engine.absence}
    if absent:
        terminalreporter.section("engines left out")
        for name, reason in absent.items():
            terminalreporter.line(f"{name}: {reason}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What narwhals, pandas and PySpark say about the versions of others is no fault of ours."""
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.filterwarnings(_DASK))
            item.add_marker(pytest.mark.filterwarnings(_PANDAS))
            item.add_marker(pytest.mark.filterwarnings(_SPARK))


@pytest.fixture(params=PRESENT, ids=str)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every configuration that takes part."""
    made: Engine = request.param
    return made
