"""Read a list from the bytes of an Excel, CSV or GeoJSON file: headings found, cells placed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO

import python_calamine

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.sheet_extent import Extent, NotASheet, extent_of
from sinhthai.foundation.tables import rearm
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.columns import Column, plain_heading
from sinhthai.registry.engine.headings import (
    MAX_ROWS,
    RawList,
    RawRow,
    excel_place,
    line_place,
    no_heading,
    rows_below_heading,
    too_many,
)

MAX_UNPACKED = 400 * 1024 * 1024
MAX_CELLS = 2_500_000  # the reader makes room for the whole rectangle
_PIECE = 1024 * 1024


def read_list(file_name: str, data: bytes, columns: Sequence[Column], need: str) -> RawList:
    """Read the list in *data*, whose kind the ending of *file_name* tells.

    *need* is the column without which a file is not such a list (a name, a code).

    Raises
    ------
    InputError
        Wrong ending, empty, not what the ending says, no heading, heading twice, too many rows,
        a zip bomb. Cells are not judged here.
    """
    ending = file_name.lower().rsplit(".", 1)[-1] if "." in file_name else ""
    here = Place(file=file_name)
    if ending not in _READERS:
        raise InputError([_wrong_ending(file_name, ending, here)])
    if not data.strip():
        raise InputError(
            [
                Problem(
                    "file-empty",
                    Text("tệp trống", "the file is empty"),
                    Text("chọn đúng tệp rồi tải lên lại", "choose the right file and upload again"),
                    here,
                )
            ]
        )
    return _READERS[ending](data, columns, need, here)


def _wrong_ending(file_name: str, ending: str, here: Place) -> Problem:
    cure = Text("lưu thành .xlsx, .csv hoặc .geojson", "save it as .xlsx, .csv or .geojson")
    if ending in {"xls", "xlsm", "xlsb", "ods"}:
        cure = Text(
            "mở tệp, chọn “Lưu thành” Excel Workbook (.xlsx)",
            "open it and choose “Save as” Excel Workbook (.xlsx)",
        )
    return Problem(
        "file-ending",
        Text(f"không nhận tệp loại .{ending}", f"files ending in .{ending} are not taken")
        if ending
        else Text("tên tệp không có phần mở rộng", "the file's name has no ending"),
        cure,
        here,
    )


def _read_xlsx(data: bytes, columns: Sequence[Column], need: str, here: Place) -> RawList:
    _refuse_bad_zip(data, here)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise InputError([_not_a_workbook(here)]) from error
    best: list[Problem] = []
    for name, sheet in grids:
        start = sheet.start or (0, 0)
        lines = (
            (start[0] + number, start[1], cells) for number, cells in enumerate(sheet.iter_rows())
        )
        place = replace(here, sheet=name)
        try:
            return rows_below_heading(lines, columns, need, place, excel_place)
        except InputError as error:
            if not best or error.problems[0].code != "heading-missing":
                best = list(error.problems)
    raise InputError(best or [_not_a_workbook(here)])


def _refuse_bad_zip(data: bytes, here: Place) -> None:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise InputError(
            [
                Problem(
                    "workbook-locked",
                    Text(
                        "tệp có mật khẩu hoặc là Excel đời cũ (.xls)",
                        "the file has a password or is of the old Excel kind (.xls)",
                    ),
                    Text("bỏ mật khẩu, lưu thành .xlsx", "remove the password, save as .xlsx"),
                    here,
                )
            ]
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise InputError([_unpacks_to(unpacked, here)])
            for member in archive.infolist():
                with archive.open(member) as content:  # also compares size and checksum
                    extent = _extent(content)
                if extent.cells > MAX_CELLS:
                    raise InputError([_reaches(extent, here)])
    # RuntimeError: encrypted, or packed in a way nobody uses
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise InputError([_not_a_workbook(here)]) from error


def _extent(content: IO[bytes]) -> Extent:
    """Return how far the cells of a part reach; any part may be a sheet, whatever its name."""
    seen = _Seen(content)
    try:
        return extent_of(seen.pieces())
    except NotASheet:
        for _piece in seen.pieces():
            pass
        if seen.is_sheet:
            raise
        return Extent(0, 0)  # a picture, printer settings


class _Seen:
    """The pieces of a part, and whether they speak of the data of a sheet."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self._tail = b""
        self.is_sheet = False

    def pieces(self) -> Iterator[bytes]:
        while piece := self._content.read(_PIECE):
            self.is_sheet |= b"sheetData" in self._tail + piece
            self._tail = piece[-8:]
            yield piece


def _unpacks_to(unpacked: int, here: Place) -> Problem:
    return Problem(
        "workbook-too-large",
        Text(
            f"tệp bung ra {unpacked // 2**20} MB, quá giới hạn",
            f"the file unpacks to {unpacked // 2**20} MB, over the limit",
        ),
        Text("chia thành nhiều tệp", "split it into several files"),
        here,
    )


def _reaches(extent: Extent, here: Place) -> Problem:
    return Problem(
        "sheet-too-large",
        Text(
            f"một trang tính trải tới dòng {extent.rows}, cột {extent.columns}",
            f"a sheet reaches to row {extent.rows}, column {extent.columns}",
        ),
        Text(
            "xóa các ô nằm xa bảng, hoặc chép bảng sang tệp mới",
            "delete the cells far from the table, or copy the table into a new file",
        ),
        here,
    )


def _not_a_workbook(here: Place) -> Problem:
    return Problem(
        "not-a-workbook",
        Text("tệp không phải là sổ Excel (.xlsx)", "the file is not an Excel workbook (.xlsx)"),
        Text("mở bằng Excel rồi lưu lại thành .xlsx", "open it in Excel and save it as .xlsx"),
        here,
    )


def _read_csv(data: bytes, columns: Sequence[Column], need: str, here: Place) -> RawList:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            [
                Problem(
                    "csv-not-utf8",
                    Text("tệp CSV không theo mã UTF-8", "the CSV file is not in UTF-8"),
                    Text("lưu thành “CSV UTF-8”", "save it as “CSV UTF-8”"),
                    here,
                )
            ]
        ) from error
    if "\x00" in text:
        raise InputError([_not_a_csv(here)])
    first = text.lstrip().split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)

    def lines() -> Iterator[tuple[int, int, Sequence[object]]]:
        for cells in reader:
            yield reader.line_num - 1, 0, [rearm(cell) for cell in cells]

    try:
        return rows_below_heading(lines(), columns, need, here, line_place)
    except csv.Error as error:  # a field without an end
        raise InputError([_not_a_csv(replace(here, line=reader.line_num))]) from error


def _not_a_csv(here: Place) -> Problem:
    return Problem(
        "not-a-csv",
        Text("tệp không phải là CSV", "the file is not CSV"),
        Text("lưu thành “CSV UTF-8”", "save it as “CSV UTF-8”"),
        here,
    )


def _read_geojson(data: bytes, columns: Sequence[Column], need: str, here: Place) -> RawList:
    wrong = Problem(
        "not-geojson",
        Text("tệp không phải là GeoJSON FeatureCollection", "not a GeoJSON FeatureCollection"),
        Text("xuất lại từ phần mềm bản đồ", "export it again from the map software"),
        here,
    )
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError([wrong]) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise InputError([wrong])
    if len(features) > MAX_ROWS:
        raise InputError([too_many(here)])
    rows, known = [], set[str]()
    by_heading = {word: column.key for column in reversed(columns) for word in column.headings}
    for number, feature in enumerate(features, start=1):
        place = replace(here, line=number)
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise InputError([replace(wrong, place=place)])
        cells: dict[str, object] = {}
        for name, value in properties.items():
            if key := by_heading.get(plain_heading(str(name))):
                cells[key] = value
        cells |= _point(feature.get("geometry"), place)
        known |= set(cells)
        at = {key: replace(place, cell=key) for key in cells}
        rows.append(RawRow(place, cells, at.get))
    if need not in known:
        raise InputError([no_heading(columns, need, [], here)])
    return RawList(tuple(rows), frozenset(known))


def _point(geometry: object, place: Place) -> dict[str, object]:
    if geometry is None:
        return {}
    if isinstance(geometry, dict) and geometry.get("type") == "Point":
        point = geometry.get("coordinates")
        if isinstance(point, list) and len(point) >= 2:
            return {"lon": point[0], "lat": point[1]}
    raise InputError(
        [
            Problem(
                "not-a-point",
                Text("hình không phải là một điểm", "the geometry is not a point"),
                Text("xuất tâm điểm của vùng", "export the centre of the area"),
                place,
            )
        ]
    )


_READERS = {
    "xlsx": _read_xlsx,
    "csv": _read_csv,
    "geojson": _read_geojson,
    "json": _read_geojson,
}
