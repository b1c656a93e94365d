"""Who gives whom water, with one contaminant: least fresh water first, then fewest pipes.

With one contaminant there is a best network in which every process lets its water out as dirty
as it may (M. Savelski, M. Bagajewicz, Chem. Eng. Sci. 55 (2000) 5035-5048): concentrations are
known, and the network is a mixed-integer linear programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.highs import Floats, Model, Solver
from sinhthai.symbiosis.engine.water.processes import (
    PPM,
    Process,
    Tap,
    WaterError,
    check_one_contaminant,
    outlets,
)

FRESH, WASTE, CLEANED = "fresh water", "waste", "regeneration"
_KEPT = 1e-9
"""Flows under this share of the largest are the noise of the solver."""
_ABROAD = 1_000.0
"""A pipe between enterprises weighs so many pipes inside one."""


@dataclass(frozen=True, slots=True)
class Pipe:
    """Water [t/h] at *concentration* [ppm] from one place to another."""

    giver: str
    taker: str
    flow: float
    concentration: float
    between_owners: bool


@dataclass(frozen=True, slots=True)
class Design:
    """The network: least ``fresh`` and then ``regenerated`` water [t/h], and its pipes.

    ``proven`` says whether fewer pipes are ruled out; the water is the least in any case.
    """

    fresh: float
    regenerated: float
    waste: float
    pipes: tuple[Pipe, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class _Rows:
    """low <= matrix @ flow <= high"""

    matrix: Floats
    low: Floats | float
    high: Floats | float


@dataclass(frozen=True, slots=True)
class _Place:
    """Something that takes water (T at most *inlet*) and gives it (at *outlet*)."""

    name: str
    owner: str
    inlet: float
    outlet: float
    load: float  # kg/h


def design_network(
    processes: Sequence[Process],
    *,
    fresh: float = 0.0,
    regeneration: float | None = None,
    seconds: float = 20.0,
) -> Design:
    """Return the network of *processes* with the least fresh water and then the fewest pipes.

    Parameters
    ----------
    processes : one contaminant each; ``owner`` names the enterprise.
    fresh : concentration of fresh water, ppm.
    regeneration : concentration [ppm] to which a shared plant cleans what is sent to it; None
        when there is none. Cleaned water may return to where it came from (recycling).
    seconds : limit for choosing the pipes; the least water is found before.

    >>> wash = Process("wash", (5.0,), (0.0,), (100.0,))
    >>> floor = Process("floor", (30.0,), (100.0,), (800.0,))
    >>> round(design_network([wash, floor]).fresh, 6)
    50.0
    """
    check_one_contaminant(processes, fresh)
    _distinct([p.name for p in processes])
    places = [
        _Place(p.name, p.owner, p.inlet_max[0], p.outlet_max[0], p.load[0]) for p in processes
    ]
    count = len(places)
    givers: list[tuple[int, float]] = [(i, place.outlet) for i, place in enumerate(places)]
    # Columns: fresh to i, i to j, cleaned to i, i to be cleaned.
    pairs = [(j, i) for j in range(count) for i in range(count) if i != j]
    columns = [("fresh", -1, i) for i in range(count)] + [("reuse", j, i) for j, i in pairs]
    if regeneration is not None:
        if not regeneration >= 0:
            raise WaterError("the concentration of cleaned water is negative or not a number")
        columns += [("cleaned", -2, i) for i in range(count)]
        columns += [("sent", i, -2) for i in range(count)]
    concentration = np.array(
        [
            fresh if kind == "fresh" else regeneration if kind == "cleaned" else givers[j][1]
            for kind, j, _ in columns
        ],
        dtype=float,
    )
    into = np.array([[target == i for _, _, target in columns] for i in range(count)], dtype=float)
    out = np.array([[giver == i for _, giver, _ in columns] for i in range(count)], dtype=float)
    inlet = np.array([place.inlet for place in places])
    outlet = np.array([place.outlet for place in places])
    load = np.array([place.load for place in places])
    rows = [
        # What comes in is at most as dirty as the inlet allows, and leaves below the outlet.
        _Rows(into * (concentration - inlet[:, None]), -np.inf, 0.0),
        _Rows(into * (concentration - outlet[:, None]), -np.inf, -PPM * load),
        _Rows(out - into, -np.inf, 0.0),
    ]
    kinds = np.array([kind for kind, _, _ in columns])
    cleaned, sent = (kinds == "cleaned").astype(float), (kinds == "sent").astype(float)
    if regeneration is not None:
        rows.append(_Rows((cleaned - sent)[None, :], 0.0, 0.0))
    is_fresh = (kinds == "fresh").astype(float)
    objectives = [is_fresh, cleaned] if regeneration is not None else [is_fresh]
    owners = [place.owner for place in places]
    weight = np.array([_weight(kind, j, i, owners) for kind, j, i in columns])
    # No process needs more than its limiting flow, or what clean water alone would take.
    most = np.array(
        [max(p.limiting_flow, PPM * p.load[0] / (p.outlet_max[0] - fresh)) for p in processes]
    )
    flow, proven = _fewest(weight, rows, objectives, into.T @ most + sent * most.sum(), seconds)
    names = [place.name for place in places]
    between = np.array(
        [
            [flow[columns.index(("reuse", j, i))] if j != i else 0.0 for j in range(count)]
            for i in range(count)
        ]
    )
    brought = (into * np.isin(kinds, ("fresh", "cleaned"))) @ (flow * concentration)
    let_out = outlets(between, into @ flow, (brought + PPM * load)[:, None], outlet[:, None])[:, 0]
    concentration = np.where(
        np.isin(kinds, ("reuse", "sent")),
        let_out[[max(j, 0) for _, j, _ in columns]],
        concentration,
    )
    pipes = [
        Pipe(
            FRESH if kind == "fresh" else CLEANED if kind == "cleaned" else names[j],
            CLEANED if kind == "sent" else names[i],
            float(amount),
            float(concentration[at]),
            kind == "reuse" and owners[j] != owners[i],
        )
        for at, ((kind, j, i), amount) in enumerate(zip(columns, flow, strict=True))
        if amount > 0.0
    ]
    through = into @ flow
    wasted = through - out @ flow
    pipes += [
        Pipe(names[i], WASTE, float(wasted[i]), float(let_out[i]), False)
        for i in range(count)
        if wasted[i] > _KEPT * through[i]
    ]
    return Design(
        fresh=float(is_fresh @ flow),
        regenerated=float(cleaned @ flow),
        waste=float(wasted.sum()),
        pipes=tuple(pipes),
        proven=proven,
    )


def blend_network(
    sources: Sequence[Tap], sinks: Sequence[Tap], *, fresh: float = 0.0, seconds: float = 20.0
) -> Design:
    """Return how *sources* serve *sinks* of fixed flow: least fresh supply, then fewest pipes.

    >>> blend_network([Tap("a", 50.0, 50.0)], [Tap("b", 50.0, 20.0)]).fresh
    30.0
    """
    _distinct([tap.name for tap in (*sources, *sinks)])
    columns = [(-1, j) for j in range(len(sinks))] + [
        (i, j) for i in range(len(sources)) for j in range(len(sinks))
    ]
    concentration = np.array(
        [fresh if i < 0 else sources[i].concentration for i, _ in columns], dtype=float
    )
    into = np.array([[to == j for _, to in columns] for j in range(len(sinks))], dtype=float)
    out = np.array([[i == giver for giver, _ in columns] for i in range(len(sources))], dtype=float)
    demand = np.array([sink.flow for sink in sinks])
    supply = np.array([source.flow for source in sources])
    limit = np.array([sink.concentration for sink in sinks])
    rows = [
        _Rows(into, demand, demand),
        _Rows(into * (concentration - limit[:, None]), -np.inf, 0.0),
    ]
    if len(sources):
        rows.append(_Rows(out, -np.inf, supply))
    is_fresh = np.array([giver < 0 for giver, _ in columns], dtype=float)
    owners = ["", *(s.owner for s in sources)]
    weight = np.array(
        [_ABROAD if i >= 0 and owners[i + 1] != sinks[j].owner else 1.0 for i, j in columns]
    )
    flow, proven = _fewest(weight, rows, [is_fresh], into.T @ demand, seconds)
    pipes = [
        Pipe(
            FRESH if i < 0 else sources[i].name,
            sinks[j].name,
            float(amount),
            float(concentration[at]),
            i >= 0 and sources[i].owner != sinks[j].owner,
        )
        for at, ((i, j), amount) in enumerate(zip(columns, flow, strict=True))
        if amount > 0.0
    ]
    left = supply - (out @ flow if len(sources) else 0.0)
    pipes += [
        Pipe(source.name, WASTE, float(left[i]), source.concentration, False)
        for i, source in enumerate(sources)
        if left[i] > _KEPT * source.flow
    ]
    return Design(float(is_fresh @ flow), 0.0, float(np.sum(left)), tuple(pipes), proven)


def _distinct(names: Sequence[str]) -> None:
    if len(set(names)) != len(names):
        raise WaterError("two processes have the same name")


def _weight(kind: str, giver: int, taker: int, owners: Sequence[str]) -> float:
    return _ABROAD if kind == "reuse" and owners[giver] != owners[taker] else 1.0


def _fewest(
    weight: Floats,
    rows: Sequence[_Rows],
    objectives: Sequence[Floats],
    most: Floats,
    seconds: float,
) -> tuple[Floats, bool]:
    """Return flows that are least in each objective in turn, through the lightest set of pipes.

    ``most`` bounds each pipe. The second entry says whether the set of pipes is proven. Flows are
    counted in the largest of ``most`` on the way: the solver's tolerances are absolute.
    """
    unit = float(most.max(initial=0.0)) or 1.0
    counted = [_Rows(block.matrix, block.low / unit, block.high / unit) for block in rows]
    flow, proven = _fewest_counted(weight, counted, objectives, most / unit, seconds)
    return np.where(flow > _KEPT, flow, 0.0) * unit, proven


def _fewest_counted(
    weight: Floats,
    rows: Sequence[_Rows],
    objectives: Sequence[Floats],
    most: Floats,
    seconds: float,
) -> tuple[Floats, bool]:
    held, flow = _least_in_turn(objectives, rows, most)
    size = len(weight)
    matrix, low, high = _stacked([*rows, *held])
    opened = [[matrix, np.zeros_like(matrix)], [np.eye(size), -np.diag(most)]]
    model = Model(
        cost=np.concatenate([np.zeros(size), weight]),
        matrix=np.block(opened),
        row_low=np.concatenate([low, np.full(size, -np.inf)]),
        row_high=np.concatenate([high, np.zeros(size)]),
        low=np.zeros(2 * size),
        high=np.concatenate([most, np.ones(size)]),
        whole=np.repeat([False, True], size),
    )
    found = Solver(model, seconds=seconds).solve()
    if found.values is None:
        return flow, False
    # The solver's tolerances are not leaks: the flows are found again through these pipes alone.
    chosen = np.where(found.values[size:] > 0.5, most, 0.0)
    return _least_in_turn(objectives, rows, chosen)[1], found.status == "optimal"


def _least_in_turn(
    objectives: Sequence[Floats], rows: Sequence[_Rows], most: Floats
) -> tuple[list[_Rows], Floats]:
    """Return what holds each objective at its least, one after the other, and such flows."""
    held: list[_Rows] = []
    flow = np.zeros(len(most))
    for cost in objectives:
        found = Solver(
            Model(cost, *_stacked([*rows, *held]), low=np.zeros(len(most)), high=most)
        ).solve()
        if found.values is None:
            raise WaterError(
                "no network serves every process: some water must be cleaner than what there is"
            )
        flow = found.values
        room = 1e-6 * max(1e-3, abs(found.objective))
        held.append(_Rows(cost[None, :], -np.inf, found.objective + room))
    return held, flow


def _stacked(rows: Sequence[_Rows]) -> tuple[Floats, Floats, Floats]:
    """Return matrix, low and high of all rows."""
    return (
        np.vstack([block.matrix for block in rows]),
        np.concatenate([np.broadcast_to(block.low, len(block.matrix)) for block in rows]),
        np.concatenate([np.broadcast_to(block.high, len(block.matrix)) for block in rows]),
    )
