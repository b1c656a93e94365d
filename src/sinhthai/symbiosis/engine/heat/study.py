"""One list of heat streams, asked everything at once: the whole, each zone, utilities, the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.foundation.problems import Problem
from sinhthai.symbiosis.engine.heat.matches import MatchPlan
from sinhthai.symbiosis.engine.heat.neighbours import HeatNeighbours, PipeTerms, join_neighbours
from sinhthai.symbiosis.engine.heat.placement import Placement, place_utilities, plan_matches
from sinhthai.symbiosis.engine.heat.report import Targets, targets
from sinhthai.symbiosis.engine.heat.stream_files import HeatFile
from sinhthai.symbiosis.engine.heat.streams import HeatStreams
from sinhthai.symbiosis.engine.heat.total_site import SiteTargets, total_site


@dataclass(frozen=True, slots=True)
class Asked:
    """What to answer beyond targets and curves.

    ``match_seconds`` is the time to look for the fewest matches, None not to look; ``pipes`` are
    the terms of pipes between neighbours, None not to look for any; ``within`` [m] is how far
    a neighbour may be, ``pipe_seconds`` the time to look for the best set.
    """

    match_seconds: float | None = None
    pipes: PipeTerms | None = None
    within: float = 5000.0
    pipe_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class HeatStudy:
    """The answers about one file.

    ``least`` is ΔTmin [K]. ``zones`` holds the targets of every enterprise by itself where the
    file names more than one; ``placement`` the utilities and ``site`` the total site where the
    file gives levels; the rest is None where it was not asked or cannot be.
    """

    least: float
    whole: Targets
    zones: tuple[Targets, ...] = ()
    placement: Placement | None = None
    site: SiteTargets | None = None
    matches: MatchPlan | None = None
    neighbours: HeatNeighbours | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def zones_hot(self) -> float:
        """Hot utility when nobody exchanges heat with a neighbour [kW]."""
        return sum(zone.table.hot for zone in self.zones)

    @property
    def zones_cold(self) -> float:
        """Cold utility when nobody exchanges heat with a neighbour [kW]."""
        return sum(zone.table.cold for zone in self.zones)

    @property
    def zones_recovery(self) -> float:
        """Heat recovered when nobody exchanges heat with a neighbour [kW]."""
        return sum(zone.table.recovery for zone in self.zones)


def study(file: HeatFile, least: float, asked: Asked | None = None) -> HeatStudy:
    """Return the answers about *file*, read with the least difference *least* [K].

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> study(HeatFile((HeatStream.flowing("H", 90, 40, 2.0),)), 10).whole.table.cold
    100.0
    """
    asked = asked or Asked()
    streams = HeatStreams.of(file.streams)
    zones = _zones(streams)
    placed = None
    if file.utilities or asked.match_seconds is not None:
        placed = place_utilities(streams, file.utilities)
    matches = None
    if asked.match_seconds is not None and placed is not None:
        matches = plan_matches(streams, placed, seconds=asked.match_seconds)
    pipes = None
    if asked.pipes is not None and file.places:
        pipes = join_neighbours(
            streams,
            file.places,
            asked.pipes,
            within=asked.within,
            seconds=asked.pipe_seconds,
        )
    return HeatStudy(
        least,
        targets(streams),
        zones,
        placed if file.utilities else None,
        total_site(streams, file.utilities) if zones and file.utilities else None,
        matches,
        pipes,
        file.warnings,
    )


def _zones(streams: HeatStreams) -> tuple[Targets, ...]:
    names: Sequence[str] = streams.zone_names
    if len(names) < 2:
        return ()
    return tuple(targets(streams.zone(name), name) for name in names)
