"""What processes are asked; apart from the tests, so that a new process has little to import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import khachhang as kh


def answers(table: kh.DecisionTable[Any], known: list[kh.Facts]) -> list[Any]:
    return [(table.classify(facts), table.label(facts), table.explain(facts, "vi")) for facts in known]
