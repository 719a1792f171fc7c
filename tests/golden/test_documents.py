"""Documents of format version 1, written by hand: they stay readable for ever, and mean what they mean now."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import khachhang as kh
from khachhang.codec import _register, document

DOCUMENTS = json.loads((Path(__file__).parent / "documents.json").read_text(encoding="utf-8"))
KINDS = {kind.__name__: kind for kind in kh.codec.TYPES}


@pytest.fixture(autouse=True)
def _forms_made_anew() -> None:
    for cached in (document._known, document._quick, _register.form_of, _register._record):
        cached.cache_clear()


def read(name: str) -> Any:
    (found,) = (each for each in DOCUMENTS if each["type"] == name)
    return kh.codec.from_dict(found, KINDS[name])


@pytest.mark.parametrize("written", DOCUMENTS, ids=lambda written: written["type"])
def test_a_document_of_version_1_is_read_and_written_as_it_is(written: Any) -> None:
    assert kh.codec.to_dict(read(written["type"])) == written


@pytest.mark.parametrize("written", DOCUMENTS, ids=lambda written: written["type"])
def test_a_document_that_is_right_is_read_quickly(written: Any) -> None:
    kind: Any = KINDS[written["type"]]
    body = {key: value for key, value in written.items() if key != "khachhang"}

    # The slow way would come to the same, and hide that the quick one fails.
    assert document._quick(kind)(body, None) == read(kind.__name__)


def test_a_customer_means_what_it_meant() -> None:
    assert read("Customer") == kh.Customer(
        id="KH-001",
        party=kh.Person(
            "Nguyễn Thị Lan",
            birth_date=date(1995, 4, 2),
            gender=kh.Gender.FEMALE,
            monthly_income=18_500_000,
            styles=kh.StyleScores(dominance=20, influence=71.5, steadiness=40, conscientiousness=55),
        ),
        purchases=[
            kh.Purchase(
                date(2026, 1, 5), "250000.50", quantity=2, list_amount=300_000, purpose="gift", offering="product"
            )
        ],
        interactions=[],
        ties=[kh.Tie("shareholder", since=date(2025, 7, 1))],
        need=kh.Need(has_need=True, has_means=False),
        declared_capacity=kh.Capacity.INDIVIDUAL,
    )


def test_facts_mean_what_they_meant() -> None:
    own: Any = {"nps": 9, "limit": Decimal("12.50")}
    assert read("Facts") == kh.Facts(
        age=31, spend="19.90", returned_share=0.25, tie_bank=False, extra=own, assumed={"returned_share"}
    )


def test_a_table_means_what_it_meant() -> None:
    table = read("DecisionTable")
    assert [table.label(kh.Facts(purchase_count=count)).label("vi") for count in (4, 5)] == ["Mua ít", "Mua nhiều"]


def test_a_persona_means_what_it_meant() -> None:
    match = read("Persona").match(kh.Facts(age=20, extra={"nps": 7}))
    assert match.truths == (True, True)
    assert match.persona.wishes[1].weight == Decimal("2.5")


def test_an_assumption_means_what_it_meant() -> None:
    known = kh.Facts(purchase_count=3).assuming(read("Assumption"))
    assert (known.unresolved_complaint_count, known.dealing_count) == (0, 3)
