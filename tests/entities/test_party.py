"""Persons, organisations and groups."""

from __future__ import annotations

import pickle
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khachhang.entities import Group, Organization, Person, StyleScores
from khachhang.taxonomy import Gender, Industry, OrganizationKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.errors import Fault

    FaultsOf = Callable[[Callable[[], object]], dict[str, Fault]]

STYLES = ["dominance", "influence", "steadiness", "conscientiousness"]


def scores(**changed: Any) -> StyleScores:
    return StyleScores(**{**dict.fromkeys(STYLES, 50), **changed})


def test_a_person_is_known_by_name_alone() -> None:
    assert attrs.astuple(Person("Lan")) == ("Lan", *[None] * 8)


def test_a_person_keeps_everything_that_is_known() -> None:
    styles = scores(influence=71.5)
    person = Person("Nguyễn Thị Lan", date(1995, 4, 2), "female", "kế toán", "18500000", 10**9, styles)

    assert person.birth_date == date(1995, 4, 2)
    assert person.gender is Gender.FEMALE
    assert person.occupation == "kế toán"
    assert person.monthly_income == Decimal(18_500_000)
    assert person.investable_assets == Decimal(10**9)
    assert person.styles is styles


@pytest.mark.parametrize("make", [Person, Organization, Group])
def test_a_name_is_kept_in_one_unicode_form_and_without_outer_space(make: Callable[[str], Any]) -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Lan")

    assert decomposed != "Nguyễn Thị Lan"
    assert make(f"\t {decomposed}\u00a0\n").name == "Nguyễn Thị Lan"
    assert make(decomposed) == make("Nguyễn Thị Lan")
    assert make(" Lan").name == make("Lan ").name == "Lan"


@pytest.mark.parametrize(
    "name", ["Lan", "L", "Nguyễn Thị Lan", "Lan\u00a0Anh", "क\u094d\u200dष", "Lan 👩\u200d💻"], ids=repr
)
def test_a_name_in_any_script_is_kept(name: str) -> None:
    assert Person(name).name == name


@given(st.text())
def test_every_text_is_either_a_clean_name_or_refused(text: str) -> None:
    try:
        name = Person(text).name
    except ValueError:
        return

    assert name == name.strip() == unicodedata.normalize("NFC", text).strip()
    assert name
    assert Person(name).name == name
    name.encode()


@pytest.mark.parametrize("name", ["", " ", "\n", "\u200b", "\u00a0\u3000"], ids=repr)
def test_a_name_has_something_to_see(name: str, faults_of: FaultsOf) -> None:
    assert faults_of(lambda: Person(name))["name"].problem == f"{name!r} is empty"


@pytest.mark.parametrize(
    "name", ["Lan\nAnh", "Lan\x00", "Lan\ud800", "Lan\u2028Anh", "Lan\u2029Anh", "Lan\tAnh"], ids=repr
)
def test_a_name_has_no_control_characters_and_no_broken_ones(name: str, faults_of: FaultsOf) -> None:
    fault = faults_of(lambda: Person(name))["name"]

    assert repr(name) in fault.problem
    assert "control character" in fault.problem


@pytest.mark.parametrize("name", [None, 5, b"Lan"], ids=repr)
def test_a_name_is_text(name: Any, faults_of: FaultsOf) -> None:
    assert faults_of(lambda: Person(name))["name"].problem == f"{name!r} is not text"
    assert set(faults_of(lambda: Organization(name))) == {"name"}
    assert set(faults_of(lambda: Group(name))) == {"name"}


def test_a_long_name_at_fault_is_shown_in_part(faults_of: FaultsOf) -> None:
    problem = faults_of(lambda: Person("L" * 1000 + "\x00"))["name"].problem

    assert "LLL" in problem
    assert "…" in problem
    assert len(problem) < 150


def test_an_occupation_is_cleaned_as_names_are(faults_of: FaultsOf) -> None:
    assert Person("Lan", occupation=" kế toán ").occupation == "kế toán"
    assert set(faults_of(lambda: Person("Lan", occupation=" "))) == {"occupation"}


def test_a_birth_date_is_a_day_and_no_moment(faults_of: FaultsOf) -> None:
    assert "zone" in faults_of(lambda: Person("Lan", birth_date=datetime(1995, 4, 2)))["birth_date"].hint


@pytest.mark.parametrize("field", ["monthly_income", "investable_assets"])
@pytest.mark.parametrize("wrong", [-1, 1.5, True, "much", Decimal("NaN"), 10**18], ids=repr)
def test_money_of_a_person_is_exact_and_not_below_0(field: str, wrong: Any, faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: Person("Lan", **{field: wrong}))) == {field}


@pytest.mark.parametrize("wrong", [{"dominance": 50}, 50, "dominance"], ids=repr)
def test_styles_are_the_four_scores(wrong: Any, faults_of: FaultsOf) -> None:
    assert "StyleScores" in faults_of(lambda: Person("Lan", styles=wrong))["styles"].hint


def test_an_unknown_gender_names_the_known_ones(faults_of: FaultsOf) -> None:
    assert "'other'" in faults_of(lambda: Person("Lan", gender="x"))["gender"].hint


def test_all_wrong_fields_of_a_person_come_together(faults_of: FaultsOf) -> None:
    faults = faults_of(
        lambda: Person(
            "",
            "1995",  # type: ignore[arg-type]  # refused at run time
            "lady",
            "",
            -1,
            "x",
            (),  # type: ignore[arg-type]  # refused at run time
            "0912345678",  # type: ignore[arg-type]  # refused at run time
            {},
        )
    )

    assert list(faults) == [field.name for field in attrs.fields(Person)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("score", [0, 0.0, -0.0, Decimal(0), 33.3, Decimal("33.3"), 100, 100.0, Decimal(100)], ids=repr)
def test_a_style_score_reaches_from_0_to_100(style: str, score: Any) -> None:
    kept = getattr(scores(**{style: score}), style)

    assert type(kept) is float
    assert kept == float(score)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "wrong",
    [
        -1,
        -0.001,
        100.001,
        Decimal("100.00000000000000000001"),
        101,
        10**400,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        True,
        "50",
        None,
    ],
    ids=repr,
)
def test_what_is_no_score_from_0_to_100_is_refused(style: str, wrong: Any, faults_of: FaultsOf) -> None:
    assert set(faults_of(lambda: scores(**{style: wrong}))) == {style}


def test_all_wrong_scores_come_together(faults_of: FaultsOf) -> None:
    assert list(faults_of(lambda: StyleScores(-1, 101, True, float("nan")))) == STYLES


def test_an_organization_has_a_kind_and_an_industry(faults_of: FaultsOf) -> None:
    company = Organization("Hoa Sen", "company", Industry.BANK)

    assert (company.kind, company.industry) == (OrganizationKind.COMPANY, Industry.BANK)
    assert attrs.astuple(Organization("Hoa Sen")) == ("Hoa Sen", None, None, None, None)
    assert list(faults_of(lambda: Organization("", "firm", "banc"))) == ["name", "kind", "industry"]
    assert faults_of(lambda: Organization("Hoa Sen", industry="banc"))["industry"].hint == "did you mean 'bank'?"


def test_a_group_of_nobody_is_not_one_whose_members_are_unknown() -> None:
    assert Group("Lớp 12A").members is None
    assert Group("Lớp 12A", members=[]).members == ()
    assert Group("Lớp 12A") != Group("Lớp 12A", members=())


def test_members_come_from_any_iterable_in_the_given_order() -> None:
    lan, minh = Person("Lan"), Person("Minh")

    for members in ([minh, lan], (minh, lan), iter([minh, lan]), {minh: 1, lan: 2}.keys()):
        assert Group("Gia đình", members=members).members == (minh, lan)


def test_each_wrong_member_is_named_by_its_position(faults_of: FaultsOf) -> None:
    members: list[Any] = [Person("Lan"), "Minh", Person("An"), None]
    faults = faults_of(lambda: Group("", members=iter(members)))

    assert list(faults) == ["name", "members[1]", "members[3]"]
    assert faults["members[1]"].problem == "'Minh' is not a Person"


@pytest.mark.parametrize("members", ["Lan", b"Lan", {"Lan": 1}, 2, Person("Lan")], ids=repr)
def test_members_are_a_collection_of_persons(members: Any, faults_of: FaultsOf) -> None:
    assert "list of Person" in faults_of(lambda: Group("Gia đình", members=members))["members"].hint


@pytest.mark.parametrize(
    "party",
    [
        scores(),
        Person("Lan", date(1995, 4, 2), "female", "kế toán", 1, 2, scores()),
        Organization("Hoa Sen", "company", "bank"),
        Group("Gia đình", [Person("Lan"), Person("Minh")]),
    ],
    ids=["scores", "person", "organization", "group"],
)
def test_parties_are_frozen_values(party: Any) -> None:
    copied = pickle.loads(pickle.dumps(party))

    assert copied == party == attrs.evolve(party)
    assert hash(copied) == hash(party)
    assert not hasattr(party, "__dict__")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        party.name = "Other"


def test_evolve_checks_what_it_changes(faults_of: FaultsOf) -> None:
    lan = Person("Lan", birth_date=date(1995, 4, 2))

    assert attrs.evolve(lan, name=" Lan Anh ") == Person("Lan Anh", birth_date=date(1995, 4, 2))
    assert set(faults_of(lambda: attrs.evolve(lan, name=""))) == {"name"}
