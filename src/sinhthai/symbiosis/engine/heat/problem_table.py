"""The problem table: how much heat must come from outside, and where the pinch is.

Linnhoff & Flower, AIChE J. 24 (1978) 633. Heat cascades from the hottest shifted temperature
down; the deepest deficit is the least hot utility. Streams at constant temperature are jumps of
the cascade, not streams over an invented small glide, so every figure is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.heat.streams import Floats, HeatStreams

# Of all the heat in the table: what rounding can leave behind in a cascade of sums.
ROUNDING = 1e-10


@dataclass(frozen=True, slots=True)
class ProblemTable:
    """The cascade of one set of streams; n distinct shifted temperatures, falling.

    Parameters
    ----------
    temperatures : (n,) shifted temperatures [°C].
    capacity : (n,) net heat-capacity flow rate between row k and row k + 1, hot less cold
        [kW/K]; 0 in the last row.
    jump : (n,) net heat of the streams at constant temperature there [kW].
    above, below : (n,) heat flowing down just above and just below the row's temperature,
        once the hot utility is supplied at the top [kW]; never negative.
    hot, cold : least hot and cold utility [kW].
    given, taken : heat of all hot and of all cold streams [kW].
    """

    temperatures: Floats
    capacity: Floats
    jump: Floats
    above: Floats
    below: Floats
    hot: float
    cold: float
    given: float
    taken: float

    @property
    def recovery(self) -> float:
        """Heat the streams can exchange among themselves [kW]."""
        return self.given - self.cold

    @property
    def rounding(self) -> float:
        """A heat flow [kW] below which a difference is rounding only."""
        return ROUNDING * max(self.given, self.taken)

    @property
    def pinches(self) -> tuple[float, ...]:
        """Shifted temperatures [°C] no heat may cross, from the hottest.

        Where no utility is needed at one end (a threshold problem), that end is among them.
        """
        none = np.minimum(self.above, self.below) <= self.rounding
        return tuple(float(one) for one in self.temperatures[none])


def problem_table(streams: HeatStreams) -> ProblemTable:
    """Return the cascade of *streams*, with the least utilities.

    With T the falling shifted temperatures, CP the net heat-capacity flow rate between two of
    them and J the heat of the streams at constant temperature::

        below[k] = above[k] + J[k]
        above[k + 1] = below[k] + CP[k] · (T[k] − T[k + 1]),   above[0] = hot utility
        hot utility = −min(0, all above, all below without it)

    No streams give an empty table and zero utilities.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> four = [("C1", 20, 135, 2.0), ("H1", 170, 60, 3.0), ("C2", 80, 140, 4.0)]
    >>> table = problem_table(HeatStreams.of(
    ...     HeatStream.flowing(*one, contribution=5) for one in [*four, ("H2", 150, 30, 1.5)]
    ... ))
    >>> table.hot, table.cold, table.pinches
    (20.0, 60.0, (85.0,))
    """
    levels, place = np.unique(np.concatenate([streams.upper, streams.lower]), return_inverse=True)
    count, many = len(levels), len(streams)
    begins, ends = place[:many], place[many:]
    span = levels[begins] - levels[ends]
    constant = span <= 0.0
    rate = np.divide(streams.signed, span, out=np.zeros(many), where=~constant)
    # from the hottest down: what begins at a level flows until the level it ends at
    change = np.bincount(begins, rate, count) - np.bincount(ends, rate, count)
    jump: Floats = np.bincount(begins, np.where(constant, streams.signed, 0.0), count)[::-1].astype(
        np.float64
    )
    falling = levels[::-1].copy()
    capacity = np.cumsum(change[::-1])
    if count:
        capacity[-1] = 0.0
    arriving = np.zeros(count)
    arriving[1:] = np.cumsum(capacity[:-1] * -np.diff(falling) + jump[:-1])
    leaving = arriving + jump
    given = float(streams.signed[streams.signed > 0].sum())
    taken = float(-streams.signed[streams.signed < 0].sum())
    small = ROUNDING * max(given, taken)
    deepest = float(min(arriving.min(), leaving.min())) if count else 0.0
    hot = -deepest if deepest < -small else 0.0
    cold = given - taken + hot
    cold = cold if cold > small else 0.0
    return ProblemTable(
        falling,
        capacity,
        jump,
        _clean(arriving + hot, small),
        _clean(leaving + hot, small),
        hot,
        cold,
        given,
        taken,
    )


def _clean(heat: Floats, small: float) -> Floats:
    """Return *heat* with what is rounding only as nothing."""
    cleaned: Floats = np.where(np.abs(heat) <= small, 0.0, heat)
    return cleaned
