"""Birth dates, incomes, assets and scores show neither in `repr` nor in an error."""

from __future__ import annotations

import pickle
import traceback
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import khachhang.entities
from khachhang.entities import Customer, Group, Interaction, Person, StyleScores
from khachhang.errors import InvalidError

if TYPE_CHECKING:
    from collections.abc import Callable

STYLES = ["dominance", "influence", "steadiness", "conscientiousness"]


def person(**fields: Any) -> Person:
    values: dict[str, Any] = {"name": "Lan", **fields}
    return Person(**values)


def styles(**fields: Any) -> StyleScores:
    values: dict[str, Any] = {**dict.fromkeys(STYLES, 1), **fields}
    return StyleScores(**values)


def contact(**fields: Any) -> Interaction:
    values: dict[str, Any] = {"day": date(2026, 3, 1), "kind": "survey", **fields}
    return Interaction(**values)


def test_repr_hides_personal_values_however_deep_they_lie() -> None:
    lan = person(
        birth_date=date(1987, 6, 5),
        monthly_income=77_123_456,
        investable_assets="88123456.5",
        styles=styles(dominance=61.25, influence=62.25, steadiness=63.25, conscientiousness=64.25),
    )
    survey = contact(score=6.125)
    shown = repr([lan, lan.styles, survey, Group("Nhà", [lan]), Customer("KH", lan, interactions=[survey])])

    for marked in ("1987", "77123456", "88123456", "61.25", "62.25", "63.25", "64.25", "6.125"):
        assert marked not in shown
    for field in ("birth_date", "monthly_income", "investable_assets", "styles", "score", *STYLES):
        assert f"{field}=" not in shown


@pytest.mark.parametrize(
    ("make", "field", "value", "marked"),
    [
        (person, "birth_date", "1987-06-05", "1987"),
        (person, "birth_date", datetime(1987, 6, 5), "1987"),
        (person, "birth_date", 19870605, "1987"),
        (person, "monthly_income", -77_123_456, "77123456"),
        (person, "monthly_income", 77123456.5, "77123456"),
        (person, "monthly_income", "77.123.456", "77.123"),
        (person, "investable_assets", Decimal("0.88123456"), "88123456"),
        (person, "investable_assets", 88_123_456 * 10**15, "88123456"),
        (person, "styles", {"dominance": 61.25}, "61.25"),
        *((styles, style, 161.25, "161.25") for style in STYLES),
        *((styles, style, "61.25", "61.25") for style in STYLES),
        (contact, "score", 16.125, "16.125"),
        (contact, "score", "6.125", "6.125"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or repr(value),
)
def test_an_error_names_the_field_of_a_personal_value_and_not_the_value(
    make: Callable[..., object], field: str, value: Any, marked: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        make(**{field: value})

    error = caught.value
    assert [fault.field for fault in error.faults] == [field]
    assert error.faults[0].hint
    assert error.faults[0].problem.startswith("the value ")
    told = [str(error), repr(error), repr(error.faults), *traceback.format_exception_only(error)]
    assert not any(marked in text for text in told)
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


def test_the_traceback_shows_no_inner_error() -> None:
    with pytest.raises(InvalidError) as caught:
        person(monthly_income=-1)

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_every_public_class_can_tell_the_types_of_its_fields() -> None:
    for name in khachhang.entities.__all__:
        entity = getattr(khachhang.entities, name)
        attrs.resolve_types(entity)
        assert not any(isinstance(field.type, str) for field in attrs.fields(entity))


def test_the_room_hands_its_names_on_in_order() -> None:
    assert khachhang.entities.__all__ == sorted(khachhang.entities.__all__)
