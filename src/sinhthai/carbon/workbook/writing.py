"""The workbook to fill in: a sheet a group of sources, with lists to choose from and a guide."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

from sinhthai.carbon.engine.kinds import ASKED, choices_of
from sinhthai.carbon.engine.model import Activity, Kind
from sinhthai.carbon.workbook.cells import unit_words
from sinhthai.carbon.workbook.columns import COLUMNS, GROUPS, GUIDE, LISTS, Group, parameters_of
from sinhthai.carbon.workbook.guide import GUIDE_LINES
from sinhthai.carbon.workbook.words import CATEGORIES, KINDS
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.text import Text

_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_ROWS = 2_000  # rows with drop-down lists


def write_template(
    factors: Factors,
    language: str,
    *,
    activities: Sequence[Activity] = (),
    remark: Text | None = None,
) -> bytes:
    """Return the workbook, empty or with *activities* filled in; the same input, the same bytes.

    *remark* stands on the first sheet: that figures are invented, for one.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED})  # the same input, the same bytes
        sheets = _Sheets(book, factors, language)
        sheets.guide(remark)
        for group in GROUPS:
            kinds = set(group.kinds)
            sheets.group(group, [one for one in activities if one.kind in kinds])
        sheets.lists()
    return target.getvalue()


class _Sheets:
    def __init__(self, book: Any, factors: Factors, language: str) -> None:
        self.book, self.factors, self.language = book, factors, language
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#e9f3ee"}
        )
        self.own = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#eef1ef"}
        )
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.mark = book.add_format({"bold": True, "font_color": "#8a5a00", "text_wrap": True})
        self.columns: dict[str, list[str]] = {}

    def say(self, text: Text) -> str:
        return text.get(self.language)

    def guide(self, remark: Text | None) -> None:
        sheet = self.book.add_worksheet(self.say(GUIDE))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, self.say(GUIDE_LINES[0][0]), self.bold)
        at = 2
        if remark is not None:
            sheet.merge_range(1, 0, 1, 1, self.say(remark), self.mark)
        for name, words in GUIDE_LINES[1:]:
            sheet.write_string(at, 0, self.say(name), self.wrap)
            sheet.write_string(at, 1, self.say(words), self.wrap)
            at += 1
        at += 1
        for kind, asked in ASKED.items():
            sheet.write_string(at, 0, self.say(KINDS[kind]), self.wrap)
            sheet.write_string(at, 1, self.say(asked.help), self.wrap)
            at += 1

    def group(self, group: Group, activities: Sequence[Activity]) -> None:
        sheet = self.book.add_worksheet(self.say(group.name))
        keys: dict[str, int] = {}
        for column in COLUMNS:
            at = keys[column.key] = len(keys)
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, self.say(column.name), self.head)
        for one in parameters_of(group):
            at = keys.setdefault(one.key, len(keys))
            unit = "0–1" if one.is_share else self.say(unit_words(one.unit))
            sheet.set_column(at, at, 15)
            sheet.write_string(0, at, f"{self.say(one.name)} ({unit})", self.own)
        sheet.freeze_panes(1, 2)
        for kind_list, key in (
            (self._list(f"kind-{group.id}", [KINDS[kind] for kind in group.kinds]), "kind"),
            (self._list(f"what-{group.id}", self._names(group.kinds)), "what"),
            (self._list(f"category-{group.id}", self._categories(group.kinds)), "category"),
            (self._words(f"unit-{group.id}", group.kinds), "unit"),
        ):
            if kind_list:
                sheet.data_validation(
                    1, keys[key], _ROWS, keys[key],
                    {"validate": "list", "source": kind_list, "error_type": "warning"},
                )  # fmt: skip
        for row, activity in enumerate(activities, start=1):
            for key, value in self._cells(activity).items():
                if value not in ("", None):
                    sheet.write(row, keys[key], value)

    def lists(self) -> None:
        sheet = self.book.add_worksheet(LISTS)
        for at, (name, words) in enumerate(self.columns.items()):
            sheet.write_string(0, at, name)
            sheet.write_column(1, at, words)
        sheet.hide()

    def _list(self, name: str, texts: Sequence[Text]) -> str:
        return self._range(name, [self.say(text) for text in texts])

    def _words(self, name: str, kinds: Sequence[Kind]) -> str:
        return self._range(name, list(dict.fromkeys(u for k in kinds for u in ASKED[k].units)))

    def _range(self, name: str, words: list[str]) -> str:
        from sinhthai.reporting.engine.workbook.model import column_name

        if not words:
            return ""
        self.columns[name] = words
        letter = column_name(len(self.columns) - 1)
        return f"={LISTS}!${letter}$2:${letter}${len(words) + 1}"

    def _names(self, kinds: Sequence[Kind]) -> list[Text]:
        known = {one.id: one.name for kind in kinds for one in choices_of(kind, self.factors)}
        return list(known.values())

    def _categories(self, kinds: Sequence[Kind]) -> list[Text]:
        names = [name for kind in kinds for name in CATEGORIES.get(kind, {}).values()]
        if "heat" in kinds:
            names += [one.name for one in choices_of("stationary", self.factors)]
        return names

    def _cells(self, activity: Activity) -> Mapping[str, str | float | None]:
        known = self.factors.activities.get(activity.what)
        category = CATEGORIES.get(activity.kind, {}).get(activity.category)
        if activity.kind == "heat" and activity.category in self.factors.activities:
            category = self.factors.activities[activity.category].name
        return {
            "subject": activity.subject,
            "year": activity.year,
            "kind": self.say(KINDS[activity.kind]),
            "what": self.say(known.name) if known else activity.what,
            "quantity": activity.quantity,
            "unit": activity.unit,
            "category": self.say(category) if category else activity.category,
            "scope": activity.scope,
            "uncertainty": None if activity.uncertainty is None else f"{activity.uncertainty:g} %",
            "supplier": activity.supplier,
            "note": activity.note,
            "line": activity.line,
            **activity.parameters,
        }
