"""Curves: their kinks are exact, and they agree with the table they come from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from sinhthai.symbiosis.engine.heat.curves import (
    composite_curves,
    grand_composite,
    without_pockets,
)
from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from tests.symbiosis.heat.cases import KEMP, flowing, openpinch
from tests.symbiosis.heat.test_targets import _STREAMS


def test_composites_of_the_textbook_problem():
    streams = flowing(KEMP[0], KEMP[1])
    table = problem_table(streams)
    curves = composite_curves(streams, table)
    assert curves.hot.points() == [(0, 30), (45, 60), (450, 150), (510, 170)]
    assert curves.cold.points() == [(60, 20), (180, 80), (510, 135), (530, 140)]


def test_shifted_composites_touch_at_the_pinch():
    streams = flowing(KEMP[0], KEMP[1])
    table = problem_table(streams)
    curves = composite_curves(streams, table, shifted=True)
    levels = np.linspace(60, 140, 161)
    hot = np.interp(levels, curves.hot.temperature, curves.hot.heat)
    cold = np.interp(levels, curves.cold.temperature, curves.cold.heat)
    between = cold - hot
    assert between.min() == pytest.approx(0, abs=1e-9)
    assert levels[between.argmin()] == 85


def test_condensation_is_a_level_piece():
    streams = HeatStreams.of([HeatStream("steam", 120, 120, 50.0, True, 5.0)])
    table = problem_table(streams)
    assert composite_curves(streams, table).hot.points() == [(0, 120), (50, 120)]
    assert grand_composite(table).points() == [(0, 115), (50, 115)]


def test_no_streams_no_curves():
    streams = HeatStreams.of([])
    table = problem_table(streams)
    assert len(composite_curves(streams, table).hot) == 0
    assert len(grand_composite(table)) == len(without_pockets(table)) == 0


def test_pocket_is_closed_at_its_crossing():
    # the curve falls to 25 kW at 90 °C, rises to 45 at 70, and comes back through 25 on its way
    streams = flowing([(40, 100, 1.5), (90, 70, 2.5), (110, 130, 0.5)], 0)
    table = problem_table(streams)
    curve = grand_composite(table)
    assert curve.points() == [(50, 130), (40, 110), (40, 100), (25, 90), (45, 70), (0, 40)]
    closed = without_pockets(table).points()
    assert closed == [(50, 130), (40, 110), (25, 90), (25, pytest.approx(70 - 20 / 1.5)), (0, 40)]


@given(_STREAMS)
@settings(max_examples=60, deadline=None)
def test_curves_carry_the_heat_of_the_streams(streams):
    columns = HeatStreams.of(streams)
    table = problem_table(columns)
    curves = composite_curves(columns, table)
    if len(curves.hot):
        assert curves.hot.heat[-1] == pytest.approx(table.given)
    if len(curves.cold):
        assert curves.cold.heat[0] == pytest.approx(table.cold)
        assert curves.cold.heat[-1] - curves.cold.heat[0] == pytest.approx(table.taken)
    grand = grand_composite(table)
    assert grand.heat[0] == pytest.approx(table.hot)
    assert grand.heat[-1] == pytest.approx(table.cold, abs=1e-6)
    closed = without_pockets(table)
    assert closed.heat[0] == grand.heat[0]
    assert closed.heat[-1] == grand.heat[-1]
    lowest = int(closed.heat.argmin())
    assert np.all(np.diff(closed.heat[: lowest + 1]) <= 0)
    assert np.all(np.diff(closed.heat[lowest:]) >= 0)


def test_pockets_of_the_pulp_mill_are_closed():
    streams, _ = openpinch("pulp_mill")
    table = problem_table(streams)
    closed = without_pockets(table)
    assert closed.heat[0] == table.hot
    assert len(closed) < len(grand_composite(table))
