"""From a problem to a plan: the least-cost portfolio, its alternatives, and why one is missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
    Option,
    Plan,
    Problem,
)
from sinhthai.symbiosis.engine.highs import Answer, Floats, Model, Solver

GAP = 1e-3
_DINKELBACH = 12
_LARGEST = 1e4  # cost handed to the solver
_SHARE = 4  # of the time, for one step of it: most need a fraction of their part


def solve(
    problem: Problem, goal: Goal = "cheapest", *, seconds: float = math.inf, gap: float = GAP
) -> Plan:
    """Return the plan of *problem* that is best by *goal*.

    Where no plan meets every criterion, the one that comes nearest is returned as ``infeasible``
    with the obstacles; as ``stopped`` where the time ran out before that was proven.

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
        answer = _solved(built.model, seconds, gap)
    if answer.values is None:
        return _nearest(problem, goal, seconds, gap, is_proven=answer.status == "infeasible")
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
    is_proven = True
    for last in range(len(problem.years)):
        built = build(problem, last=last)
        answer = _solved(built.model, seconds, gap)
        if answer.values is not None:
            plan = _plan(problem, built, answer, "soonest")
            return plan if is_proven else replace(plan, status="stopped")
        is_proven = is_proven and answer.status == "infeasible"
    return _nearest(problem, "soonest", seconds, gap, is_proven=is_proven)


def _most_carbon(built: Built, seconds: float, gap: float) -> Answer:
    """Maximise CO2e per VND invested among the plans that meet all needs, by Dinkelbach's method.

    ``max CO2 - ratio * investment``, with the ratio of the last answer, until it no longer grows.
    """
    tie = 1e-12 * built.model.cost  # among equal ratios the cheaper one
    ratio, answer = 0.0, None
    for _ in range(_DINKELBACH):
        cost = ratio * built.investment - built.co2e + tie
        found = _solved(replace(built.model, cost=cost), seconds / _SHARE, gap)
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


def sized_for_solver(model: Model) -> tuple[Model, float]:
    """Return *model* with its largest cost at the solver's own size, and what one of it is."""
    most = float(np.abs(model.cost).max(initial=0.0))
    scale = most / _LARGEST if most > 0 else 1.0
    return replace(model, cost=model.cost / scale), scale


def _solved(
    model: Model, seconds: float = math.inf, gap: float = 0.0, start: Floats | None = None
) -> Answer:
    """Solve with costs of the solver's own size: VND are too many for its tolerances."""
    sized, scale = sized_for_solver(model)
    solver = Solver(sized, seconds=seconds, gap=gap)
    if start is not None:
        solver.start_from(start)
    answer = solver.solve()
    return replace(
        answer,
        objective=answer.objective * scale,
        bound=answer.bound * scale,
        duals=None if answer.duals is None else answer.duals * scale,
    )


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
        yearly_saving=_in_full(value.savings),
        co2e=_in_full(value.co2e),
        invested=value.invested,
        met_in=met_in(problem, chosen),
        gap=distance if goal == "cheapest" else 0.0,
    )


def _in_full(yearly: Sequence[float]) -> float:
    """Return the year that weighs most: all is at work, nothing is worn out; a cost is negative."""
    return max(yearly, key=abs, default=0.0)


def _chosen(problem: Problem, built: Built, values: Floats) -> tuple[Chosen, ...]:
    picked = []
    for column, (o, t) in enumerate(built.starts):
        if values[column] > 0.5:
            option = problem.options[o]
            start = option.earliest if _is_free(option) else t
            picked.append(Chosen(option, problem.years[start]))
    return tuple(sorted(picked, key=lambda one: (one.year, one.option.kind, one.option.id)))


def _is_free(option: Option) -> bool:
    """Say whether nothing speaks against doing it at once: reporting costs nothing."""
    return not (option.investment or option.saving or option.requires)


def _prices(built: Built) -> dict[str, float]:
    """Return what the last unit of each need costs, with whole numbers relaxed."""
    relaxed = _solved(replace(built.model, whole=None))
    if relaxed.duals is None:
        return {}
    return {
        leaf: max(float(relaxed.duals[row]), 0.0) + 0.0 for leaf, row in built.need_rows.items()
    }


# -- when it cannot be done ------------------------------------------------------------------------


def _nearest(problem: Problem, goal: Goal, seconds: float, gap: float, *, is_proven: bool) -> Plan:
    """Return the plan that leaves least missing, then costs least, and what stands in the way."""
    built = build(problem, shortfall=1.0)
    short = np.array([built.short[need.leaf] for need in problem.needs])
    model, is_short = built.model, np.zeros(len(built.model.cost), dtype=np.bool_)
    is_short[short] = True
    nothing = np.where(is_short, model.high, 0.0)  # doing nothing is a plan
    missing = replace(model, cost=np.where(is_short, model.cost, 0.0))
    first = _solved(missing, seconds, gap, nothing)
    assert first.values is not None
    high = np.where(is_short, np.minimum(first.values + 1e-7, model.high), model.high)
    cheap = replace(model, cost=np.where(is_short, 0.0, model.cost), high=high)
    answer = _solved(cheap, seconds, gap, first.values)
    plan = _plan(problem, built, answer if answer.values is not None else first, goal)
    missed = [met.need for met in plan.met if not met.is_met]
    if not is_proven:
        late = tuple(Obstacle(m.need, "unproven", m.reached) for m in plan.met if not m.is_met)
        return replace(plan, status="stopped", obstacles=late)
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
    without_limit = _solved(_only_feasible(build(alone).model), seconds)
    now = next(met.reached for met in plan.met if met.need == need)
    if without_limit.values is None:
        return Obstacle(need, "together", now)
    limited = _solved(_only_feasible(build(replace(problem, needs=(need,))).model), seconds)
    return Obstacle(need, "budget" if limited.values is None else "together", now)


def _only_feasible(model: Model) -> Model:
    return replace(model, cost=np.zeros_like(model.cost))
