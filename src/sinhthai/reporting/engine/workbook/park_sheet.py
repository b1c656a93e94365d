"""The sheet of the park: one row per item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import python_calamine as calamine

from sinhthai.foundation.problems import Place
from sinhthai.reporting.engine.workbook.cells import Refused, read_cell
from sinhthai.reporting.engine.workbook.container import Container, percent_cells
from sinhthai.reporting.engine.workbook.gather import Problems, Statements, add_formula_problem
from sinhthai.reporting.engine.workbook.identity import Identity
from sinhthai.reporting.engine.workbook.locate import (
    LOOKED_AT,
    PARK_COLUMNS,
    Header,
    Names,
    find_header,
    names_of,
)
from sinhthai.reporting.engine.workbook.merged import check_merged
from sinhthai.reporting.engine.workbook.model import Stated, cell_name
from sinhthai.reporting.engine.workbook.years import check_years
from sinhthai.rules.model import Item

MAX_NOTE: Final = 500


def read_park_sheet(
    sheet: calamine.CalamineSheet,
    container: Container,
    items: Sequence[Item],
    identity: Identity,
    statements: Statements,
    problems: Problems,
) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Read the park's values; returns the items that stand on the sheet, and the notes."""
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    place = Place(problems.file_name, sheet.name)
    top = rows[:LOOKED_AT]
    header = find_header(top, names_of((), PARK_COLUMNS), PARK_COLUMNS, 3, place) if top else None
    if header is None or "value" not in header.columns or not _keyed(header):
        problems.add("header_missing", sheet.name, "A1")
        return (), {}
    for found in header.problems:
        problems.take(found)
    check_years(top[: header.first], identity, sheet.name, problems)
    merged = check_merged(sheet, header.first, [header.columns["value"]], problems)
    percents = percent_cells(container, sheet.name)
    errors = container.sheets[sheet.name].errors
    names = names_of(items, {})
    by_code = {item.code: item for item in items}
    value_column, note_column = header.columns["value"], header.columns.get("note", -1)
    seen: dict[str, int] = {}
    notes: dict[str, str] = {}
    for row in range(header.first, len(rows)):
        cells = rows[row]
        code = _item_of(cells, header, names, by_code, row, sheet.name, problems)
        if code is None:
            continue
        if code in seen:
            problems.add(
                "header_twice",
                sheet.name,
                cell_name(row, value_column),
                name=by_code[code].name,
                first=cell_name(seen[code], value_column),
            )
            continue
        seen[code] = row
        if note_column >= 0 and cells[note_column] != "":
            notes[code] = " ".join(str(cells[note_column]).split())[:MAX_NOTE]
        cell = (row, value_column)
        if cell in merged:
            continue
        if cell in errors:
            add_formula_problem(problems, sheet.name, cell_name(*cell), errors[cell])
            continue
        _read_value(
            by_code[code], cells[value_column], cell, percents, sheet.name, statements, problems
        )
    for item in items:
        if item.code not in seen and item.code in identity.items:
            problems.add("row_missing", sheet.name, name=item.name)
    return tuple(seen), notes


def _read_value(
    item: Item,
    raw: Any,
    cell: tuple[int, int],
    percents: set[tuple[int, int]],
    sheet: str,
    statements: Statements,
    problems: Problems,
) -> None:
    try:
        answer = read_cell(item, raw, cell in percents) if raw != "" else None
    except Refused as refusal:
        problems.add(refusal.code, sheet, cell_name(*cell), **refusal.values)
        return
    if answer is not None:
        _add(statements, item.code, cell, answer)


def _add(statements: Statements, code: str, cell: tuple[int, int], answer: Stated) -> None:
    row, column = cell
    statements.add_odd(code, column, [(0, answer)], pa.array([""]), np.array([row], np.int32))


def _keyed(header: Header) -> bool:
    return any(key in header.columns for key in ("code", "name_vi", "name_en"))


def _item_of(
    cells: Sequence[Any],
    header: Header,
    names: Names,
    by_code: Mapping[str, Item],
    row: int,
    sheet: str,
    problems: Problems,
) -> str | None:
    """Return the code of the item of a row: by its hidden code, else by name."""
    said = {
        key: cells[header.columns[key]]
        for key in ("code", "name_vi", "name_en")
        if key in header.columns and cells[header.columns[key]] != ""
    }
    code = said.pop("code", None)
    if code in by_code:
        for key, name in said.items():
            if names.contradicts(str(code), name):
                where = cell_name(row, header.columns[key])
                problems.add("header_mismatch", sheet, where, code=code, name=name)
                return None
        return str(code)
    by_name = {names.key_of(name) for name in said.values()} - {None}
    if len(by_name) == 1:
        return by_name.pop()
    if cells[header.columns["value"]] != "":
        shown = next(iter(said.values()), code or "")
        problems.add("row_unknown", sheet, cell_name(row, header.columns["value"]), name=shown)
    return None
