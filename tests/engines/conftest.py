"""One fixture of all engines; those that are left out are named at the end of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engines.configurations import ENGINES, Engine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=ENGINES, ids=str)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Every configuration that can take part; the others are skipped with the reason."""
    made: Engine = request.param
    if made.absence:
        pytest.skip(f"engine {made}: {made.absence}")
    yield made
