"""The roadmaps of a park side by side: cheapest, most carbon, soonest, and the worst case.

No clock but the one that limits the search; the same ground and question give the same plans,
unless the time runs out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from sinhthai import __version__
from sinhthai.assessment.engine.roadmap.evaluate import worth
from sinhthai.assessment.engine.roadmap.model import Goal, Met, Obstacle, Plan, Problem
from sinhthai.assessment.engine.roadmap.solve import solve, with_more_budget
from sinhthai.assessment.gaps import say_gap
from sinhthai.assessment.roadmap.document import WORST, Alternative, Line, More, Roadmap, Row
from sinhthai.assessment.roadmap.model import NOTHING, Asked, Candidate, Ground, Want
from sinhthai.assessment.roadmap.tables import tables_hash
from sinhthai.assessment.roadmap.wording import no_options, say_obstacle, unit_of
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.symbiosis.engine.highs import version

MORE = 0.05
_WORTH_SAYING = 1e6  # VND; a price below it is rounding
Progress = Callable[[Text], None]
_STEPS = {
    "cheapest": Text("Tìm phương án rẻ nhất", "Looking for the cheapest plan"),
    "carbon": Text("Tìm phương án giảm nhiều CO2 nhất", "Looking for the most carbon"),
    "soonest": Text("Tìm phương án sớm nhất", "Looking for the soonest plan"),
    WORST: Text("Tính trường hợp xấu nhất", "Working out the worst case"),
    "more": Text("Tính thêm 5 % ngân sách", "Working out 5 % more budget"),
}


@dataclass(frozen=True, slots=True)
class _Study:
    ground: Ground
    wants: tuple[Want, ...]
    candidates: Mapping[str, Candidate]
    asked: Asked


def study(
    ground: Ground,
    wants: Sequence[Want],
    candidates: Sequence[Candidate],
    asked: Asked,
    progress: Progress = lambda what: None,
) -> Roadmap:
    """Return the plans of *ground* for the goals asked, the first one in full.

    The worst case is added where a plan rests on what is not reported yet.
    """
    this = _Study(ground, tuple(wants), {one.option.id: one for one in candidates}, asked)
    problem = problem_of(wants, candidates, asked)
    has_limit = any(limit is not None for limit in problem.budget)
    parts = len(asked.goals) + any(want.is_open for want in wants) + has_limit
    seconds = asked.seconds / parts
    found: list[Alternative] = []
    more = None
    for goal in asked.goals:
        progress(_STEPS[goal])
        plan = solve(problem, _goal(goal), seconds=seconds)
        found.append(_alternative(this, problem, plan, goal))
        if goal == asked.goals[0] and has_limit:
            progress(_STEPS["more"])
            more = _more(this, problem, plan, seconds)
    if any(want.is_open for want in wants):
        progress(_STEPS[WORST])
        found.append(_worst(this, problem, seconds))
    return Roadmap(
        park=ground.code,
        name=ground.name,
        framework=ground.framework.id,
        title=ground.framework.title,
        instrument=ground.framework.instrument,
        by=asked.by.isoformat(),
        data_year=ground.year,
        years=asked.years,
        rate=asked.rate,
        horizon=asked.horizon,
        budget=problem.budget,
        candidates=len(candidates),
        met=sum(finding.status == "met" for finding in ground.findings.values()),
        alternatives=tuple(found),
        more=more,
        invented=ground.invented,
        engine_version=__version__,
        solver=version(),
        rules_hash=load_bundle().hash,
        factors_hash=load_factors().hash,
        tables_hash=tables_hash(),
        input_digest=digest_of(problem, ground.digest),
        known_at=ground.known_at.isoformat() if ground.known_at else "",
    )


def problem_of(wants: Sequence[Want], candidates: Sequence[Candidate], asked: Asked) -> Problem:
    """Return the programme's input; the order of the options does not depend on their source."""
    years = asked.years
    options = sorted((one.option for one in candidates), key=lambda option: option.id)
    return Problem(
        tuple(options),
        tuple(want.need for want in wants),
        years,
        asked.rate,
        max(asked.horizon, len(years)),
        tuple(asked.budget.get(year) for year in years) if asked.budget else (),
    )


def digest_of(problem: Problem, facts: str) -> str:
    """Return what pins the facts and every option with its figures (H6)."""
    data = json.dumps([asdict(problem), facts], sort_keys=True, ensure_ascii=False, default=list)
    return sha256(data.encode()).hexdigest()


def _goal(name: str) -> Goal:
    return name  # type: ignore[return-value]  # checked where it was asked


def _worst(this: _Study, problem: Problem, seconds: float) -> Alternative:
    """Count what is not reported as not met; what nobody can size stays out, and is said."""
    sized = tuple(want.need for want in this.wants if want.sized or not want.is_open)
    options = tuple(option for option in problem.options if option.kind != "report")
    plan = solve(replace(problem, options=options, needs=sized), seconds=seconds)
    return _alternative(this, problem, plan, WORST)


def _more(this: _Study, problem: Problem, plan: Plan, seconds: float) -> More | None:
    larger = with_more_budget(problem, plan, MORE, seconds=seconds)
    if larger is None:
        return None
    had = {one.option.id for one in plan.chosen}
    added = [one.option.id for one in larger.chosen if one.option.id not in had]
    return More(
        MORE,
        larger.cost - plan.cost,
        larger.co2e - plan.co2e,
        sum(met.is_met for met in larger.met) - sum(met.is_met for met in plan.met),
        tuple(this.candidates[name].name for name in added),
    )


def _alternative(this: _Study, problem: Problem, plan: Plan, goal: str) -> Alternative:
    lines = tuple(_line(this, one.option.id, one.year, one.option.lead) for one in plan.chosen)
    value = worth(problem, plan.chosen)
    length = len(problem.years)
    met = {one.need.leaf: one for one in plan.met}
    obstacles = {one.need.leaf: one for one in plan.obstacles}
    reported = {leaf for one in plan.chosen if one.option.kind == "report" for leaf in
                one.option.gives}  # fmt: skip
    binding = plan.binding if plan.status != "infeasible" else None
    if binding is not None and binding.price < _WORTH_SAYING:
        binding = None
    return Alternative(
        goal=goal,
        status=plan.status,
        cost=plan.cost,
        investment=plan.investment,
        low=sum(line.low for line in lines),
        high=sum(line.high for line in lines),
        saving=plan.yearly_saving,
        co2e=plan.co2e,
        met_in=plan.met_in,
        gap=plan.gap,
        binding=binding.need.leaf if binding else "",
        binding_price=binding.price if binding else 0.0,
        lines=lines,
        rows=tuple(
            _row(this, want, met.get(want.leaf.id), obstacles.get(want.leaf.id), reported)
            for want in this.wants
        ),
        invested=value.invested,
        savings=value.savings[:length],
        carbon=value.co2e[:length],
    )


def _line(this: _Study, name: str, year: int, lead: int) -> Line:
    one = this.candidates[name]
    clauses = {want.leaf.id: want.leaf.clause for want in this.wants}
    return Line(
        id=name,
        kind=one.option.kind,
        name=one.name,
        owner=one.owner,
        why=one.why,
        source=one.source,
        serves=tuple(clauses[leaf] for leaf in one.option.gives if leaf in clauses),
        start=year,
        done=year + lead,
        investment=one.option.investment,
        low=one.low,
        high=one.high,
        saving=one.option.saving,
        co2e=one.option.co2e,
        estimated=one.estimated,
    )


def _row(
    this: _Study, want: Want, met: Met | None, obstacle: Obstacle | None, reported: set[str]
) -> Row:
    if met is None:
        after, reached, price, reason = "not_met", 0.0, 0.0, no_options(unknown=True)
    elif met.is_met:
        after = "reported" if want.leaf.id in reported else "met"
        reached, price, reason = met.reached, met.price, NOTHING
    else:
        after, reached, price = "not_met", met.reached, 0.0
        reason = say_obstacle(obstacle, want) if obstacle else no_options(unknown=False)
    return Row(
        leaf=want.leaf.id,
        clause=want.leaf.clause,
        title=want.leaf.title,
        before=want.finding.status,
        gap=say_gap(want.leaf, want.finding),
        missing=want.need.missing,
        reached=reached,
        unit=unit_of(want.leaf, this.ground.readings) if want.sized else NOTHING,
        after=after,
        price=price,
        reason=reason,
    )
