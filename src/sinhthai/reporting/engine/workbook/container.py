"""Is this file a workbook that is safe to open? Looked at before any cell is read.

A workbook is a zip of XML files. Sizes in its directory can lie, so every member is unpacked
once, in pieces, against a ceiling, and its checksum compared: that finds bombs, cut-off uploads
and damage. On the way the cells are looked over for what the reader cannot see: how far the
filled cells reach (one stray cell at the far corner would make a dense reader take all memory),
error values, and percent formats.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Final

from sinhthai.foundation.problems import InputError, Place
from sinhthai.foundation.sheet_extent import NotASheet, extent_of
from sinhthai.reporting.engine.workbook.messages import problem
from sinhthai.reporting.engine.workbook.model import cell_name

MEGABYTE: Final = 1024 * 1024
MAX_FILE: Final = 60 * MEGABYTE
MAX_UNPACKED: Final = 400 * MEGABYTE
MAX_MEMBERS: Final = 2_000
MAX_RATIO: Final = 200  # of one large member; honest sheets stay below 40
LARGE_MEMBER: Final = 20 * MEGABYTE
MAX_ROWS: Final = 120_000
MAX_CELLS: Final = 2_500_000  # rows x columns of the filled area: what fits in 500 MB

_PIECE: Final = 2 * MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# No pattern runs past a "<", so that none is tried over the whole rest of a hostile file.
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt=[\"']e[\"'])[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*>"
    rb"(?:(?!</?(?:\w+:)?c[\s>]).)*?<(?:\w+:)?v>([^<]*)<",
    re.DOTALL,
)
# A formula saved by a program that does not compute: to a reader its cell looks blank.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\s(?![^<>]*\bt=[\"']str[\"'])[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*>"
    rb"\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
NOT_COMPUTED = "="
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^<>]*)/?>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^<>]*)/?>")
_ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True, slots=True)
class Cells:
    """What was seen of one sheet's cells, besides their values."""

    rows: int = 0
    columns: int = 0
    # (row, column) -> #REF!, or NOT_COMPUTED for a formula without a value
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Container:
    """A workbook found safe to open: sheet name -> what was seen of it, and where it lies."""

    content: bytes
    sheets: Mapping[str, Cells]
    members: Mapping[str, str]  # sheet name -> member of the zip


def open_container(content: bytes, file_name: str) -> Container:
    """Return the workbook's container, or raise InputError with the one problem that stops it."""
    place = Place(file_name)
    _check_kind(content, place)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive, file_name, place)
            names = _sheet_members(archive)
            by_member = {member: name for name, member in names.items()}
            seen = {}
            for info in archive.infolist():
                with archive.open(info) as member:
                    sheet = by_member.get(info.filename)
                    pieces = _pieces(member)
                    if sheet is None:
                        deque(pieces, maxlen=0)  # read to the end, for its checksum
                    else:
                        seen[sheet] = _look_over(pieces)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError([problem("cut_off", place)]) from error
    except (RuntimeError, KeyError, UnicodeDecodeError, NotASheet) as error:
        raise InputError([problem("unreadable", place, reason=_reason(error))]) from error
    for sheet, cells in seen.items():
        if cells.rows > MAX_ROWS or cells.rows * cells.columns > MAX_CELLS:
            where = Place(file_name, sheet, cell_name(cells.rows - 1, cells.columns - 1))
            raise InputError(
                [
                    problem(
                        "sheet_too_large",
                        where,
                        rows=cells.rows,
                        columns=cells.columns,
                        limit=MAX_ROWS,
                    )
                ]
            )
    return Container(content, {name: seen.get(name, Cells()) for name in names}, names)


def percent_cells(container: Container, sheet: str) -> set[tuple[int, int]]:
    """Return the (row, column) of *sheet* shown as a percentage: 25 % is stored there as 0.25."""
    with zipfile.ZipFile(io.BytesIO(container.content)) as archive:
        styles = _percent_styles(archive)
        if not styles:
            return set()
        pattern = re.compile(
            rb"<(?:\w+:)?c\s(?=[^<>]*\bs=[\"'](?:"
            + b"|".join(str(style).encode() for style in sorted(styles))
            + rb")[\"'])[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']"
        )
        with archive.open(container.members[sheet]) as member:
            return {
                (int(row) - 1, column_index(letters))
                for piece in _whole_cells(_pieces(member))
                for letters, row in pattern.findall(piece)
            }


def column_index(letters: bytes | str) -> int:
    """Return the 0-based column of its letters.

    >>> column_index("A"), column_index(b"AB")
    (0, 27)
    """
    text = letters.decode() if isinstance(letters, bytes) else letters
    number = 0
    for char in text:
        number = number * 26 + ord(char) - 64
    return number - 1


def _check_kind(content: bytes, place: Place) -> None:
    if not content:
        raise InputError([problem("empty_file", place)])
    if len(content) > MAX_FILE:
        limits = {"size": len(content) // MEGABYTE, "limit": MAX_FILE // MEGABYTE}
        raise InputError([problem("file_too_large", place, **limits)])
    if content.startswith(_OLE):
        code = "locked_file" if _ENCRYPTED in content else "old_xls"
        raise InputError([problem(code, place)])
    if not content.startswith(b"PK\x03\x04"):
        raise InputError([problem("not_a_workbook", place)])
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise InputError([problem("cut_off", place)])


def _check_directory(archive: zipfile.ZipFile, file_name: str, place: Place) -> None:
    infos = archive.infolist()
    names = {info.filename for info in infos}
    macros = any(name.lower().endswith(("vbaproject.bin", "xlm.bin")) for name in names)
    if macros or file_name.lower().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        raise InputError([problem("macro_workbook", place)])
    if any(info.flag_bits & 1 for info in infos):
        raise InputError([problem("locked_file", place)])
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise InputError([problem("not_a_workbook", place)])
    total = sum(info.file_size for info in infos)
    swollen = any(
        info.file_size > LARGE_MEMBER and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        for info in infos
    )
    if total > MAX_UNPACKED or swollen or len(infos) > MAX_MEMBERS or len(names) < len(infos):
        limits = {"size": total // MEGABYTE, "limit": MAX_UNPACKED // MEGABYTE}
        raise InputError([problem("zip_bomb", place, **limits)])
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise InputError([problem("macro_workbook", place)])


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name -> zip member, in the order of the workbook."""
    book = archive.read("xl/workbook.xml").decode("utf-8")
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    targets = {}
    for match in _RELATION.finditer(relations):
        attributes = _attributes(match[1])
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    members = {}
    for match in _SHEET.finditer(book):
        attributes = _attributes(match[1])
        identity = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        members[attributes.get("name", "")] = targets.get(identity, "")
    return members


def _attributes(text: str) -> dict[str, str]:
    return {
        key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(text)
    }


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the cell style numbers whose number format shows a percentage."""
    try:
        styles = archive.read("xl/styles.xml").decode("utf-8")
    except KeyError:
        return set()
    formats = {9, 10}
    for match in re.finditer(r"<(?:\w+:)?numFmt\s([^<>]*)/?>", styles):
        attributes = _attributes(match[1])
        if "%" in attributes.get("formatCode", ""):
            formats.add(int(attributes.get("numFmtId", "0")))
    block = styles.partition("cellXfs")[2].partition("cellXfs>")[0]
    found = set()
    for number, match in enumerate(re.finditer(r"<(?:\w+:)?xf\s([^<>]*)>", block)):
        if int(_attributes(match[1]).get("numFmtId", "0")) in formats:
            found.add(number)
    return found


def _pieces(member: IO[bytes]) -> Iterator[bytes]:
    while piece := member.read(_PIECE):
        yield piece


def _whole_cells(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes cut only before the start of a row, so no cell is divided."""
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"<row ")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 8 * _PIECE:  # one endless row, or another namespace: do not pile up
            yield rest
            rest = b""
    if rest:
        yield rest


def _look_over(pieces: Iterator[bytes]) -> Cells:
    errors: dict[tuple[int, int], str] = {}

    def watched() -> Iterator[bytes]:
        for piece in _whole_cells(pieces):
            if b't="e"' in piece or b"t='e'" in piece:
                for name, number, error in _ERROR.findall(piece):
                    where = (int(number) - 1, column_index(name))
                    errors[where] = error.decode("utf-8", "replace")
            if b"<f" in piece or b":f" in piece:
                for name, number in _UNCOMPUTED.findall(piece):
                    errors[int(number) - 1, column_index(name)] = NOT_COMPUTED
            yield piece

    extent = extent_of(watched())
    return Cells(extent.rows, extent.columns, errors)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
