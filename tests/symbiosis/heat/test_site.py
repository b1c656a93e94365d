"""The total site and the placement of utilities."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.symbiosis.engine.heat.placement import place_utilities
from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from sinhthai.symbiosis.engine.heat.total_site import total_site
from sinhthai.symbiosis.engine.heat.utility import Utility
from tests.symbiosis.heat.cases import KEMP, flowing, openpinch


def _each_by_itself(streams):
    tables = [problem_table(streams.zone(name)) for name in streams.zone_names]
    return sum(table.hot for table in tables), sum(table.cold for table in tables)


def test_locally_integrated_site():
    """Perry, Klemeš & Bulatov (2008): waste heat covers the hospital and the dwellings."""
    streams, levels = openpinch("zonal_site")
    site = total_site(streams, levels)
    assert site.hot == pytest.approx(0, abs=1e-9)
    assert site.cold == pytest.approx(172.68, abs=1e-6)
    assert site.through_mains == pytest.approx(27.078, abs=1e-3)
    given = float(streams.signed[streams.signed > 0].sum())
    assert given - site.cold == pytest.approx(53.14, abs=0.005)
    assert (site.unserved_hot, site.unserved_cold) == (0, 0)


@pytest.mark.parametrize("case", ["zonal_site", "pulp_mill", "chocolate_factory"])
def test_between_direct_exchange_and_each_by_itself(case):
    streams, levels = openpinch(case)
    whole = problem_table(streams)
    site = total_site(streams, levels)
    hot, cold = _each_by_itself(streams)
    assert whole.hot - 1e-6 <= site.hot <= hot + 1e-6
    assert whole.cold - 1e-6 <= site.cold <= cold + 1e-6
    assert hot - site.hot == pytest.approx(cold - site.cold, abs=1e-6)


def test_pulp_mill_is_no_worse_than_the_peer():
    """OpenPinch places level by level and finds 180,094.61; the program chooses all at once."""
    streams, levels = openpinch("pulp_mill")
    assert total_site(streams, levels).hot <= 180094.61


def test_chocolate_factory_has_nothing_to_pass_on():
    streams, levels = openpinch("chocolate_factory")
    site = total_site(streams, levels)
    assert site.through_mains == 0
    assert site.hot == pytest.approx(_each_by_itself(streams)[0])


@pytest.mark.parametrize("case", ["zonal_site", "pulp_mill"])
def test_every_main_is_in_balance(case):
    streams, levels = openpinch(case)
    site = total_site(streams, levels)
    for level in site.levels:
        if level.utility.kind == "cold":
            continue
        came = level.raised + level.bought + level.let_down
        assert came == pytest.approx(level.used + level.surplus, abs=1e-4)
    taken = sum(level.raised for level in site.levels) + site.unserved_cold
    assert taken == pytest.approx(_each_by_itself(streams)[1], abs=1e-4)


def test_no_main_in_between_means_no_exchange():
    streams = HeatStreams.of(
        [
            HeatStream.flowing("H", 180, 120, 1.0, zone="a"),
            HeatStream.flowing("C", 20, 80, 1.0, zone="b"),
        ]
    )
    steam, water = Utility("HP", "hot", 250, 250), Utility("CW", "cold", 15, 15)
    assert total_site(streams, [steam, water]).hot == pytest.approx(60)
    too_hot = Utility("MP", "both", 150, 150)
    assert total_site(streams, [steam, water, too_hot]).hot == pytest.approx(30)
    low = Utility("LP", "both", 100, 100)
    site = total_site(streams, [steam, water, low])
    assert (site.hot, site.cold) == pytest.approx((0, 0))
    assert site.through_mains == pytest.approx(60)


def test_site_without_levels_says_what_nobody_serves():
    streams, _ = openpinch("zonal_site")
    site = total_site(streams, [])
    hot, cold = _each_by_itself(streams)
    assert (site.unserved_hot, site.unserved_cold) == pytest.approx((hot, cold))
    assert site.through_mains == 0


_ENDS = st.integers(1, 30).map(lambda at: 10.0 * at)
_SITE = st.lists(
    st.tuples(_ENDS, _ENDS, st.floats(0.5, 20), st.sampled_from("abc")).filter(
        lambda one: one[0] != one[1]
    ),
    min_size=2,
    max_size=10,
)


@given(_SITE, st.lists(st.integers(3, 28).map(lambda at: 10.0 * at + 5), max_size=3, unique=True))
@settings(max_examples=40, deadline=None)
def test_site_inequality_holds_always(rows, mains):
    streams = HeatStreams.of(
        HeatStream.flowing("s", supply, target, capacity, contribution=5, zone=zone)
        for supply, target, capacity, zone in rows
    )
    levels = [Utility(f"{at:g}", "both", at, at) for at in mains]
    levels += [Utility("oil", "hot", 400, 400), Utility("ice", "cold", -30, -30)]
    whole, site = problem_table(streams), total_site(streams, levels)
    hot, _ = _each_by_itself(streams)
    small = 1e-6 * (1 + whole.given + whole.taken)
    assert whole.hot - small <= site.hot <= hot + small
    fewer = total_site(streams, levels[-2:])
    assert site.hot <= fewer.hot + small  # another main never harms
    assert site.unserved_hot == site.unserved_cold == 0


def test_loads_add_up_to_the_targets_of_the_table():
    streams = flowing(*KEMP[:2])
    steam = [Utility("HP", "hot", 250, 250), Utility("LP", "hot", 145, 145)]
    water = [Utility("CW", "cold", 10, 15)]
    placed = place_utilities(streams, [*steam, *water])
    heat = {load.utility.name: load.heat for load in placed.loads}
    # between 145 and 140 °C the cascade needs nothing, so all hot utility may come at 145
    assert heat == pytest.approx({"HP": 0, "LP": 20, "CW": 60})
    assert placed.cost is None


def test_dearer_level_is_used_where_the_cheap_one_is_not_hot_enough():
    streams = flowing([(20, 180, 1.0)], 0)
    levels = [
        Utility("HP", "hot", 250, 250, price=3.0),
        Utility("LP", "hot", 100, 100, price=1.0, limit=50.0),
    ]
    placed = place_utilities(streams, levels)
    assert [load.heat for load in placed.loads] == pytest.approx([110, 50])
    assert placed.cost == pytest.approx((110 * 3 + 50) / 1000)


def test_falling_utility_is_held_by_its_own_slope():
    # hot water from 90 to 70 °C can give no more than where its line touches the stream
    streams = flowing([(60, 80, 1.0)], 0)
    water = Utility("HW", "hot", 90, 70)
    placed = place_utilities(streams, [Utility("LP", "hot", 120, 120), water])
    heat = {load.utility.name: load.heat for load in placed.loads}
    assert heat == pytest.approx({"LP": 0, "HW": 20})
    streams = flowing([(75, 85, 1.0)], 0)
    placed = place_utilities(streams, [Utility("LP", "hot", 120, 120), water])
    heat = {load.utility.name: load.heat for load in placed.loads}
    assert heat["HW"] == pytest.approx(0)  # its coldest heat would have nowhere to go
    assert heat["LP"] == pytest.approx(10)


def test_what_no_utility_reaches_is_said():
    streams = flowing([(20, 180, 1.0), (60, 30, 1.0)], 0)
    placed = place_utilities(streams, [Utility("LP", "hot", 100, 100)])
    assert placed.unserved_hot == pytest.approx(80)
    assert placed.unserved_cold == pytest.approx(0)
    placed = place_utilities(flowing([(60, 30, 1.0)], 0), [Utility("CW", "cold", 40, 45)])
    assert placed.unserved_cold == pytest.approx(30 - placed.loads[0].heat)
    assert placed.unserved_cold > 0
