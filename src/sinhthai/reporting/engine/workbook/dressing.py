"""How a workbook looks: formats, colours, lists, checks and print set-up, in one place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.model import LISTS_SHEET, column_name
from sinhthai.reporting.engine.workbook.words import NO, OFFERED, YES, both
from sinhthai.rules.model import Item

_GREEN: Final = "#0B5D3B"
_PALE: Final = "#E7F0EB"
_GROUND: Final = "#F4F5F2"
_RULE: Final = "#C9CFC8"
_INK: Final = "#1D2A24"
_MUTED: Final = "#5F6B64"
_BLANK: Final = "#FFF6DC"  # a cell still to be filled in
_WRONG: Final = "#F8D7D3"

_BASE: Final[Mapping[str, Any]] = {
    "font_name": "Arial",
    "font_size": 10,
    "font_color": _INK,
    "valign": "vcenter",
}
_BOXED: Final[Mapping[str, Any]] = {**_BASE, "border": 1, "border_color": _RULE}
_STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "plain": _BASE,
    "title": {**_BASE, "font_size": 16, "bold": True, "font_color": _GREEN},
    "subtitle": {**_BASE, "font_color": _MUTED},
    "label": {**_BASE, "font_color": _MUTED, "align": "left"},
    "fact": {**_BASE, "bold": True, "align": "left"},
    "banner": {**_BASE, "bold": True, "font_color": "#9A3412", "bg_color": "#FDE9DC"},
    "heading": {
        **_BOXED, "bold": True, "font_color": "#FFFFFF", "bg_color": _GREEN, "text_wrap": True,
    },
    "heading_en": {
        **_BOXED, "italic": True, "font_color": _INK, "bg_color": _PALE, "text_wrap": True,
    },
    "unit": {**_BOXED, "font_color": _MUTED, "bg_color": _PALE, "align": "center",
             "text_wrap": True, "font_size": 9},
    "section": {**_BASE, "bold": True, "bg_color": _PALE, "font_color": _GREEN, "top": 1,
                "top_color": _GREEN},
    "locked": {**_BOXED, "bg_color": _GROUND, "text_wrap": True, "indent": 1},
    "locked_en": {**_BOXED, "bg_color": _GROUND, "text_wrap": True, "italic": True,
                  "font_color": _MUTED},
    "help": {**_BOXED, "bg_color": _GROUND, "text_wrap": True, "font_size": 9,
             "font_color": _MUTED},
    "key": {**_BOXED, "bg_color": _GROUND, "num_format": "@"},
    "guide": {**_BASE, "text_wrap": True, "valign": "top"},
    "guide_head": {**_BASE, "bold": True, "font_size": 12, "font_color": _GREEN},
    "hidden": {**_BASE, "font_color": _MUTED, "font_size": 8},
    "link": {**_BASE, "font_color": _GREEN, "underline": 1},
    "wrapped": {**_BOXED, "text_wrap": True, "valign": "top"},
}  # fmt: skip
_NUMBER_FORMATS: Final = {"integer": "#,##0", "number": "#,##0.####", "date": "dd/mm/yyyy"}


@dataclass(slots=True)
class Dress:
    """The formats of one workbook, made once each, and its lists of allowed answers."""

    book: Workbook
    _formats: dict[tuple[str, ...], Format] = field(default_factory=dict)
    _lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    _lists_sheet: Worksheet | None = None

    def style(self, name: str) -> Format:
        """Return a format by its name in the table of styles."""
        return self._format((name,), _STYLES[name])

    def value(
        self,
        item: Item | None,
        *,
        locked: bool = False,
        wrong: bool = False,
        percent: bool | None = None,
    ) -> Format:
        """Return the format of a value cell of *item*; *percent* overrules its unit."""
        kind = item.kind if item else "text"
        if percent is None:
            percent = item is not None and item.unit == "percent"
        properties = {**_BOXED, "locked": locked, "text_wrap": kind in {"text", "choice"}}
        if percent:
            properties["num_format"] = "0.####%"
        elif kind in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[kind]
        if kind in {"integer", "number"}:
            properties["align"] = "right"
        elif kind in {"boolean", "date"}:
            properties["align"] = "center"
        if wrong:
            properties["bg_color"] = _WRONG
        elif locked:
            properties["bg_color"] = _GROUND
            properties["font_color"] = _MUTED
        key = ("value", kind, f"{percent}", f"{locked}", f"{wrong}")
        return self._format(key, properties)

    def day(self, *, wrong: bool = False) -> Format:
        """Return the format of a cell that holds a day, whatever was asked there."""
        properties = {**_BOXED, "locked": False, "align": "center", "num_format": "dd/mm/yyyy"}
        if wrong:
            properties["bg_color"] = _WRONG
        return self._format(("day", f"{wrong}"), properties)

    def _format(self, key: tuple[str, ...], properties: Mapping[str, Any]) -> Format:
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(properties))
        return self._formats[key]

    def make_lists(self, items: Sequence[Item]) -> None:
        """Write the hidden sheet of answers once, for all *items*."""
        self._lists_sheet = self.book.add_worksheet(LISTS_SHEET)
        self._lists_sheet.very_hidden()
        wanted = dict.fromkeys([_absences(), *(answers_of(item) for item in items)])
        columns = [answers for answers in wanted if answers]
        for row in range(max(len(answers) for answers in columns)):
            for column, answers in enumerate(columns):
                if row < len(answers):
                    self._lists_sheet.write_string(row, column, answers[row])
        for column, answers in enumerate(columns):
            letters = column_name(column)
            self._lists[answers] = f"{LISTS_SHEET}!${letters}$1:${letters}${len(answers)}"

    def allow(self, sheet: Worksheet, item: Item, first: int, last: int, column: int) -> None:
        """Put the list or the check of *item* on its cells from row *first* to *last*."""
        if item.kind == "text" or last < first:
            return
        title, message, error = _messages(item)
        options: dict[str, Any] = {
            "input_title": title,
            "input_message": message,
            "error_title": "Kiểm tra lại · Check",
            "error_message": error,
        }
        if answers := answers_of(item):
            options |= {"validate": "list", "source": f"={self._lists[answers]}"}
        else:
            cell = f"{column_name(column)}{first + 1}"
            absent = f"ISNUMBER(MATCH({cell},{self._lists[_absences()]},0))"
            check = f"=OR(AND(ISNUMBER({cell}),{_bounds(item, cell)}),{absent})"
            # A warning, not a stop: "≥ 30" and "12,5 ha" are understood on reading.
            options |= {"validate": "custom", "value": check, "error_type": "warning"}
        sheet.data_validation(first, column, last, column, options)

    def mark_blanks(self, sheet: Worksheet, first: int, last: int, left: int, right: int) -> None:
        """Colour the cells still to be filled in, and grey the words that stand for no value."""
        if last < first or right < left:
            return
        area = (first, left, last, right)
        blank = self._format(("blank",), {"bg_color": _BLANK})
        sheet.conditional_format(*area, {"type": "blanks", "format": blank})
        absent = self._format(("absent",), {"font_color": _MUTED, "italic": True})
        cell = f"{column_name(left)}{first + 1}"
        criteria = f"=ISNUMBER(MATCH({cell},{self._lists[_absences()]},0))"
        sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": absent})


def answers_of(item: Item) -> tuple[str, ...]:
    """Return the words offered for *item*, absences last; empty where a value is written."""
    if item.kind == "boolean":
        return (both(YES), both(NO), *_absences())
    if item.kind == "choice":
        return (*(both(choice.name) for choice in item.choices), *_absences())
    return ()


def protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in; without password, so it guards against slips only."""
    sheet.protect(
        "",
        {
            "format_columns": True,
            "format_rows": True,
            "format_cells": True,
            "sort": True,
            "autofilter": True,
        },
    )


def set_up_print(sheet: Worksheet, title: str, *, wide: bool) -> None:
    """Landscape, fitted to the width (A3 for the wide table), with title, page and sheet name."""
    sheet.set_landscape()
    sheet.set_paper(8 if wide else 9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header(f"&L&8{title.replace('&', '&&')}&R&8&A")
    sheet.set_footer("&R&8&P / &N")
    if wide:
        sheet.set_print_scale(60)
    else:
        sheet.fit_to_pages(1, 0)


def height_of(texts: Iterable[tuple[str, float]], at_least: float = 18) -> float:
    """Return the row height that shows each wrapped text in a column of its width.

    LibreOffice keeps the height of a row whose cells wrap as written, so it must be right.

    >>> height_of([("short", 40)]), height_of([("x" * 100, 40)])
    (19.0, 45.0)
    """
    lines = max(math.ceil(len(text) * 1.02 / width) for text, width in texts)
    return max(at_least, 13.0 * lines + 6)


def _absences() -> tuple[str, ...]:
    return tuple(both(reason.label) for reason in OFFERED)


def _bounds(item: Item, cell: str) -> str:
    scale = 0.01 if item.unit == "percent" else 1.0
    low = 0.0 if item.minimum is None else item.minimum
    bounds = [f"{cell}>={low * scale:g}"]
    high = 100.0 if item.maximum is None and item.unit == "percent" else item.maximum
    if high is not None:
        bounds.append(f"{cell}<={high * scale:g}")
    if item.kind == "integer":
        bounds.append(f"{cell}=INT({cell})")
    return ",".join(bounds) if item.kind != "date" else f"{cell}>0"


def _messages(item: Item) -> tuple[str, str, str]:
    """Return the title, the hint and the error of a cell, within the lengths Excel allows."""
    wanted = {
        "boolean": Text("Chọn Có hoặc Không.", "Choose Yes or No."),
        "choice": Text("Chọn trong danh sách.", "Choose from the list."),
        "integer": Text("Ghi một số nguyên.", "Write a whole number."),
        "number": Text("Ghi một số.", "Write a number."),
        "date": Text("Ghi ngày/tháng/năm.", "Write day/month/year."),
    }[item.kind]
    absent = Text("Hoặc: không áp dụng, bảo mật.", "Or: not applicable, confidential.")
    error = f"{wanted.vi} {absent.vi}\n{wanted.en} {absent.en}"
    hint = "\n".join(part for part in (item.help.vi, item.help.en, both(wanted)) if part)
    return _short(item.name.vi, 32), _short(hint, 255), _short(error, 255)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
