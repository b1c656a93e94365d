"""Write a network as a workbook: the example, and (from an empty network) the template."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.network import (
    Accept,
    Limit,
    Network,
    Output,
    Sink,
    Source,
    Treatment,
)
from sinhthai.symbiosis.engine.network.workbook import sheets
from sinhthai.symbiosis.engine.network.workbook.sheets import Field, Sheet

_STEPS = (
    Text(
        "Mỗi trang là một loại đối tượng, mỗi hàng một đối tượng. Cột có dấu * phải điền.",
        "Each sheet is one kind of thing, each row one thing. Columns marked * must be filled in.",
    ),
    Text(
        "Mọi lượng là của một năm; tiền là đồng; CO2 là tấn; khoảng cách là km.",
        "All quantities are of a year; money is VND; CO2 is tonnes; distances are km.",
    ),
    Text(
        "Ô trống là không có (0 hoặc không giới hạn); riêng chất lượng để trống là chưa biết.",
        "A blank cell means none (0, or no bound); a blank quality means unknown.",
    ),
    Text(
        "Trang Liên kết để trống: hệ thống tự lập mọi liên kết từ vật liệu, tọa độ và vận chuyển.",
        "Links left empty: every link is made from materials, places and ways of carrying.",
    ),
    Text("Chạy: sinhthai network park.xlsx", "Run: sinhthai network park.xlsx"),
)
_INVENTED = Text(
    "Số liệu minh họa, không phải của khu công nghiệp nào.",
    "Invented figures; they are of no real park.",
)


def write_park(network: Network) -> bytes:
    """Return *network* as a workbook that ``read_park`` reads back the same.

    >>> write_park(Network((), (), (), ()))[:2]  # the template
    b'PK'
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": "Sinh Thái", "comments": network.name})
        _guide(book, network)
        for sheet in sheets.SHEETS:
            _sheet(book, sheet, list(_rows(sheet, network)))
    return target.getvalue()


def _guide(book: Any, network: Network) -> None:
    page = book.add_worksheet(sheets.GUIDE.vi)
    bold = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    strong = book.add_format({"bold": True, "valign": "top"})
    page.set_column(0, 0, 22)
    page.set_column(1, 2, 62)
    page.write(0, 0, "Mạng lưới trao đổi trong khu · The park's exchange network", bold)
    row = 1
    if network.invented:
        page.write_row(row, 1, [_INVENTED.vi, _INVENTED.en], strong)
        row += 1
    for step in _STEPS:
        page.write_row(row, 1, [step.vi, step.en], wrap)
        row += 1
    for sheet in sheets.SHEETS:
        row += 1
        page.write(row, 0, sheet.name.vi, strong)
        page.write_row(row, 1, [sheet.about.vi, sheet.about.en], wrap)
        for field in sheet.fields:
            if field.hint.vi:
                row += 1
                page.write(row, 0, f"  {field.name.vi}", wrap)
                page.write_row(row, 1, [field.hint.vi, field.hint.en], wrap)


def _sheet(book: Any, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    page = book.add_worksheet(sheet.name.vi)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    figures = book.add_format({"num_format": "#,##0.######"})
    for column, field in enumerate(sheet.fields):
        star = " *" if field.needed else ""
        page.write(0, column, f"{field.name.vi}\n{field.name.en}{star}", head)
        page.set_column(column, column, field.width)
        if field.hint.vi:
            page.write_comment(0, column, f"{field.hint.vi}\n{field.hint.en}", {"x_scale": 2})
    page.set_row(0, 46)
    page.freeze_panes(1, 1)
    for number, row in enumerate(rows, start=1):
        for column, field in enumerate(sheet.fields):
            value = _shown(field, row.get(field.key))
            if value not in ("", None):
                page.write(number, column, value, figures if isinstance(value, float) else None)


def _rows(sheet: Sheet, network: Network) -> Iterable[dict[str, Any]]:
    if sheet.key == "general":
        for key, name in sheets.GENERAL_ENTRIES.items():
            value = getattr(network, key)
            shown = ("có" if value else "không") if key == "invented" else value
            yield {"key": f"{name.vi} | {name.en}", "value": shown}
        return
    units = {material.id: material.unit for material in network.materials}
    for thing in getattr(network, sheet.key):
        row = {name: getattr(thing, name) for name in thing.__slots__}
        if isinstance(thing, Source | Sink | Treatment):
            row["lat"] = thing.spot.lat if thing.spot else None
            row["lon"] = thing.spot.lon if thing.spot else None
            first = thing.material if isinstance(thing, Source) else thing.accepts[0].material
            row["unit"] = _unit(units.get(first, ""))
        if sheet.key == "materials":
            row["unit"] = _unit(thing.unit)
        if isinstance(thing, Treatment) and thing.outputs:
            output = thing.outputs[0]
            row |= {
                "qualities": output.qualities,
                "removal": output.removal,
                "disposal": output.disposal,
            }
        if sheet.key == "modes":
            row["unit_cost"] = row.pop("unit")
            row["vehicle"] = "đường ống" if thing.vehicle == "pipe" else "xe tải"
        yield row


def _shown(field: Field, value: Any) -> Any:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if field.kind == "km":
        return value / 1000
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={_figure(number)}" for name, number in value.items())
    if isinstance(value, tuple):
        return "; ".join(part for one in value for part in _part(one))
    if value == 0 and field.kind in ("number", "quantity", "per_unit") and not field.needed:
        return 0.0 if field.key in ("lat", "lon") else None
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _part(one: Any) -> list[str]:
    if isinstance(one, Accept | Output):
        name = one.material or "="
        return [name if one.ratio == 1 else f"{name}:{_figure(one.ratio)}"]
    if isinstance(one, Limit):
        low = [] if one.low is None else [f"{one.parameter}>={_figure(one.low)}"]
        return low + ([] if one.high is None else [f"{one.parameter}<={_figure(one.high)}"])
    return [str(one)]


def _figure(value: float) -> str:
    """Return the number with a point; three decimals get a zero, for 1.234 could be 1234."""
    text = f"{value:.12g}"
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def _unit(unit: str) -> str:
    return {"t": "tấn", "m**3": "m3"}.get(unit, unit)
