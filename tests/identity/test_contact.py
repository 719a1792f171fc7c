"""Phone numbers and e-mail addresses: the standard form, what is refused, and that nothing is looked up."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khachhang as kh
from khachhang import identity, testing


def refused(make: Any, value: Any, **options: Any) -> kh.Fault:
    """The one fault for which a value is refused; it does not show the value."""
    with pytest.raises(kh.InvalidError) as caught:
        make(value, **options)
    (fault,) = caught.value.faults
    assert fault.hint
    assert not str(value).strip() or str(value) not in str(caught.value) + repr(caught.value)
    assert caught.value.__cause__ is None
    return fault


class TestPhone:
    @pytest.mark.parametrize(
        ("typed", "standard"),
        [
            ("0912345678", "+84912345678"),
            ("0912.345.678", "+84912345678"),
            ("(+84) 912 345 678", "+84912345678"),
            ("84912345678", "+84912345678"),
            ("".join(chr(0xFF10 + int(digit)) for digit in "0912345678"), "+84912345678"),
            ("024 3825 3000", "+842438253000"),
            ("1900 1234", "+8419001234"),
            ("+1 650 253 0000", "+16502530000"),
        ],
    )
    def test_it_is_kept_in_one_form(self, typed: str, standard: str) -> None:
        assert identity.phone(typed) == kh.Contact("phone", standard)

    @given(st.from_regex(r"\A09[0-46-8][0-9]{7}\Z"), st.sampled_from(["", " ", ".", "-"]))
    def test_every_mobile_number_of_the_old_ranges_is_one(self, number: str, mark: str) -> None:
        assert identity.phone(mark.join([number[:4], number[4:7], number[7:]])).value == f"+84{number[1:]}"

    @given(testing.contacts(kind="phone"))
    def test_the_standard_form_is_its_own(self, contact: kh.Contact) -> None:
        assert identity.phone(contact.value) == contact
        assert identity.phone(contact.value, region="US") == contact

    @pytest.mark.parametrize(
        ("wrong", "problem"),
        [
            ("", "is no phone number"),
            ("gọi Lan", "is no phone number"),
            ("9" * 400, "is no phone number"),
            ("113", "is in no range of numbers given out"),
            ("0123456789", "is in no range of numbers given out"),
            ("091234567", "is in no range of numbers given out"),
            ("0912345678 ext 5", "has an extension"),
            (912345678, "is not text"),
            (None, "is not text"),
        ],
    )
    def test_what_can_be_none_is_refused(self, wrong: Any, problem: str) -> None:
        fault = refused(identity.phone, wrong)
        assert (fault.field, fault.problem) == ("number", f"the value {problem}")

    @pytest.mark.parametrize("region", ["vn", "VNM", "", None, 84])
    def test_an_unknown_region_is_told(self, region: Any) -> None:
        fault = refused(identity.phone, "0912345678", region=region)
        assert fault.field == "region"
        assert repr(region) in fault.problem


class TestEmail:
    @pytest.mark.parametrize(
        ("typed", "standard"),
        [
            ("lan@hoasen.vn", "lan@hoasen.vn"),
            (" Lan.Nguyen+shop@HoaSen.VN\n", "Lan.Nguyen+shop@hoasen.vn"),
            ("lan@công-ty.vn", "lan@công-ty.vn"),
            ("lan@co\u0302ng-ty.vn", "lan@công-ty.vn"),
        ],
    )
    def test_it_is_kept_in_one_form(self, typed: str, standard: str) -> None:
        assert identity.email(typed) == kh.Contact("email", standard)

    @given(testing.contacts(kind="email"))
    def test_the_standard_form_is_its_own(self, contact: kh.Contact) -> None:
        assert identity.email(contact.value) == contact

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "lan",
            "lan@hoasen",
            "@hoasen.vn",
            "Lan <lan@hoasen.vn>",
            "lan@hoa sen.vn",
            "lan@localhost.local",
            "a@b@c.vn",
        ],
    )
    def test_what_can_be_none_is_refused(self, wrong: str) -> None:
        fault = refused(identity.email, wrong)
        assert (fault.field, fault.problem) == ("address", "the value is no e-mail address")

    @pytest.mark.parametrize("wrong", [None, 7, b"lan@hoasen.vn"])
    def test_what_is_no_text_is_refused(self, wrong: Any) -> None:
        assert refused(identity.email, wrong).problem == "the value is not text"


class TestTheRoom:
    def test_nothing_is_looked_up_in_a_network(self) -> None:
        code = """
import sys
def audit(event, _):
    if event.startswith("socket."):
        raise SystemExit(f"{event}: a network was asked")
sys.addaudithook(audit)
import khachhang as kh
kh.identity.email("lan@hoasen.vn"), kh.identity.phone("0912345678"), kh.identity.tax_code("0100233488")
print("dns" in sys.modules)
"""
        run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # our own
        assert run.stdout == "False\n"

    @pytest.mark.parametrize("package", ["email_validator", "phonenumbers", "stdnum"])
    def test_without_its_packages_the_error_says_what_to_install(self, package: str) -> None:
        code = f"""
import sys
sys.modules[{package!r}] = None
import khachhang as kh
try:
    kh.identity
except kh.MissingExtraError as error:
    print(error)
"""
        run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # our own
        said = run.stdout
        assert said.startswith(f"khachhang.identity needs {package!r}, which is not installed\n")
        assert said.endswith("pip install 'khachhang[identity]'\n")

    def test_its_names_are_in_order(self) -> None:
        assert sorted(identity.__all__) == identity.__all__
