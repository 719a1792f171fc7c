"""Forms are found from the classes themselves: a new field gets one, or is told that there is none."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import khachhang as kh
from khachhang.codec import _register
from khachhang.codec._forms import Definitions, Limits
from khachhang.codec._spot import PLAIN, Spot


@attrs.frozen
class Contact:
    """What a new class may look like."""

    owner: kh.Person | kh.Organization
    number: str = attrs.field(repr=False)
    labels: tuple[kh.Channel, ...] = ()
    marks: frozenset[int] | None = None
    left: float | None = None


FORM = _register.form_of(Contact)
EXAMPLE = Contact(kh.Organization("Hoa Sen"), "0912 345 678", (kh.Channel.EMAIL,), frozenset({3, 1}))
DOCUMENT = {
    "owner": {"type": "Organization", "name": "Hoa Sen"}, "number": "0912 345 678", "labels": ["email"], "marks": [1, 3],
}  # fmt: skip


def test_a_new_class_has_a_form_from_its_fields_alone() -> None:
    assert FORM.write(EXAMPLE) == DOCUMENT
    assert FORM.quick()(DOCUMENT, None) == FORM.read(DOCUMENT, Spot(PLAIN)) == EXAMPLE


def test_what_repr_does_not_show_is_not_shown_in_errors_either() -> None:
    spot = Spot(PLAIN)
    FORM.read({**DOCUMENT, "number": 912345678, "left": "x"}, spot)
    assert [(fault.field, fault.problem) for fault in spot.faults] == [
        ("number", "the value is not a text"),
        ("left", "'x' is not a finite number"),
    ]


def test_it_has_a_schema() -> None:
    parts = Definitions()
    assert FORM.schema(parts, Limits()) == {"$ref": "#/$defs/Contact"}
    assert set(parts) >= {"Contact", "Person", "Gender", "StyleScores", "Organization", "OrganizationKind", "Channel"}


@pytest.mark.parametrize("hint", [complex, set[int], tuple[int, str], object, Any], ids=str)
def test_a_field_of_a_type_without_a_form_is_told(hint: Any) -> None:
    with pytest.raises(TypeError, match="no form in documents for"):
        _register.form_of_hint(hint)


def test_reasons_are_given_for_public_types_alone() -> None:
    assert _register.reason(Contact) is None
    assert "from_dict as categories" in (_register.reason(kh.Category) or "")
