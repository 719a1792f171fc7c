"""Which types have a form in documents, and which: found from the classes themselves, whatever fields they get."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache, reduce
from operator import or_
from typing import Any, Final

import attrs

from khachhang import advice, classifiers, entities, errors, facts, profiles, rules, taxonomy, templates
from khachhang.classifiers import Policy
from khachhang.codec._conditions import FillForm, PredicateForm, RuleForm
from khachhang.codec._containers import ListForm, MappingForm, MaybeForm, PairsForm, SetForm
from khachhang.codec._forms import (
    AmountForm,
    CodeForm,
    DateForm,
    FlagForm,
    Form,
    RealForm,
    TextForm,
    ValueForm,
    WholeForm,
)
from khachhang.codec._limits import limits_of
from khachhang.codec._profiles import ProfileForm
from khachhang.codec._records import Key, RecordForm, UnionForm
from khachhang.codec._tables import ClassificationForm, TableForm
from khachhang.facts import DecisionTable, Facts, Fill
from khachhang.facts.catalogue import VARIABLES
from khachhang.profiles import Profile
from khachhang.rules import Classification, Classifier, Predicate, Rule
from khachhang.rules.variable import Value, Variable

_ROOMS: Final = (errors, taxonomy, entities, rules, facts, classifiers, templates, profiles, advice)
_PLAIN: Final[dict[Any, type[Form]]] = {
    str: TextForm,
    bool: FlagForm,
    int: WholeForm,
    float: RealForm,
    Decimal: AmountForm,
    date: DateForm,
}
_OWN: Final[dict[Any, type[Form]]] = {
    Classification: ClassificationForm,
    DecisionTable: TableForm,
    Fill: FillForm,
    Predicate: PredicateForm,
    Rule: RuleForm,
}
_VALUE: Final = frozenset(typing.get_args(Value))

_REASONS: Final = {
    "Catalogue": "the facts of the library are code; a fact is known by its name",
    "Category": "a label set of your own is code; give it to from_dict as categories=[...]",
    "CitizenReading": "it is read from an Identifier; write that",
    "Classifier": "a classifier of your own is code; a DecisionTable is data",
    "Conflict": "it holds what two records say; write the records",
    "Failure": "it holds an example of any type, for those who read a test's log",
    "NameParts": "they are read from a name; write that",
    "Report": "it holds examples of any type, for those who read a test's log",
    "Rfm": "it holds a native dataframe; write its tables one by one",
}


def _public(room: types.ModuleType) -> list[type[Any]]:
    names = getattr(room, "__all__", None) or [name for name in vars(room) if not name.startswith("_")]
    found = (getattr(room, name) for name in names)
    return [each for each in found if isinstance(each, type) and each.__module__.startswith(room.__name__)]


def _named() -> dict[str, type[Any]]:
    return {kind.__name__: kind for room in _ROOMS for kind in _public(room)}


TYPES: Final[tuple[type[Any], ...]] = tuple(
    kind for _, kind in sorted(_named().items()) if attrs.has(kind) or kind is Predicate
)
"""Every type that has a form in documents, by name."""


def reason(kind: type[Any]) -> str | None:
    """Why a type has no form of its own; None where it has one, or nobody said why not."""
    if issubclass(kind, Enum) and list(kind):
        return f"a label is its own code: label.value one way, {kind.__name__}(code) the other"
    if issubclass(kind, BaseException):
        return "an error is no data; write its faults, each of which is a Fault"
    return _REASONS.get(kind.__name__)


def form_for(kind: type[Any]) -> Form:
    """The form of a public type, and of every kind of condition.

    Raises:
        LookupError: If the type has none: a subclass of the user's own would lose what it adds.
    """
    known: Any = Predicate if issubclass(kind, Predicate) else kind
    if known in TYPES:
        return form_of(known)
    raise LookupError(kind)


@cache
def form_of(kind: Any) -> Form:
    """The form of a class."""
    if kind in _OWN:
        return _OWN[kind]()
    if kind is Profile:
        return ProfileForm(form_of(Facts), form_of(Policy))
    if kind is Policy:
        policies: list[Any] = [each for each in TYPES if issubclass(each, Policy) and each is not Policy]
        return UnionForm(_record(each) for each in policies)
    return _record(kind)


@cache
def _record(kind: Any) -> RecordForm:
    # The types that a class's fields name may be imported for type checkers alone.
    names = {**_named(), "Decimal": Decimal, "Mapping": Mapping, "Value": Value, "Variable": Variable, "date": date}
    hints = typing.get_type_hints(kind, localns=names)
    return RecordForm(
        kind,
        [
            Key(field, form_of_hint(hints[field.name]), limits_of(kind, field), _is_private(kind, field))
            for field in attrs.fields(kind)
            if field.init
        ],
    )


def _is_private(kind: type[Any], field: attrs.Attribute[Any]) -> bool:
    if kind is Facts:
        return field.name not in VARIABLES or VARIABLES[field.name].is_private
    return not field.repr


def form_of_hint(hint: Any) -> Form:
    """The form of what a type hint allows.

    Raises:
        TypeError: If there is none for it: a new type of field needs one.
    """
    if hint in _PLAIN:
        return _PLAIN[hint]()
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _form_of_union(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return _form_of_tuple(arguments[0])
    if origin is frozenset:
        return SetForm(form_of_hint(arguments[0]))
    if origin is Mapping:
        return MappingForm(form_of_hint(arguments[1]))
    return _form_of_class(origin or hint)


def _form_of_tuple(entry: Any) -> Form:
    pair = typing.get_args(entry)
    if typing.get_origin(entry) is tuple and pair[0] is str:
        return PairsForm(form_of_hint(pair[1]))
    return ListForm(form_of_hint(entry))


def _form_of_union(kinds: tuple[Any, ...]) -> Form:
    known = tuple(kind for kind in kinds if kind is not type(None))
    if len(known) < len(kinds):
        return MaybeForm(form_of_hint(reduce(or_, known)))
    if set(kinds) == _VALUE:
        return ValueForm()
    return UnionForm(_record(kind) for kind in kinds)


def _form_of_class(kind: Any) -> Form:
    if kind is Classifier:
        return form_of(DecisionTable)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return CodeForm(kind)
    if isinstance(kind, type) and (attrs.has(kind) or kind is Predicate):
        return form_of(kind)
    problem = f"no form in documents for {kind!r}"
    raise TypeError(problem)
