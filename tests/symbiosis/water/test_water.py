"""Water targets and networks: published cases to the digits printed, second opinions, balances.

Cases and their numbers: see the docstring of each; marks as in the project's reference of them.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sinhthai.symbiosis.engine.water.cascade import flow_target
from sinhthai.symbiosis.engine.water.design import (
    CLEANED,
    FRESH,
    WASTE,
    Design,
    blend_network,
    design_network,
)
from sinhthai.symbiosis.engine.water.processes import Process, Tap, WaterError
from sinhthai.symbiosis.engine.water.several import network_of_several
from sinhthai.symbiosis.engine.water.targets import regeneration_target, water_target

Rows = list[tuple[float, float, float]]
WANG_SMITH: Rows = [(2, 0, 100), (5, 50, 100), (30, 50, 800), (4, 400, 800)]
OLESEN_POLLEY: Rows = [
    (2, 25, 80), (5, 25, 100), (4, 25, 200), (5, 50, 100), (30, 50, 800), (4, 400, 800),
]  # fmt: skip
COMPANIES: dict[str, Rows] = {
    "A": [(2, 0, 100), (2, 50, 80), (5, 50, 100), (30, 80, 800), (4, 400, 800)],
    "B": [(2, 0, 100), (2, 50, 80), (5, 80, 400), (30, 100, 800), (4, 400, 1000)],
    "C": [(2, 0, 100), (2, 25, 50), (5, 25, 125), (30, 50, 800), (15, 100, 150)],
}


def plant(rows: Rows, owner: str = "") -> list[Process]:
    return [
        Process(f"{owner}{i + 1}", (load,), (inlet,), (outlet,), owner)
        for i, (load, inlet, outlet) in enumerate(rows)
    ]


def test_wang_and_smith_1994_four_processes() -> None:
    """Fresh water only 112.5, re-use 90.0 at 100 ppm; regeneration at 5 ppm 46.2, recycling 20.0."""
    told = water_target(plant(WANG_SMITH))
    assert told.without_reuse == pytest.approx(112.5)
    assert told.fresh == pytest.approx(90.0)
    assert told.pinch == 100
    reuse = regeneration_target(plant(WANG_SMITH), outlet=5, recycling=False)
    assert round(reuse.fresh, 1) == 46.2
    assert reuse.fresh == pytest.approx(9000 / 195)
    assert regeneration_target(plant(WANG_SMITH), outlet=5, recycling=True).fresh == 20.0


def test_olesen_and_polley_1997_six_processes() -> None:
    told = water_target(plant(OLESEN_POLLEY))
    assert (round(told.fresh, 2), told.pinch) == (157.14, 100)


def test_three_companies_save_more_together_than_each_alone() -> None:
    """Olesen & Polley 1996 data as used by Chew 2008: 98.33, 54.64, 186.67; the park 314.36."""
    alone = {name: water_target(plant(rows, name)) for name, rows in COMPANIES.items()}
    assert {n: (round(t.fresh, 2), t.pinch) for n, t in alone.items()} == {
        "A": (98.33, 100),
        "B": (54.64, 400),
        "C": (186.67, 150),
    }
    park = [process for name, rows in COMPANIES.items() for process in plant(rows, name)]
    together = water_target(park)
    assert (round(together.fresh, 2), together.pinch) == (314.36, 150)
    design = design_network(park)
    assert design.fresh == pytest.approx(together.fresh)
    assert design.proven
    assert 1 <= sum(pipe.between_owners for pipe in design.pipes) <= 3
    check_design(design, park)


POLLEY = (
    [(50, 50), (100, 100), (70, 150), (60, 250)],
    [(50, 20), (100, 50), (80, 100), (70, 200)],
)
ALVES_TOWLER = (
    [(1801.9, 25), (138.6, 25), (457.4, 30), (346.5, 27), (623.8, 7), (415.8, 20)],
    [(2495, 19.39), (180.2, 21.15), (720.7, 24.86), (554.4, 22.43)],
)


def taps(rows: list[tuple[float, float]], kind: str) -> list[Tap]:
    return [Tap(f"{kind}{i}", flow, concentration) for i, (flow, concentration) in enumerate(rows)]


@pytest.mark.parametrize(
    ("case", "fresh", "printed"),
    [
        (POLLEY, 0.0, (70.00, 50.00)),  # Polley & Polley 2000: fresh 70, waste 50
        (ALVES_TOWLER, 5.0, (268.82, 102.52)),  # Alves & Towler 2002: import, purge
    ],
)
def test_sources_and_sinks_of_fixed_flow(
    case: tuple[list[tuple[float, float]], list[tuple[float, float]]],
    fresh: float,
    printed: tuple[float, float],
) -> None:
    sources, sinks = taps(case[0], "source"), taps(case[1], "sink")
    told = flow_target(sources, sinks, fresh=fresh)
    assert (round(told.fresh, 2), round(told.waste, 2)) == printed
    assert told.surplus.min() == pytest.approx(0, abs=1e-6)
    network = blend_network(sources, sinks, fresh=fresh)
    assert network.fresh == pytest.approx(told.fresh)
    assert network.waste == pytest.approx(told.waste)
    for sink in sinks:
        into = [pipe for pipe in network.pipes if pipe.taker == sink.name]
        assert sum(pipe.flow for pipe in into) == pytest.approx(sink.flow)
        carried = sum(pipe.flow * pipe.concentration for pipe in into)
        assert carried <= sink.flow * sink.concentration + 1e-6


def several(name: str, flow: float, *limits: tuple[float, float]) -> Process:
    """A process given by its limiting flow and (inlet, outlet) of each contaminant."""
    return Process(
        name,
        tuple(flow * (outlet - inlet) / 1000 for inlet, outlet in limits),
        tuple(inlet for inlet, _ in limits),
        tuple(outlet for _, outlet in limits),
    )


def test_wang_and_smith_two_processes_two_contaminants() -> None:
    """Fresh 54.0: the first takes 40, the second 14 and 21 from the first."""
    network = network_of_several(
        [several("1", 40, (0, 100), (25, 75)), several("2", 35, (80, 240), (30, 90))]
    )
    assert network.status == "optimal"
    assert network.fresh == pytest.approx(54.0, abs=1e-3)
    assert network.supply == pytest.approx({"1": 40.0, "2": 14.0}, abs=1e-3)
    assert network.reuse == pytest.approx({("1", "2"): 21.0}, abs=1e-3)


def test_three_refinery_processes_with_three_contaminants() -> None:
    """Stripper, desulphuriser, desalter of Wang & Smith 1994: 105.6 t/h, from memory."""
    network = network_of_several(
        [
            several("stripper", 45, (0, 15), (0, 400), (0, 35)),
            several("desulphuriser", 34, (20, 120), (300, 12500), (45, 180)),
            several("desalter", 56, (120, 220), (20, 45), (200, 9500)),
        ],
        gap=1e-4,
    )
    assert round(network.fresh, 1) == 105.6
    assert network.bound <= network.fresh <= network.bound * (1 + 2e-4)


small = st.lists(
    st.tuples(st.integers(1, 30), st.integers(0, 300), st.integers(1, 500)), min_size=1, max_size=6
).map(lambda rows: [(float(m), float(c), float(c + d)) for m, c, d in rows])


def linear(processes: list[Process], fresh: float) -> float:
    """The least fresh water by a linear programme written out on its own, outlets at their limits."""
    n = len(processes)
    outlet = np.array([p.outlet_max[0] for p in processes])
    cost = np.concatenate([np.ones(n), np.zeros(n * n)])
    rows, right = [], []
    for i, p in enumerate(processes):
        for limit, load in ((p.inlet_max[0], 0.0), (p.outlet_max[0], p.load[0])):
            row = np.zeros(n + n * n)
            row[i] = fresh - limit
            for j in range(n):
                if j != i:
                    row[n + j * n + i] = outlet[j] - limit
            rows.append(row)
            right.append(-1000 * load)
        balance = np.zeros(n + n * n)
        balance[i] = -1
        for j in range(n):
            if j != i:
                balance[n + j * n + i] -= 1
                balance[n + i * n + j] += 1
        rows.append(balance)
        right.append(0.0)
    solved = linprog(cost, A_ub=np.array(rows), b_ub=np.array(right))
    assert solved.status == 0
    return float(solved.fun)


@given(small)
@settings(deadline=None, max_examples=60)
def test_the_target_is_the_linear_programmes(rows: Rows) -> None:
    processes = plant(rows)
    assert water_target(processes).fresh == pytest.approx(linear(processes, 0.0), rel=1e-6)


@given(small, st.randoms(use_true_random=False), st.floats(0.1, 100))
@settings(deadline=None)
def test_targets_know_neither_order_nor_unit(rows: Rows, random: object, factor: float) -> None:
    told = water_target(plant(rows)).fresh
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert water_target(plant(mixed)).fresh == pytest.approx(told)
    scaled = [(load * factor, inlet, outlet) for load, inlet, outlet in rows]
    assert water_target(plant(scaled)).fresh == pytest.approx(told * factor)


@given(small, st.integers(1, 200))
@settings(deadline=None)
def test_more_freedom_never_needs_more_water(rows: Rows, outlet: int) -> None:
    processes = plant(rows)
    told = water_target(processes)
    assert told.fresh <= told.without_reuse * (1 + 1e-9)
    once = regeneration_target(processes, outlet=outlet, recycling=False)
    again = regeneration_target(processes, outlet=outlet, recycling=True)
    assert again.fresh <= once.fresh * (1 + 1e-9)
    assert once.fresh <= told.fresh * (1 + 1e-9)


@given(small)
@settings(deadline=None, max_examples=25)
def test_networks_reach_the_target_and_lose_nothing(rows: Rows) -> None:
    processes = plant(rows)
    design = design_network(processes)
    assert design.fresh == pytest.approx(water_target(processes).fresh, rel=1e-6)
    check_design(design, processes)


@given(small, st.integers(1, 40))
@settings(deadline=None, max_examples=25)
def test_recycling_networks_reach_their_target(rows: Rows, outlet: int) -> None:
    processes = plant(rows)
    target = regeneration_target(processes, outlet=outlet, recycling=True)
    design = design_network(processes, regeneration=float(outlet))
    assert design.fresh == pytest.approx(target.fresh, rel=1e-5, abs=1e-5)
    check_design(design, processes)


def check_design(design: Design, processes: list[Process]) -> None:
    """Water is neither made nor lost, and nobody gets or gives it dirtier than allowed."""
    total = 0.0
    for process in processes:
        into = [pipe for pipe in design.pipes if pipe.taker == process.name]
        out = [pipe for pipe in design.pipes if pipe.giver == process.name]
        flow = sum(pipe.flow for pipe in into)
        assert sum(pipe.flow for pipe in out) == pytest.approx(flow, abs=1e-4)
        carried = sum(pipe.flow * pipe.concentration for pipe in into)
        room = 1e-4 * max(1.0, carried)
        assert carried <= flow * process.inlet_max[0] + room
        assert carried + 1000 * process.load[0] <= flow * process.outlet_max[0] + room
        # What comes in and what is picked up goes out again: the concentrations are true ones.
        gone = sum(pipe.flow * pipe.concentration for pipe in out)
        assert gone == pytest.approx(carried + 1000 * process.load[0], rel=1e-6, abs=1e-3)
        total += sum(pipe.flow for pipe in out if pipe.taker == WASTE)
    fresh = sum(pipe.flow for pipe in design.pipes if pipe.giver == FRESH)
    assert fresh == pytest.approx(design.fresh, abs=1e-4)
    assert total == pytest.approx(fresh, abs=1e-3)
    cleaned = sum(pipe.flow for pipe in design.pipes if pipe.giver == CLEANED)
    sent = sum(pipe.flow for pipe in design.pipes if pipe.taker == CLEANED)
    assert cleaned == pytest.approx(sent, abs=1e-4)


@given(small)
@settings(deadline=None, max_examples=15)
def test_several_contaminants_with_one_are_one(rows: Rows) -> None:
    processes = plant(rows[:3])
    network = network_of_several(processes)
    assert network.fresh == pytest.approx(water_target(processes).fresh, rel=2e-5, abs=1e-6)


def test_several_contaminants_with_a_regeneration_need_less() -> None:
    processes = [several("1", 40, (0, 100), (25, 75)), several("2", 35, (80, 240), (30, 90))]
    network = network_of_several(processes, regeneration=(10.0, 10.0))
    assert network.fresh < 54.0
    assert sum(network.cleaned.values()) == pytest.approx(sum(network.sent.values()), abs=1e-6)
    # The first needs its inlet free of the first contaminant: fresh water for all of its flow.
    assert network.supply["1"] == pytest.approx(40.0, abs=1e-3)


@pytest.mark.parametrize("recycling", [True, False])
def test_regeneration_as_clean_as_fresh_water_is_refused(recycling: bool) -> None:
    with pytest.raises(WaterError, match="no dirtier than fresh water"):
        regeneration_target(plant(WANG_SMITH), outlet=0, recycling=recycling)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Process("p", (1.0,), (100.0,), (50.0,)), "not cleaner than the outlet"),
        (lambda: Process("p", (-1.0,), (0.0,), (50.0,)), "load is negative"),
        (lambda: Process("p", (1.0, 2.0), (0.0,), (50.0,)), "one entry a contaminant"),
        (lambda: Tap("t", float("nan"), 5.0), "not a number"),
        (lambda: water_target(plant(WANG_SMITH), fresh=10.0), "needs water cleaner"),
        (
            lambda: water_target([several("2", 1, (0, 5), (0, 5))]),
            "several contaminants",
        ),
        (lambda: design_network(plant([(1, 0, 9)]) * 2), "same name"),
        (
            lambda: flow_target([Tap("a", 5, 9)], [Tap("b", 5, 1)], fresh=2.0),
            "no source is clean enough",
        ),
        (
            lambda: blend_network([Tap("a", 5, 9)], [Tap("b", 5, 1)], fresh=2.0),
            "no network serves",
        ),
        (lambda: network_of_several([]), "no process"),
        (
            lambda: network_of_several(plant([(1, 0, 9)]), fresh=(1.0,)),
            "cleaner than fresh water",
        ),
    ],
)
def test_what_is_no_water_problem_is_refused(build: object, words: str) -> None:
    with pytest.raises(WaterError, match=words):
        build()  # type: ignore[operator]


def test_nothing_to_serve_needs_nothing() -> None:
    assert water_target([]).fresh == 0.0
    assert water_target(plant([(0.0, 10.0, 20.0)])).pinch is None
    assert flow_target([Tap("a", 5.0, 3.0)], []).waste == 5.0


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 90))
def test_the_cascade_is_the_linear_programmes(first: int, second: int, fresh: int) -> None:
    sources, sinks = taps(POLLEY[0], "source"), taps([(50, 20), (100, 50)], "sink")
    sources += [Tap("x", float(first), 120.0)]
    sinks += [Tap("y", float(second), 180.0)]
    assume(fresh <= 20)
    told = flow_target(sources, sinks, fresh=float(fresh))
    assert blend_network(sources, sinks, fresh=float(fresh), seconds=0.2).fresh == pytest.approx(
        told.fresh, rel=1e-6, abs=1e-6
    )
