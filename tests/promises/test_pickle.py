"""What is public is pickled by one process and read by another, on another Python as well."""

from __future__ import annotations

import io
import os
import pickle
import shlex
import subprocess
import sys
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from tests.codec.examples import EXAMPLES
from tests.laws.test_codec_laws import PUBLIC
from tests.strategies import TABLES
from tests.test_package import RAISED

import khachhang as kh
from khachhang import classifiers, names, testing

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

HERE = [sys.executable]
OTHER = shlex.split(os.environ.get("KHACHHANG_OTHER_PYTHON", ""))
"""The command of another Python that has the library; CI gives the oldest and the newest to each other."""

AGAIN = """\
import pickle, sys
values = pickle.loads(sys.stdin.buffer.read())
shown = [(sorted(ascii(value)), getattr(value, "version", None)) for value in values]
sys.stdout.buffer.write(pickle.dumps((sys.version, values, shown)))
"""
"""Reads values, says what they are, and writes them anew. Sets have another order there, and other letters are printed."""

LEFT_OUT = {
    kh.Classifier: "a protocol",
    type(kh.fact): "there is one catalogue in each process",
    kh.frames.Rfm: "it holds dataframes, which their engine pickles",
}


def some(strategy: SearchStrategy[Any]) -> list[Any]:
    """A few examples, the same in every run."""
    found: list[Any] = []

    @settings(max_examples=5, database=None, derandomize=True)
    @given(strategy)
    def take(value: Any) -> None:
        found.append(value)

    take()
    return found


def everything() -> list[Any]:
    """Something of every public type, and what its methods give."""
    lan = kh.Customer("KH-1", kh.Person("Lan", birth_date=date(1990, 1, 1)))
    benefit = classifiers.benefit()
    known = kh.Facts(
        purchase_count=3, days_since_last_purchase=5, unresolved_complaint_count=0, negative_review_count=0
    )
    with pytest.raises(testing.ClassifierFailed) as failed:
        testing.check_classifier(
            classifiers.age_band(), like=classifiers.age_band(classifiers.AgeBandPolicy(youth_from=14))
        )
    return [
        *(value for strategy in EXAMPLES.values() for value in some(strategy)),
        *(label for kind in PUBLIC.values() if issubclass(kind, Enum) for label in kind),
        *RAISED,
        kh.KhachhangWarning("x"),
        failed.value,
        failed.value.report,
        *failed.value.report.failures,
        *kh.conflicts(lan, attrs.evolve(lan, previous_brand="x", party=kh.Person("Lan", birth_date=date(1991, 1, 1)))),
        names.parts("Nguyễn Thị Lan"),
        kh.identity.read_citizen_number(kh.identity.citizen_number("001190000001")),
        *benefit.verify().overlaps,
        *benefit.diff(classifiers.benefit(classifiers.BenefitPolicy(loyal_min_purchases=9))),
        *benefit.paths_to(kh.Benefit.LOYAL, known),
        kh.fact.custom("nps", int, low=0, high=10) >= 9,
    ]


def same(one: Any, other: Any) -> bool:
    """Equal, and of one type; errors have no equality, so what they say and hold counts."""
    if isinstance(one, (Exception, testing.Report)):
        return type(one) is type(other) and str(one) == str(other)
    return type(one) is type(other) and bool(one == other)


@pytest.fixture(scope="module")
def values() -> list[Any]:
    return everything()


def test_there_is_something_of_every_public_type(values: list[Any]) -> None:
    found = {base for value in values for base in type(value).__mro__}
    assert set(PUBLIC.values()) - found == set(LEFT_OUT)


@pytest.mark.parametrize("python", [HERE, OTHER], ids=["another process", "another Python"])
def test_what_one_process_pickles_another_reads_and_the_other_way_round(python: list[str], values: list[Any]) -> None:
    if not python:
        pytest.skip("there is no other Python: give its command as KHACHHANG_OTHER_PYTHON")
    environment = os.environ | {"PYTHONHASHSEED": "1"}
    done = subprocess.run(  # noqa: S603  # our own
        [*python, "-c", AGAIN], check=True, input=pickle.dumps(values), stdout=subprocess.PIPE, env=environment
    )
    version, read, shown = pickle.loads(done.stdout)

    assert (version == sys.version) is (python is HERE)
    assert [one for one, other in zip(values, read, strict=True) if not same(one, other)] == []
    assert shown == [(sorted(ascii(value)), getattr(value, "version", None)) for value in values]


class Watching(pickle.Unpickler):
    """Notes what a pickle asks Python for."""

    asked: set[str]

    def find_class(self, module: str, name: str) -> Any:
        """One class or function."""
        self.asked.add(f"{module}.{name}")
        return super().find_class(module, name)


def test_a_pickle_asks_for_nothing_but_plain_classes(values: list[Any]) -> None:
    reading = Watching(io.BytesIO(pickle.dumps(values)))
    reading.asked = set()
    reading.load()
    others = {name for name in reading.asked if name.partition(".")[0] not in {"khachhang", "datetime", "decimal"}}
    assert others <= {f"builtins.{name}" for name in ("bool", "float", "frozenset", "getattr", "int", "set", "str")}


def test_a_table_in_use_is_pickled_as_a_new_one_without_its_code() -> None:
    for table in TABLES:
        fresh = attrs.evolve(table)
        written = pickle.dumps(fresh)
        for known in testing.cover(fresh):
            fresh.classify(known)
            fresh.label(known)
            fresh.explain(known, "vi")
        fresh.verify().gaps  # what was found is kept
        assert pickle.dumps(fresh) == written
