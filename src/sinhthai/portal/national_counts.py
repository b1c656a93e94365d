"""What has been published of all industrial parks of the country, each figure with its source."""

from __future__ import annotations

import csv
from calendar import month_name
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class NationalCount:
    """What one source says of the country; None where it does not say. Areas in hectares."""

    as_of: str
    established: int | None
    operating: int | None
    area_ha: float | None
    occupancy_percent: float | None
    note: Text | None
    source: Text

    @property
    def when(self) -> Text:
        """Say the month as each language writes it.

        >>> national_counts()[0].when
        Text(vi='6/2017', en='June 2017')
        """
        if self.as_of.startswith("about "):
            return Text(self.as_of.replace("about", "khoảng"), self.as_of)
        year, month = self.as_of.split("-")
        return Text(f"{int(month)}/{year}", f"{month_name[int(month)]} {year}")


@lru_cache(maxsize=1)
def national_counts() -> tuple[NationalCount, ...]:
    """Return the published counts, oldest first."""
    path = files("sinhthai.portal") / "data" / "national_counts.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple(
        NationalCount(
            as_of=row["as_of"],
            established=int(row["parks_established"]) if row["parks_established"] else None,
            operating=int(row["parks_operating"]) if row["parks_operating"] else None,
            area_ha=float(row["natural_area_ha"]) if row["natural_area_ha"] else None,
            occupancy_percent=_occupancy(row),
            note=Text(row["note_vi"], row["note_en"]) if row["note_vi"] else None,
            source=Text(row["source_vi"], row["source_en"]),
        )
        for row in rows
    )


def latest(field: str) -> NationalCount:
    """Return the newest count that says anything of *field*.

    >>> latest("operating").as_of
    '2023-07'
    """
    return next(count for count in reversed(national_counts()) if getattr(count, field) is not None)


def _occupancy(row: dict[str, str]) -> float | None:
    """Return the occupancy of the operating parks, the one most sources give."""
    return float(row["occupancy_operating_pct"]) if row["occupancy_operating_pct"] else None
