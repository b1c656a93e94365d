"""A cooperative game: what every group of partners could earn without the others.

A group (coalition) is a bit mask: bit *i* is partner *i*.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
EXACT_PARTNERS = 12
"""Up to so many partners every group is valued (4,096 groups); beyond, groups are sampled."""


@dataclass(frozen=True, slots=True)
class Game:
    """The partners, and the benefit [VND a year] of each group of them.

    ``value(mask)`` is what the group earns when it works together without the others, 0 for the
    empty group. It is asked once per group; it may be slow (a network to solve).
    """

    partners: tuple[str, ...]
    value: Callable[[int], float]

    def __post_init__(self) -> None:
        if len(set(self.partners)) != len(self.partners):
            raise ValueError("a partner is named twice")
        if not self.partners:
            raise ValueError("a split needs at least one partner")


def tabulate(game: Game) -> Values:
    """Return the benefit of every group, shape (2**n,), VND a year; index is the bit mask.

    Raises
    ------
    ValueError
        If there are more than ``EXACT_PARTNERS`` partners, or a benefit is not a number.

    >>> tabulate(Game(("a", "b"), lambda mask: 10.0 if mask == 3 else 0.0))
    array([ 0.,  0.,  0., 10.])
    """
    count = len(game.partners)
    if count > EXACT_PARTNERS:
        raise ValueError(f"{count} partners are too many to value every group of them")
    values = np.array([0.0] + [float(game.value(mask)) for mask in range(1, 1 << count)])
    if not np.isfinite(values).all():
        raise ValueError("the benefit of a group is not a number")
    return values


def game_of_agreements(partners: Sequence[str], agreements: Mapping[frozenset[str], float]) -> Game:
    """Return the game in which a group earns the best of the agreements it can make on its own.

    Parameters
    ----------
    partners : everybody who takes part.
    agreements : group of partners -> benefit of the agreement among exactly them, VND a year.
        One partner alone is what it earns without anybody (0 where not given). A group that is
        not named earns the best sum over disjoint named groups inside it: nobody is forced to
        work together (superadditive cover).

    Raises
    ------
    ValueError
        If an agreement is among nobody or names a stranger, or its benefit is not a number.

    >>> game = game_of_agreements("abc", {frozenset("ab"): 6.0, frozenset("abc"): 8.0})
    >>> game.value(0b011), game.value(0b101), game.value(0b111)
    (6.0, 0.0, 8.0)
    """
    number = {name: bit for bit, name in enumerate(partners)}
    named: dict[int, float] = {}
    for group, benefit in agreements.items():
        unknown = group - number.keys()
        if unknown:
            raise ValueError(f"not a partner: {', '.join(sorted(unknown))}")
        check_agreement(group, benefit)
        named[sum(1 << number[name] for name in group)] = float(benefit)
    for bit in range(len(number)):
        named.setdefault(1 << bit, 0.0)
    best: dict[int, float] = {0: 0.0}

    def value(mask: int) -> float:
        if mask not in best:
            lowest = mask & -mask
            # Some group of the partition holds the lowest partner; the rest splits on its own.
            best[mask] = max(
                benefit + value(mask ^ group)
                for group, benefit in named.items()
                if group & lowest and group & mask == group
            )
        return best[mask]

    return Game(tuple(partners), value)


def check_agreement(group: frozenset[str], benefit: float) -> None:
    """Refuse an agreement among nobody, or whose benefit is not a number."""
    if not group:
        raise ValueError("an agreement is among nobody")
    if not math.isfinite(benefit):
        raise ValueError(f"the benefit of {', '.join(sorted(group))} is not a number")
