"""The network in numbers: one row per arc that may be built, ready for the constraints.

Origins are the sources followed by the outlets of the treatment units; receivers are the sinks
followed by the treatment units.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sinhthai.finance.engine.annuity import annuity
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.blends import Blend, Pool, build_blends
from sinhthai.symbiosis.engine.network.links import Route, routes
from sinhthai.symbiosis.engine.network.network import Network
from sinhthai.symbiosis.engine.network.quality import Band, limits_of, qualities_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
Rows = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Arcs:
    """Candidate arcs, arrays of one length; money in VND, flows in units leaving the origin."""

    link: Ints  # number in the candidate links
    origin: Ints
    receiver: Ints
    via: Ints  # treatment unit passed as a batch; -1: none
    delivered: Floats  # units arriving per unit leaving (after losses and treatment)
    gain: Floats  # units of the receiver's need per unit leaving
    load: Floats  # units treated per unit leaving (in the unit fed or passed); 0: none
    saving: Floats  # VND saved per unit: disposal and purchase avoided
    expense: Floats  # VND spent per unit: carrying and treating
    co2: Floats  # t avoided per unit, after carrying and treating
    fixed: Floats  # VND a year when built, without the investment
    investment: Floats  # VND when built
    lower: Floats  # least flow when built
    upper: Floats  # most that can flow: the strong bound of each arc
    limit: Floats  # what the link itself can carry (inf: no bound)
    distance: Floats  # m

    def __len__(self) -> int:
        return len(self.link)

    def take(self, keep: Bools | Rows) -> Arcs:
        """Return the arcs of *keep* (mask or row numbers)."""
        return Arcs(**{name: getattr(self, name)[keep] for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything the constraints need."""

    network: Network
    arcs: Arcs
    routes: tuple[Route, ...]
    supply: Floats  # per source
    take: Floats  # per source: at least
    demand: Floats  # per sink
    bring: Floats  # per sink: at least
    outlet_unit: Ints  # treatment unit of each outlet
    outlet_ratio: Floats
    outlet_disposal: Floats  # VND per unit not passed on
    outlet_co2: Floats
    capacity: Floats  # per treatment unit
    throughput: Floats  # at least, when built
    unit_fixed: Floats
    unit_investment: Floats
    blends: tuple[Blend, ...]  # at the worst the pools can be
    pools: tuple[Pool, ...]
    choices: tuple[tuple[Ints, Ints, int], ...]  # arcs, treatment units, at most
    floors: Floats  # co2 demanded [t/year], none or one
    annuity: float
    left_out: tuple[Text, ...]  # candidate links that cannot be arcs, and why

    @property
    def n_sources(self) -> int:
        return len(self.supply)

    @property
    def n_sinks(self) -> int:
        return len(self.demand)

    def unit_of_arc(self) -> Ints:
        """Return per arc the treatment unit it feeds or passes; -1: none."""
        arcs = self.arcs
        fed = arcs.receiver - self.n_sinks
        return np.where(arcs.via >= 0, arcs.via, np.where(fed >= 0, fed, -1)).astype(np.int32)

    def margin(self) -> Floats:
        """Return what a unit on each arc earns, fixed cost apart [VND/unit]."""
        return self.arcs.saving - self.arcs.expense

    def arc_charge(self) -> Floats:
        """Return the yearly cost of building each arc [VND/year]."""
        return self.arcs.fixed + self.annuity * self.arcs.investment

    def unit_charge(self) -> Floats:
        """Return the yearly cost of building each treatment unit [VND/year]."""
        return self.unit_fixed + self.annuity * self.unit_investment

    def keep(self, arcs: Bools | Rows) -> Instance:
        """Return the instance with only these arcs (mask or row numbers)."""
        rows = np.flatnonzero(arcs) if arcs.dtype == np.bool_ else arcs
        place = np.full(len(self.arcs), -1, np.int32)
        place[rows] = np.arange(len(rows), dtype=np.int32)
        blends = [blend.keep(place) for blend in self.blends]
        choices = [
            (place[members][place[members] >= 0], units, most)
            for members, units, most in self.choices
        ]
        return replace(
            self,
            arcs=self.arcs.take(rows),
            routes=tuple(self.routes[row] for row in rows),
            blends=tuple(blend for blend in blends if len(blend.arc)),
            pools=tuple(replace(pool, mix=pool.mix.keep(place)) for pool in self.pools),
            choices=tuple(choices),
        )


def build_instance(network: Network) -> Instance:
    """Return the arrays of *network*; the network has been checked (:func:`check.check`)."""
    found, too_far = routes(network)
    qualities = qualities_of(network, found)
    stated, unknown = _known(network, found, qualities.arriving)
    arcs = _arcs(stated)
    blends, pools = build_blends(network, stated, arcs.delivered, qualities)
    outlets = [(t, output) for t, unit in enumerate(network.treatments) for output in unit.outputs]
    return Instance(
        network=network,
        arcs=arcs,
        routes=tuple(stated),
        supply=_floats(s.supply for s in network.sources),
        take=_floats(s.at_least for s in network.sources),
        demand=_floats(s.demand for s in network.sinks),
        bring=_floats(s.at_least for s in network.sinks),
        outlet_unit=np.array([t for t, _ in outlets], np.int32),
        outlet_ratio=_floats(o.ratio for _, o in outlets),
        outlet_disposal=_floats(o.disposal for _, o in outlets),
        outlet_co2=_floats(o.disposal_co2 for _, o in outlets),
        capacity=_floats(t.capacity for t in network.treatments),
        throughput=_floats(t.at_least for t in network.treatments),
        unit_fixed=_floats(t.fixed for t in network.treatments),
        unit_investment=_floats(t.investment for t in network.treatments),
        blends=blends,
        pools=pools,
        choices=_choices(network, stated),
        floors=np.empty(0),
        annuity=annuity(network.rate, network.life),
        left_out=(*too_far, *unknown),
    )


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), np.float64)


def _known(
    network: Network, found: list[Route], bands: list[dict[str, Band]]
) -> tuple[list[Route], list[Text]]:
    """Drop the routes of unstated quality where the receiver has a limit: missing is not zero."""
    kept, notes = [], []
    for route in found:
        unstated = [
            limit.parameter
            for limit in limits_of(network, route.receiver)
            if limit.parameter not in bands[route.number]
        ]
        if unstated:
            notes.append(
                Text(
                    "Bỏ liên kết {link}: chưa nêu {what}, mà bên nhận có giới hạn.",
                    "Link {link} is left out: {what} is not stated and the receiver has a limit.",
                ).format(link=route.name, what=", ".join(unstated))
            )
        else:
            kept.append(route)
    return kept, notes


def _arcs(found: list[Route]) -> Arcs:
    whole = {"link", "origin", "receiver", "via"}
    columns: dict[str, Any] = {
        name: np.array(
            [getattr(route, name) for route in found], np.int32 if name in whole else np.float64
        )
        for name in Arcs.__slots__
    }
    return Arcs(**columns)


def _choices(network: Network, found: list[Route]) -> tuple[tuple[Ints, Ints, int], ...]:
    by_name: dict[str, list[int]] = {}
    for row, route in enumerate(found):
        for name in {route.name, route.pair}:
            by_name.setdefault(name, []).append(row)
    unit_numbers = {unit.id: number for number, unit in enumerate(network.treatments)}
    result = []
    for choice in network.choices:
        rows = sorted({row for member in choice.members for row in by_name.get(member, ())})
        units = sorted({unit_numbers[m] for m in choice.members if m in unit_numbers})
        result.append((np.array(rows, np.int32), np.array(units, np.int32), choice.most))
    return tuple(result)
