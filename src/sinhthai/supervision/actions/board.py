"""Record that a periodic report of a Management Board was sent, with the figures it had then."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.certification.actions.chain import record
from sinhthai.certification.actions.duties import close_duties
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Duty
from sinhthai.certification.policy import BOARD, level_of, reaches, seats_of
from sinhthai.foundation.text import Text
from sinhthai.supervision.actions.refusals_filings import refuse
from sinhthai.supervision.engine.obligations import period_named
from sinhthai.supervision.models import BoardReport
from sinhthai.supervision.readers.board_report import board_figures

_SENT = Text(
    "Ghi nhận báo cáo kỳ {period} của Ban quản lý ({province}) đã gửi ngày {day}.",
    "Recorded that the Board's report of {period} ({province}) was sent on {day}.",
)


@transaction.atomic
def record_board_report(
    *,
    user: User,
    province: str,
    province_name: str,
    period: str,
    sent_on: dt.date,
    note: str = "",
    at: dt.datetime,
) -> BoardReport:
    """Keep the day a report was sent and its figures; closes the duties it fulfils.

    Raises
    ------
    InputError
        No approver of the Board; no such period; it had not ended; a day to come.
    """
    seats = [
        seat
        for seat in seats_of(user)
        if seat.organisation.kind == BOARD
        and province in seat.provinces
        and reaches(level_of([seat.role]), "approver")
    ]
    if not seats:
        raise refuse("no-right")
    found = period_named(period)
    if found is None:
        raise refuse("board-period", period=period[:20])
    if sent_on > legal_day(at):
        raise refuse("board-day")
    if sent_on <= found.last:
        raise refuse("board-future", period=found.name)
    figures = board_figures(province, province_name, found)
    made = BoardReport.objects.create(
        province=province,
        period=found.code,
        sent_on=sent_on,
        digest=figures.digest(),
        figures={name.en: number for name, number in figures.counts},
        by=user,
        at=at,
        note=note.strip()[:1000],
    )
    owed = Duty.objects.filter(
        closed_at=None,
        kind="obligation",
        organisation=seats[0].organisation,
        key__contains=f":{found.code}:",
    )
    close_duties(at, pk__in=list(owed.values_list("pk", flat=True)))
    summary = _SENT.format(period=found.code, province=province_name, day=sent_on.isoformat())
    record(
        kind="board.report",
        at=at,
        actor=user,
        organisation=seats[0].organisation,
        reason=made.note,
        detail={"province": province, "period": found.code, "digest": made.digest},
    )
    record_audit(
        actor=user,
        action="supervision.board_report",
        at=at,
        summary=summary,
        object_kind="board_report",
        object_code=f"{province} {found.code}",
        detail={"digest": made.digest},
    )
    return made
