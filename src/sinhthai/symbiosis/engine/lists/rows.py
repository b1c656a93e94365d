"""Rows under a heading, read cell by cell into base units, every problem with its place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.foundation.numbers import AmbiguousNumber, NumberError, parse_amount
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, unit_of
from sinhthai.symbiosis.engine.lists.columns import Layout, split_heading
from sinhthai.symbiosis.engine.lists.grids import Grid
from sinhthai.symbiosis.engine.lists.messages import problem
from sinhthai.symbiosis.engine.lists.units import in_base, shown

_HEADING_WITHIN = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """Where each column stands, the unit its heading gives, and the column of its units."""

    row: int
    columns: Mapping[str, int]
    units: Mapping[str, str]
    unit_columns: Mapping[str, int]


@dataclass(slots=True)
class Row:
    """One row being read; what is wrong with it is added to *problems*."""

    grid: Grid
    at: int
    cells: Sequence[object]
    heading: Heading
    layout: Layout
    problems: list[Problem]

    def text(self, column: str) -> str:
        """Return the text of a cell, "" where there is none."""
        cell = self._cell(column)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell).split()) if cell is not None else ""

    def number(self, column: str) -> float | None:
        """Return a cell in the column's base unit; None where it is empty, NaN where wrong."""
        cell = self._cell(column)
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return None
        known = self.layout.columns[column]
        try:
            amount = parse_amount(self.grid.number(cell))
        except NumberError as error:
            code = "ambiguous_number" if isinstance(error, AmbiguousNumber) else "not_a_number"
            self.add(code, column, why=error.message, cure=error.cure)
            return math.nan
        if unit_of(amount.unit) == "percent":
            self.add("percentage", column, written=self.text(column), unit=shown(known.unit))
            return math.nan
        try:
            return in_base(amount.value, amount.unit or self._unit(column), known)
        except UnitError as error:
            self.add("unit_wrong", column, why=error.message, cure=error.cure)
            return math.nan

    def needed(self, column: str) -> float:
        """Return a cell that has to be there; not a number where it is not."""
        value = self.number(column)
        if value is None:
            self.add("missing_value", column)
            return math.nan
        return value

    def add(self, code: str, column: str | None = None, **values: str | Text) -> None:
        """Note the problem *code* at a cell, or at the row; the message may name the column."""
        label = self.layout.columns[column].label if column else ""
        self.problems.append(
            problem(code, self.place(column), messages=self.layout.messages, column=label, **values)
        )

    def place(self, column: str | None) -> Place:
        """Return where a cell is; the row where the column is not in the file."""
        return self.grid.place(self.at, self.heading.columns.get(column) if column else None)

    def _cell(self, column: str) -> object:
        at = self.heading.columns.get(column)
        return self.cells[at] if at is not None and at < len(self.cells) else None

    def _unit(self, column: str) -> str:
        at = self.heading.unit_columns.get(column)
        own = str(self.cells[at]).strip() if at is not None and at < len(self.cells) else ""
        return own or self.heading.units.get(column, "")


def find_heading(
    grid: Grid, layout: Layout, needed: Sequence[str], problems: list[Problem]
) -> Heading | None:
    """Return the heading of *grid*, or None when no row names all the *needed* columns."""
    for count, (at, cells) in enumerate(grid.filled()):
        if count >= _HEADING_WITHIN:
            break
        found = _heading(grid, at, cells, layout, [])
        if all(name in found.columns for name in needed):
            return _heading(grid, at, cells, layout, problems)
    return None


def missing_headings(place: Place, layout: Layout, needed: Sequence[str]) -> Problem:
    """Return the problem of a list without a row that names all the *needed* columns."""
    labels = [layout.columns[name].label for name in needed]
    columns = Text(", ".join(one.vi for one in labels), ", ".join(one.en for one in labels))
    return problem("no_headings", place, messages=layout.messages, columns=columns)


def rows_below(
    grid: Grid, heading: Heading, layout: Layout, problems: list[Problem]
) -> Iterator[Row]:
    """Yield the rows below the heading that hold anything in a column we read."""
    for at, cells in grid.filled():
        row = Row(grid, at, cells, heading, layout, problems)
        if at > heading.row and any(row.text(name) for name in heading.columns):
            yield row


def raise_errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the warnings of *problems*.

    Raises
    ------
    InputError : one of them is an error; carries them all.
    """
    if any(one.severity == "error" for one in problems):
        raise InputError(problems)
    return tuple(problems)


def _heading(
    grid: Grid, at: int, cells: Sequence[object], layout: Layout, problems: list[Problem]
) -> Heading:
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    unit_columns: dict[str, int] = {}
    last = ""
    for column, cell in enumerate(cells):
        words, unit = split_heading(str(cell if cell is not None else ""))
        if not words:
            continue
        if of_unit := _unit_of_what(words, layout, last):
            unit_columns.update(dict.fromkeys(of_unit, column))
            continue
        name = layout.named(words)
        place = grid.place(at, column)
        if name is None:
            written = str(cell).strip()
            problems.append(
                problem(
                    "heading_unknown", place, "warning", messages=layout.messages, written=written
                )
            )
        elif name in columns:
            label = layout.columns[name].label
            problems.append(problem("heading_twice", place, messages=layout.messages, column=label))
        else:
            columns[name] = column
            last = name
            if unit:
                units[name] = unit
    return Heading(at, columns, units, unit_columns)


def _unit_of_what(words: str, layout: Layout, last: str) -> Sequence[str]:
    """Return the columns whose unit a heading like “Đơn vị nhiệt độ” holds."""
    if words.startswith("don vi"):
        rest = words.removeprefix("don vi").strip()
    elif words == "unit" or words.endswith(" unit"):
        rest = words.removesuffix("unit").strip()
    else:
        return ()
    if not rest:
        return [last] if last else ()
    if rest in layout.unit_groups:
        return layout.unit_groups[rest]
    name = layout.named(rest)
    return [name] if name else ()
