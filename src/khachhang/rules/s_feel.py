r"""Cells of decision tables in the standard notation: the unary tests of S-FEEL (DMN 1.5, chapter 9).

A cell is ``-`` (anything), one test, several with commas between them (any of them), or all of that in ``not(...)``.
A test is a constant (equal to it), ``<``, ``<=``, ``>`` or ``>=`` with a constant, or an interval: ``[15..22)``,
where a square bracket towards the inside holds its end and a round one, or a square one turned away (``]15..22[``),
does not. Constants are ``2.5``, ``"text"`` (with ``\"``, ``\\``, ``\n``, ``\t``, ``\r`` and ``\u0041`` inside),
``true`` and ``false``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from khachhang.rules._place import shown

if TYPE_CHECKING:
    from khachhang.errors import TableDocumentError
    from khachhang.rules._place import Place
    from khachhang.rules.predicate import Closed, Operator

MAX_CELL = 100_000
"""The longest cell, in characters."""

_TOKEN = re.compile(
    r'\s*(?:(?P<number>-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))|(?P<text>"(?:[^"\\]|\\.)*")'
    r"|(?P<sign><=|>=|\.\.|[<>\[\](),])|(?P<word>[^\W\d]\w*)|(?P<end>\Z))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ESCAPED = {'"': '"', "'": "'", "\\": "\\", "n": "\n", "t": "\t", "r": "\r"}
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_OPENS = {"[": True, "(": False, "]": False}
_CLOSES = {"]": True, ")": False, "[": False}
SIDES: dict[tuple[bool, bool], Closed] = {
    (True, True): "both",
    (True, False): "left",
    (False, True): "right",
    (False, False): "neither",
}
_SIGNS: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
_EXAMPLES = 'a cell is such as  -  or  < 5  or  [15..22)  or  "bank","shop"  or  not(1,2)'


@attrs.frozen
class Number:
    """A number as it is written; what it is depends on the fact."""

    digits: str

    def __str__(self) -> str:
        return self.digits


@attrs.frozen
class Text:
    """A text, or the code of a label."""

    text: str

    def __str__(self) -> str:
        return quoted(self.text)


@attrs.frozen
class Truth:
    """True or false."""

    truth: bool

    def __str__(self) -> str:
        return "true" if self.truth else "false"


Literal = Number | Text | Truth


@attrs.frozen
class Compared:
    """A test against one constant."""

    sign: Operator
    constant: Literal

    def __str__(self) -> str:
        return f"{self.constant}" if self.sign == "==" else f"{self.sign} {self.constant}"


@attrs.frozen
class Within:
    """A test against an interval."""

    low: Literal
    high: Literal
    closed: Closed

    def __str__(self) -> str:
        opening = "[" if self.closed in ("both", "left") else "("
        closing = "]" if self.closed in ("both", "right") else ")"
        return f"{opening}{self.low}..{self.high}{closing}"


@attrs.frozen
class Cell:
    """What stands in a cell: any of the tests, or with `negation` none of them; no tests at all is ``-``."""

    tests: tuple[Compared | Within, ...] = ()
    negation: bool = False

    def __str__(self) -> str:
        listed = ",".join(map(str, self.tests)) or "-"
        return f"not({listed})" if self.negation else listed


def quoted(text: str) -> str:
    """A text as a cell holds it."""
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    inside = _TO_ESCAPE.sub(lambda found: short.get(found[0]) or f"\\u{ord(found[0]):04x}", text)
    return f'"{inside}"'


def parse(cell: str, place: Place) -> Cell:
    """What a cell says.

    Args:
        cell: Its text, at most `MAX_CELL` characters.
        place: Where it stands, for errors.

    Raises:
        TableDocumentError: If it is no cell of this notation.

    >>> from khachhang.rules._place import ROOT
    >>> parse("[15..22),> 50", ROOT)
    Cell(tests=(Within(low=Number(digits='15'), high=Number(digits='22'), closed='left'),
                Compared(sign='>', constant=Number(digits='50'))), negation=False)
    >>> str(parse(' not ( "a" , ]1 .. 2[ ) ', ROOT))
    'not("a",(1..2))'
    """
    if len(cell) > MAX_CELL:
        raise place.error(f"a cell of {len(cell)} characters", f"at most {MAX_CELL} characters can stand in a cell")
    return Cell() if cell.strip() == "-" else _Parser(cell, place).cell()


class _Parser:
    kind: str
    said: str

    def __init__(self, source: str, place: Place) -> None:
        self.source = source
        self.place = place
        self.position = self.start = 0
        self.advance()

    def advance(self) -> None:
        self.start = self.position
        found = _TOKEN.match(self.source, self.position)
        if found is None or found.lastgroup is None:
            raise self.error()
        self.kind, self.said, self.position = found.lastgroup, found[found.lastgroup], found.end()

    def error(self, hint: str = _EXAMPLES) -> TableDocumentError:
        rest = self.source[self.start :].strip()
        where = f"at {shown(rest)}" if rest else "at its end"
        return self.place.error(f"the cell {shown(self.source)} can not be read {where}", hint)

    def took(self, sign: str) -> bool:
        if self.kind != "sign" or self.said != sign:
            return False
        self.advance()
        return True

    def cell(self) -> Cell:
        negation = self.kind == "word" and self.said == "not"
        if negation:
            self.advance()
            if not self.took("("):
                raise self.error()
        tests = [self.test()]
        while self.took(","):
            tests.append(self.test())
        if negation and not self.took(")"):
            raise self.error()
        if self.kind != "end":
            raise self.error()
        return Cell(tuple(tests), negation)

    def test(self) -> Compared | Within:
        if self.kind == "sign" and self.said in _SIGNS:
            sign = _SIGNS[self.said]
            self.advance()
            return Compared(sign, self.literal())
        if self.kind == "sign" and self.said in _OPENS:
            return self.interval()
        return Compared("==", self.literal())

    def interval(self) -> Within:
        holds_low = _OPENS[self.said]
        self.advance()
        low = self.literal()
        if not self.took(".."):
            raise self.error()
        high = self.literal()
        if self.kind != "sign" or self.said not in _CLOSES:
            raise self.error()
        holds_high = _CLOSES[self.said]
        self.advance()
        return Within(low, high, SIDES[holds_low, holds_high])

    def literal(self) -> Literal:
        kind, said = self.kind, self.said
        if kind == "number":
            made: Literal = Number(said)
        elif kind == "text":
            made = Text(self.unescaped(said[1:-1]))
        elif kind == "word" and said in ("true", "false"):
            made = Truth(said == "true")
        elif kind == "word":
            raise self.error(f"write texts and codes in double quotes: {quoted(said)}")
        else:
            raise self.error()
        self.advance()
        return made

    def unescaped(self, inside: str) -> str:
        def character(found: re.Match[str]) -> str:
            if found[1] is not None:
                return chr(int(found[1], 16))
            if found[2] not in _ESCAPED:
                raise self.error(r"after a backslash stands one of  \ " + '"' + r"  n  t  r  or  u with four digits")
            return _ESCAPED[found[2]]

        # Two escapes may be the halves of one character, as in UTF-16.
        halves = _ESCAPE.sub(character, inside).encode("utf-16-le", "surrogatepass")
        return halves.decode("utf-16-le", "surrogatepass")
