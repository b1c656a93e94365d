"""The template of a workbook of measures: headings, drop-downs, help, and lines to write over."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from sinhthai.finance.engine.risk import Spread
from sinhthai.finance.workbook.columns import (
    ASSUMPTIONS,
    FUEL_UNITS,
    GIVEN,
    GUIDE,
    LIST,
    MEASURES,
    PRICE_LIST,
    PRICES,
    RANGE_LIST,
    RANGE_ROWS,
    RANGES,
    USE_LIST,
    USES,
    Column,
)
from sinhthai.foundation.text import Text

_ROWS = 2_000  # with drop-downs
_INVENTED = Text(
    "Ví dụ với số liệu giả định: xóa các dòng và ghi số liệu của mình.",
    "An example with invented figures: delete its lines and write your own.",
)
_INTRO: Sequence[Text] = (
    Text(
        "Mỗi giải pháp một dòng ở trang Giải pháp. Không biết thì để trống: chưa biết khác với 0.",
        "One line a measure on the sheet Measures. Leave empty what is not known: it is not 0.",
    ),
    Text(
        "Trang Giả định và trang Giá dùng chung cho mọi giải pháp; Hộ tiêu thụ và Biên độ có thể "
        "để trống.",
        "The sheets Assumptions and Prices are for all measures; Uses and Ranges may stay empty.",
    ),
    Text(
        "Tỷ lệ ghi là 10% hoặc 0,1. Giá chưa có VAT.",
        "Write shares as 10% or 0.1. Prices are without VAT.",
    ),
    Text(
        "Thẩm định: sinhthai appraise TEP.xlsx --curve duong.svg",
        "Appraise: sinhthai appraise FILE.xlsx --curve curve.svg",
    ),
)
# The same template is the same bytes: no clock in the file (H10).
_CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's properties have no time zone
_CARRIERS = (
    Text("Điện", "Electricity"), Text("Nước cấp", "Water"), Text("Nước thải", "Wastewater"),
    Text("Than antraxit", "Anthracite"), Text("Dầu DO", "Diesel"), Text("Dầu FO", "Fuel oil"),
    Text("LPG", "LPG"), Text("Khí thiên nhiên", "Natural gas"), Text("CNG", "CNG"),
    Text("Củi", "Wood"), Text("Trấu", "Rice husk"),
)  # fmt: skip
Row = Mapping[str, str]


def write_template(language: str, *, with_example: bool = True) -> bytes:
    """Return an Excel workbook in *language*, with an invented example to write over."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED, "title": MEASURES.get(language)})
        _Writer(book, language, with_example).write()
    return target.getvalue()


class _Writer:
    def __init__(self, book: Any, language: str, with_example: bool) -> None:
        self.book, self.language, self.with_example = book, language, with_example
        add = book.add_format
        self.head = add(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter",
             "bg_color": "#E7F0EA"}
        )  # fmt: skip
        self.label = add({"bold": True, "valign": "top"})
        self.wrapped = add({"text_wrap": True, "valign": "top", "font_color": "#55615C"})
        self.formats = {
            "share": add({"num_format": "0.##%", "align": "right"}),
            "date": add({"num_format": "yyyy-mm-dd", "align": "right"}),
            "plain": add({"num_format": "#,##0.###", "align": "right"}),
            "whole": add({"num_format": "0", "align": "right"}),
        }
        self.note = add({"italic": True, "font_color": "#7A5200"})

    def write(self) -> None:
        self._measures()
        self._given()
        self._prices()
        self._uses()
        self._ranges()
        self._guide()

    def say(self, text: Text) -> str:
        return text.get(self.language)

    def _measures(self) -> None:
        sheet, top = self._list(MEASURES, LIST)
        uses = {row["key"]: row[f"use_{self._code}"] for row in self._example("uses")}
        for number, row in enumerate(self._example("measures"), top + 1):
            said = {**row, "name": row[f"name_{self._code}"], "use": uses.get(row["use"], "")}
            self._line(sheet, number, LIST, said)

    def _given(self) -> None:
        sheet = self._sheet(ASSUMPTIONS)
        sheet.set_column(0, 0, 32, self.label)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, 2, 70, self.wrapped)
        top = self._invented(sheet)
        said = {row["key"]: row[f"value_{self._code}"] for row in self._example("given")}
        for number, column in enumerate(GIVEN, top):
            sheet.write_string(number, 0, self.say(column.name), self.label)
            sheet.write_string(number, 2, self.say(column.help), self.wrapped)
            self._rule(sheet, number, number, 1, column)
            self._cell(sheet, number, 1, column, said.get(column.key, ""))

    def _prices(self) -> None:
        sheet, top = self._list(PRICES, PRICE_LIST)
        for number, row in enumerate(self._example("prices"), top + 1):
            code = self._code
            said = {**row, "carrier": row[f"carrier_{code}"], "note": row[f"note_{code}"]}
            self._line(sheet, number, PRICE_LIST, said)
        names = [self.say(name) for name in _CARRIERS]
        sheet.data_validation(
            top + 1, 0, top + 200, 0, {"validate": "list", "source": names, "show_error": False}
        )

    def _uses(self) -> None:
        sheet, top = self._list(USES, USE_LIST)
        for number, row in enumerate(self._example("uses"), top + 1):
            code = self._code
            said = {**row, "use": row[f"use_{code}"], "carrier": row[f"carrier_{code}"]}
            self._line(sheet, number, USE_LIST, said)

    def _ranges(self) -> None:
        sheet, top = self._list(RANGES, RANGE_LIST)
        sheet.set_column(3, 3, 60, self.wrapped)
        usual = Spread()
        for number, column in enumerate(RANGE_ROWS, top + 1):
            sheet.write_string(number, 0, self.say(column.name), self.label)
            form = self.formats["share" if column.kind == "share" else "whole"]
            for at, value in enumerate(getattr(usual, column.key), 1):
                sheet.write_number(number, at, value, form)
            sheet.write_string(number, 3, self.say(column.help), self.wrapped)

    def _guide(self) -> None:
        sheet = self._sheet(GUIDE)
        sheet.set_column(0, 0, 38, self.label)
        sheet.set_column(1, 1, 92, self.wrapped)
        row = 0
        for text in _INTRO:
            sheet.write_string(row, 1, self.say(text), self.wrapped)
            row += 1
        for title, columns in (
            (MEASURES, LIST), (ASSUMPTIONS, GIVEN), (PRICES, PRICE_LIST), (USES, USE_LIST),
            (RANGES, RANGE_ROWS),
        ):  # fmt: skip
            row += 1
            sheet.write_string(row, 0, self.say(title), self.head)
            sheet.write_string(row, 1, "", self.head)
            for column in columns:
                row += 1
                said = self.say(column.help)
                if column.choices:
                    said += " (" + "; ".join(self.say(name) for _, name in column.choices) + ")"
                sheet.write_string(row, 0, self.say(column.name), self.label)
                sheet.write_string(row, 1, said, self.wrapped)
            row += 1

    @property
    def _code(self) -> str:
        return "en" if self.language.startswith("en") else "vi"

    def _example(self, name: str) -> list[Row]:
        if not self.with_example:
            return []
        file = resources.files("sinhthai.finance").joinpath(f"data/examples/{name}.csv")
        return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))

    def _sheet(self, name: Text) -> Any:
        sheet = self.book.add_worksheet(self.say(name))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _invented(self, sheet: Any) -> int:
        if not self.with_example:
            return 0
        sheet.write_string(0, 0, self.say(_INVENTED), self.note)
        return 1

    def _list(self, name: Text, columns: Sequence[Column]) -> tuple[Any, int]:
        sheet = self._sheet(name)
        top = self._invented(sheet)
        sheet.set_row(top, 46)
        sheet.freeze_panes(top + 1, 1)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(top, at, self.say(column.name), self.head)
            if self.say(column.help):
                sheet.write_comment(top, at, self.say(column.help), {"x_scale": 2})
            self._rule(sheet, top + 1, top + _ROWS, at, column)
        return sheet, top

    def _rule(self, sheet: Any, first: int, last: int, at: int, column: Column) -> None:
        hint = {
            "input_title": self.say(column.name)[:32],
            "input_message": self.say(column.help)[:255],
        }
        if not hint["input_message"]:
            return
        rule: dict[str, object] = {"validate": "any", **hint}
        if column.choices:
            names = [self.say(name) for _, name in column.choices]
            rule = {"validate": "list", "source": names, "ignore_blank": True, **hint}
        elif column.kind == "unit":
            # Other units are read too: the list helps, it does not refuse.
            units = ["kWh", *FUEL_UNITS] if column.key != "fuel_unit" else list(FUEL_UNITS)
            rule = {"validate": "list", "source": units, "show_error": False, **hint}
        elif column.kind in ("money", "price"):
            rule = {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "show_error": False,
                **hint,
            }
        sheet.data_validation(first, at, last, at, rule)

    def _line(self, sheet: Any, number: int, columns: Sequence[Column], said: Row) -> None:
        for at, column in enumerate(columns):
            self._cell(sheet, number, at, column, said.get(column.key) or "")

    def _cell(self, sheet: Any, row: int, at: int, column: Column, said: str) -> None:
        form = self.formats.get(column.kind, self.formats["plain"])
        if column.kind in ("year", "years"):
            form = self.formats["whole"]
        if not said:
            if column.kind in ("share", "date"):
                sheet.write_blank(row, at, None, form)  # what is typed there is read as one
            return
        if column.kind == "date":
            sheet.write_datetime(row, at, dt.datetime.fromisoformat(said), form)
        elif column.kind in ("text", "unit", "time", "choice", "names"):
            sheet.write_string(row, at, self._word(column, said))
        else:
            sheet.write_number(row, at, float(said), form)

    def _word(self, column: Column, said: str) -> str:
        """Return a word of the example in the language of the workbook."""
        for key, name in column.choices:
            if said == key:
                return self.say(name)
        if "|" in said:
            vi, _, en = said.partition("|")
            return en if self._code == "en" else vi
        return said
