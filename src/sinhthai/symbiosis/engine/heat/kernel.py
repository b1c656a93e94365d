"""The problem table of many enterprises at once, compiled.

Each group of streams is cascaded by itself: its ends are put in falling order, then one pass
keeps the running heat and its deepest value. Same figures as ``problem_table``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

from sinhthai.symbiosis.engine.heat.problem_table import ROUNDING

_FEW = 48  # ends up to which putting them in order one by one is quickest
_CROWDED = 64  # ends in one bucket from which the buckets do not help


@njit(cache=True, nogil=True)
def _insert(key: Any, order: Any, count: int) -> None:
    """Put *order* into falling order of *key*; quick when it almost is."""
    for at in range(1, count):
        mine, value = order[at], key[order[at]]
        to = at
        while to > 0 and key[order[to - 1]] < value:
            order[to] = order[to - 1]
            to -= 1
        order[to] = mine


@njit(cache=True, nogil=True)
def _sort(key: Any, order: Any, count: int) -> None:
    """Fill *order* with the places of *key* in falling order.

    Many keys are first dealt into as many buckets of equal width, which leaves every one near
    its place; keys crowded into few buckets are left to a sort that does not mind.
    """
    if count <= _FEW:
        for at in range(count):
            order[at] = at
        _insert(key, order, count)
        return
    low, high = key[0], key[0]
    for at in range(1, count):
        low, high = min(low, key[at]), max(high, key[at])
    if low == high:
        for at in range(count):
            order[at] = at
        return
    scale = (count - 1) / (high - low)
    bucket = np.empty(count, np.int32)
    starts = np.zeros(count + 1, np.int32)
    for at in range(count):
        mine = np.int32((high - key[at]) * scale)
        bucket[at] = mine
        starts[mine + 1] += 1
    crowded = 0
    for at in range(count):
        crowded = max(crowded, starts[at + 1])
        starts[at + 1] += starts[at]
    if crowded > _CROWDED:
        order[:count] = np.argsort(key[:count])[::-1]
        return
    for at in range(count):
        order[starts[bucket[at]]] = at
        starts[bucket[at]] += 1
    _insert(key, order, count)


@njit(cache=True, nogil=True)
def _cascade(upper: Any, lower: Any, signed: Any, key: Any, order: Any) -> Any:
    """Return hot and cold utility, pinch (the hottest) and recovery of one group."""
    many = len(upper)
    given, taken = 0.0, 0.0
    for at in range(many):
        key[at] = upper[at]
        key[many + at] = lower[at]
        given += max(signed[at], 0.0)
        taken -= min(signed[at], 0.0)
    count = 2 * many
    _sort(key, order, count)
    small = ROUNDING * max(given, taken)
    heat, rate, deepest = 0.0, 0.0, 0.0
    level = key[order[0]]
    pinch = level
    at = 0
    while at < count:
        here = key[order[at]]
        heat += rate * (level - here)
        level = here
        if heat < deepest - small:
            deepest, pinch = heat, here
        jump = 0.0
        while at < count and key[order[at]] == here:
            stream = order[at] % many
            span = upper[stream] - lower[stream]
            if span <= 0.0:
                jump += 0.5 * signed[stream]  # met twice: its two ends are one
            elif order[at] < many:
                rate += signed[stream] / span
            else:
                rate -= signed[stream] / span
            at += 1
        if jump != 0.0:
            heat += jump
            if heat < deepest - small:
                deepest, pinch = heat, here
    hot = -deepest if deepest < -small else 0.0
    cold = given - taken + hot
    if cold <= small:
        cold = 0.0
    return hot, cold, pinch, given - cold


@njit(cache=True, nogil=True)
def cascade_serial(upper: Any, lower: Any, signed: Any, starts: Any, out: Any) -> None:
    """Fill *out* (groups, 4) group by group on one core."""
    most = 0
    for group in range(len(starts) - 1):
        most = max(most, starts[group + 1] - starts[group])
    key = np.empty(2 * most)
    order = np.empty(2 * most, np.int32)
    for group in range(len(starts) - 1):
        first, last = starts[group], starts[group + 1]
        if last > first:
            hot, cold, pinch, recovery = _cascade(
                upper[first:last], lower[first:last], signed[first:last], key, order
            )
            out[group, 0], out[group, 1] = hot, cold
            out[group, 2], out[group, 3] = pinch, recovery


@njit(cache=True, parallel=True, nogil=True)
def cascade_parallel(upper: Any, lower: Any, signed: Any, cuts: Any, starts: Any, out: Any) -> None:
    """Fill *out* with runs of groups side by side; run r is groups cuts[r] to cuts[r + 1]."""
    for run in prange(len(cuts) - 1):
        first, last = cuts[run], cuts[run + 1]
        cascade_serial(upper, lower, signed, starts[first : last + 1], out[first:last])
