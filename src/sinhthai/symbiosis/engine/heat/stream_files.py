"""Read heat streams, utilities and places from a list in CSV or a workbook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.heat.messages import problem
from sinhthai.symbiosis.engine.heat.places import PlantPlace
from sinhthai.symbiosis.engine.heat.streams import ABSOLUTE_ZERO, HeatStream
from sinhthai.symbiosis.engine.heat.utility import Utility, UtilityKind
from sinhthai.symbiosis.engine.heat.words import (
    BOTH,
    COLD,
    HOT,
    PLACES,
    SHEETS,
    STREAMS,
    UTILITIES,
)
from sinhthai.symbiosis.engine.lists import (
    Grid,
    Row,
    find_heading,
    raise_errors,
    read_grids,
    rows_below,
)

MOST_DIFFERENCE = 500.0
_HOTTEST = 4000.0  # °C; an electric arc is hotter, no stream is
_AGREES = 1e-3  # share by which a stated duty may differ from CP · ΔT, for rounding on paper
_KIND = {True: Text("nóng", "hot"), False: Text("lạnh", "cold")}


@dataclass(frozen=True, slots=True)
class HeatFile:
    """What a file of heat streams holds, and what was left out of it."""

    streams: tuple[HeatStream, ...]
    utilities: tuple[Utility, ...] = ()
    places: tuple[PlantPlace, ...] = ()
    warnings: tuple[Problem, ...] = ()


def read_heat(file: str, data: bytes, *, least: float) -> HeatFile:
    """Return the streams of *data*, and the utilities and places of a workbook's other sheets.

    Parameters
    ----------
    file : its name, for messages.
    data : a CSV (UTF-8; comma, semicolon or tab), or a workbook.
    least : least temperature difference ΔTmin [K]; half of it is the contribution of every
        stream whose row gives none of its own.

    Raises
    ------
    InputError : every problem of the file, each with its cell or line and its cure.

    >>> read_heat("h.csv", b"Name,Supply (K),Target (degC),CP\\nH1,443.15,60,3\\n", least=10)
    ... # doctest: +ELLIPSIS
    HeatFile(streams=(HeatStream(name='H1', supply=170.0, target=60.0, duty=330.0, is_hot=True...
    """
    if not 0 < least < MOST_DIFFERENCE:
        raise InputError([problem("difference_out_of_range", Place("--dtmin"), value=f"{least:g}")])
    grids = read_grids(file, data)
    problems: list[Problem] = []
    utilities: tuple[Utility, ...] = ()
    places: tuple[PlantPlace, ...] = ()
    lists: list[Grid] = []
    for grid in grids:
        name = fold(grid.sheet)
        if name in SHEETS["utilities"]:
            utilities = _utilities(grid, least / 2.0, problems)
        elif name in SHEETS["places"]:
            places = _places(grid, problems)
        else:
            lists.append(grid)
    streams = _streams(lists, file, least / 2.0, problems)
    if places:
        known = {place.zone for place in places}
        problems += [
            problem("place_unknown", Place(file), name=zone)
            for zone in dict.fromkeys(stream.zone for stream in streams)
            if zone not in known
        ]
    return HeatFile(streams, utilities, places, raise_errors(problems))


def read_utilities(file: str, data: bytes, *, least: float) -> tuple[Utility, ...]:
    """Return the utilities of a file of their own; *least* as for ``read_heat``.

    Raises
    ------
    InputError : every problem of the file.
    """
    problems: list[Problem] = []
    utilities = _utilities(read_grids(file, data)[0], least / 2.0, problems)
    raise_errors(problems)
    return utilities


def _streams(
    grids: Sequence[Grid], file: str, half: float, problems: list[Problem]
) -> tuple[HeatStream, ...]:
    read = 0
    streams: dict[HeatStream, None] = {}  # a dictionary keeps the order and finds a double at once
    for grid in grids:
        heading = find_heading(grid, STREAMS, ("supply", "target"), problems)
        if heading is None:
            continue
        read += 1
        for row in rows_below(grid, heading, STREAMS, problems):
            stream = _stream(row, half, len(streams) + 1)
            if stream is not None and stream in streams:
                row.add("named_twice", "name", name=stream.name, zone=stream.zone or file)
            elif stream is not None:
                streams[stream] = None
    if not read:
        problems.append(problem("no_headings", Place(file)))
    elif not streams and not any(one.severity == "error" for one in problems):
        problems.append(problem("no_streams", Place(file)))
    return tuple(streams)


def _stream(row: Row, half: float, number: int) -> HeatStream | None:
    before = len(row.problems)
    name = row.text("name") or f"{number}"
    supply, target = _temperature(row, "supply"), _temperature(row, "target")
    part = row.number("contribution")
    if part is not None and part < 0:
        row.add("negative", "contribution", value=f"{part:g}")
    hot = _kind(row, name, supply, target)
    duty = _duty(row, name, abs(supply - target))
    if len(row.problems) > before or hot is None or duty is None:
        return None
    own = half if part is None else part
    return HeatStream(name, supply, target, duty, hot, own, row.text("zone"))


def _temperature(row: Row, column: str) -> float:
    value = row.needed(column)
    if value < ABSOLUTE_ZERO:
        row.add("below_absolute_zero", column, value=_said(value))
    elif value > _HOTTEST:
        row.add("implausibly_hot", column, value=_said(value))
    else:
        return value
    return math.nan  # nothing more is said of a temperature that cannot be


def _kind(row: Row, name: str, supply: float, target: float) -> bool | None:
    written = row.text("kind")
    stated: bool | None = None
    if written:
        if fold(written) not in HOT | COLD:
            row.add(
                "kind_unknown", "kind", written=written, choices=Text("nóng, lạnh", "hot, cold")
            )
            return None
        stated = fold(written) in HOT
    if math.isnan(supply) or math.isnan(target):
        return None
    if supply == target:
        if stated is None:
            row.add("constant_without_kind", "kind", name=name)
        return stated
    if stated is not None and stated != (supply > target):
        row.add(
            "kind_against_temperatures",
            "kind",
            name=name,
            kind=_KIND[stated],
            supply=_said(supply),
            target=_said(target),
        )
    return supply > target


def _duty(row: Row, name: str, span: float) -> float | None:
    """Return the heat flow of a row by whichever of the three ways it is given."""
    given = {column: row.number(column) for column in ("capacity", "duty", "flow", "heat_capacity")}
    for column, value in given.items():
        if value is None or math.isnan(value):
            continue
        if value < 0:
            row.add("negative", column, value=f"{value:g}")
            return None
        if value == 0:
            row.add("zero_capacity", column, name=name)
            return None
    if any(value is not None and math.isnan(value) for value in given.values()):
        return None
    capacity, duty = given["capacity"], given["duty"]
    if capacity is None and given["flow"] is not None and given["heat_capacity"] is not None:
        capacity = given["flow"] * given["heat_capacity"]
    if duty is None and capacity is None:
        row.add("no_load", "duty", name=name)
        return None
    if math.isnan(span):
        return None
    if span == 0:
        if duty is None:
            row.add("constant_without_duty", "duty", name=name)
        return duty
    if capacity is None:
        return duty
    other = capacity * span
    if duty is None:
        return other
    if abs(other - duty) > _AGREES * max(other, duty):
        row.add("load_twice", "duty", name=name, duty=_said(duty), other=_said(other))
    return duty


def _utilities(grid: Grid, half: float, problems: list[Problem]) -> tuple[Utility, ...]:
    heading = find_heading(grid, UTILITIES, ("supply", "kind"), problems)
    if heading is None:
        place = grid.place(0)
        problems.append(problem("missing_heading", place, column=UTILITIES.columns["kind"].label))
        return ()
    found: list[Utility] = []
    for row in rows_below(grid, heading, UTILITIES, problems):
        before = len(problems)
        supply = _temperature(row, "supply")
        target = supply
        if row.number("target") is not None:
            target = _temperature(row, "target")
        kind = _utility_kind(row)
        limit, part = row.number("limit"), row.number("contribution")
        for column, value in (("limit", limit), ("contribution", part)):
            if value is not None and value < 0:
                row.add("negative", column, value=f"{value:g}")
        price = row.number("price")
        if kind is not None and len(problems) == before:
            name = row.text("name") or f"{kind} {supply:g}"
            own = half if part is None else part
            found.append(Utility(name, kind, supply, target, price, limit, own))
    stated = {utility.price is None for utility in found if utility.kind != "both"}
    if len(stated) > 1:
        problems.append(problem("price_some", grid.place(heading.row)))
    return tuple(found)


def _utility_kind(row: Row) -> UtilityKind | None:
    words: Mapping[UtilityKind, frozenset[str]] = {"hot": HOT, "cold": COLD, "both": BOTH}
    written = fold(row.text("kind"))
    for kind, known in words.items():
        if written in known:
            return kind
    choices = Text("nóng, lạnh, cả hai", "hot, cold, both")
    row.add("kind_unknown", "kind", written=row.text("kind"), choices=choices)
    return None


def _places(grid: Grid, problems: list[Problem]) -> tuple[PlantPlace, ...]:
    needed = ("zone", "lat", "lon", "days")
    heading = find_heading(grid, PLACES, needed, problems)
    if heading is None:
        label = Text(
            *(
                ", ".join(PLACES.columns[name].label.get(language) for name in needed)
                for language in ("vi", "en")
            )
        )
        problems.append(problem("missing_heading", grid.place(0), column=label))
        return ()
    found: list[PlantPlace] = []
    for row in rows_below(grid, heading, PLACES, problems):
        before = len(problems)
        lat, lon, days = row.needed("lat"), row.needed("lon"), row.needed("days")
        if abs(lat) > 90 or abs(lon) > 180 or lat == lon == 0:
            row.add("place_out_of_range", "lat", lat=f"{lat:g}", lon=f"{lon:g}")
        if not 0 < days <= 366 and not math.isnan(days):
            row.add("days_out_of_range", "days", value=f"{days:g}")
        starts, ends = (_hour(row, column) for column in ("starts", "ends"))
        if len(problems) == before:
            start = 0.0 if starts is None else starts
            end = 24.0 if ends is None else ends
            found.append(PlantPlace(row.text("zone"), lat, lon, days, start, end))
    return tuple(found)


def _hour(row: Row, column: str) -> float | None:
    value = row.number(column)
    if value is not None and not 0 <= value <= 24:
        row.add("hour_out_of_range", column, value=f"{value:g}")
    return value


def _said(value: float) -> Text:
    return Text(format_number(value, "vi"), format_number(value, "en"))
