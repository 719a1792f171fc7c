"""Vietnamese names: comparison, search, parts and order."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khachhang as kh
from khachhang.testing._vietnamese import hostile, people

if TYPE_CHECKING:
    from random import Random

NAMES = st.sampled_from([*people(), *hostile()]) | st.text()
VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

# All twelve vowels under all six tones, as the Vietnam Lexicography Centre prints them in a row.
PRINTED = list("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz")

LISTED = ["Nguyễn Văn An", "Trần Bảo An", "Trần Văn An", "Vũ Ân", "Lê Thị Bình", "Bùi Đào", "An Hoà"]


def spelt_otherwise(name: str) -> list[str]:
    """The same name in other Unicode forms and with other spaces."""
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    return [*forms, *(f" {form}\n".replace(" ", "\u00a0 ") for form in forms)]


class TestComparison:
    @given(NAMES)
    def test_unicode_form_and_spaces_do_not_matter(self, name: str) -> None:
        for other in spelt_otherwise(name):
            assert kh.names.same(name, other)
            assert kh.names.canonical(other) == kh.names.canonical(name)
            assert kh.names.search_key(other) == kh.names.search_key(name)
            assert kh.names.sort_key(other) == kh.names.sort_key(name)
            assert kh.names.parts(other) == kh.names.parts(name)

    @pytest.mark.parametrize(
        ("name", "other"), [("Lan", "Lân"), ("Lan", "LAN"), ("Hoà", "Hòa"), ("Đô", "Dô"), ("Lan", "")]
    )
    def test_letters_marks_and_capitals_do(self, name: str, other: str) -> None:
        assert not kh.names.same(name, other)

    @given(NAMES)
    def test_the_canonical_form_is_its_own(self, name: str) -> None:
        form = kh.names.canonical(name)
        assert kh.names.canonical(form) == form
        assert unicodedata.is_normalized("NFC", form)
        assert form.split() == form.split(" ") or not form


class TestSearch:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Nguyễn Thị Đào", "nguyen thi dao"),
            ("ĐẶNG  ƯỚC", "dang uoc"),
            ("Huỳnh Thị Thuý", "huynh thi thuy"),
            ("H'Hen Niê", "h'hen nie"),
            ("王秀英", "王秀英"),
            ("", ""),
        ],
    )
    def test_marks_and_capitals_are_gone(self, name: str, key: str) -> None:
        assert kh.names.search_key(name) == key

    @pytest.mark.parametrize("name", people())
    def test_the_key_of_a_vietnamese_name_can_be_typed_on_any_keyboard(self, name: str) -> None:
        key = kh.names.search_key(name)
        assert key.isascii()
        assert key.replace(" ", "").isalpha()
        assert key.islower()

    @given(NAMES)
    def test_a_key_is_its_own_key(self, name: str) -> None:
        key = kh.names.search_key(name)
        assert kh.names.search_key(key) == key


class TestParts:
    @pytest.mark.parametrize(
        ("name", "family", "middle", "given"),
        [
            ("Nguyễn Thị Minh Khai", "Nguyễn", "Thị Minh", "Khai"),
            ("Trần  Minh", "Trần", "", "Minh"),
            ("Lan", "", "", "Lan"),
            ("", "", "", ""),
            ("Tôn Thất Tùng", "Tôn Thất", "", "Tùng"),
            ("TÔN NỮ THỊ NINH", "TÔN NỮ", "THỊ", "NINH"),
            ("Công Huyền Tôn Nữ Hồng Nhung", "Công Huyền Tôn Nữ", "Hồng", "Nhung"),
            ("Tôn Đức Thắng", "Tôn", "Đức", "Thắng"),
            ("Tôn Nữ", "Tôn", "", "Nữ"),
        ],
    )
    def test_first_word_middle_and_last_word(self, name: str, family: str, middle: str, given: str) -> None:
        assert kh.names.parts(name) == kh.names.NameParts(family, middle, given)

    @given(NAMES)
    def test_nothing_of_a_name_is_lost(self, name: str) -> None:
        parts = kh.names.parts(name)
        joined = " ".join(part for part in (parts.family, parts.middle, parts.given) if part)
        assert joined == kh.names.canonical(name)


class TestOrder:
    @given(st.randoms())
    def test_letters_come_in_the_order_of_the_dictionaries(self, chance: Random) -> None:
        mixed = chance.sample(PRINTED, len(PRINTED))
        assert sorted(mixed, key=kh.names.sort_key) == PRINTED

    def test_the_printed_row_has_every_vowel_under_every_tone(self) -> None:
        made = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
        assert made <= set(PRINTED)
        assert len(made) == 72

    @given(st.permutations(LISTED))
    def test_the_given_name_leads_then_the_family_name_then_the_middle(self, mixed: list[str]) -> None:
        assert sorted(mixed, key=kh.names.sort_key) == LISTED

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("ang", "anh"),
            ("ác", "ách"),  # letters before tones, and the shorter first
            ("hài", "hại"),
            ("bà ba", "bá ba"),
            ("an hòa", "an hoạ"),  # the tone counts, not the letter that bears its mark
            ("hòa", "hoả"),
            ("hỏa", "hoã"),
            ("hõa", "hoá"),
            ("hóa", "hoạ"),
            ("hoà", "hòe"),
            ("lan", "Lan"),
            ("Lan", "lán"),  # capitals decide last
            ("3", "an"),
            ("z", "王"),
        ],
    )
    def test_one_comes_before_the_other(self, earlier: str, later: str) -> None:
        assert kh.names.sort_key(earlier) < kh.names.sort_key(later)

    @given(st.lists(NAMES, max_size=8), st.randoms())
    def test_the_order_does_not_depend_on_the_order_given(self, names: list[str], chance: Random) -> None:
        mixed = chance.sample(names, len(names))
        keys = [kh.names.sort_key(name) for name in sorted(names, key=kh.names.sort_key)]
        assert keys == [kh.names.sort_key(name) for name in sorted(mixed, key=kh.names.sort_key)]
