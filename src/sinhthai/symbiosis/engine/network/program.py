"""The mixed-integer programme: all constraints together, and its text as an LP file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sinhthai.symbiosis.engine.network.constraints import (
    CONSTRAINTS,
    Columns,
    Rows,
    columns_of,
)
from sinhthai.symbiosis.engine.network.instance import Bools, Floats, Instance, Ints

Aim = Literal["cost", "co2"]


@dataclass(frozen=True, slots=True)
class Program:
    """Minimise cost @ v within bounds and rows. Natural units; the solver adapter scales."""

    cols: Columns
    cost: Floats
    lower: Floats
    upper: Floats
    integer: Bools
    families: tuple[Rows, ...]
    row: Ints
    col: Ints
    value: Floats
    row_low: Floats
    row_high: Floats

    def family_at(self, name: str) -> slice:
        """Return the rows of the family *name*."""
        first = 0
        for rows in self.families:
            if rows.family == name:
                return slice(first, first + len(rows))
            first += len(rows)
        raise KeyError(name)


def build_program(instance: Instance, aim: Aim = "cost") -> Program:
    """Return the programme of *instance*: for least net cost a year or most CO2 avoided."""
    cols = columns_of(instance)
    families = tuple(constraint(instance, cols) for constraint in CONSTRAINTS)
    starts = np.cumsum([0, *(len(rows) for rows in families)])
    n = cols.count
    upper = np.ones(n)
    upper[cols.x] = instance.arcs.upper
    upper[cols.r] = instance.outlet_ratio * instance.capacity[instance.outlet_unit]
    integer = np.zeros(n, bool)
    integer[cols.y[cols.y >= 0]] = True
    integer[cols.z[cols.z >= 0]] = True
    return Program(
        cols=cols,
        cost=cost_vector(instance, cols, aim),
        lower=np.zeros(n),
        upper=upper,
        integer=integer,
        families=families,
        row=np.concatenate(
            [rows.row + start for rows, start in zip(families, starts, strict=False)]
        ).astype(np.int32),
        col=np.concatenate([rows.col for rows in families]).astype(np.int32),
        value=np.concatenate([rows.value for rows in families]),
        row_low=np.concatenate([rows.low for rows in families]),
        row_high=np.concatenate([rows.high for rows in families]),
    )


def cost_vector(instance: Instance, cols: Columns, aim: Aim) -> Floats:
    r"""Return the coefficients of the objective.

    .. math:: \min \sum_a (c_a - b_a) x_a + \sum_a f_a y_a + \sum_t F_t z_t + \sum_o c_o r_o

    for the cost; :math:`\min \sum_o e_o r_o - \sum_a e_a x_a` for CO2.
    """
    cost = np.zeros(cols.count)
    if aim == "co2":
        cost[cols.x] = -instance.arcs.co2
        cost[cols.r] = instance.outlet_co2
        return cost
    cost[cols.x] = -instance.margin()
    cost[cols.r] = instance.outlet_disposal
    arc, unit = cols.y >= 0, cols.z >= 0
    cost[cols.y[arc]] = instance.arc_charge()[arc]
    cost[cols.z[unit]] = instance.unit_charge()[unit]
    return cost


def lp_text(program: Program, only: str = "") -> str:
    """Return *program* as CPLEX LP text: to read, to compare, to give to any solver.

    Parameters
    ----------
    only : a family of constraints; the others are left out of the text.
    """
    names = _column_names(program.cols)
    lines = ["Minimize", f" cost: {_terms(zip(program.cost, names, strict=True))}", "Subject To"]
    first = 0
    order = np.argsort(program.row, kind="stable")
    ends = np.searchsorted(program.row[order], np.arange(len(program.row_low) + 1))
    for rows in program.families:
        for number, about in enumerate(rows.about):
            at = order[ends[first + number] : ends[first + number + 1]]
            body = _terms((program.value[k], names[program.col[k]]) for k in at)
            if not only or rows.family == only:
                name = f"{rows.family}_{about + 1}"
                lines += _row(name, body, rows.low[number], rows.high[number])
        first += len(rows)
    lines.append("Bounds")
    lines += [
        f" {_number(low)} <= {name} <= {_number(high)}"
        for name, low, high in zip(names, program.lower, program.upper, strict=True)
    ]
    binaries = [name for name, whole in zip(names, program.integer, strict=True) if whole]
    if binaries:
        lines += ["Binaries", *(f" {name}" for name in binaries)]
    return "\n".join([*lines, "End", ""])


def _column_names(cols: Columns) -> list[str]:
    names = [""] * cols.count
    for letter, numbers in (("x", cols.x), ("r", cols.r), ("y", cols.y), ("z", cols.z)):
        for about, col in enumerate(numbers):
            if col >= 0:
                names[col] = f"{letter}_{about + 1}"
    return names


def _row(name: str, body: str, low: float, high: float) -> list[str]:
    if low == high:
        return [f" {name}: {body} = {_number(low)}"]
    lines = []
    if np.isfinite(high):
        lines.append(f" {name}: {body} <= {_number(high)}")
    if np.isfinite(low) and not (low == 0 and np.isfinite(high)):
        lines.append(f" {name}_least: {body} >= {_number(low)}")
    return lines


def _terms(pairs: Iterable[tuple[float, str]]) -> str:
    parts = [
        f"{'-' if value < 0 else '+'} {_number(abs(value))} {name}"
        for value, name in pairs
        if value != 0
    ]
    return " ".join(parts) or "0"


def _number(value: float) -> str:
    return f"{value:.12g}"
