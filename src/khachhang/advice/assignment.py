"""Which specialist takes which customer: by what the customers' open matters ask for, balanced and reproducible."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.advice.matter import OpenMatter, order
from khachhang.advice.specialist import Lack, Role, Specialist, lacking
from khachhang.entities._checks import Faults, Refused, gather, to_code, to_instance, to_tuple
from khachhang.errors import MissingExtraError
from khachhang.rules.wording import check_language
from khachhang.taxonomy import InteractionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from khachhang.taxonomy import Language

DEFAULT_ASKS: Mapping[InteractionKind, Role] = MappingProxyType(
    {
        InteractionKind.COMPLAINT: Role("complaint", ["listening", "problem_handling"], ["solve"]),
        InteractionKind.ENQUIRY: Role("enquiry", ["communication", "quick_analysis"], ["inform", "advise"]),
        InteractionKind.CARE_CALL: Role("care_call", ["customer_relations", "listening"], ["care"]),
    }
)
"""What each kind of open matter asks for, where nobody says otherwise."""

MOST_CUSTOMERS = 2_000
"""The work grows with the cube of the number of customers; so many take about a second."""


@attrs.frozen
class Assignment:
    """One customer, and the specialist who takes the open matters.

    Args:
        customer_id: Whose matters they are.
        specialist: Who takes them.
        matters: The open matters, oldest first.
        lack: What the specialist lacks for all that they ask.
    """

    customer_id: str
    specialist: Specialist
    matters: tuple[OpenMatter, ...]
    lack: Lack

    def explain(self, lang: Language) -> str:
        """Who takes whom, the matters, and what is lacking.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        who = self.specialist.name
        head = (
            f"Khách hàng {self.customer_id}: giao cho {who}."
            if lang == "vi"
            else f"Customer {self.customer_id}: goes to {who}."
        )
        return "\n".join([head, *(f"  - {matter.explain(lang)}" for matter in self.matters), self._fit(lang)])

    def _fit(self, lang: Language) -> str:
        if self.lack.count:
            return f"  - {self.lack.describe(lang)}"
        return "  - Đủ kỹ năng và nhiệm vụ." if lang == "vi" else "  - All skills and duties asked for are there."


def assign(
    matters: Iterable[OpenMatter],
    specialists: Iterable[Specialist],
    *,
    asks: Mapping[InteractionKind | str, Role] | None = None,
) -> tuple[Assignment, ...]:
    """Each customer with open matters to one specialist, so that as little as possible is lacking altogether.

    Balanced: no specialist gets more than one customer more than another. Among all such assignments one is taken for
    which the number of lacking skills and duties, summed over the customers, is smallest; SciPy finds it. The answer
    depends on neither the order of the matters nor that of the specialists; where several are equally good, which of
    them it is may change with SciPy's version.

    Args:
        matters: Open matters, as `open_matters` and `follow_up` give them; at most 2,000 customers.
        specialists: At least one, each with a name of its own.
        asks: What each kind of matter asks for; None for `DEFAULT_ASKS`. A kind that is not in it asks for nothing.

    Returns:
        One assignment a customer, those with the oldest matter first.

    Raises:
        InvalidError: If an argument can not be meant; all of them at once.
        MissingExtraError: If SciPy is not installed.
    """
    pile, team = gather(matters), gather(specialists)
    try:
        by_customer = _by_customer(to_tuple(pile, OpenMatter))
        people = _to_team(team)
        roles = _to_asks(asks)
    except Refused:
        faults = Faults("assign")
        faults.check("matters", _to_matters, pile)
        faults.check("specialists", _to_team, team)
        faults.check("asks", _to_asks, asks)
        raise faults.error() from None
    if not by_customer:
        return ()
    wanted = [_together(found, roles) for found in by_customer.values()]
    lacks = [[lacking(specialist, role) for specialist in people] for role in wanted]
    chosen = _solve([[lack.count for lack in row] for row in lacks])
    return tuple(
        Assignment(customer, people[place], found, row[place])
        for (customer, found), row, place in zip(by_customer.items(), lacks, chosen, strict=True)
    )


def _to_matters(values: object) -> None:
    _by_customer(to_tuple(values, OpenMatter))


def _by_customer(matters: Iterable[OpenMatter]) -> dict[str, tuple[OpenMatter, ...]]:
    found: dict[str, list[OpenMatter]] = {}
    for matter in sorted(matters, key=order):
        found.setdefault(matter.customer_id, []).append(matter)
    if len(found) > MOST_CUSTOMERS:
        raise Refused(
            len(found),
            f"customers are more than {MOST_CUSTOMERS}",
            "assign them branch by branch, or those with the oldest matters first",
        )
    return {customer: tuple(their) for customer, their in found.items()}


def _to_team(values: object) -> tuple[Specialist, ...]:
    team = to_tuple(values, Specialist)
    names = [specialist.name for specialist in team]
    if not names:
        raise Refused(values, "has nobody in it", "give at least one Specialist")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused(twice[0], "is the name of two specialists", "give each a name of its own")
    return tuple(sorted(team, key=lambda specialist: specialist.name))


def _to_asks(values: object) -> Mapping[InteractionKind, Role]:
    if values is None:
        return DEFAULT_ASKS
    if not isinstance(values, Mapping):
        raise Refused(values, "is not a mapping", "give {'complaint': Role(...)}")
    roles: dict[InteractionKind, Role] = {}
    for kind, role in values.items():
        to_instance(role, Role)
        roles[to_code(kind, InteractionKind)] = role
    return roles


def _together(matters: Iterable[OpenMatter], roles: Mapping[InteractionKind, Role]) -> Role:
    """All that several matters ask for, as one role."""
    kinds = sorted({matter.kind for matter in matters}, key=lambda kind: kind.rank)
    asked = [roles[kind] for kind in kinds if kind in roles]
    name = " + ".join(kind.value for kind in kinds)
    return Role(
        name, {skill for role in asked for skill in role.skills}, {duty for role in asked for duty in role.duties}
    )


def _solve(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each customer the position of a specialist.

    Every specialist has as many places as all of them get, and where that does not come out even one more; the last
    places of some stay empty, which is free, while an empty place among the others costs more than all customers.
    """
    try:
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "scipy":
            raise
        raise MissingExtraError("advice.assign", "scipy", "assignment") from None
    team = len(costs[0])
    each, over = divmod(len(costs), team)
    owners = [*(place for place in range(team) for _ in range(each)), *(range(team) if over else ())]
    dear = 1 + sum(max(row) for row in costs)
    matrix: list[list[int]] = [[row[owner] for owner in owners] for row in costs]
    empty = [dear] * (each * team) + [0] * (len(owners) - each * team)
    matrix += [empty] * (len(owners) - len(costs))
    _, columns = linear_sum_assignment(matrix)
    found: Any = columns.tolist()
    return [owners[column] for column in found[: len(costs)]]
