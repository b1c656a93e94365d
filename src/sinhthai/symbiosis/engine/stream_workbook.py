"""The grids of a workbook of streams, opened only after it was found safe.

A workbook as Excel and its like write it is looked over by a few patterns, because the strict
reading of ``reporting`` takes longer than the list itself; whatever those patterns cannot vouch
for (another way to write cells, formulas, error values, merged cells far out) goes that way.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import python_calamine as calamine

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.reporting.engine.workbook.container import NOT_COMPUTED, open_container
from sinhthai.reporting.engine.workbook.messages import problem as workbook_problem
from sinhthai.reporting.engine.workbook.model import cell_name
from sinhthai.symbiosis.engine.stream_messages import problem

_MOST_UNPACKED: Final = 300 * 1024 * 1024
_MOST_PACKED: Final = 60 * 1024 * 1024
_PLAIN_CELL = b'<c r="'
_COLUMNS = b"<col"  # of a sheet's column widths: begins like a cell
_PREFIXED_CELLS = (b":c ", b":c>", b":c/", b":c\t", b":c\n", b":c\r")
_FORMULAS = (b"<f>", b"<f ", b"<f/", b"<f\t", b"<f\n", b"<f\r")
# A cell beyond column AZ, or beyond row 199,999: what a dense reader must not be given unasked.
_FAR_CELL = re.compile(rb'<c r="(?:[A-Z]{3}|[B-Z][A-Z]\d|[A-Z]{1,2}(?:\d{7}|[2-9]\d{5}))')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its cells from A1 on, and the problems of cells the reader cannot see."""

    name: str
    rows: Sequence[Sequence[object]]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def problem_of(self, row: int, column: int, where: Place) -> Problem | None:
        """Return what is wrong with a cell whose value cannot be read."""
        error = self.errors.get((row, column))
        if error is None:
            return None
        if error == NOT_COMPUTED:
            return problem("formula_uncomputed", where)
        return problem("formula_error", where, error=error)


def read_grids(file_name: str, data: bytes) -> list[Grid]:
    """Return the sheets of a workbook in their order.

    Raises
    ------
    InputError
        Not a workbook, damaged, locked, with macros, a zip bomb, cells too far out.
    """
    if data.startswith(_OLE) or not data.startswith(b"PK\x03\x04") or not _is_plain(data):
        container = open_container(data, file_name)  # refuses with the reason, or vouches for it
        errors = {name: seen.errors for name, seen in container.sheets.items()}
    else:
        errors = {}
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            book.get_sheet_by_name(about.name)
            for about in book.sheets_metadata
            if about.visible == calamine.SheetVisibleEnum.Visible
            and about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except (calamine.CalamineError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(
            [workbook_problem("unreadable", Place(file_name), reason=reason)]
        ) from error
    return [
        Grid(
            sheet.name,
            sheet.to_python(skip_empty_area=False),
            errors.get(sheet.name, {}),
            tuple(sheet.merged_cell_ranges or ()),
        )
        for sheet in sheets
    ]


def cell_place(file_name: str, sheet: str, row: int, column: int) -> Place:
    """Return the place of a cell; row and column from zero.

    >>> cell_place("a.xlsx", "Cung", 1, 2).cell
    'C2'
    """
    return Place(file_name, sheet, cell_name(row, column))


def _is_plain(data: bytes) -> bool:
    """Is every sheet written the usual way, of a sane size, without formulas and errors?

    False is no verdict: the strict reading decides.
    """
    if len(data) > _MOST_PACKED:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if (
                sum(info.file_size for info in infos) > _MOST_UNPACKED
                or len(set(names)) < len(names)
                or any(
                    info.flag_bits & 1 or name.endswith(".bin")
                    for info, name in zip(infos, names, strict=True)
                )
                or "xl/workbook.xml" not in names
                or b"macroEnabled" in archive.read("[Content_Types].xml")
            ):
                return False
            # Any part may be a sheet, whatever its name.
            return all(_is_plain_part(archive.read(info)) for info in infos)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, OSError, EOFError):
        return False


def _is_plain_part(part: bytes) -> bool:
    if b"sheetData" not in part:
        return True
    return (
        b"<!" not in part
        and not any(start in part for start in _FORMULAS)
        and b't="e"' not in part
        and not any(start in part for start in _PREFIXED_CELLS)
        # Counting bytes is ten times quicker than one pattern for all the ways to write a cell.
        and part.count(b"<c") == part.count(_PLAIN_CELL) + part.count(_COLUMNS)
        and _FAR_CELL.search(part) is None
    )
