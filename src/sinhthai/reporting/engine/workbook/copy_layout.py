"""What the marked copy of a sheet looks like: learnt from its hidden codes, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sinhthai.reporting.engine.workbook.dressing import Dress, height_of, set_up_print
from sinhthai.reporting.engine.workbook.earlier import item_of
from sinhthai.reporting.engine.workbook.locate import IDENTITY, LOOKED_AT, PARK_COLUMNS
from sinhthai.reporting.engine.workbook.model import ENTERPRISE_SHEET, GUIDE_SHEET, PARK_SHEET
from sinhthai.rules.model import Item

DAYS: Final = (dt.datetime, dt.date, dt.time, dt.timedelta)

_WIDTHS: Final = {"name_vi": 44.0, "name_en": 42.0, "note": 28.0, "help": 104.0, "unit": 12.0,
                  "name": 34.0, "status": 30.0, "vsic": 9.0}  # fmt: skip
_STYLES: Final = {"name_vi": "locked", "name_en": "locked_en", "help": "help", "unit": "unit"}


class CopyLayout:
    """Gives each cell of the copy its format; call `look_at` before a row is written.

    Without the hidden row of codes the copy is plain: values are what matters then.
    """

    def __init__(self, name: str, items: Mapping[str, Item], dress: Dress) -> None:
        self._items = items
        self._dress = dress
        self._is_guide = name == GUIDE_SHEET
        self._is_park = name == PARK_SHEET
        self._is_table = name in (PARK_SHEET, ENTERPRISE_SHEET)
        self._heads = 1 if self._is_park else 4  # heading rows below the codes
        self._code_row = -1
        self._keys: dict[int, str] = {}
        self._widths: dict[int, float] = {}
        self._row_item: Item | None = None
        self._is_section = False

    def look_at(self, sheet: Worksheet, row: int, cells: Sequence[Any]) -> None:
        """Learn from a row: is it the hidden codes, which item is it, how high must it be?"""
        if row == 0:
            sheet.set_column(0, max(len(cells), 2) - 1, 72.0 if self._is_guide else 18.0)
        if self._is_guide:
            sheet.set_row(row, height_of([(str(raw), 72.0) for raw in cells]))
        elif self._is_table and self._code_row < 0 and row < LOOKED_AT:
            if self._holds_codes(cells):
                self._take_codes(sheet, row, cells)
        elif self._is_park and self._code_row >= 0:
            self._look_at_item(sheet, row, cells)

    def style(self, row: int, column: int, raw: Any, wrong: bool, percent: bool) -> Format:
        """Return the format of one cell of the row last looked at."""
        if isinstance(raw, DAYS):
            return self._dress.day(wrong=wrong)
        key = self._keys.get(column, "")
        if not wrong and (name := self._named_style(row, key)):
            return self._dress.style(name)
        item = self._row_item if key == "value" else item_of(self._items, key)
        return self._dress.value(item, wrong=wrong, percent=percent)

    def finish(self, sheet: Worksheet, last: int) -> None:
        """Give the answer lists back to the columns of the enterprises; set up the print."""
        set_up_print(sheet, "", wide=self._is_table and not self._is_park)
        if not self._is_park and self._code_row >= 0:
            for column, key in self._keys.items():
                if item := item_of(self._items, key):
                    first = self._code_row + self._heads + 1
                    self._dress.allow(sheet, item, first, last, column)

    def _named_style(self, row: int, key: str) -> str:
        if self._is_guide:
            return "title" if row == 0 else "guide"
        if not self._is_table:
            return ""
        if self._code_row < 0:
            return "title" if row == 0 else "label"
        if row <= self._code_row + self._heads:
            return "hidden" if row == self._code_row else "heading_en"
        if self._is_park:
            return "section" if self._is_section else _STYLES.get(key, "")
        return "key" if key in IDENTITY else ""

    def _holds_codes(self, cells: Sequence[Any]) -> bool:
        keys = PARK_COLUMNS if self._is_park else IDENTITY
        return sum(raw in keys for raw in cells) >= 3

    def _take_codes(self, sheet: Worksheet, row: int, cells: Sequence[Any]) -> None:
        self._code_row = row
        self._keys = {column: str(raw) for column, raw in enumerate(cells) if raw != ""}
        sheet.set_row(row, None, None, {"hidden": True})
        sheet.freeze_panes(row + self._heads + 1, 3)
        for column, key in self._keys.items():
            self._widths[column] = _WIDTHS.get(key, 18.0)
            hidden = {"hidden": True} if key == "code" else {}
            sheet.set_column(column, column, self._widths[column], None, hidden)

    def _look_at_item(self, sheet: Worksheet, row: int, cells: Sequence[Any]) -> None:
        by_key = {key: cells[at] for at, key in self._keys.items() if at < len(cells)}
        self._row_item = item_of(self._items, str(by_key.get("code", "")))
        said = [raw for raw in cells if raw != ""]
        self._is_section = len(said) == 1 and by_key.get("name_vi", "") != ""
        texts = [(str(raw), self._widths.get(at, 18.0)) for at, raw in enumerate(cells)]
        sheet.set_row(row, height_of(texts))
