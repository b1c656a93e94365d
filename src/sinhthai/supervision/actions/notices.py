"""Tell people of their duties by e-mail: once a stage, one mail a day for all of a person's.

A notice is written in the transaction of the day's work and sent after it. A mail that could not
be sent is tried again the next time; a process killed between sending and noting it sends that
mail twice rather than never.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from sinhthai.accounts.models import Membership, User
from sinhthai.accounts.policy import WRITERS
from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Duty
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.supervision.models import Notice

SOON = 3  # working days before the day
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
_NO_DAY = Text("không có hạn theo luật", "no day by law")
_ALL = Text("Tất cả việc cần làm: {url}", "Everything that is due: {url}")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round of mails came to."""

    mails: int
    notices: int
    failed: int


def write_notices(
    duties: Sequence[Duty], *, today: dt.date, at: dt.datetime, calendar: Calendar
) -> int:
    """Write, for each duty, the notice of its stage to everybody it waits for; return how many.

    A person is told of a duty once a stage, however often this runs.
    """
    people = _People()
    wanted = [
        (duty.pk, user, stage_of(duty, today=today, calendar=calendar))
        for duty in duties
        for user in people.of(duty)
    ]
    known = set(
        Notice.objects.filter(duty__closed_at=None).values_list("duty_id", "user_id", "stage")
    )
    new = [
        Notice(duty_id=duty, user_id=user, stage=stage, written_at=at)
        for duty, user, stage in wanted
        if (duty, user, stage) not in known
    ]
    Notice.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


def stage_of(duty: Duty, *, today: dt.date, calendar: Calendar) -> str:
    """Return where a duty stands: opened, soon, due (today), late."""
    if duty.due_on is None:
        return "opened"
    if duty.due_on < today:
        return "late"
    if duty.due_on == today:
        return "due"
    try:
        last = calendar.add_working(today, SOON)
    except InputError:
        last = today + dt.timedelta(days=SOON)
    return "soon" if duty.due_on <= last else "opened"


def send_notices(*, at: dt.datetime) -> Sent:
    """Send every notice not yet sent, one mail a person; who has no address reads the desk."""
    waiting = (
        Notice.objects.filter(sent_at=None, duty__closed_at=None)
        .exclude(user__email="")
        .filter(user__is_active=True)
        .select_related("user", "duty__park", "duty__enterprise")
        .order_by("user_id", "duty__due_on", "duty_id")
    )
    by_user: dict[User, dict[int, Notice]] = defaultdict(dict)
    for notice in waiting.iterator(chunk_size=2000):
        by_user[notice.user][notice.duty_id] = notice  # the newest stage of a duty is enough
    if not by_user:
        return Sent(0, 0, 0)
    mails = notices = failed = 0
    with get_connection() as connection:
        for user, rows in by_user.items():
            message = compose(user, list(rows.values()))
            message.connection = connection
            try:
                message.send()
            except OSError:  # the office's mail server is away: SMTPException is one too
                failed += 1
                continue
            mails += 1
            notices += Notice.objects.filter(user=user, sent_at=None, duty__in=list(rows)).update(
                sent_at=at
            )
    return Sent(mails, notices, failed)


def compose(user: User, notices: Sequence[Notice]) -> EmailMessage:
    """Return the mail that tells *user* of *notices*, the late ones first."""
    language = user.language
    lines = [_HELLO.get(language).format(name=user.get_full_name() or user.get_username()), ""]
    for stage, heading in _STAGES.items():
        of_stage = [notice.duty for notice in notices if notice.stage == stage]
        if of_stage:
            lines += [heading.get(language), *(_line(duty, language) for duty in of_stage), ""]
    lines.append(_ALL.get(language).format(url=f"{settings.SINHTHAI_PUBLIC_URL}/desk/"))
    return EmailMessage(
        subject=_SUBJECT.get(language).format(n=len(notices)),
        body="\n".join(lines),
        to=[user.email],
    )


def _line(duty: Duty, language: str) -> str:
    about = duty.enterprise or duty.park
    day = (
        _DUE.get(language).format(day=format_date(duty.due_on, language))
        if duty.due_on
        else _NO_DAY.get(language)
    )
    title = Text(duty.title_vi, duty.title_en).get(language)
    where = [about.name_vi] if about else []
    return f"- {' · '.join([title, *where, day])}\n  {settings.SINHTHAI_PUBLIC_URL}{duty.url}"


class _People:
    """Who acts for whom, read once: the people a duty waits for."""

    def __init__(self) -> None:
        self._by_organisation: dict[int, list[int]] = defaultdict(list)
        self._by_scope: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        rows = Membership.objects.filter(role__in=WRITERS, user__is_active=True).values_list(
            "user_id",
            "organisation_id",
            "organisation__kind",
            "organisation__scopes__kind",
            "organisation__scopes__code",
        )
        for user, organisation, kind, scope, code in rows:
            if user not in self._by_organisation[organisation]:
                self._by_organisation[organisation].append(user)
            if scope is not None and code:
                self._by_scope[kind, scope, code].append(user)

    def of(self, duty: Duty) -> Iterable[int]:
        """Return the people of the organisation named, else of the holder's kind at its place."""
        if duty.organisation_id is not None:
            return self._by_organisation.get(duty.organisation_id, ())
        found: dict[int, None] = {}
        for scope, code in _places(duty):
            found.update(dict.fromkeys(self._by_scope.get((duty.holder, scope, code), ())))
        return found


def _places(duty: Duty) -> Iterable[tuple[str, str]]:
    places: Mapping[str, str] = {
        "enterprise": duty.enterprise.code if duty.enterprise else "",
        "park": duty.park.code if duty.park else "",
        "province": duty.province,
    }
    yield from ((scope, code) for scope, code in places.items() if code)
    if duty.enterprise and duty.enterprise.tax_code:
        yield "enterprise", duty.enterprise.tax_code
