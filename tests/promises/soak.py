"""Classifies and explains many customers in one process: the memory stays flat, the answers are the interpreter's.

Each customer is put into every facet; one facet after the other, in one language and then in the other, is explained.

    python -m tests.promises.soak 10_000_000

Exits with 1 where one of the two does not hold. What is measured stands in lines that begin with ``figure:``.
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import time
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

import attrs

import khachhang as kh
from khachhang import classifiers, templates
from khachhang.rules import interpreter

if TYPE_CHECKING:
    from khachhang.taxonomy import Language

AS_OF = date(2026, 6, 30)
BUSINESS = kh.Business("Sông Hồng", industry="supermarket")
TEMPLATE = templates.general(
    income_band=classifiers.IncomeBandPolicy(cuts=[5, 10, 20, 40], currency="VND"),
    financial_tier=classifiers.FinancialTierPolicy(cuts=[10, 20, 30, 40], currency="VND"),
)
TABLES = [table for table in TEMPLATE if isinstance(table, kh.DecisionTable)]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
ROUNDS = 20
"""So often the memory is looked at; the first time it has what is kept from then on."""
ONE_IN = 997
"""Each so-manieth customer's answers are compared."""
MOST_BLOCKS = 2_000
"""What may come and go while nothing is kept of any customer, in blocks of memory and in bytes."""
MOST_BYTES = 8 << 20


@attrs.frozen
class Soaked:
    """What a run saw.

    Attributes:
        compared: How many answers were compared with the interpreter's.
        seconds: How long it took.
        blocks: By how many blocks the memory in use grew after the first round; fewer than 0 where it shrank.
        peak: By how many bytes the greatest memory of the process grew after the first round.
    """

    compared: int
    seconds: float
    blocks: int
    peak: int

    @property
    def is_flat(self) -> bool:
        """Whether nothing was kept."""
        return self.blocks <= MOST_BLOCKS and self.peak <= MOST_BYTES


def soak(number: int, seed: int = 9) -> Soaked:
    """Sees to so many customers, as different as chance makes them.

    Raises:
        AssertionError: If an answer differs from the interpreter's; the customer's number names it.
    """
    chance, began = random.Random(seed), time.perf_counter()  # noqa: S311  # no secret
    asked = cycle([(table, lang) for table in TABLES for lang in LANGUAGES])
    compared = done = 0
    blocks: list[int] = []
    peaks: list[int] = []
    for end in (number * part // ROUNDS for part in range(1, ROUNDS + 1)):
        for place in range(done, end):
            profile = kh.classify(
                a_customer(chance, place),
                as_of=AS_OF,
                template=TEMPLATE,
                business=BUSINESS,
                assume=kh.RECORDED_IS_ALL if place % 3 == 0 else None,
            )
            table, lang = next(asked)
            assert table.explain(profile.facts, lang)
            if place % ONE_IN == 0:
                compared += compare(profile, place)
        done = end
        gc.collect()
        blocks.append(sys.getallocatedblocks())
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    return Soaked(compared, time.perf_counter() - began, blocks[-1] - blocks[0], peaks[-1] - peaks[0])


def compare(profile: kh.Profile, place: int) -> int:
    """How many answers of a profile were compared; every facet is explained too."""
    assert all(profile.explain(lang) for lang in LANGUAGES)
    for table in TABLES:
        answer, expected = profile[table.category], interpreter.classify(table, profile.facts)
        assert answer == expected, f"customer {place}: {table.name} says {answer}, the interpreter {expected}"
    return len(TABLES)


def a_customer(chance: random.Random, place: int) -> kh.Customer:
    """One customer; each field is known or not by chance."""
    pick, roll = chance.choice, chance.random
    return kh.Customer(
        f"KH-{place}",
        a_party(chance),
        purchases=[
            kh.Purchase(
                a_day(chance, 800), amount := chance.randrange(1, 5_000_000),
                list_amount=None if roll() < 0.6 else amount + chance.randrange(100_000),
                returned=0 if roll() < 0.8 else chance.randrange(amount),
                purpose=pick(PURPOSES),
                offering=pick(OFFERINGS),
            )
            for _ in range(chance.randrange(7))
        ],
        interactions=[
            kh.Interaction(a_day(chance, 500), kind := pick(KINDS), sentiment=pick(SENTIMENTS),
                           score=chance.randrange(11) if kind is kh.InteractionKind.SURVEY else None)
            for _ in range(chance.randrange(3))
        ],
        ties=[kh.Tie(pick(TIES))] if roll() < 0.3 else (),
        need=kh.Need(has_need=pick(MAYBE), has_means=pick(MAYBE), is_interested=pick(MAYBE)) if roll() < 0.4 else None,
    )  # fmt: skip


def a_party(chance: random.Random) -> kh.Person | kh.Organization | kh.Group:
    """A person in most cases."""
    roll = chance.random()
    if roll < 0.1:
        return kh.Organization("Công ty Hồng Hà", kind=chance.choice(list(kh.OrganizationKind)))
    if roll < 0.2:
        return kh.Group("Gia đình Lan")
    return kh.Person(
        "Nguyễn Thị Lan",
        birth_date=None if chance.random() < 0.2 else a_day(chance, 30_000),
        gender=chance.choice(GENDERS),
        monthly_income=None if chance.random() < 0.3 else chance.randrange(60),
        investable_assets=None if chance.random() < 0.5 else chance.randrange(60),
        styles=None if chance.random() < 0.5 else kh.StyleScores(*(chance.randrange(101) for _ in range(4))),
    )


def a_day(chance: random.Random, most: int) -> date:
    """A day of the past."""
    return AS_OF - timedelta(chance.randrange(most))


MAYBE: list[bool | None] = [None, True, False]
GENDERS: list[Any] = [None, *kh.Gender]
PURPOSES: list[Any] = [None, *kh.Purpose]
OFFERINGS: list[Any] = [None, *kh.Offering]
SENTIMENTS: list[Any] = [None, *kh.Sentiment]
KINDS = list(kh.InteractionKind)
TIES = list(kh.TieKind)


def main() -> int:
    """Tells what was seen."""
    number = int(sys.argv[1])
    seen = soak(number)
    print(
        f"figure: soak: {number:,} customers classified and explained in one process, {seen.seconds:,.0f} s; "
        f"{seen.compared:,} answers compared, all the interpreter's; after the first {number // ROUNDS:,} "
        f"{seen.blocks:+,} blocks and {seen.peak >> 10:+,} KiB of memory"
    )
    return 0 if seen.is_flat else 1


if __name__ == "__main__":
    sys.exit(main())
