"""What can be wrong with any list: what, and the cure, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.problems import Place, Problem, Severity
from sinhthai.foundation.text import Text

Messages = Mapping[str, tuple[Text, Text]]
"""Code of a problem -> its words and its cure, with places to fill in."""


def problem(
    code: str,
    place: Place,
    severity: Severity = "error",
    /,
    *,
    messages: Messages | None = None,
    **values: object,
) -> Problem:
    """Return the problem *code* with its words filled in; a Text fills in its own language.

    >>> problem("missing_heading", Place("a.csv"), column="CP").say("en")
    'a.csv: The column CP is missing. → Add the column CP.'
    """
    message, cure = (MESSAGES if messages is None else messages)[code]
    return Problem(code, message.format(**values), cure.format(**values), place, severity)


MESSAGES: Final[Messages] = {
    # --- the file as a whole
    "empty_file": (
        Text("Tệp rỗng.", "The file is empty."),
        Text(
            "Ghi hàng tiêu đề, rồi mỗi mục một hàng.", "Write a heading row, then one item a row."
        ),
    ),
    "unreadable_file": (
        Text("Không đọc được tệp bảng này.", "This file cannot be read as a table."),
        Text("Lưu thành .xlsx hoặc .csv (UTF-8).", "Save it as .xlsx or .csv (UTF-8)."),
    ),
    "no_headings": (
        Text(
            "Không thấy hàng tiêu đề có đủ các cột: {columns}.",
            "There is no heading row with all the columns: {columns}.",
        ),
        Text("Ghi hàng tiêu đề trên dữ liệu.", "Write the heading row above the data."),
    ),
    "no_rows": (
        Text("Không có hàng nào dưới tiêu đề.", "There is no row below the heading."),
        Text("Ghi mỗi mục trên một hàng.", "Write one item a row."),
    ),
    "missing_heading": (
        Text("Thiếu cột {column}.", "The column {column} is missing."),
        Text("Thêm cột {column}.", "Add the column {column}."),
    ),
    "heading_twice": (
        Text("Cột {column} có hai lần.", "The column {column} stands there twice."),
        Text("Bỏ bớt một cột.", "Remove one of the two."),
    ),
    "heading_unknown": (
        Text(
            "Không hiểu tiêu đề “{written}”; bỏ qua cột này.",
            "The heading “{written}” is not understood; the column is left out.",
        ),
        Text("Đổi tên cột nếu cần dùng.", "Rename the column if it is needed."),
    ),
    # --- a cell
    "missing_value": (
        Text("Thiếu {column}.", "{column} is missing."),
        Text("Ghi một số; ô trống không phải là 0.", "Write a number; an empty cell is not 0."),
    ),
    "missing_text": (
        Text("Thiếu {column}.", "{column} is missing."),
        Text("Điền ô này.", "Fill in the cell."),
    ),
    "not_a_number": (Text("{why}", "{why}"), Text("{cure}", "{cure}")),
    "ambiguous_number": (Text("{why}", "{why}"), Text("{cure}", "{cure}")),
    "percentage": (
        Text(
            "“{written}” là tỷ lệ phần trăm, không phải {column}.",
            "“{written}” is a percentage, not the {column}.",
        ),
        Text("Ghi giá trị theo {unit}.", "Write the value in {unit}."),
    ),
    "unit_wrong": (Text("{why}", "{why}"), Text("{cure}", "{cure}")),
    "negative": (
        Text("{column} không được âm ({value}).", "{column} cannot be negative ({value})."),
        Text("Ghi số dương.", "Write a positive number."),
    ),
    "kind_unknown": (
        Text("Không hiểu loại “{written}”.", "The kind “{written}” is not understood."),
        Text("Ghi “{choices}”.", "Write “{choices}”."),
    ),
}
