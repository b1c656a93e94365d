"""A process that solves components by OR-Tools: arrays in on stdin, flows out on stdout.

Run as a file of its own; nothing of the parent is imported, so that HiGHS may live there.
"""

from __future__ import annotations

import sys
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read components, solve each, write its number, a status (0 is optimal) and its flows."""
    start, offer, need, cost, offers, supply, needs, demand = (
        np.frombuffer(source.read(8 * int.from_bytes(source.read(8), "little")), dtype=np.int64)
        for _ in range(8)
    )
    for part in range(len(start) - 1):
        arcs = slice(start[part], start[part + 1])
        status, flow = solve(
            supply[offers[part] : offers[part + 1]],
            demand[needs[part] : needs[part + 1]],
            offer[arcs],
            need[arcs],
            cost[arcs],
        )
        target.write(np.array([part, status, len(flow)], dtype=np.int64).tobytes())
        target.write(flow.tobytes())
        target.flush()


def solve(supply: Ints, demand: Ints, offer: Ints, need: Ints, margin: Ints) -> tuple[int, Ints]:
    """Return (0, flow of each arc), or the status OR-Tools gave and no flow.

    One more node takes what no offer wants to give away and what each need receives, so that
    leaving something over costs nothing.
    """
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    rest = len(supply) + len(demand)
    into = np.arange(len(supply), rest, dtype=np.int32)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        offer.astype(np.int32),
        (need + len(supply)).astype(np.int32),
        np.minimum(supply[offer], demand[need]),
        -margin,
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        into, np.full(len(into), rest, dtype=np.int32), demand, np.zeros(len(into), dtype=np.int64)
    )
    givers = np.arange(len(supply), dtype=np.int32)
    solver.add_arcs_with_capacity_and_unit_cost(
        givers,
        np.full(len(givers), rest, dtype=np.int32),
        supply,
        np.zeros(len(givers), dtype=np.int64),
    )
    solver.set_nodes_supplies(givers, supply)
    solver.set_node_supply(rest, -int(supply.sum()))
    status = solver.solve()
    if status != solver.OPTIMAL:
        return int(status), np.empty(0, dtype=np.int64)
    return 0, np.asarray(solver.flows(arcs), dtype=np.int64)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
