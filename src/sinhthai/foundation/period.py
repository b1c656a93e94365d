"""Reporting periods: a year, or a quarter of a year."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_PATTERN = re.compile(r"(\d{4})(?:-?Q([1-4]))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, or one of its quarters (1 to 4).

    >>> Period.parse("2025Q2").last_day
    datetime.date(2025, 6, 30)
    >>> str(Period(2025))
    '2025'
    """

    year: int
    quarter: int | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2025``, ``2025Q2`` or ``2025-Q2``; ValueError names the text otherwise."""
        match = _PATTERN.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a period: {text!r} (write 2025 or 2025Q2)")
        return cls(int(match[1]), int(match[2]) if match[2] else None)

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, 3 * (self.quarter or 1) - 2, 1)

    @property
    def last_day(self) -> dt.date:
        month = 3 * (self.quarter or 4)
        following = dt.date(self.year + month // 12, month % 12 + 1, 1)
        return following - dt.timedelta(days=1)
