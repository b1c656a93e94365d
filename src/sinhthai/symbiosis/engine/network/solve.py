"""From a network that may be built to the one that should be: the whole way."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.highs import Status, version
from sinhthai.symbiosis.engine.network.binding import binding_limits
from sinhthai.symbiosis.engine.network.check import check, islands
from sinhthai.symbiosis.engine.network.design import (
    Binding,
    Design,
    DesignStatus,
    built_links,
    built_units,
)
from sinhthai.symbiosis.engine.network.infeasible import why_infeasible
from sinhthai.symbiosis.engine.network.instance import Floats, Instance, Rows, build_instance
from sinhthai.symbiosis.engine.network.network import Network
from sinhthai.symbiosis.engine.network.program import Aim, build_program
from sinhthai.symbiosis.engine.network.reduction import components, worth_keeping
from sinhthai.symbiosis.engine.network.scaled import polish
from sinhthai.symbiosis.engine.network.search import search
from sinhthai.symbiosis.engine.network.slope_scaling import complete

_BUDGET = Text(
    "Ngân sách đầu tư (phương án tốt nhất cần {wanted} đồng, lợi thêm {more} đồng/năm)",
    "Investment budget (the best network needs {wanted} VND and earns {more} VND/year more)",
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try. ``reduce`` and ``split`` are exact; off only to show that."""

    seconds: float = 60.0
    gap: float = 1e-4
    seed: int = 0
    reduce: bool = True
    split: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the best network would cost to build, and earn more a year, were there no budget."""

    investment: float
    more: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Flows on all candidate arcs (None: none found), the proven bound on the cost, the status."""

    flow: Floats | None
    bound: float
    status: DesignStatus
    kept: int
    parts: int
    wanted: Wanted | None = None


def solve(
    network: Network,
    *,
    objective: Aim = "cost",
    seconds: float = 60.0,
    gap: float = 1e-4,
    effort: Effort | None = None,
) -> Design:
    """Return the network that earns most a year (``cost``) or avoids most CO2 (``co2``).

    Parameters
    ----------
    seconds : when they are over, the best network found is returned with its gap.
    gap : relative distance to the proven bound that counts as optimal.
    effort : all settings at once; overrides *seconds* and *gap*.

    Raises
    ------
    InputError : the network contradicts itself; every problem is listed.

    Among networks that avoid the most CO2 (to 0.01 %), the one that earns most is returned.

    >>> from sinhthai.symbiosis.engine.network import Accept, Link, Material, Mode, Network
    >>> from sinhthai.symbiosis.engine.network import Sink, Source, solve
    >>> ash = Network(
    ...     materials=(Material("fly-ash", "t"),),
    ...     sources=(Source("power", "fly-ash", 100.0, disposal=50.0),),
    ...     sinks=(Sink("cement", (Accept("fly-ash"),), 80.0, purchase=200.0),),
    ...     modes=(Mode("truck", unit_km=2.0),),
    ...     links=(Link("power", "cement", "truck", distance=10_000.0, fixed=1_000.0),),
    ... )
    >>> solve(ash).net  # 80 t x (50 + 200 - 2 x 10) - 1,000
    17400.0
    """
    effort = effort or Effort(seconds, gap)
    if problems := check(network):
        raise InputError(problems)
    instance = build_instance(network)
    ends = time.monotonic() + effort.seconds
    if objective == "co2":
        half = replace(effort, seconds=effort.seconds / 2)
        outcome = best_flow(instance, "co2", half)
        if outcome.flow is not None:
            outcome = _cheapest_of_cleanest(instance, outcome, ends, effort)
    else:
        outcome = best_flow(instance, "cost", effort)
    return design_of(instance, objective, outcome)


def best_flow(instance: Instance, aim: Aim, effort: Effort, start: Floats | None = None) -> Outcome:
    """Reduce, split, solve each part; a budget joins the parts only when it is short."""
    kept = (
        np.flatnonzero(worth_keeping(instance, aim))
        if effort.reduce
        else np.arange(len(instance.arcs))
    )
    reduced = instance.keep(kept)
    begin = None if start is None else start[kept]
    budget = instance.network.budget
    if budget is None or not effort.split:
        return _widen(_in_parts(reduced, aim, effort, begin), kept, len(instance.arcs))
    ends = time.monotonic() + effort.seconds
    third = replace(effort, seconds=effort.seconds / 3)
    free = _in_parts(_free(reduced), aim, third, begin)
    if free.flow is None and free.status == "infeasible":
        return free
    if free.flow is not None and _invested(reduced, free.flow) <= budget * (1 + 1e-9):
        return _widen(free, kept, len(instance.arcs))
    left = replace(effort, seconds=max(0.5, ends - time.monotonic()))
    bound = _in_parts(reduced, aim, left, begin)
    if free.flow is not None and bound.flow is not None and aim == "cost":
        more = _cost(reduced, bound.flow) - _cost(reduced, free.flow)
        bound = replace(bound, wanted=Wanted(_invested(reduced, free.flow), more))
    return _widen(bound, kept, len(instance.arcs))


def _in_parts(instance: Instance, aim: Aim, effort: Effort, start: Floats | None) -> Outcome:
    ends = time.monotonic() + effort.seconds
    every: list[Rows] = [np.arange(len(instance.arcs))]
    parts = components(instance) if effort.split else every
    flow, bound, statuses = np.zeros(len(instance.arcs)), 0.0, []
    sizes = [len(part) for part in parts]
    # The small parts first: what they leave of the time goes to the large ones.
    for turn, number in enumerate(np.argsort(sizes, kind="stable")):
        rows = parts[number]
        share = sizes[number] / sum(sizes[k] for k in np.argsort(sizes, kind="stable")[turn:])
        seconds = max(0.1, (ends - time.monotonic()) * share)
        found = search(
            _part(instance, rows),
            aim,
            seconds=seconds,
            gap=effort.gap,
            seed=effort.seed,
            start=None if start is None else start[rows],
        )
        statuses.append(found.status)
        bound += found.bound
        if found.flow is None:
            return Outcome(None, -np.inf, _no_network(found.status), len(instance.arcs), len(parts))
        flow[rows] = found.flow
    proven = all(each == "optimal" for each in statuses)
    status: DesignStatus = "optimal" if proven else "stopped"
    orphan = _unmet_without_arc(instance)
    if orphan:
        return Outcome(None, -np.inf, "infeasible", len(instance.arcs), len(parts))
    return Outcome(flow, bound, status, len(instance.arcs), len(parts))


def _no_network(status: Status) -> DesignStatus:
    """A programme is bounded on every side, so what is not infeasible only ran out of time."""
    return "infeasible" if status == "infeasible" else "nothing"


def _part(instance: Instance, rows: Rows) -> Instance:
    """Return the instance of these arcs, without what other parts must meet."""
    arcs = instance.arcs.take(rows)
    take, bring = np.zeros_like(instance.take), np.zeros_like(instance.bring)
    origin = arcs.origin[arcs.origin < instance.n_sources]
    receiver = arcs.receiver[arcs.receiver < instance.n_sinks]
    take[origin], bring[receiver] = instance.take[origin], instance.bring[receiver]
    return replace(instance.keep(rows), take=take, bring=bring)


def _unmet_without_arc(instance: Instance) -> bool:
    """Say whether something must be taken or brought where no arc is."""
    out = np.bincount(instance.arcs.origin, minlength=instance.n_sources)[: instance.n_sources]
    into = np.bincount(instance.arcs.receiver, minlength=instance.n_sinks)[: instance.n_sinks]
    floor = len(instance.floors) > 0 and len(instance.arcs) == 0 and instance.floors[0] > 0
    return bool(
        (instance.take[out == 0] > 0).any() or (instance.bring[into == 0] > 0).any() or floor
    )


def _cheapest_of_cleanest(
    instance: Instance, cleanest: Outcome, ends: float, effort: Effort
) -> Outcome:
    """Return, of the networks that avoid as much CO2, the one that earns most."""
    assert cleanest.flow is not None
    most = co2_of(instance, cleanest.flow)
    floor = most - 1e-4 * abs(most)
    left = replace(effort, seconds=max(0.5, ends - time.monotonic()))
    cheap = best_flow(with_floor(instance, floor), "cost", left, cleanest.flow)
    if cheap.flow is None:
        return cleanest
    return replace(cleanest, flow=cheap.flow)


def with_floor(instance: Instance, co2: float) -> Instance:
    """Return the instance with at least *co2* tonnes to avoid."""
    return replace(instance, floors=np.array([co2]))


def co2_of(instance: Instance, flow: Floats) -> float:
    """Return the CO2 avoided by *flow* [t/year]."""
    program = build_program(instance, "co2")
    return -float(program.cost @ complete(instance, program, flow))


def design_of(instance: Instance, objective: str, outcome: Outcome) -> Design:
    """Return the answer in the words and sums people use."""
    network = instance.network
    common: dict[str, Any] = {
        "objective": objective,
        "notes": (*islands(instance), *instance.left_out),
        "arcs": len(instance.arcs),
        "arcs_kept": outcome.kept,
        "parts": outcome.parts,
        "solver": version(),
    }
    if outcome.flow is None:
        why = why_infeasible(instance) if outcome.status == "infeasible" else ()
        return Design(status=outcome.status, why=why, **common)
    program = build_program(instance)
    point = complete(instance, program, outcome.flow)
    exact = polish(program, point) if objective == "cost" else None
    if exact is not None and exact.values is not None:
        point = complete(instance, program, exact.values[: len(instance.arcs)])
    flow = point[program.cols.x]
    links = built_links(instance, flow)
    units = built_units(instance, flow, point, program)
    benefit = sum(link.saving for link in links)
    investment = sum(link.investment for link in links) + sum(unit.investment for unit in units)
    running = sum(link.expense + link.fixed for link in links) + sum(unit.fixed for unit in units)
    running += float(instance.outlet_disposal @ point[program.cols.r])
    co2 = co2_of(instance, flow)
    bound, gap = _gap(objective, outcome, benefit - running - instance.annuity * investment, co2)
    earned = benefit - running
    return Design(
        status=outcome.status,
        links=links,
        units=units,
        benefit=benefit,
        cost=running + instance.annuity * investment,
        co2=co2,
        investment=investment,
        payback=investment / earned if investment > 0 and earned > 0 else None,
        bound=bound,
        gap=gap,
        binding=(*_budget(network, outcome.wanted), *binding_limits(instance, flow)),
        flow=flow,
        **common,
    )


def _budget(network: Network, wanted: Wanted | None) -> tuple[Binding, ...]:
    if wanted is None or network.budget is None or wanted.more <= 0:
        return ()
    short = wanted.investment - network.budget
    about = _BUDGET.format(
        wanted=Text(
            format_number(wanted.investment, "vi", 0), format_number(wanted.investment, "en", 0)
        ),
        more=Text(format_number(wanted.more, "vi", 0), format_number(wanted.more, "en", 0)),
    )
    return (Binding(about, network.budget, "VND", wanted.more / short, "budget"),)


def _gap(
    objective: str, outcome: Outcome, net: float, co2: float
) -> tuple[float | None, float | None]:
    reached = net if objective == "cost" else co2
    if not np.isfinite(outcome.bound):
        return None, None
    bound = max(-outcome.bound, reached)  # rounding apart, nothing is beyond the bound
    scale = max(abs(reached), 1e-9)
    return bound, (bound - reached) / scale


def _free(instance: Instance) -> Instance:
    return replace(instance, network=replace(instance.network, budget=None))


def _cost(instance: Instance, flow: Floats) -> float:
    program = build_program(instance)
    return float(program.cost @ complete(instance, program, flow))


def _invested(instance: Instance, flow: Floats) -> float:
    used = flow > 0
    unit = instance.unit_of_arc()
    built = np.unique(unit[used & (unit >= 0)])
    return float(instance.arcs.investment[used].sum() + instance.unit_investment[built].sum())


def _widen(outcome: Outcome, kept: Rows, count: int) -> Outcome:
    if outcome.flow is None:
        return outcome
    flow = np.zeros(count)
    flow[kept] = outcome.flow
    return replace(outcome, flow=flow)
