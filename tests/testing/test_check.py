"""The conformance check as a user meets it: reports, expected failures, and tests made of checks."""

from __future__ import annotations

import cProfile
import os
import pickle
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from tests.testing.gallery import MODEL, Guesses, NoPickle, OffByOne, Random, Right

import khachhang as kh
from khachhang import testing
from khachhang.rules import Outcome
from khachhang.testing._laws import LAWS
from khachhang.testing._subject import Subject, shrunk
from khachhang.testing._watching import DOORS, calls
from khachhang.testing.check import _checked, _Examination

BANDS = kh.classifiers.age_band()


class TestReport:
    def test_it_counts_what_ran_and_says_why_the_rest_did_not(self) -> None:
        report = testing.check_classifier(Right())

        assert report.ran + len(report.left_out) == len(LAWS)
        assert report.left_out["like"] == "no table was given as like="
        assert report.left_out["document"] == "it has no to_dict and from_dict"
        assert str(report).startswith(
            f"loyalty: {report.ran} checks ran, {report.ran} held, {len(report.left_out)} were"
        )

    def test_a_failure_shows_the_law_and_the_smallest_example(self) -> None:
        with pytest.raises(AssertionError) as caught:
            testing.check_classifier(OffByOne(), like=MODEL)

        (failure,) = caught.value.failures  # type: ignore[attr-defined]  # of our own kind of error
        assert failure.check == "like"
        assert failure.example == kh.Facts(purchase_count=5)
        said = "It answers as the table that it should equal. It answered matched (guest), and the table undetermined"
        assert said in str(caught.value)
        assert str(failure.example) in str(caught.value)

    def test_one_error_holds_every_failure(self) -> None:
        class Worse(OffByOne, Guesses):
            pass

        with pytest.raises(AssertionError, match=r"(?s)more_knowledge: .*like: ") as caught:
            testing.check_classifier(Worse(), like=MODEL)
        assert {failure.check for failure in caught.value.failures} == {"more_knowledge", "like"}  # type: ignore[attr-defined]

    def test_what_builds_on_a_check_that_fails_is_left_out(self) -> None:
        with pytest.raises(testing.ClassifierFailed) as caught:
            testing.check_classifier(Random())
        assert caught.value.report.left_out["more_knowledge"] == "it builds on 'deterministic', which fails"

    def test_the_error_pickles(self) -> None:
        error = testing.ClassifierFailed(testing.Report("x", 1, {}, (testing.Failure("total", None, "no"),)))
        assert str(pickle.loads(pickle.dumps(error))) == str(error)

    def test_no_check_at_all_is_an_error(self) -> None:
        with pytest.raises(AssertionError, match="No check ran"):
            _checked(_Examination(Subject(Right())), [], {})

    def test_a_classifier_without_a_name_is_called_by_its_type(self) -> None:
        with pytest.raises(AssertionError, match=r"object: 1 checks ran(?s:.)*protocol: .* Its name is None"):
            testing.check_classifier(object())  # type: ignore[arg-type]  # it is none


def test_every_law_stands_in_the_reference() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "testing.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{law.name}` | {law.words} |" for law in LAWS]


class TestExpectedFailures:
    def test_they_are_told_apart(self) -> None:
        report = testing.check_classifier(NoPickle(), expected_failures={"pickles": "it is made anew in each process"})
        assert report.failures == ()
        assert report.expected["pickles"].check == "pickles"
        assert f"{report.ran - 1} held" in str(report)

    def test_one_that_holds_is_a_failure(self) -> None:
        with pytest.raises(AssertionError, match="expected to fail, because we thought so, and it holds"):
            testing.check_classifier(Right(), expected_failures={"pickles": "we thought so"})

    def test_one_that_is_left_out_is_a_failure(self) -> None:
        with pytest.raises(AssertionError, match="and it was left out, because no table was given"):
            testing.check_classifier(Right(), expected_failures={"like": "we thought so"})

    @pytest.mark.parametrize("reason", ["", "  ", None])
    def test_one_without_a_reason_is_an_error(self, reason: Any) -> None:
        with pytest.raises(ValueError, match="'pickles' needs a reason"):
            testing.check_classifier(Right(), expected_failures={"pickles": reason})

    def test_names_without_reasons_are_an_error(self) -> None:
        wrong: Any = ["pickles"]
        with pytest.raises(ValueError, match="gives no reasons"):
            testing.check_classifier(Right(), expected_failures=wrong)

    def test_one_that_is_no_check_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="there is no check 'pickle'\\n    Hint: the checks are protocol, total"):
            testing.check_classifier(Right(), expected_failures={"pickle": "it has none"})


@testing.parametrize_with_checks([kh.classifiers.age_band(), Right()])
def test_a_test_with_an_argument_check(check: Any) -> None:
    check()


class TestParametrize:
    def parameters(self, *arguments: Any, **more: Any) -> dict[str, Any]:
        mark = testing.parametrize_with_checks(*arguments, **more).mark  # type: ignore[attr-defined]  # pytest's
        assert mark.args[0] == "check"
        return {parameter.id: parameter for parameter in mark.args[1]}

    def test_every_law_of_every_classifier_is_there_by_name(self) -> None:
        found = self.parameters([BANDS, Right()])
        assert list(found)[:2] == ["age_band-protocol", "age_band-total"]
        assert len(found) == 2 * (len(LAWS) - 1)
        assert len(self.parameters([BANDS], like=BANDS)) == len(LAWS)
        assert [mark.name for mark in found["loyalty-explanation"].marks] == ["skip"]

    def test_a_check_that_fails_raises(self) -> None:
        found = self.parameters([OffByOne()], like=MODEL)
        found["loyalty-total"].values[0]()
        with pytest.raises(AssertionError, match="like: "):
            found["loyalty-like"].values[0]()

    def test_a_check_that_builds_on_one_that_fails_is_skipped(self) -> None:
        found = self.parameters([Random()])
        with pytest.raises(pytest.skip.Exception, match="builds on 'deterministic'"):
            found["loyalty-more_knowledge"].values[0]()

    def test_failures_may_be_expected(self) -> None:
        found = self.parameters([NoPickle()], expected_failures={"pickles": "it is made anew"})
        found["loyalty-pickles"].values[0]()
        found["loyalty-total"].values[0]()

    def test_no_classifier_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="no classifier was given"):
            testing.parametrize_with_checks([])


def test_texts_of_several_lines_are_explained_and_not_flagged() -> None:
    score = kh.fact.custom("score", int, vi="điểm\ncủa khách", en="the customer's\nscore")
    rules = [kh.when((kh.fact.occupation == "giáo\nviên") & (score < 3)).then(kh.Side.INTERNAL)]
    table = kh.DecisionTable(name="x", category=kh.Side, rules=rules, given=kh.fact.party_kind == kh.PartyKind.PERSON)
    testing.check_classifier(table)


@settings(max_examples=3)
@given(testing.policies("age_band"))
def test_classifiers_of_random_policies(policy: Any) -> None:
    assert testing.check_classifier(kh.classifiers.age_band(policy)).failures == ()


class TestWhatIsLeftOut:
    def test_pickles_of_classes_that_stand_in_a_function(self) -> None:
        class Local(Right):
            pass

        report = testing.check_classifier(Local())
        assert report.left_out["pickles"].endswith("Local can not be imported, so that it has no pickle")

    def test_not_those_of_labels_that_were_made(self) -> None:
        report = testing.check_classifier(kh.classifiers.bands(kh.fact.purchase_count, [3]))
        assert "pickles" not in report.left_out

    def test_time_zones_where_there_are_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(time, "tzset")
        report = testing.check_classifier(Right())
        assert report.left_out["time_zone"] == "this system can not change its time zone"

    @pytest.mark.parametrize("before", [None, "UTC0"])
    def test_the_time_zone_is_put_back(self, before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
        if before is None:
            monkeypatch.delenv("TZ", raising=False)
        else:
            monkeypatch.setenv("TZ", before)
        testing.check_classifier(Right())
        assert os.environ.get("TZ") == before


class TestTools:
    def test_an_example_shrinks_to_few_small_facts(self) -> None:
        known = kh.Facts(age=77, purchase_count=40, days_since_last_purchase=9, mean_purchase_gap=3.5,
                         extra={"nps": 8.25, "flag": True})  # fmt: skip
        assert shrunk(known, lambda facts: (facts.purchase_count or 0) > 11) == kh.Facts(purchase_count=12)
        assert shrunk(known, lambda facts: "nps" in facts.extra) == kh.Facts(extra={"nps": 0.0})
        assert shrunk(known, lambda facts: facts.extra.get("flag") is True) == kh.Facts(extra={"flag": True})
        assert shrunk(known, lambda facts: facts.mean_purchase_gap is not None) == kh.Facts(mean_purchase_gap=0.0)

    def test_what_is_watched_is_seen_however_deep(self) -> None:
        with calls(DOORS) as seen:
            print(end="")  # noqa: T201  # to be seen
            open(__file__, "rb").close()  # noqa: PTH123  # the plainest way
        assert seen == ["print()", "open()"]

    def test_a_classifier_that_asks_for_no_fact(self) -> None:
        class Same(Right):
            def classify(self, facts: kh.Facts) -> Any:
                del facts
                label = kh.Side.INTERNAL
                return kh.Classification(Outcome.MATCHED, label, frozenset({label}), frozenset({label}))

            category = kh.Side

        assert testing.check_classifier(Same()).failures == ()

    def test_other_profilers_go_on_afterwards(self) -> None:
        profiler = cProfile.Profile()
        profiler.enable()
        try:
            with calls(DOORS):
                pass
            "x".upper()
        finally:
            profiler.disable()
        assert any("upper" in str(entry.code) for entry in profiler.getstats())
