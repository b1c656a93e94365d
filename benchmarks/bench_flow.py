"""The network of a nation: which offers serve which needs, all together.

Ours (components, own network simplex) beside one monolithic OR-Tools min-cost flow of the same
integers, and NetworkX on a size it can do; every answer is checked to the cent. OR-Tools runs in
a process of its own: it cannot share one with HiGHS. `--quick` leaves the long contestants out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
import numpy as np

from sinhthai.symbiosis.engine.flow import best_assignment
from sinhthai.symbiosis.engine.matching.run import run
from symbiosis_nation import Nation, nation

Arcs = dict[str, np.ndarray]
NETWORKX_ENTERPRISES = 1_000


def arcs_of(enterprises: int, top: int) -> Arcs:
    """Return supplies, demands and profitable arcs in whole kilograms and dong."""
    parks = max(4, 436 * enterprises // 20_000)
    problem = nation(Nation(enterprises=enterprises, parks=parks), top=top, order="value")
    pairs = run(problem)
    quantity = pairs["quantity"].to_numpy()
    margin = np.floor(pairs["value"].to_numpy() / np.where(quantity > 0, quantity, 1.0))
    worth = (margin >= 1) & ~np.isnan(margin)
    return {
        "supply": np.round(problem.offers["quantity"].to_numpy(), 3),
        "demand": np.round(problem.needs["quantity"].to_numpy(), 3),
        "offer": pairs["offer"].to_numpy()[worth].astype(np.int64),
        "need": pairs["need"].to_numpy()[worth].astype(np.int64),
        "margin": margin[worth],
    }


def ours(arcs: Arcs) -> tuple[float, float]:
    """Return seconds and value."""
    best_assignment([1.0], [1.0], [0], [0], [2.0])  # compiled or read from the cache before
    start = time.perf_counter()
    done = best_assignment(**arcs)
    seconds = time.perf_counter() - start
    if done.status != "optimal":
        raise SystemExit("the assignment is not proven optimal")
    return seconds, done.value


_OR_TOOLS = """
import sys, time
import numpy as np
from ortools.graph.python import min_cost_flow
arcs = np.load(sys.argv[1])
supply, demand = (np.rint(arcs[name] * 1000).astype(np.int64) for name in ("supply", "demand"))
n, m = len(supply), len(demand)
start = time.perf_counter()
solver = min_cost_flow.SimpleMinCostFlow()
nodes = np.arange(n + m, dtype=np.int32)
numbers = solver.add_arcs_with_capacity_and_unit_cost(
    arcs["offer"].astype(np.int32), (arcs["need"] + n).astype(np.int32),
    np.minimum(supply[arcs["offer"]], demand[arcs["need"]]), -arcs["margin"].astype(np.int64))
solver.add_arcs_with_capacity_and_unit_cost(
    nodes, np.full(n + m, n + m, np.int32), np.concatenate([supply, demand]),
    np.zeros(n + m, np.int64))
solver.set_nodes_supplies(nodes[:n], supply)
solver.set_node_supply(n + m, -int(supply.sum()))
assert solver.solve() == solver.OPTIMAL
flow = np.asarray(solver.flows(numbers))
print(time.perf_counter() - start, float(flow @ arcs["margin"]) / 1000)
"""


def or_tools(arcs: Arcs) -> tuple[float, float]:
    """Return seconds and value of the monolith."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "arcs.npz"
        np.savez(file, **arcs)
        command = [sys.executable, "-c", _OR_TOOLS, str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, value = done.stdout.split()
    return float(seconds), float(value)


def networkx(arcs: Arcs) -> tuple[float, float]:
    """Return seconds and value of its network simplex."""
    supply, demand = (np.rint(arcs[n] * 1000).astype(int).tolist() for n in ("supply", "demand"))
    start = time.perf_counter()
    graph = nx.DiGraph()
    graph.add_node("rest", demand=sum(supply))
    for i, amount in enumerate(supply):
        graph.add_node(i, demand=-amount)
        graph.add_edge(i, "rest", weight=0)
    for j, amount in enumerate(demand, start=len(supply)):
        graph.add_edge(j, "rest", weight=0, capacity=amount)
    columns = (arcs["offer"], arcs["need"] + len(supply), -arcs["margin"].astype(int))
    graph.add_weighted_edges_from(zip(*(c.tolist() for c in columns), strict=True))
    cost, _ = nx.network_simplex(graph)
    return time.perf_counter() - start, -cost / 1000


def compare(title: str, arcs: Arcs, peers: dict[str, object]) -> None:
    seconds, value = ours(arcs)
    print(f"\n{title}: {len(arcs['offer']):,} profitable arcs, {value / 1e9:,.1f} bn VND a year")
    print(f"  {'ours':28}{seconds:9.2f} s")
    for name, peer in peers.items():
        other, their_value = peer(arcs)  # type: ignore[operator]
        same = abs(their_value - value) < 0.01 + 1e-12 * abs(value)
        print(f"  {name:28}{other:9.2f} s  ours is {other / seconds:6.1f} x faster, same: {same}")
        if not same:
            raise SystemExit(f"the optima differ: {value} and {their_value}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    size = 4_000 if quick else 20_000
    small = arcs_of(NETWORKX_ENTERPRISES, 60)
    compare(f"{NETWORKX_ENTERPRISES:,} enterprises", small, {"NetworkX network simplex": networkx})
    monolith = {"OR-Tools, one flow": or_tools}
    ten = arcs_of(size, 10)
    compare(f"{size:,} enterprises, ten partners an offer", ten, monolith)
    every = arcs_of(size, 200)
    compare(f"{size:,} enterprises, every partner", every, {} if quick else monolith)
    lost = 1 - best_assignment(**ten).value / best_assignment(**every).value
    print(f"\nTen partners an offer lose {100 * lost:.1f} % of the attainable value.")


if __name__ == "__main__":
    main()
