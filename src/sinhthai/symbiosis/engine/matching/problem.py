"""The matching problem in numbers: what every engine (compiled, DuckDB, Spark) is given.

Words and codes are resolved before: a stream's *key* stands for everything about it that decides
which rules apply (materials, hazard, sorting), and a *link* joins an offer key to a need key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Engine = Literal["compiled", "duckdb", "spark"]
Order = Literal["score", "value", "co2", "distance"]

STREAM_COLUMNS = pa.schema(
    [
        pa.field("key", pa.int32(), nullable=False),
        pa.field("owner", pa.int32(), nullable=False),  # an enterprise is never its own partner
        pa.field("lat", pa.float64(), nullable=False),  # degrees; rows without a place are left out
        pa.field("lon", pa.float64(), nullable=False),
        pa.field("quantity", pa.float64(), nullable=False),  # base units a year, > 0
        pa.field("months", pa.int16(), nullable=False),
    ]
)
# Row number of the stream in its table, one row per stated parameter.
QUALITY_COLUMNS = pa.schema(
    [
        pa.field("row", pa.int32(), nullable=False),
        pa.field("parameter", pa.int16(), nullable=False),
        pa.field("low", pa.float64(), nullable=False),  # -inf: no bound
        pa.field("high", pa.float64(), nullable=False),
    ]
)
LINK_COLUMNS = pa.schema(
    [
        pa.field("link", pa.int32(), nullable=False),  # the row's number
        pa.field("offer_key", pa.int32(), nullable=False),
        pa.field("need_key", pa.int32(), nullable=False),
        pa.field("fit", pa.float64(), nullable=False),  # 0..1: confidence of rule and coding
        pa.field("text", pa.float64(), nullable=False),  # 0..1: likeness of the words
        pa.field("ratio", pa.float64(), nullable=False),  # units of the need one offer unit covers
        pa.field("gain", pa.float64(), nullable=False),  # VND per offer unit, before transport
        pa.field("co2", pa.float64(), nullable=False),  # t avoided per offer unit, before transport
        pa.field("haul", pa.float64(), nullable=False),  # VND per offer unit and km of road
        pa.field("haul_co2", pa.float64(), nullable=False),  # t per offer unit and km of road
        pa.field("reach_m", pa.int32(), nullable=False),  # farthest sensible distance (pipes!)
        pa.field("forbidden", pa.bool_(), nullable=False),  # the law forbids it: shown, ranked last
    ]
)
RESULT_COLUMNS = pa.schema(
    [
        pa.field("offer", pa.int32(), nullable=False),  # row number in offers
        pa.field("need", pa.int32(), nullable=False),
        pa.field("link", pa.int32(), nullable=False),  # the best link of the pair
        pa.field("rank", pa.int32(), nullable=False),  # 1 is the offer's best partner
        pa.field("score", pa.int32(), nullable=False),  # millionths of 1
        pa.field("distance_m", pa.int32(), nullable=False),  # great circle, whole metres
        pa.field("coverage", pa.int32(), nullable=False),  # millionths: share of the need covered
        pa.field("quality", pa.int32()),  # millionths; null when nothing is stated on both sides
        pa.field("season", pa.int32(), nullable=False),  # months both run, of those the need runs
        pa.field("quantity", pa.float64(), nullable=False),  # offer units a year that would move
        pa.field("value", pa.float64(), nullable=False),  # VND a year after transport
        pa.field("co2", pa.float64(), nullable=False),  # t a year avoided, after transport
    ]
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Offers, needs, links, and what counts as near and good.

    ``within_m`` is the radius in metres (0: anywhere), ``top`` the number of partners kept per
    offer among what is allowed, and again among what is forbidden. ``detour`` is road length over
    great-circle length (1.32 mean, 1.22 median of 22 routed pairs: EPA, see data/README.md).
    """

    offers: pa.Table
    needs: pa.Table
    links: pa.Table
    offer_qualities: pa.Table
    need_qualities: pa.Table
    within_m: int = 50_000
    top: int = 10
    order: Order = "score"
    detour: float = 1.3
