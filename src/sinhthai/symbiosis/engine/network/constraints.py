"""One function per constraint; its inequality stands in its docstring.

Symbols: :math:`x_a` flow on arc a [units leaving/year], :math:`y_a` arc is built (0/1),
:math:`z_t` treatment unit is built (0/1), :math:`r_o` what leaves outlet o and is not passed on.
An arc or unit whose building costs nothing and has no minimum needs no 0/1 variable; there
:math:`y_a` or :math:`z_t` reads 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.network.instance import Floats, Instance, Ints

Array = NDArray[Any]
INFINITY = np.inf


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each variable stands: x first, then r, y, z. A column of -1 is no variable."""

    x: Ints
    r: Ints
    y: Ints
    z: Ints

    @property
    def count(self) -> int:
        return len(self.x) + len(self.r) + int((self.y >= 0).sum()) + int((self.z >= 0).sum())


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one family: triplets, bounds, and whom each row is about (for its name)."""

    family: str
    row: Ints
    col: Ints
    value: Floats
    low: Floats
    high: Floats
    about: Ints

    def __len__(self) -> int:
        return len(self.low)


def columns_of(instance: Instance) -> Columns:
    """Number the variables; a 0/1 variable exists only where building matters."""
    arcs, n_arcs, n_out = instance.arcs, len(instance.arcs), len(instance.outlet_unit)
    chosen = np.zeros(n_arcs, bool)
    chosen_units = np.zeros(len(instance.capacity), bool)
    for members, units, _ in instance.choices:
        chosen[members] = True
        chosen_units[units] = True
    arc = chosen | (arcs.fixed > 0) | (arcs.investment > 0) | (arcs.lower > 0)
    unit = (
        chosen_units
        | (instance.unit_fixed > 0)
        | (instance.unit_investment > 0)
        | (instance.throughput > 0)
    )
    first = n_arcs + n_out
    return Columns(
        x=np.arange(n_arcs, dtype=np.int32),
        r=np.arange(n_arcs, first, dtype=np.int32),
        y=_numbered(arc, first),
        z=_numbered(unit, first + int(arc.sum())),
    )


def supply(instance: Instance, cols: Columns) -> Rows:
    r"""Of each source, at least what must be taken and at most what there is.

    .. math:: \underline{s}_i \le \sum_{a \in out(i)} x_a \le s_i
    """
    at = np.flatnonzero(instance.arcs.origin < instance.n_sources)
    return _sums(
        "supply", instance.arcs.origin[at], cols.x[at], np.ones(len(at)),
        instance.take, instance.supply,
    )  # fmt: skip


def demand(instance: Instance, cols: Columns) -> Rows:
    r"""Into each sink, at least what must be brought and at most the need; g_a: losses, ratios.

    .. math:: \underline{d}_j \le \sum_{a \in in(j)} g_a x_a \le d_j
    """
    at = np.flatnonzero(instance.arcs.receiver < instance.n_sinks)
    return _sums(
        "demand", instance.arcs.receiver[at], cols.x[at], instance.arcs.gain[at],
        instance.bring, instance.demand,
    )  # fmt: skip


def treatment_capacity(instance: Instance, cols: Columns) -> Rows:
    r"""A unit treats no more than its capacity, and nothing when it is not built.

    .. math:: \sum_{a \in t} l_a x_a \le K_t z_t
    """
    return _throughput(instance, cols, "capacity", instance.capacity, lower=False)


def treatment_minimum(instance: Instance, cols: Columns) -> Rows:
    r"""A unit that is built treats at least its minimum.

    .. math:: \sum_{a \in t} l_a x_a \ge L_t z_t
    """
    return _throughput(instance, cols, "least_treated", instance.throughput, lower=True)


def treatment_balance(instance: Instance, cols: Columns) -> Rows:
    r"""What leaves an outlet, passed on or disposed of, is its yield of what is fed.

    .. math:: \sum_{a \in out(o)} x_a + r_o = \rho_o \sum_{a \in in(t)} g_a x_a
    """
    arcs, n_out = instance.arcs, len(instance.outlet_unit)
    leaving = np.flatnonzero(arcs.origin >= instance.n_sources)
    feeding = np.flatnonzero(arcs.receiver >= instance.n_sinks)
    fed_unit = arcs.receiver[feeding] - instance.n_sinks
    # One triplet per feeding arc and outlet of the unit it feeds.
    pair_arc, pair_outlet = np.nonzero(fed_unit[:, None] == instance.outlet_unit[None, :])
    fed = feeding[pair_arc]
    row = np.concatenate([arcs.origin[leaving] - instance.n_sources, np.arange(n_out), pair_outlet])
    col = np.concatenate([cols.x[leaving], cols.r, cols.x[fed]])
    value = np.concatenate(
        [np.ones(len(leaving) + n_out), -instance.outlet_ratio[pair_outlet] * arcs.gain[fed]]
    )
    return _sums("outlet", row, col, value, np.zeros(n_out), np.zeros(n_out))


def link_capacity(instance: Instance, cols: Columns) -> Rows:
    r"""Nothing flows on an arc that is not built; u_a is the arc's own least upper bound.

    .. math:: x_a \le u_a y_a, \qquad u_a = \min(s_i, d_j / g_a, K_t / l_a, cap_a)
    """
    at = np.flatnonzero(cols.y >= 0)
    return _pairs("built", at, cols.x[at], cols.y[at], instance.arcs.upper[at], upper=True)


def link_minimum(instance: Instance, cols: Columns) -> Rows:
    r"""An arc that is built carries at least its minimum quantity.

    .. math:: x_a \ge m_a y_a
    """
    at = np.flatnonzero((cols.y >= 0) & (instance.arcs.lower > 0))
    return _pairs("least_carried", at, cols.x[at], cols.y[at], instance.arcs.lower[at], upper=False)


def treatment_linking(instance: Instance, cols: Columns) -> Rows:
    r"""An arc that feeds or passes a treatment unit needs the unit.

    .. math:: y_a \le z_{t(a)} \quad\text{or, without } y_a,\quad x_a \le u_a z_{t(a)}
    """
    unit = instance.unit_of_arc()
    at = np.flatnonzero(unit >= 0)
    at = at[cols.z[unit[at]] >= 0]
    has_y = cols.y[at] >= 0
    own = np.where(has_y, cols.y[at], cols.x[at]).astype(np.int32)
    factor = np.where(has_y, 1.0, instance.arcs.upper[at])
    return _pairs("needs_unit", at, own, cols.z[unit[at]], factor, upper=True)


def outlet_linking(instance: Instance, cols: Columns) -> Rows:
    r"""An arc that leaves a treatment unit needs the unit (implied, and tightens the bound).

    .. math:: y_a \le z_{t} \quad\text{or, without } y_a,\quad x_a \le u_a z_{t}
    """
    at = np.flatnonzero(instance.arcs.origin >= instance.n_sources)
    unit = instance.outlet_unit[instance.arcs.origin[at] - instance.n_sources]
    keep = cols.z[unit] >= 0
    at, unit = at[keep], unit[keep]
    has_y = cols.y[at] >= 0
    own = np.where(has_y, cols.y[at], cols.x[at]).astype(np.int32)
    factor = np.where(has_y, 1.0, instance.arcs.upper[at])
    return _pairs("leaves_unit", at, own, cols.z[unit], factor, upper=True)


def quality(instance: Instance, cols: Columns) -> Rows:
    r"""The mix that arrives keeps each limit; w_a is the quantity arriving per unit leaving.

    .. math:: \sum_{a \in in(j)} w_a (q_{ap} - \overline{q}_{jp}) x_a \le 0

    and the same with opposite sign for a lower limit.
    """
    sizes = [len(blend.arc) for blend in instance.blends]
    row = np.repeat(np.arange(len(sizes)), sizes)
    arc = _joined([blend.arc for blend in instance.blends]).astype(np.int32)
    value = _joined([blend.excess for blend in instance.blends])
    n = len(sizes)
    return _sums("quality", row, cols.x[arc], value, np.full(n, -INFINITY), np.zeros(n))


def budget(instance: Instance, cols: Columns) -> Rows:
    r"""All that is built costs no more than the budget.

    .. math:: \sum_a I_a y_a + \sum_t I_t z_t \le B
    """
    if instance.network.budget is None:
        return _sums("budget", *_nothing(), np.empty(0), np.empty(0))
    arc = np.flatnonzero(instance.arcs.investment > 0)
    unit = np.flatnonzero(instance.unit_investment > 0)
    col = np.concatenate([cols.y[arc], cols.z[unit]])
    value = np.concatenate([instance.arcs.investment[arc], instance.unit_investment[unit]])
    row = np.zeros(len(col), np.int32)
    limit = np.array([instance.network.budget])
    return _sums("budget", row, col, value, np.array([-INFINITY]), limit)


def exclusivity(instance: Instance, cols: Columns) -> Rows:
    r"""Of a group of alternatives at most so many are built.

    .. math:: \sum_{a \in G} y_a + \sum_{t \in G} z_t \le n_G
    """
    members = [np.concatenate([cols.y[a], cols.z[t]]) for a, t, _ in instance.choices]
    row = np.repeat(np.arange(len(members)), [len(m) for m in members])
    col = _joined(members).astype(np.int32)
    most = np.array([most for _, _, most in instance.choices], np.float64)
    return _sums("choice", row, col, np.ones(len(col)), np.full(len(most), -INFINITY), most)


def co2_floor(instance: Instance, cols: Columns) -> Rows:
    r"""At least so much CO2 is avoided (the epsilon-constraint of the Pareto front).

    .. math:: \sum_a e_a x_a - \sum_o e_o r_o \ge \varepsilon
    """
    n = len(instance.floors)
    if n == 0:
        return _sums("co2", *_nothing(), np.empty(0), np.empty(0))
    col = np.concatenate([cols.x, cols.r])
    value = np.concatenate([instance.arcs.co2, -instance.outlet_co2])
    return _sums(
        "co2", np.zeros(len(col), np.int32), col, value, instance.floors, np.full(1, INFINITY)
    )


CONSTRAINTS: tuple[Callable[[Instance, Columns], Rows], ...] = (
    supply,
    demand,
    treatment_balance,
    treatment_capacity,
    treatment_minimum,
    treatment_linking,
    outlet_linking,
    link_capacity,
    link_minimum,
    quality,
    budget,
    exclusivity,
    co2_floor,
)


def _numbered(present: Array, first: int) -> Ints:
    numbers = np.full(len(present), -1, np.int32)
    numbers[present] = np.arange(first, first + int(present.sum()), dtype=np.int32)
    return numbers


def _joined(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.empty(0)


def _nothing() -> tuple[Ints, Ints, Floats]:
    return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0)


def _sums(family: str, row: Array, col: Array, value: Floats, low: Floats, high: Floats) -> Rows:
    """Return a row per entry of *low*; rows without a term that hold anyway are left out."""
    count = len(low)
    used = (np.bincount(row.astype(np.int64), minlength=count) > 0) | (low > 0) | (high < 0)
    place = np.cumsum(used) - 1
    return Rows(
        family,
        place[row.astype(np.int64)].astype(np.int32) if len(row) else row.astype(np.int32),
        col.astype(np.int32),
        value,
        low[used],
        high[used],
        np.flatnonzero(used).astype(np.int32),
    )


def _pairs(
    family: str, about: Array, own: Ints, other: Ints, factor: Floats, *, upper: bool
) -> Rows:
    """Return rows own <= factor * other (or >= when not *upper*)."""
    n = len(about)
    row = np.concatenate([np.arange(n), np.arange(n)]).astype(np.int32)
    zero, free = np.zeros(n), np.full(n, INFINITY)
    return Rows(
        family,
        row,
        np.concatenate([own, other]).astype(np.int32),
        np.concatenate([np.ones(n), -factor]),
        -free if upper else zero,
        zero if upper else free,
        about.astype(np.int32),
    )


def _throughput(
    instance: Instance, cols: Columns, family: str, bound: Floats, *, lower: bool
) -> Rows:
    """Return rows: what each unit treats, against its bound (times z where z exists)."""
    unit = instance.unit_of_arc()
    at = np.flatnonzero(unit >= 0)
    built = np.flatnonzero(cols.z >= 0)
    row = np.concatenate([unit[at], built])
    col = np.concatenate([cols.x[at], cols.z[built]])
    value = np.concatenate([instance.arcs.load[at], -bound[built]])
    constant = np.where(cols.z >= 0, 0.0, bound)
    free = np.full(len(bound), INFINITY)
    if not lower:
        return _sums(family, row, col, value, -free, constant)
    asked = bound > 0
    keep = asked[row] if len(row) else np.empty(0, bool)
    renumber = np.cumsum(asked) - 1
    rows = _sums(family, renumber[row[keep]], col[keep], value[keep], constant[asked], free[asked])
    return Rows(
        family, rows.row, rows.col, rows.value, rows.low, rows.high,
        np.flatnonzero(asked)[rows.about].astype(np.int32),
    )  # fmt: skip
