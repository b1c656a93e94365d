"""Which offers should serve which needs, all together: the most valuable assignment, exactly.

Without fixed costs the network of a nation is a transport problem. It falls into connected
components; each is solved by the network simplex method, several at a time.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from sinhthai.symbiosis.engine.flow import simplex
from sinhthai.symbiosis.engine.flow.network import (
    Components,
    Floats,
    FlowError,
    Network,
    checked,
    components_of,
    potentials,
)

_GRAIN = 1_000
"""Quantities are counted in thousandths of a unit: kg, litres, kWh."""
_MOST = 2**52
"""Amounts in grains and worths in VND stay exact as doubles, and prices within 64 bits."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """How much of each offer goes to each need.

    ``flow`` has one entry an arc, offer units (t, m3 or MWh) a year. ``value`` is the benefit of
    all of it, VND a year, ``bound`` what no assignment can exceed (the value itself when optimal).
    ``generalised`` counts the components solved as linear programmes because the ratios of their
    links contradict each other; ``unfinished`` those the time limit stopped.
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
    threads: int | None = None,
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
    threads : solved at a time; one a core when not given. The answer does not depend on it.
    seconds : time limit; what is not finished by then is the best found, and the gap says so.

    Quantities are counted in thousandths of a unit (kg, litres, kWh): what an offer or a need has
    beyond that stays unused, and an optimal value is the best of all within that rounding.

    Raises
    ------
    FlowError
        If lengths differ, a row number does not exist, or a figure is negative, not finite or
        too large to count.

    >>> best_assignment([10.0], [4.0, 20.0], [0, 0], [0, 1], [50.0, 30.0]).flow
    array([4., 6.])
    """
    given = checked(supply, demand, offer, need, margin, ratio)
    possible = (given.supply[given.offer] > 0) & (given.demand[given.need] > 0)
    worth = np.flatnonzero((given.margin >= 1.0) & possible)
    flow = np.zeros(len(given.margin))
    if not len(worth):
        return Assignment(flow, 0.0, 0.0, "optimal", 0, 0, 0)
    network = given.take(worth)
    parts = components_of(network)
    a, b, plain = potentials(network, parts)
    ordered = network.take(parts.arcs)
    graph = _graph(ordered, parts, a, b)
    tree = simplex.new_tree(int(parts.node_start[-1]))
    finished = _solve(graph, tree, parts, plain, threads or os.cpu_count() or 1, seconds)
    carried = np.zeros(len(graph.tail), dtype=np.int64)
    carried[tree.arc[tree.arc >= 0]] = tree.flow[tree.arc >= 0]
    answer = carried[_places(parts)] / (_GRAIN * a[ordered.offer])
    for part in np.flatnonzero(~plain):
        here = slice(int(parts.arc_start[part]), int(parts.arc_start[part + 1]))
        answer[here] = _linear_programme(ordered, here)
    flow[worth[parts.arcs]] = answer
    value = float(answer @ ordered.margin)
    late = np.flatnonzero(plain & ~finished)
    excess = sum(_shortfall(ordered, parts, int(part), answer, tree, a, b) for part in late)
    return Assignment(
        flow=flow,
        value=value,
        bound=value + excess,
        status="time_limit" if len(late) else "optimal",
        components=parts.count,
        generalised=int((~plain).sum()),
        unfinished=len(late),
    )


def _graph(network: Network, parts: Components, a: Floats, b: Floats) -> simplex.Graph:
    """Return the network in integers, its ratios scaled away; arcs are in order already."""
    nodes = int(parts.node_start[-1])
    amount, giver = np.zeros(nodes), np.zeros(nodes, dtype=bool)
    offers, needs = parts.offer_node >= 0, parts.need_node >= 0
    amount[parts.offer_node[offers]] = (network.supply * a)[offers]
    amount[parts.need_node[needs]] = (network.demand / b)[needs]
    giver[parts.offer_node[offers]] = True
    worth = np.rint(network.margin / a[network.offer])
    # The noise of a product of ratios must not cost a grain.
    grains = np.floor(amount * _GRAIN * (1 + 1e-12))
    if grains.sum() > _MOST or worth.max() > _MOST / nodes:
        raise FlowError("the quantities or margins are too large to be counted in kg and VND")
    roots = parts.node_start[1:] - 1
    node = np.delete(np.arange(nodes), roots)
    root = np.repeat(roots, np.diff(parts.node_start) - 1)
    size = len(network.offer) + len(node)
    tail, head = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    gain = np.zeros(size, dtype=np.int64)
    real = _places(parts)
    slack = np.ones(size, dtype=bool)
    slack[real] = False
    tail[slack] = np.where(giver[node], node, root)
    head[slack] = np.where(giver[node], root, node)
    tail[real] = parts.offer_node[network.offer]
    head[real] = parts.need_node[network.need]
    gain[real] = worth
    return simplex.Graph(grains.astype(np.int64), giver, tail, head, gain)


def _solve(
    graph: simplex.Graph,
    tree: simplex.Tree,
    parts: Components,
    plain: NDArray[np.bool_],
    threads: int,
    seconds: float | None,
) -> NDArray[np.bool_]:
    """Solve every plain component in *tree*, the largest first; say which were finished."""
    stop = np.zeros(1, dtype=np.uint8)
    timer = None
    if seconds is not None:
        timer = threading.Timer(seconds, lambda: stop.fill(1))
        timer.start()

    def solve(part: int) -> bool:
        first, root = int(parts.node_start[part]), int(parts.node_start[part + 1]) - 1
        # Before its slacks stand those of the components before: all nodes but their roots.
        arcs = (
            first - part + int(parts.arc_start[part]),
            root - part + int(parts.arc_start[part + 1]),
        )
        stack = np.empty(root - first + 1, dtype=np.int32)
        return bool(simplex.solve(graph, tree, stack, *arcs, first, root, stop))

    finished = np.zeros(parts.count, dtype=bool)
    order = np.argsort(-np.diff(parts.arc_start), kind="stable")
    with ThreadPoolExecutor(threads) as pool:
        mine = order[plain[order]]
        finished[mine] = list(pool.map(solve, mine.tolist()))
    if timer is not None:
        timer.cancel()
    return finished


def _places(parts: Components) -> NDArray[np.int64]:
    """Return where each arc, in the order of its component, stands after the slacks."""
    slacks = parts.node_start[1:] - np.arange(1, parts.count + 1)
    places: NDArray[np.int64] = np.arange(len(parts.arcs)) + np.repeat(
        slacks, np.diff(parts.arc_start)
    )
    return places


def _shortfall(
    network: Network,
    parts: Components,
    part: int,
    answer: Floats,
    tree: simplex.Tree,
    a: Floats,
    b: Floats,
) -> float:
    """Return how much an unfinished component might still gain: the dual bound of its prices."""
    arcs = slice(int(parts.arc_start[part]), int(parts.arc_start[part + 1]))
    root = int(parts.node_start[part + 1]) - 1
    offers, offer = np.unique(network.offer[arcs], return_inverse=True)
    needs, need = np.unique(network.need[arcs], return_inverse=True)
    # A price of each need at or above 0 bounds every assignment; offers take the best margin left.
    at_need = np.maximum(0.0, tree.price[root] - tree.price[parts.need_node[needs]]).astype(float)
    at_offer = np.zeros(len(offers))
    margin = network.margin[arcs]
    np.maximum.at(at_offer, offer, margin / a[network.offer[arcs]] - at_need[need])
    bound = at_offer @ (network.supply * a)[offers] + at_need @ (network.demand / b)[needs]
    return max(0.0, float(bound - answer[arcs] @ margin))


def _linear_programme(network: Network, arcs: slice) -> Floats:
    """Solve a component whose ratios contradict each other around a loop: a generalised flow."""
    offers, offer = np.unique(network.offer[arcs], return_inverse=True)
    needs, need = np.unique(network.need[arcs], return_inverse=True)
    column = np.arange(len(offer))
    given = coo_array((np.ones(len(column)), (offer, column)), shape=(len(offers), len(column)))
    taken = coo_array((network.ratio[arcs], (need, column)), shape=(len(needs), len(column)))
    solved = linprog(
        -network.margin[arcs],
        A_ub=vstack([given, taken], format="csc"),
        b_ub=np.concatenate([network.supply[offers], network.demand[needs]]),
        method="highs-ds",
    )
    if solved.status != 0:
        raise FlowError(f"a component could not be solved: {solved.message}")
    return np.asarray(np.maximum(solved.x, 0.0))
