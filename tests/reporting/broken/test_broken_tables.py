"""Rows and columns gone wrong: each is said with its sheet and cell, the rest is still read."""

from __future__ import annotations

import time

import pytest
from openpyxl.workbook import Workbook
from tests.reporting.sample_workbook import (
    ENTERPRISES,
    ITEMS,
    KNOWN,
    PARK,
    changed,
    codes,
    enterprise_cell,
    park_cell,
    read,
    said,
    spec,
    the_problem,
    with_cell,
)

from sinhthai.reporting.engine.workbook import (
    EnterpriseRow,
    KnownEnterprise,
    Stated,
    write_workbook,
)
from sinhthai.reporting.engine.workbook.gather import MAX_PROBLEMS


@pytest.mark.parametrize("name", [PARK, ENTERPRISES])
def test_header_missing(name: str) -> None:
    upload = read(changed(lambda book: book[name].delete_rows(1, 7)))
    assert the_problem(upload, "header_missing").place.sheet == name


def test_header_twice_a_column() -> None:
    def edit(book: Workbook) -> None:
        book[ENTERPRISES]["M3"] = "employees"
        book[ENTERPRISES]["M5"] = "Số lao động"
        book[ENTERPRISES]["M8"] = 999

    upload = read(changed(edit))
    found = the_problem(upload, "header_twice")
    assert (found.place.sheet, found.place.cell) == (ENTERPRISES, "M5")
    assert "F5" in found.message.vi
    assert said(upload)[("an-phu", "employees")][0] == 120


def test_header_twice_a_row_of_the_park() -> None:
    def edit(book: Workbook) -> None:
        book[PARK]["A30"] = "greenery_ha"
        book[PARK]["E30"] = 7

    found = the_problem(read(changed(edit)), "header_twice")
    assert found.place.cell == "E30"
    assert park_cell("greenery_ha") in found.message.en


def test_header_mismatch_of_a_shifted_column() -> None:
    upload = read(with_cell(ENTERPRISES, "F5", "Điện tiết kiệm"))
    found = the_problem(upload, "header_mismatch")
    assert found.place.cell == "F5"
    assert "employees" in found.message.vi
    assert not upload.ok


def test_header_mismatch_of_a_shifted_row() -> None:
    cell = park_cell("greenery_ha").replace("E", "B")
    upload = read(with_cell(PARK, cell, "Đất giao thông"))
    assert the_problem(upload, "header_mismatch").place.cell == cell
    assert ("", "greenery_ha") not in said(upload)


def test_column_missing() -> None:
    upload = read(changed(lambda book: book[ENTERPRISES].delete_cols(6)))
    found = the_problem(upload, "column_missing")
    assert "Số lao động" in found.message.vi
    assert found.severity == "warning"
    assert upload.ok
    assert "employees" not in upload.enterprise_items


def test_column_unknown_when_renamed_without_code() -> None:
    def edit(book: Workbook) -> None:
        for row, value in ((3, None), (5, "Người làm"), (6, "Staff")):
            book[ENTERPRISES].cell(row, 6).value = value

    upload = read(changed(edit))
    assert the_problem(upload, "column_unknown").place.cell == "F5"
    assert the_problem(upload, "column_missing").place.sheet == ENTERPRISES


def test_key_column_missing() -> None:
    upload = read(changed(lambda book: book[ENTERPRISES].delete_cols(1, 2)))
    assert the_problem(upload, "key_column_missing").place.sheet == ENTERPRISES
    assert not upload.ok


def test_row_missing() -> None:
    row = int(park_cell("greenery_ha")[1:])
    upload = read(changed(lambda book: book[PARK].delete_rows(row)))
    assert "Greenery" in the_problem(upload, "row_missing").message.en
    assert upload.ok


def test_row_unknown() -> None:
    def edit(book: Workbook) -> None:
        book[PARK]["B30"] = "Đất hồ nước"
        book[PARK]["E30"] = 4

    found = the_problem(read(changed(edit)), "row_unknown")
    assert found.place.cell == "E30"
    assert "Đất hồ nước" in found.message.en


def test_cells_merged_over_enterprises() -> None:
    upload = read(changed(lambda book: book[ENTERPRISES].merge_cells("F8:F9")))
    found = the_problem(upload, "cells_merged")
    assert found.place.cell == "F8"
    assert "F8:F9" in found.message.vi
    assert ("an-phu", "employees") not in said(upload)
    assert not upload.ok


def test_cells_merged_over_park_values() -> None:
    cell = park_cell("greenery_ha")
    below = f"E{int(cell[1:]) + 1}"
    upload = read(changed(lambda book: book[PARK].merge_cells(f"{cell}:{below}")))
    assert the_problem(upload, "cells_merged").place.cell == cell


def test_merged_cells_of_a_title_do_not_matter() -> None:
    assert codes(read(changed(lambda book: book[PARK].merge_cells("B1:E1")))) == []


def test_enterprise_unknown() -> None:
    upload = read(with_cell(ENTERPRISES, "A9", "la-mat"), known=KNOWN)
    found = the_problem(upload, "enterprise_unknown")
    assert (found.place.cell, "Bình Minh" in found.message.vi) == ("A9", True)
    assert not any(subject in ("la-mat", "binh-minh") for subject, _ in said(upload))


def test_enterprise_closed() -> None:
    closed = (KnownEnterprise("an-phu", "0301234567", "closed"), *KNOWN[1:])
    found = the_problem(read(changed(lambda book: None), known=closed), "enterprise_closed")
    assert found.place.cell == "A8"


def test_a_closed_enterprise_with_nothing_said_is_left_in_peace() -> None:
    closed = (*KNOWN[:2], KnownEnterprise("cuu-long", "0309999999", "closed"))
    assert codes(read(changed(lambda book: None), known=closed)) == []


def test_enterprise_twice() -> None:
    upload = read(with_cell(ENTERPRISES, "A9", "an-phu"))
    found = the_problem(upload, "enterprise_twice")
    assert found.place.cell == "A9"
    assert "A8" in found.message.en
    assert said(upload)[("an-phu", "employees")][0] == 120


def test_tax_code_twice() -> None:
    upload = read(with_cell(ENTERPRISES, "B9", "0301234567"))
    found = the_problem(upload, "tax_code_twice")
    assert (found.place.cell, "B8" in found.message.vi) == ("B9", True)
    assert not upload.ok


def test_tax_code_other() -> None:
    found = the_problem(
        read(with_cell(ENTERPRISES, "B9", "0301234567"), known=KNOWN), "tax_code_other"
    )
    assert found.place.cell == "B9"
    assert "binh-minh" in found.message.en


def test_enterprise_unnamed() -> None:
    def edit(book: Workbook) -> None:
        book[ENTERPRISES]["F12"] = 5

    upload = read(changed(edit))
    assert the_problem(upload, "enterprise_unnamed").place.cell == "A12"
    assert not upload.ok


def test_wrong_values_of_refused_rows_are_still_named() -> None:
    def edit(book: Workbook) -> None:
        book[ENTERPRISES]["A9"] = "la-mat"
        book[ENTERPRISES][enterprise_cell("employees", 9)] = "nhiều"

    assert codes(read(changed(edit), known=KNOWN)) == ["enterprise_unknown", "not_a_number"]


def employees_of(count: int) -> bytes:
    """Return a workbook in which *count* enterprises say one thing each."""
    rows = tuple(
        EnterpriseRow(f"dn-{n}", "", values={"employees": Stated(1.0)}) for n in range(count)
    )
    employees = tuple(one for one in ITEMS if one.code == "employees")
    return write_workbook(spec(items=employees, park_values={}, park_last={}, enterprises=rows))


def test_a_hundred_thousand_rows() -> None:
    content = employees_of(100_000)
    start = time.process_time()
    fine = read(content)
    assert time.process_time() - start < 60
    assert fine.ok and fine.roster.num_rows == 100_000


def test_too_many_problems() -> None:
    upload = read(employees_of(5_000), known=KNOWN)
    assert upload.refused == 5_000
    assert len(upload.problems) == MAX_PROBLEMS + 1
    assert f"{5_000 - MAX_PROBLEMS}" in the_problem(upload, "too_many_problems").message.vi
    assert upload.roster.num_rows == 0
