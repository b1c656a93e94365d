"""Heat targets of many enterprises in one call: a country in tens of milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.heat.streams import Floats, HeatStreams

_RUNS = 16  # runs of groups dealt to the cores; more than cores, so that none waits long
_ALONE = 2000  # streams below which a second core costs more than it brings


@dataclass(frozen=True, slots=True)
class GroupTargets:
    """Targets of G groups of streams, one entry each.

    ``hot``, ``cold`` and ``recovery`` are heat flows [kW]; ``pinch`` is the hottest shifted
    pinch [°C], not a number for a group without streams.
    """

    hot: Floats
    cold: Floats
    pinch: Floats
    recovery: Floats


def targets_of_groups(
    upper: Floats, lower: Floats, signed: Floats, starts: NDArray[np.int64]
) -> GroupTargets:
    """Return the targets of groups of streams that lie one after the other.

    Parameters
    ----------
    upper, lower : (n,) ends of every stream on the shifted scale [°C].
    signed : (n,) duty [kW], positive for streams that give heat.
    starts : (G + 1,) group g holds the streams ``starts[g]`` to ``starts[g + 1] - 1``.

    >>> ends = np.array([165.0, 145.0, 140.0, 145.0]), np.array([55.0, 25.0, 25.0, 85.0])
    >>> duty = np.array([330.0, 180.0, -230.0, -240.0])
    >>> found = targets_of_groups(*ends, duty, np.array([0, 4, 4]))
    >>> found.hot.tolist(), found.pinch.tolist()
    ([20.0, 0.0], [85.0, nan])
    """
    from sinhthai.symbiosis.engine.heat import kernel  # compiling is for those who need it

    groups = len(starts) - 1
    out = np.zeros((groups, 4))
    out[:, 2] = np.nan
    if len(upper) < _ALONE or groups < _RUNS:
        kernel.cascade_serial(upper, lower, signed, starts, out)
    else:
        cuts = np.searchsorted(starts, np.linspace(0, len(upper), _RUNS + 1)).astype(np.int64)
        cuts[0], cuts[-1] = 0, groups
        kernel.cascade_parallel(upper, lower, signed, cuts, starts, out)
    return GroupTargets(out[:, 0], out[:, 1], out[:, 2], out[:, 3])


def targets_by_zone(streams: HeatStreams) -> tuple[Sequence[str], GroupTargets]:
    """Return the zones of *streams*, in the order they first appear, and their targets.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> both = [HeatStream.flowing("C", 20, 80, 1.0, zone="a"),
    ...         HeatStream.flowing("H", 90, 40, 2.0, zone="b")]
    >>> names, found = targets_by_zone(HeatStreams.of(both))
    >>> list(names), found.hot.tolist()
    (['a', 'b'], [60.0, 0.0])
    """
    names = streams.zone_names
    number = {name: at for at, name in enumerate(names)}
    zone = np.fromiter((number[name] for name in streams.zones), np.int64, len(streams))
    order = np.argsort(zone, kind="stable")
    starts = np.searchsorted(zone[order], np.arange(len(names) + 1))
    found = targets_of_groups(
        streams.upper[order], streams.lower[order], streams.signed[order], starts
    )
    return names, found
