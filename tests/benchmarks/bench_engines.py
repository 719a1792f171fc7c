"""`table.label` against rule engines on the same eight rules, and what each answers where a fact is missing.

Each engine gets its input ready made, as it wants it; converting it is not charged to anybody.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.benchmarks._relationship import TABLE, population
from tests.benchmarks._timing import medians

import khachhang as kh

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[dict[str, Any]], str | None]

INSIDERS = [
    "tie_employee_of_department",
    "tie_employee_of_branch",
    "tie_employee",
    "tie_shareholder",
    "tie_other_insider",
]
# The rules in the common notation of C, Python and JavaScript but for and, or, ==.
RULES = [
    ("internal", " or ".join(INSIDERS)),
    ("intermediary", "(purchase_count >= 1 and resale_share >= 0.5) or tie_reseller"),
    ("loyal", "purchase_count >= 5 and days_since_last_purchase <= 365 and discounted_share < 0.5"),
    ("discount", "purchase_count >= 2 and discounted_share >= 1.0"),
    ("new", "purchase_count >= 1 and days_since_first_purchase <= 90 and purchase_count < 5"),
    ("former", "purchase_count >= 1 and days_since_last_purchase > 365"),
    ("potential", "purchase_count == 0 and has_need and has_means and taste_matches"),
]
LAST = "external"
NAMES = [variable.name for variable in TABLE.variables]


def zen_expression() -> Answer:
    zen = importlib.import_module("zen")
    text = f'"{LAST}"'
    for label, condition in reversed(RULES):
        text = f'({condition}) ? "{label}" : ({text})'
    compiled = zen.compile_expression(text)
    answer: Answer = compiled.evaluate
    return answer


def zen_table() -> Answer:
    zen = importlib.import_module("zen")
    rules = [{"_id": label, "when": condition, "label": f'"{label}"'} for label, condition in [*RULES, (LAST, "true")]]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {
            "id": "table",
            "type": "decisionTableNode",
            "name": "table",
            "content": {
                "hitPolicy": "first",
                "inputs": [{"id": "when", "name": "when"}],
                "outputs": [{"id": "label", "name": "label", "field": "label"}],
                "rules": rules,
            },
        },
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda facts: decision.evaluate(facts)["result"].get("label")


def rule_engine() -> Answer:
    module = importlib.import_module("rule_engine")
    rules = [(label, module.Rule(condition)) for label, condition in RULES]

    def answer(facts: dict[str, Any]) -> str:
        for label, rule in rules:
            if rule.matches(facts):
                return label
        return LAST

    return answer


def json_logic() -> Answer:
    module = importlib.import_module("json_logic")
    count, resale, discounted = ({"var": name} for name in ("purchase_count", "resale_share", "discounted_share"))
    first, last = ({"var": f"days_since_{which}_purchase"} for which in ("first", "last"))
    tests: list[Any] = [
        {"or": [{"var": name} for name in INSIDERS]},
        {"or": [{"and": [{">=": [count, 1]}, {">=": [resale, 0.5]}]}, {"var": "tie_reseller"}]},
        {"and": [{">=": [count, 5]}, {"<=": [last, 365]}, {"<": [discounted, 0.5]}]},
        {"and": [{">=": [count, 2]}, {">=": [discounted, 1.0]}]},
        {"and": [{">=": [count, 1]}, {"<=": [first, 90]}, {"<": [count, 5]}]},
        {"and": [{">=": [count, 1]}, {">": [last, 365]}]},
        {"and": [{"==": [count, 0]}, *({"var": name} for name in ("has_need", "has_means", "taste_matches"))]},
    ]
    steps = [step for (label, _), test in zip(RULES, tests, strict=True) for step in (test, label)]
    logic = {"if": [*steps, LAST]}
    return lambda facts: module.jsonLogic(logic, facts)


def business_rules() -> Answer:
    package = importlib.import_module("business_rules")
    variables = importlib.import_module("business_rules.variables")
    actions = importlib.import_module("business_rules.actions")
    fields = importlib.import_module("business_rules.fields")

    def reading(name: str) -> Any:
        def read(self: Any) -> Any:
            return self.facts[name]

        read.__name__ = name
        boolean = name.startswith(("tie_", "has_", "taste_"))
        return (variables.boolean_rule_variable if boolean else variables.numeric_rule_variable)(read)

    def init(self: Any, facts: dict[str, Any]) -> None:
        self.facts = facts

    class Actions(actions.BaseActions):  # type: ignore[misc,name-defined]  # an untyped package
        found: str = LAST

        @actions.rule_action(params={"label": fields.FIELD_TEXT})  # type: ignore[untyped-decorator]  # untyped package
        def choose(self, label: str) -> None:
            self.found = label

    seen = type("Seen", (variables.BaseVariables,), {"__init__": init, **{name: reading(name) for name in NAMES}})

    def compare(name: str, sign: str, value: float) -> dict[str, Any]:
        return {"name": name, "operator": sign, "value": value}

    def true(name: str) -> dict[str, Any]:
        return {"name": name, "operator": "is_true", "value": ""}

    at_least, at_most = "greater_than_or_equal_to", "less_than_or_equal_to"
    some, few = compare("purchase_count", at_least, 1), compare("purchase_count", "less_than", 5)
    conditions: list[Any] = [
        {"any": [true(name) for name in INSIDERS]},
        {"any": [{"all": [some, compare("resale_share", at_least, 0.5)]}, true("tie_reseller")]},
        {
            "all": [
                compare("purchase_count", at_least, 5),
                compare("days_since_last_purchase", at_most, 365),
                compare("discounted_share", "less_than", 0.5),
            ]
        },
        {"all": [compare("purchase_count", at_least, 2), compare("discounted_share", at_least, 1.0)]},
        {"all": [some, compare("days_since_first_purchase", at_most, 90), few]},
        {"all": [some, compare("days_since_last_purchase", "greater_than", 365)]},
        {
            "all": [
                compare("purchase_count", "equal_to", 0),
                *(true(name) for name in ("has_need", "has_means", "taste_matches")),
            ]
        },
    ]
    rules = [
        {"conditions": condition, "actions": [{"name": "choose", "params": {"label": label}}]}
        for (label, _), condition in zip(RULES, conditions, strict=True)
    ]

    def answer(facts: dict[str, Any]) -> str:
        found = Actions()
        package.run_all(rules, seen(facts), found, stop_on_first_trigger=True)
        return found.found

    return answer


def durable_rules() -> Answer:
    lang = importlib.import_module("durable.lang")
    m = lang.m
    found: list[str] = []

    def note(label: str) -> Any:
        def act(context: Any) -> None:
            del context
            found.append(label)

        return act

    tests = {
        "internal": m.insider == True,  # noqa: E712  # durable_rules overloads ==
        "intermediary": ((m.purchase_count >= 1) & (m.resale_share >= 0.5)) | (m.tie_reseller == True),  # noqa: E712
        "loyal": (m.purchase_count >= 5) & (m.days_since_last_purchase <= 365) & (m.discounted_share < 0.5),
        "discount": (m.purchase_count >= 2) & (m.discounted_share >= 1.0),
        "new": (m.purchase_count >= 1) & (m.days_since_first_purchase <= 90) & (m.purchase_count < 5),
        "former": (m.purchase_count >= 1) & (m.days_since_last_purchase > 365),
        "potential": (m.purchase_count == 0) & (m.wants == True),  # noqa: E712
        "external": m.purchase_count >= 0,
    }
    with lang.ruleset("relationship"):
        for rank, (label, test) in enumerate(tests.items(), start=1):
            lang.when_all(lang.pri(rank), test)(note(label))

    def answer(facts: dict[str, Any]) -> str | None:
        found.clear()
        lang.post("relationship", facts)
        return found[0] if found else None

    return answer


ENGINES: dict[str, Callable[[], Answer]] = {
    "zen-engine, one compiled expression": zen_expression,
    "zen-engine, a decision table": zen_table,
    "rule-engine": rule_engine,
    "business-rules": business_rules,
    "panzi-json-logic": json_logic,
    "durable_rules": durable_rules,
}


def as_input(name: str, facts: kh.Facts) -> dict[str, Any]:
    """The facts as an engine wants them."""
    known = {variable: facts.value(variable) for variable in NAMES}
    if name != "durable_rules":
        return known
    # It takes no null, cannot join more than a few alternatives, and wants every event to be another one.
    given: dict[str, Any] = {variable: value for variable, value in known.items() if value is not None}
    insider = [known[tie] for tie in INSIDERS]
    wants = [known[need] for need in ("has_need", "has_means", "taste_matches")]
    if None not in insider:
        given["insider"] = any(insider)
    if None not in wants:
        given["wants"] = all(wants)
    return given


def over(answer: Callable[[Any], object], people: list[Any]) -> Callable[[], None]:
    def run() -> None:
        for facts in people:
            answer(facts)

    return run


def main() -> None:
    """Print the ratios, whether the answers agree, and what becomes of a missing fact."""
    print(f"Python {sys.version.split()[0]}")
    people = population(300)
    expected = [str(TABLE.label(facts)) for facts in people]
    answers: dict[str, Answer] = {}
    ways: dict[str, Callable[[], object]] = {"khachhang, table.label": over(TABLE.label, people)}
    for name, make in ENGINES.items():
        try:
            answers[name] = make()
        except ImportError as error:
            print(f"{name}: not installed ({error})")
            continue
        given = [as_input(name, facts) for facts in people]
        ways[name] = over(answers[name], given)
        wrong = Counter((right, answers[name](facts)) for right, facts in zip(expected, given, strict=True))
        differing = {pair: count for pair, count in wrong.items() if pair[0] != pair[1]}
        print(f"{name}: {'all answers agree' if not differing else f'answers that differ (ours, theirs): {differing}'}")
    taken = medians(ways, rounds=7)
    ours = taken["khachhang, table.label"]
    print()
    for name, seconds in taken.items():
        print(f"{name:42} {1e6 * seconds / len(people):10.2f} us {seconds / ours:9.1f}")
    fastest = min(seconds for name, seconds in taken.items() if not name.startswith("khachhang"))
    verdict = "met" if fastest >= 10 * ours else "MISSED"
    print(f"the fastest of them takes {fastest / ours:.1f} times as long; goal 10: {verdict}")

    print("\nA regular buyer of whom it is not known when the last purchase was:")
    buyer = kh.Facts(
        ties=set(), purchase_count=7, discounted_share=0, resale_share=0, has_need=True, has_means=True,
        taste_matches=True, days_since_first_purchase=900,
    )  # fmt: skip
    answer = TABLE.classify(buyer)
    print(
        f"  khachhang: {answer.outcome.value}, one of {sorted(answer.candidates)}, missing {', '.join(answer.missing)}"
    )
    for name, ask in answers.items():
        try:
            said = f"{ask(as_input(name, buyer))}"
        except Exception as error:  # noqa: BLE001  # whatever an engine raises is what it answers
            said = f"{type(error).__name__}: {str(error).splitlines()[0][:90]}"
        print(f"  {name}: {said}")


if __name__ == "__main__":
    main()
