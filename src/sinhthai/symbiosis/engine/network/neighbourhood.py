"""Improve a network piece by piece: free the decisions around one node, keep the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sinhthai.symbiosis.engine.network.instance import Bools, Floats, Instance
from sinhthai.symbiosis.engine.network.program import Aim, build_program
from sinhthai.symbiosis.engine.network.scaled import solve_mip
from sinhthai.symbiosis.engine.network.slope_scaling import complete

_FAN = 8  # nodes followed from one node
_WOBBLE = (0.3, 1.7)


class Neighbourhoods:
    """Neighbouring arcs by node; *worth* orders them (reduced costs: small is promising)."""

    def __init__(self, instance: Instance, worth: Floats, rng: np.random.Generator) -> None:
        self.instance, self.worth, self.rng = instance, worth, rng
        self.tail = instance.arcs.origin.astype(np.int64)
        self.head = instance.arcs.receiver + int(self.tail.max(initial=0)) + 1
        ends = np.concatenate([self.tail, self.head])
        order = np.argsort(ends, kind="stable")
        self.arc = order % len(self.tail)
        self.first = np.searchsorted(ends[order], np.arange(ends.max(initial=0) + 2))

    def draw(self, size: int, candidate: Bools) -> Bools:
        """Return about *size* candidate arcs around a random one."""
        free = np.zeros(len(self.tail), bool)
        pool = np.flatnonzero(candidate)
        if len(pool) <= size:
            return candidate
        node = self.tail[self.rng.choice(pool)]
        queue, met = [node], {node}
        inside: set[int] = set()
        for node in queue:
            arcs = self.arc[self.first[node] : self.first[node + 1]]
            arcs = arcs[candidate[arcs]]
            other = np.where(self.tail[arcs] == node, self.head[arcs], self.tail[arcs])
            inside.add(int(node))
            free[arcs[np.array([int(end) in inside for end in other], bool)]] = True
            if free.sum() >= size:
                break
            noisy = self.worth[arcs] * self.rng.uniform(*_WOBBLE, len(arcs))
            for end in other[np.argsort(noisy)][:_FAN]:
                if int(end) not in met:
                    met.add(int(end))
                    queue.append(end)
        return free


def improve(
    instance: Instance, aim: Aim, flow: Floats, free: Bools, *, seconds: float
) -> Floats | None:
    """Return better flows with only the *free* arcs decided anew; None: no better found."""
    rows = np.flatnonzero(free | (flow > 0))
    part = instance.keep(rows)
    program = build_program(part, aim)
    start = complete(part, program, flow[rows])
    held = program.cols.y[~free[rows] & (program.cols.y >= 0)]
    lower = program.lower.copy()
    lower[held] = start[held]
    answer = solve_mip(replace(program, lower=lower), seconds=seconds, start=start)
    if answer.values is None:
        return None
    better = complete(part, program, answer.values[: len(rows)])
    if program.cost @ better >= program.cost @ start - 1e-9 * abs(program.cost @ start):
        return None
    result = np.zeros(len(flow))
    result[rows] = better[program.cols.x]
    return result
