"""Which offers should serve which needs, all together: the most valuable assignment, exactly.

Without fixed costs the network of a nation is a transport problem. It falls into connected
components; each is a min-cost flow, solved by OR-Tools in worker processes (its library and
HiGHS cannot be loaded into one process).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from sinhthai.symbiosis.engine.flow.greedy import bound, greedy
from sinhthai.symbiosis.engine.flow.network import (
    Floats,
    FlowError,
    Ints,
    Network,
    checked,
    components_of,
    potentials,
)
from sinhthai.symbiosis.engine.flow.processes import Part, solve_parts

_SMALL = 2_000
_GRAIN = 1_000
"""Quantities are counted in thousandths of a unit: kg, litres, kWh."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """How much of each offer goes to each need.

    ``flow`` has one entry an arc, offer units (t, m3 or MWh) a year. ``value`` is the benefit of
    all of it, VND a year, ``bound`` the most any assignment could reach (equal when optimal).
    ``generalised`` counts the components that were linear programmes because the ratios of their
    links contradict each other; ``unfinished`` those stopped by the time limit, filled greedily.
    """

    flow: Floats
    value: float
    bound: float
    status: Literal["optimal", "time_limit"]
    components: int
    generalised: int
    unfinished: int

    @property
    def gap(self) -> float:
        """How far the bound lies above the value, as a share of the bound; 0 when optimal."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


def best_assignment(
    supply: ArrayLike,
    demand: ArrayLike,
    offer: ArrayLike,
    need: ArrayLike,
    margin: ArrayLike,
    ratio: ArrayLike | None = None,
    *,
    processes: int | None = None,
    seconds: float | None = None,
) -> Assignment:
    r"""Return the assignment of offers to needs with the largest benefit.

    .. math:: \max \sum_a m_a x_a, \quad \sum_{a \ni i} x_a \le s_i, \quad
              \sum_{a \ni j} r_a x_a \le d_j, \quad x \ge 0

    Parameters
    ----------
    supply : (n,) what each offer gives, base units a year.
    demand : (m,) what each need takes, base units a year.
    offer, need : (k,) the row numbers an arc joins.
    margin : (k,) benefit per unit of the offer, VND, after transport; an arc that brings less
        than 1 VND stays empty. Rounded to 1 VND for the choice, not for the value.
    ratio : (k,) units of the need that one unit of the offer covers; 1 where not given.
    processes : worker processes; 0 solves linear programmes in this one. None chooses: none for a
        small network, which is done before a process has started, else one a core.
    seconds : time limit; what is not finished by then is filled greedily, and the gap says so.

    Quantities are counted in thousandths of a unit (kg, litres, kWh).

    Raises
    ------
    FlowError
        If lengths differ, a row number does not exist, or a figure is negative or not finite.

    >>> best_assignment([10.0], [4.0, 20.0], [0, 0], [0, 1], [50.0, 30.0]).flow
    array([4., 6.])
    """
    given = checked(supply, demand, offer, need, margin, ratio)
    worth = np.flatnonzero(given.margin >= 1.0)
    flow = np.zeros(len(given.margin))
    if not len(worth):
        return Assignment(flow, 0.0, 0.0, "optimal", 0, 0, 0)
    network = given.take(worth)
    components = components_of(network)
    a, b, consistent = potentials(network, components)
    if processes is None:
        processes = 0 if len(worth) <= _SMALL else os.cpu_count() or 1
    # Arcs in the order of their component: parts are slices, not searches.
    ordered = network.take(components.arcs)
    answer = np.zeros(len(worth))
    parts, places = [], []
    excess = 0.0
    for number in range(components.count):
        here = slice(int(components.start[number]), int(components.start[number + 1]))
        if processes and consistent[number]:
            parts.append(_part(ordered, here, a, b))
            places.append(here)
        else:
            answer[here] = _linear_programme(ordered, here)
    unfinished = 0
    for place, solved in zip(
        places, solve_parts(parts, processes=processes, seconds=seconds), strict=True
    ):
        if solved is not None:
            answer[place] = solved / (_GRAIN * a[ordered.offer[place]])
            continue
        unfinished += 1
        left = _alone(ordered, place)
        answer[place] = greedy(left)
        excess += bound(left) - float(answer[place] @ left.margin)
    flow[worth[components.arcs]] = answer
    value = float(answer @ ordered.margin)
    return Assignment(
        flow=flow,
        value=value,
        bound=value + excess,
        status="time_limit" if unfinished else "optimal",
        components=components.count,
        generalised=components.count - int(consistent.sum()),
        unfinished=unfinished,
    )


def _local(rows: Ints) -> tuple[Ints, Ints]:
    """Return the distinct rows, and each entry's place among them."""
    distinct, local = np.unique(rows, return_inverse=True)
    return distinct, local.astype(np.int64)


def _alone(network: Network, arcs: slice) -> Network:
    """Return the component as a network of its own."""
    givers, offer = _local(network.offer[arcs])
    takers, need = _local(network.need[arcs])
    return Network(
        network.supply[givers],
        network.demand[takers],
        offer,
        need,
        network.margin[arcs],
        network.ratio[arcs],
    )


def _part(network: Network, arcs: slice, a: Floats, b: Floats) -> Part:
    """Return the component in integers, its ratios scaled away."""
    givers, offer = _local(network.offer[arcs])
    takers, need = _local(network.need[arcs])
    return Part(
        supply=_grains(network.supply[givers] * a[givers]),
        demand=_grains(network.demand[takers] / b[takers]),
        offer=offer,
        need=need,
        margin=np.rint(network.margin[arcs] / a[network.offer[arcs]]).astype(np.int64),
    )


def _grains(amount: Floats) -> NDArray[np.int64]:
    """Count in thousandths, never more than there is; the noise of a product is not a grain."""
    return np.floor(amount * _GRAIN * (1 + 1e-12)).astype(np.int64)


def _linear_programme(network: Network, arcs: slice) -> Floats:
    """Solve a component whose ratios contradict each other around a loop: a generalised flow."""
    part = _alone(network, arcs)
    column = np.arange(len(part.offer))
    given = coo_array(
        (np.ones(len(column)), (part.offer, column)), shape=(len(part.supply), len(column))
    )
    taken = coo_array((part.ratio, (part.need, column)), shape=(len(part.demand), len(column)))
    solved = linprog(
        -part.margin,
        A_ub=vstack([given, taken], format="csc"),
        b_ub=np.concatenate([part.supply, part.demand]),
        method="highs-ds",
    )
    if solved.status != 0:
        raise FlowError(f"a component could not be solved: {solved.message}")
    return np.asarray(np.maximum(solved.x, 0.0))
