"""The sheets of a workbook as cells that know their place, opened once found safe."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import python_calamine as calamine

from sinhthai.finance.workbook.columns import Column
from sinhthai.finance.workbook.messages import Problems
from sinhthai.foundation.problems import InputError, Place
from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.engine.workbook.container import (
    NOT_COMPUTED,
    Container,
    open_container,
    percent_cells,
)
from sinhthai.reporting.engine.workbook.messages import problem as workbook_problem
from sinhthai.reporting.engine.workbook.model import cell_name

_HEAD_WITHIN = 25
_UNIT_IN = re.compile(r"\(([^()]*)\)\s*$")
_PER_YEAR = re.compile(r"\s*/\s*(năm|nam|year|yr|y|a)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet from A1 on. ``errors``: cells that show an error; ``percents``: as a percentage."""

    file: str
    name: str
    rows: Sequence[Sequence[object]]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percents: frozenset[tuple[int, int]] = frozenset()
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def place(self, row: int, column: int) -> Place:
        """Return where a 0-based cell is."""
        return Place(self.file, self.name, cell_name(row, column))


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a column stands, and the unit its heading states."""

    at: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings were found."""

    grid: Grid
    head: int
    columns: Mapping[str, Heading]

    def rows(self) -> Iterator[tuple[int, dict[str, object]]]:
        """Yield each row that holds anything under a heading: its number and cells by key."""
        wanted = [(key, heading.at) for key, heading in self.columns.items()]
        by_row: dict[int, set[int]] = {}
        for bad, column in self.grid.errors:
            by_row.setdefault(bad, set()).add(column)
        for number, row in enumerate(self.grid.rows[self.head + 1 :], self.head + 1):
            wide = len(row)
            cells = {
                key: row[at]
                for key, at in wanted
                if at < wide and row[at] != "" and row[at] is not None
            }
            cells = {k: v for k, v in cells.items() if not isinstance(v, str) or v.strip()}
            if number in by_row:
                cells |= {key: None for key, at in wanted if at in by_row[number]}
            if cells:
                yield number, cells

    def place(self, row: int, key: str) -> Place:
        """Return where the cell of *key* is; of the row where the sheet lacks the column."""
        heading = self.columns.get(key)
        return self.grid.place(row, heading.at if heading else 0)


def read_grids(content: bytes, file: str) -> list[Grid]:
    """Return the sheets of the workbook.

    Raises
    ------
    InputError : not a workbook, damaged, locked, with macros, too large.
    """
    container = open_container(content, file)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_grid(book, container, name, file) for name in book.sheet_names]
    except (calamine.CalamineError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError([workbook_problem("unreadable", Place(file), reason=reason)]) from error


def _grid(book: calamine.CalamineWorkbook, container: Container, name: str, file: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    seen = container.sheets.get(name)
    return Grid(
        file,
        name,
        sheet.to_python(skip_empty_area=False),
        seen.errors if seen else {},
        frozenset(percent_cells(container, name)) if seen else frozenset(),
        tuple(sheet.merged_cell_ranges or ()),
    )


def find_table(
    grids: Sequence[Grid], name: Text, columns: Sequence[Column], problems: Problems
) -> Table | None:
    """Return the table of *columns*: on the sheet of that name, else the first that has them all.

    None: no sheet has it. A heading that stands twice, or is missing, is a problem.
    """
    named = [grid for grid in grids if fold(grid.name) in (fold(name.vi), fold(name.en))]
    needed = [column for column in columns if column.needed]
    best: Table | None = None
    seconds: list[tuple[Column, int]] = []
    for grid in named or grids:
        for number, row in enumerate(grid.rows[:_HEAD_WITHIN]):
            found, twice = _headings(row, columns)
            if best is None or len(found) > len(best.columns):
                is_head = all(column.key in found for column in needed)
                if not (is_head or (named and len(found) >= min(2, len(columns)))):
                    continue
                best = Table(grid, number, found)
                seconds = twice
    if best is None:
        if named:
            problems.add("no_headings", named[0].place(0, 0), names=_said(needed))
        return None
    for column, at in seconds:
        problems.add("heading_twice", best.grid.place(best.head, at), name=column.name)
    missing = [column for column in needed if column.key not in best.columns]
    if missing:
        problems.add("no_headings", best.grid.place(best.head, 0), names=_said(missing))
        return None
    _check(best, columns, problems)
    return best


def _check(table: Table, columns: Sequence[Column], problems: Problems) -> None:
    """Say what stands in the sheet without being read: merged cells, unknown headings."""
    grid, head = table.grid, table.head
    known = {heading.at for heading in table.columns.values()}
    for (top, left), (bottom, right) in grid.merged:
        touches = bottom > head and any(left <= at <= right for at in known)
        if touches and (top, left) != (bottom, right):
            span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            problems.add("cells_merged", grid.place(top, left), range=span)
    for at, cell in enumerate(grid.rows[head]):
        if at not in known and isinstance(cell, str) and cell.strip():
            problems.add("heading_unknown", grid.place(head, at), name=cell.strip()[:60])


def _headings(
    row: Sequence[object], columns: Sequence[Column]
) -> tuple[dict[str, Heading], list[tuple[Column, int]]]:
    names = _names(tuple(columns))
    found: dict[str, Heading] = {}
    twice = []
    for at, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        column, unit = _column_of(cell, names)
        if column is None:
            continue
        if column.key in found:
            twice.append((column, at))
        else:
            found[column.key] = Heading(at, unit)
    return found, twice


def _column_of(cell: str, names: Mapping[str, Column]) -> tuple[Column | None, str]:
    """Return the column a heading means, whole or one of its parts (Tên | Name), and its unit."""
    for part in (cell, *re.split(r"[|\n·]", cell)):
        text = " ".join(part.split())
        if fold(text) in names:
            return names[fold(text)], unit_in(text)
        bare = _UNIT_IN.sub("", text).strip()
        if fold(bare) in names:
            return names[fold(bare)], unit_in(text)
    return None, ""


@lru_cache(maxsize=32)
def _names(columns: tuple[Column, ...]) -> Mapping[str, Column]:
    names: dict[str, Column] = {}
    for column in columns:
        for said in (column.name.vi, column.name.en, *column.aliases):
            names.setdefault(fold(said), column)
            names.setdefault(fold(_UNIT_IN.sub("", said).strip()), column)
    return names


def unit_in(heading: str) -> str:
    """Return the unit in brackets at the end of a heading, without "a year".

    >>> unit_in("Điện (MWh/năm)"), unit_in("Tên")
    ('MWh', '')
    """
    match = _UNIT_IN.search(heading)
    return _PER_YEAR.sub("", match[1]).strip().lstrip("/") if match else ""


def find_row(label: str, rows: Sequence[Column]) -> Column | None:
    """Return the row a label of the assumptions means, or None."""
    return _column_of(label, _names(tuple(rows)))[0]


def error_of(grid: Grid, row: int, column: int) -> str | None:
    """Return what a cell shows instead of a value: ``#REF!``, ``=`` for an uncomputed formula."""
    return grid.errors.get((row, column))


def _said(columns: Sequence[Column]) -> Text:
    return Text(
        "; ".join(column.name.vi for column in columns),
        "; ".join(column.name.en for column in columns),
    )


UNCOMPUTED = NOT_COMPUTED
