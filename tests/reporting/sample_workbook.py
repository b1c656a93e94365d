"""A small invented park and its workbook; `changed` edits a copy as a person would, by openpyxl."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook import (
    EnterpriseRow,
    KnownEnterprise,
    Stated,
    Upload,
    WorkbookSpec,
    read_workbook,
    write_workbook,
)
from sinhthai.rules.model import Bundle, Choice, Item

PARK = "KCN · Park"
ENTERPRISES = "Doanh nghiệp · Enterprises"
EXPORTED = dt.datetime(2026, 1, 5, 8, 30, tzinfo=dt.UTC)
GRADES = (Choice("a", Text("hạng A", "grade A")), Choice("b", Text("hạng B", "grade B")))


def item(code: str, subject: str, kind: str, vi: str, en: str, unit: str = "", **more: Any) -> Item:
    nature = more.pop("nature", "state")
    help_text = Text(f"Giải thích {vi.lower()}.", f"What {en.lower()} means.")
    return Item(code, subject, kind, nature, "main", Text(vi, en), help_text, unit, **more)


ITEMS = (
    item("plan_area_ha", "park", "number", "Diện tích quy hoạch", "Planned area", "ha"),
    item("greenery_ha", "park", "number", "Đất cây xanh", "Greenery", "ha"),
    item("roads_ha", "park", "number", "Đất giao thông", "Roads", "ha"),
    item("operating_enterprises", "park", "integer", "Số doanh nghiệp", "Enterprises", "1"),
    item("recycled_pct", "park", "number", "Tỷ lệ tái chế", "Share recycled", "percent"),
    item("io_monitoring", "park", "boolean", "Có giám sát", "Has monitoring"),
    item("grade", "park", "choice", "Hạng", "Grade", choices=GRADES),
    item("opened_on", "park", "date", "Ngày khai trương", "Opened on"),
    item("contact", "park", "text", "Người liên hệ", "Contact"),
    item("temperature", "park", "number", "Nhiệt độ", "Temperature", "degC", minimum=-20.0, maximum=60.0),
    item("employees", "enterprise", "integer", "Số lao động", "Employees", "1"),
    item("recp_applied", "enterprise", "boolean", "Áp dụng RECP", "Applies RECP"),
    item("electricity_saved_kwh", "enterprise", "number", "Điện tiết kiệm", "Electricity saved", "kWh", nature="flow"),
    item("water_reuse_pct", "enterprise", "number", "Nước tái sử dụng", "Water reused", "percent"),
    item("class", "enterprise", "choice", "Loại", "Class", choices=GRADES),
    item("remark", "enterprise", "text", "Nhận xét", "Remark"),
)  # fmt: skip
BUNDLE = Bundle("rules-hash", "1", {one.code: one for one in ITEMS}, {}, ())

PARK_VALUES = {
    "plan_area_ha": Stated(300.5),
    "greenery_ha": Stated(40.25),
    "roads_ha": Stated(absence="confidential"),
    "operating_enterprises": Stated(3.0),
    "recycled_pct": Stated(28.5),
    "io_monitoring": Stated(True),
    "grade": Stated("b"),
    "opened_on": Stated("2003-04-30"),
    "contact": Stated("Bà Nguyễn Thị Ánh"),
}
ENTERPRISE_ROWS = (
    EnterpriseRow(
        "an-phu",
        "Công ty An Phú",
        "0301234567",
        "10101",
        "operating",
        {
            "employees": Stated(120.0),
            "recp_applied": Stated(True),
            "electricity_saved_kwh": Stated(1234.5),
        },
        {"employees": Stated(110.0)},
    ),
    EnterpriseRow(
        "binh-minh",
        "Công ty Bình Minh",
        "0307654321",
        "13110",
        "operating",
        {
            "employees": Stated(30.0, "at_least"),
            "water_reuse_pct": Stated(12.0),
            "class": Stated("a"),
        },
    ),
    EnterpriseRow("cuu-long", "Công ty Cửu Long", "0309999999", "20110", "leased"),
)
KNOWN = tuple(KnownEnterprise(row.code, row.tax_code, row.status) for row in ENTERPRISE_ROWS)
# 0-based positions on the sheets, which the tests name as A1
FIRST_ENTERPRISE_ROW = 8  # as Excel counts


def spec(**more: Any) -> WorkbookSpec:
    given: dict[str, Any] = {
        "park_code": "gia-dinh",
        "park_name": Text("Khu công nghiệp Giả Định", "Gia Dinh Industrial Park"),
        "year": 2025,
        "exported_at": EXPORTED,
        "items": ITEMS,
        "park_values": PARK_VALUES,
        "park_last": {"plan_area_ha": Stated(290.0)},
        "enterprises": ENTERPRISE_ROWS,
        "sections": {"main": Text("Số liệu chính", "Main figures")},
        "rules_hash": "rules-hash",
        "invented": True,
    }
    return WorkbookSpec(**(given | more))


@lru_cache(maxsize=1)
def good() -> bytes:
    return write_workbook(spec())


def changed(edit: Callable[[Workbook], None], source: bytes | None = None) -> bytes:
    """Return the workbook after *edit* worked on it, as another program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(source or good()))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_cell(sheet: str, cell: str, value: Any, number_format: str = "") -> bytes:
    def edit(book: Workbook) -> None:
        book[sheet][cell] = value
        if number_format:
            book[sheet][cell].number_format = number_format

    return changed(edit)


def read(content: bytes, **more: Any) -> Upload:
    return read_workbook(content, BUNDLE, file_name="so-bao-cao.xlsx", **more)


@cache
def park_cell(code: str) -> str:
    """Return the value cell of a park item: its row is found by the hidden code."""
    sheet = openpyxl.load_workbook(io.BytesIO(good()))[PARK]
    row = next(cell.row for cell in sheet["A"] if cell.value == code)
    return f"E{row}"


@cache
def enterprise_cell(code: str, row: int = FIRST_ENTERPRISE_ROW) -> str:
    """Return the cell of an enterprise item in an Excel row."""
    sheet = openpyxl.load_workbook(io.BytesIO(good()))[ENTERPRISES]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == code)
    return f"{column}{row}"


def said(upload: Upload) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return (subject, item) -> number, text, qualifier, absence."""
    rows = upload.said.to_pylist()
    return {
        (row["subject"], row["item"]): (
            row["number"],
            row["text"],
            row["qualifier"],
            row["absence"],
        )
        for row in rows
    }


def codes(upload: Upload) -> list[str]:
    return [problem.code for problem in upload.problems]


def the_problem(upload: Upload, code: str) -> Any:
    """Return the one problem with *code*; there must be exactly one."""
    found = [problem for problem in upload.problems if problem.code == code]
    assert len(found) == 1, [problem.say("en") for problem in upload.problems]
    return found[0]


def stated_of(rows: Iterable[EnterpriseRow]) -> dict[tuple[str, str], Stated]:
    return {(row.code, code): said for row in rows for code, said in row.values.items()}
