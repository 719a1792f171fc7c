"""Threads that meet everything at once in a new process, where nothing was loaded or made yet; prints what each got."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING, Any

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

AS_OF = date(2026, 6, 30)
TABLE = kh.DecisionTable(
    name="benefit",
    category=kh.Benefit,
    rules=[
        kh.when(kh.fact.purchase_count >= 5).then(kh.Benefit.LOYAL),
        kh.when(kh.fact.days_since_last_purchase.between(0, 365)).then(kh.Benefit.NEGATIVE),
    ],
    hit=kh.HitPolicy.FIRST,
)
"""Shared by all threads, and new: its code, its proof and its paths are made while others wait for them."""
KNOWN = kh.Facts(purchase_count=3, days_since_last_purchase=500)
LAN = kh.Customer("KH-1", kh.Person("Nguyễn Thị Lan", birth_date=date(2004, 2, 29)), purchases=[kh.Purchase(AS_OF, 5)])


def meetings() -> Iterator[Callable[[], Any]]:
    """Each is tried by all threads at one moment; what it needs is loaded and made on the first use."""
    yield lambda: [door.__name__ for door in (kh.classify, kh.merge, kh.Profile, kh.templates, kh.names)]
    yield lambda: TABLE.label(KNOWN)
    yield lambda: TABLE.classify(KNOWN)
    yield lambda: (TABLE.explain(KNOWN, "vi"), TABLE.explain(KNOWN, "en", why_not=kh.Benefit.LOYAL))
    yield lambda: [finding.explain("en") for finding in TABLE.verify().gaps]
    yield lambda: [finding.explain("vi") for finding in TABLE.verify().overlaps]
    yield lambda: [path.explain("vi") for path in TABLE.paths_to(kh.Benefit.LOYAL, KNOWN)]
    yield lambda: (TABLE.version, hash(TABLE) == hash(TABLE), TABLE.to_dict(), TABLE.to_markdown())
    yield lambda: kh.classify(LAN, as_of=AS_OF).explain("vi")
    yield lambda: kh.is_customer(KNOWN, kh.CustomerDefinition.HABIT)
    yield lambda: kh.advice.follow_up([LAN], AS_OF)
    yield lambda: kh.codec.loads(kh.codec.dumps(LAN), kh.Customer) == LAN
    yield lambda: kh.codec.loads(kh.codec.dumps(kh.classify(LAN, as_of=AS_OF)), kh.Profile).explain("en")
    yield lambda: kh.codec.schema(kh.Customer)
    yield lambda: kh.identity.citizen_number("001190000001")
    yield lambda: kh.identity.phone("0912 345 678")
    yield lambda: kh.testing.cover(TABLE)
    yield lambda: kh.testing.customers(as_of=AS_OF).validate()


def main(threads: int) -> None:
    """Every meeting, with so many threads."""
    sys.setswitchinterval(1e-6)
    start = Barrier(threads)

    def run() -> list[str]:
        answers = []
        for meet in meetings():
            start.wait()
            try:
                answers.append(repr(meet()))
            except Exception as error:  # noqa: BLE001  # the other threads wait for this one at the next meeting
                answers.append(f"Error({error!r})")
        return answers

    with ThreadPoolExecutor(threads) as pool:
        for answers in [one.result() for one in [pool.submit(run) for _ in range(threads)]]:
            sys.stdout.write(f"{answers!a}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
