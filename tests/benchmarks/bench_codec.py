"""Making 20,000 nested customers from plain data, against a loop by hand with the validators that attrs ships."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from tests.benchmarks import bench_entities as entities
from tests.benchmarks._timing import medians, report

import khachhang as kh

COUNT = 20_000


def rows(count: int) -> list[dict[str, Any]]:
    """The customers of `bench_entities` as JSON has them: dates and amounts are texts, labels are codes."""
    made: list[dict[str, Any]] = json.loads(json.dumps(entities.rows(count), default=str))
    for row in made:
        row["party"]["type"] = "Person"
        for purchase in row["purchases"]:
            purchase["amount"] = str(purchase["amount"])
            purchase["list_amount"] = str(purchase["list_amount"])
    return made


def by_hand(data: list[dict[str, Any]]) -> list[Any]:
    """Customers with stock validators, from the same data by a loop written by hand."""
    parse = date.fromisoformat
    return [
        entities.Customer(
            id=row["id"],
            party=entities.Person(
                name=row["party"]["name"],
                birth_date=parse(row["party"]["birth_date"]),
                gender=kh.Gender(row["party"]["gender"]),
                monthly_income=row["party"]["monthly_income"],
            ),
            purchases=[
                entities.Purchase(
                    day=parse(each["day"]),
                    amount=each["amount"],
                    list_amount=each["list_amount"],
                    purpose=kh.Purpose(each["purpose"]),
                )
                for each in row["purchases"]
            ],
            interactions=[
                entities.Interaction(
                    day=parse(each["day"]),
                    kind=kh.InteractionKind(each["kind"]),
                    sentiment=kh.Sentiment(each["sentiment"]),
                    score=each["score"],
                )
                for each in row["interactions"]
            ],
            ties=[entities.Tie(kind=kh.TieKind(each["kind"])) for each in row["ties"]],
        )
        for row in data
    ]


def by_codec(data: list[dict[str, Any]]) -> list[kh.Customer]:
    """The same by `kh.codec.from_dict`, every key and value checked."""
    return [kh.codec.from_dict(row, kh.Customer) for row in data]


def main() -> None:
    """Print the ratios."""
    print(f"Python {sys.version.split()[0]}, {COUNT} customers")
    data = rows(COUNT)
    for stock, ours in zip(by_hand(data[:50]), by_codec(data[:50]), strict=True):
        assert [(one.day, one.amount) for one in stock.purchases] == [
            (one.day, one.amount) for one in ours.purchases or ()
        ]
    made = by_codec(data)
    documents = [kh.codec.dumps(customer) for customer in made]
    taken = medians(
        {
            "by hand, stock attrs validators": lambda: by_hand(data),
            "khachhang, from_dict": lambda: by_codec(data),
            "khachhang, loads": lambda: [kh.codec.loads(document, kh.Customer) for document in documents],
            "json.loads alone": lambda: [*map(json.loads, documents)],
            "khachhang, to_dict": lambda: [*map(kh.codec.to_dict, made)],
        },
        rounds=7,
    )
    report(taken, "by hand, stock attrs validators", {"khachhang, from_dict": 1.0})


if __name__ == "__main__":
    main()
