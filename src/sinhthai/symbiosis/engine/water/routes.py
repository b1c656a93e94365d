"""The pipes of a network, told alike for one contaminant and for several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.symbiosis.engine.water.design import CLEANED, FRESH, WASTE, Design
from sinhthai.symbiosis.engine.water.processes import Process
from sinhthai.symbiosis.engine.water.several import WaterNetwork

_KEPT = 1e-6


@dataclass(frozen=True, slots=True)
class Route:
    """Water [t/h] with *concentration* [mg/L, one a contaminant] from one place to another.

    A place is a process, or one of ``FRESH``, ``CLEANED`` and ``WASTE``.
    """

    giver: str
    taker: str
    flow: float
    concentration: tuple[float, ...]
    between_owners: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Who gives whom water. ``bound`` [t/h] is what no network undercuts; see ``proven``.

    ``proven`` says whether the fresh water is the least; ``fewest`` whether the pipes are the
    fewest, None where they were not chosen for that.
    """

    fresh: float
    bound: float
    regenerated: float
    waste: float
    routes: tuple[Route, ...]
    proven: bool
    fewest: bool | None


def of_design(design: Design) -> Network:
    """Return the network of one contaminant; its water is the least in any case."""
    routes = tuple(
        Route(pipe.giver, pipe.taker, pipe.flow, (pipe.concentration,), pipe.between_owners)
        for pipe in design.pipes
    )
    return Network(
        design.fresh,
        design.fresh,
        design.regenerated,
        design.waste,
        routes,
        proven=True,
        fewest=design.proven,
    )


def of_several(
    found: WaterNetwork,
    processes: Sequence[Process],
    fresh: Sequence[float],
    cleaned: Sequence[float] | None,
) -> Network:
    """Return the network of several contaminants, with what each process lets go to waste.

    >>> wash = Process("wash", (4.0, 2.0), (0.0, 25.0), (100.0, 75.0))
    >>> from sinhthai.symbiosis.engine.water.several import network_of_several
    >>> of_several(network_of_several([wash]), [wash], (0.0, 0.0), None).waste
    40.0
    """
    owner = {process.name: process.owner for process in processes}
    routes = [Route(FRESH, name, flow, tuple(fresh), False) for name, flow in found.supply.items()]
    routes += [
        Route(giver, taker, flow, found.outlet[giver], owner[giver] != owner[taker])
        for (giver, taker), flow in found.reuse.items()
    ]
    routes += [
        Route(CLEANED, name, flow, tuple(cleaned or ()), False)
        for name, flow in found.cleaned.items()
    ]
    routes += [
        Route(name, CLEANED, flow, found.outlet[name], False) for name, flow in found.sent.items()
    ]
    for name in owner:
        left = sum(route.flow for route in routes if route.taker == name)
        left -= sum(route.flow for route in routes if route.giver == name)
        if left > _KEPT:
            routes.append(Route(name, WASTE, left, found.outlet[name], False))
    return Network(
        found.fresh,
        found.bound,
        sum(found.cleaned.values()),
        sum(route.flow for route in routes if route.taker == WASTE),
        tuple(routes),
        proven=found.status == "optimal",
        fewest=None,
    )
