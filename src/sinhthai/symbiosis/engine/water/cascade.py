"""Targets for sources and sinks of fixed flow: the cascade of what each level leaves over.

Anything that is kept clean by blending fits: water and its salts, hydrogen and its impurity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.water.processes import Tap, WaterError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FlowTarget:
    """The least fresh supply and the waste it leaves, in the unit of the flows given.

    ``pinch`` is the concentration that decides it; None when the balance of flows does, or
    nothing fresh is needed. ``level`` and ``surplus`` are the cascade: the capacity to take up
    contaminant that is left over below each level with the fresh supply in (never below 0).
    """

    fresh: float
    waste: float
    pinch: float | None
    level: Floats
    surplus: Floats


def flow_target(sources: Sequence[Tap], sinks: Sequence[Tap], *, fresh: float = 0.0) -> FlowTarget:
    r"""Return the least fresh supply that lets *sources* serve *sinks* by blending.

    With :math:`G(C)` the flow of the sources less that of the sinks at or below *C*,

    .. math:: F = \max\Bigl(0,\; -G(\infty),\;
              \max_k \frac{-\sum_{l<k} G(C_l)\,(C_{l+1}-C_l)}{C_k - c_0}\Bigr)

    Parameters
    ----------
    sources, sinks : flows and their (largest) concentrations, in one unit each.
    fresh : concentration of the fresh supply :math:`c_0`.

    Raises
    ------
    WaterError
        If a sink must be cleaner than the fresh supply and no source is clean enough.

    Source: Z. A. Manan, Y. L. Tan, D. C. Y. Foo, AIChE J. 50 (2004) 3169-3183.

    >>> flow_target([Tap("a", 50.0, 50.0)], [Tap("b", 50.0, 20.0)])
    ... # doctest: +ELLIPSIS
    FlowTarget(fresh=30.0, waste=30.0, pinch=50.0, ...
    """
    if not 0 <= fresh < float("inf"):
        raise WaterError("the concentration of the fresh supply is negative or not a number")
    level = np.unique(
        np.array([t.concentration for t in (*sources, *sinks)] + [fresh], dtype=float)
    )
    net = np.zeros(len(level))
    for tap in sources:
        net[np.searchsorted(level, tap.concentration)] += tap.flow
    for tap in sinks:
        net[np.searchsorted(level, tap.concentration)] -= tap.flow
    through = np.cumsum(net)
    taken = np.concatenate([[0.0], np.cumsum(through[:-1] * np.diff(level))])
    scale = 1e-9 * max(1.0, float(np.abs(taken).max()))
    clean = level <= fresh
    if (taken[clean] < -scale).any():
        need = min(sinks, key=lambda sink: sink.concentration)
        raise WaterError(
            f"{need.name} may take {need.concentration:g} at most, cleaner than the fresh supply "
            f"({fresh:g}), and no source is clean enough"
        )
    wanted = -taken[~clean] / (level[~clean] - fresh)
    by_load = float(wanted.max(initial=0.0))
    by_flow = -float(through[-1])
    least = max(0.0, by_load, by_flow)
    decides = by_load > 0 and by_load >= by_flow
    return FlowTarget(
        fresh=least,
        waste=float(through[-1]) + least,
        pinch=float(level[~clean][wanted.argmax()]) if decides else None,
        level=level,
        surplus=taken + least * np.maximum(0.0, level - fresh),
    )
