"""All values of a report as one list, in Excel or CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator

import xlsxwriter
from django.utils import timezone

from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.standing import Standing, standing
from sinhthai.reporting.wording import SIGNS, say_standing, say_unit
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_HEADER = {
    "vi": (
        "Đối tượng", "Mã", "Mã chỉ tiêu", "Chỉ tiêu", "Giá trị", "Đơn vị", "Năm", "Nguồn", "Ô",
        "Người nhập", "Thời điểm ghi", "Dữ liệu",
    ),
    "en": (
        "Subject", "Code", "Item code", "Item", "Value", "Unit", "Year", "Source", "Cell",
        "Entered by", "Recorded at", "Data",
    ),
}  # fmt: skip
_INVENTED = {"vi": "dữ liệu minh họa", "en": "invented data"}
_WIDTHS = (34, 16, 30, 48, 16, 10, 7, 30, 26, 16, 18, 16)

Row = tuple[str | float | None, ...]


def values_file(
    park: Park, year: int, *, fmt: str, language: str, known_at: dt.datetime | None = None
) -> bytes:
    """Return every value that counts for *year*, one per line, as ``xlsx`` or ``csv``."""
    language = "en" if language.startswith("en") else "vi"
    rows = _rows(park, year, language, known_at)
    return _xlsx(rows, language, f"{park.code} {year}") if fmt == "xlsx" else _csv(rows, language)


def _rows(park: Park, year: int, language: str, known_at: dt.datetime | None) -> Iterator[Row]:
    subjects = dict(Enterprise.objects.filter(park=park).values_list("code", "name_vi"))
    invented = set(
        Enterprise.objects.filter(park=park, invented=True).values_list("code", flat=True)
    )
    if park.invented:
        invented.add("")
    items = load_bundle().items
    known = standing(park, year, known_at=known_at)
    for code in sorted(known):
        mark = _INVENTED[language] if code in invented or park.invented else ""
        for item, found in known[code].items():
            yield _row(
                subjects.get(code, park.name_vi), code or park.code, items.get(item), item, found,
                language, mark,
            )  # fmt: skip


def _row(
    subject: str,
    code: str,
    item: Item | None,
    item_code: str,
    found: Standing,
    language: str,
    mark: str,
) -> Row:
    value: str | float = say_standing(item, found, language)
    exact = found.qualifier not in SIGNS and not isinstance(found.value, bool | str)
    if exact and found.value is not None:
        value = float(found.value)
    origin = found.origin
    return (
        subject,
        code,
        item_code,
        item.name.get(language) if item else item_code,
        value,
        say_unit(item, language) if item else "",
        origin.year,
        origin.source,
        found.cell,
        origin.author or "",
        f"{timezone.localtime(origin.recorded_at):%Y-%m-%d %H:%M}",
        mark,
    )


def _xlsx(rows: Iterator[Row], language: str, title: str) -> bytes:
    sink = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(sink, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, _HEADER[language], bold)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.write_row(last, 0, row)
        sheet.autofilter(0, 0, last, len(_WIDTHS) - 1)
    return sink.getvalue()


def _csv(rows: Iterator[Row], language: str) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(_HEADER[language])
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return sink.getvalue().encode("utf-8-sig")


def _inert(cell: str | float | None) -> str | float | None:
    """Keep a text from being taken for a formula by a spreadsheet that opens the CSV."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
