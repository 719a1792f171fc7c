"""Tables as plain data, ready for JSON: written here, read back by `DecisionTable.from_dict`.

The format has a version, and its JSON Schema is published beside this file as ``decision_table.schema.json``. Equal
tables make equal documents, but for the words of a user's own facts, which take no part in the comparison of tables.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from khachhang.rules._place import Place, shown
from khachhang.rules._reading import (
    FORMAT,
    LABEL,
    MAX_DIGITS,
    MAX_PARTS,
    MAX_RULES,
    MAX_TEXT,
    TYPES,
    items,
    plain_value,
    table_arguments,
)
from khachhang.rules.predicate import Always, Among, And, Between, Comparison, Not, Or

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from khachhang.rules.fact import Fact
    from khachhang.rules.predicate import Predicate
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Value, Variable
    from khachhang.taxonomy import Category

T = TypeVar("T", bound="Table[Any]")

_NAMES = {kind: name for name, kind in TYPES.items()}
_WORDS = ("vi", "en", "unit")
_VERSION_LENGTH = 12


def read_table(kind: type[T], data: Any, category: type[Category], facts: Iterable[Fact[Any]]) -> T:
    """The table of a document; see `khachhang.DecisionTable.from_dict`."""
    return kind(**table_arguments(data, category, kind.vocabulary.variables(), facts))


def write_table(table: Table[Any]) -> dict[str, Any]:
    """The document of a table; see `khachhang.DecisionTable.to_dict`."""
    writer = Writer(table.vocabulary.variables())
    given = None if table.given is None else writer.condition(table.given, Place("given"))
    rules = [
        {"condition": writer.condition(rule.condition, Place("rules")[position]["condition"]), "label": str(rule.label)}
        for position, rule in enumerate(items(list(table.rules), Place("rules"), MAX_RULES))
    ]
    return {
        "version": FORMAT,
        "name": _text(table.name, Place("name")),
        **_labels_of(table.category),
        "hit": str(table.hit),
        "facts": [writer.declaration(one, Place("facts")[place]) for place, one in enumerate(writer.own.values())],
        "given": given,
        "rules": rules,
        "otherwise": None if table.otherwise is None else str(table.otherwise),
        "priority": None if table.priority is None else [str(label) for label in table.priority],
        "source": _text(table.source, Place("source")),
    }


def version_of(table: Table[Any]) -> str:
    """A short hash of all that decides; see `khachhang.DecisionTable.version`."""
    import hashlib  # noqa: PLC0415  # few programs ask for versions, and all would wait for it
    import json  # noqa: PLC0415  # the same

    document = write_table(table)
    del document["source"]
    document["facts"] = [{key: fact[key] for key in fact if key not in _WORDS} for fact in document["facts"]]
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_VERSION_LENGTH]


def _text(given: str, at: Place) -> str:
    if len(given) > MAX_TEXT:
        raise at.error(f"a text of {len(given)} characters", f"a document holds texts of at most {MAX_TEXT} characters")
    return given


def _labels_of(category: type[Category]) -> dict[str, Any]:
    return {"facet": category.facet(), "labels": [label.value for label in category]}


def plain_constant(value: Value) -> Any:
    """A constant as documents hold it; equal ones alike: an amount without trailing zeros, no negative zero."""
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, str):
        return str(value)
    return value + 0.0 if isinstance(value, float) else value


def amount_text(amount: Decimal) -> str:
    """An amount in plain digits, without trailing zeros behind the point; with an exponent where it has too many."""
    if not amount:
        return "0"
    if not -MAX_DIGITS <= amount.as_tuple().exponent <= amount.adjusted() < MAX_DIGITS:  # type: ignore[operator]  # finite
        return str(amount)
    return digits_of(amount)


def digits_of(number: Decimal) -> str:
    """All digits of a number, without trailing zeros behind the point."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


class Writer:
    """Writes conditions, within the limits that a reader keeps; notes the user's own facts."""

    def __init__(self, known: Mapping[str, Variable]) -> None:
        self.known = known
        self.own: dict[str, Variable] = {}
        self.left = MAX_PARTS

    def condition(self, predicate: Predicate, at: Place) -> dict[str, Any]:  # noqa: PLR0911  # one a kind
        """A condition with all that stands in it."""
        self.count(1, at)
        match predicate.node:
            case And(parts):
                return {"all": self.parts(parts, at["all"])}
            case Or(parts):
                return {"any": self.parts(parts, at["any"])}
            case Not(part):
                return {"not": self.condition(part, at["not"])}
            case Always(holds):
                return {"always": holds}
            case Comparison(variable, sign, constant):
                return {
                    "fact": self.name(variable, at),
                    "op": sign,
                    "value": self.constant(variable, constant, at["value"]),
                }
            case Between(variable, low, high, closed):
                ends = {
                    "low": self.constant(variable, low, at["low"]),
                    "high": self.constant(variable, high, at["high"]),
                }
                return {"fact": self.name(variable, at), "op": "between", **ends, "closed": closed}
            case Among(variable, values, negation):
                self.count(len(values), at)
                listed = [self.constant(variable, value, at["values"]) for value in items(list(values), at["values"])]
                return {"fact": self.name(variable, at), "op": "not in" if negation else "in", "values": listed}
            case other:
                raise at.error(f"a condition of type {type(other).__name__}", "write it with facts, &, | and ~")

    def parts(self, parts: tuple[Predicate, ...], at: Place) -> list[dict[str, Any]]:
        """Conditions in their order."""
        entries = items(list(parts), at)
        return [self.condition(part, at[position]) for position, part in enumerate(entries)]

    def count(self, number: int, at: Place) -> None:
        """Count so many conditions or values; an error where there are too many."""
        self.left -= number
        if self.left < 0:
            raise at.error(f"more than {MAX_PARTS} conditions and values", "divide the table into several")

    def name(self, variable: Variable, at: Place) -> str:
        """The name of a fact, which is noted where it is the user's own."""
        known = self.known.get(variable.name)
        if variable.is_custom:
            self.own[variable.name] = variable
        if known != (None if variable.is_custom else variable):
            problem = f"{shown(variable.name)} is not the fact of the catalogue with this name"
            raise at["fact"].error(problem, "make a fact of your own by kh.fact.custom, with a name of its own")
        return variable.name

    def constant(self, variable: Variable, value: Value, at: Place) -> Any:
        """A constant that a fact is compared with."""
        if variable.category is not None:
            return str(value)
        written = plain_constant(value)
        if plain_value(variable.type, written) is None:
            raise at.error("a number or text that is too long for a document", "use a shorter one")
        return written

    def declaration(self, variable: Variable, at: Place) -> dict[str, Any]:
        """The type, range and words of a user's own fact."""
        name = _text(variable.name, at["name"])
        if variable.category is not None:
            return {"name": name, "type": LABEL, **_labels_of(variable.category)}
        ends = {"low": variable.low, "high": variable.high}
        words = {"vi": variable.label.vi, "en": variable.label.en}
        made = {"name": name, "type": _NAMES[variable.type], "change": str(variable.change)}
        made |= {key: self.constant(variable, end, at[key]) for key, end in ends.items() if end is not None}
        made |= {lang: _text(said, at[lang]) for lang, said in words.items()}
        if variable.unit is None:
            return made
        unit = {"vi": variable.unit.vi, "en": variable.unit.en}
        return {**made, "unit": {lang: _text(said, at["unit"][lang]) for lang, said in unit.items()}}
