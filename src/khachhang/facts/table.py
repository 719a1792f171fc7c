"""Decision tables over the catalogue of facts, and all that can be done with one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import attrs

from khachhang.errors import OverlapError, TableError, repr_of
from khachhang.facts.catalogue import VARIABLES
from khachhang.facts.record import Facts
from khachhang.rules.hit_policy import HitPolicy
from khachhang.rules.predicate import check_record
from khachhang.rules.table import Table
from khachhang.rules.vocabulary import Vocabulary
from khachhang.taxonomy import Category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from khachhang.rules.classification import Classification
    from khachhang.rules.compilation import Compiled
    from khachhang.rules.difference import Difference
    from khachhang.rules.fact import Fact
    from khachhang.rules.path import Path
    from khachhang.rules.predicate import Record
    from khachhang.rules.variable import Variable
    from khachhang.rules.verification import Verification
    from khachhang.taxonomy import Language

C_co = TypeVar("C_co", bound=Category, covariant=True)


class _Catalogue(Vocabulary):
    def variables(self) -> Mapping[str, Variable]:
        return VARIABLES

    def record(self, values: Mapping[str, Any]) -> Facts:
        known: Any = {name: value for name, value in values.items() if name in VARIABLES}
        own: Any = {name: value for name, value in values.items() if name not in VARIABLES}
        return Facts(**known, extra=own)

    def changed(self, facts: Facts, values: Mapping[str, Any]) -> Facts:
        return facts.changed(values)


@attrs.frozen(kw_only=True, slots=False)
class DecisionTable(Table[C_co]):
    """Rules as data: which label follows from which facts.

    A rule is true, false or *open* (a fact that it needs is not known). The answer is the set of labels still possible:
    one left is the answer, several are *undetermined*, none is *unmatched*. Tables compare by value.

    Args:
        name: The facet's code.
        category: The label set from which the table answers.
        rules: The rules, in order; positions count from 0 in data and from 1 in words.
        hit: What happens when several rules are true. `UNIQUE` and `ANY`: one true rule decides, whatever is open.
            `FIRST`: the first true rule, with the open ones before it. `PRIORITY`: the true rule whose label ranks
            highest, with the open ones above it. `COLLECT`: every label of a true rule is certain.
        otherwise: The label where all rules are false; while no rule is true it stays possible. None: no label.
        given: Where this is false the table does not apply and the answer is unmatched; where it is open, unmatched
            stays possible.
        priority: The labels from the highest down, for `PRIORITY` and for the primary label of `COLLECT`; labels that
            it leaves out follow in the category's order, which alone counts without it.
        source: Where the rules come from.

    Raises:
        TableError: If a rule, a label or the hit policy is none.

    >>> from khachhang.facts import Facts, fact
    >>> from khachhang.rules import HitPolicy, when
    >>> from khachhang.taxonomy import AgeBand
    >>> table = DecisionTable(
    ...     name="adult",
    ...     category=AgeBand,
    ...     rules=[when(fact.age < 15).then(AgeBand.UNDER_15), when(fact.age > 50).then(AgeBand.OVER_50)],
    ...     hit=HitPolicy.UNIQUE,
    ... )
    >>> table.label(Facts(age=70))
    <AgeBand.OVER_50: 'over_50'>
    >>> table.classify(Facts()).missing
    ('age',)
    """

    vocabulary: ClassVar[Vocabulary] = _Catalogue()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        self.is_proved  # noqa: B018  # reading it proves it, or raises

    def classify(self, facts: Record) -> Classification[C_co]:
        """The answer for one record of facts, with what is missing and which rules gave it.

        Args:
            facts: What is known of the customer.

        Raises:
            OverlapError: If two rules are true together and the hit policy forbids it.
            InvalidError: If a user's own fact holds what it can not be.
        """
        return self._compiled.classify(facts)

    @cached_property
    def label(self) -> Callable[[Record], C_co | None]:
        """The bare label for one record of facts; for `HitPolicy.COLLECT` the primary one.

        None where there is none, or none yet. It is the function itself, made once, so that a call costs no more than
        it.
        """
        return self._compiled.label

    @cached_property
    def _compiled(self) -> Compiled:
        from khachhang.rules.compilation import Compiled  # noqa: PLC0415  # loaded when it is used

        return Compiled(self)

    @cached_property
    def is_proved(self) -> bool:
        """Whether it is proved that the rules keep the hit policy, whatever the facts.

        False only where a `UNIQUE` or `ANY` table was too large for it; two rules that break the policy are then an
        error when they are met.
        """
        if self.hit not in (HitPolicy.UNIQUE, HitPolicy.ANY):
            return True
        checked = self.verify()
        if self.hit is HitPolicy.UNIQUE:
            broken = checked.overlaps[0] if checked.overlaps else None
        else:
            broken = checked.disagreement
        if broken is not None:
            raise OverlapError(self.name, broken.rules, broken.witness)
        return "overlaps" not in checked.undecided

    def verify(self, budget: float | None = None) -> Verification:
        """Gaps, overlaps and rules that never decide; exact, and worked out when read.

        Args:
            budget: About how many seconds each part may take on an ordinary machine, counted in steps so that the
                answer does not depend on a clock; None for ten. What it does not suffice for stands in `undecided`.

        Raises:
            TableError: If `budget` is no number of seconds.
        """
        from khachhang.rules.verification import Verification  # noqa: PLC0415  # loaded when it is used

        return Verification(self, budget)

    def diff(self, other: Table[Any], budget: float | None = None) -> tuple[Difference, ...]:
        """Where another table answers differently, over complete facts; empty exactly where the two agree everywhere.

        Args:
            other: The table to compare with, such as the next version of this one.
            budget: About how many seconds it may take on an ordinary machine; None for ten.

        Returns:
            Regions that do not meet, at most 100, each with a witness and both answers.

        Raises:
            TableError: If the tables mean different facts by one name, or the budget does not suffice.
        """
        from khachhang.rules.difference import differences  # noqa: PLC0415  # loaded when it is used

        if not isinstance(other, Table):
            problem = f"other: {repr_of(other)} is not a table"
            raise TableError(problem, "give another kh.DecisionTable, such as the next version of this one")
        return differences(self, other, budget)

    def paths_to(
        self,
        label: Category,
        facts: Record,
        changeable: Iterable[str] | None = None,
        budget: float | None = None,
    ) -> tuple[Path, ...]:
        """What would have to change for a customer to get a label: fewest facts first, then the smallest changes.

        Each fact changes only as it can: ages and counts never fall, the days since the last purchase fall to 0 with a
        new one. A fact that is not known may turn out to be what is needed. Each path was tried by classifying.

        Args:
            label: The label that is wanted.
            facts: What is known of the customer.
            changeable: The names of the only facts that may change; None for all that can.
            budget: About how many seconds it may take on an ordinary machine; None for ten.

        Returns:
            At most 20 paths, none of which changes all that another changes and more; one without changes where the
            label is held already; none where nothing helps.

        Raises:
            TableError: If it is not a label of this table, or the budget does not suffice.
            UnknownFactError: If `changeable` names no fact.
        """
        from khachhang.rules.path import paths_to  # noqa: PLC0415  # loaded when it is used

        self._check_label("label", label)
        check_record(facts)
        return paths_to(self, label, facts, changeable, budget)

    def recommend_hit_policy(self) -> HitPolicy:
        """`UNIQUE` where no two rules can be true together, `ANY` where those that can agree, else `FIRST`."""
        checked = self.verify()
        if checked.disagreement is not None or "overlaps" in checked.undecided:
            return HitPolicy.FIRST
        return HitPolicy.ANY if checked.overlap_count else HitPolicy.UNIQUE

    def labels(self, facts: Record) -> frozenset[C_co]:
        """The labels that are certain."""
        return self.classify(facts).labels

    def explain(self, facts: Record, lang: Language, why_not: Category | None = None) -> str:
        """The whole reason in words: the rule, the values read, what was assumed, and what is missing.

        Args:
            facts: What is known of the customer.
            lang: ``"vi"`` or ``"en"``.
            why_not: A label whose failing conditions are wanted as well.

        Raises:
            UnknownLanguageError: For another language.
            TableError: If `why_not` is not one of the table's labels.
        """
        from khachhang.rules.explanation import explain  # noqa: PLC0415  # loaded when it is used

        if why_not is not None:
            self._check_label("why_not", why_not)
        check_record(facts)
        return explain(self, facts, lang, why_not)

    def to_dict(self) -> dict[str, Any]:
        """The table as plain data, ready for JSON: dicts, lists, texts, numbers, Booleans and None.

        Amounts are texts. The user's own facts stand in it with their type, range and words; of those whose values
        are labels of the user's own there is only the name, so `from_dict` wants them in `facts`. The JSON Schema of
        the format is the file ``decision_table.schema.json`` of the package ``khachhang.rules``.

        Raises:
            TableDocumentError: If the table is too large for a document: more than 10,000 rules, conditions more than
                50 deep in one another, texts of more than 10,000 characters, numbers of more than 300 digits.
        """
        from khachhang.rules.document import write_table  # noqa: PLC0415  # loaded when it is used

        return write_table(self)

    @classmethod
    def from_dict(cls, d: dict[str, Any], *, category: type[C_co], facts: Iterable[Fact[Any]] = ()) -> Self:
        """The table of a document that `to_dict` made or another program wrote; equal to the one that was written.

        Nothing of the document is ever run. Whatever is not as it must be gives one error with its place, however
        large or deep the document is.

        Args:
            d: The document, as ``json.loads`` gives it.
            category: The label set from which the table answers; its facet and codes must be those of the document.
            facts: Facts of the user's own that the document names and does not declare.

        Raises:
            TableDocumentError: If the document is wrong; `place` says where, as in ``rules[3].condition.all[1].value``.
            OverlapError: If the hit policy forbids what the rules say.

        >>> from khachhang.classifiers import age_band
        >>> from khachhang.facts import DecisionTable
        >>> from khachhang.taxonomy import AgeBand
        >>> document = age_band().to_dict()
        >>> document["rules"][0]
        {'condition': {'fact': 'age', 'op': '<', 'value': 15}, 'label': 'under_15'}
        >>> DecisionTable.from_dict(document, category=AgeBand) == age_band()
        True
        """
        from khachhang.rules.document import read_table  # noqa: PLC0415  # loaded when it is used

        return read_table(cls, d, category, facts)

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits, to store beside a label: they change when anything does that the table decides by.

        They are a hash of `to_dict` without `source` and without the words of the user's own facts. Equal tables have
        equal versions, in every process and on every machine.

        Raises:
            TableDocumentError: If the table is too large for a document.
        """
        from khachhang.rules.document import version_of  # noqa: PLC0415  # loaded when it is used

        return version_of(self)

    def to_grid(self) -> list[list[str]]:
        """The table as rows of cells in S-FEEL: the header (names of facts, then the facet), then the rules.

        A rule that is no single row becomes several, with the same answers (outcome, label, labels, candidates)
        whatever is known; `missing` can then differ. `given` becomes a part of each row. `hit`, `otherwise`
        and `priority` are no part of a grid: hand them to `from_grid`.

        Raises:
            TableDocumentError: If no rows have the same meaning: rows that overlap under `UNIQUE` and can not be cut
                apart, a `given` beside `otherwise` or beside rules that no fact keeps apart, a text that must only be
                known.

        >>> from khachhang.classifiers import age_band
        >>> for row in age_band().to_grid():
        ...     print(row)
        ['party_kind', 'age', 'age_band']
        ['"person"', '< 15', 'under_15']
        ['"person"', '[15..22)', 'from_15_to_22']
        ['"person"', '[22..50]', 'from_22_to_50']
        ['"person"', '> 50', 'over_50']
        """
        from khachhang.rules.grid import write_grid  # noqa: PLC0415  # loaded when it is used

        return write_grid(self)

    @classmethod
    def from_grid(
        cls,
        rows: Iterable[Sequence[str]],
        *,
        name: str,
        category: type[C_co],
        hit: HitPolicy = HitPolicy.UNIQUE,
        otherwise: C_co | None = None,
        priority: Sequence[C_co] | None = None,
        source: str = "",
        facts: Iterable[Fact[Any]] = (),
    ) -> Self:
        """A table from rows of cells in the standard notation, as a spreadsheet holds them; one rule a row.

        Args:
            rows: First the header: names of facts, then the facet's code. Then the rules: for each fact ``-``
                (anything), ``< 5``, ``2.5`` (equal), ``"text or code"``, ``true``, ``[15..22)`` (also ``]15..22[``),
                several of these with commas (any of them), or ``not(...)``; last the code of the label.
            name: The facet's code.
            category: The label set from which the table answers.
            hit: What happens when several rules are true.
            otherwise: The label where all rules are false; None: no label.
            priority: The labels from the highest down.
            source: Where the rules come from.
            facts: Facts of the user's own that the header names.

        Raises:
            TableDocumentError: If a cell is wrong; `place` is such as ``rows[2][0]`` for the first cell of row 2.
            OverlapError: If the hit policy forbids what the rules say.

        >>> from khachhang.facts import DecisionTable, Facts
        >>> from khachhang.taxonomy import AgeBand
        >>> rows = [["age", "age_band"], ["< 15", "under_15"], ["(50..120]", "over_50"]]
        >>> DecisionTable.from_grid(rows, name="ages", category=AgeBand).label(Facts(age=70))
        <AgeBand.OVER_50: 'over_50'>
        """
        from khachhang.rules.grid import read_grid  # noqa: PLC0415  # loaded when it is used

        more = {"name": name, "hit": hit, "otherwise": otherwise, "priority": priority, "source": source}
        return read_grid(cls, rows, category, facts, more)

    def to_markdown(self, lang: Language = "en") -> str:
        """The table as a Markdown table in words: the hit policy's letter in the corner, a column a fact, a row a rule.

        Rows with one number belong to one rule, which holds where any of them does; a rule that needs too many rows
        is a sentence in a column of its own.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        from khachhang.rules.display import markdown  # noqa: PLC0415  # loaded when it is used

        return markdown(self, lang)

    def _repr_html_(self) -> str:
        from khachhang.rules.display import page  # noqa: PLC0415  # loaded when it is used

        return page(self)
