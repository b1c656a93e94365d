"""The streams read from a file as the engines' tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from sinhthai.foundation.problems import Place
from sinhthai.symbiosis.engine.stream_rows import Read, Rows
from sinhthai.symbiosis.engine.streams import QUALITY_SCHEMA, STREAM_SCHEMA, Streams


def tables_of(read: Read) -> tuple[Streams, Mapping[str, Place]]:
    """Return the tables, and stream id -> the row it came from.

    The id says where the stream stands: ``Cung!7`` is row 7 of the sheet Cung, ``7`` of a file
    without sheets.
    """
    ids = [_id(rows, line) for rows, line in read.where]
    is_offer = np.array([side == "offer" for side in read.direction], bool)
    whole = pa.table(
        {
            "id": ids,
            "enterprise": read.enterprise,
            "park": pa.array(read.park, pa.string()),
            "name": read.name,
            "code": read.code,
            "unit": read.unit,
            "quantity": _known(read.quantity),
            "quantity_min": _known(read.quantity_min),
            "quantity_max": _known(read.quantity_max),
            "months": pa.array(read.months, pa.int16()),
            "state": pa.array([state or None for state in read.state], pa.string()),
            "hazard": pa.array([hazard or None for hazard in read.hazard], pa.string()),
            "sorted": pa.array(read.is_sorted, pa.bool_()),
            "price": _known(read.price),
            "lat": _known(read.lat),
            "lon": _known(read.lon),
            "estimated": pa.array(read.is_estimated, pa.bool_()),
        },
        schema=STREAM_SCHEMA,
    )
    qualities: list[dict[str, Any]] = [
        {"stream": stream, "parameter": code, "low": low, "high": high}
        for stream, quality in zip(ids, read.quality, strict=True)
        for code, (low, high) in quality.items()
    ]
    streams = Streams(
        whole.filter(pa.array(is_offer)).combine_chunks(),
        whole.filter(pa.array(~is_offer)).combine_chunks(),
        pa.Table.from_pylist(qualities, schema=QUALITY_SCHEMA),
    )
    return streams, _Places(dict(zip(ids, read.where, strict=True)))


class _Places(Mapping[str, Place]):
    """Stream id -> its row; a place is made when it is asked for, which is seldom."""

    def __init__(self, where: Mapping[str, tuple[Rows, int]]) -> None:
        self._where = where

    def __getitem__(self, stream: str) -> Place:
        rows, line = self._where[stream]
        return rows.grid.place(line, rows.at.get("name", 0))

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)


def _id(rows: Rows, line: int) -> str:
    grid = rows.grid
    if grid.is_workbook:
        return f"{grid.name}!{line + 1}"
    return str(grid.lines[line] if grid.lines else line)


def _known(values: np.ndarray[Any, np.dtype[np.float64]]) -> pa.Array:
    """Return numbers with what is not known as null."""
    return pa.array(values, pa.float64(), from_pandas=True)
