"""The cells below the headings, column by column: values where they can be read, else problems."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.stream_cells import (
    BadCell,
    Bounds,
    Measure,
    QualityReader,
    choice_reader,
    near_text,
    read_degree,
    read_months,
    read_number,
    read_text,
    read_unit,
)
from sinhthai.symbiosis.engine.stream_codes import code_reader
from sinhthai.symbiosis.engine.stream_grids import Cellwise
from sinhthai.symbiosis.engine.stream_messages import problem
from sinhthai.symbiosis.engine.stream_places import ParkPlace, check_point
from sinhthai.symbiosis.engine.streams import ALL_YEAR, Direction

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge

_T = TypeVar("_T")
_LONGEST_NAME = 300
_DAYS_OF_MONTHS = (31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows below the headings of one sheet, and where its columns are."""

    grid: Cellwise
    first: int
    at: Mapping[str, int]
    side: Direction | None  # what the name of the sheet says


@dataclass(slots=True)
class Read:
    """The columns of every block, one entry a stream, in base units a year."""

    enterprise: list[str]
    park: list[str | None]
    direction: list[str]
    name: list[str]
    code: list[str]
    unit: list[str]
    months: list[int]
    state: list[str]
    hazard: list[str]
    is_sorted: list[bool | None]
    is_estimated: list[bool]
    quality: list[Mapping[str, Bounds]]
    quantity: NDArray[np.float64]
    quantity_min: NDArray[np.float64]
    quantity_max: NDArray[np.float64]
    price: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    where: list[tuple[Rows, int]]


class _Reader:
    """Reads the columns of one block, each distinct cell once."""

    def __init__(self, rows: Rows, lines: Sequence[int], problems: list[Problem]) -> None:
        self._rows = rows
        self._lines = lines
        self._problems = problems

    def cells(self, key: str) -> list[object]:
        """Return the raw cells of a column; None everywhere where it is missing."""
        at = self._rows.at.get(key)
        if at is None:
            return [None] * len(self._lines)
        rows = [self._rows.grid.rows[line] for line in self._lines]
        try:
            return [row[at] for row in rows]
        except IndexError:  # the lines of a CSV file may end early
            return [row[at] if at < len(row) else None for row in rows]

    def column(self, key: str, read: Callable[[object], _T], otherwise: _T) -> list[_T]:
        """Return the values of a column; *otherwise* where a cell cannot be read."""
        cells = [_key(raw) for raw in self.cells(key)]
        known: dict[Hashable, _T] = {}
        wrong: dict[Hashable, Problem] = {}
        for cell in dict.fromkeys(cells):
            raw = cell[1] if isinstance(cell, tuple) else cell
            try:
                known[cell] = read(raw)
            except BadCell as error:
                known[cell], wrong[cell] = otherwise, error.problem
        if wrong:
            for line, cell in zip(self._lines, cells, strict=True):
                if cell in wrong:
                    self.tell(wrong[cell], line, key)
        return [known[cell] for cell in cells]

    def numbers(
        self, key: str, read: Callable[[object], float] = read_number
    ) -> NDArray[np.float64]:
        """Return a column of numbers; NaN of an empty cell, or of one that cannot be read."""
        cells = self.cells(key)
        if all(cell.__class__ is float for cell in cells):
            return np.array(cells, np.float64)
        return np.array(self.column(key, read, math.nan), np.float64)

    def tell(self, found: Problem, line: int, key: str) -> None:
        """Keep a problem with the cell it stands in."""
        place = self._rows.grid.place(line, self._rows.at.get(key, 0))
        self._problems.append(Problem(found.code, found.message, found.cure, place, found.severity))

    def say(self, code: str, line: int, key: str, **values: object) -> None:
        """Tell the problem *code* of a cell."""
        place = self._rows.grid.place(line, self._rows.at.get(key, 0))
        self._problems.append(problem(code, place, **values))


def read_rows(
    blocks: Sequence[Rows],
    knowledge: Knowledge,
    codes: Codes,
    parks: Mapping[str, ParkPlace],
    problems: list[Problem],
) -> Read:
    """Return every stream of *blocks*; what cannot be read is added to *problems*."""
    parts = [_read_block(rows, knowledge, codes, parks, problems) for rows in blocks]
    parts = [part for part in parts if part.name]
    if not parts:
        grid = blocks[0].grid
        problems.append(problem("list_empty", grid.place(blocks[0].first - 1, 0)))
        return _read_block(blocks[0], knowledge, codes, parks, [])
    joined = parts[0]
    for part in parts[1:]:
        for name in Read.__slots__:
            mine, more = getattr(joined, name), getattr(part, name)
            whole = np.concatenate((mine, more)) if isinstance(mine, np.ndarray) else mine + more
            setattr(joined, name, whole)
    return joined


def _read_block(
    rows: Rows,
    knowledge: Knowledge,
    codes: Codes,
    parks: Mapping[str, ParkPlace],
    problems: list[Problem],
) -> Read:
    columns = sorted(rows.at.values())
    grid = rows.grid.rows
    lines = [
        line
        for line in range(rows.first, len(grid))
        if any(
            at < len(grid[line]) and grid[line][at] is not None and grid[line][at] != ""
            for at in columns
        )
        or any((line, at) in rows.grid.errors for at in columns)
    ]
    used = set(columns)
    for (line, at), found in rows.grid.errors.items():
        if at in used and line >= rows.first:
            problems.append(found)
    reader = _Reader(rows, lines, problems)
    units: list[Measure | None] = reader.column("unit", read_unit, None)
    months = reader.column("months", read_months, ALL_YEAR)
    per_year = _per_year(reader, lines, units, months)
    factor = np.array([1.0 if unit is None else unit.factor for unit in units], np.float64)
    amounts = {key: reader.numbers(key) for key in ("quantity", "quantity_min", "quantity_max")}
    _check_amounts(reader, lines, amounts, units, rows.at)
    points = _points(reader, lines, parks)
    directions = (
        reader.column("direction", choice_reader("direction"), "?")
        if "direction" in rows.at
        else [""] * len(lines)
    )
    names = reader.column("name", read_text, "")
    given = reader.column("code", code_reader(knowledge, codes), "")
    enterprises = reader.column("enterprise", read_text, "")
    sides = [side or (rows.side or "") for side in directions]
    for at, line in enumerate(lines):
        if not enterprises[at] and "enterprise" in rows.at:
            reader.say("enterprise_missing", line, "enterprise")
        if not names[at] and not given[at]:
            reader.say("name_missing", line, "name")
        elif len(names[at]) > _LONGEST_NAME:
            reader.say("name_long", line, "name", length=len(names[at]), limit=_LONGEST_NAME)
        if not sides[at]:
            reader.say("direction_missing", line, "direction")
    return Read(
        enterprise=enterprises,
        park=points.park,
        direction=sides,
        name=[
            name or _named(code, knowledge, codes) for name, code in zip(names, given, strict=True)
        ],
        code=given,
        unit=["t" if unit is None else unit.base for unit in units],
        months=months,
        state=reader.column("state", choice_reader("state"), ""),
        hazard=reader.column("hazard", choice_reader("hazard"), ""),
        is_sorted=[_yes(v) for v in reader.column("sorted", choice_reader("sorted", "yes_no"), "")],
        is_estimated=[
            _yes(v) is True
            for v in reader.column("estimated", choice_reader("estimated", "yes_no"), "")
        ],
        quality=reader.column("quality", QualityReader(knowledge.parameters).read, {}),
        quantity=amounts["quantity"] * factor * per_year,
        quantity_min=amounts["quantity_min"] * factor * per_year,
        quantity_max=amounts["quantity_max"] * factor * per_year,
        price=reader.numbers("price") / factor,
        lat=points.lat,
        lon=points.lon,
        where=[(rows, line) for line in lines],
    )


def _key(raw: object) -> Hashable:
    """Return what equal cells share. True == 1 == 1.0 there, so the kind is part of it."""
    if raw is None or raw.__class__ is str:
        return raw
    return (raw.__class__, raw) if isinstance(raw, Hashable) else str(raw)


def _yes(said: str) -> bool | None:
    return None if not said else said == "yes"


def _named(code: str, knowledge: Knowledge, codes: Codes) -> str:
    """Return what a stream without a name is called: what its code says."""
    scheme, _, digits = code.partition(":")
    if scheme == "material" and digits in knowledge.materials:
        return knowledge.materials[digits].name.vi
    found = codes.nearest(code)
    return found.name.vi if found is not None else code


def _per_year(
    reader: _Reader, lines: Sequence[int], units: Sequence[Measure | None], months: Sequence[int]
) -> NDArray[np.float64]:
    """Return how many periods of its quantity each stream has in a year."""
    periods = reader.column("period", choice_reader("period"), "")
    days = reader.numbers("days")
    factor = np.ones(len(lines))
    assumed = 0
    for at, (unit, period) in enumerate(zip(units, periods, strict=True)):
        in_unit = unit.period if unit else ""
        if in_unit and period and in_unit != period:
            reader.say("period_twice", lines[at], "period", in_unit=in_unit, in_column=period)
        if not math.isnan(days[at]) and not 1 <= days[at] <= 366:
            reader.say("days_outside", lines[at], "days", raw=_said(days[at]))
        match in_unit or period:
            case "month":
                factor[at] = months[at].bit_count()
            case "day" if math.isnan(days[at]):
                assumed += 1
                factor[at] = sum(
                    length
                    for month, length in enumerate(_DAYS_OF_MONTHS)
                    if months[at] >> month & 1
                )
            case "day":
                factor[at] = days[at]
    if assumed:
        reader.say("days_assumed", lines[0], "days", count=assumed)
    return factor


def _check_amounts(
    reader: _Reader,
    lines: Sequence[int],
    amounts: Mapping[str, NDArray[np.float64]],
    units: Sequence[Measure | None],
    at: Mapping[str, int],
) -> None:
    stated, low, high = (amounts[key] for key in ("quantity", "quantity_min", "quantity_max"))
    for key, values in amounts.items():
        for row in np.flatnonzero(values < 0).tolist():
            reader.say("negative", lines[row], key, raw=_said(values[row]))
    for row in np.flatnonzero((low > high) & (low >= 0) & (high >= 0)).tolist():
        reader.say(
            "range_upside_down",
            lines[row],
            "quantity_min",
            low=_said(low[row]),
            high=_said(high[row]),
        )
    outside = ((stated < low) | (stated > high)) & ~(low > high) & (stated >= 0)
    for row in np.flatnonzero(outside).tolist():
        sides = {
            "low": Text("…", "…") if math.isnan(low[row]) else _said(low[row]),
            "high": Text("…", "…") if math.isnan(high[row]) else _said(high[row]),
        }
        reader.say("quantity_outside", lines[row], "quantity", value=_said(stated[row]), **sides)
    for row in np.flatnonzero(stated == 0).tolist():
        reader.say("quantity_zero", lines[row], "quantity")
    some = ~(np.isnan(stated) & np.isnan(low) & np.isnan(high))
    without = np.array([unit is None for unit in units], bool)
    if "unit" not in at and some.any():
        reader.say("unit_missing", lines[int(np.argmax(some))], "quantity")
    else:
        for row in np.flatnonzero(some & without).tolist():
            if reader.cells("unit")[row] in (None, ""):
                reader.say("unit_missing", lines[row], "unit")
    unknown = int((~some).sum())
    if unknown and lines:
        row = int(np.argmax(~some))
        reader.say("quantity_unknown", lines[row], "quantity", count=unknown)


@dataclass(frozen=True, slots=True)
class _Points:
    park: list[str | None]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


def _points(reader: _Reader, lines: Sequence[int], parks: Mapping[str, ParkPlace]) -> _Points:
    """Return where every stream is: its own point, else its park's."""
    lat, lon = reader.numbers("lat", read_degree), reader.numbers("lon", read_degree)
    named = reader.column("park", read_text, "")
    told: dict[Any, Problem | None] = {}
    codes: list[str | None] = []
    known = {name: parks.get(fold(name)) if name else None for name in set(named)}
    homeless: list[int] = []
    nowhere = 0
    for at, name in enumerate(named):
        park = known[name]
        codes.append(park.code if park else name or None)
        point = (lat[at], lon[at])
        if math.isnan(point[0]) and math.isnan(point[1]):
            if park is not None and park.lat is not None and park.lon is not None:
                lat[at], lon[at] = park.lat, park.lon
            elif name and park is None:
                homeless.append(at)
            else:
                nowhere += 1
            continue
        key = (float(point[0]), float(point[1]))
        if key not in told:
            told[key] = check_point(*key, reader._rows.grid.place(lines[at], 0))
        found = told[key]
        if found is not None:
            reader.tell(found, lines[at], "lon" if math.isnan(point[1]) else "lat")
            told[key] = found if found.severity == "error" else None  # warned of once
    seen: set[str] = set()
    for at in homeless:
        if named[at] not in seen:
            seen.add(named[at])
            near = near_text(fold(named[at]), set(parks))
            reader.say("park_unknown", lines[at], "park", raw=named[at], near=near)
    if nowhere:
        where = int(np.argmax(np.isnan(lat)))
        reader.say("place_missing", lines[where], "lat", count=nowhere)
    return _Points(codes, lat, lon)


def _said(value: float) -> Text:
    return Text(format_number(float(value), "vi"), format_number(float(value), "en"))
