"""Tables, their answers and their label sets in documents: tables through their own `to_dict` and `from_dict`."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import attrs

from khachhang import taxonomy
from khachhang.codec._containers import ListForm, MaybeForm, SetForm
from khachhang.codec._forms import CodeForm, Form, TextForm, WholeForm, unwritable
from khachhang.codec._records import TYPE, Key, RecordForm, check_type, is_object
from khachhang.codec._spot import UNREAD
from khachhang.errors import KhachhangError
from khachhang.facts import DecisionTable
from khachhang.rules import Classification, Outcome
from khachhang.rules._place import Place
from khachhang.rules._reading import items, members, text
from khachhang.taxonomy import Category, Term, Words
from khachhang.taxonomy.category import make_category, terms_of

if TYPE_CHECKING:
    from khachhang.codec._forms import Definitions, Limits, Schema
    from khachhang.codec._spot import Spot

LABEL_SET: Final = "label_set"
"""The key under which a label set stands that was made at run time, and so can be made again."""

_ENTRY: Final = ("code", "label", "definition", "source")


@cache
def _shipped() -> dict[str, type[Category]]:
    found = (getattr(taxonomy, name) for name in taxonomy.__all__)
    return {
        each.facet(): each for each in found if isinstance(each, type) and issubclass(each, Category) and list(each)
    }


def label_set_of(category: type[Category]) -> dict[str, Any]:
    """The label set under its key, where it was made at run time; of any other the facet's code says enough."""
    facet, labels = terms_of(category)
    if make_category(facet, labels) is not category:
        return {}
    return {LABEL_SET: {"facet": _entry(facet), "labels": [*map(_entry, labels)]}}


def _entry(term: Term) -> dict[str, Any]:
    words = {
        name: {"vi": said.vi, "en": said.en} for name, said in (("label", term.label), ("definition", term.definition))
    }
    return {"code": term.code, **words, "source": term.source}


def category_of(raw: dict[Any, Any], spot: Spot) -> type[Category] | None:
    """The label set of which an object speaks; None, and noted, where there is none."""
    facet, at = raw.get("facet"), spot.at("facet")
    if not isinstance(facet, str):
        at.wrong(facet, "is not the code of a facet", "write it as a text, such as 'age_band'")
        return None
    if LABEL_SET in raw:
        try:
            made = _made(raw[LABEL_SET])
        except KhachhangError as error:
            spot.take(error)
            return None
        if made.facet() == facet:
            return made
        at.wrong(facet, "is not the facet of the label set that stands here", f"write {made.facet()!r}")
        return None
    found = spot.context.categories.get(facet) or _shipped().get(facet)
    if found is None:
        hint = "give the label set when you read: categories=[YourLabels]"
        at.wrong(facet, "is the facet of no label set that is known", hint)
    return found


def _made(raw: Any) -> type[Category]:
    place = Place(LABEL_SET)
    found = members(raw, place, ("facet", "labels"))
    labels = [
        _term(each, place["labels"][number]) for number, each in enumerate(items(found["labels"], place["labels"]))
    ]
    return make_category(_term(found["facet"], place["facet"]), tuple(labels))


def _term(raw: Any, place: Place) -> Term:
    found = members(raw, place, _ENTRY)
    code = text(found["code"], place["code"])
    if not code.strip():
        raise place["code"].error("the code is empty", "write a short stable code, such as 'early'")
    label, definition = (_words(found[name], place[name]) for name in ("label", "definition"))
    return Term(code, label, definition, text(found["source"], place["source"]))


def _words(raw: Any, place: Place) -> Words:
    found = members(raw, place, ("vi", "en"))
    return Words(text(found["vi"], place["vi"]), text(found["en"], place["en"]))


class TableForm(Form):
    """A decision table, as its own `to_dict` writes it; beside it the label set, where it was made at run time."""

    name = "DecisionTable"

    def write(self, value: Any) -> Any:
        if not isinstance(value, DecisionTable):
            raise unwritable(value, "only decision tables are data; keep the code of your own classifier elsewhere")
        return {**value.to_dict(), **label_set_of(value.category)}

    def read(self, raw: Any, spot: Spot) -> Any:
        if not is_object(raw, spot, self.name):
            return UNREAD
        check_type(raw, spot, self.name)
        category = category_of(raw, spot)
        if category is None:
            return UNREAD
        document = {key: each for key, each in raw.items() if key not in (TYPE, LABEL_SET)}
        try:
            return DecisionTable.from_dict(document, category=category, facts=spot.context.facts)
        except KhachhangError as error:
            return spot.take(error)

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return parts.refer(self.name, lambda: _table_schema(parts))


def published(parts: Definitions) -> dict[str, Any]:
    """The published schema of tables; the parts to which it refers are put among the others."""
    file = resources.files("khachhang.rules") / "decision_table.schema.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    parts.update(found.pop("$defs"))
    return found


def _table_schema(parts: Definitions) -> Schema:
    made = published(parts)
    more = {TYPE: {"const": TableForm.name}, LABEL_SET: label_set_schema(parts)}
    kept = {key: made[key] for key in ("description", "type", "required", "additionalProperties")}
    return {**kept, "properties": {**more, **made["properties"]}}


def label_set_schema(parts: Definitions) -> Schema:
    """What a label set looks like."""
    return parts.refer(LABEL_SET, lambda: _label_set_schema(parts))


def _label_set_schema(parts: Definitions) -> Schema:
    published(parts)
    said, code = {"$ref": "#/$defs/text"}, {"$ref": "#/$defs/name"}
    words = _object({"vi": said, "en": said})
    entry = _object({"code": code, "label": words, "definition": words, "source": said})
    return _object({"facet": entry, "labels": {"type": "array", "items": entry, "maxItems": 10_000}})


def _object(properties: dict[str, Any]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


class ClassificationForm(Form):
    """An answer: its outcome, and the codes of its labels with the facet to which they belong."""

    name = "Classification"
    _SETS: Final = ("labels", "candidates")

    def write(self, value: Any) -> Any:
        labels = sorted(value.candidates | value.labels, key=lambda label: label.rank)
        made = {"outcome": value.outcome.value}
        if labels:
            category = type(labels[0])
            made |= {"facet": category.facet(), **label_set_of(category)}
        parts = {
            "label": None if value.label is None else value.label.value,
            **{name: [label.value for label in labels if label in getattr(value, name)] for name in self._SETS},
            "missing": list(value.missing),
            "rules": list(value.rules),
        }
        return made | {name: part for name, part in parts.items() if part}

    def read(self, raw: Any, spot: Spot) -> Any:
        if not is_object(raw, spot, self.name):
            return UNREAD
        category: type[Category] | None = None
        if "facet" in raw or LABEL_SET in raw:
            category = category_of(raw, spot)
            if category is None:
                return UNREAD
        elif any(raw.get(name) for name in ("label", *self._SETS)):
            return spot.at("facet").note("is missing", "labels are those of a facet, such as 'age_band'")
        rest = {key: each for key, each in raw.items() if key not in ("facet", LABEL_SET)}
        return _answer_of(category or _NoLabels).read(rest, spot)

    def read_labels(self, raw: dict[Any, Any], spot: Spot, category: type[Category]) -> Any:
        """An answer whose label set is known beforehand."""
        rest = {key: each for key, each in raw.items() if key != "facet"}
        if raw.get("facet", category.facet()) != category.facet():
            spot.at("facet").wrong(
                raw["facet"], f"is not the facet of {category.__name__}", f"it is {category.facet()!r}"
            )
        return _answer_of(category).read(rest, spot)

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return parts.refer(self.name, lambda: self._schema(parts))

    def _schema(self, parts: Definitions) -> Schema:
        made: Schema = _answer_of(_NoLabels).fields_schema(parts)
        code = {"type": "string"}
        made["properties"] |= {
            "facet": code,
            LABEL_SET: label_set_schema(parts),
            "label": {"anyOf": [code, {"type": "null"}]},
            **{name: {"type": "array", "items": code} for name in self._SETS},
        }
        return made


class _NoLabels(StrEnum):
    """The labels of an answer that has none."""


def _answer_of(codes: type[StrEnum]) -> RecordForm:
    labels = CodeForm(codes)
    forms = {
        "outcome": CodeForm(Outcome),
        "label": MaybeForm(labels),
        "labels": SetForm(labels),
        "candidates": SetForm(labels),
        "missing": ListForm(TextForm()),
        "rules": ListForm(WholeForm()),
    }
    fields = attrs.fields_dict(Classification)
    return RecordForm(Classification, [Key(fields[name], form) for name, form in forms.items()])
