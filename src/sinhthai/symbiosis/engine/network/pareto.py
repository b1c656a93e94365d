"""Money against CO2: the front of networks of which none is better in both."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.network.check import check
from sinhthai.symbiosis.engine.network.design import Design
from sinhthai.symbiosis.engine.network.instance import Instance, build_instance
from sinhthai.symbiosis.engine.network.network import Network
from sinhthai.symbiosis.engine.network.parts import Effort, Outcome, best_flow
from sinhthai.symbiosis.engine.network.solve import co2_of, design_of, with_floor


@dataclass(frozen=True, slots=True)
class Front:
    """Networks from the one that earns most to the one that avoids most CO2."""

    designs: tuple[Design, ...]


def pareto(network: Network, *, points: int = 7, effort: Effort | None = None) -> Front:
    """Return the front, by the epsilon-constraint on CO2 (Haimes 1971).

    The cleanest network is found first; then the CO2 demanded falls in equal steps, and each step
    begins from the network before it, which meets the lower demand too. Points that another one
    beats or equals in both are left out.

    Raises
    ------
    InputError : the network contradicts itself; every problem is listed.

    >>> from sinhthai.symbiosis.engine.network import Accept, Link, Material, Mode, Sink, Source
    >>> ash = Network(  # the cleaner receiver pays less
    ...     materials=(Material("fly-ash", "t"),),
    ...     sources=(Source("power", "fly-ash", 100.0),),
    ...     sinks=(
    ...         Sink("bricks", (Accept("fly-ash"),), 100.0, purchase=90.0, purchase_co2=0.1),
    ...         Sink("cement", (Accept("fly-ash"),), 100.0, purchase=80.0, purchase_co2=0.8),
    ...     ),
    ...     modes=(Mode("truck"),),
    ...     links=(
    ...         Link("power", "bricks", "truck", distance=0.0),
    ...         Link("power", "cement", "truck", distance=0.0),
    ...     ),
    ... )
    >>> [(round(one.net), round(one.co2)) for one in pareto(ash, points=2).designs]
    [(9000, 10), (8000, 80)]
    """
    effort = effort or Effort()
    if problems := check(network):
        raise InputError(problems)
    ends = time.monotonic() + effort.seconds
    instance = build_instance(network)

    def step(left: int) -> Effort:
        return replace(effort, seconds=max(0.5, (ends - time.monotonic()) / max(left, 1)))

    earning = best_flow(instance, "cost", step(points + 1))
    if earning.flow is None:
        return Front((design_of(instance, "cost", earning),))
    cleanest = best_flow(instance, "co2", step(points), earning.flow)
    if cleanest.flow is None:
        return Front((design_of(instance, "cost", earning),))
    low, high = co2_of(instance, earning.flow), co2_of(instance, cleanest.flow)
    found: list[tuple[Instance, Outcome]] = [(instance, earning)]
    begin = cleanest.flow
    steps = max(points - 1, 1)
    for number, floor in enumerate(np.linspace(high - 1e-4 * abs(high), low, points)[:steps]):
        demanding = with_floor(instance, float(floor))
        outcome = best_flow(demanding, "cost", step(steps - number), begin)
        if outcome.flow is None:
            continue
        begin = outcome.flow
        found.append((demanding, outcome))
    designs = [design_of(on, "cost", outcome) for on, outcome in found]
    return Front(tuple(not_dominated(designs)))


def not_dominated(designs: list[Design]) -> list[Design]:
    """Return the designs none of the others beats or equals in both, most earning first."""
    ranked = sorted(designs, key=lambda one: (-one.net, -one.co2))
    front: list[Design] = []
    for design in ranked:
        cleaner = 1e-6 * max(1.0, abs(design.co2))
        if not front or design.co2 > front[-1].co2 + cleaner:
            front.append(design)
    return front
