"""Why a table answered as it did: in words, true of the facts that they name, from the same cells as the rules."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.errors import InvalidError
from khachhang.rules import interpreter
from khachhang.rules.classification import Outcome
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import And, Comparison, Leaf, Or, plain, read
from khachhang.rules.region import condition_of
from khachhang.rules.space import axis_of
from khachhang.rules.wording import check_language, leaf_text, predicate_text, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from khachhang.rules.classification import Classification
    from khachhang.rules.interpreter import Verdict
    from khachhang.rules.predicate import Predicate, Record
    from khachhang.rules.table import Table
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category, Language


@attrs.frozen
class _Phrases:
    matched: str
    undetermined: str
    unmatched: str
    no_label: str
    certain: str
    rule_holds: str
    rule_open: str
    otherwise: str
    otherwise_open: str
    same_label: str
    outside: str
    outside_open: str
    no_rule: str
    rule_fails: str
    is_value: str
    is_assumed: str
    is_missing: str
    assumed: str
    missing: str
    would_be: str
    any_value: str
    gained: str
    lost: str
    way_out: str
    way_out_further: str
    why_not: str
    why_not_holds: str
    why_not_open: str
    why_not_behind: str
    why_not_decided: str
    why_not_outside: str
    why_not_otherwise: str
    why_not_nothing: str


_PHRASES: dict[str, _Phrases] = {
    "vi": _Phrases(
        matched="{facet}: {labels}.",
        undetermined="{facet}: chưa xác định được. Còn có thể là: {labels}.",
        unmatched="{facet}: không thuộc nhãn nào.",
        no_label="hoặc không thuộc nhãn nào",
        certain="Đã chắc chắn: {labels}.",
        rule_holds="Quy tắc {number} ({label}) đúng, vì:",
        rule_open="Quy tắc {number} ({label}) chưa biết đúng hay sai, vì:",
        otherwise="Không quy tắc nào đúng, nên lấy nhãn mặc định: {label}.",
        otherwise_open="Nếu không quy tắc nào đúng thì là: {label}.",
        same_label="Các khả năng còn lại đều dẫn đến cùng một nhãn.",
        outside="Bảng này chỉ áp dụng khi {condition}; ở đây không phải vậy:",
        outside_open="Bảng này chỉ áp dụng khi {condition}; chưa biết có phải vậy không:",
        no_rule="Không quy tắc nào đúng:",
        rule_fails="Quy tắc {number} ({label}) sai, vì:",
        is_value=" (thực tế: {value})",
        is_assumed=" (giả định: {value})",
        is_missing=" (chưa biết)",
        assumed="Giả định đã dùng: {facts}.",
        missing="Cần biết thêm: {facts}.",
        would_be="  - nếu {condition} thì: {answer}",
        any_value="biết được điều này",
        gained="chắc chắn có {labels}",
        lost="loại trừ {labels}",
        way_out=(
            "Nếu sổ sách không ghi nghĩa là không có, hãy nói rõ bằng assume=, chẳng hạn assume=kh.RECORDED_IS_ALL."
        ),
        way_out_further="Điều gì còn chưa ghi mà biết chắc là không có thì có thể nói thêm bằng assume=.",
        why_not="Vì sao không phải “{label}”:",
        why_not_holds="“{label}” đúng là nhãn của khách.",
        why_not_open="“{label}” vẫn còn có thể.",
        why_not_behind="Quy tắc {number} ({label}) cũng đúng, nhưng một quy tắc được xét trước đã quyết định.",
        why_not_decided="Quy tắc {number} ({label}) chưa biết đúng hay sai, nhưng một quy tắc khác đã quyết định.",
        why_not_outside="bảng này không áp dụng ở đây.",
        why_not_otherwise="đây là nhãn mặc định, chỉ dành cho khi không quy tắc nào đúng.",
        why_not_nothing="không quy tắc nào cho nhãn này.",
    ),
    "en": _Phrases(
        matched="{facet}: {labels}.",
        undetermined="{facet}: not known yet. Still possible: {labels}.",
        unmatched="{facet}: no label.",
        no_label="or no label at all",
        certain="Certain already: {labels}.",
        rule_holds="Rule {number} ({label}) holds, because:",
        rule_open="Rule {number} ({label}) is open, because:",
        otherwise="No rule holds, so the default label follows: {label}.",
        otherwise_open="If no rule holds, it is: {label}.",
        same_label="All that is still possible leads to the same label.",
        outside="The table applies only where {condition}; that is not so here:",
        outside_open="The table applies only where {condition}; that is not known:",
        no_rule="No rule holds:",
        rule_fails="Rule {number} ({label}) fails, because:",
        is_value=" (here: {value})",
        is_assumed=" (assumed: {value})",
        is_missing=" (not known)",
        assumed="Assumed and used: {facts}.",
        missing="To settle it, find out: {facts}.",
        would_be="  - if {condition}: {answer}",
        any_value="this is known",
        gained="certainly {labels}",
        lost="not {labels}",
        way_out="If no record means that there was nothing, say so with assume=, such as assume=kh.RECORDED_IS_ALL.",
        way_out_further="Where no record means that there was nothing, say that as well with assume=.",
        why_not="Why not “{label}”:",
        why_not_holds="“{label}” is a label of this customer.",
        why_not_open="“{label}” is still possible.",
        why_not_behind="Rule {number} ({label}) holds as well, but a rule that goes before it has decided.",
        why_not_decided="Rule {number} ({label}) is open, but another rule has decided already.",
        why_not_outside="the table does not apply here.",
        why_not_otherwise="as the default label it is only for those for whom no rule holds.",
        why_not_nothing="no rule gives this label.",
    ),
}


def explain(table: Table[Any], facts: Record, lang: Language, why_not: Category | None) -> str:
    """The whole reason in words; see `khachhang.DecisionTable.explain`."""
    check_language(lang)
    answer = interpreter.classify(table, facts)
    story = _Story(table, facts, lang)
    lines = [story.headline(answer), *story.reasons(answer)]
    if why_not is not None:
        lines.extend(story.why_not(answer, why_not))
    lines.extend(story.assumed())
    lines.extend(story.missing(answer))
    return "\n".join(lines)


_MOST_TRIALS = 50_000
"""A second or two."""


@attrs.frozen
class _Story:
    table: Table[Any]
    facts: Record
    lang: Language

    @property
    def say(self) -> _Phrases:
        return _PHRASES[self.lang]

    def names(self, labels: Iterable[Category]) -> str:
        return "; ".join(label.label(self.lang) for label in sorted(labels, key=self.table.rank))

    def headline(self, answer: Classification[Any]) -> str:
        facet = self.table.category.facet_title(self.lang)
        match answer.outcome:
            case Outcome.MATCHED:
                return self.say.matched.format(facet=facet, labels=self.names(answer.labels))
            case Outcome.UNDETERMINED:
                possible = self.names(answer.candidates - answer.labels)
                if self.none_possible():
                    possible = f"{possible}; {self.say.no_label}"
                text = self.say.undetermined.format(facet=facet, labels=possible)
                certain = self.say.certain.format(labels=self.names(answer.labels)) if answer.labels else ""
                return f"{text} {certain}".rstrip()
            case Outcome.UNMATCHED:
                return self.say.unmatched.format(facet=facet)

    def none_possible(self) -> bool:
        """Whether an undetermined answer may still turn out to be no label at all."""
        if interpreter.applies(self.table, self.facts) is None:
            return True
        truths = interpreter.truths(self.table, self.facts)
        return True not in truths and self.table.otherwise is None

    def reasons(self, answer: Classification[Any]) -> Iterator[str]:
        scope = interpreter.applies(self.table, self.facts)
        if self.table.given is not None and scope is not True:
            phrase = self.say.outside if scope is False else self.say.outside_open
            yield phrase.format(condition=predicate_text(self.table.given, self.lang))
            yield from self.why(self.table.given, truth=scope)
            if scope is False:
                return
        truths = interpreter.truths(self.table, self.facts)
        verdict = interpreter.judge(self.table, truths)
        for position in answer.rules:
            yield from self.rule(position, self.say.rule_holds, truth=True)
            if next(self.table.rules[position].condition.leaves(), None) is None:
                yield from self.failed_before(position)
        if answer.outcome is Outcome.UNDETERMINED:
            yield from self.still_open(truths, verdict)
        elif answer.outcome is Outcome.UNMATCHED:
            yield self.say.no_rule
            for position in range(len(truths)):
                yield from self.rule(position, self.say.rule_fails, truth=False)
        elif not answer.rules:
            yield from self.without_rule(self.names(answer.labels), verdict.open_rules)

    def failed_before(self, position: int) -> Iterator[str]:
        """Why the rules before one that asks for nothing fail: they are its only reason."""
        for place, rule in enumerate(self.table.rules[:position]):
            if rule.condition.truth(self.facts) is False:
                yield from self.rule(place, self.say.rule_fails, truth=False)

    def still_open(self, truths: list[bool | None], verdict: Verdict) -> Iterator[str]:
        for position in verdict.open_rules:
            yield from self.rule(position, self.say.rule_open, truth=None)
        if self.table.hit is not HitPolicy.COLLECT:
            for position, truth in enumerate(truths):
                if truth and self.table.rules[position].label in verdict.possible:
                    yield from self.rule(position, self.say.rule_holds, truth=True)
                    break
        if self.table.otherwise is not None and True not in truths:
            yield self.say.otherwise_open.format(label=self.table.otherwise.label(self.lang))

    def without_rule(self, label: str, open_rules: tuple[int, ...]) -> Iterator[str]:
        if open_rules:
            yield self.say.same_label
            for position in open_rules:
                yield from self.rule(position, self.say.rule_open, truth=None)
            yield self.say.otherwise_open.format(label=label)
        else:
            yield self.say.otherwise.format(label=label)
            for position in range(len(self.table.rules)):
                yield from self.rule(position, self.say.rule_fails, truth=False)

    def rule(self, position: int, phrase: str, *, truth: bool | None) -> Iterator[str]:
        rule = self.table.rules[position]
        yield phrase.format(number=position + 1, label=rule.label.label(self.lang))
        yield from self.why(rule.condition, truth=truth)

    def why(self, condition: Predicate, *, truth: bool | None) -> Iterator[str]:
        yield from self.parts(plain(condition), truth, "  - ")

    def parts(self, condition: Predicate, truth: bool | None, bullet: str) -> Iterator[str]:  # noqa: FBT001  # three-valued
        """The tests that make the condition true, false or open: no others."""
        match condition:
            case And(parts) | Or(parts):
                shown = tuple(part for part in parts if part.truth(self.facts) is truth)
            case _:
                yield bullet + self.test(condition)
                return
        for part in shown:
            yield from self.parts(part, truth, bullet)

    def test(self, condition: Predicate) -> str:
        text = predicate_text(condition, self.lang)
        return text + self.value(condition) if isinstance(condition, Leaf) else text

    def value(self, leaf: Leaf) -> str:
        variable = leaf.variable
        value = read(variable, self.facts)
        if value is None:
            return self.say.is_missing
        if variable.is_private:
            return ""
        assumed = variable.name in self.facts.assumed
        phrase = self.say.is_assumed if assumed else self.say.is_value
        text = read_text(variable, value, self.lang)
        currency = self.facts.value("currency") if variable.type is Decimal and not variable.is_custom else None
        return phrase.format(value=text if currency is None else f"{text} {currency}")

    def why_not(self, answer: Classification[Any], label: Category) -> Iterator[str]:
        words = label.label(self.lang)
        if label in answer.labels:
            yield self.say.why_not_holds.format(label=words)
            return
        if label in answer.candidates:
            yield self.say.why_not_open.format(label=words)
            return
        yield self.say.why_not.format(label=words)
        if interpreter.applies(self.table, self.facts) is False:
            yield f"  - {self.say.why_not_outside}"
            return
        positions = [place for place, rule in enumerate(self.table.rules) if rule.label == label]
        for position in positions:
            truth = self.table.rules[position].condition.truth(self.facts)
            if truth is False:
                yield from self.rule(position, self.say.rule_fails, truth=False)
            else:
                phrase = self.say.why_not_behind if truth else self.say.why_not_decided
                yield phrase.format(number=position + 1, label=words)
        if label == self.table.otherwise:
            yield f"  - {self.say.why_not_otherwise}"
        elif not positions:
            yield f"  - {self.say.why_not_nothing}"

    def assumed(self) -> Iterator[str]:
        used = [variable for variable in self.table.variables if variable.name in self.facts.assumed]
        if used:
            yield self.say.assumed.format(facts="; ".join(self.assumption(variable) for variable in used))

    def assumption(self, variable: Variable) -> str:
        if variable.is_private:
            return variable.label.text(self.lang)
        value: Any = read(variable, self.facts)
        return leaf_text(Comparison(variable, "==", value), self.lang)

    def question(self, variable: Variable) -> str:
        text = variable.label.text(self.lang)
        if variable.type is not bool:
            return text
        return f"{text} hay không" if self.lang == "vi" else f"whether {text}"

    def would_decide(self, variable: Variable, answer: Classification[Any]) -> Iterator[str]:
        """What each possible value of an unknown fact would lead to; nothing where it leads nowhere by itself.

        Nothing either where so many values and rules would have to be tried that nobody would read what came of it.
        """
        leaves = [leaf for leaf in self.table.leaves() if leaf.variable == variable]
        axis = axis_of(variable, leaves)
        if len(axis.segments) * len(self.table.rules) > _MOST_TRIALS:
            return
        outcomes: dict[str, int] = {}
        for place, segment in enumerate(axis.segments):
            if segment.value is not None:
                outcome = self.step_to({variable.name: segment.value}, answer)
                outcomes[outcome] = outcomes.get(outcome, 0) | 1 << place
        for outcome, mask in outcomes.items():
            if outcome:
                condition = condition_of(axis, mask) if mask != axis.known else None
                known = self.say.any_value if condition is None else predicate_text(condition, self.lang)
                yield self.say.would_be.format(condition=known, answer=outcome)

    def step_to(self, values: dict[str, Any], answer: Classification[Any]) -> str:
        """What the answer becomes with one more fact; nothing where that is no step forward."""
        try:
            new = interpreter.classify(self.table, self.table.vocabulary.changed(self.facts, values))
        except InvalidError:
            return ""
        if new.outcome is not Outcome.UNDETERMINED:
            return new.describe(self.lang)
        gained, lost = new.labels - answer.labels, answer.candidates - new.candidates
        steps = [(self.say.gained, gained), (self.say.lost, lost)]
        return "; ".join(phrase.format(labels=self.names(labels)) for phrase, labels in steps if labels)

    def missing(self, answer: Classification[Any]) -> Iterator[str]:
        if answer.outcome is Outcome.UNDETERMINED:
            lacking = [variable for variable in self.table.variables if variable.name in answer.missing]
            yield self.say.missing.format(facts="; ".join(self.question(variable) for variable in lacking))
            for variable in lacking:
                yield from self.would_decide(variable, answer)
            assumed = any(variable.name in self.facts.assumed for variable in self.table.variables)
            yield self.say.way_out_further if assumed else self.say.way_out
