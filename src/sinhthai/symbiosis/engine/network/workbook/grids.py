"""From a file to grids of cells, and from a grid to the columns it has."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.engine.workbook.container import open_container
from sinhthai.reporting.engine.workbook.model import cell_name
from sinhthai.symbiosis.engine.network.workbook.sheets import Sheet

_LOOK = 12  # the headings stand within the first rows


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled rows of one sheet under known headings."""

    file: str
    title: str
    columns: dict[str, int]  # field key -> column
    rows: tuple[tuple[int, Sequence[Any]], ...]  # row number in the sheet, cells

    def place(self, row: int, key: str = "") -> Place:
        """Return the place of a cell."""
        column = self.columns.get(key, min(self.columns.values(), default=0))
        return Place(self.file, self.title, cell_name(row, column))


def open_book(content: bytes, file: str) -> tuple[CalamineWorkbook, dict[str, str]]:
    """Return the workbook and its sheets' names, folded.

    Raises
    ------
    InputError : no workbook, locked, cut off, too large.
    """
    open_container(content, file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise InputError(
            [
                Problem(
                    "unreadable",
                    Text("Không đọc được sổ: {why}", "The workbook cannot be read: {why}").format(
                        why=error
                    ),
                    Text("Lưu lại thành .xlsx.", "Save it as .xlsx again."),
                    Place(Path(file).name),
                )
            ]
        ) from error
    return book, {fold(name): name for name in book.sheet_names}


def find_grid(
    book: CalamineWorkbook, titles: dict[str, str], file: str, sheet: Sheet, problems: list[Problem]
) -> Grid | None:
    """Return the sheet's grid; None, with a problem where it is needed, when it is missing."""
    title = next(
        (titles[key] for key in map(fold, (sheet.name.vi, sheet.name.en)) if key in titles), None
    )
    if title is None:
        if sheet.needed:
            problems.append(
                Problem(
                    "no_sheet",
                    Text("Thiếu trang “{name}”.", "Sheet “{name}” is missing.").format(
                        name=sheet.name
                    ),
                    Text("Giữ các trang của sổ mẫu.", "Keep the sheets of the template."),
                    Place(file),
                )
            )
        return None
    cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    known = {
        fold(name): field.key for field in sheet.fields for name in (field.name.vi, field.name.en)
    }
    head, columns = _headings(cells, known)
    missing = [field for field in sheet.fields if field.needed and field.key not in columns]
    if missing:
        names = Text(
            ", ".join(field.name.vi for field in missing),
            ", ".join(field.name.en for field in missing),
        )
        problems.append(
            Problem(
                "no_column",
                Text("Thiếu cột: {names}.", "Columns are missing: {names}.").format(names=names),
                Text("Giữ tiêu đề của sổ mẫu.", "Keep the headings of the template."),
                Place(file, title),
            )
        )
        return None
    rows = tuple(
        (number, row)
        for number, row in enumerate(cells)
        if number > head and any(_filled(row, column) for column in columns.values())
    )
    return Grid(file, title, columns, rows)


def _headings(cells: Sequence[Sequence[Any]], known: dict[str, str]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(cells[:_LOOK]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            for line in str(cell).split("\n"):
                key = known.get(fold(line))
                if key is not None:
                    columns.setdefault(key, column)
        if len(columns) > len(best[1]):
            best = (number, columns)
    return best


def _filled(row: Sequence[Any], column: int) -> bool:
    return column < len(row) and row[column] not in ("", None)
