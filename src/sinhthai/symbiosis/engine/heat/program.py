"""A linear or mixed-integer program, built row by row and solved by HiGHS."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from sinhthai.symbiosis.engine.heat.streams import Floats

Status = Literal["optimal", "time_limit", "infeasible", "unbounded", "no_answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver found.

    ``values`` holds one figure a variable, empty when there is no feasible answer. ``bound`` is
    what no answer can beat; ``gap`` the share of ``objective`` between the two.
    """

    status: Status
    objective: float
    bound: float
    values: Floats

    @property
    def found(self) -> bool:
        """Whether there is a feasible answer."""
        return bool(len(self.values))

    @property
    def gap(self) -> float:
        """How far the answer may be from the best one, as a share of itself."""
        if not self.found:
            return math.inf
        distance = abs(self.objective - self.bound)
        return distance / max(abs(self.objective), 1e-9) if distance > 1e-9 else 0.0


@dataclass(slots=True)
class Program:
    """Least cost over variables within bounds and rows of sums within bounds."""

    _cost: list[float] = field(default_factory=list)
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)
    _whole: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=lambda: [0])
    _places: list[int] = field(default_factory=list)
    _factors: list[float] = field(default_factory=list)
    _row_low: list[float] = field(default_factory=list)
    _row_high: list[float] = field(default_factory=list)

    def variable(
        self, cost: float = 0.0, low: float = 0.0, high: float = math.inf, *, whole: bool = False
    ) -> int:
        """Add a variable and return its number."""
        number = len(self._cost)
        self._cost.append(cost)
        self._low.append(low)
        self._high.append(high)
        if whole:
            self._whole.append(number)
        return number

    def row(
        self, terms: Iterable[tuple[int, float]], low: float = -math.inf, high: float = math.inf
    ) -> None:
        """Ask that low <= sum of factor · variable <= high; a variable may occur only once."""
        for number, factor in terms:
            self._places.append(number)
            self._factors.append(factor)
        self._starts.append(len(self._places))
        self._row_low.append(low)
        self._row_high.append(high)

    def equal(self, terms: Iterable[tuple[int, float]], value: float) -> None:
        """Ask that the sum is *value*."""
        self.row(terms, value, value)

    def solve(
        self,
        *,
        seconds: float = math.inf,
        gap: float = 0.0,
        start: Mapping[int, float] | None = None,
    ) -> Answer:
        """Return the least-cost answer, or the best found within *seconds*.

        Parameters
        ----------
        seconds : time limit; a limit makes the answer depend on the machine.
        gap : share of the objective at which an answer is good enough.
        start : figures of the whole variables of a feasible answer to begin from; the solver
            completes it, so that there is an answer however short the time.
        """
        import highspy

        inner = highspy.Highs()
        inner.setOptionValue("output_flag", False)
        inner.setOptionValue("threads", 1)  # the same search everywhere
        inner.setOptionValue("mip_rel_gap", gap)
        if math.isfinite(seconds):
            inner.setOptionValue("time_limit", float(seconds))
        inner.passModel(self._model(highspy))
        if start:
            numbers = np.array(list(start), dtype=np.int32)
            inner.setSolution(len(start), numbers, np.array(list(start.values())))
        inner.run()
        return self._answer(highspy, inner)

    def _model(self, highspy: Any) -> Any:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._cost), len(self._row_low)
        lp.col_cost_ = np.array(self._cost)
        lp.col_lower_, lp.col_upper_ = np.array(self._low), np.array(self._high)
        lp.row_lower_, lp.row_upper_ = np.array(self._row_low), np.array(self._row_high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self._starts)
        lp.a_matrix_.index_ = np.array(self._places, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self._factors)
        if self._whole:
            kinds = [highspy.HighsVarType.kContinuous] * len(self._cost)
            for number in self._whole:
                kinds[number] = highspy.HighsVarType.kInteger
            lp.integrality_ = kinds
        return lp

    def _answer(self, highspy: Any, inner: Any) -> Answer:
        ended, info = inner.getModelStatus(), inner.getInfo()
        kinds: dict[Any, Status] = {
            highspy.HighsModelStatus.kOptimal: "optimal",
            highspy.HighsModelStatus.kTimeLimit: "time_limit",
            highspy.HighsModelStatus.kInfeasible: "infeasible",
            highspy.HighsModelStatus.kUnbounded: "unbounded",
            highspy.HighsModelStatus.kUnboundedOrInfeasible: "unbounded",
        }
        status = kinds.get(ended, "no_answer")
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not feasible or status not in ("optimal", "time_limit"):
            return Answer(status, math.nan, math.nan, np.empty(0))
        objective = float(info.objective_function_value)
        bound = float(info.mip_dual_bound) if self._whole else objective
        values = np.array(inner.getSolution().col_value, dtype=np.float64)
        return Answer(status, objective, bound, values)
