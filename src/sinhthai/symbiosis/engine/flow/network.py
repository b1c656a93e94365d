"""The transport network of an assignment: checked, split into components, counted in integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_AGREE = 1e-9
"""Ratios around a loop must multiply to 1 within this, else they contradict each other."""


class FlowError(ValueError):
    """The tables of a flow do not describe one, or its figures are out of range."""


@dataclass(frozen=True, slots=True)
class Network:
    """Supplies (n,), demands (m,), and arcs (k,) with margin and ratio; see ``best_assignment``."""

    supply: Floats
    demand: Floats
    offer: Ints
    need: Ints
    margin: Floats
    ratio: Floats

    def take(self, arcs: NDArray[np.intp]) -> Network:
        """Return the network with only *arcs*, in that order."""
        return Network(
            self.supply,
            self.demand,
            self.offer[arcs],
            self.need[arcs],
            self.margin[arcs],
            self.ratio[arcs],
        )


@dataclass(frozen=True, slots=True)
class Components:
    """Arcs and nodes in the order of their component.

    ``arcs`` are positions in the network; component *c* has those from ``arc_start[c]`` to
    ``arc_start[c + 1]``. ``offer_node`` (n,) and ``need_node`` (m,) number the nodes the same way,
    each component's root after its nodes: ``node_start[c + 1] - 1``. Rows without an arc are -1.
    """

    arcs: NDArray[np.intp]
    arc_start: Ints
    node_start: Ints
    offer_node: Ints
    need_node: Ints

    @property
    def count(self) -> int:
        """The number of components that have an arc."""
        return len(self.arc_start) - 1


def checked(
    supply: ArrayLike,
    demand: ArrayLike,
    offer: ArrayLike,
    need: ArrayLike,
    margin: ArrayLike,
    ratio: ArrayLike | None,
) -> Network:
    """Return the network, or FlowError that names the table at fault."""
    for name, rows in (("offer", np.asarray(offer)), ("need", np.asarray(need))):
        if rows.size and not np.issubdtype(rows.dtype, np.integer):
            raise FlowError(f"the {name}s of the arcs are not row numbers")
    network = Network(
        np.asarray(supply, dtype=np.float64),
        np.asarray(demand, dtype=np.float64),
        np.asarray(offer, dtype=np.int64),
        np.asarray(need, dtype=np.int64),
        np.asarray(margin, dtype=np.float64),
        np.ones(len(np.asarray(offer))) if ratio is None else np.asarray(ratio, dtype=np.float64),
    )
    arcs = {len(network.offer), len(network.need), len(network.margin), len(network.ratio)}
    if len(arcs) != 1:
        raise FlowError("offer, need, margin and ratio must have one entry an arc")
    for name, column in (("supply", network.supply), ("demand", network.demand)):
        if not np.isfinite(column).all() or (column < 0).any():
            raise FlowError(f"a {name} is negative or not a number")
    if not np.isfinite(network.margin).all():
        raise FlowError("a margin is not a number")
    if not np.isfinite(network.ratio).all() or (network.ratio <= 0).any():
        raise FlowError("a ratio is not above zero")
    for name, rows, size in (
        ("offer", network.offer, len(network.supply)),
        ("need", network.need, len(network.demand)),
    ):
        wrong = rows[(rows < 0) | (rows >= size)]
        if len(wrong):
            raise FlowError(f"an arc names {name} {int(wrong[0])}, but there are {size}")
    return network


def components_of(network: Network) -> Components:
    """Return the connected components of the offers and needs that share an arc."""
    offers, needs = len(network.supply), len(network.demand)
    ones = np.ones(len(network.offer), dtype=np.int8)
    graph = coo_array(
        (ones, (network.offer, network.need + offers)), shape=(offers + needs, offers + needs)
    )
    _, label = connected_components(graph, directed=False)
    used = np.zeros(offers + needs, dtype=bool)
    used[network.offer] = True
    used[network.need + offers] = True
    # Components without an arc drop out of the numbering.
    numbers, label_used = np.unique(label[used], return_inverse=True)
    order = np.argsort(label_used, kind="stable")
    node = np.full(offers + needs, -1, dtype=np.int64)
    node[np.flatnonzero(used)[order]] = np.arange(len(order)) + label_used[order]
    sizes = np.bincount(label_used, minlength=len(numbers)) + 1
    of_arc = np.searchsorted(numbers, label[network.offer])
    arcs = np.argsort(of_arc, kind="stable")
    return Components(
        arcs=arcs,
        arc_start=_starts(np.bincount(of_arc, minlength=len(numbers))),
        node_start=_starts(sizes),
        offer_node=node[:offers],
        need_node=node[offers:],
    )


def _starts(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def potentials(network: Network, parts: Components) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    r"""Return factors that make the ratios of each component one, where that is possible.

    With :math:`r_{ij} = a_i b_j` the flow :math:`y = a x` is a plain one: supplies
    :math:`a_i s_i`, demands :math:`d_j / b_j`.

    Returns
    -------
    a : (n,), b : (m,), consistent : (components,) whether the factors fit every arc.
    """
    a, b = np.ones(len(network.supply)), np.ones(len(network.demand))
    if (network.ratio == 1.0).all():
        return a, b, np.ones(parts.count, dtype=bool)
    offers = len(network.supply)
    by_offer = np.argsort(network.offer, kind="stable")
    by_need = np.argsort(network.need, kind="stable")
    offer_start = np.searchsorted(network.offer[by_offer], np.arange(offers + 1))
    need_start = np.searchsorted(network.need[by_need], np.arange(len(network.demand) + 1))
    _spread(
        network.offer, network.need, network.ratio, by_offer, offer_start, by_need, need_start, a, b
    )
    off = np.abs(network.ratio / (a[network.offer] * b[network.need]) - 1.0)[parts.arcs] > _AGREE
    return a, b, np.add.reduceat(off, parts.arc_start[:-1]) == 0


@njit(cache=True)
def _spread(  # type: ignore[no-untyped-def]
    offer, need, ratio, by_offer, offer_start, by_need, need_start, a, b
):
    """Walk every component from its first offer and set the factors along the way."""
    seen_offer = np.zeros(len(a), dtype=np.bool_)
    seen_need = np.zeros(len(b), dtype=np.bool_)
    queue = np.empty(len(a) + len(b), dtype=np.int64)
    for root in range(len(a)):
        if seen_offer[root]:
            continue
        seen_offer[root] = True
        queue[0] = root
        head, tail = 0, 1
        while head < tail:
            node = queue[head]
            head += 1
            if node >= 0:
                for at in range(offer_start[node], offer_start[node + 1]):
                    arc = by_offer[at]
                    if not seen_need[need[arc]]:
                        seen_need[need[arc]] = True
                        b[need[arc]] = ratio[arc] / a[node]
                        queue[tail] = -1 - need[arc]
                        tail += 1
            else:
                here = -1 - node
                for at in range(need_start[here], need_start[here + 1]):
                    arc = by_need[at]
                    if not seen_offer[offer[arc]]:
                        seen_offer[offer[arc]] = True
                        a[offer[arc]] = ratio[arc] / b[here]
                        queue[tail] = offer[arc]
                        tail += 1
