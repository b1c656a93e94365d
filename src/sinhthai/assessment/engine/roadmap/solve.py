"""From a problem to a plan: the least-cost portfolio, its alternatives, and why one is missing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sinhthai.assessment.engine.roadmap.build import Built, build
from sinhthai.assessment.engine.roadmap.evaluate import met_in, reached, worth
from sinhthai.assessment.engine.roadmap.model import (
    Chosen,
    Goal,
    Met,
    Need,
    Obstacle,
    Plan,
    Problem,
)
from sinhthai.symbiosis.engine.highs import Answer, Floats, Model, Solver

GAP = 1e-3
_DINKELBACH = 12


def solve(
    problem: Problem, goal: Goal = "cheapest", *, seconds: float = math.inf, gap: float = GAP
) -> Plan:
    """Return the plan of *problem* that is best by *goal*.

    Where no plan meets every criterion, the one that comes nearest is returned as ``infeasible``
    with the obstacles.

    >>> from sinhthai.assessment.engine.roadmap.model import Option
    >>> drive = Option("m", "Drive", "measure", 100.0, 10.0, gives={"RECP": 1}, enterprises=("e",))
    >>> need = Need("RECP", "enterprises with RECP", "count", 1)
    >>> plan = solve(Problem((drive,), (need,), (2026, 2027), 0.1, 5))
    >>> [(one.option.id, one.year) for one in plan.chosen], plan.met_in
    ([('m', 2026)], 2026)
    """
    if goal == "soonest":
        return _soonest(problem, seconds, gap)
    built = build(problem)
    if goal == "carbon":
        answer = _most_carbon(built, seconds, gap)
    else:
        answer = Solver(built.model, seconds=seconds, gap=gap).solve()
    if answer.values is None:
        return _nearest(problem, goal, seconds, gap)
    return _plan(problem, built, answer, goal)


def with_more_budget(
    problem: Problem, plan: Plan, more: float = 0.05, *, seconds: float = math.inf
) -> Plan | None:
    """Return the plan with budgets larger by the share *more*; None: no year has a limit."""
    if all(limit is None for limit in problem.budget):
        return None
    larger = tuple(None if limit is None else limit * (1.0 + more) for limit in problem.budget)
    return solve(replace(problem, budget=larger), plan.goal, seconds=seconds)


def _soonest(problem: Problem, seconds: float, gap: float) -> Plan:
    for last in range(len(problem.years)):
        built = build(problem, last=last)
        answer = Solver(built.model, seconds=seconds, gap=gap).solve()
        if answer.values is not None:
            return _plan(problem, built, answer, "soonest")
    return _nearest(problem, "soonest", seconds, gap)


def _most_carbon(built: Built, seconds: float, gap: float) -> Answer:
    """Maximise CO2e per VND invested among the plans that meet all needs, by Dinkelbach's method.

    ``max CO2 - ratio * investment``, with the ratio of the last answer, until it no longer grows.
    """
    tie = 1e-12 * built.model.cost  # among equal ratios the cheaper one
    ratio, answer = 0.0, None
    for _ in range(_DINKELBACH):
        cost = ratio * built.investment - built.co2e + tie
        found = Solver(replace(built.model, cost=cost), seconds=seconds, gap=gap).solve()
        if found.values is None:
            return answer or found
        answer = found
        invested = float(built.investment @ found.values)
        if invested <= 0:
            break
        better = float(built.co2e @ found.values) / invested
        if better <= ratio * (1 + 1e-9):
            break
        ratio = better
    assert answer is not None  # the loop runs at least once
    return answer


def _plan(problem: Problem, built: Built, answer: Answer, goal: Goal) -> Plan:
    assert answer.values is not None
    chosen = _chosen(problem, built, answer.values)
    prices = _prices(built) if goal == "cheapest" else {}
    value = worth(problem, chosen)
    met = tuple(
        Met(need, reached(need, chosen, problem.years[-1]), prices.get(need.leaf, 0.0))
        for need in problem.needs
    )
    distance = abs(answer.objective - answer.bound) / max(abs(answer.objective), 1e-9)
    is_met = all(one.is_met for one in met)
    status = "optimal" if answer.status == "optimal" else "stopped"
    return Plan(
        goal=goal,
        status=status if is_met else "infeasible",  # type: ignore[arg-type]
        chosen=chosen,
        met=met,
        obstacles=(),
        cost=value.cost,
        investment=sum(one.option.investment for one in chosen),
        yearly_saving=max(value.savings, default=0.0),
        co2e=max(value.co2e, default=0.0),
        invested=value.invested,
        met_in=met_in(problem, chosen),
        gap=distance if goal == "cheapest" else 0.0,
    )


def _chosen(problem: Problem, built: Built, values: Floats) -> tuple[Chosen, ...]:
    picked = [
        Chosen(problem.options[o], problem.years[t])
        for column, (o, t) in enumerate(built.starts)
        if values[column] > 0.5
    ]
    return tuple(sorted(picked, key=lambda one: (one.year, one.option.kind, one.option.id)))


def _prices(built: Built) -> dict[str, float]:
    """Return what the last unit of each need costs, with whole numbers relaxed."""
    relaxed = Solver(replace(built.model, whole=None)).solve()
    if relaxed.duals is None:
        return {}
    return {leaf: max(float(relaxed.duals[row]), 0.0) for leaf, row in built.need_rows.items()}


# -- when it cannot be done ------------------------------------------------------------------------


def _nearest(problem: Problem, goal: Goal, seconds: float, gap: float) -> Plan:
    """Return the plan that leaves least missing, and what stands in the way of each need."""
    dear = 10.0 * (1.0 + sum(abs(c) for c in build(problem).model.cost))
    built = build(problem, shortfall=dear)
    answer = Solver(built.model, seconds=seconds, gap=gap).solve()
    assert answer.values is not None  # doing nothing is a plan
    plan = _plan(problem, built, answer, goal)
    missed = [met.need for met in plan.met if not met.is_met]
    obstacles = tuple(_obstacle(problem, need, plan, seconds) for need in missed)
    return replace(plan, status="infeasible", obstacles=obstacles, gap=0.0)


def _obstacle(problem: Problem, need: Need, plan: Plan, seconds: float) -> Obstacle:
    """Say why *need* is not met: no options, no time, no money, or only not with the others."""
    everything = [
        Chosen(option, problem.years[0])
        for option in problem.options
        if option.gives.get(need.leaf)
    ]
    best = reached(need, everything, 10**9)
    if best < need.missing - 1e-6:
        return Obstacle(need, "options", best)
    soon = [Chosen(one.option, problem.years[0] + one.option.earliest) for one in everything]
    best = reached(need, soon, problem.years[-1])
    if best < need.missing - 1e-6:
        return Obstacle(need, "time", best)
    alone = replace(problem, needs=(need,), budget=())
    without_limit = Solver(_only_feasible(build(alone).model), seconds=seconds).solve()
    now = next(met.reached for met in plan.met if met.need == need)
    if without_limit.values is None:
        return Obstacle(need, "together", now)
    limited = Solver(
        _only_feasible(build(replace(problem, needs=(need,))).model), seconds=seconds
    ).solve()
    return Obstacle(need, "budget" if limited.values is None else "together", now)


def _only_feasible(model: Model) -> Model:
    return replace(model, cost=np.zeros_like(model.cost))
