"""Tables as plain data: an exact round trip, and one clear error for whatever is wrong."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
import time
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs
import jsonschema  # type: ignore[import-untyped]  # it brings no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.table_strategies import OWN_FACTS, Mood, Strange, Wave, tables

from khachhang import classifiers
from khachhang.errors import KhachhangError, OverlapError, PredicateError, TableDocumentError, TableError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, always, when
from khachhang.rules._place import shown
from khachhang.rules._reading import MAX_DIGITS, MAX_ITEMS, MAX_RULES, MAX_TEXT
from khachhang.rules.document import amount_text
from khachhang.rules.fact import WholeFact
from khachhang.rules.predicate import MAX_DEPTH, Among, And, Between, Comparison, Not, Or
from khachhang.rules.variable import Change, Variable
from khachhang.taxonomy import AgeBand, Category, PartyKind, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.strategies import DrawFn

    from khachhang.rules import Predicate
    from khachhang.rules.fact import Fact

YOUNG, OLD = AgeBand.UNDER_15, AgeBand.OVER_50
LABELLED = [one for one in OWN_FACTS if one.variable.category is not None]
SCHEMA = json.loads((resources.files("khachhang.rules") / "decision_table.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

FIFTEEN: dict[str, Any] = {"fact": "age", "op": "<", "value": 15}


def document_of(**more: Any) -> dict[str, Any]:
    """A small document, written by hand."""
    return {
        "version": 1,
        "name": "ages",
        "facet": "age_band",
        "labels": ["under_15", "from_15_to_22", "from_22_to_50", "over_50"],
        "hit": "first",
        "rules": [{"condition": copy.deepcopy(FIFTEEN), "label": "under_15"}],
        **more,
    }


def with_condition(condition: Any, **more: Any) -> dict[str, Any]:
    return document_of(rules=[{"condition": condition, "label": "under_15"}], **more)


def read(document: Any, facts: Iterable[Fact[Any]] = ()) -> DecisionTable[AgeBand]:
    return DecisionTable.from_dict(document, category=AgeBand, facts=facts)


def refused(make: Callable[[], object]) -> TableDocumentError:
    began = time.process_time()
    with pytest.raises(TableDocumentError) as caught:
        make()
    assert time.process_time() - began < 10, "an error has to come fast"
    assert caught.value.hint
    assert str(caught.value).startswith(f"{caught.value.place}: ")
    assert "\nHint: " in str(caught.value)
    assert len(str(caught.value)) < 1_000
    return caught.value


def table_of(condition: Predicate, **more: Any) -> DecisionTable[AgeBand]:
    settings: dict[str, Any] = {"name": "ages", "hit": HitPolicy.FIRST, **more}
    return DecisionTable(category=AgeBand, rules=[when(condition).then(YOUNG)], **settings)


# Laws


@given(tables())
@settings(max_examples=50)
def test_a_table_comes_back_from_its_document_exactly(table: DecisionTable[Category]) -> None:
    document = table.to_dict()
    text = json.dumps(document, allow_nan=False)

    assert json.loads(text) == document
    for data in (document, json.loads(text)):
        again = DecisionTable.from_dict(data, category=table.category, facts=LABELLED)
        assert again == table
        assert again.to_dict() == document
        assert again.version == table.version
        assert [one.label for one in again.variables] == [one.label for one in table.variables]
        assert [one.unit for one in again.variables] == [one.unit for one in table.variables]
    VALIDATOR.validate(document)


@given(st.data())
@settings(max_examples=100)
def test_a_spoilt_document_gives_a_table_or_an_error_of_ours(data: st.DataObject) -> None:
    table = data.draw(tables(max_rules=3))
    document = json.loads(json.dumps(table.to_dict()))
    for _ in range(data.draw(st.integers(1, 2))):
        document = data.draw(spoilt(document))
    made, problem = None, ""
    try:
        made = DecisionTable.from_dict(document, category=table.category, facts=LABELLED)
    except KhachhangError as error:
        problem = str(error)

    if made is None:
        assert "Hint: " in problem
    else:
        VALIDATOR.validate(document)
        assert DecisionTable.from_dict(made.to_dict(), category=table.category, facts=LABELLED) == made


JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 2.5, 10**400, -(10**300), float("nan"), float("inf"), "", "-", "15", "1e5", "between",
    "in", "a" * 20_000, [], [[]], {}, {"all": []}, {"always": True}, {"not": {}}, {"fact": "age"}, FIFTEEN, b"x", (1,),
    {1: 2}, {"fact": "__class__", "op": "==", "value": "-"}, "__import__('os')", "label", Decimal(1), "loyal", "any",
]  # fmt: skip
KEYS = ["version", "rules", "condition", "label", "fact", "op", "value", "values", "low", "all", "x", "type", 5]


@st.composite
def spoilt(draw: DrawFn, document: Any) -> Any:
    """A document with one thing in it replaced, added, doubled or taken away."""
    spot = document
    path: list[Any] = []
    while isinstance(spot, (dict, list)) and spot and (not path or draw(st.integers(0, 3))):
        path.append(draw(st.sampled_from(list(spot) if isinstance(spot, dict) else range(len(spot)))))
        spot = spot[path[-1]]
    if not path:
        return draw(st.sampled_from(JUNK))
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    junk = copy.deepcopy(draw(st.sampled_from(JUNK)))
    match draw(st.sampled_from(["replace", "replace", "remove", "add", "wrap"])):
        case "replace":
            holder[path[-1]] = junk
        case "remove":
            del holder[path[-1]]
        case "add" if isinstance(holder, dict):
            holder[draw(st.sampled_from(KEYS))] = junk
        case "add":
            holder.append(junk)
        case _:
            holder[path[-1]] = draw(st.sampled_from([[spot], {"not": spot}, {"all": [spot, spot]}, str(spot)]))
    return document


# What is written


def test_the_document_of_a_table_is_plain_and_complete() -> None:
    nps = fact.custom(
        "nps", int, low=0, high=10, vi="điểm", en="score", unit=Words("điểm", "points"), change=Change.GROWS
    )
    wave = fact.custom("wave", Wave)
    table = DecisionTable(
        name="ages",
        category=AgeBand,
        rules=[
            when((nps >= 9) & ~fact.has_need).then(OLD),
            when(fact.spend.between(1, "2.50", closed="left") | (wave == Wave.LATE)).then(YOUNG),
            when(fact.party_kind.is_in([PartyKind.PERSON]).negated()).then(OLD),
            when(always).then(YOUNG),
        ],
        hit=HitPolicy.PRIORITY,
        otherwise=OLD,
        given=fact.discounted_share < 0.5,
        priority=[OLD, YOUNG],
        source="tờ 1",
    )

    assert table.to_dict() == {
        "version": 1,
        "name": "ages",
        "facet": "age_band",
        "labels": ["under_15", "from_15_to_22", "from_22_to_50", "over_50"],
        "hit": "priority",
        "facts": [
            {"name": "nps", "type": "int", "low": 0, "high": 10, "vi": "điểm", "en": "score",
             "unit": {"vi": "điểm", "en": "points"}, "change": "grows"},
            {"name": "wave", "type": "label", "facet": "wave", "labels": ["early", "late", "đừng bao giờ"]},
        ],
        "given": {"fact": "discounted_share", "op": "<", "value": 0.5},
        "rules": [
            {"condition": {"all": [{"fact": "nps", "op": ">=", "value": 9},
                                   {"not": {"fact": "has_need", "op": "==", "value": True}}]}, "label": "over_50"},
            {"condition": {"any": [{"fact": "spend", "op": "between", "low": "1", "high": "2.5", "closed": "left"},
                                   {"fact": "wave", "op": "==", "value": "late"}]}, "label": "under_15"},
            {"condition": {"fact": "party_kind", "op": "not in", "values": ["person"]}, "label": "over_50"},
            {"condition": {"always": True}, "label": "under_15"},
        ],
        "otherwise": "over_50",
        "priority": ["over_50", "under_15"],
        "source": "tờ 1",
    }  # fmt: skip
    again = read(table.to_dict(), [wave])
    known = {variable.name: variable for variable in again.variables}
    assert again == table
    assert (known["nps"].label, known["nps"].unit) == (Words("điểm", "score"), Words("điểm", "points"))
    assert known["nps"].change is Change.GROWS


def test_the_shipped_tables_come_back_and_keep_to_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for make in (classifiers.age_band, classifiers.benefit, classifiers.relationship_type, classifiers.contribution):
        table: DecisionTable[Any] = make()
        document = table.to_dict()
        VALIDATOR.validate(document)
        assert DecisionTable.from_dict(document, category=table.category) == table


def test_equal_tables_make_equal_documents() -> None:
    one = table_of((fact.spend < Decimal("2.50")) & (fact.discounted_share > 0.0) & (fact.spend > Decimal("-0.0")))
    same = table_of((fact.spend < Decimal("2.5000")) & (fact.discounted_share > -0.0) & (fact.spend > 0))

    assert one == same
    assert json.dumps(one.to_dict()) == json.dumps(same.to_dict())
    assert one.version == same.version


@pytest.mark.parametrize(
    ("amount", "written"),
    [("1E+3", "1000"), ("1.0", "1"), ("100", "100"), ("-0.050", "-0.05"), ("0E-9", "0"), ("1E-7", "0.0000001")],
)
def test_an_amount_is_written_in_plain_digits(amount: str, written: str) -> None:
    assert table_of(fact.spend < Decimal(amount)).to_dict()["rules"][0]["condition"]["value"] == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [("1E+299", f"1{'0' * 299}"), ("1E+300", "1E+300"), ("1E+301", "1E+301"), ("1E-300", f"0.{'0' * 299}1"),
     ("1E-301", "1E-301")],
)  # fmt: skip
def test_an_amount_of_very_many_digits_keeps_its_exponent(amount: str, written: str) -> None:
    assert amount_text(Decimal(amount)) == written


def test_a_table_that_no_document_could_hold_is_refused_when_it_is_written() -> None:
    name = fact.custom("n" * (MAX_TEXT + 1), bool)
    for table, place in [
        (attrs.evolve(table_of(always), rules=[when(always).then(YOUNG)] * (MAX_RULES + 1)), "rules"),
        (table_of(fact.occupation == "a" * (MAX_TEXT + 1)), "rules[0].condition.value"),
        (table_of(fact.age < 10**MAX_DIGITS), "rules[0].condition.value"),
        (table_of(fact.spend < Decimal(f"1E+{MAX_DIGITS}")), "rules[0].condition.value"),
        (table_of(fact.spend < Decimal("1E+3999")), "rules[0].condition.value"),
        (table_of(fact.spend < Decimal(f"1E-{MAX_DIGITS + 1}")), "rules[0].condition.value"),
        (table_of(fact.spend.between(0, Decimal("1E+3999"))), "rules[0].condition.high"),
        (table_of(fact.age.is_in(range(MAX_ITEMS + 1))), "rules[0].condition.values"),
        (table_of(Or((fact.has_need,) * (MAX_ITEMS + 1)), given=fact.has_need), "rules[0].condition.any"),
        (table_of(always, name="n" * (MAX_TEXT + 1)), "name"),
        (table_of(always, source="n" * (MAX_TEXT + 1)), "source"),
        (table_of(name), "facts[0].name"),
        (table_of(fact.custom("n", bool, vi="n" * (MAX_TEXT + 1))), "facts[0].vi"),
        (table_of(fact.custom("n", int, unit=Words("", "n" * (MAX_TEXT + 1))) == 1), "facts[0].unit.en"),
        (table_of(fact.custom("n", int, low=-(10**MAX_DIGITS)) == 1), "facts[0].low"),
        (table_of(WholeFact(Variable("age", int, label=Words("a", "a"))) > 5), "rules[0].condition.fact"),
        (table_of(WholeFact(Variable("ages", int, label=Words("a", "a"))) > 5), "rules[0].condition.fact"),
        (
            table_of(WholeFact(Variable("age", int, label=Words("a", "a"), is_custom=True)) > 5),
            "rules[0].condition.fact",
        ),
    ]:
        assert refused(table.to_dict).place == place
        with pytest.raises(TableDocumentError):
            table.version  # for its error


def test_the_largest_that_a_document_can_hold_comes_back() -> None:
    condition = And(
        (
            fact.age < 10**MAX_DIGITS - 1,
            fact.spend < Decimal("9" * MAX_DIGITS + "." + "9" * MAX_DIGITS),
            fact.spend > Decimal("-" + "9" * MAX_DIGITS),
            fact.occupation == "a" * MAX_TEXT,
            fact.discounted_share < 1e300,
            fact.discounted_share > 5e-324,
        )
    )
    table = table_of(condition, name="n" * MAX_TEXT, source="n" * MAX_TEXT)

    assert read(json.loads(json.dumps(table.to_dict()))) == table


def test_conditions_of_an_unknown_kind_are_refused() -> None:
    error = refused(table_of(And((Strange(fact.age.variable),))).to_dict)
    assert (error.problem, error.hint) == ("a condition of type Strange", "write it with facts, &, | and ~")


def test_a_fact_as_it_is_stands_for_its_being_true() -> None:
    document = table_of(And((fact.has_need,))).to_dict()

    assert document["rules"][0]["condition"] == {"all": [{"fact": "has_need", "op": "==", "value": True}]}


# Versions


def test_a_version_is_the_hash_of_what_decides() -> None:
    nps = fact.custom("nps", int, low=0, vi="điểm", en="score", unit=Words("điểm", "points"))
    table = table_of(nps >= 9, source="a page")
    canonical = (
        '{"facet":"age_band","facts":[{"change":"free","low":0,"name":"nps","type":"int"}],"given":null,"hit":"first",'
        '"labels":["under_15","from_15_to_22","from_22_to_50","over_50"],"name":"ages","otherwise":null,"priority":null,'
        '"rules":[{"condition":{"fact":"nps","op":">=","value":9},"label":"under_15"}],"version":1}'
    )

    assert table.version == hashlib.sha256(canonical.encode()).hexdigest()[:12]


def test_versions_differ_where_tables_decide_differently_and_only_there() -> None:
    nps = fact.custom("nps", int, low=0)
    base = table_of(nps >= 9)
    others = [
        attrs.evolve(base, rules=[]),
        attrs.evolve(base, rules=[when(nps >= 8).then(YOUNG)]),
        attrs.evolve(base, rules=[when(nps >= 9).then(OLD)]),
        attrs.evolve(base, hit=HitPolicy.UNIQUE),
        attrs.evolve(base, otherwise=OLD),
        attrs.evolve(base, given=fact.has_need),
        attrs.evolve(base, priority=[OLD]),
        attrs.evolve(base, name="other"),
        table_of(fact.custom("nps", int, low=1) >= 9),
        table_of(fact.custom("nps", float, low=0) >= 9),
    ]

    assert len({base.version, *(other.version for other in others)}) == len(others) + 1
    assert attrs.evolve(base, source="elsewhere").version == base.version
    assert table_of(fact.custom("nps", int, low=0, en="score") >= 9).version == base.version
    assert len(base.version) == 12


# What is read


def test_a_document_written_by_hand_is_a_table() -> None:
    assert read(document_of()) == table_of(fact.age < 15)
    assert read(document_of(facts=[], given=None, otherwise=None, priority=None, source="")) == table_of(fact.age < 15)
    more = read(document_of(given={"all": []}, otherwise="over_50", priority=["over_50"], source="s", hit="priority"))
    assert more == table_of(
        fact.age < 15, given=And(()), otherwise=OLD, priority=[OLD], source="s", hit=HitPolicy.PRIORITY
    )


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"all": [FIFTEEN, {"any": [FIFTEEN]}]}, And((fact.age < 15, Or((fact.age < 15,))))),
        ({"not": {"always": False}}, Not(always.negated())),
        ({"fact": "has_need", "op": "!=", "value": False}, Comparison(fact.has_need.variable, "!=", constant=False)),
        ({"fact": "spend", "op": "<", "value": 5}, fact.spend < 5),
        ({"fact": "spend", "op": "<", "value": "-5.50"}, fact.spend < "-5.50"),
        ({"fact": "discounted_share", "op": "<", "value": 1}, fact.discounted_share < 1.0),
        ({"fact": "party_kind", "op": "==", "value": "person"}, fact.party_kind == PartyKind.PERSON),
        ({"fact": "occupation", "op": "in", "values": ["a", "b", "a"]}, fact.occupation.is_in(["a", "b"])),
        ({"fact": "occupation", "op": "not in", "values": []}, Among(fact.occupation.variable, (), negation=True)),
        ({"fact": "age", "op": "between", "low": 1, "high": 1, "closed": "neither"},
         Between(fact.age.variable, 1, 1, "neither")),
    ],
    ids=str,
)  # fmt: skip
def test_every_form_of_condition_is_read(condition: Any, found: Predicate) -> None:
    VALIDATOR.validate(with_condition(condition))

    assert read(with_condition(condition)).rules[0].condition == found


def test_constants_are_of_their_facts_type() -> None:
    condition = read(with_condition({"fact": "discounted_share", "op": "<", "value": 1})).rules[0].condition

    assert isinstance(condition, Comparison)
    assert type(condition.constant) is float


def test_the_users_own_facts_are_declared_in_the_document() -> None:
    kinds: list[tuple[dict[str, Any], type]] = [
        ({"type": "int", "low": 0, "high": None}, int),
        ({"type": "int", "low": 5, "high": 5}, int),
        ({"type": "float", "low": -1, "high": 1.5}, float),
        ({"type": "decimal", "low": "-0.50", "high": 3}, Decimal),
        ({"type": "bool", "low": None}, bool),
        ({"type": "str", "vi": None, "en": "the note", "unit": None, "change": None}, str),
    ]
    values: dict[type, Any] = {int: 5, float: 0.5, Decimal: "0.5", bool: True, str: "x"}
    for more, kind in kinds:
        declared = {"name": 'x"); import os #', **more}
        document = with_condition({"fact": 'x"); import os #', "op": "==", "value": values[kind]}, facts=[declared])
        VALIDATOR.validate(document)
        [variable] = read(document).variables
        assert variable.type is kind
        assert variable.is_custom
        known = Facts(extra={'x"); import os #': values[kind]})
        assert read(document).label(known) is YOUNG
        assert read(document).to_dict()["facts"][0]["name"] == 'x"); import os #'


def test_a_fact_with_labels_of_the_users_own_has_to_be_handed_over() -> None:
    wave = fact.custom("wave", Wave)
    document = table_of(wave == Wave.LATE).to_dict()

    assert read(document, [wave]) == table_of(wave == Wave.LATE)
    error = refused(lambda: read(document))
    assert error.place == "facts[0]"
    assert "facts=[" in error.hint
    assert refused(lambda: read(document, [fact.custom("wave", int)])).place == "facts[0]"
    other = refused(lambda: read(document, [fact.custom("wave", Mood)]))
    assert other.place == "facts[0].facet"


def test_a_fact_that_is_handed_over_needs_no_declaration_and_must_agree_with_one() -> None:
    nps = fact.custom("nps", int, low=0)
    document = table_of(nps == 5).to_dict()
    assert read(document, [nps, fact.custom("other", bool)]) == table_of(nps == 5)
    assert read({**document, "facts": []}, [nps, nps]) == table_of(nps == 5)

    error = refused(lambda: read(document, [fact.custom("nps", int)]))
    assert error.place == "facts[0]"
    assert "declared otherwise" in error.problem


def test_what_is_handed_over_besides_the_document_is_checked() -> None:
    wrong: Any = "nps"
    with pytest.raises(PredicateError, match="'nps' is no fact"):
        read(document_of(), [wrong])
    with pytest.raises(PredicateError, match="two different facts are called 'nps'"):
        read(document_of(), [fact.custom("nps", int), fact.custom("nps", str)])
    no_labels: Any = str
    with pytest.raises(TableError, match="is not a label set"):
        DecisionTable.from_dict(document_of(), category=no_labels)


LONG = "a" * (MAX_TEXT + 1)
NAN, INFINITY = float("nan"), float("inf")
BETWEEN = {"fact": "age", "op": "between", "low": 1, "high": 2, "closed": "both"}
IN_TWO = {"all": [{"always": True}, {"fact": "age", "op": "<", "value": True}]}


WRONG: list[tuple[Any, str, str, bool]] = [
    (None, "document", "null is not a table as data", True),
    ([], "document", "a list is not a table as data", True),
    ("{}", "document", "'{}' is not a table as data", True),
    ({}, "version", "there is no version", True),
    (document_of(version=2), "version", "2 is not a version that can be read", True),
    (document_of(version=True), "version", "true is not a version", True),
    (document_of(version="1"), "version", "'1' is not a version", True),
    (document_of(version=10**5000), "version", "too many digits is not a version", True),
    ({"version": 1}, "document", "'name', 'facet', 'labels', 'hit', 'rules' are missing", True),
    (document_of(extra=1), "document", "the key 'extra' means nothing here", True),
    (document_of(**{"x" * 100: 1}), "document", f"'{'x' * 58}'… means nothing", True),
    (document_of(name=5), "name", "5 is not a text", True),
    (document_of(name=" "), "name", "the name is empty", True),
    (document_of(name=LONG), "name", "… is not a text that can stand here", True),
    (document_of(source=None), "source", "null is not a text", True),
    (document_of(facet="wave"), "facet", "'wave' is not the facet of AgeBand", False),
    (document_of(facet=[]), "facet", "a list is not the facet", True),
    (document_of(labels="under_15"), "labels", "'under_15' is not a list", True),
    (document_of(labels=["under_15", "over_15"]), "labels[1]", "'over_15' is not a label of AgeBand", False),
    (document_of(labels=[[["under_15"]]]), "labels[0]", "a list is not a label", True),
    (document_of(labels=["under_15"]), "labels", "the label 'from_15_to_22' of AgeBand is missing", False),
    (document_of(labels=[label.value for label in reversed(AgeBand)]), "labels", "not in the order", False),
    (document_of(hit="UNIQUE"), "hit", "'UNIQUE' is none of the words", True),
    (document_of(hit=["unique"]), "hit", "a list is none of the words", True),
    (document_of(otherwise="young"), "otherwise", "'young' is not a label of AgeBand", False),
    (document_of(otherwise=1), "otherwise", "1 is not a label of AgeBand", True),
    (document_of(priority="young"), "priority", "'young' is not a list", True),
    (document_of(priority=["young"]), "priority[0]", "'young' is not a label", False),
    (document_of(priority=["over_50", "over_50"]), "priority", "a label is named twice", True),
    (document_of(rules={}), "rules", "an object is not a list", True),
    (document_of(rules=[5]), "rules[0]", "5 is not an object", True),
    (document_of(rules=[{}]), "rules[0]", "'condition', 'label' are missing", True),
    (document_of(rules=[{"condition": FIFTEEN}]), "rules[0]", "'label' is missing", True),
    (document_of(rules=[{"condition": FIFTEEN, "label": "x"}]), "rules[0].label", "'x' is not a label", False),
    (with_condition(None), "rules[0].condition", "null is not a condition", True),
    (with_condition({}), "rules[0].condition", "an object is not a condition", True),
    (with_condition("age < 15"), "rules[0].condition", "'age < 15' is not a condition", True),
    (with_condition({"any": FIFTEEN}), "rules[0].condition.any", "an object is not a list", True),
    (with_condition({"any": [], "all": []}), "rules[0].condition", "the key 'any' means nothing here", True),
    (with_condition({"not": []}), "rules[0].condition.not", "a list is not a condition", True),
    (with_condition({"always": 1}), "rules[0].condition.always", "1 is neither true nor false", True),
    (with_condition(IN_TWO), "rules[0].condition.all[1].value", "true is not a whole number from 0", False),
    (with_condition({"fact": "age"}), "rules[0].condition.op", "null is none of the words", True),
    (with_condition({**FIFTEEN, "op": "=~"}), "rules[0].condition.op", "'=~' is none of the words", True),
    (with_condition({**FIFTEEN, "low": 1}), "rules[0].condition", "the key 'low' means nothing here", True),
    (with_condition({**FIFTEEN, "fact": "agee"}), "rules[0].condition.fact", "no fact is called 'agee'", False),
    (with_condition({**FIFTEEN, "fact": LONG}), "rules[0].condition.fact", "is not a text", True),
    (with_condition({**FIFTEEN, "fact": "a" * 500}), "rules[0].condition.fact", "no fact is called", False),
    (with_condition({**FIFTEEN, "fact": ["age"]}), "rules[0].condition.fact", "a list is not a text", True),
    (with_condition({**FIFTEEN, "value": 1.5}), "rules[0].condition.value", "1.5 is not a whole number", False),
    (with_condition({**FIFTEEN, "value": "15"}), "rules[0].condition.value", "'15' is not a whole number", False),
    (with_condition({**FIFTEEN, "value": None}), "rules[0].condition.value", "null is not a whole number", True),
    (with_condition({**FIFTEEN, "value": NAN}), "rules[0].condition.value", "nan is not a whole number", False),
    (with_condition({**FIFTEEN, "value": 10**300}), "rules[0].condition.value", "too many digits", False),
    (with_condition({**FIFTEEN, "value": 10**5000}), "rules[0].condition.value", "too many digits", False),
    (with_condition({"fact": "discounted_share", "op": "<", "value": INFINITY}), "rules[0].condition.value",
     "too many digits is not a number", False),
    (with_condition({"fact": "discounted_share", "op": "<", "value": NAN}), "rules[0].condition.value",
     "nan is not a number", False),
    (with_condition({"fact": "discounted_share", "op": "<", "value": True}), "rules[0].condition.value",
     "true is not a number", False),
    (with_condition({"fact": "spend", "op": "<", "value": 1.5}), "rules[0].condition.value",
     "1.5 is not an amount", False),
    (with_condition({"fact": "spend", "op": "<", "value": "1E+3999999"}), "rules[0].condition.value",
     "'1E+3999999' is not an amount", False),
    (with_condition({"fact": "spend", "op": "<", "value": "NaN"}), "rules[0].condition.value",
     "'NaN' is not an amount", False),
    (with_condition({"fact": "spend", "op": "<", "value": "1_0"}), "rules[0].condition.value",
     "'1_0' is not an amount", False),
    (with_condition({"fact": "monthly_income", "op": "<", "value": "123x"}), "rules[0].condition.value",
     "the value is not an amount", False),
    (with_condition({"fact": "has_need", "op": "==", "value": 1}), "rules[0].condition.value",
     "1 is not True or False", False),
    (with_condition({"fact": "has_need", "op": "<", "value": True}), "rules[0].condition.op",
     "which has no order", False),
    (with_condition({"fact": "occupation", "op": "==", "value": LONG}), "rules[0].condition.value",
     "is not a text", True),
    (with_condition({"fact": "occupation", "op": "between", "low": "a", "high": "b", "closed": "both"}),
     "rules[0].condition.op", "which has no order", False),
    (with_condition({"fact": "party_kind", "op": "==", "value": "robot"}), "rules[0].condition.value",
     "'robot' is not a label of PartyKind", False),
    (with_condition({"fact": "party_kind", "op": "in", "values": ["person", 5]}),
     "rules[0].condition.values[1]", "5 is not a label of PartyKind", False),
    (with_condition({"fact": "age", "op": "in", "values": 5}), "rules[0].condition.values",
     "5 is not a list", True),
    (with_condition({**BETWEEN, "low": 3}), "rules[0].condition", "the lower end is above the upper", False),
    (with_condition({**BETWEEN, "high": "2"}), "rules[0].condition.high", "'2' is not a whole number", False),
    (with_condition({**BETWEEN, "closed": "open"}), "rules[0].condition.closed", "'open' is none of", True),
    (document_of(given=[]), "given", "a list is not a condition", True),
    (document_of(facts={}), "facts", "an object is not a list", True),
    (document_of(facts=["nps"]), "facts[0]", "'nps' is not an object", True),
    (document_of(facts=[{"name": "nps"}]), "facts[0]", "'type' is missing", True),
    (document_of(facts=[{"name": "", "type": "int"}]), "facts[0].name", "the name is empty", True),
    (document_of(facts=[{"name": LONG, "type": "int"}]), "facts[0].name", "is not a text", True),
    (document_of(facts=[{"name": "age", "type": "int"}]), "facts[0].name", "'age' is a fact of the cat", False),
    (document_of(facts=[{"name": "n", "type": "int"}] * 2), "facts[1].name", "'n' is declared twice", False),
    (document_of(facts=[{"name": "n", "type": "date"}]), "facts[0].type", "'date' is none of the words", True),
    (document_of(facts=[{"name": "n", "type": ["int"]}]), "facts[0].type", "a list is none of", True),
    (document_of(facts=[{"name": "n", "type": "int", "labels": []}]), "facts[0]", "'labels' means nothing", True),
    (document_of(facts=[{"name": "n", "type": "int", "low": "0"}]), "facts[0].low", "'0' is not of type", True),
    (document_of(facts=[{"name": "n", "type": "int", "low": True}]), "facts[0].low", "true is not of", True),
    (document_of(facts=[{"name": "n", "type": "decimal", "low": 0.5}]), "facts[0].low", "0.5 is not of", True),
    (document_of(facts=[{"name": "n", "type": "float", "high": NAN}]), "facts[0].high", "nan is not of", False),
    (document_of(facts=[{"name": "n", "type": "str", "low": "a"}]), "facts[0].low", "has no range", True),
    (document_of(facts=[{"name": "n", "type": "int", "low": 2, "high": 1}]), "facts[0].high", "below", False),
    (document_of(facts=[{"name": "n", "type": "int", "vi": 5}]), "facts[0].vi", "5 is not a text", True),
    (document_of(facts=[{"name": "n", "type": "int", "unit": "m"}]), "facts[0].unit", "is not an object", True),
    (document_of(facts=[{"name": "n", "type": "int", "unit": {"vi": "", "en": 5}}]), "facts[0].unit.en",
     "5 is not a text", True),
    (document_of(facts=[{"name": "n", "type": "int", "change": "up"}]), "facts[0].change", "'up' is none", True),
    (document_of(facts=[{"name": "n", "type": "label"}]), "facts[0]", "labels of a label set", True),
    (document_of(facts=[{"name": "n", "type": "label", "low": 1}]), "facts[0]", "'low' means nothing", True),
]  # fmt: skip
"""Wrong documents, the place and the problem of the error, and whether the schema can see it."""


@pytest.mark.parametrize(("document", "place", "problem", "schema"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_document_is_refused_with_its_place(document: Any, place: str, problem: str, schema: bool) -> None:
    error = refused(lambda: read(document))

    assert error.place == place
    assert problem in error.problem
    assert "123x" not in str(error)
    assert VALIDATOR.is_valid(document) is not schema


def test_a_key_that_is_no_text_is_refused() -> None:
    assert refused(lambda: read({**document_of(), 5: 1})).problem == "the key 5 means nothing here"


def test_a_labelled_fact_is_declared_in_full() -> None:
    wave = fact.custom("wave", Wave)
    declared = {"name": "wave", "type": "label"}

    error = refused(lambda: read(document_of(facts=[declared]), [wave]))
    assert error.place == "facts[0]"
    assert error.problem == "'facet', 'labels' are missing"
    wrong = {**declared, "facet": "wave", "labels": ["early"]}
    assert refused(lambda: read(document_of(facts=[wrong]), [wave])).place == "facts[0].labels"


def test_a_misspelt_fact_is_corrected() -> None:
    error = refused(lambda: read(with_condition({**FIFTEEN, "fact": "purchase_cout"})))

    assert error.hint == "did you mean 'purchase_count'?"


# Bounds


def nested(depth: int, kind: str = "not") -> dict[str, Any]:
    condition: dict[str, Any] = {"always": True}
    for _ in range(depth - 1):
        condition = {kind: condition if kind == "not" else [condition]}
    return condition


@pytest.mark.parametrize("kind", ["all", "any"])
def test_lists_of_conditions_stand_as_deep(kind: str) -> None:
    assert read(with_condition(nested(MAX_DEPTH, kind))).rules
    assert "50 deep" in refused(lambda: read(with_condition(nested(MAX_DEPTH + 1, kind)))).problem


def test_conditions_may_stand_fifty_deep_and_no_deeper() -> None:
    table = read(with_condition(nested(MAX_DEPTH)))
    assert read(table.to_dict()) == table
    for depth in (MAX_DEPTH + 1, 100_000):
        error = refused(lambda depth=depth: read(with_condition(nested(depth))))  # type: ignore[misc]  # bound now
        assert error.place == "rules[0].condition" + ".not" * MAX_DEPTH
        assert "50 deep" in error.problem


def test_lists_within_lists_are_refused_however_deep() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for document in (with_condition(deep), document_of(labels=deep), document_of(name=deep), document_of(rules=deep)):
        refused(lambda document=document: read(document))  # type: ignore[misc]  # bound now


def test_an_object_that_holds_itself_is_refused() -> None:
    loop: dict[str, Any] = {"all": []}
    loop["all"].append(loop)

    assert "50 deep" in refused(lambda: read(with_condition(loop))).problem


def test_an_object_that_stands_in_many_places_counts_every_time() -> None:
    laugh: dict[str, Any] = {"always": True}
    for _ in range(40):
        laugh = {"any": [laugh, laugh, laugh]}

    assert "250000 conditions" in refused(lambda: read(with_condition(laugh))).problem


def test_conditions_and_their_constants_are_counted_alike_when_read_and_when_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = table_of(fact.age.is_in([1, 2, 3]) | ~fact.has_need, given=fact.has_means)
    document = table.to_dict()
    for limit in (8, 7):
        monkeypatch.setattr("khachhang.rules._reading.MAX_PARTS", limit)
        monkeypatch.setattr("khachhang.rules.document.MAX_PARTS", limit)
        if limit == 8:
            assert read(table.to_dict()) == table
        else:
            assert refused(table.to_dict).place == "rules[0].condition.any[1].not"
            assert refused(lambda: read(document)).place == "rules[0].condition.any[1].not"


def test_ten_thousand_rules_are_read_and_one_more_is_not() -> None:
    rule = {"condition": FIFTEEN, "label": "under_15"}

    assert len(read(document_of(rules=[rule] * MAX_RULES)).rules) == MAX_RULES
    error = refused(lambda: read(document_of(rules=[rule] * (MAX_RULES + 1))))
    assert (error.place, error.problem) == ("rules", "a list of 10001 entries")


@pytest.mark.parametrize(
    "document",
    [
        document_of(labels=["x"] * 1_000_000),
        document_of(priority=["over_50"] * 1_000_000),
        document_of(facts=[{"name": "n", "type": "int"}] * 1_000_000),
        document_of(rules=[{}] * 1_000_000),
        document_of(name="x" * 10_000_000),
        document_of(**{str(number): 1 for number in range(100_000)}),
        with_condition({"all": [FIFTEEN] * 1_000_000}),
        with_condition({"fact": "age", "op": "in", "values": [1] * 1_000_000}),
        with_condition({**FIFTEEN, "value": "9" * 10_000_000}),
        with_condition({**FIFTEEN, "fact": "9" * 10_000_000}),
        with_condition({str(number): 1 for number in range(100_000)}),
        with_condition({"fact": "spend", "op": "<", "value": "9" * 10_000_000}),
        with_condition({"fact": "spend", "op": "<", "value": "1E+3999999999999999"}),
    ],
    ids=range(13),
)
def test_what_is_huge_is_refused_at_once(document: Any) -> None:
    began = time.process_time()
    refused(lambda: read(document))

    assert time.process_time() - began < 0.5


def test_rules_that_the_hit_policy_forbids_are_refused_as_in_any_table() -> None:
    rules = [{"condition": FIFTEEN, "label": "under_15"}, {"condition": {"always": True}, "label": "over_50"}]

    with pytest.raises(OverlapError):
        read(document_of(hit="unique", rules=rules)).classify(Facts(age=3))


def test_the_error_keeps_its_place_when_it_is_pickled() -> None:
    error = pickle.loads(pickle.dumps(refused(lambda: read({}))))

    assert error.place == "version"
    assert str(error) == str(refused(lambda: read({})))
    assert isinstance(error, (TableError, ValueError))


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "null"), (True, "true"), (1.0, "1.0"), (5, "5"), (10**60, "a number of too many digits"), ("é", "'é'"),
     ("a" * 60, repr("a" * 60)), ("a" * 61, repr("a" * 58) + "…"), ({}, "an object"), ([], "a list"), (b"", "a bytes"),
     (PartyKind.PERSON, "'person'"), (float("nan"), "nan")],
    ids=repr,  # bytes as they are can be no part of a name
)  # fmt: skip
def test_values_of_strangers_are_shown_in_a_few_characters(value: object, text: str) -> None:
    assert shown(value) == text
