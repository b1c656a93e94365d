"""What quality arrives on each route, as a band that surely holds.

A source's quality is as stated. A batch of its own (``via``) leaves a treatment unit with what the
unit guarantees, or with its own content less the share removed: exact. At the outlet of a unit that
mixes its feeds the content depends on the feeds chosen (:mod:`blends`); the band here is that of
all mixes the inlet limits allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.symbiosis.engine.network.links import Route
from sinhthai.symbiosis.engine.network.network import Limit, Network, Output

Band = tuple[float, float]


def limits_of(network: Network, receiver: int) -> tuple[Limit, ...]:
    """Return the limits of a receiver: sinks are counted first, then treatment units."""
    sinks = len(network.sinks)
    if receiver < sinks:
        return network.sinks[receiver].limits
    return network.treatments[receiver - sinks].limits


@dataclass(frozen=True, slots=True)
class Qualities:
    """Bands per parameter, of what arrives by each route and of the mix in each treatment unit.

    What is unknown is missing.
    """

    arriving: list[dict[str, Band]]
    inlet: list[dict[str, Band]]


def qualities_of(network: Network, found: Sequence[Route]) -> Qualities:
    """Return what can be said of every content before any feed is chosen."""
    sources = [{p: (v, v) for p, v in source.qualities.items()} for source in network.sources]
    outlets = [(t, output) for t, unit in enumerate(network.treatments) for output in unit.outputs]
    leaving: list[dict[str, Band]] = [*sources, *(_guaranteed(output) for _, output in outlets)]
    # A chain of n units is settled after n rounds; a band still moving then feeds itself in a
    # circle, and nothing sure can be said of it.
    for turn in range(len(network.treatments) + 1):
        before = leaving
        inlets = [_inlet(network, t, found, leaving) for t in range(len(network.treatments))]
        leaving = [
            *sources,
            *(_treated(output, inlets[t]) for t, output in outlets),
        ]
        if leaving == before:
            break
        if turn == len(network.treatments):
            leaving = [
                {p: band for p, band in now.items() if was.get(p) == band}
                for was, now in zip(before, leaving, strict=True)
            ]
    return Qualities(
        [_arriving(network, route, leaving) for route in found],
        [_inlet(network, t, found, leaving) for t in range(len(network.treatments))],
    )


def _guaranteed(output: Output) -> dict[str, Band]:
    return {p: (v, v) for p, v in output.qualities.items()}


def _treated(output: Output, inlet: dict[str, Band]) -> dict[str, Band]:
    """Return the outlet's bands: guaranteed ones, else the inlet's less the share removed."""
    left = {
        p: ((1 - share) * inlet[p][0], (1 - share) * inlet[p][1])
        for p, share in output.removal.items()
        if p in inlet
    }
    return {**left, **_guaranteed(output)}


def _inlet(
    network: Network, unit: int, found: Sequence[Route], leaving: Sequence[dict[str, Band]]
) -> dict[str, Band]:
    """Return the bands of every mix that may enter the unit, within its limits."""
    receiver = len(network.sinks) + unit
    limits = {limit.parameter: limit for limit in network.treatments[unit].limits}
    feeds = [_arriving(network, route, leaving) for route in found if route.receiver == receiver]
    # A feed whose limited content is unknown is no arc, so it does not blur the others.
    feeds = [feed for feed in feeds if limits.keys() <= feed.keys()]
    if not feeds:
        return {}
    bands = {}
    for parameter in set.intersection(*(set(feed) for feed in feeds)):
        low = min(feed[parameter][0] for feed in feeds)
        high = max(feed[parameter][1] for feed in feeds)
        limit = limits.get(parameter, Limit(parameter))
        low = low if limit.low is None else max(low, limit.low)
        high = high if limit.high is None else min(high, limit.high)
        bands[parameter] = (low, high)
    return bands


def _arriving(
    network: Network, route: Route, leaving: Sequence[dict[str, Band]]
) -> dict[str, Band]:
    if route.via < 0:
        return leaving[route.origin]
    return _treated(network.treatments[route.via].outputs[0], leaving[route.origin])
