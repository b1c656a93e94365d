"""Lists as files: one plain Excel sheet, or CSV. Nothing in them is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MEDIA_TYPES = {"xlsx": XLSX, "csv": CSV}

Cell = str | int | float | None
Column = tuple[str, int]
"""The heading of a column, and its width in characters."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_table(
    fmt: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    name: str,
    title: str = "",
) -> bytes:
    r"""Return *rows* under *columns* as a file of format *fmt*, ``xlsx`` or ``csv``.

    *name* is that of the sheet; *title*, where given, stands above the headings of the Excel
    file. None is an empty cell. CSV is UTF-8 with the mark Excel needs to see Vietnamese.

    Raises
    ------
    ValueError
        If *fmt* is neither of the two.

    >>> write_table("csv", [("Tên", 20), ("ha", 8)], [("=1+1", 2.5), ("Cát Lái", None)], name="KCN")
    b"\xef\xbb\xbfT\xc3\xaan,ha\r\n'=1+1,2.5\r\nC\xc3\xa1t L\xc3\xa1i,\r\n"
    """
    if fmt == "xlsx":
        return _xlsx(columns, rows, name, title)
    if fmt == "csv":
        return _csv(columns, rows)
    raise ValueError(f"no such format of a table: {fmt!r}")


def _xlsx(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], name: str, title: str
) -> bytes:
    import xlsxwriter  # costs time that whoever writes CSV should not pay

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(name[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        top = 0
        if title:
            sheet.write_string(0, 0, title, book.add_format({"bold": True}))
            top = 2
        for at, (heading, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(top, at, heading, head)
        last = top
        for last, row in enumerate(rows, start=top + 1):
            sheet.write_row(last, 0, row)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
    return target.getvalue()


def _csv(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([heading for heading, _ in columns])
    writer.writerows(
        [disarm(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return target.getvalue().encode("utf-8-sig")


def disarm(text: str) -> str:
    """Return *text* so that a spreadsheet opening a CSV takes it for text, not for a formula.

    >>> disarm("=HYPERLINK(1)"), rearm(disarm("=HYPERLINK(1)"))
    ("'=HYPERLINK(1)", '=HYPERLINK(1)')
    """
    return "'" + text if _FORMULA.match(text) else text


def rearm(text: str) -> str:
    """Undo :func:`disarm`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
