"""What each Board and each holder of a certificate owes for the period that has just ended.

Only what is kept here becomes a duty: the yearly forms, and the Board's own reports. What goes to
other systems stands in the Board's calendar, where nothing waits for an answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Min
from django.urls import reverse

from sinhthai.accounts.models import Organisation
from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Certificate, Duty
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Obligation
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.engine.obligations import due_of
from sinhthai.supervision.engine.periods import Period, obliged
from sinhthai.supervision.models import BoardReport, Filing
from sinhthai.supervision.readers.standing import HELD

Holder = tuple[int, int | None]  # park, enterprise
_FILED = (Filing.State.SENT, Filing.State.RECEIVED, Filing.State.REVISION)


def owed_for_periods(today: dt.date, at: dt.datetime, calendar: Calendar) -> Iterator[Duty]:
    """Yield the duties of the periods ended before *today*, but for what was already filed."""
    rules = load_procedures()
    boards = list(Organisation.objects.filter(kind=Organisation.Kind.MANAGEMENT_BOARD))
    reported = set(BoardReport.objects.values_list("province", "period"))
    held, since = holders_now(), _first_days()
    filed = set(
        Filing.objects.filter(state__in=_FILED).values_list("form", "year", "park", "enterprise")
    )
    for obligation, period in obliged(rules.obligations, today):
        due_on, problem = due_of(obligation, period, rules.obligations, calendar)
        common = _common(obligation, period) | {
            "since": at,
            "due_on": due_on,
            "due_problem": problem.vi[:300] if problem else "",
        }
        if obligation.party == "management_board":
            for board in boards:
                if (board.province, period.code) not in reported:
                    yield _of_board(board, obligation, period, common)
        elif obligation.certified_only and obligation.form:
            for who, one in held.items():
                if (one.enterprise_id is not None) != (obligation.party == "enterprise"):
                    continue
                if since[who] > period.last:  # it held no certificate in that period
                    continue
                if (obligation.form, period.last.year, *who) not in filed:
                    yield _of_holder(one, obligation, period, common)


def holders_now() -> dict[Holder, Certificate]:
    """Return who holds a certificate, with it."""
    rows = (
        Certificate.objects.filter(state__in=HELD)
        .select_related("park__province_now", "enterprise")
        .defer("credential")
        .order_by("id")
    )
    return {(one.park_id, one.enterprise_id): one for one in rows}


def _first_days() -> dict[Holder, dt.date]:
    """Return since when each has held certificates, through those that were replaced."""
    rows = Certificate.objects.filter(state__in=(*HELD, Certificate.State.REPLACED)).order_by()
    found = rows.values_list("park", "enterprise").annotate(first=Min("issued_on"))
    return {(park, enterprise): first for park, enterprise, first in found}


def _common(obligation: Obligation, period: Period) -> dict[str, Any]:
    title = Text(
        f"{obligation.title.vi} ({period.name.vi})", f"{obligation.title.en} ({period.name.en})"
    )
    return {
        "kind": f"filing.{obligation.form}" if obligation.form else "obligation",
        "clause": obligation.rule.clause[:80],
        "title_vi": title.vi[:300],
        "title_en": title.en[:300],
    }


def _of_board(
    board: Organisation, obligation: Obligation, period: Period, common: dict[str, Any]
) -> Duty:
    return Duty(
        key=f"obligation:{obligation.id}:{period.code}:{board.code}"[:120],
        party="receiver",
        holder="management_board",
        organisation=board,
        province=board.province,
        url=reverse("supervision_board"),
        **common,
    )


def _of_holder(
    held: Certificate, obligation: Obligation, period: Period, common: dict[str, Any]
) -> Duty:
    park, enterprise = held.park, held.enterprise
    return Duty(
        # as actions.filings.owed_key says it, which closes the duty when the form is sent
        key=f"filing:{obligation.form}:{period.code}:{park.code}:{held.enterprise_id or ''}"[:120],
        party="applicant",
        holder="enterprise" if enterprise else "operator",
        province=park.province_now.code,
        park=park,
        enterprise=enterprise,
        certificate=held,
        url=reverse("enterprise_filings", args=[enterprise.code])
        if enterprise
        else reverse("park_filings", args=[park.code]),
        **common,
    )
