"""The best network where units mix their feeds: branch and bound on what the mixes hold.

The content of each pool is held between two levels. The hopeful programme of the levels bounds
every network whose mixes lie between them, the safe one finds networks; where the hopeful answer
does not keep the limits in truth, the levels are split in two and both halves are looked at, most
hopeful first (spatial branch and bound; Horst & Tuy 1996, Global Optimization, ch. 4). Every
programme is the linear one of :mod:`search`; without pools there is just one.
"""

from __future__ import annotations

import heapq
import itertools
import time
from dataclasses import replace

import numpy as np

from sinhthai.symbiosis.engine.network.instance import Floats, Instance
from sinhthai.symbiosis.engine.network.levels import (
    at_levels,
    keeps_limits,
    levels_of,
    mixes,
    settled,
)
from sinhthai.symbiosis.engine.network.program import Aim, build_program
from sinhthai.symbiosis.engine.network.search import Found, search
from sinhthai.symbiosis.engine.network.slope_scaling import Check, complete

_EDGE = 1e-9  # share of a pool's whole band: nearer to its end no level is worth a split
_ROUNDS = 5  # times the levels follow the mix of the last network


def search_mixes(
    instance: Instance,
    aim: Aim,
    *,
    seconds: float,
    gap: float,
    seed: int = 0,
    start: Floats | None = None,
) -> Found:
    """Return the best network of *instance*, what leaves its units being what their feeds make."""
    if not _matters(instance):
        return search(instance, aim, seconds=seconds, gap=gap, seed=seed, start=start)
    return _Search(instance, aim, seconds, gap, seed).run(start)


def _matters(instance: Instance) -> bool:
    """Say whether a limit hangs on a pool that these arcs can fill."""
    filled = [len(pool.mix.arc) > 0 for pool in instance.pools]
    return any(filled[k] for blend in instance.blends for k in set(blend.mix.pool) - {-1})


class _Search:
    def __init__(self, instance: Instance, aim: Aim, seconds: float, gap: float, seed: int) -> None:
        self.instance, self.aim, self.gap, self.seed = instance, aim, gap, seed
        self.ends = time.monotonic() + seconds
        self.best = Found(None, np.inf, -np.inf, "nothing")
        self.low, self.high = levels_of(instance)

    def run(self, start: Floats | None) -> Found:
        if start is not None and keeps_limits(self.instance, start):
            self._offer(start)
        self._safe(self.low, self.high, share=3)
        turn = itertools.count()  # the heap never compares levels
        waiting = [(-np.inf, next(turn), self.low, self.high)]
        proven, in_time = np.inf, True
        while waiting and waiting[0][0] < self._enough():
            bound, _, low, high = heapq.heappop(waiting)
            hopeful = at_levels(self.instance, low, high, hopeful=True)
            found = self._search(hopeful, share=2)
            bound = max(bound, found.bound)
            if found.flow is None:
                if found.status != "infeasible":
                    proven, in_time = min(proven, bound), False
                continue
            if keeps_limits(self.instance, found.flow):
                self._offer(found.flow)
            if bound >= self._enough():
                proven = min(proven, bound)
                continue
            point = self._split(low, high, mixes(self.instance, found.flow))
            if point is None or self._left() <= 0:
                proven, in_time = min(proven, bound), False
                continue
            pool, level = point
            for end in (low, high):
                ends = end.copy()
                ends[pool] = level
                part = (ends, high) if end is low else (low, ends)
                self._safe(*part, share=4)
                heapq.heappush(waiting, (bound, next(turn), *part))
        proven = min([proven, *(bound for bound, *_ in waiting)])
        return self._answer(proven, in_time)

    def _answer(self, proven: float, in_time: bool) -> Found:
        if self.best.flow is None:
            return replace(self.best, status="infeasible" if in_time else "nothing")
        bound = min(proven, self.best.cost)
        closed = self.best.cost - bound <= self._slack()
        return replace(self.best, bound=bound, status="optimal" if closed else "stopped")

    def _enough(self) -> float:
        """Return the bound from which on nothing better than what is known is to be found."""
        return np.inf if self.best.flow is None else self.best.cost - self._slack()

    def _slack(self) -> float:
        return self.gap * max(abs(self.best.cost), 1e-9)

    def _left(self) -> float:
        return max(0.0, self.ends - time.monotonic())

    def _search(self, part: Instance, *, share: int) -> Found:
        return search(
            part,
            self.aim,
            seconds=max(0.05, self._left() / share),
            gap=self.gap / 2,
            seed=self.seed,
            start=self.best.flow,
        )

    def _safe(self, low: Floats, high: Floats, *, share: int) -> None:
        """Look for a network within levels; then let the levels follow the mix it makes."""
        found = self._search(at_levels(self.instance, low, high, hopeful=False), share=share)
        for _ in range(_ROUNDS):
            if found.flow is None or not self._offer(found.flow):
                return
            found = self._search(settled(self.instance, found.flow), share=share)

    def _offer(self, flow: Floats) -> bool:
        """Keep *flow* when it is feasible and better than the best; say whether it is."""
        program = build_program(settled(self.instance, flow), self.aim)
        point = complete(self.instance, program, flow)
        cost = float(program.cost @ point)
        if cost >= self.best.cost - 1e-9 * abs(cost) or not Check(program).holds(point):
            return False
        self.best = Found(point[program.cols.x], cost, -np.inf, "stopped")
        return True

    def _split(self, low: Floats, high: Floats, mix: Floats) -> tuple[int, float] | None:
        """Return the pool whose mix is hoped to be better by most, and the level to split it at."""
        mix = np.clip(mix, low, high)  # fed by a pool that is worse than hoped, it may lie beyond
        whole = np.maximum(self.high - self.low, 1e-300)
        upper = np.array(["high" in pool.senses for pool in self.instance.pools])
        lower = np.array(["low" in pool.senses for pool in self.instance.pools])
        above = np.where(upper, mix - low, 0.0) / whole
        below = np.where(lower, high - mix, 0.0) / whole
        pool = int(np.argmax(np.maximum(above, below)))
        if max(above[pool], below[pool]) <= _EDGE:
            return None
        end = low[pool] if above[pool] >= below[pool] else high[pool]
        edge = _EDGE * whole[pool]
        between = sorted((float(end), float(mix[pool])))
        limits = [
            level
            for level in self._limits_of(pool)
            if between[0] + edge < level < between[1] - edge
        ]
        nearest = min(limits, key=lambda level: abs(level - mix[pool]), default=None)
        return pool, float(end + mix[pool]) / 2 if nearest is None else nearest

    def _limits_of(self, pool: int) -> list[float]:
        """Return the levels at which the outlet alone just keeps a limit."""
        return [
            blend.bound / float(share)
            for blend in self.instance.blends
            for share in blend.mix.share[blend.mix.pool == pool]
        ]
