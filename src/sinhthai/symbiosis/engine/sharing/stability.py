"""Does a split hold? The core, the least core, and the nucleolus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from sinhthai.symbiosis.engine.sharing.game import Values

_TIGHT = 1e-7
"""A dual price above this marks a group whose excess is settled (values are scaled to 1)."""


class SplitError(ArithmeticError):
    """The linear programme of a split could not be solved; the solver's words are kept."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Whether the whole benefit can be split so that no group does better on its own.

    ``least_gain`` [VND a year] is what the worst-served group gets beyond what it could earn
    alone, in the split that makes this largest; below 0 no stable split exists. ``subsidy``
    is the least amount from outside that would make one exist. ``blocking`` are groups (bit
    masks) that cannot all be content, with their weights: a balanced collection.
    """

    least_gain: float
    subsidy: float
    blocking: tuple[tuple[int, float], ...]

    @property
    def exists(self) -> bool:
        """Whether a stable split exists (the core is not empty)."""
        return self.subsidy == 0.0


def stability(values: Values) -> Stability:
    r"""Say whether the core of the tabulated game is empty, and what proves it.

    Solves the Bondareva-Shapley programme: minimise :math:`\sum_i x_i` such that every proper
    group gets :math:`x(S) \ge v(S)`; the core is not empty iff the minimum is at most
    :math:`v(N)`. Its duals are the balanced collection.

    >>> stability(np.array([0.0, 0, 0, 1, 0, 1, 1, 1])).subsidy  # three, any two earn it all
    0.5
    """
    count, scale, scaled = _scaled(values)
    if count == 1:
        return Stability(0.0, 0.0, ())
    member, groups = _groups(count)
    solved = linprog(
        np.ones(count),
        A_ub=-member,
        b_ub=-scaled[groups],
        bounds=[(None, None)] * count,
        method="highs-ds",
    )
    if solved.status != 0:
        raise SplitError(solved.message)
    missing = solved.fun - scaled[-1]
    weights = -solved.ineqlin.marginals
    empty = missing > 1e-9
    return Stability(
        least_gain=_least_gain(member, groups, scaled) * scale,
        subsidy=float(missing) * scale if empty else 0.0,
        blocking=tuple(
            (int(group), float(weight))
            for group, weight in zip(groups, weights, strict=True)
            if empty and weight > _TIGHT
        ),
    )


def nucleolus(values: Values) -> Values:
    """Return the nucleolus, shape (n,), VND a year: the split that serves the worst-off best.

    The excess of each group is maximised from the worst upward, a linear programme a level; a
    group whose price is positive is tight in every best solution and stays so. Lies in the core
    whenever the core is not empty. Individual rationality is not forced: a game in which somebody
    loses by joining says so by a share under what that partner earns alone.

    Source: D. Schmeidler, SIAM J. Appl. Math. 17 (1969) 1163-1170.

    >>> nucleolus(np.array([0.0, 0, 0, 1, 0, 1, 1, 1])).round(6)
    array([0.333333, 0.333333, 0.333333])
    """
    count, scale, scaled = _scaled(values)
    if count == 1:
        return np.array([values[-1]])
    member, groups = _groups(count)
    fixed_rows = [np.ones(count)]
    fixed_right = [scaled[-1]]
    open_groups = np.ones(len(groups), dtype=bool)
    share = np.full(count, scaled[-1] / count)
    while np.linalg.matrix_rank(np.array(fixed_rows)) < count:
        rows, right = member[open_groups], scaled[groups[open_groups]]
        solved = linprog(
            np.append(np.zeros(count), -1.0),
            A_ub=np.column_stack([-rows, np.ones(len(rows))]),
            b_ub=-right,
            A_eq=np.column_stack([np.array(fixed_rows), np.zeros(len(fixed_rows))]),
            b_eq=np.array(fixed_right),
            bounds=[(None, None)] * (count + 1),
            method="highs-ds",
        )
        if solved.status != 0:
            raise SplitError(solved.message)
        share, excess = solved.x[:-1], solved.x[-1]
        tight = np.flatnonzero(open_groups)[-solved.ineqlin.marginals > _TIGHT]
        for at in tight:
            fixed_rows.append(member[at])
            fixed_right.append(scaled[groups[at]] + excess)
        open_groups &= ~_spanned(np.array(fixed_rows), member)
    return share * scale


def _least_gain(member: Values, groups: NDArray[np.int64], scaled: Values) -> float:
    """Return the largest smallest excess over proper groups (the least core)."""
    count = member.shape[1]
    solved = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.column_stack([-member, np.ones(len(member))]),
        b_ub=-scaled[groups],
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=scaled[-1:],
        bounds=[(None, None)] * (count + 1),
        method="highs-ds",
    )
    if solved.status != 0:
        raise SplitError(solved.message)
    return float(solved.x[-1])


def _scaled(values: Values) -> tuple[int, float, Values]:
    """Return the number of partners, the scale, and the values divided by it."""
    scale = float(np.abs(values).max()) or 1.0
    return len(values).bit_length() - 1, scale, values / scale


def _groups(count: int) -> tuple[Values, NDArray[np.int64]]:
    """Return the membership matrix of the proper groups, and their bit masks."""
    groups = np.arange(1, (1 << count) - 1)
    return ((groups[:, None] >> np.arange(count)) & 1).astype(float), groups


def _spanned(rows: Values, member: Values) -> NDArray[np.bool_]:
    """Say which groups' totals follow from the rows already fixed."""
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    kept = directions[sizes > 1e-9 * sizes[0]]
    left = member - (member @ kept.T) @ kept
    return np.asarray(np.abs(left).max(axis=1) < 1e-9)
