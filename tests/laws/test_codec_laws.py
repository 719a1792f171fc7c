"""The laws of documents: what is written is read back, whatever public type it is; and both ways of reading agree."""

from __future__ import annotations

import importlib
import json
import pkgutil
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.codec.examples import EXAMPLES, context_of, nearly

import khachhang as kh
from khachhang.codec import _register, document
from khachhang.codec._spot import PLAIN, Mismatch

ROOMS = [
    importlib.import_module(f"khachhang.{found.name}")
    for found in pkgutil.iter_modules(kh.__path__)
    if not found.name.startswith("_")
]


def public_types() -> dict[str, Any]:
    """Every public class of every room, and of the package itself."""
    found: dict[str, Any] = {}
    for room in (kh, *ROOMS):
        for name in getattr(room, "__all__", None) or [name for name in vars(room) if not name.startswith("_")]:
            each = getattr(room, name)
            if isinstance(each, type) and each.__module__.startswith("khachhang"):
                found[f"{each.__module__}.{name}"] = each
    return found


PUBLIC = public_types()
by_kind = pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
some = settings(max_examples=15)


def test_the_walk_finds_the_rooms() -> None:
    assert {"khachhang.entities.customer.Customer", "khachhang.advice.persona.Persona", "khachhang.frames.rfm.Rfm",
            "khachhang.testing.report.Report", "khachhang.errors.Fault"} <= set(PUBLIC)  # fmt: skip


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_type_has_a_form_in_documents_or_a_reason_why_not(name: str) -> None:
    kind = PUBLIC[name]
    assert (kind in kh.codec.TYPES) is not (_register.reason(kind) is not None)


def test_every_type_with_a_form_has_examples() -> None:
    assert set(EXAMPLES) == set(kh.codec.TYPES)


def test_every_type_with_a_form_has_a_name_of_its_own() -> None:
    assert len({kind.__name__ for kind in kh.codec.TYPES}) == len(kh.codec.TYPES)


@by_kind
@some
@given(data=st.data())
def test_what_is_written_is_read_back_equal(kind: Any, data: st.DataObject) -> None:
    value = data.draw(EXAMPLES[kind])
    written = kh.codec.to_dict(value)
    text = kh.codec.dumps(value, indent=data.draw(st.sampled_from([None, 1])))
    again = kh.codec.from_dict(written, kind, **context_of(value))

    assert again == value
    assert type(again) is type(value)
    assert kh.codec.to_dict(again) == written == json.loads(text)
    assert kh.codec.loads(text, kind, **context_of(value)) == value
    assert kh.codec.loads(text.encode(), kind, **context_of(value)) == value

    del written["khachhang"]  # the head may lack
    if kind is not kh.classifiers.Policy:
        del written["type"]
    assert kh.codec.from_dict(written, kind, **context_of(value)) == value


@by_kind
@some
@given(data=st.data())
def test_reading_quickly_and_slowly_comes_to_the_same_and_faults_have_places(kind: Any, data: st.DataObject) -> None:
    body = kh.codec.to_dict(data.draw(EXAMPLES[kind]))
    del body["khachhang"]
    body = data.draw(nearly(body))
    form = document.form_for(kind, "from_dict")
    slow: Any = None
    quick: Any = None
    faults: tuple[kh.Fault, ...] = ()
    try:
        slow = document._slow(form, body, kind, PLAIN)
    except kh.InvalidError as error:
        faults = error.faults
    with suppress(kh.KhachhangError, Mismatch, KeyError, TypeError):
        quick = form.quick()(body, None)

    assert quick == slow
    assert (slow is None) is bool(faults)
    assert all(fault.field and fault.problem and fault.hint for fault in faults)
