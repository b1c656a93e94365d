"""The roadmap as a mixed-integer programme.

``x[o, t]`` is one when option *o* starts in year *t*. Per need counted by enterprises, ``y[e]`` is
at most the options started in time that count *e*. Measures on one use of one enterprise save less
together than the sum: the loss ``sum s x - (1 - prod(1 - s x))`` is convex in
``w = -sum ln(1 - s) x``, so it is held up by its tangents; with tangents at every sum a group of up
to five can reach it is exact, and larger groups get evenly spaced ones.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sinhthai.assessment.engine.roadmap.model import Option, Problem
from sinhthai.symbiosis.engine.highs import Floats, Model

_EXACT = 5
_TANGENTS = 24


@dataclass(slots=True)
class Rows:
    """Rows of a matrix under construction, as triplets."""

    row: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> int:
        """Add a row and return its number."""
        number = len(self.low)
        for column, value in terms:
            self.row.append(number)
            self.column.append(column)
            self.value.append(value)
        self.low.append(low)
        self.high.append(high)
        return number


@dataclass(frozen=True, slots=True)
class Built:
    """The model and where its parts stand."""

    model: Model
    starts: tuple[tuple[int, int], ...]
    """Of each start variable: the option's place in the problem and the year's."""
    need_rows: Mapping[str, int]
    short: Mapping[str, int]
    """Column of what stays missing of each need; empty unless asked for."""
    investment: Floats
    """Of each column, VND invested; for the goal of carbon."""
    co2e: Floats
    """Of each column, t CO2e saved a year."""


def build(problem: Problem, *, last: int | None = None, shortfall: float | None = None) -> Built:
    """Return the programme of least net present cost for *problem*.

    Parameters
    ----------
    last : place of the year by whose end the needs are met; None: the last of the plan.
    shortfall : where given, a need may stay unmet at this cost per share of what is missing.
    """
    by = len(problem.years) - 1 if last is None else last
    starts = tuple(
        (o, t)
        for o, option in enumerate(problem.options)
        for t in range(option.earliest, len(problem.years))
    )
    of_option: dict[int, list[int]] = defaultdict(list)
    for column, (o, _) in enumerate(starts):
        of_option[o].append(column)
    cost = [_present_cost(problem, problem.options[o], t) for o, t in starts]
    invested = [problem.options[o].investment / (1.0 + problem.rate) ** t for o, t in starts]
    saved = [problem.options[o].co2e for o, _ in starts]
    high = [1.0] * len(starts)
    rows = Rows()
    place = {option.id: o for o, option in enumerate(problem.options)}
    for o, option in enumerate(problem.options):
        if len(of_option[o]) > 1:
            rows.add(((c, 1.0) for c in of_option[o]), -math.inf, 1.0)
        for other in option.requires:
            their = place.get(other, -1)
            lead = problem.options[their].lead if their >= 0 else 0
            _require(rows, of_option[o], of_option.get(their, []), lead, starts)
    for clique in _cliques(problem.options, place):
        rows.add(((c, 1.0) for o in clique for c in of_option[o]), -math.inf, 1.0)

    def new(price: float, most: float, carbon: float = 0.0) -> int:
        cost.append(price)
        high.append(most)
        invested.append(0.0)
        saved.append(carbon)
        return len(cost) - 1

    for group in _groups(problem.options):
        _interact(problem, group, of_option, rows, new)
    need_rows: dict[str, int] = {}
    short: dict[str, int] = {}
    for need in problem.needs:
        terms: list[tuple[int, float]] = []
        in_time: dict[str, list[int]] = defaultdict(list)
        for column, (o, t) in enumerate(starts):
            option = problem.options[o]
            given = option.gives.get(need.leaf, 0.0)
            if not given or t + option.lead > by:
                continue
            if need.kind == "amount":
                terms.append((column, given))
            for enterprise in option.enterprises if need.kind == "count" else ():
                in_time[enterprise].append(column)
        for started in in_time.values():
            counted = new(0.0, 1.0)
            rows.add([(counted, 1.0), *((c, -1.0) for c in started)], -math.inf, 0.0)
            terms.append((counted, 1.0))
        if shortfall is not None:
            short[need.leaf] = new(shortfall / max(need.missing, 1e-9), need.missing)
            terms.append((short[need.leaf], 1.0))
        need_rows[need.leaf] = rows.add(terms, need.missing, math.inf)
    for t, limit in enumerate(problem.budget):
        if limit is not None:
            paid = [
                (c, problem.options[o].investment)
                for c, (o, year) in enumerate(starts)
                if year == t and problem.options[o].investment
            ]
            dear = max((money for _, money in paid), default=1.0)  # the row in the solver's size
            rows.add(((c, money / dear) for c, money in paid), -math.inf, limit / dear)
    columns = len(cost)
    whole = np.zeros(columns, dtype=np.bool_)
    whole[: len(starts)] = True
    matrix = sparse.csc_matrix(
        (rows.value, (rows.row, rows.column)), shape=(len(rows.low), columns), dtype=np.float64
    )
    return Built(
        Model(
            cost=np.array(cost),
            matrix=matrix,
            row_low=np.array(rows.low),
            row_high=np.array(rows.high),
            low=np.zeros(columns),
            high=np.array(high),
            whole=whole,
        ),
        starts,
        need_rows,
        short,
        np.array(invested),
        np.array(saved),
    )


def _present_cost(problem: Problem, option: Option, start: int) -> float:
    """Return investment less savings over the horizon, at the first year's value."""
    first = start + option.lead
    until = min(first + option.life, problem.horizon)
    growth = 1.0 + problem.rate
    saved = sum(option.saving / growth**t for t in range(first, until))
    return option.investment / growth**start - saved


def _require(
    rows: Rows,
    mine: Sequence[int],
    theirs: Sequence[int],
    lead: int,
    starts: Sequence[tuple[int, int]],
) -> None:
    """An option starts no earlier than what it requires, *lead* years in the making, is done."""
    for column in mine:
        earlier = [c for c in theirs if starts[c][1] + lead <= starts[column][1]]
        rows.add([(column, 1.0), *((c, -1.0) for c in earlier)], -math.inf, 0.0)


def _cliques(options: Sequence[Option], place: Mapping[str, int]) -> list[tuple[int, ...]]:
    """Return sets of options of which one at most may be chosen; a full clique is one row."""
    against: dict[int, set[int]] = defaultdict(set)
    for o, option in enumerate(options):
        for name in option.excludes:
            if name in place and place[name] != o:
                against[o].add(place[name])
                against[place[name]].add(o)
    cliques: list[tuple[int, ...]] = []
    covered: set[tuple[int, int]] = set()
    for o in sorted(against):
        for other in sorted(against[o]):
            if o < other and (o, other) not in covered:
                clique = [o, other]
                for third in sorted(against[o] & against[other]):
                    if all(third in against[c] for c in clique):
                        clique.append(third)
                clique.sort()
                covered.update(itertools.combinations(clique, 2))
                cliques.append(tuple(clique))
    return cliques


def _groups(options: Sequence[Option]) -> list[list[int]]:
    """Return the options that save on one use of one enterprise, where there are several."""
    alike: dict[str, list[int]] = defaultdict(list)
    for o, option in enumerate(options):
        if option.use and option.share > 0:
            alike[option.use].append(o)
    return [group for group in alike.values() if len(group) > 1]


def _interact(
    problem: Problem,
    group: Sequence[int],
    of_option: Mapping[int, Sequence[int]],
    rows: Rows,
    new: Callable[[float, float, float], int],
) -> None:
    """Add the loss of saving twice on one use, valued from the first year on."""
    options = [problem.options[o] for o in group]
    shares = np.array([option.share for option in options])
    per_share = max(option.saving / option.share for option in options)
    carbon = max(option.co2e / option.share for option in options)
    years = min(max(option.life for option in options), problem.horizon)
    value = per_share * sum((1.0 + problem.rate) ** -t for t in range(years))
    loss = new(max(value, 0.0), math.inf, -carbon)
    weights = -np.log1p(-np.minimum(shares, 1.0 - 1e-9))
    for at in _tangents(weights):
        # loss >= sum s x - 1 + e^-w (1 - (w(x) - w)), with w(x) = sum weight x
        slope = math.exp(-at)
        terms = [(loss, 1.0)]
        for o, share, weight in zip(group, shares, weights, strict=True):
            terms += [(c, -(share - slope * weight)) for c in of_option[o]]
        rows.add(terms, -1.0 + slope * (1.0 + at), math.inf)


def _tangents(weights: NDArray[np.float64]) -> list[float]:
    if len(weights) <= _EXACT:
        sums = {
            round(float(sum(some)), 12)
            for size in range(2, len(weights) + 1)
            for some in itertools.combinations(weights.tolist(), size)
        }
        return sorted(sums)
    spaced = np.linspace(0.0, float(weights.sum()), _TANGENTS)
    return [float(at) for at in spaced]
