"""The sheets of assumptions and of ranges, read into figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sinhthai.finance.engine.risk import Spread
from sinhthai.finance.workbook.cells import Cell, cell_of
from sinhthai.finance.workbook.columns import (
    ASSUMPTIONS,
    GIVEN,
    RANGE_LIST,
    RANGE_ROWS,
    RANGES,
    Column,
)
from sinhthai.finance.workbook.grids import Grid, Heading, Table, find_row, find_table
from sinhthai.finance.workbook.messages import Problems
from sinhthai.finance.workbook.model import Given
from sinhthai.foundation.problems import Place
from sinhthai.foundation.text import fold

_LABEL, _VALUE = 0, 1
_SHARES = {"rate": (-0.5, 0.99), "inflation": (-0.2, 0.99), "tax": (0.0, 0.99)}
_WHOLE = {
    "horizon": (1, 100),
    "first_year": (1990, 2100),
    "factor_year": (1990, 2100),
    "depreciation_years": (1, 100),
    "days": (1, 7),
}
_READ: Mapping[str, Callable[[Cell], object]] = {
    "choice": Cell.choice,
    "time": Cell.time,
    "date": Cell.date,
}


def read_given(grids: Sequence[Grid], problems: Problems) -> tuple[Given | None, dict[str, Place]]:
    """Return the assumptions, and where each stands; None once what is needed is missing."""
    grid = named(grids, ASSUMPTIONS.vi, ASSUMPTIONS.en)
    if grid is None:
        file = grids[0].file if grids else ""
        problems.add("no_sheet", Place(file), name=ASSUMPTIONS)
        return None, {}
    found: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for number, row in enumerate(grid.rows):
        label = row[_LABEL] if row else ""
        if not isinstance(label, str) or not label.strip():
            continue
        column = find_row(label, GIVEN)
        value = row[_VALUE] if len(row) > _VALUE else ""
        place = grid.place(number, _VALUE)
        if column is None:
            if value not in ("", None):
                problems.add("row_unknown", grid.place(number, _LABEL), name=label.strip()[:60])
            continue
        if column.key in places:
            problems.add("row_twice", place, name=column.name)
            continue
        places[column.key] = place
        table = Table(grid, 0, {column.key: Heading(_VALUE)})
        is_empty = value is None or (isinstance(value, str) and not value.strip())
        if is_empty and (number, _VALUE) not in grid.errors:
            continue
        cell = cell_of(table, number, column, value, problems)
        if cell is not None:
            found[column.key] = _value(cell, column)
    missing = [c for c in GIVEN if c.needed and c.key not in found]
    for column in missing:
        problems.add("empty", places.get(column.key, grid.place(0, _VALUE)), name=column.name)
    if missing or any(found[column.key] is None for column in GIVEN if column.needed):
        return None, places
    known = {field.name for field in fields(Given)}
    return Given(**{k: v for k, v in found.items() if v is not None and k in known}), places


def _value(cell: Cell, column: Column) -> object:
    if column.kind == "share":
        return cell.share(*_SHARES[column.key])
    if column.key in _WHOLE:
        return cell.whole(*_WHOLE[column.key])
    return _READ[column.kind](cell)


def read_ranges(grids: Sequence[Grid], problems: Problems) -> Spread:
    """Return how far inputs may be from what is stated; the usual ones where no sheet says."""
    grid = named(grids, RANGES.vi, RANGES.en)
    if grid is None:
        return Spread()
    table = find_table([grid], RANGES, RANGE_LIST, problems)
    if table is None:
        return Spread()
    found: dict[str, tuple[Any, Any]] = {}
    for number, cells in table.rows():
        row = find_row(str(cells.get("input") or ""), RANGE_ROWS)
        if row is None:
            if len(cells) > 1:
                place = table.place(number, "input")
                problems.add("row_unknown", place, name=str(cells.get("input", ""))[:60])
            continue
        if row.key in found:
            problems.add("row_twice", table.place(number, "input"), name=row.name)
        low, high = (_edge(table, number, key, row, cells, problems) for key in ("low", "high"))
        if low is None or high is None:
            continue
        if low > high:
            problems.add("share_out", table.place(number, "low"), name=row.name, low=low, high=high)
        found[row.key] = (low, high)
    return Spread(**found)


def _edge(
    table: Table,
    number: int,
    key: str,
    row: Column,
    cells: Mapping[str, object],
    problems: Problems,
) -> float | None:
    """Return one end of a range; an empty one is a problem: nothing is not zero."""
    if key not in cells:
        problems.add("empty", table.place(number, key), name=row.name)
        return None
    heading = table.columns[key]
    asked = Table(table.grid, table.head, {row.key: heading})
    cell = cell_of(asked, number, row, cells[key], problems)
    if cell is None:
        return None
    return cell.whole(-100, 100) if row.kind == "years" else cell.share(-1.0, 5.0)


def named(grids: Sequence[Grid], *names: str) -> Grid | None:
    """Return the sheet of one of *names*, however it is spelt."""
    wanted = {fold(name) for name in names}
    return next((grid for grid in grids if fold(grid.name) in wanted), None)
