"""The assignment against linear programming, networkx, a textbook case, and its own limits."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sinhthai.symbiosis.engine.flow import FlowError, best_assignment
from sinhthai.symbiosis.engine.flow.greedy import bound, greedy
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
    done = best_assignment(**network, processes=2)
    assert done.value == pytest.approx(linear(network, np.ones(len(network["offer"]))), abs=1.0)
    check_feasible(network, done.flow, np.ones(len(network["offer"])))


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_ratios_that_agree_are_a_flow_and_others_a_linear_programme(seed: int) -> None:
    network = nation(seed, 6, 6, 20)
    random = np.random.default_rng(seed)
    offers, needs = random.uniform(0.5, 2, 6), random.uniform(0.5, 2, 6)
    agreeing = offers[network["offer"]] * needs[network["need"]]
    done = best_assignment(**network, ratio=agreeing, processes=1)
    assert done.generalised == 0
    assert done.value == pytest.approx(linear(network, agreeing), rel=1e-4, abs=5.0)
    check_feasible(network, done.flow, agreeing)

    crossed = agreeing * random.uniform(0.5, 2, len(agreeing))
    other = best_assignment(**network, ratio=crossed, processes=1)
    assert other.value == pytest.approx(linear(network, crossed), rel=1e-4, abs=5.0)
    check_feasible(network, other.flow, crossed)


def check_feasible(network: dict[str, np.ndarray], flow: np.ndarray, ratio: np.ndarray) -> None:
    given_away = np.bincount(network["offer"], flow, len(network["supply"]))
    taken = np.bincount(network["need"], flow * ratio, len(network["demand"]))
    assert (flow >= 0).all()
    assert (given_away <= network["supply"] + 1e-6).all()
    assert (taken <= network["demand"] + 1e-6).all()


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
    assert best_assignment(**network, processes=1).value == pytest.approx(-cost / 1000, abs=0.01)


def test_processes_and_linear_programmes_agree() -> None:
    network = nation(11, 50, 50, 400)
    here = best_assignment(**network, processes=0)
    there = best_assignment(**network, processes=2)
    assert here.value == pytest.approx(there.value, abs=0.5)


def test_the_order_of_the_arcs_and_the_number_of_processes_change_nothing() -> None:
    network = nation(5, 60, 60, 200)
    whole = best_assignment(**network, processes=1)
    order = np.random.default_rng(0).permutation(len(network["offer"]))
    mixed = {
        name: column[order] if name in ("offer", "need", "margin") else column
        for name, column in network.items()
    }
    again = best_assignment(**mixed, processes=3)
    assert again.value == pytest.approx(whole.value, abs=0.01)
    assert whole.components > 1


def test_quantities_in_kilograms_give_the_same_value() -> None:
    network = nation(8, 20, 20, 80)
    scaled = dict(network)
    scaled["supply"], scaled["demand"] = network["supply"] * 100, network["demand"] * 100
    assert best_assignment(**scaled).value == pytest.approx(
        100 * best_assignment(**network).value, rel=1e-6
    )


def test_greedy_is_feasible_and_below_and_the_bound_above() -> None:
    for seed in range(5):
        network = nation(seed, 30, 30, 150)
        network["margin"] = np.abs(network["margin"]) + 1
        best = best_assignment(**network)
        plain = checked(*network.values(), None)
        quick = greedy(plain)
        check_feasible(network, quick, np.ones(len(quick)))
        assert quick @ network["margin"] <= best.value + 1e-6
        assert bound(plain) >= best.value - 1e-6


def test_a_time_limit_gives_the_greedy_answer_and_an_honest_gap() -> None:
    network = nation(4, 200, 200, 4000)
    network["margin"] = np.abs(network["margin"]) + 1
    best = best_assignment(**network)
    late = best_assignment(**network, processes=2, seconds=0.0)
    assert late.status == "time_limit"
    assert late.unfinished >= 1
    assert late.value <= best.value <= late.bound
    assert 0 < late.gap < 1
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
    assert [sorted(parts.of(k).tolist()) for k in range(parts.count)] == [[0, 3], [1, 2]]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"supply": [-1.0]}, "supply is negative"),
        ({"demand": [float("nan")]}, "demand is negative or not a number"),
        ({"margin": [float("inf")]}, "margin is not a number"),
        ({"offer": [3]}, "names offer 3, but there are 1"),
        ({"need": [-1]}, "names need -1"),
        ({"margin": [1.0, 2.0]}, "one entry an arc"),
        ({"ratio": [0.0]}, "ratio is not above zero"),
    ],
)
def test_what_is_no_network_is_refused(broken: dict[str, list[float]], words: str) -> None:
    good = {"supply": [1.0], "demand": [1.0], "offer": [0], "need": [0], "margin": [1.0]}
    with pytest.raises(FlowError, match=words):
        best_assignment(**{**good, **broken})


def test_a_worker_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sinhthai.symbiosis.engine.flow.processes._WORKER", "no-such-file.py")
    with pytest.raises(FlowError, match="worker process"):
        best_assignment([1.0], [1.0], [0], [0], [9.0], processes=1)


def test_the_solvers_never_meet_in_one_process() -> None:
    script = (
        "import sys, highspy; from sinhthai.symbiosis.engine.flow import best_assignment; "
        "best_assignment([1.0], [1.0], [0], [0], [9.0], processes=1); assert 'ortools' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
