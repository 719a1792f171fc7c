"""What a long run looks at, in short."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from tests.promises import soak

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    import khachhang as kh


@pytest.fixture(autouse=True)
def _looks_at_what_is_new() -> Iterator[None]:
    """What other tests have left is not gone through again, which takes most of the time."""
    gc.freeze()
    yield
    gc.unfreeze()


def test_nothing_is_kept_of_a_customer() -> None:
    seen = soak.soak(500)
    assert seen.is_flat
    assert seen.compared == len(soak.TABLES)


def test_what_is_kept_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    make, kept = soak.a_customer, []

    def keep(chance: random.Random, place: int) -> kh.Customer:
        kept.append([[place]] * 5)
        return make(chance, place)

    monkeypatch.setattr(soak, "a_customer", keep)
    assert not soak.soak(1_500).is_flat
