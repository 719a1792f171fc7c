"""Templates: named sets of classifiers for a line of business."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from khachhang import classifiers as ready
from khachhang.classifiers import (
    BenefitPolicy,
    Policy,
    RelationshipTypePolicy,
    StandingPolicy,
)
from khachhang.errors import TemplateError, UnknownNameError, listed, repr_of
from khachhang.rules import Classifier
from khachhang.rules.table import needs_of
from khachhang.taxonomy import FinancialTier, IncomeBand, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from khachhang.taxonomy import Language

_READY: dict[str, tuple[Callable[[Any], Any], type[Policy]]] = {
    "subject": (ready.subject, ready.SubjectPolicy),
    "benefit": (ready.benefit, ready.BenefitPolicy),
    "age_band": (ready.age_band, ready.AgeBandPolicy),
    "relationship_type": (ready.relationship_type, ready.RelationshipTypePolicy),
    "scope": (ready.scope, ready.ScopePolicy),
    "side": (ready.side, ready.SidePolicy),
    "engagement": (ready.engagement, ready.EngagementPolicy),
    "income_band": (ready.income_band, ready.IncomeBandPolicy),
    "personality": (ready.personality, ready.PersonalityPolicy),
    "financial_tier": (ready.financial_tier, ready.FinancialTierPolicy),
    "standing": (ready.standing, ready.StandingPolicy),
    "contribution": (ready.contribution, ready.ContributionPolicy),
}
_NEEDS_A_POLICY = frozenset({"income_band", "financial_tier"})
_TITLED = {category.facet(): category for category in (IncomeBand, FinancialTier)}
NO_CUTS = Words(
    "chưa có điểm cắt: cần một chính sách nêu các mức tiền và đồng tiền",
    "no cut points were given: it needs a policy that names the amounts and their currency",
)


def _classifiers(given: Iterable[Classifier[Any]]) -> tuple[Classifier[Any], ...]:
    hint = "give a template such as kh.templates.retail, or a list of tables, such as [kh.classifiers.age_band()]"
    made = listed(given, lambda shown: TemplateError(f"classifiers: {shown} is no list of classifiers", hint))
    for place, classifier in enumerate(made):
        if not isinstance(classifier, Classifier):
            problem = f"classifier {place}: {repr_of(classifier)} is no classifier"
            raise TemplateError(problem, hint)
    names = [classifier.name for classifier in made]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        problem = f"two classifiers are called {', '.join(map(repr, twice))}"
        raise TemplateError(problem, "give each its own name; attrs.evolve(table, name=...) renames one")
    return made


@attrs.frozen
class Template:
    """A named set of classifiers. Calling it with policies gives the same set with those thresholds.

    Args:
        name: Its stable code.
        classifiers: The classifiers, in the order in which a profile shows them; no name twice.
        left_out: For each facet that is left out, why.
        policies: The policies that were given, by facet.

    Raises:
        TemplateError: If something is no classifier, or two bear one name.

    >>> from khachhang import templates
    >>> from khachhang.classifiers import FinancialTierPolicy
    >>> policy = FinancialTierPolicy(cuts=[50_000, 250_000, 1_000_000, 30_000_000], currency="USD")
    >>> [classifier.name for classifier in templates.banking(financial_tier=policy)]
    ['side', 'financial_tier']
    """

    name: str = attrs.field(repr=repr_of)
    classifiers: tuple[Classifier[Any], ...] = attrs.field(converter=_classifiers)
    left_out: Mapping[str, Words] = attrs.field(factory=dict, kw_only=True, hash=False)
    policies: Mapping[str, Policy] = attrs.field(factory=dict, kw_only=True, hash=False)

    def __iter__(self) -> Iterator[Classifier[Any]]:
        return iter(self.classifiers)

    def __len__(self) -> int:
        return len(self.classifiers)

    def __getitem__(self, name: str) -> Classifier[Any]:
        """The classifier of that name.

        Raises:
            UnknownNameError: If there is none; it says so where the facet was left out.
        """
        for classifier in self.classifiers:
            if classifier.name == name:
                return classifier
        raise self.unknown(name)

    def unknown(self, name: object) -> UnknownNameError:
        """The error for a facet that is not in this template, with the reason where it was left out."""
        reason = self.left_out.get(name) if isinstance(name, str) else None
        hint = "the facets are " + ", ".join(classifier.name for classifier in self.classifiers)
        return UnknownNameError(f"facet of template {self.name!r}", name, (), hint if reason is None else reason.en)

    @property
    def needs(self) -> frozenset[str]:
        """The names of the facts that any of its tables can ask for."""
        return needs_of(self.classifiers)

    def __call__(self, **policies: Policy) -> Template:
        """The same template with other thresholds; facets left out for want of a policy come in.

        Args:
            **policies: A policy for each facet to be changed, by the facet's code.

        Raises:
            TemplateError: If the template has no such facet, or a policy is that of another facet.
        """
        for facet, policy in policies.items():
            self._check(facet, policy)
        made = {classifier.name: classifier for classifier in self.classifiers}
        made |= {facet: _READY[facet][0](policy) for facet, policy in policies.items()}
        names = [classifier.name for classifier in self.classifiers]
        in_order = names == [name for name in _READY if name in names]
        order = [name for name in _READY if name in made] if in_order else list(made)
        left_out = {facet: reason for facet, reason in self.left_out.items() if facet not in policies}
        together = {**self.policies, **policies}
        return Template(self.name, [made[name] for name in order], left_out=left_out, policies=together)

    def _check(self, facet: str, policy: object) -> None:
        names = [*(classifier.name for classifier in self.classifiers), *self.left_out]
        if facet not in names or facet not in _READY:
            problem = f"template {self.name!r} has no ready facet {facet!r}"
            raise TemplateError(problem, f"policies go to {', '.join(name for name in names if name in _READY)}")
        wanted = _READY[facet][1]
        if not isinstance(policy, wanted):
            problem = f"template {self.name!r}, {facet}: {repr_of(policy)} is no {wanted.__name__}"
            raise TemplateError(problem, f"give kh.classifiers.{wanted.__name__}(...)")


def _made(name: str, facets: Iterable[str], **policies: Policy) -> Template:
    wanted = list(facets)
    tables = [_READY[facet][0](policies.get(facet)) for facet in wanted if facet not in _NEEDS_A_POLICY]
    left_out = {facet: NO_CUTS for facet in wanted if facet in _NEEDS_A_POLICY}
    return Template(name, tables, left_out=left_out, policies=policies)


@cache
def _general() -> Template:
    return _made("general", _READY)


@cache
def _banking() -> Template:
    return _made("banking", ["side", "financial_tier"])


@cache
def _retail() -> Template:
    return _made(
        "retail", ["subject", "benefit", "age_band", "relationship_type", "income_band", "standing", "contribution"]
    )


@cache
def _professional_services() -> Template:
    return _made(
        "professional_services",
        ["subject", "benefit", "relationship_type", "scope", "engagement", "standing", "contribution"],
        benefit=BenefitPolicy(loyal_min_purchases=2, active_days=1095),
        relationship_type=RelationshipTypePolicy(loyal_min_purchases=2, active_days=1095),
        standing=StandingPolicy(period_days=1095),
    )


_MAKERS: dict[str, Callable[[], Template]] = {
    "general": _general,
    "banking": _banking,
    "retail": _retail,
    "professional_services": _professional_services,
}


if TYPE_CHECKING:
    general: Template
    """Every facet of the sources; the money bands come in with a policy."""

    banking: Template
    """As banks divide their individual customers: inside or outside, and by financial tier where a policy is given."""

    retail: Template
    """For shops: who buys, how often, how recently, and what the customer brings."""

    professional_services: Template
    """For law firms, studios and the like, whose relations are long and whose purchases are few."""

else:  # unseen by type checkers, to which a module with it has every name

    def __getattr__(name: str) -> Template:
        """A template is made when it is first asked for: most programs use one, and proving its tables takes time."""
        if name not in _MAKERS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
        return _MAKERS[name]()


def __dir__() -> list[str]:
    return sorted({*globals(), *_MAKERS})


def title_of(facet: str, lang: Language) -> str:
    """What people call a facet that was left out; its code where it is a user's own."""
    return _TITLED[facet].facet_title(lang) if facet in _TITLED else facet


def as_template(given: Template | Iterable[Classifier[Any]] | None) -> Template:
    """The template that was given: one as it is, a list of classifiers as one of no name, None as the general one.

    Raises:
        TemplateError: If it is none of these.
    """
    if given is None:
        return _general()
    if isinstance(given, Template):
        return given
    return Template("custom", given)
