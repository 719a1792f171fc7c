"""Rules: a condition and the label that follows."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.errors import PredicateError
from khachhang.facts import fact
from khachhang.rules import Rule, always, when
from khachhang.taxonomy import AgeBand


def test_a_rule_is_its_condition_and_its_label() -> None:
    rule = when(fact.age < 15).then(AgeBand.UNDER_15)

    assert rule == Rule(fact.age < 15, AgeBand.UNDER_15)
    assert (rule.condition, rule.label) == (fact.age < 15, AgeBand.UNDER_15)
    assert rule != when(fact.age <= 15).then(AgeBand.UNDER_15)


def test_a_flag_is_a_condition_by_itself_and_so_is_always() -> None:
    assert when(fact.has_need).then(AgeBand.UNDER_15) == when(fact.has_need == True).then(AgeBand.UNDER_15)  # noqa: E712  # a comparison of facts
    assert when(always).then(AgeBand.UNDER_15).condition == always


@pytest.mark.parametrize("wrong", [True, None, "age < 15", fact.age], ids=str)
def test_what_is_no_predicate_is_refused_at_once(wrong: Any) -> None:
    for make in (when, lambda condition: Rule(condition, AgeBand.UNDER_15)):
        with pytest.raises(PredicateError) as caught:
            make(wrong)
        assert caught.value.problem == f"{wrong!r} is not a predicate"
        assert "kh.fact.age < 15" in caught.value.hint


@pytest.mark.parametrize("wrong", ["under_15", None, AgeBand, 15], ids=str)
def test_what_is_no_label_is_refused_at_once(wrong: Any) -> None:
    with pytest.raises(PredicateError) as caught:
        when(fact.age < 15).then(wrong)

    assert caught.value.problem == f"{wrong!r} is not a label"
    assert caught.value.hint == "give a member of a label set, such as AgeBand.UNDER_15"
