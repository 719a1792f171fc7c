"""What the tests of entities share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from khachhang.errors import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault


def _faults_of(make: Callable[[], object]) -> dict[str, Fault]:
    with pytest.raises(InvalidError) as caught:
        make()
    faults = caught.value.faults
    assert faults
    assert len({fault.field for fault in faults}) == len(faults), "a field is named twice"
    assert all(fault.hint for fault in faults), "a fault without a hint"
    assert str(caught.value).count("Hint: ") == len(faults)
    return {fault.field: fault for fault in faults}


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Callable[[], object]], dict[str, Fault]]:
    """The faults for which an object is refused, by field; each has a hint, and no field comes twice."""
    return _faults_of
