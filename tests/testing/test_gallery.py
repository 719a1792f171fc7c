"""The conformance check finds faults: a gallery of broken classifiers, and none that is right is flagged.

That no shipped table is flagged stands among the laws.
"""

from __future__ import annotations

import inspect
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from tests.testing import gallery
from tests.testing.gallery import GALLERY, MODEL, Broken, Right

import khachhang as kh
from khachhang import testing
from khachhang.testing._subject import drawn

NO_ENGINE = pytest.mark.skipif(
    not (find_spec("narwhals") and find_spec("pyarrow")), reason="narwhals or pyarrow is not installed"
)


@pytest.mark.parametrize(
    "broken", [pytest.param(one, marks=[NO_ENGINE] if one.check == "frame" else [], id=str(one)) for one in GALLERY]
)
def test_a_broken_classifier_is_caught_by_the_check_for_its_fault(broken: Broken) -> None:
    with pytest.raises(AssertionError) as caught:
        testing.check_classifier(broken.make(), like=MODEL if broken.has_model else None)

    assert isinstance(caught.value, testing.ClassifierFailed)
    assert [failure.check for failure in caught.value.failures] == [broken.check]
    (failure,) = caught.value.failures
    assert failure.message
    assert str(failure) in str(caught.value)


def test_every_broken_classifier_is_in_the_gallery() -> None:
    makes = {broken.make.__name__ for broken in GALLERY}
    classes = {name for name, found in vars(gallery).items() if inspect.isclass(found)
               and found.__module__ == gallery.__name__} - {"Loyalty", "Right", "Broken"}  # fmt: skip
    assert makes == classes
    assert len(makes) >= 20


def test_the_gallery_tries_every_check() -> None:
    from khachhang.testing._laws import LAWS  # noqa: PLC0415  # the names alone

    assert {broken.check for broken in GALLERY} == {law.name for law in LAWS}


def test_other_tables_are_not_flagged_either() -> None:
    for table in drawn(testing.tables(hostile=True), 5):
        testing.check_classifier(table, like=table)


@pytest.mark.long
@settings(max_examples=settings().max_examples // 2)
@given(testing.tables(hostile=True))
def test_no_table_is_flagged_in_a_long_run(table: kh.DecisionTable[Any]) -> None:
    testing.check_classifier(table, like=table)


def test_bands_are_not_flagged() -> None:
    amounts = kh.classifiers.bands(kh.fact.spend, [100_000, 2_500_000], name="spend")
    scores = kh.classifiers.bands(kh.fact.custom("nps", int, low=0, high=10), [7, 9])
    for table in (amounts, scores, kh.classifiers.bands(kh.fact.returned_share, [0.1, 0.5])):
        testing.check_classifier(table)


def test_a_right_model_that_is_no_table_is_not_flagged() -> None:
    report = testing.check_classifier(Right(), like=MODEL)

    assert report.ran >= 13
    assert set(report.left_out) == {"rules_hold", "short_answers", "explanation", "why_not", "document", "frame"}
    assert report.left_out["explanation"] == "it has no explain(facts, lang)"
