"""What a park's exchanges say for the report of a year: Art 37.2.b and forms A.4 III, B.4 IV.

Pure: the histories come in, figures with their reasons come out. Nothing unknown is counted as
no: what cannot be told is an "at least" with what is missing named beside it (H1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.stages import (
    RUNNING,
    Reached,
    began_on,
    ran_during,
    stage_on,
)

KINDS = ("a", "b", "c", "d", "e")


@dataclass(frozen=True, slots=True)
class Part:
    """A party of an exchange. ``enterprise`` is its code, "" for one named only in words."""

    number: int
    enterprise: str
    in_park: bool
    joined: dt.date | None
    left: dt.date | None

    def takes_part_on(self, day: dt.date) -> bool:
        """Say whether the party takes part on *day*; without a day of joining it is not told."""
        return (
            self.joined is not None
            and self.joined <= day
            and (self.left is None or self.left > day)
        )


@dataclass(frozen=True, slots=True)
class Carried:
    """An exchange as it was carried: its standing path, its parties, its results of the year.

    ``results`` party number -> metric -> number; a party without an entry said nothing.
    """

    number: int
    title: Text
    kind: str
    path: tuple[Reached, ...]
    parts: tuple[Part, ...]
    results: Mapping[int, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for the report: ``value`` None when it cannot be told at all.

    ``at_least`` says that more may be true: ``missing`` counts what nobody said. ``exchanges``
    are the numbers of the exchanges it rests on.
    """

    value: float | str | bool | None
    at_least: bool = False
    missing: int = 0
    exchanges: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Yearly:
    """Item code -> figure, of the park (``park``) and of each enterprise (``enterprises``)."""

    park: Mapping[str, Figure]
    enterprises: Mapping[str, Mapping[str, Figure]]
    undated: tuple[int, ...]  # exchanges that run with a party whose day of joining is missing
    silent: tuple[tuple[int, int], ...]  # (exchange, party) that owe results of the year
    iso_unknown: tuple[str, ...]  # enterprises in an exchange that said too little of their ISO


def figures_of_year(
    exchanges: Iterable[Carried],
    year: int,
    *,
    iso: Mapping[str, bool | None],
    metrics: Iterable[str],
) -> Yearly:
    """Return what *exchanges* say of *year*: states as of 31 December, flows over the year.

    Parameters
    ----------
    iso : enterprise code -> has both management systems under ISO; None or absent: not said.
    metrics : result metrics of the forms, without their prefix (``water_saved_m3`` …).
    """
    last = dt.date(year, 12, 31)
    all_ = sorted(exchanges, key=lambda one: one.number)
    running = [one for one in all_ if stage_on(one.path, last) in RUNNING]
    members = _members(running, last)
    undated = tuple(one.number for one in running if any(part.joined is None for part in one.parts))
    numbers = tuple(one.number for one in running)
    uncertain = bool(undated)
    park: dict[str, Figure] = {
        "symbiosis_count": Figure(len(running), exchanges=numbers),
        "symbiosis_participants": Figure(
            len(members), uncertain, len(undated), _sorted(members.values())
        ),
        "symbiosis_participants_iso": _iso(members, iso, uncertain),
        "symbiosis_new_participants": _newcomers(all_, members, year, uncertain),
    }
    for kind in KINDS:
        own = tuple(one.number for one in running if one.kind == kind)
        park[f"symbiosis_type_{kind}"] = Figure(len(own), exchanges=own)
    agreed = tuple(one.number for one in all_ if stage_on(one.path, last) == "agreement")
    park["symbiosis_planned"] = Figure(len(agreed), exchanges=agreed)
    park["symbiosis_partners"] = _reach(running, last)
    flowing = [one for one in all_ if ran_during(one.path, dt.date(year, 1, 1), last)]
    silent = tuple(
        (one.number, part.number)
        for one in flowing
        for part in one.parts
        if part.enterprise and part.in_park and part.number not in one.results
    )
    wanted = tuple(metrics)
    for metric in wanted:
        said = _sum(flowing, metric, {part.number for one in flowing for part in one.parts})
        if said is not None:
            value, of = said
            park[f"symbiosis_{metric}"] = Figure(value, bool(silent), len(silent), of)
    return Yearly(
        park,
        _each_enterprise(all_, running, flowing, members, wanted, silent, last),
        undated,
        silent,
        tuple(sorted(code for code in members if iso.get(code) is None)),
    )


def _members(running: Iterable[Carried], day: dt.date) -> dict[str, tuple[int, ...]]:
    """Return the enterprises of the park in an exchange that runs, with its numbers."""
    found: dict[str, set[int]] = {}
    for one in running:
        for part in one.parts:
            if part.enterprise and part.in_park and part.takes_part_on(day):
                found.setdefault(part.enterprise, set()).add(one.number)
    return {code: tuple(sorted(numbers)) for code, numbers in sorted(found.items())}


def _iso(
    members: Mapping[str, tuple[int, ...]], iso: Mapping[str, bool | None], uncertain: bool
) -> Figure:
    yes = [code for code in members if iso.get(code)]
    unknown = sum(iso.get(code) is None for code in members)
    return Figure(
        len(yes), uncertain or bool(unknown), unknown, _sorted(members[code] for code in yes)
    )


def _newcomers(
    exchanges: Iterable[Carried],
    members: Mapping[str, tuple[int, ...]],
    year: int,
    uncertain: bool,
) -> Figure:
    first: dict[str, dt.date] = {}
    for one in exchanges:
        began = began_on(one.path)
        for part in one.parts:
            if part.enterprise and part.in_park and part.joined is not None and began is not None:
                since = max(part.joined, began)
                if part.left is None or part.left > since:
                    first[part.enterprise] = min(since, first.get(part.enterprise, since))
    new = [code for code, since in first.items() if since.year == year]
    return Figure(len(new), uncertain, 0, _sorted(members.get(code, ()) for code in new))


def _reach(running: Iterable[Carried], day: dt.date) -> Figure:
    """Return the widest reach; a party named only in words may be anybody, so it is not told."""
    here = [(one, part) for one in running for part in one.parts if part.takes_part_on(day)]
    outside = {one.number for one, part in here if part.enterprise and not part.in_park}
    words = {one.number for one, part in here if not part.enterprise}
    if not here:
        return Figure(None)
    if words:
        return Figure(None, missing=len(words), exchanges=tuple(sorted(words)))
    if outside:
        return Figure("other_parks", exchanges=tuple(sorted(outside)))
    return Figure("same_park", exchanges=_sorted((one.number,) for one, _part in here))


def _sum(
    flowing: Iterable[Carried], metric: str, parts: set[int]
) -> tuple[float, tuple[int, ...]] | None:
    """Return the sum of what *parts* said of *metric*; None when nobody said anything."""
    said = [
        (values[metric], one.number)
        for one in flowing
        for number, values in one.results.items()
        if metric in values and number in parts
    ]
    if not said:
        return None
    # The same sum in any order of the exchanges.
    return float(f"{sum(sorted(value for value, _ in said)):.12g}"), _sorted(
        (number,) for _, number in said
    )


def _each_enterprise(
    all_: Iterable[Carried],
    running: Iterable[Carried],
    flowing: Iterable[Carried],
    members: Mapping[str, tuple[int, ...]],
    metrics: tuple[str, ...],
    silent: tuple[tuple[int, int], ...],
    last: dt.date,
) -> dict[str, dict[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {}
    kinds = {one.number: one.kind for one in running}
    for code, numbers in members.items():
        row = {
            "in_symbiosis": Figure(True, exchanges=numbers),
            "symbioses": Figure(len(numbers), exchanges=numbers),
        }
        for kind in sorted({kinds[number] for number in numbers}):
            own = tuple(number for number in numbers if kinds[number] == kind)
            row[f"in_symbiosis_type_{kind}"] = Figure(True, exchanges=own)
        found[code] = row
    # Who took part once and takes part in nothing now; who never did is not spoken of: it may
    # be in an exchange nobody entered here.
    for one in all_:
        began = began_on(one.path)
        for part in one.parts:
            took = part.joined is not None and began is not None and began <= last
            undated = any(
                other.joined is None and other.enterprise == part.enterprise
                for each in running
                for other in each.parts
            )
            if part.enterprise and part.in_park and took and not undated:
                if part.joined is not None and part.joined > last:
                    continue
                found.setdefault(
                    part.enterprise, {"in_symbiosis": Figure(False, exchanges=(one.number,))}
                )
    of_part = {
        part.number: part.enterprise
        for one in flowing
        for part in one.parts
        if part.enterprise and part.in_park
    }
    owing = {of_part[part] for _, part in silent if part in of_part}
    for code in sorted(set(of_part.values())):
        own_parts = {number for number, owner in of_part.items() if owner == code}
        for metric in metrics:
            said = _sum(flowing, metric, own_parts)
            if said is not None:
                figure = Figure(said[0], code in owing, int(code in owing), said[1])
                found.setdefault(code, {})[f"exchange_{metric}"] = figure
    return dict(sorted(found.items()))


def _sorted(groups: Iterable[Iterable[int]]) -> tuple[int, ...]:
    return tuple(sorted({number for group in groups for number in group}))
