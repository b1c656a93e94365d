"""The curves of pinch analysis: composite, grand composite, and what is left without pockets.

Every curve is a polyline through its kinks and nothing between them, so drawing it is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.heat.problem_table import ProblemTable
from sinhthai.symbiosis.engine.heat.streams import Floats, HeatStreams


@dataclass(frozen=True, slots=True)
class Curve:
    """A polyline of heat flow [kW] against temperature [°C], point by point."""

    heat: Floats
    temperature: Floats

    def __len__(self) -> int:
        return len(self.heat)

    def points(self) -> list[tuple[float, float]]:
        """Return (heat, temperature) pairs."""
        return list(zip(self.heat.tolist(), self.temperature.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Composites:
    """The hot and the cold composite curve, placed so that cold utility is their offset."""

    hot: Curve
    cold: Curve


def composite_curves(
    streams: HeatStreams, table: ProblemTable, *, shifted: bool = False
) -> Composites:
    """Return the composite curves, from the coldest end up.

    The hot one starts at heat 0, the cold one at the cold utility of *table*. On the real scale
    they lie apart by the temperature difference at the pinch; *shifted*, they touch there.

    >>> from sinhthai.symbiosis.engine.heat.problem_table import problem_table
    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> both = HeatStreams.of([HeatStream.flowing("H", 100, 40, 2.0),
    ...                        HeatStream.flowing("C", 20, 80, 1.0)])
    >>> composite_curves(both, problem_table(both)).cold.points()
    [(60.0, 20.0), (120.0, 80.0)]
    """
    top = streams.upper if shifted else np.maximum(streams.supply, streams.target)
    low = streams.lower if shifted else np.minimum(streams.supply, streams.target)
    hot = streams.signed > 0
    cold = streams.signed < 0
    return Composites(
        _composite(top[hot], low[hot], streams.signed[hot], 0.0),
        _composite(top[cold], low[cold], -streams.signed[cold], table.cold),
    )


def grand_composite(table: ProblemTable) -> Curve:
    """Return the net heat flow against shifted temperature, from the hottest down.

    A stream at constant temperature is a level piece: two points of one temperature.

    >>> from sinhthai.symbiosis.engine.heat.problem_table import problem_table
    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> hot = HeatStreams.of([HeatStream.flowing("H", 100, 40, 2.0)])
    >>> grand_composite(problem_table(hot)).points()
    [(0.0, 100.0), (120.0, 40.0)]
    """
    heat = np.column_stack([table.above, table.below]).ravel()
    temperature = np.repeat(table.temperatures, 2)
    keep = np.ones(len(heat), dtype=np.bool_)
    keep[1::2] = table.above != table.below
    return Curve(heat[keep], temperature[keep])


def without_pockets(table: ProblemTable) -> Curve:
    """Return the grand composite curve with its pockets closed, from the hottest down.

    Above the pinch it is the heat still to be brought from outside at or below each temperature,
    below the pinch the heat to be carried away at or above it: in a pocket the streams serve
    themselves. Between the two lies zero. Kinks where a pocket opens are computed, not sampled.

    >>> from sinhthai.symbiosis.engine.heat.problem_table import problem_table
    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> pocket = [HeatStream.flowing("H", 100, 40, 2.0), HeatStream.flowing("C", 50, 70, 3.0)]
    >>> without_pockets(problem_table(HeatStreams.of(pocket))).points()
    [(0.0, 100.0), (40.0, 80.0), (40.0, 50.0), (60.0, 40.0)]
    """
    curve = grand_composite(table)
    if not len(curve):
        return curve
    lowest = int(np.argmin(curve.heat))
    up_heat, up_at = _falling(curve.heat[: lowest + 1], curve.temperature[: lowest + 1])
    down_heat, down_at = _falling(curve.heat[lowest:][::-1], curve.temperature[lowest:][::-1])
    return Curve(
        np.concatenate([up_heat, down_heat[::-1][1:]]),
        np.concatenate([up_at, down_at[::-1][1:]]),
    )


def _composite(top: Floats, low: Floats, duty: Floats, start: float) -> Curve:
    """Return the sum of streams as one curve rising from (start, coldest)."""
    if not len(duty):
        return Curve(np.empty(0), np.empty(0))
    levels = np.unique(np.concatenate([top, low]))
    begins, ends = np.searchsorted(levels, low), np.searchsorted(levels, top)
    constant = top <= low
    rate = np.divide(duty, top - low, out=np.zeros(len(duty)), where=~constant)
    slope = np.cumsum(np.bincount(begins, rate, len(levels)) - np.bincount(ends, rate, len(levels)))
    jump = np.bincount(begins, np.where(constant, duty, 0.0), len(levels))
    arriving = start + np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(levels) + jump[:-1])])
    heat = np.column_stack([arriving, arriving + jump]).ravel()
    keep = np.ones(len(heat), dtype=np.bool_)
    keep[1::2] = jump > 0
    return Curve(heat[keep], np.repeat(levels, 2)[keep])


def _falling(heat: Floats, temperature: Floats) -> tuple[Floats, Floats]:
    """Return the running least of *heat* as a polyline: level where heat is above it."""
    kept = [(float(heat[0]), float(temperature[0]))]
    least = float(heat[0])
    for before, after, t_before, t_after in zip(
        heat[:-1].tolist(),
        heat[1:].tolist(),
        temperature[:-1].tolist(),
        temperature[1:].tolist(),
        strict=True,
    ):
        if after >= least:
            continue
        if before > least:  # the curve comes back out of a pocket inside this piece
            share = (before - least) / (before - after)
            kept.append((least, t_before + share * (t_after - t_before)))
        kept.append((after, t_after))
        least = after
    if kept[-1][1] != temperature[-1]:
        kept.append((least, float(temperature[-1])))
    return np.array([one for one, _ in kept]), np.array([at for _, at in kept])
