"""Several utilities on one grand composite curve: the cheapest load of each level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sinhthai.symbiosis.engine.heat.matches import (
    MatchPlan,
    UtilityUse,
    cheapest_utilities,
    fewest_matches,
)
from sinhthai.symbiosis.engine.heat.streams import HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility

_BEYOND = 1000.0  # K above and below everything: where what no utility reaches is counted
_DEAR = 1e4  # times the dearest price: nothing is left unserved that a utility can serve


@dataclass(frozen=True, slots=True)
class Load:
    """Heat [kW] one utility brings (``is_hot``) or takes."""

    utility: Utility
    is_hot: bool
    heat: float


@dataclass(frozen=True, slots=True)
class Placement:
    """The cheapest loads, level by level, from the hottest.

    ``cost`` is an hour's [price of a MWh · MW], None where no prices are stated: then hot levels
    are used from the coldest up and cold ones from the hottest down. ``unserved_hot`` and
    ``unserved_cold`` [kW] are what no utility is hot, cold or large enough for.
    """

    loads: tuple[Load, ...]
    cost: float | None
    unserved_hot: float
    unserved_cold: float


def place_utilities(streams: HeatStreams, utilities: Sequence[Utility]) -> Placement:
    """Return the cheapest loads of *utilities* that serve *streams*.

    A level of both kinds may bring heat at its price, and be raised from waste heat for nothing.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> cold = HeatStreams.of([HeatStream.flowing("C", 20, 180, 1.0)])
    >>> steam = [Utility("HP", "hot", 250, 250), Utility("LP", "hot", 120, 120)]
    >>> [load.heat for load in place_utilities(cold, steam).loads]
    [60.0, 100.0]
    """
    is_priced = all(one.price is not None for one in utilities if one.kind != "both")
    hot = _levels(utilities, "hot", is_priced)
    cold = _levels(utilities, "cold", is_priced)
    ends = [*streams.upper.tolist(), *streams.lower.tolist()]
    ends += [end for one in (*hot, *cold) for end in (one.supply, one.target)]
    top, bottom = max(ends, default=0.0) + _BEYOND, min(ends, default=0.0) - _BEYOND
    dear = _DEAR * (1.0 + max((abs(one.price or 0.0) for one in (*hot, *cold)), default=0.0))
    beyond = (
        Utility("unserved hot", "hot", top, top, price=dear),
        Utility("unserved cold", "cold", bottom, bottom, price=dear),
    )
    # numbered, so that a level of both kinds and two utilities of one name stay apart
    named = [replace(one, name=f"{at}") for at, one in enumerate((*hot, *cold))]
    use = cheapest_utilities(streams, [*named, *beyond])
    loads = tuple(
        Load(one, at < len(hot), use.loads.get(f"{at}", 0.0))
        for at, one in enumerate((*hot, *cold))
    )
    cost = sum(load.heat * (load.utility.price or 0.0) for load in loads) / 1000.0
    return Placement(
        loads,
        cost if is_priced and utilities else None,
        use.loads.get("unserved hot", 0.0),
        use.loads.get("unserved cold", 0.0),
    )


def plan_matches(streams: HeatStreams, placement: Placement, *, seconds: float = 60.0) -> MatchPlan:
    """Return the fewest matches that carry the heat with the loads of *placement*.

    Heat no utility serves comes from one hotter than everything, named “+”, and goes to one
    colder, named “−”; a main that is raised from waste heat is named with “↑”.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> cold = HeatStreams.of([HeatStream.flowing("C", 20, 180, 1.0)])
    >>> steam = [Utility("LP", "hot", 120, 120)]
    >>> [one.hot for one in plan_matches(cold, place_utilities(cold, steam)).matches]
    ['LP', '+']
    """
    ends = [*streams.upper.tolist(), *streams.lower.tolist()]
    hot = {load.utility.name for load in placement.loads if load.is_hot}
    used = [
        replace(load.utility, name=f"{load.utility.name} ↑")
        if not load.is_hot and load.utility.name in hot
        else load.utility
        for load in placement.loads
        if load.heat > 0
    ]
    loads = [load.heat for load in placement.loads if load.heat > 0]
    if placement.unserved_hot:
        top = max(ends) + _BEYOND
        used.append(Utility("+", "hot", top, top, price=0.0))
        loads.append(placement.unserved_hot)
    if placement.unserved_cold:
        bottom = min(ends) - _BEYOND
        used.append(Utility("−", "cold", bottom, bottom, price=0.0))
        loads.append(placement.unserved_cold)
    named = dict(zip((one.name for one in used), loads, strict=True))
    return fewest_matches(streams, used, UtilityUse("optimal", 0.0, named), seconds=seconds)


def _levels(utilities: Sequence[Utility], kind: str, is_priced: bool) -> list[Utility]:
    """Return the utilities usable as *kind*, from the hottest, each with a price."""
    fitting = [one for one in utilities if one.kind in (kind, "both")]
    fitting.sort(key=lambda one: max(one.supply, one.target), reverse=True)
    many = len(fitting)
    if kind == "hot":
        return [
            replace(one, kind="hot", price=one.price or 0.0 if is_priced else float(many - at))
            for at, one in enumerate(fitting)
        ]
    # a main takes waste heat for nothing: what is raised needs no cooling
    return [
        replace(
            one,
            kind="cold",
            price=(one.price or 0.0) * (one.kind == "cold") if is_priced else float(at + 1),
        )
        for at, one in enumerate(fitting)
    ]
