"""What came of checking a classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping


@attrs.frozen
class Failure:
    """One law that does not hold.

    Args:
        check: The name of the check.
        example: The smallest facts that were found to show it; None where facts have no part in it.
        message: The law in words, and what happened instead.
    """

    check: str
    example: Any
    message: str

    def __str__(self) -> str:
        shown = "" if self.example is None else f"\n    Example: {self.example!r}"
        return f"{self.check}: {self.message}{shown}"


@attrs.frozen
class Report:
    """What came of checking one classifier.

    Args:
        classifier: The classifier's name.
        ran: How many checks ran, those that failed among them.
        left_out: For each check that did not run, why.
        failures: What failed and should not; or was expected to fail and did not.
        expected: What failed as expected, by check.
    """

    classifier: str
    ran: int
    left_out: Mapping[str, str]
    failures: tuple[Failure, ...] = ()
    expected: Mapping[str, Failure] = attrs.field(factory=dict)

    def __str__(self) -> str:
        held = self.ran - len(self.failures) - len(self.expected)
        were = "was" if len(self.left_out) == 1 else "were"
        head = f"{self.classifier}: {self.ran} checks ran, {held} held, {len(self.left_out)} {were} left out"
        failed = [f"  {failure}" for failure in self.failures]
        return "\n".join([head, *failed, *(f"  left out {check}: {why}" for check, why in self.left_out.items())])


class ClassifierFailed(AssertionError):  # noqa: N818  # an assertion that failed is no error of the library
    """A classifier breaks laws; all of them are in `failures`, and in the text.

    Args:
        report: What came of checking it.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(report)

    def __str__(self) -> str:
        return str(self.report)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Every law that does not hold."""
        return self.report.failures
