"""Small matching problems, and the answer to them by looking at every pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from sinhthai.symbiosis.engine.matching import score
from sinhthai.symbiosis.engine.matching.places import earth_centred
from sinhthai.symbiosis.engine.matching.problem import (
    ALL_MONTHS,
    LINK_COLUMNS,
    ORDERS,
    QUALITY_COLUMNS,
    RESULT_COLUMNS,
    STREAM_COLUMNS,
    Problem,
)

HA_NOI, HAI_PHONG, CAN_THO = (21.03, 105.85), (20.86, 106.68), (10.03, 105.78)
Row = dict[str, Any]


def stream(key: int = 0, owner: int = 0, at: tuple[float, float] = HA_NOI, **more: Any) -> Row:
    row = {"key": key, "owner": owner, "lat": at[0], "lon": at[1], "quantity": 100.0}
    return row | {"months": ALL_MONTHS} | more


def link(offer_key: int = 0, need_key: int = 0, **more: Any) -> Row:
    row: Row = {"offer_key": offer_key, "need_key": need_key, "fit": 1.0, "text": 1.0, "ratio": 1.0}
    row |= {"gain": 500_000.0, "co2": 0.5, "haul": 3_000.0, "haul_co2": 0.0001}
    return row | {"reach_m": 0, "forbidden": False} | more


def problem(
    offers: Sequence[Row],
    needs: Sequence[Row],
    links: Sequence[Row],
    offer_qualities: Sequence[tuple[int, int, float, float]] = (),
    need_qualities: Sequence[tuple[int, int, float, float]] = (),
    **settings: Any,
) -> Problem:
    numbered = [{"link": number} | row for number, row in enumerate(links)]
    qualities = [
        pa.Table.from_pylist(
            [dict(zip(QUALITY_COLUMNS.names, row, strict=True)) for row in rows], QUALITY_COLUMNS
        )
        for rows in (offer_qualities, need_qualities)
    ]
    return Problem(
        pa.Table.from_pylist(list(offers), STREAM_COLUMNS),
        pa.Table.from_pylist(list(needs), STREAM_COLUMNS),
        pa.Table.from_pylist(numbered, LINK_COLUMNS),
        *qualities,
        **settings,
    )


def look_at_every_pair(given: Problem) -> pa.Table:
    """Return the result by trying all offers, needs and links, without cells or shortcuts."""
    found: list[Row] = []
    qualities = [_by_row(table) for table in (given.offer_qualities, given.need_qualities)]
    for number, offer in enumerate(given.offers.to_pylist()):
        pairs = []
        for other, need in enumerate(given.needs.to_pylist()):
            stated = (qualities[0].get(number, {}), qualities[1].get(other, {}))
            rated = [
                row
                for one in given.links.to_pylist()
                if (row := _rated(given, offer, need, one, *stated)) is not None
            ]
            if rated:
                best = min(rated, key=lambda row: (*row["order"], row["link"]))
                pairs.append(best | {"offer": number, "need": other})
        pairs.sort(key=lambda row: (*row["order"], row["need"]))
        allowed = [row for row in pairs if not row["order"][0]][: given.top]
        forbidden = [row for row in pairs if row["order"][0]][: given.top]
        found += [row | {"rank": 1 + rank} for rank, row in enumerate(allowed + forbidden)]
    return pa.Table.from_pylist(
        [{name: row[name] for name in RESULT_COLUMNS.names} for row in found], RESULT_COLUMNS
    )


def _by_row(table: pa.Table) -> dict[int, dict[int, tuple[float, float]]]:
    found: dict[int, dict[int, tuple[float, float]]] = {}
    for row in table.to_pylist():
        found.setdefault(row["row"], {})[row["parameter"]] = (row["low"], row["high"])
    return found


def _rated(
    given: Problem,
    offer: Row,
    need: Row,
    one: Row,
    offered: dict[int, tuple[float, float]],
    asked: dict[int, tuple[float, float]],
) -> Row | None:
    """Return the parts of a pair joined by a link, or nothing where it may not be."""
    if (one["offer_key"], one["need_key"]) != (offer["key"], need["key"]):
        return None
    if offer["owner"] == need["owner"]:
        return None
    ends = (earth_centred(np.array([s["lat"]]), np.array([s["lon"]])) for s in (offer, need))
    chord2 = sum(int(here[0] - there[0]) ** 2 for here, there in zip(*ends, strict=True))
    distance = score.distance_m(chord2)
    if given.within_m and distance > given.within_m:
        return None
    if one["reach_m"] and distance > one["reach_m"]:
        return None
    season = (offer["months"] & need["months"]).bit_count()
    shares = (season / offer["months"].bit_count(), season / need["months"].bit_count())
    flow = (offer["quantity"], need["quantity"], one["ratio"], *shares)
    quantity, covered = score.moved(*flow), score.coverage(*flow)
    credits_ = [score.credit(*offered[p], *asked[p]) for p in offered.keys() & asked.keys()]
    quality = math.floor(sum(credits_) / len(credits_) + 0.5) if credits_ else None
    evidence = (3.0 * one["fit"] + one["text"]) / 4.0
    near = score.nearness(distance)
    points = score.score(evidence, near, covered, shares[1], -1 if quality is None else quality)
    road = distance * given.detour / 1000.0
    value = score.yearly(quantity, one["gain"], one["haul"], road)
    co2 = score.yearly(quantity, one["co2"], one["haul_co2"], road)
    first = {"score": -points, "value": -value, "co2": -co2, "distance": distance}[given.order]
    return {
        "order": (one["forbidden"], first, -points),
        "link": one["link"],
        "score": points,
        "distance_m": distance,
        "coverage": covered,
        "quality": quality,
        "season": season,
        "quantity": quantity,
        "value": value,
        "co2": co2,
    }


_CENTRES = [HA_NOI, CAN_THO, (0.0, 179.9999), (0.0, -179.9999), (90.0, 12.0), (-89.9999, 0.0)]
_RANGES = st.tuples(st.sampled_from([-math.inf, 0.0, 1.0, 3.0]), st.sampled_from([3.0, 7.5, math.inf]))  # fmt: skip


@st.composite
def places(draw: st.DrawFn) -> tuple[float, float]:
    """Return a place in one of a few clusters: at home, on the date line, at the poles."""
    lat, lon = draw(st.sampled_from(_CENTRES))
    spread = draw(st.sampled_from([0.0, 0.001, 0.3, 5.0]))
    north, east = draw(st.tuples(st.floats(-1, 1), st.floats(-1, 1)))
    return max(-90.0, min(90.0, lat + spread * north)), max(-180.0, min(180.0, lon + spread * east))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Return a small problem of any kind the contract allows."""
    keys, owners = st.integers(0, 2), st.integers(0, 5)
    here = draw(st.lists(places(), min_size=1, max_size=5))
    quantity = st.one_of(st.sampled_from([1.0, 100.0]), st.floats(0.01, 1e6))
    streams = st.lists(
        st.builds(
            stream,
            keys,
            owners,
            st.sampled_from(here),
            quantity=quantity,
            months=st.sampled_from([ALL_MONTHS, 0b111, 0b111_1110, 0b1000_0000_0000]),
        ),
        max_size=7,
    )
    money = st.sampled_from([0.0, 1e5, -2e5, 777_777.77])
    links = st.lists(
        st.builds(
            link,
            keys,
            keys,
            fit=st.sampled_from([0.0, 0.5, 0.83, 1.0]),
            text=st.floats(0, 1),
            ratio=st.sampled_from([1.0, 0.7, 3.0]),
            gain=money,
            co2=st.floats(-1, 2),
            haul=st.sampled_from([0.0, 3_000.0]),
            reach_m=st.sampled_from([0, 0, 300, 40_000]),
            forbidden=st.booleans(),
        ),
        max_size=8,
    )
    offers, needs = draw(streams), draw(streams)
    return problem(
        offers,
        needs,
        draw(links),
        _stated(draw, len(offers)),
        _stated(draw, len(needs)),
        within_m=draw(st.sampled_from([0, 1, 150, 50_000, 700_000, 19_000_000])),
        top=draw(st.sampled_from([1, 2, 10])),
        order=draw(st.sampled_from(ORDERS)),
        detour=draw(st.sampled_from([1.0, 1.3])),
    )


def _stated(draw: st.DrawFn, rows: int) -> list[tuple[int, int, float, float]]:
    if not rows:
        return []
    stated = st.dictionaries(st.tuples(st.integers(0, rows - 1), st.integers(0, 2)), _RANGES, max_size=6)  # fmt: skip
    return [(*where, *limits) for where, limits in draw(stated).items()]
