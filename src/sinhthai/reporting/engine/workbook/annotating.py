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
from sinhthai.reporting.engine.workbook.copy_layout import DAYS, CopyLayout
from sinhthai.reporting.engine.workbook.dressing import Dress, height_of
from sinhthai.reporting.engine.workbook.model import (
    LISTS_SHEET,
    META_SHEET,
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


_Marks = Mapping[int, Mapping[int, Sequence[Problem]]]


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


def _marks(problems: Iterable[Problem], sheet: str) -> _Marks:
    """Return row -> column -> what is wrong there, on *sheet*."""
    marks: dict[int, dict[int, list[Problem]]] = {}
    for problem in problems:
        if problem.place.sheet == sheet and problem.place.cell:
            letters = problem.place.cell.rstrip("0123456789")
            row = int(problem.place.cell[len(letters) :]) - 1
            marks.setdefault(row, {}).setdefault(column_index(letters), []).append(problem)
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
    title = f"{count} lỗi cần sửa · {count} {'problem' if count == 1 else 'problems'} to correct"
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, dress.style("title"))
    for column, (heading, _) in enumerate(_COLUMNS):
        sheet.write_string(1, column, both(heading), dress.style("heading"))
    wrapped = dress.style("wrapped")
    for row, problem in enumerate(problems, start=2):
        place = problem.place
        said, cure = _twice(problem.message), _twice(problem.cure)
        lines = [(line, _COLUMNS[2][1]) for line in said.split("\n")]
        lines += [(line, _COLUMNS[3][1]) for line in cure.split("\n")]
        sheet.set_row(row, 2 * height_of(lines, 18))
        sheet.write_string(row, 0, place.sheet, wrapped)
        if place.sheet in names - _HIDDEN_SHEETS and place.cell:
            quoted = place.sheet.replace("'", "''")
            target = f"internal:'{quoted}'!{place.cell}"
            sheet.write_url(row, 1, target, dress.style("link"), place.cell)
        else:
            sheet.write_string(row, 1, place.cell, wrapped)
        sheet.write_string(row, 2, said, wrapped)
        sheet.write_string(row, 3, cure, wrapped)
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
    layout = CopyLayout(name, items, dress)
    last = -1
    for last, found in enumerate(source.iter_rows()):
        cells = [""] * left + found
        marked = marks.get(last, {})
        cells += [""] * (max(marked, default=-1) + 1 - len(cells))
        layout.look_at(sheet, last, cells)
        for column, raw in enumerate(cells):
            raw = errors.get((last, column), raw) if errors else raw
            wrong = column in marked
            style = layout.style(last, column, raw, wrong, (last, column) in percents)
            _write_raw(sheet, last, column, raw, style)
            if wrong:
                _comment(sheet, last, column, marked[column], language)
    for row in sorted(row for row in marks if row > last):
        for column, problems in marks[row].items():
            sheet.write_blank(row, column, None, dress.value(None, wrong=True))
            _comment(sheet, row, column, problems, language)
    layout.finish(sheet, last)


def _write_raw(sheet: Worksheet, row: int, column: int, raw: Any, style: Format) -> None:
    if raw == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(raw, bool):
        sheet.write_boolean(row, column, raw, style)
    elif isinstance(raw, int | float):
        sheet.write_number(row, column, raw, style)
    elif isinstance(raw, DAYS):
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
