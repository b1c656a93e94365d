"""Exchanges as flows, links and points: what the Sankey, the graph and the map draw.

Each picture has a table of the same rows; material, water and energy are never mixed in one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.engine.earth import RADIUS_M
from sinhthai.symbiosis.engine.stages import OPEN, RUNNING
from sinhthai.symbiosis.engine.streams import UNITS
from sinhthai.symbiosis.readers.exchanges import ExchangeRow, Party
from sinhthai.symbiosis.wording import STAGE_NAMES, STAGE_SIGNS, name_of, short_name

SHOWN = {"running": RUNNING, "planned": OPEN[1:]}
"""What a Sankey may show: what runs, or what is on its way; never both in one picture."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What one exchange moves from givers to takers in a year, in ``unit``."""

    number: int
    title: Text
    giver: Text
    material: Text
    taker: Text
    quantity: float | None
    unit: str
    stage: str


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two parties of an exchange."""

    number: int
    title: Text
    start: Party
    end: Party
    stage: str


@dataclass(frozen=True, slots=True)
class Point:
    """A place of the map: metres east and north of the park's middle; None: not known."""

    enterprise: Enterprise
    east: float | None
    north: float | None
    exchanges: int


def flows(rows: Iterable[ExchangeRow], *, unit: str, show: str) -> list[Flow]:
    """Return what moves in *unit*, largest first; a quantity not stated is last and not drawn."""
    found = [
        Flow(
            row.exchange.pk,
            row.title,
            _names(row.of_role("giver", "sharer")),
            row.material,
            _names(row.of_role("taker", "treater")),
            row.exchange.quantity,
            unit,
            row.exchange.stage,
        )
        for row in rows
        if row.exchange.unit == unit and row.exchange.stage in SHOWN[show]
    ]
    return sorted(found, key=lambda flow: (-(flow.quantity or 0), flow.number))


def units_of(rows: Iterable[ExchangeRow], *, show: str) -> list[str]:
    """Return the units that something moves in, in their usual order."""
    present = {row.exchange.unit for row in rows if row.exchange.stage in SHOWN[show]}
    return [unit for unit in UNITS if unit in present]


def links(rows: Iterable[ExchangeRow]) -> list[Link]:
    """Return the lines between the parties of open and running exchanges."""
    found = []
    for row in rows:
        if row.exchange.stage not in (*OPEN, *RUNNING):
            continue
        starts = row.of_role("giver")
        ends = row.of_role("taker", "treater")
        sharers = row.of_role("sharer")
        pairs = [(start, end) for start in starts for end in ends]
        pairs += [(sharers[0], other) for other in sharers[1:]] if sharers else []
        found += [
            Link(row.exchange.pk, row.title, start, end, row.exchange.stage) for start, end in pairs
        ]
    return found


def points(park: Park, enterprises: Iterable[Enterprise], lines: Sequence[Link]) -> list[Point]:
    """Return the enterprises of *park* and their partners on a plane around the park's middle."""
    known = {enterprise.pk: enterprise for enterprise in enterprises}
    numbers: dict[int, set[int]] = {}
    for line in lines:
        for party in (line.start, line.end):
            if party.enterprise is not None:
                known.setdefault(party.enterprise.pk, party.enterprise)
                numbers.setdefault(party.enterprise.pk, set()).add(line.number)
    middle = _middle(park, known.values())
    placed = []
    for enterprise in known.values():
        east, north = _plane(enterprise, middle)
        placed.append(Point(enterprise, east, north, len(numbers.get(enterprise.pk, ()))))
    return sorted(placed, key=lambda point: (-point.exchanges, point.enterprise.name_vi))


def sankey_data(found: Sequence[Flow], language: str) -> dict[str, Any]:
    """Return giver -> material -> taker for ECharts; three layers, so nothing runs in a circle."""
    nodes: dict[str, dict[str, Any]] = {}
    lines: dict[tuple[str, str], float] = {}
    for flow in found:
        if not flow.quantity or flow.quantity <= 0:
            continue
        sides = (flow.giver, flow.material, flow.taker)
        names = [side.get(language) or "?" for side in sides]
        keys = [f"{layer}:{name}" for layer, name in enumerate(names)]
        for layer, (key, name) in enumerate(zip(keys, names, strict=True)):
            nodes.setdefault(key, {"name": key, "label": short_name(name), "depth": layer})
        for pair in ((keys[0], keys[1]), (keys[1], keys[2])):
            lines[pair] = lines.get(pair, 0.0) + flow.quantity
    return {
        "nodes": list(nodes.values()),
        "links": [
            {"source": start, "target": end, "value": value}
            for (start, end), value in lines.items()
        ],
    }


def graph_data(lines: Sequence[Link], language: str) -> dict[str, Any]:
    """Return parties and their links for ECharts; the stage is a sign and a line, not a colour."""
    nodes: dict[str, dict[str, Any]] = {}
    for line in lines:
        for party in (line.start, line.end):
            node = nodes.setdefault(
                _id(party),
                {
                    "id": _id(party),
                    "name": party.name.get(language),
                    "label": short_name(party.name.get(language)),
                    "kind": "own" if party.in_park else "other" if party.enterprise else "words",
                    "links": 0,
                },
            )
            node["links"] += 1
    return {
        "nodes": list(nodes.values()),
        "links": [
            {
                "source": _id(line.start),
                "target": _id(line.end),
                "title": line.title.get(language),
                "number": line.number,
                "stage": STAGE_NAMES[line.stage].get(language),
                "sign": STAGE_SIGNS[line.stage],
                "runs": line.stage in RUNNING,
            }
            for line in lines
        ],
    }


def map_data(placed: Sequence[Point], lines: Sequence[Link], language: str) -> dict[str, Any]:
    """Return points in metres and the lines between them, for those whose place is known."""
    where = {p.enterprise.pk: (p.east, p.north) for p in placed if p.east is not None}
    return {
        "points": [
            {
                "name": name_of(point.enterprise).get(language),
                "code": point.enterprise.code,
                "at": [point.east, point.north],
                "exchanges": point.exchanges,
            }
            for point in placed
            if point.east is not None
        ],
        "lines": [
            {
                "from": where[line.start.enterprise.pk],
                "to": where[line.end.enterprise.pk],
                "title": line.title.get(language),
                "number": line.number,
                "stage": STAGE_NAMES[line.stage].get(language),
                "runs": line.stage in RUNNING,
            }
            for line in lines
            if line.start.enterprise is not None
            and line.end.enterprise is not None
            and line.start.enterprise.pk in where
            and line.end.enterprise.pk in where
        ],
    }


def _names(parties: Sequence[Party]) -> Text:
    vi = " + ".join(party.name.vi for party in parties)
    return Text(vi, " + ".join(party.name.en for party in parties))


def _id(party: Party) -> str:
    return party.enterprise.code if party.enterprise else f"words:{party.name.vi}"


def _middle(park: Park, enterprises: Iterable[Enterprise]) -> tuple[float, float] | None:
    if park.lat is not None and park.lon is not None:
        return park.lat, park.lon
    known = [(e.lat, e.lon) for e in enterprises if e.lat is not None and e.lon is not None]
    if not known:
        return None
    return sum(lat for lat, _ in known) / len(known), sum(lon for _, lon in known) / len(known)


def _plane(
    enterprise: Enterprise, middle: tuple[float, float] | None
) -> tuple[float | None, float | None]:
    if middle is None or enterprise.lat is None or enterprise.lon is None:
        return None, None
    north = math.radians(enterprise.lat - middle[0]) * RADIUS_M
    east = math.radians(enterprise.lon - middle[1]) * RADIUS_M * math.cos(math.radians(middle[0]))
    return round(east), round(north)
