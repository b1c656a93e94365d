"""What an enterprise still needs and still gives once it has recovered what it can by itself."""

from __future__ import annotations

from itertools import pairwise

from sinhthai.symbiosis.engine.heat.curves import without_pockets
from sinhthai.symbiosis.engine.heat.intervals import Span
from sinhthai.symbiosis.engine.heat.problem_table import ProblemTable

Piece = tuple[Span, float]
"""Heat [kW] spread evenly over a span of shifted temperature."""


def left_over(table: ProblemTable) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces *table* needs, and the pieces it gives, from the hottest.

    They are the straight parts of the grand composite curve without its pockets: above the
    pinch heat is needed, below it given.

    >>> from sinhthai.symbiosis.engine.heat.problem_table import problem_table
    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
    >>> left_over(problem_table(HeatStreams.of([HeatStream.flowing("H", 90, 40, 2.0)])))
    ([], [((90.0, 40.0), 100.0)])
    """
    needs: list[Piece] = []
    gives: list[Piece] = []
    for (before, upper), (after, lower) in pairwise(without_pockets(table).points()):
        if after < before - table.rounding:
            needs.append(((upper, lower), before - after))
        elif after > before + table.rounding:
            gives.append(((upper, lower), after - before))
    return needs, gives
