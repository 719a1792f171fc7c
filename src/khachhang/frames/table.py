"""Tables of any engine, through narwhals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import narwhals.stable.v2 as nw
from narwhals.exceptions import DuplicateError

from khachhang.errors import Fault, InvalidError, repr_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Frame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"


def as_frame(given: Any, subject: str, field: str) -> Frame:
    """The table as narwhals sees it.

    Raises:
        InvalidError: If it is no table of an engine that narwhals knows, or its columns can not be read: two bear one
            name, say, or one bears a name that is no text.
    """
    try:
        frame: Frame = nw.from_native(given)
        names = frame.collect_schema().names()
    except DuplicateError as error:
        problem = f"two columns bear one name ({' '.join(str(error).split())})"
        raise InvalidError(subject, [Fault(field, problem, "rename or drop one of them")]) from None
    except TypeError:
        problem = f"a value of type {type(given).__name__} is no dataframe"
        hint = "give a table of pandas, Polars, PyArrow, DuckDB, Dask, Ibis, SQLFrame or PySpark"
        raise InvalidError(subject, [Fault(field, problem, hint)]) from None
    except Exception as error:  # noqa: BLE001  # whatever an engine says of its own types
        problem = f"its columns can not be read ({' '.join(str(error).split())})"
        raise InvalidError(
            subject, [Fault(field, problem, "leave out the column at fault, or convert it first")]
        ) from None
    odd = [name for name in names if not _is_text(name)]
    if odd:
        problem = f"a column is called {repr_of(odd[0])}, which is no text"
        raise InvalidError(subject, [Fault(field, problem, "give every column a name that is a text")])
    return frame


def _is_text(name: object) -> bool:
    """Whether a column's name is one that every engine can have: pandas allows whatever has a hash."""
    return isinstance(name, str) and name.encode(errors="replace").decode() == name


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
