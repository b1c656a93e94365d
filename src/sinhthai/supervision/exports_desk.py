"""The desk as a file."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.tables import write_table
from sinhthai.foundation.text import Text
from sinhthai.supervision.readers.desk import DeskRow

_COLUMNS = (
    (Text("Việc", "Duty"), 48),
    (Text("Khu công nghiệp, doanh nghiệp", "Park, enterprise"), 36),
    (Text("Căn cứ", "Clause"), 14),
    (Text("Từ ngày", "Since"), 12),
    (Text("Hạn", "Due"), 12),
    (Text("Còn (ngày làm việc)", "Left (working days)"), 16),
    (Text("Ghi chú", "Note"), 40),
)
_LATE = Text("quá hạn", "late")


def desk_file(rows: Sequence[DeskRow], *, fmt: str, language: str, name: str) -> bytes:
    """Return *rows* as an Excel or CSV file."""
    lines = [
        [
            row.title.get(language),
            row.subject.get(language),
            row.duty.clause,
            format_date(row.duty.since.date(), language),
            format_date(row.duty.due_on, language) if row.duty.due_on else "",
            "" if row.days_left is None else row.days_left,
            _LATE.get(language) if row.is_late else row.problem,
        ]
        for row in rows
    ]
    columns = [(heading.get(language), width) for heading, width in _COLUMNS]
    return write_table(fmt, columns, lines, name=name)
