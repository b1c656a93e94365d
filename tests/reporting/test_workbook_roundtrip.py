"""What is written into a workbook is read from it again, whatever moved in between."""

from __future__ import annotations

import datetime as dt
import io
import json
import time
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from tests.reporting import sample_workbook as sample
from tests.reporting.sample_workbook import (
    BUNDLE,
    ENTERPRISES,
    EXPORTED,
    ITEMS,
    KNOWN,
    PARK,
    changed,
    codes,
    good,
    park_cell,
    read,
    said,
    spec,
    with_cell,
)

from sinhthai.foundation.problems import InputError
from sinhthai.reporting.engine.diff import said_of
from sinhthai.reporting.engine.workbook import (
    EnterpriseRow,
    Stated,
    to_records,
    to_roster,
    write_workbook,
)
from sinhthai.reporting.engine.workbook.container import open_container
from sinhthai.rules.bundle import load_bundle


def test_a_written_workbook_reads_back_as_it_was_filled_without_a_word() -> None:
    upload = read(good(), expected_park="gia-dinh", expected_year=2025, known=KNOWN)
    assert upload.problems == ()
    assert upload.ok
    assert (upload.park, upload.year, upload.exported_at) == ("gia-dinh", 2025, EXPORTED)
    assert upload.invented
    stated = {("", code): value for code, value in sample.PARK_VALUES.items()}
    stated |= sample.stated_of(sample.ENTERPRISE_ROWS)
    expected = said_of(stated)
    names = ["subject", "item", "number", "text", "qualifier", "absence"]
    order = [("subject", "ascending"), ("item", "ascending")]
    assert upload.said.select(names).sort_by(order) == expected.select(names).sort_by(order)


def test_records_hold_values_by_item_with_the_cell_each_came_from() -> None:
    upload = read(good())
    rows = to_records(upload).to_pylist()
    assert [row["enterprise"] for row in rows] == ["", "an-phu", "binh-minh"]
    own = rows[0]
    values = json.loads(own["values"])
    assert (own["seq"], own["park"], own["year"]) == (1, "gia-dinh", 2025)
    assert values["io_monitoring"] is True
    assert values["operating_enterprises"] == 3
    assert values["opened_on"] == "2003-04-30"
    assert json.loads(own["absences"]) == {"roads_ha": "confidential"}
    assert json.loads(own["cells"])["greenery_ha"] == f"{PARK}!{park_cell('greenery_ha')}"
    assert json.loads(rows[2]["qualifiers"]) == {"employees": "at_least"}
    assert json.loads(rows[2]["cells"])["employees"].startswith(f"{ENTERPRISES}!F9")
    some = to_records(upload, only={("an-phu", "employees")}).to_pylist()
    assert [json.loads(row["values"]) for row in some] == [{"employees": 120}]


def test_the_roster_names_every_enterprise_also_those_with_nothing_said() -> None:
    rows = to_roster(read(good())).to_pylist()
    assert [(row["enterprise"], row["status"], row["tax_code"]) for row in rows] == [
        ("an-phu", "operating", "0301234567"),
        ("binh-minh", "operating", "0307654321"),
        ("cuu-long", "leased", "0309999999"),
    ]
    assert {row["year"] for row in rows} == {2025}


def test_blank_cells_say_nothing_and_what_was_asked_is_known() -> None:
    upload = read(good())
    assert ("", "temperature") not in said(upload)
    assert "temperature" in upload.park_items
    assert "remark" in upload.enterprise_items


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert write_workbook(spec()) == write_workbook(spec())


def test_another_program_may_save_it() -> None:
    resaved = changed(lambda book: None)
    assert said(read(resaved)) == said(read(good()))
    assert read(resaved).problems == ()


def test_columns_may_be_moved() -> None:
    def swap(book: Workbook) -> None:
        sheet = book[ENTERPRISES]
        for row in range(3, sheet.max_row + 1):
            left, right = sheet.cell(row, 6), sheet.cell(row, 8)
            left.value, right.value = right.value, left.value

    upload = read(changed(swap))
    assert codes(upload) == []
    assert said(upload) == said(read(good()))


def test_rows_and_columns_of_ones_own_may_be_inserted() -> None:
    def insert(book: Workbook) -> None:
        book[PARK].insert_rows(7)
        book[PARK]["B7"] = "Ghi chú của tôi"
        book[ENTERPRISES].insert_cols(4)
        book[ENTERPRISES].insert_rows(9)

    upload = read(changed(insert))
    assert codes(upload) == []
    assert said(upload) == said(read(good()))


def test_a_column_of_ones_own_with_a_heading_is_mentioned_and_left_alone() -> None:
    def add(book: Workbook) -> None:
        book[ENTERPRISES]["Z5"] = "Ghi chú riêng"
        book[ENTERPRISES]["Z8"] = "hỏi lại"

    upload = read(changed(add))
    assert codes(upload) == ["column_unknown"]
    assert upload.problems[0].place.cell == "Z5"
    assert upload.ok


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_hidden_codes_the_headings_of_either_language_are_enough(language: str) -> None:
    def strip_names(book: Workbook) -> None:
        sheet = book[PARK]
        column = 3 if language == "vi" else 2
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, column).value = None
        sheet.delete_rows(3)
        sheet.delete_cols(1)
        book[ENTERPRISES].delete_rows(6 if language == "vi" else 5)
        book[ENTERPRISES].delete_rows(3)

    upload = read(changed(strip_names))
    assert codes(upload) == []
    assert said(upload) == said(read(good()))


def test_a_heading_may_be_renamed_while_its_code_stands() -> None:
    upload = read(with_cell(ENTERPRISES, "F5", "Người làm"))
    assert codes(upload) == []
    assert said(upload) == said(read(good()))


def test_sheets_may_be_renamed_to_one_of_their_two_names() -> None:
    def rename(book: Workbook) -> None:
        book[PARK].title = "Park"
        book[ENTERPRISES].title = "Doanh nghiệp"

    assert said(read(changed(rename))) == said(read(good()))


def test_enterprises_are_known_by_tax_code_where_the_code_is_blank() -> None:
    upload = read(with_cell(ENTERPRISES, "A8", None), known=KNOWN)
    assert codes(upload) == []
    assert said(upload)[("an-phu", "employees")][0] == 120


def test_a_tax_code_typed_as_a_number_gets_its_leading_zero_back() -> None:
    upload = read(with_cell(ENTERPRISES, "B8", 301234567), known=KNOWN)
    assert codes(upload) == []
    assert upload.roster["tax_code"][0].as_py() == "0301234567"


@pytest.mark.parametrize(
    ("typed", "number_format", "value"),
    [
        (25, "", 25.0),
        ("25%", "", 25.0),
        ("25 %", "", 25.0),
        ("0,25%", "", 0.25),
        (0.25, "0%", 25.0),
        (0.0025, "0.00%", 0.25),
        (1, "0%", 100.0),
        (0, "", 0.0),
        ("12,5", "", 12.5),
    ],
)
def test_a_percentage_is_read_as_it_is_shown(
    typed: object, number_format: str, value: float
) -> None:
    upload = read(with_cell(PARK, park_cell("recycled_pct"), typed, number_format or "General"))
    assert codes(upload) == []
    assert said(upload)[("", "recycled_pct")][0] == value


@pytest.mark.parametrize(
    ("code", "typed", "expected"),
    [
        ("plan_area_ha", "1.234,5", (1234.5, None, None, None)),
        ("plan_area_ha", "1,234.5", (1234.5, None, None, None)),
        ("plan_area_ha", "12,5 km2", (1250.0, None, None, None)),
        ("plan_area_ha", ">= 300", (300.0, None, "at_least", None)),
        ("plan_area_ha", "không quá 400 ha", (400.0, None, "at_most", None)),
        ("plan_area_ha", "khoảng 140", (140.0, None, "about", None)),
        ("plan_area_ha", "Không áp dụng", (None, None, None, "not_applicable")),
        ("plan_area_ha", "confidential", (None, None, None, "confidential")),
        ("plan_area_ha", "chưa khai · not reported", (None, None, None, "not_reported")),
        ("io_monitoring", "co", (1.0, None, None, None)),
        ("io_monitoring", "No", (0.0, None, None, None)),
        ("io_monitoring", False, (0.0, None, None, None)),
        ("io_monitoring", "x", (1.0, None, None, None)),
        ("grade", "Grade A", (None, "a", None, None)),
        ("grade", "hạng b", (None, "b", None, None)),
        ("opened_on", "30/4/2003", (None, "2003-04-30", None, None)),
        ("opened_on", dt.date(2003, 4, 30), (None, "2003-04-30", None, None)),
        ("contact", 84283, (None, "84283", None, None)),
        ("temperature", -5, (-5.0, None, None, None)),
        ("operating_enterprises", "12 doanh nghiệp", (12.0, None, None, None)),
    ],
)
def test_cells_are_understood_as_people_write_them(
    code: str, typed: object, expected: tuple[object, ...]
) -> None:
    upload = read(with_cell(PARK, park_cell(code), typed))
    assert [p for p in codes(upload) if p != "parts_exceed_whole"] == []
    assert said(upload)[("", code)] == expected


def test_the_note_beside_a_value_is_kept() -> None:
    cell = park_cell("greenery_ha").replace("E", "F")
    assert read(with_cell(PARK, cell, "Biên bản 12/2025")).notes == {
        "greenery_ha": "Biên bản 12/2025"
    }


def test_input_cells_are_unlocked_and_the_rest_is_not() -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    assert book[PARK].protection.sheet
    assert not book[PARK][park_cell("greenery_ha")].protection.locked
    assert book[PARK]["B6"].protection.locked
    assert not book[ENTERPRISES]["F8"].protection.locked
    assert book[ENTERPRISES]["A8"].protection.locked
    assert book["_meta"].sheet_state == "veryHidden"
    assert book[ENTERPRISES].freeze_panes == "D8"
    assert book[ENTERPRISES].auto_filter.ref.startswith("A7:")
    lists = [v for v in book[ENTERPRISES].data_validations.dataValidation if v.type == "list"]
    assert len(lists) == 2
    assert all(len(v.prompt) <= 255 and len(v.promptTitle) <= 32 for v in lists)


def test_last_year_stands_beside_and_is_not_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    assert book[PARK][park_cell("plan_area_ha").replace("E", "G")].value == 290
    assert book["Năm trước · Last year"]["F8"].value == 110
    assert said(read(good()))[("an-phu", "employees")][0] == 120


def test_invented_data_say_so_on_every_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(good()))
    for name in book.sheetnames:
        if not name.startswith("_"):
            words = " ".join(str(c.value) for row in book[name]["A1:H3"] for c in row if c.value)
            assert "GIẢ ĐỊNH" in words, name


def test_a_park_without_enterprises_is_told_where_to_list_them() -> None:
    content = write_workbook(spec(enterprises=()))
    row = openpyxl.load_workbook(io.BytesIO(content))[ENTERPRISES][2]
    assert any("Chưa có danh sách doanh nghiệp" in str(cell.value) for cell in row)
    assert codes(read(content)) == []


def test_items_of_a_voluntary_framework_come_last_and_are_grouped() -> None:
    content = write_workbook(spec(later=frozenset({"plan_area_ha", "employees"})))
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [cell.value for cell in book[PARK]["A"] if cell.value in BUNDLE.items]
    assert rows[-1] == "plan_area_ha"
    assert book[PARK].row_dimensions[book[PARK].max_row].outlineLevel == 1
    assert [c.value for c in book[ENTERPRISES][3]][-1] == "employees"
    assert said(read(content)) == said(read(good()))


def test_big_workbooks_are_streamed_and_read_the_same() -> None:
    rows = tuple(
        EnterpriseRow(f"dn-{n}", f"Công ty {n}", values={"employees": Stated(float(n))})
        for n in range(1_000)
    )
    content = write_workbook(spec(enterprises=rows))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"inlineStr" in archive.read("xl/worksheets/sheet3.xml")
    upload = read(content)
    assert codes(upload) == []
    assert upload.roster.num_rows == 1_000
    assert said(upload)[("dn-999", "employees")][0] == 999


def test_the_shipped_dictionary_gives_a_workbook_that_reads_back() -> None:
    bundle = load_bundle()
    values = {
        one.code: Stated({"boolean": True, "text": "chữ", "date": "2025-01-31"}.get(one.kind, 1.0))
        for one in bundle.items.values()
        if one.kind != "choice" and one.unit != "percent" and (one.minimum or 0) <= 1
    }
    own = {code: value for code, value in values.items() if bundle.items[code].subject == "park"}
    each = {
        code: value
        for code, value in values.items()
        if bundle.items[code].subject == "enterprise" and bundle.items[code].nature != "registry"
    }
    rows = (EnterpriseRow("a", "Công ty A", values=each),)
    filled = spec(items=tuple(bundle.items.values()), park_values=own, enterprises=rows)
    upload = sample.read_workbook(write_workbook(filled), bundle)
    assert set(codes(upload)) <= {"parts_exceed_whole"}
    assert len(said(upload)) == len(own) + len(each)


def _answer(one: object) -> st.SearchStrategy[Stated]:
    kind, unit = one.kind, one.unit  # type: ignore[attr-defined]
    absent = st.sampled_from(["not_applicable", "confidential", "not_reported"]).map(
        lambda reason: Stated(absence=reason)
    )
    if kind == "boolean":
        return st.booleans().map(Stated) | absent
    if kind == "choice":
        return st.sampled_from(["a", "b"]).map(Stated) | absent
    if kind == "date":
        return st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)).map(
            lambda d: Stated(d.isoformat())
        )
    if kind == "text":
        return (
            st.text("aăâbcđ 19,.", min_size=1, max_size=30)
            .map(str.strip)
            .filter(lambda text: bool(text) and text not in "n/a na")
            .map(Stated)
        )
    if kind == "integer":
        numbers = st.integers(0, 10**9).map(float)
    elif unit == "percent":
        numbers = st.floats(0.01, 100).map(lambda value: round(value, 4))
    else:
        numbers = st.floats(0, 1e9).map(lambda value: float(f"{value:.12g}"))
    qualifiers = st.sampled_from(["", "at_least", "at_most", "about"])
    return st.builds(Stated, numbers.filter(lambda v: one.maximum is None or v <= one.maximum), qualifiers) | absent  # type: ignore[attr-defined]  # fmt: skip


@st.composite
def _answers(draw: st.DrawFn, subject: str) -> dict[str, Stated]:
    chosen = [one for one in ITEMS if one.subject == subject and draw(st.booleans())]
    return {one.code: draw(_answer(one)) for one in chosen}


@settings(max_examples=30, deadline=None)
@given(_answers("park"), st.lists(_answers("enterprise"), max_size=4))
def test_any_answers_come_back_as_they_were(
    own: dict[str, Stated], each: list[dict[str, Stated]]
) -> None:
    rows = tuple(EnterpriseRow(f"dn-{n}", f"Công ty {n}", values=v) for n, v in enumerate(each))
    upload = read(write_workbook(spec(park_values=own, enterprises=rows)))
    assert set(codes(upload)) <= {"parts_exceed_whole"}
    stated = {("", code): value for code, value in own.items()} | sample.stated_of(rows)
    found = said(upload)
    assert set(found) == set(stated)
    for key, value in stated.items():
        number, text, qualifier, absence = found[key]
        assert (qualifier or "", absence or "") == (value.qualifier, value.absence)
        if isinstance(value.value, str):
            assert text == value.value
        elif value.value is not None:
            assert number == pytest.approx(float(value.value), rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6, 12)), st.permutations(range(8, 11)))
def test_the_order_of_columns_and_rows_changes_nothing(columns: list[int], rows: list[int]) -> None:
    def shuffle(book: Workbook) -> None:
        sheet = book[ENTERPRISES]
        before = {
            (row, column): (sheet.cell(row, column).value, sheet.cell(row, column).number_format)
            for row in range(3, 11)
            for column in range(1, 12)
        }
        for (row, column), (value, number_format) in before.items():
            to_column = columns[column - 6] if column >= 6 else column
            to_row = rows[row - 8] if row >= 8 else row
            cell = sheet.cell(to_row, to_column)
            cell.value, cell.number_format = value, number_format

    upload = read(changed(shuffle), known=KNOWN)
    assert codes(upload) == []
    assert said(upload) == said(read(good()))


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (
            '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
            "sheet_too_large",
        ),
        ('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>', "sheet_too_large"),
        ('<row r="1"><c s="a<b" r="XFD1048576"><v>1</v></c></row>', "unreadable"),
        ('<c t="e" r="A1">' * 200_000, "unreadable"),
        ('<c "' * 200_000, "unreadable"),
    ],
)
def test_a_sheet_made_to_stop_the_server_is_refused_in_seconds(sheet, code):
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": '<workbook><sheet name="S" r:id="r1"/></workbook>',
            "xl/_rels/workbook.xml.rels": '<x><Relationship Id="r1" Target="s.xml"/></x>',
            "xl/s.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
        }.items():
            parts.writestr(name, content)
    started = time.process_time()
    with pytest.raises(InputError) as refused:
        open_container(book.getvalue(), "a.xlsx")
    assert refused.value.problems[0].code == code
    assert time.process_time() - started < 10
