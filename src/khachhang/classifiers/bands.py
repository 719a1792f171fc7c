"""Bands from cut points: each band reaches from its cut, itself included, to the next, not included."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar, overload

from khachhang.errors import PolicyError, counted, repr_of
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, Predicate, Rule, when
from khachhang.rules.fact import Fact
from khachhang.rules.predicate import as_predicate
from khachhang.rules.wording import value_text
from khachhang.taxonomy import Category
from khachhang.taxonomy.category import make_category, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from khachhang.taxonomy import Language

C = TypeVar("C", bound=Category)

SHIPPED = frozenset(
    {
        "subject", "benefit", "age_band", "relationship_type", "scope", "side", "engagement", "income_band",
        "personality", "financial_tier", "standing", "contribution",
    }
)  # fmt: skip
"""The codes of the facets that the library ships: no other table takes one of them by chance."""


@overload
def bands(
    of: Fact[Any], cuts: Sequence[Any], category: type[C], *, name: str | None = None, currency: str | None = None,
    given: Predicate | None = None, source: str = "",
) -> DecisionTable[C]: ...  # fmt: skip
@overload
def bands(
    of: Fact[Any], cuts: Sequence[Any], category: None = None, *, name: str | None = None, currency: str | None = None,
    given: Predicate | None = None, source: str = "",
) -> DecisionTable[Category]: ...  # fmt: skip
def bands(
    of: Fact[Any],
    cuts: Sequence[Any],
    category: type[Category] | None = None,
    *,
    name: str | None = None,
    currency: str | None = None,
    given: Predicate | None = None,
    source: str = "",
) -> DecisionTable[Any]:
    """A table that divides a number into bands, ``[cut, next cut)``, one below the first cut, one from the last.

    Args:
        of: The fact, a number, such as ``kh.fact.age``.
        cuts: The rising cut points, one fewer than there are bands.
        category: The labels from the lowest band up; None to have them made, `<fact>_1` and so on.
        name: The table's name; without it the facet's code of `category`, else `<fact>_band`.
        currency: For amounts, the currency of the cuts; a business in another one is unmatched.
        given: Where, in that currency, the table applies; without it, where the fact has a value.
        source: Where the cuts come from.

    Raises:
        PolicyError: If the fact is no number, the cuts do not rise, the labels are too many or too few, or the name is
            that of a shipped facet.

    >>> from khachhang.facts import Facts
    >>> table = bands(fact.age, [18, 65], name="working_age")
    >>> table.label(Facts(age=18)).label("en")
    '18 to under 65 years'
    """
    if not isinstance(of, Fact) or not of.variable.is_number:
        problem = f"bands: {repr_of(of)} is no fact that is a number"
        raise PolicyError(problem, "give a fact such as kh.fact.age")
    if isinstance(cuts, str) or not isinstance(cuts, Iterable):
        problem = f"bands of {of.name}: {repr_of(cuts)} is no list of cuts"
        raise PolicyError(problem, "give a list, such as [18, 65]")
    points: tuple[Any, ...] = tuple(of.variable.constant(cut) for cut in cuts)
    if not points or any(low >= high for low, high in pairwise(points)):
        problem = f"bands of {of.name}: the cuts {', '.join(map(str, points)) or '(none)'} do not rise"
        raise PolicyError(problem, "give at least one cut, each above the one before it")
    if category is not None and not (isinstance(category, type) and issubclass(category, Category)):
        problem = f"bands of {of.name}: category={repr_of(category)} is not a label set"
        raise PolicyError(problem, "give a subclass of kh.Category")
    name = _name(of, category, name)
    labels = _made(of, points, name) if category is None else category
    members = list(labels)
    if len(members) != len(points) + 1:
        problem = (
            f"bands of {of.name}: with {counted(len(points), 'cut')} there are {len(points) + 1} bands, "
            f"and the label set has {counted(len(members), 'label')}"
        )
        raise PolicyError(problem, "give one label more than there are cuts")
    inner = [of.between(low, high, closed="left") for low, high in pairwise(points)]
    conditions = [of < points[0], *inner, of >= points[-1]]
    rules: list[Rule[Any]] = [when(test).then(label) for test, label in zip(conditions, members, strict=True)]
    return DecisionTable(
        name=name,
        category=labels,
        rules=rules,
        given=_scope(of, given, currency),
        hit=HitPolicy.UNIQUE,
        source=source or labels.facet_source(),
    )


def _name(of: Fact[Any], category: type[Category] | None, name: str | None) -> str:
    if name is not None:
        return name
    if category is not None:
        return category.facet()
    made = f"{of.name}_band"
    if made in SHIPPED:
        problem = f"bands of {of.name}: {made!r} is a facet of the library"
        raise PolicyError(problem, "give your bands another name=, or the labels as category=")
    return made


def _scope(of: Fact[Any], given: Predicate | None, currency: str | None) -> Predicate | None:
    given = of.variable.exists if given is None else as_predicate(given)
    if currency is None:
        return given
    same = fact.currency == currency
    return same if given is None else given & same


def _made(of: Fact[Any], cuts: tuple[Any, ...], name: str) -> type[Category]:
    words = [{lang: _range_text(of, cuts, place, lang) for lang in ("vi", "en")} for place in range(len(cuts) + 1)]
    labels = tuple(
        term(f"{of.name}_{number}", vi=text["vi"], en=text["en"]) for number, text in enumerate(words, start=1)
    )
    vi, en = of.label("vi"), of.label("en").removeprefix("the ")
    facet = term(name, vi=f"Bậc theo {vi}", en=f"Band by {en}")
    return make_category(facet, labels)


def _range_text(of: Fact[Any], cuts: tuple[Any, ...], place: int, lang: Language) -> str:
    def shown(cut: Any) -> str:
        return value_text(of.variable, cut, lang)

    if place == 0:
        return f"Dưới {shown(cuts[0])}" if lang == "vi" else f"Under {shown(cuts[0])}"
    if place == len(cuts):
        return f"Từ {shown(cuts[-1])} trở lên" if lang == "vi" else f"{shown(cuts[-1])} or more"
    low, high = value_text(of.variable, cuts[place - 1], lang, unit=False), shown(cuts[place])
    return f"Từ {low} đến dưới {high}" if lang == "vi" else f"{low} to under {high}"
