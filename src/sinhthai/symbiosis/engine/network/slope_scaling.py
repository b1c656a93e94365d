"""A good network in moments: dynamic slope scaling (Kim & Pardalos 1999, Oper. Res. Lett. 24).

The fixed cost of an arc is spread over the flow it had last, which leaves a linear flow problem;
solved again and again, the flow gathers on few arcs. Perturbed restarts show which arcs are ever
worth building: the restricted problem of :mod:`search`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from sinhthai.symbiosis.engine.network.instance import Floats, Instance, Ints
from sinhthai.symbiosis.engine.network.program import Program, build_program
from sinhthai.symbiosis.engine.network.scaled import Linear

_FLOW = 1e-7  # share of an arc's bound below which nothing flows


@dataclass(frozen=True, slots=True)
class Start:
    """The best feasible point met (None: none), and how often each arc carried something.

    To build nothing is a point too, where nothing is asked.
    """

    values: Floats | None
    cost: float
    seen: Ints


def slope_scaling(
    instance: Instance,
    program: Program,
    rng: np.random.Generator,
    *,
    rounds: int = 15,
    restarts: int = 4,
) -> Start:
    """Return the best network met in *restarts* runs of *rounds* flow problems each."""
    flow = build_program(_without_charges(instance))
    linear = Linear(flow)
    check = Check(program)
    n, unit = len(instance.arcs), instance.unit_of_arc()
    charge, upper = instance.arc_charge(), instance.arcs.upper
    best, best_cost = None, np.inf
    nothing = np.zeros(len(program.cost))
    if check.holds(nothing):
        best, best_cost = nothing, 0.0
    seen = np.zeros(n, np.int32)
    cost = flow.cost.copy()
    for restart in range(restarts):
        slope = upper * (1.0 if restart == 0 else rng.uniform(0.2, 1.0, n))
        through = np.maximum(
            np.bincount(unit[unit >= 0], upper[unit >= 0], len(instance.capacity)), 1e-9
        )
        through = np.minimum(through, instance.capacity)
        for _ in range(rounds):
            per_unit = np.append(instance.unit_charge() / through, 0.0)[unit] * instance.arcs.load
            cost[:n] = flow.cost[:n] + charge / slope + per_unit
            answer = linear.solve(cost)
            if answer.values is None:
                return Start(best, best_cost, seen)
            point = complete(instance, program, answer.values[:n])
            used = point[:n] > 0
            seen += used
            total = float(program.cost @ point)
            if total < best_cost and check.holds(point):
                best, best_cost = point, total
            new = np.where(used, point[:n], slope)
            treated = np.bincount(
                unit[unit >= 0], (instance.arcs.load * point[:n])[unit >= 0], len(through)
            )
            through = np.where(treated > 0, treated, through)
            if np.array_equal(new, slope):
                break
            slope = new
    return Start(best, best_cost, seen)


def complete(instance: Instance, program: Program, flow: Floats) -> Floats:
    """Return all variables for the *flow* of each arc: built is what is used, left is the rest."""
    cols, arcs = program.cols, instance.arcs
    point = np.zeros(len(program.cost))
    x = np.where(flow > _FLOW * arcs.upper, flow, 0.0)
    point[cols.x] = x
    fed, left = arcs.receiver >= instance.n_sinks, arcs.origin >= instance.n_sources
    treated = np.bincount(
        arcs.receiver[fed] - instance.n_sinks, (arcs.gain * x)[fed], len(instance.capacity)
    )
    gone = np.bincount(arcs.origin[left] - instance.n_sources, x[left], len(cols.r))
    rest = instance.outlet_ratio * treated[instance.outlet_unit] - gone
    point[cols.r] = np.maximum(rest, 0.0)
    built = cols.y >= 0
    point[cols.y[built]] = x[built] > 0
    used = np.zeros(len(instance.capacity), bool)
    unit = instance.unit_of_arc()
    used[unit[(unit >= 0) & (x > 0)]] = True
    built = cols.z >= 0
    point[cols.z[built]] = used[built]
    return point


class Check:
    """Whether a point keeps every row, to a small share of the row's size."""

    def __init__(self, program: Program) -> None:
        shape = (len(program.row_low), len(program.cost))
        self.matrix = sparse.csr_matrix((program.value, (program.row, program.col)), shape=shape)
        self.low, self.high = program.row_low, program.row_high
        reach = np.where(np.isfinite(program.upper), program.upper, 0.0)
        self.slack = 1e-7 * (abs(self.matrix) @ reach + 1e-12)

    def holds(self, point: Floats) -> bool:
        """Say whether *point* is feasible."""
        left = self.matrix @ point
        return bool(((left >= self.low - self.slack) & (left <= self.high + self.slack)).all())


def _without_charges(instance: Instance) -> Instance:
    """Return the instance as a plain flow: nothing costs to build, so there is no 0/1 variable."""
    zero = np.zeros(len(instance.arcs))
    none = np.zeros(len(instance.capacity))
    return replace(
        instance,
        arcs=replace(instance.arcs, fixed=zero, investment=zero, lower=zero),
        unit_fixed=none,
        unit_investment=none,
        throughput=none,
        network=replace(instance.network, budget=None),
        choices=(),
    )
