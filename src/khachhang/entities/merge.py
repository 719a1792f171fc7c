"""Two records of one customer, brought together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from khachhang import names
from khachhang.entities.customer import Customer
from khachhang.entities.need import Need
from khachhang.entities.party import Group, Organization, Person
from khachhang.errors import Fault, InvalidError, a_kind_of, repr_of
from khachhang.taxonomy import Capacity, IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELD_BY_FIELD: Final = (Person, Organization, Group, Need)
_NAMES: Final = frozenset({"party.name", "party.occupation", "previous_brand"})
_CHANGED_LATER: Final[dict[str, dict[str, Any]]] = {
    "purchases": {"returned": 0},
    "interactions": {"resolved_on": None},
    "ties": {"until": None},
}
"""In each history what is filled in after the event, and what stands there before."""
_EVENTS: Final = frozenset({"purchases", "interactions"})


@attrs.frozen
class Conflict:
    """One field in which two records of one customer contradict each other.

    The two values may be personal; `repr` shows the field alone.

    Args:
        field: Its path, such as ``party.birth_date``; a history as a whole, ``purchases``.
        first: What the first record says.
        second: What the second one says.
    """

    field: str
    first: Any = attrs.field(repr=False)
    second: Any = attrs.field(repr=False)


def merge(
    first: Customer, second: Customer, *, settle: Mapping[str, object] | None = None, disjoint: bool = False
) -> Customer:
    """One record of what two records say of one customer. Nothing is lost, and nothing is guessed.

    What is known in one of them is known in the result. Histories, identifiers, contacts and members are joined. An
    event that stands in both, equal in every field, is one event; several equal ones in *one* record are several. Where
    the two records share no event, as two tills do, equal ones are two: say ``disjoint=True``.

    They contradict each other where a field is known in both and differs (names are compared by `khachhang.names.same`;
    the `id` is a field like any other); where a person has two citizen numbers; and where one event is told in two
    versions, which differ only in what was returned, when it was resolved, or until when it stood. A contradiction has
    to be settled.

    Where there is none, `merge` is commutative, associative and idempotent. Events of one day keep their order where
    only one of the records has any, else they are sorted by their fields.

    Args:
        first: One record.
        second: The other.
        settle: For fields in conflict, by their paths, what is right; None says that nobody knows. `conflicts` lists
            them with both values.
        disjoint: Whether no purchase and no interaction stands in both.

    Raises:
        InvalidError: If a contradiction is left, naming all the fields and none of the values; if `settle` names
            another field; or if what it gives can not be.

    >>> from datetime import date
    >>> from khachhang.entities import Purchase
    >>> till = Customer("KH-001", Person("Nguyễn Thị Lan"), purchases=[Purchase(date(2026, 1, 5), 250_000)])
    >>> web = Customer(
    ...     "W-17", Person("Nguyễn  Thị Lan", gender="female"), purchases=[Purchase(date(2026, 2, 1), 90_000)]
    ... )
    >>> conflicts(till, web)
    (Conflict(field='id'),)
    >>> lan = merge(till, web, settle={"id": "KH-001"})
    >>> lan.id, lan.party.gender.value, len(lan.purchases)
    ('KH-001', 'female', 2)
    """
    seam = _Seam(_checked(first, second, settle), is_disjoint=disjoint)
    merged: Customer = seam.records(first, second, "")
    faults = [Fault(each.field, "the two records contradict each other", _cure(each.field)) for each in seam.left]
    for field in seam.settled.keys() - {each.field for each in seam.conflicts}:
        hint = f"in conflict are: {', '.join(each.field for each in seam.conflicts) or 'no fields'}"
        faults.append(Fault("settle", f"{repr_of(field)} is no field in which the two contradict each other", hint))
    if faults:
        raise InvalidError(f"merge of {first.id!r} and {second.id!r}", faults)
    return merged


def conflicts(first: Customer, second: Customer, *, disjoint: bool = False) -> tuple[Conflict, ...]:
    """All the fields in which two records of one customer contradict each other, in the order of the fields.

    ``merge(a, b, settle={each.field: each.second for each in conflicts(a, b)})`` takes the second for right.

    Args:
        first: One record.
        second: The other.
        disjoint: Whether no purchase and no interaction stands in both.

    Raises:
        InvalidError: If one of them is no `Customer`.

    >>> conflicts(Customer("KH-1", Person("Lan", gender="female")), Customer("KH-1", Person("Lan", gender="male")))
    (Conflict(field='party.gender'),)
    """
    seam = _Seam(_checked(first, second, None), is_disjoint=disjoint)
    seam.records(first, second, "")
    return tuple(seam.conflicts)


def _checked(first: object, second: object, settle: object) -> Mapping[str, object]:
    faults = [
        Fault(name, f"{a_kind_of(record)} is no Customer", "make a kh.Customer first")
        for name, record in (("first", first), ("second", second))
        if not isinstance(record, Customer)
    ]
    if settle is not None and not isinstance(settle, Mapping):
        hint = "give a mapping of paths to values: {'party.gender': 'female'}"
        faults.append(Fault("settle", f"{a_kind_of(settle)} is no mapping", hint))
    if faults:
        raise InvalidError("merge", faults)
    return settle if isinstance(settle, Mapping) else {}


def _cure(field: str) -> str:
    if field in _CHANGED_LATER:
        return f"one event stands in them in two versions: settle={{{field!r}: [...]}} gives the right history"
    return f"say what is right: settle={{{field!r}: ...}}, with None where nobody knows"


class _Seam:
    """Where two records meet: what they make together, and where they do not fit."""

    def __init__(self, settled: Mapping[str, object], *, is_disjoint: bool) -> None:
        self.settled = settled
        self.conflicts: list[Conflict] = []
        self._is_disjoint = is_disjoint

    @property
    def left(self) -> list[Conflict]:
        """The conflicts that nobody settled."""
        return [each for each in self.conflicts if each.field not in self.settled]

    def records(self, first: Any, second: Any, path: str) -> Any:
        """Two objects of one class, field by field."""
        fields = [field.name for field in attrs.fields(type(first))]
        return attrs.evolve(
            first, **{name: self._values(getattr(first, name), getattr(second, name), path + name) for name in fields}
        )

    def _values(self, first: Any, second: Any, path: str) -> Any:
        less, more = sorted((first, second), key=_knowledge)
        if isinstance(less, tuple):
            return self._collections(first, second, path)
        if first == second or _knowledge(less) < _KNOWN:
            return more
        if path in _NAMES and names.same(first, second):
            return names.canonical(first)
        if type(first) is type(second) and isinstance(first, _FIELD_BY_FIELD):
            return self.records(first, second, f"{path}.")
        return self._settle(path, first, second)

    def _settle(self, path: str, first: Any, second: Any) -> Any:
        self.conflicts.append(Conflict(path, first, second))
        return self.settled.get(path, first)

    def _collections(self, first: tuple[Any, ...], second: tuple[Any, ...], path: str) -> Any:
        is_disjoint = self._is_disjoint and path in _EVENTS
        if not (first and second) or (first == second and not is_disjoint):
            return first or second
        ours, theirs = Counter(first), Counter(second)
        if not is_disjoint and _contradict(ours - theirs, theirs - ours, path):
            return self._settle(path, first, second)
        return sorted((ours + theirs if is_disjoint else ours | theirs).elements(), key=_order)


_KNOWN: Final = 2


def _knowledge(value: object) -> int:
    """How much a value says: that nothing was declared is less than any declaration, and more than nothing at all."""
    if value is None:
        return 0
    return 1 if value is Capacity.UNDECLARED else _KNOWN


def _contradict(ours: Iterable[Any], theirs: Iterable[Any], path: str) -> bool:
    """Whether what stands in one record alone goes against what stands in the other alone."""
    if path == "party.identifiers":
        return _has_citizen_number(ours) and _has_citizen_number(theirs)
    before = _CHANGED_LATER.get(path)
    if before is None:
        return False
    return not {attrs.evolve(each, **before) for each in ours}.isdisjoint(
        attrs.evolve(each, **before) for each in theirs
    )


def _has_citizen_number(identifiers: Iterable[Any]) -> bool:
    return any(each.kind is IdentifierKind.CITIZEN_NUMBER for each in identifiers)


def _order(value: Any) -> tuple[Any, ...]:
    """A key that sorts any two values of one field; not known comes first."""
    if value is None:
        return (0,)
    if isinstance(value, tuple):
        return (1, *map(_order, value))
    if attrs.has(type(value)):
        return (1, type(value).__name__, *(_order(getattr(value, each.name)) for each in attrs.fields(type(value))))
    return (1, value)
