"""Who bears a role of the law on a day: the ministry of investment is the Ministry of Finance now.

A document names the body of its own date. The table is ``data/authorities.csv``, with sources.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sinhthai.foundation.text import Text


class UnknownAuthority(LookupError):
    """No body bears that role on that day, or the role is not known."""

    def __init__(self, role: str, day: dt.date, known: bool) -> None:
        self.text = (
            Text(
                f"không có cơ quan nào giữ vai trò “{role}” vào ngày {day:%d/%m/%Y}",
                f"no body bears the role “{role}” on {day:%Y-%m-%d}",
            )
            if known
            else Text(f"không biết vai trò “{role}”", f"unknown role “{role}”")
        )
        super().__init__(self.text.en)


@dataclass(frozen=True, slots=True)
class Authority:
    """The name of the body that bears a role; None dates are open ends."""

    role: str
    name: Text
    valid_from: dt.date | None
    valid_until: dt.date | None  # the first day the name no longer holds
    source: str
    confidence: str

    def holds_on(self, day: dt.date) -> bool:
        """Say whether this body bears the role on *day*."""
        started = self.valid_from is None or self.valid_from <= day
        return started and (self.valid_until is None or day < self.valid_until)


@lru_cache(maxsize=1)
def authorities() -> tuple[Authority, ...]:
    """Return every row of the table, in its order."""
    table = files("sinhthai.registry").joinpath("data/authorities.csv").read_text("utf-8")

    def day(text: str) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    return tuple(
        Authority(
            role=row["role"],
            name=Text(row["vi"], row["en"]),
            valid_from=day(row["valid_from"]),
            valid_until=day(row["valid_until"]),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in csv.DictReader(table.splitlines())
    )


def authority_name(role: str, day: dt.date) -> Text:
    """Return the name, on *day*, of the body that bears *role*.

    Raises
    ------
    UnknownAuthority
        The role is not in the table, or nobody bears it on that day (a district committee after
        30 June 2025).

    >>> authority_name("investment_ministry", dt.date(2025, 2, 28)).en
    'Ministry of Planning and Investment'
    >>> authority_name("investment_ministry", dt.date(2025, 3, 1)).en
    'Ministry of Finance'
    """
    rows = [row for row in authorities() if row.role == role]
    for row in rows:
        if row.holds_on(day):
            return row.name
    raise UnknownAuthority(role, day, known=bool(rows))
