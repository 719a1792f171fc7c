"""One fixture of all engines; those that are left out are named at the end of the run."""

from __future__ import annotations

import pytest
from tests.engines.configurations import ENGINES, PRESENT, Engine


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which engines did not take part, and why."""
    absent = {str(engine): engine.absence for engine in ENGINES if engine.absence}
    if absent:
        terminalreporter.section("engines left out")
        for name, reason in absent.items():
            terminalreporter.line(f"{name}: {reason}")


@pytest.fixture(params=PRESENT, ids=str)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every configuration that takes part."""
    made: Engine = request.param
    return made
