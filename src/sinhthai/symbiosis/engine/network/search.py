"""How a programme is solved: at once when it is small, from two sides at the same time when not.

From above, HiGHS works on the whole reduced programme and proves a bound. From below, beside it,
the arcs that slope scaling used most make growing restricted programmes, whose answer is then
improved neighbourhood by neighbourhood. The bound returned is always one of the whole programme.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from sinhthai.symbiosis.engine.highs import Answer, Status
from sinhthai.symbiosis.engine.network.instance import Floats, Instance
from sinhthai.symbiosis.engine.network.neighbourhood import Neighbourhoods, improve
from sinhthai.symbiosis.engine.network.program import Aim, Program, build_program
from sinhthai.symbiosis.engine.network.scaled import Linear, solve_mip
from sinhthai.symbiosis.engine.network.slope_scaling import Check, Start, complete, slope_scaling

_SMALL = 1_500  # 0/1 variables a single run mostly closes within seconds
# Restricted programmes grow, each begun from the answer of the one before: the first closes within
# a second and brings most of the gain. Their gap need not be smaller than what is left to gain.
_SIZES = (1.5, 2.2, 3.0)  # arcs in the programme over arcs built
_PART_GAP = 5e-3
_PIECE = 250  # arcs decided anew in one neighbourhood
_PIECE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Found:
    """Flows of the best network found (None: none), its cost, a proven bound and the status."""

    flow: Floats | None
    cost: float
    bound: float
    status: Status


def search(
    instance: Instance,
    aim: Aim,
    *,
    seconds: float,
    gap: float,
    seed: int = 0,
    start: Floats | None = None,
) -> Found:
    """Return the best network of *instance* within *seconds*; *start* are flows to begin with."""
    ends = time.monotonic() + seconds
    program = build_program(instance, aim)
    if not program.integer.any():
        return _found(program, Linear(program, seconds=seconds).solve())
    rng = np.random.default_rng(seed)
    large = int(program.integer.sum()) > _SMALL
    scaled = (
        slope_scaling(instance, program, rng, rounds=20, restarts=10 if large else 4)
        if aim == "cost"
        else Start(None, np.inf, np.zeros(len(instance.arcs), np.int32))
    )
    best = _better_start(instance, program, scaled, start)
    if not large:
        # What a single run does not close in a sixth of the time, it rarely closes at all.
        first = min(seconds, max(5.0, seconds / 6)) if seconds > 10 else seconds
        answer = solve_mip(program, seconds=_left(ends, first), gap=gap, start=best)
        if answer.status not in ("stopped", "nothing") or _left(ends) < 1:
            return _found(program, answer)
        best = best if answer.values is None else answer.values
    return _both_sides(instance, program, aim, scaled, best, ends, gap, rng)


def _both_sides(
    instance: Instance,
    program: Program,
    aim: Aim,
    scaled: Start,
    best: Floats | None,
    ends: float,
    gap: float,
    rng: np.random.Generator,
) -> Found:
    """Prove a bound and improve the network at the same time; HiGHS lets go of Python's lock."""
    flow, relaxed = None, -np.inf
    with ThreadPoolExecutor(max_workers=1) as beside:
        proof = beside.submit(solve_mip, program, seconds=_left(ends), gap=gap, start=best)
        if best is not None:
            begin = best[: len(instance.arcs)]
            flow, relaxed = _improve(instance, program, aim, scaled, begin, ends, rng, proof)
        whole = proof.result()
    found = _found(program, whole)
    found = replace(found, bound=max(found.bound, relaxed))
    if flow is None:
        return found
    cost = float(program.cost @ complete(instance, program, flow))
    if whole.values is not None and whole.objective <= cost:
        return found
    closed = cost - found.bound <= gap * max(abs(cost), 1e-9)
    return Found(flow, cost, found.bound, "optimal" if closed else "stopped")


def _improve(
    instance: Instance,
    program: Program,
    aim: Aim,
    scaled: Start,
    flow: Floats,
    ends: float,
    rng: np.random.Generator,
    proof: Future[Answer],
) -> tuple[Floats, float]:
    """Return better flows than *flow*, and the bound of the linear relaxation."""
    relaxed = Linear(program, seconds=_left(ends)).solve()
    worth = _arc_reduced_cost(instance, program, relaxed)
    for size in _SIZES:
        flow = _restricted(instance, aim, scaled, flow, ends, size)
    if relaxed.status != "optimal":
        return flow, relaxed.bound
    pieces = Neighbourhoods(instance, worth, rng)
    while not proof.done() and _left(ends) > _PIECE_SECONDS:
        cost = float(program.cost @ complete(instance, program, flow))
        # An arc whose reduced cost exceeds the distance to the bound is in no better network.
        candidate = worth <= cost - relaxed.objective
        free = pieces.draw(_PIECE, candidate)
        better = improve(instance, aim, flow, free, seconds=min(_PIECE_SECONDS, _left(ends)))
        flow = flow if better is None else better
    return flow, relaxed.bound


def _restricted(
    instance: Instance, aim: Aim, scaled: Start, flow: Floats, ends: float, size: float
) -> Floats:
    """Solve with only the arcs that slope scaling used most, *size* times as many as are built."""
    used = flow > 0
    count = max(int(size * used.sum()), 1)
    often = np.argsort(-(scaled.seen + used * (scaled.seen.max(initial=0) + 1)), kind="stable")
    rows = np.sort(often[:count][(used | (scaled.seen > 0))[often[:count]]])
    if len(rows) == 0:
        return flow
    part = instance.keep(rows)
    program = build_program(part, aim)
    start = complete(part, program, flow[rows])
    answer = solve_mip(program, seconds=_left(ends) / 4, gap=_PART_GAP, start=start)
    if answer.values is None:
        return flow
    result = np.zeros(len(flow))
    result[rows] = complete(part, program, answer.values[: len(rows)])[program.cols.x]
    return result


def _arc_reduced_cost(instance: Instance, program: Program, relaxed: Answer) -> Floats:
    if relaxed.reduced is None:
        return np.zeros(len(instance.arcs))
    built = program.cols.y >= 0
    worth = np.maximum(relaxed.reduced[program.cols.x], 0.0) * instance.arcs.upper
    worth[built] += np.maximum(relaxed.reduced[program.cols.y[built]], 0.0)
    return worth


def _better_start(
    instance: Instance, program: Program, scaled: Start, start: Floats | None
) -> Floats | None:
    """Return the better of the two starting points that is feasible."""
    best, cost = scaled.values, scaled.cost
    if start is not None:
        point = complete(instance, program, start)
        if Check(program).holds(point) and program.cost @ point < cost:
            best = point
    return best


def _found(program: Program, answer: Answer) -> Found:
    flow = None if answer.values is None else answer.values[program.cols.x]
    # Even a solver stopped before its first bound leaves one: all that is gained, at no cost.
    plain = float(np.minimum(program.cost * program.upper, 0.0).sum())
    return Found(flow, answer.objective, max(answer.bound, plain), answer.status)


def _left(ends: float, most: float = np.inf) -> float:
    return max(0.0, min(most, ends - time.monotonic()))
