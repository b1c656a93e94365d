"""What an assessment finds, criterion by criterion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sinhthai.rules.model import Status

VERDICTS = ("all_met", "not_met", "undetermined", "incomplete_rules")


@dataclass(frozen=True, slots=True)
class Finding:
    """The finding for one subject, leaf and day.

    ``lower`` and ``upper`` bound the value with the unknown counted as no, then as yes (H1); in
    base units, a fraction for shares and ratios; None where nothing bounds it. For a condition
    both are 1.0 (true), 0.0 (false), or 0.0 and 1.0 (unknown).

    ``yes``, ``no``, ``unknown`` count enterprises of a share: those in the denominator for sure
    that meet, do not meet, or may meet the numerator; ``maybe`` counts those whose place in the
    denominator is itself unknown. None for other kinds.

    ``gap`` is how much is still missing to be met in the worst case consistent with what is
    known: enterprises for a share, the numerator's unit for a ratio, the leaf's unit for a
    quantity; None when met or not computable. ``gap_certain`` is the same counting the unknown
    as yes (0 when the unknown alone could close it).
    """

    subject: str
    leaf: str
    on: dt.date
    year: int
    status: Status
    lower: float | None
    upper: float | None
    threshold: float | None
    numerator: tuple[float | None, float | None] | None = None
    denominator: tuple[float | None, float | None] | None = None
    yes: int | None = None
    no: int | None = None
    unknown: int | None = None
    maybe: int | None = None
    from_aggregate: bool = False
    gap: float | None = None
    gap_certain: float | None = None
    missing: tuple[str, ...] = ()  # item codes not known that the formula asks for
