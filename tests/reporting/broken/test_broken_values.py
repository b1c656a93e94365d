"""Single cells gone wrong: what, where, why and the cure, in both languages."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl.workbook import Workbook
from tests.reporting.sample_workbook import (
    ENTERPRISES,
    PARK,
    changed,
    codes,
    enterprise_cell,
    good,
    park_cell,
    read,
    said,
    the_problem,
    with_cell,
)

from sinhthai.reporting.engine.workbook.messages import KINDS

CASES = [
    # item, typed, code, words of the message (vi)
    ("plan_area_ha", "rất rộng", "not_a_number", "rất rộng"),
    ("plan_area_ha", "12 ha 5", "unit_wrong", "ha 5"),
    ("plan_area_ha", True, "not_a_number", "TRUE"),
    ("plan_area_ha", "1.234", "ambiguous_number", "1234"),
    ("plan_area_ha", "300 kg", "unit_wrong", "kg"),
    ("plan_area_ha", -3, "negative", "-3"),
    ("plan_area_ha", "-3,5 ha", "negative", "-3,5"),
    ("temperature", -40, "below_minimum", "-20"),
    ("temperature", 99, "above_maximum", "60"),
    ("recycled_pct", 120, "above_maximum", "100"),
    ("recycled_pct", 0.25, "percent_unclear", "25"),
    ("recycled_pct", "0,25", "percent_unclear", "25"),
    ("recycled_pct", 1, "percent_unclear", "100"),
    ("operating_enterprises", 3.5, "not_whole", "3,5"),
    ("operating_enterprises", "25%", "unit_wrong", "%"),
    ("io_monitoring", "có lẽ", "not_yes_no", "có lẽ"),
    ("io_monitoring", 2, "not_yes_no", "2"),
    ("grade", "C", "not_in_list", "hạng A; hạng B"),
    ("opened_on", "31/02/2003", "not_a_date", "31/02/2003"),
    ("opened_on", "4/30/2003", "not_a_date", "4/30/2003"),
    ("contact", "x" * 2001, "too_long", "2001"),
]


@pytest.mark.parametrize(("item", "typed", "code", "words"), CASES)
def test_a_park_value_is_refused_in_its_cell(
    item: str, typed: object, code: str, words: str
) -> None:
    cell = park_cell(item)
    upload = read(with_cell(PARK, cell, typed, "General"))
    found = the_problem(upload, code)
    assert (found.place.sheet, found.place.cell) == (PARK, cell)
    assert words in found.message.vi
    assert found.message.en and found.cure.vi and found.cure.en
    assert found.message.vi != found.message.en
    assert ("", item) not in said(upload)
    assert not upload.ok


ENTERPRISE_CASES = [
    ("employees", "nhiều", "not_a_number"),
    ("employees", 2.5, "not_whole"),
    ("employees", -1, "negative"),
    ("electricity_saved_kwh", "12.500", "ambiguous_number"),
    ("electricity_saved_kwh", "5 m3", "unit_wrong"),
    ("water_reuse_pct", 0.4, "percent_unclear"),
    ("water_reuse_pct", 101, "above_maximum"),
    ("recp_applied", "đang làm", "not_yes_no"),
    ("class", "Z", "not_in_list"),
    ("remark", "y" * 2001, "too_long"),
]


@pytest.mark.parametrize(("item", "typed", "code"), ENTERPRISE_CASES)
def test_an_enterprise_value_is_refused_in_its_cell_and_the_rest_is_read(
    item: str, typed: object, code: str
) -> None:
    cell = enterprise_cell(item)
    upload = read(with_cell(ENTERPRISES, cell, typed, "General"))
    found = the_problem(upload, code)
    assert (found.place.sheet, found.place.cell) == (ENTERPRISES, cell)
    assert ("an-phu", item) not in said(upload)
    assert ("binh-minh", "class") in said(upload)
    assert upload.refused == 1


def test_a_percent_format_on_a_whole_number_shows_too_much() -> None:
    upload = read(with_cell(PARK, park_cell("recycled_pct"), 25, "0%"))
    assert "2.500" in the_problem(upload, "above_maximum").message.vi


@pytest.mark.parametrize(("sheet", "error"), [(PARK, "#REF!"), (ENTERPRISES, "#DIV/0!")])
def test_formula_error(sheet: str, error: str) -> None:
    cell = park_cell("greenery_ha") if sheet == PARK else enterprise_cell("employees")

    def edit(book: Workbook) -> None:
        book[sheet][cell].value = error
        book[sheet][cell].data_type = "e"

    upload = read(changed(edit))
    found = the_problem(upload, "formula_error")
    assert (found.place.sheet, found.place.cell) == (sheet, cell)
    assert error in found.message.vi
    assert not upload.ok


@pytest.mark.parametrize("sheet", [PARK, ENTERPRISES])
def test_formula_uncomputed(sheet: str) -> None:
    """As a program writes it that does not compute: to a reader the cell looks blank."""
    cell = park_cell("greenery_ha") if sheet == PARK else enterprise_cell("employees")

    def edit(book: Workbook) -> None:
        book[sheet][cell].value = "=10+12.6"

    upload = read(changed(edit))
    found = the_problem(upload, "formula_uncomputed")
    assert (found.place.sheet, found.place.cell) == (sheet, cell)
    assert "chưa được tính" in found.message.vi
    assert not upload.ok


def test_a_formula_counts_by_its_value() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(good())).read("xl/worksheets/sheet2.xml")
    cell = park_cell("greenery_ha").encode()
    at = sheet.index(b'<c r="' + cell)
    end = sheet.index(b"</c>", at)
    formula = sheet[at:end].replace(b"<v>40.25</v>", b"<f>20+21</f><v>41</v>")
    assert b"<f>" in formula
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good())) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/worksheets/sheet2.xml":
                content = sheet[:at] + formula + sheet[end:]
            new.writestr(info.filename, content)
    assert said(read(buffer.getvalue()))[("", "greenery_ha")][0] == 41


def test_parts_exceed_whole() -> None:
    upload = read(with_cell(PARK, park_cell("greenery_ha"), 301))
    found = the_problem(upload, "parts_exceed_whole")
    assert found.place.cell == park_cell("greenery_ha")
    assert park_cell("plan_area_ha") in found.message.vi
    assert "300,5" in found.message.vi and "300.5" in found.message.en
    assert not upload.ok


def test_parts_at_most_prove_nothing() -> None:
    assert codes(read(with_cell(PARK, park_cell("greenery_ha"), "≤ 301"))) == []


def test_every_message_says_all_it_is_given_in_both_languages() -> None:
    for code, kind in KINDS.items():
        for text in (kind.message, kind.cure):
            fields = [
                {part.split("}")[0] for part in words.split("{")[1:]}
                for words in (text.vi, text.en)
            ]
            assert fields[0] == fields[1], code


def test_every_code_has_its_test() -> None:
    import pathlib

    tests = "\n".join(
        path.read_text("utf-8") for path in pathlib.Path(__file__).parent.glob("*.py")
    )
    untested = [code for code in KINDS if f'"{code}"' not in tests]
    assert untested == []
