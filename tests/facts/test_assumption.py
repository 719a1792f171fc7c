"""What may stand for facts that are not known, and `RECORDED_IS_ALL` by the letter of the design."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from tests.strategies import facts as some_facts

from khachhang.errors import InvalidError
from khachhang.facts import RECORDED_IS_ALL, Assumption, Facts, Fill, fact
from khachhang.facts.assumption import as_assumption
from khachhang.facts.catalogue import VARIABLES
from khachhang.taxonomy import Capacity, PartyKind, TieKind, Words

INTERACTION_COUNTS = {
    name
    for name in VARIABLES
    if name.endswith("_count") and name not in {"purchase_count", "bought_count", "dealing_count"}
}
TIES = {f"tie_{kind.value}" for kind in TieKind}
SHARES = {"discounted_share", "returned_share", "organization_share", "resale_share"}
NPS = fact.custom("nps", int, low=0, high=10)


def filled(facts: Facts) -> dict[str, Any]:
    assumed = facts.assuming(RECORDED_IS_ALL)
    return {name: assumed.value(name) for name in assumed.assumed}


ALWAYS_FILLED: dict[str, Any] = {
    **dict.fromkeys(INTERACTION_COUNTS, 0),
    **dict.fromkeys(TIES, False),
    "declared_capacity": Capacity.UNDECLARED,
}


def test_the_design_names_thirteen_counts_of_interactions() -> None:
    assert len(INTERACTION_COUNTS) == 13


def test_of_nobody_known_no_interaction_no_tie_and_no_declaration_is_assumed_and_nothing_else() -> None:
    assert filled(Facts()) == ALWAYS_FILLED


def test_where_something_was_bought_shares_are_zero_and_dealings_are_the_purchases() -> None:
    assert filled(Facts(purchase_count=3, days_since_last_purchase=40)) == {
        **ALWAYS_FILLED,
        **dict.fromkeys(SHARES, 0.0),
        "dealing_count": 3,
        "days_since_last_dealing": 40,
    }


def test_where_the_day_of_the_last_purchase_is_not_known_the_last_dealing_is_not_either() -> None:
    assert "days_since_last_dealing" not in filled(Facts(purchase_count=3))


def test_where_nothing_was_bought_there_was_no_dealing_and_shares_have_no_value() -> None:
    assert filled(Facts(purchase_count=0)) == {**ALWAYS_FILLED, "dealing_count": 0}


def test_where_nothing_was_bought_and_a_contact_is_known_the_dealings_stay_unknown() -> None:
    assert "dealing_count" not in filled(Facts(purchase_count=0, survey_count=2))
    assert filled(Facts(purchase_count=0, campaign_count=2))["dealing_count"] == 0


def test_where_something_was_bought_the_dealings_are_at_least_the_purchases() -> None:
    assert filled(Facts(purchase_count=3, survey_count=2))["dealing_count"] == 3


def test_where_the_purchases_are_not_known_nothing_is_said_of_dealings() -> None:
    assert filled(Facts(dealing_count=2, days_since_last_purchase=40)) == ALWAYS_FILLED


def test_a_share_that_can_have_no_value_gets_none() -> None:
    assert "returned_share" not in filled(Facts(purchase_count=1, bought_count=0))
    assert filled(Facts(purchase_count=0, bought_count=1)) == {**ALWAYS_FILLED, "dealing_count": 0}


def test_a_dealing_that_is_known_is_not_assumed_away() -> None:
    facts = Facts(purchase_count=0, days_since_last_dealing=10).assuming(RECORDED_IS_ALL)

    assert facts.dealing_count is None
    assert facts.days_since_last_dealing == 10


def test_what_is_known_is_never_overridden() -> None:
    known = Facts(
        purchase_count=3,
        unresolved_complaint_count=2,
        tie_bank=True,
        declared_capacity="business",
        discounted_share=0.5,
        dealing_count=7,
        days_since_last_dealing=1,
    )
    assumed = known.assuming(RECORDED_IS_ALL)

    assert {name: assumed.value(name) for name in known.known()} == known.known()
    assert not assumed.assumed & known.known().keys()


@given(some_facts())
def test_it_only_adds_and_names_what_it_adds(facts: Facts) -> None:
    assumed = facts.assuming(RECORDED_IS_ALL)

    assert assumed.known().items() >= facts.known().items()
    assert assumed.known().keys() - facts.known().keys() == assumed.assumed
    assert assumed.assumed <= INTERACTION_COUNTS | TIES | SHARES | {
        "declared_capacity",
        "dealing_count",
        "days_since_last_dealing",
    }
    assert assumed.assuming(RECORDED_IS_ALL) == assumed


def test_needs_incomes_and_ages_stay_unknown() -> None:
    assumed = Facts(party_kind="person", purchase_count=3, days_since_last_purchase=1).assuming(RECORDED_IS_ALL)

    for name in ("has_need", "has_means", "taste_matches", "is_interested", "age", "monthly_income", "spend",
                 "mean_score", "last_score", "bought_count", "mean_purchase_gap"):  # fmt: skip
        assert assumed.value(name) is None


def test_it_says_what_it_assumes_in_both_languages() -> None:
    assert RECORDED_IS_ALL.name == "recorded_is_all"
    assert RECORDED_IS_ALL.words.vi
    assert RECORDED_IS_ALL.words.en


def test_values_fill_what_is_not_known() -> None:
    assumed = Facts(survey_count=4).assuming({"unresolved_complaint_count": 0, "survey_count": 0, "spend": "19.90"})

    assert assumed == Facts(
        survey_count=4,
        unresolved_complaint_count=0,
        spend=Decimal("19.90"),
        assumed=["unresolved_complaint_count", "spend"],
    )


def test_a_value_may_be_a_code_or_a_fraction_as_in_a_record() -> None:
    assumed = Facts().assuming({"declared_capacity": "business", "age": 21.9})

    assert (assumed.declared_capacity, assumed.age) == (Capacity.BUSINESS, 21)


def test_a_fact_of_persons_that_is_assumed_makes_the_kind_of_party_assumed_as_well() -> None:
    assumed = Facts(purchase_count=1).assuming({"age": 30})

    assert assumed.party_kind is PartyKind.PERSON
    assert assumed.assumed == {"age", "party_kind"}
    assert Facts(gender="male").assuming({"age": 30}).assumed == {"age"}


@pytest.mark.parametrize("unknown", [None, float("nan")])
def test_an_unknown_value_fills_nothing(unknown: Any) -> None:
    assert Facts().assuming({"age": unknown}) == Facts()


def test_what_has_no_value_is_not_filled() -> None:
    firm = Facts(party_kind="organization", purchase_count=0)

    assert firm.assuming({"age": 30, "days_since_last_purchase": 4, "resale_share": 1}) is firm


def test_what_contradicts_the_known_is_not_filled() -> None:
    known = Facts(days_since_last_purchase=4)

    assert known.assuming({"purchase_count": 0}) is known
    assert known.assuming({"purchase_count": 1}).purchase_count == 1


@pytest.mark.parametrize(
    "order", list(permutations(["resale_share", "purchase_count", "party_kind", "age"])), ids=" ".join
)
def test_the_order_of_the_values_does_not_matter(order: tuple[str, ...]) -> None:
    given_ = {"resale_share": 1.0, "purchase_count": 0, "party_kind": "group", "age": 30}

    assert Facts().assuming({name: given_[name] for name in order}) == Facts(
        party_kind="group", purchase_count=0, assumed=["party_kind", "purchase_count"]
    )


def test_assumptions_add_up() -> None:
    assumed = Facts().assuming({"age": 30}).assuming({"survey_count": 0})

    assert assumed.assumed == {"age", "party_kind", "survey_count"}


def test_ones_own_fact_is_assumed_where_it_is_named() -> None:
    assert Facts().assuming({"nps": 9}, custom=[NPS.variable]).extra == {"nps": 9}
    assert Facts().assuming({"nps": 9}, custom=[NPS.variable]).assumed == {"nps"}
    assert Facts(extra={"nps": 2}).assuming({"nps": 9}, custom=[NPS.variable]).extra == {"nps": 2}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"nps": 11}, "nps"),
        ({"nps": "x"}, "nps"),
        ({"purchase_counts": 1}, "purchase_counts"),
        ({"zzzz": 1}, "zzzz"),
        ({5: 1}, "5"),
        ({"age": "x"}, "age"),
        ({"discounted_share": 2}, "discounted_share"),
        (5, "assume"),
        ("age", "assume"),
    ],
    ids=str,
)
def test_a_wrong_assumption_is_refused(wrong: Any, field: str) -> None:
    with pytest.raises(InvalidError) as caught:
        Facts().assuming(wrong, custom=[NPS.variable])

    assert [fault.field for fault in caught.value.faults] == [field]
    assert caught.value.faults[0].hint


def test_close_names_are_offered_and_all_faults_come_together() -> None:
    with pytest.raises(InvalidError) as caught:
        Facts().assuming({"purchase_counts": 1, "npss": 1, "age": -1}, custom=[NPS.variable])

    hints = {fault.field: fault.hint for fault in caught.value.faults}
    assert hints["purchase_counts"] == "did you mean 'purchase_count'?"
    assert hints["npss"] == "did you mean 'nps'?"
    assert set(hints) == {"purchase_counts", "npss", "age"}


def test_a_custom_fact_that_nobody_named_is_no_fact() -> None:
    with pytest.raises(InvalidError, match="no fact has this name"):
        Facts().assuming({"nps": 9})


def test_values_make_an_assumption_with_words_in_the_order_of_the_catalogue() -> None:
    made = as_assumption({"nps": 9, "spend": 5, "age": 31}, {"nps": NPS.variable})

    assert made == Assumption(
        "values",
        Words("giá trị do người gọi cho", "values that the caller gave"),
        (Fill(fact.age.variable, 31), Fill(fact.spend.variable, Decimal(5)), Fill(NPS.variable, 9)),
    )
    assert as_assumption(RECORDED_IS_ALL, {}) is RECORDED_IS_ALL


@pytest.mark.parametrize("fills", [[Fill(fact.age.variable, 31)], (31,), None])
def test_what_is_no_tuple_of_fills_makes_no_assumption(fills: Any) -> None:
    with pytest.raises(InvalidError, match=r"fills: .* is no tuple of fills"):
        Assumption("own", Words("riêng", "own"), fills)
