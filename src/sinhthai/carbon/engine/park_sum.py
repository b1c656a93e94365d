"""What a park emits: its own operation and its enterprises, from locked inventories or drafts.

The parts come with the factors they were computed with, so that a locked inventory adds what was
published; the warming potentials are those of one set for the whole sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.carbon.engine.columns import Coefficients, coefficients, sum_lines
from sinhthai.carbon.engine.emission import Emission
from sinhthai.carbon.engine.inventory import Keyed, quantities_of
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.engine.montecarlo import Drawn, simulate
from sinhthai.carbon.engine.parks import split_park
from sinhthai.carbon.engine.records import Pinned
from sinhthai.factors.model import GwpSet


@dataclass(frozen=True, slots=True)
class Part:
    """A sum [t CO2e] of what is known, half of its 95 % interval, and the lines not known."""

    known: float
    half_width: float
    unknown: tuple[tuple[str, str], ...]
    """Subject and line."""

    @property
    def total(self) -> float | None:
        """The sum; None where some part is unknown."""
        return None if self.unknown else self.known


@dataclass(frozen=True, slots=True)
class ParkSum:
    """Scopes 1 and 2 of a park in a year, nothing counted twice."""

    by_scope: Mapping[int, Part]
    by_subject: Mapping[str, Part]
    """What each adds to the sum: without what it bought from the park itself."""
    whole: Part
    inside: tuple[Activity, ...]
    """Bought from the park, whose own inventory holds the emission."""
    unmatched: tuple[Activity, ...]
    """Bought from the park, which reports nothing of that year: counted at the buyer."""
    drawn: Drawn | None
    """Monte Carlo of the known part; None where it was not asked for."""


def keyed_of(pinned: Sequence[Pinned]) -> Keyed:
    """Return the activities of *pinned* with what a unit of each emitted, as it was computed."""
    activities: list[Activity] = []
    keys: list[tuple[Emission, ...]] = []
    for one in pinned:
        by_line: dict[tuple[str, int, str], list[Emission]] = {}
        for line in one.inventory.lines:
            by_line.setdefault((line.subject, line.year, line.line), []).append(
                Emission(
                    line.gas,
                    line.slope,
                    tuple(one.factors[id] for id in line.factors),
                    line.formula,
                    line.offset_t,
                    line.is_biogenic,
                    line.flags,
                )
            )
        for activity in one.activities:
            emissions = by_line.get((activity.subject, activity.year, activity.line))
            if emissions is not None:
                activities.append(activity)
                keys.append(tuple(emissions))
    return Keyed(tuple(activities), tuple(keys), tuple(range(len(keys))))


def sum_groups(keyed: Keyed, groups: Sequence[int], count: int, gwp: GwpSet) -> list[Part]:
    """Return the sum of each group; ``groups`` (n,) names that of each activity."""
    order = sorted(range(len(groups)), key=lambda i: groups[i])
    quantity, half = quantities_of(keyed)
    key = np.array(keyed.key, dtype=np.int32)
    at = np.array(groups, dtype=np.int32)
    known = coefficients(keyed.keys, gwp)
    sums = sum_lines(quantity[order], key[order], at[order], half[order], count, known)
    unknown: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for i in np.flatnonzero(np.isnan(quantity)).tolist():
        activity = keyed.activities[i]
        unknown[groups[i]].append((activity.subject, activity.line))
    return [
        Part(float(sums.known[g]), float(sums.half_width[g]), tuple(unknown[g]))
        for g in range(count)
    ]


def join(many: Sequence[Keyed]) -> Keyed:
    """Return several keyed lists as one."""
    activities: list[Activity] = []
    keys: list[tuple[Emission, ...]] = []
    key: list[int] = []
    for one in many:
        key += [index + len(keys) for index in one.key]
        activities += one.activities
        keys += one.keys
    return Keyed(tuple(activities), tuple(keys), tuple(key))


def sum_park(
    keyed: Keyed,
    park: str,
    year: int,
    gwp: GwpSet,
    *,
    refused: Sequence[tuple[str, str, int]] = (),
    draws: int = 0,
    seed: int = 1,
) -> ParkSum:
    """Return the sum of *park* in *year* over all that is *keyed*, of any years and scopes.

    Parameters
    ----------
    refused : subject, line and scope of what could not be computed: unknown in every sum.
    draws, seed : of the Monte Carlo; 0 draws: none.
    """
    reporting = {a.year for a in keyed.activities if a.subject == park}
    split = split_park(keyed.activities, park, reporting)
    counted = {id(activity) for activity in split.counted}
    kept = [
        i
        for i, activity in enumerate(keyed.activities)
        if id(activity) in counted and activity.year == year and activity.scope in (1, 2)
    ]
    chosen = Keyed(
        tuple(keyed.activities[i] for i in kept),
        keyed.keys,
        tuple(keyed.key[i] for i in kept),
    )
    subjects = sorted({a.subject for a in chosen.activities} | {r[0] for r in refused})
    place = {code: i for i, code in enumerate(subjects)}
    lost = [(code, line, scope) for code, line, scope in refused if scope in (1, 2)]
    by_subject = sum_groups(
        chosen, [place[a.subject] for a in chosen.activities], len(subjects), gwp
    )
    by_scope = sum_groups(chosen, [a.scope - 1 for a in chosen.activities], 2, gwp)
    [whole] = sum_groups(chosen, [0] * len(kept), 1, gwp)
    return ParkSum(
        {
            scope: _with_lost(by_scope[scope - 1], [r[:2] for r in lost if r[2] == scope])
            for scope in (1, 2)
        },
        {
            code: _with_lost(by_subject[i], [r[:2] for r in lost if r[0] == code])
            for code, i in place.items()
        },
        _with_lost(whole, [r[:2] for r in lost]),
        tuple(a for a in split.inside if a.year == year),
        tuple(a for a in split.unmatched if a.year == year),
        _draw(chosen, coefficients(chosen.keys, gwp), draws, seed) if draws and kept else None,
    )


def _with_lost(part: Part, lost: Sequence[tuple[str, str]]) -> Part:
    return Part(part.known, part.half_width, (*part.unknown, *lost)) if lost else part


def _draw(keyed: Keyed, known: Coefficients, draws: int, seed: int) -> Drawn:
    quantity, half = quantities_of(keyed)
    key = np.array(keyed.key, dtype=np.int32)
    group = np.zeros(len(keyed.key), dtype=np.int32)
    return simulate(quantity, key, group, half, 1, known, draws=draws, seed=seed)


def lines_apart(pinned: Pinned, gwp: GwpSet) -> dict[str, Part]:
    """Return the sum of the gases of each line, by line: what a table shows beside it."""
    keyed = keyed_of([pinned])
    parts = sum_groups(keyed, list(range(len(keyed.key))), len(keyed.key), gwp)
    return {activity.line: part for activity, part in zip(keyed.activities, parts, strict=True)}
