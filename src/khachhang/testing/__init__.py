"""What test suites import: customers and facts to measure, coverage of tables, and a check of classifiers."""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401  # all of this room needs it
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    from khachhang.errors import MissingExtraError

    raise MissingExtraError("testing", "hypothesis") from None

from khachhang.testing.activity import histories, interactions, purchases, ties
from khachhang.testing.check import check_classifier, parametrize_with_checks
from khachhang.testing.coverage import cover, edges
from khachhang.testing.customer import customers
from khachhang.testing.engine import check_on_engines
from khachhang.testing.identity import contacts, identifiers
from khachhang.testing.party import AS_OF, businesses, groups, organizations, persons
from khachhang.testing.policy import policies, templates
from khachhang.testing.record import facts
from khachhang.testing.report import ClassifierFailed, Failure, Report
from khachhang.testing.table import tables

__all__ = [
    "AS_OF",
    "ClassifierFailed",
    "Failure",
    "Report",
    "businesses",
    "check_classifier",
    "check_on_engines",
    "contacts",
    "cover",
    "customers",
    "edges",
    "facts",
    "groups",
    "histories",
    "identifiers",
    "interactions",
    "organizations",
    "parametrize_with_checks",
    "persons",
    "policies",
    "purchases",
    "tables",
    "templates",
    "ties",
]
