"""A party in its relation to one business."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khachhang.entities import Customer, Group, Interaction, Need, Organization, Person, Purchase, Tie
from khachhang.taxonomy import Capacity, Origin, TieKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

LAN = Person("Nguyễn Thị Lan")
HISTORIES = ["purchases", "interactions", "ties"]


class Line(Purchase):
    """A purchase of the user's own make."""


def customer(**fields: Any) -> Customer:
    values: dict[str, Any] = {"id": "KH-001", "party": LAN, **fields}
    return Customer(**values)


def on(day: int) -> date:
    return date(2026, 1, day)


def test_a_customer_is_an_id_and_a_party_before_anything_is_known() -> None:
    assert attrs.asdict(customer(), recurse=False) == {
        "id": "KH-001",
        "party": LAN,
        "purchases": None,
        "interactions": None,
        "ties": None,
        "need": None,
        "declared_capacity": None,
        "origin": None,
        "previous_brand": None,
    }


@pytest.mark.parametrize("party", [LAN, Organization("Hoa Sen"), Group("Gia đình")], ids=["person", "firm", "group"])
def test_a_party_is_a_person_an_organization_or_a_group(party: Any) -> None:
    assert customer(party=party).party is party


@pytest.mark.parametrize("party", ["Lan", None, {"name": "Lan", "birth_date": "1995-04-02"}], ids=repr)
def test_nothing_else_is_a_party(party: Any, faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: customer(party=party))["party"]

    assert "Person or Organization or Group" in fault.problem
    assert "1995" not in str(fault)


@pytest.mark.parametrize("key", ["KH-001", "007", " 7 ", "Lan\u00a0", "mã-é", "e\u0301"], ids=repr)
def test_an_id_is_kept_exactly_as_given(key: str) -> None:
    assert customer(id=key).id == key


@pytest.mark.parametrize("key", [7, None, b"7", 7.0], ids=repr)
def test_an_id_is_text_so_that_leading_zeros_stay(key: Any, faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: customer(id=key))["id"]

    assert fault.problem == f"{key!r} is not text"
    assert "str(" in fault.hint


@pytest.mark.parametrize("key", ["", " ", "\u200b", "\u00a0", "a\nb", "a\x00", "\ud800"], ids=repr)
def test_an_id_can_be_seen_and_written(key: str, faults_of: FaultsOf) -> None:
    assert repr(key) in faults_of(lambda: customer(id=key))["id"].problem


@pytest.mark.parametrize("history", HISTORIES)
def test_a_history_that_is_not_known_is_not_an_empty_one(history: str) -> None:
    assert getattr(customer(), history) is None
    assert getattr(customer(**{history: []}), history) == ()
    assert getattr(customer(**{history: ()}), history) == ()
    assert getattr(customer(**{history: iter([])}), history) == ()
    assert customer() != customer(**{history: []})


def test_purchases_and_interactions_are_kept_in_the_order_of_days() -> None:
    purchases = [Purchase(on(3), 1), Purchase(on(1), 2), Purchase(on(3), 0), Purchase(on(2), 4)]
    interactions = [Interaction(on(9), "visit"), Interaction(on(8), "survey"), Interaction(on(9), "care_call")]
    lan = customer(purchases=purchases, interactions=interactions)

    assert lan.purchases == (purchases[1], purchases[3], purchases[0], purchases[2])
    assert lan.interactions == (interactions[1], interactions[0], interactions[2])


@given(st.lists(st.integers(0, 5), max_size=20))
def test_what_fell_on_one_day_stays_in_the_given_order(offsets: list[int]) -> None:
    purchases = [Purchase(on(1) + timedelta(days=offset), number) for number, offset in enumerate(offsets)]
    kept = customer(purchases=iter(purchases)).purchases

    assert kept is not None
    assert [(line.day, line.amount) for line in kept] == sorted((line.day, line.amount) for line in purchases)


def test_ties_are_kept_in_the_given_order() -> None:
    ties = [Tie("shareholder", since=on(2)), Tie("employee", since=on(1)), Tie("bank")]

    assert customer(ties=(tie for tie in ties)).ties == tuple(ties)


def test_a_purchase_of_the_users_own_make_is_one() -> None:
    line = Line(on(1), 5)

    assert customer(purchases=[line]).purchases == (line,)


def test_each_wrong_element_is_named_by_its_place_in_the_given_order(faults_of: FaultsOf) -> None:
    elements: list[Any] = [Purchase(on(3), 1), 250_000, Purchase(on(1), 1), Tie("bank")]
    faults = faults_of(lambda: customer(purchases=elements, ties=[elements[0]]))

    assert list(faults) == ["purchases[1]", "purchases[3]", "ties[0]"]
    assert faults["purchases[1]"].problem == "250000 is not a Purchase"
    assert faults["purchases[3]"].problem == "a value of type Tie is not a Purchase"


def test_an_iterator_is_read_once_and_its_faults_are_told_all_the_same(faults_of: FaultsOf) -> None:
    elements: list[Any] = [Purchase(on(1), 1), None]

    assert list(faults_of(lambda: customer(id=1, purchases=iter(elements)))) == ["id", "purchases[1]"]


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("wrong", ["none", b"", {}, 0, Purchase(on(1), 1)], ids=repr)
def test_a_history_is_a_collection(history: str, wrong: Any, faults_of: FaultsOf) -> None:
    assert "None that it is not known" in faults_of(lambda: customer(**{history: wrong}))[history].hint


def test_capacity_and_origin_are_given_as_member_or_code() -> None:
    by_codes = customer(declared_capacity="business", origin="switched_brand", previous_brand=" Trà Việt ")

    assert by_codes.declared_capacity is Capacity.BUSINESS
    assert by_codes.origin is Origin.SWITCHED_BRAND
    assert by_codes.previous_brand == "Trà Việt"
    assert by_codes == customer(
        declared_capacity=Capacity.BUSINESS, origin=Origin.SWITCHED_BRAND, previous_brand="Trà Việt"
    )


def test_all_wrong_fields_of_a_customer_come_together(faults_of: FaultsOf) -> None:
    faults = faults_of(lambda: Customer(1, 2, 3, 4, 5, 6, 7, 8, 9))  # type: ignore[arg-type]  # refused at run time

    assert list(faults) == [field.name for field in attrs.fields(Customer)]


def test_an_unknown_field_is_pythons_own_error() -> None:
    with pytest.raises(TypeError, match="nickname"):
        customer(nickname="Lan")


def test_one_person_is_employee_shareholder_and_buyer_for_a_company_at_once() -> None:
    lan = customer(
        ties=[Tie("employee_of_branch", since=on(1)), Tie("shareholder"), Tie("employee", until=on(1))],
        purchases=[Purchase(on(5), 9_000_000, purpose="organization")],
        declared_capacity="business",
    )
    elsewhere = Customer("C-17", LAN)

    assert lan.ties is not None
    assert {tie.kind for tie in lan.ties if tie.holds_on(on(5))} == {TieKind.EMPLOYEE_OF_BRANCH, TieKind.SHAREHOLDER}
    assert lan.party is elsewhere.party


def test_a_customer_is_a_frozen_value() -> None:
    def make() -> Customer:
        return customer(
            purchases=[Purchase(on(2), "19.90"), Purchase(on(1), 5)],
            interactions=[Interaction(on(1), "review", score=9)],
            ties=[Tie("resident")],
            need=Need(has_need=True),
            declared_capacity="individual",
            origin="new_to_field",
        )

    lan = make()

    assert lan == make()
    assert hash(lan) == hash(make())
    assert pickle.loads(pickle.dumps(lan)) == lan == attrs.evolve(lan)
    assert attrs.evolve(lan, purchases=None).purchases is None
    assert not hasattr(lan, "__dict__")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        lan.id = "KH-002"  # type: ignore[misc]  # it is frozen
