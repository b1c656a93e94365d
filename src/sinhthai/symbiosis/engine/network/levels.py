"""The instance with its pools held between two levels each, hopefully or safely; and the truth.

Held to a level, what leaves a mixing unit is a number and every limit is linear again. *Safely* the
outlet is taken at the worse end of its levels: what keeps the limits then keeps them in truth.
*Hopefully* it is taken at the better end: nothing that keeps the limits in truth is cut off.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sinhthai.symbiosis.engine.network.blends import Blend, Mix, Sense, excess_of
from sinhthai.symbiosis.engine.network.instance import Floats, Instance

_KEPT = 1e-6  # share of what arrives by which a limit may be missed: the solver's own tolerance


def levels_of(instance: Instance) -> tuple[Floats, Floats]:
    """Return the lowest and highest content of each pool."""
    return (
        np.array([pool.low for pool in instance.pools], np.float64),
        np.array([pool.high for pool in instance.pools], np.float64),
    )


def at_levels(instance: Instance, low: Floats, high: Floats, *, hopeful: bool) -> Instance:
    """Return the instance with each pool held from *low* to *high*."""
    if not instance.pools:
        return instance

    def excess(sense: Sense, bound: float, mix: Mix) -> Floats:
        pools = high if (sense == "high") != hopeful else low
        return excess_of(sense, bound, mix.content(pools), instance.arcs.delivered[mix.arc])

    blends = [
        replace(blend, excess=excess(blend.sense, blend.bound, blend.mix))
        for blend in instance.blends
    ]
    ends: tuple[tuple[Sense, Floats], ...] = (("high", high), ("low", low))
    for number, pool in enumerate(instance.pools):
        for sense, levels in ends:
            # What leaves safely at a level needs only to be no worse than it.
            if hopeful or sense in pool.senses:
                bound = float(levels[number])
                beyond = excess(sense, bound, pool.mix)
                if (beyond > 0).any():
                    receiver = instance.n_sinks + pool.unit
                    row = Blend(receiver, pool.parameter, sense, bound, pool.mix, beyond, False)
                    blends.append(row)
    pools = tuple(
        replace(pool, low=float(low[k]), high=float(high[k]))
        for k, pool in enumerate(instance.pools)
    )
    return replace(instance, blends=tuple(blends), pools=pools)


def settled(instance: Instance, flow: Floats) -> Instance:
    """Return the instance with every pool at the mix that *flow* makes: linear, and exact there."""
    mix = mixes(instance, flow)
    return at_levels(instance, mix, mix, hopeful=False)


def mixes(instance: Instance, flow: Floats) -> Floats:
    r"""Return what each pool holds when *flow* flows; one that nothing enters is at its better end.

    .. math:: m_k \sum_{a \in in(k)} w_a x_a = \sum_{a \in in(k)} w_a (b_a + s_a m_{p(a)}) x_a
    """
    low, high = levels_of(instance)
    count = len(instance.pools)
    system, right = np.zeros((count, count)), np.zeros(count)
    for k, pool in enumerate(instance.pools):
        mix = pool.mix
        amount = instance.arcs.delivered[mix.arc] * flow[mix.arc]
        total = float(amount.sum())
        if total <= 0:
            system[k, k] = 1.0
            right[k] = low[k] if "high" in pool.senses else high[k]
            continue
        system[k, k] += 1.0
        inner = mix.pool >= 0
        np.subtract.at(system[k], mix.pool[inner], (amount * mix.share)[inner] / total)
        right[k] = float(amount @ mix.base) / total
    solved = np.linalg.lstsq(system, right, rcond=None)[0]
    return np.clip(solved, low, high)


def keeps_limits(instance: Instance, flow: Floats) -> bool:
    """Say whether *flow* keeps every limit when the pools hold what it makes them hold."""
    of_pools = mixes(instance, flow)
    for blend in instance.blends:
        mix = blend.mix
        content = mix.content(of_pools)
        amount = instance.arcs.delivered[mix.arc] * flow[mix.arc]
        beyond = float(excess_of(blend.sense, blend.bound, content, amount).sum())
        if beyond > _KEPT * float(amount @ np.maximum(np.abs(content), abs(blend.bound))):
            return False
    return True
