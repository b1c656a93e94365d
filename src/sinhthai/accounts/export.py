"""Lists as files: Excel and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_response(rows: Iterable[Sequence[str]], *, fmt: str, name: str) -> HttpResponse:
    """Return *rows* (the first is the heading) as ``name.xlsx`` or ``name.csv``."""
    if fmt == "xlsx":
        response = HttpResponse(_workbook(rows, name), content_type=_XLSX)
    else:
        response = HttpResponse(_comma_separated(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    return response


def _workbook(rows: Iterable[Sequence[str]], name: str) -> bytes:
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 0)
        last = 0
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, bold if number == 0 else None)
            last = max(last, len(row) - 1)
        sheet.set_column(0, last, 24)
    return target.getvalue()


def _comma_separated(rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + target.getvalue()).encode()  # the mark makes Excel read UTF-8


def _harmless(cell: str) -> str:
    """Keep a text from being run as a formula by the program that opens the file."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
