"""Hit policies: what a table answers when several of its rules are true."""

from __future__ import annotations

from enum import StrEnum


class HitPolicy(StrEnum):
    """What a table answers when rules are true together; the names are those of DMN."""

    UNIQUE = "unique"
    """At most one rule is ever true."""
    ANY = "any"
    """Rules that are true together give the same label."""
    FIRST = "first"
    """The first true rule in the order of the table."""
    PRIORITY = "priority"
    """The true rule whose label ranks highest."""
    COLLECT = "collect"
    """Every label that a true rule gives."""
