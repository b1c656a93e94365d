"""The uploaded workbook given back with every problem marked in its cell and listed in front.

The copy is written anew from the values as uploaded, sheet by sheet and row by row, so its memory
does not grow with the file; formulas become the values they had. It can be corrected and uploaded
as it is: hidden codes, identity and cell positions stay.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import python_calamine as calamine
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.container import (
    Container,
    column_index,
    open_container,
    percent_cells,
)
from sinhthai.reporting.engine.workbook.dressing import Dress
from sinhthai.reporting.engine.workbook.locate import IDENTITY, LOOKED_AT, PARK_COLUMNS
from sinhthai.reporting.engine.workbook.model import (
    ENTERPRISE_SHEET,
    GUIDE_SHEET,
    LISTS_SHEET,
    META_SHEET,
    PARK_SHEET,
    PROBLEM_SHEET,
)
from sinhthai.reporting.engine.workbook.words import both
from sinhthai.rules.model import Item

_COLUMNS: Final = (
    (Text("Trang", "Sheet"), 26),
    (Text("Ô", "Cell"), 9),
    (Text("Lỗi", "Problem"), 64),
    (Text("Cách sửa", "Cure"), 56),
)
_HIDDEN_SHEETS: Final = frozenset({META_SHEET, LISTS_SHEET})

_DAYS: Final = (dt.datetime, dt.date, dt.time, dt.timedelta)

_Marks = Mapping[tuple[int, int], Sequence[Problem]]


def annotate(
    source: bytes,
    problems: Iterable[Problem],
    *,
    items: Iterable[Item] = (),
    language: str = "vi",
) -> bytes:
    """Return a copy of the workbook with its *problems* as comments, colours and a first sheet.

    Parameters
    ----------
    source : the file as uploaded; it must be a workbook that opens (see `read_workbook`).
    items : the dictionary, to give the answer lists back to their cells; none without it.
    language : of the comments; the list of problems says both.

    Raises
    ------
    InputError : when the file cannot be opened at all.
    """
    found = list(problems)
    container = open_container(source, "")
    book = calamine.load_workbook(io.BytesIO(source))
    by_code = {item.code: item for item in items}
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as copy:
        dress = Dress(copy)
        names = [name for name in container.sheets if name != PROBLEM_SHEET]
        listing = copy.add_worksheet(PROBLEM_SHEET)
        sheets = {}
        for name in names:
            if name == LISTS_SHEET and by_code:
                dress.make_lists(list(by_code.values()))
            else:
                sheets[name] = copy.add_worksheet(name)
        if by_code and LISTS_SHEET not in names:
            dress.make_lists(list(by_code.values()))
        _write_list(listing, found, set(names), dress)
        for name, sheet in sheets.items():
            marks = _marks(found, name)
            _copy_sheet(sheet, book, container, name, marks, by_code, dress, language)
        listing.activate()
        _set_title(copy)
    return buffer.getvalue()


def _set_title(copy: Workbook) -> None:
    # Without a fixed time the same upload would give different bytes.
    copy.set_properties({"created": dt.datetime(2025, 1, 1)})  # noqa: DTZ001


def _marks(problems: Iterable[Problem], sheet: str) -> dict[tuple[int, int], list[Problem]]:
    marks: dict[tuple[int, int], list[Problem]] = {}
    for problem in problems:
        if problem.place.sheet == sheet and problem.place.cell:
            letters = problem.place.cell.rstrip("0123456789")
            row = int(problem.place.cell[len(letters) :]) - 1
            marks.setdefault((row, column_index(letters)), []).append(problem)
    return marks


def _write_list(
    sheet: Worksheet, problems: Sequence[Problem], names: set[str], dress: Dress
) -> None:
    """List every problem; the cell is a link to itself."""
    sheet.hide_gridlines(2)
    sheet.freeze_panes(2, 0)
    for column, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    count = len(problems)
    title = f"{count} lỗi cần sửa · {count} problems to correct"
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, dress.style("title"))
    for column, (heading, _) in enumerate(_COLUMNS):
        sheet.write_string(1, column, both(heading), dress.style("heading"))
    wrapped = dress.style("wrapped")
    for row, problem in enumerate(problems, start=2):
        place = problem.place
        sheet.write_string(row, 0, place.sheet, wrapped)
        if place.sheet in names - _HIDDEN_SHEETS and place.cell:
            quoted = place.sheet.replace("'", "''")
            target = f"internal:'{quoted}'!{place.cell}"
            sheet.write_url(row, 1, target, dress.style("link"), place.cell)
        else:
            sheet.write_string(row, 1, place.cell, wrapped)
        sheet.write_string(row, 2, _twice(problem.message), wrapped)
        sheet.write_string(row, 3, _twice(problem.cure), wrapped)
    sheet.autofilter(1, 0, max(count + 1, 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _copy_sheet(
    sheet: Worksheet,
    book: calamine.CalamineWorkbook,
    container: Container,
    name: str,
    marks: _Marks,
    items: Mapping[str, Item],
    dress: Dress,
    language: str,
) -> None:
    if name in _HIDDEN_SHEETS:
        sheet.very_hidden()
    source = book.get_sheet_by_name(name)
    left = source.start[1] if source.start else 0
    percents = set() if name in _HIDDEN_SHEETS else percent_cells(container, name)
    errors = container.sheets[name].errors
    layout = _Layout(name, items, dress)
    pending = dict(marks)
    last = max((row for row, _ in marks), default=-1)
    row = -1
    for row, cells in enumerate(source.iter_rows()):
        layout.look_at(sheet, row, left, cells)
        marked = {column for at, column in pending if at == row} if pending else set()
        width = max([left + len(cells), *(column + 1 for column in marked)])
        for column in range(width):
            raw = cells[column - left] if left <= column < left + len(cells) else ""
            raw = errors.get((row, column), raw) if errors else raw
            wrong = column in marked
            if isinstance(raw, _DAYS):
                style = dress.day(wrong=wrong)
            else:
                style = layout.style(row, column, wrong, (row, column) in percents)
            _write_raw(sheet, row, column, raw, style)
            if wrong:
                _comment(sheet, row, column, pending.pop((row, column)), language)
    for at, column in sorted(pending):
        if at <= max(row, last):
            sheet.write_blank(at, column, None, dress.value(None, wrong=True))
            _comment(sheet, at, column, pending[(at, column)], language)
    layout.finish(sheet, row)


class _Layout:
    """What the copy of a sheet looks like: heads, hidden codes, answer lists; found on the way."""

    def __init__(self, name: str, items: Mapping[str, Item], dress: Dress) -> None:
        self._name = name
        self._items = items
        self._dress = dress
        self._columns: dict[int, Item] = {}
        self._row_item: Item | None = None
        self._code_row = -1
        self._value_column = -1
        self._is_table = name in (PARK_SHEET, ENTERPRISE_SHEET)
        self._width = 72.0 if name == GUIDE_SHEET else 22.0

    def look_at(self, sheet: Worksheet, row: int, left: int, cells: Sequence[Any]) -> None:
        """Learn from a row before it is written: is it the hidden codes, is it an item?"""
        if row == 0:
            sheet.set_column(0, max(left + len(cells), 2) - 1, self._width)
        if not self._is_table:
            return
        if self._code_row < 0 and row < LOOKED_AT and self._is_code_row(cells):
            self._code_row = row
            sheet.set_row(row, None, None, {"hidden": True})
            sheet.freeze_panes(row + (5 if self._name == ENTERPRISE_SHEET else 2), 3)
            for column, raw in enumerate(cells, start=left):
                self._set_column(sheet, column, raw)
        elif self._name == PARK_SHEET:
            self._row_item = self._items.get(str(cells[0])) if cells and left == 0 else None

    def _is_code_row(self, cells: Sequence[Any]) -> bool:
        keys = IDENTITY if self._name == ENTERPRISE_SHEET else PARK_COLUMNS
        return sum(raw in keys for raw in cells) >= 3

    def _set_column(self, sheet: Worksheet, column: int, raw: Any) -> None:
        if raw in self._items:
            self._columns[column] = self._items[raw]
        if raw == "value":
            self._value_column = column
        if raw == "code":
            sheet.set_column(column, column, 12, None, {"hidden": True})
        elif raw in ("name_vi", "name_en", "help", "name"):
            sheet.set_column(column, column, 42)

    def style(self, row: int, column: int, wrong: bool, percent: bool) -> Format:
        heads = 1 if self._name == PARK_SHEET else 4
        if self._code_row >= 0 and 0 < row - self._code_row <= heads and not wrong:
            return self._dress.style("heading_en")
        item = self._row_item if column == self._value_column else self._columns.get(column)
        return self._dress.value(item, wrong=wrong, percent=percent)

    def finish(self, sheet: Worksheet, last: int) -> None:
        """Give the answer lists back to the columns of the enterprises."""
        if self._name == ENTERPRISE_SHEET and self._code_row >= 0:
            for column, item in self._columns.items():
                self._dress.allow(sheet, item, self._code_row + 5, last, column)


def _write_raw(sheet: Worksheet, row: int, column: int, raw: Any, style: Format) -> None:
    if raw == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(raw, bool):
        sheet.write_boolean(row, column, raw, style)
    elif isinstance(raw, int | float):
        sheet.write_number(row, column, raw, style)
    elif isinstance(raw, _DAYS):
        sheet.write_datetime(row, column, raw, style)
    else:
        sheet.write_string(row, column, str(raw), style)


def _comment(
    sheet: Worksheet, row: int, column: int, problems: Sequence[Problem], language: str
) -> None:
    said = "\n".join(f"{p.message.get(language)} → {p.cure.get(language)}" for p in problems)
    sheet.write_comment(row, column, said[:1_500], {"x_scale": 2.2, "y_scale": 1.4})


def _twice(text: Text) -> str:
    return text.vi if text.vi == text.en else f"{text.vi}\n{text.en}"
