"""Matching in machine code: the tables it reads, the formula compiled, the second pass.

Two passes: ``pick`` keeps no more than need and link of the best partners, ``fill`` writes the
columns of what was kept, so a list of all pairs never exists. Both release the interpreter's lock
and work on disjoint rows, so any number of threads gives the same result.

Machine code is kept between runs beside this file, or in the user's cache folder where that is
read-only, or not at all where neither can be written.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

from sinhthai.symbiosis.engine.matching import score as formula

Array = Any
F = TypeVar("F", bound=Callable[..., Any])


# No division by zero to look out for: ``problem.check`` refuses what would be divided by.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_SOURCES = [Path(__file__).with_name(name) for name in ("score.py", "kernel.py", "pick.py")]
_DIGEST = hashlib.sha256(b"".join(source.read_bytes() for source in _SOURCES)).hexdigest()[:12]


def compiled(function: F) -> F:
    """Compile a function when it is first called, and keep the machine code for the next process.

    The kept code is found by the function's name and the date of its own file; as these functions
    call each other across files, the name carries the digest of all of them.
    """
    function.__qualname__ = f"{function.__qualname__}_{_DIGEST}"
    made: Any
    try:
        made = numba.njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:  # no folder to keep machine code in
        made = numba.njit(**_OPTIONS)(function)
    return cast(F, made)


metres_apart = numba.njit(**_OPTIONS)(formula.distance_m)
nearness_of = numba.njit(**_OPTIONS)(formula.nearness)
credit = numba.njit(**_OPTIONS)(formula.credit)
moved = numba.njit(**_OPTIONS)(formula.moved)
coverage = numba.njit(**_OPTIONS)(formula.coverage)
score = numba.njit(**_OPTIONS)(formula.score)
yearly = numba.njit(**_OPTIONS)(formula.yearly)
MONTHS = np.array([bin(months).count("1") for months in range(1 << 12)], np.int64)

SHARE = np.array([[n / max(of, 1) for of in range(13)] for n in range(13)])
UNKNOWN_FIT = formula.UNKNOWN_FIT

BY_SCORE, BY_VALUE, BY_CO2, BY_DISTANCE = 0, 1, 2, 3


class Offers(NamedTuple):
    """By row of the table; coordinates by place."""

    key: Array
    owner: Array
    place: Array
    quantity: Array
    months: Array
    x: Array
    y: Array
    z: Array


class Needs(NamedTuple):
    """Sorted by place, so those of a cell lie together; ``first`` is a place's first position."""

    row: Array
    key: Array
    owner: Array
    place: Array
    quantity: Array
    months: Array
    x: Array
    y: Array
    z: Array
    first: Array


class Links(NamedTuple):
    """By offer key, those of one need key together; ``start`` is an offer key's first."""

    start: Array
    number: Array
    need_key: Array
    evidence: Array
    ratio: Array
    gain: Array
    co2: Array
    haul: Array
    haul_co2: Array
    limit_m: Array
    chord2: Array
    forbidden: Array


class Qualities(NamedTuple):
    """Sorted by row, parameter; ``start`` is a row's first."""

    start: Array
    parameter: Array
    low: Array
    high: Array


class Near(NamedTuple):
    """The ranges of need places around an offer cell."""

    start: Array
    low: Array
    high: Array


class Wish(NamedTuple):
    """What the whole run shares."""

    order: int
    top: int
    detour: float


@compiled
def sort_by_place(place: Array, wanted: Array, places: int) -> tuple[Array, Array]:
    """Return the wanted rows, place by place, and where each place starts."""
    first = np.zeros(places + 1, np.int64)
    for row in range(len(place)):
        if wanted[row]:
            first[place[row] + 1] += 1
    for number in range(places):
        first[number + 1] += first[number]
    filled = first[:-1].copy()
    order = np.empty(first[-1], np.int32)
    for row in range(len(place)):
        if wanted[row]:
            order[filled[place[row]]] = row
            filled[place[row]] += 1
    return order, first


@compiled
def mean_credit(
    i: int,
    i_end: int,
    j: int,
    j_end: int,
    offered: Array,
    offered_low: Array,
    offered_high: Array,
    asked: Array,
    asked_low: Array,
    asked_high: Array,
) -> int:
    """Return the mean credit of the parameters both state [millionths]; -1 when there are none."""
    total = 0
    count = 0
    while i < i_end and j < j_end:
        if offered[i] < asked[j]:
            i += 1
        elif offered[i] > asked[j]:
            j += 1
        else:
            total += credit(offered_low[i], offered_high[i], asked_low[j], asked_high[j])
            count += 1
            i += 1
            j += 1
    if count == 0:
        return -1
    return math.floor(total / count + 0.5)


@compiled
def tie_breaker(points: int, number: int) -> int:
    """Return what decides between equals, the greater first: points, then the lower number."""
    return (points << 31) - number


@compiled
def fill(
    first: int,
    last: int,
    start_row: int,
    begin: Array,
    offers: Offers,
    needs: Needs,
    links: Links,
    given: Qualities,
    asked: Qualities,
    wish: Wish,
    kept: Array,
    kept_link: Array,
    kept_count: Array,
    whole: Array,
    real: Array,
) -> None:
    """Write the result's columns for the offers *first* up to *last* of a slice.

    ``whole`` [9, result row]: offer, need, link, rank, score, distance, coverage, quality (-1:
    unknown), season; ``real`` [3, result row]: quantity, value, CO2.
    """
    _, _, offer_place, offer_quantity, offer_months, offer_x, offer_y, offer_z = offers
    need_row, need_place = needs.row, needs.place
    need_quantity, need_months = needs.quantity, needs.months
    need_x, need_y, need_z = needs.x, needs.y, needs.z
    number, evidence, ratio = links.number, links.evidence, links.ratio
    gain, haul, co2_gain, co2_haul = links.gain, links.haul, links.co2, links.haul_co2
    given_start, given_parameter, given_low, given_high = given
    asked_start, asked_parameter, asked_low, asked_high = asked
    detour = wish.detour
    for index in range(first, last):
        row = index + start_row
        result = begin[index]
        rank = 0
        place = offer_place[row]
        x, y, z = offer_x[place], offer_y[place], offer_z[place]
        offered = offer_quantity[row]
        months = offer_months[row]
        stated, stated_end = given_start[row], given_start[row + 1]
        for group in range(kept.shape[1]):
            for spot in range(kept_count[index, group]):
                at = kept[index, group, spot]
                link = kept_link[index, group, spot]
                dx = x - need_x[need_place[at]]
                dy = y - need_y[need_place[at]]
                dz = z - need_z[need_place[at]]
                distance = metres_apart(dx * dx + dy * dy + dz * dz)
                in_common = MONTHS[months & need_months[at]]
                given_share = SHARE[in_common, MONTHS[months]]
                season = SHARE[in_common, MONTHS[need_months[at]]]
                needed = need_quantity[at]
                quantity = moved(offered, needed, ratio[link], given_share, season)
                covered = coverage(offered, needed, ratio[link], given_share, season)
                need = need_row[at]
                quality = -1
                if stated < stated_end:
                    quality = mean_credit(
                        stated, stated_end, asked_start[need], asked_start[need + 1],
                        given_parameter, given_low, given_high,
                        asked_parameter, asked_low, asked_high,
                    )  # fmt: skip
                road_km = distance * detour / 1000.0
                rank += 1
                whole[0, result] = row
                whole[1, result] = need
                whole[2, result] = number[link]
                whole[3, result] = rank
                whole[4, result] = score(
                    evidence[link], nearness_of(distance), covered, season, quality
                )
                whole[5, result] = distance
                whole[6, result] = covered
                whole[7, result] = quality
                whole[8, result] = in_common
                real[0, result] = quantity
                real[1, result] = yearly(quantity, gain[link], haul[link], road_km)
                real[2, result] = yearly(quantity, co2_gain[link], co2_haul[link], road_km)
                result += 1
