"""The work of a day: what expires, what falls due, who is told. Running it twice changes nothing.

Each part looks at what *is* and writes only what is missing, in a transaction of its own, so a
day that was skipped, or a run that was killed, is made good by the next one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from sinhthai.certification.actions.certificates import set_certificate_state
from sinhthai.certification.actions.duties import close_duties, refresh_duties
from sinhthai.certification.engine.clocks import Calendar, NoHolidays, start_of
from sinhthai.certification.models import Certificate, Dossier, Duty, Opinion
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.actions.alone import alone
from sinhthai.supervision.actions.keeping import keep_true
from sinhthai.supervision.actions.notices import Sent, send_notices, write_notices
from sinhthai.supervision.actions.periodic import holders_now, owed_for_periods
from sinhthai.supervision.readers.standing import HELD

_BATCH = 500
_EXPIRED = "Hết thời hạn 5 năm / Its five years have ended"
_RENEW = Text(
    "Chuẩn bị chứng nhận lại: giấy chứng nhận {number} hết hạn",
    "Prepare re-certification: certificate {number} ends",
)


@dataclass(frozen=True, slots=True)
class Day:
    """What a day's work did."""

    expired: int
    alerts: int  # opened or closed, because the facts say otherwise than before
    renewals: int
    obligations: int
    days_found: int  # duties that had no day for want of days off, and have one now
    notices: int
    sent: Sent


def do_day(*, today: dt.date, at: dt.datetime, mail: bool = True) -> Day:
    """Do the work of *today*; mails go out after everything else was kept.

    Two runs at once: the second waits for the first, and finds the work done.
    """
    calendar = Calendar(load_procedures().holidays)
    with alone():
        expired = _expire(today, at)
        kept = keep_true(at=at, today=today)
        _close_what_is_over(at)
        renewals = _add(_renewals(today, at))
        days_found = _find_days(at, today, calendar)
        obligations, dated = _add_or_date(owed_for_periods(today, at, calendar))
        notices = _tell(today, at, calendar)
        sent = send_notices(at=at) if mail else Sent(0, 0, 0)
    alerts = kept.opened + kept.closed
    return Day(expired, alerts, renewals, obligations, days_found + dated, notices, sent)


def _expire(today: dt.date, at: dt.datetime) -> int:
    """Let certificates whose last day has passed expire, each in a transaction of its own."""
    ended = Certificate.objects.filter(state__in=HELD, valid_until__lte=today)
    count = 0
    for pk in list(ended.values_list("pk", flat=True)):
        with transaction.atomic():
            held = (
                Certificate.objects.select_for_update(of=("self",))
                .filter(pk=pk, state__in=HELD)
                .first()
            )
            if held is None:  # a person was first
                continue
            set_certificate_state(held, Certificate.State.EXPIRED, by=None, at=at, reason=_EXPIRED)
            count += 1
    return count


def _close_what_is_over(at: dt.datetime) -> None:
    """Close what is owed for a certificate that ended, or whose renewal is under way."""
    renewing = Duty.objects.filter(kind="certificate.renew")
    over = renewing.exclude(certificate__state__in=HELD) | renewing.filter(Exists(_asked_again()))
    close_duties(at, pk__in=list(over.filter(closed_at=None).values_list("pk", flat=True)))
    held = holders_now()
    filing = Duty.objects.filter(closed_at=None, kind__startswith="filing.", party="applicant")
    rows = filing.exclude(certificate=None).values_list("pk", "park", "enterprise")
    gone = [pk for pk, park, enterprise in rows if (park, enterprise) not in held]
    close_duties(at, pk__in=gone)


def _asked_again(certificate: str = "certificate") -> QuerySet[Dossier]:
    """Return the re-certification that was sent and is still open, of the row outside."""
    return Dossier.objects.filter(
        about=OuterRef(certificate), kind=Dossier.Kind.RECERTIFY, is_open=True
    ).exclude(submitted_digest="")


def _renewals(today: dt.date, at: dt.datetime) -> Iterator[Duty]:
    """Yield the duty to prepare re-certification, from the day one may apply (Article 45).

    One that was asked for and refused, or withdrawn, leaves another try.
    """
    tries = Count("cases", filter=Q(cases__kind=Dossier.Kind.RECERTIFY, cases__is_open=False))
    ending = (
        Certificate.objects.filter(
            _may_be_renewed(today),
            ~Exists(_asked_again("pk")),
            state__in=HELD,
            valid_until__gt=today,
        )
        .select_related("park__province_now")
        .defer("credential")
        .annotate(tries=tries)
    )
    for held in ending:
        title = _RENEW.format(number=held.number)
        yield Duty(
            key=f"certificate:{held.pk}:renew:{held.tries}",
            kind="certificate.renew",
            party="applicant",
            holder="enterprise" if held.enterprise_id else "operator",
            province=held.park.province_now.code,
            park_id=held.park_id,
            enterprise_id=held.enterprise_id,
            certificate=held,
            title_vi=title.vi[:300],
            title_en=title.en[:300],
            clause="45.1",
            url=reverse("certificate", args=[held.public_id]),
            since=at,
            due_on=held.last_day,
        )


def _may_be_renewed(today: dt.date) -> Q:
    """Return which certificates the procedures in force let their holders renew by now."""
    found = Q(pk__in=())
    for subject in ("park", "enterprise"):
        procedure = load_procedures().procedure_on("recertify", subject, today)
        of_subject = Q(enterprise__isnull=subject == "park")
        if procedure is None:
            continue
        if procedure.renewal_opens_days is None:
            found |= of_subject
        else:
            # ``valid_until`` is the day after the last one.
            days = dt.timedelta(days=procedure.renewal_opens_days + 1)
            found |= of_subject & Q(valid_until__lte=today + days)
    return found


def _find_days(at: dt.datetime, today: dt.date, calendar: Calendar) -> int:
    """Work out the days of dossiers that had none, once the days off of their year are known.

    The same looks at dossiers whose receipt by a body nobody confirmed: from the day after the
    sending that is a task of its own. Return how many days were found.
    """
    waiting = Duty.objects.filter(closed_at=None, due_on=None).exclude(due_problem="")
    undated = waiting.exclude(dossier=None).exclude(due_problem__in=_unknown(today, calendar))
    count = undated.count()
    told = Duty.objects.filter(kind="receipts", closed_at=None, dossier__isnull=False)
    unconfirmed = Opinion.objects.filter(
        dossier__is_open=True, received_at=None, answered_at=None, sent_at__lt=start_of(today)
    ).exclude(dossier__in=told.values("dossier"))
    stale = Q(pk__in=undated.values("dossier")) | Q(pk__in=unconfirmed.values("dossier"))
    for dossier in Dossier.objects.filter(stale).select_related("park__province_now", "enterprise"):
        with transaction.atomic():
            refresh_duties(dossier, at, today=today)
    return count - undated.count() if count else 0


def _unknown(today: dt.date, calendar: Calendar) -> list[str]:
    """Return how a duty says that its year is not known, for the years still so."""
    return [
        NoHolidays(year).problems[0].message.vi
        for year in range(today.year - 5, today.year + 6)
        if not calendar.knows(year)
    ]


def _tell(today: dt.date, at: dt.datetime, calendar: Calendar) -> int:
    open_now = Duty.objects.filter(closed_at=None).select_related("park", "enterprise")
    return write_notices(list(open_now), today=today, at=at, calendar=calendar)


def _add(duties: Iterable[Duty]) -> int:
    """Add the duties whose key is new; return how many."""
    return _add_or_date(duties)[0]


def _add_or_date(duties: Iterable[Duty]) -> tuple[int, int]:
    """Add the duties whose key is new, date those that had no day; return how many of each."""
    by_key = {duty.key: duty for duty in duties}
    keys = list(by_key)
    known: dict[str, Duty] = {}
    for start in range(0, len(keys), _BATCH):
        rows = Duty.objects.filter(key__in=keys[start : start + _BATCH])
        known |= {row.key: row for row in rows}
    new = [duty for key, duty in by_key.items() if key not in known]
    Duty.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    dated = 0
    for key, row in known.items():
        now = by_key[key]
        if row.closed_at is None and row.due_problem and now.due_on is not None:
            row.due_on, row.due_problem = now.due_on, ""
            row.save(update_fields=["due_on", "due_problem"])
            dated += 1
    return len(new), dated
