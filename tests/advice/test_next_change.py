"""When labels will change by time alone, held against classifying day by day."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import AS_OF, TABLES, businesses, customers

import khachhang as kh
from khachhang import classifiers
from khachhang.advice import next_changes

BORN = date(2004, 7, 9)


class Wave(kh.Category):
    """A label set of the tests."""

    EARLY = kh.term("early", vi="Sớm", en="Early")
    LATE = kh.term("late", vi="Muộn", en="Late")


def lan(**fields: Any) -> kh.Customer:
    given: dict[str, Any] = {"party": kh.Person("Nguyễn Thị Lan", birth_date=BORN), **fields}
    return kh.Customer(id="KH-001", **given)


def days_of(customer: kh.Customer, template: Any, **more: Any) -> list[str]:
    return [f"{change.day} {change.facet}" for change in next_changes(customer, template, AS_OF, **more)]


def table(*rules: kh.Rule[Wave], hit: kh.HitPolicy = kh.HitPolicy.FIRST, **more: Any) -> kh.DecisionTable[Wave]:
    return kh.DecisionTable(name="wave", category=Wave, rules=rules, hit=hit, **more)


class TestDays:
    def test_a_birthday(self) -> None:
        first, second = next_changes(lan(), [classifiers.age_band()], AS_OF)
        assert (first.day, first.days, first.facet) == (date(2026, 7, 9), 9, "age_band")
        assert (first.before.label, first.after.label) == (kh.AgeBand.FROM_15_TO_22, kh.AgeBand.FROM_22_TO_50)
        assert (second.day, second.after.label) == (date(2055, 7, 9), kh.AgeBand.OVER_50)

    @pytest.mark.parametrize(("leap_day", "day"), [("03-01", date(2026, 3, 1)), ("02-28", date(2026, 2, 28))])
    def test_a_leap_day_child(self, leap_day: Literal["03-01", "02-28"], day: date) -> None:
        party = kh.Person("An", birth_date=date(2004, 2, 29))
        (first, *_) = next_changes(lan(party=party), [classifiers.age_band()], date(2026, 1, 5), leap_day=leap_day)
        assert first.day == day
        later = next_changes(
            lan(party=kh.Person("An", birth_date=date(2010, 2, 28))), [classifiers.age_band()], AS_OF, leap_day=leap_day
        )
        assert later[0].day == date(2032, 2, 28)

    def test_a_customer_becomes_former(self) -> None:
        customer = lan(party=kh.Organization("Hoa Sen"), purchases=[kh.Purchase(date(2026, 1, 5), 100)])
        assert days_of(customer, [classifiers.benefit(), classifiers.standing()], assume=kh.RECORDED_IS_ALL) == [
            "2027-01-06 benefit",
            "2027-01-06 standing",
        ]

    def test_a_tie_ends_after_its_last_day(self) -> None:
        customer = lan(ties=[kh.Tie("employee", since=date(2024, 1, 1), until=date(2026, 12, 31))])
        (change,) = next_changes(customer, [classifiers.side()], AS_OF)
        assert change.day == date(2027, 1, 1)
        assert change.explain("vi") == (
            "Nếu không có gì mới thì từ ngày 01/01/2027 (còn 185 ngày nữa), "
            "Nội bộ hay bên ngoài: chuyển từ “Nội bộ” sang “Bên ngoài”.\n"
            "  - Hết tư cách “Nhân viên chưa rõ đơn vị”."
        )
        assert change.explain("en").endswith("\n  - The tie “Employee, unit not known” has ended.")

    def test_what_is_recorded_later_does_not_exist(self) -> None:
        later = AS_OF + timedelta(days=10)
        customer = lan(
            party=kh.Group("Nhà Lan"),
            purchases=[kh.Purchase(date(2026, 1, 5), 100), kh.Purchase(later, 100)],
            interactions=[
                kh.Interaction(date(2026, 1, 5), "complaint", resolved_on=later),
                kh.Interaction(later, "visit"),
            ],
            ties=[kh.Tie("employee", since=later)],
        )
        template = [classifiers.standing(), classifiers.side(), classifiers.contribution()]
        assert days_of(customer, template) == ["2027-01-06 standing"]

    def test_the_horizon_is_included(self) -> None:
        assert days_of(lan(), [classifiers.age_band()], horizon_days=9) == ["2026-07-09 age_band"]
        assert days_of(lan(), [classifiers.age_band()], horizon_days=8) == []
        assert len(days_of(lan(), [classifiers.age_band()], horizon_days=10**9)) == 2

    def test_on_one_day_in_the_order_of_the_template(self) -> None:
        adult = attrs.evolve(classifiers.age_band(), name="adult")
        assert days_of(lan(), [adult, classifiers.age_band()], horizon_days=30) == [
            "2026-07-09 adult",
            "2026-07-09 age_band",
        ]

    def test_every_kind_of_test_has_its_days(self) -> None:
        bought = kh.fact.purchase_count >= 1
        since = kh.fact.days_since_last_purchase
        customer = lan(purchases=[kh.Purchase(AS_OF, 100)])
        for predicate, expected in (
            (since == 3, ["2026-07-03 wave", "2026-07-04 wave"]),
            (since.between(3, 5, closed="neither"), ["2026-07-04 wave", "2026-07-05 wave"]),
            (since.is_in([2, 5]), ["2026-07-02 wave", "2026-07-03 wave", "2026-07-05 wave", "2026-07-06 wave"]),
            (~(since <= 3), ["2026-07-04 wave"]),
            (since != 0, ["2026-07-01 wave"]),
            (since >= 10**9, []),
        ):
            early = table(kh.when(bought & predicate).then(Wave.EARLY), otherwise=Wave.LATE)
            assert days_of(customer, [early]) == expected

    def test_ages_beyond_the_calendar_never_come(self) -> None:
        old = table(kh.when(kh.fact.age >= 9_000).then(Wave.LATE), otherwise=Wave.EARLY)
        assert days_of(lan(), [old]) == []

    def test_days_beyond_the_calendar_never_come(self) -> None:
        customer = kh.Customer("KH-001", kh.Group("Nhà Lan"), ties=[kh.Tie("employee", until=date.max)])
        assert days_of(customer, [classifiers.side()]) == []
        assert next_changes(customer, [classifiers.side()], date.max, horizon_days=3) == ()

    def test_what_time_does_not_drive_never_changes(self) -> None:
        assert next_changes(lan(), [classifiers.personality()], AS_OF) == ()


class TestExplanation:
    def test_one_label_becomes_another(self) -> None:
        first = next_changes(lan(), [classifiers.age_band()], AS_OF)[0]
        assert first.explain("vi") == (
            "Nếu không có gì mới thì từ ngày 09/07/2026 (còn 9 ngày nữa), "
            "Độ tuổi: chuyển từ “Từ 15 đến dưới 22 tuổi” sang “Từ 22 đến 50 tuổi”.\n"
            "  - Khách tròn 22 tuổi."
        )
        assert first.explain("en") == (
            "If nothing happens, from 2026-07-09 (in 9 days), Age band: from “15 to under 22” to “22 to 50”.\n"
            "  - The customer turns 22."
        )

    def test_of_several_labels_some_come_and_some_go(self) -> None:
        customer = lan(
            purchases=[kh.Purchase(AS_OF - timedelta(days=90), 100, list_amount=100)],
            ties=[],
        )
        new, former = next_changes(customer, [classifiers.relationship_type()], AS_OF, assume=kh.RECORDED_IS_ALL)
        assert "Kiểu khách hàng: không còn “Khách hàng mới”." in new.explain("vi")
        assert "Relationship type: now also “Former customer”." in former.explain("en")
        assert "  - 366 days without a purchase." in former.explain("en")
        assert "  - Đã 366 ngày khách không mua gì." in former.explain("vi")

    def test_what_is_possible_may_change_as_well(self) -> None:
        since = kh.fact.days_since_last_purchase
        tests = (
            (kh.fact.has_need & (since >= 3), "có thể thêm “Sớm”", "now possibly “Early”"),
            (kh.fact.has_need | (since <= 2), "không còn chắc là “Sớm”", "perhaps no longer “Early”"),
        )
        for predicate, vi, en in tests:
            found = table(kh.when(predicate).then(Wave.EARLY), hit=kh.HitPolicy.COLLECT)
            (change,) = next_changes(lan(purchases=[kh.Purchase(AS_OF, 1)]), [found], AS_OF)
            assert f"wave: {vi}." in change.explain("vi")
            assert f"wave: {en}." in change.explain("en")

    def test_an_undetermined_answer_is_said_to_be_one(self) -> None:
        found = table(
            kh.when(kh.fact.days_since_last_purchase <= 2).then(Wave.EARLY), kh.when(kh.fact.has_need).then(Wave.LATE)
        )
        (change,) = next_changes(lan(purchases=[kh.Purchase(AS_OF, 1)]), [found], AS_OF)
        assert "chuyển từ “Sớm” sang “chưa xác định (Muộn)”" in change.explain("vi")

    def test_the_birth_date_is_not_shown_and_an_unknown_language_is_an_error(self) -> None:
        first = next_changes(lan(), [classifiers.age_band()], AS_OF)[0]
        assert "2004" not in repr(first) + first.explain("vi") + first.explain("en")
        with pytest.raises(kh.UnknownLanguageError):
            first.explain("fr")  # type: ignore[arg-type]  # the mistake under test

    def test_it_pickles(self) -> None:
        changes = next_changes(lan(), None, AS_OF)
        assert pickle.loads(pickle.dumps(changes)) == changes


class TestBadInput:
    @pytest.mark.parametrize("days", [0, -1, 1.5, True, "30"])
    def test_a_horizon_is_a_whole_number_of_days(self, days: Any) -> None:
        with pytest.raises(kh.InvalidError, match="horizon_days: "):
            next_changes(lan(), None, AS_OF, horizon_days=days)

    def test_only_tables_can_be_looked_through(self) -> None:
        class Model:
            name = "wave"
            category = Wave

            def classify(self, facts: Any) -> kh.Classification[Wave]:
                raise NotImplementedError(facts)

        with pytest.raises(kh.TemplateError, match=r"'wave'.* is no decision table"):
            next_changes(lan(), [Model()], AS_OF)

    def test_customer_day_and_template_are_checked(self) -> None:
        with pytest.raises(kh.InvalidError, match="customer"):
            next_changes("Lan", None, AS_OF)  # type: ignore[arg-type]  # the mistake under test
        with pytest.raises(kh.InvalidError, match="as_of"):
            next_changes(lan(), None, "2026-06-30")  # type: ignore[arg-type]  # the mistake under test
        with pytest.raises(kh.TemplateError):
            next_changes(lan(), 3, AS_OF)  # type: ignore[arg-type]  # the mistake under test


def known_on_the_day(customer: kh.Customer) -> kh.Customer:
    """The customer at the end of the as-of date, made here by other means than in the library."""

    def events(given: tuple[Any, ...] | None, field: str) -> list[Any] | None:
        if given is None:
            return None
        return [one for one in given if getattr(one, field) is None or getattr(one, field) <= AS_OF]

    interactions = events(customer.interactions, "day")
    if interactions is not None:
        interactions = [
            one
            if one.resolved_on is None or one.resolved_on <= AS_OF
            else kh.Interaction(one.day, one.kind, one.channel, one.topic, one.score, one.sentiment)
            for one in interactions
        ]
    return kh.Customer(
        customer.id,
        customer.party,
        events(customer.purchases, "day"),
        interactions,
        events(customer.ties, "since"),
        customer.need,
        customer.declared_capacity,
    )


def seen(answer: kh.Classification[Any]) -> tuple[Any, ...]:
    return answer.outcome, answer.label, answer.labels, answer.candidates


@settings(max_examples=20)
@given(
    customers(),
    businesses(),
    st.sampled_from([None, kh.RECORDED_IS_ALL, {"days_since_last_purchase": 364, "age": 21, "tie_employee": True}]),
    st.sampled_from(["03-01", "02-28"]),
)
def test_law_the_changes_are_those_of_classifying_day_by_day(
    customer: kh.Customer, business: kh.Business, assume: Any, leap_day: Literal["03-01", "02-28"]
) -> None:
    horizon = 420
    frozen = known_on_the_day(customer)

    def answers(day: date) -> list[kh.Classification[Any]]:
        facts = kh.facts_of(frozen, day, business=business, leap_day=leap_day).assuming(assume)
        return [each.classify(facts) for each in TABLES]

    expected = []
    before = answers(AS_OF)
    for ahead in range(1, horizon + 1):
        day = AS_OF + timedelta(days=ahead)
        after = answers(day)
        for each, old, new in zip(TABLES, before, after, strict=True):
            if seen(old) != seen(new):
                expected.append((day, ahead, each.name, seen(old), seen(new)))
        before = after
    changes = next_changes(
        customer, TABLES, AS_OF, horizon_days=horizon, business=business, assume=assume, leap_day=leap_day
    )

    found = [(one.day, one.days, one.facet, seen(one.before), seen(one.after)) for one in changes]
    assert found == expected
    assert all(one.because and one.explain("vi") and one.explain("en") for one in changes)


@settings(max_examples=30)
@given(customers(), st.integers(0, 36_500))
def test_law_a_birthday_is_the_day_on_which_the_age_changes(customer: kh.Customer, ahead: int) -> None:
    """Far ahead, where going day by day is too slow: any day has the answer of the last change before it."""
    age_band = classifiers.age_band()
    day = AS_OF + timedelta(days=ahead)
    changes = next_changes(customer, [age_band], AS_OF)

    latest = [one.after for one in changes if one.day <= day]
    answer = latest[-1] if latest else age_band.classify(kh.facts_of(customer, AS_OF))
    assert seen(age_band.classify(kh.facts_of(customer, day))) == seen(answer)
