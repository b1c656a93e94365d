"""Everything asked about one list of heat streams, computed once, for every way to show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.symbiosis.engine.heat.curves import (
    Composites,
    Curve,
    composite_curves,
    grand_composite,
)
from sinhthai.symbiosis.engine.heat.findings import Pinch, pinches_of
from sinhthai.symbiosis.engine.heat.problem_table import ProblemTable, problem_table
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of one set of streams, with its curves."""

    name: str
    streams: HeatStreams
    table: ProblemTable
    pinches: tuple[Pinch, ...]
    composites: Composites
    grand: Curve


def targets(streams: HeatStreams | Sequence[HeatStream], name: str = "") -> Targets:
    """Return targets and curves of *streams*.

    >>> targets([HeatStream.flowing("H", 100, 40, 2.0)]).table.cold
    120.0
    """
    columns = streams if isinstance(streams, HeatStreams) else HeatStreams.of(streams)
    table = problem_table(columns)
    return Targets(
        name,
        columns,
        table,
        pinches_of(columns, table),
        composite_curves(columns, table),
        grand_composite(table),
    )
