"""The copy given back: every problem in its cell and in a list, every value as it was uploaded."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests.reporting.sample_workbook import (
    ENTERPRISES,
    ITEMS,
    PARK,
    changed,
    codes,
    enterprise_cell,
    good,
    park_cell,
    read,
    said,
    spec,
    with_cell,
)

from sinhthai.foundation.problems import InputError
from sinhthai.reporting.engine.workbook import (
    EnterpriseRow,
    Stated,
    annotate,
    write_workbook,
)

LIST = "Lỗi · Problems"


def wrong() -> bytes:
    def edit(book: Workbook) -> None:
        book[PARK][park_cell("greenery_ha")] = "rất rộng"
        book[PARK][park_cell("recycled_pct")] = 0.25
        book[PARK][park_cell("recycled_pct")].number_format = "General"
        book[ENTERPRISES][enterprise_cell("employees")] = -1
        book[ENTERPRISES]["F20"] = 5

    return changed(edit)


def given_back(content: bytes, language: str = "vi") -> tuple[bytes, Workbook]:
    copy = annotate(content, read(content).problems, items=ITEMS, language=language)
    return copy, openpyxl.load_workbook(io.BytesIO(copy))


def test_each_problem_is_a_comment_in_a_coloured_cell() -> None:
    _, book = given_back(wrong())
    cell = book[PARK][park_cell("greenery_ha")]
    assert cell.value == "rất rộng"
    assert "không phải là một số" in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F8D7D3")
    assert "nhỏ hơn 0" in book[ENTERPRISES][enterprise_cell("employees")].comment.text
    assert book[ENTERPRISES]["A20"].comment is not None  # a cell that held nothing
    fine = book[PARK][park_cell("plan_area_ha")]
    assert fine.comment is None
    assert not fine.fill.fgColor.rgb.endswith("F8D7D3")


def test_comments_speak_the_language_asked() -> None:
    _, book = given_back(wrong(), "en")
    assert "not a number" in book[PARK][park_cell("greenery_ha")].comment.text


def test_the_first_sheet_lists_all_in_both_languages_with_links() -> None:
    content = wrong()
    _, book = given_back(content)
    assert book.sheetnames[0] == LIST
    rows = list(book[LIST].iter_rows(min_row=3))
    problems = read(content).problems
    assert len(rows) == len(problems) == 4
    links = {row[1].value: row[1].hyperlink.location for row in rows}
    cell = park_cell("greenery_ha")
    assert links[cell].replace("'", "") == f"{PARK}!{cell}"
    assert "is not a number" in rows[0][2].value
    assert "không phải là một số" in rows[0][2].value


def test_the_copy_can_be_corrected_and_uploaded() -> None:
    content = wrong()
    copy, _ = given_back(content)
    again = read(copy)
    assert codes(again) == codes(read(content))
    assert said(again) == said(read(content))
    assert (again.park, again.year, again.exported_at) == (
        "gia-dinh",
        2025,
        read(content).exported_at,
    )

    def cure(book: Workbook) -> None:
        book[PARK][park_cell("greenery_ha")] = 40.25
        book[PARK][park_cell("recycled_pct")] = "28.5%"
        book[ENTERPRISES][enterprise_cell("employees")] = 120
        book[ENTERPRISES]["F20"] = None

    cured = read(changed(cure, copy))
    assert codes(cured) == []
    assert said(cured) == said(read(good()))


def test_marking_a_marked_copy_does_not_pile_up() -> None:
    copy, _ = given_back(wrong())
    _, book = given_back(copy)
    assert book.sheetnames.count(LIST) == 1


def test_percent_cells_keep_their_meaning() -> None:
    content = with_cell(PARK, park_cell("greenery_ha"), "rất rộng")
    copy, book = given_back(content)
    assert said(read(copy))[("", "recycled_pct")][0] == 28.5
    assert "%" in book[PARK][park_cell("recycled_pct")].number_format


def test_error_cells_show_their_error() -> None:
    def edit(book: Workbook) -> None:
        book[PARK][park_cell("greenery_ha")].value = "#REF!"
        book[PARK][park_cell("greenery_ha")].data_type = "e"

    _, book = given_back(changed(edit))
    assert book[PARK][park_cell("greenery_ha")].value == "#REF!"


def test_lists_and_hidden_parts_are_given_back() -> None:
    _, book = given_back(wrong())
    assert book["_meta"].sheet_state == "veryHidden"
    assert book[ENTERPRISES].row_dimensions[3].hidden
    assert book[PARK].column_dimensions["A"].hidden
    assert any(v.type == "list" for v in book[ENTERPRISES].data_validations.dataValidation)


def test_without_the_dictionary_the_values_still_come_back() -> None:
    content = wrong()
    copy = annotate(content, read(content).problems)
    assert said(read(copy)) == said(read(content))


def test_what_is_no_workbook_cannot_be_marked() -> None:
    with pytest.raises(InputError):
        annotate(b"nothing", [])


def test_a_big_workbook_is_marked_too() -> None:
    rows = tuple(
        EnterpriseRow(f"dn-{n}", f"Công ty {n}", values={"employees": Stated(-1.0)})
        for n in range(3_000)
    )
    content = write_workbook(spec(enterprises=rows))
    upload = read(content)
    assert upload.refused == 3_000
    copy = annotate(content, upload.problems, items=ITEMS)
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book[ENTERPRISES]["F8"].comment is not None
    assert book[LIST].max_row == 2 + 2_001
