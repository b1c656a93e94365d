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
from typing import Any, NamedTuple, TypeVar

import numba
import numpy as np

from sinhthai.symbiosis.engine.matching import score as formula

Array = Any
F = TypeVar("F", bound=Callable[..., Any])


def _compiled(function: F) -> F:
    try:
        return numba.njit(cache=True, nogil=True)(function)  # type: ignore[no-any-return]
    except RuntimeError:  # no folder to keep machine code in
        return numba.njit(nogil=True)(function)  # type: ignore[no-any-return]


_distance_m = numba.njit(formula.distance_m)
_nearness = numba.njit(formula.nearness)
_credit = numba.njit(formula.credit)
_moved = numba.njit(formula.moved)
_coverage = numba.njit(formula.coverage)
_score = numba.njit(formula.score)
_yearly = numba.njit(formula.yearly)
_UNKNOWN = formula.UNKNOWN_QUALITY
_MONTHS = np.array([bin(months).count("1") for months in range(1 << 12)], np.int64)

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
def _quality(offer: int, need: int, given: Qualities, asked: Qualities) -> int:
    """Return the mean credit of the parameters both state [millionths]; -1 when there are none."""
    i, i_end = given.start[offer], given.start[offer + 1]
    j, j_end = asked.start[need], asked.start[need + 1]
    total = 0
    count = 0
    while i < i_end and j < j_end:
        if given.parameter[i] < asked.parameter[j]:
            i += 1
        elif given.parameter[i] > asked.parameter[j]:
            j += 1
        else:
            total += _credit(given.low[i], given.high[i], asked.low[j], asked.high[j])
            count += 1
            i += 1
            j += 1
    if count == 0:
        return -1
    return int(math.floor(total / count + 0.5))


@_compiled
def _rated(
    row: int,
    at: int,
    link: int,
    distance: int,
    near: float,
    offers: Offers,
    needs: Needs,
    links: Links,
    given: Qualities,
    asked: Qualities,
    detour: float,
) -> tuple[int, int, int, int, float, float, float]:
    """Return score, coverage, quality, months in common, quantity, value and CO2 of a pair."""
    offer_months = offers.months[row]
    need_months = needs.months[at]
    both = _MONTHS[offer_months & need_months]
    needed = needs.quantity[at]
    ratio = links.ratio[link]
    quantity = _moved(
        offers.quantity[row], needed, ratio, both, _MONTHS[offer_months], _MONTHS[need_months]
    )
    covered = _coverage(quantity, ratio, needed)
    quality = _quality(row, needs.row[at], given, asked)
    share = _UNKNOWN if quality < 0 else quality / 1e6
    points = _score(links.evidence[link], near, covered, both / _MONTHS[need_months], share)
    road_km = distance * detour / 1000.0
    value = _yearly(quantity, links.gain[link], links.haul[link], road_km)
    co2 = _yearly(quantity, links.co2[link], links.haul_co2[link], road_km)
    return points, covered, quality, both, quantity, value, co2


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
    keys = 0
    for link in range(len(links.need_key)):
        keys = max(keys, links.need_key[link] + 1)
    begin = np.zeros(keys, np.int32)
    count = np.zeros(keys, np.int32)
    touched = np.empty(min(most, keys), np.int32)
    local_at = np.empty(most, np.int32)
    local_place = np.empty(most, np.int32)
    seen = np.full(most_places, -1, np.int32)  # the offer place the next three hold for
    chord2 = np.empty(most_places, np.int64)
    metres = np.empty(most_places, np.int64)
    nearness = np.empty(most_places, np.float64)
    top = wish.top
    best_primary = np.empty((2, top), np.float64)
    best_score = np.empty((2, top), np.int64)
    best_at = np.empty((2, top), np.int32)
    best_link = np.empty((2, top), np.int32)
    full = np.zeros(2, np.int64)
    groups = kept.shape[1]

    cell = -1
    distinct = 0
    for job in range(len(jobs)):
        if jobs[job, 0] != cell:
            for t in range(distinct):
                count[touched[t]] = 0
            cell = jobs[job, 0]
            distinct = 0
            for r in range(around.start[cell], around.start[cell + 1]):
                for at in range(needs.first[around.low[r]], needs.first[around.high[r]]):
                    key = needs.key[at]
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
            for r in range(around.start[cell], around.start[cell + 1]):
                for at in range(needs.first[around.low[r]], needs.first[around.high[r]]):
                    key = needs.key[at]
                    slot = begin[key] + count[key]
                    local_at[slot] = at
                    local_place[slot] = needs.place[at] - around.low[r] + offset
                    count[key] += 1
                offset += around.high[r] - around.low[r]
            seen[:offset] = -1
        for index in range(jobs[job, 1], jobs[job, 2]):
            row = rows[index]
            place = offers.place[row]
            x, y, z = offers.x[place], offers.y[place], offers.z[place]
            owner = offers.owner[row]
            full[0] = 0
            full[1] = 0
            last = links.start[offers.key[row] + 1]
            link = links.start[offers.key[row]]
            while link < last:
                key = links.need_key[link]
                end = link + 1
                widest = links.chord2[link]
                while end < last and links.need_key[end] == key:
                    widest = max(widest, links.chord2[end])
                    end += 1
                alone = end == link + 1
                for slot in range(begin[key], begin[key] + count[key]):
                    at = local_at[slot]
                    there = local_place[slot]
                    if seen[there] != place:
                        seen[there] = place
                        dx = x - needs.x[needs.place[at]]
                        dy = y - needs.y[needs.place[at]]
                        dz = z - needs.z[needs.place[at]]
                        chord2[there] = dx * dx + dy * dy + dz * dz
                        metres[there] = -1
                    if chord2[there] > widest or needs.owner[at] == owner:
                        continue
                    if metres[there] < 0:
                        metres[there] = _distance_m(chord2[there])
                        nearness[there] = _nearness(metres[there])
                    distance = metres[there]
                    near = nearness[there]
                    found = -1
                    found_group = 1
                    found_primary = 0.0
                    found_score = 0
                    for one in range(link, end):
                        if distance > links.limit_m[one]:
                            continue
                        group = 1 if links.forbidden[one] else 0
                        if alone and full[group] == top:
                            # No part is above 1, so evidence and nearness bound the score.
                            if wish.order == 0:
                                bound = math.floor(1e6 * (links.evidence[one] * near) + 0.5)
                                if bound < best_score[group, top - 1]:
                                    continue
                            elif wish.order == 3 and -distance < best_primary[group, top - 1]:
                                continue
                        points, _, _, _, _, value, co2 = _rated(
                            row, at, one, distance, near, offers, needs, links, given, asked,
                            wish.detour,
                        )  # fmt: skip
                        primary = float(points)
                        if wish.order == 1:
                            primary = value
                        elif wish.order == 2:
                            primary = co2
                        elif wish.order == 3:
                            primary = -float(distance)
                        if found < 0 or (
                            group < found_group
                            or (
                                group == found_group
                                and (
                                    primary > found_primary
                                    or (primary == found_primary and points > found_score)
                                )
                            )
                        ):
                            found = one
                            found_group = group
                            found_primary = primary
                            found_score = points
                    if found < 0:
                        continue
                    # Insert behind everything better; ties go to the lower need row.
                    group = found_group
                    spot = full[group]
                    while spot > 0 and (
                        found_primary > best_primary[group, spot - 1]
                        or (
                            found_primary == best_primary[group, spot - 1]
                            and (
                                found_score > best_score[group, spot - 1]
                                or (
                                    found_score == best_score[group, spot - 1]
                                    and needs.row[at] < needs.row[best_at[group, spot - 1]]
                                )
                            )
                        )
                    ):
                        spot -= 1
                    if spot == top:
                        continue
                    if full[group] < top:
                        full[group] += 1
                    for shift in range(full[group] - 1, spot, -1):
                        best_primary[group, shift] = best_primary[group, shift - 1]
                        best_score[group, shift] = best_score[group, shift - 1]
                        best_at[group, shift] = best_at[group, shift - 1]
                        best_link[group, shift] = best_link[group, shift - 1]
                    best_primary[group, spot] = found_primary
                    best_score[group, spot] = found_score
                    best_at[group, spot] = at
                    best_link[group, spot] = found
                link = end
            for group in range(groups):
                kept_count[row - start_row, group] = full[group]
                for spot in range(full[group]):
                    kept[row - start_row, group, spot] = best_at[group, spot]
                    kept_link[row - start_row, group, spot] = best_link[group, spot]


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
    """Write the result's columns for the offers *first* up to *last* of a chunk.

    ``whole`` [9, result row]: offer, need, link, rank, score, distance, coverage, quality (-1:
    unknown), season; ``real`` [3, result row]: quantity, value, CO2.
    """
    for index in range(first, last):
        row = index + start_row
        at_result = begin[index]
        rank = 0
        place = offers.place[row]
        for group in range(kept.shape[1]):
            for spot in range(kept_count[index, group]):
                at = kept[index, group, spot]
                link = kept_link[index, group, spot]
                there = needs.place[at]
                dx = offers.x[place] - needs.x[there]
                dy = offers.y[place] - needs.y[there]
                dz = offers.z[place] - needs.z[there]
                distance = _distance_m(dx * dx + dy * dy + dz * dz)
                points, covered, quality, both, quantity, value, co2 = _rated(
                    row, at, link, distance, _nearness(distance), offers, needs, links, given,
                    asked, wish.detour,
                )  # fmt: skip
                rank += 1
                whole[0, at_result] = row
                whole[1, at_result] = needs.row[at]
                whole[2, at_result] = links.number[link]
                whole[3, at_result] = rank
                whole[4, at_result] = points
                whole[5, at_result] = distance
                whole[6, at_result] = covered
                whole[7, at_result] = quality
                whole[8, at_result] = both
                real[0, at_result] = quantity
                real[1, at_result] = value
                real[2, at_result] = co2
                at_result += 1
