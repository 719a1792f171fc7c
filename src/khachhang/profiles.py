"""One whole customer: every facet of a template at once, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar, overload

import attrs

from khachhang.errors import Fault, InvalidError, a_kind_of
from khachhang.facts import Facts, facts_of
from khachhang.facts.derivation import check_day
from khachhang.rules import Classification, Outcome
from khachhang.rules.classification import by_rank
from khachhang.rules.wording import check_language
from khachhang.taxonomy import Category
from khachhang.templates import Template, as_template, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from khachhang.entities import Business, Customer
    from khachhang.facts import Assumption, LeapDay
    from khachhang.rules import Classifier
    from khachhang.rules.variable import Variable
    from khachhang.taxonomy import (
        AgeBand,
        Benefit,
        Contribution,
        Engagement,
        FinancialTier,
        IncomeBand,
        Language,
        Personality,
        RelationshipType,
        Scope,
        Side,
        Standing,
        Subject,
    )

C = TypeVar("C", bound=Category)


@attrs.frozen(repr=False)
class Profile:
    """What a template says of one customer on one date.

    A facet is found by its label set (``profile[AgeBand]``), by its code (``profile["age_band"]``) or as an attribute
    (``profile.age_band``).

    Args:
        customer_id: Whose profile it is.
        as_of: The date on which it holds.
        facts: What was known, and what was assumed.
        template: The tables and policies by which it was made.
        classifications: The answers, in the template's order.
    """

    customer_id: str
    as_of: date
    facts: Facts
    template: Template
    classifications: tuple[Classification[Category], ...]

    if TYPE_CHECKING:
        subject: Classification[Subject]
        benefit: Classification[Benefit]
        age_band: Classification[AgeBand]
        relationship_type: Classification[RelationshipType]
        scope: Classification[Scope]
        side: Classification[Side]
        engagement: Classification[Engagement]
        income_band: Classification[IncomeBand]
        personality: Classification[Personality]
        financial_tier: Classification[FinancialTier]
        standing: Classification[Standing]
        contribution: Classification[Contribution]

    @overload
    def __getitem__(self, facet: type[C]) -> Classification[C]: ...
    @overload
    def __getitem__(self, facet: str) -> Classification[Category]: ...
    def __getitem__(self, facet: type[Category] | str) -> Classification[Any]:
        """The answer for one facet.

        Raises:
            UnknownNameError: If the template does not have it, with the reason where it was left out.
        """
        for classifier, answer in self.items():
            if classifier.name == facet or classifier.category is facet:
                return answer
        name = facet.facet() if isinstance(facet, type) and issubclass(facet, Category) else facet
        raise self.template.unknown(name)

    def __iter__(self) -> Iterator[str]:
        """The codes of the facets, in the template's order."""
        return (classifier.name for classifier in self.template.classifiers)

    def __contains__(self, facet: object) -> bool:
        """Whether there is an answer for this facet, by its label set or its code."""
        return any(classifier.name == facet or classifier.category is facet for classifier in self.template)

    def __getattr__(self, name: str) -> Classification[Any]:
        try:
            return self[name]
        except LookupError as error:
            raise AttributeError(str(error), name=name, obj=self) from None

    def items(self) -> Iterator[tuple[Classifier[Any], Classification[Any]]]:
        """Each classifier with its answer, in the template's order."""
        return zip(self.template.classifiers, self.classifications, strict=True)

    @property
    def left_out(self) -> dict[str, str]:
        """The facets that the template leaves out, each with the reason."""
        return {facet: reason.en for facet, reason in self.template.left_out.items()}

    def __repr__(self) -> str:
        answers = ", ".join(f"{classifier.name}={_short(answer)}" for classifier, answer in self.items())
        return f"Profile({self.customer_id!r}, {self.as_of.isoformat()}: {answers})"

    def explain(self, lang: Language) -> str:
        """Every facet with its whole reason, and which facets were left out and why.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        parts = [_reason(classifier, answer, self.facts, lang) for classifier, answer in self.items()]
        for facet, reason in self.template.left_out.items():
            parts.append(
                f"{title_of(facet, lang)}: {'không xét' if lang == 'vi' else 'left out'}, {reason.text(lang)}."
            )
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        import html  # noqa: PLC0415  # loaded when it is used

        rows = "".join(self._html_row(classifier, answer) for classifier, answer in self.items())
        rows += "".join(
            f"<tr><td>{html.escape(title_of(facet, 'vi'))}<br><small>{html.escape(title_of(facet, 'en'))}</small></td>"
            "<td style='opacity:.7'>—</td>"
            f"<td>{html.escape(reason.vi)}<br><small>{html.escape(reason.en)}</small></td></tr>"
            for facet, reason in self.template.left_out.items()
        )
        head = f"{html.escape(self.customer_id)} · {self.as_of.isoformat()}"
        cell = "text-align:left;vertical-align:top"
        return (
            f"<table style='{cell}'><caption style='text-align:left;font-weight:bold'>{head}</caption>"
            f"<thead><tr><th style='{cell}'>Phân loại<br><small>Facet</small></th>"
            f"<th style='{cell}'>Nhãn<br><small>Label</small></th>"
            f"<th style='{cell}'>Lý do<br><small>Reason</small></th></tr></thead>"
            f"<tbody style='{cell}'>{rows}</tbody></table>"
        )

    def _html_row(self, classifier: Classifier[Any], answer: Classification[Any]) -> str:
        import html  # noqa: PLC0415  # loaded when it is used

        def both(vi: str, en: str) -> str:
            return f"{html.escape(vi)}<br><small>{html.escape(en)}</small>"

        def details(lang: Language, title: str) -> str:
            text = html.escape(_reason(classifier, answer, self.facts, lang))
            return f"<details><summary>{title}</summary><div style='white-space:pre-wrap'>{text}</div></details>"

        facet = classifier.category
        faded = "" if answer.outcome is Outcome.MATCHED else " style='opacity:.7'"
        return (
            f"<tr><td>{both(facet.facet_title('vi'), facet.facet_title('en'))}</td>"
            f"<td{faded}>{both(answer.describe('vi'), answer.describe('en'))}</td>"
            f"<td>{details('vi', 'Vì sao')}{details('en', 'Why')}</td></tr>"
        )


def _short(answer: Classification[Any]) -> str:
    if answer.outcome is Outcome.MATCHED:
        return "+".join([label.value for label in sorted(answer.labels, key=by_rank)])
    return answer.outcome.value


def _reason(classifier: Classifier[Any], answer: Classification[Any], facts: Facts, lang: Language) -> str:
    explain = getattr(classifier, "explain", None)
    if explain is None:
        return f"{classifier.category.facet_title(lang)}: {answer.describe(lang)}."
    text: str = explain(facts, lang)
    return text


def classify(
    customer: Customer,
    *,
    as_of: date,
    template: Template | Iterable[Classifier[Any]] | None = None,
    business: Business | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    leap_day: LeapDay = "03-01",
) -> Profile:
    """Every facet of a template for one customer on one date.

    Args:
        customer: Who, and what happened.
        as_of: The day at whose end the answer holds; what happened later does not exist for it.
        template: A template or a list of classifiers; None for the general one.
        business: The seller whose view is taken; without it its industry and currency are not known.
        assume: What may stand for facts that are not known: `RECORDED_IS_ALL`, or values by fact name.
        rates: For each currency how many units of the business's currency one unit is worth.
        leap_day: When one born on 29 February turns a year older in a common year: ``"03-01"`` or ``"02-28"``.

    Raises:
        InvalidError: If an argument or the history can not be meant.
        CurrencyError: If the history is in several currencies and a rate is lacking.
        TemplateError: If the template is none.

    >>> from datetime import date
    >>> from khachhang.entities import Customer, Person
    >>> lan = Customer(id="KH-001", party=Person(name="Nguyễn Thị Lan", birth_date=date(1995, 4, 2)))
    >>> classify(lan, as_of=date(2026, 6, 30)).age_band.label.label("vi")
    'Từ 22 đến 50 tuổi'
    """
    chosen = as_template(template)
    facts = facts_of(customer, as_of, business=business, rates=rates, leap_day=leap_day)
    if assume is not None:
        facts = facts.assuming(assume, custom=_custom(chosen))
    answers = tuple(table.classify(facts) for table in chosen.classifiers)
    return Profile(customer.id, as_of, facts, chosen, answers)  # pyrefly: ignore[missing-argument]  # no fields: names only


def classify_all(
    customers: Iterable[Customer],
    *,
    as_of: date,
    template: Template | Iterable[Classifier[Any]] | None = None,
    business: Business | None = None,
    assume: Assumption | Mapping[str, object] | None = None,
    rates: Mapping[str, Decimal | int | str] | None = None,
    leap_day: LeapDay = "03-01",
) -> Iterator[Profile]:
    """`classify` for many customers, one by one as they come; the same labels as each would get alone.

    The arguments and errors are those of `classify`; a wrong template or date is refused before the first customer.

    >>> from datetime import date
    >>> from khachhang.entities import Customer, Person
    >>> lan = Customer(id="KH-001", party=Person(name="Nguyễn Thị Lan", birth_date=date(1995, 4, 2)))
    >>> [profile.age_band.label.label("vi") for profile in classify_all([lan], as_of=date(2026, 6, 30))]
    ['Từ 22 đến 50 tuổi']
    """
    chosen = as_template(template)
    check_day(as_of, leap_day)
    if not isinstance(customers, Iterable):
        problem = f"{a_kind_of(customers)} is no collection of customers"
        raise InvalidError("classify_all", [Fault("customers", problem, "give a list of kh.Customer")])
    return (
        classify(
            customer, as_of=as_of, template=chosen, business=business, assume=assume, rates=rates, leap_day=leap_day
        )
        for customer in customers
    )


def _custom(template: Template) -> Iterable[Variable]:
    return [variable for table in template.classifiers for variable in getattr(table, "variables", ())]
