"""Find the heading of a list among its first lines, whatever the order of its columns."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.columns import Column, plain_heading

MAX_ROWS = 100_000
HEADING_ROWS = 15  # the heading stands within the first rows; titles may stand above it
# From row and column, both from zero, to the place a person is shown.
Placer = Callable[[Place, int, int], Place]


@dataclass(frozen=True, slots=True)
class RawRow:
    """One line of the list: what stands in each column found, and where it stands.

    ``place_of_cell`` answers None of a column that is missing. It is asked only of a cell that is
    wrong: places made beforehand for every cell took half the time of reading a list.
    """

    place: Place
    cells: Mapping[str, object]
    place_of_cell: Callable[[str], Place | None]

    def at(self, key: str) -> Place:
        """The place of a column's cell; of the row where the column is missing."""
        return self.place_of_cell(key) or self.place


@dataclass(frozen=True, slots=True)
class RawList:
    """The lines of a file, the columns it has, and what to warn of."""

    rows: tuple[RawRow, ...]
    columns: frozenset[str]
    warnings: tuple[Problem, ...] = ()


def excel_place(place: Place, row: int, column: int) -> Place:
    """Return the cell of a sheet: row and column from zero.

    >>> excel_place(Place(sheet="A"), 1, 27).cell
    'AB2'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return replace(place, cell=f"{letters}{row + 1}")


def line_place(place: Place, row: int, column: int) -> Place:
    """Return the line of a text file: rows from zero, lines from one."""
    return replace(place, line=row + 1)


def _at_column(place: Place, heading: str) -> Place:
    """Name the column where the place has no cell of its own (a line of a CSV file)."""
    return place if place.cell else replace(place, cell=heading)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of a file stand, and how its cells are named."""

    at: Mapping[str, int]
    headings: Mapping[str, str]
    place_of: Placer
    here: Place

    def place_of_cell(self, number: int, offset: int, key: str) -> Place | None:
        if key not in self.at:
            return None
        place = self.place_of(self.here, number, offset + self.at[key])
        return _at_column(place, self.headings[key])


def rows_below_heading(
    lines: Iterable[tuple[int, int, Sequence[object]]],
    columns: Sequence[Column],
    need: str,
    here: Place,
    place_of: Placer,
) -> RawList:
    """Find the heading among the first lines, then take every line below it."""
    found: dict[str, int] | None = None
    layout = _Layout({}, {}, place_of, here)
    warnings: list[Problem] = []
    rows: list[RawRow] = []
    seen: list[str] = []
    for number, offset, cells in lines:
        if found is None:
            seen += [str(cell).strip() for cell in cells if cell and len(str(cell)) < 60]
            if number > HEADING_ROWS:
                break
            found, notes = _match(cells, columns, need, place_of, here, number, offset)
            warnings += notes
            if found is not None:
                headings = {key: str(cells[at]).strip() for key, at in found.items()}
                layout = replace(layout, at=found, headings=headings)
            continue
        if all(cell is None or not str(cell).strip() for cell in cells):
            continue
        if len(rows) >= MAX_ROWS:
            raise InputError([too_many(here)])
        rows.append(
            RawRow(
                place_of(here, number, offset),
                {key: cells[at] if at < len(cells) else None for key, at in found.items()},
                partial(layout.place_of_cell, number, offset),
            )
        )
    if found is None:
        raise InputError([no_heading(columns, need, seen, here)])
    if not rows:
        raise InputError(
            [
                Problem(
                    "list-empty",
                    Text("không có dòng nào dưới dòng tiêu đề", "no line below the heading"),
                    Text("điền ít nhất một dòng", "fill in at least one line"),
                    here,
                )
            ]
        )
    return RawList(tuple(rows), frozenset(found), tuple(warnings))


def _match(
    cells: Sequence[object],
    columns: Sequence[Column],
    need: str,
    place_of: Placer,
    here: Place,
    number: int,
    offset: int,
) -> tuple[dict[str, int] | None, list[Problem]]:
    """Return column key -> position if this line is the heading, and what to warn of."""
    by_heading = {word: column.key for column in reversed(columns) for word in column.headings}
    found: dict[str, int] = {}
    notes: list[Problem] = []
    problems: list[Problem] = []
    for at, cell in enumerate(cells):
        heading = plain_heading(str(cell)) if cell is not None else ""
        key = by_heading.get(heading)
        if key and key in found:
            problems.append(
                Problem(
                    "column-twice",
                    Text(f"cột “{cell}” có hai lần", f"the column “{cell}” stands twice"),
                    Text("xóa một cột", "remove one of them"),
                    place_of(here, number, offset + at),
                )
            )
        elif key:
            found[key] = at
        elif heading:
            notes.append(
                Problem(
                    "column-unknown",
                    Text(f"không biết cột “{cell}”, bỏ qua", f"unknown column “{cell}”, left out"),
                    Text("đổi tên cột nếu cần đọc", "rename it if it should be read"),
                    place_of(here, number, offset + at),
                    "warning",
                )
            )
    if need not in found or len(found) < 2:
        return None, []
    if problems:
        raise InputError(problems)
    return found, notes


def no_heading(columns: Sequence[Column], need: str, seen: Sequence[str], here: Place) -> Problem:
    """Return the problem of a file without the column *need*; names the nearest heading *seen*."""
    column = next(column for column in columns if column.key == need)
    spelt = {plain_heading(word): word for word in seen}
    near = [
        spelt[found]
        for name in (column.name.vi, column.name.en)
        for found in difflib.get_close_matches(plain_heading(name), spelt, n=1, cutoff=0.7)
    ]
    hint = Text(f" (có phải là “{near[0]}”?)", f" (is it “{near[0]}”?)") if near else Text("", "")
    return Problem(
        "heading-missing",
        Text(
            f"không thấy cột “{column.name.vi}”{hint.vi}",
            f"the column “{column.name.en}” is not there{hint.en}",
        ),
        Text("dùng tệp mẫu, giữ dòng tiêu đề", "use the template and keep its heading line"),
        here,
    )


def too_many(here: Place) -> Problem:
    """Return the problem of a list longer than :data:`MAX_ROWS`."""
    return Problem(
        "too-many-rows",
        Text(f"quá {MAX_ROWS:,} dòng".replace(",", "."), f"more than {MAX_ROWS:,} lines"),
        Text("chia thành nhiều tệp", "split it into several files"),
        here,
    )
