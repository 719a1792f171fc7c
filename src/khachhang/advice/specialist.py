"""Specialists for individual customers, what a role asks of them, and what is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from khachhang.entities._checks import Faults, Refused, gather, to_code, to_instance, to_name
from khachhang.rules.classification import by_rank
from khachhang.rules.wording import check_language
from khachhang.taxonomy import Category, Duty, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khachhang.taxonomy import Language

C = TypeVar("C", bound=Category)


def _to_labels(values: object, category: type[C]) -> frozenset[C]:
    if not isinstance(values, (list, tuple)):
        raise Refused(values, f"is not a collection of {category.__name__}", f"give a list of {category.__name__}")
    return frozenset(to_code(value, category) for value in values)


def _given(values: Iterable[Any]) -> Any:
    return tuple(values) if isinstance(values, (set, frozenset)) else gather(values)


@attrs.frozen(init=False)
class _Able:
    """A name with skills and duties."""

    name: str
    skills: frozenset[Skill]
    duties: frozenset[Duty]

    def __init__(self, name: str, skills: Iterable[Skill | str] = (), duties: Iterable[Duty | str] = ()) -> None:
        skilled, dutiful = _given(skills), _given(duties)
        try:
            self.__attrs_init__(to_name(name), _to_labels(skilled, Skill), _to_labels(dutiful, Duty))
        except Refused:
            faults = Faults(type(self).__name__)
            faults.check("name", to_name, name)
            faults.check("skills", _to_labels, skilled, Skill)
            faults.check("duties", _to_labels, dutiful, Duty)
            raise faults.error() from None


@attrs.frozen(init=False)
class Specialist(_Able):
    """A specialist for individual customers (chuyên viên khách hàng cá nhân).

    Args:
        name: Who it is, not empty.
        skills: What the specialist is good at: members of `Skill` or their codes.
        duties: What the specialist is there for: members of `Duty` or their codes.

    Raises:
        InvalidError: If a field is of the wrong type or a code is not known; all wrong fields at once.

    >>> Specialist("Minh", skills=["listening"], duties=["care"]).skills
    frozenset({<Skill.LISTENING: 'listening'>})
    """


@attrs.frozen(init=False)
class Role(_Able):
    """What a post, or a matter, asks of a specialist.

    Args:
        name: What it is called, not empty.
        skills: The skills that it asks for: members of `Skill` or their codes.
        duties: The duties that it brings: members of `Duty` or their codes.

    Raises:
        InvalidError: If a field is of the wrong type or a code is not known; all wrong fields at once.

    >>> Role("Tiếp nhận khiếu nại", skills=["listening", "problem_handling"], duties=["solve"]).name
    'Tiếp nhận khiếu nại'
    """


@attrs.frozen
class Lack:
    """What a specialist lacks for a role.

    Args:
        specialist: Who.
        role: For what.
        skills: The skills that are lacking, in their order.
        duties: The duties that are not the specialist's, in their order.
    """

    specialist: Specialist
    role: Role
    skills: tuple[Skill, ...]
    duties: tuple[Duty, ...]

    @property
    def count(self) -> int:
        """How many skills and duties are lacking."""
        return len(self.skills) + len(self.duties)

    def explain(self, lang: Language) -> str:
        """What is lacking, or that nothing is.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        who, what = self.specialist.name, self.role.name
        if not self.count:
            return f"{who} đáp ứng đủ vai trò “{what}”." if lang == "vi" else f"{who} has all that “{what}” asks for."
        head = (
            f"{who} chưa đáp ứng đủ vai trò “{what}”."
            if lang == "vi"
            else f"{who} lacks something that “{what}” asks for."
        )
        return f"{head} {self.describe(lang)}"

    def describe(self, lang: Language) -> str:
        """The skills and duties that are lacking, without the names; empty where nothing is."""
        check_language(lang)
        parts = (("Còn thiếu kỹ năng", "Skills lacking", self.skills),
                 ("Chưa được giao nhiệm vụ", "Duties not assigned", self.duties))  # fmt: skip
        return " ".join(
            f"{vi if lang == 'vi' else en}: {'; '.join(label.label(lang) for label in labels)}."
            for vi, en, labels in parts
            if labels
        )


def lacking(specialist: Specialist, role: Role) -> Lack:
    """What a specialist lacks for a role: the skills and the duties that it asks for and the specialist has not.

    Args:
        specialist: Who.
        role: For what.

    Raises:
        InvalidError: If one of them is of another class; both at once.

    >>> minh = Specialist("Minh", skills=["listening"], duties=["solve"])
    >>> lacking(minh, Role("Khiếu nại", skills=["listening", "problem_handling"], duties=["solve"])).skills
    (<Skill.PROBLEM_HANDLING: 'problem_handling'>,)
    """
    try:
        to_instance(specialist, Specialist)
        to_instance(role, Role)
    except Refused:
        faults = Faults("lacking")
        faults.check("specialist", to_instance, specialist, Specialist)
        faults.check("role", to_instance, role, Role)
        raise faults.error() from None
    skills = tuple(sorted(role.skills - specialist.skills, key=by_rank))
    duties = tuple(sorted(role.duties - specialist.duties, key=by_rank))
    return Lack(specialist, role, skills, duties)
