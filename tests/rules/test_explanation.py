"""Reasons in words, each line written by hand from the rules and the facts."""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.classifiers import age_band
from khachhang.errors import TableError, UnknownLanguageError
from khachhang.facts import RECORDED_IS_ALL, DecisionTable, Facts, fact
from khachhang.rules import HitPolicy, Rule, always, when
from khachhang.taxonomy import AgeBand, Category, term


class Care(Category, vi="Mức chăm sóc", en="Care"):
    """How much care a customer gets."""

    SPECIAL = term("special", vi="Đặc biệt", en="Special")
    USUAL = term("usual", vi="Thông thường", en="Usual")
    LITTLE = term("little", vi="Ít", en="Little")


OLD = when(fact.age > 50).then(Care.SPECIAL)
IN_NEED = when(fact.has_need).then(Care.USUAL)
REST = when(always).then(Care.LITTLE)
RICH = when(fact.monthly_income >= 40_000_000).then(Care.SPECIAL)


def care(*rules: Rule[Any], hit: HitPolicy = HitPolicy.FIRST, **more: Any) -> DecisionTable[Care]:
    return DecisionTable(name="care", category=Care, rules=rules, hit=hit, **more)


def lines(table: DecisionTable[Any], facts: Facts, why_not: Category | None = None) -> list[str]:
    return table.explain(facts, "en", why_not=why_not).splitlines()


def reasons_why_not(table: DecisionTable[Any], facts: Facts, label: Category) -> list[str]:
    """What is added to the explanation when one asks why it is not a label."""
    short, long = lines(table, facts), lines(table, facts, label)
    added = len(long) - len(short)
    start = next(place for place, line in enumerate([*short, ""]) if line != long[place])
    assert long[:start] + long[start + added :] == short
    return long[start : start + added]


class TestAnswer:
    def test_a_rule_that_holds_is_the_reason_with_the_values_that_were_read(self) -> None:
        table = care(when((fact.age >= 15) & (fact.spend >= 2_500_000)).then(Care.SPECIAL))
        facts = Facts(age=31, spend="2500000.50", currency="VND")

        assert lines(table, facts) == [
            "Care: Special.",
            "Rule 1 (Special) holds, because:",
            "  - the age is at least 15 years (here: 31 years)",
            "  - the net spend is at least 2,500,000 (here: 2,500,000.5 VND)",
        ]
        assert table.explain(facts, "vi").splitlines() == [
            "Mức chăm sóc: Đặc biệt.",
            "Quy tắc 1 (Đặc biệt) đúng, vì:",
            "  - tuổi từ 15 trở lên (thực tế: 31)",
            "  - chi mua thực từ 2.500.000 trở lên (thực tế: 2.500.000,5 VND)",
        ]

    def test_only_what_makes_the_condition_true_is_named(self) -> None:
        table = care(when((fact.age > 50) | (fact.has_need & ~fact.has_means)).then(Care.SPECIAL))

        assert lines(table, Facts(age=31, has_need=True, has_means=False)) == [
            "Care: Special.",
            "Rule 1 (Special) holds, because:",
            "  - there is a need (here: yes)",
            "  - the means are lacking (here: no)",
        ]

    def test_only_what_makes_the_conditions_of_others_false_is_named(self) -> None:
        elsewhere = when((fact.age > 50) & fact.has_means).then(Care.SPECIAL)
        facts = Facts(age=70, has_means=False, has_need=False)
        fails = ["Rule 1 (Special) fails, because:", "  - there are the means (here: no)"]

        assert lines(care(elsewhere, REST), facts)[3:] == fails
        assert lines(care(elsewhere), facts)[2:] == fails
        assert lines(care(elsewhere, otherwise=Care.LITTLE), facts)[2:] == fails
        assert reasons_why_not(care(elsewhere, REST), facts, Care.SPECIAL)[1:] == fails

    def test_a_rule_for_all_others_holds_because_those_before_it_fail(self) -> None:
        assert lines(care(OLD, IN_NEED, REST), Facts(age=31, has_need=False)) == [
            "Care: Little.",
            "Rule 3 (Little) holds, because:",
            "  - in every other case",
            "Rule 1 (Special) fails, because:",
            "  - the age is over 50 years (here: 31 years)",
            "Rule 2 (Usual) fails, because:",
            "  - there is a need (here: no)",
        ]

    def test_rules_behind_one_that_always_holds_are_no_reason(self) -> None:
        assert lines(care(REST, OLD), Facts(age=31))[2:] == ["  - in every other case"]

    def test_rules_that_do_not_fail_are_no_reason_for_the_one_behind_them(self) -> None:
        table = care(OLD, IN_NEED, REST, hit=HitPolicy.COLLECT)

        assert lines(table, Facts(age=31, has_need=True)) == [
            "Care: Usual; Little.",
            "Rule 2 (Usual) holds, because:",
            "  - there is a need (here: yes)",
            "Rule 3 (Little) holds, because:",
            "  - in every other case",
            "Rule 1 (Special) fails, because:",
            "  - the age is over 50 years (here: 31 years)",
        ]

    def test_the_default_label_follows_where_every_rule_fails(self) -> None:
        table = care(OLD, otherwise=Care.LITTLE)

        assert lines(table, Facts(age=31)) == [
            "Care: Little.",
            "No rule holds, so the default label follows: Little.",
            "Rule 1 (Special) fails, because:",
            "  - the age is over 50 years (here: 31 years)",
        ]
        assert "Không quy tắc nào đúng, nên lấy nhãn mặc định: Ít." in table.explain(Facts(age=31), "vi").splitlines()

    def test_where_everything_open_leads_to_one_label_it_is_given_and_the_ways_there_are_named(self) -> None:
        table = care(OLD, otherwise=Care.SPECIAL)

        assert lines(table, Facts()) == [
            "Care: Special.",
            "All that is still possible leads to the same label.",
            "Rule 1 (Special) is open, because:",
            "  - the age is over 50 years (not known)",
            "If no rule holds, it is: Special.",
        ]

    def test_a_fraction_is_rounded_and_said_to_be(self) -> None:
        table = care(when(fact.mean_purchase_gap > 30).then(Care.LITTLE))

        assert lines(table, Facts(purchase_count=4, mean_purchase_gap=91 / 3))[-1] == (
            "  - the mean gap between purchases is over 30 days (here: about 30.33 days)"
        )


class TestNoLabel:
    def test_every_rule_fails_and_why(self) -> None:
        assert lines(care(OLD, IN_NEED), Facts(age=31, has_need=False)) == [
            "Care: no label.",
            "No rule holds:",
            "Rule 1 (Special) fails, because:",
            "  - the age is over 50 years (here: 31 years)",
            "Rule 2 (Usual) fails, because:",
            "  - there is a need (here: no)",
        ]

    def test_the_table_does_not_apply(self) -> None:
        assert lines(age_band(), Facts(party_kind="group")) == [
            "Age band: no label.",
            "The table applies only where the party is Person; that is not so here:",
            "  - the party is Person (here: Group)",
        ]
        assert age_band().explain(Facts(party_kind="group"), "vi").splitlines() == [
            "Độ tuổi: không thuộc nhãn nào.",
            "Bảng này chỉ áp dụng khi chủ thể là Cá nhân; ở đây không phải vậy:",
            "  - chủ thể là Cá nhân (thực tế: Nhóm người)",
        ]


class TestNotKnownYet:
    def test_it_names_what_is_open_what_to_find_out_and_what_that_would_decide(self) -> None:
        table = care(IN_NEED, otherwise=Care.LITTLE)

        assert lines(table, Facts()) == [
            "Care: not known yet. Still possible: Usual; Little.",
            "Rule 1 (Usual) is open, because:",
            "  - there is a need (not known)",
            "If no rule holds, it is: Little.",
            "To settle it, find out: whether there is a need.",
            "  - if there is no need: Little",
            "  - if there is a need: Usual",
            "If no record means that there was nothing, say so with assume=, such as assume=kh.RECORDED_IS_ALL.",
        ]
        assert table.explain(Facts(), "vi").splitlines() == [
            "Mức chăm sóc: chưa xác định được. Còn có thể là: Thông thường; Ít.",
            "Quy tắc 1 (Thông thường) chưa biết đúng hay sai, vì:",
            "  - khách có nhu cầu (chưa biết)",
            "Nếu không quy tắc nào đúng thì là: Ít.",
            "Cần biết thêm: khách có nhu cầu hay không.",
            "  - nếu khách không có nhu cầu thì: Ít",
            "  - nếu khách có nhu cầu thì: Thông thường",
            "Nếu sổ sách không ghi nghĩa là không có, hãy nói rõ bằng assume=, chẳng hạn assume=kh.RECORDED_IS_ALL.",
        ]

    def test_that_no_label_may_follow_is_said(self) -> None:
        assert lines(care(OLD), Facts())[0] == "Care: not known yet. Still possible: Special; or no label at all."
        first = care(OLD).explain(Facts(), "vi").splitlines()[0]
        assert first == "Mức chăm sóc: chưa xác định được. Còn có thể là: Đặc biệt; hoặc không thuộc nhãn nào."

    def test_a_true_rule_behind_an_open_one_is_shown(self) -> None:
        assert lines(care(OLD, IN_NEED, REST), Facts(has_need=True)) == [
            "Care: not known yet. Still possible: Special; Usual.",
            "Rule 1 (Special) is open, because:",
            "  - the age is over 50 years (not known)",
            "Rule 2 (Usual) holds, because:",
            "  - there is a need (here: yes)",
            "To settle it, find out: the age.",
            "  - if the age is at most 50 years: Usual",
            "  - if the age is at least 51 years: Special",
            "If no record means that there was nothing, say so with assume=, such as assume=kh.RECORDED_IS_ALL.",
        ]

    def test_of_true_rules_the_one_that_ranks_highest_is_shown(self) -> None:
        shown = lines(care(REST, IN_NEED, OLD, hit=HitPolicy.PRIORITY), Facts(has_need=True))

        assert shown[0] == "Care: not known yet. Still possible: Special; Usual."
        assert "Rule 2 (Usual) holds, because:" in shown
        assert not any(line.startswith("Rule 1 ") for line in shown)

    def test_of_several_labels_the_certain_ones_are_said_and_what_each_value_adds_or_rules_out(self) -> None:
        table = care(OLD, IN_NEED, when(fact.age > 50).then(Care.LITTLE), hit=HitPolicy.COLLECT)

        assert lines(table, Facts(has_need=True)) == [
            "Care: not known yet. Still possible: Special; Little. Certain already: Usual.",
            "Rule 2 (Usual) holds, because:",
            "  - there is a need (here: yes)",
            "Rule 1 (Special) is open, because:",
            "  - the age is over 50 years (not known)",
            "Rule 3 (Little) is open, because:",
            "  - the age is over 50 years (not known)",
            "To settle it, find out: the age.",
            "  - if the age is at most 50 years: Usual",
            "  - if the age is at least 51 years: Special, Usual, Little",
            "If no record means that there was nothing, say so with assume=, such as assume=kh.RECORDED_IS_ALL.",
        ]
        assert lines(table, Facts())[-5:-1] == [
            "  - if the age is at most 50 years: not Special; Little",
            "  - if the age is at least 51 years: certainly Special; Little",
            "  - if there is no need: not Usual",
            "  - if there is a need: certainly Usual",
        ]

    def test_what_contradicts_the_known_decides_nothing(self) -> None:
        facts = Facts(party_kind="group")  # a group has no age

        assert lines(care(OLD, IN_NEED, hit=HitPolicy.COLLECT), facts)[-4:-1] == [
            "To settle it, find out: the age; whether there is a need.",
            "  - if there is no need: not Usual",
            "  - if there is a need: certainly Usual",
        ]

    def test_whether_the_table_applies_is_asked_first(self) -> None:
        table = care(OLD, given=fact.has_need)

        assert lines(table, Facts(age=70))[:6] == [
            "Care: not known yet. Still possible: Special; or no label at all.",
            "The table applies only where there is a need; that is not known:",
            "  - there is a need (not known)",
            "Rule 1 (Special) holds, because:",
            "  - the age is over 50 years (here: 70 years)",
            "To settle it, find out: whether there is a need.",
        ]


class TestWhyNot:
    def test_its_rules_fail_and_why(self) -> None:
        table = care(OLD, IN_NEED)

        assert reasons_why_not(table, Facts(age=31, has_need=True), Care.SPECIAL) == [
            "Why not “Special”:",
            "Rule 1 (Special) fails, because:",
            "  - the age is over 50 years (here: 31 years)",
        ]
        assert "Vì sao không phải “Đặc biệt”:" in table.explain(
            Facts(age=31, has_need=True), "vi", why_not=Care.SPECIAL
        )

    def test_it_is_the_label(self) -> None:
        assert reasons_why_not(care(OLD), Facts(age=70), Care.SPECIAL) == ["“Special” is a label of this customer."]

    def test_it_is_still_possible(self) -> None:
        assert reasons_why_not(care(OLD), Facts(), Care.SPECIAL) == ["“Special” is still possible."]

    def test_a_rule_that_goes_before_has_decided(self) -> None:
        assert reasons_why_not(care(OLD, IN_NEED), Facts(age=70, has_need=True), Care.USUAL) == [
            "Why not “Usual”:",
            "Rule 2 (Usual) holds as well, but a rule that goes before it has decided.",
        ]

    @pytest.mark.parametrize("hit", [HitPolicy.FIRST, HitPolicy.PRIORITY])
    def test_a_rule_that_is_open_is_not_said_to_hold(self, hit: HitPolicy) -> None:
        table = care(OLD, IN_NEED, hit=hit)

        assert reasons_why_not(table, Facts(age=70), Care.USUAL) == [
            "Why not “Usual”:",
            "Rule 2 (Usual) is open, but another rule has decided already.",
        ]
        assert (
            "Quy tắc 2 (Thông thường) chưa biết đúng hay sai, nhưng một quy tắc khác đã quyết định."
            in table.explain(Facts(age=70), "vi", why_not=Care.USUAL).splitlines()
        )

    @pytest.mark.parametrize("age", [70, 31, None])
    def test_where_the_table_does_not_apply_its_rules_do_not_matter(self, age: int | None) -> None:
        table = care(OLD, given=fact.has_need)

        assert reasons_why_not(table, Facts(age=age, has_need=False), Care.SPECIAL) == [
            "Why not “Special”:",
            "  - the table does not apply here.",
        ]

    def test_no_rule_gives_it(self) -> None:
        assert reasons_why_not(care(OLD), Facts(age=70), Care.LITTLE) == [
            "Why not “Little”:",
            "  - no rule gives this label.",
        ]

    def test_it_is_for_those_alone_of_whom_no_rule_holds(self) -> None:
        table = care(OLD, IN_NEED, otherwise=Care.USUAL)

        assert reasons_why_not(table, Facts(age=70, has_need=False), Care.USUAL) == [
            "Why not “Usual”:",
            "Rule 2 (Usual) fails, because:",
            "  - there is a need (here: no)",
            "  - as the default label it is only for those for whom no rule holds.",
        ]
        assert reasons_why_not(care(OLD, otherwise=Care.LITTLE), Facts(age=70), Care.LITTLE) == [
            "Why not “Little”:",
            "  - as the default label it is only for those for whom no rule holds.",
        ]


class TestAssumed:
    COMPLAINT = when(fact.unresolved_complaint_count >= 1).then(Care.SPECIAL)

    def test_what_was_assumed_and_used_is_said(self) -> None:
        facts = Facts(age=31).assuming(RECORDED_IS_ALL)

        assert lines(care(self.COMPLAINT, otherwise=Care.LITTLE), facts) == [
            "Care: Little.",
            "No rule holds, so the default label follows: Little.",
            "Rule 1 (Special) fails, because:",
            "  - the number of unresolved complaints is at least 1 (assumed: 0)",
            "Assumed and used: the number of unresolved complaints is 0.",
        ]

    def test_what_was_assumed_and_not_used_is_not(self) -> None:
        facts = Facts(age=70).assuming(RECORDED_IS_ALL)

        assert "ssumed" not in care(OLD).explain(facts, "en")

    def test_what_is_still_not_known_may_be_said_as_well(self) -> None:
        table = care(self.COMPLAINT, IN_NEED)
        facts = Facts().assuming(RECORDED_IS_ALL)

        assert lines(table, facts)[-1] == (
            "Where no record means that there was nothing, say that as well with assume=."
        )


class TestPersonal:
    def test_an_income_is_never_shown(self) -> None:
        for income in (12_345_678, 87_654_321):
            for lang in ("vi", "en"):
                text = care(RICH, otherwise=Care.LITTLE).explain(
                    Facts(monthly_income=income), lang, why_not=Care.SPECIAL
                )
                assert "345" not in text
                assert "654" not in text
        assert (
            lines(care(RICH), Facts(monthly_income=87_654_321))[-1] == "  - the monthly income is at least 40,000,000"
        )

    def test_that_it_is_not_known_is_shown(self) -> None:
        assert lines(care(RICH), Facts())[2] == "  - the monthly income is at least 40,000,000 (not known)"

    def test_an_assumed_income_is_named_without_its_value(self) -> None:
        facts = Facts().assuming({"monthly_income": 87_654_321})

        assert lines(care(RICH), facts)[-1] == "Assumed and used: the monthly income."


def test_a_language_without_words_is_refused() -> None:
    wrong: Any = "fr"
    with pytest.raises(UnknownLanguageError, match="'fr'"):
        age_band().explain(Facts(age=3), wrong)


def test_a_label_of_another_set_is_refused() -> None:
    with pytest.raises(TableError, match=r"why_not: <AgeBand.OVER_50: 'over_50'> is not a label of Care"):
        care(OLD).explain(Facts(age=70), "en", why_not=AgeBand.OVER_50)
