"""The work of a day: what expires, what falls due, who is told. Running it twice changes nothing.

Each part looks at what *is* and writes only what is missing, so a day that was skipped, or a
run that was killed, is made good by the next one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.models import Organisation
from sinhthai.certification.actions.certificates import set_certificate_state
from sinhthai.certification.actions.duties import refresh_duties
from sinhthai.certification.engine.clocks import Calendar, due_day
from sinhthai.certification.models import Certificate, Dossier, Duty
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Obligation
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.actions.keeping import keep_true
from sinhthai.supervision.actions.notices import Sent, send_notices, write_notices
from sinhthai.supervision.engine.periods import Period, obliged

RENEW_BEFORE = dt.timedelta(days=180)  # a re-certification is prepared half a year ahead
_BATCH = 1000
_EXPIRED = "Hết thời hạn 5 năm / Its five years have ended"
_RENEW = Text(
    "Chuẩn bị chứng nhận lại: giấy chứng nhận {number} hết hạn",
    "Prepare re-certification: certificate {number} ends",
)


@dataclass(frozen=True, slots=True)
class Day:
    """What a day's work did."""

    expired: int
    renewals: int
    obligations: int
    days_found: int  # duties that had no day for want of days off, and have one now
    notices: int
    sent: Sent


def do_day(*, today: dt.date, at: dt.datetime, mail: bool = True) -> Day:
    """Do the work of *today*; mails go out after everything else was kept."""
    calendar = Calendar(load_procedures().holidays)
    expired = _expire(today, at)
    keep_true(at=at)
    with transaction.atomic():
        renewals = _add(_renewals(today, at))
        obligations = _add(_obligations(today, at, calendar))
        days_found = _find_days(at)
        open_now = Duty.objects.filter(closed_at=None).select_related("park", "enterprise")
        notices = write_notices(list(open_now), today=today, at=at, calendar=calendar)
    sent = send_notices(at=at) if mail else Sent(0, 0, 0)
    return Day(expired, renewals, obligations, days_found, notices, sent)


def _expire(today: dt.date, at: dt.datetime) -> int:
    """Let certificates whose last day has passed expire, each in a transaction of its own."""
    states = (Certificate.State.VALID, Certificate.State.SUSPENDED)
    ended = Certificate.objects.filter(state__in=states, valid_until__lte=today)
    count = 0
    for pk in list(ended.values_list("pk", flat=True)):
        with transaction.atomic():
            held = (
                Certificate.objects.select_for_update(of=("self",))
                .filter(pk=pk, state__in=states)
                .first()
            )
            if held is None:  # another run, or a person, was first
                continue
            set_certificate_state(held, Certificate.State.EXPIRED, by=None, at=at, reason=_EXPIRED)
            count += 1
    return count


def _renewals(today: dt.date, at: dt.datetime) -> Iterator[Duty]:
    """Yield the duty to prepare re-certification, half a year before the end (Article 45)."""
    ending = Certificate.objects.filter(
        state=Certificate.State.VALID, valid_until__gt=today, valid_until__lte=today + RENEW_BEFORE
    ).select_related("park__province_now")
    for held in ending:
        title = _RENEW.format(number=held.number)
        yield Duty(
            key=f"certificate:{held.pk}:renew",
            kind="certificate.renew",
            party="applicant",
            holder="enterprise" if held.enterprise_id else "operator",
            province=held.park.province_now.code,
            park_id=held.park_id,
            enterprise_id=held.enterprise_id,
            certificate=held,
            title_vi=title.vi,
            title_en=title.en,
            clause="45.1",
            url=reverse("certificate", args=[held.public_id]),
            since=at,
            due_on=held.valid_until - dt.timedelta(days=1),
        )


def _obligations(today: dt.date, at: dt.datetime, calendar: Calendar) -> Iterator[Duty]:
    """Yield what each Board and each holder of a certificate owes for the period just ended."""
    rules = load_procedures()
    boards = list(Organisation.objects.filter(kind=Organisation.Kind.MANAGEMENT_BOARD))
    held = list(
        Certificate.objects.filter(
            state__in=(Certificate.State.VALID, Certificate.State.SUSPENDED)
        ).select_related("park__province_now", "enterprise")
    )
    for obligation, period in obliged(rules.obligations, today):
        due, problem = _due(obligation, period, rules.obligations, calendar)
        shared = {
            "kind": f"filing.{obligation.form}" if obligation.form else "obligation",
            "clause": obligation.rule.clause[:80],
            "since": at,
            "due_on": due,
            "due_problem": problem,
        }
        title = Text(
            f"{obligation.title.vi} ({period.name.vi})", f"{obligation.title.en} ({period.name.en})"
        )
        words = {"title_vi": title.vi[:300], "title_en": title.en[:300]}
        if obligation.party == "management_board":
            for board in boards:
                yield Duty(
                    key=f"obligation:{obligation.id}:{period.code}:{board.code}"[:120],
                    party="receiver",
                    holder="management_board",
                    organisation=board,
                    province=board.province,
                    url=reverse("supervision_board"),
                    **words,
                    **shared,
                )
        elif obligation.certified_only:
            for one in held:
                if (one.enterprise_id is not None) != (obligation.party == "enterprise"):
                    continue
                if one.issued_on > period.last:  # it held no certificate in that period
                    continue
                yield Duty(
                    key=f"filing:{obligation.form or obligation.id}:{period.code}:{one.park.code}:"
                    f"{one.enterprise_id or ''}"[:120],
                    party="applicant",
                    holder="enterprise" if one.enterprise_id else "operator",
                    province=one.park.province_now.code,
                    park=one.park,
                    enterprise=one.enterprise,
                    certificate=one,
                    url=_filings(one),
                    **words,
                    **shared,
                )


def _filings(held: Certificate) -> str:
    if held.enterprise is not None:
        return reverse("enterprise_filings", args=[held.enterprise.code])
    return reverse("park_filings", args=[held.park.code])


def _due(
    obligation: Obligation, period: Period, all_of: Iterable[Obligation], calendar: Calendar
) -> tuple[dt.date | None, str]:
    """Return the day an obligation is due for a period, or why there is none."""
    try:
        if obligation.after and obligation.after_working_days is not None:
            first = next(one for one in all_of if one.id == obligation.after)
            before = period.due(first)
            if before is None:
                return None, ""
            return due_day(before, obligation.after_working_days, "working", calendar), ""
        day = period.due(obligation)
        return (None if day is None else calendar.next_working(day)), ""
    except InputError as error:
        return None, error.problems[0].message.vi[:300]


def _find_days(at: dt.datetime) -> int:
    """Work out again the days of dossiers that had none, now that a year may be known."""
    waiting = Duty.objects.filter(closed_at=None, due_on=None).exclude(due_problem="")
    before = waiting.count()
    for dossier in Dossier.objects.filter(pk__in=waiting.exclude(dossier=None).values("dossier")):
        refresh_duties(dossier, at)
    return before - waiting.all().count()


def _add(duties: Iterable[Duty]) -> int:
    """Add the duties whose key is new; return how many."""
    by_key = {duty.key: duty for duty in duties}
    keys = list(by_key)
    known: set[str] = set()
    for start in range(0, len(keys), _BATCH):
        chunk = keys[start : start + _BATCH]
        known |= set(Duty.objects.filter(key__in=chunk).values_list("key", flat=True))
    new = [duty for key, duty in by_key.items() if key not in known]
    Duty.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)
