"""Submit a report, approve it, or return it for revision.

Separation of duties: nobody decides on a report they entered values of or submitted.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.registry.policy import may_approve
from sinhthai.reporting.actions.messages import refuse
from sinhthai.reporting.models import Report
from sinhthai.reporting.policy import entered_by, may_report
from sinhthai.reporting.standing import digest, standing


def submit_report(*, user: User, report: Report, at: dt.datetime) -> Report:
    """Send a draft, or a revised report, to be decided; pins the digest of its values."""
    if not may_report(user, report.park):
        raise refuse("no-right")
    with transaction.atomic():
        locked = _lock(report, Report.State.DRAFT, Report.State.RETURNED)
        if not any(standing(locked.park, locked.year).values()):
            raise refuse("report-empty")
        locked.state = Report.State.SUBMITTED
        locked.submitted_by, locked.submitted_at = user, at
        locked.decided_by, locked.decided_at, locked.decision_note = None, None, ""
        locked.digest = _digest(locked)
        locked.save()
        _audit(
            locked,
            user,
            at,
            "submit",
            Text("Gửi báo cáo năm {year}.", "Submitted the report of {year}."),
        )
    return locked


def approve_report(*, user: User, report: Report, at: dt.datetime) -> Report:
    """Approve exactly the values that were submitted."""
    summary = Text("Phê duyệt báo cáo năm {year}.", "Approved the report of {year}.")
    return _decide(user, report, at, Report.State.APPROVED, "", "approve", summary)


def return_report(*, user: User, report: Report, note: str, at: dt.datetime) -> Report:
    """Ask for a revision; *note* says of what."""
    if not note.strip():
        raise refuse("note-missing")
    summary = Text(
        "Đề nghị chỉnh sửa báo cáo năm {year}: {note}",
        "Asked to revise the report of {year}: {note}",
    )
    return _decide(user, report, at, Report.State.RETURNED, note.strip(), "return", summary)


def _decide(
    user: User, report: Report, at: dt.datetime, state: str, note: str, verb: str, summary: Text
) -> Report:
    if not may_approve(user, report.park):
        raise refuse("no-right")
    with transaction.atomic():
        locked = _lock(report, Report.State.SUBMITTED)
        if entered_by(locked, user):
            raise refuse("own-report")
        if _digest(locked) != locked.digest:
            raise refuse("report-state")
        locked.state, locked.decision_note = state, note
        locked.decided_by, locked.decided_at = user, at
        locked.save()
        _audit(locked, user, at, verb, summary)
    return locked


def _digest(report: Report) -> str:
    """Return the digest of what was reported for the year itself.

    What an earlier year carries over belongs to that year's report.
    """
    return digest(standing(report.park, report.year, carry=False))


def _lock(report: Report, *states: str) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).select_related("park").get(pk=report.pk)
    if locked.state not in states:
        raise refuse("report-state")
    return locked


def _audit(report: Report, user: User, at: dt.datetime, verb: str, summary: Text) -> None:
    record_audit(
        actor=user,
        action=f"reporting.{verb}_report",
        at=at,
        summary=summary.format(year=report.year, note=report.decision_note),
        park_code=report.park.code,
        object_kind="report",
        object_code=f"{report.year}",
        detail={"digest": report.digest},
    )
