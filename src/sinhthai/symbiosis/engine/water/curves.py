"""The curves of water pinch analysis, point by point."""

from __future__ import annotations

from sinhthai.symbiosis.engine.water.cascade import FlowTarget
from sinhthai.symbiosis.engine.water.processes import PPM
from sinhthai.symbiosis.engine.water.targets import WaterTarget


def fresh_line(target: WaterTarget, fresh: float) -> list[tuple[float, float]]:
    """Return the line of the least fresh water: (load [kg/h], concentration [mg/L]), two points.

    It lies below the limiting composite curve and touches it at the pinch; it ends where all of
    the load is taken up. *fresh* is the concentration of fresh water.

    >>> from sinhthai.symbiosis.engine.water.processes import Process
    >>> from sinhthai.symbiosis.engine.water.targets import water_target
    >>> fresh_line(water_target([Process("wash", (2.0,), (0.0,), (100.0,))]), 0.0)
    [(0.0, 0.0), (2.0, 100.0)]
    """
    if target.fresh <= 0:
        return []
    load = float(target.load[-1])
    return [(0.0, fresh), (load, fresh + PPM * load / target.fresh)]


def surplus_curve(cascade: FlowTarget) -> list[tuple[float, float]]:
    """Return the cascade as (capacity left over [kg/h], concentration [mg/L]) points."""
    return [
        (surplus / PPM, level)
        for surplus, level in zip(cascade.surplus.tolist(), cascade.level.tolist(), strict=True)
    ]
