"""Pipes between neighbours: what is earned, what is physically possible, what is chosen."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from sinhthai.symbiosis.engine.heat.neighbours import PipeTerms, join_neighbours
from sinhthai.symbiosis.engine.heat.places import PlantPlace, distance_between, hours_together
from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.profiles import left_over
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams

_TERMS = PipeTerms(
    heat_value=600_000, fixed_cost=2e9, cost_per_km=3e9, drop_per_km=1.0, difference=5.0
)
_A = PlantPlace("a", 10.0, 106.0, 330)
_B = PlantPlace("b", 10.005, 106.0, 330, 6, 22)
_C = PlantPlace("c", 10.0, 106.02, 300)


def _streams(*rows):
    return HeatStreams.of(
        HeatStream.flowing("s", supply, target, capacity, contribution=5, zone=zone)
        for supply, target, capacity, zone in rows
    )


def test_one_pipe_with_all_its_figures():
    streams = _streams((160, 60, 10.0, "a"), (30, 70, 20.0, "b"))
    terms = replace(_TERMS, emission=0.25)
    found = join_neighbours(streams, [_A, _B], terms)
    (link,) = found.links
    assert (link.giver, link.taker) == ("a", "b")
    assert link.heat == pytest.approx(800)
    assert link.length == pytest.approx(1.3 * distance_between(_A, _B))
    assert link.hours == hours_together(_A, _B) == 16 * 330
    assert link.energy == pytest.approx(0.8 * 16 * 330)
    assert link.saving == pytest.approx(link.energy * 600_000)
    assert link.investment == pytest.approx(2e9 + 3e9 * link.length / 1000)
    assert link.benefit == pytest.approx(link.saving - terms.annuity * link.investment)
    assert link.payback == pytest.approx(link.investment / link.saving)
    assert link.co2 == pytest.approx(link.energy * 0.25)
    assert found.status == "optimal"
    assert found.bound == pytest.approx(found.benefit)


def test_emission_not_known_is_not_zero():
    streams = _streams((160, 60, 10.0, "a"), (30, 70, 20.0, "b"))
    assert join_neighbours(streams, [_A, _B], _TERMS).links[0].co2 is None


def test_heat_falls_along_the_pipe():
    """The giver ends at 55 on the shifted scale; with 5 + 40 K lost it heats up to 110 only."""
    streams = _streams((160, 60, 10.0, "a"), (30, 140, 1.0, "b"))
    length = 1.3 * distance_between(_A, _B) / 1000
    terms = replace(_TERMS, fixed_cost=0, cost_per_km=0, drop_per_km=40 / length)
    (link,) = join_neighbours(streams, [_A, _B], terms).links
    assert link.heat == pytest.approx((155 - 45) - 35)
    cold = replace(terms, drop_per_km=200 / length)
    assert join_neighbours(streams, [_A, _B], cold).links == ()


def test_heat_is_not_given_twice():
    streams = _streams((160, 60, 10.0, "a"), (30, 70, 20.0, "b"), (30, 70, 20.0, "c"))
    found = join_neighbours(streams, [_A, _B, _C], replace(_TERMS, fixed_cost=0, cost_per_km=1e6))
    assert sum(link.heat for link in found.links) == pytest.approx(1000)
    by_taker = {link.taker: link.heat for link in found.links}
    assert by_taker["c"] == pytest.approx(800)  # it runs longer, so it is served first
    assert by_taker["b"] == pytest.approx(200)


def test_nothing_that_does_not_pay():
    streams = _streams((160, 60, 10.0, "a"), (30, 70, 0.1, "b"))
    found = join_neighbours(streams, [_A, _B], _TERMS)
    assert found.links == ()
    assert found.benefit == 0


def test_too_far_or_never_running_together():
    streams = _streams((160, 60, 10.0, "a"), (30, 70, 20.0, "b"))
    assert join_neighbours(streams, [_A, _B], _TERMS, within=100.0).links == ()
    shifts = [replace(_A, starts=13, ends=20), replace(_B, starts=6, ends=12)]
    assert join_neighbours(streams, shifts, _TERMS).links == ()


def test_best_set_by_trying_all_sets():
    streams = _streams(
        (160, 60, 10.0, "a"),
        (30, 70, 12.0, "b"),
        (90, 120, 9.0, "c"),
        (120, 60, 6.0, "d"),
    )
    places = [_A, _B, _C, PlantPlace("d", 10.008, 106.004, 320)]
    found = join_neighbours(streams, places, _TERMS)
    best = 0.0
    for kept in itertools.product([False, True], repeat=4):
        pairs = [
            pair for pair, keep in zip(itertools.product("ad", "bc"), kept, strict=True) if keep
        ]
        best = max(best, _benefit_of(streams, places, pairs))
    assert found.benefit == pytest.approx(best, rel=1e-6)


def test_out_of_time_there_is_a_plan_and_its_bound():
    random = np.random.default_rng(3)
    ends = random.uniform(25, 220, (300, 2)).round()
    streams = _streams(
        *(
            (*(pair if pair[0] != pair[1] else (pair[0], pair[1] + 9)), 5.0, f"z{at % 30}")
            for at, pair in enumerate(ends.tolist())
        )
    )
    places = [
        PlantPlace(f"z{at}", *(np.array([10, 106]) + random.uniform(0, 0.03, 2)), 320)
        for at in range(30)
    ]
    terms = PipeTerms(700_000, 2e9, 5e9)
    found = join_neighbours(streams, places, terms, seconds=4)
    assert found.status == "stopped"
    assert 0 < found.benefit < found.bound
    assert all(link.benefit > 0 for link in found.links)


def test_wrong_terms_are_refused():
    with pytest.raises(ValueError, match="costs"):
        join_neighbours(_streams((160, 60, 1.0, "a")), [_A], replace(_TERMS, fixed_cost=-1))


def test_hours_over_midnight():
    night = PlantPlace("n", 10, 106, 300, 22, 6)
    assert hours_together(night, PlantPlace("d", 10, 106, 310, 0, 24)) == 8 * 300
    assert hours_together(night, PlantPlace("d", 10, 106, 310, 6, 22)) == 0


def _benefit_of(streams, places, pairs) -> float:
    """Return what exactly *pairs* earn: heat between thin slices by a program without choices."""
    at = {place.zone: place for place in places}
    left = {zone: left_over(problem_table(streams.zone(zone))) for zone in at}
    gives = {giver: _slices(left[giver][1]) for giver, _ in pairs}
    needs = {taker: _slices(left[taker][0]) for _, taker in pairs}
    slices = [("gives", zone, one) for zone, of in gives.items() for one in of]
    slices += [("needs", zone, one) for zone, of in needs.items() for one in of]
    row = {one: number for number, one in enumerate(slices)}
    costs, rows, fixed = [], [], 0.0
    for giver, taker in pairs:
        length = 1.3 * distance_between(at[giver], at[taker]) / 1000
        fixed += _TERMS.annuity * (2e9 + 3e9 * length)
        value = 600_000 * hours_together(at[giver], at[taker]) / 1000
        for give, need in itertools.product(gives[giver], needs[taker]):
            if give[0] - 5.0 - length >= need[0] and give[1] - 5.0 - length >= need[1]:
                costs.append(-value)
                rows += [row["gives", giver, give], row["needs", taker, need]]
    if not costs:
        return -fixed
    columns = np.repeat(np.arange(len(costs)), 2)
    shape = (len(slices), len(costs))
    matrix = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    most = [heat for _, _, (_, _, heat) in slices]
    return -linprog(costs, A_ub=matrix, b_ub=most, method="highs").fun - fixed


def _slices(pieces):
    """Return pieces cut into slices of at most 2 K: (upper, lower, heat)."""
    cut = []
    for (upper, lower), heat in pieces:
        count = max(1, math.ceil((upper - lower) / 2))
        ends = np.linspace(upper, lower, count + 1).tolist()
        cut += [(top, low, heat / count) for top, low in itertools.pairwise(ends)]
    return cut
