"""Water targets of processes with fixed loads: the limiting composite curve and its pinch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.water.processes import (
    PPM,
    Process,
    WaterError,
    check_one_contaminant,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WaterTarget:
    """The least fresh water [t/h], and the concentration [ppm] that decides it.

    ``pinch`` is None when no water is needed. ``without_reuse`` is what the processes take when
    each gets fresh water only. ``level`` [ppm] and ``load`` [kg/h] are the limiting composite
    curve: the load to be taken up below each concentration.
    """

    fresh: float
    pinch: float | None
    without_reuse: float
    level: Floats
    load: Floats


@dataclass(frozen=True, slots=True)
class RegenerationTarget:
    """The least fresh water [t/h] when water may be cleaned to ``outlet`` [ppm].

    ``at`` [ppm] is the concentration at which the water goes to be cleaned; ``regenerated`` [t/h]
    how much passes through. With *recycling* water may return to a process it has passed.
    """

    fresh: float
    regenerated: float
    at: float
    outlet: float
    recycling: bool


def water_target(processes: Sequence[Process], *, fresh: float = 0.0) -> WaterTarget:
    r"""Return the least fresh water that serves *processes* when they re-use each other's water.

    .. math:: F = \max_C \frac{m(C)}{C - c_0}

    with :math:`m(C)` the load to be taken up below *C*, each load spread evenly from its process's
    largest inlet to its largest outlet concentration.

    Parameters
    ----------
    processes : one contaminant each.
    fresh : concentration of fresh water :math:`c_0`, ppm.

    Source: Y. P. Wang, R. Smith, Chem. Eng. Sci. 49 (1994) 981-1006.

    >>> water_target([Process("wash", (2.0,), (0.0,), (100.0,))]).fresh
    20.0
    """
    check_one_contaminant(processes, fresh)
    level, load = composite(processes)
    above = level > fresh
    rate = PPM * load[above] / (level[above] - fresh)
    least = float(rate.max(initial=0.0))
    return WaterTarget(
        fresh=least,
        pinch=float(level[above][rate.argmax()]) if least > 0 else None,
        without_reuse=sum(PPM * p.load[0] / (p.outlet_max[0] - fresh) for p in processes),
        level=level,
        load=load,
    )


def regeneration_target(
    processes: Sequence[Process], *, outlet: float, recycling: bool, fresh: float = 0.0
) -> RegenerationTarget:
    r"""Return the least fresh water when water may be cleaned once to *outlet* ppm.

    Re-use: all water is used up to a concentration :math:`C_r`, cleaned, and used on; fresh and
    cleaned water take up load side by side below :math:`C_r`:

    .. math:: F = \min_{C_r} \max_C \frac{m(C)}
              {\min(C, C_r) - c_0 + \max(0, C - c_{out})}

    Recycling: fresh water is needed only for what is to be cleaner than *outlet*, and to make up
    what the cleaned water, as much as it takes, cannot reach.

    Raises
    ------
    WaterError
        If *outlet* is not dirtier than fresh water: then it is fresh water.

    >>> wash, rinse = (Process("p", (m,), (c,), (100.0,)) for m, c in ((2.0, 0.0), (5.0, 50.0)))
    >>> round(regeneration_target([wash, rinse], outlet=5.0, recycling=True).fresh, 2)
    20.0
    """
    check_one_contaminant(processes, fresh)
    if not outlet > fresh:
        raise WaterError("cleaned water is no dirtier than fresh water: it replaces it")
    level, load = composite(processes)
    if recycling:
        return _recycled(level, load, outlet, fresh)
    # What both waters carry bends where cleaned water begins: the limit may be there.
    load = np.interp(bent := np.union1d(level, [outlet]), level, load, left=0.0)
    level = bent
    best: RegenerationTarget | None = None
    for at in level[level > max(outlet, fresh)]:
        carried = np.minimum(level, at) - fresh + np.maximum(0.0, level - outlet)
        usable = carried > 0
        least = float((PPM * load[usable] / carried[usable]).max(initial=0.0))
        if best is None or least < best.fresh * (1 - 1e-12):
            best = RegenerationTarget(least, least, float(at), outlet, False)
    if best is None:
        plain = water_target(processes, fresh=fresh)
        return RegenerationTarget(plain.fresh, 0.0, outlet, outlet, False)
    return best


def _recycled(level: Floats, load: Floats, outlet: float, fresh: float) -> RegenerationTarget:
    """Fresh water for what is cleaner than *outlet*; cleaned water carries the rest."""
    below = (level > fresh) & (level <= outlet)
    reached = float(np.interp(outlet, level, load))
    least = float((PPM * load[below] / (level[below] - fresh)).max(initial=0.0))
    least = max(least, PPM * reached / (outlet - fresh))
    over = level > outlet
    carried = least * (level[over] - fresh) / PPM
    cleaned = PPM * (load[over] - carried) / (level[over] - outlet)
    regenerated = float(cleaned.max(initial=0.0))
    at = float(level[over][cleaned.argmax()]) if regenerated > 0 else outlet
    return RegenerationTarget(least, regenerated, at, outlet, True)


def composite(processes: Sequence[Process]) -> tuple[Floats, Floats]:
    """Return the levels [ppm] and the load [kg/h] to be taken up below each of them."""
    if not processes:
        return np.empty(0), np.empty(0)
    load = np.array([p.load[0] for p in processes])
    inlet = np.array([p.inlet_max[0] for p in processes])
    outlet = np.array([p.outlet_max[0] for p in processes])
    level = np.unique(np.concatenate([inlet, outlet]))
    share = (level[:, None] - inlet) / (outlet - inlet)
    return level, np.clip(share, 0.0, 1.0) @ load
