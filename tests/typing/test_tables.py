"""Tables for a type checker: a table answers with labels of its own set, and tables of several sets make a template.

What is refused bears a `type: ignore`; a checker that accepted it would report the comment as unused.
"""

from __future__ import annotations

from datetime import date
from typing import Any, assert_never, assert_type

import attrs
import pytest

import khachhang as kh

LAN = kh.Customer(id="KH-001", party=kh.Person(name="Nguyễn Thị Lan", birth_date=date(1995, 4, 2)))


class Guest(kh.Category):
    """A label set of a user's own."""

    REGULAR = "regular"
    AWAY = "away"


def guests() -> kh.DecisionTable[Guest]:
    return kh.DecisionTable(
        name="guest",
        category=Guest,
        rules=[kh.when(kh.fact.purchase_count >= 4).then(Guest.REGULAR), kh.when(kh.always).then(Guest.AWAY)],
        hit=kh.HitPolicy.FIRST,
    )


class ByName:
    """A user's own model: no table."""

    name = "by_name"
    category = Guest

    def classify(self, facts: Any) -> kh.Classification[Guest]:
        del facts
        label = frozenset([Guest.AWAY])
        return kh.Classification(kh.Outcome.MATCHED, Guest.AWAY, label, label)


class TestRules:
    def test_a_rule_knows_the_set_of_its_label(self) -> None:
        assert_type(kh.when(kh.fact.age < 15).then(kh.AgeBand.UNDER_15), kh.Rule[kh.AgeBand])
        assert_type(kh.when(kh.fact.has_need).then(Guest.REGULAR), kh.Rule[Guest])

    def test_a_rule_of_one_set_is_a_rule_of_any(self) -> None:
        rule: kh.Rule[kh.Category] = kh.when(kh.always).then(Guest.AWAY)

        assert rule.label is Guest.AWAY

    def test_a_code_is_no_label(self) -> None:
        with pytest.raises(kh.PredicateError):
            kh.when(kh.always).then("away")  # type: ignore[type-var]


class TestAnswers:
    def test_a_table_answers_with_labels_of_its_set(self) -> None:
        known = kh.Facts(purchase_count=5)

        assert_type(guests().classify(known), kh.Classification[Guest])
        assert_type(guests().label(known), Guest | None)
        assert_type(guests().labels(known), frozenset[Guest])
        assert_type(guests().category, type[Guest])
        assert_type(kh.classifiers.age_band(), kh.DecisionTable[kh.AgeBand])
        assert guests().label(known) is Guest.REGULAR

    def test_a_table_that_is_read_or_changed_keeps_its_set(self) -> None:
        read = kh.DecisionTable.from_dict(guests().to_dict(), category=Guest)
        changed = attrs.evolve(guests(), name="visitor")
        made = kh.classifiers.bands(kh.fact.purchase_count, [4], Guest)

        assert_type(read, kh.DecisionTable[Guest])
        assert_type(changed, kh.DecisionTable[Guest])
        assert_type(made, kh.DecisionTable[Guest])
        assert read == guests() != changed

    def test_every_outcome_and_every_label_can_be_told_apart(self) -> None:
        def told(answer: kh.Classification[Guest]) -> str:
            match answer.outcome:
                case kh.Outcome.MATCHED | kh.Outcome.UNDETERMINED:
                    pass
                case kh.Outcome.UNMATCHED:
                    return "nobody's guest"
                case _:
                    assert_never(answer.outcome)
            match answer.label:
                case Guest.REGULAR:
                    return "a regular"
                case Guest.AWAY:
                    return "away"
                case None:
                    return "not known"
                case _:
                    assert_never(answer.label)

        assert told(guests().classify(kh.Facts(purchase_count=5))) == "a regular"
        assert told(guests().classify(kh.Facts())) == "not known"

    def test_a_hit_policy_is_no_text(self) -> None:
        with pytest.raises(kh.TableError):
            kh.DecisionTable(name="guest", category=Guest, rules=[], hit="first")  # type: ignore[arg-type]


class TestVariance:
    def test_a_table_of_one_set_is_a_table_of_any(self) -> None:
        table: kh.DecisionTable[kh.Category] = guests()
        answer: kh.Classification[kh.Category] = guests().classify(kh.Facts(purchase_count=1))

        assert (table.name, answer.label) == ("guest", Guest.AWAY)

    def test_and_no_table_of_another_set(self) -> None:
        table: kh.DecisionTable[kh.Side] = guests()  # type: ignore[assignment]
        answer: kh.Classification[kh.Side] = guests().classify(kh.Facts())  # type: ignore[assignment]

        assert (table.name, answer.label) == ("guest", None)

    def test_a_table_and_a_model_of_ones_own_are_classifiers(self) -> None:
        several: list[kh.Classifier[Guest]] = [guests(), ByName()]
        other: kh.Classifier[kh.Side] = ByName()  # type: ignore[assignment]

        assert [one.name for one in several] == ["guest", "by_name"]
        assert isinstance(other, kh.Classifier)


class TestTemplates:
    def test_tables_of_several_sets_are_a_template_without_a_cast(self) -> None:
        several = [kh.classifiers.age_band(), kh.classifiers.relationship_type(), guests()]
        profile = kh.classify(LAN, as_of=date(2026, 6, 30), template=several)

        assert list(kh.Template("mine", several)) == several
        assert profile.age_band.label is kh.AgeBand.FROM_22_TO_50

    def test_a_template_grows_by_tables_and_by_models_of_ones_own(self) -> None:
        grown = kh.Template("mine", [*kh.templates.retail, guests(), ByName()])

        assert len(grown) == len(kh.templates.retail) + 2

    def test_other_things_are_none(self) -> None:
        with pytest.raises(kh.TemplateError):
            kh.Template("mine", [guests(), "age_band"])  # type: ignore[list-item]
        with pytest.raises(kh.TemplateError):
            kh.classify(LAN, as_of=date(2026, 6, 30), template="retail")  # type: ignore[arg-type]


class TestProfiles:
    def test_a_facet_is_typed_by_its_set_a_users_own_among_them(self) -> None:
        profile = kh.classify(LAN, as_of=date(2026, 6, 30), template=[kh.classifiers.age_band(), guests()])

        assert_type(profile[kh.AgeBand], kh.Classification[kh.AgeBand])
        assert_type(profile[Guest], kh.Classification[Guest])
        assert_type(profile[Guest].label, Guest | None)
        assert_type(profile.age_band, kh.Classification[kh.AgeBand])
        assert_type(profile["guest"], kh.Classification[kh.Category])
        assert profile[Guest] is profile["guest"] is profile.guest

    def test_what_is_no_facet_is_refused(self) -> None:
        profile = kh.classify(LAN, as_of=date(2026, 6, 30))

        with pytest.raises(kh.UnknownNameError):
            profile[3]  # type: ignore[call-overload]


def test_a_room_of_an_extra_is_typed_and_nothing_else_is_there() -> None:
    assert_type(kh.templates.general, kh.Template)
    assert callable(kh.testing.customers)
    assert callable(kh.frames.classify)
    with pytest.raises(AttributeError):
        kh.nothing  # type: ignore[attr-defined]
