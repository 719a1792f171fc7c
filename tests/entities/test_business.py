"""The seller whose view is taken."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import attrs

from khachhang.entities import Business
from khachhang.taxonomy import Industry

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]


def test_a_business_reckons_in_dong_unless_it_says_otherwise() -> None:
    assert attrs.astuple(Business("Sông Hồng")) == ("Sông Hồng", None, "VND")
    assert Business("Sông Hồng", Industry.BANK, "USD").currency == "USD"


def test_an_industry_is_given_as_member_or_code() -> None:
    assert Business("Sông Hồng", "supermarket").industry is Industry.SUPERMARKET
    assert Business("Sông Hồng", Industry.SUPERMARKET).industry is Industry.SUPERMARKET


def test_all_wrong_fields_of_a_business_come_together(faults_of: FaultsOf) -> None:
    assert list(faults_of(lambda: Business(" ", "shop", "đồng"))) == ["name", "industry", "currency"]


def test_a_business_is_a_frozen_value() -> None:
    business = Business("Sông Hồng", "supermarket")

    assert pickle.loads(pickle.dumps(business)) == business == attrs.evolve(business)
    assert hash(business) == hash(Business("Sông Hồng", Industry.SUPERMARKET))
