"""Does all that the core can do, under guard; prints what was asked of the world around it, then every result.

Two guards watch: the interpreter's audit events (files, sockets, processes, imports), and a profiler, which sees every call
of a function written in C, for the clock, chance and the environment, of which no event tells.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

import khachhang as kh
from khachhang import advice, classifiers, templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

AS_OF = date(2026, 6, 30)
LAN = kh.Customer(
    id="KH-001",
    party=kh.Person("Nguyễn Thị Lan", birth_date=date(2004, 2, 29), monthly_income=20_000_000,
                    styles=kh.StyleScores(61, 22, 13, 64)),
    purchases=[kh.Purchase(date(2026, month, 5), 250_000, list_amount=300_000, purpose="self") for month in range(1, 5)],
    interactions=[kh.Interaction(date(2026, 4, 1), "complaint"), kh.Interaction(date(2026, 5, 1), "survey", score=9)],
    ties=[kh.Tie("bank"), kh.Tie("reseller", until=date(2026, 1, 1))],
    need=kh.Need(has_need=True),
)  # fmt: skip
CLOCK = "today now utcnow time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time localtime gmtime sleep"
CHANCE = "random getrandbits urandom getrandom"
PLACE = "getpid uname _Environ.__getitem__ _Environ.__iter__"
ASKED = frozenset(f"{CLOCK} {CHANCE} {PLACE}".split())
"""Functions that answer by the clock, by chance or by where they run."""
SHOP = kh.Business("Sông Hồng", industry="supermarket")


def everything(threshold: int) -> Iterator[str]:
    """Every arrow of the library, on tables that were not made before."""
    template = templates.general(
        benefit=classifiers.BenefitPolicy(loyal_min_purchases=threshold),
        income_band=classifiers.IncomeBandPolicy(cuts=[5, 10, 15, 20 + threshold], currency="VND"),
    )
    facts = kh.facts_of(LAN, as_of=AS_OF, business=SHOP)
    for known in (facts, facts.assuming(kh.RECORDED_IS_ALL), kh.Facts()):
        yield repr(known)
        for table in template:
            assert isinstance(table, kh.DecisionTable)
            yield from of_table(table, known)
    for assume in (None, kh.RECORDED_IS_ALL):
        profile = kh.classify(LAN, as_of=AS_OF, template=template, business=SHOP, assume=assume)
        yield from (repr(profile), profile.explain("vi"), profile.explain("en"), profile._repr_html_())
    for definition in kh.CustomerDefinition:
        yield str(kh.is_customer(facts, definition))
    yield from map(repr, advice.next_changes(LAN, template, AS_OF))
    yield repr(advice.follow_up([LAN], AS_OF))
    yield repr(advice.affordability(30_000_000, 12, 20_000_000, monthly_interest="0.01"))
    yield repr(advice.Persona("x", wishes=[kh.fact.age > threshold]).match(facts))


def of_table(table: kh.DecisionTable[Any], known: kh.Facts) -> Iterator[str]:
    """Everything that one table does."""
    yield f"{table.label(known)} {sorted(table.labels(known))} {table.version}"
    yield repr(table.classify(known))
    for lang in ("vi", "en"):
        yield table.explain(known, lang, why_not=table.rules[-1].label)
    found = table.verify()
    for findings in (found.gaps, found.overlaps, found.unreachable):
        yield from (f"{finding.witness!r} {finding.explain('vi')}" for finding in findings[:3])
    fewer = attrs.evolve(table, rules=table.rules[:-1], otherwise=None)
    yield from (f"{one.witness!r} {one.explain('en')}" for one in table.diff(fewer)[:3])
    yield from (path.explain("vi") for path in table.paths_to(table.rules[0].label, known))
    written = json.dumps(table.to_dict(), ensure_ascii=False)
    yield written
    yield repr(type(table).from_dict(json.loads(written), category=table.category) == table)
    yield table.to_markdown()


def disturb(kind: str) -> None:
    """Does on purpose what the core never does."""
    if kind == "file":
        Path(os.devnull).read_bytes()
    if kind == "module":
        __import__("wave")
    if kind == "socket":
        socket.socket().close()
    if kind == "process":
        subprocess.run([sys.executable, "-c", ""], check=True)  # our own
    if kind == "date":
        date.today()  # noqa: DTZ011
    if kind == "clock":
        time.monotonic()
    if kind == "chance":
        random.random()  # noqa: S311
    if kind == "environment":
        os.environ.get("HOME")


def main() -> None:
    """Once to load what is loaded on first use; then, under guard, on tables that are new, or what the guard must see."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream
    _, spoil = sys.argv
    if not spoil:
        list(everything(4))
    seen: set[str] = set()
    watching = False
    sys.addaudithook(lambda event, _: seen.add(event) if watching else None)

    def watch(frame: FrameType, event: str, called: Any) -> None:
        name = called.__name__ if event == "c_call" else frame.f_code.co_qualname if event == "call" else ""
        if name in ASKED:
            seen.add(f"asked.{name}")

    sys.setprofile(watch)
    watching = True
    results = [] if spoil else list(everything(3))
    disturb(spoil)
    watching = False
    sys.setprofile(None)
    lines = [f"events: {' '.join(sorted(seen))}", *(line for result in results for line in result.splitlines())]
    sys.stdout.write("\n".join(lines))


if __name__ == "__main__":
    main()
