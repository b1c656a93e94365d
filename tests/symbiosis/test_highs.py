"""One room speaks with HiGHS: what it says of models with, without, and with endless answers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from sinhthai.symbiosis.engine.highs import Model, Solver, SolverFailed


def model(cost, rows, row_low, row_high, high, whole=None) -> Model:
    """Return a model whose variables are not negative."""
    count = len(cost)
    return Model(
        cost=np.array(cost, float),
        matrix=np.array(rows, float).reshape(len(row_low), count),
        row_low=np.array(row_low, float),
        row_high=np.array(row_high, float),
        low=np.zeros(count),
        high=np.array(high, float),
        whole=None if whole is None else np.array(whole, bool),
    )


@pytest.mark.parametrize("whole", [None, [True, False]])
def test_no_answer_and_endless_answers_are_told_apart(whole):
    endless = Solver(model([-1, -1], [], [], [], [math.inf, 1], whole)).solve()
    assert (endless.status, endless.values, endless.bound) == ("unbounded", None, -math.inf)
    none = Solver(model([-1, -1], [[1, 0]], [2], [3], [1, math.inf], whole)).solve()
    assert (none.status, none.values, none.bound) == ("infeasible", None, -math.inf)


def test_a_model_with_nothing_in_it_has_the_empty_answer():
    answer = Solver(model([], [], [], [], [])).solve()
    assert answer.status == "optimal"
    assert answer.objective == 0
    assert answer.values is not None
    assert len(answer.values) == 0


def test_prices_say_what_one_more_of_a_limit_is_worth():
    answer = Solver(model([-3, -2], [[1, 1]], [-math.inf], [4], [3, 9])).solve()
    assert answer.objective == answer.bound == -11
    assert answer.duals is not None
    assert answer.reduced is not None
    assert answer.duals.tolist() == [-2]
    assert answer.reduced.tolist() == [-1, 0]


def test_what_changes_is_solved_anew():
    solver = Solver(model([-3, -2], [[1, 1]], [-math.inf], [4], [3, 9]))
    solver.solve()
    solver.change_cost(np.array([-1.0, -2.0]))
    assert solver.solve().objective == -8
    solver.change_bounds(np.array([1.0, 0.0]), np.array([3.0, 9.0]))
    assert solver.solve().objective == -7
    solver.change_row(0, {1: 2.0}, low=-math.inf, high=5.0)
    assert solver.solve().objective == -5


def test_a_feasible_start_is_never_made_worse():
    rng = np.random.default_rng(0)
    weights = rng.integers(10, 99, (20, 400))
    knapsack = model(
        -weights.sum(axis=0), weights, [0] * 20, weights.sum(axis=1) // 2, [1] * 400, [True] * 400
    )
    start = np.zeros(400)
    for at in range(400):
        start[at] = 1.0
        if (knapsack.matrix @ start > knapsack.row_high).any():
            start[at] = 0.0
    solver = Solver(knapsack, seconds=0.2)
    solver.start_from(start)
    answer = solver.solve()
    assert answer.status == "stopped"
    assert answer.bound < answer.objective <= knapsack.cost @ start


def test_an_error_of_the_solver_is_never_an_answer():
    twice = sparse.csc_matrix(([1.0, 1.0], [0, 0], [0, 2]), shape=(1, 1))
    with pytest.raises(SolverFailed, match="HiGHS"):
        Solver(replace(model([1], [[1]], [0], [1], [1]), matrix=twice))
