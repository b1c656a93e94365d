"""``sinhthai tick``: the work of a day, for the scheduler of the office."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from sinhthai.foundation.text import Text

_BAD_DAY = Text(
    "✕ --today: “{day}” không phải là ngày. → Viết năm-tháng-ngày, ví dụ 2026-11-23.",
    "✕ --today: “{day}” is not a day. → Write year-month-day, for example 2026-11-23.",
)
_DONE = Text(
    "Ngày {day}: {expired} giấy chứng nhận hết hạn, {alerts} cảnh báo mở hoặc đóng, "
    "{renewals} việc chứng nhận lại, {obligations} báo cáo định kỳ, {days} hạn tính lại được, "
    "{notices} nhắc việc; gửi {mails} thư.",
    "{day}: {expired} certificates expired, {alerts} alerts opened or closed, "
    "{renewals} re-certifications to prepare, {obligations} periodic reports, "
    "{days} days worked out at last, {notices} notices; {mails} mails sent.",
)
_FAILED = Text(
    "! Số thư chưa gửi được: {n}. Lần chạy sau sẽ gửi lại. → Kiểm tra SINHTHAI_EMAIL_HOST và "
    "địa chỉ thư của người nhận (xem nhật ký).",
    "! Mails that could not be sent: {n}. The next run tries again. → Check SINHTHAI_EMAIL_HOST "
    "and the addresses named in the log.",
)


def register(app: typer.Typer) -> None:
    """Add ``tick`` to *app*."""
    app.command("tick")(tick)


def tick(
    today: Annotated[
        str, typer.Option("--today", help="The day, YYYY-MM-DD; by default today in Viet Nam.")
    ] = "",
    mail: Annotated[bool, typer.Option("--mail/--no-mail", help="Send e-mails.")] = True,
    lang: Annotated[str, typer.Option("--lang", help="vi or en.")] = "vi",
) -> None:
    """Do the work of a day: expire, remind, open what falls due. Running it twice does it once."""
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.certification.engine.clocks import legal_day
    from sinhthai.foundation.numbers import format_date
    from sinhthai.supervision.actions.daily import do_day

    now = timezone.now()
    try:
        day = dt.date.fromisoformat(today) if today else legal_day(now)
    except ValueError:
        typer.echo(_BAD_DAY.format(day=today).get(lang), err=True)
        raise typer.Exit(2) from None
    done = do_day(today=day, at=now, mail=mail)
    typer.echo(
        _DONE.get(lang).format(
            day=format_date(day, lang),
            expired=done.expired,
            alerts=done.alerts,
            renewals=done.renewals,
            obligations=done.obligations,
            days=done.days_found,
            notices=done.notices,
            mails=done.sent.mails,
        )
    )
    if done.sent.failed:
        typer.echo(_FAILED.get(lang).format(n=done.sent.failed), err=True)
        raise typer.Exit(1)
