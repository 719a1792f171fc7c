"""Documents: what they look like, what is refused and where, and what must be given beside them."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import khachhang as kh
from khachhang.codec import dumps, from_dict, loads, to_dict
from khachhang.facts import Fill
from khachhang.facts.assumption import as_assumption

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = date(2026, 6, 30)
LAN = kh.Customer(
    id="KH-001",
    party=kh.Person("Nguyễn Thị Lan", birth_date=date(1995, 4, 2), monthly_income=18_500_000),
    purchases=[kh.Purchase(date(2026, 1, 5), "250000.50", list_amount=300_000, purpose="gift")],
    ties=[],
    need=kh.Need(has_need=True),
)


class Wave(kh.Category, vi="Đợt mua", en="Wave"):
    EARLY = kh.term("early", vi="Mua sớm", en="Early buyer")
    LATE = "late"


PREDICATE: Any = kh.Predicate  # mypy wants no abstract class for a type
WAVE = kh.fact.custom("wave", Wave)
EARLY = kh.DecisionTable(name="early", category=Wave, rules=[kh.when(kh.fact.age < 30).then(Wave.EARLY)])


def faults_of(data: Any, kind: Any, **more: Any) -> dict[str, str]:
    with pytest.raises(kh.InvalidError) as caught:
        (loads if isinstance(data, (str, bytes)) else from_dict)(data, kind, **more)
    assert caught.value.subject == kind.__name__
    assert all(fault.hint for fault in caught.value.faults)
    return {fault.field: fault.problem for fault in caught.value.faults}


class TestForm:
    def test_a_customer(self) -> None:
        assert to_dict(LAN) == {
            "khachhang": 1,
            "type": "Customer",
            "id": "KH-001",
            "party": {
                "type": "Person", "name": "Nguyễn Thị Lan", "birth_date": "1995-04-02", "monthly_income": "18500000",
            },
            "purchases": [
                {
                    "day": "2026-01-05", "amount": "250000.50", "currency": "VND", "quantity": "1",
                    "list_amount": "300000", "returned": "0", "purpose": "gift",
                }
            ],
            "ties": [],
            "need": {"has_need": True},
        }  # fmt: skip

    def test_text_for_people_stays_readable(self) -> None:
        assert "Nguyễn Thị Lan" in dumps(LAN)
        for indent in (0, 2, 16):
            assert dumps(kh.Tie("bank"), indent=indent).splitlines()[1] == indent * " " + '"khachhang": 1,'

    def test_facts_with_facts_of_the_users_own(self) -> None:
        own: dict[str, Any] = {"nps": 9, "limit": Decimal("12.50"), "vip": True}
        facts = kh.Facts(age=31, spend="19.90", extra=own, assumed={"age"})
        assert to_dict(facts) == {
            "khachhang": 1, "type": "Facts", "party_kind": "person", "age": 31, "spend": "19.90",
            "extra": {"limit": {"decimal": "12.50"}, "nps": 9, "vip": True}, "assumed": ["age"],
        }  # fmt: skip
        assert from_dict(to_dict(facts), kh.Facts).extra["limit"] == Decimal("12.50")

    def test_a_table_is_its_own_document_with_a_head(self) -> None:
        table = kh.classifiers.age_band()
        assert to_dict(table) == {"khachhang": 1, "type": "DecisionTable", **table.to_dict()}
        assert from_dict(table.to_dict(), kh.DecisionTable) == table

    def test_labels_made_at_run_time_are_made_again(self) -> None:
        table = kh.classifiers.bands(kh.fact.age, [18, 65], name="working_age")
        written = to_dict(table)
        assert written["label_set"]["labels"][1]["label"] == {
            "vi": "Từ 18 đến dưới 65",
            "en": "18 to under 65 years",
        }
        again = from_dict(written, kh.DecisionTable)
        assert again == table
        assert again.category is table.category

    def test_a_profile_names_its_template_and_the_version_of_each_table(self) -> None:
        profile = kh.classify(LAN, as_of=AS_OF, template=kh.templates.banking)
        written = to_dict(profile)
        assert written["template"] == {"name": "banking", "tables": {"side": kh.classifiers.side().version}}
        assert written["classifications"] == {
            "side": {
                "outcome": "matched", "facet": "side", "label": "external", "labels": ["external"],
                "candidates": ["external"], "rules": [1],
            }
        }  # fmt: skip

    def test_a_policy_is_read_by_its_own_type_or_as_any_policy(self) -> None:
        policy = kh.classifiers.BenefitPolicy(active_days=30)
        assert from_dict(to_dict(policy), kh.classifiers.Policy) == policy
        assert from_dict({"active_days": 30}, kh.classifiers.BenefitPolicy) == policy

    def test_a_share_given_as_a_decimal_is_the_number_that_the_facts_hold(self) -> None:
        policy = kh.classifiers.SubjectPolicy(business_min_share=Decimal("0.1"))  # type: ignore[arg-type]  # many have them
        assert from_dict(to_dict(policy), kh.classifiers.SubjectPolicy) == policy == kh.classifiers.SubjectPolicy(
            business_min_share=0.1
        )  # fmt: skip

    def test_a_set_of_labels_stands_in_their_own_order(self) -> None:
        policy = kh.classifiers.EngagementPolicy(client_industries=frozenset({kh.Industry.BANK, kh.Industry.LAW_FIRM}))
        assert to_dict(policy)["client_industries"] == ["law_firm", "bank"]

    def test_the_amounts_keep_their_digits(self) -> None:
        for text in ("19.90", "0.000001", "100", "0"):
            purchase = from_dict({"day": "2026-01-05", "amount": text}, kh.Purchase)
            assert str(purchase.amount) == to_dict(purchase)["amount"] == text
        assert to_dict(kh.Facts(spend=Decimal("1E+3")))["spend"] == "1000"


class TestWhatElseIsRead:
    def test_data_without_a_head(self) -> None:
        assert from_dict({"name": "Lan"}, kh.Person) == kh.Person("Lan")

    def test_values_of_python_where_json_has_texts(self) -> None:
        row = {"day": date(2026, 1, 5), "amount": Decimal("19.90"), "purpose": kh.Purpose.GIFT}
        assert from_dict(row, kh.Purchase) == kh.Purchase(date(2026, 1, 5), "19.90", purpose="gift")
        assert from_dict({"day": date(2026, 1, 5), "amount": Decimal(7)}, kh.Purchase).amount == 7
        row = {"day": date(2026, 1, 5), "kind": "review", "score": Decimal("9.5")}
        assert from_dict(row, kh.Interaction).score == 9.5
        assert from_dict({"nps": Decimal("1.5")}, kh.Facts, unknown_keys="ignore") == kh.Facts()
        assert from_dict({"extra": {"nps": Decimal("1.5")}}, kh.Facts).extra == {"nps": Decimal("1.5")}

    def test_a_whole_number_with_a_point_as_javascript_may_write_it(self) -> None:
        assert loads('{"age": 31.0}', kh.Facts) == kh.Facts(age=31)

    def test_null_for_what_is_not_known(self) -> None:
        assert loads('{"name": "Lan", "birth_date": null, "styles": null}', kh.Person) == kh.Person("Lan")

    def test_unknown_keys_where_that_is_asked_for(self) -> None:
        data = {"name": "Lan", "colour": "red", "styles": {"x": 1, **dict.fromkeys(
            ("dominance", "influence", "steadiness", "conscientiousness"), 5)}}  # fmt: skip
        assert from_dict(data, kh.Person, unknown_keys="ignore").name == "Lan"
        assert set(faults_of(data, kh.Person)) == {"colour", "styles.x"}

    def test_unknown_keys_of_a_profile_and_an_answer_where_that_is_asked_for(self) -> None:
        profile = kh.classify(LAN, as_of=AS_OF)
        written: dict[str, Any] = {**to_dict(profile), "note": "gọi lại"}
        written["template"]["note"] = written["classifications"]["side"]["note"] = 1
        assert from_dict(written, kh.Profile, unknown_keys="ignore") == profile
        assert set(faults_of(written, kh.Profile)) == {"note", "template.note"}


class TestEveryFaultAtOnce:
    def test_each_has_its_place_the_value_and_a_hint(self) -> None:
        data = to_dict(LAN)
        data["id"] = ""
        data["party"]["gender"] = "femal"
        data["purchases"] = [
            *data["purchases"],
            {"day": "05/01/2026", "amount": 1.5},
            {"day": "2026-01-05", "amount": "10", "returned": "11", "quantity": 0, "currency": "vnd"},
        ]
        data["ties"] = [{"since": "2026-02-30", "until": 5, "kind": None}]
        data["need"] = [True]
        data["interests"] = []
        assert faults_of(data, kh.Customer) == {
            "id": "'' is empty",
            "interests": "the key 'interests' means nothing here",
            "need": "a list is not an object",
            "party.gender": "'femal' is no code of Gender",
            "purchases[1].amount": "1.5 is a float, and floats are not exact",
            "purchases[1].day": "'05/01/2026' is not a date",
            "purchases[2].currency": "'vnd' is not a currency code",
            "purchases[2].quantity": "0 is not above 0",
            "purchases[2].returned": "11 is more than the amount, 10",
            "ties[0].kind": "null is no code of TieKind",
            "ties[0].since": "'2026-02-30' is not a date",
            "ties[0].until": "5 is not a date",
        }

    def test_what_is_missing(self) -> None:
        assert faults_of({"party": {"type": "Group"}}, kh.Customer) == {"id": "is missing", "party.name": "is missing"}

    def test_the_type_of_a_party(self) -> None:
        assert faults_of({"id": "1", "party": {"name": "Lan"}}, kh.Customer) == {"party.type": "is missing"}
        wrong = "'Persona' is no type that can stand here"
        assert faults_of({"id": "1", "party": {"type": "Persona"}}, kh.Customer) == {"party.type": wrong}
        assert faults_of({"id": "1", "party": {"type": ["Person"]}}, kh.Customer) == {
            "party.type": "a list is no type that can stand here"
        }
        assert faults_of({"id": "1", "party": "Lan"}, kh.Customer) == {"party": "a text is not an object"}

    def test_a_document_of_another_type(self) -> None:
        assert faults_of(to_dict(LAN.party), kh.Organization)["type"] == "'Person' is not Organization"

    @pytest.mark.parametrize("version", [2, 0, True, "1", None])
    def test_another_version(self, version: Any) -> None:
        faults = faults_of({"khachhang": version, "name": "Lan"}, kh.Person)
        assert list(faults) == ["khachhang"]

    @pytest.mark.parametrize("data", [None, 5, "Lan", [], True])
    def test_no_object_at_all(self, data: Any) -> None:
        with pytest.raises(kh.InvalidError, match=r"document: .* is not an object"):
            from_dict(data, kh.Person)

    def test_keys_that_are_no_texts(self) -> None:
        assert faults_of({"name": "Lan", 5: 1}, kh.Person) == {"document": "the key 5 is not a text"}
        assert faults_of({"extra": {5: 1}}, kh.Facts) == {"extra": "the key 5 is not a text"}

    def test_personal_values_never_stand_in_it(self) -> None:
        data: dict[str, Any] = {
            "name": "Lan", "birth_date": "1995-04-31", "monthly_income": 18500000.5, "investable_assets": "1e9",
            "styles": {"dominance": "71", "influence": 171, "steadiness": None, "conscientiousness": True},
        }  # fmt: skip
        faults = faults_of(data, kh.Person)
        assert set(faults) == {
            "birth_date",
            "monthly_income",
            "investable_assets",
            *(f"styles.{name}" for name in data["styles"]),
        }
        assert all(text.startswith("the value ") for text in faults.values())

    def test_personal_facts_never_stand_in_it(self) -> None:
        faults = faults_of(
            {"monthly_income": 77.5, "extra": {"salary": [77]}, "age": "77", "mean_score": "7.7"}, kh.Facts
        )
        assert {place for place, text in faults.items() if "77" in text or "7.7" in text} == {"age"}

    def test_facts_that_contradict_each_other(self) -> None:
        assert "there is no such fact where" in faults_of({"party_kind": "group", "age": 5}, kh.Facts)["age"]

    def test_a_policy_with_fields_that_do_not_fit(self) -> None:
        faults = faults_of({"youth_from": 30, "adult_from": "x"}, kh.classifiers.AgeBandPolicy)
        assert faults == {"adult_from": "'x' is not a whole number"}
        assert set(faults_of({"cuts": ["1", "x"], "currency": "vnd"}, kh.classifiers.IncomeBandPolicy)) == {
            "cuts[1]", "currency",
        }  # fmt: skip

    def test_a_template_with_two_tables_of_one_name(self) -> None:
        side = kh.classifiers.side().to_dict()
        assert (
            "two classifiers are called 'side'"
            in faults_of({"name": "x", "classifiers": [side, side]}, kh.Template)["document"]
        )
        assert faults_of({"name": 5, "classifiers": [side, {**side, "hit": "?"}]}, kh.Template) == {
            "classifiers[1].hit": "'?' is none of the words that can stand here",
            "name": "5 is not a text",
        }

    def test_more_faults_than_are_listed(self) -> None:
        data = {"id": "1", "party": {"type": "Group", "name": "x"}, "purchases": [{}] * 5_000}
        with pytest.raises(kh.InvalidError) as caught:
            from_dict(data, kh.Customer)
        assert len(caught.value.faults) == 1_001
        assert caught.value.faults[-1].problem == "there may be more than these 1000 faults"
        assert caught.value.faults[-1].hint == "correct these first"

    def test_long_keys_are_cut(self) -> None:
        (place,) = faults_of({"extra": {10_000 * "k": []}}, kh.Facts)
        assert len(place) < 80

    def test_the_error_pickles(self) -> None:
        with pytest.raises(kh.InvalidError) as caught:
            from_dict({}, kh.Person)
        assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


class TestWhatIsGivenBeside:
    def test_a_label_set_of_the_users_own(self) -> None:
        written = to_dict(EARLY)
        assert faults_of(written, kh.DecisionTable) == {"facet": "'wave' is the facet of no label set that is known"}
        assert from_dict(written, kh.DecisionTable, categories=[Wave]) == EARLY
        answer = EARLY.classify(kh.Facts(age=20))
        assert from_dict(to_dict(answer), kh.Classification, categories=[Wave]) == answer
        assert from_dict(to_dict(EARLY.rules[0]), kh.Rule, categories=[Wave]) == EARLY.rules[0]
        with pytest.raises(kh.TableError, match="is not a label set"):
            from_dict(written, kh.DecisionTable, categories=["wave"])  # type: ignore[list-item]

    def test_facts_whose_values_are_labels_of_the_users_own(self) -> None:
        predicate = (WAVE == Wave.EARLY) & (kh.fact.age < 30)
        assert "labels of a label set" in faults_of(to_dict(predicate), kh.Predicate)["facts[0]"]
        assert from_dict(to_dict(predicate), PREDICATE, facts=[WAVE]) == predicate
        with pytest.raises(kh.PredicateError, match="is no fact"):
            from_dict(to_dict(predicate), PREDICATE, facts=["wave"])  # type: ignore[list-item]

    def test_the_template_of_a_profile(self) -> None:
        template = kh.Template("early", [EARLY])
        profile = kh.classify(LAN, as_of=AS_OF, template=template)
        written = to_dict(profile)
        assert faults_of(written, kh.Profile) == {"template.name": "'early' is no template of the library"}
        assert from_dict(written, kh.Profile, template=template) == profile
        other = kh.Template("other", [EARLY, kh.classifiers.side()])
        assert faults_of(written, kh.Profile, template=other) == {
            "template.name": "'early' is not the template 'other' that was given",
            "template.tables.side": "the answers were given by another table than that of template 'other'",
        }
        with pytest.raises(kh.TemplateError, match="'early' is no list of classifiers"):
            from_dict(written, kh.Profile, template="early")  # type: ignore[arg-type]

    def test_all_of_it_beside_json_too(self) -> None:
        wave = kh.DecisionTable(name="wave", category=Wave, rules=[kh.when(WAVE == Wave.EARLY).then(Wave.EARLY)])
        assert loads(dumps(wave), kh.DecisionTable, categories=[Wave], facts=[WAVE]) == wave
        template = kh.Template("early", [EARLY])
        profile = kh.classify(LAN, as_of=AS_OF, template=template)
        assert loads(dumps(profile), kh.Profile, template=template) == profile
        assert loads('{"colour": "red"}', kh.Need, unknown_keys="ignore") == kh.Need()

    def test_a_label_set_made_at_run_time_is_left_to_the_template(self) -> None:
        template = [kh.classifiers.bands(kh.fact.age, [18], name="adult")]
        profile = kh.classify(LAN, as_of=AS_OF, template=template)
        written = to_dict(profile)
        assert set(written["classifications"]["adult"]) == {
            "outcome", "facet", "label", "labels", "candidates", "rules",
        }  # fmt: skip
        assert from_dict(written, kh.Profile, template=template) == profile

    def test_a_template_with_policies_of_its_own(self) -> None:
        policy = kh.classifiers.BenefitPolicy(active_days=30)
        profile = kh.classify(LAN, as_of=AS_OF, template=kh.templates.general(benefit=policy))
        written = to_dict(profile)
        assert written["template"]["policies"] == {
            "benefit": {k: v for k, v in to_dict(policy).items() if k != "khachhang"}
        }
        assert from_dict(written, kh.Profile) == profile

    def test_a_list_of_classifiers_in_place_of_a_template(self) -> None:
        profile = kh.classify(LAN, as_of=AS_OF, template=[EARLY, kh.classifiers.side()])
        assert from_dict(to_dict(profile), kh.Profile, template=[EARLY, kh.classifiers.side()]) == profile

    def test_a_profile_by_a_model_of_the_users_own(self) -> None:
        class Model:
            name, category = "wave", Wave

            def classify(self, facts: kh.Facts) -> kh.Classification[Wave]:
                return EARLY.classify(facts)

        profile = kh.classify(LAN, as_of=AS_OF, template=[Model()])
        assert to_dict(profile)["template"] == {"name": "custom", "tables": {"wave": None}}
        assert from_dict(to_dict(profile), kh.Profile, template=profile.template) == profile
        unnamed = {**to_dict(profile), "template": {"name": "custom", "tables": {}}}
        assert list(faults_of(unnamed, kh.Profile, template=profile.template)) == ["template.tables.wave"]
        with pytest.raises(kh.InvalidError, match="a Model can not be written here"):
            to_dict(profile.template)

    def test_what_is_no_way_to_treat_unknown_keys(self) -> None:
        with pytest.raises(kh.InvalidError, match="'drop' is not a way"):
            from_dict({}, kh.Need, unknown_keys="drop")  # type: ignore[arg-type]


class TestProfile:
    written = to_dict(kh.classify(LAN, as_of=AS_OF, template=kh.templates.retail(
        benefit=kh.classifiers.BenefitPolicy(active_days=30))))  # fmt: skip

    def changed(self, **parts: Any) -> dict[str, Any]:
        return json.loads(json.dumps({**self.written, **parts}))  # type: ignore[no-any-return]

    def test_policies_come_back(self) -> None:
        assert from_dict(self.written, kh.Profile).template.policies == {
            "benefit": kh.classifiers.BenefitPolicy(active_days=30)
        }

    def test_a_table_that_has_changed_since(self) -> None:
        template = {**self.written["template"], "tables": {**self.written["template"]["tables"], "benefit": "0" * 12}}
        assert faults_of(self.changed(template=template), kh.Profile) == {
            "template.tables.benefit": "the answers were given by another table than that of template 'retail'"
        }

    def test_policies_that_are_not_those_of_the_template_given(self) -> None:
        assert "template.policies" in faults_of(self.written, kh.Profile, template=kh.templates.retail)

    @pytest.mark.parametrize(
        ("policies", "place"),
        [
            ({"self": {"type": "SidePolicy"}}, "template.policies"),
            ({"benefit": {"type": "SidePolicy"}}, "template.policies"),
            ({"benefit": {"type": "Policy"}}, "template.policies.benefit.type"),
            ({"benefit": 5}, "template.policies.benefit"),
            (5, "template.policies"),
        ],
        ids=str,
    )
    def test_policies_that_can_not_be(self, policies: Any, place: str) -> None:
        assert list(
            faults_of(self.changed(template={**self.written["template"], "policies": policies}), kh.Profile)
        ) == [place]

    def test_answers_for_other_facets(self) -> None:
        answers = {"age_band": 5, "benefit": {"outcome": "?", "facet": "side"}, "weather": {}}
        faults = faults_of(self.changed(classifications=answers), kh.Profile)
        assert faults["classifications.age_band"] == "a number is not an object"
        assert faults["classifications.benefit.facet"] == "'side' is not the facet of Benefit"
        assert faults["classifications.benefit.outcome"] == "'?' is no code of Outcome"
        assert faults["classifications.weather"] == "the key 'weather' means nothing here"
        assert faults["classifications.subject"] == "is missing"

    def test_what_is_no_object(self) -> None:
        assert faults_of(self.changed(classifications=[]), kh.Profile) == {"classifications": "a list is not an object"}
        assert faults_of(self.changed(template="retail"), kh.Profile) == {"template": "a text is not an object"}
        assert faults_of(self.changed(template={}, facts=5), kh.Profile) == {
            "facts": "a number is not an object", "template.name": "is missing", "template.tables": "is missing",
        }  # fmt: skip
        assert set(faults_of({}, kh.Profile)) == {"customer_id", "as_of", "facts", "template", "classifications"}


class TestTablesAndConditions:
    def test_a_fault_of_a_table_has_its_place_in_the_whole(self) -> None:
        template = to_dict(kh.templates.banking)
        template["classifiers"][0]["rules"][0]["label"] = "inside"
        assert faults_of(template, kh.Template) == {"classifiers[0].rules[0].label": "'inside' is not a label of Side"}
        assert faults_of({"name": "x", "classifiers": [5]}, kh.Template) == {
            "classifiers[0]": "a number is not an object"
        }

    def test_rules_that_overlap(self) -> None:
        table = kh.classifiers.age_band().to_dict()
        table["rules"][1]["condition"] = table["rules"][0]["condition"]
        assert "are true together" in faults_of(table, kh.DecisionTable)["document"]

    def test_conditions(self) -> None:
        assert faults_of({"condition": {"fact": "agee", "op": "<", "value": 5}}, kh.Predicate) == {
            "condition.fact": "no fact is called 'agee'"
        }
        assert faults_of({}, kh.Predicate) == {"document": "'condition' is missing"}
        assert faults_of([], kh.Rule) == {"document": "a list is not an object"}
        assert faults_of({"fact": "age", "where": 5}, Fill) == {"where": "5 is not a condition"}

    def test_assumptions_on_facts_of_the_users_own(self) -> None:
        nps = kh.fact.custom("nps", int, low=0, high=10)
        fill = as_assumption({"nps": 9}, {"nps": nps.variable}).fills[0]
        assert to_dict(fill)["facts"][0]["high"] == 10
        assert from_dict(to_dict(fill), Fill) == fill

    def test_a_label_set_that_can_not_be(self) -> None:
        written = to_dict(kh.classifiers.bands(kh.fact.age, [18], name="adult"))
        term = written["label_set"]["labels"][0]
        for label_set, place in (
            (5, "label_set"),
            ({"facet": {**term, "code": " "}, "labels": []}, "label_set.facet.code"),
            ({"facet": term, "labels": [{**term, "label": {"vi": 5, "en": ""}}]}, "label_set.labels[0].label.vi"),
            ({"facet": {**term, "code": "adult"}, "labels": [term, term]}, "document"),
            ({"facet": term, "labels": [term]}, "facet"),
        ):
            assert list(faults_of({**written, "label_set": label_set}, kh.DecisionTable)) == [place]

    def test_an_answer_without_a_facet(self) -> None:
        assert from_dict({"outcome": "unmatched"}, kh.Classification) == kh.Classification(kh.Outcome.UNMATCHED)
        assert faults_of({"outcome": "matched", "label": "over_50"}, kh.Classification) == {"facet": "is missing"}
        assert faults_of({"outcome": "matched", "facet": 5}, kh.Classification) == {
            "facet": "5 is not the code of a facet"
        }
        assert faults_of(5, kh.Classification) == {"document": "a number is not an object"}


class TestWhatCanNotBeWritten:
    @pytest.mark.parametrize(
        "value", [kh.AgeBand.UNDER_15, kh.fact, ValueError(), 5, None, [LAN]], ids=lambda value: type(value).__name__
    )
    def test_objects_without_a_form(self, value: Any) -> None:
        with pytest.raises(kh.InvalidError, match=r"to_dict: one wrong field\n  kind: .* has no form in documents"):
            to_dict(value)

    def test_a_subclass_that_would_lose_what_it_adds(self) -> None:
        @attrs.frozen
        class Words(kh.Words):
            fr: str

        with pytest.raises(kh.InvalidError, match="Words has no form in documents"):
            to_dict(Words("khách", "customer", "client"))

    def test_what_is_no_class(self) -> None:
        for kind in ("Customer", LAN, [kh.Customer], None):
            with pytest.raises(kh.InvalidError, match="is not a class"):
                loads("{}", kind)  # type: ignore[arg-type]
            with pytest.raises(kh.InvalidError, match="is not a class"):
                from_dict({}, kind)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "facts",
        [
            kh.Facts(spend=Decimal("1E+300")),
            kh.Facts(spend=Decimal("1E-300")),
            kh.Facts(spend=Decimal("1" + 290 * "0" + "." + 20 * "1")),
            kh.Facts(extra={"x": float("inf")}),
            kh.Facts(extra={"x": Decimal("Infinity")}),
        ],
        ids=repr,
    )
    def test_numbers_that_json_has_not(self, facts: kh.Facts) -> None:
        with pytest.raises(kh.InvalidError, match="to_dict"):
            dumps(facts)

    def test_halves_of_surrogate_pairs(self) -> None:
        with pytest.raises(kh.InvalidError, match="half a surrogate pair"):
            dumps(kh.Words("\ud83d", ""))

    def test_a_base_policy(self) -> None:
        with pytest.raises(kh.InvalidError, match="a Policy can not be written here"):
            to_dict(kh.classifiers.Policy())


def test_a_moment_is_no_day() -> None:
    assert "day" in faults_of({"day": datetime(2026, 1, 5), "amount": 1}, kh.Purchase)
    assert "day" in faults_of({"day": "2026-01-05T00:00:00", "amount": 1}, kh.Purchase)


def test_a_broken_cattrs_is_not_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / "cattrs.py").write_text("import no_such_package")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import khachhang.codec"
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)  # noqa: S603  # our own
    assert "ModuleNotFoundError: No module named 'no_such_package'" in run.stderr


def test_the_room_is_imported_when_it_is_used_and_says_what_it_needs() -> None:
    code = """
import sys
import khachhang as kh

assert "cattrs" not in sys.modules
sys.modules["cattrs"] = None
try:
    kh.codec
except kh.MissingExtraError as error:
    print(error.room, error.package)
try:
    import khachhang.codec
except kh.MissingExtraError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # our own
    assert run.stdout.splitlines() == [
        "codec cattrs",
        "khachhang.codec needs 'cattrs', which is not installed",
        "Hint: pip install 'khachhang[codec]'",
    ]
