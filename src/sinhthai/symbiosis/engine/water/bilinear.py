r"""The best solution of a linear programme with products, proved: spatial branch and bound.

.. math:: \min c^\top z, \quad l \le A z \le u, \quad z \in [\underline z, \overline z], \quad
          z_p = z_f z_g \text{ for each product } (p, f, g)

Blending of qualities makes such products (flow times concentration). Each is replaced by its
convex envelope over the present box (McCormick); the box of a factor is halved until the
envelope is tight. With the branching factors held at their values what remains is a linear
programme: its solution is feasible and bounds from above.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.highs import Floats, Model, Solver, SolverFailed

Ints = NDArray[np.int64]
_SMALL = 1e-3
"""A value under this share of the largest cost of one variable is next to nothing."""


@dataclass(frozen=True, slots=True)
class Bilinear:
    """The programme. ``products`` (k, 3): columns p, f, g with z_p = z_f z_g; branched on f.

    Every factor needs finite bounds. ``matrix`` is dense (rows, columns): these are small.
    """

    cost: Floats
    matrix: Floats
    row_low: Floats
    row_high: Floats
    low: Floats
    high: Floats
    products: Ints


@dataclass(frozen=True, slots=True)
class Solution:
    """``value`` of the best point found, and ``bound`` that nothing undercuts.

    ``point`` is None when nothing was found: ``status`` then says infeasible, or that the limit
    came first. ``small`` is what counts as next to nothing in the unit of the value.
    """

    status: Literal["optimal", "limit", "infeasible"]
    value: float
    bound: float
    point: Floats | None
    boxes: int
    small: float = 1.0

    @property
    def gap(self) -> float:
        """How far bound and value are apart, relative to the value."""
        return (self.value - self.bound) / max(self.small, abs(self.value))


def solve_bilinear(
    problem: Bilinear,
    *,
    gap: float = 1e-6,
    boxes: int = 20_000,
    stop: Callable[[], bool] = lambda: False,
    start: Floats | None = None,
) -> Solution:
    """Solve *problem* to a relative *gap*, over at most *boxes* boxes or until *stop* says so.

    The branching factors of *start* are tried first: a point known to be feasible is never lost.

    The answer does not depend on the units: a value is next to nothing against the largest cost
    any one variable can make.

    Raises
    ------
    ValueError
        If a figure is not a number, or a factor of a product has no finite bounds.
    SolverFailed
        If the programme is unbounded, or its linear parts cannot be solved.
    """
    _check(problem)
    factors = np.unique(problem.products[:, 1:])
    if not (np.isfinite(problem.low[factors]).all() and np.isfinite(problem.high[factors]).all()):
        raise ValueError("a factor of a product needs finite bounds")
    scale = _scale(problem)
    problem = _scaled(problem, scale)
    unit = float(np.abs(problem.cost).max(initial=0.0)) or 1.0
    problem = replace(problem, cost=problem.cost / unit)
    relaxation, restriction = _Relaxation(problem), _Restriction(problem)
    best_value, best = np.inf, None
    if start is not None and (found := restriction.solve(start / scale)) is not None:
        best_value, best = found[0], found[1] * scale

    def answer(status: Literal["optimal", "limit", "infeasible"], bound: float) -> Solution:
        return Solution(status, best_value * unit, bound * unit, best, seen, _SMALL * unit)

    seen = 1
    tie = itertools.count()
    root = relaxation.solve(problem.low, problem.high)
    if root is None:
        return answer("infeasible", np.inf)
    queue = [(root[0], next(tie), problem.low, problem.high, root[1])]
    while queue:
        bound, _, low, high, point = heapq.heappop(queue)
        found = restriction.solve(point)
        if found is not None and found[0] < best_value:
            best_value, best = found[0], found[1] * scale
        if bound >= best_value - gap * max(_SMALL, abs(best_value)):
            return answer("optimal", min(bound, best_value))
        if seen >= boxes or stop():
            return answer("limit", bound)
        factor, where = _branch(problem.products, low, high, point)
        for side in (0, 1):
            new_low, new_high = low.copy(), high.copy()
            (new_high if side == 0 else new_low)[factor] = where
            solved = relaxation.solve(new_low, new_high)
            seen += 1
            if solved is not None:
                # A smaller box never has a better bound; rounding must not say so.
                heapq.heappush(
                    queue, (max(bound, solved[0]), next(tie), new_low, new_high, solved[1])
                )
    return answer("infeasible" if best is None else "optimal", best_value)


def _check(problem: Bilinear) -> None:
    """Refuse what is not a number: comparisons with it would be silently false."""
    for name in ("cost", "matrix"):
        if not np.isfinite(getattr(problem, name)).all():
            raise ValueError(f"the {name} holds what is not a number")
    for name in ("row_low", "row_high", "low", "high"):
        if np.isnan(getattr(problem, name)).any():
            raise ValueError(f"{name} holds what is not a number")


def _scale(problem: Bilinear) -> Floats:
    """Return what each variable is counted in: bounded ones run to 1, products follow factors."""
    p, f, g = problem.products.T
    largest = np.maximum(np.abs(problem.low), np.abs(problem.high))
    scale = np.where(np.isfinite(largest) & (largest > 0), largest, 1.0)
    scale[p] = scale[f] * scale[g]
    return scale


def _scaled(problem: Bilinear, scale: Floats) -> Bilinear:
    """Return the same programme in those units, each row's largest coefficient 1."""
    matrix = problem.matrix * scale
    size = np.abs(matrix).max(axis=1, initial=0.0)
    size[size == 0] = 1.0
    return Bilinear(
        cost=problem.cost * scale,
        matrix=matrix / size[:, None],
        row_low=problem.row_low / size,
        row_high=problem.row_high / size,
        low=problem.low / scale,
        high=problem.high / scale,
        products=problem.products,
    )


def _branch(products: Ints, low: Floats, high: Floats, point: Floats) -> tuple[int, float]:
    """Return the branching factor whose products are violated most, and where to cut its box."""
    p, f, g = products.T
    width = high[f] - low[f]
    wrong = np.abs(point[p] - point[f] * point[g]) / np.maximum(1.0, np.abs(point[p]))
    # A tight box that is still wrong in another factor must not be cut for ever.
    wrong = np.where(width > 1e-9 * np.maximum(1.0, np.abs(high[f])), wrong + 1e-12 * width, -1.0)
    factor = int(f[int(wrong.argmax())])
    middle = (low[factor] + high[factor]) / 2
    inner = np.clip(
        0.7 * point[factor] + 0.3 * middle,
        low[factor] + 0.1 * (high[factor] - low[factor]),
        high[factor] - 0.1 * (high[factor] - low[factor]),
    )
    return factor, float(inner)


class _Programme:
    """The linear part kept in the solver, with *extra* empty rows for the products."""

    def __init__(self, problem: Bilinear, extra: int) -> None:
        self.problem = problem
        self.rows = len(problem.row_low)
        self.products: list[list[int]] = problem.products.tolist()
        self.solver = Solver(
            Model(
                cost=problem.cost,
                matrix=np.vstack([problem.matrix, np.zeros((extra, len(problem.cost)))]),
                row_low=np.concatenate([problem.row_low, np.full(extra, -np.inf)]),
                row_high=np.concatenate([problem.row_high, np.full(extra, np.inf)]),
                low=problem.low,
                high=problem.high,
            )
        )

    def run(self, low: Floats, high: Floats) -> tuple[float, Floats] | None:
        """Return value and point within the box, or None when infeasible."""
        self.solver.change_bounds(low, high)
        found = self.solver.solve()
        if found.status == "infeasible":
            return None
        if found.values is None or found.status != "optimal":
            raise SolverFailed(f"a linear part of the programme is not solved: {found.status}")
        return found.objective, found.values


class _Relaxation(_Programme):
    """Products replaced by their McCormick envelopes over a box."""

    def __init__(self, problem: Bilinear) -> None:
        super().__init__(problem, 4 * len(problem.products))

    def solve(self, low: Floats, high: Floats) -> tuple[float, Floats] | None:
        row = self.rows
        for p, f, g in self.products:
            # z_p >= f_low g + g_low f - f_low g_low, the same with the high ends, and two below.
            for at_f, at_g, above in (
                (low[f], low[g], True),
                (high[f], high[g], True),
                (low[f], high[g], False),
                (high[f], low[g], False),
            ):
                terms = {f: -(at_f + at_g)} if f == g else {g: -at_f, f: -at_g}
                side = -at_f * at_g
                self.solver.change_row(
                    row,
                    {p: 1.0, **terms},
                    low=side if above else -np.inf,
                    high=np.inf if above else side,
                )
                row += 1
        return self.run(low, high)


class _Restriction(_Programme):
    """Branching factors held where a point has them: linear, and feasible for the whole."""

    def __init__(self, problem: Bilinear) -> None:
        super().__init__(problem, len(problem.products))

    def solve(self, point: Floats) -> tuple[float, Floats] | None:
        held = np.unique(self.problem.products[:, 1])
        low, high = self.problem.low.copy(), self.problem.high.copy()
        low[held] = high[held] = np.clip(point[held], low[held], high[held])
        for row, (p, f, g) in enumerate(self.products, start=self.rows):
            self.solver.change_row(row, {p: 1.0, g: -low[f]}, low=0.0, high=0.0)
        return self.run(low, high)
