"""How good a ranking is: recall at k, mean reciprocal rank, and how sure these are.

Exchanges of one published case share firms and author, so they are no independent draws: the
interval resamples whole cases (a clustered bootstrap), not rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CUTS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures of a ranking over many queries, each with a 95 % interval."""

    recall: dict[int, tuple[float, float, float]]  # k -> value, low, high
    reciprocal: tuple[float, float, float]
    queries: int
    clusters: int


def rank_of(scores: NDArray[np.float64], right: int) -> float:
    """Return the rank of the right answer; among equals, the middle of their places.

    >>> import numpy as np
    >>> rank_of(np.array([0.5, 0.9, 0.5, 0.1]), 0)
    2.5
    """
    mine = scores[right]
    return float(1 + (scores > mine).sum() + ((scores == mine).sum() - 1) / 2)


def quality_of_ranks(
    ranks: Sequence[float], clusters: Sequence[str], *, draws: int = 2000, seed: int = 0
) -> Quality:
    """Return recall at 1, 5 and 10 and the mean reciprocal rank of *ranks*.

    Parameters
    ----------
    ranks : rank of the right answer of each query.
    clusters : what each query belongs to; whole clusters are drawn with replacement.
    seed : of the bootstrap (H10).

    >>> found = quality_of_ranks([1, 2, 20, 1], ["a", "a", "b", "c"])
    >>> found.recall[1][0], found.recall[5][0], found.clusters
    (0.5, 0.75, 3)
    """
    import numpy as np

    rank = np.asarray(ranks, np.float64)
    names, of_row = np.unique(np.asarray(clusters), return_inverse=True)
    measures = np.stack([*(rank <= cut for cut in CUTS), 1 / rank]).astype(np.float64)
    sums = np.stack([np.bincount(of_row, weights=m, minlength=names.size) for m in measures])
    size = np.bincount(of_row, minlength=names.size).astype(np.float64)
    drawn = np.random.default_rng(seed).integers(0, names.size, (draws, names.size))
    estimates = sums[:, drawn].sum(axis=2) / size[drawn].sum(axis=1)
    low, high = np.percentile(estimates, [2.5, 97.5], axis=1)
    mean = measures.mean(axis=1)
    found = [(float(m), float(a), float(b)) for m, a, b in zip(mean, low, high, strict=True)]
    return Quality(dict(zip(CUTS, found, strict=False)), found[-1], rank.size, names.size)
