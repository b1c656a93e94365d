"""Heat between neighbours: which enterprises to join by a pipe, and what it brings.

What an enterprise has left after its own recovery, without pockets, may heat what another still
needs: through a loop of water that loses some kelvin on its way. A pipe has a fixed cost and one
per metre; it earns while both enterprises run. The pairs and the heat of each are chosen
together, since heat given to one is lost to another (a fixed-charge transport problem).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sinhthai.finance.engine.annuity import annuity
from sinhthai.symbiosis.engine.heat.intervals import Intervals, Span, most_between
from sinhthai.symbiosis.engine.heat.places import PlantPlace, distance_between, hours_together
from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.profiles import Piece, left_over
from sinhthai.symbiosis.engine.heat.program import Program
from sinhthai.symbiosis.engine.heat.streams import DIGITS, HeatStreams

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.highs import Status

_PER_MEGAWATT = 1000.0
_METRES = 1000.0
_NOTHING = 1e-6  # kW
_MOST_KINKS = 24  # of all possible partners of one plant


@dataclass(frozen=True, slots=True)
class PipeTerms:
    """What a pipe costs and what heat is worth, in one currency.

    Parameters
    ----------
    heat_value : of a megawatt-hour of heat the receiver need not buy.
    fixed_cost : of a connection whatever its length (exchangers, pumps, permits).
    cost_per_km : of a kilometre of route, both ways laid.
    years, interest : over which the cost is spread, and the yearly rate (0.1 for 10 %).
    drop_per_km : how many kelvin the loop loses a kilometre, both ways together.
    difference : least temperature difference of the loop's second exchanger [K], beyond the
        contributions of the streams.
    detour : length of the route over the straight line.
    emission : t CO2 a megawatt-hour of the heat replaced; None when not known.
    """

    heat_value: float
    fixed_cost: float
    cost_per_km: float
    years: float = 15.0
    interest: float = 0.1
    drop_per_km: float = 1.0
    difference: float = 5.0
    detour: float = 1.3
    emission: float | None = None

    @property
    def annuity(self) -> float:
        """Share of an investment that is due each year."""
        return annuity(self.interest, self.years)


@dataclass(frozen=True, slots=True)
class HeatLink:
    """A pipe worth building.

    ``heat`` [kW] while both run, ``length`` [m] of route, ``hours`` a year both run, ``energy``
    [MWh] and ``co2`` [t] a year, ``investment``, ``saving`` and ``benefit`` (saving less the
    yearly share of the investment) in the currency of the terms, ``payback`` [years].
    """

    giver: str
    taker: str
    heat: float
    length: float
    hours: float
    energy: float
    investment: float
    saving: float
    benefit: float
    payback: float
    co2: float | None


@dataclass(frozen=True, slots=True)
class HeatNeighbours:
    """The best set of pipes; no set earns more a year than ``bound``."""

    status: Status
    links: tuple[HeatLink, ...]
    benefit: float
    bound: float


@dataclass(frozen=True, slots=True)
class _Arc:
    giver: int
    taker: int
    length: float
    hours: float
    drop: float
    investment: float
    most: float


def join_neighbours(
    streams: HeatStreams,
    places: Sequence[PlantPlace],
    terms: PipeTerms,
    *,
    within: float = 5000.0,
    seconds: float = 60.0,
) -> HeatNeighbours:
    """Return the pipes between enterprises that together earn most a year.

    Maximise Σ (hours · value · heat) − annuity · Σ (fixed + per km · length) over the pipes
    built. Along a pipe heat only falls: what the taker gets at or above a temperature has come
    from what the giver gives at or above it and the kelvin lost on the way and in the second
    exchanger. Each profile is cut at its own kinks and at those of every possible partner.

    Parameters
    ----------
    streams : their zones are the enterprises; one without a place takes no part.
    within : longest straight line [m].
    seconds : time limit; the best set found by then is returned with its bound.

    Raises
    ------
    ValueError : a term is negative, or the years are none.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> streams = HeatStreams.of([HeatStream.flowing("H", 180, 120, 10.0, zone="a"),
    ...                           HeatStream.flowing("C", 20, 80, 10.0, zone="b")])
    >>> places = [PlantPlace("a", 10.60, 106.7, 300), PlantPlace("b", 10.61, 106.7, 300)]
    >>> found = join_neighbours(streams, places, PipeTerms(900_000, 1e9, 4e9))
    >>> [(one.giver, one.taker, round(one.heat)) for one in found.links]
    [('a', 'b', 600)]
    """
    if terms.years <= 0 or min(terms.fixed_cost, terms.cost_per_km, terms.drop_per_km) < 0:
        raise ValueError("a pipe needs costs and losses of 0 or more, and a life above 0")
    names = [place.zone for place in places]
    needs, gives = _profiles(streams, names)
    arcs = _arcs(places, gives, needs, terms, within)
    program = Program()
    givers = _Pieces(program, gives, {arc.giver: _moved(arcs, needs, arc.giver) for arc in arcs})
    takers = _Pieces(program, needs, {arc.taker: _moved(arcs, gives, arc.taker) for arc in arcs})
    joined = [_join(program, arc, givers, takers, terms) for arc in arcs]
    givers.hold()
    takers.hold()
    if not joined:
        return HeatNeighbours("optimal", (), 0.0, 0.0)
    first = _greedy(arcs, gives, needs, terms)
    start = {built: float(at in first) for at, (_, built) in enumerate(joined)}
    answer = program.solve(seconds=seconds, start=start)
    if answer.values is None:
        return HeatNeighbours(answer.status, (), 0.0, math.nan)
    links = [
        _link(arc, names, float(answer.values[into].sum()), terms)
        for arc, (into, _) in zip(arcs, joined, strict=True)
    ]
    # a plan found in haste may hold a pipe that does not pay; without it the others lose nothing
    worth = tuple(link for link in links if link.heat > _NOTHING and link.benefit > 0)
    benefit = sum(link.benefit for link in worth)
    return HeatNeighbours(answer.status, worth, benefit, max(benefit, -answer.bound))


class _Pieces:
    """The pieces of every plant, cut fine enough, and the flows of all pipes at each."""

    def __init__(
        self, program: Program, whole: Mapping[int, list[Piece]], kinks: Mapping[int, set[float]]
    ) -> None:
        self._program = program
        self.of = {plant: _cut(whole[plant], ends) for plant, ends in kinks.items()}
        self._flows: dict[tuple[int, int], list[int]] = {}

    def flows(self, plant: int, cost: float = 0.0) -> list[int]:
        """Add one flow a piece of *plant*, for one more pipe; return them."""
        added = [self._program.variable(cost) for _ in self.of[plant]]
        for at, number in enumerate(added):
            self._flows.setdefault((plant, at), []).append(number)
        return added

    def hold(self) -> None:
        """Ask that all pipes together take no more of a piece than its heat."""
        for (plant, at), numbers in self._flows.items():
            self._program.row([(one, 1.0) for one in numbers], high=self.of[plant][at][1])


def _join(
    program: Program, arc: _Arc, givers: _Pieces, takers: _Pieces, terms: PipeTerms
) -> tuple[list[int], int]:
    """Add one possible pipe: heat only falls along it, and none flows unless it is built.

    Returns its flows into the taker, and whether it is built.
    """
    gives = [(_lowered(span, arc.drop), heat) for span, heat in givers.of[arc.giver]]
    needs = takers.of[arc.taker]
    intervals = Intervals.of([span for span, _ in (*gives, *needs)])
    given = [intervals.shares(span) for span, _ in gives]
    taken = [intervals.shares(span) for span, _ in needs]
    value = terms.heat_value * arc.hours / _PER_MEGAWATT
    out, into = givers.flows(arc.giver), takers.flows(arc.taker, -value)
    left: int | None = None
    for k in range(len(intervals)):
        row = [(one, -float(share[k])) for one, share in zip(out, given, strict=True) if share[k]]
        row += [(one, float(share[k])) for one, share in zip(into, taken, strict=True) if share[k]]
        if left is not None:
            row.append((left, -1.0))
        left = program.variable() if k < len(intervals) - 1 else None
        if left is not None:
            row.append((left, 1.0))
        program.equal(row, 0.0)
    build = program.variable(terms.annuity * arc.investment, 0.0, 1.0, whole=True)
    program.row([*((one, 1.0) for one in into), (build, -arc.most)], high=0.0)
    return into, build


def _profiles(
    streams: HeatStreams, names: Sequence[str]
) -> tuple[dict[int, list[Piece]], dict[int, list[Piece]]]:
    """Return what each plant needs and gives, those without any left out."""
    both = [left_over(problem_table(streams.zone(name))) for name in names]
    needs = {plant: pieces for plant, (pieces, _) in enumerate(both) if pieces}
    gives = {plant: pieces for plant, (_, pieces) in enumerate(both) if pieces}
    return needs, gives


def _arcs(
    places: Sequence[PlantPlace],
    gives: Mapping[int, list[Piece]],
    needs: Mapping[int, list[Piece]],
    terms: PipeTerms,
    within: float,
) -> list[_Arc]:
    """Return the pairs near enough and running together that could earn their cost alone."""
    arcs: list[_Arc] = []
    for giver, offered in gives.items():
        for taker, asked in needs.items():
            straight = distance_between(places[giver], places[taker])
            hours = hours_together(places[giver], places[taker])
            if giver == taker or straight > within or not hours:
                continue
            length = straight * terms.detour
            drop = terms.difference + terms.drop_per_km * length / _METRES
            investment = terms.fixed_cost + terms.cost_per_km * length / _METRES
            most = _most(offered, asked, drop)
            worth = most * terms.heat_value * hours / _PER_MEGAWATT
            if worth > terms.annuity * investment:
                arcs.append(_Arc(giver, taker, length, hours, drop, investment, most))
    return arcs


def _most(gives: Sequence[Piece], needs: Sequence[Piece], drop: float) -> float:
    """Return the most heat [kW] a pipe could carry if it had both ends to itself."""
    lowered = [(_lowered(span, drop), heat) for span, heat in gives]
    intervals = Intervals.of([span for span, _ in (*lowered, *needs)])
    given, taken = (
        sum((intervals.shares(span) * heat for span, heat in pieces), np.zeros(len(intervals)))
        for pieces in (lowered, needs)
    )
    return most_between(given, taken)


def _greedy(
    arcs: Sequence[_Arc],
    gives: Mapping[int, list[Piece]],
    needs: Mapping[int, list[Piece]],
    terms: PipeTerms,
) -> set[int]:
    """Return places of pipes to begin from: the best ones while heat is left at both ends."""

    def benefit(heat: float, arc: _Arc) -> float:
        return heat * terms.heat_value * arc.hours / _PER_MEGAWATT - terms.annuity * arc.investment

    left = {("gives", plant): sum(heat for _, heat in pieces) for plant, pieces in gives.items()}
    left |= {("needs", plant): sum(heat for _, heat in pieces) for plant, pieces in needs.items()}
    chosen: set[int] = set()
    order = sorted(range(len(arcs)), key=lambda at: -benefit(arcs[at].most, arcs[at]))
    for at in order:
        arc = arcs[at]
        ends = (("gives", arc.giver), ("needs", arc.taker))
        heat = min(arc.most, *(left[end] for end in ends))
        if benefit(heat, arc) > 0:
            chosen.add(at)
            for end in ends:
                left[end] -= heat
    return chosen


def _moved(arcs: Sequence[_Arc], others: Mapping[int, list[Piece]], plant: int) -> set[float]:
    """Return the kinks of all that *plant* may be joined to, moved by each pair's loss."""
    kinks: set[float] = set()
    for arc in arcs:
        if plant in (arc.giver, arc.taker):
            other, move = (arc.taker, arc.drop) if plant == arc.giver else (arc.giver, -arc.drop)
            kinks.update(
                round(end + move, DIGITS) for span, _ in others.get(other, ()) for end in span
            )
    return kinks


def _cut(pieces: Sequence[Piece], kinks: set[float]) -> list[Piece]:
    """Return *pieces* cut at *kinks*, so that a part of one can be taken by itself.

    With very many kinks only some, evenly chosen, are used: heat is then drawn a little less
    freely than it could be, never more.
    """
    cut: list[Piece] = []
    if len(kinks) > _MOST_KINKS:
        falling = sorted(kinks)
        kinks = set(falling[:: math.ceil(len(falling) / _MOST_KINKS)])
    for (upper, lower), heat in pieces:
        ends = [upper, *sorted((end for end in kinks if lower < end < upper), reverse=True), lower]
        if upper == lower:
            cut.append(((upper, lower), heat))
            continue
        rate = heat / (upper - lower)
        cut += [((top, low), rate * (top - low)) for top, low in pairwise(ends)]
    return cut


def _lowered(span: Span, drop: float) -> Span:
    return round(span[0] - drop, DIGITS), round(span[1] - drop, DIGITS)


def _link(arc: _Arc, names: Sequence[str], heat: float, terms: PipeTerms) -> HeatLink:
    energy = heat * arc.hours / _PER_MEGAWATT
    saving = energy * terms.heat_value
    return HeatLink(
        names[arc.giver],
        names[arc.taker],
        heat,
        arc.length,
        arc.hours,
        energy,
        arc.investment,
        saving,
        saving - terms.annuity * arc.investment,
        arc.investment / saving if saving > 0 else math.inf,
        None if terms.emission is None else energy * terms.emission,
    )
