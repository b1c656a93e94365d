"""HiGHS behind two verbs: solve a mixed-integer programme, re-solve a linear one.

The model is scaled before it is passed (flows by their bound, rows and money to about 1), so that
the answer does not depend on the units, and the solver's tolerances mean a share of each flow.
Never import ortools in a process that imports this module: the two libraries clash.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import highspy
import numpy as np
from scipy import sparse

from sinhthai.symbiosis.engine.network.instance import Floats
from sinhthai.symbiosis.engine.network.program import Program

Status = Literal["optimal", "stopped", "infeasible", "unbounded", "nothing"]
_MONEY = 1e3  # the largest term of the scaled objective
# HiGHS's own parallelism helps little on these problems; the second core is for the search beside.
_THREADS = 1


class SolverFailed(RuntimeError):
    """HiGHS reported an error instead of an answer: never taken for "nothing found"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver says, in the programme's units.

    ``objective`` and ``bound`` are costs (to be minimised); ``values`` is None when there is no
    feasible point. ``reduced`` and ``duals`` belong to a linear answer only.
    """

    status: Status
    values: Floats | None
    objective: float
    bound: float
    reduced: Floats | None = None
    duals: Floats | None = None


@dataclass(frozen=True, slots=True)
class Scaled:
    """A programme with scaled columns, rows and objective; v = column * v'."""

    program: Program
    column: Floats
    row: Floats
    money: float
    matrix: sparse.csc_matrix

    @classmethod
    def of(cls, program: Program) -> Scaled:
        """Scale *program*."""
        column = np.where(
            program.integer | ~np.isfinite(program.upper) | (program.upper <= 0), 1.0, program.upper
        )
        shape = (len(program.row_low), len(program.cost))
        matrix = sparse.coo_matrix(
            (program.value * column[program.col], (program.row, program.col)), shape=shape
        ).tocsr()
        largest = (
            np.maximum.reduceat(
                np.append(np.abs(matrix.data), 0.0), np.minimum(matrix.indptr[:-1], matrix.nnz)
            )
            if matrix.nnz
            else np.ones(shape[0])
        )
        largest = np.where(np.diff(matrix.indptr) > 0, largest, 1.0)
        row = 1 / np.where(largest > 0, largest, 1.0)
        matrix = sparse.diags(row) @ matrix
        top = float(np.abs(program.cost * column).max(initial=0.0))
        return cls(program, column, row, _MONEY / top if top > 0 else 1.0, matrix.tocsc())

    def load(self, solver: Any, *, linear: bool = False) -> None:
        """Pass the model to *solver*; *linear* forgets that variables are whole."""
        program = self.program
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(program.cost), len(program.row_low)
        lp.col_cost_ = program.cost * self.column * self.money
        lp.col_lower_ = program.lower / self.column
        lp.col_upper_ = program.upper / self.column
        lp.row_lower_ = program.row_low * self.row
        lp.row_upper_ = program.row_high * self.row
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = self.matrix.indptr
        lp.a_matrix_.index_ = self.matrix.indices
        lp.a_matrix_.value_ = self.matrix.data
        if not linear and program.integer.any():
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[int(whole)] for whole in program.integer]
        solver.passModel(lp)


def quiet(seconds: float) -> Any:
    """Return a solver that prints nothing and stops after *seconds*."""
    # HiGHS keeps a pool per calling thread and refuses a model that asks for another size.
    highspy.Highs.resetGlobalScheduler(True)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", _THREADS)
    solver.setOptionValue("random_seed", 1)
    if np.isfinite(seconds):
        solver.setOptionValue("time_limit", max(float(seconds), 0.01))
    return solver


def run(solver: Any) -> None:
    """Run *solver*; an error of its own is raised."""
    if solver.run() == highspy.HighsStatus.kError:
        raise SolverFailed(f"HiGHS {highspy.Highs().version()} failed on the model")


def solve_mip(
    program: Program,
    *,
    seconds: float,
    gap: float = 1e-4,
    start: Floats | None = None,
    options: dict[str, Any] | None = None,
) -> Answer:
    """Solve *program*; a *start* that is feasible is never made worse.

    Parameters
    ----------
    seconds : the best point found by then is returned, with the bound proven by then.
    gap : relative distance of point and bound that counts as proven.
    start : values of all variables, or None.
    """
    scaled = Scaled.of(program)
    if not program.integer.any():
        return Linear(program, seconds=seconds).solve()
    solver = quiet(seconds)
    solver.setOptionValue("mip_rel_gap", gap)
    for name, value in (options or {}).items():
        solver.setOptionValue(name, value)
    scaled.load(solver)
    if start is not None:
        point = highspy.HighsSolution()
        point.col_value = list(np.where(program.integer, np.round(start), start) / scaled.column)
        solver.setSolution(point)
    run(solver)
    info = solver.getInfo()
    status = _status(solver, info)
    values = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        values = np.asarray(solver.getSolution().col_value) * scaled.column
    return Answer(
        status=status,
        values=values,
        objective=info.objective_function_value / scaled.money if values is not None else np.inf,
        bound=info.mip_dual_bound / scaled.money,
    )


class Linear:
    """A linear programme that is solved again and again with other costs or bounds."""

    def __init__(self, program: Program, *, seconds: float = np.inf) -> None:
        self.program = program
        self.scaled = Scaled.of(program)
        self.solver = quiet(seconds)
        self.solver.setOptionValue("solver", "simplex")
        self.scaled.load(self.solver, linear=True)
        self.every = np.arange(len(program.cost), dtype=np.int32)

    def solve(
        self,
        cost: Floats | None = None,
        bounds: tuple[Floats, Floats] | None = None,
    ) -> Answer:
        """Solve with *cost* and *bounds* in place of the programme's; keeps the last basis."""
        scaled, n = self.scaled, len(self.every)
        if cost is not None:
            self.solver.changeColsCost(n, self.every, cost * scaled.column * scaled.money)
        if bounds is not None:
            low, high = bounds[0] / scaled.column, bounds[1] / scaled.column
            self.solver.changeColsBounds(n, self.every, low, high)
        run(self.solver)
        info = self.solver.getInfo()
        status = _status(self.solver, info)
        if status != "optimal":
            return Answer(status, None, np.inf, -np.inf)
        solution = self.solver.getSolution()
        objective = info.objective_function_value / scaled.money
        return Answer(
            status=status,
            values=np.asarray(solution.col_value) * scaled.column,
            objective=objective,
            bound=objective,
            reduced=np.asarray(solution.col_dual) / (scaled.column * scaled.money),
            duals=np.asarray(solution.row_dual) * scaled.row / scaled.money,
        )


def polish(program: Program, values: Floats) -> Answer | None:
    """Re-solve with the 0/1 variables of *values* fixed: exact flows, and prices of every row."""
    fixed = fix(program, values)
    answer = Linear(fixed).solve()
    return answer if answer.status == "optimal" else None


def fix(program: Program, values: Floats) -> Program:
    """Return *program* with its 0/1 variables fixed at *values*."""
    whole = np.round(values)
    return replace(
        program,
        lower=np.where(program.integer, whole, program.lower),
        upper=np.where(program.integer, whole, program.upper),
        integer=np.zeros(len(program.cost), bool),
    )


def _status(solver: Any, info: Any) -> Status:
    known = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kModelEmpty: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnbounded: "unbounded",
        highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
    }
    status = known.get(solver.getModelStatus())
    if status is not None:
        return status  # type: ignore[return-value]
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return "stopped" if feasible else "nothing"
