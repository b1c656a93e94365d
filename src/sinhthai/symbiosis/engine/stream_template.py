"""The template of a list of streams: headings, drop-downs, help, and lines to write over."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.stream_columns import COLUMNS, UNITS_OFFERED, StreamColumn

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge

_ROWS = 2_000  # with drop-downs
_SHEET = Text("Cung cầu", "Offers and needs")
_GUIDE = Text("Hướng dẫn", "Guide")
_INTRO: Sequence[Text] = (
    Text(
        "Mỗi dòng là một thứ doanh nghiệp có để cho (cung) hoặc cần (cầu). Ghi nhiều dòng cho một "
        "doanh nghiệp.",
        "Each line is one thing an enterprise has to give (offer) or asks for (need). An "
        "enterprise may have many lines.",
    ),
    Text(
        "Bắt buộc: doanh nghiệp, cung hoặc cầu, tên dòng; và nơi chốn (khu, hoặc vĩ độ và kinh "
        "độ). Ô không biết thì để trống: chưa biết khác với 0.",
        "Needed: enterprise, offer or need, name; and a place (park, or latitude and longitude). "
        "Leave empty what is not known: unknown is not 0.",
    ),
    Text(
        "Tìm đối tác: sinhthai match TÊN_TỆP.xlsx --within 50km --top 10",
        "Find partners: sinhthai match FILE.xlsx --within 50km --top 10",
    ),
)
_INVENTED = Text(
    "Các dòng dưới đây là ví dụ, số liệu giả định: xóa đi và ghi dòng của mình.",
    "The lines below are examples with invented figures: delete them and write your own.",
)
# The same template is the same bytes: no clock in the file (H10).
_CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's properties have no time zone
_NUMBERS = frozenset({"lat", "lon", "quantity", "quantity_min", "quantity_max", "days", "price"})
Example = Mapping[str, str]


@lru_cache(maxsize=1)
def load_examples() -> tuple[Example, ...]:
    """Return the invented lines of the template: column key -> what stands in its cell."""
    data = resources.files("sinhthai.symbiosis").joinpath("data/example_streams.csv")
    return tuple(csv.DictReader(io.StringIO(data.read_text("utf-8"))))


def write_stream_template(
    language: str, knowledge: Knowledge, examples: Sequence[Example] | None = None
) -> bytes:
    """Return an Excel template in *language*, with *examples* (None: the shipped ones) filled in.

    Cells written as choices (``offer``, ``solid``, ``TT`` …) are shown as their drop-down says.
    """
    lines = load_examples() if examples is None else examples
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED, "title": _SHEET.get(language)})
        _list_sheet(book, language, lines)
        _guide_sheet(book, language, knowledge)
    return target.getvalue()


def _list_sheet(book: Any, language: str, examples: Sequence[Example]) -> None:
    sheet = book.add_worksheet(_SHEET.get(language))
    head = book.add_format(
        {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E7F0EA"}
    )
    top = 0
    if examples:
        sheet.write_string(0, 0, _INVENTED.get(language), book.add_format({"italic": True}))
        top = 1
    sheet.set_row(top, 32)
    sheet.freeze_panes(top + 1, 1)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        sheet.write_string(top, at, column.name.get(language), head)
        sheet.write_comment(top, at, column.help.get(language), {"x_scale": 2})
        if rule := _validation(column, language):
            sheet.data_validation(top + 1, at, top + _ROWS, at, rule)
    for row, example in enumerate(examples, start=top + 1):
        for at, column in enumerate(COLUMNS):
            if said := example.get(column.key, ""):
                value = float(said) if column.key in _NUMBERS else _shown(column, said, language)
                sheet.write(row, at, value)


def _validation(column: StreamColumn, language: str) -> dict[str, object] | None:
    title = column.name.get(language)[:32]
    hint = {"input_title": title, "input_message": column.help.get(language)[:255]}
    if column.choices:
        source = [name.get(language) for _, name in column.choices]
        return {"validate": "list", "source": source, "ignore_blank": True, **hint}
    if column.key == "unit":
        # Other units are read too: the list helps, it does not refuse.
        return {"validate": "list", "source": list(UNITS_OFFERED), "show_error": False, **hint}
    if column.key in ("quantity", "quantity_min", "quantity_max"):
        return {"validate": "decimal", "criteria": ">=", "value": 0, **hint}
    return {"validate": "any", **hint}


def _guide_sheet(book: Any, language: str, knowledge: Knowledge) -> None:
    sheet = book.add_worksheet(_GUIDE.get(language))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 34, bold)
    sheet.set_column(1, 1, 90, wrapped)
    row = 0
    for text in _INTRO:
        sheet.write_string(row, 1, text.get(language), wrapped)
        row += 1
    row += 1
    for column in COLUMNS:
        said = column.help.get(language)
        if column.choices:
            said += ": " + ", ".join(name.get(language) for _, name in column.choices)
        sheet.write_string(row, 0, column.name.get(language), bold)
        sheet.write_string(row, 1, said, wrapped)
        row += 1
    row += 1
    heading = Text("Chỉ tiêu chất lượng và đơn vị", "Quality parameters and their units")
    sheet.write_string(row, 0, heading.get(language), bold)
    for parameter in knowledge.parameters.values():
        row += 1
        sheet.write_string(row, 0, parameter.name.get(language), bold)
        sheet.write_string(row, 1, parameter.unit.replace("percent", "%"), wrapped)


def _shown(column: StreamColumn, said: str, language: str) -> str:
    """Return a choice as its drop-down shows it, other words as they are."""
    return next((name.get(language) for value, name in column.choices if value == said), said)
