"""Rows that can not be meant: how they are described, and which facts they leave unknown on a lazy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import narwhals.stable.v2 as nw

from khachhang.frames.truth import expression

if TYPE_CHECKING:
    from khachhang.frames.table import Frame
    from khachhang.frames.truth import Truth

_WRONG = "__wrong"


@attrs.frozen(eq=False)
class Check:
    """One thing that may be wrong with a row.

    Args:
        column: Our name of the column at fault.
        problem: What is wrong, for people; never with the value.
        rows: Where it is so; free of nulls.
        spoils: What is then not known, by a name that the table's own part understands; empty where only this value is.
        is_error: Whether an eager table is refused for it; otherwise the rules' own conditions can tell.
    """

    column: str
    problem: str
    rows: Truth
    spoils: str = ""
    is_error: bool = True

    def at_fault(self, frame: Frame) -> Frame:
        """The rows of the table where it is so."""
        return frame.with_columns(expression(self.rows).alias(_WRONG)).filter(nw.col(_WRONG))
