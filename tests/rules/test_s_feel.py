"""The notation of cells: what is read, what is written, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khachhang.errors import TableDocumentError
from khachhang.rules._place import ROOT
from khachhang.rules.s_feel import MAX_CELL, Cell, Compared, Number, Text, Truth, Within, parse, quoted

ONE, TWO = Number("1"), Number("2")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("-", Cell()),
        (" - ", Cell()),
        ("1", Cell((Compared("==", ONE),))),
        ("-1", Cell((Compared("==", Number("-1")),))),
        (".5", Cell((Compared("==", Number(".5")),))),
        ("-0.50", Cell((Compared("==", Number("-0.50")),))),
        ("<1", Cell((Compared("<", ONE),))),
        ("<= 1", Cell((Compared("<=", ONE),))),
        ("\t>\n1 ", Cell((Compared(">", ONE),))),
        (">=-1", Cell((Compared(">=", Number("-1")),))),
        ("true", Cell((Compared("==", Truth(truth=True)),))),
        ("false", Cell((Compared("==", Truth(truth=False)),))),
        ('"not"', Cell((Compared("==", Text("not")),))),
        ('"a,b"', Cell((Compared("==", Text("a,b")),))),
        (r'"\"\\\n\t\r\'\u1ec7"', Cell((Compared("==", Text("\"\\\n\t\r'ệ")),))),
        (r'"\ud83d\ude42 \ud83d"', Cell((Compared("==", Text("🙂 \ud83d")),))),
        ("[1..2]", Cell((Within(ONE, TWO, "both"),))),
        ("[1..2)", Cell((Within(ONE, TWO, "left"),))),
        ("[1..2[", Cell((Within(ONE, TWO, "left"),))),
        ("(1..2]", Cell((Within(ONE, TWO, "right"),))),
        ("]1..2]", Cell((Within(ONE, TWO, "right"),))),
        ("(1..2)", Cell((Within(ONE, TWO, "neither"),))),
        ("] 1 .. 2 [", Cell((Within(ONE, TWO, "neither"),))),
        ("[1...5]", Cell((Within(ONE, Number(".5"), "both"),))),
        ("[-1.5..-1]", Cell((Within(Number("-1.5"), Number("-1"), "both"),))),
        ("1,2", Cell((Compared("==", ONE), Compared("==", TWO)))),
        ("1 , [1..2],>2", Cell((Compared("==", ONE), Within(ONE, TWO, "both"), Compared(">", TWO)))),
        ("not(1)", Cell((Compared("==", ONE),), negation=True)),
        ("not ( 1 , < 2 )", Cell((Compared("==", ONE), Compared("<", TWO)), negation=True)),
    ],
)
def test_a_cell_is_read(cell: str, found: Cell) -> None:
    assert parse(cell, ROOT) == found


@pytest.mark.parametrize(
    ("cell", "rest"),
    [
        ("", "at its end"),
        ("  ", "at its end"),
        ("--", "at '--'"),
        ("- 1", "at '- 1'"),
        ("1-2", "at '-2'"),
        ("1,", "at its end"),
        (",1", "at ',1'"),
        ("1 2", "at '2'"),
        ("1,-", "at '-'"),
        ("=1", "at '=1'"),
        ("!= 1", "at '!= 1'"),
        ("< < 1", "at '< 1'"),
        ("<", "at its end"),
        ("[1..2", "at its end"),
        ("[1..", "at its end"),
        ("[1", "at its end"),
        ("[1,2]", "at ',2]'"),
        ("[1..2>", "at '>'"),
        ("[..2]", "at '..2]'"),
        (")1..2(", "at ')1..2('"),
        ("1.", "at '.'"),
        ("1e5", "at 'e5'"),
        ("\u0661", "at '\u0661'"),
        ("NaN", "at 'NaN'"),
        ("null", "at 'null'"),
        ("True", "at 'True'"),
        ("bank", "at 'bank'"),
        ("not", "at its end"),
        ("not 1", "at '1'"),
        ("not(1", "at its end"),
        ("not()", "at ')'"),
        ("not(-)", "at '-)'"),
        ("not(not(1))", "at 'not(1))'"),
        ("not(1),2", "at ',2'"),
        ('"abc', "at '\"abc'"),
        (r'"\x41"', "at"),
        (r'"\u12"', "at"),
        ("os.system('x')", "at"),
        ("1;2", "at ';2'"),
        ("?", "at '?'"),
    ],
)
def test_a_wrong_cell_is_refused_where_it_goes_wrong(cell: str, rest: str) -> None:
    with pytest.raises(TableDocumentError) as caught:
        parse(cell, ROOT["rows"])

    assert caught.value.place == "rows"
    assert rest in caught.value.problem
    assert caught.value.hint


def test_the_hint_shows_the_way() -> None:
    with pytest.raises(TableDocumentError, match=r'in double quotes: "bank"'):
        parse("bank", ROOT)
    with pytest.raises(TableDocumentError, match=r"after a backslash"):
        parse(r'"\x"', ROOT)
    with pytest.raises(TableDocumentError, match=r"a cell is such as  -  or  < 5"):
        parse("?", ROOT)


def test_a_cell_that_is_too_long_is_refused_and_never_shown_whole() -> None:
    assert len(parse(",".join("1" * (MAX_CELL // 2)), ROOT).tests) == MAX_CELL // 2
    assert parse("1".rjust(MAX_CELL), ROOT) == parse("1", ROOT)
    for cell in ("1" * (MAX_CELL + 1), '"' + "a" * (MAX_CELL - 2), "(" * MAX_CELL, " " * MAX_CELL, "\\" * MAX_CELL):
        with pytest.raises(TableDocumentError) as caught:
            parse(cell, ROOT)
        assert len(str(caught.value)) < 500


@given(st.text(alphabet=st.characters()))
def test_every_text_can_be_quoted_in_one_line(text: str) -> None:
    written = quoted(text)

    assert parse(written, ROOT) == Cell((Compared("==", Text(text)),))
    assert len(written.splitlines()) == 1


@given(st.text(alphabet='-<>=[]().," \\abnotruefls0123456789\n', max_size=20) | st.text(max_size=20))
def test_whatever_stands_in_a_cell_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text, ROOT)
    except TableDocumentError:
        return

    assert parse(str(found), ROOT) == found


def test_a_cell_is_written_in_one_way() -> None:
    assert str(parse(" ] 1 .. 2 [ , <2, 3", ROOT)) == "(1..2),< 2,3"
    assert str(parse('not( "a" , true )', ROOT)) == 'not("a",true)'
    assert str(parse(" - ", ROOT)) == "-"
