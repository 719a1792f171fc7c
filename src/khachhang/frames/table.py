"""Tables of any engine, through narwhals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals.stable.v2 as nw
from narwhals.exceptions import DuplicateError

from khachhang.errors import Fault, InvalidError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"


def as_frame(given: Any, subject: str, field: str) -> Frame:
    """The table as narwhals sees it.

    Raises:
        InvalidError: If it is no table of an engine that narwhals knows, or two columns bear one name.
    """
    try:
        frame: Frame = nw.from_native(given)
        if isinstance(frame, nw.DataFrame):
            frame.collect_schema()
    except DuplicateError as error:
        problem = f"two columns bear one name ({' '.join(str(error).split())})"
        raise InvalidError(subject, [Fault(field, problem, "rename or drop one of them")]) from None
    except TypeError:
        problem = f"a value of type {type(given).__name__} is no dataframe"
        hint = "give a table of pandas, Polars, PyArrow, DuckDB, Dask, Ibis, SQLFrame or PySpark"
        raise InvalidError(subject, [Fault(field, problem, hint)]) from None
    return frame


def check_present(frame: Frame, wanted: Iterable[str], subject: str, field: str) -> None:
    """An error where a table lacks columns.

    Raises:
        InvalidError: Naming them, and those that there are.
    """
    present = frame.collect_schema().names()
    missing = [name for name in wanted if name not in present]
    if missing:
        problem = f"the table has no column {', '.join(missing)}"
        raise InvalidError(subject, [Fault(field, problem, f"its columns are {', '.join(present)}")])


def is_eager(frame: Frame) -> bool:
    """Whether the data is there to be looked at."""
    return isinstance(frame, nw.DataFrame)


def spare_names(frame: Frame) -> Iterator[str]:
    """Names for columns that live no longer than the work on them; none that the table has."""
    mark = "__kh"
    while any(name.startswith(mark) for name in frame.collect_schema().names()):
        mark = f"_{mark}"
    number = 0
    while True:
        yield f"{mark}_{number}"
        number += 1
