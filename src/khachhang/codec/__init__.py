"""Any object of the library as plain data or JSON, and back: to store it, to send it, to take it from a request."""

from __future__ import annotations

try:
    import cattrs as _cattrs  # noqa: F401  # all of this room needs it
except ModuleNotFoundError as error:
    if error.name != "cattrs":
        raise
    from khachhang.errors import MissingExtraError

    raise MissingExtraError("codec", "cattrs") from None

from khachhang.codec._register import TYPES
from khachhang.codec._text import MAX_SIZE
from khachhang.codec.document import FORMAT, dumps, from_dict, loads, to_dict
from khachhang.codec.schema import schema

__all__ = ["FORMAT", "MAX_SIZE", "TYPES", "dumps", "from_dict", "loads", "schema", "to_dict"]
