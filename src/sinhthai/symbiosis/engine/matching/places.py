"""Where streams are: whole-number coordinates, and the cells in which near ones are looked for.

Latitude and longitude become centimetres from the centre of the Earth once, in NumPy; from there
on every engine computes with the same integers. Cells are cubes of that space, not squares of a
map, so there is no seam at the date line and no narrowing at the poles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

EARTH_CM = 637_100_880
"""Mean radius of the Earth, 6371.0088 km (IUGG), in centimetres."""

_HALVES = 2  # cells per radius and axis: smaller cells, fewer candidates beyond the radius
_LEAST_EDGE_CM = 10_000  # 127,000 cells an axis fit the 21 bits of a packed cell
_BITS = 21
_ROUNDED_CM = 4  # more than rounding both ends can add to a chord
_MARGIN_M = 2  # the cells let through a little more than the radius; the distance decides

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Side:
    """The places of one side, numbered so that those of a cell follow each other.

    ``place`` (one per stream) is the number of its place; ``x``, ``y``, ``z`` (one per place) are
    centimetres; the places of cell ``c`` are ``first[c]`` up to ``first[c + 1]``.
    """

    place: Int32s
    x: Int64s
    y: Int64s
    z: Int64s
    first: Int64s

    @property
    def cell(self) -> Int32s:
        """Return the cell of every place."""
        cells = np.arange(len(self.first) - 1, dtype=np.int32)
        return np.repeat(cells, np.diff(self.first))


@dataclass(frozen=True, slots=True)
class Ground:
    """Both sides, and which need cells lie near an offer cell.

    Those of offer cell ``c`` are the ranges ``low[i]`` up to ``high[i]`` (exclusive) for ``i``
    from ``start[c]`` up to ``start[c + 1]``.
    """

    offers: Side
    needs: Side
    start: Int64s
    low: Int64s
    high: Int64s

    def pairs(self) -> tuple[Int32s, Int32s]:
        """Return every (offer cell, near need cell), for engines that join."""
        counts = np.diff(self.start)
        offer_cell = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        width = self.high - self.low
        ends = np.cumsum(width)
        total = int(ends[-1]) if len(ends) else 0
        within = np.arange(total) - np.repeat(ends - width, width)
        need_cell = np.repeat(self.low, width) + within
        return np.repeat(offer_cell, width), need_cell.astype(np.int32)


def lay_out(offers: pa.Table, needs: pa.Table, radius_m: int) -> Ground:
    """Return the places of *offers* and *needs* (columns ``lat``, ``lon`` [degrees]) in cells.

    Any two places within *radius_m* (0: anywhere) are in cells that lie near each other; some
    that are farther apart are too.
    """
    edge = _edge(radius_m)
    sides = [_side(table, edge) for table in (offers, needs)]
    (given, offer_cells), (asked, need_cells) = sides
    start, low, high = _near(offer_cells, need_cells)
    return Ground(given, asked, start, low, high)


def earth_centred(lat: Floats, lon: Floats) -> tuple[Int64s, Int64s, Int64s]:
    """Return x, y, z [cm] of points on the mean sphere, as whole numbers.

    >>> earth_centred(np.array([0.0, 90.0]), np.array([90.0, 0.0]))
    (array([0, 0]), array([637100880,         0]), array([        0, 637100880]))
    """
    phi, lam = np.radians(lat), np.radians(lon)
    across = np.cos(phi)
    axes = (across * np.cos(lam), across * np.sin(lam), np.sin(phi))
    x, y, z = (np.rint(axis * EARTH_CM).astype(np.int64) for axis in axes)
    return x, y, z


def chord_limit(metres: NDArray[np.int64]) -> Int64s:
    """Return a squared chord [cm²] no pair within *metres* of arc exceeds (0: anywhere)."""
    half_arc = np.minimum((metres + _MARGIN_M) * 100.0 / (2 * EARTH_CM), np.pi / 2)
    half_arc = np.where(metres == 0, np.pi / 2, half_arc)
    chord = np.ceil(2 * EARTH_CM * np.sin(half_arc)).astype(np.int64) + _ROUNDED_CM
    return np.asarray(chord**2)


def _edge(radius_m: int) -> int:
    """Return the edge of a cell [cm]; 0 where one cell holds the Earth."""
    chord = int(np.sqrt(chord_limit(np.array([radius_m], np.int64))[0])) + 1
    if chord >= 2 * EARTH_CM:
        return 0
    return max(_LEAST_EDGE_CM, -(-chord // _HALVES))


def _side(table: pa.Table, edge: int) -> tuple[Side, Int64s]:
    """Return a side's places and its packed cells, ascending."""
    number, lat, lon = _distinct(table)
    x, y, z = earth_centred(lat, lon)
    if edge:
        x_cell, y_cell, z_cell = ((axis + 2 * EARTH_CM) // edge for axis in (x, y, z))
        packed = (x_cell << (2 * _BITS)) | (y_cell << _BITS) | z_cell
    else:
        packed = np.zeros(len(x), np.int64)
    order = np.argsort(packed, kind="stable")
    cells, first = np.unique(packed[order], return_index=True)
    moved_to = np.empty(len(order), np.int32)
    moved_to[order] = np.arange(len(order), dtype=np.int32)
    side = Side(
        moved_to[number],
        x[order],
        y[order],
        z[order],
        np.append(first, len(order)).astype(np.int64),
    )
    return side, cells


def _distinct(table: pa.Table) -> tuple[Int32s, Floats, Floats]:
    """Return the number of each row's place, and the places' latitudes and longitudes."""
    lat, lon = (pc.dictionary_encode(table[name].combine_chunks()) for name in ("lat", "lon"))
    wide = max(len(lon.dictionary), 1)
    code = lat.indices.to_numpy().astype(np.int64) * wide + lon.indices.to_numpy()
    both = pc.dictionary_encode(pa.array(code))
    pair = both.dictionary.to_numpy()
    return (
        both.indices.to_numpy(),
        lat.dictionary.to_numpy()[pair // wide],
        lon.dictionary.to_numpy()[pair % wide],
    )


def _near(offers: Int64s, needs: Int64s) -> tuple[Int64s, Int64s, Int64s]:
    """Return the ranges of *needs* (packed cells, ascending) around each cell of *offers*.

    z is packed lowest, so the cells of one column (x, y) between two heights are neighbours.
    """
    # The middle first: who looks at the nearest first can leave out more of the others.
    steps = sorted(range(-_HALVES, _HALVES + 1), key=abs)
    lows, highs = [], []
    for dx in steps:
        for dy in steps:
            column = offers + dx * (1 << (2 * _BITS)) + dy * (1 << _BITS)
            lows.append(np.searchsorted(needs, column - _HALVES, side="left"))
            highs.append(np.searchsorted(needs, column + _HALVES, side="right"))
    low, high = np.stack(lows, axis=1), np.stack(highs, axis=1)
    kept = high > low
    start = np.concatenate(([0], np.cumsum(kept.sum(axis=1)))).astype(np.int64)
    return start, low[kept].astype(np.int64), high[kept].astype(np.int64)
