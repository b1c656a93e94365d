"""Does a certificate still hold? Its findings at issue against those of the years since. Pure.

A criterion is followed by the newest year that decides it: a year only just opened, with little
reported yet, takes nothing away from a certificate, but a correction of the year it was issued on
does. What is decided by no year any more, although it was when the certificate was issued, is a
loss too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HOLDS = frozenset({"met", "not_applicable"})
UNDECIDED = "undetermined"

Row = Mapping[str, object]
"""A finding as it is saved, with the ``year`` of its facts added."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One criterion a certificate rests on: as found at issue, and as found now.

    ``now`` is None where the criterion is no longer found at all (the rules dropped it, or the
    enterprise stands on no list any more); its certificate is not broken by that alone.
    """

    leaf: str
    before: Row
    now: Row | None
    broken: bool

    @property
    def changed(self) -> bool:
        """Whether the conclusion differs from the one at issue."""
        return self.now is not None and self.now["status"] != self.before["status"]


def compare(at_issue: Sequence[Row], since: Sequence[Sequence[Row]]) -> tuple[Standing, ...]:
    """Hold the findings at issue against those of the years since.

    Parameters
    ----------
    at_issue
        The findings the certificate rests on.
    since
        The findings of each year from that of the certificate to the newest one reported, oldest
        first, by the rules of today.

    Returns
    -------
    tuple of Standing
        One for each criterion of *at_issue*, in their order. Broken is one that held and no
        longer does, or that could not be decided then and is not met now. One that was not met
        then was granted by an override: it cannot get worse.

    Examples
    --------
    >>> then = [{"leaf": "recp", "status": "met", "year": 2024}]
    >>> lost = [[{"leaf": "recp", "status": "not_met", "year": 2025}]]
    >>> compare(then, lost)[0].broken
    True
    >>> opened = [then, [{"leaf": "recp", "status": "undetermined", "year": 2025}]]
    >>> compare(then, opened)[0].broken
    False
    """
    newest: dict[str, Row] = {}
    for year in since:
        for row in year:
            leaf = str(row["leaf"])
            if row["status"] != UNDECIDED or leaf not in newest:
                newest[leaf] = row
    return tuple(
        Standing(str(row["leaf"]), row, now, is_broken(row, now))
        for row in at_issue
        for now in (newest.get(str(row["leaf"])),)
    )


def is_broken(before: Row, now: Row | None) -> bool:
    """Say whether a criterion found *before* is lost by what is found *now*.

    >>> is_broken({"status": "undetermined"}, {"status": "not_met"})
    True
    >>> is_broken({"status": "not_met"}, {"status": "not_met"})
    False
    """
    if now is None or now["status"] in HOLDS:
        return False
    if before["status"] in HOLDS:
        return True
    return before["status"] == UNDECIDED and now["status"] != UNDECIDED
