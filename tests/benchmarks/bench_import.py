"""`import khachhang` against `import attrs`: CPU time of the statement in a fresh interpreter."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

MODULES = ("attrs", "khachhang")
GOAL = 2.5
ROUNDS = 31
_CODE = "import time; start = time.process_time(); import {module}; print(time.process_time() - start)"


def seconds(module: str, cache: str) -> float:
    """What importing a module takes where nothing but the interpreter's own modules is loaded."""
    command = [sys.executable, "-c", _CODE.format(module=module)]
    # Byte code is kept, as it is where a package is installed, whatever the surroundings say.
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": cache}
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=surroundings).stdout)


def main() -> None:
    """Print the ratio."""
    taken: dict[str, list[float]] = {module: [] for module in MODULES}
    with tempfile.TemporaryDirectory() as cache:
        for module in MODULES:
            seconds(module, cache)  # so that byte code is there
        for _ in range(ROUNDS):
            for module in MODULES:
                taken[module].append(seconds(module, cache))
    medians = {module: statistics.median(times) for module, times in taken.items()}
    ratio = medians["khachhang"] / medians["attrs"]
    print(f"Python {sys.version.split()[0]}")
    for module, median in medians.items():
        print(f"import {module:12} {1000 * median:8.1f} ms {median / medians['attrs']:6.2f}")
    print(f"goal {GOAL}: {'met' if ratio <= GOAL else 'MISSED'}")


if __name__ == "__main__":
    main()
