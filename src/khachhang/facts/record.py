"""What is known of one customer on one date."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, TypedDict, Unpack

import attrs

from khachhang.errors import Fault, InvalidError, a_kind_of, listed, nearest, repr_of
from khachhang.facts.assumption import Assumption, fill
from khachhang.facts.catalogue import VARIABLES, no_name_of_a_fact
from khachhang.rules.predicate import Comparison
from khachhang.rules.variable import FLAGS, Variable
from khachhang.rules.wording import predicate_text
from khachhang.taxonomy import (
    Capacity,
    Gender,
    Industry,
    LeadingStyle,
    OrganizationKind,
    PartyKind,
    TieKind,
)

if TYPE_CHECKING:
    from khachhang.rules.variable import Value


class Known(TypedDict, total=False):
    """What `Facts` accepts, by name."""

    party_kind: PartyKind | str | None
    organization_kind: OrganizationKind | str | None
    age: float | None
    gender: Gender | str | None
    occupation: str | None
    monthly_income: Decimal | int | str | None
    investable_assets: Decimal | int | str | None
    leading_style: LeadingStyle | str | None
    declared_capacity: Capacity | str | None
    currency: str | None
    seller_industry: Industry | str | None
    purchase_count: float | None
    days_since_first_purchase: float | None
    days_since_last_purchase: float | None
    mean_purchase_gap: float | None
    bought_count: float | None
    spend: Decimal | int | str | None
    discounted_share: float | Decimal | None
    returned_share: float | Decimal | None
    organization_share: float | Decimal | None
    resale_share: float | Decimal | None
    dealing_count: float | None
    days_since_last_dealing: float | None
    unresolved_complaint_count: float | None
    resolved_complaint_count: float | None
    negative_review_count: float | None
    positive_review_count: float | None
    review_count: float | None
    survey_count: float | None
    scored_survey_count: float | None
    expansion_response_count: float | None
    feedback_count: float | None
    referral_count: float | None
    share_count: float | None
    answered_care_count: float | None
    campaign_count: float | None
    mean_score: float | Decimal | None
    last_score: float | Decimal | None
    has_need: bool | None
    has_means: bool | None
    taste_matches: bool | None
    is_interested: bool | None
    tie_employee_of_department: bool | None
    tie_employee_of_branch: bool | None
    tie_employee: bool | None
    tie_shareholder: bool | None
    tie_other_insider: bool | None
    tie_supplier: bool | None
    tie_bank: bool | None
    tie_competitor: bool | None
    tie_state_body: bool | None
    tie_voluntary_organization: bool | None
    tie_resident: bool | None
    tie_professional_association: bool | None
    tie_reseller: bool | None


_FLAGS = tuple(
    (name, 1 << variable.flag, 1 << (variable.flag + FLAGS))
    for name, variable in VARIABLES.items()
    if variable.flag is not None
)


def packed(values: Mapping[str, Any]) -> int:
    """The Booleans that tables often ask for together, in one number; see `Variable.flag`."""
    flags = 0
    for name, possible, certain in _FLAGS:
        value = values.get(name)
        if value is not False:
            flags |= possible if value is None else possible | certain
    return flags


_UNKNOWN_FLAGS = packed({})


@attrs.frozen(kw_only=True, repr=False, init=False)
class Facts:
    """What is known of one customer on one date; a fact that is not given is not known.

    Every fact of the catalogue is a field (``kh.fact.age`` tells its type, unit, range and derivation). None and NaN
    mean *not known*. A fraction of a whole-number fact is rounded down (completed years). A label may be given by its
    code. A fact of persons alone implies that the party is a person.

    Args:
        ties: The kinds of all ties that stand; sets every tie fact at once. None: not known.
        extra: Facts of the user's own, by name.
        assumed: The names of the facts that are assumed rather than known; see `assuming`.

    Raises:
        InvalidError: With every field that holds what it can not be, or that contradicts another (an organisation's
            age, the days since a purchase where nothing was bought).

    >>> facts = Facts(age=31, purchase_count=6, days_since_last_purchase=40)
    >>> facts.party_kind, facts.spend
    (<PartyKind.PERSON: 'person'>, None)
    """

    party_kind: PartyKind | None = None
    organization_kind: OrganizationKind | None = None
    age: int | None = None
    gender: Gender | None = None
    occupation: str | None = None
    monthly_income: Decimal | None = None
    investable_assets: Decimal | None = None
    leading_style: LeadingStyle | None = None
    declared_capacity: Capacity | None = None
    currency: str | None = None
    seller_industry: Industry | None = None
    purchase_count: int | None = None
    days_since_first_purchase: int | None = None
    days_since_last_purchase: int | None = None
    mean_purchase_gap: float | None = None
    bought_count: int | None = None
    spend: Decimal | None = None
    discounted_share: float | None = None
    returned_share: float | None = None
    organization_share: float | None = None
    resale_share: float | None = None
    dealing_count: int | None = None
    days_since_last_dealing: int | None = None
    unresolved_complaint_count: int | None = None
    resolved_complaint_count: int | None = None
    negative_review_count: int | None = None
    positive_review_count: int | None = None
    review_count: int | None = None
    survey_count: int | None = None
    scored_survey_count: int | None = None
    expansion_response_count: int | None = None
    feedback_count: int | None = None
    referral_count: int | None = None
    share_count: int | None = None
    answered_care_count: int | None = None
    campaign_count: int | None = None
    mean_score: float | None = None
    last_score: float | None = None
    has_need: bool | None = None
    has_means: bool | None = None
    taste_matches: bool | None = None
    is_interested: bool | None = None
    tie_employee_of_department: bool | None = None
    tie_employee_of_branch: bool | None = None
    tie_employee: bool | None = None
    tie_shareholder: bool | None = None
    tie_other_insider: bool | None = None
    tie_supplier: bool | None = None
    tie_bank: bool | None = None
    tie_competitor: bool | None = None
    tie_state_body: bool | None = None
    tie_voluntary_organization: bool | None = None
    tie_resident: bool | None = None
    tie_professional_association: bool | None = None
    tie_reseller: bool | None = None
    _extra: tuple[tuple[str, Value], ...] = ()
    assumed: frozenset[str] = frozenset()
    _flags: int = attrs.field(init=False, eq=False, default=_UNKNOWN_FLAGS)

    def __init__(
        self,
        *,
        ties: Iterable[TieKind | str] | None = None,
        extra: Mapping[str, Value | None] | Iterable[tuple[str, Value]] = (),
        assumed: Iterable[str] = (),
        **known: Unpack[Known],
    ) -> None:
        faults: list[Fault] = []
        values = _converted(known, faults)
        _add_ties(values, ties, faults)
        self._fill(values, extra, assumed, faults)

    def _fill(self, values: dict[str, Any], extra: object, assumed: object, faults: list[Fault]) -> None:
        """Sets every field, from values of the catalogue's facts that are each right by themselves.

        Raises:
            InvalidError: If they contradict one another, the user's own are wrong, or there are faults already.
        """
        _add_implied(values)
        faults.extend(_contradictions(values))
        own = _own(extra, faults)
        names = _names_assumed(assumed, faults)
        if faults:
            raise InvalidError("Facts", faults)
        self.__attrs_init__(**values, extra=own, assumed=names)
        object.__setattr__(self, "_flags", packed(values))

    @classmethod
    def _trusted(cls, values: Mapping[str, Any]) -> Self:
        """Facts from values that are known to be right, as derivation makes them; with what `packed` makes of ties."""
        made = object.__new__(cls)
        for put, name, default in _FIELDS:
            put(made, values.get(name, default))
        return made

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in self.known().items() if not VARIABLES[name].is_private]
        if self._extra:
            shown.append(f"extra={repr_of(self.extra)}")
        if self.assumed:
            shown.append(f"assumed={sorted(self.assumed)!r}")
        return f"Facts({', '.join(shown)})"

    @property
    def extra(self) -> dict[str, Value]:
        """The user's own facts, by name."""
        return dict(self._extra)

    @property
    def ties(self) -> frozenset[TieKind] | None:
        """The kinds of the ties that stand, where all of them are known; else None."""
        standing = {kind: getattr(self, f"tie_{kind.value}") for kind in TieKind}
        return None if None in standing.values() else frozenset(kind for kind, stands in standing.items() if stands)

    def value(self, name: str) -> Value | None:
        """A fact by its name; None where it is not known. A name that the catalogue lacks is looked for in `extra`.

        Raises:
            UnknownFactError: If the name is no text.
        """
        try:
            is_shipped = name in VARIABLES
        except TypeError:
            raise no_name_of_a_fact(name) from None
        return getattr(self, name) if is_shipped else dict(self._extra).get(name)

    def known(self) -> dict[str, Value]:
        """Every fact of the catalogue that is known, by name, in the catalogue's order."""
        return {name: value for name in VARIABLES if (value := getattr(self, name)) is not None}

    def changed(self, values: Mapping[str, Any]) -> Facts:
        """The same, with other values for some facts; what they held before is forgotten, and None makes them unknown.

        Args:
            values: Facts of the catalogue or of the user's own, by name.

        Raises:
            InvalidError: If a value is wrong, or contradicts what stays.
        """
        if not isinstance(values, Mapping):
            problem = f"{a_kind_of(values)} is not a mapping"
            raise InvalidError("Facts", [Fault("values", problem, "give values by the names of facts")])
        return self._with(values, self.assumed - values.keys())

    def _with(self, values: Mapping[str, Any], assumed: Iterable[str]) -> Facts:
        """The same with other values: they alone are read, since what stays was right before."""
        faults: list[Fault] = []
        stays = {name: value for name, value in self.known().items() if name not in values}
        given = {name: value for name, value in values.items() if name in VARIABLES}
        own = {name: value for name, value in values.items() if name not in VARIABLES}
        made = object.__new__(Facts)
        made._fill({**stays, **_converted(given, faults)}, {**self.extra, **own}, assumed, faults)
        return made

    def assuming(self, assume: Assumption | Mapping[str, object] | None, *, custom: Iterable[Variable] = ()) -> Facts:
        """The same, with values for facts that are not known.

        What is known stays, what has no value gets none, and nothing is assumed that contradicts what is known.

        Args:
            assume: A named assumption such as `RECORDED_IS_ALL`, or values by fact name, in any order.
            custom: The variables of the user's own facts that `assume` may name.

        Returns:
            New facts whose `assumed` names what was filled in, the party's kind among it where that follows.

        Raises:
            InvalidError: If a name or a value is wrong.
        """
        if assume is None:
            return self
        own = {variable.name: variable for variable in _variables(custom) if variable.is_custom}
        filled = fill(self, assume, own)
        if not filled:
            return self
        if self.party_kind is None:
            _add_implied(filled)
        return self._with(filled, self.assumed | filled.keys())


_FIELDS: tuple[tuple[Callable[[Facts, object], None], str, object], ...] = tuple(
    (getattr(Facts, field.name).__set__, field.name, field.default) for field in attrs.fields(Facts)
)
"""For each field how it is set; it does what the generated ``__init__`` does, in half the time."""


def _converted(known: Mapping[str, object], faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, given in known.items():
        variable = VARIABLES.get(name)
        if variable is None:
            close = nearest(name, VARIABLES)
            hint = f"did you mean {close[0]!r}?" if close else "give a fact of your own as extra={...}"
            faults.append(Fault(name, "no fact has this name", hint))
            continue
        if given is None:
            continue
        try:
            value = variable.value(given)
        except ValueError as error:
            faults.extend(error.args)
        else:
            if value is not None:
                values[name] = value
    return values


def _add_ties(values: dict[str, Any], ties: Iterable[TieKind | str] | None, faults: list[Fault]) -> None:
    if ties is None:
        return
    if isinstance(ties, (str, Mapping)) or not isinstance(ties, Iterable):
        problem = f"{a_kind_of(ties)} is not a set of ties"
        faults.append(Fault("ties", problem, "give those that stand in a set, such as {TieKind.BANK}"))
        return
    standing: set[str] = set()
    for kind in ties:
        if isinstance(kind, TieKind) or (type(kind) is str and kind in list(TieKind)):
            standing.add(str(kind))
        else:
            faults.append(Fault("ties", f"{repr_of(kind)} is not a kind of tie", f"the kinds are {', '.join(TieKind)}"))
    for kind in TieKind:
        name, stands = f"tie_{kind.value}", kind.value in standing
        if values.get(name, stands) is not stands:
            faults.append(Fault(name, f"{values[name]} contradicts ties", "give either ties or the single tie facts"))
        values[name] = stands


_IMPLIED: tuple[tuple[str, PartyKind], ...] = tuple(
    (name, PartyKind(str(condition.constant)))
    for name, variable in VARIABLES.items()
    if isinstance(condition := variable.exists, Comparison) and condition.variable.name == "party_kind"
)
"""The facts of one kind of party alone, with that kind."""


def _add_implied(values: dict[str, Any]) -> None:
    if "party_kind" not in values:
        for name, kind in _IMPLIED:
            if name in values:
                values["party_kind"] = kind
                return


@attrs.frozen
class _Given:
    values: Mapping[str, Any]
    assumed: frozenset[str] = frozenset()

    def value(self, name: str) -> object:
        return self.values.get(name)


def _contradictions(values: Mapping[str, Any]) -> Iterable[Fault]:
    given = _Given(values)
    for name in values:
        exists = VARIABLES[name].exists
        if exists is not None and exists.truth(given) is False:
            problem = f"there is no such fact where {predicate_text(exists.negated(), 'en')}"
            yield Fault(name, problem, f"leave {name} away, or correct {', '.join(_names(exists))}")


def _names(exists: Any) -> Iterable[str]:
    return (leaf.variable.name for leaf in exists.leaves())


def _own(extra: object, faults: list[Fault]) -> tuple[tuple[str, Any], ...]:
    try:
        given: dict[Any, Any] = dict(extra)  # type: ignore[call-overload]  # whatever is no mapping is refused below
    except (TypeError, ValueError):
        problem = f"{a_kind_of(extra)} is not a mapping"
        faults.append(Fault("extra", problem, "give your own facts as extra={'nps': 9}"))
        return ()
    own: list[tuple[str, Any]] = []
    for name, value in given.items():
        if not isinstance(name, str):
            faults.append(Fault("extra", f"{repr_of(name)} is not the name of a fact", "names are strings"))
        elif name in VARIABLES:
            faults.append(Fault(f"extra[{name!r}]", "a fact of the catalogue", f"give it as Facts({name}=...)"))
        elif not isinstance(value, (bool, int, float, str, Decimal, type(None))):
            faults.append(Fault(f"extra[{name!r}]", f"a fact can not hold {a_kind_of(value)}", "use plain values"))
        elif value is not None and not _is_nan(value):
            own.append((name, value))
    return tuple(sorted(own))  # no name stands twice, so values are not compared


def _variables(given: object) -> tuple[Variable, ...]:
    hint = "give the variables of your own facts, such as table.variables"

    def refused(shown: str) -> InvalidError:
        return InvalidError("Facts", [Fault("custom", f"{shown} is no list of variables", hint)])

    variables = listed(given, refused)
    if not all(isinstance(each, Variable) for each in variables):
        raise refused(repr_of(given))
    return variables


def _is_nan(value: Value | None) -> bool:
    return value.is_nan() if isinstance(value, Decimal) else isinstance(value, float) and math.isnan(value)


def _names_assumed(assumed: object, faults: list[Fault]) -> frozenset[str]:
    if isinstance(assumed, str) or not isinstance(assumed, Iterable):
        faults.append(Fault("assumed", f"{repr_of(assumed)} is not a set of names", "give a set such as {'age'}"))
        return frozenset()
    names = list(assumed)
    if not all(isinstance(name, str) for name in names):
        faults.append(Fault("assumed", "not all of it are names of facts", "names are strings"))
        return frozenset()
    return frozenset(names)
