"""What a strategy of the testing kit costs beside Hypothesis's own for the same class, each field as plain as can be."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import khachhang as kh
from khachhang import testing
from khachhang.facts.catalogue import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.strategies import SearchStrategy

EXAMPLES = 300
ROUNDS = 15
GOAL = 1.0

TEXT = st.text(alphabet="abcdefghi ", max_size=20).map("a{}a".format)
MONEY = st.decimals(0, 10**9, places=2)
DAY = st.dates(date(1930, 1, 1), date(2026, 6, 30))
MAYBE_DAY = st.none() | DAY


def maybe(kind: type[kh.Category]) -> SearchStrategy[Any]:
    """A label of a set, or none."""
    return st.none() | st.sampled_from(kind)


def purchase(day: date, amount: Decimal, returned: Decimal, **fields: Any) -> kh.Purchase:
    """A purchase of which no more comes back than was paid."""
    return kh.Purchase(day, amount, returned=min(amount, returned), **fields)


def interaction(day: date, resolved_on: date | None, **fields: Any) -> kh.Interaction:
    """An interaction that is not resolved before it happens."""
    return kh.Interaction(day, resolved_on=None if resolved_on is None else max(day, resolved_on), **fields)


def tie(kind: kh.TieKind, since: date | None, until: date | None) -> kh.Tie:
    """A tie that does not end before it begins."""
    return kh.Tie(kind, since, until if since is None or until is None else max(since, until))


def in_order(events: Iterable[Any]) -> tuple[Any, ...]:
    """Events in the order of days."""
    return tuple(sorted(events, key=lambda event: event.day))


IDENTIFIERS = st.none() | st.lists(st.builds(kh.Identifier, st.sampled_from(kh.IdentifierKind), TEXT), max_size=1)
CONTACTS = st.none() | st.lists(st.builds(kh.Contact, st.sampled_from(kh.ContactKind), TEXT), max_size=2)
PERSON = st.builds(
    kh.Person, TEXT, MAYBE_DAY, maybe(kh.Gender), st.none() | TEXT, st.none() | MONEY, st.none() | MONEY,
    st.none() | st.builds(kh.StyleScores, *[st.floats(0, 100)] * 4), IDENTIFIERS, CONTACTS,
)  # fmt: skip
ORGANIZATION = st.builds(kh.Organization, TEXT, maybe(kh.OrganizationKind), maybe(kh.Industry), IDENTIFIERS, CONTACTS)
GROUP = st.builds(kh.Group, TEXT, st.none() | st.lists(PERSON, max_size=3), CONTACTS)
PURCHASE = st.builds(
    purchase, day=DAY, amount=MONEY, returned=MONEY, list_amount=st.none() | MONEY, quantity=st.integers(1, 12),
    purpose=maybe(kh.Purpose), offering=maybe(kh.Offering),
)  # fmt: skip
INTERACTION = st.builds(
    interaction, day=DAY, resolved_on=MAYBE_DAY, kind=st.sampled_from(kh.InteractionKind), channel=maybe(kh.Channel),
    topic=maybe(kh.Topic), score=st.none() | st.floats(0, 10), sentiment=maybe(kh.Sentiment),
)  # fmt: skip
TIE = st.builds(tie, st.sampled_from(kh.TieKind), MAYBE_DAY, MAYBE_DAY)
NEED = st.builds(
    kh.Need,
    **dict.fromkeys(("has_need", "has_means", "taste_matches", "is_interested"), st.none() | st.booleans()),
)


def customers(party: SearchStrategy[Any], purchases: SearchStrategy[Any]) -> SearchStrategy[kh.Customer]:
    """Customers, most fields of whom may not be known."""
    return st.builds(
        kh.Customer, TEXT, party, purchases, st.none() | st.lists(INTERACTION, max_size=6),
        st.none() | st.lists(TIE, max_size=3), st.none() | NEED,
        st.none() | st.sampled_from(["individual", "business"]), maybe(kh.Origin), st.none() | TEXT,
    )  # fmt: skip


CUSTOMER = customers(PERSON | ORGANIZATION | GROUP, st.none() | st.lists(PURCHASE, max_size=12))
LOYAL = customers(PERSON, st.lists(PURCHASE, min_size=5, max_size=12))
KINDS: dict[type, SearchStrategy[Any]] = {
    bool: st.booleans(), int: st.integers(0, 2000), float: st.floats(0, 1), Decimal: MONEY, str: TEXT,
}  # fmt: skip
FACTS = st.builds(
    kh.Facts,
    **{name: st.none() | KINDS.get(variable.type, st.sampled_from(list(variable.category or "x")))
       for name, variable in VARIABLES.items() if variable.exists is None},
)  # fmt: skip
PAIRS: dict[str, tuple[SearchStrategy[Any], SearchStrategy[Any]]] = {
    "persons": (testing.persons(), PERSON),
    "organizations": (testing.organizations(), ORGANIZATION),
    "groups": (testing.groups(), GROUP),
    "businesses": (testing.businesses(), st.builds(kh.Business, TEXT, maybe(kh.Industry))),
    "purchases": (testing.purchases(), PURCHASE),
    "histories": (testing.histories(), st.lists(PURCHASE, max_size=12).map(in_order)),
    "interactions": (testing.interactions(), INTERACTION),
    "ties": (testing.ties(), TIE),
    "customers": (testing.customers(), CUSTOMER),
    "customers, with labels": (testing.customers(benefit="loyal", age_band="over_50"), LOYAL),
    "facts": (testing.facts(), FACTS),
    "facts, with a label": (testing.facts(table=kh.classifiers.benefit(), label="loyal"), FACTS),
}
"""The kit's strategy, and Hypothesis's own."""


def seconds(strategy: SearchStrategy[Any]) -> float:
    """The CPU time of some hundred examples, the same each time."""

    @settings(
        max_examples=EXAMPLES, database=None, phases=[Phase.generate], derandomize=True, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def run(_made: Any) -> None: ...

    began = time.process_time()
    run()
    return time.process_time() - began


def main() -> None:
    """Print for each strategy the median of the ratios; each pair is run in turn, so that both meet the same moment."""
    print(f"Python {sys.version.split()[0]}; {EXAMPLES} examples, {ROUNDS} rounds")
    names = sys.argv[1:] or PAIRS
    for name in names:
        ours, own = PAIRS[name]
        ratios = sorted(seconds(ours) / seconds(own) for _ in range(ROUNDS))
        ratio = statistics.median(ratios)
        verdict = "met" if ratio <= GOAL else "MISSED"
        print(f"{name:24} {ratio:5.2f} ({ratios[2]:.2f} to {ratios[-3]:.2f})  goal {GOAL:g}: {verdict}")


if __name__ == "__main__":
    main()
