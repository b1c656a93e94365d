"""The list of dossiers, and the list of opinions asked, as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone

from sinhthai.certification.readers.dossier_list import DossierRow
from sinhthai.certification.readers.opinion_room import OpinionRow
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text

Heading = tuple[Text, int]
_INVENTED = Text("dữ liệu giả định", "invented data")
_NUMBER: Heading = (Text("Mã hồ sơ", "Dossier"), 18)
_WHAT: Heading = (Text("Thủ tục", "Procedure"), 44)
_SUBJECT: Heading = (Text("Đối tượng", "Subject"), 36)
_PARK: Heading = (Text("Khu công nghiệp", "Industrial park"), 32)
_STATE: Heading = (Text("Trạng thái", "State"), 28)
_DUE: Heading = (Text("Hạn", "Due"), 12)
_DATA: Heading = (Text("Dữ liệu", "Data"), 16)


def dossiers_file(rows: Iterable[DossierRow], *, fmt: str, language: str) -> bytes:
    """Return the dossiers, one a line, with what each waits for."""
    columns: Sequence[Heading] = (
        _NUMBER, _WHAT, _SUBJECT, _PARK, _STATE, (Text("Việc tiếp theo", "Next"), 44), _DUE,
        (Text("Quá hạn (ngày)", "Days late"), 14), (Text("Hồ sơ đầy đủ ngày", "Complete on"), 18),
        (Text("Bước gần nhất", "Last step on"), 18), _DATA,
    )  # fmt: skip
    lines = (
        [
            row.dossier.public_id, row.title.get(language), row.subject.get(language),
            row.park.get(language), row.state.title.get(language), row.duty.get(language),
            format_date(row.due_on, language) if row.due_on else row.due_problem,
            row.days_late or None, _day(row.dossier.accepted_at, language),
            _day(row.dossier.changed_at, language),
            _INVENTED.get(language) if row.invented else "",
        ]
        for row in rows
    )  # fmt: skip
    return _file(columns, lines, Text("Hồ sơ", "Dossiers"), fmt, language)


def opinions_file(rows: Iterable[OpinionRow], *, fmt: str, language: str) -> bytes:
    """Return the dossiers sent to one's bodies for opinion."""
    columns: Sequence[Heading] = (
        _NUMBER, _WHAT, _SUBJECT, _PARK, (Text("Cơ quan được hỏi", "Body asked"), 36),
        (Text("Gửi ngày", "Sent on"), 12), (Text("Nhận ngày", "Received on"), 12), _DUE,
        (Text("Trả lời ngày", "Answered on"), 14), (Text("Ý kiến", "Position"), 22), _DATA,
    )  # fmt: skip
    lines = (
        [
            row.opinion.dossier.public_id, row.title.get(language), row.subject.get(language),
            row.park.get(language), row.body.get(language), _day(row.opinion.sent_at, language),
            _day(row.opinion.received_at, language),
            format_date(row.opinion.due_on, language) if row.opinion.due_on else "",
            _day(row.opinion.answered_at, language),
            row.opinion.get_position_display() if row.opinion.position else "",
            _INVENTED.get(language) if row.invented else "",
        ]
        for row in rows
    )  # fmt: skip
    return _file(columns, lines, Text("Ý kiến", "Opinions"), fmt, language)


def _day(moment: dt.datetime | None, language: str) -> str:
    return format_date(timezone.localtime(moment).date(), language) if moment else ""


def _file(
    columns: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    name: Text,
    fmt: str,
    language: str,
) -> bytes:
    headings = [(heading.get(language), width) for heading, width in columns]
    return write_table(fmt, headings, rows, name=name.get(language), title=name.get(language))
