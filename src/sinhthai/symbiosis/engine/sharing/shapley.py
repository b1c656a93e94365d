"""The Shapley value: each partner gets the average of what it adds, over every order of joining."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from math import factorial

import numpy as np

from sinhthai.symbiosis.engine.sharing.game import Game, Values, check_agreement


def shapley(values: Values) -> Values:
    r"""Return the Shapley value, shape (n,), VND a year, of the tabulated game.

    .. math:: \phi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,(v(S \cup i) - v(S))

    Parameters
    ----------
    values : benefit of every group, shape (2**n,), index is the bit mask.

    Source: L. S. Shapley, A value for n-person games, 1953.

    >>> shapley(np.array([0.0, 0.0, 0.0, 10.0]))
    array([5., 5.])
    """
    count = len(values).bit_length() - 1
    masks = np.arange(1 << count)
    size = np.bitwise_count(masks)
    weight = np.array(
        [factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)]
    )
    share = np.empty(count)
    for partner in range(count):
        without = masks[masks & (1 << partner) == 0]
        gain = values[without | (1 << partner)] - values[without]
        share[partner] = weight[size[without]] @ gain
    return share


def shapley_of_agreements(agreements: Mapping[frozenset[str], float]) -> dict[str, float]:
    """Return the exact Shapley value where benefits of separate agreements add up; any size.

    The benefit of an agreement that needs all of its partners is split equally among them; a
    partner's value is the sum over its agreements.

    Raises
    ------
    ValueError
        If an agreement is among nobody, or its benefit is not a number.

    >>> shapley_of_agreements({frozenset("ab"): 6.0, frozenset("bc"): 2.0})
    {'a': 3.0, 'b': 4.0, 'c': 1.0}
    """
    share: dict[str, float] = {}
    for group, benefit in agreements.items():
        check_agreement(group, benefit)
        for name in sorted(group):
            share[name] = share.get(name, 0.0) + benefit / len(group)
    return dict(sorted(share.items()))


@dataclass(frozen=True, slots=True)
class SampledSplit:
    """A Shapley value estimated from random orders of joining.

    ``share`` and ``error`` have shape (n,), VND a year; ``error`` is the standard error of the
    mean over pairs of opposite orders. The shares add up to the whole benefit exactly.
    """

    share: Values
    error: Values
    orders: int


def sampled_shapley(game: Game, *, orders: int, generator: np.random.Generator) -> SampledSplit:
    """Return the Shapley value from *orders* random orders of joining, with its error.

    Each order is taken with its reverse (antithetic): a partner early in one is late in the other.

    Raises
    ------
    ValueError
        If *orders* is under 4: no error can be told from less. If a benefit is not a number.

    Source: J. Castro, D. Gómez, J. Tejada, Comput. Oper. Res. 36 (2009) 1726-1730.
    """
    if orders < 4:
        raise ValueError("at least 4 orders are needed to tell the error")
    count = len(game.partners)
    known: dict[int, float] = {0: 0.0}

    def value(mask: int) -> float:
        if mask not in known:
            known[mask] = float(game.value(mask))
            if not math.isfinite(known[mask]):
                raise ValueError("the benefit of a group is not a number")
        return known[mask]

    pairs = (orders + 1) // 2
    gains = np.zeros((pairs, count))
    for pair in range(pairs):
        order = generator.permutation(count)
        for sequence in (order, order[::-1]):
            mask = 0
            for partner in sequence.tolist():
                before = value(mask)
                mask |= 1 << partner
                gains[pair, partner] += (value(mask) - before) / 2
    return SampledSplit(
        share=gains.mean(axis=0),
        error=gains.std(axis=0, ddof=1) / np.sqrt(pairs),
        orders=2 * pairs,
    )
