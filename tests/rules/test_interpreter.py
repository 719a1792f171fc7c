"""What each hit policy answers when rules are true, false or open; every row reckoned by hand from the definition.

The rules of a row test one flag each, so that a row of truths says which facts are known: ``T`` true, ``F`` false,
``?`` not known.
"""

from __future__ import annotations

from typing import Any

import pytest

from khachhang.errors import OverlapError
from khachhang.facts import DecisionTable, Facts, fact
from khachhang.rules import Classification, HitPolicy, Outcome, interpreter, when
from khachhang.rules.table import Table
from khachhang.taxonomy import Category

ANY, COLLECT, FIRST, PRIORITY, UNIQUE = (
    HitPolicy.ANY, HitPolicy.COLLECT, HitPolicy.FIRST, HitPolicy.PRIORITY, HitPolicy.UNIQUE
)  # fmt: skip
MATCHED, UNDETERMINED, UNMATCHED = Outcome
FLAGS = [fact.custom(f"f{number}", bool) for number in range(1, 5)]
SCOPE = fact.custom("scope", bool)
TRUTHS = {"T": True, "F": False, "?": None}


class Letter(Category):
    """Three labels, A the highest."""

    A = "A"
    B = "B"
    C = "C"


def answer(
    labels: str, truths: str, hit: HitPolicy, otherwise: str | None = None, scope: str | None = None
) -> Classification[Any]:
    table: Table[Letter] = Table(  # the data alone: nobody has proved that the rules keep the hit policy
        name="letter",
        category=Letter,
        rules=[when(flag).then(Letter(label)) for flag, label in zip(FLAGS, labels, strict=False)],
        hit=hit,
        otherwise=None if otherwise is None else Letter(otherwise),
        given=None if scope is None else SCOPE,
    )
    known = {
        flag.name: TRUTHS[truth]
        for flag, truth in zip([*FLAGS, SCOPE], truths.ljust(4, "?") + (scope or "?"), strict=True)
    }
    return interpreter.classify(table, Facts(extra=known))


def letters(labels: frozenset[Category]) -> str:
    return "".join(sorted(labels))


# labels and truths of the rules, the default; then outcome, label, candidates, what is missing, the deciding rules
SINGLE: dict[HitPolicy, list[tuple[str, str, str | None, Outcome, str | None, str, str, tuple[int, ...]]]] = {
    UNIQUE: [
        ("ABC", "TFF", None, MATCHED, "A", "A", "", (0,)),
        ("ABC", "?TF", None, MATCHED, "B", "B", "", (1,)),  # one true rule decides, whatever is open
        ("ABC", "?F?", None, UNDETERMINED, None, "AC", "13", ()),
        ("ABC", "?FF", None, UNDETERMINED, None, "A", "1", ()),  # or no label at all
        ("ABC", "?FF", "A", MATCHED, "A", "A", "", ()),  # all that is possible is one label
        ("ABC", "?FF", "C", UNDETERMINED, None, "AC", "1", ()),
        ("ABC", "FFF", "C", MATCHED, "C", "C", "", ()),
        ("ABC", "FFF", None, UNMATCHED, None, "", "", ()),
        ("AAB", "??F", None, UNDETERMINED, None, "A", "12", ()),
        ("", "", None, UNMATCHED, None, "", "", ()),
        ("", "", "B", MATCHED, "B", "B", "", ()),
    ],
    ANY: [
        ("AAB", "TTF", None, MATCHED, "A", "A", "", (0, 1)),
        ("AAB", "T??", None, MATCHED, "A", "A", "", (0,)),
        ("AAB", "??F", None, UNDETERMINED, None, "A", "12", ()),
        ("AAB", "??F", "A", MATCHED, "A", "A", "", ()),
        ("AAB", "FF?", "A", UNDETERMINED, None, "AB", "3", ()),
        ("AAB", "FFF", None, UNMATCHED, None, "", "", ()),
    ],
    FIRST: [
        ("ABC", "TTT", None, MATCHED, "A", "A", "", (0,)),
        ("ABC", "FT?", None, MATCHED, "B", "B", "", (1,)),
        ("ABC", "?TT", None, UNDETERMINED, None, "AB", "1", ()),  # what stands behind a true rule is never asked
        ("ABC", "?F?", None, UNDETERMINED, None, "AC", "13", ()),
        ("BBC", "?TT", None, MATCHED, "B", "B", "", (1,)),  # one label, whatever the first rule is
        ("ABC", "?FF", "A", MATCHED, "A", "A", "", ()),
        ("ABC", "FFF", None, UNMATCHED, None, "", "", ()),
    ],
    PRIORITY: [
        ("CBA", "TTT", None, MATCHED, "A", "A", "", (2,)),
        ("CBA", "TT?", None, UNDETERMINED, None, "AB", "3", ()),
        ("CBA", "?TF", None, MATCHED, "B", "B", "", (1,)),  # an open rule that ranks below never decides
        ("ABB", "F??", None, UNDETERMINED, None, "B", "23", ()),
        ("ABB", "FTT", None, MATCHED, "B", "B", "", (1, 2)),
        ("CBA", "FFF", "B", MATCHED, "B", "B", "", ()),
        ("CBA", "?FF", "B", UNDETERMINED, None, "BC", "1", ()),
    ],
}  # fmt: skip
COLLECTED: list[tuple[str, str, str | None, Outcome, str | None, str, str, str, tuple[int, ...]]] = [
    ("ABC", "TFT", None, MATCHED, "A", "AC", "AC", "", (0, 2)),
    ("ABC", "?FT", None, UNDETERMINED, None, "C", "AC", "1", (2,)),  # the primary one is not known while A is open
    ("ABC", "T?F", None, UNDETERMINED, "A", "A", "AB", "2", (0,)),
    ("AAB", "T?F", None, MATCHED, "A", "A", "A", "", (0,)),  # the label is certain, whatever its other rule is
    ("ABC", "?FF", None, UNDETERMINED, None, "", "A", "1", ()),
    ("ABC", "FFF", None, UNMATCHED, None, "", "", "", ()),
    ("ABC", "FFF", "C", MATCHED, "C", "C", "C", "", ()),
    ("ABC", "?FF", "C", UNDETERMINED, None, "", "AC", "1", ()),
    ("ABC", "TFF", "C", MATCHED, "A", "A", "A", "", (0,)),
]


@pytest.mark.parametrize(("hit", "row"), [(hit, row) for hit, rows in SINGLE.items() for row in rows], ids=str)
def test_one_label_or_none_follows(
    hit: HitPolicy, row: tuple[str, str, str | None, Outcome, str | None, str, str, tuple[int, ...]]
) -> None:
    labels, truths, otherwise, outcome, label, candidates, missing, deciding = row
    found = answer(labels, truths, hit, otherwise)

    assert (found.outcome, found.label, letters(found.candidates)) == (outcome, label, candidates)
    assert letters(found.labels) == (label or "")
    assert found.missing == tuple(f"f{number}" for number in missing)
    assert found.rules == deciding


@pytest.mark.parametrize("row", COLLECTED, ids=lambda row: f"{row[0]}-{row[1]}-{row[2]}")
def test_every_label_of_a_true_rule_is_collected(
    row: tuple[str, str, str | None, Outcome, str | None, str, str, str, tuple[int, ...]],
) -> None:
    labels, truths, otherwise, outcome, primary, certain, candidates, missing, deciding = row
    found = answer(labels, truths, COLLECT, otherwise)

    assert (found.outcome, found.label) == (outcome, primary)
    assert (letters(found.labels), letters(found.candidates)) == (certain, candidates)
    assert found.missing == tuple(f"f{number}" for number in missing)
    assert found.rules == deciding


@pytest.mark.parametrize("hit", HitPolicy)
class TestScope:
    def test_outside_its_scope_a_table_says_nothing_whatever_its_rules(self, hit: HitPolicy) -> None:
        assert answer("AB", "T?", hit, "C", scope="F") == Classification(Outcome.UNMATCHED)

    def test_inside_its_scope_the_rules_decide(self, hit: HitPolicy) -> None:
        assert answer("AB", "TF", hit, scope="T") == answer("AB", "TF", hit)

    def test_while_the_scope_is_open_no_label_is_certain(self, hit: HitPolicy) -> None:
        found = answer("AB", "TF", hit, scope="?")

        assert (found.outcome, found.label, found.labels) == (UNDETERMINED, None, frozenset())
        assert (letters(found.candidates), found.missing, found.rules) == ("A", ("scope",), ())

    def test_where_no_rule_can_hold_the_scope_does_not_matter(self, hit: HitPolicy) -> None:
        assert answer("AB", "FF", hit, scope="?") == Classification(Outcome.UNMATCHED)


@pytest.mark.parametrize(("hit", "labels"), [(UNIQUE, "AB"), (UNIQUE, "AA"), (ANY, "AB")], ids=str)
def test_rules_that_must_not_be_true_together_are_named(hit: HitPolicy, labels: str) -> None:
    with pytest.raises(OverlapError, match="'letter': rules 1 and 2 are true together") as caught:
        answer(labels, "TT", hit)

    assert caught.value.rules == (0, 1)
    assert "FIRST, PRIORITY or COLLECT" in str(caught.value)


def test_a_priority_of_the_tables_own_goes_before_the_order_of_the_labels() -> None:
    rules = [when(flag).then(label) for flag, label in zip(FLAGS, Letter, strict=False)]
    facts = Facts(extra={"f1": True, "f2": True, "f3": True})

    for hit in (PRIORITY, COLLECT):
        made = DecisionTable(name="letter", category=Letter, rules=rules, hit=hit, priority=[Letter.C, Letter.A])
        assert made.classify(facts).label is Letter.C
        assert made.classify(Facts(extra={"f2": True, "f1": True, "f3": False})).label is Letter.A


def test_an_open_rule_that_could_only_say_the_same_again_asks_for_nothing() -> None:
    assert answer("ABB", "?T?", PRIORITY).missing == ("f1",)
    assert answer("ABA", "?T?", FIRST).missing == ("f1",)


def test_only_facts_that_leave_a_rule_open_are_missing() -> None:
    condition = (FLAGS[0] & FLAGS[1]) | FLAGS[2]
    table = DecisionTable(name="letter", category=Letter, rules=[when(condition).then(Letter.A)])

    assert table.classify(Facts(extra={"f1": False})).missing == ("f3",)
    assert table.classify(Facts(extra={"f3": False})).missing == ("f1", "f2")
    assert table.classify(Facts(extra={"f3": True})).missing == ()
