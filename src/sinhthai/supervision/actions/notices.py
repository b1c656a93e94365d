"""Tell people of their duties by e-mail: once a stage, one mail a day for all of a person's.

A notice is written first and sent after it. A mail that could not be sent is tried again the next
time; a process killed between sending and noting it sends that mail twice rather than never, under
the same Message-ID, so that most mail programs show it once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from sinhthai.accounts.models import User
from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Duty
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.supervision.models import Notice
from sinhthai.supervision.readers.desk import subject_beside
from sinhthai.supervision.readers.recipients import Recipients

SOON = 3  # working days before the day
SHOWN = 30  # duties of one stage spelt out in a mail
GIVE_UP = 3  # mails in a row that a server refuses before the rest waits for another day
_BATCH = 1000
_SUBJECT = Text("Sinh Thái: {n} việc cần làm", "Sinh Thái: {n} things to do")
_HELLO = Text("Chào {name},", "Dear {name},")
_STAGES = {
    "late": Text("QUÁ HẠN", "LATE"),
    "due": Text("Đến hạn hôm nay", "Due today"),
    "soon": Text("Sắp đến hạn", "Due soon"),
    "opened": Text("Mới", "New"),
}
_DUE = Text("hạn {day}", "due {day}")
_NO_DAY = Text("pháp luật không quy định ngày", "no day by law")
_FROM_RECEIPT = Text("hạn tính từ ngày nhận", "counted from receipt")
_MORE = Text("… và {n} việc khác", "… and {n} more")
_ALL = Text("Tất cả việc cần làm: {url}", "Everything that is due: {url}")

log = structlog.get_logger("sinhthai.notices")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round of mails came to. ``failed``: people whose mail waits for the next round."""

    mails: int
    notices: int
    failed: int


def write_notices(
    duties: Sequence[Duty], *, today: dt.date, at: dt.datetime, calendar: Calendar
) -> int:
    """Write, for each duty, the notice of its stage to everybody it waits for; return how many.

    A person is told of a duty once a stage, however often this runs.
    """
    recipients = Recipients()
    known = set(
        Notice.objects.filter(duty__closed_at=None).values_list("duty_id", "user_id", "stage")
    )
    last = _last_of_soon(today, calendar)
    new = [
        Notice(duty_id=duty.pk, user_id=user, stage=stage, written_at=at)
        for duty in duties
        for stage in [stage_of(duty.due_on, today=today, last=last)]
        for user in recipients.of(duty)
        if (duty.pk, user, stage) not in known
    ]
    Notice.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def stage_of(due_on: dt.date | None, *, today: dt.date, last: dt.date) -> str:
    """Return where a duty stands: opened, soon (up to *last*), due (today), late."""
    if due_on is None or due_on > last:
        return "opened"
    if due_on > today:
        return "soon"
    return "due" if due_on == today else "late"


def _last_of_soon(today: dt.date, calendar: Calendar) -> dt.date:
    try:
        return calendar.add_working(today, SOON)
    except InputError:  # only how early a reminder comes, no deadline
        return today + dt.timedelta(days=SOON)


def send_notices(*, at: dt.datetime) -> Sent:
    """Send every notice not yet sent, one mail a person; who has no address reads the desk.

    A duty that was done meanwhile, or that no longer waits for the person, is not written about.
    """
    recipients = Recipients()
    by_user: dict[int, list[Notice]] = defaultdict(list)
    for notice in _waiting():
        if notice.user_id in recipients.of(notice.duty):
            by_user[notice.user_id].append(notice)
    mails = notices = failed = in_a_row = 0
    connection = get_connection()
    for rows in by_user.values():
        if in_a_row == GIVE_UP:  # the server is away: the others' mails would wait for it too
            failed += 1
            continue
        message = compose(rows[0].user, rows)
        message.connection = connection
        try:
            connection.open()
            message.send()
        except (OSError, ValueError) as error:  # SMTPException is an OSError
            log.warning("mail not sent", user=rows[0].user_id, error=str(error))
            connection.close()
            failed += 1
            # An address nobody can write to says nothing about the server.
            in_a_row += not isinstance(error, ValueError | SMTPRecipientsRefused)
            continue
        mails, in_a_row = mails + 1, 0
        notices += Notice.objects.filter(pk__in=[row.pk for row in rows], sent_at=None).update(
            sent_at=at
        )
    connection.close()
    return Sent(mails, notices, failed)


def _waiting() -> list[Notice]:
    rows = (
        Notice.objects.filter(sent_at=None, duty__closed_at=None, user__is_active=True)
        .exclude(user__email="")
        .select_related("user", "duty__park", "duty__enterprise")
        .order_by("user_id", "duty__due_on", "duty_id", "id")
    )
    return list(rows)


def compose(user: User, notices: Sequence[Notice]) -> EmailMessage:
    """Return the mail that tells *user* of *notices*, oldest first; the late duties come first.

    Of a duty that was written about more than once, only its last stage is told.
    """
    language = user.language
    latest = {notice.duty_id: notice for notice in notices}
    lines = [_HELLO.get(language).format(name=user.get_full_name() or user.get_username()), ""]
    for stage, heading in _STAGES.items():
        of_stage = [notice.duty for notice in latest.values() if notice.stage == stage]
        if not of_stage:
            continue
        lines += [f"{heading.get(language)} ({len(of_stage)})", ""]
        lines += [_line(duty, language) for duty in of_stage[:SHOWN]]
        if len(of_stage) > SHOWN:
            lines.append(_MORE.get(language).format(n=len(of_stage) - SHOWN))
        lines.append("")
    desk = settings.SINHTHAI_PUBLIC_URL + reverse("supervision_desk")
    lines.append(_ALL.get(language).format(url=desk))
    return EmailMessage(
        subject=_SUBJECT.get(language).format(n=len(latest)),
        body="\n".join(lines) + "\n",
        to=[user.email],
        headers={"Message-ID": _message_id(notices), "Auto-Submitted": "auto-generated"},
    )


def _message_id(notices: Sequence[Notice]) -> str:
    named = ",".join(str(pk) for pk in sorted(notice.pk for notice in notices))
    host = urlsplit(settings.SINHTHAI_PUBLIC_URL).hostname or "localhost"
    return f"<{hashlib.sha256(named.encode()).hexdigest()[:32]}@{host}>"


def _line(duty: Duty, language: str) -> str:
    title = Text(duty.title_vi, duty.title_en).get(language)
    where = [about] if (about := subject_beside(duty).get(language)) else []
    day = (
        _DUE.get(language).format(day=format_date(duty.due_on, language))
        if duty.due_on
        else duty.due_problem
        or (_FROM_RECEIPT if duty.kind == "opinion" else _NO_DAY).get(language)
    )
    return f"- {' · '.join([title, *where, day])}\n  {settings.SINHTHAI_PUBLIC_URL}{duty.url}"
