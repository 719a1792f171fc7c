"""Mutation testing: of small faults put into the code, one at a time, how many do the tests find?

python .ci/mutation.py [PACKAGE ...] [--minutes 60] [--sample 250]

mutmut changes what stands in functions, cosmic-ray also what is run on import (constants, decorators, properties).
Both work in copies of the tree. `.ci/mutation.toml` says of each package which tests look at it, and what share of the
mutants they have to kill; `.ci/equivalent/PACKAGE.toml` lists those that no test can tell from the code, each with the
reason: they are left out, as is what the ordinary tests do without (`# pragma: no cover`). The time is shared out among
what is still to be run. Where it does not suffice for all mutants, those are tried that a hash of their names puts
first, and the figure says how many of how many.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import json
import math
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).resolve().parent
ROOM = Path("src/khachhang")
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", ".coverage*", "__pycache__")
PROCESSES = 2
PROFILE = "--hypothesis-profile=mutation"
RAW_NAMES = "disable_test_id_escaping_and_forfeit_all_rights_to_community_support=true"
"""Or pytest would write `ợ` as `\\u1ee3`, and that as `\\\\u1ee3` when mutmut starts it again in the same process."""
LEAST_FLOOR = 95
LEAST_TRIED = 150
"""A figure on fewer mutants says too little, unless there are no more: so many are tried however long they take."""
LEAST_BATCH = 40
SPINNER = tuple("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")

KILLED = frozenset({"killed", "timeout"})
NOT_TRIED = "not checked"
KILLED_ON_IMPORT = "check was interrupted by user"
"""What mutmut makes of pytest's exit code where a module of tests cannot even be imported."""

SAME_BY_KIND = {
    "core/ReplaceComparisonOperator_Is_Eq": "what is compared by `is` equals itself alone: None, truth values, labels",
    "core/ReplaceComparisonOperator_IsNot_NotEq": "the same",
    "core/ReplaceComparisonOperator_Eq_Is": "whether equal small values are one object is a matter of the interpreter",
    "core/ReplaceComparisonOperator_NotEq_IsNot": "the same",
}
"""Operators of cosmic-ray that are left out."""
NOT_COVERED = "# pragma: no cover"
WITHOUT_EFFECT = frozenset({"overload", "abstractmethod", "cache", "lru_cache"})
"""Decorators that nobody misses when the code runs, but type checkers and clocks."""

Span: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
Equivalent: TypeAlias = dict[tuple[str, str, str], str]


class Mutant(NamedTuple):
    """One change of one place: the file and function, its lines before and after, and what the tests said."""

    where: str
    was: str
    now: str
    outcome: str

    def __str__(self) -> str:
        lines = [*(f"- {line}" for line in self.was.splitlines()), *(f"+ {line}" for line in self.now.splitlines())]
        return "\n    ".join([f"{self.where} ({self.outcome})", *lines])


class Mutmut:
    """Writes all mutants of a function beside it, and forks a process for each: many a second, but functions alone."""

    def __init__(self, package: str, given: Mapping[str, Any], work: Path) -> None:
        self._tree = copy(work / f"{package}-mutmut")
        self._files = self._tree / "mutants" / ROOM / package
        options: dict[str, str | Sequence[str]] = {
            "source_paths": ["src"],
            "only_mutate": [f"{ROOM / package}/*"],
            "also_copy": ["conftest.py"],
            "pytest_add_cli_args": [PROFILE, "-o", RAW_NAMES],
            "pytest_add_cli_args_test_selection": given["tests"],
            "process_isolation": given.get("isolation", "fork"),
            "forkserver_warmup": "none",
            "timeout_multiplier": "4",
            "timeout_constant": "10",
        }
        given_as = ((key, one if isinstance(one, str) else "\n    ".join(["", *one])) for key, one in options.items())
        text = "".join(f"\n{key} = {value}" for key, value in given_as)
        (self._tree / "setup.cfg").write_text(f"[mutmut]{text}\n", encoding="utf-8")

    def tried(self, end: float, most: int) -> tuple[list[Mutant], int]:  # noqa: ARG002  # it needs no bound but the time
        """The mutants that were tried up to a moment, and how many there are in all."""
        self._write()
        mutants = dict(self._mutants())
        waiting = sorted(mutants, key=by_chance)
        size = LEAST_TRIED
        while waiting and size >= min(LEAST_BATCH, len(waiting)):
            batch, waiting = waiting[:size], waiting[size:]
            began = time.monotonic()
            self._run(*batch)
            ended = time.monotonic()
            size = max(0, int((end - ended) / (ended - began) * len(batch) * 0.8))
        outcomes = self._outcomes()
        tried = (mutant._replace(outcome=outcomes[name]) for name, mutant in mutants.items())
        return [mutant for mutant in tried if mutant.outcome != NOT_TRIED], len(mutants)

    def _write(self) -> None:
        """Writes the mutants, and finds out which tests run which functions: all that comes before the first mutant."""
        try:
            self._run("none of them")
        except RuntimeError as error:
            if "nothing matches" not in str(error):
                raise

    def _run(self, *names: str) -> None:
        run([command("mutmut"), "run", "--max-children", str(PROCESSES), *names], self._tree)

    def _outcomes(self) -> dict[str, str]:
        lines = run([command("mutmut"), "results", "--all", "true"], self._tree).splitlines()
        found = dict(line.strip().rsplit(": ", 1) for line in lines if "__mutmut_" in line)
        return {name: "killed" if outcome == KILLED_ON_IMPORT else outcome for name, outcome in found.items()}

    def _mutants(self) -> Iterator[tuple[str, Mutant]]:
        for index in sorted(self._files.rglob("*.spans")):
            file = index.with_suffix("")
            place = file.relative_to(self._files.parent)
            left_out = Code(self._tree / ROOM / place).left_out
            module = ".".join(part for part in ("khachhang", *place.with_suffix("").parts) if part != "__init__")
            lines = file.read_text(encoding="utf-8").splitlines()
            spans = json.loads(index.read_text(encoding="utf-8"))["spans"]
            for name, (first, last) in spans.items():
                if name.endswith("__mutmut_orig"):
                    continue
                mangled = name.partition("__mutmut_")[0]
                start, end = spans[f"{mangled}__mutmut_orig"]
                function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
                short = function.rpartition(".")[2]
                before = [line.replace(f"{mangled}__mutmut_orig", short) for line in lines[start - 1 : end]]
                after = [line.replace(name, short) for line in lines[first - 1 : last]]
                was, now = changed(difflib.unified_diff(before, after, n=0))
                if not was or not left_out.issuperset(was.splitlines()):
                    yield f"{module}.{name}", Mutant(f"{place.as_posix()}: {function}", was, now, NOT_TRIED)


class CosmicRay:
    """Writes one mutant after the other into its file, and starts the tests: anything, but a few seconds each.

    Where some tests are quick, they come first, and what survives them is tried once more with all.
    """

    def __init__(self, package: str, given: Mapping[str, Any], work: Path) -> None:
        self._trees = [copy(work / f"{package}-cosmic-ray-{number}") for number in range(PROCESSES)]
        self._package = ROOM / package
        options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider", PROFILE]
        self._commands = [
            [sys.executable, "-m", "pytest", *options, *given[key]] for key in ("quick", "tests") if key in given
        ]

    def tried(self, end: float, most: int) -> tuple[list[Mutant], int]:
        """The mutants that were tried up to a moment, and how many there are in all."""
        seconds = self._configure(self._commands[0])
        run([command("cosmic-ray"), "init", "cosmic-ray.toml", "session"], self._trees[0])
        places = self._places()
        share = PROCESSES * (end - time.monotonic()) / seconds / len(self._commands)
        chosen = list(places)[: min(most, max(LEAST_TRIED, int(share)))]
        results = self._results(chosen)
        for words in self._commands[1:]:
            self._configure(words)
            results |= self._results([name for name, (outcome, _) in results.items() if outcome == "survived"])
        found = (
            Mutant(places[name], *changed(diff.splitlines()), outcome) for name, (outcome, diff) in results.items()
        )
        return list(found), len(places)

    def _configure(self, words: Sequence[str]) -> float:
        """Makes this the command that tries a mutant; how many seconds it takes for the code itself."""
        began = time.monotonic()
        run(words, self._trees[0])
        seconds = time.monotonic() - began
        lines = [
            "[cosmic-ray]",
            f"module-path = {json.dumps(self._package.as_posix())}",
            f"timeout = {10 + 4 * seconds}",
            f"test-command = {json.dumps(shlex.join(words))}",
            'distributor = { name = "local" }',
        ]
        for tree in self._trees:
            (tree / "cosmic-ray.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return seconds

    def _places(self) -> dict[str, str]:
        """Where each mutant is, by its name: all spots of the code once, then all with their next change, and so on."""
        columns = "job_id, module_path, operator_name, occurrence, start_pos_row, start_pos_col"
        with closing(sqlite3.connect(self._trees[0] / "session")) as session:
            found = session.execute(f"SELECT {columns} FROM mutation_specs").fetchall()  # noqa: S608  # the names above
        files = {path: Code(self._trees[0] / path) for _, path, *_ in found}
        kept = [
            (by_chance(f"{path} {operator} {occurrence}"), job, path, (row, column))
            for job, path, operator, occurrence, row, column in found
            if operator not in SAME_BY_KIND and files[path].is_changed(operator, (row, column))
        ]
        turns: Counter[tuple[str, tuple[int, int]]] = Counter()
        order = []
        for key, job, path, spot in sorted(kept):
            order.append((turns[path, spot], key, job, path, spot[0]))
            turns[path, spot] += 1
        return {job: files[path].where(row) for _, _, job, path, row in sorted(order)}

    def _results(self, jobs: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The outcome and the difference of each of some mutants, by its name."""
        found: dict[str, tuple[str, str]] = {}
        with ThreadPoolExecutor() as pool:
            parts = [jobs[number::PROCESSES] for number in range(PROCESSES)]
            for results in pool.map(self._part, self._trees, parts):
                found.update(results)
        return found

    def _part(self, tree: Path, jobs: Sequence[str]) -> dict[str, tuple[str, str]]:
        """The same, tried in one of the copies."""
        part = shutil.copy(self._trees[0] / "session", tree / "part")
        with closing(sqlite3.connect(part)) as session, session:
            session.execute("CREATE TEMPORARY TABLE chosen (job_id)")
            session.executemany("INSERT INTO chosen VALUES (?)", [(job,) for job in jobs])
            for table in ("mutation_specs", "work_items"):
                session.execute(f"DELETE FROM {table} WHERE job_id NOT IN chosen")  # noqa: S608  # the two names above
        run([command("cosmic-ray"), "exec", "cosmic-ray.toml", "part"], tree)
        with closing(sqlite3.connect(part)) as session:
            rows = session.execute("SELECT job_id, test_outcome, diff FROM work_results").fetchall()
        return {job: (outcome.lower(), diff) for job, outcome, diff in rows}


class Code:
    """What the syntax of a file says about its spots: rows from 1, columns from 0 in characters."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines = file.read_text(encoding="utf-8").splitlines()
        self._tree = ast.parse("\n".join(self._lines))
        nodes = list(ast.walk(self._tree))
        self._not_run = [self._span(part) for node in nodes for part in not_run(node)]
        self._operators = [span for node in nodes for span in self._operator(node)]
        self._rows_left_out = {row for node in nodes for row in self._left_out(node)}
        self.left_out = {self._lines[row - 1].strip() for row in self._rows_left_out}
        """The lines that the ordinary tests do without, in the words of the code: other steps of CI run them."""

    def _left_out(self, node: Any) -> range:
        """The rows of a block that the ordinary tests do without."""
        if not isinstance(node, ast.FunctionDef | ast.If | ast.For | ast.match_case):
            return range(0)
        first = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        head = self._lines[first - 1 : max(first, node.body[0].lineno - 1)]
        return (
            range(first, (node.body[-1].end_lineno or first) + 1)
            if any(NOT_COVERED in line for line in head)
            else range(0)
        )

    def _span(self, node: Any) -> Span:
        ends = ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))  # columns in bytes
        first, last = ((row, len(self._lines[row - 1].encode()[:column].decode())) for row, column in ends)
        return first, last

    def _operator(self, node: ast.AST) -> Iterator[Span]:
        match node:
            case ast.BinOp(left=left, right=right) | ast.AugAssign(target=left, value=right):
                yield self._span(left)[1], self._span(right)[0]
            case _:
                pass

    def is_changed(self, operator: str, spot: tuple[int, int]) -> bool:
        """Whether an operator of cosmic-ray changes at a spot what the code does."""
        if operator.startswith("core/ReplaceBinaryOperator") and not is_within(self._operators, spot):
            return False  # the star of `*given`: what comes out is no Python
        decorator = self._lines[spot[0] - 1].strip().removeprefix("@").partition("(")[0]
        if decorator in WITHOUT_EFFECT or spot[0] in self._rows_left_out:
            return False
        return not is_within(self._not_run, spot)

    def where(self, row: int) -> str:
        """The file, with the class, function or method around a row; of functions in functions the outermost."""
        names: list[str] = []
        body: Sequence[ast.stmt] = self._tree.body
        while around := [
            node for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef) and row in rows(node)
        ]:
            names.append(around[0].name)
            body = around[0].body if isinstance(around[0], ast.ClassDef) else []
        place = self._file.as_posix().partition(f"/{ROOM.as_posix()}/")[2]
        return f"{place}: {'.'.join(names)}" if names else place


def rows(node: ast.ClassDef | ast.FunctionDef) -> range:
    """The rows of a definition, with its decorators."""
    first = min(each.lineno for each in (node, *node.decorator_list))
    return range(first, (node.end_lineno or first) + 1)


def not_run(node: ast.AST) -> Iterator[ast.AST]:
    """What type checkers alone read, since annotations are not evaluated."""
    match node:
        case ast.arg(annotation=ast.AST() as found) | ast.FunctionDef(returns=ast.AST() as found):
            yield found
        case ast.AnnAssign(annotation=ast.Name("TypeAlias")) | ast.If(test=ast.Name("TYPE_CHECKING")):
            yield node
        case ast.AnnAssign(annotation=found):
            yield found
        case _:
            pass


def is_within(spans: Iterable[Span], spot: tuple[int, int]) -> bool:
    """Whether a spot lies in one of some spans."""
    return any(first <= spot < last for first, last in spans)


def by_chance(name: str) -> str:
    """A key that sorts names into an order that is always the same, and has nothing to do with them."""
    return hashlib.sha256(name.encode()).hexdigest()


def stripped(text: str) -> str:
    """The lines of a text without what stands before and after them."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def changed(difference: Iterable[str]) -> tuple[str, str]:
    """What a unified difference takes away, and what it brings."""
    lines = [line for line in difference if not line.startswith(("---", "+++"))]
    was, now = ("\n".join(line[1:] for line in lines if line.startswith(sign)) for sign in "-+")
    return stripped(was), stripped(now)


def copy(to: Path) -> Path:
    """A copy of the tree."""
    return Path(shutil.copytree(HERE.parent, to, ignore=NOT_COPIED))


def command(name: str) -> str:
    """A command of the environment that this script runs in."""
    return str(Path(sys.executable).with_name(name))


def run(words: Sequence[str], tree: Path) -> str:
    """What a command says that works in a copy of the tree, and with its code."""
    own = {"PYTHONPATH": str(tree / "src"), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "CI": "true"}
    environment = os.environ | own
    done = subprocess.run(words, cwd=tree, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    if done.returncode:
        said = [line for line in f"{done.stdout}\n{done.stderr}".splitlines() if not line.startswith(SPINNER)]
        message = f"{shlex.join(words[:4])} failed\n" + "\n".join(line[:500] for line in said[-60:])
        raise RuntimeError(message)
    return done.stdout


TOOLS: dict[str, type[Mutmut | CosmicRay]] = {"cosmic-ray": CosmicRay, "mutmut": Mutmut}


class Figure(NamedTuple):
    """What one tool found on one package."""

    package: str
    tool: str
    floor: int
    mutants: list[Mutant]
    total: int
    equivalent: Equivalent

    @property
    def survivors(self) -> list[Mutant]:
        return [each for each in self.mutants if each.outcome not in KILLED and each[:3] not in self.equivalent]

    def lines(self) -> Iterator[str]:
        """The survivors, then the figure itself."""
        yield from map(str, self.survivors)
        counts = Counter(each.outcome for each in self.mutants)
        killed = sum(counts[outcome] for outcome in KILLED)
        counted = killed + len(self.survivors)
        share = math.floor(1000 * killed / max(counted, 1)) / 10  # 94.96 is not 95
        yield (
            f"figure: mutation, {self.package}, {self.tool}: {share} % of {counted} mutants killed "
            f"(at least {self.floor}); {len(self.mutants)} of {self.total} tried, {counts['timeout']} without an end, "
            f"{len(self.mutants) - counted} equivalent"
        )

    def faults(self) -> Iterator[str]:
        """Why the figure does not do."""
        killed = sum(each.outcome in KILLED for each in self.mutants)
        if killed * 100 < self.floor * (killed + len(self.survivors)):
            yield "below its floor"
        if len(self.mutants) < min(LEAST_TRIED, self.total):
            yield f"too few were tried: give it more time, or a larger sample than {len(self.mutants)}"
        for each in self.mutants:
            if each.outcome == "killed" and each[:3] in self.equivalent:
                yield f"listed as equivalent, but killed: {each}"


def equivalents(package: str) -> Equivalent:
    """The reason why no test can tell a mutant from the code, by the place and the change."""
    file = HERE / "equivalent" / f"{package}.toml"
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    listed = tomllib.loads(text).get("mutant", [])
    return {(each["where"], stripped(each["was"]), stripped(each["now"])): each["why"] for each in listed}


def left_over(listed: Equivalent, figures: Sequence[Figure]) -> Iterator[str]:
    """What is listed as equivalent, and is no mutant of the code as it stands."""
    met = {each[:3] for figure in figures for each in figure.mutants}
    are_all = len(figures) == len(TOOLS) and all(len(figure.mutants) == figure.total for figure in figures)
    for place, was, now in listed:
        file = HERE.parent / ROOM / place.partition(":")[0]
        text = stripped(file.read_text(encoding="utf-8")) if file.is_file() else ""
        if f"\n{was}\n" not in f"\n{text}\n" or (are_all and (place, was, now) not in met):
            yield f"listed as equivalent, but no mutant: {Mutant(place, was, now, 'listed')}"


def main() -> int:
    """Runs the tools on the packages, and prints their figures, then what does not do."""
    packages: dict[str, dict[str, Any]] = tomllib.loads((HERE / "mutation.toml").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(description="Prints for each package what share of its mutants the tests kill.")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(packages), default=[])
    parser.add_argument("--minutes", type=float, default=60, help="for everything together (60)")
    parser.add_argument("--sample", type=int, default=250, help="mutants of cosmic-ray for each package, at most (250)")
    parser.add_argument("--tool", choices=TOOLS, action="append", help="one of the tools alone")
    given = parser.parse_args()
    runs = [(package, tool) for package in given.packages or packages for tool in given.tool or TOOLS]
    end = time.monotonic() + 60 * given.minutes
    faults: list[str] = []
    figures: list[Figure] = []
    for number, (package, tool) in enumerate(runs):
        floor, listed = packages[package][tool], equivalents(package)
        now = time.monotonic()
        with tempfile.TemporaryDirectory() as work:
            makes = TOOLS[tool](package, packages[package], Path(work))
            mutants, total = makes.tried(now + (end - now) / (len(runs) - number), given.sample)
        figure = Figure(package, tool, floor, mutants, total, listed)
        print("\n".join(figure.lines()), f"({time.monotonic() - now:.0f} s)", flush=True)
        figures.append(figure)
        faults += [f"{package}, {tool}: {fault}" for fault in figure.faults()]
    for package in dict(runs):
        own = [figure for figure in figures if figure.package == package]
        faults += [f"{package}: {fault}" for fault in left_over(equivalents(package), own)]
    faults += [
        f"{package}: no floor is below {LEAST_FLOOR}" for package, tool in runs if packages[package][tool] < LEAST_FLOOR
    ]
    print("\n".join(faults) or "the tests find enough")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
