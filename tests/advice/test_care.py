"""Follow-up: what is open as of a day, oldest first, and what each customer's state calls for now."""

from __future__ import annotations

import pickle
import pkgutil
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import AS_OF, customers

import khachhang as kh
from khachhang.advice import CustomerCare, FollowUpPolicy, follow_up, open_matters

OPEN = {kh.InteractionKind.COMPLAINT, kh.InteractionKind.ENQUIRY, kh.InteractionKind.CARE_CALL}
WANTS = kh.Need(has_need=True, has_means=True, taste_matches=True)


def ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def lan(number: str = "KH-001", **fields: Any) -> kh.Customer:
    given: dict[str, Any] = {"party": kh.Person("Nguyễn Thị Lan"), "purchases": [], "interactions": [], **fields}
    return kh.Customer(id=number, **given)


def bought(*days: int) -> list[kh.Purchase]:
    return [kh.Purchase(ago(day), 100_000) for day in days]


def care_of(customer: kh.Customer, **more: Any) -> CustomerCare:
    (care,) = follow_up([customer], AS_OF, **more).customers
    return care


def due(customer: kh.Customer, **more: Any) -> set[kh.Practice]:
    return {found.practice for found in care_of(customer, **more).practices}


class TestOpenMatters:
    def test_complaints_enquiries_and_care_calls_not_answered_by_the_day(self) -> None:
        events = [
            kh.Interaction(ago(3), "complaint"),
            kh.Interaction(ago(5), "enquiry", resolved_on=AS_OF + timedelta(days=1)),
            kh.Interaction(ago(9), "care_call", channel="phone", topic="price"),
            kh.Interaction(AS_OF, "complaint"),
            kh.Interaction(ago(4), "complaint", resolved_on=AS_OF),
            kh.Interaction(AS_OF + timedelta(days=1), "complaint"),
            kh.Interaction(ago(2), "review"),
        ]
        found = open_matters([lan(interactions=events)], AS_OF)
        assert [(matter.kind.value, matter.days_open) for matter in found] == [
            ("care_call", 9),
            ("enquiry", 5),
            ("complaint", 3),
            ("complaint", 0),
        ]
        assert [matter.explain("vi") for matter in found[:2]] == [
            "Liên hệ chăm sóc ngày 21/06/2026 (Giá cả; Điện thoại): khách chưa hồi đáp, đã 9 ngày.",
            "Hỏi thông tin ngày 25/06/2026: chưa trả lời khách, đã 5 ngày.",
        ]
        assert found[0].explain("en") == (
            "Care call of 2026-06-21 (Price; Phone): not answered by the customer after 9 days."
        )

    def test_the_oldest_of_all_customers_comes_first(self) -> None:
        one = lan("KH-2", interactions=[kh.Interaction(ago(3), "complaint"), kh.Interaction(ago(30), "complaint")])
        other = lan("KH-1", interactions=[kh.Interaction(ago(3), "enquiry"), kh.Interaction(ago(7), "enquiry")])
        found = open_matters(iter([one, other, lan("KH-3", interactions=None)]), AS_OF)
        assert [(matter.customer_id, matter.days_open) for matter in found] == [
            ("KH-2", 30),
            ("KH-1", 7),
            ("KH-1", 3),
            ("KH-2", 3),
        ]

    def test_wrong_arguments_come_together(self) -> None:
        for function in (open_matters, follow_up):
            with pytest.raises(kh.InvalidError) as caught:
                function(["x"], "y")  # type: ignore[list-item, arg-type]  # the mistakes under test
            assert [fault.field for fault in caught.value.faults] == ["customers[0]", "as_of"]

    def test_an_unknown_language_is_an_error(self) -> None:
        care = care_of(lan(interactions=[kh.Interaction(ago(3), "complaint")]))
        assert care.matters
        asked: list[Any] = [care.explain, care.matters[0].explain, care.practices[0].explain]
        for ask in asked:
            with pytest.raises(kh.UnknownLanguageError):
                ask("fr")


class TestPractices:
    @pytest.mark.parametrize(
        ("kind", "vi", "en"),
        [
            ("complaint", "còn 1 khiếu nại chưa giải quyết", "complaints not resolved yet: 1"),
            ("enquiry", "còn 1 câu hỏi chưa trả lời khách", "enquiries not answered: 1"),
            (
                "care_call",
                "đã liên hệ chăm sóc 1 lần mà khách chưa hồi đáp",
                "care calls that the customer has not answered: 1",
            ),
        ],
    )
    def test_what_is_open_is_followed_up(self, kind: str, vi: str, en: str) -> None:
        first = care_of(lan(interactions=[kh.Interaction(ago(3), kind)])).practices[0]
        assert first.practice is kh.Practice.FOLLOW_UP
        assert first.explain("vi") == f"Theo dõi sau tư vấn: {vi}."
        assert first.explain("en") == f"Follow up: {en}."

    def test_several_reasons_for_one_practice_stand_together(self) -> None:
        events = [kh.Interaction(ago(3), "complaint"), kh.Interaction(ago(2), "enquiry")]
        first = care_of(lan(interactions=events)).practices[0]
        assert [reason.en for reason in first.reasons] == [
            "complaints not resolved yet: 1",
            "enquiries not answered: 1",
        ]

    @pytest.mark.parametrize(("days", "lapsed"), [(365, False), (366, True)])
    def test_a_lapsed_loyal_customer_is_to_be_reached(self, days: int, lapsed: bool) -> None:
        customer = lan(purchases=bought(days, 500, 510, 520, 1530))
        assert (kh.Practice.REACH_OUT_FIRST in care_of(customer)) is lapsed
        assert kh.Practice.REACH_OUT_FIRST not in care_of(lan(purchases=bought(days, 500, 510, 520)))
        if lapsed:
            reach = next(found for found in care_of(customer).practices if found.practice == "reach_out_first")
            assert reach.explain("vi") == (
                "Chủ động tìm đến khách: khách quen, đã mua 5 lần, nhưng 366 ngày nay chưa quay lại."
            )
            assert reach.explain("en") == (
                "Reach out first: a loyal customer with 5 purchases who has not been back for 366 days."
            )

    @pytest.mark.parametrize(
        ("events", "reached"),
        [
            ([], True),
            ([kh.Interaction(ago(30), "visit")], True),
            ([kh.Interaction(ago(29), "visit")], False),
            ([kh.Interaction(ago(3), "campaign")], True),
        ],
    )
    def test_a_potential_customer_without_contact_is_to_be_reached(
        self, events: list[kh.Interaction], reached: bool
    ) -> None:
        assert (kh.Practice.REACH_OUT_FIRST in due(lan(interactions=events, need=WANTS))) is reached
        assert kh.Practice.REACH_OUT_FIRST not in due(lan(need=kh.Need(has_need=True, has_means=False)))

    def test_a_need_without_known_means_is_assessed(self) -> None:
        assert kh.Practice.ASSESS_MEANS in due(lan(need=kh.Need(has_need=True)))
        assert kh.Practice.ASSESS_MEANS not in due(lan(need=kh.Need(has_need=True, has_means=False)))
        assert kh.Practice.ASSESS_MEANS not in due(lan(need=kh.Need(has_need=False)))

    def test_one_interested_who_never_bought_is_to_be_met(self) -> None:
        assert kh.Practice.MEET_IN_PERSON in due(lan(need=kh.Need(is_interested=True)))
        assert kh.Practice.MEET_IN_PERSON not in due(lan(need=kh.Need(is_interested=True), purchases=bought(3)))

    def test_marketing_goes_to_people_whom_none_has_reached(self) -> None:
        sent = [kh.Interaction(ago(3), "newsletter")]
        assert kh.Practice.SPEAK_TO_FEELINGS in due(lan(purchases=bought(3)))
        assert kh.Practice.SPEAK_TO_FEELINGS not in due(lan(purchases=bought(3), interactions=sent))
        assert kh.Practice.SPEAK_TO_FEELINGS not in due(lan(purchases=bought(3), party=kh.Organization("Hoa Sen")))

    def test_who_is_not_known_is_to_be_known_first(self) -> None:
        assert kh.Practice.KNOW_FIRST in due(lan())
        assert kh.Practice.KNOW_FIRST not in due(lan(need=kh.Need(has_need=False)))

    def test_thresholds_are_the_policys(self) -> None:
        policy = FollowUpPolicy(loyal_min_purchases=2, lapsed_days=10, min_complaints=2)
        customer = lan(purchases=bought(10, 20), interactions=[kh.Interaction(ago(1), "complaint")])
        assert kh.Practice.REACH_OUT_FIRST in due(customer, policy=policy)
        assert kh.Practice.FOLLOW_UP not in due(customer, policy=policy)

    def test_the_function_that_a_practice_names_is_there(self) -> None:
        named = [practice.function for practice in kh.Practice if practice.function is not None]
        assert len(named) == 4
        assert all(callable(pkgutil.resolve_name(name)) for name in named)

    def test_a_wrong_policy_is_refused(self) -> None:
        with pytest.raises(kh.PolicyError, match=r"kh\.advice\.FollowUpPolicy"):
            follow_up([], AS_OF, policy=3)  # type: ignore[arg-type]  # the mistake under test
        with pytest.raises(kh.InvalidError, match="contact_days"):
            FollowUpPolicy(contact_days=-1)


class TestNotKnown:
    def test_unknown_histories_leave_it_open_and_say_what_to_ask(self) -> None:
        care = care_of(lan(purchases=bought(400, 410, 420, 430, 440), interactions=None))
        assert care.matters is None
        assert {found.practice.value for found in care.practices} == {"reach_out_first", "know_first"}
        assert care.open == (kh.Practice.ASSESS_MEANS, kh.Practice.SPEAK_TO_FEELINGS, kh.Practice.FOLLOW_UP)
        text = care.explain("vi")
        assert "Chưa biết có cần: Thẩm định khả năng chi trả, Chạm đến cảm xúc, Theo dõi sau tư vấn." in text
        assert "Cần hỏi thêm: số khiếu nại chưa giải quyết; số câu hỏi chưa được trả lời;" in text
        assert "khách có nhu cầu hay không" in text
        assert "find out: the number of unresolved complaints; " in care.explain("en")

    def test_good_records_mean_that_nothing_is_open(self) -> None:
        care = care_of(lan(purchases=bought(3), interactions=None, need=WANTS), assume=kh.RECORDED_IS_ALL)
        assert care.open == ()
        assert [found.practice.value for found in care.practices] == ["speak_to_feelings"]
        assert care.practices[0].explain("vi") == (
            "Chạm đến cảm xúc: hầu như chưa được gửi nội dung tiếp thị nào (số lần đã gửi: 0) (giả định: số lần được gửi tiếp thị là 0 lần)."
        )
        assert "(assumed: the number of campaigns received is 0)" in care.practices[0].explain("en")

    def test_single_facts_may_be_assumed_the_rooms_own_among_them(self) -> None:
        assume = {"open_enquiry_count": 2, "unresolved_complaint_count": 0}
        care = care_of(lan(interactions=None), assume=assume)
        assert care.practices[0].reasons[0].en == (
            "enquiries not answered: 2 (assumed: the number of enquiries not answered is 2)"
        )

    def test_an_assumed_need_is_no_unknown_one(self) -> None:
        assert kh.Practice.KNOW_FIRST not in due(lan(), assume={"has_need": True})

    def test_private_facts_do_not_stand_in_it(self) -> None:
        person = kh.Person("Lan", birth_date=date(1995, 4, 2), monthly_income=12_345_678)
        care = care_of(lan(party=person))
        for text in (repr(care), care.explain("vi"), care.explain("en")):
            assert "12345678" not in text
            assert "1995" not in text


class TestFollowUp:
    def test_customers_with_the_oldest_matter_come_first_then_as_given(self) -> None:
        everybody = [
            lan("A"),
            lan("B", interactions=[kh.Interaction(ago(3), "complaint")]),
            lan("C"),
            lan("D", interactions=[kh.Interaction(ago(9), "enquiry")]),
            lan("E", interactions=[kh.Interaction(AS_OF, "enquiry")]),
        ]
        found = follow_up(everybody, AS_OF)
        assert [care.customer_id for care in found.customers] == ["D", "B", "E", "A", "C"]
        assert found.matters == open_matters(everybody, AS_OF)
        assert [care.customer_id for care in found.calling_for("follow_up")] == ["D", "B", "E"]

    def test_an_unknown_practice_is_refused(self) -> None:
        with pytest.raises(kh.InvalidError, match="did you mean 'follow_up'"):
            follow_up([], AS_OF).calling_for("followup")

    def test_nothing_to_do_is_said(self) -> None:
        care = care_of(lan(need=kh.Need(has_need=False, is_interested=False)))
        assert care.explain("vi") == "Khách hàng KH-001\n  - Hiện chưa có việc gì phải làm."
        assert care.explain("en") == "Customer KH-001\n  - Nothing to do for now."

    def test_it_pickles(self) -> None:
        found = follow_up([lan(interactions=[kh.Interaction(ago(3), "complaint")])], AS_OF)
        assert pickle.loads(pickle.dumps(found)) == found


@settings(max_examples=40)
@given(st.lists(customers(), max_size=4))
def test_law_matters_are_the_open_ones_oldest_first(base: list[kh.Customer]) -> None:
    found = open_matters(base, AS_OF)

    assert [matter.day for matter in found] == sorted(matter.day for matter in found)
    assert all(matter.days_open == (AS_OF - matter.day).days >= 0 for matter in found)
    events = [event for customer in base for event in customer.interactions or ()]
    still = [event for event in events if event.kind in OPEN and event.day <= AS_OF]
    assert len(found) == sum(event.resolved_on is None or event.resolved_on > AS_OF for event in still)
    complaints = sum(kh.facts_of(customer, AS_OF).unresolved_complaint_count or 0 for customer in base)
    assert complaints == sum(matter.kind == "complaint" for matter in found)


@settings(max_examples=40)
@given(customers())
def test_law_every_practice_has_its_reasons_and_none_is_both_due_and_open(customer: kh.Customer) -> None:
    care = care_of(customer)

    practices = [found.practice for found in care.practices]
    assert len(set(practices)) == len(practices)
    assert set(practices).isdisjoint(care.open)
    assert all(found.reasons for found in care.practices)
    assert bool(care.open) is bool(care.missing)
    for lang in ("vi", "en"):
        assert "{" not in care.explain(lang)


@settings(max_examples=40)
@given(customers(), st.booleans())
def test_law_assuming_what_is_not_known_overturns_nothing(customer: kh.Customer, whole: bool) -> None:
    before = care_of(customer)
    after = care_of(customer, assume=kh.RECORDED_IS_ALL if whole else {"open_enquiry_count": 1})

    assert {found.practice for found in before.practices} <= {found.practice for found in after.practices}
    assert set(after.open) <= set(before.open)
