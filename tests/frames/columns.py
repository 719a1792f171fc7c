"""Columns of pandas that hold what no other engine's do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa


def objects(*values: Any) -> pd.Series:
    """Python's objects as they are: pandas would make others of some."""
    made = pd.Series([None] * len(values), dtype=object)
    for place, value in enumerate(values):
        made.iloc[place] = value
    return made


def of_arrow(value: Any, kind: pa.DataType) -> pd.Series:
    """A value of a type of Arrow's, and none."""
    return pd.Series([value, None], dtype=pd.ArrowDtype(kind))
