"""Personas on every engine: the range that one object gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.engines.arrow import table_of
from tests.engines.configurations import Engine, by_row

import khachhang as kh
from khachhang.advice import Persona, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

YOUNG = Persona(
    "Trẻ",
    [
        Wish(kh.fact.age < 30, weight=2),
        Wish((kh.fact.gender == kh.Gender.FEMALE) | kh.fact.has_need, weight="0.5"),
        kh.fact.days_since_last_purchase > 30,
        Wish(~kh.fact.tie_employee, weight=3),
    ],
)
SURE = Persona("Ai cũng được", [kh.always])
RECORDS = [
    kh.Facts(),
    kh.Facts(age=22, gender="male"),
    kh.Facts(age=41, gender="female", purchase_count=0, tie_employee=False),
    kh.Facts(party_kind="organization", has_need=True, purchase_count=3, days_since_last_purchase=31),
    kh.Facts(age=29, has_need=False, purchase_count=3, days_since_last_purchase=30, tie_employee=True),
]


def native(engine: Engine, personas: Iterable[Persona]) -> Any:
    leaves = [leaf for persona in personas for wish in persona.wishes for leaf in wish.condition.leaves()]
    return engine.make(table_of(RECORDS, {leaf.variable: None for leaf in leaves}))


@pytest.mark.parametrize("assume", [None, kh.RECORDED_IS_ALL, {"age": 25}])
def test_every_row_has_the_range_that_one_object_gets(engine: Engine, assume: Any) -> None:
    found = by_row(engine.rows(kh.frames.match(native(engine, [YOUNG]), [YOUNG, SURE], assume)))
    for place, facts in enumerate(RECORDS):
        for persona in (YOUNG, SURE):
            one = persona.match(facts.assuming(assume))
            assert found[place][f"{persona.name}_certain"] == float(one.certain)
            assert found[place][f"{persona.name}_possible"] == float(one.possible)


def test_a_missing_column_is_a_fact_not_known_and_a_warning(engine: Engine) -> None:
    rich = Persona("Giàu", [kh.fact.investable_assets >= 10, kh.always])
    table = native(engine, [YOUNG])
    with pytest.warns(kh.KhachhangWarning, match="no column investable_assets"):
        found = by_row(engine.rows(kh.frames.match(table, iter([rich]))))
    assert [found[place]["Giàu_certain"] for place in range(len(RECORDS))] == [0.5] * len(RECORDS)
    assert [found[place]["Giàu_possible"] for place in range(len(RECORDS))] == [1.0, 1.0, 1.0, 0.5, 1.0]


def test_wrong_personas_are_named_together() -> None:
    table = pa.table({"age": [3]})
    far = Persona("Xa", [Wish(kh.fact.age > 3, weight=10**17), Wish(kh.fact.age > 4, weight="0.000001")])
    wrong: Any = [YOUNG, "x", YOUNG, far]
    with pytest.raises(kh.InvalidError) as caught:
        kh.frames.match(table, wrong)
    assert [fault.field for fault in caught.value.faults] == ["personas[1]", "personas[2]", "personas[3]"]
    for one in (YOUNG, "Trẻ", 3):
        with pytest.raises(kh.InvalidError, match="personas: a value of type"):
            kh.frames.match(table, one)  # type: ignore[arg-type]  # the mistakes under test
    with pytest.raises(kh.InvalidError, match="facts: "):
        kh.frames.match({}, [YOUNG])
