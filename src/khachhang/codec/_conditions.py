"""Conditions, rules and what is assumed, as documents of tables write conditions: nothing of them is ever run."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Final

from khachhang.codec._forms import Form
from khachhang.codec._records import TYPE, check_type, is_object
from khachhang.codec._spot import UNREAD
from khachhang.codec._tables import LABEL_SET, category_of, label_set_of, label_set_schema, published
from khachhang.errors import KhachhangError
from khachhang.facts import Fill
from khachhang.facts.catalogue import VARIABLES
from khachhang.rules import Rule, always
from khachhang.rules._place import ROOT, Place
from khachhang.rules._reading import Conditions, constant, declared_facts, handles, items, label, members
from khachhang.rules.document import Writer
from khachhang.rules.predicate import as_predicate

if TYPE_CHECKING:
    from khachhang.codec._forms import Definitions, Limits, Schema
    from khachhang.codec._spot import Spot

FACTS: Final = "facts"
"""The key under which the user's own facts are declared, where a condition names some."""

_CONDITION: Final = {"$ref": "#/$defs/condition"}
_NAME: Final = {"$ref": "#/$defs/name"}


class _ConditionedForm(Form):
    """An object with conditions in it, which declares the user's own facts that they name."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def write(self, value: Any) -> Any:
        writer = Writer(VARIABLES)
        made = self.written(value, writer)
        facts = [writer.declaration(one, Place(FACTS)[place]) for place, one in enumerate(writer.own.values())]
        return {FACTS: facts, **made} if facts else made

    @abstractmethod
    def written(self, value: Any, writer: Writer) -> dict[str, Any]:
        """The object without the facts that it names."""

    def read(self, raw: Any, spot: Spot) -> Any:
        if not is_object(raw, spot, self.name):
            return UNREAD
        check_type(raw, spot, self.name)
        given = handles(spot.context.facts)
        try:
            found = members(raw, ROOT, self.required, (TYPE, FACTS, *self.optional))
            declared = declared_facts(items(found.get(FACTS, []), Place(FACTS)), VARIABLES, given)
            return self.made(found, Conditions({**given, **declared, **VARIABLES}), spot)
        except KhachhangError as error:
            return spot.take(error)

    @abstractmethod
    def made(self, found: dict[str, Any], reader: Conditions, spot: Spot) -> Any:
        """The value of an object whose keys are as they should be.

        Raises:
            KhachhangError: If something in it is wrong.
        """

    def schema(self, parts: Definitions, limits: Limits) -> Schema:  # noqa: ARG002  # the same for every form
        return parts.refer(self.name, lambda: self._schema(parts))

    def _schema(self, parts: Definitions) -> Schema:
        facts = published(parts)["properties"][FACTS]
        return {
            "type": "object",
            "properties": {TYPE: {"const": self.name}, FACTS: facts, **self.properties(parts)},
            "required": list(self.required),
            "additionalProperties": False,
        }

    @abstractmethod
    def properties(self, parts: Definitions) -> dict[str, Any]:
        """What a JSON Schema says of each key."""


class PredicateForm(_ConditionedForm):
    """A condition on facts."""

    name = "Predicate"
    required = ("condition",)

    def written(self, value: Any, writer: Writer) -> dict[str, Any]:
        return {"condition": writer.condition(as_predicate(value), Place("condition"))}

    def made(self, found: dict[str, Any], reader: Conditions, spot: Spot) -> Any:  # noqa: ARG002  # of every such form
        return reader.read(found["condition"], Place("condition"))

    def properties(self, parts: Definitions) -> dict[str, Any]:  # noqa: ARG002  # of every such form
        return {"condition": _CONDITION}


class RuleForm(_ConditionedForm):
    """A condition, and the label that follows from it."""

    name = "Rule"
    required = ("condition", "facet", "label")
    optional = (LABEL_SET,)

    def written(self, value: Any, writer: Writer) -> dict[str, Any]:
        category = type(value.label)
        condition = writer.condition(value.condition, Place("condition"))
        more = {"facet": category.facet(), **label_set_of(category)}
        return {"condition": condition, **more, "label": value.label.value}

    def made(self, found: dict[str, Any], reader: Conditions, spot: Spot) -> Any:
        category = category_of(found, spot)
        if category is None:
            return UNREAD
        condition = reader.read(found["condition"], Place("condition"))
        return Rule(condition, label(found["label"], Place("label"), category))

    def properties(self, parts: Definitions) -> dict[str, Any]:
        code = {"type": "string"}
        return {"condition": _CONDITION, "facet": code, LABEL_SET: label_set_schema(parts), "label": code}


class FillForm(_ConditionedForm):
    """What one fact is assumed to be: a value, or that of the fact named by `source`."""

    name = "Fill"
    required = ("fact",)
    optional = ("value", "source", "where")

    def written(self, value: Any, writer: Writer) -> dict[str, Any]:
        made: dict[str, Any] = {"fact": writer.name(value.variable, ROOT)}
        if value.value is not None:
            made["value"] = writer.constant(value.variable, value.value, Place("value"))
        if value.source is not None:
            made["source"] = writer.name(value.source, Place("source"))
        if value.where != always:
            made["where"] = writer.condition(as_predicate(value.where), Place("where"))
        return made

    def made(self, found: dict[str, Any], reader: Conditions, spot: Spot) -> Any:  # noqa: ARG002  # of every such form
        variable = reader.variable(found["fact"], Place("fact"))
        value, source, where = (found.get(key) for key in self.optional)
        return Fill(
            variable,
            None if value is None else constant(variable, value, Place("value")),
            None if source is None else reader.variable(source, Place("source")),
            always if where is None else reader.read(where, Place("where")),
        )

    def properties(self, parts: Definitions) -> dict[str, Any]:  # noqa: ARG002  # of every such form
        value = {"anyOf": [{"$ref": "#/$defs/constant"}, {"type": "null"}]}
        source = {"anyOf": [_NAME, {"type": "null"}]}
        where = {"anyOf": [_CONDITION, {"type": "null"}]}
        return {"fact": _NAME, "value": value, "source": source, "where": where}
