"""The workbook of a form: out, filled in, and back in; each mistake with its cell."""

import io
import zipfile

import openpyxl
import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.rules.forms import load_forms
from sinhthai.supervision.engine.filling import Fact, Typed, fill
from sinhthai.supervision.workbooks.filing_reading import read_filing
from sinhthai.supervision.workbooks.filing_writing import Filer, write_filing

B5 = load_forms().forms["B.5"]
FACTS = {("employees", 2025): Fact(250), ("grievance_rules", 2025): Fact(True)}
FILER = Filer("hiep-phuoc", "0300588569", "Xi măng Sao", invented=False)


def written(typed=None, facts=None, language="vi"):
    filled = fill(B5, 2025, FACTS if facts is None else facts, {}, typed or {})
    return write_filing(filled, FILER, forms_hash="h", language=language)


def read(content, **more):
    wanted = {
        "file_name": "b5.xlsx", "form": B5, "year": 2025, "park": "hiep-phuoc",
        "enterprise": "0300588569",
    }  # fmt: skip
    return read_filing(content, **(wanted | more))


def changed(content, change):
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row_of(sheet, field):
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == field)


def put(field, value, column=4):
    def change(book):
        sheet = book["B.5"]
        sheet.cell(row_of(sheet, field), column).value = value

    return change


def codes(refused):
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_typed_comes_back_as_it_was(language):
    typed = {"share_env_2": Typed(35.5), "share_soc_1": Typed(absence="not_applicable")}
    upload = read(written(typed, language=language))
    assert upload.words["share_env_2"] == 35.5
    assert upload.words["share_soc_1"] in ("không áp dụng", "not applicable")
    assert upload.words["share_soc_2"] == ""


def test_only_open_cells_are_unlocked():
    sheet = openpyxl.load_workbook(io.BytesIO(written()))["B.5"]
    assert sheet.protection.sheet
    open_row, locked_row = row_of(sheet, "share_env_2"), row_of(sheet, "employees")
    assert not sheet.cell(open_row, 4).protection.locked
    assert sheet.cell(locked_row, 4).protection.locked
    assert sheet.cell(locked_row, 4).value == 250


def test_invented_data_says_so():
    filled = fill(B5, 2025, FACTS, {}, {})
    marked = write_filing(
        filled, Filer("p", "e", "X", invented=True), forms_hash="h", language="vi"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(marked))["B.5"]
    assert "GIẢ ĐỊNH" in sheet.cell(2, 1).value


def test_every_mistake_is_named_with_its_cell():
    def change(book):
        put("share_env_2", 120)(book)
        put("share_soc_2", "nhiều")(book)

    content = changed(written(), change)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["B.5"]
    with pytest.raises(InputError) as refused:
        read(content)
    assert codes(refused) == ["filing-range", "filing-number"]
    cells = [problem.place.cell for problem in refused.value.problems]
    assert cells == [f"D{row_of(sheet, 'share_env_2')}", f"D{row_of(sheet, 'share_soc_2')}"]
    assert all(str(problem.place).startswith("b5.xlsx · B.5") for problem in refused.value.problems)


def test_a_cell_from_the_records_may_not_be_changed():
    with pytest.raises(InputError) as refused:
        read(changed(written(), put("employees", 90)))
    assert codes(refused) == ["filing-cell-locked"]
    assert "250" not in refused.value.problems[0].message.vi


def test_a_reason_is_read_back():
    content = changed(written(), put("recp_applied", "đang đánh giá", column=5))
    assert read(content).words["recp_applied?"] == "đang đánh giá"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"year": 2024}, "filing-of-another"),
        ({"park": "amata"}, "filing-of-another"),
        ({"enterprise": "0300588570"}, "filing-of-another"),
        ({"form": load_forms().forms["B.4"]}, "filing-of-another"),
    ],
)
def test_the_file_of_another_form_is_refused(wanted, code):
    with pytest.raises(InputError) as refused:
        read(written(), **wanted)
    assert codes(refused) == [code]


def test_rows_deleted_doubled_or_unknown_are_named():
    def change(book):
        sheet = book["B.5"]
        sheet.cell(row_of(sheet, "share_env_2"), 1).value = "share_soc_6"
        sheet.cell(row_of(sheet, "share_soc_2"), 4).value = 5
        sheet.cell(row_of(sheet, "share_soc_2"), 1).value = "share_soc_22"

    with pytest.raises(InputError) as refused:
        read(changed(written(), change))
    assert codes(refused) == ["filing-row-unknown", "filing-row-twice", "filing-row-absent"]


def test_a_formula_without_a_value_is_no_answer():
    with pytest.raises(InputError) as refused:
        read(changed(written(), put("share_env_2", "=10+10")))
    assert codes(refused) == ["filing-cell-error"]


def test_what_is_no_workbook_of_ours_is_refused():
    plain = openpyxl.Workbook()
    target = io.BytesIO()
    plain.save(target)
    with pytest.raises(InputError) as refused:
        read(target.getvalue())
    assert codes(refused) == ["filing-not-ours"]
    for content in (b"", b"MZ\x90\x00", written()[:500]):
        with pytest.raises(InputError):
            read(content)


def test_a_text_that_looks_like_a_formula_stays_text():
    content = written(facts={("employees", 2025): Fact('=HYPERLINK("x")')})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
