"""A seeded, invented nation of streams, shared by the benchmarks of `symbiosis`.

Parks gather around cities, enterprises in parks, log-normal sizes; every enterprise has as many
offers as needs. Codes are drawn evenly, or by Zipf's law. Nothing in it is a real enterprise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from sinhthai.symbiosis.engine.matching.problem import (
    LINK_COLUMNS,
    QUALITY_COLUMNS,
    STREAM_COLUMNS,
    Order,
    Problem,
)


@dataclass(frozen=True, slots=True)
class Nation:
    """How large the invented nation is."""

    enterprises: int = 20_000
    streams: int = 20  # of each enterprise, half of them offers
    parks: int = 436
    cities: int = 25
    codes: int = 800
    links: int = 5  # needs codes an offer code may serve
    south: float = 8.6  # the box it lies in [degrees]
    north: float = 22.8
    west: float = 103.0
    east: float = 108.6
    zipf: float = 0.0  # exponent of the codes' frequencies
    stated: float = 0.1  # share of the streams that state qualities
    seed: int = 20_260_101


INTERNATIONAL = Nation(
    enterprises=250_000, parks=5_450, cities=312, south=-10.0, north=28.0, west=92.0, east=127.0
)


def nation(
    size: Nation = Nation(), *, within_m: int = 50_000, top: int = 10, order: Order = "score"
) -> Problem:
    """Return the nation as a matching problem."""
    random = np.random.default_rng(size.seed)
    lat, lon = _parks(size, random)
    weight = random.lognormal(0.0, 1.0, size.parks)
    park = random.choice(size.parks, size.enterprises, p=weight / weight.sum())
    offers, needs = (_streams(size, random, lat[park], lon[park]) for _ in range(2))
    return Problem(
        offers,
        needs,
        _links(size, random),
        _qualities(size, random, offers.num_rows),
        _qualities(size, random, needs.num_rows),
        within_m=within_m,
        top=top,
        order=order,
    )


def _parks(size: Nation, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return where the parks are: three in five around a city, the others anywhere."""
    low, high = np.array([size.south, size.west]), np.array([size.north, size.east])
    cities = random.uniform(low, high, (size.cities, 2))
    parks = random.uniform(low, high, (size.parks, 2))
    near = random.random(size.parks) < 0.6
    around = cities[random.integers(0, size.cities, size.parks)]
    around += random.normal(0.0, 0.2, (size.parks, 2))
    parks[near] = np.clip(around, low, high)[near]
    return parks[:, 0], parks[:, 1]


def _streams(
    size: Nation, random: np.random.Generator, lat: np.ndarray, lon: np.ndarray
) -> pa.Table:
    each = size.streams // 2
    rows = size.enterprises * each
    seasonal = random.random(rows) < 0.1
    half_year = (0b111111 << random.integers(0, 7, rows)).astype(np.int16)
    frequency = np.arange(1, size.codes + 1) ** -size.zipf
    columns = [
        random.choice(size.codes, rows, p=frequency / frequency.sum()).astype(np.int32),
        np.repeat(np.arange(size.enterprises, dtype=np.int32), each),
        np.repeat(lat, each),
        np.repeat(lon, each),
        np.round(random.lognormal(4.0, 1.5, rows), 3) + 0.001,
        np.where(seasonal, half_year, 0b1111_1111_1111).astype(np.int16),
    ]
    return pa.table(columns, schema=STREAM_COLUMNS)


def _links(size: Nation, random: np.random.Generator) -> pa.Table:
    rows = size.codes * size.links
    need = np.stack([random.permutation(size.codes)[: size.links] for _ in range(size.codes)])
    columns = [
        np.arange(rows, dtype=np.int32),
        np.repeat(np.arange(size.codes, dtype=np.int32), size.links),
        need.ravel().astype(np.int32),
        np.round(random.uniform(0.3, 1.0, rows), 2),
        np.round(random.uniform(0.0, 1.0, rows), 4),
        np.round(random.uniform(0.5, 1.2, rows), 2),
        np.round(random.uniform(-100_000.0, 800_000.0, rows)),
        np.round(random.uniform(0.0, 0.9, rows), 3),
        np.full(rows, 3_000.0),
        np.full(rows, 0.0001),
        np.zeros(rows, np.int32),
        random.random(rows) < 0.02,
    ]
    return pa.table(columns, schema=LINK_COLUMNS)


def _qualities(size: Nation, random: np.random.Generator, streams: int) -> pa.Table:
    row = np.flatnonzero(random.random(streams) < size.stated).astype(np.int32)
    low = np.round(random.uniform(0.0, 50.0, 2 * len(row)), 1)
    columns = [
        np.repeat(row, 2),
        np.tile(np.array([0, 1], np.int16), len(row)),
        low,
        low + np.round(random.uniform(0.0, 60.0, 2 * len(row)), 1),
    ]
    return pa.table(columns, schema=QUALITY_COLUMNS)
