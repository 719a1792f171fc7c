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
from tests.promises.fuzz import at, places

import khachhang as kh
from khachhang import advice, charts, classifiers, codec, entities, frames, templates, testing

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
    yield from advised()
    yield from (repr(kh.conflicts(LAN, OTHER)), repr(kh.identity.problems(party)))


def advised() -> Iterator[str]:
    """What is told to those who work with customers."""
    facts = kh.facts_of(LAN, as_of=AS_OF, business=SHOP)
    made: list[Any] = [
        advice.affordability(price, 12, INCOME, obligations)
        for price in (50, INCOME // 2, 5_000_000_000)
        for obligations in (0, ASSETS, None)
    ]
    made += [advice.affordability_of(facts, price, 12) for price in (50, 5_000_000_000)]
    rich = advice.Persona("x", wishes=[kh.fact.investable_assets > 5, kh.fact.mean_score < 5])
    made += advice.rank([rich], facts)
    for one in made:
        yield from (repr(one), one.explain("vi"), one.explain("en"))
    matters = advice.open_matters([LAN], AS_OF)
    minh = advice.Specialist("Minh", ["listening"], ["solve"])
    yield from map(repr, (matters, advice.follow_up([LAN], AS_OF), advice.assign(matters, [minh])))
    drawn = advice.Persona.drawn_from([facts] * 20, classifiers.benefit(), "walk_in")
    yield from (repr(drawn), drawn.explain("vi"), drawn.explain("en"))
    # The day on which somebody turns an age is a birthday, and is what was asked for.
    others = [table for table in TEMPLATE if table.name != "age_band"]
    for change in advice.next_changes(LAN, others, AS_OF, business=SHOP, assume=kh.RECORDED_IS_ALL):
        yield from (repr(change), change.explain("vi"), change.explain("en"))


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
        (codec.from_dict, {"data": {"name": "Lan", "contacts": [{"912345678": "phone"}]}, "kind": kh.Person}),
        (codec.from_dict, {"data": {"name": "Lan", "identifiers": [{187654321: 1}]}, "kind": kh.Person}),
        (kh.identity.tax_code, {"number": "187654321"}),
        (kh.merge, {"first": LAN, "second": OTHER}),
        (kh.Facts, {"monthly_income": -INCOME, "investable_assets": -ASSETS, "last_score": 10 + SCORE}),
        (kh.Facts, {"party_kind": "group", "monthly_income": INCOME}),
        (kh.facts_of, {"customer": [INCOME, ASSETS], "as_of": AS_OF}),
        (lambda income: kh.fact.monthly_income > income, {"income": float(INCOME)}),
        (advice.affordability, {"price": 5, "months": 3, "income": -Decimal(INCOME)}),
        (advice.affordability, {"price": 5, "months": 3, "income": float(INCOME)}),
        (advice.affordability, {"price": 5, "months": 3, "income": str(INCOME) + "x"}),
        (advice.affordability, {"price": 5, "months": 3, "income": 5, "obligations": [ASSETS]}),
        (testing.facts, {"monthly_income": -INCOME, "last_score": 10 + SCORE}),
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
    told = [text for chart in drawn for text in as_sent(chart)]
    told += [str(table.source) for table in (frames.fit_bands(known, "age", 1, name="z"),)]
    assert [text for text in told if any(marked in text for marked in MARKED)] == []


def test_a_picture_of_customers_holds_no_personal_value() -> None:
    profiles = [kh.classify(LAN, as_of=AS_OF, template=TEMPLATE, business=SHOP)]
    drawn: list[Any] = [charts.segments(profiles, "income_band"), charts.cross(profiles, "age_band", "income_band")]
    drawn += [charts.transitions(profiles, profiles, "financial_tier")]
    since = date(2026, 1, 1)
    drawn += [charts.timeline(LAN, table, as_of=AS_OF, since=since, business=SHOP) for table in (*TEMPLATE, *OWN)]
    drawn += [charts.table(table, budget=0) for table in tables()]
    told = [text for chart in drawn for text in as_sent(chart)]
    assert [text for text in told if any(marked in text for marked in MARKED)] == []


NARROW: dict[str, list[Any]] = {
    "monthly_income": [60_000_000, INCOME - 1, INCOME + 1, 900_000_000],
    "investable_assets": [ASSETS + 3],
    "mean_score": [7.31, 7.315],
    "last_score": [9.5],
}
"""Cut points by which bars would be narrow: close to the value on both sides, or all on one side of it."""


@pytest.mark.parametrize("name", NARROW)
@pytest.mark.parametrize("others", [0, 3, 40])
def test_a_bar_tells_nobodys_value(name: str, others: int) -> None:
    table = classifiers.bands(kh.fact[name], NARROW[name])
    mine = kh.facts_of(LAN, as_of=AS_OF, business=SHOP)
    value: Any = mine.value(name)
    rest = [mine.changed({name: value * (place + 1) / (others + 2)}) for place in range(others)]
    column = [float(each.value(name)) for each in (mine, *rest)]  # type: ignore[arg-type]  # all have one
    same = {each.name: [mine.value(each.name)] * (others + 1) for each in table.variables if each.name != name}
    for given in ([mine, *rest], *(of_engine({**same, name: column}, engine) for engine in ENGINES)):
        chart = charts.bands(given, table)
        assert [text for text in as_sent(chart) if any(marked in text for marked in MARKED)] == []
        bars = chart.to_dict()["layer"][0]["data"]["values"]
        assert all(bar["high"] - bar["low"] >= bar["low"] / 50 for bar in bars)
        assert sum(bar["customers"] for bar in bars) == others + 1


def as_sent(chart: Any) -> tuple[str, str]:
    """A chart as programs and as browsers get it."""
    return json.dumps(chart.to_dict(), ensure_ascii=False), chart.to_html()


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


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("score", [10 + SCORE, -SCORE, "7,3125"])
def test_an_error_about_a_score_names_the_column_alone(engine: str, score: Any) -> None:
    events = of_engine({"customer_id": ["KH-1"], "day": [AS_OF], "kind": ["survey"], "score": [score]}, engine)
    told = []
    for ask in (frames.facts, frames.problems):
        try:
            made: Any = ask(None, interactions=events, as_of=AS_OF)
            told.append(str(made) if ask is frames.problems else "")
        except kh.KhachhangError as error:
            told.append(everything_told(error))
    assert any("score" in text for text in told)
    assert not any(marked in text for text in told for marked in MARKED)


@pytest.mark.parametrize("name", [table.name for table in OWN])
@pytest.mark.parametrize("value", [f"{INCOME}", [INCOME], {"x": INCOME}, 1j * INCOME])
def test_an_object_in_a_private_column_is_not_shown(name: str, value: Any) -> None:
    (table,) = (table for table in OWN if table.name == name)
    column = name.removeprefix("own_")
    cells = pd.DataFrame({"party_kind": ["person"] * 2, "currency": ["VND"] * 2, "scored_survey_count": [1, 1]})
    cells[column] = pd.Series([value, None], dtype=object)
    for ask in (
        lambda: frames.classify(cells, [table]),
        lambda: charts.bands(cells, table),
        lambda: frames.fit_bands(cells, column, 1, name="z"),
    ):
        with pytest.raises(kh.InvalidError) as caught:
            ask()
        assert column in str(caught.value)
        assert str(INCOME) not in everything_told(caught.value)


class Wrong:
    """A classifier that is right but where somebody has the income or the assets that are planted."""

    def __init__(self, table: kh.DecisionTable[Any], *, loudly: bool) -> None:
        self.name, self.category, self.table, self.loudly = table.name, table.category, table, loudly

    def classify(self, facts: kh.Facts) -> kh.Classification[Any]:
        if self.loudly and facts.monthly_income == INCOME:
            raise ValueError
        return self.table.classify(facts.changed({"monthly_income": None}) if facts.monthly_income == INCOME else facts)


@pytest.mark.parametrize("loudly", [True, False])
def test_a_report_on_a_classifier_shows_no_personal_value(loudly: bool) -> None:
    table = classifiers.bands(kh.fact.monthly_income, [INCOME], kh.Side, name="own", currency="VND")
    with pytest.raises(testing.ClassifierFailed) as caught:
        testing.check_classifier(Wrong(table, loudly=loudly), like=table)
    assert INCOME in [failure.example.monthly_income for failure in caught.value.failures]
    told = [everything_told(caught.value), str(caught.value.report), *map(str, caught.value.failures)]
    assert not any(marked in text for text in told for marked in MARKED)
    for known in (*testing.edges(table), *testing.cover(table)):
        assert str(INCOME) not in repr(known)


def test_a_strategy_over_a_customer_shows_no_personal_value() -> None:
    made = [
        testing.customers(party=LAN.party, interactions=LAN.interactions),
        testing.customers(party=LAN.party, benefit="walk_in"),
        testing.persons(birth_date=BORN, monthly_income=INCOME, investable_assets=ASSETS),
        testing.facts(monthly_income=INCOME, last_score=SCORE),
    ]
    assert not any(marked in repr(strategy) for strategy in made for marked in MARKED)


def spoiled(document: Any) -> Iterator[Any]:
    """A document with one thing in it that can not be read: a value of another form, or under a key of no meaning."""
    for place in places(document):
        value = at(document, place)
        others = [[value], {"x": value}, f"{value} x", json.dumps(value), [value, value], None, True]
        if place and not isinstance(value, (dict, list)):
            others.append({f"{value}": 1})
        for other in others:
            made = json.loads(json.dumps([document]))
            at(made, (0, *place)[:-1])[(0, *place)[-1]] = other
            yield made[0]
            if isinstance(place and place[-1], str):
                at(made, (0, *place)[:-1])["monthly_incom"] = at(made, (0, *place)[:-1]).pop(place[-1])
                yield made[0]


@pytest.mark.parametrize("part", ["party", "styles", "identifier", "contact", "facts", "customer"])
def test_an_error_about_a_document_shows_no_personal_value(part: str) -> None:
    party: Any = LAN.party
    whole: Any = {
        "party": party, "styles": party.styles, "identifier": party.identifiers[0], "contact": party.contacts[0],
        "facts": kh.facts_of(LAN, as_of=AS_OF, business=SHOP), "customer": LAN,
    }[part]  # fmt: skip
    document = codec.to_dict(whole)
    text = json.dumps(document)
    refused = 0

    def told(read: Any, given: Any, kind: Any) -> str:
        nonlocal refused
        try:
            read(given, kind)
        except kh.KhachhangError as error:
            refused += 1
            return everything_told(error)
        return ""

    texts = [told(codec.from_dict, each, type(whole)) for each in spoiled(document)]
    broken = [text[:end] + more for end in range(0, len(text), 7) for more in ("", ",", "\x00", "NaN")]
    broken += [text.replace('": ', '": 1, "x": ', 1), text.replace('": ', '": NaN, "x": ', 1)]
    texts += [told(codec.loads, each, type(whole)) for each in (*broken, text.encode()[:-9] + b"\xff")]
    texts += [told(codec.from_dict, document, kind) for kind in (kh.Purchase, kh.Organization, kh.Contact, kh.Customer)]
    assert refused > 40
    assert not any(marked in each for each in texts for marked in MARKED)
