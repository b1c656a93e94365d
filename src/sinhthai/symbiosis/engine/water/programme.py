"""Small dense (mixed-integer) linear programmes, kept in HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """``best`` is proven; ``some`` is what a time limit left; without a point it is infeasible."""

    status: Literal["best", "some", "nothing"]
    value: float
    point: Floats


def load(
    cost: Floats,
    matrix: Floats,
    row_low: Floats,
    row_high: Floats,
    low: Floats,
    high: Floats,
    *,
    whole: NDArray[np.bool_] | None = None,
    seconds: float | None = None,
) -> highspy.Highs:
    """Return a silent solver that holds: minimise ``cost @ z`` between the bounds given."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)  # these are too small for more
    if seconds is not None:
        solver.setOptionValue("time_limit", max(0.01, float(seconds)))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(matrix)
    lp.col_cost_ = cost
    lp.col_lower_, lp.col_upper_ = low, high
    lp.row_lower_, lp.row_upper_ = row_low, row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    present = matrix != 0
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(present.sum(axis=1))])
    lp.a_matrix_.index_ = np.nonzero(present)[1]
    lp.a_matrix_.value_ = matrix[present]
    if whole is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(w)] for w in whole]
    solver.passModel(lp)
    return solver


def run(solver: highspy.Highs) -> Found:
    """Solve what *solver* holds."""
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    point = np.array(solver.getSolution().col_value)
    if status == highspy.HighsModelStatus.kOptimal:
        return Found("best", float(info.objective_function_value), point)
    if feasible and status == highspy.HighsModelStatus.kTimeLimit:
        return Found("some", float(info.objective_function_value), point)
    return Found("nothing", np.inf, np.empty(0))
