"""Temperature intervals: where heat may pass from one stream to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from sinhthai.symbiosis.engine.heat.streams import Floats

Span = tuple[float, float]
"""Upper and lower shifted temperature [°C] of something that gives or takes heat."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals between all ends of some spans, falling; K of them.

    Where something gives or takes heat at one temperature there is an interval of no width of
    its own, so that heat condensed at 100 °C boils at 100 °C and not below.
    """

    upper: Floats
    lower: Floats

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Self:
        """Return the intervals of *spans*.

        >>> Intervals.of([(100.0, 40.0), (60.0, 60.0)]).upper.tolist()
        [100.0, 60.0, 60.0]
        """
        levels = sorted({end for span in spans for end in span}, reverse=True)
        constant = {upper for upper, lower in spans if upper == lower}
        ends: list[Span] = []
        for at, level in enumerate(levels):
            if level in constant:
                ends.append((level, level))
            if at + 1 < len(levels):
                ends.append((level, levels[at + 1]))
        return cls(np.array([end[0] for end in ends]), np.array([end[1] for end in ends]))

    def __len__(self) -> int:
        return len(self.upper)

    def shares(self, span: Span) -> Floats:
        """Return which share of the heat of *span* lies in each interval; they sum to 1."""
        upper, lower = span
        if upper == lower:
            here: Floats = ((self.upper == upper) & (self.lower == upper)).astype(np.float64)
            return here
        inside = (self.upper <= upper) & (self.lower >= lower)
        width: Floats = np.where(inside, self.upper - self.lower, 0.0)
        share: Floats = width / (upper - lower)
        return share


def most_between(given: Floats, taken: Floats) -> float:
    """Return the most heat that can pass from *given* to *taken*, both per interval, falling.

    Heat not taken in its interval goes on to the next one, never back.

    >>> most_between(np.array([0.0, 5.0]), np.array([4.0, 3.0]))
    3.0
    """
    waiting = passed = 0.0
    for supply, demand in zip(given.tolist(), taken.tolist(), strict=True):
        waiting += supply
        now = min(waiting, demand)
        waiting -= now
        passed += now
    return passed
