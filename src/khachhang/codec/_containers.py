"""Forms of values that hold values: what may be null, lists, sets, and objects whose keys are names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cattrs.fns import identity

from khachhang.codec._forms import Form, Limits
from khachhang.codec._spot import UNREAD, Mismatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.codec._forms import Definitions, Quick, Schema
    from khachhang.codec._spot import Spot


def whole(values: Any) -> Any:
    """The values, or `UNREAD` where one of them could not be read."""
    return UNREAD if any(value is UNREAD for value in values) else values


class MaybeForm(Form):
    """The value or null, which says that it is not known, or that there is none."""

    def __init__(self, form: Form) -> None:
        self.form = form

    @property
    def writer(self) -> Callable[[Any], Any]:
        return identity if self.form.writer is identity else self.write

    def write(self, value: Any) -> Any:
        return None if value is None else self.form.writer(value)

    def read(self, raw: Any, spot: Spot) -> Any:
        return None if raw is None else self.form.read(raw, spot)

    def quick(self) -> Quick:
        inner = self.form.quick()

        def hook(raw: Any, _kind: Any = None) -> Any:
            return None if raw is None else inner(raw, None)

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        return {"anyOf": [self.form.schema(parts, limits), {"type": "null"}]}


class ListForm(Form):
    """Values in their order; kept as a tuple."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def write(self, value: Any) -> Any:
        return [*map(self.form.writer, value)]

    def read(self, raw: Any, spot: Spot) -> Any:
        if not isinstance(raw, (list, tuple)):
            return spot.wrong_kind(raw, "a list", "write a list, an empty one where there is nothing")
        return whole(tuple([self.form.read(each, spot.at(place)) for place, each in enumerate(raw)]))

    def quick(self) -> Quick:
        inner = self.form.quick()

        def hook(raw: Any, _kind: Any = None) -> Any:
            if raw.__class__ is not list:
                raise Mismatch
            return tuple([inner(each, None) for each in raw])

        return hook

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        ends = {"minItems": limits.least if limits.length is None else limits.length, "maxItems": limits.length}
        kept = {key: end for key, end in ends.items() if end is not None}
        return {"type": "array", "items": self.form.schema(parts, Limits(low=limits.low)), **kept}


class SetForm(ListForm):
    """Values without an order; written in the order of their label set, or of the alphabet."""

    def write(self, value: Any) -> Any:
        return super().write(sorted(value, key=lambda each: getattr(each, "rank", each)))

    def read(self, raw: Any, spot: Spot) -> Any:
        values = super().read(raw, spot)
        return values if values is UNREAD else frozenset(values)

    def quick(self) -> Quick:
        inner = super().quick()

        def hook(raw: Any, _kind: Any = None) -> Any:
            return frozenset(inner(raw, None))

        return hook


class MappingForm(Form):
    """Values by name."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def write(self, value: Any) -> Any:
        return {name: self.form.writer(each) for name, each in value.items()}

    def read(self, raw: Any, spot: Spot) -> Any:
        if not isinstance(raw, dict):
            return spot.wrong_kind(raw, "an object", "write an object, an empty one where there is nothing")
        values = {name: self.form.read(each, spot.at(name)) for name, each in raw.items() if spot.is_name(name)}
        return UNREAD if whole(values.values()) is UNREAD or len(values) < len(raw) else values

    def schema(self, parts: Definitions, limits: Limits) -> Schema:
        return {"type": "object", "additionalProperties": self.form.schema(parts, limits)}


class PairsForm(MappingForm):
    """Pairs of a name and a value, in documents an object."""

    def write(self, value: Any) -> Any:
        return super().write(dict(value))

    def read(self, raw: Any, spot: Spot) -> Any:
        values = super().read(raw, spot)
        return values if values is UNREAD else tuple(values.items())
