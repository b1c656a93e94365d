"""What a workbook of activities says once it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.carbon.engine.model import Activity
from sinhthai.foundation.problems import Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """The activities of a file, in its order, and what was remarked while reading it."""

    activities: tuple[Activity, ...]
    warnings: tuple[Problem, ...]
    columns: Mapping[str, Mapping[str, int]]
    """Of each sheet, where each column stands: a problem of the engine finds its cell again."""

    @property
    def years(self) -> tuple[int, ...]:
        """The years the file speaks of, the first one first."""
        return tuple(sorted({activity.year for activity in self.activities}))
