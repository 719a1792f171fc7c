"""The core needs attrs alone; each way out needs what its extra names, and nothing else."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import khachhang

PROJECT = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
PACKAGE = Path(khachhang.__file__).parent
EXTRAS = {
    "_hypothesis": {"hypothesis"},
    "advice": {"scipy"},
    # Beside narwhals the engine in use, for what narwhals can not do: it is loaded already.
    "frames": {"narwhals", "pandas", "ibis", "duckdb"},
    "codec": {"cattrs"},
    "identity": {"email_validator", "phonenumbers", "stdnum"},
    "charts": {"altair", "narwhals"},
    "testing": {"hypothesis"},
}
ALLOWED = sys.stdlib_module_names | {"attrs", "khachhang"}


def room_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_by(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: line {node.lineno} imports by dots; write the full name"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_it_may(file: Path) -> None:
    assert set(imported_by(file)) <= ALLOWED | EXTRAS.get(room_of(file), set())


@pytest.mark.parametrize("extra", [None, *tomllib.loads(PROJECT)["project"]["optional-dependencies"]])
def test_what_is_required_has_a_lower_bound_and_no_upper_one_without_a_reason(extra: str | None) -> None:
    project = tomllib.loads(PROJECT)["project"]
    required = project["dependencies"] if extra is None else project["optional-dependencies"][extra]
    for requirement in required:
        plain = re.fullmatch(r"khachhang\[.+\]|[\w.-]+(\[.+\])?>=[\d.]+", requirement)
        stubs = extra == "dev-lint" and re.fullmatch(r"[\w-]*(stubs|types)[\w-]*", requirement)
        reason = re.search(re.escape(f'"{requirement}"') + r".*# \S", PROJECT)
        assert plain or stubs or reason, f"{requirement}: a lower bound alone, or a comment that says why not"


def test_python_has_no_upper_bound() -> None:
    assert re.fullmatch(r">=[\d.]+", tomllib.loads(PROJECT)["project"]["requires-python"])
