"""JSON of strangers: whatever is none, or is read otherwise by other programs, is refused, fast and with its place."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khachhang as kh
from khachhang.codec import MAX_SIZE, loads


def faults_of(text: Any, kind: Any = kh.Customer) -> dict[str, str]:
    with pytest.raises(kh.InvalidError) as caught:
        loads(text, kind)
    assert caught.value.subject == kind.__name__
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return {fault.field: fault.problem for fault in caught.value.faults}


@pytest.mark.parametrize(
    "text", ["", " ", "{", '{"id": }', "nul", "{'id': 1}", '{"id": 1,}', "\ufeff{}", '"\n"'], ids=repr
)
def test_what_is_no_json(text: str) -> None:
    assert faults_of(text)["document"].startswith("is not JSON: ")


def test_the_place_is_told_and_the_text_is_not() -> None:
    text = '{\n "name": "Nguyễn Thị Lan"\n "birth_date": "1995-04-02"}'
    with pytest.raises(kh.InvalidError) as caught:
        loads(text, kh.Person)
    assert "(line 3, column 2)" in str(caught.value)
    assert "Lan" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1258", "latin-1"])
def test_other_encodings(encoding: str) -> None:
    text = '{"name": "Công ty Đà Nẵng é"}' if encoding != "latin-1" else '{"name": "é"}'
    data = text.encode(encoding, errors="ignore")
    assert faults_of(data, kh.Organization)["document"].startswith(("is not UTF-8", "is not JSON"))


@pytest.mark.parametrize("given_text", [None, 5, bytearray(b"{}"), {}], ids=repr)
def test_what_is_no_text(given_text: Any) -> None:
    assert faults_of(given_text)["document"].endswith("is not JSON")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none(number: str) -> None:
    text = f'{{"day": "2026-01-05", "kind": "review", "score": {number}}}'
    assert faults_of(text, kh.Interaction) == {"score": f"{number} is not a number"}


def test_numbers_beyond_all_bounds() -> None:
    assert faults_of(f'{{"extra": {{"x": {"9" * 5_000}}}}}', kh.Facts) == {"extra.x": "a number of too many digits"}
    assert faults_of('{"extra": {"x": 1e999}}', kh.Facts) == {"extra.x": "the value is not a finite number"}
    assert faults_of('{"purchase_count": -1e999}', kh.Facts) == {
        "purchase_count": "a number of too many digits is not a whole number"
    }
    assert loads(f'{{"purchase_count": {"9" * 300}}}', kh.Facts).purchase_count == 10**300 - 1
    with pytest.raises(kh.InvalidError, match="purchase_count: a number of too many digits is too large"):
        kh.codec.from_dict({"purchase_count": 10**300}, kh.Facts)


def test_keys_that_stand_twice() -> None:
    text = '{"id": "1", "id": "2", "party": {"type": "Group", "name": "a"}, "ties": [{"kind": "bank", "kind": "bank"}]}'
    assert faults_of(text) == {
        "document": "the key 'id' stands here twice",
        "ties[0]": "the key 'kind' stands here twice",
    }


@pytest.mark.parametrize("text", ['"\\ud83d"', '"\\uDE00 \\uD83D"', '"\ud83d"'], ids=ascii)
def test_halves_of_surrogate_pairs(text: str) -> None:
    assert faults_of(f'{{"name": {text}}}', kh.Person) == {"name": "a text with half a surrogate pair in it"}
    assert faults_of(f'{{"name": "x", {text}: 1}}', kh.Person) == {
        "document": "a text with half a surrogate pair in it"
    }


def test_whole_surrogate_pairs_are_characters() -> None:
    assert loads('{"name": "\\ud83d\\ude42 Lan"}', kh.Person).name == "🙂 Lan"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10**6,
        '{"a":' * 10**6,
        '{"party": ' + "[" * 10**5 + "]" * 10**5 + "}",
        " " * (MAX_SIZE + 1),
        b" " * (MAX_SIZE + 1),
        "9" * 10**6,
        '"' + "x" * 10**7,
        '{"id": "1", "party": {"type": "Group", "name": "a"}, "purchases": [' + "{}," * 10**5 + "{}]}",
        "{" + ",".join(f'"k{number}": 1' for number in range(10**5)) + ', "k1": 2}',
        '{"name": "a", "gender": "' + "female" * 10**5 + '"}',
        '{"condition": ' + '{"not": ' * 400 + '{"always": true}' + "}" * 401,
    ],
    ids=[
        "lists",
        "objects",
        "within",
        "large",
        "large_bytes",
        "digits",
        "text",
        "faults",
        "keys",
        "code",
        "conditions",
    ],
)
@pytest.mark.parametrize("kind", [kh.Customer, kh.Predicate], ids=lambda kind: kind.__name__)
def test_hostile_documents_are_refused_fast(text: Any, kind: Any) -> None:
    start = time.process_time()
    faults_of(text, kind)
    assert time.process_time() - start < 4  # ordinarily a tenth of it, on a machine with nothing else to do


@given(st.text(max_size=40) | st.binary(max_size=40))
def test_any_text_at_all_is_read_or_refused(text: str | bytes) -> None:
    with suppress(kh.InvalidError):
        loads(text, kh.Need)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)))  # fmt: skip
def test_any_json_at_all_is_read_or_refused(data: Any) -> None:
    with suppress(kh.InvalidError):
        loads(json.dumps(data), kh.Need)
