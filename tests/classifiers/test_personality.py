"""Personality: the leading of four styles, persons only."""

from __future__ import annotations

import pytest

from khachhang.classifiers import personality
from khachhang.facts import Facts
from khachhang.rules import Outcome
from khachhang.taxonomy import LeadingStyle, Personality

TABLE = personality()


@pytest.mark.parametrize("label", Personality)
def test_the_leading_style_is_the_label(label: Personality) -> None:
    assert TABLE.classify(Facts(leading_style=label.value)).label is label


def test_a_tie_for_the_highest_is_unmatched() -> None:
    answer = TABLE.classify(Facts(leading_style=LeadingStyle.TIED))

    assert answer.outcome is Outcome.UNMATCHED
    assert answer.missing == ()


@pytest.mark.parametrize("kind", ["organization", "group"])
def test_organisations_and_groups_have_no_personality(kind: str) -> None:
    assert TABLE.classify(Facts(party_kind=kind)).outcome is Outcome.UNMATCHED


def test_without_scores_every_style_is_possible() -> None:
    answer = TABLE.classify(Facts(party_kind="person"))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(Personality)
    assert answer.missing == ("leading_style",)
