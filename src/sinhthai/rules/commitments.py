"""What a park bound itself to when it was established, as dated data: by when, under which clause.

The data are ``data/commitments.json``, small enough to be reviewed as they are.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Sourced


@dataclass(frozen=True, slots=True)
class Commitment:
    """To meet the criteria of ``family`` within ``years`` years of establishment."""

    id: str
    title: Text
    family: str
    years: int
    valid_from: dt.date
    valid_until: dt.date | None
    rule: Sourced

    def due_on(self, established_on: dt.date) -> dt.date:
        """Return the last day of the commitment of a park established on a day.

        A period counted in years ends on the same day of the year; where that month has no such
        day, on its last (Civil Code 2015, Article 148).

        >>> commitment_on(dt.date(2026, 1, 1)).due_on(dt.date(2024, 2, 29))
        datetime.date(2032, 2, 29)
        >>> commitment_on(dt.date(2026, 1, 1)).due_on(dt.date(2023, 3, 15))
        datetime.date(2031, 3, 15)
        """
        year = established_on.year + self.years
        try:
            return established_on.replace(year=year)
        except ValueError:  # 29 February of a year that is no leap year
            return dt.date(year, 2, 28)


@lru_cache(maxsize=1)
def load_commitments() -> tuple[Commitment, ...]:
    """Return every commitment, oldest first."""
    text = files("sinhthai.rules").joinpath("data/commitments.json").read_text(encoding="utf-8")
    return tuple(
        Commitment(
            id=row["id"],
            title=Text(**row["title"]),
            family=row["family"],
            years=row["years"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            valid_until=(dt.date.fromisoformat(row["valid_until"]) if row["valid_until"] else None),
            rule=Sourced(
                clause=row["clause"],
                source=row["source"],
                confidence=row["confidence"],
                verified=row["verified"],
                checked_on=dt.date.fromisoformat(row["checked_on"]),
            ),
        )
        for row in json.loads(text)
    )


def commitment_on(day: dt.date) -> Commitment | None:
    """Return the commitment of a new eco-industrial park by the rules of *day*, or None."""
    for one in load_commitments():
        if one.valid_from <= day and (one.valid_until is None or day < one.valid_until):
            return one
    return None
