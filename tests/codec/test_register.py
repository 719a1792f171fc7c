"""Forms are found from the classes themselves: a new field gets one, or is told that there is none."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # attrs finds it when it runs
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import khachhang as kh
from khachhang.codec import _register
from khachhang.codec._forms import Definitions, Limits
from khachhang.codec._spot import PLAIN, Spot
from khachhang.rules.variable import Value  # noqa: TC001  # the same

if TYPE_CHECKING:
    from khachhang.codec._forms import Form


@attrs.frozen
class Contact:
    """What a new class may look like."""

    owner: kh.Person | kh.Organization
    number: str = attrs.field(repr=False)
    labels: tuple[kh.Channel, ...] = ()
    marks: frozenset[int] | None = None
    left: float | None = None
    other: kh.Person | kh.Organization | None = None
    own: tuple[tuple[str, Value], ...] = ()
    counts: Mapping[str, int] = attrs.field(factory=dict)


EXAMPLE = Contact(
    kh.Organization("Hoa Sen"), "0912 345 678", (kh.Channel.EMAIL,), frozenset({3, 1}), None, kh.Person("Lan"),
    (("nps", 9), ("limit", Decimal("19.90"))), {"calls": 2},
)  # fmt: skip
DOCUMENT = {
    "owner": {"type": "Organization", "name": "Hoa Sen"}, "number": "0912 345 678", "labels": ["email"], "marks": [1, 3],
    "other": {"type": "Person", "name": "Lan"}, "own": {"nps": 9, "limit": {"decimal": "19.90"}}, "counts": {"calls": 2},
}  # fmt: skip


@pytest.fixture
def form() -> Form:
    """Made anew, from the forms of its fields on."""
    for cached in (_register.form_of, _register._record):
        cached.cache_clear()
    return _register.form_of(Contact)


def test_a_new_class_has_a_form_from_its_fields_alone(form: Form) -> None:
    assert form.write(EXAMPLE) == DOCUMENT
    assert form.quick()(DOCUMENT, None) == form.read(DOCUMENT, Spot(PLAIN)) == EXAMPLE


def test_what_repr_does_not_show_is_not_shown_in_errors_either(form: Form) -> None:
    spot = Spot(PLAIN)
    form.read({**DOCUMENT, "number": 912345678, "left": "x"}, spot)
    assert [(fault.field, fault.problem) for fault in spot.faults] == [
        ("number", "the value is not a text"),
        ("left", "'x' is not a finite number"),
    ]


def test_it_has_a_schema(form: Form) -> None:
    parts = Definitions()
    assert form.schema(parts, Limits()) == {"$ref": "#/$defs/Contact"}
    assert set(parts) >= {"Contact", "Person", "Gender", "StyleScores", "Organization", "OrganizationKind", "Channel"}


@pytest.mark.parametrize("hint", [complex, set[int], tuple[int, str], object, Any], ids=str)
def test_a_field_of_a_type_without_a_form_is_told(hint: Any) -> None:
    with pytest.raises(TypeError, match="no form in documents for"):
        _register.form_of_hint(hint)


def test_reasons_are_given_for_public_types_alone() -> None:
    assert _register.reason(Contact) is None
    assert "from_dict as categories" in (_register.reason(kh.Category) or "")
