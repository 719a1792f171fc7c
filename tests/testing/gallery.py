"""Broken classifiers, each with the one fault that its docstring says; a right one beside them.

They stand in a module of their own, so that pickle finds their classes.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs

import khachhang as kh
from khachhang.rules import HitPolicy, Outcome, Rule, when

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.taxonomy import Language

YEAR = 365
ENOUGH = 5


class Loyalty(kh.Category, vi="Độ gắn bó", en="Loyalty"):
    REGULAR = kh.term("regular", vi="Khách quen", en="Regular")
    GUEST = kh.term("guest", vi="Khách lạ", en="Guest")
    STRANGER = kh.term("stranger", vi="Người ngoài", en="Stranger")


Answer = kh.Classification[Loyalty]


def settled(label: Loyalty) -> Answer:
    return kh.Classification(Outcome.MATCHED, label, frozenset({label}), frozenset({label}))


def undecided(*missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
    return kh.Classification(Outcome.UNDETERMINED, candidates=frozenset(among), missing=missing)


RULES: list[Rule[Loyalty]] = [
    when((kh.fact.purchase_count >= ENOUGH) & (kh.fact.days_since_last_purchase <= YEAR)).then(Loyalty.REGULAR),
    when(kh.fact.purchase_count >= 1).then(Loyalty.GUEST),
    when(kh.always).then(Loyalty.STRANGER),
]
MODEL = kh.DecisionTable(name="loyalty", category=Loyalty, rules=RULES, hit=HitPolicy.FIRST)
"""What the right classifier means, as a table."""


class Right:
    """Regular: five purchases and one within a year. Guest: a purchase. Stranger: none."""

    name = "loyalty"
    category: type[kh.Category] = Loyalty

    def classify(self, facts: kh.Facts) -> Answer:
        if facts.purchase_count is None:
            days = () if facts.days_since_last_purchase is not None else ("days_since_last_purchase",)
            return self.open("purchase_count", *days)
        if facts.purchase_count == 0:
            return settled(Loyalty.STRANGER)
        if not self.is_enough(facts.purchase_count):
            return settled(Loyalty.GUEST)
        if facts.days_since_last_purchase is None:
            return self.open("days_since_last_purchase", among=(Loyalty.REGULAR, Loyalty.GUEST))
        return settled(Loyalty.REGULAR if self.is_recent(facts.days_since_last_purchase) else Loyalty.GUEST)

    def is_enough(self, purchases: int) -> bool:
        return purchases >= ENOUGH

    def is_recent(self, days: int) -> bool:
        return days <= YEAR

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        return undecided(*missing, among=among)


class OffByOne(Right):
    """More than five where five are enough."""

    def is_enough(self, purchases: int) -> bool:
        return purchases > ENOUGH


class EdgeLeftOut(Right):
    """The last day of the year does not count."""

    def is_recent(self, days: int) -> bool:
        return days < YEAR


class LeapYear(Right):
    """Every year has a leap day."""

    def is_recent(self, days: int) -> bool:
        return days <= YEAR + 1


class ReadsToday(Right):
    """Counts back from today."""

    def is_recent(self, days: int) -> bool:
        return date.today() - timedelta(days=days) >= date.today() - timedelta(days=YEAR)  # noqa: DTZ011  # the fault


class ReadsTime(Right):
    """Notes when it was asked."""

    asked = 0.0

    def is_enough(self, purchases: int) -> bool:
        type(self).asked = time.time()
        return super().is_enough(purchases)


class OpensFile(Right):
    """Reads its thresholds each time."""

    def is_enough(self, purchases: int) -> bool:
        with open(__file__, encoding="utf-8") as thresholds:  # noqa: PTH123  # the fault
            return purchases >= thresholds.readline().count('"') + 2


class Prints(Right):
    """Says what it does on the screen."""

    def classify(self, facts: kh.Facts) -> Answer:
        print("classifying", end="\r")  # noqa: T201  # the fault
        return super().classify(facts)


class Random(Right):
    """Throws dice where it does not know."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        return super().open(*missing, among=tuple(random.sample(among, 2)))  # the fault


class MutableState(Right):
    """Takes who is seen again for a regular."""

    def __init__(self) -> None:
        self.seen: set[kh.Facts] = set()

    def classify(self, facts: kh.Facts) -> Answer:
        if facts in self.seen:
            return settled(Loyalty.REGULAR)
        self.seen.add(facts)
        return super().classify(facts)


class RowOrder(Right):
    """Fills in what is not known from the row before."""

    def __init__(self) -> None:
        self.last = 0

    def classify(self, facts: kh.Facts) -> Answer:
        if facts.purchase_count is not None:
            self.last = facts.purchase_count
            return super().classify(facts)
        return settled(Loyalty.GUEST if self.last else Loyalty.STRANGER)


class MissingIsFalse(Right):
    """Takes unknown purchases for none."""

    def classify(self, facts: kh.Facts) -> Answer:
        return super().classify(facts.changed({"purchase_count": facts.purchase_count or 0,
                                               "days_since_last_purchase": facts.days_since_last_purchase
                                               if facts.purchase_count else None}))  # fmt: skip


class Guesses(Right):
    """Gives the most frequent label where it does not know."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        del missing, among
        return settled(Loyalty.GUEST)


class UnknownIsNan(Right):
    """Compares NaN, which is never enough and never recent."""

    def classify(self, facts: kh.Facts) -> Answer:
        count, days = (
            float("nan") if value is None else float(value)
            for value in (facts.purchase_count, facts.days_since_last_purchase)
        )
        if count >= ENOUGH and days <= YEAR:
            return settled(Loyalty.REGULAR)
        return settled(Loyalty.GUEST if count >= 1 else Loyalty.STRANGER)


class Unmatches(Right):
    """Says that no label applies where it does not know."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        del missing, among
        return kh.Classification(Outcome.UNMATCHED)


class NarrowCandidates(Right):
    """Names too few candidates."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        return super().open(*missing, among=among[-1:])


class RaisesOnUnknown(Right):
    """Compares None."""

    def classify(self, facts: kh.Facts) -> Answer:
        count: Any = facts.purchase_count
        return super().classify(facts) if count >= 0 else settled(Loyalty.STRANGER)


class RaisesOnMany(Right):
    """Has a table of labels by the number of purchases, which ends."""

    def is_enough(self, purchases: int) -> bool:
        return [False] * ENOUGH + [True] * 10 == [] or ([False] * ENOUGH + [True] * 10)[purchases]


class WrongCategory(Right):
    """Says of what it gives labels, and gives others."""

    category = kh.Standing


class TextForLabel(Right):
    """Answers codes."""

    def classify(self, facts: kh.Facts) -> Answer:
        answer = super().classify(facts)
        label: Any = None if answer.label is None else str(answer.label)
        return attrs.evolve(answer, label=label)


class TimeZone(Right):
    """Counts seconds, and days of the machine's own calendar."""

    def is_recent(self, days: int) -> bool:
        return date.fromtimestamp(days * 86_400).toordinal() % 2 == 0  # noqa: DTZ012  # the fault


class MutatesInput(Right):
    """Fills its input in."""

    def classify(self, facts: kh.Facts) -> Answer:
        answer = super().classify(facts)
        if facts.purchase_count is None:
            object.__setattr__(facts, "purchase_count", 0)
        return answer


class NoCandidates(Right):
    """Has a label that is no candidate."""

    def classify(self, facts: kh.Facts) -> Answer:
        answer = super().classify(facts)
        return answer if answer.label is None else attrs.evolve(answer, candidates=frozenset())


class LabelThoughUnmatched(Right):
    """Gives strangers a label and says that none applies."""

    def classify(self, facts: kh.Facts) -> Answer:
        answer = super().classify(facts)
        return attrs.evolve(answer, outcome=Outcome.UNMATCHED) if answer.label is Loyalty.STRANGER else answer


class OpenWithoutMissing(Right):
    """Does not say what is missing."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        del missing
        return super().open(among=among)


class SettledAndMissing(Right):
    """Is settled, and asks all the same."""

    def classify(self, facts: kh.Facts) -> Answer:
        answer = super().classify(facts)
        return attrs.evolve(answer, missing=("age",)) if answer.label is Loyalty.STRANGER else answer


class LabelNotCertain(Right):
    """Gives one of two certain labels, and another one."""

    def classify(self, facts: kh.Facts) -> Answer:
        answer = super().classify(facts)
        return attrs.evolve(answer, label=Loyalty.GUEST) if answer.label is Loyalty.STRANGER else answer


class MissingIsKnown(Right):
    """Asks for what it has been told."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        return super().open(*dict.fromkeys([*missing, "purchase_count"]), among=among)


class MissingTwice(Right):
    """Asks for one thing twice."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        return super().open(*missing, *missing, among=among)


class MissingTooLittle(Right):
    """Asks for what does not help."""

    def open(self, *missing: str, among: tuple[Loyalty, ...] = tuple(Loyalty)) -> Answer:
        del missing
        return super().open("age", among=among)


class NoPickle(Right):
    """Holds a function that has no name."""

    def __init__(self) -> None:
        self.test: Callable[[int], bool] = lambda purchases: purchases >= ENOUGH

    def is_enough(self, purchases: int) -> bool:
        return self.test(purchases)


class ForgetsInPickle(Right):
    """Loses its threshold in a pickle."""

    def __init__(self) -> None:
        self.enough = ENOUGH

    def __getstate__(self) -> dict[str, Any]:
        return {"enough": 1}

    def is_enough(self, purchases: int) -> bool:
        return purchases >= self.enough


class TrustsNoAssumption(Right):
    """Does not take an assumption for an answer."""

    def classify(self, facts: kh.Facts) -> Answer:
        return super().classify(facts.changed(dict.fromkeys(facts.assumed)))


class AnswersLabels(Right):
    """Gives the bare label."""

    def classify(self, facts: kh.Facts) -> Any:
        return super().classify(facts).label


class AnswersDict(Right):
    """Gives an answer of its own make."""

    def classify(self, facts: kh.Facts) -> Any:
        return {"label": super().classify(facts).label}


class AnswersLists(Right):
    """Gives its candidates as a list."""

    def classify(self, facts: kh.Facts) -> Any:
        answer = super().classify(facts)
        candidates: Any = list(answer.candidates)
        return attrs.evolve(answer, candidates=candidates)


class NoLabelSet(Right):
    """Answers from a list."""

    category: Any = ("regular", "guest")


class Nameless(Right):
    """Has no name."""

    name = ""


class NoMethod:
    """Can not be asked."""

    name = "loyalty"
    category = Loyalty


class RaisesInRules(kh.DecisionTable[Any]):
    """Has no answer to many purchases."""

    def classify(self, facts: Any) -> kh.Classification[Any]:
        if (facts.purchase_count or 0) > ENOUGH:
            raise LookupError(facts.purchase_count)
        return super().classify(facts)


class WrongValue(kh.DecisionTable[Any]):
    """Explains somebody else's purchases."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        count = facts.purchase_count
        other = facts if not count else facts.changed({"purchase_count": count + 1})
        return super().explain(other, lang, why_not)


class WrongTruth(kh.DecisionTable[Any]):
    """Says of open rules that they fail."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        text = super().explain(facts, lang, why_not)
        return text.replace(" chưa biết đúng hay sai,", " sai,").replace(" is open,", " fails,")


class OneLanguage(kh.DecisionTable[Any]):
    """Explains itself in one language only."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        del lang
        return " ".join(super().explain(facts, one, why_not) for one in ("vi", "en"))


class WrongWords(kh.DecisionTable[Any]):
    """Explains itself in English, whatever is asked for."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        del lang
        return super().explain(facts, "en", why_not)


class Speechless(kh.DecisionTable[Any]):
    """Has nothing to say."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        del facts, lang, why_not
        return ""


class RaisesInWords(kh.DecisionTable[Any]):
    """Can not explain what is not known."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        return super().explain(facts, lang, why_not) if facts.purchase_count >= 0 else ""


class WrongRules(kh.DecisionTable[Any]):
    """Counts rules from 1."""

    def classify(self, facts: Any) -> kh.Classification[Any]:
        answer = super().classify(facts)
        return attrs.evolve(answer, rules=tuple(position + 1 for position in answer.rules))


class NextRule(kh.DecisionTable[Any]):
    """Names the last rule, which always holds and gives another label."""

    def classify(self, facts: Any) -> kh.Classification[Any]:
        answer = super().classify(facts)
        return attrs.evolve(answer, rules=(len(self.rules) - 1,)) if answer.rules else answer


class RuleThatFails(kh.DecisionTable[Any]):
    """Names the first rule, whether it holds or not."""

    def classify(self, facts: Any) -> kh.Classification[Any]:
        answer = super().classify(facts)
        return attrs.evolve(answer, rules=(0,)) if answer.rules else answer


class LosesInDocument(kh.DecisionTable[Any]):
    """Leaves a rule out of its document."""

    def to_dict(self) -> dict[str, Any]:
        document = super().to_dict()
        return {**document, "rules": document["rules"][1:]}


class NoDocument(kh.DecisionTable[Any]):
    """Writes what is no JSON."""

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "category": self.category}


class OtherThanItsFrame(kh.DecisionTable[Any]):
    """Answers one record by a rule that it does not have."""

    def classify(self, facts: Any) -> kh.Classification[Any]:
        is_late = facts.purchase_count == ENOUGH and facts.days_since_last_purchase is not None
        return settled(Loyalty.GUEST) if is_late else super().classify(facts)

    def label(self, facts: Any) -> Any:
        return self.classify(facts).label

    def labels(self, facts: Any) -> Any:
        return self.classify(facts).labels

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        asked = [] if why_not is None else [why_not.label(lang)]
        return "; ".join([self.classify(facts).describe(lang), *asked])


class OtherLabel(kh.DecisionTable[Any]):
    """Is hasty where it gives the label alone."""

    def label(self, facts: Any) -> Any:
        return super().label(facts) or Loyalty.STRANGER


class RaisesInLabels(kh.DecisionTable[Any]):
    """Counts before it gives the labels alone."""

    def labels(self, facts: Any) -> Any:
        return super().labels(facts) if facts.purchase_count >= 0 else frozenset()


class ForgetsTheQuestion(kh.DecisionTable[Any]):
    """Says why, whatever it is asked."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        del why_not
        return super().explain(facts, lang)


class WrongValueWhenAskedWhyNot(kh.DecisionTable[Any]):
    """Says of somebody else why not."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        count = facts.purchase_count
        other = facts if not count or why_not is None else facts.changed({"purchase_count": count + 1})
        return super().explain(other, lang, why_not)


class RaisesWhenAskedWhyNot(kh.DecisionTable[Any]):
    """Looks for the rule of a label, and finds none."""

    def explain(self, facts: Any, lang: Language, why_not: kh.Category | None = None) -> str:
        if why_not is Loyalty.STRANGER and facts.purchase_count is None:
            raise LookupError(why_not)
        return super().explain(facts, lang, why_not)


@attrs.frozen
class Broken:
    """One piece: the check that catches it, and how it is made."""

    check: str
    make: Callable[[], Any]
    has_model: bool = False

    def __str__(self) -> str:
        return f"{self.make.__name__}-{self.check}"


def table(kind: type[kh.DecisionTable[Any]]) -> Callable[[], Any]:
    """A table of a broken kind."""

    def make() -> Any:
        return kind(name="loyalty", category=Loyalty, rules=RULES, hit=HitPolicy.FIRST)

    make.__name__ = kind.__name__
    return make


GALLERY = (
    Broken("like", OffByOne, has_model=True),
    Broken("like", EdgeLeftOut, has_model=True),
    Broken("like", LeapYear, has_model=True),
    Broken("no_clock", ReadsToday),
    Broken("no_clock", ReadsTime),
    Broken("no_io", OpensFile),
    Broken("no_io", Prints),
    Broken("deterministic", Random),
    Broken("deterministic", MutableState),
    Broken("row_order", RowOrder),
    Broken("more_knowledge", MissingIsFalse),
    Broken("more_knowledge", Guesses),
    Broken("more_knowledge", UnknownIsNan),
    Broken("more_knowledge", Unmatches),
    Broken("more_knowledge", NarrowCandidates),
    Broken("total", RaisesOnUnknown),
    Broken("total", RaisesOnMany),
    Broken("total", table(RaisesInRules)),
    Broken("label_of_category", WrongCategory),
    Broken("label_of_category", TextForLabel),
    Broken("time_zone", TimeZone),
    Broken("input_unchanged", MutatesInput),
    Broken("three_answers", NoCandidates),
    Broken("three_answers", LabelThoughUnmatched),
    Broken("three_answers", OpenWithoutMissing),
    Broken("three_answers", LabelNotCertain),
    Broken("three_answers", SettledAndMissing),
    Broken("missing", MissingIsKnown),
    Broken("missing", MissingTwice),
    Broken("missing", MissingTooLittle),
    Broken("pickles", NoPickle),
    Broken("pickles", ForgetsInPickle),
    Broken("assumed", TrustsNoAssumption),
    Broken("protocol", AnswersLabels),
    Broken("protocol", AnswersDict),
    Broken("protocol", AnswersLists),
    Broken("protocol", NoLabelSet),
    Broken("protocol", Nameless),
    Broken("protocol", NoMethod),
    Broken("explanation", table(WrongValue)),
    Broken("explanation", table(WrongTruth)),
    Broken("explanation", table(OneLanguage)),
    Broken("explanation", table(WrongWords)),
    Broken("explanation", table(Speechless)),
    Broken("explanation", table(RaisesInWords)),
    Broken("short_answers", table(OtherLabel)),
    Broken("short_answers", table(RaisesInLabels)),
    Broken("why_not", table(ForgetsTheQuestion)),
    Broken("why_not", table(WrongValueWhenAskedWhyNot)),
    Broken("why_not", table(RaisesWhenAskedWhyNot)),
    Broken("rules_hold", table(WrongRules)),
    Broken("rules_hold", table(NextRule)),
    Broken("rules_hold", table(RuleThatFails)),
    Broken("document", table(LosesInDocument)),
    Broken("document", table(NoDocument)),
    Broken("frame", table(OtherThanItsFrame)),
)
