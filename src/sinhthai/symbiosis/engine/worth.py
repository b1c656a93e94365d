"""What one unit of an offer is worth to giver and receiver together, before transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Terms(NamedTuple):
    """What is known of money for each of n links; arrays of n, VND per unit of the offer.

    ``typical`` is (low, mid, high) of what the receiver saves less the treatment, as the rule
    tells it; NaN: not known. ``ratio`` is (low, mid, high) of the units of the need that one unit
    of the offer stands for; NaN: nothing says that one replaces the other.
    """

    typical: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
    ratio: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
    treatment: NDArray[np.float64]

    def of(self, link: NDArray[np.int64] | NDArray[np.int32]) -> Terms:
        """Return the terms of some links, in their order."""
        typical, ratio = (
            (low[link], mid[link], high[link]) for low, mid, high in (self.typical, self.ratio)
        )
        return Terms(typical, ratio, self.treatment[link])


def worth(
    terms: Terms, asked: NDArray[np.float64], paid: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return low, mid and high of the worth of n pairs; NaN: not known.

    The receiver saves what it pays now (*paid*, per unit of the need), else what is typical; the
    giver loses what it could ask elsewhere (*asked*), or saves what it pays now (negative). NaN
    is a price that is not stated.

    >>> import numpy as np
    >>> one = np.ones(2)
    >>> terms = Terms((one * 50, one * 60, one * 70), (one * 0.9, one, one * 1.1), one * 5)
    >>> [p.round().tolist() for p in worth(terms, np.array([np.nan, -10]), np.array([np.nan, 100]))]
    [[50.0, 95.0], [60.0, 105.0], [70.0, 115.0]]
    """
    import numpy as np

    foregone = np.where(np.isnan(asked), 0.0, asked)
    stated = [paid * ratio - (terms.treatment + foregone) for ratio in terms.ratio]
    ordered = (np.minimum(stated[0], stated[2]), stated[1], np.maximum(stated[0], stated[2]))
    low, mid, high = (
        np.where(np.isnan(paid), typical - foregone, own)
        for typical, own in zip(terms.typical, ordered, strict=True)
    )
    return low, mid, high
