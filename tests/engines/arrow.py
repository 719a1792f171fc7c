"""Records of facts as Arrow tables, typed as the facts are."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khachhang.facts import Facts
    from khachhang.rules.variable import Variable


def arrow_type(variable: Variable, values: Iterable[Any] = ()) -> Any:
    """The type in which a column holds these values of a fact."""
    known = [value for value in values if value is not None]
    if variable.type is Decimal:
        places = [-int(value.normalize().as_tuple().exponent) for value in known]
        return pa.decimal128(38, max([2, *places]))
    if variable.type is int and any(abs(value) >= 2**63 for value in known):
        return pa.decimal128(38, 0)
    kinds: dict[type, Any] = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return kinds.get(variable.type, pa.string())


def table_of(records: Sequence[Facts], variables: Iterable[Variable]) -> Any:
    """A table of facts, with the position of each record in a column `row`."""
    columns: dict[str, Any] = {"row": pa.array(range(len(records)), pa.int64())}
    for variable in variables:
        values = [record.value(variable.name) for record in records]
        plain = [str.__str__(value) if isinstance(value, str) else value for value in values]
        columns[variable.name] = pa.array(plain, arrow_type(variable, values))
    return pa.table(columns)
