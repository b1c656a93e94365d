"""A design as data: JSON for machines, a workbook for people."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.design import Design
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
LINK_COLUMNS: tuple[tuple[str, Text], ...] = (
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
UNIT_COLUMNS: tuple[tuple[str, Text], ...] = (
    ("id", Text("Đơn vị xử lý", "Treatment unit")),
    ("name", Text("Tên", "Name")),
    ("treated", Text("Xử lý/năm", "Treated/year")),
    ("capacity", Text("Công suất/năm", "Capacity/year")),
    ("left", Text("Dư phải thải bỏ/năm", "Left over/year")),
    ("fixed", Text("Chi phí cố định (đồng/năm)", "Fixed cost (VND/year)")),
    ("investment", Text("Đầu tư (đồng)", "Investment (VND)")),
)
BINDING_COLUMNS: tuple[tuple[str, Text], ...] = (
    ("about", Text("Giới hạn đang chặn", "Binding limit")),
    ("limit", Text("Mức", "Level")),
    ("unit", Text("Đơn vị", "Unit")),
    ("price", Text("Thêm một đơn vị được (đồng/năm)", "One more earns (VND/year)")),
)


def as_json(front: Front, language: str) -> bytes:
    """Return the designs as JSON; sentences in *language*."""
    data = {"designs": [_as_dict(design, language) for design in front.designs]}
    return json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"


def as_workbook(front: Front, language: str) -> bytes:
    """Return the designs as a workbook: a summary, then the links, units and limits of each."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        words = Text("Tóm tắt", "Summary")
        status = Text("Tình trạng", "Status")
        head = [("number", Text("Số", "No.")), *SUMMARY, ("status_text", status)]
        rows = [
            {"number": n, **{key: getattr(design, key) for key, _ in head[1:]}}
            for n, design in enumerate(front.designs, 1)
        ]
        _sheet(book, words.get(language), head, rows, language)
        for part, columns, name in (
            ("links", LINK_COLUMNS, Text("Liên kết", "Links")),
            ("units", UNIT_COLUMNS, Text("Xử lý", "Treatment")),
            ("binding", BINDING_COLUMNS, Text("Giới hạn", "Limits")),
        ):
            found = [
                {"number": n, **{key: getattr(one, key) for key, _ in columns}}
                for n, design in enumerate(front.designs, 1)
                for one in getattr(design, part)
            ]
            _sheet(book, name.get(language), [head[0], *columns], found, language)
        said = [
            {"number": n, "text": words}
            for n, design in enumerate(front.designs, 1)
            for words in (*design.why, *design.notes)
        ]
        text_columns = [head[0], ("text", Text("Nội dung", "Text"))]
        _sheet(book, Text("Ghi chú", "Notes").get(language), text_columns, said, language)
    return target.getvalue()


def _sheet(
    book: Any,
    name: str,
    columns: Sequence[tuple[str, Text]],
    rows: Sequence[dict[str, Any]],
    language: str,
) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    figures = book.add_format({"num_format": "#,##0.####"})
    for column, (_, heading) in enumerate(columns):
        page.write(0, column, heading.get(language), bold)
        page.set_column(column, column, 16)
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, (key, _) in enumerate(columns):
            value = row[key]
            if isinstance(value, Text):
                page.write_string(number, column, value.get(language))
            elif isinstance(value, str):
                page.write_string(number, column, value)
            elif value is not None:
                page.write_number(number, column, value, figures)


def _as_dict(design: Design, language: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for field in fields(design):
        if field.name != "flow":
            result[field.name] = _plain(getattr(design, field.name), language)
    result["net"] = design.net
    result["status_text"] = design.status_text.get(language)
    return result


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.get(language)
    if isinstance(value, tuple):
        return [_plain(one, language) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: _plain(getattr(value, one.name), language) for one in fields(value)}
    return value
