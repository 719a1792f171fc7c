"""Prints the oldest versions that extras allow, as pins for pip: ``python .ci/oldest.py all dev-test``.

What is required twice is pinned to the older bound. Python from 3.11 on, and nothing else, is needed to run it.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_OWN = re.compile(rf"{PROJECT['name']}\[(?P<extras>.+)\]")
_BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<extras>\[.+?\])?>=(?P<version>[0-9.]+)(,<.+)?")


def required(extras: list[str]) -> Iterator[re.Match[str]]:
    """Every requirement of the package itself and of some of its extras."""
    known = PROJECT["optional-dependencies"]
    for requirement in [*PROJECT["dependencies"], *(line for extra in extras for line in known[extra])]:
        if own := _OWN.fullmatch(requirement):
            yield from required(own["extras"].split(","))
        elif bound := _BOUND.fullmatch(requirement):
            yield bound


def pins(extras: list[str]) -> list[str]:
    """The lowest bound of each package."""
    oldest: dict[str, tuple[tuple[int, ...], str]] = {}
    for bound in required(extras):
        version = tuple(map(int, bound["version"].split(".")))
        pin = version, f"{bound['name']}{bound['extras'] or ''}=={bound['version']}"
        oldest[bound["name"]] = min(pin, oldest.get(bound["name"], pin))
    return sorted(pin for _, pin in oldest.values())


if __name__ == "__main__":
    print(*pins(sys.argv[1:]))
