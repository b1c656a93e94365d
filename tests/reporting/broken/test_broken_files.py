"""Files that are no workbook, or not one to be opened: found out before a cell is read."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from tests.reporting.sample_workbook import (
    BUNDLE,
    ENTERPRISES,
    PARK,
    changed,
    codes,
    good,
    read,
    read_workbook,
    the_problem,
    with_cell,
)

from sinhthai.reporting.engine.workbook import container


def rezipped(edit: dict[str, bytes], source: bytes | None = None) -> bytes:
    """Return the workbook with members replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source or good())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in edit:
                new.writestr(info.filename, old.read(info))
        for name, content in edit.items():
            new.writestr(name, content)
    return buffer.getvalue()


def check_refused(content: bytes, code: str, file_name: str = "so.xlsx") -> str:
    """Return what is said of a file refused as a whole, with nothing read from it."""
    upload = read_workbook(content, BUNDLE, file_name=file_name)
    assert codes(upload) == [code]
    assert not upload.ok
    assert upload.said.num_rows == 0
    found = upload.problems[0]
    assert found.place.file == file_name
    assert found.cure.vi and found.cure.en
    return found.say("en")


def test_empty_file() -> None:
    assert "empty" in check_refused(b"", "empty_file")


@pytest.mark.parametrize("content", [b"code;value\nplan_area_ha;3\n", b"%PDF-1.7", b"\x00" * 100])
def test_not_a_workbook(content: bytes) -> None:
    assert "not an Excel workbook" in check_refused(content, "not_a_workbook")


def test_not_a_workbook_but_another_zip() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    check_refused(buffer.getvalue(), "not_a_workbook")


def test_old_xls() -> None:
    assert "Save as" in check_refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_xls"
    )


def test_locked_file() -> None:
    ole = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert "password" in check_refused(ole, "locked_file")


def test_macro_workbook_by_its_content() -> None:
    content = rezipped({"xl/vbaProject.bin": b"\x00"})
    assert "macros" in check_refused(content, "macro_workbook")


def test_macro_workbook_by_its_name() -> None:
    check_refused(good(), "macro_workbook", "so.XLSM")


def test_macro_workbook_by_its_content_type() -> None:
    types = zipfile.ZipFile(io.BytesIO(good())).read("[Content_Types].xml")
    macro = types.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    check_refused(rezipped({"[Content_Types].xml": macro}), "macro_workbook")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_cut_off_upload(part: float) -> None:
    content = good()
    assert "cut off" in check_refused(content[: int(len(content) * part)], "cut_off")


def test_cut_off_inside_but_with_a_directory() -> None:
    content = bytearray(good())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo("xl/worksheets/sheet2.xml")
    middle = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    content[middle : middle + 40] = b"\x00" * 40
    check_refused(bytes(content), "cut_off")


def test_zip_bomb_by_its_directory() -> None:
    bomb = rezipped({"xl/media/picture.png": b"\x00" * (container.LARGE_MEMBER + 1)})
    assert len(bomb) < container.MEGABYTE
    assert "unpacks" in check_refused(bomb, "zip_bomb")


def test_zip_bomb_with_a_directory_that_lies() -> None:
    content = bytearray(rezipped({"xl/media/picture.png": b"\x00" * (container.LARGE_MEMBER + 1)}))
    size = struct.pack("<I", container.LARGE_MEMBER + 1)
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = struct.pack("<I", 1_000)
    check_refused(bytes(content), "cut_off")  # its checksum no longer fits


def test_zip_bomb_of_many_members() -> None:
    many = {f"xl/media/{n}.png": b"" for n in range(container.MAX_MEMBERS + 1)}
    check_refused(rezipped(many), "zip_bomb")


def test_file_too_large() -> None:
    assert "too large" in check_refused(
        b"PK\x03\x04" + b"\x00" * container.MAX_FILE, "file_too_large"
    )


def test_sheet_too_large_a_stray_cell_in_the_far_corner() -> None:
    upload = read(with_cell(ENTERPRISES, "XFD1048576", "x"))
    found = the_problem(upload, "sheet_too_large")
    assert (found.place.sheet, found.place.cell) == (ENTERPRISES, "XFD1048576")
    assert "stray" in found.cure.en


def test_sheet_too_large_hidden_from_a_simple_search() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(good())).read("xl/worksheets/sheet3.xml")
    stray = b'<row r="1048576"><c s="a>b" r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = rezipped({"xl/worksheets/sheet3.xml": sheet.replace(b"</sheetData>", stray)})
    assert codes(read(content)) == ["sheet_too_large"]


def test_unreadable_xml() -> None:
    upload = read(rezipped({"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row"}))
    assert set(codes(upload)) <= {"unreadable", "header_missing"}
    assert not upload.ok


def test_unreadable_without_relations() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good())) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for info in old.infolist():
            if not info.filename.endswith("workbook.xml.rels"):
                new.writestr(info.filename, old.read(info))
    check_refused(buffer.getvalue(), "unreadable")


def test_a_path_names_its_file_in_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"")
    assert read_workbook(path, BUNDLE).problems[0].place.file == "hong.xlsx"


@pytest.mark.parametrize("name", [PARK, ENTERPRISES])
def test_sheet_missing(name: str) -> None:
    upload = read(changed(lambda book: book.remove(book[name])))
    assert name in the_problem(upload, "sheet_missing").message.vi
    assert not upload.ok
