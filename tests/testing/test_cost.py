"""What a strategy of the kit costs beside Hypothesis's own for a class of that size; run it with -m long -s."""

from __future__ import annotations

import statistics
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import khachhang as kh
from khachhang import testing
from khachhang.facts.catalogue import VARIABLES

EXAMPLES = 300
ROUNDS = 7


def seconds(strategy: Any) -> float:
    @settings(max_examples=EXAMPLES, database=None, phases=[Phase.generate], derandomize=True,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(strategy)
    def run(_made: Any) -> None: ...

    began = time.process_time()
    run()
    return time.process_time() - began


TEXT = st.text(alphabet="abcdefghi ", max_size=20).map("a{}a".format)
MONEY = st.decimals(0, 10**9, places=2)
DAY = st.dates(date(1930, 1, 1), date(2026, 6, 30))
IDENTIFIERS = st.none() | st.lists(st.builds(kh.Identifier, st.sampled_from(kh.IdentifierKind), TEXT), max_size=1)
CONTACTS = st.none() | st.lists(st.builds(kh.Contact, st.sampled_from(kh.ContactKind), TEXT), max_size=2)
PERSON = st.builds(
    kh.Person, TEXT, st.none() | DAY, st.none() | st.sampled_from(kh.Gender), st.none() | TEXT, st.none() | MONEY,
    st.none() | MONEY, st.none() | st.builds(kh.StyleScores, *[st.floats(0, 100)] * 4), IDENTIFIERS, CONTACTS,
)  # fmt: skip
ORGANIZATION = st.builds(
    kh.Organization, TEXT, st.none() | st.sampled_from(kh.OrganizationKind), st.none() | st.sampled_from(kh.Industry),
    IDENTIFIERS, CONTACTS,
)  # fmt: skip
GROUP = st.builds(kh.Group, TEXT, st.none() | st.lists(PERSON, max_size=3), CONTACTS)
PURCHASE = st.builds(
    lambda day, amount, list_amount, returned, purpose, offering: kh.Purchase(
        day, amount, list_amount=list_amount, returned=min(amount, returned), purpose=purpose, offering=offering
    ),
    DAY, MONEY, st.none() | MONEY, MONEY, st.none() | st.sampled_from(kh.Purpose), st.none() | st.sampled_from(kh.Offering),
)  # fmt: skip
INTERACTION = st.builds(
    kh.Interaction, DAY, st.sampled_from(kh.InteractionKind), st.none() | st.sampled_from(kh.Channel),
    st.none() | st.sampled_from(kh.Topic), st.none() | st.floats(0, 10), st.none() | st.sampled_from(kh.Sentiment),
)  # fmt: skip
TIE = st.builds(kh.Tie, st.sampled_from(kh.TieKind), st.none() | DAY)
CUSTOMER = st.builds(
    kh.Customer, TEXT, PERSON | ORGANIZATION | GROUP, st.none() | st.lists(PURCHASE, max_size=12),
    st.none() | st.lists(INTERACTION, max_size=6), st.none() | st.lists(TIE, max_size=3),
)  # fmt: skip
KINDS: dict[type, Any] = {
    bool: st.booleans(), int: st.integers(0, 2000), float: st.floats(0, 1), Decimal: MONEY, str: TEXT,
}  # fmt: skip
FACTS = st.builds(
    kh.Facts,
    **{name: st.none() | KINDS.get(variable.type, st.sampled_from(list(variable.category or "x")))
       for name, variable in VARIABLES.items() if variable.exists is None},
)  # fmt: skip
PAIRS = {
    "persons": (testing.persons(), PERSON),
    "organizations": (testing.organizations(), ORGANIZATION),
    "groups": (testing.groups(), GROUP),
    "purchases": (testing.purchases(), PURCHASE),
    "interactions": (testing.interactions(), INTERACTION),
    "ties": (testing.ties(), TIE),
    "customers": (testing.customers(), CUSTOMER),
    "facts": (testing.facts(), FACTS),
}


@pytest.mark.long
@pytest.mark.parametrize("name", PAIRS)
def test_a_strategy_costs_no_more_than_one_of_hypothesis_itself(name: str) -> None:
    ours, own = PAIRS[name]
    ratio = statistics.median(seconds(ours) / seconds(own) for _ in range(ROUNDS))
    print(f"{name}: {ratio:.2f} of Hypothesis's own")  # noqa: T201  # a benchmark says what it measured
    assert ratio <= 1.1
