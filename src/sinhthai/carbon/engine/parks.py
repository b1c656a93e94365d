"""The inventory of a park: its own operation and its enterprises, nothing counted twice.

What the park sells to its tenants (power, steam, wastewater treatment) is in both inventories: the
park burns the coal (scope 1) and the tenant buys the steam (scope 2). In the park's sum it stands
once, where it is emitted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sinhthai.carbon.engine.model import Activity


@dataclass(frozen=True, slots=True)
class Split:
    """A park's activities: what its sum counts, and what is left out with the reason."""

    counted: tuple[Activity, ...]
    inside: tuple[Activity, ...]
    """Bought from the park itself, whose own inventory holds the emission."""
    unmatched: tuple[Activity, ...]
    """Bought from the park, which reports no emission of that year: counted at the buyer."""


def split_park(activities: Sequence[Activity], park: str, reporting: Collection[int]) -> Split:
    """Return which activities the sum of *park* counts.

    Parameters
    ----------
    activities : of the park's operation and of its enterprises, any years.
    reporting : years in which the park's own operation reports; in any other year what it sold
        is counted at the buyer, because it stands nowhere else.

    >>> own = Activity("park", 2024, "1", "stationary", "anthracite", 100.0, "t")
    >>> steam = Activity("e", 2024, "2", "heat", "steam", 5.0, "GJ", scope=2, supplier="park")
    >>> split = split_park([own, steam], "park", {2024})
    >>> [a.subject for a in split.counted], [a.subject for a in split.inside]
    (['park'], ['e'])
    """
    counted, inside, unmatched = [], [], []
    for activity in activities:
        bought_here = activity.supplier == park and activity.subject != park
        if bought_here and activity.year in reporting:
            inside.append(activity)
            continue
        counted.append(activity)
        if bought_here:
            unmatched.append(activity)
    return Split(tuple(counted), tuple(inside), tuple(unmatched))
