"""How much there is to look at, told before it is looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.matching.places import Ground
from sinhthai.symbiosis.engine.matching.problem import Problem


def pairs_by_cell(problem: Problem, ground: Ground) -> NDArray[np.float64]:
    """Return the pairs an offer of each offer cell is expected to be held against.

    The needs of the cells around, times the share of them that a link joins to an offer, taken
    over all offers and needs alike: an estimate for sharing out work, not a count.
    """
    links = problem.links
    given, asked = (problem.offers["key"].to_numpy(), problem.needs["key"].to_numpy())
    offer_key, need_key = (links[name].to_numpy() for name in ("offer_key", "need_key"))
    keys = 1 + max(int(k.max(initial=-1)) for k in (given, asked, offer_key, need_key))
    of_offers, of_needs = (np.bincount(k, minlength=keys) for k in (given, asked))
    joined = float(of_offers[offer_key].astype(np.float64) @ of_needs[need_key])
    share = joined / max(len(given) * len(asked), 1)
    by_cell = np.concatenate(([0], np.cumsum(_streams_by_cell(ground.needs.place, ground))))
    ranges = np.concatenate(([0], np.cumsum(by_cell[ground.high] - by_cell[ground.low])))
    around = ranges[ground.start[1:]] - ranges[ground.start[:-1]]
    return np.asarray(around * share)


def pairs_by_offer(problem: Problem, ground: Ground) -> NDArray[np.float64]:
    """Return the pairs each offer is expected to be held against."""
    cell = ground.offers.cell[ground.offers.place]
    return np.asarray(pairs_by_cell(problem, ground)[cell])


def _streams_by_cell(place: NDArray[np.int32], ground: Ground) -> NDArray[np.int64]:
    cells = len(ground.needs.first) - 1
    return np.bincount(ground.needs.cell[place], minlength=cells)
