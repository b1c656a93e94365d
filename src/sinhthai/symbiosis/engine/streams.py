"""What a stream is: something one enterprise has to give (an offer) or asks for (a need)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

Direction = Literal["offer", "need"]
# The base unit of a stream: mass, volume of water, or energy, each per year (H8).
UNITS = ("t", "m**3", "MWh")
STATES = ("solid", "sludge", "liquid", "gas", "energy")
ALL_YEAR = 0b1111_1111_1111
"""``months`` when a stream runs the whole year; bit 0 is January."""

STREAM_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("enterprise", pa.string(), nullable=False),  # code, or the name in a bare file
        pa.field("park", pa.string()),  # park code; null outside every park
        pa.field("name", pa.string(), nullable=False),  # as written, Vietnamese or English
        # "" or "<list>:<digits>": ewc:100102, vn:120605, vsic:2395, material:coal-fly-ash
        pa.field("code", pa.string(), nullable=False),
        pa.field("unit", pa.string(), nullable=False),  # one of UNITS
        pa.field("quantity", pa.float64()),  # per year; null when not stated
        pa.field("quantity_min", pa.float64()),  # bounds of the year's quantity; null: as quantity
        pa.field("quantity_max", pa.float64()),
        pa.field("months", pa.int16(), nullable=False),  # bit mask, ALL_YEAR by default
        pa.field("state", pa.string()),  # one of STATES; null when not stated
        pa.field("hazard", pa.string()),  # NH, KS, TT or TT-R; null when not stated
        pa.field("sorted", pa.bool_()),  # sorted at source; null when not stated
        pa.field("price", pa.float64()),  # VND per unit the giver asks; negative: the giver pays
        pa.field("lat", pa.float64()),
        pa.field("lon", pa.float64()),
        pa.field("estimated", pa.bool_(), nullable=False),  # typical of its sector, not reported
    ]
)
QUALITY_SCHEMA = pa.schema(
    [
        pa.field("stream", pa.string(), nullable=False),
        pa.field("parameter", pa.string(), nullable=False),  # code in data/parameters.csv
        pa.field("low", pa.float64()),  # in the parameter's unit; null: no bound on this side
        pa.field("high", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Streams:
    """Offers and needs (``STREAM_SCHEMA``) and what is known of their quality."""

    offers: pa.Table
    needs: pa.Table
    qualities: pa.Table
