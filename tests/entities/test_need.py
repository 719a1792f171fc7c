"""The three tests of a potential customer, and interest."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from khachhang.entities import Need

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

TESTS = ["has_need", "has_means", "taste_matches", "is_interested"]


def test_nothing_is_known_of_a_need_until_it_is_said() -> None:
    assert attrs.asdict(Need()) == dict.fromkeys(TESTS)


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("answer", [True, False, None])
def test_each_test_is_answered_for_itself(test: str, answer: bool | None) -> None:
    assert attrs.asdict(Need(**{test: answer})) == {**dict.fromkeys(TESTS), test: answer}


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("wrong", [0, 1, "yes", "", 1.0, []], ids=repr)
def test_what_merely_counts_as_true_or_false_is_no_answer(test: str, wrong: Any, faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: Need(**{test: wrong}))) == {test}


def test_the_value_of_a_wrong_answer_is_shown(faults_of: FaultsOf) -> None:
    wrong: Any = "yes"

    assert faults_of(lambda: Need(has_need=wrong))["has_need"].problem == "'yes' is neither True nor False"


def test_all_wrong_answers_come_together(faults_of: FaultsOf) -> None:
    wrong: Any = dict.fromkeys(TESTS, "no")

    assert list(faults_of(lambda: Need(**wrong))) == TESTS


def test_a_row_of_bare_truth_values_says_too_little() -> None:
    with pytest.raises(TypeError):
        Need(True)  # type: ignore[call-arg]  # by keyword only
    assert all(field.kw_only for field in attrs.fields(Need))


def test_a_need_is_a_frozen_value() -> None:
    need = Need(has_need=True, is_interested=False)

    assert pickle.loads(pickle.dumps(need)) == need == attrs.evolve(need)
    assert hash(need) == hash(Need(has_need=True, is_interested=False))
    assert attrs.evolve(need, has_means=True).has_means is True
