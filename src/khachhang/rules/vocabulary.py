"""Vocabularies: which facts a table may name, and how a record of them is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from khachhang.rules.predicate import Record
    from khachhang.rules.variable import Variable


class Vocabulary(Protocol):
    """What a table needs to know of the facts beyond those that its own rules name."""

    def variables(self) -> Mapping[str, Variable]:
        """Every variable that may be named, by its name."""

    def record(self, values: Mapping[str, Any]) -> Record:
        """The record in which these facts are known, and no others."""

    def changed(self, facts: Any, values: Mapping[str, Any]) -> Record:
        """The record with other values for some facts.

        Raises:
            InvalidError: If a value contradicts what stays.
        """
