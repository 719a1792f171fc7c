"""A party in its relation to one business."""

from __future__ import annotations

from collections.abc import Iterable  # noqa: TC003  # attrs.resolve_types looks for it here

import attrs

from khachhang.entities._checks import (
    Faults,
    Refused,
    gather,
    to_code,
    to_history,
    to_id,
    to_instance,
    to_name,
    to_tuple,
)
from khachhang.entities.interaction import Interaction
from khachhang.entities.need import Need
from khachhang.entities.party import Group, Organization, Person
from khachhang.entities.purchase import Purchase
from khachhang.entities.tie import Tie
from khachhang.taxonomy import Capacity, Origin


@attrs.frozen(init=False)
class Customer:
    """A party as one business knows it: its ties, what it bought, how it dealt with the business, what it needs.

    The same person may be a customer of two businesses (two `Customer` objects) and stand to one of them in several
    ways (several ties on one `Customer`). In every history None says that it is not known, and an empty one that there
    is known to be nothing.

    Args:
        id: The key under which the business knows it, not empty; kept exactly as given.
        party: Who it is.
        purchases: What it bought, any iterable; kept in the order of days, and on one day in the given order.
        interactions: How it dealt with the business, any iterable; kept in the same order.
        ties: How it stands to the business, any iterable; kept in the given order.
        need: What is known of its needs; None where nothing is.
        declared_capacity: As what it says that it buys, a `Capacity` or its code; None where it has declared nothing.
        origin: Whether it is new to the field or came over from a rival, an `Origin` or its code; None where it is not
            known.
        previous_brand: The brand that it came over from; None where there is none or it is not known.

    Raises:
        InvalidError: If a field is of the wrong type; all wrong fields at once, a wrong element by its position from 0
            in the given order, as in ``purchases[3]``.

    >>> from datetime import date  # noqa: TC003  # attrs.resolve_types looks for it here
    >>> from khachhang.entities import Customer, Person, Purchase, Tie
    >>> lan = Customer(
    ...     id="KH-001",
    ...     party=Person(name="Nguyễn Thị Lan"),
    ...     purchases=[Purchase(date(2026, 1, 5), 250_000), Purchase(date(2025, 12, 24), "99000.50")],
    ...     ties=[Tie("employee"), Tie("shareholder", since=date(2025, 7, 1))],
    ... )
    >>> [str(purchase.amount) for purchase in lan.purchases], lan.interactions
    (['99000.50', '250000'], None)
    """

    id: str
    party: Person | Organization | Group
    purchases: tuple[Purchase, ...] | None = None
    interactions: tuple[Interaction, ...] | None = None
    ties: tuple[Tie, ...] | None = None
    need: Need | None = None
    declared_capacity: Capacity | None = None
    origin: Origin | None = None
    previous_brand: str | None = None

    def __init__(  # noqa: PLR0917  # a record, in the order of its fields
        self,
        id: str,  # noqa: A002  # the field's name is public, and the column's as well
        party: Person | Organization | Group,
        purchases: Iterable[Purchase] | None = None,
        interactions: Iterable[Interaction] | None = None,
        ties: Iterable[Tie] | None = None,
        need: Need | None = None,
        declared_capacity: Capacity | str | None = None,
        origin: Origin | str | None = None,
        previous_brand: str | None = None,
    ) -> None:
        purchases, interactions, ties = gather(purchases), gather(interactions), gather(ties)
        try:
            to_instance(party, Person, Organization, Group)
            if need is not None:
                to_instance(need, Need)
            self.__attrs_init__(
                to_id(id),
                party,
                None if purchases is None else to_history(purchases, Purchase),
                None if interactions is None else to_history(interactions, Interaction),
                None if ties is None else to_tuple(ties, Tie),
                need,
                None if declared_capacity is None else to_code(declared_capacity, Capacity),
                None if origin is None else to_code(origin, Origin),
                None if previous_brand is None else to_name(previous_brand),
            )
        except Refused:
            faults = Faults("Customer")
            faults.check("id", to_id, id)
            faults.check("party", to_instance, party, Person, Organization, Group)
            faults.check_known("purchases", to_history, purchases, Purchase)
            faults.check_known("interactions", to_history, interactions, Interaction)
            faults.check_known("ties", to_tuple, ties, Tie)
            faults.check_known("need", to_instance, need, Need)
            faults.check_known("declared_capacity", to_code, declared_capacity, Capacity)
            faults.check_known("origin", to_code, origin, Origin)
            faults.check_known("previous_brand", to_name, previous_brand)
            raise faults.error() from None
