"""One list of heat streams, asked everything at once: the whole, each zone, utilities, the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.foundation.problems import Problem
from sinhthai.symbiosis.engine.heat.report import Targets, targets
from sinhthai.symbiosis.engine.heat.stream_files import HeatFile
from sinhthai.symbiosis.engine.heat.streams import HeatStreams


@dataclass(frozen=True, slots=True)
class HeatStudy:
    """The answers about one file.

    ``least`` is ΔTmin [K]; ``zones`` holds the targets of every enterprise by itself where the
    file names more than one.
    """

    least: float
    whole: Targets
    zones: tuple[Targets, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def zones_hot(self) -> float:
        """Hot utility when nobody exchanges heat with a neighbour [kW]."""
        return sum(zone.table.hot for zone in self.zones)

    @property
    def zones_cold(self) -> float:
        """Cold utility when nobody exchanges heat with a neighbour [kW]."""
        return sum(zone.table.cold for zone in self.zones)


def study(file: HeatFile, least: float) -> HeatStudy:
    """Return the answers about *file*, read with the least difference *least* [K]."""
    streams = HeatStreams.of(file.streams)
    return HeatStudy(least, targets(streams), _zones(streams), file.warnings)


def _zones(streams: HeatStreams) -> tuple[Targets, ...]:
    names: Sequence[str] = streams.zone_names
    if len(names) < 2:
        return ()
    return tuple(targets(streams.zone(name), name) for name in names)
