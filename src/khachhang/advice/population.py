"""A persona drawn from a population: what most customers with a label have in common, and others less often."""

from __future__ import annotations

import math
from collections import Counter
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.advice._checks import chosen, to_facts
from khachhang.advice.persona import Persona, Support, Wish
from khachhang.classifiers.policy import Policy, count, share
from khachhang.entities._checks import Faults, Refused, gather, to_code, to_instance, to_name
from khachhang.errors import Fault, InvalidError, UnknownFactError, are, counted
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules.fact import Fact
from khachhang.rules.predicate import Among, Between, Comparison, Predicate, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from khachhang.rules.variable import Variable

_DIGITS = 2
_SHARE_STEP = Decimal("0.01")
_WIDE = Context(prec=100)


@attrs.frozen(kw_only=True)
class PersonaPolicy(Policy):
    """What *most* and *few* mean where a persona is drawn from a population. Every bound is itself included.

    Args:
        min_share: Share of the customers with the label, of those of whom it is known, of whom a wish must be true.
        min_known_share: Share of them of whom it must be known.
        min_customers: Customers with the label from which on there is a group to speak of.
        max_wishes: Wishes that a persona has at most.
    """

    min_share: float = share(0.75)
    min_known_share: float = share(0.5)
    min_customers: int = count(5)
    max_wishes: int = count(5)


def drawn(
    population: Iterable[Facts],
    table: DecisionTable[Any],
    label: Any,
    *,
    name: str | None,
    names: Iterable[Fact[Any] | str] | None,
    policy: PersonaPolicy | None,
) -> Persona:
    """See `Persona.drawn_from`."""
    limits = chosen(policy, PersonaPolicy)
    everybody = gather(population)
    wanted = gather(names)
    try:
        people = _to_people(everybody)
        to_instance(table, DecisionTable)
        code = to_code(label, table.category)
        variables = _to_variables(wanted, table)
        called = code.value if name is None else to_name(name)
    except Refused:
        faults = Faults("Persona.drawn_from")
        faults.check("population", _to_people, everybody)
        faults.check("table", to_instance, table, DecisionTable)
        if faults.passed("table"):
            faults.check("label", to_code, label, table.category)
            faults.check("facts", _to_variables, wanted, table)
        faults.check_known("name", to_name, name)
        raise faults.error() from None
    answers = [(facts, table.classify(facts)) for facts in people]
    members = [facts for facts, answer in answers if code in answer.labels]
    others = [facts for facts, answer in answers if code not in answer.candidates]
    if len(members) < limits.min_customers:
        problem = f"{len(members)} of {counted(len(people), 'customer')} {are(len(members))} certainly {code.value!r}"
        hint = f"a persona is drawn from {limits.min_customers} or more: PersonaPolicy(min_customers=...)"
        raise InvalidError("Persona.drawn_from", [Fault("population", problem, hint)])
    wishes = _wishes(variables, members, others, limits)
    if not wishes:
        problem = f"the customers that are {code.value!r} have nothing in common that others have less often"
        hint = "look at other facts with facts=[...], or lower PersonaPolicy(min_share=...)"
        raise InvalidError("Persona.drawn_from", [Fault("population", problem, hint)])
    return Persona(called, wishes)


def _to_people(values: object) -> tuple[Facts, ...]:
    if not isinstance(values, (list, tuple)):
        raise Refused(values, "is not a collection of Facts", "give a list: [kh.facts_of(customer, day), ...]")
    return tuple(to_facts(value) for value in values)


def _to_variables(values: object, table: DecisionTable[Any]) -> tuple[Variable, ...]:
    if values is None:
        return tuple(one.variable for one in fact if not one.variable.is_private and one.name not in table.needs)
    if not isinstance(values, (list, tuple)):
        raise Refused(values, "is not a collection of facts", "give a list, such as [kh.fact.age, 'gender']")
    return tuple(_to_variable(value) for value in values)


def _to_variable(value: object) -> Variable:
    if isinstance(value, Fact):
        variable = value.variable
    else:
        try:
            variable = fact[value].variable  # type: ignore[index]  # whatever is no name is refused
        except (UnknownFactError, TypeError):
            raise Refused(value, "is not the name of a fact", "name a fact of the catalogue, or give it") from None
    if variable.is_private:
        raise Refused(variable.name, "is a private fact", "a bound drawn from people would tell what one of them has")
    return variable


def _wishes(
    variables: Iterable[Variable], members: Sequence[Facts], others: Sequence[Facts], limits: PersonaPolicy
) -> list[Wish]:
    least = Fraction(repr(limits.min_share))
    found: list[tuple[Fraction, Fraction, Wish]] = []
    for variable in variables:
        values = [value for facts in members if (value := read(variable, facts)) is not None]
        known = len(values) + sum(_is_lacking(variable, facts) for facts in members)
        most = max(1, math.ceil(least * known))
        if len(values) < most or known < Fraction(repr(limits.min_known_share)) * len(members):
            continue
        for predicate in _in_common(variable, values, most):
            support = _support(Wish(predicate), members, others)
            elsewhere = support.others_share or Fraction(0)
            if support.others_known == 0 or support.share > elsewhere:
                found.append((support.share - elsewhere, support.share, Wish(predicate, support=support)))
    found.sort(key=lambda entry: entry[:2], reverse=True)
    return [wish for _, _, wish in found[: limits.max_wishes]]


def _is_lacking(variable: Variable, facts: Facts) -> bool:
    """Whether it is known that the fact has no value; a wish for any value of it then fails."""
    return variable.exists is not None and variable.exists.truth(facts) is False


def _support(wish: Wish, members: Iterable[Facts], others: Iterable[Facts]) -> Support:
    inside = Counter(wish.truth(facts) for facts in members)
    outside = Counter(wish.truth(facts) for facts in others)
    return Support(
        holding=inside[True],
        known=inside[True] + inside[False],
        customers=inside.total(),
        others_holding=outside[True],
        others_known=outside[True] + outside[False],
    )


def _in_common(variable: Variable, values: list[Any], least: int) -> Iterator[Predicate]:
    """The shortest description of one fact that is true of so many of the values; nothing where it says nothing."""
    if variable.is_number:
        yield from _interval(variable, sorted(values), least)
        return
    counted = Counter(values)
    if variable.category is None:
        order = sorted(counted, key=lambda value: (-counted[value], value))[:1]
    else:
        category = list(variable.category)
        order = sorted(counted, key=lambda value: (-counted[value], value.rank))[: max(1, len(category) // 2)]
    held = 0
    for number, value in enumerate(order, start=1):
        held += counted[value]
        if held >= least:
            chosen_values = tuple(order[:number])
            yield Comparison(variable, "==", value) if number == 1 else Among(variable, chosen_values)
            return


def _interval(variable: Variable, values: list[Any], least: int) -> Iterator[Predicate]:
    starts = range(len(values) - least + 1)
    narrowest = min(starts, key=lambda start: (Fraction(values[start + least - 1]) - Fraction(values[start]), start))
    low = _outward(variable, values[narrowest], ROUND_FLOOR)
    high = _outward(variable, values[narrowest + least - 1], ROUND_CEILING)
    open_below = variable.low is not None and low <= variable.low
    open_above = variable.high is not None and high >= variable.high
    if low == high:
        yield Comparison(variable, "==", low)
    elif open_below and not open_above:
        yield Comparison(variable, "<=", high)
    elif open_above and not open_below:
        yield Comparison(variable, ">=", low)
    elif not open_above:
        yield Between(variable, low, high)


def _outward(variable: Variable, value: Any, rounding: str) -> Any:
    """A number of two digits, or of two decimals for a share, not inside of the value."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if variable.is_share:
        step = _SHARE_STEP
    else:
        step = Decimal(1).scaleb(exact.adjusted() + 1 - _DIGITS)
        if variable.type is int:
            step = max(step, Decimal(1))
    rounded = exact.quantize(step, rounding, _WIDE)
    return rounded.normalize(_WIDE) + 0 if variable.type is Decimal else variable.type(rounded)
