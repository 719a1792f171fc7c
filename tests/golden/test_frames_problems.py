"""Every row that can not be meant: what is said of it, and which facts it leaves not known, in one readable file.

See `test_tables.py` for how the file is written. Each customer has sound rows in all tables, and one row with one fault:
the facts that it spoils are those that are known of a sound customer and null here, on a lazy table.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from tests.golden.approved import check_text

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parent / "frames_problems.txt"

AS_OF, BEFORE, AFTER = date(2026, 6, 30), date(2026, 6, 1), date(2026, 7, 1)
SHOP = kh.Business("Sông Hồng", industry="supermarket", currency="VND")
SOUND: dict[str, dict[str, Any]] = {
    "customers": {
        "party_kind": "person", "birth_date": date(1990, 1, 1), "gender": "female", "occupation": "kỹ sư",
        "declared_capacity": "individual", "monthly_income": 10.0, "investable_assets": 20.0, "has_need": True,
        "has_means": True, "taste_matches": True, "is_interested": True, "dominance": 1.0, "influence": 2.0,
        "steadiness": 3.0, "conscientiousness": 4.0, "organization_kind": None,
    },
    "purchases": {
        "day": BEFORE, "amount": 100.0, "currency": "VND", "list_amount": 120.0, "returned": 1.0, "purpose": "self",
    },
    "interactions": {
        "day": BEFORE, "kind": "survey", "topic": "product", "score": 5.0, "sentiment": "neutral", "resolved_on": AS_OF,
    },
    "ties": {"kind": "bank", "since": BEFORE, "until": AS_OF},
}  # fmt: skip
FAULTS: dict[str, list[dict[str, Any]]] = {
    "customers": [
        {"customer_id": None},
        {"party_kind": "firm"},
        {"party_kind": "organization"},
        {"party_kind": "group"},
        {"organization_kind": "shop"},
        {"organization_kind": "stall"},
        {"gender": "F"},
        {"declared_capacity": "firm"},
        {"birth_date": AFTER},
        {"monthly_income": -1.0},
        {"investable_assets": -1.0},
        {"dominance": -0.5},
        {"influence": 100.5},
        {"steadiness": 100.5},
        {"conscientiousness": -0.5},
    ],
    "purchases": [
        {"day": None},
        {"amount": None},
        {"amount": -1.0},
        {"amount": float("inf")},
        {"returned": -1.0},
        {"returned": 101.0},
        {"returned": float("inf")},
        {"list_amount": -1.0},
        {"list_amount": float("inf")},
        {"purpose": "fun"},
        {"currency": "USD"},
    ],
    "interactions": [
        {"day": None},
        {"kind": None},
        {"kind": "chat"},
        {"topic": "weather"},
        {"kind": "review", "sentiment": "cold"},
        {"score": -0.5},
        {"score": 10.5},
        {"resolved_on": date(2026, 5, 31)},
        {"kind": "complaint", "resolved_on": date(2026, 5, 31)},
    ],
    "ties": [{"kind": None}, {"kind": "friend"}, {"until": date(2026, 5, 31)}],
}


CASES = [(table, fault) for table, faults in FAULTS.items() for fault in faults]


def tables() -> dict[str, Any]:
    """The tables of a customer for each case, by its place, and of one of whom nothing is wrong."""
    ids = ["sound", *(str(place) for place in range(len(CASES)))]
    made: dict[str, list[dict[str, Any]]] = {name: [{"customer_id": "sound"} | SOUND[name]] for name in SOUND}
    made["purchases"] += [{"customer_id": name} | SOUND["purchases"] | {"day": AS_OF} for name in ids]
    for place, (table, fault) in enumerate(CASES):
        for name, values in SOUND.items():
            sound = {"customer_id": str(place)} | values
            made[name] += [] if name == table == "customers" else [sound]
            made[name] += [sound | fault] if name == table else []
    types = dict.fromkeys(("customer_id", "organization_kind"), pl.String)
    return {name: pl.DataFrame(rows, schema_overrides=types).lazy() for name, rows in made.items()}


def lines() -> Iterator[str]:
    given = tables()
    problems = kh.frames.problems(**given, as_of=AS_OF, business=SHOP).collect().rows()
    rows = kh.frames.facts(**given, as_of=AS_OF, business=SHOP).collect().rows(named=True)
    known = {row["customer_id"]: {name for name, value in row.items() if value is not None} for row in rows}
    yield f"sound\n    not known: {', '.join(sorted(rows[0].keys() - known['sound']))}"
    for place, (table, fault) in enumerate(CASES):
        yield f"{table}: {', '.join(f'{name} {value}' for name, value in fault.items())}"
        who = fault.get("customer_id", str(place))
        yield from (f"    {' | '.join(map(str, row))}" for key, *row in problems if key == who)
        yield f"    not known: {', '.join(sorted(known['sound'] - known[who])) or 'nothing more'}"
        yield from [f"    known as well: {', '.join(more)}"] if (more := sorted(known[who] - known["sound"])) else []


def test_every_problem_and_what_it_spoils_is_as_it_was_read_and_approved() -> None:
    text = "\n".join(lines()) + "\n"
    check_text(FILE, text)
