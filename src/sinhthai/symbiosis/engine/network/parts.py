"""The best flows: reduce, split, solve each part, and join the parts when the budget is short."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from sinhthai.symbiosis.engine.highs import Status
from sinhthai.symbiosis.engine.network.branching import search_mixes
from sinhthai.symbiosis.engine.network.design import DesignStatus
from sinhthai.symbiosis.engine.network.instance import Floats, Instance, Rows
from sinhthai.symbiosis.engine.network.program import Aim, build_program
from sinhthai.symbiosis.engine.network.reduction import components, worth_keeping
from sinhthai.symbiosis.engine.network.slope_scaling import complete


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. ``reduce`` and ``split`` are exact; off only to show that."""

    seconds: float = 60.0
    gap: float = 1e-4
    seed: int = 0
    reduce: bool = True
    split: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the best network would cost to build, and earn more a year, were there no budget."""

    investment: float
    more: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Flows on all candidate arcs (None: none found), the proven bound on the cost, the status."""

    flow: Floats | None
    bound: float
    status: DesignStatus
    kept: int
    parts: int
    wanted: Wanted | None = None


def best_flow(instance: Instance, aim: Aim, effort: Effort, start: Floats | None = None) -> Outcome:
    """Reduce, split, solve each part; a budget joins the parts only when it is short."""
    kept = (
        np.flatnonzero(worth_keeping(instance, aim))
        if effort.reduce
        else np.arange(len(instance.arcs))
    )
    reduced = instance.keep(kept)
    begin = None if start is None else start[kept]
    budget = instance.network.budget
    if budget is None or not effort.split:
        return _widen(_in_parts(reduced, aim, effort, begin), kept, len(instance.arcs))
    ends = time.monotonic() + effort.seconds
    third = replace(effort, seconds=effort.seconds / 3)
    free = _in_parts(_free(reduced), aim, third, begin)
    if free.flow is None and free.status == "infeasible":
        return free
    if free.flow is not None and _invested(reduced, free.flow) <= budget * (1 + 1e-9):
        return _widen(free, kept, len(instance.arcs))
    left = replace(effort, seconds=max(0.5, ends - time.monotonic()))
    bound = _in_parts(reduced, aim, left, begin)
    if free.flow is not None and bound.flow is not None and aim == "cost":
        more = _cost(reduced, bound.flow) - _cost(reduced, free.flow)
        bound = replace(bound, wanted=Wanted(_invested(reduced, free.flow), more))
    return _widen(bound, kept, len(instance.arcs))


def _in_parts(instance: Instance, aim: Aim, effort: Effort, start: Floats | None) -> Outcome:
    ends = time.monotonic() + effort.seconds
    every: list[Rows] = [np.arange(len(instance.arcs))]
    parts = components(instance) if effort.split else every
    flow, bound, statuses = np.zeros(len(instance.arcs)), 0.0, []
    sizes = [len(part) for part in parts]
    # The small parts first: what they leave of the time goes to the large ones.
    for turn, number in enumerate(np.argsort(sizes, kind="stable")):
        rows = parts[number]
        share = sizes[number] / sum(sizes[k] for k in np.argsort(sizes, kind="stable")[turn:])
        seconds = max(0.1, (ends - time.monotonic()) * share)
        found = search_mixes(
            _part(instance, rows),
            aim,
            seconds=seconds,
            gap=effort.gap,
            seed=effort.seed,
            start=None if start is None else start[rows],
        )
        statuses.append(found.status)
        bound += found.bound
        if found.flow is None:
            return Outcome(None, -np.inf, _no_network(found.status), len(instance.arcs), len(parts))
        flow[rows] = found.flow
    proven = all(each == "optimal" for each in statuses)
    status: DesignStatus = "optimal" if proven else "stopped"
    orphan = _unmet_without_arc(instance)
    if orphan:
        return Outcome(None, -np.inf, "infeasible", len(instance.arcs), len(parts))
    return Outcome(flow, bound, status, len(instance.arcs), len(parts))


def _no_network(status: Status) -> DesignStatus:
    """A programme is bounded on every side, so what is not infeasible only ran out of time."""
    return "infeasible" if status == "infeasible" else "nothing"


def _part(instance: Instance, rows: Rows) -> Instance:
    """Return the instance of these arcs, without what other parts must meet."""
    arcs = instance.arcs.take(rows)
    take, bring = np.zeros_like(instance.take), np.zeros_like(instance.bring)
    origin = arcs.origin[arcs.origin < instance.n_sources]
    receiver = arcs.receiver[arcs.receiver < instance.n_sinks]
    take[origin], bring[receiver] = instance.take[origin], instance.bring[receiver]
    return replace(instance.keep(rows), take=take, bring=bring)


def _unmet_without_arc(instance: Instance) -> bool:
    """Say whether something must be taken or brought where no arc is."""
    out = np.bincount(instance.arcs.origin, minlength=instance.n_sources)[: instance.n_sources]
    into = np.bincount(instance.arcs.receiver, minlength=instance.n_sinks)[: instance.n_sinks]
    floor = len(instance.floors) > 0 and len(instance.arcs) == 0 and instance.floors[0] > 0
    return bool(
        (instance.take[out == 0] > 0).any() or (instance.bring[into == 0] > 0).any() or floor
    )


def _free(instance: Instance) -> Instance:
    return replace(instance, network=replace(instance.network, budget=None))


def _cost(instance: Instance, flow: Floats) -> float:
    program = build_program(instance)
    return float(program.cost @ complete(instance, program, flow))


def _invested(instance: Instance, flow: Floats) -> float:
    used = flow > 0
    unit = instance.unit_of_arc()
    built = np.unique(unit[used & (unit >= 0)])
    return float(instance.arcs.investment[used].sum() + instance.unit_investment[built].sum())


def _widen(outcome: Outcome, kept: Rows, count: int) -> Outcome:
    if outcome.flow is None:
        return outcome
    flow = np.zeros(count)
    flow[kept] = outcome.flow
    return replace(outcome, flow=flow)
