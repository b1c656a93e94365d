"""Cells find every near pair; whole-number coordinates measure to the metre."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.symbiosis.engine.matching import score
from sinhthai.symbiosis.engine.matching.places import (
    EARTH_CM,
    chord_limit,
    earth_centred,
    lay_out,
)

latitude, longitude = st.floats(-90, 90), st.floats(-180, 180)
point = st.tuples(latitude, longitude)


def _chord2(one: tuple[float, float], other: tuple[float, float]) -> int:
    ends = (earth_centred(np.array([lat]), np.array([lon])) for lat, lon in (one, other))
    return sum(int(a[0] - b[0]) ** 2 for a, b in zip(*ends, strict=True))


def _haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    (a, b), (c, d) = (map(math.radians, place) for place in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_CM / 100 * math.asin(math.sqrt(min(1.0, half)))


@given(point, point)
def test_distance_is_the_haversine_to_the_metre(one, other) -> None:  # type: ignore[no-untyped-def]
    expected = _haversine(one, other)
    near_antipodes = expected > 19_900_000
    assert score.distance_m(_chord2(one, other)) == pytest.approx(
        expected, abs=700 if near_antipodes else 1
    )


@given(st.lists(point, max_size=12), st.lists(point, max_size=12), st.sampled_from([1, 99, 50_000, 3_000_000, 0]))  # fmt: skip
def test_what_is_near_is_in_cells_that_are_near(offers, needs, radius) -> None:  # type: ignore[no-untyped-def]
    ground = lay_out(_table(offers), _table(needs), radius)
    near = set(zip(*(cells.tolist() for cells in ground.pairs()), strict=True))
    offer_cells = ground.offers.cell[ground.offers.place]
    need_cells = ground.needs.cell[ground.needs.place]
    for here, offer in enumerate(offers):
        for there, need in enumerate(needs):
            if radius == 0 or score.distance_m(_chord2(offer, need)) <= radius:
                assert (offer_cells[here], need_cells[there]) in near


@given(point, st.floats(0, 0.4), st.floats(0, 2 * math.pi), st.sampled_from([10_000, 50_000]))
def test_a_partner_at_the_rim_of_the_radius_is_found(centre, span, angle, radius) -> None:  # type: ignore[no-untyped-def]
    rim = (
        max(-90.0, min(90.0, centre[0] + span * math.sin(angle))),
        max(-180.0, min(180.0, centre[1] + span * math.cos(angle))),
    )
    ground = lay_out(_table([centre]), _table([rim]), radius)
    found = len(ground.pairs()[0]) > 0
    assert found or score.distance_m(_chord2(centre, rim)) > radius


def test_cells_keep_the_far_away_out() -> None:
    ground = lay_out(_table([(21.0, 105.8)]), _table([(10.8, 106.6), (21.1, 105.9)]), 50_000)
    assert len(ground.pairs()[0]) == 1


def test_rows_at_one_place_share_its_number() -> None:
    table = _table([(21.0, 105.8), (10.0, 105.8), (21.0, 105.8)])
    ground = lay_out(table, table, 50_000)
    first, other, again = ground.offers.place
    assert first == again != other
    assert len(ground.offers.x) == 2


@pytest.mark.parametrize("metres", [1, 1_000, 50_000, 6_000_000, 19_000_000])
def test_the_chord_limit_lets_the_radius_through_and_little_more(metres: int) -> None:
    limit = int(chord_limit(np.array([metres], np.int64))[0])
    assert metres <= score.distance_m(limit) <= metres + 4


def _table(points: list[tuple[float, float]]) -> pa.Table:
    lat, lon = zip(*points, strict=True) if points else ((), ())
    return pa.table({"lat": pa.array(lat, pa.float64()), "lon": pa.array(lon, pa.float64())})
