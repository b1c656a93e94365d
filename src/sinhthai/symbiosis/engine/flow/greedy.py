"""The quick answer: serve the best margin first. About 9 % below the best on national networks."""

from __future__ import annotations

import numpy as np
from numba import njit

from sinhthai.symbiosis.engine.flow.network import Floats, Network


def greedy(network: Network) -> Floats:
    """Return a feasible flow, offer units a year an arc: best margin first.

    >>> from sinhthai.symbiosis.engine.flow.network import checked
    >>> greedy(checked([5.0], [4.0, 9.0], [0, 0], [0, 1], [1.0, 2.0], None))
    array([0., 5.])
    """
    order = np.argsort(-network.margin, kind="stable")
    left, room = network.supply.copy(), network.demand.copy()
    flow = np.zeros(len(order))
    _fill(order, network.offer, network.need, network.ratio, left, room, flow)
    return flow


def bound(network: Network) -> float:
    """Return what no assignment can exceed, VND.

    The smaller of: every offer at its best margin, every need at its best margin.
    """
    at_offer = np.zeros(len(network.supply))
    np.maximum.at(at_offer, network.offer, network.margin)
    at_need = np.zeros(len(network.demand))
    np.maximum.at(at_need, network.need, network.margin / network.ratio)
    return min(float(at_offer @ network.supply), float(at_need @ network.demand))


@njit(cache=True)
def _fill(order, offer, need, ratio, left, room, flow):  # type: ignore[no-untyped-def]
    for arc in order:
        amount = min(left[offer[arc]], room[need[arc]] / ratio[arc])
        if amount > 0.0:
            flow[arc] = amount
            left[offer[arc]] = max(0.0, left[offer[arc]] - amount)
            room[need[arc]] = max(0.0, room[need[arc]] - amount * ratio[arc])
