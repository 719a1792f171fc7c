"""Who exists and what happened: parties, their activity, and customers."""

from __future__ import annotations

from khachhang.entities.business import Business
from khachhang.entities.customer import Customer
from khachhang.entities.identity import Contact, Identifier
from khachhang.entities.interaction import Interaction
from khachhang.entities.need import Need
from khachhang.entities.party import Group, Organization, Person, StyleScores
from khachhang.entities.purchase import Purchase
from khachhang.entities.tie import Tie

__all__ = [
    "Business",
    "Contact",
    "Customer",
    "Group",
    "Identifier",
    "Interaction",
    "Need",
    "Organization",
    "Person",
    "Purchase",
    "StyleScores",
    "Tie",
]
