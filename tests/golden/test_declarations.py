"""What is made while the library is imported, in readable files: facts, the ready assumption, and the fields of policies.

Each module is run once more, so that its declarations are made within the test. A change shows as a difference of
`facts.txt` or `policies.txt`; write them anew as the tables are (see `test_tables.py`).
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.golden.approved import check_text

from khachhang import classifiers
from khachhang.facts import assumption, catalogue
from khachhang.rules.predicate import Predicate
from khachhang.rules.wording import predicate_text
from khachhang.taxonomy import Industry, RelationshipType, TieKind, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

HERE = Path(__file__).parent

GIVEN: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 0.5, 1.0, 1.5, 90, 10**400, -0.1, float("nan"), float("inf"), "1", "",
    Decimal(-1), Decimal(0), Decimal("0.5"), Decimal(2), Decimal("NaN"), Decimal("Infinity"), "VND", "vnd", "VN1", "ĐÔN", "VNDX",
    (), (Industry.BANK,), (TieKind.BANK,), (Industry.BANK, Industry.BANK), (RelationshipType.NEW,),
    (RelationshipType.NEW, RelationshipType.LOYAL), (RelationshipType.NEW, RelationshipType.NEW), ("new",),
    tuple(map(Decimal, (0, 1, 2, 3))), tuple(map(Decimal, (1, 2, 3))), tuple(map(Decimal, (1, 2, 2, 3))), (1, 2, 3, 4),
    tuple(map(Decimal, (-1, 1, 2, 3))), tuple(map(Decimal, (1, 2, 3, 4, 5))), (*map(Decimal, (1, 2, 3)), Decimal("Infinity")),
)  # fmt: skip
"""What may be given for a field of a policy, to see what it takes."""


def made_anew(module: ModuleType) -> Any:
    """The module as a new process makes it, beside the one that all others use."""
    found = importlib.util.find_spec(module.__name__)
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def facts() -> Iterator[str]:
    yield "# Facts"
    for name, variable in made_anew(catalogue).VARIABLES.items():
        yield f"\n{name}"
        yield from fields_of(variable)
    made = made_anew(assumption)
    yield f"\n# Assumption {made.RECORDED_IS_ALL.name}: {shown(made.RECORDED_IS_ALL.words)}\n"
    yield from ("; ".join(line.strip() for line in fields_of(fill)) for fill in made.RECORDED_IS_ALL.fills)
    yield "\n# Facts that have a value only by another one\n"
    for name, dependents in made._DEPENDENTS.items():
        yield f"{name}: {', '.join(f'{variable.name} where {shown(exists)}' for variable, exists in dependents)}"


def policies() -> Iterator[str]:
    for module in pkgutil.iter_modules(classifiers.__path__, f"{classifiers.__name__}."):
        made = made_anew(importlib.import_module(module.name))
        for kind in vars(made).values():
            if isinstance(kind, type) and kind.__module__ == module.name and attrs.has(kind) and attrs.fields(kind):
                yield f"{kind.__name__}"
                for field in attrs.fields(kind):
                    yield from (f"    {line}" for line in field_of_a_policy(field))
                yield ""


def field_of_a_policy(field: attrs.Attribute[Any]) -> Iterator[str]:
    wanted, check = field.metadata["check"]
    default = "none" if field.default is attrs.NOTHING else shown(field.default)
    limits = [f"{key} {value}" for key, value in field.metadata.items() if key != "check"]
    convert: Any = field.converter or (lambda given: given)
    taken = [brief(given, made) for given in GIVEN if passes(check, made := convert(given))]
    yield f"{field.name}: {wanted}; default {default}; {', '.join(limits) or 'no limits'}"
    yield f"    takes {', '.join(taken)}"


def brief(given: object, made: object) -> str:
    same = type(given) is type(made) and given == made
    return f"{given!r:.70}" if same else f"{given!r:.70} as {made!r:.70}"


def passes(check: Any, made: Any) -> bool:
    try:
        return bool(check(made))
    except TypeError:  # the converter leaves what is no collection; a policy never sees it unconverted
        return False


def fields_of(thing: Any) -> Iterator[str]:
    """What is said of a thing beside its defaults."""
    for field in attrs.fields(type(thing)):
        value = getattr(thing, field.name)
        if value != field.default and field.name != "name":
            yield f"    {field.name}: {shown(value)}"


def shown(value: object) -> str:
    match value:
        case Words(vi, en):
            return f"{vi} / {en}"
        case Predicate():
            return predicate_text(value, "en")
        case type():
            return value.__name__
        case str():
            return " ".join(value.split())
        case frozenset() | tuple():
            return " ".join(sorted(map(str, value)) if isinstance(value, frozenset) else map(str, value))
        case _:
            return repr(value)


@pytest.mark.parametrize("made", [facts, policies])
def test_what_is_declared_is_as_it_was_read_and_approved(made: Any) -> None:
    file = HERE / f"{made.__name__}.txt"
    text = "\n".join(made()) + "\n"
    check_text(file, text)
