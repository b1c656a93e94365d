"""HiGHS, the solver of linear and mixed-integer programmes: load a model, run it, read the answer.

One thread and one seed: the same model has the same answer everywhere, unless a time limit ends
the search. Never import ortools in a process that imports this module: the two libraries clash.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

Status = Literal["optimal", "stopped", "infeasible", "unbounded", "nothing"]
"""``stopped``: the best point found in the time given; ``nothing``: none was found in it."""

_OPTIONS: dict[str, bool | int] = {"output_flag": False, "threads": 1, "random_seed": 1}
_LEAST_SECONDS = 0.01
_GIVEN_UP = (
    highspy.HighsModelStatus.kNotset,
    highspy.HighsModelStatus.kSolveError,
    highspy.HighsModelStatus.kUnknown,
)


class SolverFailed(RuntimeError):
    """HiGHS reported an error instead of an answer: never taken for "nothing found"."""


@dataclass(frozen=True, slots=True)
class Model:
    """Minimise cost @ z with row_low <= matrix @ z <= row_high and low <= z <= high.

    ``matrix`` (rows, columns) names no place twice; ``whole`` says which variables are whole
    numbers (None: none).
    """

    cost: Floats
    matrix: Any
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    whole: Bools | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver says; no point costs less than ``bound``.

    ``values`` is None when there is no feasible point. ``reduced`` (a column) and ``duals`` (a
    row) belong to the optimum of a model without whole variables only.
    """

    status: Status
    values: Floats | None
    objective: float
    bound: float
    reduced: Floats | None = None
    duals: Floats | None = None


class Solver:
    """A model held in HiGHS, to be solved once, or again and again with something changed.

    Parameters
    ----------
    seconds : the best point found by then is returned, with the bound proven by then.
    gap : relative distance of point and bound that counts as proven.

    >>> model = Model(
    ...     cost=np.array([-1.0, -1.0]),
    ...     matrix=np.array([[2.0, 1.0]]),
    ...     row_low=np.array([-np.inf]),
    ...     row_high=np.array([3.0]),
    ...     low=np.zeros(2),
    ...     high=np.array([1.0, 2.0]),
    ... )
    >>> Solver(model).solve().values.tolist()
    [0.5, 2.0]
    """

    def __init__(self, model: Model, *, seconds: float = math.inf, gap: float = 0.0) -> None:
        # HiGHS keeps a pool per calling thread and refuses a model that asks for another size.
        highspy.Highs.resetGlobalScheduler(True)
        self._highs: Any = highspy.Highs()
        self._cost = model.cost
        self._has_whole = model.whole is not None and bool(model.whole.any())
        self._every = np.arange(len(model.cost), dtype=np.int32)
        options: dict[str, Any] = {**_OPTIONS, "mip_rel_gap": gap}
        if not self._has_whole:
            options["solver"] = "simplex"  # it begins where it ended the last time
        if math.isfinite(seconds):
            options["time_limit"] = max(float(seconds), _LEAST_SECONDS)
        for name, value in options.items():
            _check(self._highs.setOptionValue(name, value))
        _check(self._highs.passModel(_passed(model)))

    def start_from(self, values: Floats, columns: Ints | None = None) -> None:
        """Begin with *values* of *columns* (None: of all); a feasible start is never made worse."""
        columns = self._every if columns is None else columns
        _check(self._highs.setSolution(len(columns), columns, values))

    def change_cost(self, cost: Floats) -> None:
        """Set the cost of every column."""
        self._cost = cost
        _check(self._highs.changeColsCost(len(cost), self._every, cost))

    def change_bounds(self, low: Floats, high: Floats) -> None:
        """Set the bounds of every column."""
        _check(self._highs.changeColsBounds(len(low), self._every, low, high))

    def change_row(self, row: int, terms: Mapping[int, float], low: float, high: float) -> None:
        """Set the coefficients of *row* that *terms* names, and its bounds."""
        for column, value in terms.items():
            self._highs.changeCoeff(row, column, value)
        self._highs.changeRowBounds(row, low, high)

    def solve(self) -> Answer:
        """Solve the model as it now is; a linear one begins at the basis of the last time.

        A basis that fits the changed model too badly for the solver is given up for a fresh start.

        Raises
        ------
        SolverFailed : HiGHS ends with an error.
        """
        ended = self._highs.run()
        if ended == highspy.HighsStatus.kError or self._highs.getModelStatus() in _GIVEN_UP:
            self._highs.clearSolver()
            _check(self._highs.run())
        status, info = self._status(), self._highs.getInfo()
        if status not in ("optimal", "stopped"):
            proven = self._has_whole and status == "nothing"
            bound = float(info.mip_dual_bound) if proven else -math.inf
            return Answer(status, None, math.inf, bound)
        solution = self._highs.getSolution()
        values = np.asarray(solution.col_value, dtype=np.float64)
        objective = float(info.objective_function_value)
        if self._has_whole:
            return Answer(status, values, objective, float(info.mip_dual_bound))
        if status != "optimal":
            return Answer(status, values, objective, -math.inf)
        reduced, duals = np.asarray(solution.col_dual), np.asarray(solution.row_dual)
        return Answer(status, values, objective, objective, reduced, duals)

    def _status(self) -> Status:
        ended = self._highs.getModelStatus()
        if ended == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            return self._unbounded_or_infeasible()
        known: dict[Any, Status] = {
            highspy.HighsModelStatus.kOptimal: "optimal",
            highspy.HighsModelStatus.kModelEmpty: "optimal",
            highspy.HighsModelStatus.kInfeasible: "infeasible",
            highspy.HighsModelStatus.kUnbounded: "unbounded",
        }
        return known.get(ended, "stopped" if _has_point(self._highs.getInfo()) else "nothing")

    def _unbounded_or_infeasible(self) -> Status:
        """Which of the two: a model that has a point when nothing costs is unbounded."""
        cost = self._cost
        self.change_cost(np.zeros(len(cost)))
        _check(self._highs.run())
        ended = self._highs.getModelStatus()
        self.change_cost(cost)
        if ended == highspy.HighsModelStatus.kOptimal:
            return "unbounded"
        return "infeasible" if ended == highspy.HighsModelStatus.kInfeasible else "nothing"


def version() -> str:
    """Return the name and version of the solver, to be written beside its answers."""
    return f"HiGHS {highspy.Highs().version()}"


def _passed(model: Model) -> Any:
    matrix = sparse.csc_matrix(model.matrix)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = model.cost
    lp.col_lower_, lp.col_upper_ = model.low, model.high
    lp.row_lower_, lp.row_upper_ = model.row_low, model.row_high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr
    lp.a_matrix_.index_ = matrix.indices
    lp.a_matrix_.value_ = matrix.data
    if model.whole is not None and model.whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in model.whole]
    return lp


def _has_point(info: Any) -> bool:
    feasible = highspy.SolutionStatus.kSolutionStatusFeasible
    return bool(info.primal_solution_status == feasible)


def _check(status: Any) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverFailed(f"{version()} failed on the model")
