"""The desk as a file."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text
from sinhthai.supervision.readers.desk import DeskRow

_COLUMNS = (
    (Text("Loại", "About"), 18),
    (Text("Việc", "Duty"), 48),
    (Text("Khu công nghiệp, doanh nghiệp", "Park, enterprise"), 36),
    (Text("Bên phải làm", "Who must act"), 28),
    (Text("Căn cứ", "Clause"), 14),
    (Text("Từ ngày", "Since"), 12),
    (Text("Hạn", "Due"), 12),
    (Text("Còn (ngày làm việc)", "Left (working days)"), 16),
    (Text("Ghi chú", "Note"), 40),
)
_LATE = Text("quá hạn", "late")
_NO_DAY = Text("pháp luật không quy định ngày", "no day by law")
_NOTHING = Text("", "")


def desk_file(rows: Sequence[DeskRow], *, fmt: str, language: str, name: str) -> bytes:
    """Return *rows* as an Excel or CSV file."""
    columns = [(heading.get(language), width) for heading, width in _COLUMNS]
    return write_table(fmt, columns, [_line(row, language) for row in rows], name=name)


def _line(row: DeskRow, language: str) -> list[Cell]:
    who = row.waits_for
    return [
        str(row.kind_name),
        row.title.get(language),
        row.subject.get(language),
        who.get(language) if isinstance(who, Text) else str(who),
        row.duty.clause,
        format_date(legal_day(row.duty.since), language),
        format_date(row.duty.due_on, language) if row.duty.due_on else None,
        row.days_left,
        _note(row).get(language),
    ]


def _note(row: DeskRow) -> Text:
    if row.problem is not None:
        return row.problem
    if row.is_late:
        return _LATE
    return _NOTHING if row.duty.due_on else _NO_DAY
