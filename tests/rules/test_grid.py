"""Tables as grids of S-FEEL cells, and back with the same meaning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.rules.table_strategies import FACTS, OWN_FACTS, Mood, Wave, predicates, records, tables

from khachhang import classifiers
from khachhang.errors import KhachhangError, OverlapError, PredicateError, TableDocumentError, TableError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Outcome, Rule, always, when
from khachhang.rules.grid import MAX_COLUMNS
from khachhang.rules.predicate import Among, And, Between, Comparison, Not, Or, as_predicate
from khachhang.taxonomy import AgeBand, Category, PartyKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from khachhang.rules import Classification, Predicate
    from khachhang.rules.table import Table

YOUNG, OLD = AgeBand.UNDER_15, AgeBand.OVER_50
NPS = fact.custom("nps", int, low=0, high=10)
FIRST, UNIQUE, COLLECT = HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.COLLECT


def table_of(*rules: Rule[Any], hit: HitPolicy = FIRST, **more: Any) -> DecisionTable[Any]:
    return DecisionTable(name="t", category=more.pop("category", AgeBand), rules=rules, hit=hit, **more)


def grid_of(condition: Predicate, hit: HitPolicy = FIRST, **more: Any) -> list[list[str]]:
    return table_of(when(condition).then(YOUNG), hit=hit, **more).to_grid()


def cell_of(condition: Predicate) -> str:
    header, row = grid_of(condition)
    assert len(header) == len(row) == 2
    return row[0]


def back(table: Table[Any], rows: Sequence[Sequence[str]]) -> DecisionTable[Any]:
    return DecisionTable.from_grid(
        rows,
        name=table.name,
        category=table.category,
        hit=table.hit,
        otherwise=table.otherwise,
        priority=table.priority,
        source=table.source,
        facts=OWN_FACTS,
    )


def read(*rows: list[str], **more: Any) -> DecisionTable[AgeBand]:
    return DecisionTable.from_grid(list(rows), name="t", category=AgeBand, hit=FIRST, facts=[NPS, *OWN_FACTS], **more)


def condition_of(cell: str, column: str = "age") -> Predicate:
    return read([column, "age_band"], [cell, "under_15"]).rules[0].condition


def refused(make: Callable[[], object]) -> TableDocumentError:
    with pytest.raises(TableDocumentError) as caught:
        make()
    assert caught.value.hint
    assert "\nHint: " in str(caught.value)
    return caught.value


def answer_of(found: Classification[Any]) -> tuple[object, ...]:
    return found.outcome, found.label, found.labels, found.candidates


# Laws


@given(st.data())
@settings(max_examples=75)
def test_a_grid_answers_like_its_table_whatever_is_known(data: st.DataObject) -> None:
    table = data.draw(tables())
    try:
        rows = table.to_grid()
    except TableDocumentError:
        assume(False)  # the signature of Hypothesis
    again = back(table, rows)
    for _ in range(5):
        facts = data.draw(records(table))

        assert answer_of(again.classify(facts)) == answer_of(table.classify(facts))


@pytest.mark.parametrize("hit", [HitPolicy.ANY, UNIQUE])
@given(data=st.data())
@settings(max_examples=40)
def test_the_rows_of_a_rule_say_together_what_it_says(hit: HitPolicy, data: st.DataObject) -> None:
    few = data.draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3, unique_by=lambda one: one.name))
    condition = data.draw(predicates(few, 8))
    table = table_of(when(condition).then(YOUNG), hit=hit)
    try:
        again = back(table, table.to_grid())
    except TableDocumentError:
        assume(False)
    for _ in range(5):
        facts = data.draw(records(table, complete=data.draw(st.booleans())))
        truths = [rule.condition.truth(facts) for rule in again.rules]

        assert (True if True in truths else None if None in truths else False) is condition.truth(facts)
        assert hit is not UNIQUE or truths.count(True) <= 1


@given(tables())
def test_a_grid_that_was_read_is_written_with_the_same_meaning_again(table: DecisionTable[Category]) -> None:
    try:
        again = back(table, table.to_grid())
    except TableDocumentError:
        assume(False)  # the signature of Hypothesis

    assert back(again, again.to_grid()).to_grid() == again.to_grid()


@given(st.data())
def test_a_spoilt_grid_gives_a_table_or_an_error_of_ours(data: st.DataObject) -> None:
    table = data.draw(tables(max_rules=3))
    try:
        rows: Any = table.to_grid()
    except TableDocumentError:
        assume(False)  # the signature of Hypothesis
    row = data.draw(st.integers(0, len(rows) - 1))
    spoilt: Any = data.draw(
        st.text(alphabet='-<>=[]().," \\abnotruefls0123456789\n', max_size=12)
        | st.sampled_from([None, 5, 1.5, ["-"], {}, "not(-)", "[1..", '"', "\ud800", "\u0661", "1e5", "9" * 2000])
    )
    if data.draw(st.booleans()):
        rows[row] = spoilt
    else:
        rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = spoilt
    made, problem = None, ""
    try:
        made = back(table, rows)
    except KhachhangError as error:
        problem = str(error)

    assert made is not None or "Hint: " in problem


# From a table


def test_the_shipped_table_of_ages_is_the_grid_that_one_would_write() -> None:
    assert classifiers.age_band().to_grid() == [
        ["party_kind", "age", "age_band"],
        ['"person"', "< 15", "under_15"],
        ['"person"', "[15..22)", "from_15_to_22"],
        ['"person"', "[22..50]", "from_22_to_50"],
        ['"person"', "> 50", "over_50"],
    ]


FLAG, WHOLE, TEXT, REAL, MONEY = fact.has_need, fact.age, fact.occupation, fact.discounted_share, fact.spend
KIND = fact.party_kind


@pytest.mark.parametrize(
    ("condition", "cell"),
    [
        (WHOLE < 5, "< 5"),
        (WHOLE <= 5, "<= 5"),
        (WHOLE > 5, "> 5"),
        (WHOLE >= 5, ">= 5"),
        (WHOLE == 5, "5"),
        (WHOLE != 5, "not(5)"),
        (WHOLE == -5, "-5"),
        (WHOLE.between(1, 5), "[1..5]"),
        (WHOLE.between(1, 5, closed="left"), "[1..5)"),
        (WHOLE.between(1, 5, closed="right"), "(1..5]"),
        (WHOLE.between(1, 5, closed="neither"), "(1..5)"),
        (~WHOLE.between(1, 5), "< 1,> 5"),
        ((WHOLE >= 1) & (WHOLE < 5), "[1..5)"),
        ((WHOLE < 1) | (WHOLE > 5) | (WHOLE == 3), "< 1,3,> 5"),
        (WHOLE.is_in([9, 1, 2]), "[1..2],9"),
        (~WHOLE.is_in([1, 9]), "not(1,9)"),
        ((WHOLE <= 5) | (WHOLE >= 6), "< 0,>= 0"),
        (WHOLE.between(5, 6, closed="neither"), "not(< 0,>= 0)"),
        (WHOLE.is_in([]), "not(< 0,>= 0)"),
        ((REAL <= 0.5) | (REAL > 0.5), "< 0,>= 0"),
        (REAL.between(0.25, 0.5, closed="neither"), "(0.25..0.5)"),
        (REAL < 1e-07, "< 0.0000001"),
        (REAL < -0.0, "< 0"),
        (REAL < 1e300, f"< 1{'0' * 300}"),
        (MONEY >= "2500000.50", ">= 2500000.5"),
        (Decimal("1E+3") <= MONEY, ">= 1000"),
        (Decimal("-0.00") != MONEY, "not(0)"),
        (FLAG, "true"),
        (~FLAG, "false"),
        (FLAG != True, "false"),  # noqa: E712  # a predicate
        (FLAG.is_in([False]), "false"),
        (FLAG.is_in([True, False]), "true,false"),
        (FLAG & ~FLAG, "not(true,false)"),
        (KIND == PartyKind.PERSON, '"person"'),
        (KIND != PartyKind.PERSON, 'not("person")'),
        (KIND.is_in([PartyKind.GROUP, PartyKind.PERSON]), '"group","person"'),
        (~KIND.is_in([PartyKind.GROUP, PartyKind.PERSON]), 'not("group","person")'),
        ((KIND == PartyKind.GROUP) | (KIND == PartyKind.PERSON), '"group","person"'),
        ((KIND != PartyKind.GROUP) & (KIND != PartyKind.PERSON), 'not("group","person")'),
        (KIND.is_in([PartyKind.GROUP, PartyKind.PERSON]) & (KIND != PartyKind.GROUP), '"person"'),
        ((KIND != PartyKind.GROUP) & KIND.is_in([PartyKind.GROUP, PartyKind.PERSON]), '"person"'),
        (KIND.is_in([]), 'not("person","organization","group")'),
        (~KIND.is_in([]), '"person","organization","group"'),
        (TEXT == 'a "b"\\\n\t\r\x00\u2028', r'"a \"b\"\\\n\t\r\u0000\u2028"'),
        (TEXT != "Việt", 'not("Việt")'),
    ],
    ids=repr,
)
def test_every_condition_on_one_fact_is_one_cell(condition: Predicate, cell: str) -> None:
    assert cell_of(condition) == cell
    assert condition_of(cell, next(condition.leaves()).variable.name).truth(Facts()) is None


def test_a_rule_becomes_rows_where_it_is_no_single_row() -> None:
    condition = ((fact.age < 5) | fact.has_need) & (fact.spend > 1)

    assert grid_of(condition) == [
        ["age", "has_need", "spend", "age_band"],
        ["< 5", "-", "> 1", "under_15"],
        ["-", "true", "> 1", "under_15"],
    ]


def test_rows_that_say_no_more_than_others_are_left_out() -> None:
    condition = ((fact.age < 5) & fact.has_need) | (fact.age < 9) | ((fact.age < 9) & fact.has_means)

    assert grid_of(condition) == [["age", "age_band"], ["< 9", "under_15"]]


def test_a_rule_that_always_holds_is_a_row_of_dashes_and_one_that_never_does_is_none() -> None:
    table = table_of(
        when(fact.age < 5).then(YOUNG), when(~always).then(YOUNG), when(Or(())).then(YOUNG), when(always).then(OLD)
    )

    assert table.to_grid() == [["age", "age_band"], ["< 5", "under_15"], ["-", "over_50"]]
    assert table_of(when(always).then(OLD)).to_grid() == [["age_band"], ["over_50"]]
    assert table_of().to_grid() == [["age_band"]]


def test_under_unique_rows_of_one_rule_are_cut_apart_where_one_asks_for_all_facts_of_the_other() -> None:
    condition = (fact.age < 5) | ((fact.age < 9) & fact.has_need)

    assert grid_of(condition, UNIQUE) == [
        ["age", "has_need", "age_band"],
        ["< 5", "-", "under_15"],
        ["[5..9)", "true", "under_15"],
    ]


def test_under_unique_rows_on_the_same_facts_are_cut_apart() -> None:
    condition = ((fact.age < 5) & (fact.spend < 5)) | ((fact.age < 9) & (fact.spend < 3))

    assert grid_of(condition, UNIQUE) == [
        ["age", "spend", "age_band"],
        ["< 5", "< 5", "under_15"],
        ["[5..9)", "< 3", "under_15"],
    ]


def test_under_unique_rows_that_nothing_can_cut_apart_are_refused() -> None:
    condition = fact.has_need | fact.has_means

    error = refused(lambda: grid_of(condition, UNIQUE))
    assert error.place == "rules[0]"
    assert "rule 1" in error.problem
    assert "ANY or FIRST" in error.hint
    assert len(grid_of(condition, HitPolicy.ANY)) == 3
    assert refused(classifiers.side().to_grid).place == "rules[0]"


def test_under_unique_an_overlap_that_a_smaller_row_covers_is_no_overlap() -> None:
    low, high = fact.age < 9, (fact.age < 3) | (fact.age > 20)
    condition = (fact.age < 5) | (low & fact.has_need) | (high & fact.has_means)

    assert grid_of(condition, UNIQUE) == [
        ["age", "has_need", "has_means", "age_band"],
        ["< 5", "-", "-", "under_15"],
        ["[5..9)", "true", "-", "under_15"],
        ["> 20", "-", "true", "under_15"],
    ]


def test_under_unique_rows_that_hold_nothing_overlap_with_none() -> None:
    never = fact.age.is_in([]) & fact.has_means

    assert grid_of(never | fact.has_need, UNIQUE)[1:] == [
        ["-", "-", "true", "under_15"],
        ["not(< 0,>= 0)", "true", "-", "under_15"],
    ]


def test_what_makes_too_many_rows_is_refused() -> None:
    flags = [fact.custom(f"f{number}", bool) for number in range(20)]
    pairs = [one | other for one, other in zip(flags[:9], flags[9:18], strict=True)]

    assert len(grid_of(And(tuple(pairs[:8])))) == 1 + 2**8
    error = refused(lambda: grid_of(And(tuple(pairs))))
    assert error.place == "rules[0]"
    assert "500 rows" in error.problem


def staircase(number: int, facts: int) -> list[Predicate]:
    """Boxes over the same facts, each of which overlaps all others in every fact."""
    counts = [fact.custom(f"c{position}", int) for position in range(facts)]
    return [
        And(tuple(item.between(step * (-1) ** place, step * (-1) ** place + 100) for place, item in enumerate(counts)))
        for step in range(number)
    ]


@pytest.mark.parametrize(("number", "facts"), [(4, 300), (120, 6)])
def test_under_unique_what_has_to_be_cut_into_too_many_pieces_is_refused(number: int, facts: int) -> None:
    assert "overlap" in refused(lambda: grid_of(Or(tuple(staircase(number, facts))), UNIQUE)).problem


def test_a_text_that_must_only_be_known_is_refused() -> None:
    for condition in (fact.occupation.is_in([]), ~fact.occupation.is_in([])):
        error = refused(lambda condition=condition: grid_of(condition))  # type: ignore[misc]  # bound now
        assert error.place == "rows[1][0]"
        assert "column 'occupation'" in error.problem


def test_what_is_too_long_for_a_cell_is_refused() -> None:
    assert "100" in refused(lambda: grid_of(fact.occupation == "a" * 100_000)).problem
    assert "too long" in refused(lambda: grid_of(fact.age < 10**300)).problem
    assert "too long" in refused(lambda: grid_of(fact.spend < Decimal("1E+300"))).problem
    assert cell_of(fact.age < 10**299) == f"< 1{'0' * 299}"


def test_too_many_rows_and_columns_are_refused() -> None:
    either = (fact.age < 5) | fact.has_need
    assert "10000 rows" in refused(table_of(*[when(either).then(YOUNG)] * 5_001).to_grid).problem
    many = And(tuple(fact.custom(f"f{number}", bool) for number in range(MAX_COLUMNS + 1)))
    assert "columns" in refused(lambda: grid_of(many)).problem


def test_as_many_columns_as_allowed_come_back() -> None:
    facts = [fact.custom(f"f{number}", bool) for number in range(MAX_COLUMNS)]
    widest = table_of(when(And(tuple(map(as_predicate, facts)))).then(YOUNG))
    assert DecisionTable.from_grid(widest.to_grid(), name="t", category=AgeBand, hit=FIRST, facts=facts) == widest


def test_as_many_rows_as_allowed_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("grid.MAX_RULES", "grid._MAX_ROWS_OF_GIVEN", "_boxes.MAX_BOXES"):
        monkeypatch.setattr(f"khachhang.rules.{limit}", 2)

    assert len(grid_of((fact.age < 5) | fact.has_need, given=fact.has_means)) == 3
    assert len(grid_of((fact.age < 5) | ((fact.age < 9) & fact.has_need), UNIQUE)) == 3


def test_a_condition_of_an_unknown_kind_is_refused() -> None:
    class Strange(And):
        @property
        def node(self) -> Any:
            return "strange"

    error = refused(lambda: grid_of(And((Strange((fact.has_need,)),))))
    assert (error.problem, error.hint) == ("a condition of type str", "write it with facts, &, | and ~")


# given


def test_given_is_a_part_of_each_row_where_a_fact_keeps_labels_apart() -> None:
    table = table_of(
        when(fact.age < 5).then(YOUNG), when(fact.age >= 5).then(OLD), given=fact.has_need | fact.has_means
    )

    assert table.to_grid() == [
        ["has_need", "has_means", "age", "age_band"],
        ["true", "-", "< 5", "under_15"],
        ["-", "true", "< 5", "under_15"],
        ["true", "-", ">= 5", "over_50"],
        ["-", "true", ">= 5", "over_50"],
    ]


def test_given_is_refused_where_another_rule_could_still_speak_while_it_is_open() -> None:
    rules = [when(fact.age < 5).then(YOUNG), when(fact.has_means).then(OLD)]
    table = table_of(*rules, given=fact.has_need)
    facts = Facts(age=3)
    assert table.classify(facts).candidates == {YOUNG}
    joined = table_of(*(when(fact.has_need & rule.condition).then(rule.label) for rule in rules))
    assert joined.classify(facts).candidates == {YOUNG, OLD}

    error = refused(table.to_grid)

    assert error.place == "given"
    assert "rules 1 and 2" in error.problem
    assert len(table_of(*rules, given=fact.has_need, hit=COLLECT).to_grid()) == 3
    assert len(table_of(*rules[:1] * 2, given=fact.has_need).to_grid()) == 3


def test_given_is_refused_beside_otherwise() -> None:
    table = table_of(when(fact.age < 5).then(YOUNG), given=fact.has_need, otherwise=OLD)

    error = refused(table.to_grid)

    assert error.place == "given"
    assert "otherwise" in error.problem


def test_given_is_refused_beside_very_many_rows() -> None:
    rules = [when(fact.age == number).then(YOUNG) for number in range(1_001)]

    assert "1000 rows" in refused(table_of(*rules, given=fact.has_need).to_grid).problem


# To a table


@pytest.mark.parametrize(
    ("column", "cell", "condition"),
    [
        ("age", "< 5", Comparison(WHOLE.variable, "<", 5)),
        ("age", ">=5", Comparison(WHOLE.variable, ">=", 5)),
        ("age", " 5 ", Comparison(WHOLE.variable, "==", 5)),
        ("age", "not(5)", Comparison(WHOLE.variable, "!=", 5)),
        ("age", "[15..22)", Between(WHOLE.variable, 15, 22, "left")),
        ("age", "]15..22[", Between(WHOLE.variable, 15, 22, "neither")),
        ("age", "(15..22]", Between(WHOLE.variable, 15, 22, "right")),
        ("age", "1,2,1", Among(WHOLE.variable, (1, 2))),
        ("age", "not(1,2)", Among(WHOLE.variable, (1, 2), negation=True)),
        ("age", "1,[5..7]", Or((WHOLE == 1, WHOLE.between(5, 7)))),
        ("age", "not(1,< 0)", And((WHOLE != 1, WHOLE >= 0))),
        ("age", "-", always),
        ("discounted_share", "< .5", Comparison(REAL.variable, "<", 0.5)),
        ("discounted_share", "1", Comparison(REAL.variable, "==", 1.0)),
        ("spend", "-.5", Comparison(MONEY.variable, "==", Decimal("-0.5"))),
        ("spend", "> 2500000.50", Comparison(MONEY.variable, ">", Decimal("2500000.5"))),
        ("has_need", "true", Comparison(FLAG.variable, "==", constant=True)),
        ("has_need", "not(true)", Comparison(FLAG.variable, "!=", constant=True)),
        ("party_kind", '"person"', Comparison(KIND.variable, "==", PartyKind.PERSON)),
        ("occupation", r'"\"\u00e9\""', Comparison(TEXT.variable, "==", '"é"')),
        ("nps", "[0..6]", NPS.between(0, 6)),
    ],
    ids=repr,
)
def test_a_cell_is_a_condition(column: str, cell: str, condition: Predicate) -> None:
    assert condition_of(cell, column) == condition


def test_the_cells_of_a_row_hold_together() -> None:
    table = read(["age", "has_need", "spend", "age_band"], ["< 5", "-", "> 1", "under_15"], ["-", "-", "-", "over_50"])

    assert [rule.condition for rule in table.rules] == [And((fact.age < 5, fact.spend > 1)), always]
    assert [rule.label for rule in table.rules] == [YOUNG, OLD]


def test_a_label_is_its_code_or_its_code_in_quotes() -> None:
    assert read(["age_band"], ["under_15"], [' "over_50" ']).rules[1].label is OLD
    rows = [[Mood.facet()], *([mood.value] for mood in Mood), ['"say \\"hi\\""']]
    table = DecisionTable.from_grid(rows, name="t", category=Mood, hit=FIRST)
    assert [rule.label for rule in table.rules] == [*Mood, Mood.QUOTED]


def test_what_stands_beside_the_grid_is_taken_over() -> None:
    table = DecisionTable.from_grid(
        (("age", "age_band"), ("< 5", "under_15")),
        name="ages",
        category=AgeBand,
        hit=HitPolicy.PRIORITY,
        otherwise=OLD,
        priority=[OLD],
        source="a sheet",
    )

    expected = DecisionTable(
        name="ages",
        category=AgeBand,
        rules=[when(fact.age < 5).then(YOUNG)],
        hit=HitPolicy.PRIORITY,
        otherwise=OLD,
        priority=[OLD],
        source="a sheet",
    )
    assert table == expected
    assert DecisionTable.from_grid([["age_band"]], name="t", category=AgeBand).hit is UNIQUE


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("age", "2.5", "'2.5' is not a whole number from 0"),
        ("age", '"5"', "is not a whole number"),
        ("age", "true", "'true' is not a whole number"),
        ("age", "9" * 400, "is not a whole number"),
        ("age", "[5..1]", "the lower end is above the upper end"),
        ("discounted_share", "9" * 999, "is not a number"),
        ("discounted_share", "9" * 1001, "is not a number"),
        ("spend", "9" * 301, "is not an amount"),
        ("monthly_income", '"12345678"', "the value is not an amount"),
        ("has_need", "1", "'1' is not True or False"),
        ("has_need", "> true", "has no order"),
        ("occupation", "[1..2]", "has no order"),
        ("occupation", "5", "'5' is not a text"),
        ("party_kind", '"robot"', "'robot' is not a label of PartyKind"),
        ("party_kind", "person", "can not be read at 'person'"),
        ("age", "", "can not be read at its end"),
        ("age", "__import__('os')", "can not be read"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_row_and_column(column: str, cell: str, problem: str) -> None:
    error = refused(lambda: read([column, "age_band"], ["-", "under_15"], [cell, "under_15"]))

    assert error.place == "rows[2][0]"
    assert error.problem.startswith(f"row 2, column {column!r}: ")
    assert problem in error.problem
    assert "12345678" not in str(error)
    assert len(str(error)) < 500


def test_a_number_of_a_thousand_characters_is_read_and_a_longer_one_is_not() -> None:
    longest = f"0.{'3' * 998}"

    assert condition_of(longest, "discounted_share") == Comparison(REAL.variable, "==", 1 / 3)
    assert "is not a number" in refused(lambda: condition_of(f"{longest}3", "discounted_share")).problem


@pytest.mark.parametrize(
    ("rows", "place", "problem"),
    [
        ([], "rows", "there is no header"),
        ("age", "rows", "there is no header"),
        ([[]], "rows[0][0]", "the last column is '', not the facet 'age_band' of AgeBand"),
        ([["age"]], "rows[0][0]", "the last column is 'age'"),
        ([["agee", "age_band"]], "rows[0][0]", "no fact is called 'agee'"),
        ([["age", "age", "age_band"]], "rows[0][1]", "'age' stands twice"),
        ([["age", "age_band"], "ab"], "rows[1]", "'ab' is not a row"),
        ([["age", "age_band"], ["-"]], "rows[1]", "row 1 has 1 cell, and the header 2"),
        ([["age", "age_band"], [5, "under_15"]], "rows[1][0]", "row 1: the cell 5 is not a text"),
        ([["age", "age_band"], ["-", "young"]], "rows[1][1]", "row 1, column 'age_band': 'young' is not a label"),
        ([["age", "age_band"], ["-", '"young"']], "rows[1][1]", "'young' is not a label"),
        ([["age", "age_band"], ["-", '"under_15","over_50"']], "rows[1][1]", "is not a label"),
        ([["-"] * 1002], "rows[0]", "a row of 1002 cells"),
        ([["age_band"]] + [["under_15"]] * 10_001, "rows", "more than 10000 rows"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_wrong_grid_is_refused_with_its_place(rows: Any, place: str, problem: str) -> None:
    error = refused(lambda: DecisionTable.from_grid(rows, name="t", category=AgeBand))

    assert error.place == place
    assert problem in error.problem


def test_a_misspelt_fact_is_corrected() -> None:
    assert refused(lambda: read(["agee", "age_band"])).hint == "did you mean 'age'?"
    assert "kh.fact.custom" in refused(lambda: read(["zzzzzzzz", "age_band"])).hint
    assert "kh.fact.custom" in refused(lambda: read(["z" * 5_000, "age_band"])).hint


def test_very_many_tests_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khachhang.rules.grid.MAX_PARTS", 10)
    ten = ["1,2,3,4,5,6,7,8,9,10", "under_15"]

    assert len(read(["age", "age_band"], ten).rules) == 1
    error = refused(lambda: read(["age", "age_band"], ten, ["1", "under_15"]))
    assert (error.place, "10 tests" in error.problem) == ("rows[2][0]", True)


def test_an_endless_grid_is_refused() -> None:
    def rows() -> Any:
        yield ["age_band"]
        while True:
            yield ["under_15"]

    assert (
        "more than 10000 rows" in refused(lambda: DecisionTable.from_grid(rows(), name="t", category=AgeBand)).problem
    )


def test_rows_that_overlap_under_unique_are_refused_as_in_any_table() -> None:
    rows = [["age", "age_band"], ["< 5", "under_15"], ["< 9", "over_50"]]

    with pytest.raises(OverlapError):
        DecisionTable.from_grid(rows, name="t", category=AgeBand).classify(Facts(age=3))


def test_what_is_no_label_set_and_what_is_no_fact_is_refused() -> None:
    wrong: Any = str
    with pytest.raises(TableError, match="is not a label set"):
        DecisionTable.from_grid([["age_band"]], name="t", category=wrong)
    with pytest.raises(PredicateError, match="is no fact"):
        DecisionTable.from_grid([["age_band"]], name="t", category=AgeBand, facts=["nps"])  # type: ignore[list-item]
    with pytest.raises(PredicateError, match="two different facts are called 'nps'"):
        DecisionTable.from_grid([["age_band"]], name="t", category=AgeBand, facts=[NPS, fact.custom("nps", str)])


def test_facts_with_labels_of_their_own_are_columns_too() -> None:
    wave = fact.custom("wave", Wave)
    table = table_of(when(wave == Wave.NEVER).then(YOUNG), when(Not(NPS < 3)).then(OLD))

    assert table.to_grid() == [
        ["wave", "nps", "age_band"],
        ['"đừng bao giờ"', "-", "under_15"],
        ["-", ">= 3", "over_50"],
    ]
    again = DecisionTable.from_grid(table.to_grid(), name="t", category=AgeBand, hit=FIRST, facts=[wave, NPS])
    assert again.classify(Facts(extra={"wave": "đừng bao giờ"})).outcome is Outcome.MATCHED
