"""JSON Schemas of the documents, made from the classes."""

from __future__ import annotations

from typing import Any, Final

from khachhang.codec._forms import NO_LIMITS, Definitions
from khachhang.codec.document import FORMAT, VERSION, form_for

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema of the documents of one type, in draft 2020-12.

    It accepts every document that `dumps` writes, and what it accepts can be read, but for what no schema can say: that
    days are in the calendar, that amounts have no point outside of quotes, that fields agree with each other, which
    codes and facts there are, how deep conditions may stand, and which characters a name may have.

    Args:
        kind: A type in `TYPES`.

    Raises:
        InvalidError: If the type has no form.

    >>> import khachhang as kh
    >>> made = kh.codec.schema(kh.Tie)
    >>> made["required"], made["properties"]["khachhang"]
    (['kind'], {'const': 1})
    """
    parts = Definitions()
    made = form_for(kind, "schema").schema(parts, NO_LIMITS)
    body = _headed(made, parts) if "$ref" in made else {"anyOf": [_headed(each, parts) for each in made["anyOf"]]}
    head = {"$schema": _DIALECT, "title": f"{kind.__name__} of khachhang"}
    return {**head, **body, "$defs": dict(sorted(parts.items()))} if parts else {**head, **body}


def _headed(reference: dict[str, Any], parts: Definitions) -> dict[str, Any]:
    """The part to which a reference leads, as it stands outermost in a document."""
    made = parts.pop(reference["$ref"].rpartition("/")[2])
    more = {"required": [*reference["required"], *made["required"]]} if "required" in reference else {}
    return {**made, **more, "properties": {VERSION: {"const": FORMAT}, **made["properties"]}}
