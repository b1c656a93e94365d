"""The lists of supervision as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text
from sinhthai.rules.forms import load_forms
from sinhthai.supervision.actions.inspections import STATE_NAMES as INSPECTION_STATES
from sinhthai.supervision.actions.suspension import STATE_NAMES
from sinhthai.supervision.models import Filing, Inspection

_INVENTED = Text("dữ liệu giả định", "invented data")
_WHO = (Text("Khu công nghiệp, doanh nghiệp", "Park or enterprise"), 40)
_PARK = (Text("Khu công nghiệp", "Industrial park"), 36)
_DATA = (Text("Dữ liệu", "Data"), 16)


def certificates_file(rows: Iterable[Any], *, fmt: str, language: str) -> bytes:
    """Return certificates with what is open about each."""
    columns = (
        _WHO,
        _PARK,
        (Text("Số giấy chứng nhận", "Certificate"), 32),
        (Text("Tình trạng", "Standing"), 18),
        (Text("Cảnh báo đang mở", "Open alerts"), 12),
        (Text("Không còn đạt từ ngày", "A criterion lost since"), 16),
        (Text("Khắc phục quá hạn", "Late actions"), 12),
        (Text("Báo cáo kế tiếp", "Next filing"), 14),
        (Text("Ngày cấp", "Issued on"), 14),
        (Text("Ngày cuối có hiệu lực", "Last day"), 18),
        _DATA,
    )

    def said() -> Iterator[list[Cell]]:
        for row in rows:
            who = row.enterprise or row.park
            yield [
                _name(who, language),
                _name(row.park, language),
                row.number,
                STATE_NAMES[Certificate.State(row.state)].get(language),
                row.alerts_open,
                format_date(row.broken_since, language) if row.broken_since else None,
                row.actions_late,
                format_date(row.filing_due, language) if row.filing_due else None,
                format_date(row.issued_on, language),
                format_date(row.last_day, language),
                _INVENTED.get(language) if who.invented else None,
            ]

    title = Text("Giấy chứng nhận", "Certificates")
    return _file(columns, said(), title, fmt, language)


def inspections_file(rows: Iterable[Any], *, fmt: str, language: str) -> bytes:
    """Return inspections with their counts."""
    columns = (
        (Text("Số", "No."), 6),
        _WHO,
        _PARK,
        (Text("Mục đích", "Purpose"), 50),
        (Text("Ngày dự kiến", "Planned on"), 14),
        (Text("Ngày tiến hành", "Held on"), 14),
        (Text("Trạng thái", "State"), 18),
        (Text("Kết quả ghi nhận", "Observations"), 12),
        (Text("Yêu cầu khắc phục", "Corrective actions"), 12),
        (Text("Chưa khắc phục", "Not yet put right"), 12),
        (Text("Quá hạn", "Late"), 10),
        _DATA,
    )

    def said() -> Iterator[list[Cell]]:
        for row in rows:
            who = row.enterprise or row.park
            yield [
                row.pk,
                _name(who, language),
                _name(row.park, language),
                row.purpose,
                format_date(row.planned_on, language),
                format_date(row.held_on, language) if row.held_on else None,
                INSPECTION_STATES[Inspection.State(row.state)].get(language),
                row.found,
                row.asked,
                row.pending,
                row.late,
                _INVENTED.get(language) if who.invented else None,
            ]

    return _file(columns, said(), Text("Kiểm tra", "Inspections"), fmt, language)


def filings_file(rows: Iterable[Any], *, fmt: str, language: str) -> bytes:
    """Return yearly forms, one a line."""
    columns = (
        _WHO,
        _PARK,
        (Text("Biểu mẫu", "Form"), 10),
        (Text("Tên biểu mẫu", "Title of the form"), 60),
        (Text("Năm báo cáo", "Year"), 12),
        (Text("Trạng thái", "State"), 20),
        (Text("Ngày gửi", "Sent on"), 14),
        (Text("Ngày tiếp nhận", "Received on"), 14),
        _DATA,
    )
    forms = load_forms().forms

    def said() -> Iterator[list[Cell]]:
        for row in rows:
            who = row.enterprise or row.park
            received = row.decided_at if row.state == Filing.State.RECEIVED else None
            yield [
                _name(who, language),
                _name(row.park, language),
                row.form,
                forms[row.form].title.get(language),
                row.year,
                row.get_state_display(),
                format_date(legal_day(row.sent_at), language) if row.sent_at else None,
                format_date(legal_day(received), language) if received else None,
                _INVENTED.get(language) if who.invented or row.park.invented else None,
            ]

    return _file(columns, said(), Text("Báo cáo năm", "Yearly forms"), fmt, language)


def _name(one: Any, language: str) -> str:
    return Text(one.name_vi, one.name_en or one.name_vi).get(language)


def _file(
    columns: Iterable[tuple[Text, int]],
    rows: Iterable[list[Cell]],
    title: Text,
    fmt: str,
    language: str,
) -> bytes:
    heads = [(name.get(language), width) for name, width in columns]
    return write_table(fmt, heads, rows, name=title.get(language)[:31], title=title.get(language))
