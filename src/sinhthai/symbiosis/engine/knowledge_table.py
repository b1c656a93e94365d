"""Rows of a table people keep in Excel as CSV, and what one cell of it may say."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.knowledge_problems import problem

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,\s]\d{3})+([.,]\d+)?")
_FLAGS = {"yes": True, "no": False, "true": True, "false": False}  # TRUE is what Excel writes


@dataclass(slots=True)
class Row:
    """One row: its cells by column, and where it stands."""

    file: str
    line: int
    cells: dict[str, str]
    decimal_comma: bool  # the file's columns are not separated by commas
    problems: list[Problem]

    def report(self, code: str, column: str, /, **values: object) -> None:
        """Add the problem *code* at this row and *column*."""
        place = Place(file=self.file, cell=column, line=self.line)
        self.problems.append(problem(code, place, **values))

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        cell = self.cells[column]
        if not cell:
            self.report("cell-blank", column, column=column)
        return cell

    def both(self, stem: str, *, required: bool = False) -> Text:
        """Return the cells ``<stem>_vi`` and ``<stem>_en``: both filled, or both empty."""
        said = Text(self.cells[f"{stem}_vi"], self.cells[f"{stem}_en"])
        if bool(said.vi) != bool(said.en):
            missing = f"{stem}_en" if said.vi else f"{stem}_vi"
            self.report("text-one-language", missing, column=missing)
        elif required and not said.vi:
            self.text(f"{stem}_vi")
        return said

    def word(self, column: str, known: Sequence[str], *, required: bool = True) -> str:
        """Return a cell that holds one of the *known* words."""
        cell = self.text(column) if required else self.cells[column]
        if cell and cell not in known:
            self.report("word-unknown", column, found=cell, allowed=", ".join(known))
        return cell

    def words(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell separated by semicolons."""
        cell = self.cells[column]
        if ";" in cell:
            return tuple(word for part in cell.split(";") if (word := part.strip()))
        return (cell,) if cell else ()

    def flag(self, column: str) -> bool:
        """Return a cell that says yes or no."""
        cell = self.cells[column].lower()
        if cell not in _FLAGS:
            self.report("flag-bad", column, found=self.cells[column])
        return _FLAGS.get(cell, False)

    def number(self, column: str, *, required: bool = False) -> float | None:
        """Return the number in a cell; None when it is empty, which is not zero (H1)."""
        cell = self.text(column) if required else self.cells[column]
        return self.as_number(column, cell) if cell else None

    def amount(self, column: str) -> float | None:
        """Return the number in a cell that cannot be negative."""
        number = self.number(column)
        if number is not None and number < 0:
            self.report("number-negative", column, found=self.cells[column])
        return number

    def as_number(self, column: str, written: str) -> float | None:
        """Return *written* as a number, or report why it is none."""
        # Where commas separate the columns, 1.200 can only have a decimal point.
        unclear = self.decimal_comma and _GROUPED.fullmatch(written) is not None
        if not unclear and _NUMBER.fullmatch(written):
            number = float(written)
            if math.isfinite(number):
                return number
        elif not unclear and _COMMA.fullmatch(written):
            if self.decimal_comma:
                return float(written.replace(",", "."))
            unclear = True
        unclear = unclear or _GROUPED.fullmatch(written) is not None
        self.report("number-ambiguous" if unclear else "number-bad", column, found=written)
        return None


@dataclass(slots=True)
class Table:
    """The rows of one file, their cells in the order asked for, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    cells: list[tuple[str, ...]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True
    """False when rows could not be read, so that an id not found here may well be in the file."""


def read_rows(file: str, content: bytes, columns: Sequence[str]) -> Table:
    r"""Return the rows of the CSV *content* that has exactly the *columns*, in any order.

    UTF-8 with or without its mark; the delimiter (comma, semicolon, tab) is that of the heading,
    as Excel writes what its locale wants. A file with semicolons or tabs may have decimal
    commas. Problems are in the table; none is raised.

    >>> table = read_rows("a.csv", "id;share\nx;0,5\n".encode(), ("id", "share"))
    >>> table.rows[0].number("share"), table.problems
    (0.5, [])
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Table(problems=[problem("encoding", Place(file=file, line=line))], is_whole=False)
    before = 0
    if text[:4].lower() == "sep=":  # Excel's own way of naming the delimiter
        text = text.partition("\n")[2]
        before = 1
    heading = re.split(r"[\r\n]", text, maxsplit=1)[0]
    delimiter = max((",", ";", "\t"), key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbered: list[tuple[int, list[str]]] = []
    line = before + 1  # where the row begins: a quoted cell may run over several lines
    try:
        for cells in reader:
            numbered.append((line, [cell.strip() for cell in cells]))
            line = before + reader.line_num + 1
    except csv.Error:
        return Table(problems=[problem("quotes-open", Place(file=file, line=line))], is_whole=False)
    return _table(file, numbered, columns, decimal_comma=delimiter != ",")


def _table(
    file: str,
    numbered: Sequence[tuple[int, list[str]]],
    columns: Sequence[str],
    *,
    decimal_comma: bool,
) -> Table:
    line, header = numbered[0] if numbered else (1, [])
    wrong = _wrong_header(Place(file=file, line=line), header, columns)
    table = Table(problems=wrong, is_whole=not wrong)
    if wrong:
        return table
    order = [header.index(column) for column in columns]
    for line, cells in numbered[1:]:
        if not any(cells):
            continue
        if len(cells) != len(header):
            place = Place(file=file, line=line)
            widths = {"found": len(cells), "wanted": len(header)}
            table.problems.append(problem("row-width", place, **widths))
            table.is_whole = False
            continue
        said = dict(zip(header, cells, strict=True))
        table.rows.append(Row(file, line, said, decimal_comma, table.problems))
        table.cells.append(tuple(cells[at] for at in order))
    return table


def _wrong_header(place: Place, header: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    wanted = ",".join(columns)
    if not any(header):
        return [problem("file-empty", place, wanted=wanted)]
    missing = [column for column in columns if column not in header]
    unknown = [column for column in dict.fromkeys(header) if column not in columns]
    again = [column for column in columns if header.count(column) > 1]
    return [
        problem(code, place, column=column, wanted=wanted)
        for code, found in (
            ("column-missing", missing),
            ("column-unknown", unknown),
            ("column-twice", again),
        )
        for column in found
    ]


def report_repeats(rows: Iterable[Row], column: str) -> None:
    """Report every row whose *column* says what an earlier row says."""
    first: dict[str, int] = {}
    for row in rows:
        cell = row.cells[column]
        line = first.setdefault(cell, row.line)
        if cell and line != row.line:
            row.report("id-twice", column, found=cell, first=line)
