"""From a network that may be built to the one that should be: the whole way."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.highs import version
from sinhthai.symbiosis.engine.network.binding import binding_limits
from sinhthai.symbiosis.engine.network.check import check, islands
from sinhthai.symbiosis.engine.network.design import (
    Binding,
    Design,
    built_links,
    built_units,
)
from sinhthai.symbiosis.engine.network.infeasible import why_infeasible
from sinhthai.symbiosis.engine.network.instance import Floats, Instance, build_instance
from sinhthai.symbiosis.engine.network.levels import settled
from sinhthai.symbiosis.engine.network.network import Network
from sinhthai.symbiosis.engine.network.parts import Effort, Outcome, Wanted, best_flow
from sinhthai.symbiosis.engine.network.program import Aim, build_program
from sinhthai.symbiosis.engine.network.scaled import polish
from sinhthai.symbiosis.engine.network.slope_scaling import complete

_BUDGET = Text(
    "Ngân sách đầu tư (phương án tốt nhất cần {wanted} đồng, lợi thêm {more} đồng/năm)",
    "Investment budget (the best network needs {wanted} VND and earns {more} VND/year more)",
)


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
    instance = settled(instance, outcome.flow)
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
