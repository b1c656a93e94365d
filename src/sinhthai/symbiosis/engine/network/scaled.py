"""The programme in units that suit the solver, and the answer in the programme's own.

Flows are counted by their bound, rows and money to about 1: the answer then does not depend on
the units, and the solver's tolerances mean a share of each flow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from sinhthai.symbiosis.engine.highs import Answer, Floats, Model, Solver
from sinhthai.symbiosis.engine.network.program import Program

_MONEY = 1e3  # the largest term of the scaled objective


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

    def model(self, *, linear: bool = False) -> Model:
        """Return what the solver is given; *linear* forgets that variables are whole."""
        program = self.program
        return Model(
            cost=self.cost(program.cost),
            matrix=self.matrix,
            row_low=program.row_low * self.row,
            row_high=program.row_high * self.row,
            low=program.lower / self.column,
            high=program.upper / self.column,
            whole=None if linear else program.integer,
        )

    def cost(self, cost: Floats) -> Floats:
        """Return costs of the programme in the solver's units."""
        return cost * self.column * self.money

    def read(self, answer: Answer) -> Answer:
        """Return the solver's *answer* in the programme's units."""
        reduced, duals = answer.reduced, answer.duals
        return Answer(
            status=answer.status,
            values=None if answer.values is None else answer.values * self.column,
            objective=answer.objective / self.money,
            bound=answer.bound / self.money,
            reduced=None if reduced is None else reduced / (self.column * self.money),
            duals=None if duals is None else duals * self.row / self.money,
        )


def solve_mip(
    program: Program, *, seconds: float, gap: float = 1e-4, start: Floats | None = None
) -> Answer:
    """Solve *program*; a *start* that is feasible is never made worse.

    Parameters
    ----------
    seconds : the best point found by then is returned, with the bound proven by then.
    gap : relative distance of point and bound that counts as proven.
    start : values of all variables, or None.
    """
    scaled = Scaled.of(program)
    solver = Solver(scaled.model(), seconds=seconds, gap=gap)
    if start is not None and program.integer.any():
        solver.start_from(np.where(program.integer, np.round(start), start) / scaled.column)
    return scaled.read(solver.solve())


class Linear:
    """The linear relaxation, solved again and again with other costs."""

    def __init__(self, program: Program, *, seconds: float = np.inf) -> None:
        self._scaled = Scaled.of(program)
        self._solver = Solver(self._scaled.model(linear=True), seconds=seconds)

    def solve(self, cost: Floats | None = None) -> Answer:
        """Solve with *cost* in place of the programme's; keeps the last basis."""
        if cost is not None:
            self._solver.change_cost(self._scaled.cost(cost))
        return self._scaled.read(self._solver.solve())


def polish(program: Program, values: Floats) -> Answer:
    """Re-solve with the 0/1 variables of *values* fixed: exact flows, and prices of every row."""
    whole = np.round(values)
    return Linear(
        replace(
            program,
            lower=np.where(program.integer, whole, program.lower),
            upper=np.where(program.integer, whole, program.upper),
        )
    ).solve()
