"""Documents for a type checker: what is read is of the type that was asked for."""

from __future__ import annotations

from typing import Any, assert_type

import pytest

import khachhang as kh
from khachhang.codec import dumps, from_dict, loads, schema, to_dict


def test_what_is_read_is_of_the_type_that_was_asked_for() -> None:
    text = '{"name": "Lan"}'
    assert_type(loads(text, kh.Person), kh.Person)
    assert_type(loads(text.encode(), kh.Person).name, str)
    assert_type(from_dict({"active_days": 30}, kh.classifiers.BenefitPolicy), kh.classifiers.BenefitPolicy)
    assert loads(text, kh.Person) == kh.Person("Lan")


def test_what_is_written_is_plain() -> None:
    assert_type(to_dict(kh.Person("Lan")), dict[str, Any])
    assert_type(dumps(kh.Person("Lan")), str)
    assert_type(schema(kh.Person), dict[str, Any])
    assert to_dict(kh.Person("Lan"))["name"] == "Lan"


def test_what_is_no_class_and_what_is_no_way_is_refused() -> None:
    with pytest.raises(kh.InvalidError):
        from_dict({}, kh.Person("Lan"))  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        from_dict({}, kh.Need, unknown_keys="drop")  # type: ignore[arg-type]
    with pytest.raises(kh.InvalidError):
        loads(5, kh.Need)  # type: ignore[arg-type]
