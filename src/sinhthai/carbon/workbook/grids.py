"""From a file to its sheets of lines, and from headings to columns."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import python_calamine as calamine

from sinhthai.carbon.workbook.cells import unit_words
from sinhthai.carbon.workbook.columns import COLUMNS, PARAMETERS, Parameter
from sinhthai.carbon.workbook.messages import told
from sinhthai.carbon.workbook.words import both
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import fold
from sinhthai.foundation.units import UnitError, convert
from sinhthai.reporting.engine.workbook.container import (
    NOT_COMPUTED,
    Container,
    open_container,
    percent_cells,
)
from sinhthai.reporting.engine.workbook.model import cell_name

_LOOK = 20  # the headings stand within the first rows
_UNIT = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_HIDDEN = re.compile(
    rb"<(?:\w+:)?row\s(?=[^<>]*\bhidden=[\"'](?:1|true)[\"'])[^<>]*?\br=[\"'](\d+)"
)
_DESCRIBING = frozenset(("subject", "year", "kind", "category", "scope", "supplier", "note"))
"""Columns of which a merged cell speaks for every line it covers."""


@dataclass(slots=True)
class Sheet:
    """The lines of one sheet under known headings; rows and columns count from 0."""

    file: str
    name: str
    columns: dict[str, int]
    first: int
    """The first row below the headings."""
    rows: list[list[object]]
    container: Container
    quantity_unit: str = ""
    """What the heading of the quantities says, for lines without a unit of their own."""

    def place(self, row: int, key: str = "quantity") -> Place:
        """Return where a column of a row is."""
        return Place(self.file, self.name, cell_name(row, self.columns.get(key, 0)))

    def shows_percent(self, row: int, key: str) -> bool:
        """Say whether the cell is formatted as a percentage."""
        return (row, self.columns[key]) in _percent(self.container, self.name)

    def error_of(self, row: int, key: str) -> Problem | None:
        """Return what is wrong with a cell that holds a formula without a value."""
        error = self.container.sheets[self.name].errors.get((row, self.columns[key]))
        if error is None:
            return None
        if error == NOT_COMPUTED:
            return told("cell-not-computed", self.place(row, key))
        return told("cell-error", self.place(row, key), error=error)


@lru_cache(maxsize=8)
def _percent_of(content: bytes, sheet: str, member: str) -> frozenset[tuple[int, int]]:
    return frozenset(percent_cells(Container(content, {}, {sheet: member}), sheet))


def _percent(container: Container, sheet: str) -> frozenset[tuple[int, int]]:
    return _percent_of(container.content, sheet, container.members[sheet])


def read_sheets(content: bytes, file: str, problems: list[Problem]) -> list[Sheet]:
    """Return the visible sheets that hold lines; what is odd about them goes to *problems*.

    Raises
    ------
    InputError : it is not a workbook, damaged, locked, too large; no sheet holds lines.
    """
    container = open_container(content, file)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [
            (about.name, book.get_sheet_by_name(about.name))
            for about in book.sheets_metadata
            if about.visible == calamine.SheetVisibleEnum.Visible
            and about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except (calamine.CalamineError, OSError, ValueError) as error:
        why = " ".join(str(error).split())[:120]
        raise InputError([told("unreadable", Place(file), why=why)]) from error
    found = []
    for name, raw in seen:
        rows: list[list[object]] = [list(row) for row in raw.to_python(skip_empty_area=False)]
        sheet = _under_headings(file, name, rows, container, problems)
        if sheet is not None:
            _spread_merged(sheet, raw.merged_cell_ranges or (), problems)
            _tell_hidden(sheet, problems)
            found.append(sheet)
    if not found:
        raise InputError([told("no-sheet", Place(file))])
    return found


def _under_headings(
    file: str,
    name: str,
    rows: list[list[object]],
    container: Container,
    problems: list[Problem],
) -> Sheet | None:
    best, most = -1, 2
    for number, row in enumerate(rows[:_LOOK]):
        keys = {key for cell in row if isinstance(cell, str) and (key := _key_of(cell)[0])}
        if {"what", "quantity"} <= keys and len(keys) >= most:
            best, most = number, len(keys) + 1
    if best < 0:
        return None
    sheet = Sheet(file, name, {}, best + 1, rows, container)
    for column, cell in enumerate(rows[best]):
        if not isinstance(cell, str) or not fold(cell):
            continue
        place = Place(file, name, cell_name(best, column))
        key, parameter, unit = _key_of(cell)
        title = " ".join(cell.split())
        if not key:
            problems.append(told("unknown-column", place, name=title))
        elif key in sheet.columns:
            problems.append(told("column-twice", place, name=title))
        else:
            sheet.columns[key] = column
            if key == "quantity":
                sheet.quantity_unit = unit
            elif parameter is not None and unit and not _same_unit(unit, parameter):
                expected = "%" if parameter.is_share else unit_words(parameter.unit)
                problems.append(told("heading-unit", place, written=unit, unit=expected))
    return sheet


def _key_of(heading: str) -> tuple[str, Parameter | None, str]:
    """Return what a heading means: its key, its parameter, and the unit it names."""
    for part in (heading, *heading.split("\n"), *heading.split("·")):
        key, parameter = _headings().get(fold(part), ("", None))
        if key:
            return key, parameter, ""
        match = _UNIT.match(" ".join(part.split()))
        if match:
            key, parameter = _headings().get(fold(match[1]), ("", None))
            if key:
                return key, parameter, match[2].strip()
    return "", None, ""


@lru_cache(maxsize=1)
def _headings() -> Mapping[str, tuple[str, Parameter | None]]:
    known: dict[str, tuple[str, Parameter | None]] = {}
    for column in COLUMNS:
        for word in (
            column.key,
            column.name.vi,
            column.name.en,
            both(column.name),
            *column.aliases,
        ):
            known.setdefault(fold(word), (column.key, None))
    for one in PARAMETERS:
        for word in (one.name.vi, one.name.en, both(one.name)):
            known.setdefault(fold(word), (one.key, one))
        known.setdefault(fold(one.key), (one.key, None))
    return known


def _same_unit(written: str, parameter: Parameter) -> bool:
    if parameter.is_share:
        return written in ("%", "0–1", "0-1", "1")
    words = unit_words(parameter.unit)
    if fold(written) in (fold(words.vi), fold(words.en), fold(parameter.unit)):
        return True
    try:
        return convert(1.0, written, parameter.unit) == 1.0
    except UnitError:
        return False


def _spread_merged(
    sheet: Sheet,
    ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    problems: list[Problem],
) -> None:
    """Let a merged cell speak for its lines where it describes; refuse it over figures."""
    by_column = {column: key for key, column in sheet.columns.items()}
    for (top, left), (bottom, right) in ranges:
        if bottom < sheet.first or (top, left) == (bottom, right):
            continue
        keys = [by_column[column] for column in range(left, right + 1) if column in by_column]
        if not keys:
            continue
        if len(keys) == 1 and keys[0] in _DESCRIBING:
            value = sheet.rows[top][left]
            for row in range(max(top, sheet.first), min(bottom + 1, len(sheet.rows))):
                sheet.rows[row][left] = value
        elif any(cell not in ("", None) for cell in sheet.rows[top][left : right + 1]):
            span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            where = Place(sheet.file, sheet.name, cell_name(top, left))
            problems.append(told("merged", where, range=span))


def _tell_hidden(sheet: Sheet, problems: list[Problem]) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet.container.content)) as archive:
        part = archive.read(sheet.container.members[sheet.name])
    if b"hidden=" not in part:
        return
    filled = [
        row
        for row in (int(number) - 1 for number in _HIDDEN.findall(part))
        if sheet.first <= row < len(sheet.rows)
        and any(sheet.rows[row][column] not in ("", None) for column in sheet.columns.values())
    ]
    if filled:
        problems.append(
            told("hidden-rows", sheet.place(filled[0]), count=len(filled), first=filled[0] + 1)
        )
