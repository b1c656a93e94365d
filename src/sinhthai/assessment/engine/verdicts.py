"""What the findings of a framework amount to. A finding, not a decision (H7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sinhthai.rules.model import Framework, Status

STATUSES: tuple[Status, ...] = ("met", "not_met", "undetermined", "not_applicable")


def count_statuses(statuses: Iterable[str]) -> dict[str, int]:
    """Return how many findings have each status, all four present.

    >>> count_statuses(["met", "met", "not_met"])
    {'met': 2, 'not_met': 1, 'undetermined': 0, 'not_applicable': 0}
    """
    found = Counter(statuses)
    return {status: found[status] for status in STATUSES}


def verdict_of(framework: Framework, counts: dict[str, int]) -> str:
    """Return one of `findings.VERDICTS`.

    Only criteria that were met count towards "all met": a framework none of whose criteria
    applies is undetermined, and one whose text was only partly seen is ``incomplete_rules``.
    """
    if counts["not_met"]:
        return "not_met"
    if counts["undetermined"] or not counts["met"]:
        return "undetermined"
    return "all_met" if framework.complete else "incomplete_rules"
