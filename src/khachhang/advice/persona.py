"""Persona: the ideal customer as a set of wishes, and how far a customer meets them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from khachhang.advice._checks import to_facts, to_weight
from khachhang.advice._wording import capital, observed_text, question_text, range_text, share_text
from khachhang.entities._checks import Faults, Refused, gather, to_instance, to_name, to_tuple
from khachhang.errors import Fault, InvalidError, PredicateError
from khachhang.rules.predicate import Always, And, Leaf, Or, Predicate, as_predicate, joined, plain
from khachhang.rules.wording import check_language, number_text, predicate_text
from khachhang.taxonomy import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from khachhang.advice.population import PersonaPolicy
    from khachhang.facts import DecisionTable, Facts
    from khachhang.rules.fact import Fact
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import Category, Language


@attrs.frozen(kw_only=True)
class Support:
    """Of how many customers a wish was found true when its persona was drawn from a population.

    Args:
        holding: Customers with the label for whom it holds.
        known: Customers with the label for whom it is known whether it does.
        customers: All customers with the label.
        others_holding: Customers certainly without the label for whom it holds.
        others_known: Customers certainly without the label for whom it is known.
    """

    holding: int
    known: int
    customers: int
    others_holding: int
    others_known: int

    @property
    def share(self) -> Fraction:
        """The share, among those of whom it is known, for whom it holds."""
        return Fraction(self.holding, self.known)

    @property
    def others_share(self) -> Fraction | None:
        """The same among the others; None where it is known of none of them."""
        return Fraction(self.others_holding, self.others_known) if self.others_known else None

    def describe(self, lang: Language) -> str:
        """The figures in words."""
        check_language(lang)
        share = share_text(self.share, lang)
        known = number_text(self.known, lang)
        text = f"đúng với {share} trong {known} khách" if lang == "vi" else f"true of {share} of {known} customers"
        if self.others_share is None:
            return text
        others = share_text(self.others_share, lang)
        return f"{text}; ở khách khác: {others}" if lang == "vi" else f"{text}; of the others: {others}"


@attrs.frozen(init=False)
class Wish:
    """One thing that the ideal customer is, has or does.

    A test on a fact that has no value (the last purchase of one who never bought) fails, however it is put.

    Args:
        predicate: The condition on facts.
        weight: How much it counts beside the others: an exact number above 0, no float.
        words: How people put it; None for the words of the condition.
        support: Where it was drawn from a population, of how many it is true.

    Raises:
        InvalidError: If a field is of the wrong type or out of range; all wrong fields at once.

    >>> from khachhang.facts import fact
    >>> Wish(fact.age.between(25, 40), weight=2).text("vi")
    'tuổi từ 25 đến 40'
    """

    predicate: Predicate
    weight: Decimal
    words: Words | None = None
    support: Support | None = None
    _condition: Predicate = attrs.field(init=False, repr=False, eq=False)

    def __init__(
        self,
        predicate: Predicate,
        weight: Decimal | int | str = 1,
        words: Words | None = None,
        *,
        support: Support | None = None,
    ) -> None:
        try:
            condition = _to_predicate(predicate)
            if words is not None:
                to_instance(words, Words)
            if support is not None:
                to_instance(support, Support)
            self.__attrs_init__(condition, to_weight(weight), words, support)
            object.__setattr__(self, "_condition", _with_existence(plain(condition)))
        except Refused:
            faults = Faults("Wish")
            faults.check("predicate", _to_predicate, predicate)
            faults.check("weight", to_weight, weight)
            faults.check_known("words", to_instance, words, Words)
            faults.check_known("support", to_instance, support, Support)
            raise faults.error() from None

    def text(self, lang: Language) -> str:
        """What is wished for, in ``"vi"`` or ``"en"``."""
        check_language(lang)
        return predicate_text(self.predicate, lang) if self.words is None else self.words.text(lang)

    def truth(self, facts: Facts) -> bool | None:
        """Whether it holds; None where that is not known."""
        return self._condition.truth(facts)

    @property
    def condition(self) -> Predicate:
        """The predicate without ``~``, each test behind the condition under which its fact has a value."""
        return self._condition

    def open_variables(self, facts: Facts) -> Iterator[Variable]:
        """The facts that are not known and leave it open."""
        return self._condition.open_variables(facts)


def _to_predicate(given: object) -> Predicate:
    try:
        return as_predicate(given)
    except PredicateError as error:
        raise Refused(given, "is not a predicate", error.hint) from None


def _with_existence(predicate: Predicate) -> Predicate:
    match predicate:
        case And(parts):
            return joined(And, (_with_existence(part) for part in parts))
        case Or(parts):
            return joined(Or, (_with_existence(part) for part in parts))
        case Leaf(variable) if variable.exists is not None:
            return joined(And, (_with_existence(plain(variable.exists)), predicate))
        case _:
            return predicate


def _wish(given: object) -> Wish:
    return given if isinstance(given, Wish) else Wish(_to_predicate(given))


@attrs.frozen(init=False)
class Persona:
    """The ideal customer (chân dung khách hàng lý tưởng): a name and a set of wishes.

    Args:
        name: What it is called.
        wishes: At least one `Wish`, or plain predicates, which weigh 1; no condition twice.

    Raises:
        InvalidError: If the name is empty, there is no wish, or one of them is none; all wrong fields at once.

    >>> from khachhang.facts import Facts, fact
    >>> regular = Persona("Khách quen", wishes=[fact.age >= 25, Wish(fact.purchase_count >= 5, weight=3)])
    >>> match = regular.match(Facts(purchase_count=6))
    >>> match.certain, match.possible
    (Fraction(3, 4), Fraction(1, 1))
    """

    name: str
    wishes: tuple[Wish, ...]

    def __init__(self, name: str, wishes: Iterable[Wish | Predicate]) -> None:
        given = gather(wishes)
        faults: list[Fault] = []
        made = _wishes(given, faults)
        checked = Faults("Persona")
        checked.check("name", to_name, name)
        if not checked.passed("name"):
            faults = [*checked.error().faults, *faults]
        if faults:
            raise InvalidError("Persona", faults)
        self.__attrs_init__(to_name(name), made)

    @classmethod
    def drawn_from(
        cls,
        population: Iterable[Facts],
        table: DecisionTable[Any],
        label: Category | str,
        *,
        name: str | None = None,
        facts: Iterable[Fact[Any] | str] | None = None,
        policy: PersonaPolicy | None = None,
    ) -> Persona:
        """What most customers with a label have in common, and others less often: a persona with its support.

        For each fact the shortest description that is true of most: one value, a few labels, or the narrowest interval,
        its ends rounded outward to two digits. Kept are those that tell the label's customers best from the others, by
        the difference of the two shares; at equal differences the larger share, then the order of the facts. The same
        population in any order gives the same persona.

        Args:
            population: What is known of each customer, on one date.
            table: The table that gives the label.
            label: The label or its code; who has it for certain is drawn, who can not have it is one of the others.
            name: What the persona is called; None for the label's code.
            facts: The facts to look at, or their names; None for all but those that the table itself asks for, which
                would only repeat its rules. Private facts (incomes, assets, scores) are never looked at, for a bound
                drawn from a few people would tell what one of them has.
            policy: How many are most, and how many wishes are few.

        Raises:
            InvalidError: If an argument can not be meant, too few customers have the label, or they have nothing in
                common that others have less often.
        """
        from khachhang.advice.population import drawn  # noqa: PLC0415  # it makes wishes and so imports this module

        return drawn(population, table, label, name=name, names=facts, policy=policy)

    @property
    def weight(self) -> Fraction:
        """The weights of all wishes together, exact."""
        return sum((Fraction(wish.weight) for wish in self.wishes), Fraction(0))

    def match(self, facts: Facts) -> Match:
        """How far a customer meets the wishes.

        Args:
            facts: What is known of the customer.

        Raises:
            InvalidError: If it is no record of facts.
        """
        try:
            known = to_facts(facts)
        except Refused:
            faults = Faults("Persona.match")
            faults.check("facts", to_facts, facts)
            raise faults.error() from None
        return Match(self, known, tuple(wish.truth(known) for wish in self.wishes))

    def explain(self, lang: Language) -> str:
        """The wishes in words, with their weights and, where it was drawn from a population, their support.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        head = f"Chân dung khách hàng “{self.name}”:" if lang == "vi" else f"Persona “{self.name}”:"
        return "\n".join([head, *(f"  - {self._wish_text(wish, lang)}" for wish in self.wishes)])

    def _wish_text(self, wish: Wish, lang: Language) -> str:
        text = wish.text(lang)
        if len({each.weight for each in self.wishes}) > 1:
            weight = number_text(wish.weight, lang)
            text += f" (trọng số {weight})" if lang == "vi" else f" (weight {weight})"
        return text if wish.support is None else f"{text} ({wish.support.describe(lang)})"


def _wishes(given: object, faults: list[Fault]) -> tuple[Wish, ...]:
    if not isinstance(given, (list, tuple)):
        problem = f"a value of type {type(given).__name__} is not a collection of wishes"
        faults.append(Fault("wishes", problem, "give a list of predicates, such as [kh.fact.age >= 25]"))
        return ()
    if not given:
        faults.append(Fault("wishes", "there is none", "an ideal customer is one that something is wished of"))
    made: list[Wish] = []
    first: dict[Predicate, int] = {}
    for place, each in enumerate(given):
        try:
            wish = _wish(each)
        except Refused as refusal:
            problem = f"a value of type {type(each).__name__} is neither a wish nor a predicate"
            faults.append(Fault(f"wishes[{place}]", problem, refusal.hint))
            continue
        before = first.setdefault(wish.predicate, place)
        if before != place:
            problem = f"the same condition as wishes[{before}]"
            faults.append(Fault(f"wishes[{place}]", problem, "wish it once, with a greater weight"))
        made.append(wish)
    return tuple(made)


@attrs.frozen(repr=False)
class Match:
    """How far one customer meets a persona.

    Args:
        persona: The persona.
        facts: What was known of the customer, and what was assumed.
        truths: For each wish, in order, whether it holds; None where that is not known.
    """

    persona: Persona
    facts: Facts
    truths: tuple[bool | None, ...]

    @property
    def holding(self) -> tuple[Wish, ...]:
        """The wishes that hold."""
        return self._with(truth=True)

    @property
    def failing(self) -> tuple[Wish, ...]:
        """The wishes that do not hold."""
        return self._with(truth=False)

    @property
    def unknown(self) -> tuple[Wish, ...]:
        """The wishes of which it is not known."""
        return self._with(truth=None)

    def _with(self, *, truth: bool | None) -> tuple[Wish, ...]:
        pairs = zip(self.persona.wishes, self.truths, strict=True)
        return tuple(wish for wish, found in pairs if found is truth)

    @property
    def certain(self) -> Fraction:
        """The share of the weights that is met for certain, exact."""
        return self._share(self.holding)

    @property
    def possible(self) -> Fraction:
        """The share of the weights that may be met once everything is known, exact."""
        return self._share((*self.holding, *self.unknown))

    @property
    def share(self) -> Fraction | None:
        """The share of the weights that is met; None while something that matters is not known."""
        return None if self.unknown else self.certain

    def _share(self, wishes: Iterable[Wish]) -> Fraction:
        met = sum((Fraction(wish.weight) for wish in wishes), Fraction(0))
        return met / self.persona.weight

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the facts that would settle it, in the order of the wishes."""
        return tuple(variable.name for variable in self._lacking())

    def _lacking(self) -> tuple[Variable, ...]:
        return tuple(dict.fromkeys(variable for wish in self.unknown for variable in wish.open_variables(self.facts)))

    def __repr__(self) -> str:
        return f"Match({self.persona.name!r}: {self.certain} to {self.possible})"

    def explain(self, lang: Language) -> str:
        """Which wishes hold, which fail and which are not known, with what was read; never a private value.

        The share is exact, or *about* it with two decimals. Of a range the lower end is rounded down to a whole per
        cent and the upper one up.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        return "\n".join(self._lines(lang))

    def _lines(self, lang: Language) -> Iterator[str]:
        share = range_text(self.certain, self.possible, lang) if self.share is None else share_text(self.share, lang)
        name = self.persona.name
        yield f"Khách khớp {share} với chân dung “{name}”." if lang == "vi" else f"Meets {share} of “{name}”."
        parts = (("Đã khớp:", "Holds:", self.holding), ("Không khớp:", "Does not hold:", self.failing),
                 ("Chưa biết:", "Not known:", self.unknown))  # fmt: skip
        for vi, en, wishes in parts:
            if wishes:
                yield vi if lang == "vi" else en
                for wish in wishes:
                    seen = "" if isinstance(wish.predicate, Always) else observed_text(wish.predicate, self.facts, lang)
                    yield f"  - {capital(wish.text(lang))}{seen}"
        if self.unknown:
            asked = "; ".join(question_text(variable, lang) for variable in self._lacking())
            yield f"Cần hỏi thêm: {asked}." if lang == "vi" else f"To settle it, find out: {asked}."


def rank(personas: Iterable[Persona], facts: Facts) -> tuple[Match, ...]:
    """Every persona matched with one customer, the best match first.

    Best is what is met for certain; at equal shares what is possible, then the given order.

    Args:
        personas: The personas.
        facts: What is known of the customer.

    Raises:
        InvalidError: If one of them is no persona, or `facts` is no record of facts.

    >>> from khachhang.facts import Facts, fact
    >>> young = Persona("Trẻ", wishes=[fact.age < 30])
    >>> regular = Persona("Quen", wishes=[fact.purchase_count >= 5])
    >>> [match.persona.name for match in rank([young, regular], Facts(age=41, purchase_count=7))]
    ['Quen', 'Trẻ']
    """
    given = gather(personas)
    try:
        known = to_facts(facts)
        made = to_tuple(given, Persona)
    except Refused:
        faults = Faults("rank")
        faults.check("personas", to_tuple, given, Persona)
        faults.check("facts", to_facts, facts)
        raise faults.error() from None
    matches = [persona.match(known) for persona in made]
    return tuple(sorted(matches, key=lambda match: (match.certain, match.possible), reverse=True))
