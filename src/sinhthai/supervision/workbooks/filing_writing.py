"""The workbook of a yearly form: everything pre-filled, open cells where something is typed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.rules.forms import FormField
from sinhthai.supervision.engine.filling import Answer, Filled
from sinhthai.supervision.engine.saying import NO, YES, say_content, say_origin, say_unit
from sinhthai.supervision.workbooks.filing_sheet import (
    ANSWER,
    CODE,
    EXPORTED,
    HEAD_ROW,
    HEADINGS,
    META,
    META_KEYS,
    ORIGIN,
    REASON,
    TITLE,
    UNIT,
    sheet_name,
)

_GUIDE = Text(
    "Ô nền vàng: nhập vào đây, hoặc nêu vì sao chưa có. Ô nền xám lấy từ số liệu đã báo cáo: "
    "sửa trong báo cáo của năm đó, không sửa ở đây.",
    "Yellow cells: type here, or say why there is none. Grey cells come from the records: correct "
    "them in the report of that year, not here.",
)
_NOT_SEEN = Text(
    "Các trường theo đặc tả phần mềm; mẫu chính thức của Thông tư 05/2025/TT-BKHĐT chưa được đối "
    "chiếu.",
    "Fields of a software specification; the official form of Circular 05/2025/TT-BKHDT has not "
    "been seen.",
)
_INVENTED = Text("DỮ LIỆU GIẢ ĐỊNH", "INVENTED DATA")


@dataclass(frozen=True, slots=True)
class Filer:
    """Whose form it is, as the head of the file says."""

    park: str
    enterprise: str
    name: str
    invented: bool


def write_filing(filled: Filled, filer: Filer, *, forms_hash: str, language: str) -> bytes:
    """Return the workbook of *filled*; the same form gives the same cells."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    form = filled.form
    with xlsxwriter.Workbook(target, options) as book:
        looks = _Looks(book)
        sheet = book.add_worksheet(sheet_name(form.id))
        title = f"{form.id} · {form.title.get(language)} · {filled.year}"
        sheet.write_string(0, 0, title, looks.title)
        mark = f" · {_INVENTED.get(language)}" if filer.invented else ""
        sheet.write_string(1, 0, filer.name + mark, looks.bold)
        sheet.write_string(2, 0, form.period.get(language), looks.soft)
        sheet.write_string(3, 0, f"{_GUIDE.get(language)} {_NOT_SEEN.get(language)}", looks.soft)
        for at, (heading, width) in enumerate(HEADINGS):
            hidden = {"hidden": True} if at == EXPORTED else {}
            sheet.set_column(at, at, width, None, hidden)
            sheet.write_string(HEAD_ROW, at, heading.get(language), looks.head)
        row = HEAD_ROW + 1
        for block in form.blocks:
            sheet.merge_range(row, CODE, row, ORIGIN, block.title.get(language), looks.block)
            row += 1
            for field in form.of_block(block.id):
                _write_field(sheet, looks, row, filled.answers[field.id], language)
                row += 1
        sheet.freeze_panes(HEAD_ROW + 1, 2)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(0, 0, row, ORIGIN)
        meta = book.add_worksheet(META)
        said = (form.id, str(filled.year), filer.park, filer.enterprise, forms_hash)
        for at, (key, value) in enumerate(zip(META_KEYS, said, strict=True)):
            meta.write_row(at, 0, (key, value))
        meta.very_hidden()
    return target.getvalue()


class _Looks:
    def __init__(self, book: Any) -> None:
        wrap = {"text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True})
        self.soft = book.add_format({"font_color": "#5B6762", "italic": True})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#E7EFEA"}
        )
        self.block = book.add_format({"bold": True, "top": 1, "bg_color": "#F4F7F5"})
        self.plain = book.add_format(wrap)
        self.code = book.add_format({**wrap, "font_color": "#8D9691", "font_size": 9})
        self.locked = book.add_format({**wrap, "bg_color": "#EEEEEE"})
        self.number = book.add_format({**wrap, "bg_color": "#EEEEEE", "num_format": "#,##0.####"})
        self.missing = book.add_format({**wrap, "bg_color": "#EEEEEE", "font_color": "#8A5A00"})
        self.open = book.add_format({**wrap, "bg_color": "#FFF8DC", "locked": False, "border": 4})


def _write_field(sheet: Any, looks: _Looks, row: int, answer: Answer, language: str) -> None:
    field = answer.field
    required = " *" if field.required else ""
    sheet.write_string(row, CODE, field.id, looks.code)
    sheet.write_string(row, TITLE, field.title.get(language) + required, looks.plain)
    sheet.write_string(row, UNIT, say_unit(field, language), looks.plain)
    sheet.write_string(row, ORIGIN, say_origin(answer, language), looks.plain)
    if field.is_typed:
        _write_open(sheet, looks, row, answer, language)
    else:
        said = say_content(field, answer.content(), language)
        is_plain = isinstance(answer.value, int | float) and not isinstance(answer.value, bool)
        if is_plain and not answer.qualifier:
            sheet.write_number(row, ANSWER, answer.value, looks.number)
            sheet.write_number(row, EXPORTED, answer.value)
        else:
            look = looks.missing if answer.value is None else looks.locked
            sheet.write_string(row, ANSWER, said, look)
            sheet.write_string(row, EXPORTED, said)
    if not field.parts:
        sheet.write_string(row, REASON, answer.reason, looks.open)


def _write_open(sheet: Any, looks: _Looks, row: int, answer: Answer, language: str) -> None:
    field = answer.field
    if answer.value is None:
        absent = answer.origin == "typed"
        said = say_content(field, answer.content(), language) if absent else ""
        sheet.write_string(row, ANSWER, said, looks.open)
    elif field.is_number:
        sheet.write_number(row, ANSWER, answer.value, looks.open)
    else:
        sheet.write_string(row, ANSWER, say_content(field, answer.content(), language), looks.open)
    rule = _validation(field, language)
    if rule:
        sheet.data_validation(row, ANSWER, row, ANSWER, rule)


def _validation(field: FormField, language: str) -> dict[str, Any]:
    """Return Excel's own check of a cell; it warns only, so that "not applicable" can be typed."""
    if field.kind == "boolean":
        source = [YES.get(language), NO.get(language)]
        return {"validate": "list", "source": source, "error_type": "warning"}
    if field.kind == "choice":
        source = [choice.name.get(language) for choice in field.choices]
        return {"validate": "list", "source": source, "error_type": "warning"}
    if field.is_number and field.minimum is not None and field.maximum is not None:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": field.minimum,
            "maximum": field.maximum,
            "error_type": "warning",
        }
    if field.is_number and field.minimum is not None:
        return {
            "validate": "decimal",
            "criteria": ">=",
            "value": field.minimum,
            "error_type": "warning",
        }
    return {}
