"""A linear or mixed-integer programme, built row by row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.highs import Answer, Model


@dataclass(slots=True)
class Program:
    """Least cost over variables within bounds and rows of sums within bounds.

    >>> program = Program()
    >>> cheap, dear = program.variable(cost=1.0, high=2.0), program.variable(cost=3.0)
    >>> program.equal([(cheap, 1.0), (dear, 1.0)], 5.0)
    >>> program.solve().objective
    11.0
    """

    _cost: list[float] = field(default_factory=list)
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)
    _whole: list[bool] = field(default_factory=list)
    _starts: list[int] = field(default_factory=lambda: [0])
    _places: list[int] = field(default_factory=list)
    _factors: list[float] = field(default_factory=list)
    _row_low: list[float] = field(default_factory=list)
    _row_high: list[float] = field(default_factory=list)

    def variable(
        self, cost: float = 0.0, low: float = 0.0, high: float = math.inf, *, whole: bool = False
    ) -> int:
        """Add a variable and return its number."""
        self._cost.append(cost)
        self._low.append(low)
        self._high.append(high)
        self._whole.append(whole)
        return len(self._cost) - 1

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
        self, *, seconds: float = math.inf, start: Mapping[int, float] | None = None
    ) -> Answer:
        """Return the least-cost answer, or the best found within *seconds*.

        Parameters
        ----------
        seconds : time limit; a limit makes the answer depend on the machine.
        start : figures of the whole variables of a feasible answer to begin from; the solver
            completes it, so that there is an answer however short the time.
        """
        from sinhthai.symbiosis.engine.highs import Solver  # slow to import; targets do without

        solver = Solver(self._model(), seconds=seconds)
        if start:
            solver.start_from(np.array(list(start.values())), np.array(list(start), dtype=np.int32))
        return solver.solve()

    def _model(self) -> Model:
        from scipy import sparse

        from sinhthai.symbiosis.engine.highs import Model

        return Model(
            cost=np.array(self._cost),
            matrix=sparse.csr_matrix(
                (self._factors, self._places, self._starts),
                shape=(len(self._row_low), len(self._cost)),
            ),
            row_low=np.array(self._row_low),
            row_high=np.array(self._row_high),
            low=np.array(self._low),
            high=np.array(self._high),
            whole=np.array(self._whole, dtype=bool),
        )
