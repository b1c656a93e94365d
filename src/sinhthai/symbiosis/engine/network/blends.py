"""Limits on what arrives mixed, where part of it comes from units that mix their own feeds.

What a source gives, what a batch is and what a unit guarantees is known before anything is chosen.
What leaves a unit that mixes its feeds without guaranteeing the outlet follows the feeds chosen: a
:class:`Pool` (of the pooling problem, Haverly 1978), whose content is only bounded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.network.links import Route
from sinhthai.symbiosis.engine.network.network import Network
from sinhthai.symbiosis.engine.network.quality import Band, Qualities, limits_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Sense = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Mix:
    """What each arc holds of a parameter on arrival: ``base`` plus ``share`` of its pool's content.

    ``pool`` is -1 where the content is known.
    """

    arc: Ints
    base: Floats
    share: Floats
    pool: Ints

    def content(self, of_pools: Floats) -> Floats:
        """Return the content on each arc when the pools hold *of_pools*."""
        held: Floats = np.append(of_pools, 0.0)[self.pool]
        return self.base + self.share * held

    def keep(self, place: Ints) -> Mix:
        """Return the mix of the arcs that have a *place*, at that place."""
        stays = place[self.arc] >= 0
        return Mix(place[self.arc[stays]], self.base[stays], self.share[stays], self.pool[stays])


@dataclass(frozen=True, slots=True)
class Blend:
    """A limit of one parameter at one receiver: over its arcs, sum of excess times flow <= 0.

    ``is_limit`` is false where the row only holds a pool to a level under study.
    """

    receiver: int
    parameter: str
    sense: Sense
    bound: float
    mix: Mix
    excess: Floats  # by how much the arc's unit is beyond the limit (negative: it dilutes)
    is_limit: bool = True

    @property
    def arc(self) -> Ints:
        """The arcs that arrive."""
        return self.mix.arc

    def keep(self, place: Ints) -> Blend:
        """Return the blend of the arcs that have a *place*, at that place."""
        stays = place[self.arc] >= 0
        return replace(self, mix=self.mix.keep(place), excess=self.excess[stays])


@dataclass(frozen=True, slots=True)
class Pool:
    """The mix of a parameter in a treatment unit; every mix possible lies from ``low`` to ``high``.

    ``senses`` are those of the limits the pool matters to.
    """

    unit: int
    parameter: str
    low: float
    high: float
    mix: Mix
    senses: frozenset[Sense] = frozenset()


def excess_of(sense: Sense, bound: float, content: Floats, arriving: Floats) -> Floats:
    """Return by how much a unit leaving on each arc is beyond *bound* (negative: it dilutes)."""
    return (content - bound if sense == "high" else bound - content) * arriving


def build_blends(
    network: Network, found: Sequence[Route], arriving: Floats, qualities: Qualities
) -> tuple[tuple[Blend, ...], tuple[Pool, ...]]:
    """Return the limits that some arc may break, taken at the worst, and the pools they hang on."""
    into: dict[int, list[int]] = {}
    for row, route in enumerate(found):
        into.setdefault(route.receiver, []).append(row)
    mixes = _Mixes(network, found, qualities)
    blends = []
    for receiver, rows in sorted(into.items()):
        for limit in limits_of(network, receiver):
            bands = [qualities.arriving[found[row].number][limit.parameter] for row in rows]
            ends: tuple[tuple[Sense, float | None, int], ...] = (
                ("high", limit.high, 1),
                ("low", limit.low, 0),
            )
            for sense, bound, worse in ends:
                if bound is None:
                    continue
                content = np.array([band[worse] for band in bands])
                excess = excess_of(sense, bound, content, arriving[rows])
                if (excess > 0).any():
                    mix = mixes.of(rows, limit.parameter, sense)
                    blends.append(Blend(receiver, limit.parameter, sense, bound, mix, excess))
    return tuple(blends), mixes.pools(into)


class _Mixes:
    """Mixes, and the pools met while making them."""

    def __init__(self, network: Network, found: Sequence[Route], qualities: Qualities) -> None:
        self.network, self.found, self.qualities = network, found, qualities
        self.number: dict[tuple[int, str], int] = {}
        self.senses: dict[int, set[Sense]] = {}
        self.units = [t for t, unit in enumerate(network.treatments) for _ in unit.outputs]
        self.outputs = [output for unit in network.treatments for output in unit.outputs]

    def of(self, rows: Sequence[int], parameter: str, sense: Sense) -> Mix:
        held = [self._held(self.found[row], parameter, sense) for row in rows]
        base, share, pool = zip(*held, strict=True) if held else ((), (), ())
        for one in set(pool) - {-1}:
            self.senses.setdefault(one, set()).add(sense)
        floats: Any = np.float64
        return Mix(
            np.array(rows, np.int32),
            np.array(base, floats),
            np.array(share, floats),
            np.array(pool, np.int32),
        )

    def pools(self, into: dict[int, list[int]]) -> tuple[Pool, ...]:
        """Return the pools met; a pool's feeds may come from pools that are met thereby."""
        made: dict[int, Mix] = {}
        seen: dict[int, set[Sense]] = {}
        while self.senses != seen:
            seen = {number: set(senses) for number, senses in self.senses.items()}
            for (unit, parameter), number in list(self.number.items()):
                rows = into.get(len(self.network.sinks) + unit, [])
                for sense in sorted(self.senses[number]):
                    made[number] = self.of(rows, parameter, sense)
        return tuple(
            Pool(unit, parameter, *self._band(unit, parameter), made[k], frozenset(self.senses[k]))
            for (unit, parameter), k in self.number.items()
        )

    def _band(self, unit: int, parameter: str) -> Band:
        return self.qualities.inlet[unit][parameter]

    def _held(self, route: Route, parameter: str, sense: Sense) -> tuple[float, float, int]:
        """Return base, share and pool of what arrives by *route*."""
        first = len(self.network.sources)
        certain = self.qualities.arriving[route.number][parameter]
        known = (certain[1] if sense == "high" else certain[0], 0.0, -1)
        if route.origin < first:
            return known
        output, unit = self.outputs[route.origin - first], self.units[route.origin - first]
        share = 1.0
        if route.via >= 0:
            passed = self.network.treatments[route.via].outputs[0]
            if parameter in passed.qualities:
                return known
            share = 1 - passed.removal[parameter]
        if parameter in output.qualities:
            return known
        low, high = self._band(unit, parameter)
        share *= 1 - output.removal[parameter]
        if not (low < high and share > 0):
            return known
        number = self.number.setdefault((unit, parameter), len(self.number))
        return 0.0, share, number
