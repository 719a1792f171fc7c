"""Answers: what they hold, and how they are told in a few words."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from khachhang.classifiers import age_band, relationship_type
from khachhang.facts import Facts
from khachhang.rules import Classification, Classifier, Outcome
from khachhang.taxonomy import AgeBand, RelationshipType

YOUNG = frozenset([AgeBand.UNDER_15])


@pytest.mark.parametrize(
    ("answer", "vi", "en"),
    [
        (Classification(Outcome.MATCHED, AgeBand.UNDER_15, YOUNG, YOUNG), "Dưới 15 tuổi", "Under 15"),
        (
            Classification(Outcome.UNDETERMINED, candidates=frozenset([AgeBand.OVER_50, AgeBand.UNDER_15])),
            "chưa xác định (Dưới 15 tuổi; Trên 50 tuổi)",
            "not known yet (Under 15; Over 50)",
        ),
        (Classification(Outcome.UNMATCHED), "không thuộc nhãn nào", "no label"),
    ],
    ids=list(Outcome),
)
def test_it_is_told_in_a_few_words_labels_in_their_order(answer: Classification[AgeBand], vi: str, en: str) -> None:
    assert (answer.describe("vi"), answer.describe("en")) == (vi, en)


def test_only_a_settled_label_is_a_match() -> None:
    assert age_band().classify(Facts(age=3)).is_matched
    assert not age_band().classify(Facts()).is_matched
    assert not age_band().classify(Facts(party_kind="group")).is_matched


def test_answers_are_values() -> None:
    answer = relationship_type().classify(Facts(ties=["employee"]))

    assert RelationshipType.INTERNAL in answer.labels < answer.candidates
    assert pickle.loads(pickle.dumps(answer)) == copy.deepcopy(answer) == answer
    assert hash(copy.deepcopy(answer)) == hash(answer)
    assert attrs.evolve(answer, missing=()) != answer


def test_a_table_is_a_classifier_and_its_answer_is_none() -> None:
    assert isinstance(age_band(), Classifier)
    assert not isinstance(age_band().classify(Facts()), Classifier)
