"""Reading a table from plain data. Nothing in a document is believed: each part is checked before it is used.

Work and memory are bounded by the limits below, and a place in the document is known at every step.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from khachhang.errors import PredicateError, TableError, are, listed, nearest, repr_of
from khachhang.rules._place import ROOT, Place, shown
from khachhang.rules.fact import Fact, custom_variable
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import COMPARE, MAX_DEPTH, Always, Among, And, Between, Comparison, Not, Or
from khachhang.rules.rule import Rule
from khachhang.rules.variable import Change
from khachhang.taxonomy import Category, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from khachhang.errors import TableDocumentError
    from khachhang.rules.predicate import Predicate
    from khachhang.rules.variable import Value, Variable

FORMAT = 1
"""The version of the format; another one is refused."""
MAX_RULES = 10_000
MAX_ITEMS = 10_000
"""The longest list."""
MAX_PARTS = 250_000
"""Conditions and constants of one document together, also where a parser has made one object stand in many places."""
MAX_TEXT = 10_000
MAX_DIGITS = 300
"""Digits of a whole number, and of an amount before and after its point."""

TYPES: dict[str, type[Any]] = {"int": int, "float": float, "decimal": Decimal, "bool": bool, "str": str}
"""The types of a user's own facts, as documents name them; facts whose values are labels have the type ``label``."""
LABEL = "label"
CLOSED = ("both", "left", "right", "neither")

_LARGEST = 10**MAX_DIGITS
_AMOUNT = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{1,{MAX_DIGITS}}})?")
_LONGEST_NAME_TO_CORRECT = 100
_KINDS = ("fact", "all", "any", "not", "always")
_WRITTEN: dict[type, str] = {
    int: f"write a whole number without quotes, of at most {MAX_DIGITS} digits",
    float: "write a finite number without quotes",
    Decimal: (
        f'write an amount in quotes, such as "250000.50", of at most {MAX_DIGITS} digits before and after the point'
    ),
    bool: "write true or false, without quotes",
    str: f"write a text of at most {MAX_TEXT} characters",
}


def plain_value(kind: type[Any], raw: Any) -> Value | None:
    """A constant that a document may hold for a fact of a plain type; None where this is none."""
    if kind is bool or isinstance(raw, bool):
        return raw if kind is bool and isinstance(raw, bool) else None
    if kind is str:
        return str(raw) if isinstance(raw, str) and len(raw) <= MAX_TEXT else None
    if isinstance(raw, int):
        return kind(raw) if -_LARGEST < raw < _LARGEST else None
    if kind is float:
        return raw if isinstance(raw, float) and math.isfinite(raw) else None
    if kind is Decimal and isinstance(raw, str) and _AMOUNT.fullmatch(raw):
        return Decimal(raw)
    return None


def members(raw: Any, at: Place, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object of a document with all of its required keys, and no others than these."""
    if not isinstance(raw, dict):
        raise at.error(f"{shown(raw)} is not an object", f"write an object with {_listed(required)}")
    if len(raw) == len(required) and all(key in raw for key in required):
        return raw
    missing = [key for key in required if key not in raw]
    if missing:
        raise at.error(f"{_listed(missing)} {are(len(missing))} missing", f"an object here has {_listed(required)}")
    if len(raw) > len(required) + len(optional) or not raw.keys() <= {*required, *optional}:
        unknown = next(key for key in raw if key not in required and key not in optional)
        known = _listed((*required, *optional))
        raise at.error(f"the key {shown(unknown)} means nothing here", f"the keys are {known}")
    return raw


def items(raw: Any, at: Place, most: int = MAX_ITEMS) -> list[Any]:
    """A list of a document, of bounded length."""
    if not isinstance(raw, list):
        raise at.error(f"{shown(raw)} is not a list", "write a list, if need be an empty one")
    if len(raw) > most:
        raise at.error(f"a list of {len(raw)} entries", f"at most {most} entries can stand here")
    return raw


def text(raw: Any, at: Place) -> str:
    """A text of a document, of bounded length."""
    if not isinstance(raw, str) or len(raw) > MAX_TEXT:
        raise at.error(f"{shown(raw)} is not a text that can stand here", _WRITTEN[str])
    return str(raw)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(str(name)) for name in names)  # of words that are members of an enumeration the plain text


def _one_of(raw: Any, at: Place, known: Iterable[str]) -> str:
    if not isinstance(raw, str) or raw not in known:
        raise at.error(f"{shown(raw)} is none of the words that can stand here", f"write one of {_listed(known)}")
    return str(raw)


def check_category(category: object) -> None:
    """An error where the label set to read a table for is none."""
    if not (isinstance(category, type) and issubclass(category, Category)):
        problem = f"category={repr_of(category)} is not a label set"
        raise TableError(problem, "give a subclass of kh.Category")


def handles(facts: Iterable[Any]) -> dict[str, Variable]:
    """The variables of the facts that were handed over beside a document or grid, by name.

    Raises:
        PredicateError: If one is no fact, or two different ones bear one name.
    """
    found: dict[str, Variable] = {}
    hint = "give what kh.fact.custom(...) made"
    for one in listed(facts, lambda shown: PredicateError(f"facts: {shown} is no list of facts", hint)):
        if not isinstance(one, Fact):
            problem = f"facts: {repr_of(one)} is no fact"
            raise PredicateError(problem, hint)
        if found.setdefault(one.name, one.variable) != one.variable:
            problem = f"facts: two different facts are called {one.name!r}"
            raise PredicateError(problem, "give each name once")
    return found


def check_labels(facet: Any, labels: Any, category: type[Category], at: Place) -> None:
    """An error where a document speaks of another label set than this one."""
    if facet != category.facet():
        hint = f"give the label set of the document's facet, or correct its 'facet' to {category.facet()!r}"
        raise at["facet"].error(f"{shown(facet)} is not the facet of {category.__name__}", hint)
    codes = [label.value for label in category]
    given = items(labels, at["labels"])
    if given == codes:
        return
    hint = f"the labels of {category.__name__} are {_listed(codes)}, in this order"
    for position, code in enumerate(given):
        if not isinstance(code, str) or code not in codes:
            raise at["labels"][position].error(f"{shown(code)} is not a label of {category.__name__}", hint)
    missing = [code for code in codes if code not in given]
    if missing:
        raise at["labels"].error(f"the label {missing[0]!r} of {category.__name__} is missing", hint)
    raise at["labels"].error(f"not in the order of {category.__name__}, or with one twice", hint)


def label(raw: Any, at: Place, category: type[Category]) -> Category:
    """A label by its code."""
    found = category._value2member_map_.get(raw) if isinstance(raw, str) else None
    if found is None:
        problem = f"{shown(raw)} is not a label of {category.__name__}"
        raise at.error(problem, f"the labels are {_listed(category._value2member_map_)}")
    return found  # type: ignore[return-value]  # members of this category only


def constant(variable: Variable, raw: Any, at: Place) -> Value:
    """A constant of a rule, in the type of the fact that it is compared with."""
    if variable.category is not None:
        return label(raw, at, variable.category)
    made = plain_value(variable.type, raw)
    if made is None:
        value = "the value" if variable.is_private else shown(raw)
        raise at.error(f"{value} is not {variable.described()}", _WRITTEN[variable.type])
    return made


def unknown_fact(name: str, at: Place, known: Iterable[str]) -> TableDocumentError:
    """The error that no fact bears a name."""
    close = nearest(name, known) if len(name) <= _LONGEST_NAME_TO_CORRECT else []
    hint = f"did you mean {close[0]!r}?" if close else "hand a fact of your own over in facts=[kh.fact.custom(...)]"
    raise at.error(f"no fact is called {shown(name)}", hint)


def table_arguments(
    data: Any, category: type[Category], known: Mapping[str, Variable], facts: Iterable[Fact[Any]]
) -> dict[str, Any]:
    """What a table is made of, from its document.

    Args:
        data: The document.
        category: The label set that the document must speak of.
        known: The variables that need no declaration.
        facts: Further facts that the document may name.

    Raises:
        TableDocumentError: If anything in the document is not as it must be.
    """
    check_category(category)
    given_facts = handles(facts)
    _check_version(data)
    required = ("version", "name", "facet", "labels", "hit", "rules")
    document = members(data, ROOT, required, ("facts", "given", "otherwise", "priority", "source"))
    check_labels(document["facet"], document["labels"], category, ROOT)
    name = text(document["name"], Place("name"))
    if not name.strip():
        raise Place("name").error("the name is empty", "name the table by its facet's code, such as 'age_band'")
    declared = declared_facts(items(document.get("facts", []), Place("facts")), known, given_facts)
    reader = Conditions({**given_facts, **declared, **known})
    given, otherwise, priority = (document.get(key) for key in ("given", "otherwise", "priority"))
    rules = items(document["rules"], Place("rules"), MAX_RULES)
    return {
        "name": name,
        "category": category,
        "hit": HitPolicy(_one_of(document["hit"], Place("hit"), list(HitPolicy))),
        "given": None if given is None else reader.read(given, Place("given")),
        "rules": [reader.rule(raw, Place("rules")[place], category) for place, raw in enumerate(rules)],
        "otherwise": None if otherwise is None else label(otherwise, Place("otherwise"), category),
        "priority": None if priority is None else _priority(priority, category),
        "source": text(document.get("source", ""), Place("source")),
    }


def _check_version(data: Any) -> None:
    if not isinstance(data, dict):
        raise ROOT.error(f"{shown(data)} is not a table as data", "give what table.to_dict() made")
    version = data.get("version")
    if type(version) is not int or version != FORMAT:
        problem = "there is no version" if version is None else f"{shown(version)} is not a version that can be read"
        raise Place("version").error(problem, f"this khachhang reads version {FORMAT}; a newer one may read it")


def _priority(raw: Any, category: type[Category]) -> list[Category]:
    at = Place("priority")
    labels = [label(code, at[position], category) for position, code in enumerate(items(raw, at))]
    if len(set(labels)) < len(labels):
        raise at.error("a label is named twice", "name each label once, the highest first")
    return labels


def declared_facts(
    entries: list[Any], known: Mapping[str, Variable], given: Mapping[str, Variable]
) -> dict[str, Variable]:
    """The facts that a document declares; those whose values are labels are only named there."""
    made: dict[str, Variable] = {}
    for position, entry in enumerate(entries):
        at = Place("facts")[position]
        kind = entry.get("type") if isinstance(entry, dict) else None
        optional = ("facet", "labels") if kind == LABEL else ("low", "high", "vi", "en", "unit", "change")
        found = members(entry, at, ("name", "type"), optional)
        name = text(found["name"], at["name"])
        if not name.strip():
            raise at["name"].error("the name is empty", "give the name of a column, or of a key in Facts(extra={...})")
        if name in known:
            raise at["name"].error(f"{name!r} is a fact of the catalogue", "leave it away, or rename the fact")
        if name in made:
            raise at["name"].error(f"{shown(name)} is declared twice", "declare each fact once")
        kind = _one_of(kind, at["type"], (*TYPES, LABEL))
        made[name] = _named(name, found, at, given) if kind == LABEL else _plain(name, found, at)
        if given.get(name, made[name]) != made[name]:
            problem = f"{shown(name)} is declared otherwise than the fact in facts="
            raise at.error(problem, "give the fact with the type and range of the document, or leave it away")
    return made


def _named(name: str, entry: dict[str, Any], at: Place, given: Mapping[str, Variable]) -> Variable:
    found = given.get(name)
    if found is None or found.category is None:
        problem = f"the values of {shown(name)} are labels of a label set that the document can not hold"
        raise at.error(problem, "hand the fact over in facts=[kh.fact.custom(name, YourLabels)]")
    members(entry, at, ("name", "type", "facet", "labels"))
    check_labels(entry["facet"], entry["labels"], found.category, at)
    return found


def _plain(name: str, entry: dict[str, Any], at: Place) -> Variable:
    kind = TYPES[entry["type"]]
    more: dict[str, Any] = {}
    for key in ("low", "high"):
        if entry.get(key) is not None:
            if kind in (bool, str):
                raise at[key].error(f"a fact of type {entry['type']!r} has no range", f"leave {key!r} away")
            more[key] = plain_value(kind, entry[key])
            if more[key] is None:
                raise at[key].error(f"{shown(entry[key])} is not of type {entry['type']!r}", _WRITTEN[kind])
    if len(more) > 1 and more["high"] < more["low"]:
        raise at["high"].error("the largest possible number lies below the smallest", "give the smaller one as 'low'")
    for key in ("vi", "en"):
        if entry.get(key) is not None:
            more[key] = text(entry[key], at[key])
    unit = entry.get("unit")
    if unit is not None:
        unit = members(unit, at["unit"], ("vi", "en"))
        more["unit"] = Words(*(text(unit[lang], at["unit"][lang]) for lang in ("vi", "en")))
    if entry.get("change") is not None:
        more["change"] = Change(_one_of(entry["change"], at["change"], list(Change)))
    return custom_variable(name, kind, **more)


class Conditions:
    """Reads conditions; counts them and their constants, over the whole document."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self.variables = variables
        self.left = MAX_PARTS

    def rule(self, raw: Any, at: Place, category: type[Category]) -> Rule[Any]:
        rule = members(raw, at, ("condition", "label"))
        return Rule(self.read(rule["condition"], at["condition"]), label(rule["label"], at["label"], category))

    def count(self, number: int, at: Place) -> None:
        self.left -= number
        if self.left < 0:
            raise at.error(f"more than {MAX_PARTS} conditions and values", "divide the table into several")

    def read(self, raw: Any, at: Place, depth: int = 1) -> Predicate:
        if depth > MAX_DEPTH:
            raise at.error(f"conditions stand more than {MAX_DEPTH} deep in one another", "write the condition flatter")
        self.count(1, at)
        kind = next((kind for kind in _KINDS if isinstance(raw, dict) and kind in raw), None)
        match kind:
            case "fact":
                return self.test(raw, at)
            case "all":
                return And(self.parts(raw, at, kind, depth))
            case "any":
                return Or(self.parts(raw, at, kind, depth))
            case "not":
                return Not(self.read(members(raw, at, ("not",))["not"], at["not"], depth + 1))
            case "always":
                holds = members(raw, at, ("always",))["always"]
                if not isinstance(holds, bool):
                    raise at["always"].error(f"{shown(holds)} is neither true nor false", _WRITTEN[bool])
                return Always(holds)
            case _:
                raise at.error(f"{shown(raw)} is not a condition", f"write an object with one of {_listed(_KINDS)}")

    def parts(self, raw: Any, at: Place, kind: str, depth: int) -> tuple[Predicate, ...]:
        entries = items(members(raw, at, (kind,))[kind], at[kind])
        return tuple(self.read(entry, at[kind][place], depth + 1) for place, entry in enumerate(entries))

    def test(self, raw: dict[str, Any], at: Place) -> Predicate:
        sign = _one_of(raw.get("op"), at["op"], (*COMPARE, "between", "in", "not in"))
        variable = self.variable(raw["fact"], at["fact"])
        match sign:
            case "in" | "not in":
                entries = items(members(raw, at, ("fact", "op", "values"))["values"], at["values"])
                self.count(len(entries), at)
                found = (constant(variable, entry, at["values"][place]) for place, entry in enumerate(entries))
                return Among(variable, tuple(dict.fromkeys(found)), sign == "not in")
            case "between":
                members(raw, at, ("fact", "op", "low", "high", "closed"))
                check_ordered(variable, at["op"])
                low, high = (constant(variable, raw[key], at[key]) for key in ("low", "high"))
                closed: Any = _one_of(raw["closed"], at["closed"], CLOSED)
                check_ends(low, high, at)
                return Between(variable, low, high, closed)
            case _:
                members(raw, at, ("fact", "op", "value"))
                if sign not in ("==", "!="):
                    check_ordered(variable, at["op"])
                return Comparison(variable, sign, constant(variable, raw["value"], at["value"]))  # type: ignore[arg-type]  # one of COMPARE

    def variable(self, raw: Any, at: Place) -> Variable:
        name = text(raw, at)
        if name not in self.variables:
            raise unknown_fact(name, at, self.variables)
        return self.variables[name]


def check_ordered(variable: Variable, at: Place) -> None:
    """An error where a fact has no order."""
    if not variable.is_number:
        problem = f"{shown(variable.name)} is {variable.described()}, which has no order"
        raise at.error(problem, "use equality, or list the values")


def check_ends(low: Any, high: Any, at: Place) -> None:
    """An error where the ends of an interval are reversed."""
    if high < low:
        raise at.error("the lower end is above the upper end", "give the lower end first")
