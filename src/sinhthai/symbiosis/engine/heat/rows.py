"""Rows under a heading, read cell by cell into base units, every problem with its place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.foundation.numbers import AmbiguousNumber, NumberError, parse_amount
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert, unit_label, unit_of
from sinhthai.symbiosis.engine.heat.messages import problem
from sinhthai.symbiosis.engine.heat.sheets import Grid
from sinhthai.symbiosis.engine.heat.words import Column, column_of, split_heading

_HEADING_WITHIN = 20
_DIFFERENCES = {"degC": 1.0, "kelvin": 1.0, "degF": 5.0 / 9.0}
_SHOWN = {"degC": "°C", "kelvin": "K", "kW/kelvin": "kW/K", "kJ/kg/kelvin": "kJ/(kg·K)"}


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
    known: Mapping[str, Column]
    problems: list[Problem]

    def text(self, column: str) -> str:
        """Return the text of a cell, "" where there is none."""
        cell = self._cell(column)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell).split()) if cell is not None else ""

    def number(self, column: str) -> float | None:
        """Return a cell in the column's base unit; None where it is empty or wrong."""
        cell = self._cell(column)
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return None
        known, place = self.known[column], self.place(column)
        try:
            amount = parse_amount(self.grid.number(cell))
        except NumberError as error:
            code = "ambiguous_number" if isinstance(error, AmbiguousNumber) else "not_a_number"
            self.problems.append(problem(code, place, why=error.message, cure=error.cure))
            return math.nan
        if unit_of(amount.unit) == "percent":
            self.problems.append(
                problem(
                    "percentage",
                    place,
                    written=self.text(column),
                    column=known.label,
                    unit=_shown(known.unit),
                )
            )
            return math.nan
        written = amount.unit or self._unit(column)
        try:
            return _in_base(amount.value, written, known.unit)
        except UnitError as error:
            self.problems.append(problem("unit_wrong", place, why=error.message, cure=error.cure))
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
        label = self.known[column].label if column else ""
        self.problems.append(problem(code, self.place(column), "error", column=label, **values))

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
    grid: Grid, known: Mapping[str, Column], needed: Sequence[str], problems: list[Problem]
) -> Heading | None:
    """Return the heading of *grid*, or None when no row names all the *needed* columns."""
    for count, (at, cells) in enumerate(grid.filled()):
        if count >= _HEADING_WITHIN:
            break
        found = _heading(grid, at, cells, known, [])
        if all(name in found.columns for name in needed):
            return _heading(grid, at, cells, known, problems)
    return None


def rows_below(
    grid: Grid, heading: Heading, known: Mapping[str, Column], problems: list[Problem]
) -> Iterator[Row]:
    """Yield the rows below the heading that hold anything in a column we read."""
    for at, cells in grid.filled():
        row = Row(grid, at, cells, heading, known, problems)
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
    grid: Grid,
    at: int,
    cells: Sequence[object],
    known: Mapping[str, Column],
    problems: list[Problem],
) -> Heading:
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    unit_columns: dict[str, int] = {}
    last = ""
    for column, cell in enumerate(cells):
        words, unit = split_heading(str(cell if cell is not None else ""))
        if not words:
            continue
        if of_unit := _unit_of_what(words, known, last):
            unit_columns.update(dict.fromkeys(of_unit, column))
            continue
        name = column_of(words, known)
        place = grid.place(at, column)
        if name is None:
            problems.append(problem("heading_unknown", place, "warning", written=str(cell).strip()))
        elif name in columns:
            problems.append(problem("heading_twice", place, column=known[name].label))
        else:
            columns[name] = column
            last = name
            if unit:
                units[name] = unit
    return Heading(at, columns, units, unit_columns)


def _unit_of_what(words: str, known: Mapping[str, Column], last: str) -> list[str]:
    """Return the columns whose unit a heading like “Đơn vị nhiệt độ” holds."""
    if words.startswith("don vi"):
        rest = words.removeprefix("don vi").strip()
    elif words == "unit" or words.endswith(" unit"):
        rest = words.removesuffix("unit").strip()
    else:
        return []
    if not rest:
        return [last] if last else []
    if rest in ("nhiet do", "temperature"):
        return [name for name in ("supply", "target") if name in known]
    name = column_of(rest, known)
    return [name] if name else []


def _in_base(value: float, written: str, unit: str) -> float:
    if not written:
        return value
    if unit == "kelvin":  # a difference: 10 °C are 10 K, not 283
        factor = _DIFFERENCES.get(unit_of(written) or "")
        if factor is not None:
            return value * factor
    if not unit:
        raise UnitError(
            Text(f"Không cần đơn vị “{written}” ở đây.", f"No unit belongs here: “{written}”."),
            Text("Chỉ ghi số.", "Write the number only."),
        )
    try:
        return convert(value, written, unit)
    except UnitError:
        label = _shown(unit)
        raise UnitError(
            Text(
                f"Đơn vị “{written}” không đổi được ra {label.vi}.",
                f"The unit “{written}” cannot be converted to {label.en}.",
            ),
            Text(f"Ghi giá trị theo {label.vi}.", f"Give the value in {label.en}."),
        ) from None


def _shown(unit: str) -> Text:
    label = _SHOWN.get(unit)
    return Text(label or unit_label(unit, "vi"), label or unit_label(unit, "en"))
