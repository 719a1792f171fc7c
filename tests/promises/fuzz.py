"""Fuzzing with coverage as the guide: documents, grids, names and identifiers, mutated from valid ones.

``python tests/promises/fuzz.py SECONDS`` needs atheris (the extra dev-fuzz). Whatever is given: a result, or an error of
ours; a table that can be read answers the same by generated code and by the interpreter; and what was read is written
and read back equal. It exits with 0 where nothing was found, with 1 where something was (the input is printed, made as
small as can be), and with 2 where atheris is not installed.
"""

from __future__ import annotations

import importlib
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEAD = b"\n"
"""Parts the name of a target from what it is given."""
_LONGEST = 20_000
_NASTY: tuple[Any, ...] = (
    None, True, 0, -1, 10**20, 10**400, 1.5, float("nan"), float("inf"), "", "x", "\ud800", "\u202e", "\x00", "9" * 400,
    "0.1", "1e400", "2026-01-05", "0001-01-01", "9999-12-31", [], {}, [[]], {"all": []}, {"not": {"always": True}},
)  # fmt: skip


def read_and_written(kind: type[Any], text: str) -> None:
    """A document of a type; where it can be read it is written and read back equal."""
    from khachhang import codec  # noqa: PLC0415  # after it is instrumented

    made = codec.loads(text, kind)
    if codec.loads(codec.dumps(made), kind) != made:
        problem = f"{kind.__name__}: what was written was not read back equal"
        raise AssertionError(problem)


def both_ways(table: Any, known: list[Any]) -> None:
    """Generated code and the interpreter, on every record."""
    from khachhang.errors import OverlapError  # noqa: PLC0415  # after it is instrumented
    from khachhang.rules import interpreter  # noqa: PLC0415  # after it is instrumented

    def answer(ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except OverlapError:
            return OverlapError

    for facts in known:
        expected = answer(lambda facts=facts: interpreter.classify(table, facts))  # type: ignore[misc]  # a default
        if answer(lambda facts=facts: table.classify(facts)) != expected:  # type: ignore[misc]  # a default
            problem = f"generated code and interpreter disagree on {facts!r}"
            raise AssertionError(problem)
        if expected is not OverlapError and table.label(facts) != expected.label:
            problem = f"label and interpreter disagree on {facts!r}"
            raise AssertionError(problem)


def targets() -> tuple[dict[str, Callable[[str], None]], list[bytes]]:
    """What is fuzzed by name, and the corpus."""
    import khachhang as kh  # noqa: PLC0415  # after it is instrumented
    from khachhang import classifiers, codec, identity, names  # noqa: PLC0415  # after it is instrumented

    cuts: dict[str, Any] = {"cuts": [10, 20, 30, 40], "currency": "VND"}
    money: list[Any] = [
        classifiers.income_band(classifiers.IncomeBandPolicy(**cuts)),
        classifiers.financial_tier(classifiers.FinancialTierPolicy(**cuts)),
    ]
    tables = [*(table for table in kh.templates.general if isinstance(table, kh.DecisionTable)), *money]
    lan = kh.Customer(
        "KH-1",
        kh.Person("Nguyễn Thị Lan", birth_date=date(1990, 2, 28), monthly_income=7, styles=kh.StyleScores(1, 2, 3, 4)),
        purchases=[kh.Purchase(date(2026, 1, 5), 250, list_amount=300, purpose="self")],
        interactions=[kh.Interaction(date(2026, 1, 5), "survey", score=9)],
        ties=[kh.Tie("bank", until=date(2026, 1, 1))],
        need=kh.Need(has_need=True),
    )
    facts = kh.facts_of(lan, as_of=date(2026, 6, 30))
    known = [kh.Facts(), facts, facts.assuming(kh.RECORDED_IS_ALL), kh.Facts(age=15), kh.Facts(purchase_count=5)]
    objects = [
        lan,
        facts,
        kh.Business("Sông Hồng"),
        classifiers.BenefitPolicy(),
        *tables,
        kh.classify(lan, as_of=date.max),
    ]
    found: dict[str, Callable[[str], None]] = {}
    corpus: list[bytes] = []

    def table_of(category: type[Any]) -> Callable[[str], None]:
        def read(text: str) -> None:
            both_ways(kh.DecisionTable.from_dict(json.loads(text), category=category), known)

        return read

    def grid_of(table: Any) -> Callable[[str], None]:
        def read(text: str) -> None:
            rows = json.loads(text)
            both_ways(kh.DecisionTable.from_grid(rows, name=table.name, category=table.category, hit=table.hit), known)

        return read

    for table in tables:
        found[f"table {table.name}"] = table_of(table.category)
        corpus.append(_input(f"table {table.name}", json.dumps(table.to_dict())))
        found[f"grid {table.name}"] = grid_of(table)
        with suppress(kh.TableDocumentError):  # its rules make rows that overlap
            corpus.append(_input(f"grid {table.name}", json.dumps(table.to_grid())))
    for made in objects:
        kind = type(made)
        found[f"codec {kind.__name__}"] = lambda text, kind=kind: read_and_written(kind, text)  # type: ignore[misc]
        corpus.append(_input(f"codec {kind.__name__}", codec.dumps(made)))
    texts: dict[str, tuple[Callable[[str], Any], str]] = {
        "canonical": (names.canonical, "Nguyễn  Thị Lan"),
        "search_key": (names.search_key, "Đỗ Thị Hoà"),
        "parts": (names.parts, "Tôn Nữ Thị Ước"),
        "sort_key": (names.sort_key, "Trần Văn Bình"),
        "same": (lambda text: names.same(*text.partition("|")[::2]), "Nguyễn Thị Lan|nguyễn thị lan"),
        "citizen_number": (identity.citizen_number, "001190000001"),
        "tax_code": (identity.tax_code, "0100109106"),
        "phone": (identity.phone, "0912 345 678"),
        "email": (identity.email, "lan@example.vn"),
    }
    for name, (ask, example) in texts.items():
        found[f"text {name}"] = ask
        corpus.append(_input(f"text {name}", example))
    return found, corpus


def _input(target: str, text: str) -> bytes:
    return target.encode() + _HEAD + text.encode("utf-8", "surrogatepass")


def places(document: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a document."""
    yield path
    inner = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in inner:
        yield from places(value, (*path, key))


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy with another value at one place; without the place where the value is `_GONE`."""
    if not path:
        return None if value is _GONE else value
    copy = document.copy()
    key, *rest = path
    if value is _GONE and not rest:
        del copy[key]
    else:
        copy[key] = changed(document[key], tuple(rest), value)
    return copy


_GONE = object()


def edited(document: Any, choice: random.Random) -> Any:
    """A document with one change of its structure."""
    path = choice.choice(list(places(document)))
    part = at(document, path)
    match choice.randrange(6):
        case 0:
            return changed(document, path, _GONE)
        case 1:
            return changed(document, path, choice.choice(_NASTY))
        case 2:  # what stands elsewhere
            return changed(document, path, at(document, choice.choice(list(places(document)))))
        case 3 if isinstance(part, list):
            return changed(document, path, part * 2)
        case 4 if isinstance(part, (int, float)) and not isinstance(part, bool):
            return changed(document, path, part + choice.choice((-1, 1, 0.5, 10**9)))
        case _:
            return changed(document, path, [part] if choice.random() < 1 / 2 else {"not": part})


def mutated(data: bytes, longest: int, seed: int) -> bytes:
    """A mutation by structure where the text is JSON; else one by bytes."""
    atheris = importlib.import_module("atheris")
    choice = random.Random(seed)  # noqa: S311  # libFuzzer gives the seed
    head, _, body = data.partition(_HEAD)
    if choice.random() < 4 / 5:
        try:
            document = json.loads(body)
            for _ in range(choice.choice((1, 1, 2, 4))):
                document = edited(document, choice)
            made = head + _HEAD + json.dumps(document).encode()
        except (ValueError, OverflowError, RecursionError, TypeError):
            pass
        else:
            return made if len(made) <= longest else data
    mutation: bytes = atheris.Mutate(body, max(1, longest - len(head) - 1))
    return head + _HEAD + mutation


def smallest(target: Callable[[str], None], text: str) -> str:
    """A document without all that the failure does not need."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text
    shrunk = True
    while shrunk:
        shrunk = False
        for path in list(places(document))[1:]:
            smaller = changed(document, path, _GONE)
            if fails(target, json.dumps(smaller)) is not None:
                document, shrunk = smaller, True
                break
    return json.dumps(document)


def fails(target: Callable[[str], None], text: str) -> Exception | None:
    """What is wrong, beside an error of ours."""
    from khachhang.errors import KhachhangError  # noqa: PLC0415  # after it is instrumented

    try:
        target(text)
    except KhachhangError as error:
        str(error)
        repr(error)
    except json.JSONDecodeError:
        return None  # of our own reading of tables, for which a parsed document is wanted
    except Exception as error:  # noqa: BLE001  # that there is none is what is asserted
        return error
    return None


def fuzz(seconds: int, corpus_folder: str) -> None:
    """Run in a process of its own, which libFuzzer ends."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["khachhang"]):
        found, corpus = targets()
    for number, example in enumerate(corpus):
        (Path(corpus_folder) / f"{number:03}").write_bytes(example)

    def once(data: bytes) -> None:
        head, _, body = data.partition(_HEAD)
        target = found.get(head.decode("utf-8", "replace"))
        text = body.decode("utf-8", "surrogatepass" if body.isascii() else "replace")
        if target is None or (wrong := fails(target, text)) is None:
            return
        small = smallest(target, text)
        sys.stdout.write(f"failure: {head.decode()}: {type(wrong).__name__}: {wrong}\ninput: {small!r}\n")
        sys.stdout.flush()
        raise wrong

    options = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=60", "-rss_limit_mb=4096",
               "-print_final_stats=1", f"-artifact_prefix={corpus_folder}/failed-"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, corpus_folder], once, custom_mutator=mutated)
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Start the run, wait for its end, and tell what came of it."""
    match arguments:
        case [seconds] if seconds.isdecimal():
            pass
        case [seconds, folder]:
            fuzz(int(seconds), folder)
            return 0
        case _:
            sys.stdout.write("usage: python tests/promises/fuzz.py SECONDS\n")
            return 2
    try:
        importlib.import_module("atheris")
    except ModuleNotFoundError:
        sys.stdout.write("fuzzing needs atheris, which is not installed: pip install -e '.[dev-fuzz]'\n")
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, seconds, folder]
        run = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # ourselves
    told = run.stderr.decode("utf-8", "replace")
    if run.returncode:
        sys.stdout.write(run.stdout.decode("utf-8", "replace") or told[-4_000:])
        return 1
    executed = re.search(r"number_of_executed_units: (\d+)", told)
    count = int(executed[1]) if executed else 0
    if not count:
        sys.stdout.write(f"nothing was run\n{told[-4_000:]}")
        return 1
    sys.stdout.write(f"figure: fuzzing, atheris: {count} inputs in {time.monotonic() - began:.0f} s, no failure\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
