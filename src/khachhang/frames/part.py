"""What one table tells of each customer: columns, and the facts that follow from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames.truth import disjunction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from khachhang.frames.aggregation import Aggregation
    from khachhang.frames.faults import Check
    from khachhang.frames.table import Frame


@attrs.frozen(eq=False)
class Part:
    """What one table tells of each customer.

    Args:
        frame: One row a customer, with the key; customers without a row are known to have no events.
        facts: The facts, as expressions on these columns where they may be null for want of a row.
    """

    frame: Frame
    facts: Mapping[str, nw.Expr]


def spoil(aggregation: Aggregation, prefix: str, checks: Iterable[Check], *, is_checked: bool) -> dict[str, str]:
    """Count the rows at fault, by what they spoil.

    Args:
        aggregation: Where they are counted.
        prefix: What sets the new columns apart from those of other tables.
        checks: What may be wrong.
        is_checked: Whether there are none, since that would have been an error.

    Returns:
        For each thing that may be spoiled the column of the count.
    """
    by_name: dict[str, list[Check]] = {}
    for check in checks:
        if check.spoils and check.rows is not False and not is_checked:
            by_name.setdefault(check.spoils, []).append(check)
    for name, found in by_name.items():
        aggregation.count(f"{prefix}_{name}_spoiled", disjunction(check.rows for check in found))
    return {name: f"{prefix}_{name}_spoiled" for name in by_name}


def unspoiled(value: nw.Expr, columns: Iterable[str]) -> nw.Expr:
    """The value, null where any of the counts is above 0."""
    sound = [nw.col(column).fill_null(0) == 0 for column in columns]
    for each in sound:
        value = nw.when(each).then(value)
    return value
