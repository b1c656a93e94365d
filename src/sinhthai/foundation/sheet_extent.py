"""How far the filled cells of a worksheet reach, told before any program opens it.

A spreadsheet reader allocates the whole rectangle up to the last cell: one cell at XFD1048576, in a
file of one kilobyte, ends the process. So the XML is read once as a stream. A strict parser does
it: what it refuses (an attribute holding ``<``, a DOCTYPE) a lenient reader may take for a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")


class NotASheet(ValueError):
    """The bytes are not well-formed XML, or declare a document type, or name no real cell."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The rectangle of a sheet from A1 to its last filled cell; 0 and 0 of an empty one."""

    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """How many cells a reader makes room for."""
        return self.rows * self.columns


def extent_of(pieces: Iterable[bytes]) -> Extent:
    """Return how far the filled cells of one worksheet part reach.

    Parameters
    ----------
    pieces : the XML of the part, in order. A cell counts when it holds a value (``v``, ``is``).

    Raises
    ------
    NotASheet : see there.

    >>> extent_of([b'<sheetData><row r="9"><c r="AB9"><v>1</v></c></row></sheetData>'])
    Extent(rows=9, columns=28)
    """
    scan = _Scan()
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.start
    parser.StartDoctypeDeclHandler = scan.doctype
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise NotASheet(str(error)) from error
    return Extent(scan.rows, scan.columns)


class _Scan:
    """Where the stream stands, 1-based. A row or cell without its number follows the one before."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._numbers: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes.get("r"))
        elif kind in ("v", "is"):
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)
        elif kind == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
            self._column = 0

    def doctype(self, *_declared: object) -> None:
        raise NotASheet("a document type is declared")

    def _cell(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        match = _CELL.fullmatch(reference.upper())
        if match is None:
            raise NotASheet(f"no such cell: {reference[:20]}")
        letters, row = match.groups()
        if letters not in self._numbers:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self._numbers[letters] = number
        self._row, self._column = int(row), self._numbers[letters]
