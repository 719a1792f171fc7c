"""The record of facts: what it takes, what it refuses, and what it never shows."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from tests.strategies import complete_facts

from khachhang.errors import Fault, InvalidError
from khachhang.facts import Facts, fact
from khachhang.facts.catalogue import VARIABLES
from khachhang.rules.variable import FLAGS
from khachhang.taxonomy import Gender, Industry, PartyKind, TieKind

NAN = float("nan")


def faults_of(**fields: Any) -> dict[str, Fault]:
    with pytest.raises(InvalidError) as caught:
        Facts(**fields)
    faults = {fault.field: fault for fault in caught.value.faults}
    assert len(faults) == len(caught.value.faults), "a field is named twice"
    assert all(fault.hint for fault in faults.values()), "a fault without a hint"
    return faults


def test_nothing_is_known_until_it_is_given() -> None:
    nothing = Facts()

    assert all(getattr(nothing, name) is None for name in VARIABLES)
    assert nothing.known() == {}
    assert nothing.extra == {}
    assert nothing.assumed == frozenset()
    assert nothing.ties is None


def test_what_is_given_is_kept_in_the_type_of_the_fact() -> None:
    facts = Facts(age=31, spend="19.90", discounted_share=1, has_need=False, gender="female", currency="VND")

    assert facts.age == 31
    assert facts.spend == Decimal("19.90")
    assert type(facts.discounted_share) is float
    assert facts.has_need is False
    assert facts.gender is Gender.FEMALE
    assert facts.currency == "VND"


def test_a_label_is_given_by_itself_or_by_its_code() -> None:
    assert Facts(seller_industry=Industry.BANK) == Facts(seller_industry="bank")


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize("unknown", [None, NAN, Decimal("NaN")], ids=repr)
def test_none_and_nan_are_not_known(name: str, unknown: Any) -> None:
    given_: Any = {name: unknown}

    assert Facts(**given_) == Facts()


def test_what_is_not_known_hides_nothing_beside_it() -> None:
    assert Facts(gender=None, age=None, spend=5) == Facts(spend=5)


def test_a_tie_that_is_not_known_contradicts_no_others() -> None:
    unknown: Any = {"tie_bank": NAN}

    assert Facts(ties=[], **unknown).tie_bank is False


@pytest.mark.parametrize(
    ("given_", "kept"), [(21.999, 21), (22.0, 22), (Decimal("14.5"), 14), (0.999, 0), (10**30, 10**30)]
)
def test_a_fraction_of_a_whole_number_is_rounded_down(given_: Any, kept: int) -> None:
    age = Facts(age=given_).age

    assert age == kept
    assert type(age) is int


def test_an_unknown_name_is_refused_with_the_close_one() -> None:
    faults = faults_of(purchase_counts=3, zzzzz=1)

    assert "did you mean 'purchase_count'" in faults["purchase_counts"].hint
    assert "extra={...}" in faults["zzzzz"].hint


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("age", "31"),
        ("age", True),
        ("age", float("inf")),
        ("age", Gender.MALE),
        ("purchase_count", [3]),
        ("spend", 19.9),
        ("spend", "mười"),
        ("spend", True),
        ("spend", Decimal("Infinity")),
        ("discounted_share", "0.5"),
        ("has_need", 1),
        ("has_need", "true"),
        ("tie_bank", 0),
        ("gender", "woman"),
        ("gender", 1),
        ("party_kind", "PERSON"),
        ("seller_industry", TieKind.BANK),
        ("occupation", 7),
        ("currency", Industry.BANK),
        ("leading_style", "calm"),
    ],
)
def test_a_value_of_another_type_is_refused(name: str, wrong: Any) -> None:
    fault = faults_of(**{name: wrong})[name]

    assert repr(wrong) in fault.problem
    assert fact[name].variable.described() in fault.problem


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("age", -1),
        ("age", -0.5),
        ("purchase_count", -1),
        ("days_since_last_purchase", -3),
        ("mean_purchase_gap", -0.001),
        ("spend", "-0.01"),
        ("discounted_share", -0.001),
        ("discounted_share", 1.0000001),
        ("returned_share", Decimal("1.1")),
    ],
)
def test_a_value_out_of_its_range_is_refused(name: str, wrong: Any) -> None:
    fault = faults_of(**{name: wrong})[name]

    assert "outside what can be" in fault.problem
    assert "0" in fault.hint


@pytest.mark.parametrize("share", [0, 1, 0.0, 1.0])
def test_both_ends_of_a_range_can_be(share: float) -> None:
    assert Facts(purchase_count=1, discounted_share=share).discounted_share == share
    assert Facts(last_score=share * 10).last_score == share * 10


def test_all_faults_come_together() -> None:
    extra: Any = {1: 2}
    faults = faults_of(age=-1, gender="x", ties=["nobody"], extra=extra, assumed="age", nonsense=0)

    assert set(faults) == {"age", "gender", "ties", "extra", "assumed", "nonsense"}


@pytest.mark.parametrize(
    "given_",
    [
        {"age": 3},
        {"gender": "male"},
        {"occupation": "thợ"},
        {"monthly_income": 1},
        {"investable_assets": 0},
        {"leading_style": "tied"},
    ],
    ids=str,
)
def test_a_fact_of_persons_implies_a_person(given_: Any) -> None:
    assert Facts(**given_).party_kind is PartyKind.PERSON


def test_a_kind_of_organisation_implies_an_organisation() -> None:
    assert Facts(organization_kind="shop").party_kind is PartyKind.ORGANIZATION


def test_other_facts_imply_no_kind_of_party() -> None:
    assert Facts(purchase_count=3, ties=[TieKind.EMPLOYEE]).party_kind is None


@pytest.mark.parametrize("kind", [PartyKind.ORGANIZATION, PartyKind.GROUP])
@pytest.mark.parametrize(
    "name", ["age", "gender", "occupation", "monthly_income", "investable_assets", "leading_style"]
)
def test_a_fact_of_persons_contradicts_an_organisation_and_a_group(kind: PartyKind, name: str) -> None:
    value = {"gender": "male", "occupation": "thợ", "leading_style": "influence"}.get(name, 40)
    fault = faults_of(**{"party_kind": kind, name: value})[name]

    assert "there is no such fact where" in fault.problem
    assert fault.hint == f"leave {name} away, or correct party_kind"


@pytest.mark.parametrize(
    "given_",
    [
        {"purchase_count": 0, "days_since_first_purchase": 3},
        {"purchase_count": 0, "days_since_last_purchase": 3},
        {"purchase_count": 1, "mean_purchase_gap": 3.0},
        {"purchase_count": 0, "discounted_share": 0.0},
        {"purchase_count": 0, "organization_share": 0.0},
        {"purchase_count": 0, "resale_share": 0.0},
        {"bought_count": 0, "returned_share": 0.0},
        {"dealing_count": 0, "days_since_last_dealing": 3},
        {"party_kind": "person", "organization_kind": "shop"},
        {"age": 20, "organization_kind": "shop"},
    ],
    ids=str,
)
def test_what_has_no_value_can_not_be_known(given_: Any) -> None:
    name = list(given_)[-1] if "age" not in given_ else "age"

    assert list(faults_of(**given_)) == [name]


def test_what_may_have_a_value_is_taken_while_the_count_is_not_known() -> None:
    assert Facts(days_since_last_purchase=3).purchase_count is None


def test_ties_sets_every_tie_at_once() -> None:
    facts = Facts(ties={TieKind.EMPLOYEE, "shareholder"})

    assert facts.tie_employee is True
    assert facts.tie_shareholder is True
    assert [name for name, stands in facts.known().items() if stands] == ["tie_employee", "tie_shareholder"]
    assert len(facts.known()) == len(TieKind)
    assert facts.ties == frozenset([TieKind.EMPLOYEE, TieKind.SHAREHOLDER])


def test_no_ties_is_known_and_other_than_not_known() -> None:
    assert Facts(ties=[]).ties == frozenset()
    assert Facts(ties=None).ties is None
    assert Facts(tie_bank=False).ties is None


def test_a_single_tie_may_repeat_what_ties_says_and_not_contradict_it() -> None:
    assert Facts(ties=["bank"], tie_bank=True, tie_resident=False).ties == frozenset([TieKind.BANK])

    assert set(faults_of(ties=["bank"], tie_bank=False, tie_resident=True)) == {"tie_bank", "tie_resident"}


@pytest.mark.parametrize("wrong", ["bank", TieKind.BANK, {"bank": False}, 5, b"bank"[0]], ids=repr)
def test_ties_is_a_set_and_nothing_else(wrong: Any) -> None:
    assert "is not a set of ties" in faults_of(ties=wrong)["ties"].problem


@pytest.mark.parametrize("wrong", ["bnk", Industry.BANK, 5, None], ids=repr)
def test_ties_holds_kinds_of_ties(wrong: Any) -> None:
    fault = faults_of(ties=[wrong])["ties"]

    assert "is not a kind of tie" in fault.problem
    assert "employee_of_branch" in fault.hint


def test_facts_of_ones_own_are_kept_beside() -> None:
    facts = Facts(extra={"nps": 9, "wave": "early", "vip": True, "none": None, "nan": NAN, "nan2": Decimal("sNaN")})

    assert facts.extra == {"nps": 9, "wave": "early", "vip": True}
    assert facts.value("nps") == 9
    assert facts.value("none") is None
    assert facts.value("nobody") is None


def test_the_order_of_ones_own_facts_does_not_matter() -> None:
    assert Facts(extra={"a": 1, "b": 2}) == Facts(extra={"b": 2, "a": 1})
    assert Facts(extra=[("b", 2), ("a", 1)]) == Facts(extra={"a": 1, "b": 2})


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        (5, "extra"),
        ("nps", "extra"),
        ({3: 4}, "extra"),
        ({"age": 3}, "extra['age']"),
        ({"tie_bank": True}, "extra['tie_bank']"),
        ({"nps": [9]}, "extra['nps']"),
        ({"nps": b"9"}, "extra['nps']"),
    ],
    ids=str,
)
def test_ones_own_facts_are_plain_values_under_names_of_their_own(extra: Any, field: str) -> None:
    assert list(faults_of(extra=extra)) == [field]


@pytest.mark.parametrize("wrong", ["age", 5, [5], None], ids=repr)
def test_what_was_assumed_is_a_set_of_names(wrong: Any) -> None:
    assert list(faults_of(assumed=wrong)) == ["assumed"]


def test_a_fact_is_read_by_its_name() -> None:
    assert Facts(age=31).value("age") == 31
    assert Facts().value("age") is None


def test_facts_are_values() -> None:
    facts = Facts(age=31, ties=["bank"], extra={"nps": 9}, assumed=["age"])

    assert facts == Facts(age=31, ties=["bank"], extra={"nps": 9}, assumed={"age"})
    assert hash(facts) == hash(Facts(age=31, ties=["bank"], extra={"nps": 9}, assumed=["age"]))
    assert facts != Facts(age=32, ties=["bank"], extra={"nps": 9}, assumed=["age"])
    assert pickle.loads(pickle.dumps(facts)) == copy.deepcopy(facts) == facts
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        facts.age = 3  # type: ignore[misc]  # frozen


def test_one_fact_can_be_changed_in_a_copy() -> None:
    facts = Facts(age=31, extra={"nps": 9}, assumed=["age"])

    changed: Any = {"age": 32}

    assert attrs.evolve(facts, **changed) == Facts(age=32, extra={"nps": 9}, assumed=["age"])


@given(complete_facts())
def test_what_is_known_makes_the_same_facts_again(facts: Facts) -> None:
    known: Any = facts.known()

    assert Facts(**known) == facts


def test_what_is_known_comes_in_the_order_of_the_catalogue() -> None:
    assert list(Facts(spend=1, age=3, party_kind="person").known()) == ["party_kind", "age", "spend"]


def test_repr_shows_what_is_known_and_what_was_assumed() -> None:
    facts = Facts(purchase_count=3, extra={"nps": 9}).assuming({"survey_count": 0})

    assert repr(facts) == "Facts(purchase_count=3, survey_count=0, extra={'nps': 9}, assumed=['survey_count'])"


PLANTED = "73519842"


def test_repr_never_shows_incomes_assets_and_scores() -> None:
    facts = Facts(monthly_income=PLANTED, investable_assets=PLANTED, mean_score=7.3519842, last_score=7.3519842)

    assert "7351" not in repr(facts).replace(".", "")
    assert "monthly_income" not in repr(facts)


@pytest.mark.parametrize("name", ["monthly_income", "investable_assets", "mean_score", "last_score"])
@pytest.mark.parametrize("wrong", [f"-{PLANTED}", float(PLANTED), f"{PLANTED} đồng", [PLANTED], -73519842], ids=repr)
def test_messages_never_show_incomes_assets_and_scores(name: str, wrong: Any) -> None:
    with pytest.raises(InvalidError) as caught:
        Facts(**{name: wrong})
    with pytest.raises(InvalidError) as assumed:
        Facts().assuming({name: wrong})

    for error in (caught.value, assumed.value):
        assert PLANTED not in str(error)
        assert name in str(error)
        assert PLANTED not in repr(error)


def test_what_is_no_table_of_facts_is_not_shown_either() -> None:
    planted: Any = [{"monthly_income": PLANTED}]
    with pytest.raises(InvalidError) as caught:
        Facts(extra=planted)
    with pytest.raises(InvalidError) as assumed:
        Facts().assuming(planted)

    assert PLANTED not in str(caught.value) + str(assumed.value)


def test_a_contradiction_never_shows_the_income() -> None:
    with pytest.raises(InvalidError) as caught:
        Facts(party_kind="group", monthly_income=PLANTED)

    assert PLANTED not in str(caught.value)


def test_assuming_nothing_changes_nothing() -> None:
    facts = Facts(age=3)

    assert facts.assuming(None) is facts
    assert facts.assuming({}) is facts
    assert facts.assuming({"age": 4}) is facts


def test_a_name_that_no_fact_has_is_refused_even_without_a_value() -> None:
    mistyped: Any = {"agee": None}
    with pytest.raises(InvalidError, match="did you mean 'age'"):
        Facts(**mistyped)


def test_errors_pickle() -> None:
    with pytest.raises(InvalidError) as caught:
        Facts(age=-1, ties="bank")

    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_some_facts_can_be_changed_or_forgotten_and_the_rest_stays() -> None:
    facts = Facts(age=31, spend=5, extra={"nps": 9, "limit": 3}, assumed=["age", "spend"])

    assert facts.changed({"age": 32, "nps": 10, "score": 1}) == Facts(
        age=32, spend=5, extra={"nps": 10, "limit": 3, "score": 1}, assumed=["spend"]
    )
    assert facts.changed({"spend": None, "nps": None}) == Facts(age=31, extra={"limit": 3}, assumed=["age"])
    assert facts.changed({}) == facts


def test_ties_are_packed_beside_for_tables_that_ask_for_many() -> None:
    possible = {kind: 1 << kind.rank for kind in TieKind}
    certain = {kind: 1 << kind.rank + FLAGS for kind in TieKind}

    assert Facts()._flags == sum(possible.values())
    assert Facts(ties=())._flags == 0
    assert Facts(ties=["bank", "reseller"])._flags == sum(
        possible[kind] + certain[kind] for kind in (TieKind.BANK, TieKind.RESELLER)
    )
    assert Facts(tie_bank=True)._flags == sum(possible.values()) + certain[TieKind.BANK]
    assert Facts(tie_bank=False)._flags == sum(possible.values()) - possible[TieKind.BANK]
