"""The workbook of a Board's periodic report: a cover with counts, then a sheet per table."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.supervision.engine.periods import Period

Cell = Text | str | int | float | dt.date | None

_TITLE = Text("Báo cáo của Ban quản lý", "Report of the Management Board")
_COVER = Text("Tổng hợp", "Summary")
_WHAT, _COUNT = Text("Chỉ tiêu", "Figure"), Text("Số lượng", "Count")
_MADE = Text("Lập từ dữ liệu lúc", "Made from the records at")
_DIGEST = Text("Mã băm số liệu (SHA-256)", "Digest of the figures (SHA-256)")
_INVENTED = Text("CÓ DỮ LIỆU GIẢ ĐỊNH", "CONTAINS INVENTED DATA")
_NOTE_2104 = Text(
    "Cột theo đặc tả phần mềm của biểu 2104.H.QLKKT; bố cục chính thức chưa được đối chiếu. “*”: "
    "phát sinh trong kỳ. Hệ thống chưa lưu số liệu đầu tư: ghi “chưa báo cáo”, không ghi 0.",
    "Columns of a software specification of form 2104.H.QLKKT; its official layout was not seen. "
    "“*”: value of the period. The system keeps no investment figures: not reported is not 0.",
)
_EMPTY = Text("Không có dòng nào trong kỳ.", "No line in the period.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: columns with their widths, rows; None is a cell left blank."""

    id: str
    name: Text
    columns: tuple[tuple[Text, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class BoardFigures:
    """The figures of a report, sheet by sheet."""

    province: str
    province_name: str
    period: Period
    counts: tuple[tuple[Text, int], ...]
    sheets: tuple[Sheet, ...]
    invented: bool

    def digest(self) -> str:
        """Return the SHA-256 of every figure: what was recorded as sent can be held against it."""
        body = [[_plain(cell) for cell in row] for sheet in self.sheets for row in sheet.rows]
        text = json.dumps([self.province, self.period.code, body], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def write_board_report(figures: BoardFigures, *, made_at: dt.datetime, language: str) -> bytes:
    """Return the workbook of *figures*."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }  # fmt: skip
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        title = book.add_format({"bold": True, "font_size": 14})
        soft = book.add_format({"italic": True, "font_color": "#5B6762"})
        head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E7EFEA"}
        )
        cover = book.add_worksheet(_COVER.get(language))
        cover.set_column(0, 0, 52)
        cover.set_column(1, 1, 24)
        said = (
            f"{_TITLE.get(language)} {figures.province_name} · {figures.period.name.get(language)}"
        )
        cover.write_string(0, 0, said, title)
        if figures.invented:
            cover.write_string(1, 0, _INVENTED.get(language), bold)
        cover.write_string(3, 0, _WHAT.get(language), head)
        cover.write_string(3, 1, _COUNT.get(language), head)
        row = 4
        for name, number in figures.counts:
            cover.write_string(row, 0, name.get(language))
            cover.write_number(row, 1, number)
            row += 1
        cover.write_string(row + 1, 0, _MADE.get(language), soft)
        cover.write_string(row + 1, 1, f"{made_at:%Y-%m-%d %H:%M} UTC", soft)
        cover.write_string(row + 2, 0, _DIGEST.get(language), soft)
        cover.write_string(row + 2, 1, figures.digest(), soft)
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for table in figures.sheets:
            _write_sheet(book, table, said, head, bold, soft, day, wrap, language)
    return target.getvalue()


def _write_sheet(
    book: Any, table: Sheet, title: str, head: Any, bold: Any, soft: Any, day: Any, wrap: Any,
    language: str,
) -> None:  # fmt: skip
    sheet = book.add_worksheet(table.name.get(language)[:31])
    sheet.write_string(0, 0, f"{table.name.get(language)} · {title}", bold)
    if table.id == "2104":
        sheet.write_string(1, 0, _NOTE_2104.get(language), soft)
    for at, (name, width) in enumerate(table.columns):
        sheet.set_column(at, at, width)
        sheet.write_string(3, at, name.get(language), head)
    if not table.rows:
        sheet.write_string(4, 0, _EMPTY.get(language), soft)
    for number, row in enumerate(table.rows, start=4):
        for at, cell in enumerate(row):
            if isinstance(cell, Text):
                sheet.write_string(number, at, cell.get(language), wrap)
            elif isinstance(cell, dt.date):
                sheet.write_datetime(number, at, dt.datetime.combine(cell, dt.time()), day)
            elif isinstance(cell, bool | int | float):
                sheet.write_number(number, at, cell)
            elif cell:
                sheet.write_string(number, at, str(cell), wrap)
    sheet.freeze_panes(4, 1)
    if table.rows:
        sheet.autofilter(3, 0, 3 + len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _plain(cell: Cell) -> object:
    if isinstance(cell, Text):
        return cell.en
    return cell.isoformat() if isinstance(cell, dt.date) else cell
