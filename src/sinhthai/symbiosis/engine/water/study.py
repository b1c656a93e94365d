"""One list of water users, asked everything at once: targets, each enterprise, the pipes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.lists import problem, raise_errors
from sinhthai.symbiosis.engine.water.cascade import FlowTarget, flow_target
from sinhthai.symbiosis.engine.water.design import blend_network, design_network
from sinhthai.symbiosis.engine.water.process_files import WaterFile, said
from sinhthai.symbiosis.engine.water.processes import PPM, Process, Tap, WaterError
from sinhthai.symbiosis.engine.water.routes import Network, of_design, of_several
from sinhthai.symbiosis.engine.water.several import network_of_several
from sinhthai.symbiosis.engine.water.targets import (
    RegenerationTarget,
    WaterTarget,
    regeneration_target,
    water_target,
)
from sinhthai.symbiosis.engine.water.words import LAYOUT

HOURS = 8_000.0
_MOST_HOURS = 8_784.0
_NOTHING = 1e-6  # share of the water under which a saving is rounding
Limit = Callable[[], Callable[[], bool]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to answer beyond targets.

    ``hours`` a year; ``price`` [VND/m3] of fresh water, None when not given; ``seconds`` to choose
    pipes. ``limit`` starts a search's time and returns what says that it is over.
    """

    hours: float = HOURS
    price: float | None = None
    seconds: float = 20.0
    limit: Limit = lambda: lambda: False

    def check(self) -> None:
        """Raise InputError for what cannot be."""
        problems: list[Problem] = []
        if not 0 < self.hours <= _MOST_HOURS:
            problems.append(
                problem(
                    "hours_out_of_range",
                    Place("--hours"),
                    messages=LAYOUT.messages,
                    value=said(self.hours) if math.isfinite(self.hours) else "∞",
                )
            )
        for option, value in (("--price", self.price), ("--seconds", self.seconds)):
            if value is not None and not 0 < value < math.inf:
                problems.append(
                    problem(
                        "not_positive",
                        Place(option),
                        messages=LAYOUT.messages,
                        option=option,
                        value=f"{value:g}",
                    )
                )
        raise_errors(problems)


@dataclass(frozen=True, slots=True)
class Figures:
    """Fresh water [t/h] of an enterprise or of all.

    ``fresh`` is the least with re-use, None where none serves (``why`` says the reason);
    ``pinch`` [mg/L] decides it, None with several contaminants or when something else does;
    ``bound`` is what no network undercuts, ``fresh`` itself when that is proven.
    """

    name: str
    without_reuse: float
    fresh: float | None
    pinch: float | None = None
    bound: float | None = None
    why: Text | None = None

    @property
    def saving(self) -> float | None:
        """Fresh water that re-use saves [t/h]; None where nothing serves."""
        return None if self.fresh is None else self.without_reuse - self.fresh


@dataclass(frozen=True, slots=True)
class WaterStudy:
    """The answers about one file.

    ``enterprises`` holds each by itself where there are several. ``target`` is the limiting
    composite curve, ``cascade`` that of sources and sinks: one of them with one contaminant.
    ``once`` and ``again`` are the targets when water may be cleaned (re-use, recycling),
    ``cleaning`` the network with such a plant.
    """

    file: WaterFile
    asked: Asked
    whole: Figures
    enterprises: tuple[Figures, ...] = ()
    target: WaterTarget | None = None
    cascade: FlowTarget | None = None
    network: Network | None = None
    once: RegenerationTarget | None = None
    again: RegenerationTarget | None = None
    cleaning: Network | None = None

    @property
    def alone(self) -> float | None:
        """Fresh water when every enterprise re-uses its own only [t/h]; None where one cannot."""
        parts = [one.fresh for one in self.enterprises]
        return None if None in parts else sum(one for one in parts if one is not None)

    @property
    def least(self) -> float | None:
        """The least fresh water of all that was asked [t/h], with cleaning where there is any."""
        every = [self.whole.fresh, *(n.fresh for n in (self.cleaning,) if n is not None)]
        every += [target.fresh for target in (self.once, self.again) if target is not None]
        known = [one for one in every if one is not None]
        return min(known) if known else None

    @property
    def saves(self) -> bool:
        """Whether any water can be saved."""
        least, without = self.least, self.whole.without_reuse
        return least is not None and without - least > _NOTHING * max(1.0, without)

    def a_year(self, flow: float) -> float:
        """Return a flow [t/h] as m3 a year."""
        return flow * self.asked.hours

    def worth(self, flow: float) -> float | None:
        """Return what a saved flow [t/h] is worth, VND a year; None without a price."""
        return None if self.asked.price is None else self.a_year(flow) * self.asked.price


def study(file: WaterFile, asked: Asked | None = None) -> WaterStudy:
    """Return the answers about *file*.

    Raises
    ------
    InputError : hours, price or seconds cannot be.

    >>> wash, floor = (Process(n, (m,), (c,), (100.0,)) for n, m, c in (("a", 2, 0), ("b", 5, 50)))
    >>> done = study(WaterFile(("",), (0.0,), processes=(wash, floor)))
    >>> done.whole.without_reuse, done.whole.fresh
    (70.0, 70.0)
    """
    asked = asked or Asked()
    asked.check()
    if file.processes:
        if len(file.contaminants) > 1:
            return _several(file, asked)
        return _single(file, asked)
    return _flows(file, asked)


def _single(file: WaterFile, asked: Asked) -> WaterStudy:
    fresh = file.fresh[0]
    target = water_target(file.processes, fresh=fresh)

    def figures(name: str, mine: Sequence[Process]) -> Figures:
        told = water_target(mine, fresh=fresh)
        return Figures(name, told.without_reuse, told.fresh, told.pinch, told.fresh)

    done = WaterStudy(
        file,
        asked,
        figures("", file.processes),
        tuple(figures(owner, mine) for owner, mine in _by_owner(file)),
        target=target,
        network=of_design(design_network(file.processes, fresh=fresh, seconds=asked.seconds)),
    )
    if file.cleaned is None:
        return done
    outlet = file.cleaned[0]
    once, again = (
        regeneration_target(file.processes, outlet=outlet, recycling=recycling, fresh=fresh)
        for recycling in (False, True)
    )
    cleaning = design_network(
        file.processes, fresh=fresh, regeneration=outlet, seconds=asked.seconds
    )
    return replace(done, once=once, again=again, cleaning=of_design(cleaning))


def _several(file: WaterFile, asked: Asked) -> WaterStudy:
    def solved(mine: Sequence[Process], cleaned: Sequence[float] | None = None) -> Network:
        found = network_of_several(mine, fresh=file.fresh, regeneration=cleaned, stop=asked.limit())
        return of_several(found, mine, file.fresh, cleaned)

    def figures(name: str, mine: Sequence[Process], network: Network) -> Figures:
        without = sum(_alone(process, file.fresh) for process in mine)
        return Figures(name, without, network.fresh, None, network.bound)

    network = solved(file.processes)
    return WaterStudy(
        file,
        asked,
        figures("", file.processes, network),
        tuple(figures(owner, mine, solved(mine)) for owner, mine in _by_owner(file)),
        network=network,
        cleaning=solved(file.processes, file.cleaned) if file.cleaned is not None else None,
    )


def _alone(process: Process, fresh: Sequence[float]) -> float:
    """Return the fresh water [t/h] a process takes when it gets nothing else."""
    return max(
        PPM * load / (outlet - clean)
        for load, outlet, clean in zip(process.load, process.outlet_max, fresh, strict=True)
    )


def _flows(file: WaterFile, asked: Asked) -> WaterStudy:
    fresh = file.fresh[0]
    whole, cascade = _flow_figures("", file.sources, file.sinks, fresh)
    network = None
    if cascade is not None:
        network = of_design(
            blend_network(file.sources, file.sinks, fresh=fresh, seconds=asked.seconds)
        )
    owners = file.owners if len(file.owners) > 1 else ()
    mine = tuple(
        _flow_figures(
            owner,
            [tap for tap in file.sources if tap.owner == owner],
            [tap for tap in file.sinks if tap.owner == owner],
            fresh,
        )[0]
        for owner in owners
    )
    return WaterStudy(file, asked, whole, mine, cascade=cascade, network=network)


def _flow_figures(
    name: str, sources: Sequence[Tap], sinks: Sequence[Tap], fresh: float
) -> tuple[Figures, FlowTarget | None]:
    without = sum(sink.flow for sink in sinks)
    try:
        told = flow_target(sources, sinks, fresh=fresh)
    except WaterError:
        need = min(sinks, key=lambda sink: sink.concentration)
        why = Text(
            "“{name}” chỉ nhận nước đến {limit} mg/L, sạch hơn nước cấp ({fresh} mg/L), và không "
            "đủ nguồn nào sạch như vậy.",
            "“{name}” may take {limit} mg/L at most, cleaner than fresh water ({fresh} mg/L), and "
            "no source is clean enough.",
        ).format(name=need.name, limit=said(need.concentration), fresh=said(fresh))
        return Figures(name, without, None, why=why), None
    return Figures(name, without, told.fresh, told.pinch, told.fresh), told


def _by_owner(file: WaterFile) -> list[tuple[str, list[Process]]]:
    """Return the processes of each enterprise, none where there is only one."""
    owners = file.owners
    if len(owners) < 2:
        return []
    return [(owner, [p for p in file.processes if p.owner == owner]) for owner in owners]
