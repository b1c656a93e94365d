"""Workbooks that are wrong in one way each: told with sheet, cell and cure, and nothing is used."""

from __future__ import annotations

import io

import openpyxl
import pytest
import xlsxwriter

from sinhthai.carbon.workbook.messages import _TOLD
from sinhthai.foundation.problems import Problem
from tests.carbon.test_workbook import COAL, HEAD, book, refused

FULL = (*HEAD, "Nhóm", "Phạm vi", "Sai số", "NCV", "Mã dòng", "MCF")


def coal(**changed: object) -> tuple[object, ...]:
    keys = ("subject", "year", "kind", "what", "quantity", "unit", "category", "scope",
            "uncertainty", "ncv", "line", "mcf")  # fmt: skip
    given = dict(zip(keys, (*COAL, "", "", "", "", "", ""), strict=True)) | changed
    return tuple(given.values())


@pytest.mark.parametrize(
    ("code", "cell", "changed", "cure"),
    [
        ("no-year", "B2", {"year": ""}, "--year"),
        ("year", "B2", {"year": "năm ngoái"}, "2024"),
        ("year", "B2", {"year": 23}, "2024"),
        ("year", "B2", {"year": 2023.5}, "2024"),
        ("no-kind", "C2", {"kind": ""}, "Stationary combustion"),
        ("unknown-kind", "C2", {"kind": "cháy"}, "Stationary combustion"),
        ("no-what", "D2", {"what": ""}, "list"),
        ("unknown-activity", "D2", {"what": "than antraxitt"}, "Anthracite"),
        ("does-not-fit", "D2", {"what": "điện"}, "another"),
        ("number", "E2", {"quantity": "nhiều"}, "1234.5"),
        ("number", "E2", {"quantity": "1.234"}, "1234"),
        ("bounded", "E2", {"quantity": "khoảng 30"}, "uncertainty"),
        ("negative", "E2", {"quantity": -5}, "zero or more"),
        ("negative", "E2", {"quantity": "-5 t"}, "zero or more"),
        ("no-unit", "F2", {"unit": ""}, "for example t"),
        ("two-units", "F2", {"quantity": "5 kg"}, "Keep one"),
        ("unknown-category", "G2", {"category": "sản suất"}, "manufacturing"),
        ("scope", "H2", {"scope": 2}, "1 / 3"),
        ("percent-unclear", "I2", {"uncertainty": 0.05}, "5 %"),
        ("number", "I2", {"uncertainty": "5 kg"}, "%"),
        ("negative", "I2", {"uncertainty": -1}, "zero or more"),
        ("uncertainty-large", "I2", {"uncertainty": 5000}, "number"),
        ("negative", "J2", {"ncv": -1}, "zero or more"),
        ("number", "J2", {"ncv": "25 m3"}, "GJ/t"),
    ],
)  # fmt: skip
def test_one_fault_is_told_at_its_cell_with_its_cure(
    code: str, cell: str, changed: dict[str, object], cure: str
) -> None:
    (told,) = refused(book(coal(**changed), head=FULL))
    assert (told.code, told.place.sheet, told.place.cell) == (code, "S", cell)
    assert cure in told.cure.en
    assert told.message.vi
    assert told.cure.vi


def test_a_per_cent_where_a_share_is_meant() -> None:
    dump = coal(kind="Chôn lấp", what="Rác thực phẩm", mcf=80)
    (told,) = refused(book(dump, head=FULL))
    assert (told.code, told.place.cell) == ("not-a-share", "L2")
    assert "80 %" in told.cure.en
    assert "0.8" in told.cure.en


def test_every_fault_of_a_file_is_told_at_once() -> None:
    told = refused(book(coal(year="x", what="y", quantity="z"), coal(unit="", kind="w"), head=FULL))
    assert [(one.code, one.place.cell) for one in told] == [
        ("year", "B2"), ("unknown-activity", "D2"), ("number", "E2"), ("unknown-kind", "C3"),
    ]  # fmt: skip


def test_of_one_kind_only_a_screen_is_told_and_how_many_more() -> None:
    told = refused(book(*[coal(quantity="z")] * 100, head=FULL))
    assert [one.code for one in told] == ["number"] * 30 + ["many-more"]
    assert "70" in told[-1].message.en


def test_a_line_of_nobody_among_lines_of_somebody() -> None:
    (told,) = refused(book(coal(), coal(subject="", what="than nâu"), head=FULL))
    assert (told.code, told.place.cell) == ("no-subject", "E3")


def test_one_code_for_two_lines() -> None:
    (told,) = refused(book(coal(line="m1"), coal(line="m1", quantity=11), head=FULL))
    assert (told.code, told.place.cell) == ("line-twice", "E3")


def test_headings_that_contradict() -> None:
    twice = refused(book((*COAL, 1), head=(*HEAD, "Khối lượng")))
    assert [(one.code, one.place.cell) for one in twice] == [("column-twice", "G1")]
    unit = refused(book((*COAL, 0.85), head=(*HEAD, "Khối lượng riêng (kg/L)")))
    assert [(one.code, one.place.cell) for one in unit] == [("heading-unit", "G1")]
    assert "kg/m³" in unit[0].cure.en


def test_a_sheet_without_the_columns() -> None:
    assert [one.code for one in refused(book(("x", 1), head=("a", "b")))] == ["no-sheet"]


def test_figures_in_merged_cells() -> None:
    made = openpyxl.Workbook()
    made.active.append(HEAD)
    made.active.append(COAL)
    made.active.append((*COAL[:3], "Than nâu", None, "t"))
    made.active.merge_cells("E2:E3")
    assert [
        (one.code, one.place.cell) for one in _refused_book(made) if one.severity == "error"
    ] == [("merged", "E2")]


def test_formulas_without_a_value_and_with_an_error() -> None:
    made = openpyxl.Workbook()
    made.active.append(HEAD)
    made.active.append((*COAL[:4], "=1+1", "t"))
    assert [(one.code, one.place.cell) for one in _refused_book(made)] == [
        ("cell-not-computed", "E2")
    ]
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book_:
        sheet = book_.add_worksheet("S")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, COAL)
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    (told,) = refused(target.getvalue())
    assert (told.code, told.place.cell) == ("cell-error", "E2")
    assert "#DIV/0!" in told.message.en


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"hello", "not_a_workbook"),
        (book(COAL)[:900], "cut_off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_xls"),
    ],
)
def test_what_is_no_workbook(content: bytes, code: str) -> None:
    assert [one.code for one in refused(content)] == [code]


def test_every_message_is_in_both_languages() -> None:
    for code, told in _TOLD.items():
        for text in (told.message, told.cure):
            assert text.vi, code
            assert text.en, code
            assert text.vi.count("{") == text.en.count("{"), code


def _refused_book(made: openpyxl.Workbook) -> tuple[Problem, ...]:
    target = io.BytesIO()
    made.save(target)
    return refused(target.getvalue())
