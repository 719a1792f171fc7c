"""Two records of one customer, brought together: what is joined, what contradicts, and the laws of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

import khachhang as kh
from khachhang import testing

AS_OF = testing.AS_OF
SHOP = kh.Business("Sông Hồng")
RATES = {"USD": 25_400, "EUR": 29_000, "JPY": 170}
HISTORIES = ("purchases", "interactions", "ties")
LAN = kh.Person("Nguyễn Thị Lan")


def on(day: int) -> date:
    return date(2026, 1, day)


def record(**fields: Any) -> kh.Customer:
    values: dict[str, Any] = {"id": "KH-001", "party": LAN, **fields}
    return kh.Customer(**values)


def refused(first: Any, second: Any, **options: Any) -> dict[str, str]:
    """The fields for which two records can not be merged, each with its hint."""
    with pytest.raises(kh.InvalidError) as caught:
        kh.merge(first, second, **options)
    return {fault.field: fault.hint for fault in caught.value.faults}


def outcome(first: kh.Customer, second: kh.Customer) -> Any:
    """The merged record, or the fields in conflict."""
    try:
        return kh.merge(first, second)
    except kh.InvalidError as error:
        return [fault.field for fault in error.faults]


@st.composite
def parts(draw: st.DrawFn, truth: kh.Customer) -> kh.Customer:
    """Some of what there is to know of one customer: fewer fields, fewer events."""

    def some(value: Any, name: str) -> Any:
        if name in {"id", "name", "party"}:
            return value
        if draw(st.integers(0, 3)) == 0:
            return None
        if isinstance(value, tuple):
            return [each for each in value if draw(st.booleans())]
        return value

    def of(whole: Any) -> Any:
        fields = {each.name: some(getattr(whole, each.name), each.name) for each in attrs.fields(type(whole))}
        return attrs.evolve(whole, **fields)

    made: kh.Customer = of(truth)
    return attrs.evolve(made, party=of(truth.party), need=None if truth.need is None else of(truth.need))


@st.composite
def several_parts(draw: st.DrawFn) -> list[kh.Customer]:
    """Three records of one customer that do not contradict each other."""
    truth = draw(testing.customers(hostile=True))
    made = [draw(parts(truth)) for _ in range(3)]
    assume(not any(kh.conflicts(first, second) for first in made for second in made))
    return made


class TestLaws:
    @given(several_parts())
    def test_merging_is_commutative(self, records: list[kh.Customer]) -> None:
        first, second, _ = records
        assert kh.merge(first, second) == kh.merge(second, first)

    @given(several_parts())
    def test_merging_is_associative(self, records: list[kh.Customer]) -> None:
        first, second, third = records
        try:
            from_left = kh.merge(kh.merge(first, second), third)
            from_right = kh.merge(first, kh.merge(second, third))
        except kh.InvalidError:
            reject()  # the third has in two versions what the others have in one each
        assert from_left == from_right

    @given(testing.customers(hostile=True))
    def test_merging_is_idempotent(self, customer: kh.Customer) -> None:
        assert kh.merge(customer, customer) == customer

    @given(testing.customers(hostile=True))
    def test_who_is_only_known_by_name_adds_nothing(self, customer: kh.Customer) -> None:
        bare = kh.Customer(customer.id, type(customer.party)(customer.party.name))
        assert kh.merge(customer, bare) == kh.merge(bare, customer) == customer

    @given(testing.customers(hostile=True), testing.customers(hostile=True))
    def test_contradictions_do_not_depend_on_the_order(self, first: kh.Customer, second: kh.Customer) -> None:
        second = attrs.evolve(second, id=first.id, party=attrs.evolve(second.party, name=first.party.name))
        one, other = kh.conflicts(first, second), kh.conflicts(second, first)
        assert [(each.field, each.first, each.second) for each in one] == [
            (each.field, each.second, each.first) for each in other
        ]
        assert outcome(first, second) == outcome(second, first)

    @given(testing.customers(), testing.customers())
    def test_what_contradicts_is_what_is_refused(self, first: kh.Customer, second: kh.Customer) -> None:
        found = [each.field for each in kh.conflicts(first, second)]
        assert found == (outcome(first, second) if found else [])
        settled = {each.field: each.second for each in kh.conflicts(first, second)}
        merged = kh.merge(first, second, settle=settled)
        assert kh.conflicts(merged, second) == ()

    @given(several_parts())
    def test_nothing_is_lost(self, records: list[kh.Customer]) -> None:
        first, second, _ = records
        merged = kh.merge(first, second)
        for one in (first, second):
            for history in HISTORIES:
                assert not Counter(getattr(one, history) or ()) - Counter(getattr(merged, history) or ())
            for whole, known in ((merged, one), (merged.party, one.party)):
                for field in attrs.fields(type(known)):
                    value = getattr(known, field.name)
                    if not isinstance(value, (tuple, kh.Need, type(one.party))) and value is not None:
                        assert getattr(whole, field.name) == value

    @given(testing.customers(), st.integers(-30, 900))
    def test_a_history_split_by_a_day_and_merged_gives_the_same_facts(self, customer: kh.Customer, age: int) -> None:
        cut = AS_OF - timedelta(days=age)

        def half(*, is_later: bool) -> kh.Customer:
            kept: dict[str, Any] = {}
            for name in ("purchases", "interactions"):
                events = getattr(customer, name)
                kept[name] = None if events is None else [each for each in events if (each.day > cut) is is_later]
            return attrs.evolve(customer, **kept)

        merged = kh.merge(half(is_later=False), half(is_later=True))
        assert same_facts(merged, customer, AS_OF)

    @given(testing.customers(hostile=True), st.randoms())
    def test_a_history_split_anyhow_into_disjoint_halves_too(self, customer: kh.Customer, chance: Any) -> None:
        first: dict[str, Any] = {}
        second: dict[str, Any] = {}
        for name in ("purchases", "interactions"):
            events = getattr(customer, name)
            if events is not None:
                left = [chance.random() < 0.5 for _ in events]
                first[name] = [event for event, is_left in zip(events, left, strict=True) if is_left]
                second[name] = [event for event, is_left in zip(events, left, strict=True) if not is_left]
        merged = kh.merge(attrs.evolve(customer, **first), attrs.evolve(customer, **second), disjoint=True)
        assert same_facts(merged, customer, AS_OF)

    @given(testing.customers(hostile=True), st.integers(0, 900))
    def test_a_profile_of_a_past_day_knows_nothing_of_what_came_later(self, customer: kh.Customer, age: int) -> None:
        past = AS_OF - timedelta(days=age)
        assume(not isinstance(customer.party, kh.Person) or (customer.party.birth_date or date.min) <= past)
        assume({purchase.currency for purchase in customer.purchases or ()} <= {"VND", *RATES})

        def known_then(event: Any) -> Any:
            is_open = isinstance(event, kh.Interaction) and event.resolved_on is not None and event.resolved_on > past
            return attrs.evolve(event, resolved_on=None) if is_open else event

        then: dict[str, Any] = {}
        for name in ("purchases", "interactions"):
            events = getattr(customer, name)
            then[name] = None if events is None else [known_then(event) for event in events if event.day <= past]
        if customer.ties is not None:
            then["ties"] = [tie for tie in customer.ties if tie.since is None or tie.since <= past]
        whole = kh.classify(customer, as_of=past, business=SHOP, rates=RATES)
        assert whole == kh.classify(attrs.evolve(customer, **then), as_of=past, business=SHOP, rates=RATES)


def same_facts(one: kh.Customer, other: kh.Customer, day: date) -> bool:
    facts = [kh.facts_of(each, day, business=SHOP, rates=RATES) for each in (one, other)]
    return facts[0] == facts[1]


class TestWhatIsJoined:
    def test_what_one_record_knows_is_known(self) -> None:
        first = record(party=kh.Person("Lan", gender="female"), need=kh.Need(has_need=True), origin="new_to_field")
        second = record(party=kh.Person("Lan", date(1995, 4, 2)), need=kh.Need(has_means=False), purchases=[])
        assert kh.merge(first, second) == record(
            party=kh.Person("Lan", date(1995, 4, 2), "female"),
            need=kh.Need(has_need=True, has_means=False),
            origin="new_to_field",
            purchases=[],
        )

    @pytest.mark.parametrize(
        ("one", "other"), [("Nguyễn  Thị Lan", "Nguyễn Thị Lan"), ("Nguyễn\u00a0Thị Lan", "Nguyễn  Thị Lan")]
    )
    def test_names_that_differ_in_spaces_are_one(self, one: str, other: str) -> None:
        merged = kh.merge(record(party=kh.Person(one)), record(party=kh.Person(other), previous_brand="Trà Việt"))
        assert merged.party.name == "Nguyễn Thị Lan"
        assert merged.previous_brand == "Trà Việt"

    @pytest.mark.parametrize(
        ("one", "other", "joined"),
        [
            (None, "undeclared", "undeclared"),
            ("undeclared", "business", "business"),
            (None, "business", "business"),
            ("undeclared", "undeclared", "undeclared"),
        ],
    )
    def test_a_declaration_is_more_than_none(self, one: Any, other: Any, joined: str) -> None:
        first, second = record(declared_capacity=one), record(declared_capacity=other)
        assert kh.merge(first, second).declared_capacity == kh.merge(second, first).declared_capacity == joined

    def test_an_equal_event_in_both_is_one_and_two_in_one_record_are_two(self) -> None:
        coffee = kh.Purchase(on(5), 45_000)
        once, twice = record(purchases=[coffee]), record(purchases=[coffee, coffee])
        assert kh.merge(once, once).purchases == (coffee,)
        assert kh.merge(once, twice).purchases == kh.merge(twice, once).purchases == (coffee, coffee)

    def test_records_that_share_no_event_keep_all_of_both(self) -> None:
        coffee, visit, tie = kh.Purchase(on(5), 45_000), kh.Interaction(on(5), "visit"), kh.Tie("resident")
        till = record(purchases=[coffee], interactions=[visit], ties=[tie])
        merged = kh.merge(till, till, disjoint=True)
        assert merged.purchases == (coffee, coffee)
        assert merged.interactions == (visit, visit)
        assert merged.ties == (tie,), "what stands is no event"

    def test_one_history_keeps_its_order_and_two_are_sorted(self) -> None:
        dear, cheap, other = kh.Purchase(on(5), 90), kh.Purchase(on(5), 10), kh.Purchase(on(5), 50, returned=50)
        given_order = record(purchases=[dear, cheap])
        for alone in (record(), record(purchases=[]), given_order):
            assert kh.merge(given_order, alone).purchases == (dear, cheap)
            assert kh.merge(alone, given_order).purchases == (dear, cheap)
        assert kh.merge(given_order, record(purchases=[other])).purchases == (cheap, other, dear)

    def test_contacts_identifiers_and_members_are_joined(self) -> None:
        phone, mail = kh.Contact("phone", "+84912345678"), kh.Contact("email", "lan@example.com")
        passport, code = kh.Identifier("passport", "C1"), kh.Identifier("tax_code", "0100233488")
        merged = kh.merge(
            record(party=kh.Person("Lan", contacts=[phone, mail], identifiers=[passport])),
            record(party=kh.Person("Lan", contacts=[phone], identifiers=[code])),
        )
        assert isinstance(merged.party, kh.Person)
        assert merged.party.contacts == (mail, phone)
        assert merged.party.identifiers == (passport, code)
        family = [kh.Group("Nhà Lan", members=[kh.Person("Lan")]), kh.Group("Nhà Lan", members=[kh.Person("An")])]
        joined = kh.merge(record(party=family[0]), record(party=family[1])).party
        assert joined == kh.Group("Nhà Lan", members=[kh.Person("An"), kh.Person("Lan")])

    def test_objects_of_the_users_own_make_stay_what_they_are(self) -> None:
        class Line(kh.Purchase):
            """A purchase of the user's own make."""

        plain, own = kh.Purchase(on(5), 5), Line(on(5), 5)
        assert kh.merge(record(purchases=[plain]), record(purchases=[own])).purchases == (own, plain)
        assert kh.merge(record(purchases=[own]), record(purchases=[plain])).purchases == (own, plain)


class TestWhatContradicts:
    def test_every_field_is_told_at_once_and_no_value(self) -> None:
        first = kh.Customer(
            "KH-001",
            kh.Person("Lan", date(1995, 4, 2), "female", "giáo viên", 10, 20, kh.StyleScores(1, 2, 3, 4)),
            need=kh.Need(has_need=True),
            origin="new_to_field",
            declared_capacity="individual",
            previous_brand="A",
        )
        second = kh.Customer(
            "W-17",
            kh.Person("Lan Anh", date(1996, 4, 2), "male", "kỹ sư", 77_123, 30, kh.StyleScores(1, 2, 3, 5)),
            need=kh.Need(has_need=False),
            origin="switched_brand",
            declared_capacity="business",
            previous_brand="B",
        )
        fields = [each.field for each in kh.conflicts(first, second)]
        assert fields == [
            "id", "party.name", "party.birth_date", "party.gender", "party.occupation", "party.monthly_income",
            "party.investable_assets", "party.styles", "need.has_need", "declared_capacity", "origin", "previous_brand",
        ]  # fmt: skip
        assert list(refused(first, second)) == fields
        with pytest.raises(kh.InvalidError) as caught:
            kh.merge(first, second)
        said = str(caught.value) + repr(caught.value) + repr(kh.conflicts(first, second))
        assert caught.value.subject == "merge of 'KH-001' and 'W-17'"
        assert not [marked for marked in ("1995", "1996", "77123", "kỹ sư") if marked in said]

    def test_other_kinds_of_party_contradict_as_a_whole(self) -> None:
        shop = kh.Organization("Lan")
        assert list(refused(record(), record(party=shop))) == ["party"]
        assert kh.merge(record(), record(party=shop), settle={"party": shop}).party == shop

    @pytest.mark.parametrize(
        ("history", "earlier", "later"),
        [
            ("purchases", kh.Purchase(on(5), 90), kh.Purchase(on(5), 90, returned=90)),
            ("interactions", kh.Interaction(on(5), "complaint"), kh.Interaction(on(5), "complaint", resolved_on=on(7))),
            ("ties", kh.Tie("employee", since=on(1)), kh.Tie("employee", since=on(1), until=on(9))),
        ],
    )
    def test_one_event_in_two_versions_contradicts_itself(self, history: str, earlier: Any, later: Any) -> None:
        old, new = record(**{history: [earlier]}), record(**{history: [later]})
        assert f"settle={{{history!r}: [...]}}" in refused(old, new)[history]
        assert [each.field for each in kh.conflicts(old, new)] == [history]
        settled = kh.merge(old, new, settle={history: [later]})
        assert getattr(settled, history) == (later,)
        both = record(**{history: [earlier, later]})
        assert kh.conflicts(old, both) == kh.conflicts(both, new) == (), "one record tells them apart"
        assert (kh.conflicts(old, new, disjoint=True) == ()) is (history != "ties")

    def test_two_citizen_numbers_contradict_and_two_passports_do_not(self) -> None:
        def numbered(*numbers: tuple[str, str]) -> kh.Customer:
            return record(party=kh.Person("Lan", identifiers=[kh.Identifier(kind, value) for kind, value in numbers]))

        one, other, passport = (
            ("citizen_number", "001195012345"),
            ("citizen_number", "001195054321"),
            ("passport", "C1"),
        )
        assert list(refused(numbered(one), numbered(other))) == ["party.identifiers"]
        assert kh.conflicts(numbered(one), numbered(passport)) == ()
        assert kh.conflicts(numbered(one), numbered(one, passport)) == ()
        assert kh.conflicts(numbered(passport), numbered(("passport", "C2"))) == ()


class TestSettling:
    FIRST = record(party=kh.Person("Lan", gender="female", monthly_income=5))
    SECOND = record(party=kh.Person("Lan", gender="male", monthly_income=6), id="W-17")

    def test_what_is_settled_holds(self) -> None:
        settled = {"id": "KH-2", "party.gender": None, "party.monthly_income": "7.5"}
        merged = kh.merge(self.FIRST, self.SECOND, settle=settled)
        assert merged == kh.Customer("KH-2", kh.Person("Lan", monthly_income=Decimal("7.5")))

    def test_what_is_not_settled_is_left(self) -> None:
        assert list(refused(self.FIRST, self.SECOND, settle={"id": "KH-001"})) == [
            "party.gender",
            "party.monthly_income",
        ]

    def test_what_does_not_contradict_can_not_be_settled(self) -> None:
        settle = {**{each.field: each.first for each in kh.conflicts(self.FIRST, self.SECOND)}, "party.nam": "Lan"}
        hints = refused(self.FIRST, self.SECOND, settle=settle)
        assert hints == {"settle": "in conflict are: id, party.gender, party.monthly_income"}
        assert refused(record(), record(), settle={"id": "KH-2"}) == {"settle": "in conflict are: no fields"}

    def test_what_is_settled_is_checked_as_always(self) -> None:
        settle = {"id": "KH-001", "party.gender": "lady", "party.monthly_income": -1}
        assert list(refused(self.FIRST, self.SECOND, settle=settle)) == ["gender", "monthly_income"]

    @pytest.mark.parametrize("wrong", [[("id", "KH-2")], "id", 5], ids=repr)
    def test_only_a_mapping_settles(self, wrong: Any) -> None:
        assert "mapping" in refused(record(), record(), settle=wrong)["settle"]

    def test_what_is_no_customer_is_refused(self) -> None:
        assert list(refused(LAN, None)) == ["first", "second"]
        with pytest.raises(kh.InvalidError, match="a str is no Customer"):
            kh.conflicts(record(), "KH-001")  # type: ignore[arg-type]  # refused at run time
