"""Designs as a workbook: a summary, then the links, units and limits of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sinhthai.foundation.console.sheets import Cell, Workbook
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.design import BuiltLink
from sinhthai.symbiosis.engine.network.pareto import Front

SUMMARY: tuple[tuple[str, Text], ...] = (
    ("net", Text("Lợi ích ròng (đồng/năm)", "Net benefit (VND/year)")),
    ("benefit", Text("Lợi ích (đồng/năm)", "Benefit (VND/year)")),
    ("cost", Text("Chi phí (đồng/năm)", "Cost (VND/year)")),
    ("co2", Text("CO2 giảm được (tấn/năm)", "CO2 avoided (t/year)")),
    ("investment", Text("Vốn đầu tư (đồng)", "Investment (VND)")),
    ("payback", Text("Thời gian hoàn vốn (năm)", "Payback (years)")),
    ("gap", Text("Khoảng cách đến cận", "Gap to the bound")),
)
"""Attribute of a design -> its heading: the figures every answer begins with."""
_LINKS: tuple[tuple[str, Text], ...] = (
    ("tail", Text("Từ", "From")),
    ("head", Text("Đến", "To")),
    ("via", Text("Qua", "Via")),
    ("material", Text("Vật liệu", "Material")),
    ("mode", Text("Vận chuyển", "Mode")),
    ("distance", Text("Dài (m)", "Length (m)")),
    ("flow", Text("Lượng/năm", "Flow/year")),
    ("unit", Text("Đơn vị", "Unit")),
    ("saving", Text("Tiết kiệm (đồng/năm)", "Saving (VND/year)")),
    ("expense", Text("Chi phí biến đổi (đồng/năm)", "Variable cost (VND/year)")),
    ("fixed", Text("Chi phí cố định (đồng/năm)", "Fixed cost (VND/year)")),
    ("investment", Text("Đầu tư (đồng)", "Investment (VND)")),
    ("co2", Text("CO2 giảm (tấn/năm)", "CO2 avoided (t/year)")),
)
_UNITS: tuple[tuple[str, Text], ...] = (
    ("id", Text("Đơn vị xử lý", "Treatment unit")),
    ("name", Text("Tên", "Name")),
    ("treated", Text("Xử lý/năm", "Treated/year")),
    ("capacity", Text("Công suất/năm", "Capacity/year")),
    ("left", Text("Dư phải thải bỏ/năm", "Left over/year")),
    ("fixed", Text("Chi phí cố định (đồng/năm)", "Fixed cost (VND/year)")),
    ("investment", Text("Đầu tư (đồng)", "Investment (VND)")),
)
_LIMITS: tuple[tuple[str, Text], ...] = (
    ("about", Text("Giới hạn đang chặn", "Binding limit")),
    ("limit", Text("Mức", "Level")),
    ("unit", Text("Đơn vị", "Unit")),
    ("price", Text("Thêm một đơn vị được (đồng/năm)", "One more earns (VND/year)")),
)
_NUMBER = Text("Số", "No.")


def workbook(front: Front, language: str) -> bytes:
    """Return the designs as an .xlsx file; an unknown figure is an empty cell."""
    numbered = list(enumerate(front.designs, 1))
    with Workbook(language) as book:
        _sheet(
            book,
            Text("Tóm tắt", "Summary"),
            (*SUMMARY, ("status_text", Text("Tình trạng", "Status"))),
            numbered,
        )
        for part, columns, name in (
            ("links", _LINKS, Text("Liên kết", "Links")),
            ("units", _UNITS, Text("Xử lý", "Treatment")),
            ("binding", _LIMITS, Text("Giới hạn", "Limits")),
        ):
            found = [(number, one) for number, of in numbered for one in getattr(of, part)]
            _sheet(book, name, columns, found)
        notes: list[list[Cell]] = [
            [number, book.say(said)]
            for number, design in numbered
            for said in (*design.why, *design.notes)
        ]
        book.sheet(Text("Ghi chú", "Notes"), [_NUMBER, Text("Nội dung", "Text")], notes)
    return book.data


def _sheet(
    book: Workbook,
    name: Text,
    columns: Sequence[tuple[str, Text]],
    rows: Iterable[tuple[int, Any]],
) -> None:
    """Add a sheet with a row for each thing, and the number of the design it belongs to."""
    cells: list[list[Cell]] = [
        [number, *(_cell(one, key, book) for key, _ in columns)] for number, one in rows
    ]
    book.sheet(name, [_NUMBER, *(heading for _, heading in columns)], cells)


def _cell(one: Any, key: str, book: Workbook) -> Cell:
    value = getattr(one, key)
    if isinstance(value, Text):
        return book.say(value)
    if isinstance(one, BuiltLink) and isinstance(value, str):
        return one.said.get(value, value)
    return value
