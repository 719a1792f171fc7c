"""Specialists, what a role asks of them, and what is lacking."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khachhang as kh
from khachhang.advice import Role, Specialist, lacking

skills = st.frozensets(st.sampled_from(kh.Skill))
duties = st.frozensets(st.sampled_from(kh.Duty))


def test_what_is_lacking_stands_in_the_order_of_the_labels() -> None:
    minh = Specialist("Minh", skills=["planning", kh.Skill.LISTENING], duties=["care"])
    role = Role("Khiếu nại", skills=["scenarios", "listening", "communication"], duties=["represent", "solve", "care"])
    lack = lacking(minh, role)
    assert lack.skills == (kh.Skill.COMMUNICATION, kh.Skill.SCENARIOS)
    assert lack.duties == (kh.Duty.SOLVE, kh.Duty.REPRESENT)
    assert lack.count == 4
    assert lack.explain("vi") == (
        "Minh chưa đáp ứng đủ vai trò “Khiếu nại”. "
        "Còn thiếu kỹ năng: Giao tiếp; Lên kịch bản tư vấn, chăm sóc khách hàng. "
        "Chưa được giao nhiệm vụ: Giải quyết vấn đề; Đại diện thương hiệu."
    )
    assert lack.explain("en") == (
        "Minh lacks something that “Khiếu nại” asks for. "
        "Skills lacking: Communication; Writing advice and care scenarios. Duties not assigned: Solve; Represent."
    )


def test_only_what_is_lacking_is_named() -> None:
    role = Role("Chăm sóc", skills={"listening"}, duties=(kh.Duty.CARE,))
    assert lacking(Specialist("Hoa", duties=["care"]), role).describe("en") == "Skills lacking: Listening."
    assert lacking(Specialist("Hoa", ["listening"]), role).describe("vi") == "Chưa được giao nhiệm vụ: Chăm sóc."


def test_who_lacks_nothing_has_all_that_is_asked() -> None:
    lack = lacking(Specialist("Minh", skills=iter(kh.Skill)), Role("Lắng nghe", skills=["listening"]))
    assert lack.explain("vi") == "Minh đáp ứng đủ vai trò “Lắng nghe”."
    assert lack.explain("en") == "Minh has all that “Lắng nghe” asks for."


def test_they_compare_by_value_and_pickle() -> None:
    minh = Specialist("Minh", skills=["listening", "planning"])
    assert minh == Specialist("Minh", skills=["planning", "listening", "planning"])
    role: object = Role("Minh", skills=["listening", "planning"])
    assert minh != role
    assert pickle.loads(pickle.dumps(minh)) == minh


def test_every_wrong_field_is_named_with_the_class() -> None:
    for kind in (Specialist, Role):
        with pytest.raises(kh.InvalidError) as caught:
            kind("", skills=["listenin"], duties="care")
        assert caught.value.subject == kind.__name__
        assert [fault.field for fault in caught.value.faults] == ["name", "skills", "duties"]
        assert "did you mean 'listening'?" in str(caught.value)


def test_both_arguments_are_checked() -> None:
    with pytest.raises(kh.InvalidError) as caught:
        lacking("Minh", 3)  # type: ignore[arg-type]  # the mistakes under test
    assert [fault.field for fault in caught.value.faults] == ["specialist", "role"]


def test_an_unknown_language_is_an_error() -> None:
    lack = lacking(Specialist("Minh"), Role("Việc"))
    asked: list[Any] = [lack.explain, lack.describe]
    for ask in asked:
        with pytest.raises(kh.UnknownLanguageError):
            ask("fr")


@given(skills, duties, skills, duties)
def test_law_with_what_is_lacking_nothing_is_lacking(
    has: frozenset[kh.Skill], does: frozenset[kh.Duty], asks: frozenset[kh.Skill], brings: frozenset[kh.Duty]
) -> None:
    role = Role("Việc", asks, brings)
    lack = lacking(Specialist("Minh", has, does), role)

    taught = Specialist("Minh", has | set(lack.skills), does | set(lack.duties))
    assert lacking(taught, role).count == 0
    assert set(lack.skills).isdisjoint(has)
    assert set(lack.duties).isdisjoint(does)
