"""The compiled inner loop: the best partners of every offer, without a list of all pairs.

For one cell of offers the needs around it are gathered once and laid out key by key; then every
offer visits, link by link, one run of needs. Two passes: ``pick`` keeps no more than need and link
of the best, ``fill`` writes the columns of what was kept. Both release the interpreter's lock and
work on disjoint rows, so any number of threads gives the same result.

Machine code is kept between runs beside this file, or in the user's cache folder where that is
read-only, or not at all where neither can be written.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np

from sinhthai.symbiosis.engine.matching import score as formula

Array = Any
F = TypeVar("F", bound=Callable[..., Any])


def _compiled(function: F) -> F:
    compiled: Any
    try:
        compiled = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep machine code in
        compiled = numba.njit(nogil=True)(function)
    return cast(F, compiled)


_distance_m = numba.njit(formula.distance_m)
_nearness = numba.njit(formula.nearness)
_credit = numba.njit(formula.credit)
_moved = numba.njit(formula.moved)
_coverage = numba.njit(formula.coverage)
_score = numba.njit(formula.score)
_yearly = numba.njit(formula.yearly)
_MONTHS = np.array([bin(months).count("1") for months in range(1 << 12)], np.int64)

_SHARE = np.array([[n / max(of, 1) for of in range(13)] for n in range(13)])
_UNKNOWN_FIT = formula.UNKNOWN_FIT

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
    """Sorted by offer key, need key; ``start`` is an offer key's first."""

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


@_compiled
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


@_compiled
def _quality(
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
            total += _credit(offered_low[i], offered_high[i], asked_low[j], asked_high[j])
            count += 1
            i += 1
            j += 1
    if count == 0:
        return -1
    return math.floor(total / count + 0.5)


@_compiled
def _tie(points: int, number: int) -> int:
    """Return what decides between equals, the greater first: points, then the lower number."""
    return (points << 31) - number


@_compiled
def _room(jobs: Array, needs: Needs, around: Near) -> tuple[int, int]:
    """Return the most needs, and places, around any cell of *jobs*."""
    most = 0
    most_places = 0
    for job in range(len(jobs)):
        size = 0
        places = 0
        for r in range(around.start[jobs[job, 0]], around.start[jobs[job, 0] + 1]):
            size += needs.first[around.high[r]] - needs.first[around.low[r]]
            places += around.high[r] - around.low[r]
        most = max(most, size)
        most_places = max(most_places, places)
    return most, most_places


@_compiled
def pick(
    jobs: Array,
    rows: Array,
    start_row: int,
    offers: Offers,
    needs: Needs,
    links: Links,
    given: Qualities,
    asked: Qualities,
    around: Near,
    wish: Wish,
    kept: Array,
    kept_link: Array,
    kept_count: Array,
) -> None:
    """Write the best partners of the offers of *jobs* (offer cell, first, last in *rows*).

    ``kept`` [offer, group, rank] is the position of the need, ``kept_link`` of the link,
    ``kept_count`` [offer, group] how many; group 0 is allowed, 1 forbidden.
    """
    # Columns by themselves: reaching through the tuples counts references in the inner loop.
    offer_key, offer_owner, offer_place, offer_quantity, offer_mask, offer_x, offer_y, offer_z = (
        offers
    )
    need_row, need_key, need_owner, need_place = needs.row, needs.key, needs.owner, needs.place
    need_quantity, need_months, first = needs.quantity, needs.months, needs.first
    need_x, need_y, need_z = needs.x, needs.y, needs.z
    link_start, link_need, evidence, ratio = (
        links.start,
        links.need_key,
        links.evidence,
        links.ratio,
    )
    gain, haul, co2_gain, co2_haul = links.gain, links.haul, links.co2, links.haul_co2
    limit_m, limit_chord2, forbidden = links.limit_m, links.chord2, links.forbidden
    near_start, near_low, near_high = around.start, around.low, around.high
    given_start, given_parameter, given_low, given_high = given
    asked_start, asked_parameter, asked_low, asked_high = asked
    order, top, detour = wish

    most, most_places = _room(jobs, needs, around)
    keys = len(links.start)
    begin = np.zeros(keys, np.int32)
    count = np.zeros(keys, np.int32)
    touched = np.empty(min(most, keys), np.int32)
    local_at = np.empty(most, np.int32)
    local_place = np.empty(most, np.int32)
    local_owner = np.empty(most, np.int32)
    local_months = np.empty(most, np.int16)
    local_quantity = np.empty(most, np.float64)
    seen = np.full(most_places, -1, np.int32)  # the offer place for which the next three hold
    chord2 = np.empty(most_places, np.int64)
    metres = np.empty(most_places, np.int64)
    nearness = np.empty(most_places, np.float64)
    best_primary = np.empty(2 * top, np.float64)  # the allowed, then the forbidden
    best_tie = np.empty(2 * top, np.int64)
    best_pair = np.empty(2 * top, np.int64)  # link and position of the need
    full = np.zeros(2, np.int64)

    cell = -1
    distinct = 0
    for job in range(len(jobs)):
        if jobs[job, 0] != cell:
            # Lay out the needs around the cell, key by key.
            for t in range(distinct):
                count[touched[t]] = 0
            cell = jobs[job, 0]
            distinct = 0
            for r in range(near_start[cell], near_start[cell + 1]):
                for at in range(first[near_low[r]], first[near_high[r]]):
                    key = need_key[at]
                    if count[key] == 0:
                        touched[distinct] = key
                        distinct += 1
                    count[key] += 1
            total = 0
            for t in range(distinct):
                begin[touched[t]] = total
                total += count[touched[t]]
                count[touched[t]] = 0
            offset = 0
            for r in range(near_start[cell], near_start[cell + 1]):
                for at in range(first[near_low[r]], first[near_high[r]]):
                    key = need_key[at]
                    slot = begin[key] + count[key]
                    local_at[slot] = at
                    local_place[slot] = need_place[at] - near_low[r] + offset
                    local_owner[slot] = need_owner[at]
                    local_months[slot] = need_months[at]
                    local_quantity[slot] = need_quantity[at]
                    count[key] += 1
                offset += near_high[r] - near_low[r]
            seen[:offset] = -1
        for index in range(jobs[job, 1], jobs[job, 2]):
            row = rows[index]
            place = offer_place[row]
            x, y, z = offer_x[place], offer_y[place], offer_z[place]
            owner = offer_owner[row]
            offered = offer_quantity[row]
            months = offer_mask[row]
            offer_months = _MONTHS[months]
            stated, stated_end = given_start[row], given_start[row + 1]
            full[0] = 0
            full[1] = 0
            last = link_start[offer_key[row] + 1]
            link = link_start[offer_key[row]]
            while link < last:
                # The links to one need key: mostly one, else the pair keeps its best.
                key = link_need[link]
                end = link + 1
                widest = limit_chord2[link]
                while end < last and link_need[end] == key:
                    widest = max(widest, limit_chord2[end])
                    end += 1
                for slot in range(begin[key], begin[key] + count[key]):
                    there = local_place[slot]
                    if seen[there] != place:
                        seen[there] = place
                        there_at = need_place[local_at[slot]]
                        dx, dy, dz = (
                            x - need_x[there_at],
                            y - need_y[there_at],
                            z - need_z[there_at],
                        )
                        chord2[there] = dx * dx + dy * dy + dz * dz
                        metres[there] = -1
                    if chord2[there] > widest or local_owner[slot] == owner:
                        continue
                    if metres[there] < 0:
                        metres[there] = _distance_m(chord2[there])
                        nearness[there] = _nearness(metres[there])
                    distance = metres[there]
                    near = nearness[there]
                    found = -1
                    found_group = 1
                    found_primary = 0.0
                    found_points = 0
                    for one in range(link, end):
                        if distance > limit_m[one]:
                            continue
                        group = 1 if forbidden[one] else 0
                        if full[group] == top and end == link + 1:
                            # The worst kept; no part is above 1, so evidence and nearness bound.
                            worst = group * top + top - 1
                            fit = _UNKNOWN_FIT if stated == stated_end else 1.0
                            bound = math.floor(1e6 * (evidence[one] * near * fit) + 0.5)
                            if order == BY_SCORE and bound < best_primary[worst]:
                                continue
                            if order == BY_DISTANCE and -distance < best_primary[worst]:
                                continue
                        in_common = _MONTHS[months & local_months[slot]]
                        given_share = _SHARE[in_common, offer_months]
                        season = _SHARE[in_common, _MONTHS[local_months[slot]]]
                        needed = local_quantity[slot]
                        covered = _coverage(offered, needed, ratio[one], given_share, season)
                        quality = -1
                        if stated < stated_end:
                            need = need_row[local_at[slot]]
                            quality = _quality(
                                stated, stated_end, asked_start[need], asked_start[need + 1],
                                given_parameter, given_low, given_high,
                                asked_parameter, asked_low, asked_high,
                            )  # fmt: skip
                        points = _score(evidence[one], near, covered, season, quality)
                        primary = float(points)
                        if order in (BY_VALUE, BY_CO2):
                            quantity = _moved(offered, needed, ratio[one], given_share, season)
                            road_km = distance * detour / 1000.0
                            if order == BY_VALUE:
                                primary = _yearly(quantity, gain[one], haul[one], road_km)
                            else:
                                primary = _yearly(quantity, co2_gain[one], co2_haul[one], road_km)
                        elif order == BY_DISTANCE:
                            primary = -float(distance)
                        tie = _tie(points, one)
                        if (
                            found < 0
                            or group < found_group
                            or (
                                group == found_group
                                and (
                                    primary > found_primary
                                    or (
                                        primary == found_primary and tie > _tie(found_points, found)
                                    )
                                )
                            )
                        ):
                            found = one
                            found_group = group
                            found_primary = primary
                            found_points = points
                    if found < 0:
                        continue
                    at = local_at[slot]
                    tie = _tie(found_points, need_row[at])
                    least = found_group * top
                    spot = least + full[found_group]
                    if full[found_group] == top:
                        spot -= 1
                        if found_primary < best_primary[spot] or (
                            found_primary == best_primary[spot] and tie < best_tie[spot]
                        ):
                            continue
                    else:
                        full[found_group] += 1
                    while spot > least and (
                        found_primary > best_primary[spot - 1]
                        or (found_primary == best_primary[spot - 1] and tie > best_tie[spot - 1])
                    ):
                        best_primary[spot] = best_primary[spot - 1]
                        best_tie[spot] = best_tie[spot - 1]
                        best_pair[spot] = best_pair[spot - 1]
                        spot -= 1
                    best_primary[spot] = found_primary
                    best_tie[spot] = tie
                    best_pair[spot] = (found << 32) | at
                link = end
            for group in range(kept.shape[1]):
                kept_count[row - start_row, group] = full[group]
                for spot in range(full[group]):
                    pair = best_pair[group * top + spot]
                    kept[row - start_row, group, spot] = pair & 0x7FFF_FFFF
                    kept_link[row - start_row, group, spot] = pair >> 32


@_compiled
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
                distance = _distance_m(dx * dx + dy * dy + dz * dz)
                in_common = _MONTHS[months & need_months[at]]
                given_share = _SHARE[in_common, _MONTHS[months]]
                season = _SHARE[in_common, _MONTHS[need_months[at]]]
                needed = need_quantity[at]
                quantity = _moved(offered, needed, ratio[link], given_share, season)
                covered = _coverage(offered, needed, ratio[link], given_share, season)
                need = need_row[at]
                quality = -1
                if stated < stated_end:
                    quality = _quality(
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
                whole[4, result] = _score(
                    evidence[link], _nearness(distance), covered, season, quality
                )
                whole[5, result] = distance
                whole[6, result] = covered
                whole[7, result] = quality
                whole[8, result] = in_common
                real[0, result] = quantity
                real[1, result] = _yearly(quantity, gain[link], haul[link], road_km)
                real[2, result] = _yearly(quantity, co2_gain[link], co2_haul[link], road_km)
                result += 1
