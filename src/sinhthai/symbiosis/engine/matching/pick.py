"""The first pass: the best partners of every offer, without a list of all pairs.

For one cell of offers the needs around it are gathered once and laid out key by key; then every
offer visits, link by link, one run of needs.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sinhthai.symbiosis.engine.matching.kernel import (
    BY_CO2,
    BY_DISTANCE,
    BY_SCORE,
    BY_VALUE,
    MONTHS,
    SHARE,
    UNKNOWN_FIT,
    Links,
    Near,
    Needs,
    Offers,
    Qualities,
    Wish,
    compiled,
    coverage,
    mean_credit,
    metres_apart,
    moved,
    nearness_of,
    score,
    tie_breaker,
    yearly,
)

Array = Any


@compiled
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


@compiled
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
    # Unsigned: an index that cannot be negative is not looked at twice.
    begin = np.zeros(keys, np.uint32)
    count = np.zeros(keys, np.uint32)
    touched = np.empty(min(most, keys), np.int32)
    local_at = np.empty(most, np.uint32)
    local_place = np.empty(most, np.uint32)
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
            offer_months = MONTHS[months]
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
                        metres[there] = metres_apart(chord2[there])
                        nearness[there] = nearness_of(metres[there])
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
                            fit = UNKNOWN_FIT if stated == stated_end else 1.0
                            bound = math.floor(1e6 * (evidence[one] * near * fit) + 0.5)
                            if order == BY_SCORE and bound < best_primary[worst]:
                                continue
                            if order == BY_DISTANCE and -distance < best_primary[worst]:
                                continue
                        in_common = MONTHS[months & local_months[slot]]
                        given_share = SHARE[in_common, offer_months]
                        season = SHARE[in_common, MONTHS[local_months[slot]]]
                        needed = local_quantity[slot]
                        covered = coverage(offered, needed, ratio[one], given_share, season)
                        quality = -1
                        if stated < stated_end:
                            need = need_row[local_at[slot]]
                            quality = mean_credit(
                                stated, stated_end, asked_start[need], asked_start[need + 1],
                                given_parameter, given_low, given_high,
                                asked_parameter, asked_low, asked_high,
                            )  # fmt: skip
                        points = score(evidence[one], near, covered, season, quality)
                        primary = float(points)
                        if order in (BY_VALUE, BY_CO2):
                            quantity = moved(offered, needed, ratio[one], given_share, season)
                            road_km = distance * detour / 1000.0
                            if order == BY_VALUE:
                                primary = yearly(quantity, gain[one], haul[one], road_km)
                            else:
                                primary = yearly(quantity, co2_gain[one], co2_haul[one], road_km)
                        elif order == BY_DISTANCE:
                            primary = -float(distance)
                        ahead = found < 0 or group < found_group
                        if not ahead and group == found_group:
                            ahead = primary > found_primary or (
                                primary == found_primary
                                and tie_breaker(points, one) > tie_breaker(found_points, found)
                            )
                        if ahead:
                            found = one
                            found_group = group
                            found_primary = primary
                            found_points = points
                    if found < 0:
                        continue
                    at = local_at[slot]
                    tie = tie_breaker(found_points, need_row[at])
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
