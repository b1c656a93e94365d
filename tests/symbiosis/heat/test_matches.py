"""Matches: the published networks, rules on pairs, a time limit, and neighbours by pipe."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from sinhthai.symbiosis.engine.heat.matches import (
    Rules,
    cheapest_utilities,
    fewest_matches,
)
from sinhthai.symbiosis.engine.heat.placement import place_utilities, plan_matches
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility
from tests.symbiosis.heat.cases import KEMP, flowing
from tests.symbiosis.heat.recovery_networks import instances

_QUICK = [
    one.name
    for one in instances().values()
    if one.is_proven and one.name not in ("10sp1", "15sp-tkm", "balanced5", "unbalanced10")
]


@pytest.mark.parametrize("name", instances())
def test_published_utility_cost(name):
    one = instances()[name]
    use = cheapest_utilities(one.streams, one.utilities)
    # 22sp1 is printed with six decimals
    assert use.cost == pytest.approx(one.cost, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("name", _QUICK)
def test_published_number_of_matches(name):
    one = instances()[name]
    plan = fewest_matches(
        one.streams, one.utilities, cheapest_utilities(one.streams, one.utilities)
    )
    assert plan.status == "optimal"
    assert len(plan.matches) == plan.bound == one.matches
    assert plan.gap == 0


@pytest.mark.parametrize("name", ["7sp-cm1", "9sp-has1", "12sp1"])
def test_matches_carry_the_heat_of_every_stream(name):
    one = instances()[name]
    use = cheapest_utilities(one.streams, one.utilities)
    plan = fewest_matches(one.streams, one.utilities, use)
    heat = dict(zip(one.streams.labels, np.abs(one.streams.signed), strict=True)) | dict(use.loads)
    for label, whole in heat.items():
        carried = sum(match.heat for match in plan.matches if label in (match.hot, match.cold))
        assert carried == pytest.approx(whole, rel=1e-5, abs=1e-5)


def test_out_of_time_gives_the_best_found_with_its_gap():
    one = instances()["balanced10"]
    use = cheapest_utilities(one.streams, one.utilities)
    plan = fewest_matches(one.streams, one.utilities, use, seconds=3)
    assert plan.status == "stopped"
    assert plan.bound < one.matches <= len(plan.matches)
    assert plan.gap == pytest.approx(1 - plan.bound / len(plan.matches))


def test_fewest_matches_by_trying_all_sets():
    streams = flowing(KEMP[0], KEMP[1])
    utilities = [
        Utility("S", "hot", 200, 200, price=1.0),
        Utility("W", "cold", 5, 5, price=1.0),
    ]
    use = cheapest_utilities(streams, utilities)
    plan = fewest_matches(streams, utilities, use)
    hot = [*(f"S{at}" for at in (1, 3)), "S"]
    cold = [*(f"S{at}" for at in (0, 2)), "W"]
    pairs = [pair for pair in itertools.product(hot, cold) if pair != ("S", "W")]

    def can(kept):
        rules = Rules(forbidden=frozenset(set(pairs) - set(kept)))
        return cheapest_utilities(streams, utilities, rules).cost == pytest.approx(use.cost)

    fewest = next(
        size
        for size in range(1, len(pairs) + 1)
        if any(can(kept) for kept in itertools.combinations(pairs, size))
    )
    assert len(plan.matches) == fewest


def test_forbidden_match_costs_utility_and_is_not_used():
    one = instances()["6sp-cf1"]
    free = cheapest_utilities(one.streams, one.utilities)
    plan = fewest_matches(one.streams, one.utilities, free)
    used = next(
        (match.hot, match.cold)
        for match in plan.matches
        if match.hot[1] == "S" and match.cold[1] == "S"
    )
    rules = Rules(forbidden=frozenset({used}))
    held = cheapest_utilities(one.streams, one.utilities, rules)
    assert held.cost >= free.cost - 1e-9
    plan = fewest_matches(one.streams, one.utilities, held, rules)
    assert used not in {(match.hot, match.cold) for match in plan.matches}


def test_all_forbidden_is_each_by_utility():
    streams = flowing(KEMP[0], KEMP[1])
    utilities = [Utility("S", "hot", 200, 200, price=1.0), Utility("W", "cold", 5, 5, price=1.0)]
    pairs = frozenset(itertools.product(("S1", "S3"), ("S0", "S2")))
    use = cheapest_utilities(streams, utilities, Rules(forbidden=pairs))
    assert use.loads == pytest.approx({"S": 470, "W": 510})


def test_required_match_carries_its_heat():
    streams = flowing(KEMP[0], KEMP[1])
    utilities = [Utility("S", "hot", 200, 200, price=1.0), Utility("W", "cold", 5, 5, price=1.0)]
    rules = Rules(required={("S3", "S0"): 100.0})
    use = cheapest_utilities(streams, utilities, rules)
    plan = fewest_matches(streams, utilities, use, rules)
    carried = {(match.hot, match.cold): match.heat for match in plan.matches}
    assert carried["S3", "S0"] >= 100 - 1e-5


def test_required_and_impossible_is_infeasible_not_silent():
    streams = flowing(KEMP[0], KEMP[1])
    utilities = [Utility("S", "hot", 200, 200, price=1.0), Utility("W", "cold", 5, 5, price=1.0)]
    use = cheapest_utilities(streams, utilities, Rules(required={("S1", "S0"): 1e6}))
    assert use.status == "infeasible"
    assert math.isnan(use.cost)
    assert fewest_matches(streams, utilities, use).matches == ()


def test_utility_too_cold_is_infeasible():
    streams = flowing([(20, 180, 1.0)], 10)
    use = cheapest_utilities(streams, [Utility("LP", "hot", 120, 120, price=1.0)])
    assert use.status == "infeasible"


def test_utility_without_price_is_refused():
    with pytest.raises(ValueError, match="price"):
        cheapest_utilities(flowing([(20, 180, 1.0)], 10), [Utility("LP", "hot", 250, 250)])


def test_plan_without_utilities_names_what_is_outside():
    streams = flowing(KEMP[0], KEMP[1])
    plan = plan_matches(streams, place_utilities(streams, ()))
    outside = {match.hot for match in plan.matches} | {match.cold for match in plan.matches}
    assert {"+", "−"} <= outside
    assert plan.status == "optimal"


def test_streams_of_one_name_in_two_zones_stay_apart():
    streams = HeatStreams.of(
        [
            HeatStream.flowing("S", 100, 60, 1.0, zone="a"),
            HeatStream.flowing("S", 30, 70, 1.0, zone="b"),
        ]
    )
    plan = plan_matches(streams, place_utilities(streams, ()))
    assert [(match.hot, match.cold) for match in plan.matches] == [("a · S", "b · S")]
