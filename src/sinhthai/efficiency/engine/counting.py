"""What each measure adds to a total when several act on one use: a share of what is left.

Two measures that save 20 % and 10 % of one use save 1 - 0.8 x 0.9 = 28 % of it, not 30 %. The
whole of a use is never exceeded.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """What one measure saves by itself of one use.

    ``quantity`` is what the use takes a year (None: not known), ``saved`` what the measure saves of
    it, in the same unit. ``key`` tells the measure, ``use`` what it acts on (with its class:
    measures of different classes are never added, so they never meet either).
    """

    key: Hashable
    use: Hashable
    saved: float
    quantity: float | None


def share_counted(taken: Sequence[Taken]) -> Mapping[Hashable, float]:
    """Return for each measure the part of its own saving that counts in a total, 0 to 1.

    The largest saving is counted first and each next one of what is left, so the sum of a use is
    ``quantity * (1 - prod(1 - saved / quantity))`` whatever the order. Of a use that nobody
    metered nothing can be said: each saving counts whole, and the page says that it may overlap.

    Raises
    ------
    ValueError : a saving or a quantity is not a finite number.

    >>> found = share_counted([Taken("leaks", "air", 20.0, 100.0), Taken("vsd", "air", 10.0, 100.0)])
    >>> found["leaks"], round(found["vsd"], 3)
    (1.0, 0.8)
    """
    by_use: dict[Hashable, list[Taken]] = defaultdict(list)
    for one in taken:
        if not math.isfinite(one.saved) or not math.isfinite(one.quantity or 0.0):
            raise ValueError(f"not a number: {one}")
        by_use[one.use].append(one)
    found: dict[Hashable, float] = {}
    for group in by_use.values():
        left = 1.0
        # A saving below zero (a measure that takes more) lies outside the product: it counts whole.
        for one in sorted(group, key=lambda each: (-each.saved, str(each.key))):
            if one.quantity is None or one.quantity <= 0 or one.saved <= 0:
                found[one.key] = 1.0
                continue
            share = min(one.saved / one.quantity, 1.0)
            found[one.key] = left * share * one.quantity / one.saved
            left *= 1.0 - share
    return found
