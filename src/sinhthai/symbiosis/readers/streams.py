"""Streams of the store as the tables the engines take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from sinhthai.symbiosis.engine.bands import coarse_place, coarse_quantity
from sinhthai.symbiosis.engine.streams import ALL_YEAR, QUALITY_SCHEMA, STREAM_SCHEMA, Streams
from sinhthai.symbiosis.models import Stream, StreamVersion

COLUMNS = (
    "stream_id",
    "stream__direction",
    "stream__enterprise__code",
    "stream__enterprise__park__code",
    "name",
    "code",
    "material",
    "unit",
    "quantity",
    "quantity_min",
    "quantity_max",
    "months",
    "state",
    "hazard",
    "sorted",
    "price",
    "origin",
    "quality",
)


def current_versions(streams: QuerySet[Stream] | None = None) -> QuerySet[StreamVersion]:
    """Return what is now known of *streams* (None: all), the withdrawn ones left out.

    Each row carries ``lat`` and ``lon``: of the enterprise, else of its park.
    """
    rows = StreamVersion.objects.filter(is_current=True, stream__withdrawn_at=None)
    if streams is not None:
        rows = rows.filter(stream__in=streams)
    return rows.annotate(
        lat=Coalesce(F("stream__enterprise__lat"), F("stream__enterprise__park__lat")),
        lon=Coalesce(F("stream__enterprise__lon"), F("stream__enterprise__park__lon")),
    )


def read_streams(rows: QuerySet[StreamVersion]) -> Streams:
    """Return *rows* of :func:`current_versions` as the engines' tables; ids are stream numbers.

    A stream taken for a concept carries it as its code where none was given.
    """
    found = rows.values_list(*COLUMNS, "lat", "lon").iterator(chunk_size=10_000)
    return streams_table(dict(zip((*COLUMNS, "lat", "lon"), row, strict=True)) for row in found)


def streams_table(rows: Iterable[dict[str, Any]]) -> Streams:
    """Return rows under the columns of ``COLUMNS``, ``lat`` and ``lon`` as the engines' tables."""
    sides: dict[str, list[dict[str, Any]]] = {"offer": [], "need": []}
    qualities: list[dict[str, Any]] = []
    for row in rows:
        number = str(row["stream_id"])
        sides[row["stream__direction"]].append(
            {
                "id": number,
                "enterprise": row["stream__enterprise__code"],
                "park": row["stream__enterprise__park__code"],
                "name": row["name"],
                "code": row["code"] or (f"material:{row['material']}" if row["material"] else ""),
                "unit": row["unit"],
                "quantity": row["quantity"],
                "quantity_min": row["quantity_min"],
                "quantity_max": row["quantity_max"],
                "months": row["months"],
                "state": row["state"] or None,
                "hazard": row["hazard"] or None,
                "sorted": row["sorted"],
                "price": row["price"],
                "lat": row["lat"],
                "lon": row["lon"],
                "estimated": row["origin"] == StreamVersion.Origin.PROFILE,
            }
        )
        qualities += [
            {"stream": number, "parameter": parameter, "low": low, "high": high}
            for parameter, (low, high) in row["quality"].items()
        ]
    return Streams(
        offers=pa.Table.from_pylist(sides["offer"], schema=STREAM_SCHEMA),
        needs=pa.Table.from_pylist(sides["need"], schema=STREAM_SCHEMA),
        qualities=pa.Table.from_pylist(qualities, schema=QUALITY_SCHEMA),
    )


def made_coarse(row: dict[str, Any], *, name: str) -> dict[str, Any]:
    """Return another's stream as the engine may know it before both sides agreed.

    Its material, hazard and sorting stay, for they decide what the law says. Its quantity and
    place become coarse; words, quality, months and price are taken away.
    """
    lat, lon = coarse_place(row["lat"], row["lon"])
    return row | {
        "name": name,
        "code": f"material:{row['material']}",
        "quantity": coarse_quantity(row["quantity"]),
        "quantity_min": None,
        "quantity_max": None,
        "months": ALL_YEAR,
        "state": "",
        "price": None,
        "quality": {},
        "lat": lat,
        "lon": lon,
    }
