"""Hypothesis makes our entities with nothing imported but itself: through its entry point."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import khachhang

ROOT = Path(__file__).parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["hypothesis"]
TYPES = ("Business", "Contact", "Customer", "Facts", "Group", "Identifier", "Interaction", "Need", "Organization",
         "Person", "Purchase", "StyleScores", "Tie")  # fmt: skip


@pytest.fixture
def installed(tmp_path: Path) -> str:
    """A folder in which this very package is installed, as far as its entry points go."""
    info = tmp_path / "khachhang_entry-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: khachhang-entry\nVersion: 0\n", encoding="utf-8")
    lines = [f"{name} = {place}" for name, place in DECLARED.items()]
    (info / "entry_points.txt").write_text("\n".join(["[hypothesis]", *lines]), encoding="utf-8")
    return str(tmp_path)


def run(code: str, folder: str) -> str:
    source = Path(khachhang.__file__).parents[1]
    start = f"import sys; sys.path[:0] = [{folder!r}, {str(source)!r}]\n"
    done = subprocess.run([sys.executable, "-c", start + code], check=False, capture_output=True, text=True)  # noqa: S603  # our own
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_entity_has_a_strategy_by_its_type(installed: str) -> None:
    code = f"""
from hypothesis import HealthCheck, given, settings, strategies as st
import khachhang as kh

assert "khachhang.testing" not in sys.modules
kinds = [getattr(kh, name) for name in {TYPES!r}]

@settings(max_examples=20, database=None, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.tuples(*map(st.from_type, kinds)), st.tuples(*map(st.builds, kinds)),
       st.builds(kh.Purchase, amount=st.just(7)))
def test(made, built, purchase):
    assert [type(one) for one in made] == [type(one) for one in built] == kinds
    assert purchase.amount == 7
    names.add(made[kinds.index(kh.Person)].name)

def pair(customer: kh.Customer, purchase: kh.Purchase):
    return type(customer), type(purchase)

@given(st.builds(pair))
def test_of_arguments(both):
    assert both == (kh.Customer, kh.Purchase)

test_of_arguments()
names = set()
test()
from khachhang.testing._vietnamese import people
assert names and names <= set(people()), names
print(len(kinds))
"""
    assert run(code, installed) == "13\n"


def test_whoever_is_imported_first(installed: str) -> None:
    for first in ("khachhang", "khachhang.testing", "hypothesis"):
        code = f"""
import {first}
import khachhang as kh
from hypothesis import find, strategies as st
print(find(st.from_type(kh.Person), lambda person: True).name)
"""
        assert run(code, installed) == "Nguyễn Thị Lan\n"


def test_the_core_does_not_import_hypothesis_and_hypothesis_not_the_kit(installed: str) -> None:
    code = """
import khachhang
assert "hypothesis" not in sys.modules
import hypothesis
assert "khachhang._hypothesis" in sys.modules and "khachhang.testing" not in sys.modules
khachhang.testing.persons
print("ok")
"""
    assert run(code, installed) == "ok\n"


@pytest.mark.parametrize("how", ["import khachhang; khachhang.testing", "import khachhang.testing",
                                 "from khachhang import testing"])  # fmt: skip
def test_without_hypothesis_the_error_says_what_to_install(how: str, tmp_path: Path) -> None:
    code = f"""
sys.modules["hypothesis"] = None
import khachhang
try:
    {how}
except khachhang.MissingExtraError as error:
    print(error)
"""
    said = run(code, str(tmp_path))
    assert (
        said == "khachhang.testing needs 'hypothesis', which is not installed\nHint: pip install 'khachhang[testing]'\n"
    )


def test_another_fault_of_an_import_is_not_hidden(tmp_path: Path) -> None:
    (tmp_path / "hypothesis").mkdir()
    (tmp_path / "hypothesis" / "__init__.py").write_text("import no_such_package\n", encoding="utf-8")
    code = """
try:
    import khachhang.testing
except ModuleNotFoundError as error:
    print(error.name)
"""
    assert run(code, str(tmp_path)) == "no_such_package\n"
