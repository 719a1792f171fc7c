"""Personal values that were planted in every field turn up in nothing that people or logs see."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pytest

import khachhang as kh
from khachhang import advice, charts, classifiers, entities, frames, templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AS_OF = date(2026, 6, 30)
INCOME, ASSETS, SCORE = 77_123_456, 88_123_456, 7.3125
STYLES = {"dominance": 61.25, "influence": 62.25, "steadiness": 63.25, "conscientiousness": 64.25}
BORN = date(1987, 11, 23)
MARKED = ("77123456", "77.123.456", "77,123,456", "88123456", "88.123.456", "88,123,456", "7.3125", "7,3125",
          "61.25", "62.25", "63.25", "64.25", "61,25", "62,25", "63,25", "64,25", "1987", "11-23", "23/11",
          "187654321", "912345678", "912 345 678", "planted")  # fmt: skip
LAN = kh.Customer(
    "KH-1",
    kh.Person(
        "Lan",
        birth_date=BORN,
        monthly_income=INCOME,
        investable_assets=ASSETS,
        styles=kh.StyleScores(**STYLES),
        identifiers=[kh.Identifier("citizen_number", "079187654321")],
        contacts=[kh.Contact("phone", "+84912345678"), kh.Contact("email", "lan.planted@example.vn")],
    ),
    purchases=[kh.Purchase(date(2026, 1, 5), 10)],
    interactions=[kh.Interaction(date(2026, 1, 5), "survey", score=SCORE), kh.Interaction(AS_OF, "complaint")],
)
OTHER = kh.Customer("KH-1", kh.Person("Lan", birth_date=date(1990, 1, 1), monthly_income=5, investable_assets=6))
SHOP = kh.Business("Sông Hồng", industry="supermarket")
TEMPLATE = templates.general(
    income_band=classifiers.IncomeBandPolicy(cuts=[1_000_000, 2_000_000, 3_000_000, 900_000_000], currency="VND"),
    financial_tier=classifiers.FinancialTierPolicy(cuts=[10, 20, 30, 40], currency="VND"),
)
OWN = [classifiers.bands(fact, [5], name=f"own_{fact.name}")
       for fact in (kh.fact.last_score, kh.fact.mean_score, kh.fact.monthly_income, kh.fact.investable_assets)]  # fmt: skip


def tables() -> Iterator[kh.DecisionTable[Any]]:
    for table in [*TEMPLATE, *OWN]:
        assert isinstance(table, kh.DecisionTable)
        yield table


def shown_to_people() -> Iterator[str]:
    """Every text that the core makes of a customer."""
    facts = kh.facts_of(LAN, as_of=AS_OF, business=SHOP)
    party: Any = LAN.party
    yield from (repr(LAN), repr(party), repr([party]), repr(facts), str(facts))
    yield from (f"{one!r} {one}" for one in (*party.identifiers, *party.contacts))
    for assume in (None, kh.RECORDED_IS_ALL, {"has_need": True}):
        profile = kh.classify(LAN, as_of=AS_OF, template=TEMPLATE, business=SHOP, assume=assume)
        yield from (repr(profile), str(profile), profile.explain("vi"), profile.explain("en"), profile._repr_html_())
        for table in tables():
            yield repr(table.classify(profile.facts))
            for label in table.category:
                yield from (table.explain(profile.facts, lang, why_not=label) for lang in ("vi", "en"))
                yield from (one.explain("vi") for one in table.paths_to(label, facts)[:2] if assume is None)
    persona = advice.Persona("x", wishes=[kh.fact.monthly_income > 5, kh.fact.age > 80, kh.fact.last_score > 5])
    match = persona.match(facts)
    yield from (repr(match), match.explain("vi"), match.explain("en"))
    follow_up = advice.follow_up([LAN], AS_OF)
    yield repr(follow_up)
    yield from (repr(kh.conflicts(LAN, OTHER)), repr(kh.identity.problems(party)))


def test_no_text_shows_a_personal_value_and_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        texts = list(shown_to_people())
    assert len(texts) > 200
    assert [text for text in texts if any(marked in text for marked in MARKED)] == []
    assert caplog.records == []


def test_an_error_names_the_field_alone() -> None:
    wrong: list[tuple[Any, dict[str, Any]]] = [
        (kh.Person, {"name": "Lan", "monthly_income": -INCOME}),
        (kh.Person, {"name": "Lan", "investable_assets": float(ASSETS)}),
        (kh.Person, {"name": "Lan", "birth_date": BORN.isoformat()}),
        (kh.StyleScores, {**STYLES, "dominance": 161.25}),
        (kh.Interaction, {"day": AS_OF, "kind": "survey", "score": 10 + SCORE}),
        (kh.facts_of, {"customer": LAN, "as_of": date(1986, 1, 1)}),
        (kh.Identifier, {"kind": "citizen_number", "value": 187654321}),
        (kh.Person, {"name": "Lan", "contacts": ["lan.planted@example.vn"]}),
        (kh.identity.phone, {"number": "0912345678999"}),
        (kh.identity.email, {"address": "lan.planted@@example.vn"}),
        (kh.identity.citizen_number, {"number": "07918765432"}),
        (kh.identity.citizen_number, {"number": "079187654321", "birth_date": date(1986, 1, 1)}),
        (kh.codec.from_dict, {"data": {"kind": "phone", "value": ["912345678"]}, "kind": kh.Contact}),
        (kh.identity.tax_code, {"number": "187654321"}),
        (kh.merge, {"first": LAN, "second": OTHER}),
        (kh.Facts, {"monthly_income": -INCOME, "investable_assets": -ASSETS, "last_score": 10 + SCORE}),
        (kh.Facts, {"party_kind": "group", "monthly_income": INCOME}),
        (kh.facts_of, {"customer": [INCOME, ASSETS], "as_of": AS_OF}),
        (lambda income: kh.fact.monthly_income > income, {"income": float(INCOME)}),
        (advice.affordability, {"price": 5, "months": 3, "income": -Decimal(INCOME)}),
    ]
    for make, given in wrong:
        with pytest.raises(kh.KhachhangError) as caught:
            make(**given)
        told = str(caught.value) + repr(caught.value)
        assert not any(marked in told for marked in MARKED), told


def test_a_mark_is_planted_in_every_field_that_repr_hides() -> None:
    party: Any = LAN.party
    planted = [party, party.styles, *party.identifiers, *party.contacts, *(LAN.interactions or ())]
    hidden = {
        (entity, field.name)
        for entity in (getattr(entities, name) for name in entities.__all__)
        for field in attrs.fields(entity)
        if not field.repr
    }
    marked = {
        (type(one), field.name)
        for one in planted
        for field in attrs.fields(type(one))
        if getattr(one, field.name) not in {None, ()}
    }
    assert len(hidden) > 8
    assert {place for place in hidden if place[0] not in {kh.Group, kh.Organization}} <= marked


def of_engine(columns: dict[str, list[Any]], engine: str) -> Any:
    if engine == "pandas":
        return pd.DataFrame(columns)
    table = pl.DataFrame(columns, strict=False)
    return table if engine == "polars" else duckdb.from_arrow(table.to_arrow())


PERSONAL: dict[str, Any] = {"birth_date": BORN, "monthly_income": INCOME, "investable_assets": ASSETS, **STYLES}
ENGINES = ("pandas", "polars", "duckdb")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_picture_of_a_population_holds_no_personal_value(engine: str) -> None:
    people = of_engine(
        {"customer_id": ["KH-1", "KH-2"], **{name: [value] * 2 for name, value in PERSONAL.items()}}, engine
    )
    few = [TEMPLATE["age_band"], TEMPLATE["income_band"], TEMPLATE["personality"]]
    known = frames.facts(None, customers=people, as_of=AS_OF, business=SHOP, only=few)
    classified = frames.classify(known, few, reasons=True)
    drawn: list[Any] = [charts.segments(classified, table) for table in few]
    drawn += [
        charts.cross(classified, "age_band", "income_band"),
        charts.transitions(classified, classified, "personality"),
    ]
    told = [json.dumps(chart.to_dict(), ensure_ascii=False) for chart in drawn]
    told += [str(table.source) for table in (frames.fit_bands(known, "age", 1, name="z"),)]
    assert [text for text in told if any(marked in text for marked in MARKED)] == []


def test_a_picture_of_customers_holds_no_personal_value() -> None:
    profiles = [kh.classify(LAN, as_of=AS_OF, template=TEMPLATE, business=SHOP)]
    drawn: list[Any] = [charts.segments(profiles, "income_band"), charts.cross(profiles, "age_band", "income_band")]
    drawn += [charts.transitions(profiles, profiles, "financial_tier")]
    since = date(2026, 1, 1)
    drawn += [charts.timeline(LAN, table, as_of=AS_OF, since=since, business=SHOP) for table in (*TEMPLATE, *OWN)]
    drawn += [charts.table(table, budget=0) for table in tables()]
    told = [json.dumps(chart.to_dict(), ensure_ascii=False) for chart in drawn]
    assert [text for text in told if any(marked in text for marked in MARKED)] == []


def everything_told(error: BaseException) -> str:
    """What a log would keep of an error: its texts, its arguments, and those of the errors behind it."""
    told = [*traceback.format_exception_only(error), repr(error), repr(pickle.loads(pickle.dumps(error)))]
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(told) + ("" if behind is None else everything_told(behind))


WRONG_CELLS: dict[str, Any] = {
    "birth_date": date(2087, 11, 23), "monthly_income": -INCOME, "investable_assets": -ASSETS, "dominance": 161.25,
}  # fmt: skip
WRONG_KINDS: dict[str, Any] = {
    "birth_date": "23/11/1987", "monthly_income": "77.123.456", "investable_assets": "88,123,456", "dominance": "61,25",
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("column", WRONG_CELLS)
def test_an_error_about_a_cell_names_the_column_alone(
    engine: str, column: str, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(value: Any, ask: Callable[..., Any]) -> str:
        people = of_engine(
            {"customer_id": ["KH-1"], **{name: [one] for name, one in {**PERSONAL, column: value}.items()}}, engine
        )
        try:
            made = ask(None, customers=people, as_of=AS_OF, business=SHOP, only=facts_of_persons)
        except kh.KhachhangError as error:
            return everything_told(error)
        return "" if ask is frames.facts else str(made)

    facts_of_persons = ["age", "monthly_income", "investable_assets", "leading_style"]
    marks = {*MARKED, "2087", "161.25", "61,25"}
    with caplog.at_level(logging.DEBUG):
        told = [
            refused(value, ask)
            for value in (WRONG_CELLS[column], WRONG_KINDS[column])
            for ask in (frames.facts, frames.problems)
        ]
    assert any(column in text for text in told)
    assert [text for text in told if any(mark in text for mark in marks)] == []
    assert caplog.records == []


@pytest.mark.parametrize("value", [f"{INCOME}", [INCOME], {"x": INCOME}, 1j * INCOME])
def test_an_object_in_a_private_column_is_not_shown(value: Any) -> None:
    column = pd.Series([value, None], dtype=object)
    table = pd.DataFrame({"party_kind": ["person"] * 2, "currency": ["VND"] * 2}).assign(monthly_income=column)
    with pytest.raises(kh.InvalidError) as caught:
        frames.classify(table, [TEMPLATE["income_band"]])
    assert str(INCOME) not in everything_told(caught.value)
