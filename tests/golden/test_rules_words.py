"""What tables, their findings and their answers say of themselves, in both languages, below the call that asks.

What is true of whom is proved elsewhere; here it was read whether people would say it so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from attrs import evolve
from tests.golden.approved import approved, calls_of, check
from tests.rules.test_explanation import IN_NEED, OLD, REST, RICH, Care, care

import khachhang as kh
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import Classification, HitPolicy, Outcome, space
from khachhang.rules.predicate import And, Or
from khachhang.rules.wording import date_text, number_text, predicate_text, read_text, value_text
from khachhang.taxonomy import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIRST, PRIORITY, COLLECT, UNIQUE = HitPolicy.FIRST, HitPolicy.PRIORITY, HitPolicy.COLLECT, HitPolicy.UNIQUE
SPECIAL, USUAL, LITTLE = Care.SPECIAL, Care.USUAL, Care.LITTLE
BOUGHT = kh.when(fact.purchase_count >= 5).then(USUAL)
LATE = kh.when(fact.days_since_last_purchase > 30).then(LITTLE)
COMPLAINT = kh.when(fact.unresolved_complaint_count >= 1).then(SPECIAL)
POINTS = fact.custom("points", int, low=0, high=10, vi="điểm", en="the points", unit=Words("điểm", "points"))


def table(*conditions: Any, hit: HitPolicy = FIRST, **more: Any) -> DecisionTable[Any]:
    labels = [SPECIAL, USUAL, LITTLE] * len(conditions)
    rules = [kh.when(condition).then(label) for condition, label in zip(conditions, labels, strict=False)]
    return care(*rules, hit=hit, **more)


def differences(one: DecisionTable[Any], other: DecisionTable[Any], lang: Any) -> list[str]:
    return [difference.explain(lang) for difference in one.diff(other)]


def paths(table: DecisionTable[Any], label: Care, facts: Facts, lang: Any) -> list[str]:
    return [path.explain(lang) for path in table.paths_to(label, facts)]


def without_budget(make: Callable[[], str]) -> str:
    with mock.patch.object(space.Budget, "STEPS_PER_SECOND", 0):
        return make()


NAMES: dict[str, Any] = {"fact": fact, "kh": kh, "POINTS": POINTS, "OLD": OLD, "IN_NEED": IN_NEED, "REST": REST}
NAMES |= {"RICH": RICH, "BOUGHT": BOUGHT, "LATE": LATE, "COMPLAINT": COMPLAINT}
NAMES |= {each.name: each for each in (FIRST, PRIORITY, COLLECT, UNIQUE, SPECIAL, USUAL, LITTLE)}
NAMES |= {each.__name__: each for each in (care, differences, evolve, paths, table, without_budget)}
NAMES |= {each.__name__: each for each in (date_text, number_text, predicate_text, read_text, value_text)}
NAMES |= {each.__name__: each for each in (And, Care, Classification, Decimal, Facts, Or, Outcome, date)}

CALLS = r"""
# Conditions
predicate_text(fact.age == 15, lang)
predicate_text(fact.age != 15, lang)
predicate_text((fact.age < 1) & (fact.age <= 2), lang)
predicate_text((fact.spend > 1_000) | (fact.spend >= "1.5"), lang)
predicate_text(fact.spend.between(1, 2_000), lang)
predicate_text(fact.age.between(15, 22, closed="left"), lang)
predicate_text(fact.age.between(15, 22, closed="right"), lang)
predicate_text(fact.age.between(15, 22, closed="neither"), lang)
predicate_text(fact.discounted_share.is_in([0.5, 0.25]), lang)
predicate_text(fact.age.is_in([1, 2]), lang)
predicate_text(~fact.gender.is_in([kh.Gender.MALE, kh.Gender.FEMALE]), lang)
predicate_text(fact.occupation.is_in([]), lang)
predicate_text(fact.occupation == "giáo viên", lang)
predicate_text(fact.has_need, lang)
predicate_text(~fact.has_need, lang)
predicate_text(fact.custom("vip", bool, vi="khách quý", en="a VIP") == False, lang)
predicate_text(fact.has_need & (fact.has_means | (fact.age < 5) & fact.taste_matches), lang)
predicate_text(~(fact.has_need | (fact.has_means & fact.taste_matches)), lang)
predicate_text(kh.always, lang)
predicate_text(~kh.always, lang)

# Values
value_text(fact.age.variable, 1, lang)
value_text(fact.age.variable, 2, lang)
value_text(fact.age.variable, 2, lang, unit=False)
value_text(fact.has_need.variable, True, lang)
value_text(fact.has_need.variable, False, lang)
value_text(fact.discounted_share.variable, 0.125, lang)
read_text(fact.discounted_share.variable, 1 / 3, lang)
read_text(fact.mean_purchase_gap.variable, 30.125, lang)
read_text(fact.mean_purchase_gap.variable, 30.25, lang)
number_text(1_234_567, lang)
number_text(10**400 // 3, lang)
number_text(Decimal("1234567.50"), lang)
number_text(Decimal("1E+3"), lang)
number_text(100.0, lang)
date_text(date(2026, 1, 5), lang)

# Answers
care(OLD).classify(Facts(age=70)).describe(lang)
care(OLD).classify(Facts(age=7)).describe(lang)
care(OLD, IN_NEED, REST).classify(Facts()).describe(lang)
care(OLD, IN_NEED, hit=COLLECT).classify(Facts(age=70, has_need=True)).describe(lang)
repr(care(OLD, IN_NEED, REST).classify(Facts()))
repr(Classification(Outcome.MATCHED, labels=frozenset({*"cadfbe", SPECIAL})))

# Reasons: a label
care(OLD, IN_NEED, REST).explain(Facts(age=70), lang)
care(OLD, IN_NEED, REST).explain(Facts(age=31, has_need=False), lang)
care(OLD, IN_NEED, REST, hit=COLLECT).explain(Facts(age=31, has_need=True), lang)
table((fact.age > 50) | (fact.has_need & ~fact.has_means)).explain(Facts(age=31, has_need=True, has_means=False), lang)
table((fact.age > 50) & (fact.has_need | fact.has_means)).explain(Facts(age=71, has_need=True, has_means=True), lang)
table(fact.spend >= 2_500_000).explain(Facts(spend="2500000.50", currency="VND"), lang)
table(fact.mean_purchase_gap > 30).explain(Facts(purchase_count=4, mean_purchase_gap=91 / 3), lang)
table(fact.custom("limit", kh.fact.spend.type) > 3).explain(Facts(currency="VND", extra={"limit": 5}), lang)
care(RICH).explain(Facts(monthly_income=87_654_321), lang)
care(OLD, otherwise=LITTLE).explain(Facts(age=31), lang)
care(OLD, otherwise=SPECIAL).explain(Facts(), lang)
care(COMPLAINT, otherwise=LITTLE).explain(Facts(age=31).assuming(kh.RECORDED_IS_ALL), lang)
care(RICH).explain(Facts().assuming({"monthly_income": 87_654_321}), lang)

# Reasons: no label
care(OLD, IN_NEED).explain(Facts(age=31, has_need=False), lang)
care(OLD, given=fact.has_need).explain(Facts(has_need=False), lang)
care(OLD, given=fact.has_need & fact.has_means).explain(Facts(has_need=True, has_means=False), lang)

# Reasons: not known yet
care(OLD).explain(Facts(), lang)
care(IN_NEED, otherwise=LITTLE).explain(Facts(), lang)
care(OLD, IN_NEED, REST).explain(Facts(has_need=True), lang)
care(REST, IN_NEED, OLD, hit=PRIORITY).explain(Facts(has_need=True), lang)
care(OLD, given=fact.has_need).explain(Facts(age=70), lang)
care(OLD, given=fact.has_need & fact.has_means).explain(Facts(age=70, has_need=True), lang)
care(OLD, kh.when(fact.has_need | fact.has_means).then(USUAL)).explain(Facts(has_need=True, has_means=False), lang)
care(IN_NEED, OLD, otherwise=LITTLE).explain(Facts(age=31), lang)
care(COMPLAINT, kh.when(fact.referral_count >= 1).then(USUAL)).explain(Facts().assuming(kh.RECORDED_IS_ALL), lang)
care(OLD, kh.when(fact.age > 50).then(LITTLE), IN_NEED, hit=COLLECT).explain(Facts(), lang)
care(OLD, kh.when(fact.age > 50).then(LITTLE), IN_NEED, hit=COLLECT).explain(Facts(has_need=True), lang)
care(BOUGHT, LATE).explain(Facts(), lang)
care(OLD, IN_NEED, hit=COLLECT).explain(Facts(party_kind="group"), lang)
care(COMPLAINT, IN_NEED).explain(Facts().assuming(kh.RECORDED_IS_ALL), lang)
table(fact.age < 50, fact.age >= 50, hit=COLLECT, given=fact.has_need).explain(Facts(age=3), lang)
table(POINTS < 3, POINTS == 3, POINTS > 8).explain(Facts(), lang)
table(fact.age >= 0).explain(Facts(), lang)
table(fact.age > 50, fact.age <= 50, fact.has_need, hit=COLLECT).explain(Facts(), lang)
table(fact.gender == kh.Gender.MALE, fact.occupation.is_in(["a", "b"])).explain(Facts(), lang)

# Why not
care(OLD).explain(Facts(age=70), lang, why_not=SPECIAL)
care(OLD).explain(Facts(), lang, why_not=SPECIAL)
care(OLD).explain(Facts(age=70), lang, why_not=LITTLE)
care(OLD, IN_NEED).explain(Facts(age=31, has_need=True), lang, why_not=SPECIAL)
care(OLD, IN_NEED).explain(Facts(age=70, has_need=True), lang, why_not=USUAL)
care(OLD, IN_NEED).explain(Facts(age=70), lang, why_not=USUAL)
care(OLD, given=fact.has_need).explain(Facts(age=70, has_need=False), lang, why_not=SPECIAL)
care(OLD, IN_NEED, otherwise=USUAL).explain(Facts(age=70, has_need=False), lang, why_not=USUAL)
care(OLD, otherwise=LITTLE).explain(Facts(age=70), lang, why_not=LITTLE)
care(COMPLAINT, otherwise=LITTLE).explain(Facts().assuming(kh.RECORDED_IS_ALL), lang, why_not=SPECIAL)

# Findings
table(fact.age >= 0, fact.age < 0).verify().explain(lang)
table(fact.age < 15, fact.age > 22).verify().explain(lang)
table(fact.discounted_share < 0.25, fact.discounted_share > 0.5).verify().explain(lang)
table(fact.discounted_share > 0, fact.discounted_share < 0).verify().explain(lang)
table(fact.spend.between(0, 5), fact.spend > 10, (fact.spend > 7) & fact.has_need).verify().explain(lang)
table(fact.gender == kh.Gender.MALE, fact.occupation.is_in(["a", "b"])).verify().explain(lang)
table(fact.gender != kh.Gender.MALE, fact.occupation != "a").verify().explain(lang)
table(fact.days_since_last_purchase < 30).verify().explain(lang)
table(POINTS.is_in([0, 1, 3, 9])).verify().explain(lang)
table(~kh.always).verify().explain(lang)
table(kh.always, kh.always, fact.has_need).verify().explain(lang)
table(*[kh.always] * 20, hit=COLLECT).verify().explain(lang).splitlines()[-1]
without_budget(lambda: table(fact.age < 15, fact.has_need).verify().explain(lang))
repr(table(fact.age < 15).verify().gaps)

# Differences
differences(table(fact.age < 15), table(fact.age < 18), lang)
differences(table(fact.age < 15, fact.has_need), table(fact.age < 15, fact.has_means), lang)
differences(table(kh.always), table(~kh.always, kh.always), lang)
differences(table(kh.always, fact.has_need, hit=COLLECT), table(kh.always, fact.has_means, hit=COLLECT), lang)

# Paths
paths(care(OLD), SPECIAL, Facts(age=70), lang)
paths(care(OLD), SPECIAL, Facts(age=31), lang)
paths(care(BOUGHT, LATE), USUAL, Facts(purchase_count=2), lang)
paths(care(BOUGHT, LATE), LITTLE, Facts(purchase_count=2, days_since_last_purchase=3), lang)
paths(care(IN_NEED), USUAL, Facts(has_need=False), lang)
paths(care(IN_NEED), USUAL, Facts(), lang)
paths(care(RICH), SPECIAL, Facts(monthly_income=5), lang)
paths(care(RICH), SPECIAL, Facts(), lang)
paths(table(fact.age >= 0), SPECIAL, Facts(), lang)
paths(table(fact.spend.between(5, 10)), SPECIAL, Facts(spend=20), lang)
paths(table(fact.mean_purchase_gap < 10), SPECIAL, Facts(purchase_count=3, mean_purchase_gap=31 / 3), lang)
paths(care(LATE), LITTLE, Facts(purchase_count=0), lang)

# In Markdown
care(OLD, IN_NEED, REST).to_markdown(lang)
care(OLD, IN_NEED, otherwise=LITTLE, given=fact.has_means, priority=[LITTLE, SPECIAL], source="tờ 1").to_markdown(lang)
table((fact.age < 5) | fact.has_need, ~kh.always, kh.always, hit=COLLECT).to_markdown(lang)
table(And(tuple(fact.custom(f"f{n}", bool) | fact.custom(f"g{n}", bool) for n in range(4))), OLD.condition).to_markdown(lang)
table(fact.spend < 1_000, fact.spend <= "0.5", fact.spend > 5, fact.spend >= 5, fact.spend == 5).to_markdown(lang)
table(fact.spend != 1_000, fact.spend.between(1, 2_000), ~fact.spend.between(1, 2)).to_markdown(lang)
table(~fact.age.is_in([1, 5, 9]), fact.age.between(1, 5), fact.age.is_in([1, 5])).to_markdown(lang)
table(~fact.discounted_share.is_in([0.25, 0.5]), fact.discounted_share.between(0.25, 0.5, "neither")).to_markdown(lang)
table((fact.spend < 1) | (fact.spend >= 1), fact.spend.is_in([]), ~fact.has_need, fact.has_need).to_markdown(lang)
table(~fact.gender.is_in([kh.Gender.MALE, kh.Gender.FEMALE]), fact.occupation.is_in(["a|b", "*"])).to_markdown(lang)
evolve(care(), name="`a`\n[b] ~c~ $d$ #e <f> & \u202eg").to_markdown(lang)
evolve(care(), name="'a' \"b\"").to_markdown(lang)

# In HTML
care(OLD, IN_NEED, otherwise=LITTLE, source="tờ <1>")._repr_html_().replace("><", ">\n<")
evolve(care(OLD), name="<b>")._repr_html_().replace("><", ">\n<")
table((fact.age < 5) | fact.has_need)._repr_html_().replace("><", ">\n<")
"""
CALLS_OF = calls_of(CALLS)
FILE = "rules_words.txt"


def told(title: str) -> Iterator[str]:
    for call in CALLS_OF[title]:
        yield from ("", f">>> {call}")
        for lang in ("vi", "en") if "lang" in call else ("",):
            said = eval(call, {**NAMES, "lang": lang})  # noqa: S307  # the calls that stand above
            yield from ([said] if isinstance(said, str) else said) or ["nothing"]


@pytest.mark.parametrize("title", CALLS_OF)
def test_what_is_said_is_as_it_was_read_and_approved(title: str) -> None:
    check(FILE, CALLS_OF, title, lambda title: "\n".join(told(title)).splitlines())


def test_nothing_is_left_over() -> None:
    assert [*approved(FILE)] == [*CALLS_OF]
