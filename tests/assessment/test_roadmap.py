"""The roadmap against brute force, and what it says when there is none."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.assessment.engine.roadmap.build import build
from sinhthai.assessment.engine.roadmap.evaluate import reached, worth
from sinhthai.assessment.engine.roadmap.model import Chosen, Need, Option, Problem
from sinhthai.assessment.engine.roadmap.solve import solve, with_more_budget
from sinhthai.symbiosis.engine.highs import Solver

YEARS = (2026, 2027, 2028)
RECP = Need("ENT-3", "doanh nghiệp áp dụng RECP", "count", 2)
GREEN = Need("LAND-1", "cây xanh", "amount", 3.0)


def drive(n: int, cost: float = 100.0, **more: object) -> Option:
    return Option(
        f"m{n}", f"Measure {n}", "measure", cost, gives={"ENT-3": 1}, enterprises=(f"e{n}",), **more
    )  # fmt: skip


def land(hectares: float, cost: float, **more: object) -> Option:
    return Option(f"l{hectares}", "Land", "land", cost, gives={"LAND-1": hectares}, **more)


def ids(plan: object) -> set[str]:
    return {one.option.id for one in plan.chosen}


def test_the_cheapest_two_of_three_enterprises_and_the_cheapest_land() -> None:
    options = (drive(1, 300), drive(2, 100), drive(3, 200), land(3.0, 500), land(2.0, 100),
               land(1.5, 120))  # fmt: skip
    plan = solve(Problem(options, (RECP, GREEN), YEARS, 0.0, 5))
    assert ids(plan) == {"m2", "m3", "l2.0", "l1.5"}
    assert (plan.cost, plan.status) == (520, "optimal")
    assert all(met.is_met for met in plan.met)


def test_two_measures_of_one_enterprise_count_it_once() -> None:
    twin = replace(drive(1, 1), id="m1b")
    plan = solve(Problem((drive(1, 1), twin, drive(2, 900)), (RECP,), YEARS, 0.0, 5))
    assert {"m2"} < ids(plan)
    assert plan.met[0].reached == 2


def test_a_budget_spreads_the_work_over_the_years() -> None:
    options = (drive(1), drive(2))
    plan = solve(Problem(options, (RECP,), YEARS, 0.05, 5, (0.0, 100.0, 100.0)))
    assert [one.year for one in plan.chosen] == [2027, 2028]
    assert plan.invested == (0.0, 100.0, 100.0)


def test_what_takes_time_must_start_early_and_what_requires_waits() -> None:
    first = Option("study", "Study", "step", 5.0)
    slow = drive(1, lead=1, requires=("study",))
    plan = solve(Problem((first, slow, drive(2)), (RECP,), YEARS, 0.1, 5))
    year = {one.option.id: one.year for one in plan.chosen}
    assert year["study"] <= year["m1"] <= 2027


def test_of_those_that_exclude_each_other_one_is_chosen() -> None:
    gains = {"saving": 100.0, "life": 10}
    a, b, c = (replace(drive(n, 10.0, **gains), excludes=("m1", "m2", "m3")) for n in (1, 2, 3))
    need = replace(RECP, missing=1)
    plan = solve(Problem((a, b, c), (need,), YEARS, 0.1, 5))
    assert len(plan.chosen) == 1


def test_measures_on_one_use_save_less_than_their_sum() -> None:
    pair = tuple(
        drive(n, 10.0, saving=100.0, co2e=10.0, life=10, use="e/motors", share=0.5) for n in (1, 2)
    )
    problem = Problem(pair, (RECP,), (2026,), 0.0, 1)
    plan = solve(problem)
    assert plan.yearly_saving == pytest.approx(150.0)  # 75 % of a use whose half is worth 100
    assert plan.co2e == pytest.approx(15.0)
    assert Solver(build(problem).model).solve().objective == pytest.approx(plan.cost)


def test_the_second_measure_on_a_use_is_left_when_it_no_longer_pays() -> None:
    pair = tuple(drive(n, 60.0, saving=100.0, life=1, use="e/motors", share=0.5) for n in (1, 2))
    plan = solve(Problem(pair, (replace(RECP, missing=1),), (2026,), 0.0, 1))
    assert len(plan.chosen) == 1


def test_goals_choose_differently() -> None:
    cheap = drive(1, 10.0, co2e=1.0)
    clean = drive(2, 100.0, co2e=100.0)
    slow = drive(3, 1.0, lead=2)
    problem = Problem((cheap, clean, slow), (replace(RECP, missing=1),), YEARS, 0.0, 5)
    assert ids(solve(problem)) == {"m3"}
    assert solve(problem, "soonest").met_in == 2026
    assert ids(solve(problem, "soonest")) == {"m1"}
    assert ids(solve(problem, "carbon")) == {"m2"}


def test_the_need_that_costs_most_binds() -> None:
    options = (drive(1, 300), drive(2, 100), land(3.0, 50))
    plan = solve(Problem(options, (RECP, GREEN), YEARS, 0.0, 5))
    assert plan.binding.need == RECP
    assert plan.binding.price == pytest.approx(300)


def test_more_budget_buys_the_measure_that_did_not_fit() -> None:
    pays = Option("big", "Big", "measure", 104.0, 60.0, life=5)
    problem = Problem((pays, drive(1, 1.0)), (replace(RECP, missing=1),), (2026,), 0.0, 5, (100.0,))
    plan = solve(problem)
    more = with_more_budget(problem, plan)
    assert "big" not in ids(plan)
    assert "big" in ids(with_more_budget(problem, plan, 0.06))
    assert more.cost <= plan.cost
    assert with_more_budget(replace(problem, budget=()), plan) is None


@pytest.mark.parametrize(
    ("options", "budget", "reason", "best"),
    [
        ((drive(1),), (), "options", 1),
        ((drive(1), drive(2, lead=9)), (), "time", 1),
        ((drive(1), drive(2)), (100.0, 0.0, 0.0), "budget", 1),
    ],
)
def test_what_cannot_be_met_is_said_with_its_reason(
    options: tuple[Option, ...], budget: tuple[float, ...], reason: str, best: float
) -> None:
    plan = solve(Problem(options, (RECP,), YEARS, 0.1, 5, budget))
    assert plan.status == "infeasible"
    assert [(o.reason, o.best) for o in plan.obstacles] == [(reason, best)]
    assert plan.met_in is None


def test_needs_that_only_exclude_each_other_are_told_apart() -> None:
    either = replace(land(3.0, 10.0), excludes=("m1", "m2"))
    plan = solve(Problem((drive(1), drive(2), either), (RECP, GREEN), YEARS, 0.1, 5))
    assert [o.reason for o in plan.obstacles] == ["together"]


COSTS = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 25)), min_size=3, max_size=5)


@settings(max_examples=40, deadline=None)
@given(COSTS, st.sampled_from([None, 30.0, 60.0]), st.booleans())
def test_no_other_portfolio_is_cheaper(
    costs: list[tuple[int, int]], limit: float | None, shared: bool
) -> None:
    options = tuple(
        drive(n, float(cost), saving=float(saving), life=3, use="e/x" if shared else f"e{n}/x",
              share=0.3 + 0.1 * (n % 3))
        for n, (cost, saving) in enumerate(costs)
    )  # fmt: skip
    if shared:  # on one use, what a share is worth is one figure
        options = tuple(replace(o, saving=20.0 * o.share) for o in options)
    problem = Problem(options, (RECP,), (2026,), 0.0, 3, () if limit is None else (limit,))
    best = None
    for size in range(len(options) + 1):
        for some in itertools.combinations(options, size):
            chosen = [Chosen(option, 2026) for option in some]
            value = worth(problem, chosen)
            is_paid = limit is None or sum(o.investment for o in some) <= limit
            if is_paid and reached(RECP, chosen, 2026) >= 2:
                best = value.cost if best is None else min(best, value.cost)
    plan = solve(problem, gap=0.0)
    if best is None:
        assert plan.status == "infeasible"
    else:
        assert plan.cost == pytest.approx(best, abs=1e-6)
        relaxed = Solver(replace(build(problem).model, whole=None)).solve()
        assert relaxed.objective <= plan.cost + 1e-6
