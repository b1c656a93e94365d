"""A list as people send it, CSV or workbook, as rows of cells that know their place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sinhthai.foundation.problems import InputError, Place
from sinhthai.symbiosis.engine.lists.messages import problem

_BOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_POINT = re.compile(r"[+-]?(?:0?\.\d+|0\.\d+|\d+\.(?:\d{1,2}|\d{4,}))")
_COMMA = re.compile(r"[+-]?(?:0?,\d+|0,\d+|\d+,(?:\d{1,2}|\d{4,}))")
_UNSURE = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet. *decimal* is the mark its numbers show, "" when they do not."""

    file: str
    sheet: str
    rows: tuple[tuple[object, ...], ...]
    decimal: str = ""

    def place(self, row: int, column: int | None = None) -> Place:
        """Return where a cell is: sheet and cell of a workbook, line of a CSV."""
        if not self.sheet:
            return Place(self.file, line=row + 1)
        cell = f"{_letters(column)}{row + 1}" if column is not None else f"{row + 1}"
        return Place(self.file, self.sheet, cell)

    def filled(self) -> Iterator[tuple[int, tuple[object, ...]]]:
        """Yield the rows that hold anything, with their place from 0."""
        for at, row in enumerate(self.rows):
            if any(str(cell).strip() for cell in row if cell is not None):
                yield at, row

    def number(self, cell: object) -> object:
        """Return *cell* with a doubtful mark (1.333) read as the rest of the file writes it."""
        if isinstance(cell, str) and self.decimal and _UNSURE.fullmatch(cell.strip()):
            other = "," if self.decimal == "." else "."
            plain = cell.strip().replace(other, "").replace(self.decimal, ".")
            return float(plain)
        return cell


def read_grids(file: str, data: bytes) -> list[Grid]:
    """Return the sheets of a workbook, or the one table of a CSV.

    Raises
    ------
    InputError : the file is empty, or neither of the two.
    """
    if not data.strip():
        raise InputError([problem("empty_file", Place(file))])
    if data.startswith(_BOOK):
        return _sheets(file, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError([problem("unreadable_file", Place(file))]) from None
    if "\0" in text:
        raise InputError([problem("unreadable_file", Place(file))])
    mark = _delimiter(text)
    # a record may span lines, so each is put back where it starts
    rows: list[tuple[object, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 0
    try:
        for record in reader:
            rows.extend([()] * (line - len(rows)))
            rows.append(tuple(record))
            line = reader.line_num
    except csv.Error:
        raise InputError([problem("unreadable_file", Place(file))]) from None
    return [Grid(file, "", tuple(rows), _decimal(rows, mark))]


def _sheets(file: str, data: bytes) -> list[Grid]:
    import python_calamine as calamine  # a CSV does not need it

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        return [
            Grid(
                file,
                name,
                tuple(
                    tuple(row)
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ),
            )
            for name in book.sheet_names
        ]
    except (calamine.CalamineError, OSError, ValueError):
        raise InputError([problem("unreadable_file", Place(file))]) from None


def _delimiter(text: str) -> str:
    """Return the mark that splits the first line with content into most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _decimal(rows: Sequence[tuple[object, ...]], delimiter: str) -> str:
    cells = [str(cell).strip() for row in rows for cell in row]
    point = any(_POINT.fullmatch(cell) for cell in cells)
    comma = any(_COMMA.fullmatch(cell) for cell in cells)
    if point != comma:
        return "." if point else ","
    if not point and delimiter == ",":
        # nobody separates cells by the mark of their decimals
        return "." if not any("," in cell for cell in cells) else ""
    return ""


def _letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B … Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
