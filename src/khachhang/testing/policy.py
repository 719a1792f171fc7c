"""Strategies for policies and templates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
from hypothesis import strategies as st

from khachhang import classifiers as ready
from khachhang import templates as known
from khachhang.classifiers import (
    AgeBandPolicy,
    EngagementPolicy,
    FinancialTierPolicy,
    IncomeBandPolicy,
    Policy,
    RelationshipTypePolicy,
)
from khachhang.errors import TemplateError, repr_of
from khachhang.taxonomy import Industry, RelationshipType
from khachhang.templates import Template
from khachhang.testing import _vietnamese as words
from khachhang.testing._given import Given, check_options, chosen
from khachhang.testing.table import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import DrawFn, SearchStrategy

    from khachhang.facts import DecisionTable

P = TypeVar("P", bound=Policy)

_KINDS: dict[str, type[Policy]] = {
    "age_band": AgeBandPolicy,
    "benefit": ready.BenefitPolicy,
    "contribution": ready.ContributionPolicy,
    "customer_definition": ready.CustomerDefinitionPolicy,
    "engagement": EngagementPolicy,
    "financial_tier": FinancialTierPolicy,
    "income_band": IncomeBandPolicy,
    "personality": ready.PersonalityPolicy,
    "relationship_type": RelationshipTypePolicy,
    "scope": ready.ScopePolicy,
    "side": ready.SidePolicy,
    "standing": ready.StandingPolicy,
    "subject": ready.SubjectPolicy,
}
_LONGEST = 3_000
_MOST = 12


def policies(of: type[P] | str | None = None, /, *, hostile: bool = False, **fields: Given[Any]) -> SearchStrategy[P]:
    """Policies of the ready classifiers, with thresholds other than the usual ones.

    Args:
        of: A policy's class or the facet's code; None for any.
        hostile: Whether thresholds may be huge, or so small that they always or never hold.
        **fields: Fields of that policy, each a value, a strategy, or ``...``. Of fields that depend on one another, as
            the ages of `AgeBandPolicy` do, give all or none.

    Raises:
        TemplateError: If there is no such facet, policy or field.

    >>> from hypothesis import find
    >>> find(policies("standing"), lambda policy: policy.period_days > 365)
    StandingPolicy(period_days=366)
    """
    check_options("policies", hostile=hostile)
    if of is None:
        _check_fields("any policy", [], fields)
        return st.one_of([policies(kind, hostile=hostile) for kind in _KINDS])
    kind: Any = _KINDS.get(of) if isinstance(of, str) else of
    if kind not in _KINDS.values():
        problem = f"policies: {repr_of(of)} is neither a ready classifier nor its policy"
        raise TemplateError(problem, f"there are {', '.join(_KINDS)}")
    _check_fields(kind.__name__, [field.name for field in attrs.fields(kind)], fields)
    made = {name: chosen(value, st.nothing()) for name, value in fields.items() if value is not ...}
    dependent = _DEPENDENT.get(kind)
    if dependent is not None and made.keys().isdisjoint(dependent):
        rest = {field.name: made.get(field.name, _field(field, hostile=hostile))
                for field in attrs.fields(kind) if field.name not in dependent}  # fmt: skip
        return st.builds(lambda some, **others: kind(**some, **others), _RISING[kind], **rest)
    for field in attrs.fields(kind):
        made.setdefault(field.name, _field(field, hostile=hostile))
    return st.builds(kind, **made)


def _check_fields(whose: str, names: list[str], given: Iterable[str]) -> None:
    for name in given:
        if name not in names:
            problem = f"policies: {whose} has no field {name!r}"
            raise TemplateError(problem, f"its fields are {', '.join(names) or '(none)'}")


def _field(field: attrs.Attribute[Any], *, hostile: bool) -> SearchStrategy[Any]:
    """The values of a field that its own check lets through; the usual one first."""
    made = _KIND_OF_FIELD[str(field.type)](field, hostile)
    return made if field.default is attrs.NOTHING else st.sampled_from([field.default] * 2) | made


def _count(field: attrs.Attribute[Any], hostile: bool) -> SearchStrategy[int]:  # noqa: FBT001  # one of a table of functions
    _, check = field.metadata["check"]
    low = 0 if check(0) else 1
    usual: Any = field.default
    most = 10**9 if hostile else _LONGEST if "days" in field.name else max(_MOST, usual + 10)
    return st.integers(usual, most) | st.integers(low, most)


def _share(field: attrs.Attribute[Any], hostile: bool) -> SearchStrategy[float]:  # noqa: FBT001  # one of a table of functions
    is_share = "share" in field.name
    whole = st.integers(0, 100).map(lambda per_cent: per_cent / 100) if is_share else st.integers(0, 400).map(float)
    return whole | st.floats(0, 1 if is_share else 10**9) if hostile else whole


def _switch(_field: attrs.Attribute[Any], _hostile: bool) -> SearchStrategy[bool]:  # noqa: FBT001  # one of a table of functions
    return st.booleans()


def _amount(_field: attrs.Attribute[Any], _hostile: bool) -> SearchStrategy[Decimal]:  # noqa: FBT001  # one of a table of functions
    return st.integers(0, 5_000).map(lambda thousands: Decimal(thousands * 1_000))


def _cuts(_field: attrs.Attribute[Any], _hostile: bool) -> SearchStrategy[Any]:  # noqa: FBT001  # one of a table of functions
    return _rising(4, 1, 10**6).map(lambda cuts: tuple(Decimal(cut * 1_000) for cut in cuts))


def _currency(_field: attrs.Attribute[Any], _hostile: bool) -> SearchStrategy[str]:  # noqa: FBT001  # one of a table of functions
    return st.sampled_from(words.CURRENCIES)


def _industries(_field: attrs.Attribute[Any], _hostile: bool) -> SearchStrategy[Any]:  # noqa: FBT001  # one of a table of functions
    return st.frozensets(st.sampled_from(Industry))


def _order(_field: attrs.Attribute[Any], _hostile: bool) -> SearchStrategy[Any]:  # noqa: FBT001  # one of a table of functions
    return st.permutations(list(RelationshipType)).map(tuple)


_KIND_OF_FIELD = {
    "int": _count, "float": _share, "bool": _switch, "Decimal": _amount, "tuple[Decimal, ...]": _cuts, "str": _currency,
    "frozenset[Industry]": _industries, "tuple[RelationshipType, ...]": _order,
}  # fmt: skip


def _rising(count: int, low: int, high: int) -> SearchStrategy[list[int]]:
    """So many numbers, each above the one before it."""
    steps = st.tuples(st.integers(low, high), *(st.integers(1, high) for _ in range(count - 1)))
    return steps.map(lambda given: [sum(given[: place + 1]) for place in range(count)])


_RISING: dict[Any, SearchStrategy[dict[str, Any]]] = {
    AgeBandPolicy: _rising(3, 1, 40).map(lambda ages: dict(zip(_DEPENDENT[AgeBandPolicy], ages, strict=True))),
}
_DEPENDENT: dict[Any, tuple[str, ...]] = {AgeBandPolicy: ("youth_from", "adult_from", "adult_to")}
_SHIPPED = (known.general, known.banking, known.retail, known.professional_services)


def templates(
    *,
    name: Given[str] = ...,
    classifiers: Given[Any] = ...,
    hostile: bool = False,
) -> SearchStrategy[Template]:
    """Templates: the shipped ones with other policies, the money bands among them, and some with tables of their own.

    Args:
        name: This and `classifiers`: a value, a strategy, or ``...`` for what the kit makes.
        classifiers: As for `name`.
        hostile: Whether policies and tables may be hostile.

    >>> from hypothesis import find
    >>> find(templates().map(lambda template: template.name), lambda name: name != "general")
    'banking'
    """
    check_options("templates", hostile=hostile)
    if name is not ... or classifiers is not ...:
        few = st.lists(tables(hostile=hostile, name="own"), min_size=1, max_size=1)
        return st.builds(Template, chosen(name, st.just("custom")), chosen(classifiers, few))

    @st.composite
    def template(draw: DrawFn) -> Template:
        shipped = draw(st.sampled_from(_SHIPPED))
        facets = sorted({*(table.name for table in shipped), *shipped.left_out})
        some = draw(st.lists(st.sampled_from(facets), max_size=3, unique=True))
        changed = shipped(**{facet: draw(policies(facet, hostile=hostile)) for facet in some})
        more: list[DecisionTable[Any]] = draw(st.lists(tables(hostile=hostile, name="own"), max_size=1))
        return (
            Template(shipped.name, [*changed, *more], left_out=changed.left_out, policies=changed.policies)
            if more
            else changed
        )

    return template()
