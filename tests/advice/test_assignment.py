"""Assignment of customers to specialists: as little lacking as possible, balanced, reproducible."""

from __future__ import annotations

import builtins
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khachhang as kh
from khachhang.advice import OpenMatter, Role, Specialist, assign, assignment, lacking

if TYPE_CHECKING:
    import random

KINDS = [kh.InteractionKind.COMPLAINT, kh.InteractionKind.ENQUIRY, kh.InteractionKind.CARE_CALL]
MINH = Specialist("Minh", ["listening", "problem_handling"], ["solve"])
HOA = Specialist("Hoa", ["communication", "quick_analysis"], ["inform", "advise"])
LAN = Specialist("Lan", ["customer_relations", "listening"], ["care"])


def matter(customer: str, kind: str, day: int = 1) -> OpenMatter:
    return OpenMatter(customer, kh.InteractionKind(kind), date(2026, 6, day), 30 - day)


specialists = st.lists(
    st.builds(
        Specialist,
        st.sampled_from(["An", "Bình", "Chi"]),
        st.frozensets(st.sampled_from(kh.Skill), max_size=4),
        st.frozensets(st.sampled_from(kh.Duty), max_size=3),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda specialist: specialist.name,
)
piles = st.lists(
    st.builds(
        OpenMatter,
        st.sampled_from(["KH-1", "KH-2", "KH-3", "KH-4", "KH-5"]),
        st.sampled_from(KINDS),
        st.integers(0, 9).map(lambda days: date(2026, 6, 1) + timedelta(days=days)),
        st.just(3),
    ),
    max_size=8,
)


class TestAssign:
    def test_each_matter_goes_to_whom_it_suits(self) -> None:
        pile = [matter("KH-3", "care_call", 3), matter("KH-1", "complaint", 5), matter("KH-2", "enquiry", 1)]
        found = assign(pile, [MINH, HOA, LAN])
        assert [(one.customer_id, one.specialist.name, one.lack.count) for one in found] == [
            ("KH-2", "Hoa", 0),
            ("KH-3", "Lan", 0),
            ("KH-1", "Minh", 0),
        ]

    def test_nobody_gets_more_than_one_customer_more_than_another(self) -> None:
        pile = [matter(f"KH-{number}", "complaint", number) for number in range(1, 9)]
        loads = Counter(one.specialist.name for one in assign(pile, [MINH, HOA, LAN]))
        assert sorted(loads.values()) == [2, 3, 3]
        assert loads["Minh"] == 3

    def test_nobody_is_left_without_customers_for_want_of_skills(self) -> None:
        pile = [matter(f"KH-{number}", kind, number) for number, kind in enumerate(["complaint", "care_call"] * 2, 1)]
        loads = Counter(one.specialist.name for one in assign(pile, [MINH, LAN, Specialist("Tân")]))
        assert loads["Tân"] == 1

    def test_fewer_customers_than_specialists(self) -> None:
        (only,) = assign([matter("KH-1", "complaint")], [LAN, HOA, MINH])
        assert only.specialist == MINH

    def test_one_customer_is_one_assignment_with_all_that_is_asked(self) -> None:
        pile = [matter("KH-1", "enquiry", 5), matter("KH-1", "complaint", 2), matter("KH-1", "enquiry", 3)]
        (only,) = assign(pile, [MINH])
        assert [found.day.day for found in only.matters] == [2, 3, 5]
        assert only.lack.role.name == "enquiry + complaint"
        assert only.explain("vi") == (
            "Khách hàng KH-1: giao cho Minh.\n"
            "  - Khiếu nại ngày 02/06/2026: chưa giải quyết, đã 28 ngày.\n"
            "  - Hỏi thông tin ngày 03/06/2026: chưa trả lời khách, đã 27 ngày.\n"
            "  - Hỏi thông tin ngày 05/06/2026: chưa trả lời khách, đã 25 ngày.\n"
            "  - Còn thiếu kỹ năng: Giao tiếp; Phân tích nhanh, quyết đoán. "
            "Chưa được giao nhiệm vụ: Cung cấp thông tin; Tư vấn."
        )

    def test_who_lacks_nothing_is_said_to_fit(self) -> None:
        (only,) = assign([matter("KH-1", "complaint", 29)], [MINH])
        assert only.explain("vi").endswith("\n  - Đủ kỹ năng và nhiệm vụ.")
        assert only.explain("en") == (
            "Customer KH-1: goes to Minh.\n"
            "  - Complaint of 2026-06-29: not resolved after 1 day.\n"
            "  - All skills and duties asked for are there."
        )

    def test_what_a_matter_asks_for_is_the_callers_to_say(self) -> None:
        asks: Any = {"complaint": Role("Gọi lại", ["communication"])}
        pile = [matter("KH-1", "complaint"), matter("KH-2", "enquiry")]
        found = {one.customer_id: one for one in assign(pile, [MINH, HOA], asks=asks)}
        assert found["KH-1"].specialist == HOA
        assert found["KH-2"].lack.count == 0

    def test_nothing_open_nothing_to_assign(self) -> None:
        assert assign([], [MINH]) == ()

    def test_two_thousand_customers(self) -> None:
        pile = [matter(f"KH-{number}", KINDS[number % 3]) for number in range(2_000)]
        loads = Counter(one.specialist.name for one in assign(pile, [MINH, HOA, LAN]))
        assert sorted(loads.values()) == [666, 667, 667]


class TestBadInput:
    def test_every_wrong_argument_is_named(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            assign(["x"], "y", asks=3)  # type: ignore[list-item, arg-type]  # the mistakes under test
        assert [fault.field for fault in caught.value.faults] == ["matters[0]", "specialists", "asks"]

    def test_a_team_has_somebody_in_it_and_each_a_name_of_its_own(self) -> None:
        with pytest.raises(kh.InvalidError, match=r"specialists: .* has nobody in it"):
            assign([], [])
        with pytest.raises(kh.InvalidError, match="specialists: 'Minh' is the name of two specialists"):
            assign([], [MINH, HOA, Specialist("Minh")])

    @pytest.mark.parametrize("asks", [{"complain": Role("x")}, {"complaint": "solve"}])
    def test_asks_maps_kinds_to_roles(self, asks: Any) -> None:
        with pytest.raises(kh.InvalidError, match="asks: "):
            assign([], [MINH], asks=asks)

    def test_too_many_customers_are_refused(self) -> None:
        pile = [matter(f"KH-{number}", "complaint") for number in range(2_001)]
        with pytest.raises(kh.InvalidError, match="matters: 2001 customers are more than 2000"):
            assign(pile, [MINH])

    def test_without_scipy_the_error_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in [name for name in sys.modules if name.partition(".")[0] == "scipy"]:
            monkeypatch.delitem(sys.modules, name)
        missing = "scipy"
        ordinary = builtins.__import__

        def absent(name: str, *rest: Any) -> Any:
            if name.partition(".")[0] == "scipy":
                raise ModuleNotFoundError(name, name=missing)
            return ordinary(name, *rest)

        monkeypatch.setattr(builtins, "__import__", absent)
        with pytest.raises(kh.MissingExtraError, match=r"pip install 'khachhang\[assignment\]'"):
            assign([matter("KH-1", "complaint")], [MINH])
        missing = "numpy"
        with pytest.raises(ModuleNotFoundError) as caught:
            assign([matter("KH-1", "complaint")], [MINH])
        assert not isinstance(caught.value, kh.MissingExtraError)

    def test_an_unknown_language_is_an_error(self) -> None:
        (only,) = assign([matter("KH-1", "complaint")], [MINH])
        with pytest.raises(kh.UnknownLanguageError):
            only.explain("fr")  # type: ignore[arg-type]  # the mistake under test


@settings(max_examples=50)
@given(piles, specialists)
def test_law_nothing_balanced_lacks_less(pile: list[OpenMatter], team: list[Specialist]) -> None:
    """Held against every balanced assignment that there is."""
    found = assign(pile, team)
    loads = Counter(one.specialist.name for one in found)

    def cost(customer: str, specialist: Specialist) -> int:
        kinds = {one.kind for one in pile if one.customer_id == customer}
        roles = [assignment.DEFAULT_ASKS[kind] for kind in kinds]
        skills = {skill for role in roles for skill in role.skills}
        duties = {duty for role in roles for duty in role.duties}
        return lacking(specialist, Role("x", skills, duties)).count

    customers = [one.customer_id for one in found]
    assert set(customers) == {one.customer_id for one in pile}
    each, over = divmod(len(customers), len(team))
    assert all(loads[specialist.name] - each in ((0, 1) if over else (0,)) for specialist in team)
    places = [specialist for specialist in team for _ in range(each + bool(over))]
    balanced = [
        chosen
        for chosen in set(permutations(places, len(customers)))
        if all(chosen.count(specialist) >= each for specialist in team)
    ]
    least = min(sum(map(cost, customers, chosen)) for chosen in balanced)
    assert sum(one.lack.count for one in found) == least
    assert all(one.lack.count == cost(one.customer_id, one.specialist) for one in found)


@given(piles, specialists, st.randoms(use_true_random=False))
def test_law_the_order_of_the_arguments_does_not_matter(
    pile: list[OpenMatter], team: list[Specialist], chance: random.Random
) -> None:
    other_pile, other_team = list(pile), list(team)
    chance.shuffle(other_pile)
    chance.shuffle(other_team)

    assert assign(other_pile, other_team) == assign(pile, team)
