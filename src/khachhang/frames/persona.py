"""Personas on dataframes: the share that each customer meets, the same as one object gets."""

from __future__ import annotations

import math
from fractions import Fraction
from operator import add
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals.stable.v2 as nw

from khachhang.advice import Persona
from khachhang.entities._checks import gather
from khachhang.errors import Fault, InvalidError
from khachhang.frames.assume import fill, relevant, steps
from khachhang.frames.classify import _warn_of_missing
from khachhang.frames.entry import enter
from khachhang.frames.lower import lower
from khachhang.frames.table import as_frame, spare_names
from khachhang.frames.truth import Truth, balanced, expression, negation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from khachhang.facts import Assumption

T = TypeVar("T")

SUBJECT = "frames.match"
_EXACT = 2**53
"""Whole numbers up to here are exact as floats, so that their quotient is correctly rounded on every engine."""


def match(facts: T, personas: Iterable[Persona], assume: Assumption | Mapping[str, object] | None = None) -> T:
    """How far every row of a table of facts meets some personas.

    Args:
        facts: A table of any engine that narwhals knows; its columns bear the names of facts. Null and NaN mean not
            known, and so does a column that is not there. Other columns are passed on.
        personas: The personas, each with a name of its own.
        assume: What may stand for facts that are not known: `RECORDED_IS_ALL`, or values by fact name.

    Returns:
        The same native table, lazy where it was lazy, in the same order where it was eager, with two columns of floats
        for each persona, never null: ``<name>_certain`` and ``<name>_possible``, the ends of the range that
        `Persona.match` gives, correctly rounded.

    Raises:
        InvalidError: If `facts` is no table, a column is of a type that its fact can not be, or a persona is none or
            bears another's name.

    Warns:
        KhachhangWarning: Once, with all facts that are wished for, nothing is assumed about, and no column holds.

    >>> import polars as pl
    >>> from khachhang.facts import fact
    >>> young = Persona("young", wishes=[fact.age < 30, fact.purchase_count >= 1])
    >>> match(pl.DataFrame({"age": [22, 41], "purchase_count": [None, 3]}), [young]).rows()
    [(22, None, 0.5, 1.0), (41, 3, 0.5, 0.5)]
    """
    frame = as_frame(facts, SUBJECT, "facts")
    wanted = _personas(personas)
    conditions = [wish.condition for persona in wanted for wish in persona.wishes]
    variables = list(dict.fromkeys(leaf.variable for condition in conditions for leaf in condition.leaves()))
    fills, needed = relevant(steps(assume, variables), variables)
    own = frame.collect_schema().names()
    _warn_of_missing(own, variables, fills)
    names = spare_names(frame)
    entry = enter(frame, names, needed, SUBJECT)
    fill(entry, fills)
    shares: dict[str, nw.Expr] = {}
    totals: dict[str, nw.Expr] = {}
    for persona in wanted:
        units = _units(persona)
        lowered = [lower(wish.condition, entry.columns) for wish in persona.wishes]
        for end, truths in (
            ("certain", [each.definitely for each in lowered]),
            ("possible", [each.possibly for each in lowered]),
        ):
            met, unmet = next(names), next(names)
            totals |= {met: _sum(truths, units), unmet: _sum([negation(truth) for truth in truths], units)}
            # No constant below the line: Polars divides by one as it multiplies by its reciprocal, which rounds twice.
            shares[f"{persona.name}_{end}"] = nw.col(met) / (nw.col(met) + nw.col(unmet))
    divided = entry.frame.with_columns(**totals).with_columns(**shares)
    matched: T = divided.select(*dict.fromkeys([*own, *shares])).to_native()
    return matched


def _personas(given: Iterable[Persona]) -> tuple[Persona, ...]:
    personas = gather(given)
    if not isinstance(personas, (list, tuple)):
        problem = f"a value of type {type(given).__name__} is no collection of personas"
        raise InvalidError(SUBJECT, [Fault("personas", problem, "give a list of kh.advice.Persona")])
    faults: list[Fault] = []
    names: set[str] = set()
    for place, persona in enumerate(personas):
        if not isinstance(persona, Persona):
            problem = f"a value of type {type(persona).__name__} is no persona"
            faults.append(Fault(f"personas[{place}]", problem, "make a kh.advice.Persona first"))
            continue
        if persona.name in names:
            problem = f"{persona.name!r} is the name of another persona"
            faults.append(Fault(f"personas[{place}]", problem, "give each a name of its own: columns bear it"))
        if sum(_units(persona)) > _EXACT:
            problem = f"the weights of {persona.name!r} are too far apart to be added up exactly"
            faults.append(Fault(f"personas[{place}]", problem, "give weights of fewer digits"))
        names.add(persona.name)
    if faults:
        raise InvalidError(SUBJECT, faults)
    return tuple(persona for persona in personas if isinstance(persona, Persona))


def _units(persona: Persona) -> list[int]:
    """The weights as whole numbers of which no smaller ones stand in the same proportion."""
    weights = [Fraction(wish.weight) for wish in persona.wishes]
    scale = math.lcm(*(weight.denominator for weight in weights))
    units = [int(weight * scale) for weight in weights]
    common = math.gcd(*units)
    return [unit // common for unit in units]


def _sum(truths: Sequence[Truth], units: Sequence[int]) -> nw.Expr:
    """The weights of the wishes that are true."""
    parts: Any = [
        nw.when(expression(truth)).then(nw.lit(float(unit))).otherwise(nw.lit(0.0))
        for truth, unit in zip(truths, units, strict=True)
    ]
    return balanced(parts, add)
