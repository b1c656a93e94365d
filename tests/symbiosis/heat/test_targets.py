"""Targets: the published problems, the laws of the cascade, and a second opinion by LP."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sinhthai.symbiosis.engine.heat.batch import targets_by_zone, targets_of_groups
from sinhthai.symbiosis.engine.heat.findings import pinches_of, sentences, threshold_of
from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams, with_difference
from tests.symbiosis.heat.cases import KEMP, SMITH, flowing, openpinch


@pytest.mark.parametrize("case", [KEMP, SMITH], ids=["kemp", "smith"])
def test_textbook_problems(case):
    rows, least, (hot, cold, pinch) = case
    table = problem_table(flowing(rows, least))
    assert (table.hot, table.cold) == pytest.approx((hot, cold), rel=1e-12)
    assert table.pinches == (pinch,)


@pytest.mark.parametrize(
    ("case", "hot", "cold", "pinch", "recovery"),
    [
        ("basic_pinch", 750, 1000, 145, 5150),
        ("pulp_mill", 155528.90, 58413.67, 100.8, 116070.53),
        ("zonal_site", 0, 172.68, 197.5, 53.142),
    ],
)
def test_whole_site_of_openpinch(case, hot, cold, pinch, recovery):
    streams, _ = openpinch(case)
    table = problem_table(streams)
    # the peer prints two decimals
    assert table.hot == pytest.approx(hot, abs=0.006)
    assert table.cold == pytest.approx(cold, abs=0.006)
    assert table.recovery == pytest.approx(recovery, abs=0.006)
    assert table.pinches == (pinch,)


@pytest.mark.parametrize(
    ("zone", "hot", "cold", "pinch"),
    [
        ("Chemical Plant", 0.0722, 178.9162, 140),
        ("Food Plant", 0, 20.842, 197.5),
        ("Hospital", 15.206, 0, 23),
        ("Residential", 11.8, 0, 21),
    ],
)
def test_zones_of_the_locally_integrated_site(zone, hot, cold, pinch):
    streams, _ = openpinch("zonal_site")
    table = problem_table(streams.zone(zone))
    assert (table.hot, table.cold) == pytest.approx((hot, cold), abs=5e-5)
    assert pinch in table.pinches


def test_sum_of_zones_of_the_pulp_mill():
    streams, _ = openpinch("pulp_mill")
    names, found = targets_by_zone(streams)
    assert len(names) == 16
    assert found.hot.sum() == pytest.approx(212431.38, abs=0.01)
    assert found.cold.sum() == pytest.approx(115316.15, abs=0.01)


def test_problem_table_row_by_row():
    rows, least, _ = KEMP
    table = problem_table(flowing(rows, least))
    assert table.temperatures.tolist() == [165, 145, 140, 85, 55, 25]
    assert table.above.tolist() == pytest.approx([20, 80, 82.5, 0, 75, 60])
    assert table.capacity.tolist() == pytest.approx([3, 0.5, -1.5, 2.5, -0.5, 0])


def test_condensing_heat_boils_at_the_same_shifted_temperature_and_not_above():
    hot = HeatStream("steam", 148.3, 148.3, 100.0, True, 5.0)
    boils = HeatStream("boils", 138.3, 138.3, 80.0, False, 5.0)
    above = HeatStream("above", 138.4, 138.4, 80.0, False, 5.0)
    table = problem_table(HeatStreams.of([hot, boils]))
    assert (table.hot, table.cold) == (0.0, 20.0)
    table = problem_table(HeatStreams.of([hot, above]))
    assert (table.hot, table.cold) == (80.0, 100.0)


def test_constant_temperature_is_the_limit_of_a_small_glide():
    others = [HeatStream.flowing("C", 30, 130, 2.0), HeatStream.flowing("H", 140, 40, 0.5)]
    exact = problem_table(HeatStreams.of([*others, HeatStream("steam", 110, 110, 120.0, True)]))
    glide = problem_table(
        HeatStreams.of([*others, HeatStream("steam", 110, 110 - 1e-7, 120.0, True)])
    )
    assert exact.hot == pytest.approx(glide.hot, abs=1e-5)


def test_only_cold_only_hot_none():
    cold = problem_table(flowing([(20, 80, 2.0)], 10))
    hot = problem_table(flowing([(80, 20, 2.0)], 10))
    none = problem_table(HeatStreams.of([]))
    assert (cold.hot, cold.cold, cold.recovery) == (120, 0, 0)
    assert (hot.hot, hot.cold, hot.recovery) == (0, 120, 0)
    assert (none.hot, none.cold, none.recovery, none.pinches) == (0, 0, 0, ())
    assert "Chỉ có dòng lạnh" in threshold_of(cold).vi
    assert "Only hot" in threshold_of(hot).en
    assert "no heat streams" in threshold_of(none).en


def test_threshold_problem_is_said_in_words():
    streams = flowing([(200, 100, 3.0), (20, 80, 1.0)], 10)
    table = problem_table(streams)
    assert (table.hot, table.cold) == (0, 240)
    assert "ngưỡng" in threshold_of(table).vi
    assert [one.en for one in sentences(streams, table)] == [threshold_of(table).en]


def test_several_pinches_are_all_named():
    # two pairs in balance, one above the other
    balanced = flowing([(200, 150, 1.0), (140, 190, 1.0), (100, 50, 1.0), (40, 90, 1.0)], 10)
    table = problem_table(balanced)
    assert table.pinches == (195, 145, 95, 45)


def test_pinch_on_the_real_scale():
    rows, least, _ = KEMP
    streams = flowing(rows, least)
    (pinch,) = pinches_of(streams, problem_table(streams))
    assert (pinch.hot, pinch.cold) == (90, 80)


def test_own_contributions_make_no_single_real_pinch():
    streams = HeatStreams.of(
        [
            HeatStream.flowing("H1", 170, 60, 3.0, contribution=5),
            HeatStream.flowing("H2", 150, 30, 1.5, contribution=8),
            HeatStream.flowing("C", 20, 160, 4.0, contribution=5),
        ]
    )
    for pinch in pinches_of(streams, problem_table(streams)):
        assert pinch.hot is None
        assert pinch.cold == pinch.shifted - 5


_ENDS = st.integers(0, 40).map(lambda at: 5.0 * at)
_STREAM = st.builds(
    lambda supply, target, duty, hot, part: HeatStream(
        "s", supply, target, duty, supply > target if supply != target else hot, part
    ),
    _ENDS,
    _ENDS,
    st.floats(1, 1e4),
    st.booleans(),
    st.sampled_from([0.0, 2.5, 5.0, 12.5]),
)
_STREAMS = st.lists(_STREAM, min_size=1, max_size=12)


@given(_STREAMS)
@settings(max_examples=150, deadline=None)
def test_heat_balance(streams):
    table = problem_table(HeatStreams.of(streams))
    signed = sum(one.duty if one.is_hot else -one.duty for one in streams)
    assert table.cold - table.hot == pytest.approx(signed, abs=1e-7 * (1 + abs(signed)))
    assert table.hot >= 0
    assert table.cold >= 0
    assert min(table.above.min(), table.below.min()) >= 0
    assert table.recovery <= min(table.given, table.taken) + table.rounding


@given(_STREAMS)
@settings(max_examples=60, deadline=None)
def test_same_answer_as_the_linear_program(streams):
    columns = HeatStreams.of(streams)
    table = problem_table(columns)
    assert table.hot == pytest.approx(_least_by_program(columns), abs=1e-5 * (1 + table.taken))


@given(_STREAMS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_and_unit_do_not_matter(streams, random):
    table = problem_table(HeatStreams.of(streams))
    shuffled = list(streams)
    random.shuffle(shuffled)
    again = problem_table(HeatStreams.of(shuffled))
    assert again.hot == pytest.approx(table.hot, rel=1e-9, abs=1e-6)
    scaled = problem_table(
        HeatStreams.of(
            HeatStream("s", s.supply, s.target, s.duty * 1000, s.is_hot, s.contribution)
            for s in streams
        )
    )
    assert scaled.hot == pytest.approx(table.hot * 1000, rel=1e-9, abs=1e-3)


@given(_STREAMS)
@settings(max_examples=60, deadline=None)
def test_a_larger_difference_never_saves(streams):
    hots = [
        problem_table(HeatStreams.of(with_difference(streams, least))).hot
        for least in (0.0, 5.0, 10.0, 30.0, 100.0)
    ]
    assert all(after >= before - 1e-6 for before, after in pairwise(hots))


@given(st.lists(st.lists(_STREAM, max_size=70), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_many_at_once_is_one_by_one(groups):
    starts = np.cumsum([0, *(len(group) for group in groups)])
    columns = HeatStreams.of(one for group in groups for one in group)
    found = targets_of_groups(columns.upper, columns.lower, columns.signed, starts)
    for at, group in enumerate(groups):
        table = problem_table(HeatStreams.of(group))
        small = 1e-7 * (1 + table.given + table.taken)
        assert found.hot[at] == pytest.approx(table.hot, abs=small)
        assert found.cold[at] == pytest.approx(table.cold, abs=small)
        assert found.recovery[at] == pytest.approx(table.recovery, abs=small)
        if not group:
            assert np.isnan(found.pinch[at])


@pytest.mark.parametrize("crowded", [False, True])
def test_many_streams_and_many_groups(crowded):
    """Both ways of putting ends in order, and the cores side by side."""
    random = np.random.default_rng(7)
    size, groups = 100, 300
    supply, target = random.uniform(20, 300, (2, size * groups)).round(1)
    if crowded:  # nearly all ends in a thousandth of the range
        supply, target = 20 + supply / 1000, 20 + target / 1000
        supply[::size] = 400
    target[supply == target] += 5
    capacity = random.uniform(0.1, 20, size * groups)
    zones = np.repeat([f"z{at}" for at in range(groups)], size)
    columns = HeatStreams.of(
        HeatStream.flowing("s", *row, contribution=5, zone=str(zone))
        for row, zone in zip(
            zip(supply.tolist(), target.tolist(), capacity.tolist(), strict=True),
            zones,
            strict=True,
        )
    )
    names, found = targets_by_zone(columns)
    for at in (0, 1, 137, groups - 1):
        table = problem_table(columns.zone(names[at]))
        assert found.hot[at] == pytest.approx(table.hot, rel=1e-9, abs=1e-6)
        assert found.cold[at] == pytest.approx(table.cold, rel=1e-9, abs=1e-6)
        if len(table.pinches) == 1:
            assert found.pinch[at] == table.pinches[0]


def _least_by_program(streams: HeatStreams) -> float:
    """Least hot utility by another road: a transport problem over pieces, solved by SciPy.

    Every stream is cut at every end; heat may go from a hot piece to any cold piece that is not
    above it; what a cold piece does not get is bought.
    """
    ends = np.unique(np.concatenate([streams.upper, streams.lower]))[::-1]
    hot, cold = [], []
    for upper, lower, signed in zip(streams.upper, streams.lower, streams.signed, strict=True):
        if upper == lower:
            (hot if signed > 0 else cold).append((upper, upper, abs(signed)))
            continue
        inside = ends[(ends <= upper) & (ends >= lower)]
        for top, low in pairwise(inside):
            heat = abs(signed) * (top - low) / (upper - lower)
            (hot if signed > 0 else cold).append((top, low, heat))
    demand = sum(heat for *_, heat in cold)
    pairs = [
        (i, j)
        for i, giver in enumerate(hot)
        for j, taker in enumerate(cold)
        if giver[0] >= taker[0] and giver[1] >= taker[1]
    ]
    if not pairs:
        return demand
    matrix = np.zeros((len(hot) + len(cold), len(pairs)))
    for at, (i, j) in enumerate(pairs):
        matrix[i, at] = matrix[len(hot) + j, at] = 1.0
    most = [heat for *_, heat in hot] + [heat for *_, heat in cold]
    answer = linprog(-np.ones(len(pairs)), A_ub=matrix, b_ub=most, method="highs")
    return demand + answer.fun
