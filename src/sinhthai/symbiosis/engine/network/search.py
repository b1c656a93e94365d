"""How a programme is solved: at once when it is small, from two sides at the same time when not.

From above, HiGHS works on the whole reduced programme and proves a bound. From below, beside it,
the arcs that slope scaling found worth building make a restricted programme, whose answer is then
improved neighbourhood by neighbourhood. The bound returned is always one of the whole programme.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.network.highs import Answer, Linear, Status, solve_mip
from sinhthai.symbiosis.engine.network.instance import Floats, Instance
from sinhthai.symbiosis.engine.network.neighbourhood import Neighbourhoods, improve
from sinhthai.symbiosis.engine.network.program import Aim, Program, build_program
from sinhthai.symbiosis.engine.network.slope_scaling import Check, Start, complete, slope_scaling

_SMALL = 1_500  # 0/1 variables a single run mostly closes within seconds
_OFTEN = 3  # times an arc must have carried something to enter the restricted programme
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
        return _found(instance, Linear(program, seconds=seconds).solve())
    rng = np.random.default_rng(seed)
    scaled = (
        slope_scaling(instance, program, rng)
        if aim == "cost"
        else Start(None, np.inf, np.zeros(len(instance.arcs), np.int32))
    )
    best = _better_start(instance, program, scaled, start)
    large = int(program.integer.sum()) > _SMALL
    first = seconds if not large else 0.0
    if first:
        # What a single run does not close in a sixth of the time, it rarely closes at all.
        first = min(seconds, max(5.0, seconds / 6)) if seconds > 10 else seconds
        answer = solve_mip(program, seconds=_left(ends, first), gap=gap, start=best)
        if answer.status != "stopped" or _left(ends) < 1:
            return _found(instance, answer)
        best = answer.values
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
    above: list[Answer] = []
    done = threading.Event()

    def prove() -> None:
        above.append(solve_mip(program, seconds=_left(ends), gap=gap, start=best))
        done.set()

    worker = threading.Thread(target=prove)
    worker.start()
    flow = None
    if best is not None:
        flow = _improve(instance, program, aim, scaled, best[: len(instance.arcs)], ends, rng, done)
    worker.join()
    whole = above[0]
    found = _found(instance, whole)
    if flow is None:
        return found
    cost = float(program.cost @ complete(instance, program, flow))
    if whole.values is not None and whole.objective <= cost:
        return found
    closed = cost - whole.bound <= gap * max(abs(cost), 1e-9)
    return Found(flow, cost, whole.bound, "optimal" if closed else "stopped")


def _improve(
    instance: Instance,
    program: Program,
    aim: Aim,
    scaled: Start,
    flow: Floats,
    ends: float,
    rng: np.random.Generator,
    done: threading.Event,
) -> Floats:
    relaxed = Linear(program).solve()
    worth = _arc_reduced_cost(instance, program, relaxed)
    flow = _restricted(instance, aim, scaled, flow, ends)
    pieces = Neighbourhoods(instance, worth, rng)
    while not done.is_set() and _left(ends) > _PIECE_SECONDS:
        cost = float(program.cost @ complete(instance, program, flow))
        # An arc whose reduced cost exceeds the distance to the bound is in no better network.
        candidate = worth <= cost - relaxed.objective
        free = pieces.draw(_PIECE, candidate)
        better = improve(instance, aim, flow, free, seconds=min(_PIECE_SECONDS, _left(ends)))
        flow = flow if better is None else better
    return flow


def _restricted(instance: Instance, aim: Aim, scaled: Start, flow: Floats, ends: float) -> Floats:
    """Solve with only the arcs that were worth building in the slope-scaling runs."""
    rows = np.flatnonzero((scaled.seen >= _OFTEN) | (flow > 0))
    if len(rows) == 0:
        return flow
    part = instance.keep(rows)
    program = build_program(part, aim)
    start = complete(part, program, flow[rows])
    answer = solve_mip(program, seconds=_left(ends) / 2, start=start)
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


def _found(instance: Instance, answer: Answer) -> Found:
    flow = None if answer.values is None else answer.values[: len(instance.arcs)]
    return Found(flow, answer.objective, answer.bound, answer.status)


def _left(ends: float, most: float = np.inf) -> float:
    return max(0.0, min(most, ends - time.monotonic()))
