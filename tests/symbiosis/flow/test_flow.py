"""The assignment against linear programming, networkx, a textbook case, and its own limits."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sinhthai.symbiosis.engine.flow import FlowError, best_assignment, simplex
from sinhthai.symbiosis.engine.flow.network import checked, components_of


def nation(seed: int, offers: int, needs: int, arcs: int) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    pairs = np.unique(random.integers(0, offers * needs, arcs))
    return {
        "supply": np.round(random.lognormal(3, 1, offers), 3),
        "demand": np.round(random.lognormal(3, 1, needs), 3),
        "offer": pairs // needs,
        "need": pairs % needs,
        "margin": random.integers(-200, 900, len(pairs)).astype(float),
    }


def linear(network: dict[str, np.ndarray], ratio: np.ndarray) -> float:
    """The same programme written out for a general solver."""
    rows = len(network["supply"]) + len(network["demand"])
    matrix = np.zeros((rows, len(network["offer"])))
    column = np.arange(len(network["offer"]))
    matrix[network["offer"], column] = 1.0
    matrix[len(network["supply"]) + network["need"], column] = ratio
    right = np.concatenate([network["supply"], network["demand"]])
    solved = linprog(-network["margin"], A_ub=matrix, b_ub=right)
    assert solved.status == 0
    return -float(solved.fun)


def test_dantzigs_transport_costs_what_the_book_says() -> None:
    """G. Dantzig, Linear Programming and Extensions, 1963: 153.675 thousand dollars."""
    thousand_miles = np.array([2.5, 1.7, 1.8, 2.5, 1.8, 1.4])
    cost = 90 * thousand_miles / 1000
    # Serving a case is worth 1,000; what it costs is left when the benefit is taken off.
    done = best_assignment(
        [350, 600], [325, 300, 275], [0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], (1 - cost) * 1e6
    )
    assert done.status == "optimal"
    assert done.flow.sum() == pytest.approx(900)
    assert (done.flow @ cost) == pytest.approx(153.675, abs=5e-4)


@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 12), st.integers(1, 40))
@settings(max_examples=15, deadline=None)
def test_it_is_the_optimum_of_the_linear_programme(
    seed: int, offers: int, needs: int, arcs: int
) -> None:
    network = nation(seed, offers, needs, arcs)
    done = best_assignment(**network)
    assert done.value == pytest.approx(linear(network, np.ones(len(network["offer"]))), abs=1.0)
    check_feasible(network, done.flow, np.ones(len(network["offer"])))


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_ratios_that_agree_are_a_flow_and_others_a_linear_programme(seed: int) -> None:
    network = nation(seed, 6, 6, 20)
    random = np.random.default_rng(seed)
    offers, needs = random.uniform(0.5, 2, 6), random.uniform(0.5, 2, 6)
    agreeing = offers[network["offer"]] * needs[network["need"]]
    done = best_assignment(**network, ratio=agreeing)
    assert done.generalised == 0
    assert done.value == pytest.approx(linear(network, agreeing), rel=1e-4, abs=5.0)
    check_feasible(network, done.flow, agreeing)

    crossed = agreeing * random.uniform(0.5, 2, len(agreeing))
    other = best_assignment(**network, ratio=crossed)
    assert other.value == pytest.approx(linear(network, crossed), rel=1e-4, abs=5.0)
    check_feasible(network, other.flow, crossed)


def stopped_after(pivots: int) -> Callable[..., bool]:
    """The solver, told to stop after so many pivots as a time limit would."""

    class Counter:
        """Reads as "go on" so many times."""

        left = pivots

        def __getitem__(self, _: int) -> int:
            self.left -= 1
            return int(self.left < 0)

    solve = simplex.solve.py_func
    return lambda *given: solve(*given[:-1], Counter())


def check_feasible(network: dict[str, np.ndarray], flow: np.ndarray, ratio: np.ndarray) -> None:
    given_away = np.bincount(network["offer"], flow, len(network["supply"]))
    taken = np.bincount(network["need"], flow * ratio, len(network["demand"]))
    assert (flow >= 0).all()
    assert (given_away <= network["supply"] + 1e-6).all()
    assert (taken <= network["demand"] + 1e-6).all()


def test_ties_everywhere_end_at_the_optimum() -> None:
    """Equal supplies, demands and margins: every pivot is degenerate, and it must not cycle."""
    for seed in range(20):
        network = nation(seed, 30, 30, 400)
        network["supply"][:] = network["demand"][:] = 1.0
        network["margin"] = np.random.default_rng(seed).integers(1, 3, len(network["offer"])) * 1.0
        done = best_assignment(**network)
        assert done.value == pytest.approx(linear(network, np.ones(len(network["offer"]))))


def test_networkx_agrees_to_the_cent() -> None:
    network = nation(3, 40, 40, 300)
    graph = nx.DiGraph()
    kg = {name: np.round(network[name] * 1000).astype(int) for name in ("supply", "demand")}
    graph.add_node("rest", demand=int(kg["supply"].sum()))
    for i, amount in enumerate(kg["supply"]):
        graph.add_node(("o", i), demand=-int(amount))
        graph.add_edge(("o", i), "rest", weight=0)
    for j, amount in enumerate(kg["demand"]):
        graph.add_edge(("n", j), "rest", weight=0, capacity=int(amount))
    for i, j, m in zip(network["offer"], network["need"], network["margin"], strict=True):
        graph.add_edge(("o", int(i)), ("n", int(j)), weight=-int(m))
    cost, _ = nx.network_simplex(graph)
    assert best_assignment(**network).value == pytest.approx(-cost / 1000, abs=0.01)


def test_the_order_of_the_arcs_and_the_number_of_threads_change_nothing() -> None:
    network = nation(5, 60, 60, 200)
    whole = best_assignment(**network, threads=1)
    order = np.random.default_rng(0).permutation(len(network["offer"]))
    mixed = {
        name: column[order] if name in ("offer", "need", "margin") else column
        for name, column in network.items()
    }
    again = best_assignment(**mixed, threads=3)
    assert again.value == pytest.approx(whole.value, abs=0.01)
    assert whole.components > 1


def test_quantities_in_kilograms_give_the_same_value() -> None:
    network = nation(8, 20, 20, 80)
    scaled = dict(network)
    scaled["supply"], scaled["demand"] = network["supply"] * 100, network["demand"] * 100
    assert best_assignment(**scaled).value == pytest.approx(
        100 * best_assignment(**network).value, rel=1e-6
    )


@pytest.mark.parametrize("pivots", [0, 30, 300])
def test_stopped_early_it_is_feasible_and_its_gap_honest(
    monkeypatch: pytest.MonkeyPatch, pivots: int
) -> None:
    network = nation(4, 200, 200, 4000)
    best = best_assignment(**network)
    monkeypatch.setattr(simplex, "solve", stopped_after(pivots))
    late = best_assignment(**network)
    assert late.status == "time_limit"
    assert late.unfinished >= 1
    assert late.value <= best.value <= late.bound
    assert 0 < late.gap <= 1
    check_feasible(network, late.flow, np.ones(len(late.flow)))


def test_arcs_that_bring_nothing_stay_empty_and_nothing_is_no_error() -> None:
    done = best_assignment([5.0], [5.0], [0], [0], [-3.0])
    assert (done.flow == 0).all()
    assert (done.value, done.status, done.components, done.gap) == (0.0, "optimal", 0, 0.0)
    assert best_assignment([], [], [], [], []).value == 0.0
    assert best_assignment([0.0], [5.0], [0], [0], [9.0]).value == 0.0


def test_components_split_what_is_not_connected() -> None:
    network = checked([1, 1, 1], [1, 1, 1], [0, 2, 1, 0], [0, 2, 2, 1], [1, 1, 1, 1], None)
    parts = components_of(network)
    bounds = list(zip(parts.arc_start, parts.arc_start[1:], strict=False))
    assert [sorted(parts.arcs[a:b].tolist()) for a, b in bounds] == [[0, 3], [1, 2]]
    # Two nodes each and their root: 1 + 2 + 1 and 2 + 1 + 1.
    assert parts.node_start.tolist() == [0, 4, 8]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"supply": [-1.0]}, "supply is negative"),
        ({"demand": [float("nan")]}, "demand is negative or not a number"),
        ({"margin": [float("inf")]}, "margin is not a number"),
        ({"offer": [3]}, "names offer 3, but there are 1"),
        ({"offer": [0.9]}, "offers of the arcs are not row numbers"),
        ({"need": [-1]}, "names need -1"),
        ({"margin": [1.0, 2.0]}, "one entry an arc"),
        ({"ratio": [0.0]}, "ratio is not above zero"),
        ({"supply": [1e15]}, "too large to be counted"),
    ],
)
def test_what_is_no_network_is_refused(broken: dict[str, list[float]], words: str) -> None:
    good = {"supply": [1.0], "demand": [1.0], "offer": [0], "need": [0], "margin": [1.0]}
    with pytest.raises(FlowError, match=words):
        best_assignment(**{**good, **broken})


def test_a_time_limit_stops_the_compiled_solver() -> None:
    network = nation(4, 20_000, 20_000, 900_000)
    network["margin"] = np.abs(network["margin"]) + 1
    late = best_assignment(**network, seconds=1e-4)
    assert late.status == "time_limit"
    assert late.bound > late.value
    check_feasible(network, late.flow, np.ones(len(late.flow)))


def test_or_tools_agrees_to_the_cent() -> None:
    """Run apart: OR-Tools and HiGHS cannot be loaded into one process."""
    script = """
import sys, numpy as np
from ortools.graph.python import min_cost_flow
network = np.load(sys.argv[1])
kg = {name: np.rint(network[name] * 1000).astype(np.int64) for name in ("supply", "demand")}
n, m = len(kg["supply"]), len(kg["demand"])
solver = min_cost_flow.SimpleMinCostFlow()
nodes = np.arange(n + m, dtype=np.int32)
rest = np.full(n + m, n + m, dtype=np.int32)
amounts = np.concatenate([kg["supply"], kg["demand"]])
solver.add_arcs_with_capacity_and_unit_cost(
    network["offer"].astype(np.int32), (network["need"] + n).astype(np.int32),
    np.minimum(kg["supply"][network["offer"]], kg["demand"][network["need"]]),
    -network["margin"].astype(np.int64))
solver.add_arcs_with_capacity_and_unit_cost(nodes, rest, amounts, np.zeros(n + m, np.int64))
solver.set_nodes_supplies(nodes[:n], kg["supply"])
solver.set_node_supply(n + m, -int(kg["supply"].sum()))
assert solver.solve() == solver.OPTIMAL
print(-solver.optimal_cost())
"""
    network = nation(21, 3_000, 3_000, 30_000)
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        np.savez(file, **network)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", script, file.name], capture_output=True, text=True, check=True
        )
    assert best_assignment(**network).value == pytest.approx(int(done.stdout) / 1000, abs=0.01)
