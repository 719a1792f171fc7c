"""Age band: completed years, persons only."""

from __future__ import annotations

from datetime import date

import pytest

from khachhang.classifiers import AgeBandPolicy, age_band
from khachhang.entities import Customer, Person
from khachhang.errors import InvalidError
from khachhang.facts import Facts, facts_of
from khachhang.rules import Outcome
from khachhang.taxonomy import AgeBand

TABLE = age_band()
EXAMPLES = {
    AgeBand.UNDER_15: Facts(age=14),
    AgeBand.FROM_15_TO_22: Facts(age=15),
    AgeBand.FROM_22_TO_50: Facts(age=22),
    AgeBand.OVER_50: Facts(age=51),
}


@pytest.mark.parametrize("label", AgeBand)
def test_every_label_is_somebodys(label: AgeBand) -> None:
    assert TABLE.classify(EXAMPLES[label]).label is label


@pytest.mark.parametrize(
    ("age", "label"),
    [
        (0, AgeBand.UNDER_15),
        (14, AgeBand.UNDER_15),
        (15, AgeBand.FROM_15_TO_22),
        (21, AgeBand.FROM_15_TO_22),
        (22, AgeBand.FROM_22_TO_50),
        (50, AgeBand.FROM_22_TO_50),
        (51, AgeBand.OVER_50),
        (130, AgeBand.OVER_50),
    ],
)
def test_every_edge_belongs_to_one_band(age: int, label: AgeBand) -> None:
    assert TABLE.label(Facts(age=age)) is label


@pytest.mark.parametrize(("day", "label"), [(29, AgeBand.FROM_15_TO_22), (30, AgeBand.FROM_22_TO_50)])
def test_one_changes_bands_on_the_birthday(day: int, label: AgeBand) -> None:
    lan = Customer("KH-001", Person("Lan", birth_date=date(2004, 6, 30)))

    assert TABLE.label(facts_of(lan, date(2026, 6, day))) is label


@pytest.mark.parametrize("kind", ["organization", "group"])
def test_to_an_organisation_or_a_group_ages_do_not_apply(kind: str) -> None:
    answer = TABLE.classify(Facts(party_kind=kind))

    assert answer.outcome is Outcome.UNMATCHED
    assert answer.missing == ()
    assert "applies only where the party is Person" in TABLE.explain(Facts(party_kind=kind), "en")


def test_a_person_without_a_birth_date_may_be_of_any_age() -> None:
    answer = TABLE.classify(Facts(party_kind="person"))

    assert answer.outcome is Outcome.UNDETERMINED
    assert answer.candidates == set(AgeBand)
    assert answer.missing == ("age",)


def test_of_an_unknown_party_the_kind_is_missing_as_well() -> None:
    assert TABLE.classify(Facts()).missing == ("party_kind", "age")


def test_the_policy_moves_the_bands() -> None:
    table = age_band(AgeBandPolicy(youth_from=13, adult_from=18, adult_to=64))

    assert [table.label(Facts(age=age)) for age in (12, 13, 17, 18, 64, 65)] == [
        AgeBand.UNDER_15,
        AgeBand.FROM_15_TO_22,
        AgeBand.FROM_15_TO_22,
        AgeBand.FROM_22_TO_50,
        AgeBand.FROM_22_TO_50,
        AgeBand.OVER_50,
    ]


def test_a_band_of_one_year_is_one_band() -> None:
    table = age_band(AgeBandPolicy(youth_from=17, adult_from=18, adult_to=18))

    assert [table.label(Facts(age=age)) for age in (16, 17, 18, 19)] == list(AgeBand)


@pytest.mark.parametrize(
    "ages",
    [(22, 22, 50), (23, 22, 50), (15, 51, 50)],
)
def test_ages_that_do_not_rise_are_refused(ages: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidError, match="do not rise"):
        AgeBandPolicy(youth_from=ages[0], adult_from=ages[1], adult_to=ages[2])
