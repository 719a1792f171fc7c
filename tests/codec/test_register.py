"""Forms are found from the classes themselves: a new field gets one, or is told that there is none."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # attrs finds it when it runs
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import khachhang as kh
from khachhang.codec import _containers, _forms, _register
from khachhang.codec._forms import Definitions, Limits
from khachhang.codec._spot import PLAIN, UNREAD, Mismatch, Spot
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


def test_what_could_not_be_read_says_so_of_itself() -> None:
    assert repr(UNREAD) == "UNREAD"


def test_reasons_are_given_for_public_types_alone() -> None:
    assert _register.reason(Contact) is None
    assert "from_dict as categories" in (_register.reason(kh.Category) or "")


@pytest.mark.parametrize(
    ("made", "right", "wrong"),
    [
        (_forms.TextForm(), ["", "Lan"], [5, None, True]),
        (_forms.FlagForm(), [True, False], [1, 0, "true", None]),
        (_forms.WholeForm(), [0, -5, 31.0, 10**300 - 1, 1 - 10**300], [True, 31.5, "5", 10**300, -(10**300), None]),
        (_forms.RealForm(), [0, -5, 0.5, 10**300 - 1, Decimal("0.5")], [True, "5", float("nan"), 10**300, -(10**300)]),
        (
            _forms.AmountForm(),
            ["19.90", "+5", "-0.0", "007", 5, -5, 10**300 - 1, Decimal("1.5"), "9" * 300],
            ["", "1e3", "1,5", ".5", "٣", "9" * 301, 1.5, True, None, 10**300, -(10**300), "5\n"],
        ),
        (
            _forms.DateForm(),
            ["2026-01-05", date(2026, 1, 5)],
            [
                "x",
                "2026-1-05",
                "2026-W01-1",
                "2026/01/05",
                "20260105",
                "2026-02-30",
                "2026-01/05",
                5,
                None,
                datetime(2026, 1, 5),
            ],
        ),
        (_forms.CodeForm(kh.Gender), ["male", kh.Gender.MALE], ["mal", "MALE", 5, None, ["male"]]),
        (_forms.ValueForm(), [True, 5, 0.5, "x", {"decimal": "1.5"}], [None, [], {"decimal": "x"}, {"x": 1}, {}]),
        (_containers.MaybeForm(_forms.TextForm()), [None, "x"], [5]),
        (_containers.ListForm(_forms.TextForm()), [[], ["x", "y"]], ["x", {}, [5], None]),
        (_containers.SetForm(_forms.TextForm()), [[], ["x", "y", "x"]], ["x", {}, [5], None]),
        (_containers.MappingForm(_forms.TextForm()), [{}, {"a": "x"}], [[], {5: "x"}, {"a": 5}]),
        (_containers.PairsForm(_forms.TextForm()), [{}, {"a": "x", "b": "y"}], [[], {5: "x"}, {"a": 5}]),
    ],
    ids=lambda made: type(made).__name__ if isinstance(made, _forms.Form) else "",
)
def test_quickly_or_slowly_the_same_is_read_and_refused(made: Form, right: list[Any], wrong: list[Any]) -> None:
    quick = made.quick()
    for raw in right:
        slow = Spot(PLAIN)
        value = made.read(raw, slow)
        assert not slow.faults
        # What is a value of Python already is for the slow way alone, where it is a rare one.
        if not isinstance(raw, kh.Category):
            assert (quick(raw, None), type(quick(raw, None))) == (value, type(value))
    for raw in wrong:
        slow = Spot(PLAIN)
        assert made.read(raw, slow) is UNREAD
        assert len(slow.faults) == 1
        with pytest.raises(Mismatch):
            quick(raw, None)
