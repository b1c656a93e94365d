"""Writes the workbook of a park and year: pre-filled, bilingual, protected, with lists."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.reporting.engine.workbook.dressing import Dress, height_of, protect, set_up_print
from sinhthai.reporting.engine.workbook.earlier import EARLIER
from sinhthai.reporting.engine.workbook.enterprise_sheet import UNIT_ROW
from sinhthai.reporting.engine.workbook.guide import write_guide
from sinhthai.reporting.engine.workbook.identity import identity_rows
from sinhthai.reporting.engine.workbook.locate import IDENTITY, PARK_COLUMNS
from sinhthai.reporting.engine.workbook.model import (
    ENTERPRISE_SHEET,
    GUIDE_SHEET,
    LAST_YEAR_SHEET,
    META_SHEET,
    PARK_SHEET,
    EnterpriseRow,
    Saying,
    WorkbookSpec,
)
from sinhthai.reporting.engine.workbook.words import NO, STATUSES, YES, both
from sinhthai.reporting.engine.workbook.years import YEAR_LABEL
from sinhthai.rules.model import Item

STREAMED_FROM: Final = 1_000  # enterprises from which rows go to disk as they are written
INVENTED: Final = Text("DỮ LIỆU GIẢ ĐỊNH", "INVENTED DATA")
NO_LIST: Final = Text(
    "Chưa có danh sách doanh nghiệp: nhập danh sách ở trang Doanh nghiệp của khu, rồi tải lại sổ.",
    "No enterprise is listed: import the list on the park's Enterprises page, download again.",
)
_OTHER_SECTION: Final = Text("Khác", "Other")
_QUALIFIERS: Final = {"at_least": "≥ ", "at_most": "≤ ", "about": "khoảng "}
_LOOKS_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")

# The enterprise sheet: 0-based rows of its head.
TITLE_ROW, YEAR_ROW, CODE_ROW, SECTION_ROW, NAME_ROW, ENGLISH_ROW, UNITS_ROW = range(7)
FIRST_ROW: Final = 7
_IDENTITY_WIDTHS: Final = {"enterprise": 18, "tax_code": 15, "name": 34, "vsic": 9, "status": 30}
_PARK_WIDTHS: Final = {
    "code": 12, "name_vi": 44, "name_en": 42, "unit": 12, "value": 22,
    "note": 28, "last": 18, "help": 104,
}  # fmt: skip


def write_workbook(spec: WorkbookSpec, path: Path | None = None) -> bytes:
    """Return the workbook's bytes; with *path* it is written there and b"" returned.

    Big workbooks are streamed: memory does not grow with the number of enterprises.
    """
    buffer = io.BytesIO()
    streamed = len(spec.enterprises) >= STREAMED_FROM
    options = {"constant_memory": streamed, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path) if path else buffer, options) as book:
        book.set_properties(
            {
                "title": f"{spec.park_name.vi} {spec.year}",
                "comments": both(INVENTED) if spec.invented else "",
                "created": spec.exported_at.replace(tzinfo=None),
            }
        )
        _fill(book, spec)
    return buffer.getvalue()


def in_order(spec: WorkbookSpec, subject: str) -> list[Item]:
    """Return the items of a sheet: by section as the dictionary has them, voluntary ones last."""
    own = [i for i in spec.items if i.subject == subject and i.nature != "registry"]
    return sorted(own, key=lambda item: item.code in spec.later)


def unit_text(item: Item) -> str:
    """Return the unit as shown, in both languages where they differ."""
    return both(Text(unit_label(item.unit, "vi"), unit_label(item.unit, "en")))


def write_value(
    sheet: Worksheet,
    row: int,
    column: int,
    item: Item,
    saying: Saying | None,
    dress: Dress,
    locked: bool = False,
) -> None:
    """Write what is said of *item* as its cell shows it; nothing said is a blank cell."""
    style = dress.value(item, locked=locked)
    if saying is None or (saying.value is None and not saying.absence):
        sheet.write_blank(row, column, None, style)
        return
    value = saying.value
    if saying.absence:
        sheet.write_string(row, column, both(Absence(saying.absence).label), style)
    elif item.kind == "boolean":
        sheet.write_string(row, column, both(YES if value else NO), style)
    elif item.kind in {"number", "integer"}:
        number = float(value)
        percent = item.unit == "percent"
        if saying.qualifier:
            text = f"{_QUALIFIERS[saying.qualifier]}{_unmistakable(number)}{'%' if percent else ''}"
            sheet.write_string(row, column, text, style)
        else:
            sheet.write_number(row, column, number / 100 if percent else number, style)
    elif item.kind == "choice":
        names = {choice.code: both(choice.name) for choice in item.choices}
        sheet.write_string(row, column, names.get(str(value), str(value)), style)
    elif item.kind == "date":
        sheet.write_datetime(row, column, dt.date.fromisoformat(str(value)), style)
    else:
        sheet.write_string(row, column, str(value), style)


def _unmistakable(number: float) -> str:
    """Return digits that read back as *number* in either style."""
    text = f"{number:.15g}"
    return f"{text}0" if _LOOKS_GROUPED.fullmatch(text) else text


def _fill(book: Workbook, spec: WorkbookSpec) -> None:
    dress = Dress(book)
    guide = book.add_worksheet(GUIDE_SHEET)
    park = book.add_worksheet(PARK_SHEET)
    enterprises = book.add_worksheet(ENTERPRISE_SHEET)
    shows_last = any(row.last for row in spec.enterprises)
    last = book.add_worksheet(LAST_YEAR_SHEET) if shows_last else None
    own, each = in_order(spec, "park"), in_order(spec, "enterprise")
    dress.make_lists([*own, *each])
    meta = book.add_worksheet(META_SHEET)
    meta.very_hidden()
    for row, cells in enumerate(
        identity_rows(
            park=spec.park_code,
            name=spec.park_name,
            year=spec.year,
            exported_at=spec.known_at or spec.exported_at,
            rules_hash=spec.rules_hash,
            invented=spec.invented,
            items=[item.code for item in (*own, *each)],
        )
    ):
        for column, text in enumerate(cells):
            meta.write_string(row, column, text)
    write_guide(guide, spec, dress)
    _write_park(park, spec, own, dress)
    _write_enterprises(enterprises, spec, each, dress)
    if last is not None:
        _write_last_year(last, spec, [i for i in each if i.section != EARLIER], dress)
    park.activate()


def _head(sheet: Worksheet, spec: WorkbookSpec, title: Text, left: int, dress: Dress) -> None:
    """Write the title and the year; column *left* is the first that shows."""
    sheet.set_row(0, 26)
    name = f"{both(spec.park_name)} — {both(title)}"
    sheet.write_string(0, left, name, dress.style("title"))


def _write_park(sheet: Worksheet, spec: WorkbookSpec, items: Sequence[Item], dress: Dress) -> None:
    keys = list(PARK_COLUMNS)
    column_of = {key: index for index, key in enumerate(keys)}
    for key, column in column_of.items():
        hidden = {"hidden": True} if key == "code" else {}
        sheet.set_column(column, column, _PARK_WIDTHS[key], dress.style("plain"), hidden)
    _head(sheet, spec, Text("Báo cáo của khu công nghiệp", "Report of the park"), 1, dress)
    sheet.write_string(1, 1, both(YEAR_LABEL), dress.style("label"))
    sheet.write_number(1, 2, spec.year, dress.style("fact"))
    if spec.invented:
        sheet.write_string(1, 4, both(INVENTED), dress.style("banner"))
    sheet.set_row(2, None, None, {"hidden": True})
    for key, column in column_of.items():
        sheet.write_string(2, column, key, dress.style("hidden"))
    sheet.set_row(3, 22)
    for key, column in column_of.items():
        sheet.write_string(3, column, both(PARK_COLUMNS[key]), dress.style("heading"))
    row = 4
    for section, optional, own in _by_section(items, spec):
        level = {"level": 1} if optional else {}
        sheet.set_row(row, 20, None, level)
        for column in range(1, len(keys)):
            sheet.write_blank(row, column, None, dress.style("section"))
        sheet.write_string(row, 1, both(section), dress.style("section"))
        first = row + 1
        for row, item in enumerate(own, start=first):
            sheet.set_row(row, _park_height(item), None, level)
            _write_park_row(sheet, row, item, spec, column_of, dress)
        dress.mark_blanks(sheet, first, row, column_of["value"], column_of["value"])
        row += 1
    sheet.freeze_panes(4, column_of["value"] + 1)
    sheet.repeat_rows(3)
    sheet.print_area(0, 1, row - 1, column_of["last"])
    protect(sheet)
    set_up_print(sheet, f"{spec.park_name.vi} · {spec.year}", wide=False)


def _write_park_row(
    sheet: Worksheet,
    row: int,
    item: Item,
    spec: WorkbookSpec,
    column_of: Mapping[str, int],
    dress: Dress,
) -> None:
    sheet.write_string(row, column_of["code"], item.code, dress.style("hidden"))
    sheet.write_string(row, column_of["name_vi"], item.name.vi, dress.style("locked"))
    sheet.write_string(row, column_of["name_en"], item.name.en, dress.style("locked_en"))
    sheet.write_string(row, column_of["unit"], unit_text(item), dress.style("unit"))
    value = column_of["value"]
    write_value(sheet, row, value, item, spec.park_values.get(item.code), dress)
    dress.allow(sheet, item, row, row, value)
    sheet.write_blank(row, column_of["note"], None, dress.value(None))
    last = spec.park_last.get(item.code)
    write_value(sheet, row, column_of["last"], item, last, dress, locked=True)
    sheet.write_string(row, column_of["help"], _help(item), dress.style("help"))


def _park_height(item: Item) -> float:
    texts = {"name_vi": item.name.vi, "name_en": item.name.en, "help": _help(item)}
    return height_of((text, _PARK_WIDTHS[key]) for key, text in texts.items())


def _help(item: Item) -> str:
    forms = f"[{', '.join(item.forms)}]" if item.forms else ""
    return " ".join(part for part in (both(item.help), forms) if part)


def _write_enterprises(
    sheet: Worksheet, spec: WorkbookSpec, items: Sequence[Item], dress: Dress
) -> None:
    title = Text("Số liệu của các doanh nghiệp", "Figures of the enterprises")
    _enterprise_head(sheet, spec, title, items, dress, codes=True)
    last = FIRST_ROW + len(spec.enterprises) - 1
    for row, enterprise in enumerate(spec.enterprises, start=FIRST_ROW):
        _write_identity(sheet, row, enterprise, dress)
        for column, item in enumerate(items, start=len(IDENTITY)):
            write_value(sheet, row, column, item, enterprise.values.get(item.code), dress)
    for column, item in enumerate(items, start=len(IDENTITY)):
        dress.allow(sheet, item, FIRST_ROW, last, column)
    main = sum(item.code not in spec.later for item in items)
    dress.mark_blanks(sheet, FIRST_ROW, last, len(IDENTITY), len(IDENTITY) + main - 1)
    if spec.enterprises:
        sheet.autofilter(UNITS_ROW, 0, last, len(IDENTITY) + len(items) - 1)
    protect(sheet)


def _write_last_year(
    sheet: Worksheet, spec: WorkbookSpec, items: Sequence[Item], dress: Dress
) -> None:
    """Write what was known a year earlier, row for row, to compare with; it is not read back."""
    title = Text(f"Năm {spec.year - 1}, chỉ để so sánh", f"{spec.year - 1}, to compare only")
    _enterprise_head(sheet, spec, title, items, dress, codes=False)
    for row, enterprise in enumerate(spec.enterprises, start=FIRST_ROW):
        _write_identity(sheet, row, enterprise, dress)
        for column, item in enumerate(items, start=len(IDENTITY)):
            if item.code in enterprise.last:
                said = enterprise.last[item.code]
                write_value(sheet, row, column, item, said, dress, locked=True)
    protect(sheet)


def _enterprise_head(
    sheet: Worksheet,
    spec: WorkbookSpec,
    title: Text,
    items: Sequence[Item],
    dress: Dress,
    *,
    codes: bool,
) -> None:
    for column, key in enumerate(IDENTITY):
        sheet.set_column(column, column, _IDENTITY_WIDTHS[key], dress.style("plain"))
    for column, item in enumerate(items, start=len(IDENTITY)):
        level = {"level": 1} if item.code in spec.later else {}
        wide = 28 if item.kind == "text" else 18
        sheet.set_column(column, column, wide, dress.style("plain"), level)
    _head(sheet, spec, title, 0, dress)
    if codes:
        sheet.write_string(YEAR_ROW, 0, both(YEAR_LABEL), dress.style("label"))
        sheet.write_number(YEAR_ROW, 2, spec.year, dress.style("fact"))
    if spec.invented:
        sheet.write_string(YEAR_ROW, 3, both(INVENTED), dress.style("banner"))
    if not spec.enterprises and codes:
        sheet.write_string(YEAR_ROW, 5, both(NO_LIST), dress.style("banner"))
    sheet.set_row(CODE_ROW, None, None, {"hidden": True})
    keys = [*IDENTITY, *(item.code for item in items)]
    for column, key in enumerate(keys if codes else ()):
        sheet.write_string(CODE_ROW, column, key, dress.style("hidden"))
    section = ""
    for column, item in enumerate(items, start=len(IDENTITY)):
        name = both(spec.sections.get(item.section, _OTHER_SECTION)) if item.section else ""
        style = dress.style("section")
        sheet.write_string(SECTION_ROW, column, "" if name == section else name, style)
        section = name
    names = [*IDENTITY.values(), *(item.name for item in items)]
    widths = [18.0 if item.kind != "text" else 28.0 for item in items] or [18.0]
    sheet.set_row(NAME_ROW, height_of(zip((i.name.vi for i in items), widths, strict=False), 32))
    sheet.set_row(ENGLISH_ROW, height_of(zip((i.name.en for i in items), widths, strict=False), 32))
    for column, name_of in enumerate(names):
        sheet.write_string(NAME_ROW, column, name_of.vi, dress.style("heading"))
    for column, name_of in enumerate(names):
        sheet.write_string(ENGLISH_ROW, column, name_of.en, dress.style("heading_en"))
    units = [both(UNIT_ROW), "", "", "", "", *(unit_text(item) for item in items)]
    for column, unit in enumerate(units):
        sheet.write_string(UNITS_ROW, column, unit, dress.style("unit"))
    sheet.freeze_panes(FIRST_ROW, 3)
    sheet.repeat_rows(NAME_ROW, UNITS_ROW)
    sheet.repeat_columns(0, 2)
    set_up_print(sheet, f"{spec.park_name.vi} · {spec.year}", wide=True)


def _write_identity(sheet: Worksheet, row: int, enterprise: EnterpriseRow, dress: Dress) -> None:
    status = STATUSES.get(enterprise.status)
    texts = (
        enterprise.code,
        enterprise.tax_code,
        enterprise.name,
        enterprise.vsic,
        both(status) if status else "",
    )
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, dress.style("key"))


def _by_section(items: Iterable[Item], spec: WorkbookSpec) -> list[tuple[Text, bool, list[Item]]]:
    """Return heading, whether voluntary, and items, in order of appearance."""
    groups: dict[tuple[str, bool], list[Item]] = {}
    for item in items:
        groups.setdefault((item.section, item.code in spec.later), []).append(item)
    return [
        (spec.sections.get(section, _OTHER_SECTION), optional, own)
        for (section, optional), own in groups.items()
    ]
