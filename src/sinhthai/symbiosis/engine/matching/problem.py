"""The matching problem in numbers: what every engine (compiled, DuckDB, Spark) is given.

Words and codes are resolved before: a stream's *key* stands for everything about it that decides
which rules apply (materials, hazard, sorting), and a *link* joins an offer key to a need key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

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
        pa.field(
            "reach_m", pa.int32(), nullable=False
        ),  # farthest sensible distance (pipes!); 0: none
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


ORDERS = get_args(Order)
MOST_KEYS = 10_000_000  # keys are numbered from 0; tables of one row per key are made
GREATEST = 1e15  # quantities and money beyond are slips, and would overflow when multiplied
ALL_MONTHS = 0b1111_1111_1111
ANYWHERE_M = 20_100_000  # beyond the antipodes


def check(problem: Problem) -> None:
    """Refuse a problem no engine could answer rightly: ``ValueError`` with everything wrong."""
    wrong = list(_wrong(problem))
    if wrong:
        raise ValueError("the matching problem is not sound:\n" + "\n".join(wrong))


def reach(problem: Problem) -> NDArray[np.int64]:
    """Return how far each link may go [m]: the lesser of the radius and its own reach."""
    own = problem.links["reach_m"].to_numpy().astype(np.int64)
    own = np.where(own == 0, ANYWHERE_M, own)
    return np.minimum(own, problem.within_m or ANYWHERE_M)


def radius_m(problem: Problem) -> int:
    """Return the farthest any link may go [m]; 0: anywhere."""
    farthest = int(reach(problem).max(initial=1))
    return 0 if farthest >= ANYWHERE_M else farthest


def evidence(problem: Problem) -> NDArray[np.float64]:
    """Return how well founded each link is (``score``): fit counts three times, text once."""
    fit, text = (problem.links[name].to_numpy() for name in ("fit", "text"))
    return np.asarray((3.0 * fit + text) / 4.0)


def _wrong(problem: Problem) -> Iterator[str]:
    if problem.within_m < 0:
        yield f"within_m is {problem.within_m}: a radius is 0 (anywhere) or more metres"
    if problem.top < 1:
        yield f"top is {problem.top}: ask for at least 1 partner per offer"
    if problem.order not in ORDERS:
        yield f"order is {problem.order!r}: it is one of {', '.join(ORDERS)}"
    if not (1.0 <= problem.detour <= 100.0):
        yield f"detour is {problem.detour}: a road is 1 to 100 times the straight distance"
    tables = (
        ("offers", problem.offers, STREAM_COLUMNS, _wrong_streams),
        ("needs", problem.needs, STREAM_COLUMNS, _wrong_streams),
        ("links", problem.links, LINK_COLUMNS, _wrong_links),
        ("offer_qualities", problem.offer_qualities, QUALITY_COLUMNS, _wrong_ranges),
        ("need_qualities", problem.need_qualities, QUALITY_COLUMNS, _wrong_ranges),
    )
    shaped = True
    for name, table, schema, _ in tables:
        for fault in _wrong_shape(table, schema):
            shaped = False
            yield f"{name}: {fault}"
    if not shaped:
        return
    for name, table, _, wrong in tables:
        for fault in wrong(table):
            yield f"{name}: {fault}"
    for name, table, streams in (
        ("offer_qualities", problem.offer_qualities, problem.offers),
        ("need_qualities", problem.need_qualities, problem.needs),
    ):
        row = table["row"].to_numpy()
        yield from _rows(name, (row < 0) | (row >= streams.num_rows), "row is of no stream")


def _wrong_shape(table: pa.Table, schema: pa.Schema) -> Iterator[str]:
    if table.schema.names != schema.names:
        yield f"columns are {table.schema.names}, expected {schema.names}"
        return
    for field in schema:
        found = table.schema.field(field.name).type
        if found != field.type:
            yield f"{field.name} is {found}, expected {field.type}"
        if table[field.name].null_count:
            yield f"{field.name} has {table[field.name].null_count} nulls; leave such rows out"


def _wrong_streams(table: pa.Table) -> Iterator[str]:
    key, lat, lon, quantity, months = (
        table[name].to_numpy() for name in ("key", "lat", "lon", "quantity", "months")
    )
    yield from _rows("key", (key < 0) | (key >= MOST_KEYS), f"not from 0 to {MOST_KEYS - 1}")
    yield from _rows("lat", ~(np.abs(lat) <= 90.0), "not from -90 to 90 degrees")
    yield from _rows("lon", ~(np.abs(lon) <= 180.0), "not from -180 to 180 degrees")
    yield from _rows(
        "quantity", ~((quantity >= 1 / GREATEST) & (quantity <= GREATEST)), "not above 0 and finite"
    )
    yield from _rows("months", (months < 1) | (months > ALL_MONTHS), "not a mask of 1 to 12 months")


def _wrong_links(table: pa.Table) -> Iterator[str]:
    columns = {name: table[name].to_numpy() for name in table.schema.names if name != "forbidden"}
    number = columns["link"]
    yield from _rows("link", number != np.arange(len(number)), "not the number of its row")
    for name in ("offer_key", "need_key"):
        key = columns[name]
        yield from _rows(name, (key < 0) | (key >= MOST_KEYS), f"not from 0 to {MOST_KEYS - 1}")
    for name in ("fit", "text"):
        value = columns[name]
        yield from _rows(name, ~((value >= 0.0) & (value <= 1.0)), "not from 0 to 1")
    ratio = columns["ratio"]
    yield from _rows("ratio", ~((ratio >= 1e-9) & (ratio <= 1e9)), "not from 1e-9 to 1e9")
    for name in ("gain", "co2", "haul", "haul_co2"):
        yield from _rows(name, ~(np.abs(columns[name]) <= GREATEST), "not finite")
    yield from _rows("reach_m", columns["reach_m"] < 0, "below 0 (0: no limit of its own)")


def _wrong_ranges(table: pa.Table) -> Iterator[str]:
    row, parameter, low, high = (table[name].to_numpy() for name in QUALITY_COLUMNS.names)
    yield from _rows("low, high", ~(low <= high), "no range: low above high, or not a number")
    yield from _rows("low", low == np.inf, "infinity is no lower bound")
    yield from _rows("high", high == -np.inf, "minus infinity is no upper bound")
    both = row.astype(np.int64) * (1 << 16) + parameter
    if len(np.unique(both)) < len(both):
        yield "the same parameter stands twice for one row"


def _rows(name: str, bad: NDArray[np.bool_], fault: str) -> Iterator[str]:
    """Say in how many rows a column is bad, and where first."""
    if bad.any():
        yield f"{name}: {fault} in {int(bad.sum())} rows, first in row {int(bad.argmax())}"
