"""The laws that every classifier keeps, each with its words and its reason to be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.testing import _answers as answers
from khachhang.testing import _forms as forms
from khachhang.testing._answers import each
from khachhang.testing._watching import CLOCKS, DOORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from khachhang.testing._answers import Breach
    from khachhang.testing._subject import Subject


@attrs.frozen
class Law:
    """One law.

    Args:
        name: The name of its check.
        words: The law.
        breach: Looks for a breach; None where there is none.
        left_out: Why it does not apply to a classifier; None where it does.
        builds_on: The checks without which it means nothing.
    """

    name: str
    words: str
    breach: Callable[[Subject], Breach | None]
    left_out: Callable[[Subject], str | None] = lambda _subject: None
    builds_on: tuple[str, ...] = ("protocol",)


_SETTLED = ("protocol", "deterministic", "row_order")

LAWS: tuple[Law, ...] = (
    Law("protocol", "It has a name, a label set, and classify(facts), which gives a Classification.", answers.protocol,
        builds_on=()),
    Law("total", "It answers for every record of facts, whatever is not known.", each(answers.raised)),
    Law("deterministic", "The same facts get the same answer, however often it is asked.", each(answers.deterministic)),
    Law("row_order", "The order in which customers come does not matter.", answers.row_order, builds_on=_SETTLED[:2]),
    Law("no_clock", "An answer is a function of the facts alone: no clock is read.",
        each(answers.watched(CLOCKS, "looked at a clock"))),
    Law("no_io", "An answer is a function of the facts alone: nothing is opened, read or written.",
        each(answers.watched(DOORS, "went outside"))),
    Law("input_unchanged", "It leaves the facts as they were.", each(answers.input_unchanged)),
    Law("three_answers", "An answer is a label, or open with candidates and what is missing, or that no label applies.",
        each(answers.three_answers)),
    Law("label_of_category", "Every label belongs to its label set.", each(answers.label_of_category)),
    Law("more_knowledge", "More knowledge never overturns an answer.", each(answers.more_knowledge),
        builds_on=(*_SETTLED, "three_answers")),
    Law("missing", "What is named as missing is not known, and knowing it settles the answer.", each(answers.missing),
        builds_on=(*_SETTLED, "three_answers")),
    Law("rules_hold", "The rules named in an answer hold for the facts, and give its labels.", each(answers.rules_hold),
        answers.has_rules),
    Law("short_answers", "The bare label and the certain labels are those of the whole answer.",
        each(answers.short_answers), answers.has_short_answers),
    Law("explanation", "Every answer has its reason in Vietnamese and English, true of the facts that it names.",
        each(forms.explanation), forms.has_explanation, _SETTLED),
    Law("why_not", "The reason why another label is not given is true as well.", forms.why_not, forms.has_why_not,
        (*_SETTLED, "explanation")),
    Law("pickles", "It survives pickle, and answers as before.", forms.pickles, forms.can_be_found, _SETTLED),
    Law("document", "Written as data and read again it is the same, and answers as before.", forms.document,
        forms.has_documents, _SETTLED),
    Law("frame", "A dataframe gets the labels that one record gets.", forms.frame, forms.has_frame, _SETTLED),
    Law("time_zone", "The time zone of the machine does not matter.", forms.time_zone, forms.has_zones, _SETTLED),
    Law("assumed", "A fact that was assumed counts as one that is known.", each(answers.assumed), builds_on=_SETTLED),
    Law("like", "It answers as the table that it should equal.", forms.like, forms.has_model, _SETTLED),
)  # fmt: skip
"""All laws, in the order in which they are checked."""
