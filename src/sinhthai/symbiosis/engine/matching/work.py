"""How much there is to look at, told before it is looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.problems import Problem as Fault
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.matching.places import Ground
from sinhthai.symbiosis.engine.matching.problem import Problem


def pairs_by_cell(problem: Problem, ground: Ground) -> NDArray[np.float64]:
    """Return the pairs an offer of each offer cell is expected to be held against.

    The needs of the cells around, times the share of them that a link joins to an offer, taken
    over all offers and needs alike: an estimate for sharing out work, not a count.
    """
    links = problem.links
    given, asked = problem.offers["key"].to_numpy(), problem.needs["key"].to_numpy()
    offer_key, need_key = (links[name].to_numpy() for name in ("offer_key", "need_key"))
    keys = 1 + max(int(key.max(initial=-1)) for key in (given, asked, offer_key, need_key))
    of_offers, of_needs = (np.bincount(key, minlength=keys) for key in (given, asked))
    joined = float(of_offers[offer_key].astype(np.float64) @ of_needs[need_key])
    share = joined / max(len(given) * len(asked), 1)
    needs = ground.needs
    by_cell = np.bincount(needs.cell[needs.place], minlength=len(needs.first) - 1)
    up_to_cell = np.concatenate(([0], np.cumsum(by_cell)))
    up_to_range = np.concatenate(([0], np.cumsum(up_to_cell[ground.high] - up_to_cell[ground.low])))
    around = up_to_range[ground.start[1:]] - up_to_range[ground.start[:-1]]
    return np.asarray(around * share)


def pairs_by_offer(problem: Problem, ground: Ground, most: float) -> NDArray[np.float64]:
    """Return the pairs each offer is expected to be held against.

    ``InputError`` when they are more than *most* together.
    """
    cell = ground.offers.cell[ground.offers.place]
    pairs = np.asarray(pairs_by_cell(problem, ground)[cell])
    total = float(pairs.sum())
    if total > most:
        raise InputError([_too_many(problem, total)])
    return pairs


def _too_many(problem: Problem, pairs: float) -> Fault:
    rows = problem.offers.num_rows + problem.needs.num_rows
    billions = round(pairs / 1e9)
    return Fault(
        "match-too-many-pairs",
        Text(
            vi=f"{rows} dòng vật chất tạo khoảng {billions} tỷ cặp phải so: sẽ mất nhiều giờ.",
            en=f"{rows} streams make about {billions} billion pairs to look at: it would take"
            " hours.",
        ),
        Text(
            vi="Giảm bán kính (`--within`), chia tệp theo vùng, hoặc dùng `--engine spark`.",
            en="Lower the radius (`--within`), split the file by region, or use `--engine spark`.",
        ),
    )
