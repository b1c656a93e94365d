"""A file as grids of cells, whatever its kind: Excel, CSV, Parquet."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.tables import rearm
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.stream_messages import problem
from sinhthai.symbiosis.engine.stream_workbook import cell_place, read_grids

MAX_ROWS: Final = 1_000_000
"""Rows of a CSV or Parquet list; a workbook ends at 120,000. Larger tables need no list of people:
the engine takes them as ``Streams``."""
ENDINGS: Final = ("xlsx", "xlsm", "xls", "csv", "txt", "tsv", "parquet")

_WORKBOOKS = frozenset({"xlsx", "xlsm", "xls"})
_TEXTS = frozenset({"csv", "txt", "tsv"})
_KINDS: tuple[tuple[bytes, str, Text], ...] = (
    (b"PK\x03\x04", "xlsx", Text("sổ Excel hoặc tệp nén", "an Excel workbook or a zip file")),
    (b"\xd0\xcf\x11\xe0", "xls", Text("Excel đời cũ (.xls)", "an old Excel file (.xls)")),
    (b"PAR1", "parquet", Text("Parquet", "Parquet")),
    (b"%PDF", "pdf", Text("PDF", "PDF")),
)


@dataclass(frozen=True, slots=True)
class Cellwise:
    """One sheet or table: cells, where they stand, and what is wrong with some of them."""

    file: str
    name: str  # of the sheet; "" of a CSV or Parquet file
    rows: Sequence[Sequence[object]]
    is_workbook: bool
    is_only: bool  # nothing else in the file could be the list
    errors: Mapping[tuple[int, int], Problem] = field(default_factory=dict)
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()
    lines: Sequence[int] = ()  # of a CSV file: the line each row begins on

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell; row and column from zero."""
        if self.is_workbook:
            return cell_place(self.file, self.name, row, column)
        heading = " ".join(str(self.rows[0][column]).split()) if self.rows else ""
        return Place(self.file, cell=heading, line=self.lines[row] if self.lines else row)


def grids_of(file_name: str, data: bytes) -> list[Cellwise]:
    """Return the sheets of a file.

    Raises
    ------
    InputError
        A kind that is not read, another kind than the ending says, empty, damaged, too long.
    """
    here = Place(file_name)
    ending = file_name.lower().rpartition(".")[2] if "." in file_name else ""
    if ending not in ENDINGS:
        raise InputError([problem("file_ending", here)])
    if not data.strip():
        raise InputError([problem("empty_file", here)])
    _refuse_disguise(ending, data, here)
    if ending in _WORKBOOKS:
        return _workbook(file_name, data)
    if ending in _TEXTS:
        return [_csv(file_name, data)]
    return [_parquet(file_name, data)]


def _refuse_disguise(ending: str, data: bytes, here: Place) -> None:
    really, name = next(
        ((kind, name) for start, kind, name in _KINDS if data.startswith(start)),
        ("csv", Text("văn bản", "plain text")),
    )
    expected = "xlsx" if ending == "xlsm" else "csv" if ending in _TEXTS else ending
    if really == expected:
        if ending == "xls":
            raise InputError([problem("file_ending", here)])
        return
    # A locked .xlsx is stored like an old one: the strict reading says which it is.
    if not (expected == "xlsx" and really == "xls"):
        raise InputError([problem("disguised", here, ending=ending, really=name)])


def _workbook(file_name: str, data: bytes) -> list[Cellwise]:
    grids = read_grids(file_name, data)
    filled = [grid for grid in grids if any(any(c not in (None, "") for c in r) for r in grid.rows)]
    return [
        Cellwise(
            file_name,
            grid.name,
            grid.rows,
            is_workbook=True,
            is_only=len(filled) == 1,
            errors={
                (row, column): found
                for row, column in grid.errors
                if (
                    found := grid.problem_of(
                        row, column, cell_place(file_name, grid.name, row, column)
                    )
                )
            },
            merged=grid.merged,
        )
        for grid in filled
    ]


def _csv(file_name: str, data: bytes) -> Cellwise:
    here = Place(file_name)
    is_marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:  # Excel's "Unicode Text" is UTF-16 and says so in its first two bytes
        text = data.decode("utf-16" if is_marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([problem("csv_not_utf8", here)]) from error
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True
    )
    rows: list[list[object]] = []
    lines: list[int] = []
    line = 1
    try:
        for cells in reader:
            rows.append([rearm(cell) if cell[:1] == "'" else cell for cell in cells])
            lines.append(line)
            line = reader.line_num + 1
            if len(rows) > MAX_ROWS + 1:
                raise InputError([_too_many(sum(1 for _ in reader) + len(rows) - 1, here)])
    except csv.Error as error:
        raise InputError([problem("csv_damaged", Place(file_name, line=line))]) from error
    return Cellwise(file_name, "", rows, is_workbook=False, is_only=True, lines=lines)


def _parquet(file_name: str, data: bytes) -> Cellwise:
    import pyarrow.parquet as pq

    here = Place(file_name)
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        if file.metadata.num_rows > MAX_ROWS:
            raise InputError([_too_many(file.metadata.num_rows, here)])
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise InputError([problem("parquet_damaged", here)]) from error
    columns = [column.to_pylist() for column in table.columns]
    rows: list[Sequence[object]] = [list(table.column_names), *zip(*columns, strict=True)]
    return Cellwise(file_name, "", rows, is_workbook=False, is_only=True)


def _too_many(rows: int, here: Place) -> Problem:
    more = Text(
        " Với hàng triệu dòng, gọi hàm match của thư viện với bảng Arrow.",
        " For millions of rows, call the library's match function with Arrow tables.",
    )
    vi, en = f"{rows:,}".replace(",", "."), f"{rows:,}"
    limit = Text(f"{MAX_ROWS:,}".replace(",", "."), f"{MAX_ROWS:,}")
    return problem("too_many_rows", here, rows=Text(vi, en), limit=limit, more=more)
