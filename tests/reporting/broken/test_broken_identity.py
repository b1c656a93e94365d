"""Whose workbook, of which year, by which template: anything doubtful is said."""

from __future__ import annotations

import hashlib

import pytest
from openpyxl.workbook import Workbook
from tests.reporting.sample_workbook import (
    ENTERPRISES,
    PARK,
    changed,
    codes,
    good,
    read,
    said,
    the_problem,
    with_cell,
)

from sinhthai.foundation.text import Text

META = "_meta"


def signed(template: str, item: str = "") -> bytes:
    """Return the workbook as if written by another template, perhaps asking another item."""

    def edit(book: Workbook) -> None:
        sheet = book[META]
        sheet["B1"] = template
        if item:
            row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "item")
            sheet.cell(row, 2).value = item
        rows = [[str(c.value or "") for c in row[:2]] for row in sheet.iter_rows()]
        lines = "\n".join("\t".join(row) for row in rows if row[0] != "digest")
        sheet.cell(sheet.max_row, 2).value = hashlib.sha256(lines.encode()).hexdigest()

    return changed(edit)


def test_park_other() -> None:
    upload = read(good(), expected_park="hiep-phuoc")
    found = the_problem(upload, "park_other")
    assert "gia-dinh" in found.message.vi
    assert "hiep-phuoc" in found.cure.vi


def test_park_other_names_both_parks() -> None:
    name = Text("Khu công nghiệp Hiệp Phước", "Hiep Phuoc Industrial Park")
    upload = read(good(), expected_park="hiep-phuoc", expected_name=name)
    found = the_problem(upload, "park_other")
    assert found.message.vi == "Sổ này của Khu công nghiệp Giả Định (gia-dinh)."
    assert found.message.en == "This is the workbook of Gia Dinh Industrial Park (gia-dinh)."
    assert found.cure.vi == "Tải lên sổ của Khu công nghiệp Hiệp Phước (hiep-phuoc)."
    assert found.cure.en == "Upload the workbook of Hiep Phuoc Industrial Park (hiep-phuoc)."


def test_year_other() -> None:
    found = the_problem(read(good(), expected_year=2024), "year_other")
    assert "2025" in found.message.en


def test_year_twice_above_the_enterprises() -> None:
    found = the_problem(read(with_cell(ENTERPRISES, "C2", 2024)), "year_twice")
    assert (found.place.sheet, found.place.cell) == (ENTERPRISES, "C2")
    assert "2024" in found.message.vi and "2025" in found.message.vi


def test_year_twice_above_the_park() -> None:
    found = the_problem(read(with_cell(PARK, "B2", "Năm báo cáo: 2023")), "year_twice")
    assert (found.place.sheet, found.place.cell) == (PARK, "B2")


def test_identity_missing() -> None:
    upload = read(changed(lambda book: book.remove(book[META])))
    assert codes(upload) == ["identity_missing"]


@pytest.mark.parametrize(("cell", "value"), [("B3", "2024"), ("B2", "khac"), ("B4", "hôm qua")])
def test_meta_damaged(cell: str, value: str) -> None:
    upload = read(with_cell(META, cell, value))
    assert codes(upload) == ["meta_damaged"]
    assert upload.said.num_rows == 0


def test_template_older_whose_items_are_all_known_is_read_with_a_warning() -> None:
    upload = read(signed("0"))
    assert codes(upload) == ["template_older"]
    assert upload.ok
    assert said(upload) == said(read(good()))


def test_template_unreadable_when_it_asks_what_is_no_longer_known() -> None:
    upload = read(signed("0", "forgotten_item"))
    assert codes(upload) == ["template_unreadable"]
    assert not upload.ok
    assert upload.said.num_rows == 0


def test_template_unreadable_when_newer() -> None:
    assert codes(read(signed("99"))) == ["template_unreadable"]
