"""The core needs attrs alone; each way out needs what its extra names, and nothing else."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import khachhang

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
